"""Hostile pages and texts."""

from __future__ import annotations


def nested_divs(depth: int, words: str = "Kế hoạch số 12/KH-UBND", after: str = "Nơi nhận") -> bytes:
    """E1: the document deep inside the page."""
    inside = f"{'<div>' * depth}<p>{words}</p>{'</div>' * depth}"
    return f"<!DOCTYPE html><html><body>{inside}<p>{after}</p></body></html>".encode()


def open_tags(tag: str, count: int = 1_000_000) -> bytes:
    """E2: tags that nobody closes, and a text behind them."""
    return f"<html><body>{f'<{tag}>' * count}Kế hoạch thực hiện Chương trình".encode()


def far_reaching_cells(count: int = 3_000) -> bytes:
    """Cells that each claim 40,000 places."""
    return f"<html><body><table><tr>{'<td rowspan=200 colspan=200>Kế hoạch' * count}</table>".encode()


def wide_row(count: int = 30_000) -> bytes:
    """A table of one row."""
    return f"<table><tr>{'<td>Kế hoạch</td>' * count}</tr></table>".encode()


def repeated_at_every_depth(depth: int = 900) -> bytes:
    """The same sentence beside the main part of the page, at every depth, and inside it."""
    sentence = "Kế hoạch thực hiện Chương trình " * 6
    inside = f"<p>{sentence}</p>{'Sở ' * 100_000}"
    return f"<html><body>{f'<div><p>{sentence}</p>' * depth}{inside}{'</div>' * depth}".encode()


def noise(size: int = 4000) -> bytes:
    """A3: what is no text."""
    return bytes((i * 131 + 7) % 256 for i in range(size))


def to_windows_1258(words: str) -> bytes:
    """B3: the code page keeps letters with circumflex, breve and horn, and writes the tone as a mark behind them."""
    import unicodedata

    out = bytearray()
    for letter in words:
        try:
            out += letter.encode("windows-1258")
            continue
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", marks.replace(tone, ""))
        out += base.encode("windows-1258") + tone.encode("windows-1258")
    return bytes(out)
