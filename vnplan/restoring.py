"""Text that was recognised in a picture: the marks of keywords, and the labels of a sequence, are put right.

Recognition takes one mark for another ("Phần đấu", "tô chức", "KÉ HOẠCH"). What is matched is repaired, and only that:
words of several syllables that the word lists of the other stages hold, where every letter agrees but for its marks
and what is printed is no phrase of its own; labels, where those before and behind leave no choice. The length stays the
same, and so do the words that are quoted. No figure of a sentence is touched; a stroke where a figure must stand is
taken for 1, and said to be doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from vnplan.extract.lexicon import word_list
from vnplan.gazetteer.tables import read_table
from vnplan.model import Paragraph, Problem, Source, Text
from vnplan.structure.lexicons import read_lines
from vnplan.text import place_tones

_LONGEST: Final = 7  # syllables
_EXTRACT_LISTS: Final = (
    "deadlines_fixed", "deadlines_habit", "deadlines_labels", "deadlines_qualified", "kinds", "references_acting",
    "references_acts", "references_cues", "references_offices", "target_heads", "target_measures", "target_nominal",
    "target_populations", "target_promises", "target_statistics", "target_units", "target_verbs", "target_weak_verbs",
    "task_coordinating", "task_lead", "recognition_formulas",
)  # fmt: skip
_STRUCTURE_LISTS: Final = ("columns.txt", "kinds.txt", "positions.txt", "roles.txt")
# yes: kế hoạch
# no:  SYT
_PHRASE: Final = re.compile(r"[^\W\d_]{1,9}(?:[ ][^\W\d_]{1,9}){1,7}")
# yes: Điều 2. Tổ chức
# yes: II. Nhiệm vụ
# no:  nhiệm vụ
_LABELLED: Final = re.compile(r"(?:Điều [0-9]{1,3}|[IVX]{1,5}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-zđ])[.)][ ]")
_HEADING: Final = 80  # letters: what is longer is no heading
_SEVERAL: Final = 8  # letters: two shorter phrases may have the same shape
_SHAPES: Final = str.maketrans({"b": "h", "e": "c", "o": "c", "l": "i", "t": "i", "u": "n"})
_SYLLABLE: Final = re.compile(r"[^\W\d_]{1,9}")
# What leads to a figure: an aim is meant.
# yes: (Phần đầu) 90% / (phần đầu) đến hết năm 2030
# no:  (phần đầu) của Kế hoạch
_AIM: Final = re.compile(
    r"[ ](?:đến |hằng năm |hàng năm |trong năm |trên |dưới |tối thiểu |ít nhất |có |đạt |giảm |tăng ){0,2}"
    r"(?:hết |cuối )?(?:năm )?[0-9]"
)
# A stroke between words that bound a number and the word for what is counted.
# yes: ít nhất I buổi / tối thiểu l lần
# no:  Quý I năm / loại I trở lên
_LONE: Final = re.compile(
    r"(?<![^\W_])(?:ít nhất|tối thiểu|tối đa|không quá|khoảng|mỗi năm|hằng năm|hàng năm)[ ](?:là |có )?"
    r"(?P<one>[Il|])[ ](?=[^\W\d_A-ZĐ]{2})"
)
_LONE_NOTE: Final = "a stroke was taken for the figure 1: look at the page"
_BARE: dict[str, str] = {}


def restore(text: Text, source: Source) -> Text:
    """Return the text with keywords and labels put right on the pages that were recognised; total on any text.

    ``printed``, ``raw`` and every offset stay as they are.
    """
    pages = {number for number, sure in enumerate(source.page_confidence, start=1) if sure is not None}
    recognised = [paragraph for paragraph in text.paragraphs if paragraph.page in pages]
    changes = [change for paragraph in recognised for change in _find_words(text.clean, paragraph)]
    changes += [
        change
        for paragraph in recognised
        if paragraph.kind == "paragraph" and (change := _find_heading(text.clean, paragraph))
    ]
    changes += _find_labels(text.clean, [paragraph for paragraph in recognised if paragraph.kind == "paragraph"])
    ones = [found.start("one") for one in recognised for found in _LONE.finditer(text.clean, one.start, one.end)]
    changes += [(start, "1") for start in ones]
    if not changes:
        return text
    letters = list(text.clean)
    for start, words in changes:
        letters[start : start + len(words)] = words
    problems = tuple(Problem("doubtful:figure", _LONE_NOTE, text.span(start, start + 1)) for start in ones)
    return replace(text, clean="".join(letters), problems=(*text.problems, *problems))


def _find_words(clean: str, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """Yield where a keyword of a paragraph was misread, and the right one; the longest that fits counts."""
    phrases, openings = _phrases()
    syllables = [found.span() for found in _SYLLABLE.finditer(clean, paragraph.start, paragraph.end)]
    bare = [_bare(clean[start:end]) for start, end in syllables]
    at = 0
    while at < len(syllables) - 1:
        longest = openings.get(bare[at], 0)
        for count in range(min(longest, len(syllables) - at), 1, -1):
            right = phrases.get(" ".join(bare[at : at + count]))
            start, end = syllables[at][0], syllables[at + count - 1][1]
            if right is None or end - start != len(right[0]):
                continue
            printed = clean[start:end]
            if len(right) == 1 and _may_change(clean, printed, right[0], end):
                yield start, _in_case(printed, right[0])
            at += count - 1
            break
        at += 1


def _find_heading(clean: str, paragraph: Paragraph) -> tuple[int, str] | None:
    """Return where the words that a labelled heading begins with have letters of a like shape, and the right ones."""
    label = _LABELLED.match(clean, paragraph.start, min(paragraph.end, paragraph.start + _HEADING))
    if label is None or paragraph.end - paragraph.start > _HEADING:
        return None
    syllables = [found.span() for found in _SYLLABLE.finditer(clean, label.end(), paragraph.end)][:_LONGEST]
    for count in range(len(syllables), 1, -1):
        start, end = syllables[0][0], syllables[count - 1][1]
        printed = clean[start:end]
        right = _headings().get(_bare(printed).translate(_SHAPES))
        if right is not None and len(right) == len(printed) and start == label.end():
            return None if _bare(printed) == _bare(right) else (start, _in_case(printed, right))
    return None


@cache
def _headings() -> dict[str, str]:
    """Return the words that headings begin with, by the shapes of their letters."""
    return {
        _bare(phrase).translate(_SHAPES): phrase
        for line in read_lines("roles.txt")
        if len(phrase := place_tones(unicodedata.normalize("NFC", line)).lower()) >= _SEVERAL and " " in phrase
    }


def _may_change(clean: str, printed: str, right: str, end: int) -> bool:
    """Tell whether what is printed is no phrase of its own, or stands where it can be none."""
    small = printed.lower()
    if small == right or len(small) != len(right):
        return False
    return small not in _own_phrases() or _AIM.match(clean, end) is not None


def _in_case(printed: str, right: str) -> str:
    """Return the right words in capitals where the printed ones are."""
    return "".join(
        letter.upper() if before.isupper() else letter for before, letter in zip(printed, right, strict=True)
    )


@cache
def _phrases() -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """Return the keywords by their bare letters, and how many syllables those have that begin with a bare syllable."""
    found: dict[str, tuple[str, ...]] = {}
    openings: dict[str, int] = {}
    for phrase in _keywords():
        key = _bare(phrase)
        if phrase not in found.get(key, ()):
            found[key] = (*found.get(key, ()), phrase)
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        openings[first] = max(openings.get(first, 0), count)
    return found, openings


def _keywords() -> Iterator[str]:
    """Yield the phrases of the word lists, in small letters."""
    lines: list[str] = []
    for name in _EXTRACT_LISTS:
        lines += word_list(name)
    for name in _STRUCTURE_LISTS:
        lines += read_lines(name)
    lines += [row[0] for row in read_table("agencies.tsv", 1)]
    lines += [row[2] for row in read_table("units.tsv", 3) if row[1] in ("tỉnh", "thành phố") and "." not in row[0]]
    for line in lines:
        for part in re.split(r"[=|;,\t]", line):
            phrase = place_tones(unicodedata.normalize("NFC", part.strip(" -?!"))).lower()
            if _PHRASE.fullmatch(phrase) and phrase.count(" ") < _LONGEST:
                yield phrase


@cache
def _own_phrases() -> frozenset[str]:
    """Return the phrases that differ from a keyword in their marks alone, and mean something of their own."""
    return frozenset(place_tones(phrase).lower() for phrase in word_list("recognition_phrases"))


def _bare(words: str) -> str:
    """Return words in small letters without their marks, letter for letter.

    >>> _bare("Phấn đấu"), _bare("KÉ HOẠCH")
    ('phan dau', 'ke hoach')
    """
    small = words.lower()
    for letter in set(small) - _BARE.keys():
        if len(_BARE) < 5_000:
            _BARE[letter] = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
    return "".join(_BARE.get(letter, letter) for letter in small)


_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_ALIKE: Final = {"a": "q@", "c": "œ©€", "e": "©œ€", "g": "8ø", "i": "1l!|", "đ": "ä0"}
_ROMAN: Final = str.maketrans("l1|i", "IIII")
# yes: II. / Il. / 1I. / l. / 8) / ©)
# no:  2.000 / I.1
_LABEL: Final = re.compile(r"(?P<label>[IVXl1|i]{1,5}|[0-9]{1,2}|[^\s])(?P<stop>[.)])[ ]?(?=[^\W\d_(“\"])")
_ROMAN_LABEL: Final = re.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")
# yes: ~ Tăng cường
# no:  - Tăng cường
_ODD_BULLET: Final = re.compile(r"[~¬_—«»®©°*=•·.][ ]")
_VALUES: Final = {"I": 1, "V": 5, "X": 10}


def _find_labels(clean: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield where a label was misread, and the right one, where its neighbours leave no other."""
    labels = [
        (paragraph.start, found["label"], found["stop"])
        for paragraph in paragraphs
        if (found := _LABEL.match(clean, paragraph.start, min(paragraph.end, paragraph.start + 12)))
    ]
    yield from _roman_labels(labels)
    yield from _first_labels(labels)
    yield from _letter_labels([label for label in labels if label[2] == ")" and len(label[1]) == 1])
    yield from _stops(clean, paragraphs)
    marks = [clean[paragraph.start : paragraph.start + 2] for paragraph in paragraphs]
    for at in range(1, len(marks) - 1):
        if _ODD_BULLET.match(marks[at]) and marks[at - 1] == marks[at + 1] == "- ":
            yield paragraphs[at].start, "-"


