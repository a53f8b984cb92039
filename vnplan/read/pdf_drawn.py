"""What a PDF page draws beside its letters: rules that may make a table, pictures, maps, and what covers letters.

The objects of a page are asked for in bulk, as in :mod:`vnplan.read.pdf_letters`: a map has a hundred thousand.
"""

from __future__ import annotations

import ctypes
from bisect import bisect
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

from vnplan.read.pdf_letters import View

_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDF_PAGEOBJ_*
_DEPTH: Final = 3  # forms inside forms
_OBJECTS: Final = 400_000  # of one page; more are not looked at
_THIN: Final = 3.0  # points: a rule, not an area
_RULE: Final = 6.0  # points: shorter is a dash or a dot
_DASH: Final = 2.0  # points: shorter strikes nothing through
_LONG: Final = 20.0  # points: on a map, shorter is no rule of a table
_NEAR: Final = 3.0  # points between two rules that are meant to meet
_RECTANGLE: Final = 5  # segments
_SEGMENTS: Final = 2_000  # of all the paths that may be grids by themselves
_LARGE: Final = 0.2  # of the page: an image that may hold text
_WHOLE: Final = 0.8  # of the page: an image that is the page
_MANY_PATHS: Final = 150  # letters drawn as curves
_MAP: Final = 20_000  # paths; looking for tables among more takes minutes
_WHITE: Final = 250  # of 255
_OPAQUE: Final = 255
_ROW: Final = 3  # upright rules; more stand on both sides of the cells of one row, which a page break has left alone
_CROSSINGS: Final = 4_000_000


@dataclass(slots=True)
class Drawn:
    """How many paths a page has, whether it has a large image or is one, and where rules cross.

    ``grid`` tells whether the rules cross as those of a table of two rows and two columns at least, or of one wide row.
    """

    paths: int = 0
    image: bool = False
    whole: bool = False  # an image covers nearly all of it: a scan
    grid: bool = False
    areas: bool = False  # some paths are wider and higher than rules: frames, grounds, covers
    level: Any = None  # the boxes of the level rules, an array of left, bottom, right, top
    xs: list[float] = field(default_factory=list)  # where the rules that cross others stand and lie
    ys: list[float] = field(default_factory=list)

    @property
    def is_map(self) -> bool:
        """Whether it has too many paths to look for tables among them."""
        return self.paths > _MAP

    @property
    def is_pictured(self) -> bool:
        """Whether it may show letters that are no text: in an image, or drawn as curves."""
        return self.image or self.paths > _MANY_PATHS

    def is_filled(self, middles: Sequence[tuple[float, float]], share: float) -> bool:
        """Return whether points stand in so many of the fields between the rules that these make a table."""
        places = {(bisect(self.xs, x), bisect(self.ys, y)) for x, y in middles}
        places = {(x, y) for x, y in places if 0 < x < len(self.xs) and 0 < y < len(self.ys)}
        spread = min(len({x for x, _ in places}), len({y for _, y in places}))
        return spread > 1 and len(places) >= share * (len(self.xs) - 1) * (len(self.ys) - 1)


@dataclass(frozen=True, slots=True)
class _Calls:
    on_page: Any
    in_form: Any
    count_in_form: Any
    kind: Any
    bounds: Any
    segments: Any
    segment: Any
    point: Any
    matrix: Any
    mode: Any
    fill: Any
    transparent: Any


@lru_cache(maxsize=1)
def _calls(raw: Any) -> _Calls:
    pointer, number = ctypes.c_void_p, ctypes.c_int

    def fast(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, pointer).value or 0)

    return _Calls(
        fast(raw.FPDFPage_GetObject, pointer, pointer, number),
        fast(raw.FPDFFormObj_GetObject, pointer, pointer, ctypes.c_ulong),
        fast(raw.FPDFFormObj_CountObjects, number, pointer),
        fast(raw.FPDFPageObj_GetType, number, pointer),
        fast(raw.FPDFPageObj_GetBounds, number, pointer, *[pointer] * 4),
        fast(raw.FPDFPath_CountSegments, number, pointer),
        fast(raw.FPDFPath_GetPathSegment, pointer, pointer, number),
        fast(raw.FPDFPathSegment_GetPoint, number, pointer, pointer, pointer),
        fast(raw.FPDFPageObj_GetMatrix, number, pointer, pointer),
        fast(raw.FPDFPath_GetDrawMode, number, pointer, pointer, pointer),
        fast(raw.FPDFPageObj_GetFillColor, number, pointer, *[pointer] * 4),
        fast(raw.FPDFPageObj_HasTransparency, number, pointer),
    )


