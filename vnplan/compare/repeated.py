"""Words of a document that repeat a target of another: without its number, or where no target was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from vnplan.compare.align import indicator
from vnplan.compare.evidence import evidence_at
from vnplan.compare.words import Weights, plain, terms
from vnplan.model import Document, Evidence, Span, Target

# yes: 90%; duy trì trên 0,7; 3 nước
# no:  trẻ em dưới 6 tuổi; trẻ em từ 0 - 6 tuổi; vào năm 2024
_FIGURE = re.compile(
    r"(?<!năm )(?<![0-9.,])[0-9]{1,9}(?:[.,][0-9]{1,9}){0,3}"
    r"(?![0-9]|[.,][0-9]|(?:[ ]?-[ ]?[0-9]{1,3})?[ ](?:tháng[ ])?tuổi)"
)
_DIGIT = re.compile("[0-9]")
_SENTENCE = re.compile(r"[;.](?=\s|$)")


def find_unquantified(child: Document, target: Target) -> tuple[Evidence, float] | None:
    """Return the words of the child's objectives that repeat a target without its number, and how much they repeat."""
    population, whole = terms(plain(target.population or "")), terms(indicator(target))
    if len(whole) < 4:
        return None
    weights = Weights([whole])
    best: tuple[float, int, int] | None = None
    for start, end, given in _read(child).aims:
        if given.keys().isdisjoint(whole) or len(given) > 3 * len(whole):
            continue
        if weights.coverage(population, given) < 0.75:
            continue
        score = weights.coverage(whole, given)
        if score >= 0.6 and (best is None or (score, start - end) > (best[0], best[1] - best[2])):
            best = (score, start, end)
    if best is None:
        return None
    return evidence_at(child, child.text.span(best[1], best[2])), best[0]


def is_mentioned(
    document: Document, target: Target, *, figure: str | None = None, without: Sequence[Span] = ()
) -> bool:
    """Return whether a paragraph has a figure (this one) and most of the words: perhaps a target not understood.

    ``without``: words that are understood, as of another target.
    """
    whole = terms(indicator(target))
    weights = Weights([whole])
    for span, words, figures in _read(document).figured:
        kept = words
        for one in without:
            if span.start <= one.start and one.end <= span.end:
                kept = kept.replace(plain(document.quote(one)), " ")
        left = figures if kept is words else _figures(kept)
        if not left or (figure is not None and figure not in left):
            continue
        if weights.coverage(whole, terms(kept)) >= 0.6:
            return True
    return False


class _Words:
    """What a document says, as it is compared with the targets of many others."""

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
            (text.span(section.start, section.end), words, _figures(words))
            for section, words in found
            if _DIGIT.search(words)
        ]


_kept: Final[dict[int, tuple[Document, _Words]]] = {}  # by id; the document is kept, so that no other has its id
_MOST_KEPT: Final = 64


def _read(document: Document) -> _Words:
    """Return the words of a document; those of the last documents are kept."""
    found = _kept.get(id(document))
    if found is None or found[0] is not document:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[id(document)] = (document, _Words(document))
    return found[1]


def _figures(words: str) -> frozenset[str]:
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
