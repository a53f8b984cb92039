"""Old Word files (.doc, Word 97 to 2003): the same blocks as a .docx of the same document.

Deleted and hidden text is left out, inserted text and text boxes are in; automatic numbers stand in the text as Word
shows them; of a field its result is read; a footnote follows the paragraph that refers to it. Headers, footers and
comments are left out. Versions before Word 97 are read by another program, where one is installed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from vnplan.errors import ReadError
from vnplan.model import Cell, Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.doc_file import LIES, Container, Header, OldWordError, Pieces, Tables, damaged, read_header
from vnplan.read.doc_lists import Numbering
from vnplan.read.doc_notes import Anchors
from vnplan.read.doc_properties import Letters, Row
from vnplan.read.doc_story import Paragraph, Story
from vnplan.read.doc_styles import Styles, read_fonts
from vnplan.read.doc_tables import place_cells
from vnplan.read.hidden import Hidden, report_left_out
from vnplan.read.legacy import encoding_of_font, from_symbols, optional_hyphen
from vnplan.read.runs import Runs
from vnplan.read.vietnamese import count_letters

MEDIA_TYPE: Final = "application/msword"
_RARE: Final = 500  # of so many letters one may be none
_FEW: Final = 40  # letters; a file with fewer, and with pictures, is a scan
_SAVE_AS: Final = "save it as .docx or .pdf"
_SIGNS: Final = {"\x1e": "-", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n"}  # a hyphen; breaks of line, page, column
# yes: \x02
# yes: \x0b
# no:  \t
_SIGN: Final = re.compile("[\0-\x08\x0b-\x1f]")
# yes: \x01
# yes: \x08
# no:  \x02
_PICTURE: Final = re.compile("[\x01\x08]")
# yes: \x13 EMBED Excel.Sheet.8
# yes: \x13EMBED Package
# no:  \x13 PAGE
_EMBEDDED: Final = re.compile("\x13[ ]{0,9}EMBED[ ]{1,9}([A-Za-z][A-Za-z0-9._]{0,60})")


def read_doc(origin: Origin) -> Source:
    """Return the text of an old Word file.

    Raises :class:`ReadError`: ``damaged``, ``encrypted``, ``unsupported``, ``too-big``, ``too-big-inside`` or
    ``no-text``.
    """
    container = Container(origin)
    data = container.stream("WordDocument")
    if data is None:
        raise _other(origin, container)
    try:
        return _read(origin, container, data)
    except OldWordError:
        from vnplan.read.doc_programs import read_by_program

        return read_by_program(origin)
    except LIES as error:
        raise damaged(origin, f"{type(error).__name__}: {str(error)[:80]}") from error


def _other(origin: Origin, container: Container) -> ReadError:
    if container.stream("EncryptedPackage") is not None:
        return origin.fail("encrypted", "the Office file is protected by a password; remove the password and try again")
    if container.stream("Workbook") is not None or container.stream("Book") is not None:
        return origin.fail("unsupported", f"it is an old Excel file (.xls); {_SAVE_AS}")
    return origin.fail("unsupported", f"it is an old Office file without a Word document; {_SAVE_AS}")


def _read(origin: Origin, container: Container, data: bytes) -> Source:
    header = read_header(origin, data)
    table = container.stream(header.table)
    if table is None:
        raise damaged(origin, "its stream of tables is missing")
    tables = Tables(origin, header, table)
    pieces = Pieces(origin, data, tables)
    if header.story("header boxes")[1] > len(pieces.text):
        raise damaged(origin, "its stories are longer than its text")
    strange = pieces.text.count("\0")
    if strange > 1 + len(pieces.text) // _RARE:
        raise damaged(origin, "something else was written over its text")
    builder = SourceBuilder(origin)
    writer = _Writer(builder, header, tables, pieces, container.stream("Data") or b"")
    writer.body()
    writer.report()
    behind = pieces.text[header.story("header boxes")[1] :]
    if count_letters(behind):
        what = f"{len(behind)} characters belong to no part of the document and were not read"
        builder.add_problem("cut:text", what)
    letters = count_letters(builder.text)
    start, end = header.story("main")
    pictures = any(found.start() not in writer.anchors.boxes for found in _PICTURE.finditer(pieces.text, start, end))
    if letters == 0 or (letters < _FEW and pictures):
        raise origin.fail("no-text", "the Word file holds pictures instead of text; run text recognition (OCR) on them")
    return builder.build(MEDIA_TYPE, "doc", pages=writer.page)


class _Writer:
    """Writes the text and the blocks while it walks through the stories."""

    def __init__(self, builder: SourceBuilder, header: Header, tables: Tables, pieces: Pieces, extra: bytes) -> None:
        self.builder, self.header = builder, header
        self.styles = Styles(tables)
        self.fonts = read_fonts(tables)
        self.numbering = Numbering(tables)
        self.anchors = Anchors(tables)
        marks = sorted(at for at in self.anchors.notes if at < len(pieces.text))
        self.own_marks = [at for at in marks if _SIGN.match(pieces.text, at) is None]  # marks that an author typed
        self.story = Story(pieces, tables, self.styles, extra)
        self.page, self.tables = 1, 0
        self.hidden, self.struck = Hidden(), Hidden()
        self.ground = False  # whether letters may stand on another ground than white: in a cell, in a box
        self.pending: Runs | None = None  # a paragraph whose end was deleted: it goes on in the next

    def body(self) -> None:
        """Write the main story in reading order."""
        rows: list[tuple[list[list[Paragraph]], Row]] = []
        cells: list[list[Paragraph]] = [[]]
        for paragraph in self._main():
            if paragraph.layout.in_table == 0:
                rows = self._close(rows, cells)
                cells = [[]]
                self._paragraph(paragraph, None)
            elif paragraph.layout.ends_row and paragraph.layout.in_table == 1:
                if not paragraph.deleted:
                    rows.append((cells[:-1] if not cells[-1] else cells, paragraph.row()))
                cells = [[]]
            elif not paragraph.layout.ends_row:
                cells[-1].append(paragraph)
                if paragraph.mark == "\x07":
                    cells.append([])
        self._close(rows, cells)

    def _main(self) -> Iterator[Paragraph]:
        return self.story.paragraphs(*self.header.story("main"))

    def _close(
        self, rows: list[tuple[list[list[Paragraph]], Row]], cells: list[list[Paragraph]]
    ) -> list[tuple[list[list[Paragraph]], Row]]:
        """Write the table that ends here, if there is one; cells without the end of a row are a row as well."""
        if any(cells):
            rows.append(([cell for cell in cells if cell], Row()))
        if rows:
            self._table(rows)
        return []

    def _table(self, rows: list[tuple[list[list[Paragraph]], Row]]) -> None:
        number, self.tables = self.tables, self.tables + 1
        places = place_cells(number, [(row, len(cells)) for cells, row in rows])
        for (cells, row), spots in zip(rows, places, strict=True):
            around, self.ground = self.ground, row.ground or not self.styles.is_plain_table(row.style)
            top = bottom = self.page  # the cells of a row begin on one page; each may reach over to the next
            for cell, spot in zip(cells, spots, strict=True):
                if spot is None:
                    self._pass_over(cell)
                    continue
                first = len(self.builder.blocks)
                self.page = top
                for paragraph in cell:
                    self._paragraph(paragraph, spot)
                bottom = max(bottom, self.page)
                top = max(top, self.builder.blocks[first].page) if len(self.builder.blocks) > first else top
            self.page, self.ground = bottom, around

    def _pass_over(self, cell: list[Paragraph]) -> None:
        """Count what stands in a cell that is covered by the one above it."""
        for paragraph in cell:
            words = self.story.pieces.text[paragraph.start : paragraph.end]
            if any(map(str.isalnum, words)):
                self.hidden.add(words)

    def report(self) -> None:
        """Record what was left out."""
        objects = _EMBEDDED.findall(self.story.pieces.text, *self.header.story("main"))
        report_left_out(self.builder, self.hidden, self.struck, where="that the page does not show", objects=objects)

    def _paragraph(self, paragraph: Paragraph, cell: Cell | None, note: str | None = None) -> None:
        """Write one paragraph, which may be a part of the text of a note, then its text boxes and footnotes."""
        layout, in_note = paragraph.layout, note is not None
        runs, self.pending = self.pending or Runs(), None
        if layout.new_page and self.builder.blocks and not in_note:
            self.page += 1
        if not runs.size:
            runs.label(self.numbering.label(layout, layout.style))
        around, self.ground = self.ground, self.ground or layout.ground
        self._runs(paragraph, runs)
        self.ground = around
        if paragraph.deleted and not in_note:
            self.pending = runs
            return
        note = runs.note if note is None else note
        runs.write(
            self.builder,
            "footnote" if note is not None else "cell" if cell else "paragraph",
            note=note,
            page=self.page,
            cell=None if in_note else cell,
            centred=layout.centred,
            level=layout.outline or None,
        )
        for box in runs.boxes:  # what a box is filled with is not looked for
            around, self.ground = self.ground, True
            for inner in self.story.paragraphs(*box):
                self._paragraph(inner, cell)
            self.ground = around
        for key, _ in runs.notes:
            span = self.anchors.texts.pop(key, None)
            for inner in () if span is None else self.story.paragraphs(*span):
                self._paragraph(inner, None, key)
        if paragraph.breaks_page and not in_note:
            self.page += 1

    def _runs(self, paragraph: Paragraph, runs: Runs) -> None:
        """Add the words of a paragraph run by run."""
        text, marks = self.story.pieces.text, self.builder.marks
        for start, end, letters in self.story.runs(paragraph):
            if letters.deleted:
                continue
            unseen = letters.hidden or letters.tiny or (letters.white and not self.ground and not letters.ground)
            if unseen or letters.struck:
                (self.hidden if unseen else self.struck).add(_SIGN.sub("", text[start:end]))
            elif letters.symbol is not None:
                font, code = letters.symbol
                runs.add(from_symbols(chr(code), self._font(font)) * (end - start), letters.bold, self.page)
            elif letters.raised and not self._own_marks(start, end) and runs.take_mark(text[start:end], marks):
                continue
            else:
                self._words(start, end, letters, runs)

    def _own_marks(self, start: int, end: int) -> list[int]:
        return self.own_marks[bisect_left(self.own_marks, start) : bisect_left(self.own_marks, end)]

    def _words(self, start: int, end: int, letters: Letters, runs: Runs) -> None:
        """Add letters that are set alike; signs among them stand for breaks, footnotes and frames."""
        text = self.story.pieces.text
        font = self._font(letters.font)
        if encoding_of_font(font) is None:
            font = self._font(letters.other_font)
        marks = [found.start() for found in _SIGN.finditer(text, start, end)]
        marks += self._own_marks(start, end)
        for at in [*sorted(marks), end]:
            words = from_symbols(text[start:at], font)
            runs.add(words, letters.bold, self.page, font=font, capitals=letters.capitals)
            if at < end:
                self._sign(text[at], at, letters, runs, font)
            start = at + 1

    def _sign(self, sign: str, at: int, letters: Letters, runs: Runs, font: str) -> None:
        if at in self.anchors.notes:
            runs.mark(self.anchors.notes[at])
        elif at in self.anchors.boxes:
            runs.boxes += self.anchors.boxes[at]
        elif sign == "\x1f":
            runs.add(optional_hyphen(font), letters.bold, self.page, font=font)
        elif sign in _SIGNS:
            self.page += sign == "\x0c"
            runs.add(_SIGNS[sign], letters.bold, self.page)

    def _font(self, number: int) -> str:
        return self.fonts[number] if number < len(self.fonts) else ""
