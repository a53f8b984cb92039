"""Assembles a Word 97-2003 file (.doc) from paragraphs, tables and footnotes, by [MS-DOC] and [MS-CFB].

Only what a reader has to understand is written: text in pieces, properties of paragraphs and characters, lists, table
rows, footnotes, text boxes, fields. There is no clock and no random number in it: the same input gives the same bytes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.doc_pages import char_pages, paragraph_pages, sprm
from builder.doc_parts import (
    LEVELS,
    Level,
    Style,
    font_table,
    list_tables,
    style_sheet,
)
from builder.ole import compound_file

MAIN, NOTES, BOXES = "main", "notes", "boxes"
_STORIES = (MAIN, NOTES, BOXES)
_TEXT = 0x600  # where the text begins in its stream


@dataclass(frozen=True)
class Run:
    """Words that are set alike. ``note`` is a footnote behind them, ``box`` the text of a frame at their place."""

    text: str
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    inserted: bool = False
    font: str = ""
    note: str = ""
    box: str = ""
    instruction: str = ""  # of a field whose result the words are
    symbol: int = 0  # a sign of the font
    extra: bytes = b""  # further properties


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``level`` counts its list ``number`` (from 1), ``outline`` is the level of a heading."""

    runs: tuple[Run, ...] = ()
    centred: bool = False
    level: int | None = None
    number: int = 1
    outline: int | None = None
    style: int = 0
    new_page: bool = False
    extra: bytes = b""


