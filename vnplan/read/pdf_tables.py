"""Tables drawn with rules on the pages of a PDF, by pdfplumber: the only module that imports it."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

# yes: - Sở Y tế
# yes: a) Nội dung
# yes: 2. Kinh phí
# no:  2.000 người
LABELLED: Final = re.compile(r"(?:[-+•*][ ]?[^\W\d_]|[a-zđ]\)[ ]|[0-9]{1,2}[.)][ ])")
_THIN: Final = 3.0  # points: a rule, not an area
_OPEN: Final = 8.0  # points: the least height of a row whose upper or lower rule is missing
_FEWEST: Final = 2  # columns of such a row
# What the parser raises on damaged files beside its own errors.
_FAILURES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
Grid = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on one page: its box (left, bottom, right, top in points from the lower left), the words by row.

    ``reach`` tells for every cell how many rows and columns it reaches over; ``edges`` are where its columns begin.
    ``doubts`` tell for a cell (row, column) which stretches of its words, spaces not counted, recognition was not
    sure of.
    """

    box: tuple[float, float, float, float]
    grid: Grid
    reach: tuple[tuple[tuple[int, int], ...], ...]
    edges: tuple[float, ...]
    doubts: Mapping[tuple[int, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)

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

    def same_columns(self, other: PdfTable) -> bool:
        """Return whether another table has the same columns, so that this one may go on with it."""
        return len(self.edges) == len(other.edges) and all(
            abs(a - b) < 6 for a, b in zip(self.edges, other.edges, strict=True)
        )

    def find_doubts(self, row: int, column: int, paragraphs: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return the doubtful stretches of the paragraphs of a cell, for each paragraph."""
        found: list[list[tuple[int, int]]] = [[] for _ in paragraphs]
        stretches = self.doubts.get((row, column), ())
        count = 0
        for words, places in zip(paragraphs if stretches else (), found, strict=False):
            solid = [at for at, letter in enumerate(words) if not letter.isspace()]
            for start, end in stretches:
                first, last = max(start - count, 0), min(end - count, len(solid))
                if first < last:
                    places.append((solid[first], solid[last - 1] + 1))
            count += len(solid)
        return found


def join_lines(words: str) -> list[str]:
    """Return the paragraphs of a cell: a line with a label, behind one that is finished, begins a paragraph."""
    found: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in words.split("\n"))):
        if found and not (LABELLED.match(line) and found[-1][-1] in ".;:,"):
            broken = found[-1].endswith("-") and found[-1][-2:-1].isalpha() and line[0].isupper()  # QĐ-/UBND
            found[-1] += line if broken else " " + line
        else:
            found.append(line)
    return found


class TableFinder:
    """Finds the tables of a file page by page; the file is opened with the first page that is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document: Any = None

    def find(self, number: int) -> list[PdfTable] | None:
        """Return the tables of one page (from 0), from the top; None where pdfplumber cannot read the page."""
        import pdfplumber

        logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # or it writes to the screen
        try:
            if self.document is None:
                self.document = pdfplumber.open(io.BytesIO(self.data))
            return _page_tables(self.document.pages[number])
        except _failures():
            return None

    def close(self) -> None:
        """Close the file; what is wrong with a page may be found even then."""
        if self.document is not None:
            with suppress(*_failures()):
                self.document.close()


def _failures() -> tuple[type[Exception], ...]:
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    return PdfminerException, PSException, *_FAILURES


def _page_tables(page: Any) -> list[PdfTable]:
    try:
        ruled = page.filter(_may_be_rule)
        missing = _missing_rules(ruled.edges)
        tables = ruled.find_tables({"explicit_horizontal_lines": missing} if missing else {})
        made = [_make_table(table, page.bbox, cut=bool(missing)) for table in tables]
    finally:
        page.close()
    return sorted((table for table in made if table), key=lambda table: -table.top)


def _missing_rules(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules that close rows which a page break divides: the columns are drawn on, and one end is open."""
    heights = sorted(edge["top"] for edge in edges if edge["orientation"] == "h")
    columns: dict[tuple[int, int], list[float]] = {}
    for edge in edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _OPEN:
            columns.setdefault((round(edge["top"]), round(edge["bottom"])), []).append(edge["x0"])
    rules: list[dict[str, Any]] = []
    for ends, places in columns.items():
        open_ends = [height for height in ends if not _is_near(heights, height)]
        if len(open_ends) == 1 and len(set(map(round, places))) > _FEWEST:
            left, right, height = min(places), max(places), open_ends[0]
            size = {"x0": left, "x1": right, "top": height, "bottom": height, "width": right - left, "height": 0}
            rules.append({"object_type": "line", **size})
    return rules


def _is_near(heights: Sequence[float], height: float) -> bool:
    at = bisect_left(heights, height - _THIN)
    return at < len(heights) and heights[at] <= height + _THIN


def _may_be_rule(item: Any) -> bool:
    """Letters, lines and frames; not areas of colour behind the words, whose edges nobody sees."""
    if item["object_type"] not in ("rect", "curve"):
        return True
    return bool(item.get("stroke")) or min(item["width"], item["height"]) < _THIN


def _make_table(table: Any, paper: tuple[float, float, float, float], *, cut: bool) -> PdfTable | None:
    """Return a table with its box measured from the lower left corner of the paper, or None for what is no table.

    ``cut`` says that a page break divides a row: what is left of it may be one cell.
    """
    grid: Grid = tuple(tuple(row) for row in table.extract())
    wide = max((len(row) for row in grid), default=0)
    filled = sum(bool(words and words.strip()) for row in grid for words in row)
    if wide < 2 or not filled or (len(grid) < 2 and (wide < 3 or (filled < 2 and not cut))):
        return None  # one row is the end of a table, or its head, where it has several cells
    if any("(cid:" in words for row in grid for words in row if words):
        return None  # the other parser knows the letters of the font
    left, top, right, bottom = table.bbox
    edges = tuple(sorted({round(cell[0]) for cell in table.cells if cell}))
    grid = tuple(row + (None,) * (wide - len(row)) for row in grid)
    box = (left - paper[0], paper[3] - bottom, right - paper[0], paper[3] - top)
    return PdfTable(box, grid, _measure_reach(table, wide), edges)


def _measure_reach(table: Any, wide: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for every cell how many rows and columns it reaches over, by the edges of the others."""
    tops = sorted({round(cell[1]) for cell in table.cells if cell})
    lefts = sorted({round(cell[0]) for cell in table.cells if cell})

    def measure(box: tuple[float, float, float, float] | None) -> tuple[int, int]:
        if box is None:
            return 1, 1
        rows = bisect_left(tops, round(box[3]) - 1) - bisect_left(tops, round(box[1]))
        columns = bisect_left(lefts, round(box[2]) - 1) - bisect_left(lefts, round(box[0]))
        return max(1, rows), max(1, columns)

    return tuple(tuple(measure(box) for box in row.cells) + ((1, 1),) * (wide - len(row.cells)) for row in table.rows)
