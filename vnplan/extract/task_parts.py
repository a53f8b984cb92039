"""Parts of a task: its clauses, and the deadline that binds it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from vnplan.extract.letters import CAPITAL
from vnplan.model import Deadline, Section, Span, Text

# yes: "; "
# yes: ". " before a capital
# no:  "." in 1.250
_CLAUSE_END = re.compile(rf";[ ]?\n?|\n|[.!?](?=[ \n](?:[{CAPITAL}]|$)|$)[ ]?")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|TT|Ths|TS|PGS|GS|BS|Mr|St|Q|P|H)|[0-9])$")
_LETTER = re.compile(r"[^\W\d_]{2}")


def split_clauses(text: Text, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the clauses of ``clean[start:end]``, split at semicolons and sentence ends."""
    spans, at = [], start
    for stop in _CLAUSE_END.finditer(text.clean, start, end):
        if stop[0][0] == "." and _ABBREVIATION.search(text.clean, max(start, stop.start() - 5), stop.start()):
            continue
        if _LETTER.search(text.clean, at, stop.start()):
            spans.append(text.span(at, stop.start()))
            at = stop.end()
    if _LETTER.search(text.clean, at, end):
        spans.append(text.span(at, len(text.clean[:end].rstrip(" .;,/"))) if end - at < 100_000 else text.span(at, end))
    return tuple(spans)


def choose_deadline(deadlines: Sequence[Deadline], numbers: Sequence[int]) -> int | None:
    """Return the index of the deadline that binds a task: a dated one before a yearly one before the rest."""

    def rank(number: int) -> int:
        deadline = deadlines[number]
        value = deadline.value or ""
        if deadline.bound in ("ongoing", "on_request") or not value:
            return 3
        if value.startswith("XXXX"):
            return 0 if value.count("-") == 2 else 2
        return 0 if len(value) >= 7 or deadline.type == "DATE" else 1

    return min(numbers, key=rank, default=None)


def find_timed(text: Text, section: Section, deadlines: Sequence[Deadline]) -> list[int]:
    """Return the indices of the deadlines in a row's column for them; they outrank those in its words."""
    found: list[int] = []
    for role, start, end in section.cells:
        if role == "deadline":
            place = text.span(start, end)
            first = bisect_left(deadlines, place.start, key=lambda deadline: deadline.span.start)
            found += range(first, bisect_left(deadlines, place.end, key=lambda deadline: deadline.span.start))
    return found
