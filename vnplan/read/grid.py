"""Where the cells of a table stand, when some reach over several rows and columns."""

from __future__ import annotations

from vnplan.model import Cell

_FARTHEST = 200  # rows or columns; no table that somebody reads has a cell that reaches further


class Grid:
    """Places the cells of one table row by row, as browsers do; the time is linear in the number of cells.

    >>> grid = Grid(0)
    >>> grid.begin_row()
    >>> grid.place(rows=2), grid.place(columns=2)
    (Cell(table=0, row=0, column=0, rows=2, columns=1), Cell(table=0, row=0, column=1, rows=1, columns=2))
    >>> grid.begin_row()
    >>> grid.place()
    Cell(table=0, row=1, column=1, rows=1, columns=1)
    """

    def __init__(self, table: int) -> None:
        self.table = table
        self.row = -1
        self._column = 0
        self._open: list[tuple[int, int, int]] = []  # cells from above: first column, end, first row below them
        self._new: list[tuple[int, int, int]] = []
        self._next = 0

    def begin_row(self) -> None:
        """Go to the first column of the next row."""
        self.row += 1
        self._column = self._next = 0
        if self._open or self._new:
            self._open = sorted(cell for cell in (*self._open, *self._new) if cell[2] > self.row)
            self._new = []

    def place(self, rows: int = 1, columns: int = 1) -> Cell:
        """Return the place of the next cell of the row."""
        rows, columns = max(1, min(rows, _FARTHEST)), max(1, min(columns, _FARTHEST))
        while self._next < len(self._open) and self._open[self._next][0] <= self._column:
            self._column = max(self._column, self._open[self._next][1])
            self._next += 1
        column, self._column = self._column, self._column + columns
        if rows > 1:
            self._new.append((column, self._column, self.row + rows))
        return Cell(self.table, max(self.row, 0), column, rows, columns)
