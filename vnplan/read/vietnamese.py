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


# The vowels of a syllable, without their tones: with the consonant that ends it, and without; the last letter of those
# that end in a glide never has the tone.
_CLOSED: Final = "uyê|iê|yê|oa|oă|oe|oo|uâ|uê|uô|uy|ươ|[aăâeêioôơuưy]"
_OPEN: Final = "oa|oe|uê|uơ|uy|[aeêioôơuưy]"
_GLIDE: Final = "iêu|yêu|oai|oao|oay|oeo|uôi|uây|uya|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu"
# yes: nghiêp
# yes: uy
# no:  oê
_TONELESS: Final = re.compile(f"{_ONSET}?(?:(?:{_CLOSED})(?P<coda>{_CODA})|(?:{_OPEN})|(?P<glide>{_GLIDE}))")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS: Final = frozenset(("c", "ch", "p", "t"))
_STOP_TONES: Final = frozenset(("\u0301", "\u0323"))
_LONGEST: Final = 12  # letters and marks; "nghiêng" has nine


def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable: its vowels go together, and its tone, if any, fits.

    >>> is_syllable("hoạch"), is_syllable("ho¹ch"), is_syllable("hoaẽch"), is_syllable("đẹt"), is_syllable("đẻt")
    (True, False, False, True, False)
    """
    if len(word) > _LONGEST:
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    found = _TONELESS.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    if found["glide"] is not None and letters[-1] in _TONES:
        return False
    return found["coda"] not in _STOPS or not _STOP_TONES.isdisjoint(tones)


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
