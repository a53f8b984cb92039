"""Words as the comparison sees them: folded, cut into syllables, weighed by how rare they are."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from vnplan.text import fold

LONGEST = 4_000  # code points of one item that are compared; what follows is left out

_SYLLABLE = re.compile(r"[^\W_]{1,40}")
_TERM = re.compile(r"\w{1,60}")
_SPACES = re.compile(r"\s{1,10}")


@cache
def entries(name: str) -> frozenset[str]:
    """Return the entries of a word list of this package, folded; ``#`` begins a comment."""
    lines = (
        resources.files("vnplan.compare").joinpath("lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    )
    return frozenset(fold(line.split("#")[0].strip()) for line in lines) - {""}


@lru_cache(maxsize=16384)
def plain(words: str) -> str:
    """Return the words as they are compared: folded, in one line, without the marks of markdown.

    >>> plain("Phấn đấu **90%**\\ntrẻ em mồ  côi")
    'phấn đấu 90% trẻ em mồ côi'
    """
    return fold(_SPACES.sub(" ", words[:LONGEST].replace("*", "").replace("_", " ")))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all words that have a synonym, and the one word that stands for each of them."""
    lines = resources.files("vnplan.compare").joinpath("lexicon").joinpath("synonyms.txt").read_text(encoding="utf-8")
    stands: dict[str, str] = {}
    for line in lines.splitlines():
        same = [fold(part.strip()) for part in line.split("#")[0].split("=") if part.strip()]
        stands.update(dict.fromkeys(same, same[0].replace(" ", "_"))) if same else None
    longest = sorted(map(re.escape, stands), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest)})\b"), stands


@cache
def _generic() -> re.Pattern[str]:
    longest = sorted(map(re.escape, entries("generic_words.txt")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest)})\b")


@lru_cache(maxsize=16384)
def contents(words: str) -> tuple[str, ...]:
    """Return what a task is about, as a row of terms: synonyms are one term, generic and empty words are left out.

    >>> contents("Tăng cường tập huấn cho giáo viên")
    ('đào_tạo', 'giáo', 'viên')
    """
    pattern, stands = _synonyms()
    folded = pattern.sub(lambda found: stands[found[0]], _generic().sub(" ", plain(words)))
    empty = entries("function_words.txt")
    return tuple(word for word in _TERM.findall(folded) if word not in empty and not word.isdigit())


def syllables(words: str) -> list[str]:
    """Return the syllables of folded words that carry meaning, in order: no figures, no function words."""
    empty = entries("function_words.txt")
    return [word for word in _SYLLABLE.findall(words) if word not in empty and not word.isdigit()]


@lru_cache(maxsize=16384)
def features(words: str) -> Mapping[str, int]:
    """Return the syllables and the pairs of neighbours (most Vietnamese words are two syllables) of folded words."""
    return paired(syllables(words))


@lru_cache(maxsize=16384)
def terms(words: str) -> Mapping[str, int]:
    """Return what a task is about (:func:`contents`), and the pairs of neighbours."""
    return paired(contents(words))


def paired(found: Sequence[str]) -> Mapping[str, int]:
    """Return the terms of a row, and the pairs of neighbours."""
    pairs = (f"{one} {two}" for one, two in itertools.pairwise(found))
    return Counter([*found, *pairs])


class Weights:
    """How much each feature says, learnt from the items of the documents that are compared.

    Words of the programme's own name stand in nearly every item, so that they weigh next to nothing.
    """

    def __init__(self, items: Iterable[Mapping[str, int]]) -> None:
        rows = list(items)
        count, total = Counter(itertools.chain.from_iterable(rows)), len(rows)
        weight = {n: math.log((1 + total) / (1 + n)) + 0.05 for n in set(count.values())}
        self._weight = {word: weight[n] for word, n in count.items()}
        self._unknown = math.log(1 + total) + 0.05

    def __getitem__(self, word: str) -> float:
        return self._weight.get(word, self._unknown)

    def of(self, item: Iterable[str]) -> float:
        """Return the sum of the weights of distinct features."""
        weight, unknown = self._weight.get, self._unknown
        return sum([weight(word, unknown) for word in item])

    def coverage(self, asked: Iterable[str], given: Mapping[str, int] | frozenset[str]) -> float:
        """Return which share of the weight of ``asked`` occurs in ``given``; 1.0 when nothing is asked."""
        whole = found = 0.0
        weights, unknown = self._weight.get, self._unknown
        for word in asked:
            weight = weights(word, unknown)
            whole += weight
            if word in given:
                found += weight
        return found / whole if whole else 1.0
