"""Parts of a task and of the headings above it: clauses, the deadline that binds it, words beside names of bodies."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from vnplan.extract.letters import CAPITAL
from vnplan.extract.lexicon import word_list
from vnplan.model import Deadline, Section, Span, Text

# yes: "; "
# yes: ". " before a capital
# no:  "." in 1.250
_CLAUSE_END = re.compile(rf";[ ]?\n?|\n|[.!?](?=[ \n](?:[{CAPITAL}]|$)|$)[ ]?")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|TT|Ths|TS|PGS|GS|BS|Mr|St|Q|P|H)|[0-9])$")
_LETTER = re.compile(r"[^\W\d_]{2}")
# yes: "Đề nghị ", "Giám đốc ", "trách nhiệm của ", ", " in a heading that names bodies
_GLUE = re.compile(
    r"(?:(?<!\w)(?:đề nghị|yêu cầu|giao|(?:trách nhiệm|nhiệm vụ)(?: của)?|đối với|giám đốc|thủ trưởng|chủ tịch|chánh"
    r"|lãnh đạo|chủ trì|phối hợp|thực hiện|với|người đứng đầu|bộ trưởng"
    r"|cục trưởng|trưởng|và|các|sở|bộ|phòng|ban)(?!\w)|[,;:]|\s)+",
    re.I,
)
# yes: "Các Sở" before ":" and the names of several
# no:  "Sở Y tế" before it
_PLURAL = re.compile(r"(?<!\w)các[ ](?:bộ|sở|vụ|cục|phòng|ban|chi cục|trung tâm|hội|đơn vị|cơ quan)$", re.I)


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


def find_colon(words: str, start: int, end: int) -> int:
    """Return where the first colon stands that opens no list of a plural ("Các Sở: Y tế, Tài chính"), or -1."""
    colon = words.find(":", start, end)
    while colon >= 0 and _PLURAL.search(words, max(start, colon - 24), colon):
        colon = words.find(":", colon + 1, end)
    return colon


def without_glue(heading: str) -> str:
    """Return the words of a heading without those that only stand beside names of bodies."""
    return _GLUE.sub(" ", heading)


def _opening(name: str, more: str = "") -> re.Pattern[str]:
    """Return a pattern for an item that begins with an entry of a word list and a colon, or is nothing else."""
    entries = "|".join(re.escape(entry) for entry in sorted(word_list(name), key=len, reverse=True))
    behind = rf"{more}[ ]?(?::[ ]?|(?=$)|là:?[ ])"
    return re.compile(rf"(?i:(?:{entries}){behind})|(?:{entries})[ ](?=[A-ZĐÂÊÔƠƯ])")


@cache
def openings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of items that begin by saying who leads, who coordinates, and when, where or what of."""
    return _opening("task_lead"), _opening("task_coordinating"), _opening("task_facts", r"(?:[ ][^\W\d_]{1,12}){0,5}")
