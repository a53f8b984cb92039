"""Lines of text for a terminal: their width, their wrapping, and columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def width(text: str) -> int:
    """Return how many columns ``text`` takes: marks that combine take none, East Asian wide characters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield ``text`` in lines of at most ``columns``, broken between words; ``first`` and ``rest`` stand before them.

    A word that is wider than a line is cut.
    """
    rest = " " * width(first) if rest is None else rest
    line, room, empty = first, columns - width(first), True
    for word in _pieces(text, max(8, columns - max(width(first), width(rest)))):
        need = width(word) + (0 if empty else 1)
        if need > room and not empty:
            yield line.rstrip()
            line, room, empty = rest, columns - width(rest), True
            need = width(word)
        line += word if empty else " " + word
        room -= need
        empty = False
    if not empty or first.strip():
        yield line.rstrip()


def _pieces(text: str, longest: int) -> Iterator[str]:
    for word in text.split(" "):
        while width(word) > longest:
            cut = longest
            while width(word[:cut]) > longest:
                cut -= 1
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word


def pad(text: str, columns: int) -> str:
    """Return ``text`` with spaces after it up to ``columns``."""
    return text + " " * max(0, columns - width(text))
