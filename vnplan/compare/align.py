"""Which item of a parent is which item of a child, with the words that say so.

The thresholds are measured on the corpus and on real plans (docs/findings.md): pairs of one indicator score 0.65 and
more, pairs of different indicators 0.55 and less; between the two nothing is stated.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from vnplan.compare.order import unit_of, year_of
from vnplan.compare.restriction import restrictions
from vnplan.compare.words import Weights, contents, cosines, features, plain, terms
from vnplan.model import Target

SAME_TARGET: Final = 0.58
OTHER_TARGET: Final = 0.48
SURE: Final = 0.7  # score of two targets from which they are surely one indicator
APART: Final = 0.15  # so much more alike a target must be to another one, to be no counterpart of this one
MOST_PAIRS: Final = 4_000_000  # of items of two documents; more are not compared
ALIKE: Final = 0.35  # score from which two targets may be alike but for a restriction
RESTRICTED: Final = 0.7  # score of two targets that are
OTHER_LEVEL: Final = 0.2  # from the score of two targets of which one is of the province, the other of the commune
# yes: hồ sơ công việc cấp tỉnh
# yes: hồ sơ công việc của xã
# no:  xã hội
_OF_LEVEL: Final = re.compile(r"(?<![^\W_])(?:cấp|của) (trung ương|tỉnh|huyện|xã(?! hội))(?![^\W_])")
COUNTED: Final = 0.1  # from the score of two shares of which one is of files, the other of procedures
# yes: 95% hồ sơ thủ tục hành chính
# yes: Tỷ lệ hồ sơ trực tuyến
# no:  100% thủ tục hành chính
_FILES: Final = re.compile(r"(?<![^\W_])hồ sơ(?![^\W_])")
# yes: 100% dịch vụ công trực tuyến toàn trình
# yes: 80% TTHC đủ điều kiện
# no:  thủ trưởng
_PROCEDURES: Final = re.compile(r"(?<![^\W_])(?:thủ tục|dịch vụ công|tthc|dvctt)(?![^\W_])")
TAKEN: Final = 0.6  # cosine of a unit with a clause from which it is that clause
TAKEN_BY: Final = 0.2  # so much more alike to it than to another one
HELD: Final = 0.6  # coverage from which a unit holds a clause beside another
COPIED: Final = 0.8  # cosine of a clause that was taken over nearly word by word


@dataclass(frozen=True, slots=True)
class Match:
    """A target of a child that stands for one of a parent: positions, score, and the words that agree or are lost.

    ``extra`` when the best assignment gave one of the two to another target: split, merged, or only alike.
    """

    child: int
    parent: int
    score: float
    common: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    extra: bool = False


@dataclass(frozen=True, slots=True)
class TargetAlignment:
    """The matches of two lists of targets, and how near the best other comes for each that has none.

    ``nearest_of_parent`` is the position of that best other for each target of the parent, -1 when there is none;
    what is surely another target of the parent is passed over.
    """

    matches: tuple[Match, ...]
    best_of_parent: tuple[float, ...]
    best_of_child: tuple[float, ...]
    nearest_of_parent: tuple[int, ...]

    def of_parent(self, index: int) -> tuple[Match, ...]:
        """Return the matches of one target of the parent."""
        return tuple(match for match in self.matches if match.parent == index)

    def of_child(self, index: int) -> tuple[Match, ...]:
        """Return the matches of one target of the child."""
        return tuple(match for match in self.matches if match.child == index)


def indicator(target: Target) -> str:
    """Return the words of a target without its number, as they are compared."""
    return plain(f"{target.population or ''} {target.outcome or ''}")


def align_targets(child: Sequence[Target], parent: Sequence[Target]) -> TargetAlignment:
    """Return which targets are one indicator: a best assignment, then what was split in two or merged into one."""
    if not child or not parent or len(child) * len(parent) > MOST_PAIRS:
        return TargetAlignment((), (0.0,) * len(parent), (0.0,) * len(child), (-1,) * len(parent))
    scores = _target_scores(child, parent)
    from scipy.optimize import linear_sum_assignment

    near = _less_steps(scores, child, parent)
    rows, columns = linear_sum_assignment([[-value for value in row] for row in near])
    pairs = {(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if scores[i][j] >= SAME_TARGET}
    best = set(pairs)
    taken_child, taken_parent = {i for i, _ in pairs}, {j for _, j in pairs}
    for i in range(len(child)):
        if i not in taken_child:  # one target split into several
            j = max(range(len(parent)), key=lambda j: (near[i][j], -j))
            if scores[i][j] >= SAME_TARGET and j in taken_parent:
                pairs.add((i, j))
    for j in range(len(parent)):
        if j not in taken_parent:  # several targets merged into one
            i = max(range(len(child)), key=lambda i: (near[i][j], -i))
            if scores[i][j] >= SAME_TARGET and i in taken_child:
                pairs.add((i, j))
    matches = tuple(
        replace(_explain(child[i], parent[j], i, j, scores[i][j]), extra=(i, j) not in best) for i, j in sorted(pairs)
    )
    surely = {match.child: match.score for match in matches if match.score >= SURE and not match.extra}
    free = [  # what surely is another target of the parent comes near to none but that
        [
            i
            for i in range(len(child))
            if i not in surely or surely[i] < max(SURE, scores[i][j] + APART) or (i, j) in pairs
        ]
        for j in range(len(parent))
    ]
    nearest = tuple(max(free[j], key=lambda i: (scores[i][j], -i), default=-1) for j in range(len(parent)))
    best_of_parent = tuple(scores[i][j] if i >= 0 else 0.0 for j, i in enumerate(nearest))
    return TargetAlignment(matches, best_of_parent, tuple(max(row) for row in scores), nearest)


def _target_scores(child: Sequence[Target], parent: Sequence[Target]) -> list[list[float]]:
    own, other = [indicator(t) for t in child], [indicator(t) for t in parent]
    weights = Weights([features(words) for words in [*own, *other]])
    mine = [_side(target, words, weights) for target, words in zip(child, own, strict=True)]
    yours = [_side(target, words, weights) for target, words in zip(parent, other, strict=True)]
    scores: list[list[float]] = cosines(own, other).tolist()
    for (group, weight, share, counted, levels), row, target in zip(mine, scores, child, strict=True):
        for j, one in enumerate(yours):
            score = row[j]
            if group and one.group:
                shared = 0.0 if group.isdisjoint(one.group) else weights.of(group & one.group)
                whole = weight + one.weight
                score = 0.7 * score + 0.3 * (2 * shared / whole if whole else 0.0)
            if share != one.share:
                score -= 0.1
            if counted and one.counted and counted != one.counted:
                score -= COUNTED
            if levels and one.levels and not levels & one.levels:
                score -= OTHER_LEVEL
            elif ALIKE <= score < RESTRICTED and restrictions(target, parent[j]):
                score = RESTRICTED  # the same words, and some that say of whom
            row[j] = score
    return scores


class _Side(NamedTuple):
    """What two targets are laid beside each other by: whom they aim at, as features and their weight, and the rest."""

    group: frozenset[str]
    weight: float
    share: bool
    counted: frozenset[str]
    levels: frozenset[str]


def _side(target: Target, words: str, weights: Weights) -> _Side:
    group = features(plain(target.population or ""))
    share = unit_of(target) == "%"
    return _Side(frozenset(group), weights.of(group), share, _counted(words), frozenset(_OF_LEVEL.findall(words)))


def _counted(words: str) -> frozenset[str]:
    """Return whether a target counts files or the procedures that they are for: many files may be of one procedure."""
    files = _FILES.search(words)
    return frozenset({"files"} if files else {"procedures"} if _PROCEDURES.search(words) else ())


def _less_steps(
    scores: Sequence[Sequence[float]], child: Sequence[Target], parent: Sequence[Target]
) -> list[list[float]]:
    """Return the scores less a small penalty for another horizon, so that a step of 2025 goes to the step of 2025."""
    mine, yours = ([(year_of(target.horizon), target.low) for target in side] for side in (child, parent))
    return [
        [
            score - ((0.0 if year == other else 0.04) + (0.0 if low == other_low else 0.01))
            for score, (other, other_low) in zip(row, yours, strict=True)
        ]
        for row, (year, low) in zip(scores, mine, strict=True)
    ]


def _explain(child: Target, parent: Target, i: int, j: int, score: float) -> Match:
    own, other = dict.fromkeys(contents(indicator(child))), dict.fromkeys(contents(indicator(parent)))
    common = tuple(word for word in other if word in own)
    return Match(i, j, round(score, 3), common, tuple(word for word in other if word not in own))


@dataclass(frozen=True, slots=True)
class Support:
    """How far the words of a clause occur in units of another document: coverage and cosine, and the unit of each."""

    coverage: float
    cosine: float
    unit: int  # position of the unit with the best coverage, -1 when there are none
    nearest: int  # position of the unit with the best cosine


class Supports:
    """The support that units of one document give to clauses of another, computed once for all pairs."""

    def __init__(self, asked: Sequence[str], units: Sequence[str]) -> None:
        self._asked = [terms(words) for words in asked]
        self._units = [terms(words) for words in units]
        self._known = bool(asked) and len(asked) * max(1, len(units)) <= MOST_PAIRS
        if self._known and units:
            self._coverages = _coverages(self._asked, self._units)
            self._cosines = cosines([plain(w) for w in asked], [plain(w) for w in units])
            self._everything = self._coverages.copy(), self._cosines.copy()

    def pass_over(self, tasks: Sequence[int], headings: Sequence[bool], other: Supports | None = None) -> None:
        """Let headings, and units that surely are another task's, support only clauses of which they hold most words.

        ``tasks`` are the tasks of the clauses, ``headings`` tells which units are; ``other`` (the same clauses) says
        what each unit is alike to, where this does not.
        """
        import numpy

        base = other or self
        if not (self._known and self._units and self._asked):
            return
        rows = {task: [n for n, one in enumerate(tasks) if one == task] for task in tasks}
        best = numpy.stack([base._cosines[clauses].max(axis=0) for clauses in rows.values()])
        order = numpy.sort(best, axis=0)
        heads = numpy.array(headings)
        first, second = order[-1], order[-2] if len(order) > 1 else numpy.zeros_like(order[-1])
        for own, clauses in zip(best, rows.values(), strict=True):
            others = numpy.where(own >= first, second, first)
            for n in clauses:
                taken = (others >= numpy.maximum(TAKEN, base._cosines[n] + TAKEN_BY)) | heads
                taken &= base._coverages[n] < HELD
                self._coverages[n][taken] = 0.0
                self._cosines[n][taken] = 0.0

    def size(self, asked: int) -> int:
        """Return how many different terms a clause is about."""
        return sum(" " not in term for term in self._asked[asked])

    def syllables(self, asked: int) -> int:
        """Return how many syllables the different terms of a clause have."""
        return sum(term.count("_") + 1 for term in self._asked[asked] if " " not in term)

    def action(self, asked: int) -> str | None:
        """Return the first term of what is asked if it is a known action ("truyền_thông"), else None."""
        first = next(iter(self._asked[asked]), "")
        return first if "_" in first else None

    def holds(self, unit: int, term: str) -> bool:
        """Return whether a unit has a term."""
        return term in self._units[unit]

    def nearest(self, asked: int) -> Support | None:
        """Return the best support of a clause by any unit, also by one that is passed over."""
        if not self._known or not self._units:
            return self.of(asked)
        coverage, cosine = (table[asked] for table in self._everything)
        best, near = int(coverage.argmax()), int(cosine.argmax())
        return Support(float(coverage[best]), float(cosine[near]), best, near)

    def of(self, asked: int, among: Sequence[int] | None = None) -> Support | None:
        """Return the best support of a clause (by the units ``among``), None when the documents are too big."""
        if not self._known:
            return None
        chosen = list(range(len(self._units))) if among is None else list(among)
        if not chosen:
            return Support(0.0, 0.0, -1, -1)
        coverage, cosine = self._coverages[asked][chosen], self._cosines[asked][chosen]
        best, near = int(coverage.argmax()), int(cosine.argmax())
        return Support(float(coverage[best]), float(cosine[near]), chosen[best], chosen[near])


def _coverages(asked: Sequence[Mapping[str, int]], units: Sequence[Mapping[str, int]]) -> Any:
    """Return an array of the share of the weight of each clause (row) that each unit (column) covers."""
    import numpy
    from scipy.sparse import csr_matrix

    weights = Weights([*units, *asked])
    columns = {term: i for i, term in enumerate(dict.fromkeys(term for item in asked for term in item))}

    def matrix(items: Sequence[Mapping[str, int]], *, weighed: bool) -> Any:
        rows = [sorted(columns[term] for term in item if term in columns) for item in items]
        starts = numpy.cumsum([0, *map(len, rows)])
        places = numpy.fromiter(itertools.chain.from_iterable(rows), numpy.int32, int(starts[-1]))
        values = heaviness[places] if weighed else numpy.ones(len(places))
        return csr_matrix((values, places, starts), shape=(len(items), len(columns)))

    heaviness = numpy.array([weights[term] for term in columns])
    mine = matrix(asked, weighed=True)
    whole = numpy.asarray(mine.sum(axis=1)).reshape(-1, 1)
    shared = (mine @ matrix(units, weighed=False).T).toarray()
    return numpy.where(whole > 0, shared / numpy.where(whole > 0, whole, 1.0), 1.0).round(9)
