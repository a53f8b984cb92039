"""What the comparison makes of one document, whatever it is compared with: made once, kept for the last documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from vnplan.compare.applies import leads_by_path, roles_of
from vnplan.compare.clauses import Clause, units_of
from vnplan.compare.identity import Card, document_card
from vnplan.compare.words import plain, terms
from vnplan.model import Document, Span

# yes: 90%; duy trì trên 0,7; 3 nước
# no:  trẻ em dưới 6 tuổi; trẻ em từ 0 - 6 tuổi; vào năm 2024
_FIGURE = re.compile(
    r"(?<!năm )(?<![0-9.,])[0-9]{1,9}(?:[.,][0-9]{1,9}){0,3}"
    r"(?![0-9]|[.,][0-9]|(?:[ ]?-[ ]?[0-9]{1,3})?[ ](?:tháng[ ])?tuổi)"
)
_DIGIT = re.compile("[0-9]")
_SENTENCE = re.compile(r"[;.](?=\s|$)")


class Kept:
    """What a document says, as it is compared with many others."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def aims(self) -> list[tuple[int, int, Mapping[str, int]]]:
        """Return the fragments of the objectives: place and terms."""
        clean = self._document.text.clean
        sections = [section for section in self._document.sections if section.role == "objectives"]
        places = [place for section in sections for place in _fragments(clean, section.start, section.end)]
        return [(start, end, terms(clean[start:end])) for start, end in places]

    @cached_property
    def figured(self) -> list[tuple[Span, str, frozenset[str]]]:
        """Return the sections that have a digit: place, words and figures."""
        text = self._document.text
        found = [(section, plain(text.clean[section.start : section.end])) for section in self._document.sections]
        return [
            (text.span(section.start, section.end), words, figures(words))
            for section, words in found
            if _DIGIT.search(words)
        ]

    @cached_property
    def units(self) -> list[Clause]:
        """Return all that the document tells anyone to do."""
        return units_of(self._document)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Return the role of every path."""
        return roles_of(self._document)

    @cached_property
    def leads(self) -> dict[str, tuple[str, ...]]:
        """Return the bodies that lead the task of a path."""
        return leads_by_path(self._document)

    @cached_property
    def card(self) -> Card:
        """Return what the document says of itself."""
        return document_card(self._document)


_kept: Final[dict[int, tuple[Document, Kept]]] = {}  # by id; the document is kept, so that no other has its id
_MOST_KEPT: Final = 128


def kept(document: Document) -> Kept:
    """Return what is made of a document; that of the last documents is kept."""
    found = _kept.get(id(document))
    if found is None or found[0] is not document:
        if len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        found = _kept[id(document)] = (document, Kept(document))
    return found[1]


def figures(words: str) -> frozenset[str]:
    """Return the figures in words that may be the value of a target."""
    return frozenset(_FIGURE.findall(words))


def _fragments(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences without a figure, and of others what stands behind the last one, from each comma on.

    A figure that follows may be the number of the aim: "tỷ lệ người dùng nước sạch, đạt trên 95%".
    """
    at = start
    for stop in [*(found.start() for found in _SENTENCE.finditer(clean, start, end)), end]:
        if _DIGIT.search(clean, at, stop):
            commas = (i + 1 for i in range(at, stop) if clean[i] == "," and not clean[i + 1 : i + 2].isdigit())
            firsts = [at, *commas][:40]
        else:
            firsts = [at]
        for first in firsts:
            words = clean[first:stop]
            if not _FIGURE.search(words):
                yield first + len(words) - len(words.lstrip(" -+,;")), stop
                break  # the longest is enough
        at = stop + 1
