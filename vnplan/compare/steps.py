"""Steps of one indicator on its way (80% by 2025, 90% by 2030), and which of them concern a child."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from vnplan.compare.align import TargetAlignment, indicator
from vnplan.compare.order import compare_targets, year_of
from vnplan.compare.programme import read_period
from vnplan.compare.words import contents
from vnplan.model import Document, Target

ONE_INDICATOR = 0.75  # of the terms of two targets of one document that are steps of one indicator


def is_step(targets: Sequence[Target], alignment: TargetAlignment, j: int) -> bool:
    """Return whether the child has another step of the same indicator (90% by 2030 for 80% by 2025)."""
    words = indicator(targets[j])
    matched = {match.parent for match in alignment.matches}
    return any(indicator(targets[k]) == words for k in matched if k != j)


def is_other_step(own: Target, target: Target, targets: Sequence[Target]) -> bool:
    """Return whether another step of the parent's indicator is the one that a target is to be measured by.

    The parent asks for 30% by 2025 and for 50% by 2030: a target for 2025 or before is measured by the first, one for a
    year between the two by the first as well, one for 2030 or later by the second. One that names no year is measured
    by the first when it keeps that.
    """
    due, when = year_of(target.horizon), year_of(own.horizon)
    if due is None or when is None:
        return False
    words = indicator(target)
    apart = ((t, step) for t in targets if (step := year_of(t.horizon)) is not None and step != due)
    others = [(t, step) for t, step in apart if _is_one(words, indicator(t))]
    if own.horizon_source != "period":
        passed = [step for step in (*(step for _, step in others), due) if step <= when]
        return bool(others) and (max(passed) if passed else min(*(step for _, step in others), due)) != due
    return any(step < due and compare_targets(own, other, same_place=True).value in (0, 1) for other, step in others)


def _is_one(words: str, others: str) -> bool:
    """Return whether two wordings of one document are of one indicator: nearly all terms in common."""
    one, other = _content(words), _content(others)
    if not one or min(len(one), len(other)) < ONE_INDICATOR * max(len(one), len(other)):
        return False
    return len(one & other) >= ONE_INDICATOR * len(one | other)


@lru_cache(maxsize=4096)
def _content(words: str) -> frozenset[str]:
    return frozenset(contents(words))


def is_expired(target: Target, child: Document) -> bool:
    """Return whether the target's time was over when the child began."""
    due, start = year_of(target.horizon), _start_year(child)
    return bool(due and start and int(due[:4]) < start)


def ends_before(child: Document, target: Target) -> bool:
    period, due = read_period(child.header.period), year_of(target.horizon)
    return bool(period and due and period.last < int(due[:4]))


def _start_year(document: Document) -> int | None:
    period = read_period(document.header.period) or read_period(document.header.date)
    return period.first if period else None
