"""Tables of content: which columns say what, and a node for every row.

A header row is recognised by its wording, in any order of columns (lexicon/columns.txt). A merged cell applies to
every row it covers. A table without such a row is read as plain paragraphs (letterhead, signatures, boxes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vnplan.model import Paragraph, SectionKind, Text
from vnplan.structure.labels import read_label, roman
from vnplan.structure.lexicons import read_groups
from vnplan.structure.outline import ROOT, Draft

_YEAR = re.compile(r"(?:năm|đến|giai đoạn)?[ ]?(?:20[0-9]{2})(?:[ ]?-[ ]?20[0-9]{2})?$")
_STT = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ])[.)]?$")
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The paragraphs ``[start, stop)`` of one table; ``columns`` are the roles by column when it has a header row."""

    start: int
    stop: int
    rows: tuple[tuple[int, ...], ...]  # paragraph indices by row
    columns: tuple[tuple[int, str], ...] = ()
    header_rows: int = 0
    grid: bool = False

    @property
    def content(self) -> bool:
        """Whether its rows are content: a header row was understood, or several rows have several cells."""
        return bool(self.columns) or self.grid


@lru_cache(maxsize=1)
def _lexicon() -> tuple[tuple[str, str], ...]:
    return read_groups("columns.txt")


def column_role(words: str) -> str | None:
    """Return what a column holds by the words of its header, or None.

    >>> column_role("Cơ quan chủ trì"), column_role("Thời gian hoàn thành"), column_role("Năm 2030")
    ('lead', 'deadline', 'year')
    """
    key = words.strip(" .:()").casefold()
    if not key or len(key) > 120:
        return None
    if _YEAR.match(key):
        return "year"
    for phrase, role in _lexicon():
        if key == phrase[1:] if phrase[0] == "=" else phrase in key:
            return role
    return None


def split_tables(text: Text) -> dict[int, Table]:
    """Return the tables by the index of their first paragraph."""
    found: dict[int, Table] = {}
    paragraphs = text.paragraphs
    at = 0
    while at < len(paragraphs):
        cell = paragraphs[at].cell
        if cell is None:
            at += 1
            continue
        stop = at
        while stop < len(paragraphs) and (there := paragraphs[stop].cell) is not None and there.table == cell.table:
            stop += 1
        found[at] = _read_table(text, at, stop)
        at = stop
    return found


def _read_table(text: Text, start: int, stop: int) -> Table:
    rows: list[list[int]] = []
    numbers: list[int] = []
    for at in range(start, stop):
        cell = text.paragraphs[at].cell
        if cell is None:
            continue
        if not numbers or numbers[-1] != cell.row:
            numbers.append(cell.row)
            rows.append([])
        rows[-1].append(at)
    for header in range(min(_HEADER_ROWS, len(rows) - 1)):
        columns: dict[int, str] = {}
        for at in rows[header]:
            paragraph = text.paragraphs[at]
            role = column_role(text.clean[paragraph.start : paragraph.end])
            if role and paragraph.cell and paragraph.cell.column not in columns:
                columns[paragraph.cell.column] = role
        if len(set(columns.values()) - {"year"}) >= 2 and len(columns) >= 2:
            return Table(start, stop, tuple(map(tuple, rows)), tuple(columns.items()), header + 1)
    wide = sum(1 for row in rows if len({cell.column for at in row if (cell := text.paragraphs[at].cell)}) > 1)
    return Table(start, stop, tuple(map(tuple, rows)), grid=len(rows) > 1 and wide > len(rows) / 2)


def read_row_nodes(text: Text, table: Table) -> list[tuple[Draft, bool]]:
    """Return a node for each row below the header, and whether rows hang on it (a section row: I, II, merged cells).

    A row whose task cell is merged with that of the row above is of style ``row+``: it adds its cells to that row.
    """
    rows = _Rows(text, dict(table.columns))
    for row in table.rows[table.header_rows :]:
        rows.read(row)
    return rows.found


