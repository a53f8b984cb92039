"""The sentences and clauses of an item: stretches between semicolons, sentence ends and colons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnplan.extract.target_terms import KEPT

# yes: "…đúng hạn. 100% hồ sơ"
# yes: "…đạt 80%; tỷ lệ"
# no: "TP. Lạng Sơn"
_BREAK = re.compile(
    r";[ ]?|(?<![ .(](?:TP|Tp|TX|TT|Tx|Tt|tp))(?<!\b[A-ZĐ])[.!?…](?=[ ](?:[^\W\d_a-zđ]|[·0-9“\"'*+-])|[ ]?$)"
    r"|:(?=[ ]|$)|(?<=[ ])[-+*•](?=[ ][^\W\d_a-zà-ỹđ])"
)
# yes: "du lịch, dịch vụ: 55%;"
# no: "Đến năm 2030: 55% số xã có …"
_VALUED = re.compile(
    r":[ ](?:(?:đạt|trên|từ|ít nhất|tối thiểu|khoảng|dưới"
    r"|không quá)[ ]){0,2}[0-9][0-9.,%-]{0,10}(?:[ ]-[ ][0-9.,]{1,8})?"
    r"[ ]?(?:%|‰|[^\W\d_]{1,10}(?:[ ][^\W\d_]{1,10}){0,2})?[ ]?(?=[;.]|$)"
)
LONGEST = 2_000  # code points of a segment; no sentence of a plan is longer


def segments(masked: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between semicolons, sentence ends and colons, and the mark that ends them.

    What goes on for longer than any sentence is cut, so that the work stays in proportion to the length.
    """
    start = 0
    for at, stop, mark in _marks(masked):
        while at - start > LONGEST:
            cut = masked.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield start, cut, ","
            start = cut
        if mark == ":":
            opening = start
            while opening < at and masked[opening] in " -+*":
                opening += 1
            if KEPT.match(masked, opening, at) or _VALUED.match(masked, at):
                continue
        if at > start:
            yield start, at, mark
        start = stop


def _marks(masked: str) -> Iterator[tuple[int, int, str]]:
    for found in _BREAK.finditer(masked):
        yield found.start(), found.end(), found[0][0]
    yield len(masked), len(masked), "."
