"""Words of a PDF page that letter spacing or its producer tore apart are put together: K Ế  H O Ạ C H, V ề các cơ ch ế.

The text keeps its length: a space that is none becomes a sign that :func:`plain` takes out of the words of a run.
"""

from __future__ import annotations

import re
from typing import Any, Final

from vnplan.read.legacy import convert, encoding_of_font, is_unicode
from vnplan.read.pdf_letters import Letters, View
from vnplan.read.vietnamese import is_syllable, measure_letters

JOINT: Final = "\0"  # between two letters of one word
_SPACED_JOINT: Final = "\1"  # the same inside a run of spaced letters
_SPACED_GAP: Final = "\2"  # between two words inside a run of spaced letters
NO_LETTERS: Final = (" ", JOINT, _SPACED_JOINT, _SPACED_GAP)
# yes: K Ế H O Ạ C H
# yes: Q U Y Ế T   Đ Ị N H :
# no:  a) Y tế
_SPACED: Final = re.compile(r"(?<![^\s])(?:[^\W\d_][ ]{1,4}){3,80}[^\W\d_](?:[ ]?:)?(?![^\s])")
# yes: K
# yes: :
# no:  a space
_SOLID: Final = re.compile(r"[^ ]")
# yes: của t
# yes: năm 20
# no:  của,
_BEFORE: Final = re.compile(r"[^\W_]{1,12}$")
# yes: ỉnh Lai Châu
# yes: 26
# no:  , tỉnh
_BEHIND: Final = re.compile(r"[^\W_]{1,12}")
# yes: ch-¬ng
# yes: t-
# no:  - Y tÕ
_HYPHENATED: Final = re.compile(r"(?<![^\s(\"“,.;:/])(?=[^\s-]{0,6}-)(?=-?[^\s-])[^\s,.;:()\"”/]{2,8}")
_OPTIONAL: Final = "\u00ad"
# yes: \0
# yes: \1
# no:  \2
_SIGNS: Final = re.compile("[\0\1]")
_HAIR: Final = 0.1  # of the height: less is no space between words, wherever its producer ends a run
_WIDER: Final = 0.18  # of the height: by so much a gap between words is wider than one between spaced letters
_WIDEST: Final = 1.2  # heights between two spaced letters; beyond, they are the heads of columns
_SYLLABLES: Final = 0.8  # of the words that come out


def plain(words: str) -> str:
    """Return the words of a run without the signs for spaces that are none."""
    if "\0" in words or "\1" in words or "\2" in words:
        return _SIGNS.sub("", words).replace(_SPACED_GAP, " ")
    return words


def mend_hyphens(words: str, font: str) -> str:
    """Return the words of a run in a font of TCVN3 with ư where it stands for it: at the code of an optional hyphen.

    The parser gives a hyphen for both.

    >>> mend_hyphens("ch-¬ng tr×nh ®Çu t- sè 12/Q§-UBND", ".VnTime").replace("\u00ad", "ư")
    'chư¬ng tr×nh ®Çu tư sè 12/Q§-UBND'
    """
    if "-" not in words or encoding_of_font(font) != "tcvn3" or is_unicode(words):
        return words

    def meaning(found: re.Match[str]) -> str:
        mended = found[0].replace("-", _OPTIONAL)
        return mended if is_syllable(convert(mended, "tcvn3").lower()) else found[0]

    return _HYPHENATED.sub(meaning, words)


def join_spaced(letters: Letters, view: View, start: int) -> list[int]:
    """Put together the words whose letters stand apart, and return where such runs begin."""
    found = []
    for run in _SPACED.finditer(letters.text, start):
        places = [run.start() + place.start() for place in _SOLID.finditer(run[0])]
        boxes = letters.boxes(places)
        left, bottom, right, top = view.turn(boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1])
        gaps = (left[1:] - right[:-1]).tolist()
        height = float((top - bottom).max())
        usual = sorted(gaps)[len(gaps) // 2]
        if not -_HAIR * height < usual < _WIDEST * height:
            continue
        words = letters.text[places[0]]
        for before, place, gap in zip(places, places[1:], gaps, strict=False):
            apart = gap > usual + _WIDER * height and letters.text[place] != ":"
            words += (_SPACED_GAP if apart else _SPACED_JOINT) * (place - before - 1) + letters.text[place]
        if measure_letters(plain(re.sub("\2{2,4}", "\2", words)).lower()).syllables >= _SYLLABLES:
            letters.text = letters.text[: run.start()] + words + letters.text[run.end() :]
            found.append(run.start())
    return found


def join_torn(letters: Letters, first: Any, last: Any, line: Any, box: tuple[Any, Any, Any, Any]) -> None:
    """Put together the halves of a word between which only the parser put a space, since they stand near each other."""
    left, bottom, right, top = box
    gap, height = left[1:] - right[:-1], (top - bottom)[1:]
    torn = (first[1:] - last[:-1] == 2) & (line[1:] == line[:-1]) & (abs(gap) < _HAIR * height)
    places = (last[:-1][torn] + 1).tolist()
    if not places:
        return
    text = letters.text
    for place, item in zip(places, letters.items(places), strict=True):
        if item:
            continue  # a space that stands in the file
        before, behind = _BEFORE.search(plain(text[max(0, place - 20) : place])), _BEHIND.match(text, place + 1)
        if before and behind and _is_one_word(before[0], behind[0]):
            text = text[:place] + JOINT + text[place + 1 :]
    letters.text = text


def _is_one_word(before: str, behind: str) -> bool:
    """Tell whether two parts make one word or number, and are not both words by themselves.

    >>> _is_one_word("ch", "ế"), _is_one_word("Cổ", "phần"), _is_one_word("202", "6")
    (True, False, True)
    """
    if before[-1].isdigit() or behind[0].isdigit():
        return before[-1].isdigit() and behind[0].isdigit()
    return is_syllable(before + behind) and not (is_syllable(before) and is_syllable(behind))