class _Rows:
    """The rows of one table as they are read: what merged cells still cover, and the number of the row above."""

    def __init__(self, text: Text, columns: dict[int, str]) -> None:
        self.text, self.columns = text, columns
        self.covering: dict[int, tuple[int, str, int, int]] = {}  # column -> (last row, role, start, end)
        self.found: list[tuple[Draft, bool]] = []
        self.ordinal, self.above, self.shared = 0, "", 1

    def read(self, row: tuple[int, ...]) -> None:
        text = self.text
        cells, covered = _cells(text, row, self.columns), self._covered(row)
        first, last = text.paragraphs[row[0]], text.paragraphs[row[-1]]
        own, shared = {role for role, _, _ in cells}, {role for role, _, _ in covered}
        if self.found and "task" in shared and not own & {"task", "target", "stt"}:
            more = Draft("row+", 0, "", "", "row", ROOT, first.start, last.end, first.start, last.end, first.page)
            more.cells = tuple(cells)
            self.found.append((more, False))
            return
        stt = next((text.clean[s:e] for role, s, e in cells if role == "stt"), "").strip()
        section = _is_section_row(stt, [c for c in cells if c[0] != "stt"], row, text)
        element = self._element(stt, section, "stt" in shared)
        label = read_label(stt + " ") if stt else None
        number = label.value if label else roman(element)
        said = [c for c in cells if c[0] in ("task", "target")] or [c for c in cells if c[0] != "stt"]
        body, end = said[0][1:] if said else (first.start, last.end)
        kind: SectionKind = "heading" if section else "row"
        node = Draft("row", number or 1, element, stt, kind, ROOT, first.start, last.end, body, end, first.page)
        node.cells = () if section else (*cells, *(c for c in covered if c[0] != "stt"))
        self.found.append((node, section))

    def _covered(self, row: tuple[int, ...]) -> list[tuple[str, int, int]]:
        """Return the merged cells of rows above that reach into this row, and note those that begin in it."""
        present: set[int] = set()
        place = 0
        for at in row:
            paragraph = self.text.paragraphs[at]
            if (cell := paragraph.cell) is None:
                continue
            present.add(cell.column)
            place = cell.row
            if cell.rows > 1 and (role := self.columns.get(cell.column)):
                self.covering[cell.column] = (cell.row + cell.rows - 1, role, paragraph.start, paragraph.end)
        return [(r, s, e) for c, (reach, r, s, e) in self.covering.items() if c not in present and place <= reach]

    def _element(self, stt: str, section: bool, shares: bool) -> str:
        """Return what stands in the path: the printed number, that of the row above and a count, or the ordinal."""
        self.ordinal = 0 if section else self.ordinal + 1
        if not stt and shares:
            self.shared += 1
            return f"{self.above}({self.shared})"
        self.above, self.shared = stt.strip(" .)") if _STT.match(stt) else str(self.ordinal), 1
        return self.above


def _cells(text: Text, row: tuple[int, ...], columns: dict[int, str]) -> list[tuple[str, int, int]]:
    """Return (role, start, end) of the cells of one row; the paragraphs of one cell are one stretch."""
    found: list[tuple[str, int, int]] = []
    before: int | None = None
    for at in row:
        paragraph: Paragraph = text.paragraphs[at]
        if paragraph.cell is None:
            continue
        role = columns.get(paragraph.cell.column, "other")
        if before == paragraph.cell.column and found:
            found[-1] = (found[-1][0], found[-1][1], paragraph.end)
        else:
            found.append((role, paragraph.start, paragraph.end))
        before = paragraph.cell.column
    return found


def _is_section_row(stt: str, others: list[tuple[str, int, int]], row: tuple[int, ...], text: Text) -> bool:
    """A row is a section when its cells are merged, or it has one cell of words and a roman number or letter."""
    if len(others) > 1:
        return False
    label = read_label(stt + " ") if stt else None
    if not others:
        cell = text.paragraphs[row[0]].cell
        return bool(cell and cell.columns > 2)
    high = bool(label and label.style[:1] in "IA") or (
        bool(stt) and (roman(stt.strip(" .)")) > 0 or stt.strip(" .)") in "ABCDĐ")
    )
    wide = any((cell := text.paragraphs[at].cell) and cell.columns > 1 for at in row)
    return high or wide
