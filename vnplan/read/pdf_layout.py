"""How the pieces of text on a PDF page become lines in reading order: columns apart, margins and indents measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from vnplan.read.build import takes_power
from vnplan.read.pdf_tables import PdfTable

_FILLED: Final = 30  # characters that a signing program fills in
# yes: 127
# yes: 05 tháng 02
# no:  Ký bởi
_FILLED_IN: Final = re.compile(r"[0-9]")
# yes: ỦY BAN  NHÂN DÂN
# yes: Số:   /KH-UBND
# no:  Ủy ban
_SPACES: Final = re.compile(r"[ ]{2,1000}")
# yes: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
# yes: Độc lập - Tự do - Hạnh phúc
# no:  ỦY BAN NHÂN DÂN
_MOTTO: Final = re.compile(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN")
_HEAD: Final = 0.3  # of the first page: where the letterhead stands
CENTRED: Final = 0.08  # of the width of the text: so far in a centred line begins at least
_HAIR: Final = 0.12  # heights of a letter between two words
_CLOSING: Final = (",", ".", ";", ":", ")", "!", "?", "”")
_TIGHT: Final = 0.5  # heights of a letter between a word and the mark of its footnote
_SPREAD: Final = 20.0  # points
_SEVERAL: Final = 5  # lines with a gap at the same place
_NARROW: Final = 0.5  # heights of a letter
_WORDS: Final = 4  # on a line of a column of prose
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
    font: str = ""  # its name, where it means an encoding from before Unicode
    item: int = 0  # the text object that drew its first letter
    doubts: tuple[tuple[int, int], ...] = ()  # stretches of its words that recognition was not sure of


@dataclass(slots=True, weakref_slot=True, eq=False)
class Page:
    """The lines of one page from the top, and what was left out of them."""

    number: int
    width: float
    height: float
    lines: list[list[Piece]]
    tables: list[PdfTable] = field(default_factory=list)
    letters: int = 0  # of the first lines: enough to tell that there are some
    pictured: bool = False  # an image, or letters drawn as curves, may hold text that was not read
    stamped: bool = False  # words of a signature's stamp were left out
    margins: tuple[float, float] = (0.0, 0.0)  # where the text of the page begins and ends
    hidden: list[str] = field(default_factory=list)  # words outside the page or too small to see, which were left out
    unseen: list[str] = field(default_factory=list)  # words that are white, covered or not drawn
    struck: int = 0  # letters that are struck through, which were left out
    garbled: bool = False  # the text layer over a picture is no Vietnamese; the lines are left out
    unmapped: bool = False  # the fonts do not tell which letters they draw; the lines are left out
    drawing: Literal["", "map", "table"] = ""  # no tables were looked for: too many paths, or damaged
    relabelled: bool = False  # the number of a heading or of a row was put right by the order of the others
    foot: float = 0.0  # of a recognised page: where a short rule stands, perhaps above footnotes
    sure: float | None = None  # how sure recognition was of its words, from 0 to 1; None where it was not needed


def group_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces by line, from the top of the page, each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        bottom, top = piece.bottom, piece.top
        middle = (top + bottom) / 2
        for line in lines[:-4:-1]:
            first = line[0]
            if first.bottom <= middle <= first.top or bottom <= (first.top + first.bottom) / 2 <= top:
                line.append(piece)
                break
        else:
            lines.append([piece])
    for line in lines:
        if len(line) > 1:
            line.sort(key=lambda p: p.left)
    return lines


def usual_margins(width: float) -> tuple[float, float]:
    """Return where text begins and ends by Nghị định 30/2020/NĐ-CP, Phụ lục I: 30 to 35 mm left, 15 to 20 mm right."""
    return width * 0.12, width * 0.92


def measure_margins(lines: Sequence[Sequence[Piece]], width: float) -> tuple[float, float]:
    """Return where the full lines begin and end: the middle between them is what centred lines keep to."""
    full = [line for line in lines if line[-1].right - line[0].left > width * 0.6]
    if len(full) < 3:
        return usual_margins(width)
    starts, ends = sorted(line[0].left for line in full), sorted(line[-1].right for line in full)
    return starts[len(starts) // 8], ends[-1 - len(ends) // 8]


def place_overlays(pieces: list[Piece]) -> tuple[list[list[Piece]], bool]:
    """Return the lines of a page with the number and date that a signing program filled in, and whether it has stamps.

    What an annotation draws is text of the document where it fills a gap on a line; elsewhere it is a stamp.
    """
    own = [piece for piece in pieces if not piece.overlay]
    lines = group_lines(own)
    if len(own) == len(pieces):
        return lines, False
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


def usual_height(lines: Sequence[Sequence[Piece]]) -> float:
    """Return how high most of the letters are."""
    pieces = sorted((piece.top - piece.bottom, len(piece.words)) for line in lines for piece in line)
    half = sum(count for _, count in pieces) / 2
    for height, count in pieces:
        half -= count
        if half <= 0:
            return height
    return 0.0


def leave_tables(line: list[Piece], tables: Sequence[PdfTable]) -> list[Piece]:
    return [p for p in line if not any(table.holds(p.left, p.right, (p.top + p.bottom) / 2) for table in tables)]


def say(line: Sequence[Piece], marks: list[tuple[str, int]] | None = None) -> str:
    """Return the words of pieces on one line; a gap between two of them is a space, a mark of a footnote nothing.

    ``marks`` takes up the marks that were passed over, each with its place in the words.
    """
    if len(line) == 1:
        words = line[0].words.strip()
        return _SPACES.sub(" ", words) if "  " in words else words
    words = ""
    last: Piece | None = None
    marked = False
    for piece in line:
        if piece.raised and last is not None and not takes_power(words):
            words = words.rstrip() if piece.left - last.right < _TIGHT * (last.top - last.bottom) else words
            if marks is not None:
                marks.append((piece.words, len(_SPACES.sub(" ", words).strip())))
            marked = True
            continue
        if last is not None and not piece.raised:
            gap = _HAIR * (piece.top - piece.bottom) < piece.left - last.right
            if marked:  # a mark ends a word
                gap = piece.words.lstrip()[:1] not in _CLOSING
            filled = last.overlay and piece.words.startswith("/")  # "Số: 12/KH-UBND", where 12 was filled in
            words = words.rstrip() if filled or (marked and not gap) else words
            words += " " if gap and not filled and not words.endswith(" ") and not piece.words.startswith(" ") else ""
        words += piece.words
        marked = False
        last = piece
    return _SPACES.sub(" ", words).strip()


def find_indents(lines: Sequence[Sequence[Piece]]) -> frozenset[int]:
    """Return where several lines of different length begin: such lines are indented, not centred."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        for near in (-1, 0, 1):
            ends.setdefault(round(line[0].left) + near, []).append(line[-1].right)
    return frozenset(left for left, right in ends.items() if len(right) > 2 and max(right) - min(right) > _SPREAD)


