"""Parts of a page that stand side by side are laid one below the other before recognition, and put back behind it.

Recognition makes one line of two that stand beside each other at different heights (recipients and signature, the two
halves of a letterhead), and passes over numbers that stand alone below each other in the first column of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vnplan.read.scan_image import DARK, Array
from vnplan.read.scan_rules import Box, Ruled
from vnplan.read.scan_words import Word

_CELL: Final = 4  # dots: the grid on which gaps are looked for
_SPECK: Final = 30  # dots of ink: less is dirt, or a mark over a letter
_GAP: Final = 32 // _CELL  # cells: as wide as a gap between two columns is at least
_MIDDLE: Final = (0.2, 0.75)  # of the width of the page: where such a gap begins
_LINES: Final = 2  # on either side of it
_MARKS: Final = 3  # cells above and below a line, for the marks of its letters
_LOW: Final = 2  # cells: what is lower is no line
_INSET: Final = 6  # dots: so near to its edges the rest of a rule may stand in a cell
_NUMBER: Final = (50, 100)  # dots: how high and how wide the number of a row is at the most
_APART: Final = 40  # dots between two numbers that are laid in a line: with less they are taken for one
_BELOW: Final = 60  # dots between two parts that are laid below each other


@dataclass(frozen=True, slots=True)
class Move:
    """A part of a page: its box there, and the upper left corner of the place where it is laid."""

    box: Box
    left: int
    top: int

    def holds(self, box: Box) -> bool:
        """Return whether a box reaches into that place."""
        left, top, right, bottom = self.box
        return (
            self.left < box[2]
            and box[0] < self.left + right - left
            and self.top < box[3]
            and box[1] < self.top + bottom - top
        )


def lay_below(grey: Array, boxes: Sequence[Box]) -> tuple[Array, list[Move]]:
    """Return the picture with the parts in the boxes moved below everything else, one below the other."""
    import numpy

    moves: list[Move] = []
    end = grey.shape[0]
    for box in boxes:
        moves.append(Move(box, box[0], end + _BELOW))
        end += _BELOW + box[3] - box[1]
    if not moves:
        return grey, moves
    laid = numpy.full((end + _BELOW, grey.shape[1]), 255, numpy.uint8)
    laid[: grey.shape[0]] = without(grey, boxes)
    return _lay(grey, moves, laid), moves


def lay_in_line(grey: Array, boxes: Sequence[Box]) -> tuple[Array, list[Move]]:
    """Return a picture of one line with the parts in the boxes, one behind the other."""
    import numpy

    moves: list[Move] = []
    end, high = _APART, max(bottom - top for _, top, _, bottom in boxes)
    for box in boxes:
        moves.append(Move(box, end, _BELOW // 2 + high - (box[3] - box[1])))
        end += box[2] - box[0] + _APART
    return _lay(grey, moves, numpy.full((high + _BELOW, end), 255, numpy.uint8)), moves


def _lay(grey: Array, moves: Sequence[Move], laid: Array) -> Array:
    for move in moves:
        left, top, right, bottom = move.box
        laid[move.top : move.top + bottom - top, move.left : move.left + right - left] = grey[top:bottom, left:right]
    return laid


def without(grey: Array, boxes: Sequence[Box]) -> Array:
    """Return the picture with white paper in the boxes."""
    cleared = grey.copy()
    for left, top, right, bottom in boxes:
        cleared[top:bottom, left:right] = 255
    return cleared


def put_back(words: Sequence[Word], moves: Sequence[Move]) -> list[Word]:
    """Return the words where they stand on the page; what was read over several parts at once is left out."""
    found: list[Word] = []
    for word in words:
        left, top, right, bottom = word.box
        parts = [move for move in moves if move.holds(word.box)]
        if not parts:
            found.append(word)
        elif len(parts) == 1:
            across, down = parts[0].box[0] - parts[0].left, parts[0].box[1] - parts[0].top
            found.append(replace(word, box=(left + across, top + down, right + across, bottom + down)))
    return found


def find_ink(grey: Array) -> Array:
    """Return where a picture has ink, but for shapes too small to be a letter."""
    import numpy
    from scipy import ndimage

    shapes, count = ndimage.label(grey < DARK, numpy.ones((3, 3)))
    large: Array = numpy.bincount(shapes.ravel(), minlength=count + 1) >= _SPECK
    large[0] = False
    return large[shapes]


def has_ink(ink: Array, tables: Sequence[Ruled]) -> bool:
    """Return whether something stands in a cell."""
    boxes = (cell.box for table in tables for cell in table.fields)
    return any(
        ink[top + _INSET : bottom - _INSET, left + _INSET : right - _INSET].any() for left, top, right, bottom in boxes
    )


def find_asides(ink: Array, tables: Sequence[Ruled]) -> list[Box]:
    """Return the right-hand parts of the stretches of a page in which two columns stand, from the top."""
    import numpy
    from scipy import ndimage

    height, width = ink.shape
    padded = numpy.pad(ink, ((0, -height % _CELL), (0, -width % _CELL)))
    cells: Array = padded.reshape(padded.shape[0] // _CELL, _CELL, -1, _CELL).any(axis=(1, 3))
    full = cells.copy()
    for table in tables:
        full[table.ys[0] // _CELL : table.ys[-1] // _CELL + 1] = True
    blank = ~ndimage.maximum_filter1d(full, _GAP, axis=1, origin=-(_GAP // 2))  # from a cell on to the right
    found: list[tuple[int, int, int, int]] = []  # lines, first and last row, column
    first, last = (int(share * cells.shape[1]) for share in _MIDDLE)
    for column in range(first, last, 2):
        for top, bottom in _runs(blank[:, column]):
            left = _lines(cells[top:bottom, :column])
            right = _lines(cells[top:bottom, column:])
            if left and right:
                span = max(left[0][0], right[0][0]), min(left[-1][1], right[-1][1])
                lines = min(sum(start < span[1] and end > span[0] for start, end in side) for side in (left, right))
                if lines >= _LINES:
                    begin, end = max(right[0][0] - _MARKS, 1), min(right[-1][1] + _MARKS, bottom - top - 1)
                    found.append((lines, top + begin, top + end, column))
    taken: list[Box] = []
    for _, top, bottom, column in sorted(found, key=lambda one: (-one[0], one[3])):
        box = (_CELL * (column + _GAP // 2), _CELL * top, width, min(_CELL * bottom, height))
        if all(box[3] <= other[1] or box[1] >= other[3] for other in taken):
            taken.append(box)
    return sorted(taken, key=lambda box: box[1])


def _runs(row: Array) -> Iterator[tuple[int, int]]:
    """Yield where stretches of set cells begin and end."""
    import numpy

    steps = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], row.astype(numpy.int8), [0]))))
    yield from zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)


def _lines(cells: Array) -> list[tuple[int, int]]:
    """Return where the lines of an area begin and end; those at its upper and lower edge belong to what is beyond."""
    return [
        (start, end)
        for start, end in _runs(cells.any(axis=1))
        if end - start >= _LOW and start > 0 and end < len(cells)
    ]


def find_numbers(ink: Array, table: Ruled) -> list[Box]:
    """Return the boxes of the ink in the first column of a table, where what stands in its cells is short."""
    import numpy

    boxes: list[Box] = []
    large = 0
    for cell in table.fields:
        if cell.column or cell.columns > 1:
            continue
        left, top, right, bottom = cell.box
        rows, columns = numpy.nonzero(ink[top:bottom, left:right])
        if len(rows):
            box = (left + int(columns.min()), top + int(rows.min()), left + int(columns.max()) + 1,
                   top + int(rows.max()) + 1)  # fmt: skip
            fits = box[3] - box[1] <= _NUMBER[0] and box[2] - box[0] <= _NUMBER[1]
            large += not fits
            boxes += [box] if fits else []
    return boxes if len(boxes) > 2 * large else []
