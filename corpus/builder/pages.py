"""Lines of words on A4 pages: justified paragraphs, footnotes at the foot of a page, tables that go on with their head.

Words are drawn one by one, each with the space behind it, as word processors do it; italics are slanted letters,
because the fonts come without them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.blocks import Run

FONTS = Path("/usr/share/fonts/truetype/dejavu")
A4 = (595.28, 841.89)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 57.0, 57.0, 57.0
SIZE, LEADING = 11.0, 16.5
SMALL, SMALL_LEADING = 8.5, 11.5
_SLANT = 0.21
_RAISED = 0.35  # of the size: how high the mark of a footnote stands


@dataclass(frozen=True)
class Piece:
    """Letters that are set alike; a word is one piece or more."""

    text: str
    font: str
    size: float
    slanted: bool = False
    note: str = ""


Word = tuple[Piece, ...]
Line = list[Word]


def register() -> None:
    """Make the fonts known; raises OSError where they are not installed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("Serif", "DejaVuSerif.ttf"), ("SerifBold", "DejaVuSerif-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, FONTS / file))


def width_of(text: str, font: str, size: float) -> float:
    """Return how wide ``text`` is."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


def words_of(runs: Sequence[Run], size: float) -> list[Word]:
    """Return the words of styled runs; what no space divides is one word."""
    words: list[list[Piece]] = [[]]
    for run in runs:
        font = "SerifBold" if run.bold else "Serif"
        if run.note:
            words[-1].append(Piece(run.note, font, size * 0.65, note=run.note))
            continue
        for number, part in enumerate(run.text.split(" ")):
            if number and words[-1]:
                words.append([])
            if part:
                words[-1].append(Piece(part, font, size, run.italic))
    return [tuple(word) for word in words if word]


def _width(word: Word) -> float:
    return sum(width_of(piece.text, piece.font, piece.size) for piece in word)


def _space(word: Word) -> float:
    return width_of(" ", word[0].font, word[0].size)


def broken(words: Sequence[Word], room: float, indent: float = 0.0) -> list[Line]:
    """Return ``words`` in lines that fit into ``room``; the first begins ``indent`` further right."""
    lines: list[Line] = [[]]
    left = room - indent
    for word in words:
        needed = _width(word) + (_space(word) if lines[-1] else 0.0)
        if lines[-1] and needed > left:
            lines.append([])
            left, needed = room, _width(word)
        lines[-1].append(word)
        left -= needed
    return lines


def balanced(words: Sequence[Word], room: float) -> list[Line]:
    """Return ``words`` in as few lines as they take, none much shorter than the others: how titles are set."""
    lines = broken(words, room)
    while len(lines) > 1 and len(tighter := broken(words, room - 10)) == len(lines):
        lines, room = tighter, room - 10
    return lines


class Pages:
    """A file that is being written; from the second page on, the page number stands at the top."""

    def __init__(self, buffer: io.BytesIO, notes: dict[str, str]) -> None:
        from reportlab.pdfgen.canvas import Canvas

        register()
        self.canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
        self.size = A4
        self.page = 1
        self.y = A4[1] - TOP
        self._texts = notes
        self._below: list[Line] = []  # the lines of the footnotes of this page

    @property
    def room(self) -> float:
        """How wide the lines of this page are."""
        return self.size[0] - LEFT - RIGHT

    @property
    def middle(self) -> float:
        """Where the middle of the lines is."""
        return LEFT + self.room / 2

    def finish(self) -> None:
        """Write the file."""
        self._draw_notes()
        self.canvas.save()

    def turn(self, *, sideways: bool | None = None) -> None:
        """Begin a new page, upright or on its side; without a word, as the last."""
        self._draw_notes()
        self.canvas.showPage()
        self.page += 1
        if sideways is not None:
            self.size = (A4[1], A4[0]) if sideways else A4
        self.canvas.setPageSize(self.size)
        self.y = self.size[1] - TOP + LEADING
        self.draw(words_of([Run(str(self.page))], SIZE), self.size[0] / 2, centred=True)
        self.y -= 1.6 * LEADING

    def left_over(self) -> float:
        """Return how much room there is down to the footnotes."""
        return self.y - BOTTOM - self._height(self._below)

    def need(self, height: float) -> None:
        """Begin a new page where less than ``height`` is left."""
        if self.left_over() < height:
            self.turn()

    @staticmethod
    def _height(lines: Sequence[Line]) -> float:
        return len(lines) * SMALL_LEADING + 14 if lines else 0.0

    def _draw_notes(self) -> None:
        if not self._below:
            return
        self.y = BOTTOM + len(self._below) * SMALL_LEADING
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y + 3, LEFT + 144, self.y + 3)
        for line in self._below:
            self.y -= SMALL_LEADING
            self.draw(line, LEFT)
        self._below = []

    def draw(self, line: Sequence[Word], x: float, *, centred: bool = False, stretched: float = 0.0) -> None:
        """Print one line at ``x``, or centred on it, or stretched to a width."""
        natural = sum(map(_width, line)) + sum(map(_space, line[1:]))
        x -= natural / 2 if centred else 0.0
        more = (stretched - natural) / (len(line) - 1) if stretched and len(line) > 1 else 0.0
        text = self.canvas.beginText()
        last: Piece | None = None
        for number, word in enumerate(line):
            for place, piece in enumerate(word):
                if last is None or (piece.font, piece.size) != (last.font, last.size):
                    text.setFont(piece.font, piece.size, leading=0)
                if last is None or more or (piece.slanted, piece.note) != (last.slanted, last.note):
                    raised = _RAISED * SIZE if piece.note else 0.0
                    text.setTextTransform(1, 0, _SLANT if piece.slanted else 0, 1, x, self.y + raised)
                ends = place == len(word) - 1 and number < len(line) - 1
                text.textOut(piece.text + (" " if ends else ""))
                x += width_of(piece.text, piece.font, piece.size)
                last = piece
            x += more + (_space(word) if number < len(line) - 1 else 0.0)
        self.canvas.drawText(text)

    def paragraph(
        self, words: Sequence[Word], *, indent: float = 0.0, leading: float = LEADING, after: float = 5.0,
        centred: bool = False, justified: bool = True, narrower: float = 0.0, keep: float = 0.0,
    ) -> None:  # fmt: skip
        """Print a paragraph over as many pages as it takes; ``keep`` is what has to follow it on the same page."""
        room = self.room - 2 * narrower
        lines = balanced(words, room) if centred else broken(words, room, indent)
        for number, line in enumerate(lines):
            below = self._note_lines(line)
            self.need(leading + (self._height(below) if below else 0.0) + (keep if number == len(lines) - 1 else 0.0))
            self._below += below
            self.y -= leading
            first = indent if not number else 0.0
            width = self.room - first if justified and number < len(lines) - 1 else 0.0
            self.draw(line, self.middle if centred else LEFT + first, centred=centred, stretched=width)
        self.y -= after

    def _note_lines(self, line: Line) -> list[Line]:
        found: list[Line] = []
        for word in line:
            for piece in word:
                if piece.note:
                    mark = (Piece(piece.note, "Serif", SMALL * 0.7, note=piece.note),)
                    words = words_of([Run(self._texts[piece.note])], SMALL)
                    found += broken([mark, *words], self.room)
        return found

    def rule(self, x: float, length: float) -> None:
        """Draw a line below the last one, centred on ``x``."""
        self.canvas.setLineWidth(0.7)
        self.canvas.line(x - length / 2, self.y - 5.5, x + length / 2, self.y - 5.5)

    def table(self, rows: Sequence[Sequence[Sequence[Word]]], shares: Sequence[float], leading: float = 14.0) -> None:
        """Print a table between drawn rules, its first row again on every page; a long row goes on overleaf."""
        self.y -= 7
        widths = [share * self.room for share in shares]
        cells = [[broken(c, w - 8) if c else [] for c, w in zip(row, widths, strict=True)] for row in rows]
        head, *body = cells
        self._row(head, widths, leading, head=True)
        for row in body:
            while row and max(map(len, row)):
                height = self._row_height(row, leading)
                fits = int((self.left_over() - 8) // leading)
                if height <= self.left_over():
                    fits = max(map(len, row))
                elif fits < 1 or height <= self.size[1] - TOP - BOTTOM - self._row_height(head, leading) - 2 * LEADING:
                    self.turn()
                    self._row(head, widths, leading, head=True)
                    continue
                self._row([cell[:fits] for cell in row], widths, leading)
                row = [cell[fits:] for cell in row]
        self.y -= LEADING

    @staticmethod
    def _row_height(row: Sequence[Sequence[Line]], leading: float) -> float:
        return max(map(len, row)) * leading + 8

    def _row(self, row: Sequence[Sequence[Line]], widths: Sequence[float], leading: float, head: bool = False) -> None:
        height = self._row_height(row, leading)
        if head:
            self.need(height + 3 * leading)
        top, x = self.y, LEFT
        self.canvas.setLineWidth(0.5)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            self.canvas.rect(x, top - height, width, height)
            self.y = top - 1
            for line in cell:
                self.y -= leading
                middle = head or not number
                self.draw(line, x + width / 2 if middle else x + 4, centred=middle)
            x += width
        self.y = top - height
