"""Items of two documents laid beside each other as figures: cosines of their letters, weights of the words they share.

What an item is made of is numbered once and kept: the same items come again in every pair of which a document is part.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from vnplan.compare.words import features, terms

_GROUPS = (2, 3, 4)  # letters in a group, the blanks around a word among them
_MOST_NUMBERS = 200_000  # of groups or terms, before the numbers begin anew
_MOST_ITEMS = 8_192  # that are kept
_DENSE = 200_000  # figures of a table that is faster than what leaves out its zeros
_LONG_WORD = 40  # letters; the groups of longer ones are not kept


class _Numbers:
    """The features of the last items, numbered in the order in which they were met, and each item as figures."""

    def __init__(self, divide: Callable[[str], Mapping[Any, int]]) -> None:
        self.divide = divide
        self._numbers: defaultdict[Any, int] = defaultdict(itertools.count().__next__)
        self._items: dict[str, tuple[Any, Any]] = {}

    @property
    def full(self) -> bool:
        """Whether there are so many numbers or items that it is time to begin anew."""
        return len(self._numbers) > _MOST_NUMBERS or len(self._items) > _MOST_ITEMS

    def of(self, words: str) -> tuple[Any, Any]:
        """Return the numbers of the different features of an item, and how often each is there."""
        import numpy

        found = self._items.get(words)
        if found is None:
            counts, numbers = self.divide(words), self._numbers
            places = numpy.array([numbers[feature] for feature in counts], numpy.int64)
            found = places, numpy.fromiter(counts.values(), numpy.float64, len(counts))
            self._items[words] = found
        return found


def _groups(words: str) -> Mapping[int, int]:
    parts = (_of_word(word) if len(word) < _LONG_WORD else _groups_in(word) for word in words.split())
    return Counter(itertools.chain.from_iterable(parts))


@lru_cache(maxsize=16384)
def _of_word(word: str) -> tuple[int, ...]:
    return tuple(_groups_in(word))


def _groups_in(word: str) -> Iterator[int]:
    """Yield each group of letters of a word as one figure: four letters of Vietnamese have room in 64 bits."""
    signs = [ord(sign) & 0xFFFF for sign in f" {word} "]
    for size in _GROUPS:
        for at in range(max(1, len(signs) - size + 1)):
            figure = 0
            for sign in signs[at : at + size]:
                figure = figure << 16 | sign
            yield figure
        if len(signs) <= size:  # a short word counts once
            return


_kept: dict[str, _Numbers] = {}
_WAYS: dict[str, Callable[[str], Mapping[Any, int]]] = {"groups": _groups, "terms": terms, "features": features}


def _numbers(way: str) -> _Numbers:
    """Return the numbers of one way to divide items."""
    found = _kept.get(way)
    if found is None or found.full:
        found = _kept[way] = _Numbers(_WAYS[way])
    return found


class _Rows:
    """Items one below the other: the columns of their features, how often each is there, and where each item begins."""

    def __init__(self, way: str, *sides: Sequence[str]) -> None:
        import numpy

        numbers = _numbers(way)
        items = [numbers.of(words) for side in sides for words in side]
        self.count = len(items)
        sizes = [len(places) for places, _ in items]
        self.starts = numpy.zeros(self.count + 1, numpy.int32)
        numpy.cumsum(sizes, out=self.starts[1:])
        self.empty = not any(sizes)
        self.rows = numpy.repeat(numpy.arange(self.count), sizes)
        columns = numpy.concatenate([places for places, _ in items]) if items else numpy.zeros(0, numpy.int64)
        self.often = numpy.concatenate([counts for _, counts in items]) if items else numpy.zeros(0)
        occurs = numpy.bincount(columns)
        known = numpy.cumsum(occurs > 0, dtype=numpy.int32)  # the columns without those that no item has
        self.columns = known[columns] - 1 if len(columns) else columns
        self.occurs = occurs[occurs > 0]  # of each column, in how many items it is
        self.width = len(self.occurs)

    def product(self, values: Any, half: int, last: int) -> Any:
        """Return an array of the products of the items before ``half`` (rows) and those from there to ``last``."""
        import numpy

        own = self._sparse(values, 0, half)
        if self.width * (last - half) > _DENSE:
            return (own @ self._sparse(values, half, last).T).toarray()
        begin, end = int(self.starts[half]), int(self.starts[last])
        table = numpy.zeros((self.width, last - half))
        table[self.columns[begin:end], self.rows[begin:end] - half] = values[begin:end]
        return own @ table

    def _sparse(self, values: Any, first: int, last: int) -> Any:
        from scipy.sparse import csr_matrix

        begin, end = int(self.starts[first]), int(self.starts[last])
        parts = (values[begin:end], self.columns[begin:end], self.starts[first : last + 1] - self.starts[first])
        return csr_matrix(parts, shape=(last - first, self.width))


def cosines(left: Sequence[str], right: Sequence[str]) -> Any:
    """Return an array of the cosine of each pair by TF-IDF of groups of 2 to 4 letters, of all items together.

    How often a group occurs counts by its logarithm, and the rarer it is among the items the more.
    """
    import numpy

    items = _Rows("groups", left, right)
    if items.empty:
        return numpy.zeros((len(left), len(right)))
    rarity = numpy.log((1 + items.count) / (1 + items.occurs)) + 1
    values = (1 + numpy.log(items.often)) * rarity[items.columns]
    values /= numpy.sqrt(numpy.bincount(items.rows, values**2, items.count))[items.rows]
    found: Any = items.product(values, len(left), items.count).round(9)
    return found


def coverages(asked: Sequence[str], units: Sequence[str]) -> Any:
    """Return an array of the share of the weight of each asked item's terms (row) that each unit (column) has."""
    import numpy

    items = _Rows("terms", asked, units)
    if items.empty:
        return numpy.ones((len(asked), len(units)))
    weights = numpy.log((1 + items.count) / (1 + items.occurs)) + 0.05
    values = weights[items.columns]
    whole = numpy.bincount(items.rows, values, items.count)[: len(asked)].reshape(-1, 1)
    values[int(items.starts[len(asked)]) :] = 1.0
    shared = items.product(values, len(asked), items.count)
    return numpy.where(whole > 0, shared / numpy.where(whole > 0, whole, 1.0), 1.0).round(9)


def likeness(left: Sequence[str], right: Sequence[str], among: Sequence[str]) -> tuple[Any, Any]:
    """Return an array of twice the weight of shared features by that of both, and which pairs have any.

    How much a feature weighs is learnt from the items ``among`` which the others stand.
    """
    import numpy

    items = _Rows("features", left, right, among)
    first, last = len(left), len(left) + len(right)
    occurs = numpy.bincount(items.columns[int(items.starts[last]) :], minlength=items.width)
    values = (numpy.log((1 + len(among)) / (1 + occurs)) + 0.05)[items.columns]
    sums = numpy.bincount(items.rows, values, items.count) if len(values) else numpy.zeros(items.count)
    values[int(items.starts[first]) :] = 1.0
    shared = items.product(values, first, last)
    whole = sums[:first].reshape(-1, 1) + sums[first:last]
    sizes = numpy.diff(items.starts) > 0
    return (
        numpy.where(whole > 0, 2 * shared / numpy.where(whole > 0, whole, 1.0), 0.0),
        sizes[:first].reshape(-1, 1) & sizes[first:last],
    )
