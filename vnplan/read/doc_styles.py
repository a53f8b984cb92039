"""The style sheet and the table of fonts of old Word files."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Final

from vnplan.read.doc_file import Tables
from vnplan.read.doc_properties import Layout, Letters, apply_layout, apply_letters

_SHEET, _FONTS = 1, 15
_DEEP: Final = 16  # styles that are based on one another
_TABLE: Final = 3  # a style of tables
_PLAIN_TABLES: Final = (105, 154)  # Normal Table, Table Grid


@dataclass(frozen=True, slots=True)
class _Style:
    number: int  # of the styles that Word knows; 1 to 9 are the headings
    base: int
    characters: bytes
    paragraph: bytes | None  # None for a style of characters


class Styles:
    """What the styles say of paragraphs and characters, with what they inherit."""

    def __init__(self, tables: Tables) -> None:
        self._styles: dict[int, _Style] = {}
        self._tables: dict[int, int] = {}  # of styles of tables: their numbers among those that Word knows
        self._default = Letters()
        self._letters: dict[int, Letters] = {}
        self._layouts: dict[int, Layout] = {}
        data = tables.part(_SHEET)
        if len(data) >= 20:
            self._read(data)

    def _read(self, data: bytes) -> None:
        size, count, base = struct.unpack_from("<HHH", data)
        if size >= 18:
            font, _, other = struct.unpack_from("<HHH", data, 14)
            self._default = Letters(font=font, other_font=other)
        at = 2 + size
        for number in range(count):
            if at + 2 > len(data):
                return
            length = struct.unpack_from("<H", data, at)[0]
            entry = data[at + 2 : at + 2 + length]
            if len(entry) >= 4 and entry[2] & 0xF == _TABLE:
                self._tables[number] = struct.unpack_from("<H", entry)[0] & 0xFFF
            elif len(entry) > base and base >= 10 and (style := _read_style(entry, base)) is not None:
                self._styles[number] = style
            at += 2 + length

    def is_plain_table(self, number: int | None) -> bool:
        """Tell whether a table in a style has no ground: the style that all tables have, or plain lines."""
        style = self._tables.get(number or 0)
        return style is None or style in _PLAIN_TABLES

    def _chain(self, number: int) -> list[tuple[int, _Style]]:
        """Return the style and those that it is based on, the last first."""
        chain: list[tuple[int, _Style]] = []
        while number in self._styles and len(chain) < _DEEP:
            chain.append((number, self._styles[number]))
            number = self._styles[number].base
        return chain[::-1]

    def letters(self, number: int) -> Letters:
        """Return how the characters of a paragraph in a style are set."""
        found = self._letters.get(number)
        if found is None:
            found = self._default
            for _, style in self._chain(number):
                if style.paragraph is not None:
                    found = apply_letters(found, style.characters)
            found = self._letters[number] = replace(found, style=None)
        return found

    def in_style(self, base: Letters, number: int) -> Letters:
        """Return ``base`` with a style of characters laid over it."""
        for _, style in self._chain(number):
            if style.paragraph is None:
                base = apply_letters(base, style.characters)
        return base

    def layout(self, number: int) -> Layout:
        """Return how paragraphs in a style are set."""
        found = self._layouts.get(number)
        if found is None:
            found = Layout()
            for _, style in self._chain(number):
                if 1 <= style.number <= 9:
                    found = replace(found, outline=style.number)
                found = apply_layout(found, style.paragraph or b"")
            found = self._layouts[number] = replace(found, style=number)
        return found


def _read_style(entry: bytes, base: int) -> _Style | None:
    number, kind, parts = struct.unpack_from("<HHH", entry)
    at = base
    at += 2 + 2 * struct.unpack_from("<H", entry, at)[0] + 2 if at + 2 <= len(entry) else 0
    found: list[bytes] = []
    for _ in range(min(parts & 0xF, 3)):
        if at + 2 > len(entry):
            break
        size = struct.unpack_from("<H", entry, at)[0]
        found.append(entry[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    if kind & 0xF == 1 and len(found) >= 2:
        return _Style(number & 0xFFF, kind >> 4, found[1], found[0][2:])
    if kind & 0xF == 2 and found:
        return _Style(number & 0xFFF, kind >> 4, found[0], None)
    return None


def read_fonts(tables: Tables) -> list[str]:
    """Return the names of the fonts, by their numbers."""
    data = tables.part(_FONTS)
    names: list[str] = []
    if len(data) < 4:
        return names
    at = 4
    for _ in range(struct.unpack_from("<H", data)[0]):
        if at >= len(data):
            break
        size = data[at]
        words = data[at + 40 : at + 1 + size]
        names.append(words[: len(words) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0])
        at += 1 + size
    return names
