"""Checks of a child's targets against a parent's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vnplan.compare.align import OTHER_TARGET, SURE, Match, TargetAlignment, align_targets, indicator
from vnplan.compare.applies import counts_units, has_field, leads_level
from vnplan.compare.evidence import horizon_evidence, nearest_words, target_evidence
from vnplan.compare.kept import kept
from vnplan.compare.messages import REASONS, Both, spoken, time_in_both, write
from vnplan.compare.order import (
    Comparison,
    compare_targets,
    direction,
    hedge,
    is_climb,
    is_intensive,
    is_rank,
    narrowing,
    show_number,
    show_value,
    unit_of,
    year_of,
)
from vnplan.compare.pairs import MIN_CONFIDENCE, UNENDED, Pair, has_end, name_of, ordered
from vnplan.compare.repeated import find_unquantified, is_mentioned
from vnplan.compare.steps import ends_before, is_expired, is_other_step, is_step
from vnplan.compare.words import contents
from vnplan.model import Coverage, Document, Finding, Severity, Target, Why

_SEVERITY: dict[str, Severity] = {"value": "high", "narrowed": "medium", "later": "medium", "softer": "low"}
BELOW_PROVINCE = 0.75  # of the certainty that a target is missing: much is done by the province itself
LEAST_SURETY = 0.4  # below it nothing is asked about what is missing
STEP, FAR_STEP = 0.65, 0.6  # of the certainty that less for an earlier year is a loss, and no step on the way
LONGEST_STEP = 2  # years; the longer the way that is left, the more of it may be still to come
_SURETY = {"value": 0.95, "narrowed": 0.85, "later": 0.85, "softer": 0.85}
FEWEST_TERMS = 4  # of content; an indicator with fewer says too little to be missed
_HEDGES = {0: Both("bảo đảm", "firm"), 1: Both("phấn đấu", "strive"), 2: Both("khoảng", "about")}
_WORST = {"satisfied": 0, "not_assessable": 1, "not_satisfied": 2}


@dataclass(slots=True)
class TargetNotes:
    """What was already said of one child, so that a remoter parent does not repeat it."""

    said: set[tuple[int, str]] = field(default_factory=set)  # position of the child's target, way
    reported: set[str] = field(default_factory=set)  # indicators of the parents that are reported as missing
    known: set[int] = field(default_factory=set)  # the child's targets that some parent has
    nearness: dict[int, float] = field(default_factory=dict)  # of the child's targets to the likest one of any parent


class JudgedTarget(NamedTuple):
    """What a child does with one target of a parent, by its place in the parent, and its own targets for it."""

    number: int
    state: str  # satisfied, not_satisfied, not_assessable
    own: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    why: Why | None = None  # it is not assessable


def judge_targets(pair: Pair, notes: TargetNotes) -> Iterator[JudgedTarget]:
    """Yield what the child does with each target of the parent, in the parent's order, those not asked of it last."""
    child, parent = pair.child, pair.parent
    asked, others = _asked(parent, child)
    targets = [parent.targets[j] for j in asked]
    alignment = align_targets(child.targets, targets)
    beside = align_targets(child.targets, [parent.targets[j] for j in others])
    for i, best in enumerate(alignment.best_of_child):
        notes.nearness[i] = max(best, beside.best_of_child[i], notes.nearness.get(i, 0.0))
    for j, target in enumerate(targets):
        matches = alignment.of_parent(j)
        found: list[Finding] = []
        why: Why | None = None
        if matches:
            state = "satisfied"
            for match in matches:
                notes.known.add(match.child)
                outcome = "not_assessable"
                if is_other_step(child.targets[match.child], target, targets):
                    why = "step"
                else:
                    outcome, findings = _compare(pair, match, target, notes)
                    why = "not comparable" if outcome == "not_assessable" else why
                    found += findings
                state = max(state, outcome, key=_WORST.__getitem__)
        else:
            state, finding, why = _unmatched(pair, targets, alignment, j, notes)
            found += [finding] if finding else []
        yield JudgedTarget(
            asked[j], state, tuple(match.child for match in matches), tuple(found),
            why if state == "not_assessable" else None,
        )  # fmt: skip
    for j in others:
        yield JudgedTarget(j, "not_assessable", why="step" if is_expired(parent.targets[j], child) else "apart")


