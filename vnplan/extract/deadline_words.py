"""Words around an expression of time: those that belong to it, and those by which it is the time of an aim."""

from __future__ import annotations

import re
from dataclasses import replace

from vnplan.extract import timex_patterns as patterns
from vnplan.extract.timex import Timex

_SORTS = frozenset({"day", "month", "quarter", "half", "year"})
# yes: 55% / tối thiểu 90 %
# no:  55 người
_SHARE = re.compile(r"[0-9][0-9.,]{0,9}[ ]?[%‰]")
# yes: "báo cáo", "xong" between a share and a time: it is theirs
# no:  "hồ sơ"
_OWN_VERB = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|nộp|trình|ban hành|tổng hợp|công bố|xong|hoàn thành|hoàn thiện|sơ kết|tổng kết"
    r"|rà soát)(?!\w)",
    re.I,
)
_TILL = ("đến", "đến hết", "cho đến", "cho đến hết", "vào", "hết")
# yes: "ít nhất 05", "trên 3%": how much there is of something in each year
_QUANTITY = re.compile(
    r"(?:ít nhất|tối thiểu|trên|không dưới|không ít hơn|từ|tối đa|không quá|khoảng)[ ][0-9]|[0-9][ ]?%", re.I
)
# yes: " kiểm tra" behind "mỗi năm": something is done then
# no:  " tối thiểu"
_ACTS = re.compile(r",?[ ](?:kiểm tra|giám sát|đánh giá|rà soát|báo cáo|sơ kết|họp)(?!\w)")
# yes: " trước ngày 20" right behind "hằng quý"
# no:  ", báo cáo"
_DATED = re.compile(r"[ ](?:trước|chậm nhất|muộn nhất|vào ngày)(?!\w)")
# yes: " trước ngày 10/6" behind "quý II": the quarter that a report is of
# no:  " trước khi"
_DAY_FOLLOWS = re.compile(r"[ ](?:trước|chậm nhất|muộn nhất|vào)(?:[ ](?:là|vào|trước))?[ ]ngày(?!\w)")
_CLOSE = 90  # code points between a number and "mỗi năm"


def with_finish(words: str, timex: Timex) -> Timex:
    """Return an expression with "xong" before it, or "hoàn thành" before "trong": these say that all is done then."""
    done = patterns.FINISHED.search(words, max(0, timex.start - 12), timex.start) if timex.lead else None
    belongs = done and timex.sort in _SORTS and (timex.lead == "trong" or done[0].casefold().startswith("x"))
    return replace(timex, start=done.start()) if done and belongs else timex


def is_horizon(words: str, timex: Timex, begin: int, stop: int) -> bool:
    """Tell whether a time is that of an aim in its clause ("đạt ít nhất 55% trong quý III"), and so no deadline."""
    if timex.sort not in _SORTS or not timex.lead or timex.type != "DATE":
        return False
    if patterns.FINISHED.search(words, max(begin, timex.start - 12), timex.start):
        return False
    shares = list(_SHARE.finditer(words, max(begin, timex.start - 300), timex.start))
    if shares:
        return _OWN_VERB.search(words, shares[-1].end(), timex.start) is None
    return timex.lead in _TILL and _SHARE.search(words, timex.end, min(stop, timex.end + 160)) is not None


def is_rate(words: str, timex: Timex) -> bool:
    """Tell whether "mỗi năm" says how much of something there is in each year, and not when something is due."""
    if not words.startswith(("mỗi", "Mỗi"), timex.start) or _ACTS.match(words, timex.end):
        return False
    near = words[max(0, timex.start - _CLOSE) : timex.end + _CLOSE]
    return _QUANTITY.search(near) is not None


def is_dated(words: str, timex: Timex) -> bool:
    """Tell whether a rhythm is only that of the day right behind it: "hằng quý trước ngày 20 của tháng cuối quý"."""
    return timex.sort == "rhythm" and _DATED.match(words, timex.end) is not None


def is_reported(words: str, timex: Timex) -> bool:
    """Tell whether a quarter or half-year only names the report that is due at the day right behind it."""
    return not timex.lead and _DAY_FOLLOWS.match(words, timex.end) is not None
