"""Which programme a document belongs to, and for which years: what links plans that do not cite each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vnplan.compare.words import entries, syllables
from vnplan.text import fold

SAME_NAME = 92.0  # token_sort_ratio of two names of one programme; two CCHC plans of one year reach 88
FEWEST_SHARED = 4  # syllables of a name that another name may hold; fewer say too little ("chuyển đổi số")
SAME_WORDS = 0.8  # shared syllables of all syllables of both names

_YEAR = r"(?:19|20)[0-9]{2}"
# yes: giai đoạn 2024 - 2030; từ năm 2021 đến năm 2030
# yes: giai đoạn 2021-2025, định hướng đến năm 2030
# no:  ngày 08/12/2023
_SPAN = re.compile(
    rf"(?:,[ ]?)?(?:giai đoạn|thời kỳ|nhiệm kỳ|từ)[ ](?:từ[ ])?(?:năm[ ])?({_YEAR})"
    rf"[ ]?(?:-|đến)[ ]?(?:hết[ ])?(?:năm[ ])?({_YEAR})"
)
# yes: năm 2024
# yes: đến năm 2030, tầm nhìn đến năm 2045
# no:  5 năm
_ONE = re.compile(
    rf"(?:,[ ]?)?(?:(?:và[ ])?(?:định hướng|tầm nhìn)[ ])?(?:giai đoạn[ ])?(?:đến[ ])?(?:hết[ ])?năm[ ]({_YEAR})"
)
# yes: trên địa bàn thành phố Lai Châu
# yes: của tỉnh Đồng Tháp
# no:  dựa vào cộng đồng
_PLACE = re.compile(
    r"(?:,[ ]?)?(?:trên địa bàn|trong phạm vi|tại địa bàn)(?:[ ][^\s,;]{1,20}){1,8}"
    r"|(?:[ ](?:của|tại|ở))?[ ](?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|phường|xã|thị trấn|đặc khu)"
    r"(?:[ ][^\s,;]{1,20}){1,4}$"
)
# yes: quyết định số 1591/qđ-ttg ngày 08/12/2023 của thủ tướng chính phủ phê duyệt chương trình …
# no:  chương trình phục hồi chức năng
_CITED = re.compile(
    r"^(?:quyết định|nghị quyết|chỉ thị|kế hoạch|đề án|kết luận|công văn|văn bản)[ ]số[ ][^ ]{1,30}"
    r"(?:,?[ ]ngày[ ](?:[0-9/.\-]{4,12}|[0-9]{1,2}[ ]tháng[ ][0-9]{1,2}[ ]năm[ ][0-9]{4}))?"
    r"(?:[ ]của(?:[ ](?!về |phê duyệt |ban hành |triển khai |thực hiện )[^ ]{1,20}){1,9}"
    r"|(?:[ ](?!về |phê duyệt )[^ ]{1,20}){1,9}(?=[ ](?:về|phê duyệt)[ ]))?"
)
# yes: (chương trình hành động) của chính phủ thực hiện nghị quyết số 57-nq/tw …
# no:  (đề án) của hội nông dân
_WHOSE = re.compile(r"^của(?:[ ](?!thực hiện |triển khai )[^ ]{1,20}){1,9}(?=[ ](?:thực hiện|triển khai)[ ])")
_LOOSE = re.compile(
    r"(?:[ ,]{1,2}(?:trên địa bàn|trong phạm vi|của|tại|ở|và|tỉnh|thành phố|huyện|xã|phường|quận|thị xã)){1,4}$"
)
_EDGE = ' .,;:"“”-'
_BRACKETS = re.compile(r"\([^()]{0,120}\)")


@dataclass(frozen=True, slots=True)
class Period:
    """The years from ``first`` to ``last``, both included."""

    first: int
    last: int

    def within(self, other: Period) -> bool:
        """Return whether all these years are years of ``other``."""
        return other.first <= self.first and self.last <= other.last

    def meets(self, other: Period) -> bool:
        """Return whether the two have a year in common."""
        return self.first <= other.last and other.first <= self.last


def read_period(edtf: str | None) -> Period | None:
    """Return the years of an EDTF value ("2024/2030", "2026", "2024-01-30"), None when there are none."""
    years = [int(part[:4]) for part in (edtf or "").split("/") if part[:4].isdigit()]
    return Period(min(years), max(years)) if years else None


def period_of(subject: str | None) -> Period | None:
    """Return the years that a title names.

    >>> period_of("Chương trình nước sạch giai đoạn 2021 - 2030")
    Period(first=2021, last=2030)
    """
    words = fold((subject or "")[:600])
    if found := _SPAN.search(words):
        first, last = int(found[1]), int(found[2])
        return Period(first, last) if first <= last else None
    found = _ONE.search(words)
    if not found:
        return None
    year = int(found[1])
    return None if "đến" in found[0] else Period(year, year)


# yes: đến năm 2025, định hướng đến năm 2030
# yes: giai đoạn 2021 - 2030, tầm nhìn đến năm 2045
# no:  đến năm 2030
_OUTLOOK = re.compile(r"(?:định hướng|tầm nhìn)(?:[ ]đến)?[ ](?:năm[ ])?(20[0-9]{2})(?![0-9])")


def with_outlook(period: Period | None, subject: str | None) -> Period | None:
    """Return the years of a document with those that its title only looks out to: it is not over before them.

    >>> with_outlook(Period(2020, 2025), "Chương trình X đến năm 2025, định hướng đến năm 2030")
    Period(first=2020, last=2030)
    """
    found = _OUTLOOK.search(fold((subject or "")[:600])) if period else None
    return Period(period.first, max(period.last, int(found[1]))) if period and found else period


@lru_cache(maxsize=4096)
def programme_name(subject: str | None, places: tuple[str, ...] = ()) -> str | None:
    """Return the name of the programme that a title is about: folded, without verbs, years and places.

    ``places`` are the units of the issuer, which a title may name without a word before them.

    >>> programme_name("Thực hiện Chương trình nước sạch nông thôn giai đoạn 2024 - 2030 trên địa bàn tỉnh Lai Châu")
    'nước sạch nông thôn'
    """
    words = _BRACKETS.sub(" ", fold((subject or "")[:600])).strip(_EDGE)
    openings = entries("programme_openings.txt")
    changed = True
    while changed:
        before = words
        words = _WHOSE.sub("", _CITED.sub("", words)).strip(_EDGE)
        tokens = words.split(" ")
        for size in range(min(6, len(tokens) - 1), 0, -1):
            if " ".join(tokens[:size]) in openings:
                words = " ".join(tokens[size:])
                break
        changed = words != before
    words = " ".join(_ONE.sub(" ", _SPAN.sub(" ", words)).split())
    words = _PLACE.sub("", words)
    for place in sorted(places, key=len, reverse=True):
        words = words.replace(fold(place), " ")
    words = _LOOSE.sub("", " ".join(words.split()).strip(_EDGE)).strip(_EDGE)
    return words if len(syllables(words)) > 1 else None


def same_programme(one: str | None, other: str | None) -> float:
    """Return how certain it is that two names mean one programme: 0.0 (not), else 0.7 to 1.0.

    Strict on purpose: a plan to *check* a reform and a plan of the reform differ in two syllables.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    left, right = set(syllables(one)), set(syllables(other))
    if len(left | right) < 4 or len(left & right) / len(left | right) < SAME_WORDS:
        return 0.0
    from rapidfuzz import fuzz

    ratio = fuzz.token_sort_ratio(one, other)
    return 0.0 if ratio < SAME_NAME else 0.7 + 0.3 * (ratio - SAME_NAME) / (100.0 - SAME_NAME)


def part_of(one: str | None, other: str | None) -> bool:
    """Return whether the first name holds the second in one piece: a campaign for a programme, a check of it.

    >>> part_of("phát động phong trào thi đua cải cách hành chính nhà nước", "cải cách hành chính nhà nước")
    True
    """
    if not one or not other or one == other:
        return False
    whole, part = syllables(one), syllables(other)
    return len(part) >= FEWEST_SHARED and any(part == whole[i : i + len(part)] for i in range(len(whole)))
