"""How the pieces of text on PDF pages become lines in reading order: columns apart, furniture left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vnplan.read.build import SourceBuilder, takes_power
from vnplan.read.lists import load_list
from vnplan.read.pdf_tables import PdfTable

_FILLED: Final = 30  # characters that a signing program fills in
_FILLED_IN: Final = re.compile(r"[0-9]")
STAMP_NOTE: Final = "the words of a digital signature or of an annotation were left out"
# yes: - 3 -
# yes: Trang 2/10
# no:  3. Kinh phí
_PAGE_NUMBER: Final = re.compile(
    r"[-–\s]{0,4}(?:trang\s{0,2})?[0-9]{1,4}(?:\s{0,2}/\s{0,2}[0-9]{1,4})?[-–\s.]{0,4}$", re.I
)
_SPACES: Final = re.compile(r"[ \t\u00a0]{2,1000}")
_MOTTO: Final = re.compile(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN")
_HEAD: Final = 0.3  # of the first page: where the letterhead stands
_SMALL: Final = 0.93  # of the usual height of letters: less is small print
_SPREAD: Final = 20.0  # points
_INDENT: Final = 12.0  # points: the first line of a paragraph (Nghị định 30/2020/NĐ-CP: 1 to 1.27 cm)
_GAP: Final = 1.6  # widths of a letter between two pieces that belong to different columns of the letterhead


@dataclass(slots=True)
class Piece:
    """A run of text on one line: its box in points from the lower left corner, and whether it is bold."""

    left: float
    bottom: float
    right: float
    top: float
    words: str
    bold: bool
    overlay: bool = False  # drawn by an annotation: what a signing program fills in, or its stamp
    unseen: bool = False
    raised: bool = False  # a small figure above the line: the mark of a footnote, or the 2 of m²


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: list[list[Piece]]
    tables: list[PdfTable]
    letters: int
    pictured: bool = False  # an image, or letters drawn as curves, may hold text that was not read
    stamped: bool = False  # words of a signature's stamp were left out
    margins: tuple[float, float] = (0.0, 0.0)  # where the text of the page begins and ends
    hidden: int = 0  # characters outside the page or too small to see, which were left out
    unseen: bool = False  # some letters are white or not drawn
    garbled: bool = False  # the text layer over a picture is no Vietnamese; the lines are left out
    unmapped: bool = False  # the fonts do not tell which letters they draw; the lines are left out
    drawing: bool = False  # no tables could be looked for: too many paths, or damaged


def group_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces by line, from the top of the page, each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        for line in reversed(lines[-3:]):
            if (
                line[0].bottom <= middle <= line[0].top
                or piece.bottom <= (line[0].top + line[0].bottom) / 2 <= piece.top
            ):
                line.append(piece)
                break
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda p: p.left)
    return lines


def measure_margins(lines: Sequence[Sequence[Piece]], width: float) -> tuple[float, float]:
    """Return where the full lines begin and end: the middle between them is what centred lines keep to."""
    full = [line for line in lines if line[-1].right - line[0].left > width * 0.6]
    if len(full) < 3:
        return width * 0.12, width * 0.92  # Nghị định 30/2020/NĐ-CP, Phụ lục I: 30 to 35 mm left, 15 to 20 mm right
    starts, ends = sorted(line[0].left for line in full), sorted(line[-1].right for line in full)
    return starts[len(starts) // 8], ends[-1 - len(ends) // 8]


def place_overlays(pieces: list[Piece]) -> tuple[list[list[Piece]], bool]:
    """Return the lines of a page with the number and date that a signing program filled in, and whether it has stamps.

    What an annotation draws is text of the document where it fills a gap on a line; elsewhere it is a stamp.
    """
    lines = group_lines([piece for piece in pieces if not piece.overlay])
    stamped = False
    for piece in pieces:
        if not piece.overlay:
            continue
        middle = (piece.top + piece.bottom) / 2
        line = next((line for line in lines if line[0].bottom <= middle <= line[0].top), None)
        if line is None or len(piece.words) > _FILLED or not _FILLED_IN.search(piece.words):
            stamped = stamped or not piece.words.isspace()
            continue
        line.append(piece)
        line.sort(key=lambda p: (p.left + p.right) / 2 if p.overlay else p.left)
    return lines, stamped


def leave_tables(line: list[Piece], tables: Sequence[PdfTable]) -> list[Piece]:
    return [p for p in line if not any(table.holds(p.left, p.right, (p.top + p.bottom) / 2) for table in tables)]


def _is_stamp(words: str) -> bool:
    begins, colon, _ = words.partition(":")
    return bool(colon) and begins.strip().lower() in load_list("stamps")


def find_running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Return the words that stand at the top or the bottom of most pages."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {_say(line) for line in (*page.lines[:1], *page.lines[-1:])}
        seen.update(words for words in edge if len(words) < 120)
    return frozenset(words for words, count in seen.items() if count > max(2, len(pages) // 2))


def _say(line: Sequence[Piece]) -> str:
    """Return the words of pieces on one line; a gap between two of them is a space, a mark of a footnote nothing."""
    words = ""
    last: Piece | None = None
    for piece in line:
        if piece.raised and last is not None and not takes_power(words):
            continue
        if last is not None and not piece.raised and piece.left - last.right > 0.12 * (piece.top - piece.bottom):
            filled = last.overlay and piece.words.startswith("/")  # "Số: 12/KH-UBND", where 12 was filled in
            words = words.rstrip() if filled else words
            words += "" if filled or words.endswith(" ") or piece.words.startswith(" ") else " "
        words += piece.words
        last = piece
    return _SPACES.sub(" ", words).strip()


def split_notes(lines: list[list[Piece]]) -> tuple[list[list[Piece]], list[list[list[Piece]]]]:
    """Return the lines of a page without its footnotes, and the lines of each footnote.

    Footnotes stand at the foot of the page, smaller than its text; each begins with a small figure above the line.
    """
    if not any(line[0].raised for line in lines):
        return lines, []
    pieces = sorted((piece for line in lines for piece in line), key=lambda piece: piece.top - piece.bottom)
    half = sum(len(piece.words) for piece in pieces) / 2
    usual = 0.0
    for piece in pieces:
        half -= len(piece.words)
        if half <= 0:
            usual = piece.top - piece.bottom
            break
    first = len(lines)
    while first and max(piece.top - piece.bottom for piece in lines[first - 1]) < _SMALL * usual:
        first -= 1
    while first < len(lines) and not lines[first][0].raised:
        first += 1
    notes: list[list[list[Piece]]] = []
    for line in lines[first:]:
        if line[0].raised:
            notes.append([])
        notes[-1].append(line)
    return lines[:first], notes


def find_indents(lines: Sequence[Sequence[Piece]]) -> frozenset[int]:
    """Return where several lines of different length begin: such lines are indented, not centred."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        for near in (-1, 0, 1):
            ends.setdefault(round(line[0].left) + near, []).append(line[-1].right)
    return frozenset(left for left, right in ends.items() if len(right) > 2 and max(right) - min(right) > _SPREAD)


