"""A table that goes on over the pages of a PDF: its rows so far, until it is known where it ends.

A page may repeat its header, divide a row, and divide a cell that is merged over several rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vnplan.model import Cell
from vnplan.read.build import SourceBuilder
from vnplan.read.pdf_tables import LABELLED, Grid, PdfTable, join_lines

_HEADER_ROWS: Final = 4
_BACK: Final = 60  # rows; a cell that is merged over more is not looked for
_ENDS: Final = ".;:!?"
# yes: Sở Kế hoạch và
# yes: rà soát, bổ sung,
# no:  Sở Tài chính
_OPEN: Final = re.compile(r"(?:[,(/-]|[ ](?:và|của|về|các|cho|với|tại|theo|trong|từ|đến|hoặc|là|để|được|Bộ|Sở|Ban))$")


@dataclass(slots=True)
class _Part:
    """One cell: its words by paragraph and what in them is doubtful, how far it reaches, where it begins."""

    words: list[str]
    doubts: list[list[tuple[int, int]]]
    rows: int
    columns: int
    page: int


class OpenTable:
    """The rows of a table as the pages give them."""

    def __init__(self) -> None:
        self.rows: list[dict[int, _Part]] = []
        self.head: Grid = ()  # the first rows, which a page may repeat
        self.last: PdfTable | None = None

    def may_go_on(self, table: PdfTable) -> bool:
        """Return whether a table at the head of a page has the columns of this one."""
        return self.last is not None and table.same_columns(self.last)

    def add(self, table: PdfTable, page: int) -> None:
        """Append what one page holds of the table."""
        first = 0
        if self.last is None:
            self.head = table.grid[:_HEADER_ROWS]
        else:
            while first < min(len(self.head), table.height) and _same(table.grid[first], self.head[first]):
                first += 1
        self.last = table
        rows = [self._row(table, number, page) for number in range(first, table.height)]
        if not rows:
            return
        if self.rows:
            self._carry(table, first, rows)
            if self._is_rest(rows[0], len(table.grid[0])):
                self._append_rest(rows.pop(0))
        self.rows += rows

    def write(self, builder: SourceBuilder, number: int) -> None:
        """Write the cells of the table, row by row."""
        for row, parts in enumerate(self.rows):
            for column, part in sorted(parts.items()):
                cell = Cell(number, row, column, part.rows, part.columns)
                for words, doubtful in zip(part.words, part.doubts, strict=True):
                    builder.add(words, "cell", page=part.page, cell=cell, doubtful=doubtful)

    def _row(self, table: PdfTable, number: int, page: int) -> dict[int, _Part]:
        row: dict[int, _Part] = {}
        for column, words in enumerate(table.grid[number]):
            if words is not None and words.strip():
                rows, columns = table.reach[number][column]
                paragraphs = join_lines(words)
                doubts = table.find_doubts(number, column, paragraphs)
                row[column] = _Part(paragraphs, doubts, rows, columns, page)
        return row

    def _carry(self, table: PdfTable, first: int, rows: list[dict[int, _Part]]) -> None:
        """Let the merged cells of the page before reach into the empty cells that continue them.

        Cells that end together go on together: where one of them does not, the merged rows end at the page break.
        """
        blank = {column for column, words in enumerate(table.grid[first]) if words is not None and not words.strip()}
        reaching = {column: part for column in range(len(table.grid[first])) if (part := self._reaching(column))}
        merged = {column for column, part in reaching.items() if part.rows > 1}
        for column in blank & reaching.keys():
            down = table.reach[first][column][0]
            if (merged and column in merged and merged <= blank) or (down > 1 and column):
                reaching[column].rows += down

    def _reaching(self, column: int) -> _Part | None:
        """Return the cell of a column that reaches down to the last row."""
        for back, row in enumerate(self.rows[: -_BACK - 1 : -1]):
            if column in row:
                return row[column] if row[column].rows > back else None
        return None

    def _is_rest(self, row: dict[int, _Part], width: int) -> bool:
        """Tell whether the first row of a page is the rest of the row before: without a number, in mid-sentence."""
        last = self.rows[-1]
        if not row or not row.keys() <= last.keys():
            return False
        begins = {column: part.words[0] for column, part in row.items()}
        goes_on = [c for c, words in begins.items() if _continues(last[c].words[-1], words)]
        if 0 in row:
            return 0 in goes_on and begins[0][0].islower()
        return bool(goes_on) or (
            2 * len(row) <= width and all(any(map(str.isalpha, words)) for words in begins.values())
        )

    def _append_rest(self, row: dict[int, _Part]) -> None:
        for column, part in row.items():
            above = self.rows[-1][column]
            if _continues(above.words[-1], part.words[0]):
                before = len(above.words[-1]) + 1
                above.words[-1] += " " + part.words.pop(0)
                above.doubts[-1] += [(before + start, before + end) for start, end in part.doubts.pop(0)]
            above.words += part.words
            above.doubts += part.doubts
            above.rows += part.rows - 1


def _same(row: tuple[str | None, ...], header: tuple[str | None, ...]) -> bool:
    return any(row) and [" ".join((words or "").split()) for words in row] == [
        " ".join((words or "").split()) for words in header
    ]


def _continues(before: str, words: str) -> bool:
    """Tell whether a sentence that one page breaks off goes on in the words at the head of the next."""
    if LABELLED.match(words) or before[-1] in _ENDS:
        return False
    figures = words[0].isdigit() and before[-1].isalpha()  # "Tháng" and "12/2026"
    return words[0].islower() or figures or _OPEN.search(before) is not None
