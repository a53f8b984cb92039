"""Marks in two quotes what differs between them, and the values that a finding is about."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from vnplan.report.escape import shortened

Mark = Literal["", "differs", "value"]
_LONGEST = 400  # words; comparing two quotes takes time that grows with the product of their lengths
_ALIKE = 0.35  # below this the two say different things, and marking nearly every word shows nothing
_QUOTE = 6_000  # code points of a quote; of a longer one the beginning is shown

# yes: "95 %", "1.250,5"
# no:  "%", "mười"
_FIGURE = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,9}){0,5}(?: ?%)?")
_EDGES = " .,;:()[]“”\"'-–…"


class Piece(NamedTuple):
    """A stretch of a quote and how it is marked."""

    text: str
    mark: Mark


def mark_quote(quote: str, other: str | None, value: str | None) -> list[Piece]:
    """Return ``quote``, printable, in pieces: figures of ``value`` marked, and words that ``other`` does not have.

    >>> for piece in mark_quote("Phấn đấu 95% hộ nghèo", "Bảo đảm 100% hộ nghèo", "95 %"):
    ...     print(piece)
    Piece(text='Phấn đấu ', mark='differs')
    Piece(text='95%', mark='value')
    Piece(text=' hộ nghèo', mark='')
    """
    text = shortened(quote, _QUOTE)
    marks: list[Mark] = [""] * len(text)
    for start, end in _different(text, shortened(other, _QUOTE)) if other else ():
        marks[start:end] = ["differs"] * (end - start)
    wanted = {_plain(match.group()) for match in _FIGURE.finditer(value or "")}
    for match in _FIGURE.finditer(text):
        if _plain(match.group()) in wanted:
            marks[match.start() : match.end()] = ["value"] * (match.end() - match.start())
    return _pieces(text, marks)


def _plain(figure: str) -> str:
    return figure.rstrip("% ")


def _words(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group().strip(_EDGES).lower()) for m in re.finditer(r"[^ ]+", text)]


def _different(text: str, other: str) -> list[tuple[int, int]]:
    """Return where the words of ``text`` stand that ``other`` does not have at the same place, in runs."""
    own, theirs = _words(text), _words(other)
    if not own or not theirs or len(own) > _LONGEST or len(theirs) > _LONGEST:
        return []
    matcher = SequenceMatcher(None, [w for *_, w in own], [w for *_, w in theirs], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return []
    runs = []
    for what, start, end, _, _ in matcher.get_opcodes():
        if what in ("replace", "delete") and any(word for *_, word in own[start:end]):
            runs.append((own[start][0], own[end - 1][1]))
    return runs


def _pieces(text: str, marks: list[Mark]) -> list[Piece]:
    pieces, start = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[start]:
            pieces.append(Piece(text[start:at], marks[start]))
            start = at
    return pieces
