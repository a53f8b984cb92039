"""Document numbers (số, ký hiệu): what they look like in running text, how they are put right, the kind they tell.

Nghị định 30/2020/NĐ-CP, Phụ lục I: ``32/KH-UBND``; legal acts carry the year, ``30/2020/NĐ-CP``; the Party puts a
hyphen first, ``57-NQ/TW``; the National Assembly ``147/2025/QH15``; since 2025 also dotted, ``66.18/2026/NQ-CP``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from vnplan.extract.lexicon import word_list
from vnplan.identity import plain_letters
from vnplan.model import Kind

_UPPER = (
    "A-ZĐÂÊÔƠƯĂ\u0410-\u042f"  # no letters with tones: codes have none; and Cyrillic capitals that look like Latin ones
)
# yes: 1591, 66.18, 12a
# no:  12.345.678
_COUNT = r"[0-9]{1,6}(?:\.[0-9]{1,3})?[a-zA-ZđĐ]?"
_YEAR = r"[ ]?[/-][ ]?(?:19|20)[0-9]{2}"
# yes: UBND, TTg, LĐTBXH, QH15
# no:  Kế (an accented letter follows)
_PART = rf"[{_UPPER}][{_UPPER}a-zđâêôơư0-9]{{0,19}}(?!\w)"
_TIGHT = rf"(?:[-/&+_]{{1,2}}[ ]?|[ ][-/&]|\.(?=[{_UPPER}]{{2}}))"  # a space on one side at most: "KH- UBND"


def _pairs(name: str) -> dict[str, str]:
    """Return the entries "left = right" of a word list."""
    return {left.strip(): right.strip() for left, _, right in (entry.partition("=") for entry in word_list(name))}


def _kind(words: str) -> Kind | None:
    return next((kind for kind in get_args(Kind) if kind == words), None)


@cache
def kind_words() -> dict[str, tuple[Kind | None, bool]]:
    """Return the words (small letters) for kinds of documents, with the kind and whether the number decides."""
    return {words: (_kind(kind.lstrip("?")), kind.startswith("?")) for words, kind in _pairs("kinds").items()}


@cache
def kind_codes() -> dict[str, Kind]:
    """Return the kinds by their codes."""
    return {code: kind for code, words in _pairs("kinds_codes").items() if (kind := _kind(words))}


@cache
def issuer_codes() -> dict[str, str]:
    """Return the bodies that have a code to themselves."""
    return _pairs("kinds_issuers")


@cache
def number_pattern() -> re.Pattern[str]:
    """Return the pattern of a document number: groups ``count``, ``year``, ``code``.

    After the code of a kind both sides of a hyphen may have a space ("QĐ - UBND"); elsewhere one side at most, so that
    a dash between two phrases does not lengthen the number.
    """
    codes = "|".join(sorted(map(re.escape, kind_codes()), key=len, reverse=True))
    # yes: 32/KH-UBND, 66/KH- UBND, 57-NQ/TW, 24/2026//NQ-CP, 202/2025/QH15, 09/2018 / TT - BKHCN
    # yes: 23/LĐTBXH-TE, 08/2012/TTLT-BLĐTBXH-BNV, 3260-KH/ĐĐQH15
    # no:  30/11/2024, 1/2000, 24/7
    return re.compile(
        rf"(?<![\w/.,-])(?P<count>{_COUNT})(?P<year>{_YEAR})?[ ]?[-/]{{1,2}}[ ]?"
        rf"(?P<code>(?:(?:{codes})(?:[ ]?[-/][ ]?|[ ]?-[ ]-[ ]?))?{_PART}(?:{_TIGHT}{_PART}){{0,5}})"
    )


@cache
def blank_pattern() -> re.Pattern[str]:
    """Return the pattern of a number of which only the code is filled in: group ``code``."""
    # yes: số /KH-UBND, số: …../QĐ-UBND
    # no:  số 12/KH-UBND
    return re.compile(rf"(?i:số)[ ]?:?[ ]?[.…_ ]{{0,30}}[-/](?P<code>{_PART}(?:{_TIGHT}{_PART}){{0,5}})")


def normal_number(found: re.Match[str]) -> str:
    """Return a matched number without stray spaces and doubled signs: "66/KH- UBND" is "66/KH-UBND".

    >>> normal_number(number_pattern().search("số 09/2018 // TT - BKHCN"))
    '09/2018/TT-BKHCN'
    """
    words = plain_letters("".join(found[0].split()))
    words = re.sub(r"/{2,4}", "/", re.sub(r"-{2,4}", "-", words))
    if found["year"] and found["year"].strip().startswith("-"):
        count = "".join(found["count"].split())
        words = words.replace(f"{count}-", f"{count}/", 1)
    if words.isupper():  # the capitals of a title
        words = re.sub(r"(?<=[-/])TTG(?!\w)", "TTg", words)
        words = re.sub(r"(?<=[-/])(CT|TT)R(?!\w)", r"\1r", words)
    return words


def kind_of_number(number: str) -> Kind | None:
    """Return the kind whose code stands in the number, None when there is none ("23/LĐTBXH-TE").

    >>> kind_of_number("57-NQ/TW"), kind_of_number("3260-KH/ĐĐQH15"), kind_of_number("7432/UBND-XD")
    ('resolution', 'plan', None)
    """
    parts = re.split(r"[-/]", number)
    for part in parts[1:4]:
        if part and not part.isdigit():
            return kind_codes().get(part)
    return None


def issuer_of_number(number: str) -> str | None:
    """Return the body that alone uses the code of the number, or None.

    >>> issuer_of_number("1591/QĐ-TTg"), issuer_of_number("32/KH-UBND")
    ('Thủ tướng Chính phủ', None)
    """
    return next((body for code, body in issuer_codes().items() if number.endswith("/" + code)), None)
