"""Which item of a parent is which item of a child, with the words that say so.

The thresholds are measured on the corpus and on real plans (docs/findings.md): pairs of one indicator score 0.65 and
more, pairs of different indicators 0.55 and less; between the two nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from vnplan.compare.order import unit_of, year_of
from vnplan.compare.restriction import restrictions
from vnplan.compare.vectors import cosines, likeness
from vnplan.compare.words import contents, plain
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
_LEVELS: Final = {"trung ương": 1, "tỉnh": 2, "huyện": 4, "xã": 8}
COUNTED: Final = 0.1  # from the score of two shares of which one is of files, the other of procedures
# yes: 95% hồ sơ thủ tục hành chính
# yes: Tỷ lệ hồ sơ trực tuyến
# no:  100% thủ tục hành chính
_FILES: Final = re.compile(r"(?<![^\W_])hồ sơ(?![^\W_])")
# yes: 100% dịch vụ công trực tuyến toàn trình
# yes: 80% TTHC đủ điều kiện
# no:  thủ trưởng
_PROCEDURES: Final = re.compile(r"(?<![^\W_])(?:thủ tục|dịch vụ công|tthc|dvctt)(?![^\W_])")


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
    import numpy
    from scipy.optimize import linear_sum_assignment

    scores = _target_scores(child, parent)
    near = _less_steps(scores, child, parent)
    same = scores >= SAME_TARGET
    rows, columns = linear_sum_assignment(near, maximize=True)
    pairs = {(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if same[i, j]}
    best = set(pairs)
    taken_child, taken_parent = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in enumerate(near.argmax(axis=1).tolist()):  # one target split into several
        if i not in taken_child and same[i, j] and j in taken_parent:
            pairs.add((i, j))
    for j, i in enumerate(near.argmax(axis=0).tolist()):  # several targets merged into one
        if j not in taken_parent and same[i, j] and i in taken_child:
            pairs.add((i, j))
    matches = tuple(
        replace(_explain(child[i], parent[j], i, j, float(scores[i, j])), extra=(i, j) not in best)
        for i, j in sorted(pairs)
    )
    free = scores.copy()  # what surely is another target of the parent comes near to none but that
    for match in matches:
        if match.score >= SURE and not match.extra:
            free[match.child][match.score >= numpy.maximum(SURE, scores[match.child] + APART)] = -1.0
    for i, j in pairs:
        free[i, j] = scores[i, j]
    lone = free.max(axis=0) < 0
    nearest = numpy.where(lone, -1, free.argmax(axis=0))
    best_of_parent = numpy.where(lone, 0.0, free.max(axis=0))
    return TargetAlignment(
        matches, tuple(best_of_parent.tolist()), tuple(scores.max(axis=1).tolist()), tuple(nearest.tolist())
    )


def _target_scores(child: Sequence[Target], parent: Sequence[Target]) -> Any:
    """Return an array of how alike each target of the child (row) and of the parent (column) are."""
    import numpy

    own, other = [indicator(t) for t in child], [indicator(t) for t in parent]
    mine, yours = _sides(child, own), _sides(parent, other)
    scores = cosines(own, other)
    shared, grouped = likeness(mine.groups, yours.groups, [*own, *other])
    scores = numpy.where(grouped, 0.7 * scores + 0.3 * shared, scores)
    scores -= numpy.where(mine.share[:, None] != yours.share[None, :], 0.1, 0.0)
    told = (mine.counted[:, None] > 0) & (yours.counted[None, :] > 0)
    scores -= numpy.where(told & (mine.counted[:, None] != yours.counted[None, :]), COUNTED, 0.0)
    leveled = (mine.levels[:, None] > 0) & (yours.levels[None, :] > 0)
    apart = leveled & ((mine.levels[:, None] & yours.levels[None, :]) == 0)
    scores = (scores - numpy.where(apart, OTHER_LEVEL, 0.0)).round(9)
    doubtful = ~apart & (scores >= ALIKE) & (scores < RESTRICTED)
    for i, j in numpy.argwhere(doubtful).tolist():
        if restrictions(child[i], parent[j]):
            scores[i, j] = RESTRICTED  # the same words, and some that say of whom
    return scores


class _Sides(NamedTuple):
    """By what targets are laid beside others: whom they aim at, as words, and arrays of what else they say."""

    groups: list[str]
    share: Any
    counted: Any
    levels: Any


def _sides(targets: Sequence[Target], words: Sequence[str]) -> _Sides:
    import numpy

    return _Sides(
        [plain(target.population or "") for target in targets],
        numpy.array([unit_of(target) == "%" for target in targets]),
        numpy.array([_counted(one) for one in words]),
        numpy.array([sum({_LEVELS[level] for level in _OF_LEVEL.findall(one)}) for one in words]),
    )


def _counted(words: str) -> int:
    """Return whether a target counts files (1) or the procedures that they are for (2): one may have many files."""
    return 1 if _FILES.search(words) else 2 if _PROCEDURES.search(words) else 0


def _less_steps(scores: Any, child: Sequence[Target], parent: Sequence[Target]) -> Any:
    """Return the scores less a small penalty for another horizon, so that a step of 2025 goes to the step of 2025."""
    import numpy

    (years, lows), (dues, values) = (
        (numpy.array([year_of(target.horizon) or "" for target in side]), numpy.array([t.low for t in side]))
        for side in (child, parent)
    )
    later = numpy.where(years[:, None] == dues[None, :], 0.0, 0.04)
    return (scores - (later + numpy.where(lows[:, None] == values[None, :], 0.0, 0.01))).round(9)


def _explain(child: Target, parent: Target, i: int, j: int, score: float) -> Match:
    own, other = dict.fromkeys(contents(indicator(child))), dict.fromkeys(contents(indicator(parent)))
    common = tuple(word for word in other if word in own)
    return Match(i, j, round(score, 3), common, tuple(word for word in other if word not in own))