def check_targets(pair: Pair, notes: TargetNotes) -> Iterator[Finding | Coverage]:
    """Yield what the child does with each target of the parent, in the parent's order, and the count of it."""
    counts = {"satisfied": 0, "not_satisfied": 0, "not_assessable": 0}
    reasons: Counter[Why] = Counter()
    for judged in judge_targets(pair, notes):
        counts[judged.state] += 1
        reasons.update([judged.why] if judged.why else [])
        yield from judged.findings
    yield Coverage(pair.child.id, pair.parent.id, "targets", **counts, reasons=ordered(reasons))


def _asked(parent: Document, child: Document) -> tuple[list[int], list[int]]:
    """Return which targets of the parent are asked of the child, and which are not.

    Not asked are steps that were over before the child began, and figures outside the sections of a document that has
    targets within them: what is appended to it, or written about it.
    """
    placed = any(target.role == "objectives" for target in parent.targets)
    own = [j for j, t in enumerate(parent.targets) if not is_expired(t, child) and not (placed and t.role is None)]
    return own, [j for j in range(len(parent.targets)) if j not in set(own)]


def _compare(pair: Pair, match: Match, target: Target, notes: TargetNotes) -> tuple[str, list[Finding]]:
    i, own = match.child, pair.child.targets[match.child]
    result = compare_targets(own, target, same_place=pair.same_place)
    if result.value is None and result.reason:
        told = (i, "not_comparable") not in notes.said and pair.nearest and _is_telling(match, own, target, result)
        notes.said.add((i, "not_comparable"))
        return "not_assessable", [_incomparable(pair, own, target, result)] if told else []
    if result.value == 1 and result.horizon == -1:
        return "not_assessable", []  # more, and later: another step of the way
    ways = ["value"] if result.value == -1 else [w for w in result.weaker if w != "softer" or result.value != 1]
    if own.horizon_source == "period":
        ways = [way for way in ways if way != "later"]  # it names no time; that it has until the end is assumed
    found = []
    for way in ways:
        if (i, way) in notes.said:
            continue
        notes.said.add((i, way))
        found.append(_weakened(pair, own, target, way, match))
    if result.value == 1 and not ways and pair.nearest and not match.extra:
        vi, en = write("strengthened_target", parent=name_of(pair.parent), **_values(own, target))
        surety = 0.95 * _margin(match) * (0.8 if result.horizon is None else 1.0)
        found.append(_finding(pair, "strengthened_target", "info", surety, own, target, vi, en))
    return "not_satisfied" if ways else "satisfied", found


def _is_telling(match: Match, own: Target, target: Target, result: Comparison) -> bool:
    """Return whether to say that two targets are not comparable: surely one indicator, truly in another way."""
    if result.reason == "rank":
        return False
    if result.reason == "unit":
        short, long = sorted((unit_of(own), unit_of(target)), key=len)
        if long.startswith(f"{short}/"):
            return False  # "người" of "người/vạn dân": the same unit, read in part
    return result.reason == "count" or (not match.extra and match.score >= SURE)


def _weakened(pair: Pair, own: Target, target: Target, way: str, match: Match) -> Finding:
    surety = _SURETY[way] * _margin(match) * (1.0 if pair.nearest else 0.9) * (0.75 if match.extra else 1.0)
    note_vi = note_en = ""
    name = f"weakened_target:{way}"
    if way == "value":
        mine, yours = year_of(own.horizon), year_of(target.horizon)
        if mine and yours and mine < yours:  # perhaps a step on the way
            surety *= STEP if int(yours[:4]) - int(mine[:4]) <= LONGEST_STEP else FAR_STEP
            due, later = time_in_both(own.horizon), time_in_both(target.horizon)
            note_vi = f" (chỉ tiêu này đặt cho {due.vi}, trước mốc {later.vi} của cấp trên, có thể là chỉ tiêu phân kỳ)"
            note_en = f" (it is for {due.en}, before {later.en}, and may be a step on the way)"
        if direction(own) == "fall":
            name += ":fall"
    if way == "later" and target.horizon_source == "period":
        surety *= 0.75
    vi, en = write(
        name,
        parent=name_of(pair.parent),
        condition=", ".join(narrowing(own, target)),
        child_horizon=time_in_both(own.horizon),
        parent_horizon=time_in_both(target.horizon),
        child_words=_HEDGES[hedge(own)],
        parent_words=_promised(target),
        note_vi=note_vi,
        note_en=note_en,
        **_values(own, target),
    )
    return _finding(pair, "weakened_target", _SEVERITY[way], surety, own, target, vi, en, by=way)


