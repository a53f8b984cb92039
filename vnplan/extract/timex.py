"""Expressions of time in running words, with their TIMEX3 values (TimeML), bounds, and RFC 5545 rules.

What an expression says is read here; whether it is a deadline depends on where it stands and is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vnplan.extract.dates import days_in_month, edtf
from vnplan.model import Bound, TimexType

Sort = Literal["day", "month", "quarter", "half", "year", "interval", "rhythm", "duration", "ongoing", "request"]

_YEAR = r"(?:19|20)[0-9]{2}"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LEAD = (
    r"(?P<lead>(?:chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|thời gian)(?:[ ](?:là|đến|vào))?(?:[ ](?:trước|trong|hết))?"
    r"|không (?:quá|muộn hơn|chậm hơn)|(?:đến |cho đến |tính đến )?trước|trong|vào|từ nay đến(?: hết)?|(?:cho )?đến(?: hết)?|hết|trong)[ ]"
)
_PART = r"(?P<part>cuối|đầu|giữa|hết)[ ]"
_EVERY = r"(?:hằng|hàng|mỗi)"
_YEARLY = rf"(?:[ ,]{{1,2}}(?:của[ ])?{_EVERY}[ ]năm)"
# "năm 2025", "/2025"; nothing where the year is understood
_OF_YEAR = rf"(?:[ ]?/[ ]?|[ ,]{{1,2}}(?:của[ ])?(?:năm[ ])?)(?P<NAME>{_YEAR})(?![0-9/])"
_NEXT = r"(?P<next>[ ](?:của[ ])?năm[ ](?:liền kề|sau liền kề|sau|tiếp theo|kế tiếp|tới))"
_TIME = r"(?:[0-9]{1,2}[ ]?(?:giờ|h)(?:[ ]?[0-9]{2})?(?:[ ]?phút)?,?[ ])?"


def _of_year(name: str) -> str:
    return _OF_YEAR.replace("NAME", name)


# yes: trước ngày 30/11 hằng năm / chậm nhất là ngày 15/01/2026 / trước 17h00 ngày 05 tháng 6 năm 2024
# yes: Trước ngày 31/01 năm liền kề / đến hết ngày 31/12/2025 / vào ngày 15/3/2026
# no:  ngày 08/12/2023 (no word says that anything is due), từ ngày 01/01/2025
_DAY = re.compile(
    rf"(?<!\w)(?:{_LEAD})?{_TIME}(?P<word>(?:các )?ngày[ ])?[*_]{{0,2}}(?P<day>[0-3]?[0-9])(?:[ ]?[/.-][ ]?|[ ]tháng[ ])(?P<month>[01]?[0-9])(?![0-9])"
    rf"(?:(?:[ ]?[/.-][ ]?|[ ]năm[ ])(?P<year>{_YEAR})(?![0-9/])|(?P<yearly>{_YEARLY})|{_NEXT})?(?![0-9/])",
    re.I,
)
# yes: "15/6, " before another day of a list
_LISTED = re.compile(r"/[01]?[0-9](?:,|;|[ ]và|, và)[ ]$")
# yes: trước ngày 05 của tháng liền kề / ngày 15 của tháng cuối quý / trước ngày 25 hằng tháng / ngày 20 tháng cuối quý
# no:  ngày 15 tháng 6
_DAY_OF = re.compile(
    rf"(?<!\w)(?:{_LEAD})?{_TIME}ngày[ ](?:làm việc[ ])?(?:thứ[ ])?(?P<day>[0-3]?[0-9])[ ](?:(?:của[ ])?(?P<quarterly>tháng[ ](?:cuối|đầu)(?:[ ]của)?"
    rf"(?:[ ](?:mỗi|hằng|hàng))?[ ]quý(?:[ ](?:sau|tiếp theo|báo cáo))?)|(?:của[ ])?(?:{_EVERY}[ ]tháng|tháng[ ](?:liền kề|sau liền kề|sau|tiếp theo|kế tiếp|báo cáo|cuối kỳ))"
    r"|của[ ](?:mỗi[ ])?tháng)(?:[ ](?:liền kề|sau|tiếp theo|kế tiếp|báo cáo))?(?!\w)",
    re.I,
)
# yes: từ tháng 3 đến tháng 9/2026 / từ ngày 01/3/2026 đến ngày 30/9/2026 / từ năm 2024 đến năm 2030 / giai đoạn 2024 - 2030
# yes: Quý I - II/2026 / tháng 4, 5/2026 / 2024-2030
# no:  từ 5% đến 10%
_END = r"[ ]?(?:-|đến(?:[ ]hết)?|và|,)[ ]?"
_SPAN = re.compile(
    rf"(?<!\w)(?:(?:từ|trong)[ ])?(?:"
    rf"(?:ngày[ ])?(?P<d1>[0-3]?[0-9])/(?P<m1>[01]?[0-9])(?:/(?P<y1>{_YEAR}))?[ ]?(?:-|đến(?:[ ]hết)?)[ ]?(?:ngày[ ])?(?P<d2>[0-3]?[0-9])/(?P<m2>[01]?[0-9])/(?P<y2>{_YEAR})"
    rf"|tháng[ ](?P<m3>[01]?[0-9])(?:(?:[ ]?/[ ]?|[ ]năm[ ])(?P<y3>{_YEAR}))?{_END}(?:tháng[ ])?(?P<m4>[01]?[0-9])(?![0-9])(?:{_of_year('y4')})?"
    rf"|quý[ ](?P<q1>IV|I{{1,3}}|[1-4])(?:(?:[ ]?/[ ]?|[ ]năm[ ])(?P<y5>{_YEAR}))?{_END}(?:quý[ ])?(?P<q2>IV|I{{1,3}}|[1-4])(?!\w)(?:{_of_year('y6')})?"
    rf"|(?:(?:giai đoạn|thời kỳ)[ ](?:từ[ ])?|các[ ]năm[ ]|năm[ ])?(?P<y7>{_YEAR})[ ]?(?:-|đến(?:[ ]hết)?)[ ]?(?:năm[ ])?(?P<y8>{_YEAR})(?![0-9/]))",
    re.I,
)
# yes: chậm nhất trong tháng 6/2026 / Tháng 7/2026 / trong tháng 9 năm 2024 / đầu tháng 6
# no:  trong 6 tháng / tháng cuối quý
_MONTH = re.compile(
    rf"(?<!\w)(?:{_LEAD})?(?:{_PART})?tháng[ ](?P<month>[01]?[0-9])(?![0-9])(?:{_of_year('year')}|(?P<yearly>{_YEARLY})|{_NEXT})?(?!\w)",
    re.I,
)
# yes: quý III/2024 / trong quý III năm 2024 / Quý IV năm 2025 / xong trong quý 2
# no:  quý khách
_QUARTER = re.compile(
    rf"(?<!\w)(?:{_LEAD})?(?:{_PART})?quý[ ](?P<quarter>IV|I{{1,3}}|[1-4])(?!\w)(?:{_of_year('year')}|(?P<yearly>{_YEARLY})|{_NEXT})?(?!\w)",
    re.I,
)
# yes: 6 tháng đầu năm 2025 / trong 06 tháng cuối năm
# no:  6 tháng (a rhythm or a duration)
_HALF = re.compile(
    rf"(?<!\w)(?:{_LEAD})?(?:0?6|sáu)[ ]tháng[ ](?P<half>đầu|cuối)[ ](?:của[ ])?(?:(?P<yearly>{_EVERY}[ ]năm)|năm(?:[ ](?P<year>{_YEAR}))?)(?![0-9])(?!\w)",
    re.I,
)
# yes: vào cuối năm 2030 / trong năm 2026 / đến hết năm 2030 / năm 2025
# no:  năm 2024 - 2030 (an interval)
_YEARS = re.compile(rf"(?<!\w)(?:{_LEAD})?(?:{_PART})?năm[ ](?P<year>{_YEAR})(?![0-9]|[ ]?-[ ]?[0-9])", re.I)
# yes: Định kỳ hằng năm / mỗi quý / hằng tuần / định kỳ 6 tháng, hằng năm / định kỳ 02 năm một lần
# no:  định kỳ (no rhythm)
_RHYTHM = re.compile(
    rf"(?<!\w)(?:(?:định kỳ[ ,]{{0,2}}(?:theo[ ])?)?{_EVERY}[ ](?P<unit>năm|quý|tháng|tuần|ngày|0?6[ ]tháng|nửa năm)(?!\w)(?:[ ](?:một|0?1)[ ]lần)?"
    r"|định kỳ[ ](?:theo[ ])?(?:\(?)(?P<count>[0-9]{1,2}|một|hai|ba|sáu)?[ ]?(?P<unit2>năm|quý|tháng|tuần|ngày)(?!\w)(?:[ ]?/[ ]?|[ ])?(?:(?:một|0?1)?[ ]?lần)?)",
    re.I,
)
_WORKING = r"(?:[ ]làm việc)?"
# yes: trong thời hạn 15 ngày làm việc kể từ ngày / sau 03 tháng kể từ khi / không quá 30 ngày / chậm nhất sau 05 ngày
# no:  trong 5 năm qua
_DURATION = re.compile(
    rf"(?<!\w)(?:(?P<within>trong(?:[ ](?:thời hạn|thời gian|vòng))?|(?:chậm nhất|muộn nhất)(?:[ ]là)?(?:[ ](?:sau|trong(?:[ ](?:vòng|thời hạn|thời gian))?))?|không quá|tối đa)"
    rf"|(?P<after>sau(?:[ ](?:khi|thời hạn))?))[ ](?P<count>[0-9]{{1,3}})(?:[ ]\([^()0-9]{{1,20}}\))?[ ](?P<unit>giờ|ngày|tuần|tháng|quý|năm){_WORKING}"
    rf"(?P<since>,?[ ](?:kể từ|tính từ|từ|sau)(?:[ ](?:ngày|khi|thời điểm))?(?:[ ](?P<from>[0-3]?[0-9]/[01]?[0-9]/{_YEAR}))?)?(?!\w)",
    re.I,
)
# yes: Thường xuyên trong năm / thường xuyên, liên tục / Thường xuyên
# no:  không thường xuyên
_ONGOING = re.compile(
    r"(?<!\w)(?<!không )thường xuyên(?:,? liên tục)?(?:[ ]trong[ ](?:năm|tháng|quý|cả năm)(?![ ][0-9]))?(?!\w)", re.I
)
# yes: đột xuất / khi có yêu cầu / theo yêu cầu
# no:  yêu cầu
_REQUEST = re.compile(
    r"(?<!\w)(?:đột xuất(?:[ ]khi có yêu cầu)?|khi (?:có|được) yêu cầu|khi cần thiết|theo yêu cầu)(?!\w)", re.I
)
# what stands between the days of one list
_JOINT = re.compile(r"[ ]?(?:và|,|;|hoặc|, và)[ ]?(?:trước[ ])?")
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

    >>> [(found.value, found.bound) for found in find_timexes("báo cáo trước ngày 30/11 hằng năm và trong quý III/2024")]
    [('XXXX-11-30', 'before'), ('2024-Q3', 'during')]
    """
    end = len(words) if end is None else end
    found: list[Timex] = []
    for pattern, build in _BUILDERS:
        for match in pattern.finditer(words, start, end):
            timex = build(match, year)
            if timex is not None:
                found.append(timex)
    found.sort(key=lambda timex: (timex.start, -timex.end))
    kept: list[Timex] = []
    for timex in found:
        if not kept or timex.start >= kept[-1].end:
            kept.append(timex)
        elif (
            timex.end > kept[-1].end and timex.sort in ("interval", "day") and kept[-1].sort not in ("interval", "day")
        ):
            kept[-1] = timex
    return _share(words, kept)


