"""The letters of a PDF page become runs of text: turned upright, with their boxes, in bold or not, raised or not."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vnplan.read.pdf_layout import Piece

# yes: TimesNewRomanPS-BoldMT
# no:  TimesNewRomanPSMT
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PIECE_GAP: Final = 0.7  # heights of a letter; a number may be filled in there
_RAISED: Final = 0.8  # of the height of its line; a smaller figure that stands higher marks a footnote
_SAMPLE: Final = 400  # letters that stand for those of the page
_UNMAPPED: Final = 0.05  # of the letters of a page


@dataclass(frozen=True, slots=True)
class View:
    """How a page is shown: its paper in the file's own coordinates, and how many quarters it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """The width of the page as it is shown."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as it is shown."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def turn(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return a box of the file as it is shown, from the lower left corner of the page."""
        if self.quarters == 1:
            return bottom - self.bottom, self.right - right, top - self.bottom, self.right - left
        if self.quarters == 2:
            return self.right - right, self.top - top, self.right - left, self.top - bottom
        if self.quarters == 3:
            return self.top - top, left - self.left, self.top - bottom, right - self.left
        return left - self.left, bottom - self.bottom, right - self.left, top - self.bottom


def find_quarters(textpage: Any, raw: Any) -> int | None:
    """Return how many quarters clockwise make most of the letters upright, or None for a page without letters."""
    count = textpage.count_chars()
    seen: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLE)):
        angle = raw.FPDFText_GetCharAngle(textpage.raw, index)
        if angle >= 0 and chr(min(raw.FPDFText_GetUnicode(textpage.raw, index), 0x10FFFF)).isalnum():
            seen[-round(angle / (math.pi / 2)) % 4] += 1
    return seen.most_common(1)[0][0] if seen else None


def is_unmapped(textpage: Any, raw: Any) -> bool:
    """Tell whether the fonts of a page do not say which letters they draw."""
    count = textpage.count_chars()
    sample = range(0, count, max(1, count // _SAMPLE))
    wrong = sum(raw.FPDFText_HasUnicodeMapError(textpage.raw, index) == 1 for index in sample)
    return bool(wrong > _UNMAPPED * len(sample))


def find_pieces(textpage: Any, raw: Any, view: View, indices: range, *, overlay: bool = False) -> Iterator[Piece]:
    """Yield the runs of text with their boxes: a run ends with its line, at a wide gap, or where bold begins or ends.

    pdfium puts in the spaces and line ends that the file only implies; a hyphen at a line end comes back as U+FFFE.
    A small figure above the line is a run of its own.
    """
    page, box = textpage.raw, raw.FS_RECTF()
    words: list[str] = []
    piece: Piece | None = None
    fonts = _Fonts(page, raw)
    for index in indices:
        code = raw.FPDFText_GetUnicode(page, index)
        letter = _letter(page, index, code, raw)
        if letter in "\r\n":
            if piece:
                yield _finish(piece, words)
            piece = None
            continue
        if letter.isspace() or not raw.FPDFText_GetLooseCharBox(page, index, box):
            if piece:
                words.append(" ")
            continue
        left, bottom, right, top = view.turn(box.left, box.bottom, box.right, box.top)
        after_space = piece is None or words[-1] == " "
        bold = fonts.is_bold(index) if piece is None or after_space else piece.bold
        if piece and not piece.raised and _stands_above(piece, words, bottom, top):
            piece.raised = True
        raised = piece is not None and _is_raised(piece, letter, bottom, top)
        if piece and (
            raised is not piece.raised
            or not piece.bottom <= (top + bottom) / 2 <= piece.top
            or left - piece.right > _PIECE_GAP * (top - bottom)
            or left < piece.left - (top - bottom)
            or (bold is not piece.bold and after_space)
        ):
            yield _finish(piece, words)
            bold = piece.bold if raised else bold
            piece = None
        if piece is None:
            piece = Piece(left, bottom, right, top, "", bold, overlay, _is_unseen(page, index, raw), raised)
            words = []
        words.append(letter)
        piece.right = max(piece.right, right)
    if piece:
        yield _finish(piece, words)


def _letter(page: Any, index: int, code: int, raw: Any) -> str:
    """Return what a letter's code means; U+FFFD where the font does not tell."""
    if 32 <= code < 0xFFFE or code in (9, 10, 13):
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    if code < 32 and raw.FPDFText_HasUnicodeMapError(page, index) == 1:
        return "\ufffd"
    if code in (0xFFFE, 2):
        return "-"
    return chr(code) if 0xFFFF < code < 0x110000 else "\n" if code == 0 else "\ufffd"


def _finish(piece: Piece, words: list[str]) -> Piece:
    piece.words = "".join(words)
    return piece


def _is_raised(piece: Piece, letter: str, bottom: float, top: float) -> bool:
    """Tell whether a letter is a small figure above the line of the letters before it."""
    if piece.raised:
        return letter.isdigit() and abs(bottom - piece.bottom) < 1 and abs(top - piece.top) < 1
    height = piece.top - piece.bottom
    return letter.isdigit() and top - bottom < _RAISED * height and bottom > piece.bottom + 0.15 * height


def _stands_above(piece: Piece, words: list[str], bottom: float, top: float) -> bool:
    """Tell whether the letters so far are a small figure above the line of the letter behind them: a note begins."""
    height = top - bottom
    small = piece.top - piece.bottom < _RAISED * height and piece.bottom > bottom + 0.15 * height
    return small and len(words) < 6 and "".join(words).strip().isdigit()


def _is_unseen(page: Any, index: int, raw: Any) -> bool:
    """Tell whether a letter is white, transparent, or not drawn at all, as those of an OCR layer are."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    filled = raw.FPDFText_GetFillColor(page, index, red, green, blue, alpha)
    if filled and (min(red.value, green.value, blue.value) >= 250 or alpha.value == 0):
        return True
    item = raw.FPDFText_GetTextObject(page, index)
    return bool(item) and raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


class _Fonts:
    """Whether the letters of a page are bold, by the weight or the name of their font."""

    def __init__(self, page: Any, raw: Any) -> None:
        self.page, self.raw, self.known = page, raw, dict[bytes, bool]()
        self.buffer, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def is_bold(self, index: int) -> bool:
        """Return whether one letter is bold."""
        size = self.raw.FPDFText_GetFontInfo(self.page, index, self.buffer, 128, self.flags)
        name = self.buffer.raw[: max(0, min(size, 128) - 1)]
        if name not in self.known:
            weight = self.raw.FPDFText_GetFontWeight(self.page, index)
            self.known[name] = bool(_BOLD.search(name.decode("utf-8", "replace"))) or (not name and weight >= 600)
        return self.known[name]
