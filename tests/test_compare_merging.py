"""Which texts are one document: copies, drafts, scans, articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import COMMON, LATRINE, TO_DECISION, WATER, Cited, decision, make, plan

from vnplan.compare import audit, build_cascade
from vnplan.model import Document, Problem

BLANK = "Số:   /KH-UBND\nQuảng Ngãi, ngày   tháng 3 năm 2024"


def names(*documents: Document) -> list[str]:
    """Return the files that stand for a document, those that are further texts of it behind a sign."""
    cascade = build_cascade(documents)
    nodes = [node.source.name for node in cascade.documents if isinstance(node, Document)]
    return sorted(nodes) + [f"= {version.source.name}" for version in cascade.versions]


def draft(name: str = "plan_duthao.txt", **fields: object) -> Document:
    given = {"number": None, "date": "2024-03", "head": BLANK, "aims": (WATER, LATRINE), "duties": COMMON[:4]}
    return make(name, **{**given, **fields})  # type: ignore[arg-type]


def test_a_draft_and_the_final_are_one_document_and_the_draft_is_a_version_of_it():
    final = draft("plan_final.txt", duties=COMMON)
    assert names(final, draft()) == ["plan_final.txt", "= plan_duthao.txt"]


def test_a_numbered_text_stands_for_the_document_before_one_without_number():
    assert names(plan(), draft("another.txt", duties=COMMON)) == ["plan.txt", "= another.txt"]


def test_a_draft_is_a_note_and_no_accusation():
    (finding,) = audit([draft("plan_final.txt", duties=COMMON), draft()]).findings[-1:]
    assert (finding.finding, finding.severity, finding.parent_value) == ("two_versions", "info", "plan_duthao.txt")


def test_two_texts_under_one_number_are_a_finding_with_the_number_lines_of_both():
    other = make("other.txt", cited=(TO_DECISION,), aims=(WATER,), duties=COMMON)
    (finding,) = [f for f in audit([plan(), other]).findings if f.finding == "two_versions"]
    assert finding.severity == "medium"
    assert finding.child_evidence is not None
    assert finding.parent_evidence is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "Thực hiện Chương trình trồng cây phân tán dọc bờ biển giai đoạn 2024 - 2030"},
        {"issuer": "UBND tỉnh Quảng Nam"},
        {"period": "2025"},
        {"date": "2024-07"},
        {"duties": (), "aims": ("Khảo sát giếng khoan ở vùng ven biển",)},
    ],
    ids=["programme", "issuer", "period", "month", "words"],
)
def test_a_text_without_number_that_differs_in_one_thing_is_another_document(fields):
    assert len(names(draft("a.txt", duties=COMMON), draft("b.txt", **fields))) == 2
    assert not names(draft("a.txt", duties=COMMON), draft("b.txt", **fields))[-1].startswith("=")


def test_a_number_and_its_programme_in_two_years_are_two_yearly_plans():
    fields = {"subject": "Nước sạch và vệ sinh nông thôn hằng năm trên địa bàn tỉnh", "duties": COMMON}
    one = make("one.txt", date="2024-01-18", period=None, **fields)  # type: ignore[arg-type]
    other = make("other.txt", date="2025-01-12", period=None, **fields)  # type: ignore[arg-type]
    assert names(one, other) == ["one.txt", "other.txt"]


def test_the_same_number_with_a_mistyped_year_in_one_text_is_one_document():
    other = make("other.txt", date="2023-03-22", cited=(TO_DECISION,), aims=(WATER, LATRINE), duties=COMMON)
    assert len([name for name in names(plan(), other) if name.startswith("=")]) == 1


def test_two_numbers_are_two_documents_unless_a_scan_was_misread():
    other = make("other.txt", number="13/KH-UBND", cited=(TO_DECISION,), aims=(WATER, LATRINE), duties=COMMON)
    assert names(plan(), other) == ["other.txt", "plan.txt"]
    scanned = replace(other, source=replace(other.source, text_from="ocr"))
    assert names(plan(), scanned)[1:] == ["= other.txt"] or names(plan(), scanned)[1:] == ["= plan.txt"]


def test_an_article_with_an_incomplete_date_gives_way_to_the_plan_that_it_reports():
    article = make("article.txt", date="2024-03", medium="article")
    assert names(article, plan()) == ["plan.txt"]


def test_what_cites_a_version_cites_the_document():
    cited = Cited("Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024", "12/KH-UBND", "2024-03-22", "UBND tỉnh Quảng Ngãi")
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(cited,))
    cascade = build_cascade([plan(), draft("another.txt", duties=COMMON), district])
    (edge,) = cascade.parents(district.id)
    assert edge.parent == plan().id
    assert cascade.node(draft("another.txt", duties=COMMON).id).id == plan().id


def test_a_text_that_was_cut_does_not_stand_for_the_document_when_a_whole_one_is_there():
    cut = make("cut.txt", duties=COMMON, problems=(Problem("cut:pages", "cut"),))
    assert names(cut, plan()) == ["plan.txt", "= cut.txt"]


def test_a_decision_and_a_plan_of_its_name_are_two_documents():
    assert names(decision(), plan()) == ["decision.txt", "plan.txt"]
