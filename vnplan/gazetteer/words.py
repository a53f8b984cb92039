"""Words of a text with their places, and a tree of names that is matched against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from vnplan.gazetteer.keys import fold

_ATOM = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")
_VOWEL = re.compile(r"[aeiouyà-ďē-ỹ]", re.IGNORECASE)  # any letter with a mark but đ
_JOINT: Final = frozenset("-–—&,/")
_LONGEST_NAME: Final = 24  # words
JOIN: Final = "&"  # the key of "và", "&" and dashes
_JOIN_WORDS: Final = frozenset({"và", "&", "-", "–", "—", "‑", "‐"})


class Word(NamedTuple):
    """A word or sign: comparison key, place, and whether it begins with a capital letter."""

    key: str
    start: int
    end: int
    capital: bool


@lru_cache(maxsize=32_768)
def _read(atom: str) -> tuple[str, bool, bool, bool]:
    """Return of one word or sign: key, whether it is an abbreviation, joins two, begins with a capital letter."""
    key = JOIN if atom.casefold() in _JOIN_WORDS else fold(atom)
    return key, atom.isupper() and not _VOWEL.search(atom), atom in _JOINT, atom[0].isupper()


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and signs of ``text[start:end]``; an abbreviation with signs in it (LĐ-TB&XH) is one word."""
    words: list[Word] = []
    joining = False
    make = tuple.__new__  # what Word() does, without the call in between: the loop runs over every word of a text
    for match in _ATOM.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        key, short, joint, capital = _read(match[0])
        if joining and short and words[-1].end == first:
            before = words[-2]
            words[-2:] = [Word(before.key + key, before.start, last, True)]
            joining = False
            continue
        joining = joint and bool(words) and words[-1].end == first and _is_short(text, words[-1])
        words.append(make(Word, (key, first, last, capital)))
    return words


def _is_short(text: str, word: Word) -> bool:
    return _read(text[word.start : word.end])[1]


V = TypeVar("V")


@dataclass(slots=True)
class _Node(Generic[V]):
    next: dict[str, _Node[V]] = field(default_factory=dict)
    value: V | None = None


class NameTree(Generic[V]):
    """Names as sequences of words. A joint of a name ("và", "&", a dash) is read as any of these, or as nothing."""

    def __init__(self, names: Iterable[tuple[str, V]]) -> None:
        self._root: _Node[V] = _Node()
        for name, value in names:
            node = self._root
            for word in split_words(name):
                node = node.next.setdefault(word.key, _Node())
            if node.value is None:
                node.value = value

    def first_words(self) -> frozenset[str]:
        """Return the keys of the words that names begin with."""
        return frozenset(self._root.next)

    def longest(self, words: Sequence[Word], at: int) -> tuple[int, V] | None:
        """Return where the longest name that begins with the word ``at`` ends, and its value."""
        best: tuple[int, V] | None = None
        todo = [(self._root, at)]
        while todo:
            node, i = todo.pop()
            if node.value is not None and (best is None or i > best[0]):
                best = (i, node.value)
            if (joint := node.next.get(JOIN)) is not None:
                todo.append((joint, i))
            if i < min(len(words), at + _LONGEST_NAME) and (following := node.next.get(words[i].key)) is not None:
                todo.append((following, i + 1))
        return best
