"""The letters of a PDF page, and how a page is turned so that they stand upright.

A call into pdfium costs as much as ten steps of Python, and a page has thousands of letters. So the text comes in one
call, and boxes and fonts only of the letters that somebody asks for, without a step of Python for each.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

from vnplan.read.legacy import encoding_of_font

# yes: TimesNewRomanPS-BoldMT
# yes: Arial-Black
# no:  TimesNewRomanPSMT
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SAMPLE: Final = 400  # letters that stand for those of the page
_FEW_LETTERS: Final = 40  # that tell how a page is turned when they agree
_UNMAPPED: Final = 0.05  # of the letters of a page
_WIDE: Final = "\t\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # spaces beside the usual one
# What is no letter of a text as it stands: control characters, half of a pair, noncharacters, other spaces.
# yes: \ufffe
# yes: \u00a0
# no:  ế
_ODD: Final = re.compile(f"[{_WIDE}\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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

    def turn(self, left: Any, bottom: Any, right: Any, top: Any) -> tuple[Any, Any, Any, Any]:
        """Return a box of the file (or arrays of them) as it is shown, from the lower left corner of the page."""
        if self.quarters == 1:
            return bottom - self.bottom, self.right - right, top - self.bottom, self.right - left
        if self.quarters == 2:
            return self.right - right, self.top - top, self.right - left, self.top - bottom
        if self.quarters == 3:
            return self.top - top, left - self.left, self.top - bottom, right - self.left
        return left - self.left, bottom - self.bottom, right - self.left, top - self.bottom


@dataclass(frozen=True, slots=True)
class _Calls:
    """Functions of pdfium with plain numbers for pointers, so that ``map`` can call them for many letters."""

    box: Any
    item: Any
    angle: Any
    code: Any
    unmapped: Any
    mode: Any
    fill: Any
    font: Any
    size: Any
    name: Any
    weight: Any


@lru_cache(maxsize=1)
def _calls(raw: Any) -> _Calls:
    pointer, number = ctypes.c_void_p, ctypes.c_int

    def fast(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, pointer).value or 0)

    return _Calls(
        fast(raw.FPDFText_GetLooseCharBox, number, pointer, number, pointer),
        fast(raw.FPDFText_GetTextObject, pointer, pointer, number),
        fast(raw.FPDFText_GetCharAngle, ctypes.c_float, pointer, number),
        fast(raw.FPDFText_GetUnicode, ctypes.c_uint, pointer, number),
        fast(raw.FPDFText_HasUnicodeMapError, number, pointer, number),
        fast(raw.FPDFTextObj_GetTextRenderMode, number, pointer),
        fast(raw.FPDFPageObj_GetFillColor, number, pointer, *[pointer] * 4),
        fast(raw.FPDFTextObj_GetFont, pointer, pointer),
        fast(raw.FPDFTextObj_GetFontSize, number, pointer, pointer),
        fast(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, pointer, ctypes.c_char_p, ctypes.c_size_t),
        fast(raw.FPDFFont_GetWeight, number, pointer),
    )


@dataclass(slots=True)
class Font:
    """A font of a page; ``letters`` counts those that it draws, ``sample`` holds some of them.

    ``old`` is its name where that means an encoding from before Unicode.
    """

    name: str
    bold: bool
    old: str = ""
    letters: int = 0
    sample: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Letters:
    """The letters of one text page: ``text`` has one character for each of pdfium's indices.

    pdfium puts in the spaces and line ends that the file only implies; a hyphen at a line end comes back as U+FFFE.
    """

    page: int
    calls: _Calls
    text: str
    fonts: dict[int, Font] = field(default_factory=dict)

    def boxes(self, indices: Sequence[int]) -> Any:
        """Return an array of boxes (left, top, right, bottom), one row for each index."""
        import numpy

        count = len(indices)
        buffer = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(buffer)
        _run(map(self.calls.box, repeat(self.page), indices, range(start, start + 16 * count, 16)))
        return numpy.frombuffer(bytes(buffer), numpy.float32).reshape(count, 4).astype(numpy.float64)

    def items(self, indices: Iterable[int]) -> list[int]:
        """Return the text objects that drew the letters, as numbers; 0 for a letter that no object drew."""
        found = list(map(self.calls.item, repeat(self.page), indices))
        return [item or 0 for item in found] if None in found else found

    def fonts_of(self, items: Sequence[int]) -> list[Font]:
        """Return the fonts of text objects."""
        fonts = list(map(self.calls.font, items))
        own = {font: self._font(font or 0) for font in dict.fromkeys(fonts)}
        return [own[font] for font in fonts]

    def kinds_of(self, items: Sequence[int]) -> list[tuple[int, float]]:
        """Return the font and the size of text objects."""
        count = len(items)
        sizes = (ctypes.c_float * count)()
        start = ctypes.addressof(sizes)
        _run(map(self.calls.size, items, range(start, start + 4 * count, 4)))
        return list(zip((font or 0 for font in map(self.calls.font, items)), sizes, strict=True))

    def unseen(self, items: Sequence[int]) -> Any:
        """Return an array that tells which text objects are white, transparent, or not drawn at all.

        Those of an OCR layer are not drawn.
        """
        import numpy

        count = len(items)
        buffer = (ctypes.c_uint * (4 * count))()
        start = ctypes.addressof(buffer)
        parts = [range(start + 4 * part, start + 4 * part + 16 * count, 16) for part in range(4)]
        filled = numpy.fromiter(map(self.calls.fill, items, *parts), bool, count)
        modes = numpy.fromiter(map(self.calls.mode, items), numpy.int64, count)
        colours = numpy.frombuffer(bytes(buffer), numpy.uint32).reshape(count, 4)
        white = (colours[:, :3] >= _WHITE).all(axis=1) | (colours[:, 3] == 0)
        return (modes == _INVISIBLE) | (filled & white)

    def is_white(self, item: int) -> bool:
        """Return whether an object that :meth:`unseen` tells is drawn all the same, in white."""
        colour = (ctypes.c_uint * 4)()
        start = ctypes.addressof(colour)
        filled = self.calls.fill(item, start, start + 4, start + 8, start + 12)
        return bool(filled) and colour[3] > 0 and self.calls.mode(item) != _INVISIBLE

    def _font(self, font: int) -> Font:
        known = self.fonts.get(font)
        if known is None:
            buffer = ctypes.create_string_buffer(128)
            size = self.calls.name(font, buffer, 128) if font else 0
            name = buffer.raw[: max(0, min(size, 128) - 1)].decode("utf-8", "replace")
            bold = bool(_BOLD.search(name)) or (not name and bool(font) and self.calls.weight(font) >= 600)
            known = self.fonts[font] = Font(name, bold, name if encoding_of_font(name) else "")
        return known


_INVISIBLE: Final = 3  # FPDF_TEXTRENDERMODE_INVISIBLE
_WHITE: Final = 250  # of 255


def _run(calls: Iterable[Any]) -> None:
    deque(calls, maxlen=0)


def load_letters(textpage: Any, raw: Any) -> Letters:
    """Return the letters of a text page, whose text is fetched in one call."""
    calls = _calls(raw)
    page = ctypes.cast(textpage.raw, ctypes.c_void_p).value or 0
    count = textpage.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    size = raw.FPDFText_GetText(textpage.raw, 0, count, buffer) if count > 0 else 0
    text = bytes(buffer)[: 2 * max(0, size - 1)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:  # letters without a meaning stand in no text; ask for each
        codes = map(calls.code, repeat(page), range(count))
        text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    return Letters(page, calls, mend_codes(text, lambda index: calls.unmapped(page, index) == 1))


def mend_codes(text: str, is_unmapped: Callable[[int], bool]) -> str:
    """Return a text in which each code is a letter: a hyphen at a line end is one, U+FFFD what the font does not tell.

    >>> mend_codes("Kế hoạch 12/KH\ufffeUBND\u00a0tỉnh", lambda index: False)
    'Kế hoạch 12/KH-UBND tỉnh'
    """

    def meaning(found: re.Match[str]) -> str:
        letter = found[0]
        if letter.isspace() and letter not in "\x0b\x0c\x1c\x1d\x1e\x1f":
            return " "
        if letter < " " and is_unmapped(found.start()):
            return "\ufffd"
        return "-" if letter in "\ufffe\x02" else "\n" if letter == "\0" else "\ufffd"

    return _ODD.sub(meaning, text)


def find_quarters(letters: Letters) -> int | None:
    """Return how many quarters clockwise make most of the letters upright, or None for a page without letters."""
    count = len(letters.text)
    seen = _angles(letters, range(0, count, max(1, count // _FEW_LETTERS)))
    if len(seen) != 1:
        seen = _angles(letters, range(0, count, max(1, count // _SAMPLE)))
    return seen.most_common(1)[0][0] if seen else None


def _angles(letters: Letters, indices: Iterable[int]) -> Counter[int]:
    turn = math.pi / 2
    told = [index for index in indices if letters.text[index].isalnum()]
    angles = map(letters.calls.angle, repeat(letters.page), told)
    return Counter(-round(angle / turn) % 4 for angle in angles if angle >= 0)


def is_unmapped(letters: Letters) -> bool:
    """Tell whether the fonts of a page do not say which letters they draw; asked when its runs have been found."""
    wrong = 0.0
    for font in letters.fonts.values():
        lost = sum(found == 1 for found in map(letters.calls.unmapped, repeat(letters.page), font.sample))
        wrong += font.letters * lost / max(1, len(font.sample))
    return wrong > _UNMAPPED * sum(font.letters for font in letters.fonts.values())
