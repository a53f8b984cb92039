"""The words that Tesseract saw on a page: with their boxes, in lines, and how sure it was of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

_COLUMNS: Final = 12  # of the table of words
_MOST: Final = 20_000  # words of one page
_LONGEST: Final = 200  # letters of one word
# yes: 40%
# yes: 05-NQ/TU
# no:  tháng
_FIGURE: Final = re.compile(r"[0-9]")
# yes: -
# yes: •
# no:  |
_SIGN: Final = re.compile(r"[-–—+•*·…./,;:%()\[\]\"'“”‘’&=<>≥≤]{1,9}")
# yes: \u200b
# no:  a
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufffd]")
# yes: II.
# yes: VIl.
# yes: HI
# no:  11.
_NUMERAL: Final = re.compile(r"(?=[^.]{0,4}[IV])(?P<five>V?)(?P<ones>[IH1l|]{1,4})(?P<stop>[.,;:)-]?)")
# yes: >
# yes: <24
# no:  24
_COMPARED: Final = re.compile(r"[<>](?![<>=])")
_OR_EQUAL: Final = {"<": "≤", ">": "≥"}
# yes: :
# yes: '
# no:  -
_NOISE: Final = re.compile(r"[.,:;'’‘`_|]{1,3}")
_OFF: Final = 0.8  # heights of a line between its end and a speck behind it
# yes: 12,5%o
# no:  12,5%
_PER_MILLE: Final = re.compile(r"(?<=[0-9])[ ]?%[o0](?![^\W_])")
_FAINT: Final = 0.4  # a sign that is no letter, and less sure than this, is a speck
_SURE: Final = 0.80  # a word that is less sure is doubtful
_SURE_FIGURE: Final = 0.90  # the same of a word with a figure
_FEW: Final = 6  # signs
_HIGH: Final = 2.6  # usual heights of a line: what is higher is no writing, or was written by hand
_LOW: Final = 0.35
_FLAT: Final = 0.3  # usual heights: a stroke that is a dash, whatever sign it was taken for
_SPECK: Final = 1  # dots
_TALL: Final = 1.35  # heights of a printed figure
Box = tuple[int, int, int, int]  # left, top, right, bottom in dots


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its box in dots from the upper left corner, and how sure recognition was, from 0 to 1."""

    words: str
    box: Box
    sure: float
    line: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody should rely on it: figures must be surer than letters, which their neighbours confirm."""
        return self.sure < (_SURE_FIGURE if _FIGURE.search(self.words) else _SURE)


def read_words(table: str) -> tuple[Word, ...]:
    """Return the words of the table that Tesseract prints, in its order; a line that is none is passed over.

    >>> read_words("level\\n5\\t1\\t1\\t1\\t1\\t1\\t10\\t20\\t30\\t40\\t96.5\\tKế\\n")
    (Word(words='Kế', box=(10, 20, 40, 60), sure=0.965, line=0),)
    """
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.split("\n")[1:]:
        cells = row.rstrip("\r").split("\t")
        if len(cells) != _COLUMNS or cells[0] != "5":
            continue
        words = unicodedata.normalize("NFC", _CONTROL.sub("", cells[11][:_LONGEST])).strip()
        words = _PER_MILLE.sub("‰", words) if "%" in words else words
        box = _box(cells[6:10])
        sure = _number(cells[10])
        if words and box is not None and sure is not None and len(found) < _MOST:
            line = lines.setdefault(tuple(cells[1:5]), len(lines))
            found.append(Word(words, box, max(0.0, min(sure / 100, 1.0)), line))
    return tuple(found)


def _box(cells: Sequence[str]) -> Box | None:
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 7 for cell in cells):
        return None
    left, top, width, height = map(int, cells)
    return (left, top, left + width, top + height) if width and height else None


def _number(words: str) -> float | None:
    try:
        value = float(words)
    except ValueError:
        return None
    return value if value == value else None


def measure(words: Iterable[Word]) -> float:
    """Return how sure recognition was of all the words, each counted by its letters; 0 where there is none."""
    weights = [(len(word.words), word.sure) for word in words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * sure for weight, sure in weights) / total if total else 0.0


def clear_words(words: Sequence[Word], by_hand: Callable[[Box], bool]) -> list[Word]:
    """Return the words without specks; what was written by hand, as ink and size tell, is doubtful."""
    heights = sorted(word.box[3] - word.box[1] for word in words if len(word.words) > 1)
    usual = heights[len(heights) // 2] if heights else 0
    tall = _TALL * measure_figures(words)
    kept: list[Word] = []
    for word in words:
        word = replace(word, words=word.words.strip("_|") or word.words)  # what is left of a rule
        height = word.box[3] - word.box[1]
        letters = any(map(str.isalnum, word.words))
        flat = word.box[2] - word.box[0] > 1.3 * height and _SPECK < height < _FLAT * usual
        if not letters and not flat and (not _SIGN.fullmatch(word.words) or (word.sure < _FAINT and height > usual)):
            continue
        odd = word.sure < _SURE and len(word.words) < 3 and not _LOW * usual <= height <= _HIGH * usual
        if letters and usual and odd and not _FIGURE.search(word.words):
            continue
        if not letters and flat and len(word.words) == 1 and word.words not in ".,_…":
            word = replace(word, words="-")
        hand = letters and (by_hand(word.box) or (height > tall > 0 and _is_figure(word.words)))
        kept.append(replace(word, sure=0.0) if hand else word)
    return kept


def mend_numerals(words: Iterable[Word], count_stems: Callable[[Box], int]) -> list[Word]:
    """Return the words with the Roman numerals put right that say one stroke too few or too many ("II." for "III.").

    ``count_stems`` tells how many strokes cross the upper part of a box: each I has one, a V or an H two.
    """
    mended: list[Word] = []
    for word in words:
        if found := _NUMERAL.fullmatch(word.words):
            five = found["five"]
            ones = count_stems(word.box) - 2 * len(five)
            read = len(found["ones"]) + found["ones"].count("H")
            if 0 < ones < 4 and (found["stop"] or abs(ones - read) < 2):
                word = replace(word, words=f"{five}{'I' * ones}{found['stop']}")
        mended.append(word)
    return mended


def mend_comparisons(words: Iterable[Word], has_bar: Callable[[Box], bool]) -> list[Word]:
    """Return the words with "≥" and "≤" for ">" and "<" below which ``has_bar`` sees a bar: recognition drops it."""
    return [
        replace(word, words=_OR_EQUAL[word.words[0]] + word.words[1:])
        if _COMPARED.match(word.words) and has_bar(word.box)
        else word
        for word in words
    ]


def without_noise(line: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a line (from left to right) without the specks that stand before it, or far behind it.

    >>> line = [Word("'", (0, 0, 4, 9), 0.6), Word("1.", (20, 0, 29, 20), 0.9), Word("Sở", (35, 0, 60, 20), 0.9)]
    >>> [word.words for word in without_noise(line)]
    ['1.', 'Sở']
    """
    start, end = 0, len(line)
    while start < end and _NOISE.fullmatch(line[start].words):
        start += 1
    while end - start > 1 and _NOISE.fullmatch(line[end - 1].words) and _stands_off(line[end - 2], line[end - 1]):
        end -= 1
    kept = list(line[start:end])
    if kept and kept[0].words[0] in "'’‘`" and len(kept[0].words) > 1:
        kept[0] = replace(kept[0], words=kept[0].words.lstrip("'’‘`"))
    return [word for word in kept if word.words]


