"""Tables of a Word 97 file: its styles, its fonts, its lists."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

SHAPES = {"decimal": 0, "upperRoman": 1, "lowerRoman": 2, "upperLetter": 3, "lowerLetter": 4, "bullet": 23}


@dataclass(frozen=True)
class Level:
    """One level of a list; ``text`` holds %1 to %9 for the numbers of the levels."""

    shape: str
    text: str
    start: int = 1
    legal: bool = False
    follows: int = 0  # a tab; 1 is a blank, 2 nothing
    restart: int | None = None  # the level behind which it begins anew; 0 for none


LEVELS = (Level("upperRoman", "%1."), Level("decimal", "%2."))


@dataclass(frozen=True)
class Style:
    """A paragraph style; ``number`` is its place in the sheet (0 is Normal, 1 to 9 are the headings)."""

    number: int
    name: str
    paragraph: bytes = b""
    characters: bytes = b""
    base: int = 0


def style_sheet(styles: Sequence[Style]) -> bytes:
    """Return the style sheet with Normal and ``styles``."""
    known = {0: Style(0, "Normal", base=0xFFF), **{style.number: style for style in styles}}
    count = max(15, max(known) + 1)
    head = struct.pack("<HHHHHHHHH", count, 10, 1, 0x5B, 15, 0, 0, 0, 0)
    body = b"".join(_style(known[number]) if number in known else b"\0\0" for number in range(count))
    return struct.pack("<H", len(head)) + head + body


def _style(style: Style) -> bytes:
    sti = style.number if style.number < 10 else 0xFFE
    base = struct.pack("<HHHHH", sti, 1 | style.base << 4, 2 | style.number << 4, 0, 0)
    name = struct.pack("<H", len(style.name)) + style.name.encode("utf-16-le") + b"\0\0"
    paragraph = struct.pack("<H", style.number) + style.paragraph
    parts = b"".join(
        struct.pack("<H", len(part)) + part + b"\0" * (len(part) % 2) for part in (paragraph, style.characters)
    )
    entry = base + name + parts
    return struct.pack("<H", len(entry)) + entry


def font_table(names: Sequence[str]) -> bytes:
    """Return the table of fonts."""
    entries = b""
    for name in names:
        body = struct.pack("<BHBB", 0x16, 400, 2 if name == "Symbol" else 0, 0) + bytes(34)
        body += name.encode("utf-16-le") + b"\0\0"
        entries += bytes([len(body)]) + body
    return struct.pack("<HH", len(names), 0) + entries


def list_tables(
    lists: Sequence[Sequence[Level]], starts: Sequence[tuple[int, dict[int, int]]]
) -> tuple[bytes, int, bytes]:
    """Return the lists, how many bytes of them the header counts, and the numbers that paragraphs refer to."""
    head = struct.pack("<H", len(lists))
    levels = b""
    for index, given in enumerate(lists):
        full = [*given, *[Level("bullet", "")] * (9 - len(given))]
        head += struct.pack("<II9HBB", 1000 + index, 2000 + index, *[0xFFF] * 9, 0, 0)
        levels += b"".join(_level(level) for level in full)
    numbers = struct.pack("<I", len(starts))
    details = b""
    for which, own in starts:
        numbers += struct.pack("<IIIBBBB", 1000 + which, 0, 0, len(own), 0, 0, 0)
        details += struct.pack("<I", 0xFFFFFFFF)
        details += b"".join(struct.pack("<II", start, level | 0x10) for level, start in own.items())
    return head + levels, len(head), numbers + details


def _level(level: Level) -> bytes:
    words = level.text
    places = []
    for number in range(1, 10):
        words = words.replace(f"%{number}", chr(number - 1))
    for at, letter in enumerate(words, 1):
        if letter < "\t":
            places.append(at)
    flags = (4 if level.legal else 0) | (8 if level.restart is not None else 0)
    numbers = bytes(places).ljust(9, b"\0")
    fixed = struct.pack("<IBB9sBIIBBBB", level.start, SHAPES[level.shape], flags, numbers, level.follows, 0, 0, 0, 0,
                        level.restart or 0, 0)  # fmt: skip
    return fixed + struct.pack("<H", len(words)) + words.encode("utf-16-le")
