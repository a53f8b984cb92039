"""Checks of a child's tasks: what of a parent's is missing or cut, and what is new.

A task of the parent may be anywhere in the child: in a task, in a duty of an agency, in the rules on reports. It is
called missing only when no clause of it has a counterpart anywhere; between the thresholds nothing is stated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from vnplan.compare.applies import has_field, is_common, is_given
from vnplan.compare.clauses import Clause, asked_of, head_of
from vnplan.compare.evidence import evidence_at, nearest_words, task_evidence
from vnplan.compare.kept import kept
from vnplan.compare.messages import Both, write
from vnplan.compare.pairs import UNENDED, Pair, has_end, name_of, ordered
from vnplan.compare.supports import COPIED, Support, Supports
from vnplan.model import Coverage, Document, Evidence, Finding, Span, Why

MISSING: Final = (0.38, 0.43)  # coverage and cosine below which a whole task has no counterpart
LACKING: Final = (0.31, 0.43)  # the same for a clause of a task of which the rest has one
FOLLOWED: Final = 0.6  # share of the parent's clauses that must be carried before one is said to be missing
FOLLOWED_IN_PART: Final = 0.8  # the same for a child of another programme
BEGUN: Final = 0.75  # coverage of the head of a clause from which it is not lost
FEWEST_TERMS: Final = 3  # of content; a clause with fewer says too little to be looked for
ADDED: Final = (0.75, 0.65, 0.35)  # confidence that a task is new, below and from this cosine with the nearest one
# yes: Xây dựng và ban hành kế hoạch thực hiện Chương trình tại địa phương
# no:  Xây dựng mạng lưới dịch vụ
_MAKES_PLAN = re.compile(
    r"^\W{0,3}(?:căn cứ[^,;]{1,80},[ ])?(?:chủ động[ ])?(?:xây dựng|ban hành|lập|cụ thể hóa)[^,;.]{0,40}\bkế hoạch\b"
)


class JudgedTask(NamedTuple):
    """What a child does with one task of a parent, by its place there; ``near`` are its nearest words, if any."""

    number: int
    state: str  # satisfied, not_satisfied, not_assessable
    near: Span | None = None
    finding: Finding | None = None
    why: Why | None = None  # it is not assessable


def judge_tasks(pair: Pair) -> Iterator[JudgedTask]:
    """Yield what the child does with each task of the parent that is common or given to its class, in their order."""
    child, parent = pair.child, pair.parent
    level = child.header.level
    roles = kept(parent).roles
    common = [n for n, task in enumerate(parent.tasks) if is_common(task, roles.get(task.path, ""), level)]
    given = [
        n
        for n, task in enumerate(parent.tasks)
        if n not in set(common) and is_given(task, roles.get(task.path, ""), level)
    ]
    asked, units = asked_of(parent, sorted([*common, *given])), kept(child).units
    supports = Supports([clause.words for clause in asked], [unit.words for unit in units])
    heads = Supports([head_of(clause.words) for clause in asked], [unit.words for unit in units])
    whose, headings = [clause.task for clause in asked], [unit.heads for unit in units]
    heads.pass_over(whose, headings, supports)
    supports.pass_over(whose, headings)
    groups: dict[int, list[int]] = {}
    for position, clause in enumerate(asked):
        groups.setdefault(clause.task, []).append(position)
    judged: list[JudgedTask] = []
    part = has_field(child) and not has_field(parent)  # what is lacking may be in the field of another body
    follows = _follows(pair, [p for p, clause in enumerate(asked) if clause.task not in given], supports)
    for number, positions in groups.items():
        state, finding, why = _judge(pair, number, positions, asked, units, supports, heads, soft=number in given)
        if finding and (not follows or part):
            state, finding, why = "not_assessable", None, "field" if part else "own way"
        best = supports.nearest(positions[0])
        near = units[best.nearest].span if best is not None and best.nearest >= 0 else None
        judged.append(JudgedTask(number, state, near, finding, why))
    states = {one.number: one.state for one in judged}
    for one in judged:
        missing = one.finding is not None and one.finding.finding == "missing_task"
        half = _other_half(parent, one.number, states) if missing else None
        best = supports.of(groups[half][0]) if half is not None else None
        if one.finding is not None and best is not None:
            yield one._replace(finding=_halved(one.finding, pair, units[best.nearest]))
        else:
            yield one


def check_tasks(pair: Pair) -> Iterator[Finding | Coverage]:
    """Yield the tasks of the parent that the child misses or cuts, and the count; in the parent's order."""
    counts = {"satisfied": 0, "not_satisfied": 0, "not_assessable": 0}
    reasons: Counter[Why] = Counter()
    for judged in judge_tasks(pair):
        counts[judged.state] += 1
        reasons.update([judged.why] if judged.why else [])
        if judged.finding is not None:
            yield judged.finding
    yield Coverage(pair.child.id, pair.parent.id, "tasks", **counts, reasons=ordered(reasons))


