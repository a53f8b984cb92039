"""Word files (.docx): an own walk over the parts of the archive, which are opened in memory and never unpacked.

Deleted and hidden text is left out, inserted text, text boxes and content controls are in; automatic numbers stand in
the text as Word shows them; a footnote follows the paragraph that refers to it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from vnplan.errors import ReadError
from vnplan.limits import Limits
from vnplan.model import Block, Cell, Problem, Source, Span
from vnplan.read.build import Origin, make_source
from vnplan.read.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OPAQUE = frozenset(W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "sectPr"))
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ADVICE = "open it in Word or LibreOffice and save it again"


def read_docx(origin: Origin) -> Source:
    """Return the text of a Word file; raises ReadError: damaged, encrypted, doctype, too-big-inside, too-many-parts."""
    parts = _Parts(origin.name, origin.data, origin.limits)
    body = parts.xml("word/document.xml")
    if body is None:
        raise origin.fail("damaged", f"the archive holds no word/document.xml; {_ADVICE}")
    styles = _Styles(parts.xml("word/styles.xml"))
    writer = _Writer(styles, Numbering(parts.xml("word/numbering.xml"), styles.numbering), _notes(parts))
    writer.body(body.find(W + "body"))
    blocks, text = writer.finish()
    if not text.strip():
        raise origin.fail("no-text", "the Word file holds no text (pictures only?); it needs OCR")
    return make_source(origin, text, blocks, _MEDIA_TYPE, "docx", pages=writer.page, problems=writer.problems())


class _Parts:
    """The parts of the archive, each read within the limits and parsed without entities."""

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name, self.limits, self.inflated, self.elements = name, limits, 0, 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ReadError(
                "damaged", f"{name}: the archive of the Word file is broken ({error}); {_ADVICE}"
            ) from error
        if len(self.archive.infolist()) > limits.members:
            raise ReadError("too-many-parts", f"{name}: the archive holds more than {limits.members} parts")

    def xml(self, part: str) -> Any:
        """Return the root of one part, or None when the archive does not hold it."""
        try:
            info = self.archive.getinfo(part)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise ReadError("encrypted", f"{self.name}: the file is protected by a password; save it without one")
        try:
            with self.archive.open(info) as stream:
                data = stream.read(self.limits.member_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise ReadError("damaged", f"{self.name}: {part} cannot be unpacked ({error}); {_ADVICE}") from error
        self.inflated += len(data)
        if len(data) > self.limits.member_bytes or self.inflated > self.limits.archive_bytes:
            raise ReadError("too-big-inside", f"{self.name}: {part} unpacks to more than the limit allows")
        return self._parse(part, data)

    def _parse(self, part: str, data: bytes) -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            message = str(error)
            if "depth" in message.lower():
                raise ReadError("too-deep", f"{self.name}: {part} is nested deeper than 256 elements") from error
            if "entit" in message.lower() or "DTD" in message:
                raise ReadError("doctype", f"{self.name}: {part} declares entities, which no Word file does") from error
            if "huge" in message.lower() or "too long" in message.lower():
                raise ReadError("too-big-inside", f"{self.name}: {part} holds a text of more than 10 MB") from error
            raise ReadError(
                "damaged", f"{self.name}: {part} is not well formed ({message[:120]}); {_ADVICE}"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise ReadError("doctype", f"{self.name}: {part} declares a document type, which no Word file does")
        self.elements += sum(1 for _ in root.iter())
        if self.elements > self.limits.xml_elements:
            raise ReadError("too-big-inside", f"{self.name}: more than {self.limits.xml_elements} elements")
        return root


def _notes(parts: _Parts) -> dict[str, Any]:
    """Return the footnotes and endnotes by kind and number."""
    found: dict[str, Any] = {}
    for kind in ("footnote", "endnote"):
        root = parts.xml(f"word/{kind}s.xml")
        if root is not None:
            found.update(
                {f"{kind}{note.get(W + 'id')}": note for note in root.iter(W + kind) if not note.get(W + "type")}
            )
    return found


def _on(properties: Any, name: str) -> bool | None:
    """Return whether a toggle such as bold is on, or None when the properties do not say."""
    element = None if properties is None else properties.find(W + name)
    if element is None:
        return None
    return element.get(W + "val", "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class _Style:
    parent: str | None
    bold: bool | None
    hidden: bool | None
    centred: bool | None
    level: int | None


class _Styles:
    """Paragraph and character styles, with what they inherit."""

    def __init__(self, root: Any) -> None:
        self.by_id: dict[str, _Style] = {}
        self.numbering: dict[str, tuple[str, int]] = {}
        self.default: str | None = None
        for style in () if root is None else root.iter(W + "style"):
            key = style.get(W + "styleId", "")
            parent = style.find(W + "basedOn")
            run, paragraph = style.find(W + "rPr"), style.find(W + "pPr")
            level = None if paragraph is None else paragraph.find(W + "outlineLvl")
            self.by_id[key] = _Style(
                None if parent is None else parent.get(W + "val"),
                _on(run, "b"), _on(run, "vanish"), _centred(paragraph),
                None if level is None else _number(level.get(W + "val"), 8) + 1,
            )  # fmt: skip
            if style.get(W + "default") == "1" and style.get(W + "type") == "paragraph":
                self.default = key
            if (number := None if paragraph is None else paragraph.find(W + "numPr")) is not None:
                self.numbering[key] = _num_pr(number)

    def lookup(self, key: str | None, name: str) -> Any:
        """Return the first value that the style or one that it is based on gives."""
        for _ in range(16):
            style = self.by_id.get(key or "")
            if style is None:
                return None
            if (value := getattr(style, name)) is not None:
                return value
            key = style.parent
        return None


def _centred(properties: Any) -> bool | None:
    element = None if properties is None else properties.find(W + "jc")
    return None if element is None else element.get(W + "val") == "center"


def _number(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0


def _num_pr(element: Any) -> tuple[str, int]:
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    return (
        "" if number is None else number.get(W + "val", ""),
        0 if level is None else _number(level.get(W + "val"), 8),
    )


@dataclass(slots=True)
class _Runs:
    """The words of one paragraph while it is read, and how many of them at its beginning are bold."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    size: int = 0
    all_bold: bool = True
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def add(self, words: str, bold: bool) -> None:
        if not words:
            return
        self.pieces.append(words)
        self.size += len(words)
        if self.all_bold and (bold or not words.strip()):
            self.bold = self.size
        elif words.strip():
            self.all_bold = False