def look_at(page: Any, raw: Any, view: View, own: int) -> Drawn:
    """Return what the first ``own`` objects of a page draw beside its letters, seen as its letters stand."""
    import numpy

    calls = _calls(raw)
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    count = min(own, _OBJECTS)
    found = Drawn()
    width, height = page.get_size()
    groups: list[tuple[list[int], tuple[float, ...] | None, int]] = [
        (list(map(calls.on_page, repeat(handle), range(count))), None, 1)
    ]
    rules: list[Any] = []
    while groups:
        items, matrix, depth = groups.pop()
        kinds = list(map(calls.kind, items))
        paths = [item for item, kind in zip(items, kinds, strict=True) if kind == _PATH]
        found.paths += len(paths)
        if paths:
            lines, areas = _find_rules(calls, paths)
            found.areas = found.areas or areas
            rules.append(_turn(lines, matrix))
        images = [item for item, kind in zip(items, kinds, strict=True) if kind == _IMAGE] if not found.whole else []
        for left, bottom, right, top in _turn(_bounds(calls, images), matrix).tolist():
            share = (right - left) * (top - bottom) / max(width * height, 1.0)
            found.image, found.whole = found.image or share > _LARGE, found.whole or share > _WHOLE
        if depth < _DEPTH and _FORM in kinds:
            for item in [item for item, kind in zip(items, kinds, strict=True) if kind == _FORM]:
                inside = calls.count_in_form(item)
                count += max(0, inside)
                if inside > 0 and count <= _OBJECTS:
                    groups.append((list(map(calls.in_form, repeat(item), range(inside))),
                                   _multiply(_matrix(calls, item), matrix), depth + 1))  # fmt: skip
    if rules:
        _find_grid(found, view.turn(*numpy.concatenate(rules).T))
    return found


@dataclass(frozen=True, slots=True)
class Fill:
    """An area of one colour: its place in the order of drawing, its box, whether it is white."""

    order: int
    left: float
    bottom: float
    right: float
    top: float
    white: bool


def find_fills(page: Any, raw: Any, view: View, own: int) -> tuple[list[Fill], dict[int, int]]:
    """Return the areas of a page that hide what lies below them, and the places of its objects in the order."""
    calls = _calls(raw)
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    items = list(map(calls.on_page, repeat(handle), range(min(own, _MAP))))
    paths = [order for order, kind in enumerate(map(calls.kind, items)) if kind == _PATH]
    boxes = _bounds(calls, [items[order] for order in paths])
    colour, mode = (ctypes.c_uint * 4)(), (ctypes.c_int * 2)()
    start, switch = ctypes.addressof(colour), ctypes.addressof(mode)
    fills = []
    for order, box in zip(paths, boxes.tolist(), strict=True):
        if min(box[2] - box[0], box[3] - box[1]) < _THIN or calls.transparent(items[order]):
            continue
        if calls.mode(items[order], switch, switch + 4) and mode[0] and calls.segments(items[order]) <= _RECTANGLE:
            calls.fill(items[order], start, start + 4, start + 8, start + 12)
            red, green, blue, alpha = colour
            if alpha == _OPAQUE:
                fills.append(Fill(order, *view.turn(*box), min(red, green, blue) >= _WHITE))
    return fills, {item: order for order, item in enumerate(items)}


def _bounds(calls: _Calls, items: Sequence[int]) -> Any:
    """Return an array of boxes (left, bottom, right, top), one row for each object."""
    import numpy

    count = len(items)
    buffer = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(buffer)
    ends = [range(start + 4 * side, start + 4 * side + 16 * count, 16) for side in range(4)]
    deque(map(calls.bounds, items, *ends), maxlen=0)  # an object without bounds stays at zero
    return numpy.frombuffer(bytes(buffer), numpy.float32).reshape(count, 4).astype(numpy.float64)


def _matrix(calls: _Calls, item: int) -> tuple[float, ...]:
    values = (ctypes.c_float * 6)(1, 0, 0, 1, 0, 0)
    calls.matrix(item, ctypes.addressof(values))
    return tuple(values)


