"""Words of a text with their places, and a tree of names that is matched against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

from vnplan.gazetteer.keys import fold

_ATOM = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")
_PIECE = re.compile(rf"(?:{_ATOM.pattern})[\s_]*")  # a word or sign with the gap behind it: pieces leave nothing out
_VOWEL = re.compile(r"[aeiouyà-ďē-ỹ]", re.IGNORECASE)  # any letter with a mark but đ
_JOINT: Final = frozenset("-–—&,/")
_LONGEST_NAME: Final = 24  # words
_MOST_KEPT, _LONGEST_KEPT = 32_768, 40  # pieces whose reading is kept, and letters of the longest
JOIN: Final = "&"  # the key of "và", "&" and dashes
_JOIN_WORDS: Final = frozenset({"và", "&", "-", "–", "—", "‑", "‐"})


class Word(NamedTuple):
    """A word or sign: comparison key, place, and whether it begins with a capital letter."""

    key: str
    start: int
    end: int
    capital: bool


class _Pieces(dict[str, tuple[str, int, bool, bool]]):
    """Of each piece: key, length of the word or sign, whether it begins with a capital letter, whether it may join."""

    def __missing__(self, piece: str) -> tuple[str, int, bool, bool]:
        found = _ATOM.match(piece)
        atom = found[0] if found else piece
        key = JOIN if atom.casefold() in _JOIN_WORDS else fold(atom)
        read = (key, len(atom), atom[0].isupper(), atom in _JOINT and piece == atom)
        if len(piece) < _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[piece] = read
        return read


_read: Final = _Pieces()


@lru_cache(maxsize=8_192)
def _is_short(atom: str) -> bool:
    """Tell whether a word is an abbreviation: capitals without vowels that carry a mark."""
    return atom.isupper() and not _VOWEL.search(atom)


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and signs of ``text[start:end]``; an abbreviation with signs in it (LĐ-TB&XH) is one word."""
    end = len(text) if end is None else end
    opening = _ATOM.search(text, start, end)
    if opening is None:
        return []
    words: list[Word] = []
    at, joining = opening.start(), False
    read, add, make = _read, words.append, tuple.__new__  # make: what Word() does, without the call in between
    for piece in _PIECE.findall(text, at, end):
        key, size, capital, joint = read[piece]
        last = at + size
        if joining and _is_short(text[at:last]):
            before = words[-2]
            words[-2:] = [Word(before.key + key, before.start, last, True)]
            joining = False
        else:
            joining = joint and bool(words) and words[-1].end == at and _is_short(text[words[-1].start : at])
            add(make(Word, (key, at, last, capital)))
        at += len(piece)
    return words


V = TypeVar("V")


class _Node(dict[str, "_Node"]):
    """What may follow the words of a name so far; ``value`` where a name ends."""

    __slots__ = ("moves", "value")

    def __init__(self) -> None:
        super().__init__()
        self.value: Any = None
        self.moves: str = ""  # how the name was read that gave the value


class NameTree(Generic[V]):
    """Names as sequences of words. A joint of a name ("và", "&", a dash) is read as any of these, or as nothing.

    Every reading of a name has its own path. Of two names with one reading holds the one whose joints are printed, in
    the order of the words, and of two that do not differ in this the first.
    """

    def __init__(self, names: Iterable[tuple[str, V]]) -> None:
        self._root = _Node()
        for name, value in names:
            for moves, keys in _readings([word.key for word in split_words(name)]):
                node = self._root
                for key in keys:
                    node = node.setdefault(key, _Node())
                if node.value is None or moves < node.moves:
                    node.value, node.moves = value, moves

    def openings(self) -> dict[str, frozenset[str]]:
        """Return the keys that names begin with, each with those that follow it; with none where it is a name alone."""
        return {key: frozenset() if node.value is not None else frozenset(node) for key, node in self._root.items()}

    def longest(self, words: Sequence[Word], at: int) -> tuple[int, V] | None:
        """Return where the longest name that begins with the word ``at`` ends, and its value."""
        best: tuple[int, V] | None = None
        node = self._root
        for i in range(at, min(len(words), at + _LONGEST_NAME)):
            following = node.get(words[i].key)
            if following is None:
                break
            node = following
            if node.value is not None:
                best = (i + 1, node.value)
        return best


def _readings(keys: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
    """Return the keys with each joint there or not, each reading with a string that sorts joints that are there first.

    >>> list(_readings(["a", "&", "b"]))
    [('000', ['a', '&', 'b']), ('010', ['a', 'b'])]
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for key in keys:
        skipped = [(moves + "1", read) for moves, read in found] if key == JOIN else []
        found = [(moves + "0", [*read, key]) for moves, read in found] + skipped
    return found
