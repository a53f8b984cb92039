"""What became of the targets of a plan: the figures that reports on it give, beside those that it planned.

Nobody is accused: a report tells how far a plan has come, and its day is not the day by which a target is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vnplan.compare.align import SAME_TARGET, align_targets
from vnplan.compare.cascade import Cascade, build_cascade
from vnplan.compare.evidence import evidence_at, target_evidence
from vnplan.compare.identity import places_of
from vnplan.compare.order import is_intensive, show_value, unit_of
from vnplan.compare.words import contents
from vnplan.model import Document, Evidence, Target

NEAR: Final = 0.06  # of the likeness of the best result, below which another one is none
LEAST_SHARED: Final = 0.3  # of the words of an outcome that a result has
SURE: Final = 0.8  # likeness of a target and a result from which a pair is as sure as it gets
_BEST, _LEAST = 0.95, 0.7
# yes: quý I năm 2026 / quý 2/2025
# no:  quý báu
_QUARTER = re.compile(r"quý[ ]([IViv]{1,3}|[1-4])[ /](?:năm[ ])?(20[0-9]{2})")
# yes: 6 tháng đầu năm 2024 / 9 tháng năm 2025
# no:  trong 6 tháng
_MONTHS = re.compile(r"0?([1-9]|1[0-2])[ ]tháng[ ](?:đầu[ ])?(?:của[ ])?năm[ ](20[0-9]{2})")
# yes: tháng 5 năm 2024 / tháng 11/2025
# no:  6 tháng
_MONTH = re.compile(r"tháng[ ]0?([1-9]|1[0-2])[ /](?:năm[ ])?(20[0-9]{2})")
_YEAR = re.compile(r"năm[ ](20[0-9]{2})(?![0-9])")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENDS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# yes: thủ tục hành chính (TTHC) / văn bản quy phạm pháp luật (VBQPPL)
# no:  Tỉnh ủy (28)
_ABBREVIATED = re.compile(
    r"(?P<words>(?:[^\W\d_]{1,12}[ ,]{1,2}){1,9})\((?:(?:viết tắt là|gọi tắt là)[ ])?(?P<short>[A-ZĐ]{2,9})\)"
)


@dataclass(frozen=True, slots=True)
class Reached:
    """One target of a plan with what a report says of it: None and no evidence where it says nothing.

    ``as_of`` is the day for which the report gives the figure (EDTF), ``confidence`` how sure it is that the two speak
    of one thing; 0.0 where nothing was found.
    """

    planned: str
    horizon: str | None
    plan_evidence: Evidence
    reached: str | None = None
    as_of: str | None = None
    report_evidence: Evidence | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What one report says of the targets of one plan, in the order of the plan.

    ``whole`` tells that the report speaks of all of the plan's territory: one of a commune on the plan of its province
    tells of its own part.
    """

    plan: str
    report: str
    as_of: str | None
    whole: bool
    rows: tuple[Reached, ...]

    def __repr__(self) -> str:
        told = sum(row.reached is not None for row in self.rows)
        return f"<Progress: {told} of {len(self.rows)} targets, as of {self.as_of or 'an unknown day'}>"


def progress(cascade: Cascade | Iterable[Document]) -> tuple[Progress, ...]:
    """Return for each report on a plan that is there what it says of the plan's targets, sorted by plan and day.

    A report alone gives none. Nothing here is a finding.
    """
    if not isinstance(cascade, Cascade):
        cascade = build_cascade(cascade)
    found = []
    for edge in cascade.edges:
        report, plan = cascade.node(edge.child), cascade.node(edge.parent)
        if edge.relation != "reports_on" or not isinstance(report, Document) or not isinstance(plan, Document):
            continue
        if plan.targets and report.results:
            found.append(_of_report(report, plan))
    return tuple(sorted(found, key=lambda one: (one.plan, one.as_of or "", one.report)))


