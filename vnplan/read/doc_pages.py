"""The pages of old Word files that say which properties hold for which stretch of text (FKP)."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from vnplan.read.doc_file import Tables, damaged, to_native

_PAGE: Final = 512
_CHARACTERS, _PARAGRAPHS = 12, 13


@dataclass(frozen=True, slots=True)
class _Page:
    places: array[int]
    offset: int  # of the page in the stream
    count: int


class Pages:
    """Properties by place in the stream; what is not on any page has none."""

    def __init__(self, tables: Tables, data: bytes, *, paragraphs: bool) -> None:
        self.origin, self.data, self.paragraphs = tables.origin, data, paragraphs
        self._starts, entries = tables.positions(_PARAGRAPHS if paragraphs else _CHARACTERS, 4)
        self._numbers = to_native(array("I", entries[: len(entries) // 4 * 4]))
        self._pages: dict[int, _Page] = {}

    def lookup(self, place: int) -> tuple[bytes, int]:
        """Return the properties that hold at a place of the stream, and where they end to hold."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or index >= len(self._numbers) or index + 1 >= len(self._starts):
            return b"", self._starts[0] if self._starts and place < self._starts[0] else 1 << 32
        page = self._page(self._numbers[index] & 0x3FFFFF)
        at = bisect_right(page.places, place) - 1
        if at < 0 or at >= page.count:
            return b"", max(place + 1, page.places[0] if at < 0 else self._starts[index + 1])
        return self._properties(page, at), page.places[at + 1]

    def _page(self, number: int) -> _Page:
        page = self._pages.get(number)
        if page is None:
            offset = number * _PAGE
            if offset + _PAGE > len(self.data):
                raise damaged(self.origin, "a page of its properties lies outside the file")
            count = self.data[offset + _PAGE - 1]
            if not 0 < count <= 101:
                raise damaged(self.origin, "a page of its properties contradicts itself")
            places = to_native(array("I", self.data[offset : offset + 4 * (count + 1)]))
            page = self._pages[number] = _Page(places, offset, count)
        return page

    def _properties(self, page: _Page, index: int) -> bytes:
        table = page.offset + 4 * (page.count + 1)
        end = page.offset + _PAGE - 1
        if table + (13 if self.paragraphs else 1) * (index + 1) > end:
            raise damaged(self.origin, "a page of its properties contradicts itself")
        at = self.data[table + (13 if self.paragraphs else 1) * index] * 2
        if at == 0:
            return b""
        at += page.offset
        size = self.data[at]
        if self.paragraphs:
            if size:
                size = 2 * size - 1
            else:
                at += 1
                size = 2 * self.data[at]
        return self.data[at + 1 : min(at + 1 + size, end)]


def split_style(properties: bytes) -> tuple[int, bytes]:
    """Return the style of a paragraph and its own properties."""
    if len(properties) < 2:
        return 0, b""
    return struct.unpack_from("<H", properties)[0], properties[2:]
