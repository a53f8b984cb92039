"""The lists of old Word files: what automatic numbers look like, and which paragraphs count."""

from __future__ import annotations

import struct
from typing import Final

from vnplan.read.doc_file import Tables
from vnplan.read.doc_properties import Layout
from vnplan.read.numbering import Level, Lists

_LISTS, _NUMBERS = 73, 74
_SHAPES: Final = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
    23: "bullet", 255: "none",
}  # fmt: skip
_JOINS: Final = {1: " ", 2: ""}  # what follows a number; else a tab, which is one blank here


class Numbering(Lists):
    """The lists of one file; counts its paragraphs in reading order."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._styles: dict[str, dict[int, int]] = {}  # of each abstract list: the levels that styles stand for
        self._read_lists(tables.part(_LISTS, more=True))
        self._read_numbers(tables.part(_NUMBERS))

    def label(self, layout: Layout, style: int) -> str:
        """Return the number of a paragraph with what follows it, "" when it has none; counts it."""
        if layout.number == 0:
            return ""
        key = str(layout.number)
        depth = layout.depth
        if depth is None:
            depth = self._styles.get(self._abstract.get(key, ""), {}).get(style, 0)
        return self.count(key, depth)

    def _read_lists(self, data: bytes) -> None:
        if len(data) < 2:
            return
        count = struct.unpack_from("<H", data)[0]
        at = 2 + 28 * count
        for index in range(count):
            place = 2 + 28 * index
            if place + 28 > len(data):
                return
            key, _, *styles, simple, _ = struct.unpack_from("<II9HBB", data, place)
            levels: dict[int, Level] = {}
            for depth in range(1 if simple & 1 else 9):
                level, at = _read_level(data, at)
                if level is None:
                    break
                levels[depth] = level
            self.define(str(key), levels)
            self._styles[str(key)] = {style: depth for depth, style in enumerate(styles) if style != 0xFFF}

    def _read_numbers(self, data: bytes) -> None:
        if len(data) < 4:
            return
        count = min(struct.unpack_from("<I", data)[0], (len(data) - 4) // 16)
        at = 4 + 16 * count
        for index in range(count):
            key, _, _, own = struct.unpack_from("<IIIB", data, 4 + 16 * index)
            starts: dict[int, int] = {}
            levels: dict[int, Level] = {}
            at += 4
            for _ in range(own):
                if at + 8 > len(data):
                    break
                start, flags = struct.unpack_from("<II", data, at)
                depth, at = min(flags & 0xF, 8), at + 8
                if flags & 0x20:
                    level, at = _read_level(data, at)
                    if level is None:
                        break
                    levels[depth] = level
                if flags & 0x10:
                    starts[depth] = min(levels[depth].start if depth in levels else start, 1 << 20)
            self.add(str(index + 1), str(key), starts, levels)


def _read_level(data: bytes, at: int) -> tuple[Level | None, int]:
    """Return the level that is defined at a place, None for one that is cut off, and the place behind it."""
    if at + 30 > len(data):
        return None, len(data)
    start, shape, flags, joins, characters, paragraph, restart = struct.unpack_from("<IBB9xB8xBBB", data, at)
    words = at + 28 + characters + paragraph
    if words + 2 > len(data):
        return None, len(data)
    size = struct.unpack_from("<H", data, words)[0]
    end = words + 2 + 2 * size
    text = data[words + 2 : end].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(letter) + 1}" if letter < "\t" else letter for letter in text)
    level = Level(
        min(start, 1 << 20),
        _SHAPES.get(shape, "decimal"),
        shown,
        _JOINS.get(joins, " "),
        bool(flags & 4),
        restart if flags & 8 else 9,
    )
    return level, end