def _promised(target: Target) -> Both:
    """Return the value of a target with the effort that it promises, as a sentence says it."""
    value = spoken(show_value(target))
    return Both(f"phấn đấu {value.vi}", f"an effort for {value.en}") if hedge(target) == 1 else value


def _incomparable(pair: Pair, own: Target, target: Target, result: Comparison) -> Finding:
    reason = REASONS[result.reason or "unit"]
    vi, en = write(
        "not_comparable", parent=name_of(pair.parent), reason_vi=reason[0], reason_en=reason[1], **_values(own, target)
    )
    return _finding(pair, "not_comparable", "info", 0.9, own, target, vi, en)


def _unmatched(
    pair: Pair, targets: Sequence[Target], alignment: TargetAlignment, j: int, notes: TargetNotes
) -> tuple[str, Finding | None, Why | None]:
    """Return the state of a parent's target that no target of the child stands for, what to say of it, or why not."""
    child, parent = pair.child, pair.parent
    target = targets[j]
    if is_rank(target) or not _applies(target, pair):
        return "not_assessable", None, "apart"
    if indicator(target) in notes.reported:
        return "not_assessable", None, "nearer"
    if is_step(targets, alignment, j):
        return "not_assessable", None, "step"
    if pair.between and any(_holds(middle, target) for middle in pair.between):
        return "not_assessable", None, "nearer"  # what its parent has was judged there
    places = {"parent": name_of(parent), "parent_value": spoken(show_value(target))}
    if repeated := find_unquantified(child, target):
        evidence, likeness = repeated
        notes.reported.add(indicator(target))
        vi, en = write("unquantified_target", **places)
        surety = round(min(0.9, 0.5 + 0.45 * likeness) * (1.0 if pair.nearest else 0.85), 2)
        return "not_satisfied", Finding(
            "unquantified_target", "high", surety, child.id, parent.id, None, evidence,
            target_evidence(parent, target), None, show_value(target), vi, en,
        ), None  # fmt: skip
    best = alignment.best_of_parent[j]
    if is_climb(target) and child.header.level != parent.header.level:
        return "not_assessable", None, "apart"
    if best >= OTHER_TARGET:
        return "not_assessable", None, "alike"
    if not is_intensive(target) and not pair.same_place:
        return "not_assessable", None, "apart"  # a count of the whole territory
    if not _follows(pair, alignment):
        return "not_assessable", None, "own way"
    if not child.targets and not any(section.role == "objectives" for section in child.sections):
        return "not_assessable", None, "own way"  # it sets no targets at all: it may leave them to the parent
    if counts_units(target, child.header.level):
        return "not_assessable", None, "apart"
    if has_field(child) and not has_field(parent):
        return "not_assessable", None, "field"  # it may be in the field of another body
    taken = [child.targets[m.child].span for m in alignment.matches if m.score >= SURE and not m.extra]
    if len(contents(indicator(target))) < FEWEST_TERMS:
        return "not_assessable", None, "short"
    if is_mentioned(child, target, without=taken):
        return "not_assessable", None, "alike"
    surety = 0.9 if best < 0.4 else 0.75
    note_vi = note_en = ""
    if not alignment.matches:
        surety *= 0.8 if child.targets else 0.7
    if ends_before(child, target):
        surety *= 0.6
        period, due = time_in_both(child.header.period), time_in_both(target.horizon)
        note_vi = f" (văn bản này chỉ cho {period.vi}, chỉ tiêu cấp trên cho {due.vi})"
        note_en = f" (the document is for {period.en} only, the target for {due.en})"
    if target.role not in ("objectives", None) or not is_intensive(target):
        surety *= 0.7
    surety *= (1.0 if pair.nearest else 0.75) * (1.0 if has_end(child) else UNENDED)
    surety *= BELOW_PROVINCE if child.header.level in ("district", "commune") else 1.0
    notes.reported.add(indicator(target))
    if surety < LEAST_SURETY:
        return "not_assessable", None, "unsure"
    state = "not_satisfied" if surety >= MIN_CONFIDENCE else "not_assessable"
    near = alignment.nearest_of_parent[j]
    note = nearest_words(child, child.targets[near].span, best) if near >= 0 else Both("", "")
    vi, en = write("missing_target", note_vi=note_vi + note.vi, note_en=note_en + note.en, **places)
    return state, Finding(
        "missing_target", "high", round(surety, 2), child.id, parent.id, None, None, target_evidence(parent, target),
        None, show_value(target), vi, en,
    ), None if state == "not_satisfied" else "unsure"  # fmt: skip