class _Writer:
    """Writes the text and the blocks while it walks the body."""

    def __init__(self, styles: _Styles, numbering: Numbering, notes: dict[str, Any]) -> None:
        self.styles, self.numbering, self.notes = styles, numbering, notes
        self.out: list[str] = []
        self.blocks: list[Block] = []
        self.size, self.page, self.tables = 0, 1, 0
        self.hidden = 0
        self.rendered = False  # whether Word has left marks where it broke the pages

    def body(self, root: Any) -> None:
        """Write the paragraphs and tables below ``root`` in reading order."""
        self.rendered = root is not None and next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        for element in () if root is None else _block_elements(root):
            if element.tag == W + "p":
                self.paragraph(element, None)
            else:
                self.table(element)

    def finish(self) -> tuple[tuple[Block, ...], str]:
        """Return the blocks and the text."""
        return tuple(self.blocks), "".join(self.out)

    def problems(self) -> tuple[Problem, ...]:
        """Return what was left out on purpose."""
        if not self.hidden:
            return ()
        return (Problem("hidden-text", f"{self.hidden} hidden characters were left out"),)

    def paragraph(self, element: Any, cell: Cell | None, kind: str = "paragraph") -> None:
        """Write one paragraph, then its text boxes and footnotes."""
        properties = element.find(W + "pPr")
        style_element = None if properties is None else properties.find(W + "pStyle")
        style = self.styles.default if style_element is None else style_element.get(W + "val")
        runs = _Runs()
        label = self.numbering.label(properties, style)
        runs.add(label, bool(self.styles.lookup(style, "bold")))
        label_size = runs.size
        self._runs(element, runs, style)
        words = "".join(runs.pieces)
        if words[label_size:].strip():
            if label_size and words[label_size:].strip() and runs.bold == 0 and self._first_bold(element, style):
                runs.bold = runs.size if self._all_bold(element, style) else label_size
            level = None if properties is None else properties.find(W + "outlineLvl")
            centred = _centred(properties)
            self._write(
                words,
                Block(
                    Span(0, 0),
                    "footnote" if kind == "footnote" else "cell" if cell else "paragraph",
                    self.page,
                    cell,
                    runs.bold,
                    bool(self.styles.lookup(style, "centred") if centred is None else centred),
                    self.styles.lookup(style, "level") if level is None else _number(level.get(W + "val"), 8) + 1,
                ),
            )
        for box in runs.boxes:
            for inner in _block_elements(box):
                if inner.tag == W + "p":
                    self.paragraph(inner, cell)
        for note in runs.notes:
            for inner in self.notes[note].iter(W + "p") if note in self.notes else ():
                self.paragraph(inner, None, "footnote")

    def _first_bold(self, element: Any, style: str | None) -> bool:
        for run in element.iter(W + "r"):
            if any((t.text or "").strip() for t in run.iter(W + "t")):
                return self._bold(run, style)
        return False

    def _all_bold(self, element: Any, style: str | None) -> bool:
        runs = (r for r in element.iter(W + "r") if any((t.text or "").strip() for t in r.iter(W + "t")))
        return all(self._bold(run, style) for run in runs)

    def _bold(self, run: Any, style: str | None) -> bool:
        properties = run.find(W + "rPr")
        own = _on(properties, "b")
        if own is None and properties is not None and (named := properties.find(W + "rStyle")) is not None:
            own = self.styles.lookup(named.get(W + "val"), "bold")
        return bool(self.styles.lookup(style, "bold") if own is None else own)

    def _runs(self, element: Any, runs: _Runs, style: str | None) -> None:
        """Add the words of the runs below a paragraph, in order, with an explicit stack."""
        stack: list[Any] = [iter(element)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == W + "r":
                self._run(child, runs, style)
            elif child.tag not in _OPAQUE and child.tag != _FALLBACK and isinstance(child.tag, str):
                stack.append(iter(child))

    def _run(self, run: Any, runs: _Runs, style: str | None) -> None:
        properties = run.find(W + "rPr")
        hidden = _on(properties, "vanish")
        if hidden or (hidden is None and self.styles.lookup(style, "hidden")):
            self.hidden += sum(len(t.text or "") for t in run.iter(W + "t"))
            return
        bold = self._bold(run, style)
        struck = _on(properties, "strike") or _on(properties, "dstrike")
        for child in run:
            tag = child.tag
            if tag == W + "t":
                if struck:
                    self.hidden += len(child.text or "")
                else:
                    runs.add(child.text or "", bold)
            elif tag == W + "tab":
                runs.add("\t", bold)
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") == "page" and not self.rendered:
                    self.page += 1
                runs.add("\n", bold)
            elif tag in (W + "noBreakHyphen", W + "sym"):
                runs.add("-", bold)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                runs.notes.append(f"{kind}{child.get(W + 'id')}")
            elif isinstance(tag, str) and tag not in _OPAQUE:
                runs.boxes.extend(_boxes(child))

    def _write(self, words: str, block: Block) -> None:
        """Write one block; a soft line break divides it into lines that are known to belong together."""
        if self.size:
            self.out.append("\n")
            self.size += 1
        self.blocks.append(replace(block, span=Span(self.size, self.size + len(words))))
        self.out.append(words)
        self.size += len(words)

    def table(self, element: Any) -> None:
        """Write the cells of a table row by row; a table inside a cell is written as that cell's paragraphs."""
        number, self.tables = self.tables, self.tables + 1
        open_cells: dict[int, tuple[int, int]] = {}  # column -> (first block, stop) of the cell that reaches down
        for row, tr in enumerate(_rows(element)):
            column = 0
            for tc in _cells(tr):
                properties = tc.find(W + "tcPr")
                span = None if properties is None else properties.find(W + "gridSpan")
                width = max(1, 1 if span is None else _number(span.get(W + "val"), 200))
                merge = None if properties is None else properties.find(W + "vMerge")
                if merge is not None and merge.get(W + "val", "continue") != "restart" and column in open_cells:
                    self._reach_down(open_cells[column])
                else:
                    first = len(self.blocks)
                    for inner in tc.iter(W + "p"):
                        if not any(parent.tag == W + "txbxContent" for parent in inner.iterancestors()):
                            self.paragraph(inner, Cell(number, row, column, 1, width))
                    open_cells[column] = (first, len(self.blocks))
                column += width

    def _reach_down(self, blocks: tuple[int, int]) -> None:
        for index in range(*blocks):
            block = self.blocks[index]
            if block.cell is not None:
                self.blocks[index] = replace(block, cell=replace(block.cell, rows=block.cell.rows + 1))


def _block_elements(root: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables below ``root``, through content controls and tracked insertions."""
    stack: list[Any] = [iter(root)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag not in _OPAQUE and child.tag != _FALLBACK and isinstance(child.tag, str):
            stack.append(iter(child))


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes in a drawing; the fallback for old programs repeats them."""
    for box in element.iter(W + "txbxContent"):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield box


def _rows(table: Any) -> Iterator[Any]:
    return (child for child in _flat(table) if child.tag == W + "tr")


def _cells(row: Any) -> Iterator[Any]:
    return (child for child in _flat(row) if child.tag == W + "tc")


def _flat(element: Any) -> Iterator[Any]:
    """Yield the children, those of content controls and of tracked insertions among them."""
    for child in element:
        if child.tag in (W + "sdt", W + "ins", W + "customXml"):
            for inner in child.iter(W + "tr", W + "tc"):
                yield inner
                if inner.tag == W + "tr":
                    break
        else:
            yield child