def _stands_off(before: Word, word: Word) -> bool:
    return word.box[0] - before.box[2] > _OFF * (before.box[3] - before.box[1])


def measure_figures(words: Iterable[Word]) -> int:
    """Return how high printed figures are on a page; 0 where it has too few to tell."""
    heights = sorted(word.box[3] - word.box[1] for word in words if word.words.isascii() and word.words.isdigit())
    return heights[len(heights) // 2] if len(heights) > 2 else 0


def _is_figure(words: str) -> bool:
    """Tell whether a word is made of figures and at most one other sign: those that a hand wrote are taller."""
    return bool(_FIGURE.search(words)) and sum(not sign.isascii() or not sign.isdigit() for sign in words) < 2


def split_lines(words: Iterable[Word], gap: float) -> Iterator[list[Word]]:
    """Yield the words of each line from left to right; a gap of so many heights of the line divides it."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        line.sort(key=lambda word: word.box[0])
        top, bottom = edges(line)
        run = [line[0]]
        for word in line[1:]:
            if word.box[0] - run[-1].box[2] > gap * (bottom - top):
                yield run
                run = []
            run.append(word)
        yield run


def without_scrawls(words: Sequence[Word]) -> list[Word]:
    """Return the words without the lines that are strokes of a pen; what stands on a line with others stays."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [word for word in words if not is_scrawl(lines[word.line])]


def is_scrawl(line: Sequence[Word]) -> bool:
    """Tell whether a line of a few signs, none of them told with any sureness, is no writing: a stroke of a pen.

    What may be a figure is kept: a number that somebody wrote must leave a doubt, not a blank.
    """
    if any(_FIGURE.search(word.words) for word in line):
        return False
    return sum(len(word.words) for word in line) < _FEW and max(word.sure for word in line) < _FAINT


def edges(line: Sequence[Word]) -> tuple[int, int]:
    """Return the upper and lower edge of a line: those of its higher and its lower words, not of a mark that is out."""
    tops, bottoms = sorted(word.box[1] for word in line), sorted(word.box[3] for word in line)
    return tops[len(tops) // 5], bottoms[-1 - len(bottoms) // 5]


def place_doubts(words: Sequence[Word]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the words with spaces between them, and where among them the doubtful ones stand.

    >>> place_doubts([Word("đạt", (0, 0, 9, 9), 0.99), Word("90%", (10, 0, 19, 9), 0.4)])
    ('đạt 90%', ((4, 7),))
    """
    parts: list[str] = []
    doubts: list[tuple[int, int]] = []
    at = 0
    for word in words:
        if word.is_doubtful:
            doubts.append((at, at + len(word.words)))
        parts.append(word.words)
        at += len(word.words) + 1
    return " ".join(parts), tuple(doubts)
