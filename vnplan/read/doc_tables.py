"""Which columns the cells of a table of an old Word file stand in: its rows give the edges of their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from vnplan.model import Cell
from vnplan.read.doc_properties import Row

_NEAR: Final = 40  # twentieths of a point (0.7 mm): edges nearer than that are one
_FARTHEST: Final = 200


def place_cells(table: int, rows: Sequence[tuple[Row, int]]) -> list[list[Cell | None]]:
    """Return the places of the cells of each row, given its definition and how many cells it has.

    A cell that is joined to the one before it has the place of that one; None goes on from the row above.
    """
    edges = _columns([edge for row, _ in rows for edge in row.edges])
    found: list[list[Cell | None]] = []
    open_cells: dict[tuple[int, int], tuple[int, int]] = {}  # columns -> row and number of the cell that may go on
    groups: list[tuple[int, int, int]] = []
    for number, (row, count) in enumerate(rows):
        cells: list[Cell | None] = []
        found.append(cells)
        below: dict[tuple[int, int], tuple[int, int]] = {}
        for first, end in _joined(row, count):
            left, right = _span(row, edges, first, end)
            down = row.down[first] if first < len(row.down) else 0
            above = open_cells.get((left, right))
            if down == 1 and above is not None:
                top = found[above[0]][above[1]]
                if top is not None:
                    reach = number - top.row + 1
                    found[above[0]][above[1]] = Cell(table, top.row, left, reach, right - left)
                cells.append(None)
                below[left, right] = above
            else:
                cells.append(Cell(table, number, left, 1, right - left))
                below[left, right] = (number, len(cells) - 1)  # some programs do not mark the topmost cell
            cells += [None] * (end - first - 1)
            groups += [(number, cell, first) for cell in range(first + 1, end)]
        open_cells = below
    for number, cell, first in groups:
        found[number][cell] = found[number][first]
    return found


def _joined(row: Row, count: int) -> list[tuple[int, int]]:
    """Return the cells of a row, each with the end of those that are joined to it.

    Word and its documentation name the two bits the other way round; the first of a group has one value, the others
    have another.
    """
    groups: list[tuple[int, int]] = []
    first_value = 0
    for cell in range(count):
        value = row.across[cell] if cell < len(row.across) else 0
        if value and first_value and value != first_value:
            groups[-1] = (groups[-1][0], cell + 1)
        else:
            groups.append((cell, cell + 1))
            first_value = value
    return groups


def _span(row: Row, edges: list[int], first: int, end: int) -> tuple[int, int]:
    if len(row.edges) <= end:
        return first, end
    left = _column(edges, row.edges[first])
    return left, max(left + 1, min(_column(edges, row.edges[end]), left + _FARTHEST))


def _column(edges: list[int], edge: int) -> int:
    at = bisect_left(edges, edge)
    return at if at < len(edges) and (at == 0 or edges[at] - edge <= edge - edges[at - 1]) else max(0, at - 1)


def _columns(edges: list[int]) -> list[int]:
    """Return the different edges in their order; those that nearly agree are one."""
    found: list[int] = []
    for edge in sorted(set(edges)):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found
