"""Ruled lines in the picture of a page: taken out before recognition; where they cross there is a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vnplan.read.scan_image import Array

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DARK: Final = 170  # of 255: rules are often lighter than letters
_HALF: Final = 2  # rules are looked for in a picture of half the size
_LONG: Final = 50  # dots of that picture (half an inch): longer than any stroke of a letter
_BREAK: Final = 7  # dots that a rule may be broken for
_THICK: Final = 6  # dots; a thicker bar is a picture, or the black edge of a scan
_NEAR: Final = 5  # dots between two rules that are meant to meet
_COVER: Final = 0.6  # of the side of a cell: drawn
_OPEN: Final = 16  # dots by which upright rules go beyond the last level one: the table goes on over the page
_CELLS: Final = 20_000
_MOST: Final = 400  # rules of one page and direction: more is a drawing
_FOOT: Final = (0.35, 0.3, 0.06, 0.45)  # of the page: a rule above footnotes is lower, begins farther left, is so long
Box = tuple[int, int, int, int]  # left, top, right, bottom in dots


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a ruled table: its row and column, how many of them it reaches over, and its box in dots."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table between rules: where its columns and rows are divided (dots), and its cells from left to right."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    fields: tuple[Field, ...]


def take_out_rules(grey: Array) -> tuple[Array, tuple[Ruled, ...], int]:
    """Return the picture without its ruled lines, the tables that they make, and where a rule above footnotes lies.

    The tables stand in their order from the top of the page; the third is 0 where there is no such rule.
    """
    import numpy

    height, width = grey.shape
    half = grey[: height // _HALF * _HALF, : width // _HALF * _HALF]
    half = half.reshape(height // _HALF, _HALF, width // _HALF, _HALF).min(axis=(1, 3))
    ink = (half < _DARK).astype(numpy.uint8)
    bars = numpy.zeros_like(ink)
    level, upright = _find_rules(ink, 1, bars), _find_rules(ink, 0, bars)
    if not level and not upright:
        return grey, (), 0
    without = grey.copy()
    area = bars.repeat(_HALF, axis=0).repeat(_HALF, axis=1)
    without[: area.shape[0], : area.shape[1]][area > 0] = 255
    tables = [_make_table(*group) for group in _group(level, upright)]
    ordered = tuple(sorted((table for table in tables if table), key=lambda table: table.ys[0]))
    return without, ordered, _find_foot(level, upright, height, width)


def _find_foot(level: Sequence[Box], upright: Sequence[Box], height: int, width: int) -> int:
    """Return where the lowest short rule at the left edge of the text lies that meets no other."""
    low, farthest, shortest, longest = _FOOT
    return max(
        (
            _HALF * rule[1]
            for rule in level
            if _HALF * rule[1] > low * height
            and _HALF * rule[0] < farthest * width
            and shortest * width < _HALF * (rule[2] - rule[0]) < longest * width
            and not any(_meet(rule, other) for other in upright)
        ),
        default=0,
    )


def _find_rules(ink: Array, axis: int, bars: Array) -> list[Box]:
    """Return the boxes of the thin dark bars along an axis (1: level, 0: upright) of the small picture.

    Their dots, and those beside them, are set in ``bars``.
    """
    import numpy
    from scipy import ndimage

    long = ndimage.maximum_filter1d(ndimage.minimum_filter1d(ink, _LONG, axis=axis), _LONG, axis=axis) & ink
    # a rule that is not quite level steps from row to row, and may be broken
    near = ndimage.maximum_filter1d(long, 3, axis=1 - axis)
    shapes, _ = ndimage.label(ndimage.maximum_filter1d(near, _BREAK, axis=axis), numpy.ones((3, 3)))
    boxes = ndimage.find_objects(shapes)
    if len(boxes) > _MOST:
        return []
    found: list[Box] = []
    for number, (rows, columns) in enumerate(boxes, start=1):
        across = rows.stop - rows.start if axis else columns.stop - columns.start
        if across - 2 <= _THICK:
            found.append((columns.start, rows.start, columns.stop, rows.stop))
            bars[rows, columns] |= near[rows, columns] & (shapes[rows, columns] == number)
    return found


def _group(level: Sequence[Box], upright: Sequence[Box]) -> Iterable[tuple[list[Box], list[Box]]]:
    """Yield the rules that cross or meet, those of each table together."""
    rules = [*level, *upright]
    group = list(range(len(rules)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for one in range(len(level)):
        for other in range(len(level), len(rules)):
            if _meet(rules[one], rules[other]):
                group[root(other)] = root(one)
    roots = [root(at) for at in range(len(rules))]
    for key in dict.fromkeys(roots):
        members = [at for at, own in enumerate(roots) if own == key]
        yield [rules[at] for at in members if at < len(level)], [rules[at] for at in members if at >= len(level)]


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _make_table(level: Sequence[Box], upright: Sequence[Box]) -> Ruled | None:
    """Return the table that rules make, or None where they make no two columns or no two rows."""
    xs = _places([(x1 + x2) / 2 for x1, _, x2, _ in upright])
    ys = _places([(y1 + y2) / 2 for _, y1, _, y2 in level])
    if len(xs) < 2 or not ys:
        return None
    starts, ends = sorted(rule[1] for rule in upright), sorted(rule[3] for rule in upright)
    if ys[0] - starts[1] > _OPEN:  # two upright rules at least begin above: the table comes from the page before
        ys.insert(0, starts[1])
    if ends[-2] - ys[-1] > _OPEN:
        ys.append(ends[-2])
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _CELLS:
        return None
    fields = _find_fields(level, upright, xs, ys)
    if len(fields) < 3:
        return None
    return Ruled(tuple(_HALF * x for x in xs), tuple(_HALF * y for y in ys), tuple(fields))


def _places(middles: Iterable[float]) -> list[int]:
    """Return the places at which rules lie, those that lie near each other once."""
    found: list[list[float]] = []
    for middle in sorted(middles):
        if found and middle - found[-1][-1] <= _NEAR:
            found[-1].append(middle)
        else:
            found.append([middle])
    return [round(sum(group) / len(group)) for group in found]


def _find_fields(level: Sequence[Box], upright: Sequence[Box], xs: Sequence[int], ys: Sequence[int]) -> list[Field]:
    """Return the cells: fields between the rules that no drawn side divides are one."""
    wide, high = len(xs) - 1, len(ys) - 1
    at_x = [[(y1, y2) for x1, y1, x2, y2 in upright if abs((x1 + x2) / 2 - x) <= _NEAR] for x in xs]
    at_y = [[(x1, x2) for x1, y1, x2, y2 in level if abs((y1 + y2) / 2 - y) <= _NEAR] for y in ys]
    taken = [[False] * wide for _ in range(high)]
    fields = []
    for row in range(high):
        for column in range(wide):
            if taken[row][column]:
                continue
            columns = rows = 1
            while column + columns < wide and not (
                taken[row][column + columns] or _is_drawn(at_x[column + columns], ys[row], ys[row + 1])
            ):
                columns += 1
            while row + rows < high and not _is_drawn(at_y[row + rows], xs[column], xs[column + columns]):
                rows += 1
            for at in range(row, row + rows):
                taken[at][column : column + columns] = [True] * columns
            box = (_HALF * xs[column], _HALF * ys[row], _HALF * xs[column + columns], _HALF * ys[row + rows])
            fields.append(Field(row, column, rows, columns, box))
    return fields


def _is_drawn(rules: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether rules cover most of a side."""
    covered = sum(max(0, min(end, last) - max(start, first)) for first, last in rules)
    return covered >= _COVER * (end - start)
