"""Findings that rest on words which were recognised in the picture of a page: less sure, and they say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from vnplan.compare.cascade import Cascade
from vnplan.compare.messages import Both
from vnplan.model import Document, Evidence, Finding, Span

DOUBTFUL: Final = 0.5  # of the confidence of a finding whose words were not recognised for sure
_RECOGNISED: Final = Both(
    "Chữ được nhận dạng từ ảnh quét, độ tin cậy {}.", "The words were recognised in a scan, with a confidence of {}."
)
_LOOK: Final = Both(
    " Có chữ số nhận dạng chưa chắc chắn: cần đối chiếu với bản gốc.",
    " A figure was not recognised for sure: look at the original.",
)
_BY_LETTER: Final = frozenset({"citation_mismatch"})  # findings that one letter makes


def with_recognition(finding: Finding, cascade: Cascade) -> Finding:
    """Return the finding with how sure recognition was of its words; the same finding where nothing was recognised.

    The confidence falls with that of the page, or of the worst page of the side on which nothing was found. A figure
    that was not recognised for sure may be another one: what rests on it is of low severity at most, and so is what one
    letter of a citation makes.
    """
    upper = finding.parent_evidence_of or finding.parent
    sides = ((finding.child, finding.child_evidence), (upper, finding.parent_evidence))
    sureness: list[float] = []
    doubtful = False
    for id, evidence in sides:
        node = cascade.node(id) if id else None
        if isinstance(node, Document) and (sure := _sureness(node, evidence)) is not None:
            sureness.append(sure)
            doubtful = doubtful or is_doubtful(node, evidence.span if evidence else None)
    if not sureness:
        return finding
    figure = f"{min(sureness):.2f}"
    vi, en = _RECOGNISED.vi.format(figure.replace(".", ",")), _RECOGNISED.en.format(figure)
    if doubtful:
        vi, en = vi + _LOOK.vi, en + _LOOK.en
    severity, weak = finding.severity, doubtful or finding.finding in _BY_LETTER
    return replace(
        finding,
        severity="low" if weak and severity in ("high", "medium") else severity,
        confidence=round(finding.confidence * min(sureness) * (DOUBTFUL if doubtful else 1.0), 2),
        message_vi=f"{finding.message_vi} {vi}",
        message_en=f"{finding.message_en} {en}",
    )


def is_doubtful(document: Document, span: Span | None) -> bool:
    """Tell whether a figure in the span, or anywhere where there is none, was not recognised for sure.

    What seems to be missing may be what was misread.
    """
    return any(
        problem.code == "doubtful:figure"
        and (
            span is None
            or (problem.span is not None and problem.span.start < span.end and span.start < problem.span.end)
        )
        for problem in document.problems
    )


def is_recognised(document: Document, page: int) -> bool:
    """Tell whether the words of a page were recognised in its picture."""
    return _page_sureness(document, page) is not None


def _page_sureness(document: Document, page: int) -> float | None:
    pages = document.source.page_confidence
    return pages[page - 1] if 0 < page <= len(pages) else None


def _sureness(document: Document, evidence: Evidence | None) -> float | None:
    if evidence is not None:
        return _page_sureness(document, evidence.page)
    return min((sure for sure in document.source.page_confidence if sure is not None), default=None)
