"""The stories of an old Word file: their paragraphs, and the runs of letters that are set alike."""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vnplan.read.doc_file import Pieces, Tables, too_many
from vnplan.read.doc_pages import Pages, split_style
from vnplan.read.doc_properties import (
    Layout,
    Letters,
    Row,
    apply_layout,
    apply_letters,
    changes,
    long_properties,
    read_row,
)
from vnplan.read.doc_styles import Styles

_SECTIONS: Final = 6
_SECTION_BREAK: Final = 0x3009  # how a section begins; 0 is in the middle of the page
# yes: \r
# yes: \x07
# no:  \x0b
_END: Final = re.compile("[\r\x07\x0c]")
# yes: \x13
# yes: \x15
# no:  \x12
_FIELD: Final = re.compile("[\x13-\x15]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: where its words begin and end in the text of the file, and how it is set."""

    start: int
    end: int
    mark: str
    layout: Layout
    own: bytes  # its properties, for those of a row
    deleted: bool  # whether its mark is deleted, so that it goes on in the next
    breaks_page: bool

    def row(self) -> Row:
        """Return the definition of the row that ends here."""
        return read_row(self.own)


class Story:
    """Walks through stretches of the text, within the budget of the file."""

    def __init__(self, pieces: Pieces, tables: Tables, styles: Styles, extra: bytes) -> None:
        self.pieces, self.styles, self.extra = pieces, styles, extra
        self._characters = Pages(tables, pieces.data, paragraphs=False)
        self._paragraphs = Pages(tables, pieces.data, paragraphs=True)
        self._sections = _read_sections(tables, pieces.data)
        self._hidden = _instructions(pieces.text, [tables.header.story(name)[1] for name in tables.header.lengths])
        self._letters: dict[tuple[int, bytes, bytes], Letters] = {}
        self._layouts: dict[tuple[bytes, bytes], tuple[Layout, bytes]] = {}
        self._left = pieces.origin.limits.xml_elements

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise too_many(self.pieces.origin)

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """Yield the paragraphs of a stretch of text."""
        text = self.pieces.text
        for found in _END.finditer(text, start, end):
            at = found.start()
            breaks = self._sections.get(at + 1)
            if found[0] == "\x0c" and breaks is None:
                continue  # a page break inside a paragraph
            yield self._paragraph(start, at, found[0], bool(breaks) and found[0] == "\x0c")
            start = at + 1
        if start < end and text[start:end].strip():
            yield self._paragraph(start, end, "", False)

    def _paragraph(self, start: int, end: int, mark: str, breaks: bool) -> Paragraph:
        self._spend()
        layout, own, deleted = Layout(), b"", False
        for number, _, _, place, _ in self.pieces.stretches(end if mark else end - 1, end + 1 if mark else end):
            properties, _ = self._paragraphs.lookup(place)
            layout, own = self._layout(properties, self.pieces.properties[number])
            deleted = (mark == "\r" or layout.ends_row) and self._letters_at(place, number, layout.style)[0].deleted
        return Paragraph(start, end, mark, layout, own, deleted, breaks)

    def _layout(self, properties: bytes, more: bytes) -> tuple[Layout, bytes]:
        found = self._layouts.get((properties, more))
        if found is None:
            style, own = split_style(properties)
            own = long_properties(own, self.extra) + more
            found = self._layouts[properties, more] = apply_layout(self.styles.layout(style), own), own
        return found

    def _letters_at(self, place: int, number: int, style: int) -> tuple[Letters, int]:
        properties, end = self._characters.lookup(place)
        key = (style, properties, self.pieces.properties[number])
        found = self._letters.get(key)
        if found is None:
            base = self.styles.letters(style)
            found = apply_letters(base, properties + key[2])
            if found.style is not None:
                found = apply_letters(self.styles.in_style(base, found.style), properties + key[2])
            self._letters[key] = found
        return found, end

    def runs(self, paragraph: Paragraph) -> Iterator[tuple[int, int, Letters]]:
        """Yield where letters that are set alike begin and end, without the instructions of fields."""
        for number, start, end, place, width in self.pieces.stretches(paragraph.start, paragraph.end):
            while start < end:
                self._spend()
                letters, limit = self._letters_at(place, number, paragraph.layout.style)
                size = min(end - start, max(1, (limit - place) // width))
                for first, last in self._visible(start, start + size):
                    yield first, last, letters
                start, place = start + size, place + width * size

    def _visible(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a stretch that are no instruction of a field."""
        starts, ends = self._hidden
        at = bisect_right(ends, start)
        while start < end:
            if at >= len(starts) or starts[at] >= end:
                yield start, end
                return
            if starts[at] > start:
                yield start, starts[at]
            start = max(start, ends[at])
            at += 1


def _instructions(text: str, borders: list[int]) -> tuple[array[int], array[int]]:
    """Return where the instructions of fields begin and end, one inside another only once.

    What a field shows stands between its second mark and its third. A first mark without others is passed over; it
    does not hide the rest of its story.
    """
    found: list[tuple[int, int]] = []
    open_fields: list[tuple[int, bool]] = []
    border = 0
    for mark in _FIELD.finditer(text):
        at = mark.start()
        story = bisect_right(borders, at)
        if story != border:
            open_fields, border = [], story
        if mark[0] == "\x13":
            open_fields.append((at, False))
        elif open_fields:
            start, shown = open_fields.pop()
            if not shown:
                found.append((start, at + 1))
            if mark[0] == "\x14":
                open_fields.append((start, True))
    starts, ends = array("Q"), array("Q")
    for start, end in sorted(found):
        if not ends or start >= ends[-1]:
            starts.append(start)
            ends.append(end)
        elif end > ends[-1]:
            ends[-1] = end
    return starts, ends


def _read_sections(tables: Tables, data: bytes) -> dict[int, bool]:
    """Return where sections end, and whether the next one begins a new page."""
    ends, entries = tables.positions(_SECTIONS, 12)
    found: dict[int, bool] = {}
    for index in range(1, len(ends) - 1):
        place = struct.unpack_from("<I", entries, 12 * index + 2)[0]
        kind = 2
        if place != 0xFFFFFFFF and place + 2 <= len(data):
            size = struct.unpack_from("<H", data, place)[0]
            kinds = [own[0] for code, own in changes(data[place + 2 : place + 2 + size]) if code == _SECTION_BREAK]
            kind = kinds[-1] if kinds else 2
        found[ends[index]] = kind >= 2
    if len(ends) > 1:
        found.setdefault(ends[-1], False)
    return found