class PageWriter:
    """Writes the lines and the tables of the pages one after another."""

    def __init__(self, builder: SourceBuilder, running: frozenset[str]) -> None:
        self.builder, self.running = builder, running
        self.tables = 0
        self.rows = 0
        self.open: PdfTable | None = None  # the table at the foot of the page before
        self.previous_bottom: float | None = None
        self.indents: frozenset[int] = frozenset()
        self.notes: list[tuple[str, int]] = []  # footnotes that wait for the end of a paragraph, with their pages

    def page(self, page: Page) -> None:
        """Write one page: what stands above a table, the table, and what stands below it."""
        lines = [line for at, line in enumerate(page.lines) if not self._is_furniture(page, at, line)]
        lines, notes = split_notes(lines)
        self.previous_bottom = None
        self.indents = find_indents(lines)
        for table in page.tables:
            above = [line for line in lines if line[0].bottom >= table.top]
            lines = [line for line in lines if line[0].bottom < table.top]
            self._write_lines(page, above)
            self._table(page, table, bool(above))
        self._write_lines(page, lines)
        if lines or not page.tables:
            self.open = None
        for first, *rest in notes:
            self.notes.append(("\n".join([_say(first[1:]), *map(_say, rest)]).strip(), page.number))

    def finish(self) -> None:
        """Write the footnotes that still wait."""
        for words, page in self.notes:
            self.builder.add(words, "footnote", page=page)
        self.notes.clear()

    def _is_furniture(self, page: Page, at: int, line: list[Piece]) -> bool:
        words = _say(line)
        edge = at == 0 or at == len(page.lines) - 1
        if edge and (_PAGE_NUMBER.match(words) or words in self.running) and (page.number > 1 or at > 0):
            return True
        if edge and page.number == 1 and at == 0 and _PAGE_NUMBER.match(words) and len(page.lines) > 5:
            return True
        if _is_stamp(words) and (line[0].top > page.height * 0.75 or line[0].bottom < page.height * 0.08):
            self.builder.add_problem("stamp", STAMP_NOTE)
            return True
        return False

    def _write_lines(self, page: Page, lines: Sequence[list[Piece]]) -> None:
        """Write lines; a stretch where two columns stand side by side is written column by column."""
        at = 0
        while at < len(lines):
            columns = self._columns(page, lines, at)
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

    def _columns(self, page: Page, lines: Sequence[list[Piece]], at: int) -> tuple[int, float] | None:
        """Return where a stretch of two columns that begins at a line ends, and the middle between the columns."""
        split = _split(lines[at], page)
        if split is None:
            return None
        left_edge, right_edge = split
        stop = at + 1
        while stop < len(lines):
            line = lines[stop]
            if line[0].words.lstrip().startswith("Kính gửi"):
                break  # the addressees of a letter stand below both columns
            further = _split(line, page)
            if line[0].left >= left_edge and line[-1].right > page.width * 0.55 and line[0].left > page.width * 0.35:
                right_edge = min(right_edge, line[0].left)
            elif line[-1].right <= right_edge and line[0].left < page.width * 0.45:
                left_edge = max(left_edge, line[-1].right)
            elif further is None or max(left_edge, further[0]) >= min(right_edge, further[1]):
                break
            else:
                left_edge, right_edge = max(left_edge, further[0]), min(right_edge, further[1])
            stop += 1
        return (stop, (left_edge + right_edge) / 2) if stop > at + 1 else None

    def _write(self, page: Page, line: Sequence[Piece]) -> None:
        words = _say(line)
        if self.notes and line[0].left > page.margins[0] + _INDENT:
            self.finish()  # the line begins a paragraph
        bold, open_bold = 0, True
        for number in range(len(line)):
            if open_bold and (line[number].bold or not line[number].words.strip()):
                bold = len(_say(line[: number + 1]))
            else:
                open_bold = False
        bottom, height = line[0].bottom, line[0].top - line[0].bottom
        if self.previous_bottom is not None and self.previous_bottom - line[0].top > 1.2 * height:
            self.builder.add_gap()
        self.previous_bottom = bottom
        centred = round(line[0].left) not in self.indents and any(
            _is_centred(line, *margins) for margins in (page.margins, (page.width * 0.12, page.width * 0.92))
        )
        self.builder.add(words, "line", page=page.number, bold=min(bold, len(words)), centred=centred)

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
            for words in paragraphs if cell.row >= self.rows - going_on else ():
                self.builder.add(words, "cell", page=page.number, cell=cell)
        self.rows += table.height - first - going_on
        head = self.open if goes_on else table
        self.open = PdfTable(
            table.box, table.grid, table.reach, head.first if head is not None else table.first, table.edges
        )


def _is_centred(line: Sequence[Piece], start: float, end: float) -> bool:
    left, right = line[0].left - start, end - line[-1].right
    return abs(left - right) < (end - start) * 0.04 and left > (end - start) * 0.08


def _split(line: Sequence[Piece], page: Page) -> tuple[float, float] | None:
    """Return the edges of the gap when a line holds two columns: a wide gap around the middle of the page."""
    best = None
    for before, after in pairwise(line):
        gap = after.left - before.right
        wide = _GAP * (after.top - after.bottom)
        if page.number == 1 and after.bottom > page.height * (1 - _HEAD):
            wide = 0.0 if _MOTTO.match(after.words.lstrip()) else wide / 2
        central = page.width * 0.2 < (before.right + after.left) / 2 < page.width * 0.75
        if gap > wide and central and (best is None or gap > best[1] - best[0]):
            best = (before.right, after.left)
    return best