def _of_report(report: Document, plan: Document) -> Progress:
    day = as_of(report)
    whole = places_of(report.header.jurisdiction) == places_of(plan.header.jurisdiction)
    results, targets = _spelled_out(report, report.results), _spelled_out(plan, plan.targets)
    told: dict[int, dict[int, float]] = {}
    for own in (results, [_as_one(result) for result in results]):
        for match in align_targets(own, targets).matches:
            if _comparable(results[match.child], targets[match.parent], whole=whole):
                scores = told.setdefault(match.parent, {})
                scores[match.child] = max(match.score, scores.get(match.child, 0.0))
    rows: list[Reached] = []
    for place, target in enumerate(plan.targets):
        row = Reached(show_value(target), target.horizon, target_evidence(plan, target))
        found = [_told(row, report, at, score, day) for score, at in _best(told.get(place, {}), report.results)]
        rows += found or [row]
    return Progress(plan.id, report.id, day, whole, tuple(rows))


def _best(scores: Mapping[int, float], results: Sequence[Target]) -> Iterator[tuple[float, int]]:
    """Yield the surest result, and those nearly as sure that have another value: two parts of one territory."""
    values: set[tuple[float, float]] = set()
    ranked = sorted(((score, at) for at, score in scores.items()), key=lambda row: (-row[0], row[1]))
    for score, at in ranked:
        value = (results[at].low, results[at].high)
        if score >= ranked[0][0] - NEAR and value not in values:
            values.add(value)
            yield score, at


def _told(row: Reached, report: Document, at: int, score: float, day: str | None) -> Reached:
    result = report.results[at]
    return replace(
        row,
        reached=show_value(result),
        as_of=result.horizon or day,
        report_evidence=evidence_at(report, result.span, result.path),
        confidence=_confidence(score),
    )


def _as_one(result: Target) -> Target:
    """Return a result with all its words as outcome: a report often leaves out of whom it speaks."""
    return replace(result, population=None, outcome=" ".join(filter(None, (result.population, result.outcome))))


def _comparable(result: Target, target: Target, *, whole: bool) -> bool:
    """Return whether two figures are of one unit; counts only where the report speaks of all of the territory."""
    if unit_of(result) != unit_of(target):
        return False
    if unit_of(result) == "%" and result.high > 100 >= target.high:
        return False  # a count in a row of shares
    change = {"increase_by", "decrease_by"}
    if (result.comparator in change) != (target.comparator in change):
        return False
    said = set(contents(f"{result.population or ''} {result.outcome or ''}"))
    aimed = set(contents(target.outcome or ""))
    if aimed and len(said & aimed) < LEAST_SHARED * len(aimed):
        return False  # of the same people, and something else about them
    return whole or is_intensive(target)


def _confidence(score: float) -> float:
    share = (min(score, SURE) - SAME_TARGET) / (SURE - SAME_TARGET)
    return round(_LEAST + (_BEST - _LEAST) * share, 2)


def as_of(report: Document) -> str | None:
    """Return the last day of the time that a report's title names, else the day of the report (EDTF)."""
    words = " ".join((report.header.subject or "").split())
    if found := _QUARTER.search(words):
        number = int(found[1]) if found[1].isdigit() else _ROMAN.get(found[1].lower())
        if number:
            return _end(int(found[2]), 3 * number)
    for pattern in (_MONTHS, _MONTH):
        if found := pattern.search(words):
            return _end(int(found[2]), int(found[1]))
    if found := _YEAR.search(words):
        return f"{found[1]}-12-31"
    return report.header.date


def _end(year: int, month: int) -> str:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year}-{month:02}-{_ENDS[month - 1] + leap}"


def _spelled_out(document: Document, targets: Iterable[Target]) -> list[Target]:
    """Return targets with the abbreviations written out that the document itself explains."""
    short = dict(_abbreviations(document.text.clean))
    if not short:
        return list(targets)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(short, key=len, reverse=True)))})(?!\w)")

    def spelled(words: str | None) -> str | None:
        return pattern.sub(lambda found: short[found[0]], words) if words else words

    return [replace(t, population=spelled(t.population), outcome=spelled(t.outcome)) for t in targets]


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation that stands in brackets behind the words whose initials it has, with these words."""
    for found in _ABBREVIATED.finditer(text):
        words = found["words"].replace(",", " ").split()
        short = found["short"]
        own = words[-len(short) :]
        if len(own) == len(short) and all(w[0].upper() == letter for w, letter in zip(own, short, strict=True)):
            yield short, " ".join(own)