def _share(words: str, found: list[Timex]) -> list[Timex]:
    """Return the expressions, the days of one list sharing the words before and behind it ("15/6 và 15/12 hằng năm")."""
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        day, after = shared[i], shared[i + 1]
        if day.sort == after.sort == "day" and _JOINT.fullmatch(words, day.end, after.start):
            if day.problem == "no-year" and after.type == "SET" and day.value:
                rule = f"FREQ=YEARLY;BYMONTH={int(day.value[5:7])};BYMONTHDAY={int(day.value[8:10])}"
                shared[i] = replace(day, type="SET", rrule=rule, problem=None)
            elif day.problem == "no-year" and after.value and day.value and after.value[:4].isdigit():
                shared[i] = replace(day, value=after.value[:4] + day.value[4:], problem=None)
    for i in range(1, len(shared)):
        before, day = shared[i - 1], shared[i]
        if day.sort == before.sort == "day" and not day.lead and _JOINT.fullmatch(words, before.end, day.start):
            shared[i] = replace(day, lead=before.lead, bound=before.bound)
    return shared


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


def _day(match: re.Match[str], year: str | None) -> Timex | None:
    day, month = int(match["day"]), int(match["month"])
    lead = _lead(match)
    listed = _LISTED.search(match.string[max(0, match.start() - 8) : match.start()])
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
    of = match["year"] or (str(int(year) + 1) if year and match["next"] else year)
    if of is None:
        return Timex(match.start(), match.end(), "day", "DATE", open_value, bound, lead=lead, problem="no-year")
    value = edtf(int(of), month, day)
    problem = None if value else "no-such-day"
    return Timex(match.start(), match.end(), "day", "DATE", value, bound, lead=lead, problem=problem)


