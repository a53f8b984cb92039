"""Words of a document that repeat a target of another: without its number, or where no target was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_SENTENCE = re.compile(r"[;.](?=\s|$)")


def find_unquantified(child: Document, target: Target) -> tuple[Evidence, float] | None:
    """Return the words of the child's objectives that repeat a target without its number, and how much they repeat."""
    population, whole = terms(plain(target.population or "")), terms(indicator(target))
    if len(whole) < 4:
        return None
    weights = Weights([whole])
    best: tuple[float, int, int] | None = None
    for section in child.sections:
        if section.role != "objectives":
            continue
        for start, end in _fragments(child.text.clean, section.start, section.end):
            words = child.text.clean[start:end]
            given = terms(words)
            if weights.coverage(population, given) < 0.75 or len(given) > 3 * len(whole):
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
    for section in document.sections:
        span = document.text.span(section.start, section.end)
        words = plain(document.text.clean[section.start : section.end])
        for one in without:
            if span.start <= one.start and one.end <= span.end:
                words = words.replace(plain(document.quote(one)), " ")
        if not any(figure in (None, found[0]) for found in _FIGURE.finditer(words)):
            continue
        if weights.coverage(whole, terms(words)) >= 0.6:
            return True
    return False


def _fragments(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences without a figure, and of others what stands behind the last one, from each comma on.

    A figure that follows may be the number of the aim: "tỷ lệ người dùng nước sạch, đạt trên 95%".
    """
    at = start
    for stop in [*(found.start() for found in _SENTENCE.finditer(clean, start, end)), end]:
        commas = (i + 1 for i in range(at, stop) if clean[i] == "," and not clean[i + 1 : i + 2].isdigit())
        for first in [at, *commas][:40]:
            words = clean[first:stop]
            if not _FIGURE.search(words):
                yield first + len(words) - len(words.lstrip(" -+,;")), stop
                break  # the longest is enough
        at = stop + 1
