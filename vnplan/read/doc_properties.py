"""The properties of characters, paragraphs and table rows of old Word files: lists of changes (sprm) to a default."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

_SIZES: Final = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # of an operand, by the upper three bits of its code
_TABLE: Final = 0xD608  # a row's definition has a size of two bytes
_TABS: Final = 0xC615
LONG: Final = (0x6645, 0x6646)  # the properties stand in the stream Data
_TABLE_MORE: Final = 0x646B

CHARACTER, PARAGRAPH, ROW = 2, 1, 5

# What a piece may change with a number of seven bits instead of a code (Prm0).
_SHORT: Final = {
    0x05: 0x2403, 0x09: 0x2407, 0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x55: 0x0835,
    0x57: 0x0837, 0x5B: 0x083B, 0x5C: 0x083C, 0x73: 0x2A53, 0x75: 0x0855, 0x78: 0x2640,
}  # fmt: skip


def changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the code and the operand of each change; a list that is cut off ends with the last whole one."""
    at, end = 0, len(data)
    while at + 3 <= end:
        code = data[at] | data[at + 1] << 8
        at += 2
        if (size := _SIZES.get(code >> 13)) is None:
            if code == _TABLE:
                size = (struct.unpack_from("<H", data, at)[0] - 1) if at + 2 <= end else end
                at += 2
            elif code == _TABS and data[at] == 255:
                deleted = data[at + 1] if at + 1 < end else 0
                added = data[at + 2 + 4 * deleted] if at + 2 + 4 * deleted < end else 0
                at, size = at + 1, 2 + 4 * deleted + 3 * added
            else:
                size = data[at]
                at += 1
        if size < 0 or at + size > end:
            return
        yield code, data[at : at + size]
        at += size


def prm_properties(prm: int, lists: list[bytes]) -> bytes:
    """Return the changes that a piece makes to its text."""
    if prm & 1:
        return lists[prm >> 1] if prm >> 1 < len(lists) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


@dataclass(frozen=True, slots=True)
class Letters:
    """How characters are set; ``style`` is a character style, None for none."""

    bold: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    capitals: bool = False
    special: bool = False
    raised: bool = False
    tiny: bool = False  # too small for any eye
    white: bool = False
    ground: bool = False  # whether they stand on another ground than white
    font: int = 0
    other_font: int = 0  # of letters beyond ASCII
    symbol: tuple[int, int] | None = None  # font and code of a sign
    style: int | None = None


_TINY: Final = 4  # half points
_WHITE: Final = 8  # of the sixteen colours that old versions number
_TOGGLES: Final = {0x0835: "bold", 0x083C: "hidden", 0x083B: "capitals", 0x0837: "struck"}


def apply_letters(base: Letters, data: bytes) -> Letters:
    """Return ``base`` with a list of changes made; those of other kinds are passed over."""
    found = base
    for code, operand in changes(data):
        if (name := _TOGGLES.get(code)) is not None:
            value = operand[0]
            own = bool(getattr(base, name))
            switch: Any = {name: own if value == 0x80 else not own if value == 0x81 else value != 0}
            found = replace(found, **switch)
        elif code == 0x2A53 and operand[0]:
            found = replace(found, struck=True)
        elif code == 0x0800:
            found = replace(found, deleted=operand[0] != 0)
        elif code == 0x0855:
            found = replace(found, special=operand[0] != 0)
        elif code == 0x4A4F:
            found = replace(found, font=_word(operand))
        elif code == 0x4A51:
            found = replace(found, other_font=_word(operand))
        elif code == 0x6A09:
            found = replace(found, symbol=(_word(operand), _word(operand[2:])))
        elif code == 0x4A30:
            found = replace(found, style=_word(operand))
        elif code == 0x2A48:
            found = replace(found, raised=operand[0] == 1)
        elif code == 0x4A43:
            found = replace(found, tiny=0 < _word(operand) <= _TINY)
        elif code in (0x2A42, 0x6870):
            found = replace(found, white=operand[0] == _WHITE if code == 0x2A42 else operand == b"\xff\xff\xff\0")
        elif code == 0x2A0C:
            found = replace(found, ground=operand[0] not in (0, _WHITE))
        elif code in (0x4866, 0xCA71):
            found = replace(found, ground=_is_shaded(operand))
        elif code == 0x2A33:
            found = replace(base, special=found.special)
    return found


