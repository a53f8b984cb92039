"""Expressions of time in running words, with their TIMEX3 values (TimeML), bounds, and RFC 5545 rules.

What an expression says is read here; whether it is a deadline depends on where it stands and is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from vnplan.extract import timex_patterns as patterns
from vnplan.extract.dates import days_in_month, edtf
from vnplan.model import Bound, TimexType

Sort = Literal["day", "month", "quarter", "half", "year", "interval", "rhythm", "duration", "ongoing", "request"]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SENTENCE = 400  # code points between a rhythm and a day of the same sentence
_WIDE = ("interval", "day")  # sorts that outdo another one that begins before them
_FIGURE = re.compile("[0-9]")
# yes: ", báo cáo năm " between two days of which the second is of every year
# no:  "; sơ kết "
_GAP = re.compile(r"[^.;\n]{0,80}")
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "sáu": 6}
_RULES = {
    "năm": ("XXXX", "FREQ=YEARLY"),
    "quý": ("XXXX-QX", "FREQ=MONTHLY;INTERVAL=3"),
    "tháng": ("XXXX-XX", "FREQ=MONTHLY"),
    "tuần": ("XXXX-WXX", "FREQ=WEEKLY"),
    "ngày": ("XXXX-XX-XX", "FREQ=DAILY"),
    "6 tháng": ("XXXX-HX", "FREQ=MONTHLY;INTERVAL=6"),
    "nửa năm": ("XXXX-HX", "FREQ=MONTHLY;INTERVAL=6"),
}
_PERIODS = {"giờ": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y"}


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time in ``[start, end)``. ``lead`` are the words that bound it, in small letters ("trước").

    ``problem`` says what it lacks: ``no-such-day``, or ``no-year`` where the document does not tell the year.
    """

    start: int
    end: int
    sort: Sort
    type: TimexType | None
    value: str | None
    bound: Bound | None
    rrule: str | None = None
    lead: str = ""
    problem: str | None = None


def find_timexes(words: str, start: int = 0, end: int | None = None, *, year: str | None = None) -> list[Timex]:
    """Return the expressions in ``words[start:end]``, in order, the longest where several begin.

    ``year`` is the one that the document is for, if it is for one year: days and months without a year are in it.

    >>> [(found.value, found.bound) for found in find_timexes("trước ngày 30/11 hằng năm và trong quý III/2024")]
    [('XXXX-11-30', 'before'), ('2024-Q3', 'during')]
    """
    end = len(words) if end is None else end
    found: list[Timex] = []
    small = words[start:end].lower()
    figure = _FIGURE.search(small) is not None
    for pattern, build, needs_figure, needs in _BUILDERS:
        if needs_figure and not figure:
            continue
        for word in needs:  # a loop and no any(), which takes longer than all the tests
            if word in small:
                break
        else:
            continue
        if pattern is patterns.DAY and not _DAY_AND_MONTH.search(small):
            continue
        for match in pattern.finditer(words, start, end):
            timex = build(match, year)
            if timex is not None:
                found.append(timex)
    if not found:
        return []
    found.sort(key=lambda timex: (timex.start, -timex.end))
    kept: list[Timex] = []
    for timex in found:
        if not kept or timex.start >= kept[-1].end:
            kept.append(timex)
        elif timex.end > kept[-1].end and timex.sort in _WIDE and kept[-1].sort not in _WIDE:
            kept[-1] = timex
    return _share(words, kept)


