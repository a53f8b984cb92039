"""Whether two mentions mean one document: number, issuer and year must agree; a number alone is no identity.

66/KH-UBND of thị xã Mỹ Hào and 66/KH-UBND of Hà Nội are two plans. A plan whose number is blank may still be the one
that another document cites, by its kind, issuer, programme and what is known of its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from vnplan.compare.programme import (
    Period,
    part_of,
    period_of,
    programme_name,
    read_period,
    same_programme,
    with_outlook,
)  # fmt: skip
from vnplan.gazetteer import find_units, resolve_issuer, same_agency
from vnplan.identity import document_urn, number_key, plain_ascii, year_of_number
from vnplan.model import Document, Kind, Level, Reference

Differs = Literal["number", "date", "issuer"]
_RANKS: Final[dict[str, float]] = {"central": 0.0, "province": 1.0, "district": 2.0, "commune": 3.0}
_HEADS: Final = (
    "UBND", "HĐND", "Ủy ban nhân dân", "Hội đồng nhân dân", "Chủ tịch UBND", "Thủ tướng", "Chính phủ", "Quốc hội",
    "Ủy ban Thường vụ Quốc hội", "Chủ tịch nước", "Ban Chấp hành", "Bộ Chính trị", "Ban Bí thư", "Tỉnh ủy", "Thành ủy",
    "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy",
)  # fmt: skip
_ACTS: Final = frozenset({"decision", "programme", "scheme", "project", "strategy", "plan"})
_LETTERS: Final = frozenset({"official letter", "telegram", "notice", "other", "guideline"})
_ONE_A_DAY: Final = frozenset({"plan", "programme", "scheme", "project", "strategy"})
_LONG_NAME: Final = 12  # letters of a name in which one that differs may be a slip
# yes: (UBND) tỉnh Lạng Sơn / (UBND) xã Dị Sử
# no:  Bộ Y tế
_UNIT = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)[ ][^,]{1,40}$")
_OFFICE = re.compile(r"^(?:Phó[ ])?(?:Chủ tịch|Bộ trưởng|Giám đốc|Cục trưởng|Trưởng ban)[ ](?=[A-ZĐU])")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a document from its own header or from a mention of it."""

    kind: Kind | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    level: Level | None = None
    jurisdiction: str | None = None
    programme: str | None = None
    period: Period | None = None

    @property
    def key(self) -> str | None:
        """The number as it is compared, None when it is blank."""
        return number_key(self.number) or None if self.number else None

    @property
    def year(self) -> str | None:
        """The year of the date, else the one that the number carries."""
        return self.date[:4] if self.date and self.date[:4].isdigit() else year_of_number(self.number)

    @property
    def rank(self) -> float | None:
        """How far below the Government: 0 for it, 1 for a province, half a step more for its departments."""
        if self.level is None:
            return None
        name = body_of(self.issuer or "UBND")
        return _RANKS[self.level] + (0.0 if name.startswith(_HEADS) else 0.5)

    @property
    def known(self) -> int:
        """How many of its fields are known."""
        return sum(field is not None for field in (self.number, self.date, self.issuer, self.programme, self.period))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How certain it is that two cards mean one document, and what they contradict each other in."""

    confidence: float
    differs: Differs | None = None


def body_of(issuer: str) -> str:
    """Return the body for which an office signs ("Bộ trưởng Bộ Y tế": Bộ Y tế)."""
    return _OFFICE.sub("", issuer)


def places_of(jurisdiction: str | None) -> tuple[str, ...]:
    """Return the units of a jurisdiction, the lowest first."""
    return tuple(part.strip() for part in (jurisdiction or "").split(",") if part.strip())


def document_card(document: Document) -> Card:
    """Return what a document says of itself."""
    header = document.header
    return Card(
        header.kind,
        header.number,
        header.date,
        header.issuer,
        header.level,
        header.jurisdiction,
        programme_name(header.subject, places_of(header.jurisdiction)),
        with_outlook(read_period(header.period) or period_of(header.subject), header.subject),
    )


@lru_cache(maxsize=8192)
def _issuer(words: str, on: str | None) -> tuple[Level | None, str | None]:
    found = resolve_issuer(words, on=on)
    return found.level, found.jurisdiction


def reference_card(reference: Reference) -> Card:
    """Return what a mention says of the document that it mentions."""
    level, jurisdiction = _issuer(reference.issuer, reference.date) if reference.issuer else (None, None)
    if level is None and reference.number and reference.number.endswith(("-TTg", "-CP", "QH15", "QH14")):
        level = "central"
    return Card(
        reference.kind,
        reference.number,
        reference.date,
        reference.issuer,
        level,
        jurisdiction,
        programme_name(reference.subject, places_of(jurisdiction)),
        with_outlook(period_of(reference.subject), reference.subject),
    )


def card_urn(card: Card) -> str:
    """Return the URN:LEX of a document that is only mentioned."""
    return document_urn(
        issuer=card.issuer,
        kind=card.kind,
        date=card.date,
        number=card.number,
        jurisdiction=card.jurisdiction,
        name=card.programme,
        fallback=repr(card),
    )


def dates_agree(one: str | None, other: str | None) -> bool | None:
    """Return whether two EDTF dates may be one day ("2024-01" and "2024-01-30" may), None when either is unknown."""
    if not one or not other:
        return None
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(short + "-")


@lru_cache(maxsize=16384)
def _one_body(one: str, other: str, on_one: str | None, on_other: str | None) -> bool:
    return same_agency(body_of(one), body_of(other), on_a=on_one, on_b=on_other)


@lru_cache(maxsize=8192)
def is_place(name: str) -> bool:
    """Return whether the lists of units have one of this name."""
    return bool(find_units(name))


@lru_cache(maxsize=16384)
def _mistyped(one: str, other: str) -> bool:
    """Return whether two names are one but for marks of letters, or for one letter where one names no known unit.

    Quảng Bình and Quảng Ninh are one letter apart, and both are known.
    """
    if one == other:
        return False
    left, right = (plain_ascii(name) for name in (body_of(one), body_of(other)))
    if left == right:
        return True
    from rapidfuzz.distance import OSA

    if min(len(left), len(right)) < _LONG_NAME or OSA.distance(left, right, score_cutoff=1) > 1:
        return False
    on_places = [is_place(match[0]) for name in (one, other) if (match := _UNIT.search(name))]
    return len(on_places) == 2 and on_places.count(True) == 1


@lru_cache(maxsize=65536)
def _other_places(one: str | None, other: str | None) -> bool:
    """Return whether two jurisdictions of one depth lie in different units that the lists have."""
    units, others = places_of(one), places_of(other)
    if not units or len(units) != len(others) or plain_ascii(units[-1]) == plain_ascii(others[-1]):
        return False
    return is_place(units[-1]) and is_place(others[-1])


def issuers_agree(one: Card, other: Card) -> bool | None:
    """Return whether the two issuers may be one body, None when either is unknown."""
    if not one.issuer or not other.issuer:
        return None
    if one.issuer == other.issuer and one.jurisdiction == other.jurisdiction:
        return True
    if _other_places(one.jurisdiction, other.jurisdiction):
        return False
    if _mistyped(one.issuer, other.issuer):
        return True
    if one.jurisdiction and other.jurisdiction:
        units, others = places_of(one.jurisdiction), places_of(other.jurisdiction)
        if units[-1:] != others[-1:] and len(units) == len(others):
            return False
    return _one_body(one.issuer, other.issuer, one.date, other.date)


def _kinds_agree(one: Kind | None, other: Kind | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return {one, other} <= _ACTS or {one, other} <= _LETTERS


def identify(mention: Card, document: Card, *, assumed: str | None = None) -> Likeness | None:
    """Return how certain it is that the mention means the document, None when it does not.

    ``assumed`` is the programme of the document that implements what it mentions without a subject.

    >>> plan = Card("plan", "66/KH-UBND", "2024-02-23", "UBND thị xã Mỹ Hào", "district")
    >>> identify(Card("plan", "66/KH- UBND", "2024-02-23", "UBND thị xã Mỹ Hào"), plan)
    Likeness(confidence=0.98, differs=None)
    >>> identify(Card("plan", "66/KH-UBND", "2024-02-23", "UBND thành phố Hà Nội"), plan) is None
    True
    """
    if mention.key and document.key:
        return _by_number(mention, document, assumed) if mention.key == document.key else None
    if mention.key is None and document.key is None and mention.programme is None:
        return None
    return _by_rest(mention, document, assumed)


def _by_number(mention: Card, document: Card, assumed: str | None) -> Likeness | None:
    dates, issuers = dates_agree(mention.date, document.date), issuers_agree(mention, document)
    years = mention.year == document.year if mention.year and document.year else None
    about = same_programme(mention.programme, document.programme)
    if issuers is False:
        if mention.level != document.level or mention.jurisdiction != document.jurisdiction:
            return None
        return Likeness(0.7, "issuer") if about and dates and len(mention.date or "") == 10 else None
    if years is False:
        return _of_another_year(mention, document, about or same_programme(assumed, document.programme), issuers)
    if dates is False:
        return Likeness(0.9 if issuers else 0.75, "date")
    if dates and issuers:
        return Likeness(0.98)
    if dates or (issuers and years):
        return Likeness(0.93)
    if issuers or about:
        return Likeness(0.8 if about or mention.programme is None else 0.6)
    return None


def _of_another_year(mention: Card, document: Card, about: float, issuers: bool | None) -> Likeness | None:
    """Compare where number and issuer agree and the years do not: a slip, or the same number in another year.

    A slip it is when day and month agree, or the number carries the year, or both are about one thing that does not
    come back every year: of yearly plans the years must be the same.
    """
    if not issuers:
        return None
    one, other = mention.date or "", document.date or ""
    if year_of_number(mention.number) or (len(one) == len(other) == 10 and one[4:] == other[4:]):
        return Likeness(0.9, "date")
    years, own = mention.period, document.period
    recurs = own is not None and (years != own if years else own.first == own.last)
    return Likeness(0.75, "date") if about and not recurs else None


def _by_rest(mention: Card, document: Card, assumed: str | None) -> Likeness | None:
    """Compare where one number is blank: kind, issuer, programme and what is known of the dates must agree.

    Of a mention without a subject the programme is taken that the citing document implements, or does a part of.
    """
    dates = dates_agree(mention.date, document.date)
    if not _kinds_agree(mention.kind, document.kind) or not issuers_agree(mention, document) or dates is False:
        return None
    if mention.period and document.period and not mention.period.meets(document.period):
        return None
    if mention.programme is None and assumed:
        own = same_programme(assumed, document.programme) or part_of(assumed, document.programme)
        return Likeness(0.75) if own and dates and len(document.date or "") >= 7 else None
    if not same_programme(mention.programme, document.programme):
        return None
    return Likeness(0.85 if dates else 0.6)


def nearly(mention: Card, document: Card) -> Likeness | None:
    """Return how certain it is that the mention means the document although their numbers differ.

    That is a slip of the pen: same issuer, day and kind, a number one slip away, and nothing else against it. Two
    decisions of one body on one day differ in number too, so that a bare neighbour in number is not enough.
    """
    if not mention.key or not document.key or mention.key == document.key:
        return None
    if not dates_agree(mention.date, document.date) or len(mention.date or "") < 10:
        return None
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    (digits, code), (own_digits, own_code) = _halves(mention.key), _halves(document.key)
    if digits != own_digits and (code != own_code or OSA.distance(digits, own_digits, score_cutoff=1) > 1):
        return None
    if not _kinds_agree(mention.kind, document.kind) or not issuers_agree(mention, document):
        return None
    about = same_programme(mention.programme, document.programme)
    if mention.programme and document.programme and not about:
        return None
    if digits == own_digits:
        if _letters(code) == _letters(own_code):
            return Likeness(0.95)  # only the signs between the letters differ
        return Likeness(0.85 if about else 0.75, "number") if fuzz.ratio(code, own_code) >= 70 else None
    swapped = sorted(digits) == sorted(own_digits)
    if swapped or (about and (document.kind or mention.kind) in _ONE_A_DAY):
        return Likeness(0.9 if about and swapped else 0.8, "number")
    return None


def _letters(code: str) -> str:
    return "".join(letter for letter in code if letter.isalnum())


def _halves(key: str) -> tuple[str, str]:
    digits, _, code = key.partition("/")
    return digits, code


def above(upper: Card, lower: Card) -> bool | None:
    """Return whether ``upper`` may stand above ``lower`` by level and territory; None when a level is unknown."""
    if upper.rank is None or lower.rank is None:
        return None
    if upper.rank >= lower.rank:
        return False
    units, own = places_of(upper.jurisdiction), places_of(lower.jurisdiction)
    return not units or not own or own[-len(units) :] == units
