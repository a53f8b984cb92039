"""Expressions that are times only where nothing but times stands: in a table's column for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vnplan.extract.dates import edtf
from vnplan.extract.timex import Sort, Timex
from vnplan.model import Bound

# yes: 31/12
# yes: 30/6; 31/12
# no:  6/2026
_DAY_ALONE = re.compile(r"(?<![\w/.])([0-3]?[0-9])/([01]?[0-9])(?![\w/])")
# yes: T6/2026
# yes: Q.II/2026
# no:  TT6/2026
_SHORT = re.compile(
    r"(?<!\w)(?:T\.?(?P<month>[01]?[0-9])|Q\.?(?P<quarter>IV|I{1,3}|[1-4]))/(?P<year>20[0-9]{2})(?!\w)", re.I
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# yes: Trong năm
# yes: Các tháng trong năm
# no:  Trong năm 2026
_WITHIN_YEAR = re.compile(r"[-– ]{0,3}(?:các tháng |suốt )?(?:trong|cả) năm[ .]{0,2}", re.I)
# yes: "bắt đầu từ " before a time
# yes: "từ năm " before a time
# no:  "kể từ "
_FROM = re.compile(r"(?:(?<!\w)bắt đầu[ ])?(?<!\w)(?<!kể )(?<!tính )từ[ ](?:tháng[ ]|quý[ ]|năm[ ])?$", re.I)
# yes: " và những năm tiếp theo" behind a time
# yes: " trở đi" behind a time
# no:  " và năm 2027"
_ONWARDS = re.compile(r"[ ]?,?[ ]?(?:và )?(?:(?:các|những) năm (?:tiếp theo|sau|tiếp sau)|trở đi)")
# yes: "đến " before a bare year
# yes: "cuối " before a bare year
# no:  "giai đoạn "
_TILL = re.compile(r"(?<!\w)(?P<lead>đến hết|cho đến|đến|trước|trong|hết|cuối|đầu|giữa)[ ]$", re.I)
_BOUNDS: dict[str, Bound] = {
    "trước": "before",
    "đến": "by",
    "cho đến": "by",
    "đến hết": "end",
    "hết": "end",
    "cuối": "end",
}


def bare_times(words: str, start: int, end: int, year: str | None, known: Sequence[Timex] = ()) -> Iterator[Timex]:
    """Yield times that are only times in a column for them: days without a word ("31/12"), "trong năm".

    What overlaps an expression that is ``known`` for a time is left to it.
    """
    if year and not known and (within := _WITHIN_YEAR.fullmatch(words, start, end)):
        yield Timex(within.start(), within.end(), "year", "DATE", year, "during")
    for timex in (*_short(words, start, end), *_days(words, start, end, year)):
        if not any(timex.start < other.end and other.start < timex.end for other in known):
            yield timex


def _short(words: str, start: int, end: int) -> Iterator[Timex]:
    sort: Sort
    value: str | None
    for found in _SHORT.finditer(words, start, end):
        if found["quarter"]:
            value, sort = f"{found['year']}-Q{_QUARTERS[found['quarter'].upper()]}", "quarter"
        else:
            value, sort = edtf(int(found["year"]), int(found["month"])), "month"
        if value:
            yield Timex(found.start(), found.end(), sort, "DATE", value, "during")


def _days(words: str, start: int, end: int, year: str | None) -> Iterator[Timex]:
    for found in _DAY_ALONE.finditer(words, start, end):
        day, month = int(found[1]), int(found[2])
        if 1 <= day <= 31 and 1 <= month <= 12:
            value = edtf(int(year), month, day) if year else f"XXXX-{month:02}-{day:02}"
            problem = "no-year" if not year else None if value else "no-such-day"
            yield Timex(found.start(), found.end(), "day", "DATE", value, "by", problem=problem)


def bound_time(words: str, timex: Timex, start: int) -> Timex | None:
    """Return a time with the words that bound it there: "từ năm 2026", "2026 trở đi", "đến 2030"; None for another."""
    if timex.sort not in ("day", "month", "quarter", "year") or timex.lead:
        return None
    if before := _FROM.search(words, max(start, timex.start - 24), timex.start):
        return replace(timex, start=before.start(), bound="after", lead="từ")
    if after := _ONWARDS.match(words, timex.end):
        return replace(timex, end=after.end(), bound="after")
    if timex.sort == "year" and (till := _TILL.search(words, max(start, timex.start - 10), timex.start)):
        lead = till["lead"].casefold()
        return replace(timex, start=till.start(), bound=_BOUNDS.get(lead, "during"), lead=lead)
    return None