def _follows(pair: Pair, positions: list[int], supports: Supports) -> bool:
    """Return whether the child keeps to the words of the parent, so that what it lacks shows.

    A programme of action that says everything anew, or a plan for a part of the matter, has other words for most
    tasks; then a task without counterpart in words says nothing.
    """
    told = [p for p in positions if supports.size(p) >= FEWEST_TERMS]
    carried = sum(1 for p in told if (support := supports.of(p)) is not None and _is_carried(support))
    return bool(told) and carried / len(told) >= (FOLLOWED if pair.whole else FOLLOWED_IN_PART)


def _judge(
    pair: Pair,
    number: int,
    positions: list[int],
    asked: list[Clause],
    units: list[Clause],
    supports: Supports,
    heads: Supports,
    *,
    soft: bool,
) -> tuple[str, Finding | None, Why | None]:
    """Return the state of one task of the parent, what is to be said of it, or why nothing is."""
    told = [p for p in positions if supports.size(p) >= FEWEST_TERMS]
    found = {p: supports.of(p) for p in told}
    if not told or any(support is None for support in found.values()):
        return "not_assessable", None, "short"
    best = {p: support for p, support in found.items() if support is not None}
    if soft:  # a duty of the class: its own plan is the plan, the rest is too general to be missed
        whole = all(_MAKES_PLAN.match(asked[p].words) or _is_carried(best[p]) for p in told)
        return ("satisfied", None, None) if whole else ("not_assessable", None, "general")
    begun = {p for p in told if _is_begun(heads, p)}
    if (
        not begun
        and all(_below(support, MISSING) for support in best.values())
        and any(_below(support, LACKING, slack=0.07) for support in best.values())
    ):
        return "not_satisfied", _missing(pair, number, best, units, supports), None
    lost = [p for p in told if p not in begun and _below(best[p], LACKING)]
    kept = [p for p in told if p not in lost]
    lost += [p for p in kept if p not in begun and _is_dropped(p, told, units, supports, best)]
    if lost and len(lost) < len(told):
        kept = [p for p in told if p not in lost]
        return "not_satisfied", _narrowed(pair, sorted(lost), kept, asked, units, best), None
    whole = all(_is_carried(support) for support in best.values())
    return ("satisfied", None, None) if whole else ("not_assessable", None, "alike")


def _below(support: Support, limit: tuple[float, float], *, slack: float = 0.0) -> bool:
    return support.coverage < limit[0] + slack and support.cosine < limit[1]


def _is_begun(heads: Supports, p: int) -> bool:
    """Return whether the head of a clause stands in one piece of the child, whatever became of the rest."""
    support = heads.of(p)
    return support is not None and heads.syllables(p) >= FEWEST_TERMS and support.coverage >= BEGUN


def _is_carried(support: Support) -> bool:
    return support.coverage >= 0.45 or support.cosine >= 0.5


def _is_dropped(p: int, told: list[int], units: list[Clause], supports: Supports, best: dict[int, Support]) -> bool:
    """Return whether a clause was left out of a task that was otherwise taken over word by word."""
    if best[p].cosine >= 0.5 or best[p].coverage >= 0.6:
        return False
    for other in told:
        if other == p or best[other].cosine < COPIED:
            continue
        task = units[best[other].nearest].task
        home = [i for i, unit in enumerate(units) if unit.task == task and task >= 0]
        inside = supports.of(p, home) if home else None
        if inside is not None and inside.coverage < 0.3 and inside.cosine < 0.43:
            return True
    return False


def _missing(pair: Pair, number: int, best: dict[int, Support], units: list[Clause], supports: Supports) -> Finding:
    gap = min(min(MISSING[0] - s.coverage, (MISSING[1] - s.cosine)) for s in best.values())
    surety = 0.7 + 1.5 * max(0.0, gap) + (0.15 if _does_nowhere(supports, best, units) else 0.0)
    if pair.parent.tasks[number].path in _rows(pair.parent):
        surety = min(0.7, surety)  # a row works out what a task above it says, and may be worked out in another way
    surety = min(0.9, surety) * _distance(pair)
    near = [support for p in best if (support := supports.nearest(p)) is not None]
    note = _nearest(pair.child, near, units)
    vi, en = write("missing_task", parent=name_of(pair.parent), note_vi=note.vi, note_en=note.en)
    evidence = task_evidence(pair.parent, pair.parent.tasks[number])
    sides = (pair.child.id, pair.parent.id)
    return Finding("missing_task", "high", round(surety, 2), *sides, None, None, evidence, None, None, vi, en)


