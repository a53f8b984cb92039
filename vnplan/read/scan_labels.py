"""Roman numbers of headings that recognition misread (``HI.`` for ``III.``), put right by the order they stand in.

Between strokes that are as thin as an I, recognition loses one, adds one, or takes two for an H. The headings before
tell which number has to come; what the shape of the letters does not allow is left as it was read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vnplan.read.numbering import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vnplan.read.pdf_layout import Page, Piece

# yes: HI. NỘI DUNG
# yes: . I. MỤC TIÊU
# yes: 1. MỤC TIÊU
# no:  12. Sở Y tế
_LABEL: Final = re.compile(r"(?P<noise>[.,:;'’‘`_ ]{0,3})(?P<label>[IVXHLYl1|!ÌÍÏ]{1,6})[ ]?[.,:][ ]?(?=[^\W\d_]{2})")
# yes: III KINH PHÍ
# yes: 'IL KẾT QUẢ
# no:  II kinh phí
_UNSTOPPED: Final = re.compile(r"(?P<noise>[.,:;'’‘`_ ]{0,3})(?P<label>[IVXHLl1|]{2,6})[ ](?=[^\W\d_]{2})")
# yes: HI
# yes: I
# no:  H
_ROW: Final = re.compile(r"(?:[IVX]|[IVXHLl|][IVXHLl1|]{1,5})[.,)]?")
# yes: B
# yes: A.
# no:  I
_LETTERED: Final = re.compile(r"[A-HĐK][.)]?")
# yes: Điều 2. Tổ chức thực hiện
# yes: PHỤ LỤC I
# yes: B. NỘI DUNG
# no:  Điều kiện
_ANEW: Final = re.compile(
    r"(?:Điều|ĐIỀU|Phần|PHẦN|Chương|CHƯƠNG)[ ][0-9IVXLCtT]|(?:Phụ lục|PHỤ LỤC)(?:[ ]|$)|[A-GK-UĐ][.)][ ]?[A-ZĐ]{2}"
)
_TYPES: Final = frozenset({"KẾ HOẠCH", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "QUY CHẾ", "QUY ĐỊNH", "PHƯƠNG ÁN", "CHIẾN LƯỢC"})
# yes: 1. Mục tiêu chung
_FIRST: Final = re.compile(r"[1lI][.,)][ ]?[^\W\d_]{2}")
_NUMBERED: Final = re.compile(r"[0-9IVXHLl]{1,5}[.,)][ ]?[^\W\d_]{2}")
_STROKES: Final = str.maketrans({"H": "II", "L": "I", "l": "I", "1": "I", "|": "I", "!": "I", "Ì": "I", "Í": "I",
                                 "Ï": "I", "Y": "V"})  # fmt: skip
_ROMAN: Final = ("", *(format_number(number, "upperRoman") for number in range(1, 21)))


class RomanLabels:
    """Goes through the pages of a file; ``value`` is the number of the heading before."""

    def __init__(self) -> None:
        self.value = 0

    def mend(self, page: Page) -> None:
        """Put the numbers of the headings on a recognised page right."""
        for at, line in enumerate(page.lines):
            words = line[0].words
            if _ANEW.match(words) or words.strip() in _TYPES:
                self.value = 0
            elif found := _LABEL.match(words):
                after = (other[0].words for other in page.lines[at + 1 :])
                number = self.number(found["label"], words[found.end() :], next(filter(_NUMBERED.match, after), ""))
                if number:
                    self.value = number
                if number and words[: found.end()].strip() != f"{_ROMAN[number]}.":
                    _relabel(line[0], found.end(), f"{_ROMAN[number]}. ")
                    page.relabelled = page.relabelled or found["label"] != _ROMAN[number]
            elif (found := _UNSTOPPED.match(words)) and words[found.end() :].isupper() and self._is_next(found):
                self.value += 1
                _relabel(line[0], found.end(), f"{_ROMAN[self.value]}. ")
                page.relabelled = True

    def _is_next(self, found: re.Match[str]) -> bool:
        """Tell whether a label without its stop has the shape of the number that has to come."""
        shape, awaited = found["label"].translate(_STROKES), self.value + 1
        return awaited < len(_ROMAN) and _alike(shape, _ROMAN[awaited])

    def number(self, label: str, rest: str, after: str) -> int:
        """Return which roman number a label is, 0 for none; ``rest`` are the words behind it, ``after`` the next label.

        >>> labels = RomanLabels()
        >>> labels.value = 2
        >>> labels.number("HI", "NỘI DUNG", ""), labels.number("II", "NỘI DUNG", ""), labels.number("1", "Sở Y tế", "")
        (3, 3, 0)
        >>> labels.number("11", "Ban Chỉ đạo", ""), labels.number("11", "KINH PHÍ", "")
        (0, 3)
        """
        own = _ROMAN.index(label) if label in _ROMAN else 0
        awaited = self.value + 1
        if own and own != self.value:
            return own  # as it was read: the next one, one behind a lost heading, or a list that begins anew
        if not own and (len(label) == 1 or label.isdigit()):
            capitals = rest.split(" ", 1)[0].isupper()
            if not capitals or (len(label) == 1 and label in "1l|!" and not (self.value == 0 and _FIRST.match(after))):
                return 0  # a number, or the letter of a list
        shape = label.translate(_STROKES)
        if awaited < len(_ROMAN) and _alike(shape, _ROMAN[awaited]):
            return awaited
        return _ROMAN.index(shape) if shape in _ROMAN and not own else own


def mend_rows(numbers: Sequence[str]) -> list[str]:
    """Return the numbers in the first column of a table with the misread Roman ones put right by their order.

    >>> mend_rows(["TT", "I", "1", "2", "I", "1", "HI"])
    ['TT', 'I', '1', '2', 'II', '1', 'III']
    >>> mend_rows(["A", "I", "1", "B", "I"])
    ['A', 'I', '1', 'B', 'I']
    """
    labels = RomanLabels()
    mended: list[str] = []
    for words in numbers:
        if _ROW.fullmatch(words):
            label, stop = (words[:-1], words[-1]) if words[-1] in ".,)" else (words, "")
            if number := labels.number(label, "A", ""):
                labels.value = number
                words = _ROMAN[number] + stop
        elif _LETTERED.fullmatch(words):
            labels.value = 0
        mended.append(words)
    return mended


def _alike(shape: str, roman: str) -> bool:
    """Tell whether two shapes are the same but for one stroke.

    >>> _alike("II", "III"), _alike("VII", "VI"), _alike("II", "V")
    (True, True, False)
    """
    short, long = sorted((shape, roman), key=len)
    return short == long or (len(long) == len(short) + 1 and any(
        letter == "I" and long[:at] + long[at + 1 :] == short for at, letter in enumerate(long)
    ))  # fmt: skip


def _relabel(piece: Piece, end: int, label: str) -> None:
    """Put ``label`` in place of the first ``end`` characters; it is marked as doubtful."""
    moved = len(label) - end
    kept = tuple((max(first, end) + moved, last + moved) for first, last in piece.doubts if last > end)
    piece.words = label + piece.words[end:]
    piece.doubts = ((0, len(label) - 1), *kept)
