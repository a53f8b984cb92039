"""Tables drawn with rules on the pages of a PDF, by pdfplumber: the only module that imports it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnplan.model import Cell

# yes: - Sở Y tế
# yes: a) Nội dung
# yes: 2. Kinh phí
# no:  2.000 người
_LABELLED: Final = re.compile(r"(?:[-+•*][ ]?[^\W\d_]|[a-zđ]\)[ ]|[0-9]{1,2}[.)][ ])")
_THIN: Final = 3.0  # points: a rule, not an area
Grid = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on one page: its box (left, bottom, right, top in points from the lower left), the words by row.

    ``first`` are the words of its first row, or of the first row of the table that it goes on with.
    """

    box: tuple[float, float, float, float]
    grid: Grid
    first: tuple[str | None, ...]
    edges: tuple[float, ...]

    @property
    def top(self) -> float:
        """The height of its upper edge."""
        return self.box[3]

    @property
    def height(self) -> int:
        """The number of its rows."""
        return len(self.grid)

    def holds(self, left: float, right: float, middle: float) -> bool:
        """Return whether a piece of text stands inside the table."""
        return self.box[1] <= middle <= self.box[3] and self.box[0] - 2 <= (left + right) / 2 <= self.box[2] + 2

    def words(self, row: int) -> tuple[str | None, ...]:
        """Return the words of one row; of row 0, those of the first row of the whole table."""
        return self.grid[row] if row else self.first

    def same_columns(self, other: PdfTable) -> bool:
        """Return whether another table has the same columns, so that this one may go on with it."""
        return len(self.edges) == len(other.edges) and all(
            abs(a - b) < 6 for a, b in zip(self.edges, other.edges, strict=True)
        )

    def cells(self, table: int, first_row: int) -> Iterator[tuple[Cell, list[str]]]:
        """Yield the cells that hold words, by paragraph; a cell that reaches over its neighbours says how far."""
        for number, row in enumerate(self.grid):
            for column, words in enumerate(row):
                if words is None or not words.strip():
                    continue
                columns = 1
                while column + columns < len(row) and row[column + columns] is None:
                    columns += 1
                rows = 1
                while number + rows < len(self.grid) and self._reaches_down(number + rows, column):
                    rows += 1
                yield Cell(table, first_row + number, column, rows, columns), _paragraphs(words)

    def _reaches_down(self, row: int, column: int) -> bool:
        """A cell without words of its own below one with words, in a row that has others, belongs to the one above."""
        return self.grid[row][column] is None and (column == 0 or self.grid[row][column - 1] is not None)


def _paragraphs(words: str) -> list[str]:
    """Join the lines of a cell; a line with a label, behind one that is finished, begins a paragraph."""
    found: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in words.split("\n"))):
        if found and not (_LABELLED.match(line) and found[-1][-1] in ".;:,"):
            broken = found[-1].endswith("-") and found[-1][-2:-1].isalpha() and line[0].isupper()  # QĐ-/UBND
            found[-1] += line if broken else " " + line
        else:
            found.append(line)
    return found


def find_tables(data: bytes, numbers: Sequence[int]) -> dict[int, list[PdfTable]]:
    """Return the tables of the pages ``numbers`` (from 0), from the top; what pdfplumber cannot read has none."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # or it writes to the screen
    found: dict[int, list[PdfTable]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number in numbers:
                page = document.pages[number]
                tables = [
                    table
                    for table in map(_table_maker(float(page.height)), page.filter(_may_be_rule).find_tables())
                    if table
                ]
                if tables:
                    found[number] = sorted(tables, key=lambda table: -table.top)
                page.close()
    except (
        PdfminerException,
        PDFException,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AssertionError,
        RecursionError,
    ):
        return found
    return found


def _may_be_rule(item: Any) -> bool:
    """Letters, lines and frames; not areas of colour behind the words, whose edges nobody sees."""
    if item["object_type"] not in ("rect", "curve"):
        return True
    return bool(item.get("stroke")) or min(item["width"], item["height"]) < _THIN


def _table_maker(height: float) -> Any:
    def make(table: Any) -> PdfTable | None:
        grid: Grid = tuple(tuple(row) for row in table.extract())
        wide = max((len(row) for row in grid), default=0)
        if len(grid) < 2 or wide < 2 or not any(words and words.strip() for row in grid for words in row):
            return None
        left, top, right, bottom = table.bbox
        edges = tuple(sorted({round(cell[0]) for cell in table.cells if cell}))
        grid = tuple(row + (None,) * (wide - len(row)) for row in grid)
        return PdfTable((left, height - bottom, right, height - top), grid, grid[0], edges)

    return make