def _is_shaded(operand: bytes) -> bool:
    """Tell whether a shading (Shd80 of two bytes, or Shd of ten) gives another ground than white."""
    if len(operand) == 2:
        value = _word(operand)
        return value != 0xFFFF and (value >> 5 & 0x1F not in (0, _WHITE) or value >> 10 not in (0, 0x3F))
    if len(operand) < 10:
        return False
    back, pattern = operand[4:8], _word(operand[8:])
    return (back[3] != 0xFF and back[:3] != b"\xff\xff\xff") or pattern not in (0, 0xFFFF)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph is set. ``number`` is the list that counts it (0 for none), ``level`` that of a heading."""

    style: int = 0
    centred: bool = False
    outline: int | None = None  # 0 is body text
    number: int = 0
    depth: int | None = None
    new_page: bool = False
    in_table: int = 0  # how many tables it stands in
    ends_row: bool = False
    ground: bool = False  # whether its letters stand on another ground than white


def apply_layout(base: Layout, data: bytes) -> Layout:
    """Return ``base`` with a list of changes made; those of other kinds are passed over."""
    values: dict[str, object] = {}
    depth = base.in_table
    for code, operand in changes(data):
        if code in (0x2403, 0x2461):
            values["centred"] = operand[0] == 1
        elif code == 0x2640:
            values["outline"] = (operand[0] + 1) % 10 if operand[0] < 10 else 0
        elif code == 0x260A:
            values["depth"] = min(operand[0], 8)
        elif code == 0x460B:
            number = _word(operand)
            values["number"] = number if number < 0x7FF else 0
        elif code == 0x2407:
            values["new_page"] = operand[0] != 0
        elif code == 0x2416:
            values["in_table"] = max(1, depth) if operand[0] else 0
        elif code == 0x6649:
            depth = values["in_table"] = min(struct.unpack("<I", operand)[0], 64)
        elif code in (0x2417, 0x244C):
            values["ends_row"] = operand[0] != 0
        elif code in (0x442D, 0xC64D):
            values["ground"] = _is_shaded(operand)
    return replace(base, **values) if values else base  # type: ignore[arg-type]


def long_properties(data: bytes, extra: bytes) -> bytes:
    """Return the changes of a paragraph with those that stand in the stream Data in their place."""
    for code, operand in changes(data):
        if code in LONG or code == _TABLE_MORE:
            place = struct.unpack("<I", operand)[0]
            size = struct.unpack_from("<H", extra, place)[0] if place + 2 <= len(extra) else 0
            found = extra[place + 2 : place + 2 + size]
            return found if code in LONG else data + found
    return data


@dataclass(slots=True)
class Row:
    """One row of a table: the edges of its cells, and which of them are joined."""

    edges: list[int] = field(default_factory=list)
    across: list[int] = field(default_factory=list)  # of each cell: 0, or the two bits of cells that are joined
    down: list[int] = field(default_factory=list)  # 0, 1 for a cell that goes on from above, 3 for the first
    style: int | None = None  # of the table
    ground: bool = False  # whether a cell of it is filled


def read_row(data: bytes) -> Row:
    """Return the definition of a row after all changes."""
    row = Row()
    for code, operand in changes(data):
        if code == _TABLE:
            row = replace(_define(operand), style=row.style, ground=row.ground)
        elif code == 0x563A:
            row.style = _word(operand)
        elif code in (0xD609, 0xD612, 0xD616, 0xD60C):
            size = 2 if code == 0xD609 else 10
            row.ground = row.ground or any(_is_shaded(operand[at : at + size]) for at in range(0, len(operand), size))
        elif code == 0xD62B and len(operand) >= 2 and operand[0] < len(row.down):
            row.down[operand[0]] = operand[1] & 3
        elif code == 0x5624:
            for cell in range(operand[0], min(operand[1], len(row.across))):
                row.across[cell] = 1 if cell == operand[0] else 2
        elif code == 0x5625:
            for cell in range(operand[0], min(operand[1], len(row.across))):
                row.across[cell] = 0
        elif code == 0x5622:
            _delete(row, operand[0], operand[1])
        elif code == 0x7621 and len(row.edges) > 1:
            _insert(row, operand[0], operand[1], _word(operand[2:]))
        elif code == 0x7623:
            _widen(row, operand[0], operand[1], _word(operand[2:]))
    return row


def _define(operand: bytes) -> Row:
    count = operand[0] if operand else 0
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1)) if len(operand) >= 2 * count + 3 else []
    flags = []
    for cell in range(count):
        at = 1 + 2 * (count + 1) + 20 * cell
        flags.append(_word(operand[at : at + 2]))
    return Row(edges, [value & 3 for value in flags], [value >> 5 & 3 for value in flags])


def _delete(row: Row, first: int, end: int) -> None:
    if first < end <= len(row.across):
        gone = row.edges[end] - row.edges[first]
        row.edges[first + 1 :] = [edge - gone for edge in row.edges[end + 1 :]]
        del row.across[first:end], row.down[first:end]


def _insert(row: Row, first: int, count: int, width: int) -> None:
    first = min(first, len(row.across))
    if len(row.across) + count <= 64:
        start = row.edges[first]
        new = [start + width * (step + 1) for step in range(count)]
        row.edges[first + 1 :] = new + [edge + width * count for edge in row.edges[first + 1 :]]
        row.across[first:first] = row.down[first:first] = [0] * count


def _widen(row: Row, first: int, end: int, width: int) -> None:
    for cell in range(first, min(end, len(row.across))):
        more = width - (row.edges[cell + 1] - row.edges[cell])
        row.edges[cell + 1 :] = [edge + more for edge in row.edges[cell + 1 :]]


def _word(data: bytes) -> int:
    return data[0] | data[1] << 8 if len(data) >= 2 else 0