def find_columns(page: Page, lines: Sequence[list[Piece]], at: int) -> tuple[int, float] | None:
    """Return where a stretch of two columns that begins at a line ends, and the middle between the columns."""
    if len(lines[at]) == 1:
        return None
    split = _split(lines[at], page) or _find_gutter(page, lines, at)
    if split is None:
        return None
    left_edge, right_edge = split
    stop = at + 1
    while stop < len(lines):
        line = lines[stop]
        if line[0].words.lstrip().startswith("Kính gửi"):
            break  # the addressees of a letter stand below both columns
        further = _split(line, page) or _gap_in(line, left_edge, right_edge)
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


def _find_gutter(page: Page, lines: Sequence[list[Piece]], at: int) -> tuple[float, float] | None:
    """Return the narrow gap between two columns of prose that several lines from here on have at the same place."""
    for before, after in pairwise(lines[at]):
        left, right = before.right, after.left
        if not page.width * 0.3 < (left + right) / 2 < page.width * 0.7:
            continue
        for line in lines[at : at + _SEVERAL]:
            found = _gap_in(line, left, right)
            if found is None or not _is_prose(line, found[0]):
                break
            left, right = max(left, found[0]), min(right, found[1])
        else:
            if len(lines) >= at + _SEVERAL:
                return left, right
    return None


def _gap_in(line: Sequence[Piece], left: float, right: float) -> tuple[float, float] | None:
    """Return the edges of a gap of a line that lies within others, or about there."""
    for before, after in pairwise(line):
        shared = min(right, after.left) - max(left, before.right)
        if shared > _NARROW * (after.top - after.bottom):
            return before.right, after.left
    return None


def _is_prose(line: Sequence[Piece], middle: float) -> bool:
    """Tell whether several words stand on either side."""
    words = [sum(len(p.words.split()) for p in line if (p.right <= middle + 0.1) is side) for side in (True, False)]
    return min(words) >= _WORDS


def is_centred(line: Sequence[Piece], start: float, end: float) -> bool:
    left, right = line[0].left - start, end - line[-1].right
    return abs(left - right) < (end - start) * 0.04 and left > (end - start) * CENTRED


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
