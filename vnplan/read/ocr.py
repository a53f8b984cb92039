"""Pages without text that can be read go through OCR: a picture in, lines and tables as those of a digital page out.

The page is drawn at 200 dots an inch, cleared of stamps and rules, levelled, and recognised by Tesseract with its
Vietnamese data, in a process of its own. Measured with ``benchmarks/ocr.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from vnplan.read import tesseract
from vnplan.read.pdf_layout import Page, Piece, group_lines, leave_tables, measure_margins, place_overlays
from vnplan.read.pdf_tables import PdfTable
from vnplan.read.progress import page_done
from vnplan.read.scan_columns import (
    find_asides,
    find_ink,
    find_numbers,
    has_ink,
    lay_below,
    lay_in_line,
    put_back,
    without,
)
from vnplan.read.scan_image import (
    DARK,
    DENSITY,
    Array,
    is_sideways,
    levelled,
    measure_slope,
    shows_bar,
    take_out_words,
    to_pnm,
    with_full_strokes,
    with_white_paper,
    without_colours,
    without_specks,
)
from vnplan.read.scan_labels import mend_rows
from vnplan.read.scan_rules import Field, Ruled, take_out_rules
from vnplan.read.scan_words import (
    Box,
    Word,
    clear_words,
    edges,
    measure,
    mend_comparisons,
    mend_numerals,
    place_doubts,
    read_words,
    split_lines,
    without_noise,
    without_scrawls,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vnplan.limits import Limits

_GAP: Final = 0.7  # heights of a line between two pieces of it
_POOR: Final = 0.7  # of sureness: perhaps the page lies on its side, or upside down
_BETTER: Final = 0.15
_STRIP: Final = 0.22  # of the height of a page: enough to tell how it stands
_BY_HAND: Final = 0.5  # of the ink of a word is coloured
_WHOLE_PAGE, _ONE_LINE, _SPARSE = 3, 7, 11  # Tesseract's page segmentation modes
_PASSED_OVER: Final = 5  # shapes like letters: less is a signature, or dirt
_READABLE: Final = 0.45  # of sureness: less is a photograph, or handwriting
_FAILURES: Final = 3  # pages one after another; then no further page is tried
_INK: Final = 0.0002  # of the dots of a page: less is a blank page
_BELOW: Final = 6  # dots below the box of ">" in which the bar of "≥" may lie
_LONG_SIDE: Final = 2_340  # dots: A4 at 200 dots an inch


@dataclass(slots=True)
class Recogniser:
    """Recognises the pages of one file; ``failed`` says why one was not, and after some in a row no more is tried."""

    limits: Limits
    missing: str | None = field(default_factory=tesseract.missing)
    failed: str | None = None
    in_a_row: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether pages can be recognised here."""
        return self.missing is None and self.in_a_row < _FAILURES

    def read(
        self, picture: Array, page: Page, box: tuple[float, float, float, float], overlays: Sequence[Piece] = ()
    ) -> bool:
        """Put the lines, tables and sureness of a coloured picture into its page; False where that failed.

        ``box`` is the place of the picture on the page (left, bottom, right, top in points). What the page already has
        keeps its place, and so do the ``overlays`` of a signing program, unless the picture had to be turned.
        """
        try:
            seen = _recognise(picture, self.limits.ocr_seconds)
        except tesseract.OcrError as error:
            self.failed = str(error)
            self.in_a_row += 1
            return False
        finally:
            page_done()
        self.in_a_row = 0
        if seen.inked and measure(seen.words) < _READABLE:
            self.failed = "no words could be told"
            return False
        _place(seen, page, box, overlays)
        return True


@dataclass(slots=True)
class _Seen:
    words: list[Word]
    tables: tuple[Ruled, ...]
    size: tuple[int, int]  # width and height of the picture as it was read, in dots
    quarters: int  # that it was turned clockwise
    foot: int = 0  # where a rule above footnotes lies, in dots from the top
    inked: bool = True  # it is no blank page
    stamped: bool = False  # a stamp or a signature was taken out


def scale_for(width: float, height: float, image: int, limits: Limits) -> float:
    """Return how many dots a point of a page of ``width`` by ``height`` points is drawn with.

    ``image`` are the dots of the longer side of its largest image: a scan whose page claims to be tiny is drawn larger.

    >>> from vnplan.limits import LIMITS
    >>> round(72 * scale_for(595, 842, 3508, LIMITS)), round(72 * scale_for(14400, 14400, 0, LIMITS))
    (200, 15)
    """
    dots = max(DENSITY / 72 * max(width, height), min(image, _LONG_SIDE))
    return min(dots / max(width, height, 1.0), math.sqrt(limits.ocr_pixels / max(width * height, 1.0)))


