"""Findings on scans: less sure than those on text, and they say so."""

from __future__ import annotations

from dataclasses import replace

from compare_builder import COMMON, LATRINE, TO_DECISION, WATER, decision, plan

from vnplan.compare import audit
from vnplan.model import Block, Document, Finding, Problem, Span

LESS = replace(WATER, words=WATER.words.replace("95", "85"), low=85)


def scanned(document: Document, sure: float = 0.9, doubtful: str | None = None, pages: int = 1) -> Document:
    """Return the document as if it had been recognised in pictures, each line on the last page."""
    raw = document.source.text
    blocks = (Block(Span(0, len(raw)), page=pages),)
    sureness = (*([None] * (pages - 1)), sure)
    source = replace(document.source, text_from="ocr", pages=pages, blocks=blocks, page_confidence=sureness)
    at = raw.index(doubtful) if doubtful else 0
    problem = Problem("doubtful:figure", "look at the page", Span(at, at + len(doubtful or "")))
    return replace(document, source=source, problems=(problem,) if doubtful else ())


def found(name: str, *documents: Document) -> list[Finding]:
    return [finding for finding in audit(documents).findings if finding.finding == name]


def asked(name: str, *documents: Document) -> list[Finding]:
    return [finding for finding in audit(documents).questions if finding.finding == name]


def test_a_finding_on_recognised_words_is_as_much_less_sure_and_says_so():
    (typed,) = found("weakened_target", decision(), plan(aims=(LESS, LATRINE)))
    (read,) = found("weakened_target", decision(), scanned(plan(aims=(LESS, LATRINE))))
    assert read.confidence == round(typed.confidence * 0.9, 2)
    assert read.severity == "high"
    assert read.message_vi.endswith("Chữ được nhận dạng từ ảnh quét, độ tin cậy 0,90.")
    assert read.message_en.endswith("The words were recognised in a scan, with a confidence of 0.90.")
    assert "nhận dạng" not in typed.message_vi


def test_a_figure_that_was_not_recognised_for_sure_is_asked_about():
    (finding,) = asked("weakened_target", decision(), scanned(plan(aims=(LESS, LATRINE)), doubtful="85%"))
    assert finding.severity == "low" and finding.confidence < 0.5
    assert "đối chiếu với bản gốc" in finding.message_vi and "look at the original" in finding.message_en


def test_a_doubtful_figure_elsewhere_changes_nothing():
    (finding,) = found("weakened_target", decision(), scanned(plan(aims=(LESS, LATRINE)), doubtful="90%"))
    assert finding.severity == "high"


def test_what_is_missing_in_a_scan_is_as_sure_as_its_worst_page():
    (typed,) = found("missing_task", decision(), plan(duties=COMMON[:-1]))[:1]
    (read,) = [
        finding
        for finding in found("missing_task", decision(), scanned(plan(duties=COMMON[:-1]), sure=0.7, pages=3))
        if finding.parent_evidence == typed.parent_evidence
    ]
    assert read.confidence == round(typed.confidence * 0.7, 2)
    assert read.severity != "high"


def test_pages_with_a_text_of_their_own_count_as_text():
    child = plan(aims=(LESS, LATRINE))
    mixed = replace(child, source=replace(child.source, pages=2, page_confidence=(None, 0.5)))
    (typed,) = found("weakened_target", decision(), child)
    (finding,) = found("weakened_target", decision(), mixed)
    assert finding.confidence == typed.confidence


def test_a_number_that_nobody_could_read_in_a_scan_is_not_called_blank():
    child = plan(number=None, date="2024-03", head="Số:       /KH-UBND\nQuảng Ngãi, ngày      tháng 3 năm 2024")
    assert found("blank_number", decision(), child) and found("blank_date", decision(), child)
    assert not found("blank_number", decision(), scanned(child))
    assert not found("blank_date", decision(), scanned(child))


def test_one_letter_of_a_citation_in_a_scan_accuses_nobody_gravely():
    wrong = replace(TO_DECISION, words=TO_DECISION.words.replace("05/12", "06/12"), date="2023-12-06")
    (typed,) = found("citation_mismatch", decision(), plan(cited=(wrong,)))
    (read,) = found("citation_mismatch", decision(), scanned(plan(cited=(wrong,))))
    assert (typed.severity, read.severity) == ("medium", "low")


def test_what_seems_to_be_missing_may_be_what_was_misread():
    sure, misread = (scanned(plan(aims=(LATRINE,)), doubtful=doubtful) for doubtful in (None, "90%"))
    assert [f.severity for f in found("missing_target", decision(), sure)] == ["high"]
    assert found("missing_target", decision(), misread) == []
    assert [f.severity for f in asked("missing_target", decision(), misread)] == ["low"]