def _share(words: str, found: list[Timex]) -> list[Timex]:
    """Return the expressions, the days of a list sharing the words around it ("15/6 và 15/12 hằng năm")."""
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        day, after = shared[i], shared[i + 1]
        if day.sort == after.sort == "day" and patterns.JOINT.fullmatch(words, day.end, after.start):
            if day.problem == "no-year" and after.type == "SET" and day.value:
                rule = f"FREQ=YEARLY;BYMONTH={int(day.value[5:7])};BYMONTHDAY={int(day.value[8:10])}"
                shared[i] = replace(day, type="SET", rrule=rule, problem=None)
            elif day.problem == "no-year" and after.value and day.value and after.value[:4].isdigit():
                shared[i] = replace(day, value=after.value[:4] + day.value[4:], problem=None)
        elif day.lead and _open_day(words, day) and _is_yearly(after) and _GAP.fullmatch(words, day.end, after.start):
            shared[i] = _of_every_year(day)
    for i in range(1, len(shared)):
        before, day = shared[i - 1], shared[i]
        if day.sort == before.sort == "day" and not day.lead and patterns.JOINT.fullmatch(words, before.end, day.start):
            shared[i] = replace(day, lead=before.lead, bound=before.bound)
    return [_finished(words, timex) for timex in _every_year(words, shared)]


def _is_yearly(timex: Timex) -> bool:
    return timex.sort == "day" and timex.type == "SET" and (timex.rrule or "").startswith("FREQ=YEARLY")


def _of_every_year(day: Timex) -> Timex:
    """Return a day without a printed year as one of every year."""
    month, date = (day.value or "")[-5:-3], (day.value or "")[-2:]
    rule = f"FREQ=YEARLY;BYMONTH={int(month)};BYMONTHDAY={int(date)}"
    return replace(day, type="SET", value=f"XXXX-{month}-{date}", rrule=rule, problem=None)


def _finished(words: str, timex: Timex) -> Timex:
    """Return an expression that something is to be done by where "xong" or "hoàn thành" stands before it."""
    done = patterns.FINISHED.search(words, max(0, timex.start - 12), timex.start)
    return replace(timex, bound="by") if done and timex.lead == "trong" and timex.bound == "during" else timex


def _every_year(words: str, found: list[Timex]) -> list[Timex]:
    """Return the expressions; a day without year is of every year where a rhythm stands before it in its sentence."""
    rhythm: Timex | None = None
    kept: list[Timex] = []
    for timex in found:
        if rhythm is not None and _is_parted(words, rhythm.end, timex.start):
            rhythm = None
        if timex.sort == "rhythm" and timex.value in ("XXXX", "XXXX-HX"):
            rhythm = timex
        elif rhythm is not None and _open_day(words, timex):
            timex = _of_every_year(timex)
        kept.append(timex)
    return kept


def _is_parted(words: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two places, or they are too far apart to be in one."""
    return end - start > _SENTENCE or patterns.SENTENCE_END.search(words, start, end) is not None


def _open_day(words: str, timex: Timex) -> bool:
    """Tell whether an expression is a day whose year is not printed."""
    printed = words[timex.end - 4 : timex.end].isdigit()
    whole = timex.value is not None and timex.value.count("-") == 2
    return timex.sort == "day" and timex.type == "DATE" and whole and not printed


def _lead(match: re.Match[str]) -> str:
    return " ".join((match["lead"] or "").casefold().split())


def _bound(lead: str, part: str | None = None, *, bare: Bound = "during") -> Bound:
    """Return what the words before a time say of it."""
    if part and part.casefold() in ("cuối", "hết"):
        return "before" if lead.endswith("trước") else "end"
    if lead.endswith("trước") or lead.startswith("không muộn"):
        return "before"
    if lead.startswith(("chậm nhất", "muộn nhất", "hạn", "thời hạn", "không")):
        return "by"
    if lead.endswith("hết"):
        return "end"
    if "đến" in lead:
        return "by"
    return "during" if lead in ("trong", "vào") else bare


def _shifted(match: re.Match[str], year: str | None) -> str | None:
    """Return the document's year, the one after it ("năm liền kề") or before it ("năm trước")."""
    groups = match.groupdict()
    if year is None or not groups.get("next"):
        return year
    return str(int(year) + (-1 if groups.get("last") else 1))


def _day(match: re.Match[str], year: str | None) -> Timex | None:
    day, month = int(match["day"]), int(match["month"])
    lead = _lead(match)
    listed = patterns.LISTED.search(match.string[max(0, match.start() - 8) : match.start()])
    if not (lead or match["word"] or match["year"] or listed):
        return None
    bound = _bound(lead, bare="by")
    bound = "by" if bound == "end" else bound
    if not 1 <= day <= days_in_month(month):
        if not match["word"]:
            return None
        return Timex(match.start(), match.end(), "day", "DATE", None, bound, lead=lead, problem="no-such-day")
    open_value = f"XXXX-{month:02}-{day:02}"
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    if match["yearly"] or (match["next"] and not year):
        return Timex(match.start(), match.end(), "day", "SET", open_value, bound, rule, lead)
    of = match["year"] or _shifted(match, year)
    if of is None:
        return Timex(match.start(), match.end(), "day", "DATE", open_value, bound, lead=lead, problem="no-year")
    value = edtf(int(of), month, day)
    problem = None if value else "no-such-day"
    return Timex(match.start(), match.end(), "day", "DATE", value, bound, lead=lead, problem=problem)


def _day_of(match: re.Match[str], year: str | None) -> Timex | None:
    day, lead = int(match["day"]), _lead(match)
    if not 1 <= day <= 31:
        return None
    bound = "during" if match["regular"] else _bound(lead, bare="by")
    if match["quarterly"]:
        rule = f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}"
        return Timex(match.start(), match.end(), "day", "SET", "XXXX-QX", bound, rule, lead)
    rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return Timex(match.start(), match.end(), "day", "SET", f"XXXX-XX-{day:02}", bound, rule, lead)