@dataclass(frozen=True)
class Cell:
    """A cell: paragraphs, and tables between them. ``joins`` is "restart" or "continue" for what reaches over rows."""

    content: tuple[Paragraph | Table, ...] = (Paragraph(),)
    columns: int = 1
    joins: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells over columns of equal width; ``border`` draws lines around them."""

    rows: tuple[tuple[Cell, ...], ...]
    border: bool = True
    flags: bool = False  # columns are joined by flags of the cells, as Word 97 did, and not by their edges
    deleted: frozenset[int] = frozenset()  # rows that were deleted while changes were tracked
    extra: bytes = b""  # further properties of the rows


Element = Paragraph | Table


@dataclass
class Options:
    """What a file may have beside its text: lists, styles, and how the text is cut into pieces."""

    lists: Sequence[Sequence[Level]] = (LEVELS,)
    starts: Sequence[tuple[int, dict[int, int]]] = ((0, {}),)  # of each number: its list, and where levels start
    styles: Sequence[Style] = ()
    compress: bool = False  # text that fits is written with one byte a letter
    fast: bool = False  # each line is a piece, the last stands first in the file: as Word's fast saving left it
    changes: Mapping[int, int] = field(default_factory=dict)  # of pieces by number: properties that they add (prm)
    prepared: Sequence[bytes] = ()  # lists of properties that pieces refer to
    language: int = 0x042A
    flags: int = 0


@dataclass
class _Story:
    """The characters of one story with what is known of them."""

    letters: list[str] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)  # of each character
    ends: list[tuple[int, int, bytes]] = field(default_factory=list)  # behind each paragraph: place, style, properties
    marks: list[int] = field(default_factory=list)  # where its notes or frames are anchored

    def put(self, text: str, properties: bytes = b"") -> None:
        """Append characters."""
        self.letters += text
        self.properties += [properties] * len(text)

    def end(self, mark: str, properties: bytes, style: int = 0, characters: bytes = b"") -> None:
        """End a paragraph."""
        self.put(mark, characters)
        self.ends.append((len(self.letters), style, properties))


class _Composer:
    """Lays the elements out as one stream of characters for each story."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.stories = {name: _Story() for name in _STORIES}
        self.fonts = ["Times New Roman", "Symbol"]
        self.boxes: list[int] = []  # places in the main story
        self.note_starts: list[int] = []
        self.box_starts: list[int] = []

    def elements(self, elements: Iterable[Element]) -> None:
        """Write what the body holds."""
        main = self.stories[MAIN]
        last: Element | None = None
        for element in elements:
            last = element
            if isinstance(element, Paragraph):
                self.paragraph(main, element)
            else:
                self.table(main, element, 1)
        if not isinstance(last, Paragraph):
            main.end("\r", b"")  # no story ends in a table

    def paragraph(self, story: _Story, paragraph: Paragraph, mark: str = "\r", more: bytes = b"") -> None:
        """Write one paragraph with its mark."""
        for run in paragraph.runs:
            self.run(story, run)
        properties = more + paragraph.extra
        if paragraph.centred:
            properties += sprm(0x2403, 1) + sprm(0x2461, 1)
        if paragraph.level is not None:
            properties += sprm(0x260A, paragraph.level) + sprm(0x460B, paragraph.number)
        if paragraph.outline is not None:
            properties += sprm(0x2640, paragraph.outline - 1)
        if paragraph.new_page:
            properties += sprm(0x2407, 1)
        story.end(mark, properties, paragraph.style)

    def run(self, story: _Story, run: Run) -> None:
        """Write the characters of one run."""
        switches = ((0x0835, run.bold), (0x0836, run.italic), (0x083C, run.hidden), (0x0837, run.struck))
        properties = b"".join(sprm(code, 1) for code, on in switches if on)
        properties += sprm(0x0800, 1) if run.deleted else b""
        properties += sprm(0x0801, 1) if run.inserted else b""
        if run.font:
            place = self.font(run.font)
            properties += sprm(0x4A4F, place) + sprm(0x4A51, place)
        properties += run.extra
        special = sprm(0x0855, 1)
        if run.instruction:
            story.put("\x13", special)
            story.put(f" {run.instruction} ", properties)
            story.put("\x14", special)
        if run.symbol:
            value = struct.pack("<HH", self.font(run.font or "Symbol"), run.symbol)
            story.put("(", properties + struct.pack("<H", 0x6A09) + value + special)
        story.put(run.text, properties)
        if run.instruction:
            story.put("\x15", special)
        if run.note:
            self.note(story, run.note)
        if run.box:
            self.box(story, run.box)

    def font(self, name: str) -> int:
        """Return the place of a font in the table."""
        if name not in self.fonts:
            self.fonts.append(name)
        return self.fonts.index(name)

    def note(self, story: _Story, text: str) -> None:
        """Write the mark of a footnote, and its text into its own story."""
        raised = sprm(0x2A48, 1) + sprm(0x0855, 1)
        story.marks.append(len(story.letters))
        story.put("\x02", raised)
        notes = self.stories[NOTES]
        self.note_starts.append(len(notes.letters))
        notes.put("\x02", raised)
        for line in text.split("\n"):
            notes.put(line)
            notes.end("\r", b"")

    def box(self, story: _Story, text: str) -> None:
        """Write the anchor of a frame, and its text into its own story."""
        self.boxes.append(len(story.letters))
        story.put("\x08", sprm(0x0855, 1))
        boxes = self.stories[BOXES]
        self.box_starts.append(len(boxes.letters))
        for line in text.split("\n"):
            boxes.put(line)
            boxes.end("\r", b"")

    def table(self, story: _Story, table: Table, depth: int) -> None:
        """Write the rows of a table; one inside a cell ends its cells and rows with paragraph marks."""
        inner = depth > 1
        within = sprm(0x2416, 1) + sprm(0x6649, depth)
        for number, row in enumerate(table.rows):
            for cell in row:
                self.cell(story, cell, within, depth)
                if table.flags:
                    for _ in range(cell.columns - 1):
                        story.end("\x07", within)
            ends = within + (sprm(0x244C, 1) if inner else sprm(0x2417, 1)) + _row_properties(table, row) + table.extra
            gone = sprm(0x0800, 1) if number in table.deleted else b""
            story.end("\r" if inner else "\x07", ends, characters=gone)

    def cell(self, story: _Story, cell: Cell, within: bytes, depth: int) -> None:
        """Write the content of one cell and its end."""
        *before, last = cell.content
        if isinstance(last, Table):
            before, last = [*before, last], Paragraph()
        for element in before:
            if isinstance(element, Table):
                self.table(story, element, depth + 1)
            else:
                self.paragraph(story, element, more=within)
        if depth > 1:
            self.paragraph(story, last, more=within + sprm(0x244B, 1))
        else:
            self.paragraph(story, last, "\x07", within)