def _roman_labels(labels: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Yield the Roman numerals with an l, 1 or bar in them that go on with the one before."""
    last = 0
    for start, label, stop in labels:
        roman = label.translate(_ROMAN)
        if stop != "." or not _ROMAN_LABEL.fullmatch(roman) or (len(label) == 1 and label in "l1|i"):
            continue
        if roman == label:
            last = _value(roman)
        elif not label.isdigit() and _value(roman) == last + 1:
            last += 1
            yield start, roman


def _value(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman]
    return sum(-one if one < two else one for one, two in pairwise([*values, 0]))


def _first_labels(labels: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Yield each "l." or "I." that a "2." follows, without a "1." or another numeral before it."""
    for (start, label, stop), (_, behind, its_stop) in pairwise(
        [label for label in labels if label[1] in ("l", "I", "|") or label[1].isdigit() or len(label[1]) > 1]
    ):
        if label in ("l", "I", "|") and stop == its_stop == "." and behind == "2":
            yield start, "1"


def _letter_labels(labels: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Yield each sign before a bracket that stands between two letters with one letter between them.

    At the beginning or the end of a list there is one letter on one side only; then the sign must look like its own.
    """
    for before, (start, label, _), behind in zip([None, *labels], labels, [*labels[1:], None], strict=False):
        at = _LETTERS.find(before[1]) if before is not None else -1
        follows = _LETTERS.find(behind[1]) if behind is not None else -1
        between = at >= 0 and follows == at + 2
        awaited = "a" if follows == 1 and at != 0 else _LETTERS[at + 1] if 0 <= at < len(_LETTERS) - 1 else ""
        if awaited and label != awaited and (between or (follows < 2 and _is_like(label, awaited))):
            yield start, awaited


def _is_like(sign: str, letter: str) -> bool:
    """Tell whether a sign that is no letter of a list there may be a misread letter.

    >>> _is_like("ï", "i"), _is_like("q", "a"), _is_like("h", "i")
    (True, True, False)
    """
    return sign in _ALIKE.get(letter, "") or (sign not in _LETTERS and _bare(sign) == letter)


# yes: 4) Cải cách / 2 Các sở / II MỤC TIÊU
# no:  2.1. Chỉ tiêu / 95% trẻ em
_COUNTED: Final = re.compile(r"(?P<label>[IVX]{1,5}|[0-9]{1,2})(?P<stop>[.),]|(?=[ ]))(?P<gap>[ ]?)(?=[^\W\d_])")


def _stops(clean: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield each "4)", "4," or "4" before a capital that stands between "3." and "5.", and the point of its label."""
    rows: dict[bool, list[tuple[int, str, int]]] = {True: [], False: []}
    for paragraph in paragraphs:
        found = _COUNTED.match(clean, paragraph.start, min(paragraph.end, paragraph.start + 12))
        if found is None or (not found["stop"] and not clean[found.end()].isupper()):
            continue
        label, numeral = found["label"], not found["label"].isdigit()
        if not numeral or _ROMAN_LABEL.fullmatch(label):
            rows[numeral].append((_value(label) if numeral else int(label), found["stop"], found.end("label")))
    for row in rows.values():
        for before, (value, stop, at), behind in zip(row, row[1:], row[2:], strict=False):
            right = before[1]
            between = before[0] + 1 == value == behind[0] - 1
            if between and right == behind[1] and right in (".", ")") and stop != right:
                yield at, right