def _multiply(one: tuple[float, ...], other: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return the matrix that does ``one`` first."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _turn(boxes: Any, matrix: tuple[float, ...] | None) -> Any:
    """Return the boxes as the matrix of the form around them places them."""
    import numpy

    if matrix is None or not len(boxes):
        return boxes
    a, b, c, d, e, f = matrix
    xs = [a * boxes[:, i] + c * boxes[:, j] + e for i in (0, 2) for j in (1, 3)]
    ys = [b * boxes[:, i] + d * boxes[:, j] + f for i in (0, 2) for j in (1, 3)]
    sides = (numpy.min(xs, axis=0), numpy.min(ys, axis=0), numpy.max(xs, axis=0), numpy.max(ys, axis=0))
    return numpy.column_stack(sides)


def _find_rules(calls: _Calls, paths: Sequence[int]) -> tuple[Any, bool]:
    """Return the boxes of the rules among the paths, and whether some paths are larger than rules.

    Rules are thin paths, the sides of frames, and the lines of whole grids.
    """
    import numpy

    boxes = _bounds(calls, paths)
    thick = numpy.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= _THIN
    found = [boxes[~thick]]
    left = _SEGMENTS
    wide = numpy.flatnonzero(thick & (boxes[:, 2] - boxes[:, 0] > _LONG))
    for at in wide.tolist() if len(paths) <= _MAP else ():
        count = calls.segments(paths[at])
        if count <= _RECTANGLE:
            if _is_stroked(calls, paths[at]):
                x1, y1, x2, y2 = boxes[at]
                found.append(
                    numpy.array([(x1, y1, x1, y2), (x2, y1, x2, y2), (x1, y1, x2, y1), (x1, y2, x2, y2)], numpy.float64)
                )
        elif (left := left - count) > 0:
            found.append(_trace(calls, paths[at], count))
    return numpy.concatenate(found), len(wide) > 0


def _is_stroked(calls: _Calls, path: int) -> bool:
    values = (ctypes.c_int * 2)()
    start = ctypes.addressof(values)
    return bool(calls.mode(path, start, start + 4)) and bool(values[1])


def _trace(calls: _Calls, path: int, count: int) -> Any:
    """Return the boxes of the straight lines between the points of one path."""
    import numpy

    buffer = (ctypes.c_float * (2 * count))()
    start = ctypes.addressof(buffer)
    for number in range(count):
        calls.point(calls.segment(path, number), start + 8 * number, start + 8 * number + 4)
    points = numpy.frombuffer(bytes(buffer), numpy.float32).reshape(count, 2).astype(numpy.float64)
    matrix = _matrix(calls, path)
    boxes = numpy.column_stack((numpy.minimum(points[1:], points[:-1]), numpy.maximum(points[1:], points[:-1])))
    return _turn(boxes, matrix)


def _find_grid(found: Drawn, sides: tuple[Any, Any, Any, Any]) -> None:
    """Tell where rules cross as those of a table do: three upright ones at least, and three level ones."""
    import numpy

    boxes = numpy.column_stack(sides)
    shortest = _LONG if found.is_map else _RULE
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    found.level = boxes[(high < _THIN) & (wide > _DASH)]
    level = boxes[(high < _THIN) & (wide > shortest)]
    upright = boxes[(wide < _THIN) & (high > shortest)]
    if len(level) * len(upright) > _CROSSINGS:
        found.grid = True
        return
    x, y = (upright[:, 0] + upright[:, 2]) / 2, (level[:, 1] + level[:, 3]) / 2
    cross = (
        (x[:, None] >= level[None, :, 0] - _NEAR)
        & (x[:, None] <= level[None, :, 2] + _NEAR)
        & (y[None, :] >= upright[:, 1, None] - _NEAR)
        & (y[None, :] <= upright[:, 3, None] + _NEAR)
    )
    found.xs = _merge(x[cross.any(axis=1)].tolist())
    found.ys = _merge(y[cross.any(axis=0)].tolist())
    found.grid = (len(found.xs) > 2 and len(found.ys) > 2) or (len(found.xs) > _ROW and bool(found.ys))


def _merge(places: list[float]) -> list[float]:
    """Return the places in order, those that lie near each other once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept
