"""Words of a document that repeat a target of another: without its number, or where no target was understood."""

from __future__ import annotations

from collections.abc import Sequence

from vnplan.compare.align import indicator
from vnplan.compare.evidence import evidence_at
from vnplan.compare.kept import figures, kept
from vnplan.compare.words import Weights, plain, terms
from vnplan.model import Document, Evidence, Span, Target


def find_unquantified(child: Document, target: Target) -> tuple[Evidence, float] | None:
    """Return the words of the child's objectives that repeat a target without its number, and how much they repeat."""
    population, whole = terms(plain(target.population or "")), terms(indicator(target))
    if len(whole) < 4:
        return None
    weights = Weights([whole])
    best: tuple[float, int, int] | None = None
    for start, end, given in kept(child).aims:
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
    for span, words, given in kept(document).figured:
        rest = words
        for one in without:
            if span.start <= one.start and one.end <= span.end:
                rest = rest.replace(plain(document.quote(one)), " ")
        left = given if rest is words else figures(rest)
        if not left or (figure is not None and figure not in left):
            continue
        if weights.coverage(whole, terms(rest)) >= 0.6:
            return True
    return False
