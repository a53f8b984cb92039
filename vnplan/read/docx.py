"""Word files (.docx): an own walk over the main part, paragraph by paragraph and table by table.

Deleted and hidden text is left out, inserted text, text boxes and content controls are in; automatic numbers stand in
the text as Word shows them; a footnote follows the paragraph that refers to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from vnplan.model import Cell, Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.docx_parts import ADVICE, Parts, W, too_deep
from vnplan.read.docx_styles import (
    Styles,
    get_value,
    has_ground,
    is_centred,
    is_on,
    is_raised,
    outline_level,
    to_integer,
)
from vnplan.read.hidden import Hidden, report_left_out
from vnplan.read.legacy import from_symbols, optional_hyphen
from vnplan.read.numbering import Numbering
from vnplan.read.runs import Runs
from vnplan.read.vietnamese import count_letters

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OBJECT: Final = "{urn:schemas-microsoft-com:office:office}OLEObject"
_OPAQUE: Final = frozenset(
    W + name
    for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)
_PARAGRAPH: Final = frozenset({W + "p"})
_SIGNS: Final = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WHITE: Final = "FFFFFF"
_TINY: Final = 4  # half points
_FEW: Final = 40  # letters; a file with fewer, and with pictures, is a scan


def read_docx(origin: Origin) -> Source:
    """Return the text of a Word file.

    Raises :class:`ReadError`: ``damaged``, ``doctype``, ``too-big-inside``, ``too-many-parts``, ``too-deep`` or
    ``no-text``.
    """
    parts = Parts(origin)
    root = parts.xml(parts.main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise origin.fail("damaged", f"the archive holds no body of a Word document; {ADVICE}")
    _check_depth(origin, parts.main, body)
    styles = Styles(parts.beside("styles.xml"))
    numbering = Numbering(parts.beside("numbering.xml"), styles.numbering)
    builder = SourceBuilder(origin)
    writer = _Writer(builder, styles, numbering, _notes(parts))
    background = root.find(W + "background")
    writer.ground = background is not None and background.get(W + "color", _WHITE).upper() not in (_WHITE, "AUTO")
    writer.body(body)
    writer.report()
    letters = count_letters(builder.text)
    if letters == 0 or (letters < _FEW and parts.has_pictures):
        raise origin.fail("no-text", "the Word file holds pictures instead of text; run text recognition (OCR) on them")
    return builder.build(_MEDIA_TYPE, "docx", pages=writer.page)


def _check_depth(origin: Origin, part: str, root: Any) -> None:
    """Fail on a part that is nested too deeply; a parser that were built to accept it would otherwise go on."""
    depth, stack = 2, [iter(root)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif len(child):
            stack.append(iter(child))
            if depth + len(stack) > origin.limits.xml_depth:
                raise too_deep(origin, part)


def _notes(parts: Parts) -> dict[str, Any]:
    """Return the footnotes and endnotes by kind and number."""
    found: dict[str, Any] = {}
    for kind in ("footnote", "endnote"):
        root = parts.beside(f"{kind}s.xml")
        if root is not None:
            found.update(
                {f"{kind}{note.get(W + 'id')}": note for note in root.iter(W + kind) if not note.get(W + "type")}
            )
    return found


class _Writer:
    """Writes the text and the blocks while it walks the body."""

    def __init__(self, builder: SourceBuilder, styles: Styles, numbering: Numbering, notes: dict[str, Any]) -> None:
        self.builder, self.styles, self.numbering, self.notes = builder, styles, numbering, notes
        self.page, self.tables = 1, 0
        self.hidden, self.struck, self.embedded = Hidden(), Hidden(), 0
        self.objects: list[str] = []  # embedded ones, by their programs
        self.ground = False  # whether letters may stand on another ground than white: in a cell, in a box
        self.rendered = False  # whether Word has left marks where it broke the pages
        self.sections: list[str] = []  # how each section but the first begins
        self.pending: Runs | None = None  # a paragraph whose end was deleted: it goes on in the next

    def body(self, root: Any) -> None:
        """Write the paragraphs and tables below ``root`` in reading order."""
        self.objects = [str(found.get("ProgID", "")) for found in root.iter(_OBJECT)]
        self.rendered = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        self.sections = [get_value(section, "type") or "nextPage" for section in root.iter(W + "sectPr")][1:]
        for element in _descend(root, frozenset({W + "p", W + "tbl", W + "altChunk"})):
            if element.tag == W + "p":
                self.paragraph(element, None)
            elif element.tag == W + "tbl":
                self.table(element)
            else:
                self.embedded += 1

    def report(self) -> None:
        """Record what was left out or converted."""
        builder = self.builder
        report_left_out(builder, self.hidden, self.struck, where="that the page does not show", objects=self.objects)
        if self.embedded:
            builder.add_problem("cut:embedded", f"{self.embedded} embedded files were not read")

    def paragraph(self, element: Any, cell: Cell | None, note: str | None = None) -> None:
        """Write one paragraph, which may be a part of the text of a note, then its text boxes and footnotes."""
        properties = element.find(W + "pPr")
        style = get_value(properties, "pStyle") or self.styles.default
        if not self.rendered and is_on(properties, "pageBreakBefore") and self.builder.blocks:
            self.page += 1
        runs, self.pending = self.pending or Runs(), None
        if not runs.size:
            runs.label(self.numbering.label(properties, style))
        around = self.ground
        self.ground = around or has_ground(properties) or bool(self.styles.lookup(style, "ground"))
        self._runs(element, runs, style)
        self.ground = around
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.pending = runs
            return
        centred, level = is_centred(properties), outline_level(properties)
        note = runs.note if note is None else note
        runs.write(
            self.builder,
            "footnote" if note is not None else "cell" if cell else "paragraph",
            note=note,
            page=self.page,
            cell=cell,
            centred=bool(self.styles.lookup(style, "centred") if centred is None else centred),
            level=(self.styles.lookup(style, "level") if level is None else level) or None,
        )
        if properties is not None and properties.find(W + "sectPr") is not None and self.sections:
            new_page = self.sections.pop(0) in ("nextPage", "oddPage", "evenPage")
            self.page += 1 if new_page and not self.rendered else 0
        for box in runs.boxes:  # what a box is filled with is not looked for
            around, self.ground = self.ground, True
            for inner in _descend(box, _PARAGRAPH):
                self.paragraph(inner, cell)
            self.ground = around
        for key, _ in runs.notes:
            root = self.notes.pop(key, None)  # a note that is referred to again is not repeated
            for inner in () if root is None else _descend(root, _PARAGRAPH):
                self.paragraph(inner, None, key)

    def _bold(self, run: Any, style: str | None) -> bool:
        properties = run.find(W + "rPr")
        own = is_on(properties, "b")
        if own is None and (named := get_value(properties, "rStyle")) is not None:
            own = self.styles.lookup(named, "bold")
        return bool(self.styles.lookup(style, "bold") if own is None else own)

    def _runs(self, element: Any, runs: Runs, style: str | None) -> None:
        """Add the words of the runs below a paragraph, in order, with an explicit stack."""
        stack: list[Any] = [iter(element)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == W + "r":
                self._run(child, runs, style)
            elif child.tag == _FORMULA:
                runs.add(child.text or "", False, self.page)
            elif child.tag not in _OPAQUE and child.tag != _FALLBACK and isinstance(child.tag, str):
                stack.append(iter(child))

    def _run(self, run: Any, runs: Runs, style: str | None) -> None:
        properties = run.find(W + "rPr")
        if self._is_unseen(properties, style):
            self.hidden.add("".join(t.text or "" for t in run.iter(W + "t")))
            return
        bold = self._bold(run, style)
        capitals = is_on(properties, "caps")
        if capitals is None:
            capitals = self.styles.lookup(style, "capitals")
        raised = is_raised(properties)
        if raised is None:
            raised = self.styles.lookup(get_value(properties, "rStyle"), "raised")
        struck = is_on(properties, "strike") or is_on(properties, "dstrike")
        for child in run:
            tag = child.tag
            if tag == W + "t":
                words = child.text or ""
                font = self.styles.font_of_run(properties, style)
                if raised and runs.take_mark(words, self.builder.marks):
                    continue
                if struck:
                    self.struck.add(words)
                else:
                    runs.add(from_symbols(words, font), bold, self.page, font=font, capitals=bool(capitals))
            elif tag == W + "softHyphen":
                font = self.styles.font_of_run(properties, style)
                runs.add(optional_hyphen(font), bold, self.page, font=font)
            elif tag in _SIGNS:
                runs.add(_SIGNS[tag], bold, self.page)
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") in ("page", "column"):
                    self.page += 0 if self.rendered or child.get(W + "type") == "column" else 1
                runs.add("\n", bold, self.page)
            elif tag == W + "sym":
                runs.add(from_symbols(_symbol(child), str(child.get(W + "font", ""))), bold, self.page)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                runs.notes.append((f"{kind}{child.get(W + 'id')}", runs.size))
            elif isinstance(tag, str) and tag not in _OPAQUE:
                runs.boxes.extend(_boxes(child))

    def _is_unseen(self, properties: Any, style: str | None) -> bool:
        """Tell whether a run is hidden: marked so, in white on no ground of its own, or too small for any eye."""
        named = get_value(properties, "rStyle")
        hidden = is_on(properties, "vanish")
        if hidden is None:
            hidden = self.styles.lookup(named, "hidden")
        if hidden or (hidden is None and self.styles.lookup(style, "hidden")):
            return True
        if 0 < to_integer(get_value(properties, "sz"), 200) <= _TINY:
            return True
        colour = get_value(properties, "color") or self.styles.lookup(named, "colour")
        colour = colour or self.styles.lookup(style, "colour")
        return (colour or "").upper() == _WHITE and not self.ground and not has_ground(properties)

    def table(self, element: Any) -> None:
        """Write the cells of a table row by row; a table inside a cell is written as that cell's paragraphs."""
        number, self.tables = self.tables, self.tables + 1
        look = element.find(W + "tblPr")
        styled = get_value(look, "tblStyle") not in (None, "TableGrid", "TableNormal") or has_ground(look)
        open_cells: dict[int, list[int]] = {}  # column -> blocks of the cell that may reach down, and rows below it
        rows = (tr for tr in _descend(element, frozenset({W + "tr"})) if tr.find(f"{W}trPr/{W}del") is None)
        for row, tr in enumerate(rows):
            column = to_integer(get_value(tr.find(W + "trPr"), "gridBefore"), 200)
            top = bottom = self.page  # the cells of a row begin on one page; each may reach over to the next
            for tc in _descend(tr, frozenset({W + "tc"})):
                properties = tc.find(W + "tcPr")
                width = max(1, to_integer(get_value(properties, "gridSpan") or "1", 200))
                merge = None if properties is None else properties.find(W + "vMerge")
                if merge is not None and merge.get(W + "val", "continue") != "restart" and column in open_cells:
                    open_cells[column][2] += 1
                else:
                    first = len(self.builder.blocks)
                    self.page = top
                    around, self.ground = self.ground, styled or self.ground or has_ground(properties)
                    for inner in _descend(tc, _PARAGRAPH):
                        self.paragraph(inner, Cell(number, row, column, 1, width))
                    self.ground = around
                    self._reach_down(open_cells.pop(column, [0, 0, 0]))
                    open_cells[column] = [first, len(self.builder.blocks), 0]
                    bottom = max(bottom, self.page)
                    top = max(top, self.builder.blocks[first].page) if len(self.builder.blocks) > first else top
                column += width
            self.page = bottom
        for cell in open_cells.values():
            self._reach_down(cell)

    def _reach_down(self, cell: list[int]) -> None:
        """Say in the blocks of a cell how many rows below it belong to it."""
        first, end, rows = cell
        for index in range(first, end) if rows else ():
            block = self.builder.blocks[index]
            if block.cell is not None:
                self.builder.blocks[index] = replace(block, cell=replace(block.cell, rows=1 + rows))


def _descend(root: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """Yield the outermost elements with a wanted tag, through content controls and tracked insertions."""
    stack: list[Any] = [iter(root)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag not in _OPAQUE and child.tag != _FALLBACK and isinstance(child.tag, str):
            stack.append(iter(child))


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the contents of the outermost text boxes in a drawing; the fallback for old programs repeats them."""
    if element.tag == W + "txbxContent":
        yield element
    else:
        yield from _descend(element, frozenset({W + "txbxContent"}))


def _symbol(element: Any) -> str:
    code = str(element.get(W + "char", ""))
    try:
        return chr(int(code[:6], 16))
    except (ValueError, OverflowError):
        return "-"