def _follows(pair: Pair, alignment: TargetAlignment) -> bool:
    """Return whether the child is to repeat the targets of the parent: of one programme, or it repeats half of them."""
    repeated = len({match.parent for match in alignment.matches})
    return pair.whole or (repeated > 1 and repeated >= len(alignment.best_of_parent) / 2)


def _applies(target: Target, pair: Pair) -> bool:
    """Return whether the child has to take the target over: an aim of the programme, or one given to its class."""
    leads = (
        kept(pair.parent).leads.get(target.path or "", ())
        if target.role in ("organisation", "reporting", "tasks")
        else ()
    )
    if target.role in ("organisation", "reporting"):
        return leads_level(leads, pair.child.header.level)
    return not leads or leads_level(leads, pair.child.header.level)


def _holds(document: Document, target: Target) -> bool:
    return bool(align_targets(document.targets, [target]).matches)


def _margin(match: Match) -> float:
    """Return how sure it is that two targets are one indicator."""
    return 1.0 if match.score >= SURE else 0.85


def _values(own: Target, target: Target) -> dict[str, Both]:
    return {"child_value": spoken(show_value(own)), "parent_value": spoken(show_value(target))}


def _finding(
    pair: Pair, name: str, severity: Severity, surety: float, own: Target, target: Target, vi: str, en: str,
    by: str | None = None,
) -> Finding:  # fmt: skip
    words = horizon_evidence if by == "later" else target_evidence
    return Finding(
        name, severity, round(surety, 2), pair.child.id, pair.parent.id, by,
        words(pair.child, own), target_evidence(pair.parent, target), show_value(own), show_value(target),
        vi, en,
    )  # fmt: skip


def check_added_targets(child: Document, parents: Sequence[Document], notes: TargetNotes) -> Iterator[Finding]:
    """Yield the child's targets that none of its parents has, with the nearest parent."""
    ranked = any(is_rank(target) for parent in parents for target in parent.targets)
    for i, target in enumerate(child.targets):
        if i in notes.known or notes.nearness.get(i, 0.0) >= OTHER_TARGET or (ranked and is_rank(target)):
            continue
        aims = ((parent, find_unquantified(parent, target)) for parent in parents)
        repeated = next(((parent, found[0]) for parent, found in aims if found), None)
        figure = show_number(target.low)
        if not repeated and any(is_mentioned(parent, target, figure=figure) for parent in parents):
            continue  # perhaps a target of the parent that was not understood
        parent, evidence = repeated or (parents[0], None)
        name = "added_target:quantified" if repeated else "added_target"
        vi, en = write(name, parent=name_of(parent), child_value=spoken(show_value(target)))
        yield Finding(
            "added_target", "info", 0.85, child.id, parent.id, None, target_evidence(child, target), evidence,
            show_value(target), None, vi, en,
        )  # fmt: skip
