"""Checks of deadlines: reports and dated duties that a parent asks of the child's class of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnplan.compare.applies import leads_level
from vnplan.compare.evidence import evidence_at, folded
from vnplan.compare.messages import write
from vnplan.compare.pairs import Pair, name_of
from vnplan.compare.supports import Supports
from vnplan.compare.words import plain
from vnplan.model import Deadline, Document, Finding, Level, Task

# yes: báo cáo kết quả thực hiện về Bộ Y tế
# no:  báo cáo Thủ tướng xem xét, quyết định
_REPORT = re.compile(r"\bbáo cáo\b")
_TO = re.compile(r"báo cáo[^;.]{0,120}?[ (]((?:bộ|sở|phòng|ban|cục|tổng cục)\b[^;.()]{0,90})")
_BODY = re.compile(r"\b(?:bộ|sở|phòng|ban|cục|tổng cục)[ ][^,;.()]{3,60}")
_UPWARD = {
    "province": re.compile(r"\b(?:bộ|chính phủ|thủ tướng|ban chỉ đạo trung ương|trung ương)\b"),
    "district": re.compile(r"\b(?:sở|ubnd tỉnh|ủy ban nhân dân tỉnh|ubnd thành phố|ban chỉ đạo tỉnh|bộ)\b"),
    "commune": re.compile(
        r"\b(?:phòng|sở|(?:ubnd|ủy ban nhân dân)[ ](?:huyện|quận|thị xã|thành phố|tỉnh))\b"
    ),
}  # fmt: skip


def check_deadlines(pair: Pair) -> Iterator[Finding]:
    """Yield the deadlines that the child lacks or moves back; in the parent's order."""
    for task in pair.parent.tasks:
        if not leads_level(task.lead, pair.child.header.level):
            continue
        for deadline in deadlines_in(pair.parent, task):
            if _day(deadline) is None:
                continue
            if _REPORT.search(plain(pair.parent.quote(task.span))):
                found = _check_report(pair, task, deadline)
            else:
                found = _check_duty(pair, task, deadline)
            if found:
                yield found


def deadlines_in(document: Document, task: Task) -> list[Deadline]:
    """Return the deadlines that stand inside a task, and the one that belongs to it."""
    inside = [d for d in document.deadlines if task.span.start <= d.span.start < task.span.end]
    own = (
        document.deadlines[task.deadline]
        if task.deadline is not None and task.deadline < len(document.deadlines)
        else None
    )
    return inside if own is None or own in inside else [*inside, own]


def _day(deadline: Deadline) -> tuple[str, str] | None:
    """Return year ("XXXX" for every year) and month with day, None when the deadline names no day."""
    value = deadline.value or ""
    return (value[:4], value[5:10]) if re.fullmatch(r"(?:[0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}", value) else None


def _check_report(pair: Pair, task: Task, deadline: Deadline) -> Finding | None:
    child = pair.child
    wanted = _addressee(plain(pair.parent.quote(task.span)))
    reports = [own for own in child.tasks if _goes_up(child, own, wanted)]
    dated = [(d, own) for own in reports for d in deadlines_in(child, own) if _day(d)]
    if not dated:
        if not reports:
            return None  # nothing of the child says that it reports upwards: not assessable
        return _missing(pair, deadline, reports[0], 0.75)
    later = [pair_ for pair_ in dated if _is_later(pair_[0], deadline)]
    if len(later) < len(dated):
        return None
    return _later(pair, deadline, later[0][0], 0.85)


def _addressee(words: str) -> str | None:
    """Return the body to which a report goes ("bộ lao động …"), as its first words."""
    found = _TO.search(words)
    if not found:
        return None
    body = _BODY.search(found[1])
    return " ".join(body[0].split()[:4]) if body else None


def _goes_up(child: Document, task: Task, wanted: str | None) -> bool:
    """Return whether a task of the child is its own report to those above it."""
    words = plain(child.quote(task.span))
    at = _REPORT.search(words)
    if not at:
        return False
    rest = words[at.start() :]
    if leads_level(task.lead, _below(child.header.level)) and "tổng hợp" not in rest:
        return False  # what those below send in
    if wanted and wanted in rest:
        return True
    upward = _UPWARD.get(child.header.level or "")
    return bool(upward and upward.search(_without_own(rest, child)))


def _below(level: Level | None) -> Level | None:
    """Return the level below."""
    order: list[Level] = ["central", "province", "district", "commune"]
    return order[order.index(level) + 1] if level in order[:-1] else None


def _without_own(words: str, child: Document) -> str:
    """Leave out the child's own issuer: a report to it comes in, it does not go up."""
    own = plain(child.header.issuer or "")
    words = words.replace(own, " ") if own else words
    unit = {"district": "thành phố|huyện|quận|thị xã", "province": "tỉnh"}.get(child.header.level or "")
    return re.sub(rf"\b(?:ubnd|ủy ban nhân dân)[ ](?:{unit})\b(?![ ]tỉnh)", " ", words) if unit else words


def _check_duty(pair: Pair, task: Task, deadline: Deadline) -> Finding | None:
    """Compare the time of a dated duty with the child's task of the same content; silent when none is surely it."""
    child = pair.child
    asked = plain(pair.parent.quote(task.span))
    candidates = [own for own in child.tasks if not leads_level(own.lead, _below(child.header.level))]
    if not candidates:
        return None
    supports = Supports([asked], [plain(child.quote(own.span)) for own in candidates])
    best = supports.of(0)
    if best is None or best.nearest < 0 or best.cosine < 0.6:
        return None
    dated = [d for d in deadlines_in(child, candidates[best.nearest]) if _day(d)]
    later = [d for d in dated if _is_later(d, deadline)]
    return _later(pair, deadline, later[0], 0.7) if later and len(later) == len(dated) else None


def _is_later(own: Deadline, other: Deadline) -> bool:
    mine, yours = _day(own), _day(other)
    if mine is None or yours is None:
        return False
    if "XXXX" in (mine[0], yours[0]):
        # a day in January after one in December is a day of the next year; which one is meant is not sure
        return mine[1] > yours[1] and not (yours[1] < "03" and mine[1] > "10")
    return mine > yours


def _missing(pair: Pair, deadline: Deadline, task: Task, surety: float) -> Finding:
    quote = folded(pair.parent.quote(deadline.span))
    vi, en = write("missing_deadline", parent=name_of(pair.parent), parent_value=f"“{quote}”")
    return Finding(
        "missing_deadline", "medium", surety, pair.child.id, pair.parent.id, None,
        evidence_at(pair.child, task.span, task.path), evidence_at(pair.parent, deadline.span, deadline.path),
        None, quote, vi, en,
    )  # fmt: skip


def _later(pair: Pair, deadline: Deadline, own: Deadline, surety: float) -> Finding:
    mine, yours = folded(pair.child.quote(own.span)), folded(pair.parent.quote(deadline.span))
    vi, en = write("later_deadline", parent=name_of(pair.parent), child_value=f"“{mine}”", parent_value=f"“{yours}”")
    return Finding(
        "later_deadline", "medium", surety, pair.child.id, pair.parent.id, None,
        evidence_at(pair.child, own.span, own.path), evidence_at(pair.parent, deadline.span, deadline.path),
        mine, yours, vi, en,
    )  # fmt: skip