def _day_of(match: re.Match[str], year: str | None) -> Timex | None:
    day, lead = int(match["day"]), _lead(match)
    if not 1 <= day <= 31:
        return None
    bound = _bound(lead, bare="by")
    if match["quarterly"]:
        rule = f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}"
        return Timex(match.start(), match.end(), "day", "SET", "XXXX-QX", bound, rule, lead)
    rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return Timex(match.start(), match.end(), "day", "SET", f"XXXX-XX-{day:02}", bound, rule, lead)


def _with_year(
    match: re.Match[str], year: str | None, tail: str, sort: Sort, rule: str, part: str | None = None
) -> Timex:  # fmt: skip
    """Return a month, quarter or half, whose year is printed, understood, every one, or unknown."""
    groups = match.groupdict()
    lead = _lead(match)
    bound = _bound(lead, part)
    if groups.get("yearly"):
        return Timex(match.start(), match.end(), sort, "SET", f"XXXX-{tail}", bound, rule, lead)
    of = groups["year"] or (str(int(year) + 1) if year and groups.get("next") else year)
    if of is None:
        return Timex(match.start(), match.end(), sort, "DATE", f"XXXX-{tail}", bound, lead=lead, problem="no-year")
    return Timex(match.start(), match.end(), sort, "DATE", f"{of}-{tail}", bound, lead=lead)