def _week_of(match: re.Match[str], year: str | None) -> Timex | None:
    """Return a week of a month or quarter, as the month or quarter that it lies in."""
    place = match.start(), match.end()
    if match["quarterly"]:
        return Timex(*place, "day", "SET", "XXXX-QX", "during", "FREQ=MONTHLY;INTERVAL=3", "vào")
    if match["monthly"]:
        return Timex(*place, "day", "SET", "XXXX-XX", "during", "FREQ=MONTHLY", "vào")
    of = match["year"] or match["year2"] or year
    tail = f"Q{_quarter_number(match['quarter'])}" if match["quarter"] else f"{int(match['month']):02}"
    problem = None if of else "no-year"
    return Timex(*place, "day", "DATE", f"{of or 'XXXX'}-{tail}", "during", lead="vào", problem=problem)


def _monthly_on(match: re.Match[str], year: str | None) -> Timex | None:
    day, lead = int(match["day"]), _lead(match)
    if not 1 <= day <= 31:
        return None
    bound: Bound = "before" if lead == "trước" else "by"
    rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return Timex(match.start(), match.end(), "day", "SET", f"XXXX-XX-{day:02}", bound, rule, lead)


def _weekday(match: re.Match[str], year: str | None) -> Timex:
    word = match["weekday"].casefold().split()[-1]
    day = 7 if word == "nhật" else int(word) - 1 if word.isdigit() else _WEEKDAYS[word]
    rule = f"FREQ=WEEKLY;BYDAY={_BYDAY[day - 1]}"
    lead = _lead(match)
    return Timex(match.start(), match.end(), "day", "SET", f"XXXX-WXX-{day}", _bound(lead, bare="during"), rule, lead)


def _with_year(
    match: re.Match[str], year: str | None, tail: str, sort: Sort, rule: str, part: str | None = None
) -> Timex:  # fmt: skip
    """Return a month, quarter or half, whose year is printed, understood, every one, or unknown."""
    groups = match.groupdict()
    lead = _lead(match)
    bound = _bound(lead, part)
    if groups.get("yearly"):
        return Timex(match.start(), match.end(), sort, "SET", f"XXXX-{tail}", bound, rule, lead)
    of = groups["year"] or _shifted(match, year)
    if of is None:
        return Timex(match.start(), match.end(), sort, "DATE", f"XXXX-{tail}", bound, lead=lead, problem="no-year")
    return Timex(match.start(), match.end(), sort, "DATE", f"{of}-{tail}", bound, lead=lead)