def _does_nowhere(supports: Supports, best: dict[int, Support], units: list[Clause]) -> bool:
    """Return whether what the task does (to train, to inform) is done nowhere in the child."""
    action = supports.action(min(best))
    return action is not None and not any(supports.holds(unit, action) for unit in range(len(units)))


def _rows(document: Document) -> frozenset[str]:
    return frozenset(section.path for section in document.sections if section.kind == "row")


def _nearest(child: Document, supports: Iterable[Support], units: list[Clause]) -> Both:
    """Return the note on the words of the child nearest to what it lacks, with which the accused may answer."""
    near = max(supports, key=lambda support: max(support.cosine, support.coverage), default=None)
    if near is None or near.unit < 0:
        return Both("", "")
    at = near.unit if near.coverage > near.cosine else near.nearest
    return nearest_words(child, units[at].span, max(near.cosine, near.coverage))


def _narrowed(
    pair: Pair, lost: list[int], kept: list[int], asked: list[Clause], units: list[Clause], best: dict[int, Support]
) -> Finding:
    home = max(kept, key=lambda p: (best[p].cosine, -p))
    unit = units[best[home].nearest]
    span = pair.child.tasks[unit.task].span if unit.task >= 0 else unit.span
    spans = [asked[p].span for p in lost]
    quoted = Span(spans[0].start, spans[-1].end) if lost == list(range(lost[0], lost[-1] + 1)) else spans[0]
    surety = (0.8 if all(_below(best[p], LACKING) for p in lost) else 0.72) * _distance(pair)
    note = _nearest(pair.child, [best[p] for p in lost], units)
    vi, en = write("narrowed_task", parent=name_of(pair.parent), note_vi=note.vi, note_en=note.en)
    return Finding(
        "narrowed_task", "medium", round(surety, 2), pair.child.id, pair.parent.id, None,
        evidence_at(pair.child, span), evidence_at(pair.parent, quoted), None, None, vi, en,
    )  # fmt: skip


def _other_half(parent: Document, number: int, states: Mapping[int, str]) -> int | None:
    """Return the task that makes a group of two with this one and was taken over: the group is cut, not gone."""
    paths = {section.path: section for section in parent.sections}
    group = parent.tasks[number].path.rpartition(".")[0]
    node = paths.get(group)
    if node is None or node.parent is None or parent.sections[node.parent].role != "tasks":
        return None
    beside = [n for n, task in enumerate(parent.tasks) if n != number and task.path.rpartition(".")[0] == group]
    return beside[0] if len(beside) == 1 and states.get(beside[0]) == "satisfied" else None


def _halved(finding: Finding, pair: Pair, unit: Clause) -> Finding:
    """Return the finding that a group of two tasks was cut to one, with the words of the one that was kept."""
    span = pair.child.tasks[unit.task].span if unit.task >= 0 else unit.span
    vi, en = write("narrowed_task", parent=name_of(pair.parent))
    kept = evidence_at(pair.child, span)
    return replace(
        finding, finding="narrowed_task", severity="medium", child_evidence=kept, message_vi=vi, message_en=en
    )


def _distance(pair: Pair) -> float:
    """Return less than 1 for a parent more than one level up, and for a child of which the end may be lacking.

    What a nation does a commune may leave out.
    """
    order = ("central", "province", "district", "commune")
    ended = 1.0 if has_end(pair.child) else UNENDED
    one, other = pair.child.header.level, pair.parent.header.level
    steps = order.index(one) - order.index(other) if one in order and other in order else 1
    return ended * (1.0 if steps <= 1 else 0.85 if steps == 2 else 0.75)


def check_added_tasks(pair: Pair) -> Iterator[Finding]:
    """Yield the tasks of the child's common part that have no counterpart anywhere in the parent."""
    child, parent = pair.child, pair.parent
    roles = kept(child).roles
    rows = _rows(child)  # they work out tasks told above
    own = [n for n, task in enumerate(child.tasks) if roles.get(task.path) == "tasks" and task.path not in rows]
    asked, units = asked_of(child, own), kept(parent).units
    if not units or not pair.whole:
        return
    supports = Supports([clause.words for clause in asked], [unit.words for unit in units])
    groups: dict[int, list[int]] = {}
    for position, clause in enumerate(asked):
        groups.setdefault(clause.task, []).append(position)
    for number, positions in groups.items():
        told = [p for p in positions if supports.size(p) >= FEWEST_TERMS]
        best = [support for p in told if (support := supports.of(p)) is not None]
        if best and all(_below(support, LACKING) for support in best):
            note = _nearest(parent, best, units)
            vi, en = write("added_task", parent=name_of(parent), note_vi=note.vi, note_en=note.en)
            evidence: Evidence = task_evidence(child, child.tasks[number])
            surety = ADDED[0] if max(support.cosine for support in best) < ADDED[2] else ADDED[1]
            yield Finding("added_task", "info", surety, child.id, parent.id, None, evidence, None, None, None, vi, en)