def _month(match: re.Match[str], year: str | None) -> Timex | None:
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    return _with_year(match, year, f"{month:02}", "month", f"FREQ=YEARLY;BYMONTH={month}", match["part"])


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
    return Timex(match.start(), match.end(), "year", "DATE", match["year"], _bound(lead, match["part"]), lead=lead)


def _span(match: re.Match[str], year: str | None) -> Timex | None:
    g = match.groupdict()
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
    if within in ("trong", "tối đa", "không quá") and not match["since"] and within != "không quá":
        return None
    count, unit = int(match["count"]), match["unit"].casefold()
    value = f"P{3 * count}M" if unit == "quý" else _PERIODS[unit].format(count)
    bound: Bound = "within" if within else "after"
    if match["after"] and not match["since"]:
        return None
    return Timex(match.start(), match.end(), "duration", "DURATION", value, bound, lead=within)


def _ongoing(match: re.Match[str], year: str | None) -> Timex | None:
    return Timex(match.start(), match.end(), "ongoing", None, None, "ongoing")


def _request(match: re.Match[str], year: str | None) -> Timex | None:
    return Timex(match.start(), match.end(), "request", None, None, "on_request")


_BUILDERS = (
    (_SPAN, _span),
    (_DAY, _day),
    (_DAY_OF, _day_of),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_YEARS, _years),
    (_RHYTHM, _rhythm),
    (_DURATION, _duration),
    (_ONGOING, _ongoing),
    (_REQUEST, _request),
)