def _month(match: re.Match[str], year: str | None) -> Timex | None:
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    return _with_year(match, year, f"{month:02}", "month", f"FREQ=YEARLY;BYMONTH={month}", match["part"])


def _month_alone(match: re.Match[str], year: str | None) -> Timex | None:
    value = edtf(int(match["year"]), int(match["month"]))
    return Timex(match.start(), match.end(), "month", "DATE", value, "during") if value else None


def _year_alone(match: re.Match[str], year: str | None) -> Timex:
    return Timex(match.start(), match.end(), "year", "DATE", match["year"], "during")


def _quarter_number(words: str) -> int:
    return _ROMAN.get(words.casefold()) or int(words)


def _quarter(match: re.Match[str], year: str | None) -> Timex | None:
    quarter = _quarter_number(match["quarter"])
    months = ",".join(str(month) for month in range(quarter * 3 - 2, quarter * 3 + 1))
    return _with_year(match, year, f"Q{quarter}", "quarter", f"FREQ=YEARLY;BYMONTH={months}", match["part"])


def _half(match: re.Match[str], year: str | None) -> Timex | None:
    half = 1 if match["half"].casefold() == "đầu" else 2
    return _with_year(match, year, f"H{half}", "half", f"FREQ=YEARLY;BYMONTH={6 * half}")


def _years(match: re.Match[str], year: str | None) -> Timex | None:
    lead = _lead(match)
    return Timex(
        match.start(),
        match.end(),
        "year",
        "DATE",
        match["year"],
        _bound(lead, match["part"]),
        lead=lead or ("cả" if match["whole"] else ""),
    )


def _span(match: re.Match[str], year: str | None) -> Timex | None:
    g = match.groupdict()
    if g["yearly"]:
        return _every_part(match)
    listed = " và " in match[0] or "," in match[0]
    if listed and _are_apart(g):
        return None  # two times, not one that lasts from the first to the second
    low: str | None
    high: str | None
    if g["d1"]:
        low = edtf(int(g["y1"] or g["y2"]), int(g["m1"]), int(g["d1"]))
        high = edtf(int(g["y2"]), int(g["m2"]), int(g["d2"]))
    elif g["m3"]:
        last = g["y4"] or year
        if not last:
            return None
        low, high = edtf(int(g["y3"] or last), int(g["m3"])), edtf(int(last), int(g["m4"]))
    elif g["q1"]:
        last = g["y6"] or year
        if not last:
            return None
        low = f"{g['y5'] or last}-Q{_quarter_number(g['q1'])}"
        high = f"{last}-Q{_quarter_number(g['q2'])}"
    else:
        low, high = g["y7"], g["y8"]
    if not low or not high or low >= high:
        return None
    lead = match[0].split(" ")[0].casefold()
    return Timex(match.start(), match.end(), "interval", None, f"{low}/{high}", "during", lead=lead)


def _every_part(match: re.Match[str]) -> Timex:
    """Return months or quarters of every year ("tháng 10, 11 hằng năm"): all between two, or the two of a list."""
    sort: Sort = "month" if match["m3"] else "quarter"
    if match["m3"]:
        first, last, size, sign = int(match["m3"]), int(match["m4"]), 1, "XXXX-{:02}"
    else:
        first, last, size, sign = _quarter_number(match["q1"]), _quarter_number(match["q2"]), 3, "XXXX-Q{}"
    listed = " và " in match[0] or "," in match[0]
    parts = (first, last) if listed else range(first, max(first, last) + 1)
    months = (size * (part - 1) + month for part in parts for month in range(1, size + 1))
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"
    value = f"{sign.format(first)}/{sign.format(last)}"
    return Timex(match.start(), match.end(), sort, "SET", value, "during", rule)


