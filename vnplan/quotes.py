"""The way from a quote back to its place in a text."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from vnplan.model import Span, Text
from vnplan.text import clean_text


class Places:
    """Where quotes stand in a text, white space folded, each search after the one before it.

    Words that were not read as the quote spells them (decomposed letters, marks of markdown) are looked for among the
    cleaned ones.
    """

    def __init__(self, text: Text) -> None:
        self._text = text
        self._read = _fold_space(text.raw)
        self._clean = _fold_space(text.clean)

    def find(self, quotes: Iterable[str]) -> Iterator[Span | None]:
        """Yield the span of each quote in turn, or None for words that the text does not hold."""
        cursor = 0
        for quote in quotes:
            span = self._find_read(" ".join(quote.split()), cursor)
            if span is None:
                span = self._find_clean(" ".join(clean_text(quote).clean.split()), cursor)
            yield span
            cursor = cursor if span is None else span.start + 1

    def _find_read(self, words: str, cursor: int) -> Span | None:
        folded, offsets = self._read
        at = folded.find(words, bisect_left(offsets, cursor))
        at = folded.find(words) if at < 0 else at
        return Span(offsets[at], offsets[at + len(words) - 1] + 1) if words and at >= 0 else None

    def _find_clean(self, words: str, cursor: int) -> Span | None:
        folded, offsets = self._clean
        first, at = None, folded.find(words) if words else -1
        while at >= 0:
            span = self._text.span(offsets[at], offsets[at + len(words) - 1] + 1)
            if span.start >= cursor:
                return span
            first = first or span
            at = folded.find(words, at + 1)
        return first


def _fold_space(text: str) -> tuple[str, array[int]]:
    """Return ``text`` with each stretch of white space as one space, and where each of its code points stands."""
    kept: list[str] = []
    offsets, space = array("I"), True
    for at, letter in enumerate(text):
        if not letter.isspace() or not space:
            space = letter.isspace()
            kept.append(" " if space else letter)
            offsets.append(at)
    return "".join(kept), offsets
