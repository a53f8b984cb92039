"""How far the clauses of one document stand in another: by the share of their words, and by likeness of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnplan.compare.vectors import cosines, coverages
from vnplan.compare.words import plain, terms

MOST_PAIRS: Final = 4_000_000  # of items of two documents; more are not compared
TAKEN: Final = 0.6  # cosine of a unit with a clause from which it is that clause
TAKEN_BY: Final = 0.2  # so much more alike to it than to another one
HELD: Final = 0.6  # coverage from which a unit holds a clause beside another
COPIED: Final = 0.8  # cosine of a clause that was taken over nearly word by word


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
        self._best: list[Support] | None = None
        if self._known and units:
            self._coverages = coverages(asked, units)
            self._cosines = cosines([plain(w) for w in asked], [plain(w) for w in units])
            self._everything = self._coverages, self._cosines

    def pass_over(self, tasks: Sequence[int], headings: Sequence[bool], other: Supports | None = None) -> None:
        """Let headings, and units that surely are another task's, support only clauses of which they hold most words.

        ``tasks`` are the tasks of the clauses, ``headings`` tells which units are; ``other`` (the same clauses) says
        what each unit is alike to, where this does not.
        """
        import numpy

        base = other or self
        if not (self._known and self._units and self._asked):
            return
        rows: dict[int, list[int]] = {}
        for n, task in enumerate(tasks):
            rows.setdefault(task, []).append(n)
        self._coverages, self._cosines, self._best = self._coverages.copy(), self._cosines.copy(), None
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
        return _best(*(table[asked : asked + 1] for table in self._everything))[0]

    def of(self, asked: int, among: Sequence[int] | None = None) -> Support | None:
        """Return the best support of a clause (by the units ``among``), None when the documents are too big."""
        if not self._known:
            return None
        chosen = range(len(self._units)) if among is None else among
        if not chosen:
            return Support(0.0, 0.0, -1, -1)
        if among is None:
            if self._best is None:
                self._best = _best(self._coverages, self._cosines)
            return self._best[asked]
        places = list(chosen)
        coverage, cosine = self._coverages[asked][places], self._cosines[asked][places]
        best, near = int(coverage.argmax()), int(cosine.argmax())
        return Support(float(coverage[best]), float(cosine[near]), places[best], places[near])


def _best(coverage: Any, cosine: Any) -> list[Support]:
    """Return the best support of each clause (row) by any unit (column)."""
    best, near = coverage.argmax(axis=1), cosine.argmax(axis=1)
    parts = (coverage.max(axis=1), cosine.max(axis=1), best, near)
    return [Support(*row) for row in zip(*(part.tolist() for part in parts), strict=True)]
