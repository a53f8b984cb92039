"""Place and date of a document's head, and the period of a plan, as EDTF (only what is given)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_GAP = r"[ .…_/]{0,30}"
_MONTHS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# yes: ngày 08 tháng 12 năm 2023 / ngày tháng 01 năm 2024 / ngày     tháng     năm 2024 / ngày … tháng 12 năm 2025
# yes: ngày 0 1 tháng 0 7 năm 20 16 (letters set apart by a converter)
# no:  ngày 08/12/2023
_LONG = re.compile(
    rf"[Nn]gày{_GAP}(?P<day>(?:[0-9][ ]?){{0,2}}){_GAP}tháng{_GAP}(?P<month>(?:[0-9][ ]?){{0,2}}|tư"
    rf"|giêng){_GAP}năm{_GAP}(?P<year>[12](?:[ ]?[0-9]){{3}})?"
)
# yes: Hà Nội, ngày 05/01/2024
_SHORT = re.compile(
    r"[Nn]gày[ ]?(?P<day>[0-9]{1,2})[ ]?[/.-][ ]?(?P<month>[0-9]{1,2})[ ]?[/.-][ ]?(?P<year>[12][0-9]{3})"
)
_SMALL_WORDS = frozenset(
    {"phố", "xã", "phường", "huyện", "tỉnh", "trấn", "đảo", "quận", "khu", "thành", "thị", "-", "đặc"}
)
_WORD = re.compile(r"[^\W\d_]+\.?[^\W\d_]*|-")


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """Date (EDTF) and place at ``[start, end)``; ``impossible`` when a day or month is written that does not exist."""

    date: str | None
    place: str | None
    start: int
    end: int
    impossible: bool = False


def edtf(year: str | None, month: str | None, day: str | None) -> tuple[str | None, bool]:
    """Return the date with what is given, and whether what is given cannot be.

    >>> edtf("2024", "2", "30"), edtf("2024", "6", ""), edtf("2024", "", "")
    (('2024', True), ('2024-06', False), ('2024', False))
    """
    if not year:
        return None, False
    year, month, day = (part.replace(" ", "") if part else "" for part in (year, month, day))
    if not month:
        return year, False
    m = int(month)
    if not 1 <= m <= 12:
        return year, True
    if not day:
        return f"{year}-{m:02d}", False
    d = int(day)
    if not 1 <= d <= calendar.monthrange(max(1, int(year)), m)[1]:
        return year, True
    return f"{year}-{m:02d}-{d:02d}", False


def find_place_date(head: str) -> PlaceDate | None:
    """Return the first date line of a head: ``Lạng Sơn, ngày 30 tháng 01 năm 2024``.

    >>> found = find_place_date("Số: /KH-UBND TP. Lạng Sơn, ngày tháng 6 năm 2024")
    >>> found.place, found.date
    ('TP. Lạng Sơn', '2024-06')
    """
    best: PlaceDate | None = None
    for pattern in (_LONG, _SHORT):
        for found in pattern.finditer(head):
            month = found["month"]
            month = {"tư": "4", "giêng": "1"}.get(month, month)
            date, impossible = edtf(found["year"], month, found["day"])
            start, place = _place(head, found.start())
            here = PlaceDate(date, place, start, found.end(), impossible)
            if place is not None:
                return here
            best = best or here
        if best is not None:
            return best
    return None


def _place(head: str, end: int) -> tuple[int, str | None]:
    """Return the capitalised words before ``, ngày`` and where they begin."""
    stop = end
    while stop and head[stop - 1] in " ,;.\n":
        stop -= 1
    if stop == end or "," not in head[stop:end]:
        return end, None
    window = max(0, stop - 60)
    words = list(_WORD.finditer(head, window, stop))
    start = stop
    following = stop
    for word in reversed(words):
        if head[word.end() : following].strip():
            break
        if not (word[0][0].isupper() or word[0] in _SMALL_WORDS):
            break
        if (word[0].isupper() and len(word[0]) > 2 and "." not in word[0]) or (
            word.start() and head[word.start() - 1] in "-/" and word[0] != "-"
        ):
            break
        start, following = word.start(), word.start()
    while start < stop and (head[start] in " -" or head[start].islower()):
        start = head.find(" ", start) + 1 or stop
    place = " ".join(head[start:stop].split())
    return start, place or None


_YEAR = r"(?:19|20)[0-9]{2}"
# yes: giai đoạn 2024 - 2030 / giai đoạn 2021-2025 / từ năm 2024 đến năm 2030 / từ năm 2024 đến hết năm 2030
# no:  Kế hoạch số 2024/KH
_RANGE = re.compile(
    rf"(?<![0-9/])(?P<first>{_YEAR})(?:[ ]?-[ ]?|[ ]đến[ ](?:hết[ ]|cuối[ ])?(?:năm[ ])?)(?P<last>{_YEAR})(?![0-9/])"
)
_SINGLE = re.compile(
    r"(?<!đến )(?<!từ )(?<!hết )(?<!tới )(?<!cuối )(?<!đầu )(?<!tháng )(?<![^\W\d_])"
    rf"năm(?:[ ]học)?[ ](?P<year>{_YEAR})(?![0-9/])"
)
_BY = re.compile(rf"(?:đến|tới)[ ](?:hết[ ]|cuối[ ])?năm[ ](?P<year>{_YEAR})(?![0-9])")


def find_period(subject: str, scope: str, year: str | None) -> str | None:
    """Return the period of a plan as EDTF, from its subject, else from what its scope section states.

    ``year`` is the year of the document: a plan "đến năm 2030" runs from then.

    >>> find_period("Chương trình X giai đoạn 2024 -2030", "", "2024"), find_period("Cải cách năm 2026", "", "2025")
    ('2024/2030', '2026')
    """
    for words in (subject, scope):
        plain = _without_citations(words[:4000].lower())
        span = next((found for found in _RANGE.finditer(plain) if found["first"] < found["last"]), None)
        single = _SINGLE.search(_RANGE.sub(" ", plain))
        if span and single and span["first"] <= single["year"] <= span["last"] and words is subject:
            return single["year"]  # a year's plan of a programme that runs longer
        if span:
            return f"{span['first']}/{span['last']}"
        if by := _BY.search(plain):
            return f"{year}/{by['year']}" if year and year < by["year"] else by["year"]
        if single:
            return single["year"]
    return None


_CITATION = re.compile(
    r"(?:số[ ][^ ]{1,30}[ ])?ngày[ ][0-9]{1,2}(?:[/-][0-9]{1,2}[/-][0-9]{4}"
    r"|[ ]tháng[ ][0-9]{1,2}[ ]năm[ ][0-9]{4})|[0-9]{1,6}/[0-9]{4}/[^ ]{1,20}"
)


def _without_citations(words: str) -> str:
    return _CITATION.sub(" ", words)
