"""The pages of a PDF are written one after another: no furniture, tables as cells, footnotes behind paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from vnplan.read.build import SourceBuilder
from vnplan.read.pdf_furniture import STAMP_NOTE, is_stamp, split_notes, with_furniture
from vnplan.read.pdf_layout import Page, Piece, find_columns, find_indents, is_centred, say, usual_margins
from vnplan.read.pdf_tables import PdfTable

_INDENT: Final = 12.0  # points: the first line of a paragraph (Nghị định 30/2020/NĐ-CP: 1 to 1.27 cm)


class PageWriter:
    """Writes the lines and the tables of the pages one after another."""

    def __init__(self, builder: SourceBuilder) -> None:
        self.builder = builder
        self.tables = 0
        self.rows = 0
        self.open: PdfTable | None = None  # the table at the foot of the page before
        self.previous_bottom: float | None = None
        self.lines: Sequence[Sequence[Piece]] = ()  # of this page
        self.indents: frozenset[int] | None = None  # of this page, when somebody has asked
        self.notes: list[tuple[str, int]] = []  # footnotes that wait for the end of a paragraph, with their pages

    def write(self, pages: Iterable[Page]) -> None:
        """Write all pages; only a few are held at a time."""
        for page, furniture in with_furniture(pages):
            self.page(page, furniture)
        self.finish()

    def page(self, page: Page, furniture: frozenset[int]) -> None:
        """Write one page: what stands above a table, the table, and what stands below it."""
        lines = [line for at, line in enumerate(page.lines) if at not in furniture and not self._is_stamp(page, line)]
        lines, notes = split_notes(lines)
        self.previous_bottom = None
        self.lines, self.indents = lines, None
        for table in page.tables:
            above = [line for line in lines if line[0].bottom >= table.top]
            lines = [line for line in lines if line[0].bottom < table.top]
            self._write_lines(page, above)
            self._table(page, table, bool(above))
        self._write_lines(page, lines)
        if lines or not page.tables:
            self.open = None
        for first, *rest in notes:
            self.notes.append(("\n".join([say(first[1:]), *map(say, rest)]).strip(), page.number))

    def finish(self) -> None:
        """Write the footnotes that still wait."""
        for words, page in self.notes:
            self.builder.add(words, "footnote", page=page)
        self.notes.clear()

    def _is_stamp(self, page: Page, line: list[Piece]) -> bool:
        at_edge = line[0].top > page.height * 0.75 or line[0].bottom < page.height * 0.08
        if at_edge and is_stamp(say(line)):
            self.builder.add_problem("stamp", STAMP_NOTE)
            return True
        return False

    def _write_lines(self, page: Page, lines: Sequence[list[Piece]]) -> None:
        """Write lines; a stretch where two columns stand side by side is written column by column."""
        at = 0
        while at < len(lines):
            columns = find_columns(page, lines, at)
            if columns is None:
                self._write(page, lines[at])
                at += 1
                continue
            stop, middle = columns
            for side in (True, False):
                for line in lines[at:stop]:
                    part = [p for p in line if ((p.left + p.right) / 2 < middle) is side]
                    if part:
                        self._write(page, part)
                self.builder.add_gap()
            at = stop

    def _write(self, page: Page, line: Sequence[Piece]) -> None:
        words = say(line)
        if self.notes and line[0].left > page.margins[0] + _INDENT:
            self.finish()  # the line begins a paragraph
        thick = next((at for at, piece in enumerate(line) if not piece.bold and piece.words.strip()), len(line))
        bold = len(say(line[:thick])) if thick else 0
        bottom, height = line[0].bottom, line[0].top - line[0].bottom
        if self.previous_bottom is not None and self.previous_bottom - line[0].top > 1.2 * height:
            self.builder.add_gap()
        self.previous_bottom = bottom
        centred = any(is_centred(line, *margins) for margins in (page.margins, usual_margins(page.width)))
        if centred:
            self.indents = find_indents(self.lines) if self.indents is None else self.indents
            centred = round(line[0].left) not in self.indents
        bold = min(bold, len(words))
        self.builder.add(words, "line", page=page.number, bold=bold, centred=centred, doubtful=_find_doubts(line))

    def _table(self, page: Page, table: PdfTable, something_above: bool) -> None:
        """Write a table; one that goes on from the page before keeps its number, without its repeated header."""
        self.finish()
        goes_on = self.open is not None and not something_above and table.same_columns(self.open)
        first = going_on = 0
        if goes_on and self.open is not None:
            first = 1 if table.words(0) == self.open.words(0) else 0
            going_on = int(first < table.height and not (table.grid[first][0] or "").strip())
        else:
            self.tables += 1
            self.rows = 0
        for cell, paragraphs in table.cells(self.tables - 1, self.rows - first - going_on):
            if cell.row < self.rows - going_on:
                continue
            doubts = table.find_doubts(cell.row - self.rows + first + going_on, cell.column, paragraphs)
            for words, doubtful in zip(paragraphs, doubts, strict=True):
                self.builder.add(words, "cell", page=page.number, cell=cell, doubtful=doubtful)
        self.rows += table.height - first - going_on
        head = self.open if goes_on else table
        self.open = PdfTable(
            table.box, table.grid, table.reach, head.first if head is not None else table.first, table.edges
        )


def _find_doubts(line: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return where, in the words of a line, recognition was not sure."""
    found = []
    for number, piece in enumerate(line):
        if piece.doubts:
            start = len(say(line[: number + 1])) - len(piece.words)
            found += [(start + first, start + last) for first, last in piece.doubts]
    return found
