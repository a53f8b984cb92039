"""The pages of a PDF are written one after another: no furniture, tables as cells, footnotes behind paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from vnplan.read.build import SourceBuilder
from vnplan.read.encodings import FontStretch
from vnplan.read.legacy import shows_capitals
from vnplan.read.pdf_furniture import with_furniture
from vnplan.read.pdf_layout import CENTRED, Page, Piece, find_columns, find_indents, is_centred, say, usual_margins
from vnplan.read.pdf_notes import Note, bare, split_notes
from vnplan.read.pdf_open_table import OpenTable
from vnplan.read.pdf_tables import PdfTable
from vnplan.read.pdf_unruled import heads_table

_STOPS: Final = (".", ";", ":")
_FLUSH: Final = 3.0  # points: what still counts as standing at a margin
_DIFFERS: Final = 0.1  # of its height: so much may a line of the same size be higher or lower
_LOOSELY: Final = (6.0, 0.5)  # both, on a recognised page
_INDENT: Final = 12.0  # points: the first line of a paragraph (Nghị định 30/2020/NĐ-CP: 1 to 1.27 cm)

# yes: 2. Sở Y tế
# yes: - Công an tỉnh
# no:  Công an tỉnh
_LABEL: Final = re.compile(r"[0-9IVXLC]{1,7}[.)]|[a-zđ][.)]|[-–+*•]|(?:Điều|Chương|Phần|PHỤ LỤC)[ ]|Nơi nhận")


class PageWriter:
    """Writes the lines and the tables of the pages one after another."""

    def __init__(self, builder: SourceBuilder) -> None:
        self.builder = builder
        self.tables = 0
        self.open: OpenTable | None = None  # the table at the foot of the page before
        self.previous_bottom: float | None = None
        self.full = self.stopped = False  # the line before reaches from margin to margin, and a stop ends it
        self.above: _Above | None = None  # the line before, where it may go on
        self.lines: Sequence[Sequence[Piece]] = ()  # of this page
        self.indents: frozenset[int] | None = None  # of this page, when somebody has asked
        self.usual = (0.0, 0.0)  # margins of a page as wide as this one
        self.inset = 0.0  # no centred line of this page begins left of it
        self.notes: list[Note] = []  # footnotes that wait for the end of a paragraph
        self.marks: dict[str, int] = {}  # where the marks of footnotes stand in the text, by mark

    def write(self, pages: Iterable[Page]) -> None:
        """Write all pages; only a few are held at a time."""
        for page, furniture in with_furniture(pages):
            self.page(page, furniture)
        self.finish()

    def page(self, page: Page, furniture: frozenset[int]) -> None:
        """Write one page: what stands above a table, the table, and what stands below it."""
        lines = [line for at, line in enumerate(page.lines) if at not in furniture]
        lines, rest, notes = split_notes(lines, page.number, self.notes[-1] if self.notes else None, page.foot)
        if rest:
            self.notes[-1].add(rest)
        self.previous_bottom = None
        self.lines, self.indents = lines, None
        self.usual = usual_margins(page.width)
        self.inset = min(start + CENTRED * (end - start) for start, end in (page.margins, self.usual))
        for table in page.tables:
            above = [line for line in lines if line[0].bottom >= table.top]
            lines = [line for line in lines if line[0].bottom < table.top]
            self._write_lines(page, above)
            self._table(page, table, bool(above))
        self._write_lines(page, lines)
        if not page.tables:
            self._close_table()
            if any(map(heads_table, lines)):
                what = f"page {page.number} holds a table without rules; its text was read line by line"
                self.builder.add_problem("unread:tables", what)
        self.notes += notes

    def finish(self) -> None:
        """Write the table and the footnotes that still wait."""
        self._close_table()
        for note in self.notes:
            self.builder.add(note.words, "footnote", page=note.page, anchor=self.marks.pop(note.mark, None))
        self.notes.clear()

    def _write_lines(self, page: Page, lines: Sequence[list[Piece]]) -> None:
        """Write lines; a stretch where two columns stand side by side is written column by column."""
        at = 0
        if lines:
            self._close_table()
        while at < len(lines):
            columns = find_columns(page, lines, at)
            if columns is None:
                self._write(page, lines[at])
                at += 1
                continue
            stop, middle = columns
            for side in (True, False):
                self.above = None
                for line in lines[at:stop]:
                    part = [p for p in line if ((p.left + p.right) / 2 < middle) is side]
                    if part:
                        self._write(page, part)
                self.builder.add_gap()
            self.above = None
            at = stop

    def _write(self, page: Page, line: Sequence[Piece]) -> None:
        marks: list[tuple[str, int]] = []
        words = say(line, marks)
        if not words:
            return
        first = line[0]
        if self.notes and first.left > page.margins[0] + _INDENT:
            self.finish()  # the line begins a paragraph
        gap = 0.0 if self.previous_bottom is None else self.previous_bottom - first.top
        apart = gap > 1.2 * (first.top - first.bottom)
        if apart or self._begins(page, line, words):
            self.builder.add_gap()
        self.previous_bottom = first.bottom
        self.full = first.left < page.margins[0] + _INDENT and line[-1].right > page.margins[1] - _INDENT
        self.stopped = words[-1] in _STOPS
        bold = _count_bold(line, words)
        centred, doubts, fonts = self._is_centred(page, line), _find_doubts(line), _find_fonts(line)
        goes_on = self.above is not None and not apart and not centred and self.above.goes_on_in(page, line)
        self.above = None if centred else _Above(page, line, self.stopped, self.above if goes_on else None)
        self.builder.add(words, "line", page=page.number, bold=bold, centred=centred, doubtful=doubts, fonts=fonts,
                         goes_on=goes_on)  # fmt: skip
        if marks:
            start = self.builder.blocks[-1].span.start
            self.marks.update((bare(mark), start + place) for mark, place in marks)

    def _begins(self, page: Page, line: Sequence[Piece], words: str) -> bool:
        """Tell whether a line begins a paragraph behind a full line with a stop at its end, by its indent alone."""
        return self.full and self.stopped and line[0].left > page.margins[0] + _INDENT and words[0].isupper()

    def _is_centred(self, page: Page, line: Sequence[Piece]) -> bool:
        if line[0].left < self.inset:
            return False
        if not (is_centred(line, *page.margins) or is_centred(line, *self.usual)):
            return False
        self.indents = find_indents(self.lines) if self.indents is None else self.indents
        return round(line[0].left) not in self.indents

    def _table(self, page: Page, table: PdfTable, something_above: bool) -> None:
        """Write a table when it is known where it ends; one that goes on from the page before is the same table."""
        if self.open is None or something_above or not self.open.may_go_on(table):
            self.finish()
            self.open = OpenTable()
        self.open.add(table, page.number)

    def _close_table(self) -> None:
        if self.open is not None:
            self.open.write(self.builder, self.tables)
            self.tables += 1
            self.open = None


class _Above:
    """A line that may go on in the next: where its paragraph begins, how much room is left at its end."""

    def __init__(self, page: Page, line: Sequence[Piece], stopped: bool, before: _Above | None) -> None:
        first, last = line[0], line[-1]
        self.page, self.stopped, self.bold = page.number, stopped, last.bold
        self.height = first.top - first.bottom
        self.left = page.margins[1] - last.right  # room
        self.indented: bool = before.indented if before else first.left > page.margins[0] + _INDENT

    def goes_on_in(self, page: Page, line: Sequence[Piece]) -> bool:
        """Tell whether a line is the next of the same paragraph, by its place alone.

        The paragraph began with an indent, this line does not, and its first word had no room left on the one before.
        Behind a stop, what looks like a label is one.
        """
        first = line[0]
        height = first.top - first.bottom
        flush, differs = (_FLUSH, _DIFFERS) if page.sure is None else _LOOSELY
        if not self.indented or first.left > page.margins[0] + flush or first.bold != self.bold:
            return False
        if self.stopped and _LABEL.match(first.words):
            return False
        if page.number - self.page > 1 or abs(height - self.height) > differs * self.height or not first.words.strip():
            return False
        word = first.words.split(maxsplit=1)[0]
        width = (first.right - first.left) * (len(word) + 1) / max(len(first.words), 1)
        return width > self.left + _FLUSH


def _find_doubts(line: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return where, in the words of a line, recognition was not sure."""
    found = []
    for number, piece in enumerate(line):
        if piece.doubts:
            start = len(say(line[: number + 1])) - len(piece.words)
            found += [(start + first, start + last) for first, last in piece.doubts]
    return found


def _find_fonts(line: Sequence[Piece]) -> list[FontStretch]:
    """Return which stretches of the words of a line are set in fonts of an encoding from before Unicode."""
    found = []
    for number, piece in enumerate(line):
        if piece.font:
            end = len(say(line[: number + 1]))
            start = max(0, end - len(piece.words.strip()))
            found.append(FontStretch(start, end, piece.font, shows_capitals(piece.font)))
    return found


def _count_bold(line: Sequence[Piece], words: str) -> int:
    """Return how many characters at the beginning of a line are bold."""
    if len(line) == 1:
        return len(words) if line[0].bold else 0
    thick = next((at for at, piece in enumerate(line) if not piece.bold and piece.words.strip()), len(line))
    return min(len(say(line[:thick])), len(words)) if thick else 0