def _are_apart(groups: dict[str, str | None]) -> bool:
    """Tell whether the two months or quarters of a list do not follow each other."""
    if groups["m3"] and groups["m4"]:
        return int(groups["m4"]) - int(groups["m3"]) > 1
    if groups["q1"] and groups["q2"]:
        return _quarter_number(groups["q2"]) - _quarter_number(groups["q1"]) > 1
    return False


def _rhythm(match: re.Match[str], year: str | None) -> Timex | None:
    unit = (match["unit"] or match["unit2"]).casefold()
    unit = "6 tháng" if unit.endswith("6 tháng") else unit
    value, rule = _RULES[unit]
    said = match["count"]
    count = (_COUNTS.get(said.casefold()) or int(said)) if said else 1
    if count == 6 and unit == "tháng":
        value, rule = _RULES["6 tháng"]
    elif count == 3 and unit == "tháng":
        value, rule = _RULES["quý"]
    elif count > 1:
        frequency, _, interval = rule.partition(";INTERVAL=")
        rule = f"{frequency};INTERVAL={count * int(interval or 1)}"
    return Timex(match.start(), match.end(), "rhythm", "SET", value, "during", rule)


def _duration(match: re.Match[str], year: str | None) -> Timex | None:
    within = " ".join((match["within"] or "").casefold().split())
    count, unit = int(match["count"]), match["unit"].casefold()
    if within in ("trong", "tối đa") and not match["since"] and (unit != "giờ" or within == "tối đa"):
        return None
    value = f"P{3 * count}M" if unit == "quý" else _PERIODS[unit].format(count)
    bound: Bound = "within" if within else "after"
    if match["after"] and not match["since"]:
        return None
    end = match.end()
    if match["since"] and match["since"].endswith(("ngày", "thời điểm")):
        what = patterns.SINCE_WHAT.match(match.string, end)
        end = what.end() if what else end
    return Timex(match.start(), end, "duration", "DURATION", value, bound, lead=within)


def _ongoing(match: re.Match[str], year: str | None) -> Timex | None:
    return Timex(match.start(), match.end(), "ongoing", None, None, "ongoing")


def _request(match: re.Match[str], year: str | None) -> Timex | None:
    return Timex(match.start(), match.end(), "request", None, None, "on_request")


# Each pattern, what reads it, whether it needs a figure, and words of which it needs one: a cheap test before it.
_BUILDERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], str | None], Timex | None], bool, tuple[str, ...]], ...
] = (
    (patterns.SPAN, _span, False, ("20", "19", "tháng", "quý")),
    (patterns.DAY, _day, True, ("/", ".", "-", " tháng ")),
    (patterns.DAY_OF, _day_of, True, ("ngày",)),
    (patterns.WEEK_OF, _week_of, False, ("tuần",)),
    (patterns.MONTHLY_ON, _monthly_on, True, ("tháng",)),
    (patterns.WEEKDAY, _weekday, False, ("tuần",)),
    (patterns.MONTH, _month, True, ("tháng",)),
    (patterns.MONTH_ALONE, _month_alone, True, ("/",)),
    (patterns.YEAR_ALONE, _year_alone, True, ("20", "19")),
    (patterns.QUARTER, _quarter, False, ("quý",)),
    (patterns.HALF, _half, False, ("tháng đầu", "tháng cuối")),
    (patterns.YEARS, _years, True, ("năm 20", "năm 19")),
    (patterns.RHYTHM, _rhythm, False, ("hằng", "hàng", "mỗi", "định kỳ")),
    (patterns.DURATION, _duration, True, ("trong", "nhất", "sau", "quá", "tối đa")),
    (patterns.ONGOING, _ongoing, False, ("thường xuyên",)),
    (patterns.REQUEST, _request, False, ("đột xuất", "yêu cầu", "cần thiết")),
)
_DAY_AND_MONTH = re.compile("[0-9](?:[ ]?[/.-]|[ ]tháng)[ ]?[01]?[0-9]")  # somewhere in whatever a day is read from
