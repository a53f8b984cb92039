"""Which plan a report of progress is about."""

from __future__ import annotations

import pytest
from compare_builder import TO_DECISION, Cited, decision, make, plan

from vnplan.compare import audit, build_cascade
from vnplan.compare.reports import same_topic, topic_of
from vnplan.model import Document

SUBJECT = "Kết quả công tác nước sạch và vệ sinh nông thôn 6 tháng đầu năm 2024, phương hướng 6 tháng cuối năm 2024"
TO_PLAN = Cited(
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
    "12/KH-UBND",
    "2024-03-22",
    "UBND tỉnh Quảng Ngãi",
)


def report(*cited: Cited, **fields: object) -> Document:
    given = {"kind": "report", "number": "80/BC-UBND", "date": "2024-07-01", "subject": SUBJECT, "period": "2024"}
    return make("report.txt", **{**given, "cited": cited, **fields})  # type: ignore[arg-type]


def links(*documents: Document) -> list[tuple[str, str, str]]:
    edges = build_cascade(documents).edges
    return [(edge.relation, edge.how, edge.parent) for edge in edges if edge.child == report().id]


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        (SUBJECT, "nước sạch và vệ sinh nông thôn"),
        ("Tình hình thực hiện công tác phòng, chống đuối nước quý II năm 2024", "phòng, chống đuối nước"),
        ("Sơ kết 03 năm thực hiện Chương trình trồng rừng ngập mặn giai đoạn 2021-2025", "trồng rừng ngập mặn"),
    ],
)
def test_the_topic_of_a_report_is_its_title_without_results_and_times(subject, topic):
    assert topic_of(subject) == topic


def test_a_plan_to_check_a_thing_is_another_topic_than_the_thing():
    assert same_topic("nước sạch nông thôn", "nước sạch nông thôn vùng cao")
    assert not same_topic("nước sạch nông thôn", "kiểm tra nước sạch nông thôn")


def test_a_report_that_carries_out_a_plan_reports_on_it():
    assert links(plan(), report(TO_PLAN)) == [("reports_on", "cited", plan().id)]


def test_a_report_on_the_topic_of_a_plan_that_it_only_mentions_reports_on_it():
    mentioned = Cited(**{**vars(TO_PLAN), "relation": "mentions"})
    assert links(plan(), report(mentioned)) == [("reports_on", "cited", plan().id)]


def test_a_decision_of_the_state_that_a_province_mentions_is_not_reported_on():
    words = Cited(**{**vars(TO_DECISION), "relation": "mentions"})
    assert links(decision(), report(words)) == []


def test_a_plan_of_another_topic_is_only_mentioned():
    other = plan(subject="Kiểm tra nước sạch và vệ sinh nông thôn năm 2024", period="2024")
    mentioned = Cited(**{**vars(TO_PLAN), "relation": "mentions"})
    assert links(other, report(mentioned)) == []


def test_a_report_that_cites_no_plan_is_on_the_plan_of_its_issuer_topic_and_years():
    assert links(plan(), report()) == [("reports_on", "programme", plan().id)]
    assert links(plan(period="2021/2023"), report()) == []
    lower = make("report.txt", "district", kind="report", number="80/BC-UBND", date="2024-07-01", subject=SUBJECT)
    assert build_cascade([plan(), lower]).edges == build_cascade([plan()]).edges


def test_a_report_is_compared_with_no_plan_and_accused_of_nothing():
    result = audit([decision(), plan(), report(TO_PLAN)])
    assert [row for row in result.coverage if row.child == report().id] == []
    assert result.of(report().id) == ()


def test_what_is_issued_with_a_decision_is_what_those_who_cite_the_decision_carry_out():
    carrier = plan(kind="decision", number="45/QĐ-UBND", cited=(), aims=(), duties=(), subject="Ban hành Kế hoạch")
    words = "(Ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi)"
    issuer = "UBND tỉnh Quảng Ngãi"
    bound = Cited(words, "45/QĐ-UBND", "2024-03-22", issuer, "issued_with", kind="decision")
    attached = make("attached.txt", number=None, date=None, head="KẾ HOẠCH", cited=(bound,))
    wanted = Cited(words[18:], "45/QĐ-UBND", "2024-03-22", issuer, kind="decision")
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(wanted,))
    for known in ([carrier], []):
        edges = build_cascade([*known, attached, district]).edges
        assert (district.id, attached.id) in {(edge.child, edge.parent) for edge in edges}
