"""Where the footnotes and text boxes of old Word files are anchored, and which stretch of text each is."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from vnplan.read.doc_file import Tables

_NOTES: Final = ((2, 3, "notes"), (46, 47, "endnotes"))  # marks, texts, and the story of the texts
_ANCHORS, _BOXES = 40, 56
_DRAWING: Final = 50
_INFO, _GROUP, _SHAPE = 0xF000, 0xF003, 0xF00A


class Anchors:
    """By the place of its mark in the main story: the key of each footnote, and the stretches of text of frames."""

    def __init__(self, tables: Tables) -> None:
        self.notes: dict[int, str] = {}
        self.texts: dict[str, tuple[int, int]] = {}  # the stretch of text of each footnote
        self.boxes: dict[int, list[tuple[int, int]]] = {}
        for marks, texts, story in _NOTES:
            places, _ = tables.positions(marks, 2)
            begin, end = tables.header.story(story)
            starts, _ = tables.positions(texts, 0)
            for number, (place, (first, last)) in enumerate(zip(places, pairwise(starts), strict=False)):
                if begin + first < end:
                    self.notes[place] = key = f"{story}{number}"
                    self.texts[key] = (begin + first, min(begin + last, end))
        self._place_boxes(tables)

    def _place_boxes(self, tables: Tables) -> None:
        starts, entries = tables.positions(_BOXES, 22)
        if len(starts) < 3:
            return  # the last entry stands for the end
        begin, end = tables.header.story("boxes")
        places, anchors = tables.positions(_ANCHORS, 26)
        by_shape = {struct.unpack_from("<I", anchors, 26 * at)[0]: places[at] for at in range(len(places) - 1)}
        outer = dict(_outermost(tables.part(_DRAWING)))
        last = 0
        for at, (first, stop) in enumerate(pairwise(starts[:-1])):
            shape = struct.unpack_from("<I", entries, 22 * at + 14)[0]
            place = by_shape.get(shape, by_shape.get(outer.get(shape, 0)))
            last = last if place is None else place
            if begin + first < end:
                self.boxes.setdefault(last, []).append((begin + first, min(begin + stop, end)))


def _outermost(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each shape of a drawing with the first shape of the outermost group that it is in."""
    at = 0
    ends: list[int] = []  # of the groups that are open; the first one is the drawing itself
    first = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        while ends and at >= ends[-1]:
            ends.pop()
            first = first if len(ends) > 1 else 0
        if kind == _SHAPE and at + 12 <= len(data):
            shape = struct.unpack_from("<I", data, at + 8)[0]
            first = (first or shape) if len(ends) > 1 else 0
            if first:
                yield shape, first
        if kind == _GROUP:
            ends.append(at + 8 + size)
        if kind == _INFO and version & 0xF == 0xF:
            at += 8 + size
            if at < len(data):
                at += 1  # a byte stands before each drawing
        else:
            at += 8 if version & 0xF == 0xF else 8 + size
