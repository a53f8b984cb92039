"""Letter statistics that tell Vietnamese text from text that a reader got wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_SAMPLE: Final = 20_000
_VOWELS: Final = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_MARKED: Final = frozenset(_VOWELS + "đ") - frozenset("aeiouy")
_ONSET: Final = "(?:ngh|ng|nh|gh|gi|qu|kh|ph|th|tr|ch|[bcdđghklmnprstvx])"
_CODA: Final = "(?:ch|nh|ng|[cmnpt])"
# yes: nghiệp
# yes: uỷ
# no:  cqng
_SYLLABLE: Final = re.compile(f"{_ONSET}?[{_VOWELS}]{{1,3}}{_CODA}?")
# yes: Kế
# yes: UBND
# no:  M70
_WORD: Final = re.compile(r"[^\W\d_]{2,40}")


@dataclass(frozen=True, slots=True)
class Letters:
    """How much of a text looks like Vietnamese: shares of its words, from 0 to 1."""

    words: int  # words looked at
    syllables: float  # words that are built like a Vietnamese syllable
    marked: float  # such words that carry a diacritic


def is_syllable(word: str) -> bool:
    """Tell whether a word is built like a Vietnamese syllable.

    >>> is_syllable("hoạch"), is_syllable("ho¹ch")
    (True, False)
    """
    return _SYLLABLE.fullmatch(_compose(word).lower()) is not None


def count_letters(text: str) -> int:
    """Return how many letters ``text`` has."""
    return sum(map(str.isalpha, text))


def measure_letters(text: str) -> Letters:
    """Return the statistics of a sample from the start and the middle of ``text``.

    >>> measure_letters("Ủy ban nhân dân tỉnh ban hành kế hoạch").syllables
    1.0
    >>> measure_letters("CQNG HOA XA HQI CHU NGHIA VIPT NAM").syllables < 0.7
    True
    """
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    words = _WORD.findall(_compose(text))
    good = [word for word in map(str.lower, words) if _SYLLABLE.fullmatch(word)]
    total = max(1, len(words))
    return Letters(len(words), len(good) / total, sum(not _MARKED.isdisjoint(word) for word in good) / total)


def _compose(text: str) -> str:
    # A long run of combining marks makes normalisation quadratic on Python 3.11; a sample never needs one.
    return unicodedata.normalize("NFC", re.sub(r"([\u0300-\u036f]{3})[\u0300-\u036f]{1,1000}", r"\1", text))