def _recognise(picture: Array, seconds: float) -> _Seen:
    grey, coloured, stamped = without_colours(picture)
    grey = with_white_paper(grey)
    if (grey < DARK).mean() < _INK:
        return _Seen([], (), (grey.shape[1], grey.shape[0]), 0, inked=False, stamped=stamped)
    quarters = 1 if is_sideways(grey) else 0
    seen = _read_turned(grey, coloured, quarters, seconds)
    if measure(seen.words) < _POOR and (best := _find_turn(grey, quarters, seconds)) != quarters:
        seen = _read_turned(grey, coloured, best, seconds)
    seen.stamped = stamped
    return seen


def _read_turned(grey: Array, coloured: Array, quarters: int, seconds: float) -> _Seen:
    import numpy

    grey = numpy.rot90(grey, -quarters)
    slope = measure_slope(grey)
    level = levelled(grey, slope)
    if coloured.any():
        coloured = numpy.rot90(coloured, -quarters)
        coloured = levelled(numpy.where(coloured, 0, 255).astype(numpy.uint8), slope) < DARK
    clear, tables, foot = take_out_rules(numpy.ascontiguousarray(level))
    clear = without_specks(clear)
    found = _read_picture(clear, tables, seconds)

    def by_hand(box: Box) -> bool:
        left, top, right, bottom = box
        ink = int((clear[top:bottom, left:right] < DARK).sum())
        return bool(coloured[top:bottom, left:right].sum() > _BY_HAND * max(ink, 1))

    def count_stems(box: Box) -> int:
        left, top, right, bottom = box
        high = bottom - top
        rows = clear[top + high // 5 : top + high // 5 + max(high // 6, 1), left:right] < DARK
        starts = rows[:, 1:] & ~rows[:, :-1]
        return int(numpy.median(starts.sum(axis=1) + rows[:, 0])) if rows.size else 0

    def has_bar(box: Box) -> bool:
        left, top, right, bottom = box
        return shows_bar(clear[top : bottom + _BELOW, left:right] < DARK)

    words = clear_words(mend_comparisons(mend_numerals(found, count_stems), has_bar), by_hand)
    return _Seen(words, tables, (clear.shape[1], clear.shape[0]), quarters, foot)


def _read_picture(grey: Array, tables: Sequence[Ruled], seconds: float) -> list[Word]:
    """Return the words of a picture; what looks like letters and was passed over is read once more, by itself.

    Tesseract takes whole columns of a table, and short lines beside others, for pictures.
    """

    def look(picture: Array, layout: int) -> list[Word]:
        drawn = to_pnm(with_full_strokes(picture))
        return list(read_words(tesseract.recognise(drawn, seconds=seconds, density=DENSITY, layout=layout)))

    ink = find_ink(grey)
    columns = [boxes for table in tables if (boxes := find_numbers(ink, table))]
    words: list[Word] = []
    for boxes in columns:
        line, moves = lay_in_line(grey, boxes)
        words = _add(words, put_back(look(line, _ONE_LINE), moves))
    numbers = [box for boxes in columns for box in boxes]
    read = [box for box in numbers if any(_meet(box, word.box) for word in words)]
    laid, moves = lay_below(without(grey, numbers), find_asides(ink, tables))
    words = _add(words, put_back(look(laid, _WHOLE_PAGE), moves))
    rest, letters = take_out_words(grey, [*read, *(word.box for word in words)])
    if letters < _PASSED_OVER and not has_ink(find_ink(rest), tables):
        return words
    return _add(words, look(rest, _SPARSE))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _add(words: list[Word], more: Sequence[Word]) -> list[Word]:
    """Return the words of two readings, each with lines of its own."""
    lines = max((word.line for word in words), default=-1) + 1
    return words + [replace(word, line=lines + word.line) for word in more]


def _find_turn(grey: Array, tried: int, seconds: float) -> int:
    """Return how many quarters clockwise make a page readable, by a strip of it, read each way."""
    import numpy

    found: dict[int, float] = {}
    for quarters in (tried, (tried + 2) % 4, (tried + 1) % 4, (tried + 3) % 4):
        turned = numpy.rot90(grey, -quarters)
        high = int(turned.shape[0] * _STRIP)
        rows = (turned < DARK).sum(axis=1).cumsum()
        top = int((rows[high:] - rows[:-high]).argmax()) if high < len(rows) else 0
        strip = with_full_strokes(numpy.ascontiguousarray(turned[top : top + high]))
        words = read_words(tesseract.recognise(to_pnm(strip), seconds=seconds, density=DENSITY))
        letters = sum(len(word.words) for word in words)
        found[quarters] = measure(words) * min(1.0, letters / 40)
    best = max(found, key=lambda quarters: found[quarters])
    return best if found[best] > found[tried] + _BETTER else tried


def _place(seen: _Seen, page: Page, box: tuple[float, float, float, float], overlays: Sequence[Piece]) -> None:
    """Put what was seen into a page, in points from its lower left corner."""
    left, bottom, right, top = box
    if seen.quarters % 2:
        page.width, page.height = page.height, page.width
        left, bottom, right, top = bottom, left, top, right
    across, down = (right - left) / max(seen.size[0], 1), (top - bottom) / max(seen.size[1], 1)

    def to_points(dots: Box) -> tuple[float, float, float, float]:
        return left + dots[0] * across, top - dots[3] * down, left + dots[2] * across, top - dots[1] * down

    ruled = [found for found in (_make_table(table, seen.words, to_points) for table in seen.tables) if found]
    inside = {id(word) for _, members, _ in ruled for word in members}
    own = [] if seen.quarters else [p for line in page.lines for p in line if not (p.overlay or p.unseen)] + [*overlays]
    free = without_scrawls([word for word in seen.words if id(word) not in inside])
    if own:
        free = [word for word in free if not _is_covered(to_points(word.box), own)]
    runs = [run for run in map(without_noise, split_lines(free, _GAP)) if run]
    pieces = [_make_piece(run, to_points) for run in runs]
    page.tables = [table for table, _, _ in ruled]
    page.relabelled = any(mended for _, _, mended in ruled)
    lines, stamped = place_overlays(own + pieces)
    page.lines = [line for line in (leave_tables(at, page.tables) for at in lines) if line]
    page.stamped = page.stamped or stamped or seen.stamped
    page.unseen, page.foot = [], top - seen.foot * down if seen.foot else 0.0
    page.margins = measure_margins(page.lines, page.width)
    page.letters = sum(sum(map(str.isalpha, piece.words)) for line in page.lines for piece in line) or sum(
        map(str.isalpha, "".join(word.words for word in seen.words))
    )
    page.sure = measure(seen.words) if seen.words else None
    page.pictured = page.garbled = page.unmapped = False


def _is_covered(box: tuple[float, float, float, float], pieces: Sequence[Piece]) -> bool:
    """Tell whether the text layer itself has words at a place."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(p.left - 1 <= x <= p.right + 1 and p.bottom - 1 <= y <= p.top + 1 for p in pieces)


def _make_piece(run: Sequence[Word], to_points: Any) -> Piece:
    upper, lower = edges(run)
    left, bottom, right, top = to_points((run[0].box[0], upper, run[-1].box[2], lower))
    words, doubts = place_doubts(run)
    return Piece(left, bottom, right, top, words, bold=False, doubts=doubts)


def _make_table(ruled: Ruled, words: Sequence[Word], to_points: Any) -> tuple[PdfTable, list[Word], bool] | None:
    """Return the table, the words that stand in its cells, and whether the number of a row was put right.

    None where it holds no words.
    """
    wide, high = len(ruled.xs) - 1, len(ruled.ys) - 1
    grid: list[list[str | None]] = [[None] * wide for _ in range(high)]
    reach = [[(1, 1)] * wide for _ in range(high)]
    doubts: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
    members: list[Word] = []
    for cell in ruled.fields:
        inside = [word for word in words if _is_inside(word.box, cell)]
        members += inside
        grid[cell.row][cell.column], places = _write_cell(inside)
        reach[cell.row][cell.column] = (cell.rows, cell.columns)
        if places:
            doubts[cell.row, cell.column] = places
    if not members:
        return None
    mended = False
    for row, number in enumerate(mend_rows([cells[0] or "" for cells in grid])):
        if number and number != grid[row][0]:
            grid[row][0], doubts[row, 0], mended = number, ((0, len(number)),), True
    box = to_points((ruled.xs[0], ruled.ys[0], ruled.xs[-1], ruled.ys[-1]))
    edges_of = tuple(float(round(to_points((x, 0, x, 0))[0])) for x in ruled.xs[:-1])
    rows = tuple(map(tuple, grid))
    return PdfTable(box, rows, tuple(map(tuple, reach)), edges_of, doubts), members, mended


def _is_inside(box: Box, cell: Field) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]


def _write_cell(words: Sequence[Word]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the words of a cell by line, and where among its letters, spaces not counted, the doubtful ones stand."""
    clear = [run for run in map(without_noise, split_lines(words, 1e9)) if run]
    runs = [_make_piece(run, lambda dots: (dots[0], -dots[3], dots[2], -dots[1])) for run in clear]
    lines: list[str] = []
    doubts: list[tuple[int, int]] = []
    count = 0
    for line in group_lines(runs):
        for piece in line:
            for start, end in piece.doubts:
                first = count + len(piece.words[:start].replace(" ", ""))
                doubts.append((first, first + len(piece.words[start:end].replace(" ", ""))))
            count += len(piece.words.replace(" ", ""))
        lines.append(" ".join(piece.words for piece in line))
    return "\n".join(lines), tuple(doubts)