def _row_properties(table: Table, row: tuple[Cell, ...]) -> bytes:
    width = 9600 // max(1, max(sum(cell.columns for cell in cells) for cells in table.rows))
    edges, cells, column = [0], [], 0
    for cell in row:
        joined = {"restart": 0x60, "continue": 0x20}.get(cell.joins, 0)
        for index in range(cell.columns if table.flags else 1):
            flags = joined | (0 if not table.flags or cell.columns == 1 else 1 if index == 0 else 2)
            column += 1 if table.flags else cell.columns
            edges.append(column * width)
            line = b"\x04\x01\x01\x00" if table.border else b"\0\0\0\0"
            cells.append(struct.pack("<HH", flags, 0) + line * 4)
    body = struct.pack(f"<B{len(edges)}h", len(cells), *edges) + b"".join(cells)
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


def write_doc(elements: Iterable[Element], options: Options | None = None) -> bytes:
    """Return a Word 97-2003 file with the elements, in their order."""
    options = options or Options()
    composer = _Composer(options)
    composer.elements(elements)
    return _File(composer, options).data()


class _File:
    """Puts the streams of the file together."""

    def __init__(self, composer: _Composer, options: Options) -> None:
        self.options = options
        self.composer = composer
        self.table = bytearray()
        self.extra = bytearray()  # the stream Data
        self.places: dict[int, tuple[int, int]] = {}  # of the parts in the table stream, by their number in the FIB

    def part(self, number: int, data: bytes, counted: int | None = None) -> None:
        """Append one part of the table stream; ``counted`` where the FIB counts only its beginning."""
        self.places[number] = (len(self.table), len(data) if counted is None else counted)
        self.table += data + b"\0" * (-len(data) % 4)

    def data(self) -> bytes:
        """Return the bytes of the file."""
        options = self.options
        letters, properties, ends, counts = self._join()
        pieces = _cut("".join(letters), options)
        text = bytearray()
        where: dict[int, tuple[int, bool]] = {}  # of each first character: place in the stream, one byte a letter
        for start, words, narrow in reversed(pieces) if options.fast else pieces:
            text += b"\0" * (len(text) % 2)
            where[start] = (_TEXT + len(text), narrow)
            text += words.encode("cp1252" if narrow else "utf-16-le")
        places = [(start, *where[start]) for start in sorted(where)]
        starts = [start for start, _, _ in places]

        def place(at: int, behind: bool = False) -> int:
            start, where, narrow = places[bisect_right(starts, at - behind) - 1]
            return where + (at - start) * (1 if narrow else 2)

        stream = bytearray(_TEXT) + text
        stream += b"\0" * (-len(stream) % 512)
        borders = sorted(set(starts) | set(_changes(properties)))
        spans = list(zip(borders, [*borders[1:], len(letters)], strict=True))
        runs = sorted((place(a), place(b, True), properties[a]) for a, b in spans)
        first, pages = char_pages(runs, len(stream))
        stream += pages
        self.part(12, first)
        begins = [0, *(at for at, _, _ in ends)]
        paragraphs = sorted(
            (place(a), place(b, True), style, own) for a, (b, style, own) in zip(begins, ends, strict=False)
        )
        first, pages = paragraph_pages(paragraphs, len(stream), self.extra)
        stream += pages
        self.part(13, first)
        self._plain_parts(counts, places, len(letters))
        header = self._header(counts, _TEXT + len(text), len(stream))
        stream[: len(header)] = header
        streams = {"WordDocument": bytes(stream), "1Table": bytes(self.table)}
        if self.extra:
            streams["Data"] = bytes(self.extra)
        return compound_file(streams)

    def _join(self) -> tuple[list[str], list[bytes], list[tuple[int, int, bytes]], dict[str, int]]:
        letters: list[str] = []
        properties: list[bytes] = []
        ends: list[tuple[int, int, bytes]] = []
        counts: dict[str, int] = {}
        for name in _STORIES:
            story = self.composer.stories[name]
            if name != MAIN and story.letters:
                story.end("\r", b"")  # the mark that guards a story
            ends += [(at + len(letters), style, own) for at, style, own in story.ends]
            letters += story.letters
            properties += story.properties
            counts[name] = len(story.letters)
        if len(letters) > counts[MAIN]:
            letters.append("\r")
            properties.append(b"")
            ends.append((len(letters), 0, b""))
        return letters, properties, ends, counts

    def _plain_parts(self, counts: dict[str, int], places: list[tuple[int, int, bool]], size: int) -> None:
        composer, options = self.composer, self.options
        self.part(1, style_sheet(options.styles))
        self.part(6, struct.pack("<II", 0, counts[MAIN]) + struct.pack("<HIHI", 0, 0xFFFFFFFF, 0, 0xFFFFFFFF))
        self.part(15, font_table(composer.fonts))
        self.part(31, bytes(500))
        lists, counted, numbers = list_tables(options.lists, options.starts)
        self.part(73, lists, counted)
        self.part(74, numbers)
        if composer.note_starts:
            marks = composer.stories[MAIN].marks
            self.part(2, struct.pack(f"<{len(marks) + 1}I", *marks, counts[MAIN]) + struct.pack("<H", 1) * len(marks))
            starts = [*composer.note_starts, counts[NOTES] - 1, counts[NOTES]]
            self.part(3, struct.pack(f"<{len(starts)}I", *starts))
        if composer.boxes:
            shapes = [1026 + index for index in range(len(composer.boxes))]
            anchors = struct.pack(f"<{len(shapes) + 1}I", *composer.boxes, counts[MAIN])
            self.part(40, anchors + b"".join(struct.pack("<I22x", shape) for shape in shapes))
            starts = [*composer.box_starts, counts[BOXES] - 1, counts[BOXES]]
            frames = b"".join(struct.pack("<IIHIII", 1, 0, 0, 0xFFFFFFFF, shape, 0) for shape in [*shapes, 0])
            self.part(56, struct.pack(f"<{len(starts)}I", *starts) + frames)
        borders = [*(start for start, _, _ in places), size]
        changes = self.options.changes
        pieces = b"".join(
            struct.pack("<HIH", 0, (where * 2 | 0x40000000) if narrow else where, changes.get(number, 0))
            for number, (_, where, narrow) in enumerate(places)
        )
        body = struct.pack(f"<{len(borders)}I", *borders) + pieces
        prepared = b"".join(b"\x01" + struct.pack("<H", len(own)) + own for own in self.options.prepared)
        self.part(33, prepared + b"\x02" + struct.pack("<I", len(body)) + body)

    def _header(self, counts: dict[str, int], end: int, size: int) -> bytes:
        flags = 0x1200 | self.options.flags  # its tables stand in the stream 1Table; text may be Unicode
        base = struct.pack("<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, self.options.language, 0, flags, 0xBF, 0, 0, 0, 0, 0,
                           _TEXT, end)  # fmt: skip
        words = struct.pack("<H14H", 14, *[0] * 13, self.options.language)
        longs = [size, 0, 0, counts[MAIN], counts[NOTES], 0, 0, 0, 0, counts[BOXES], 0, *[0] * 11]
        places = [value for number in range(93) for value in self.places.get(number, (0, 0))]
        return base + words + struct.pack("<H22I", 22, *longs) + struct.pack("<H186IH", 93, *places, 0)


def _changes(properties: list[bytes]) -> Iterable[int]:
    return (at for at, own in enumerate(properties) if at == 0 or own != properties[at - 1])


def _cut(text: str, options: Options) -> list[tuple[int, str, bool]]:
    """Return the pieces: where each begins, its words, and whether one byte a letter is enough for it."""
    if not (options.compress or options.fast):
        return [(0, text, False)]
    pieces: list[tuple[int, str, bool]] = []
    at = 0
    for line in _lines(text):
        narrow = options.compress and _fits(line)
        if pieces and pieces[-1][2] == narrow and not options.fast:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + line, narrow)
        else:
            pieces.append((at, line, narrow))
        at += len(line)
    return pieces


def _lines(text: str) -> Iterable[str]:
    start = 0
    while start < len(text):
        end = text.find("\r", start)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def _fits(line: str) -> bool:
    try:
        line.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
