"""The targets of a plan beside what reports say was reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import LATRINE, WATER, Cited, make, plan

import vnplan
from vnplan.compare import build_cascade, progress
from vnplan.compare.progress import Reached, as_of
from vnplan.model import Document, Target
from vnplan.report.html import audit_html
from vnplan.report.progress import progress_record, progress_text
from vnplan.report.view import arrange

TO_PLAN = Cited(
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
    "12/KH-UBND",
    "2024-03-22",
    "UBND tỉnh Quảng Ngãi",
)


def report(*aims: object, **fields: object) -> Document:
    """Return a report with results in place of targets."""
    given = {"kind": "report", "number": "80/BC-UBND", "date": "2024-07-01", "period": "2024", "cited": (TO_PLAN,)}
    given |= {"subject": "Kết quả nước sạch và vệ sinh nông thôn 6 tháng đầu năm 2024", "aims": aims}
    level = fields.pop("level", "province")
    document = make("report.txt", level, **{**given, **fields})  # type: ignore[arg-type]
    results = tuple(replace(target, horizon=None, horizon_source=None) for target in document.targets)
    return replace(document, targets=(), results=results)


RESULT = replace(WATER, words="Tỷ lệ hộ dân nông thôn được sử dụng nước sạch đạt 90%", low=90)


def rows(*documents: Document) -> list[Reached]:
    return [row for one in progress(documents) for row in one.rows]


def test_a_target_stands_beside_what_was_reached_with_the_words_of_both():
    water, latrine = rows(plan(cited=()), report(RESULT))
    assert (water.planned, water.reached, water.as_of) == ("95 %", "90 %", "2024-06-30")
    assert water.plan_evidence.quote == WATER.words
    assert water.report_evidence is not None
    assert water.report_evidence.quote == RESULT.words
    assert (latrine.reached, latrine.report_evidence, latrine.confidence) == (None, None, 0.0)


def test_nothing_of_it_is_a_finding():
    findings = vnplan.audit([plan(cited=()), report(RESULT)]).findings
    assert findings == ()


def test_a_report_alone_gives_nothing():
    assert progress([report(RESULT)]) == ()
    assert progress([plan(cited=())]) == ()


def test_another_thing_about_the_same_people_is_not_what_was_planned():
    other = replace(WATER, words="90% hộ dân nông thôn có điện lưới", low=90, outcome="có điện lưới")
    assert [row.reached for row in rows(plan(cited=()), report(other))] == [None, None]


def test_another_unit_is_not_compared():
    count = replace(RESULT, words="Có 4.500 hộ dân nông thôn được sử dụng nước sạch", low=4500, unit="hộ")
    assert [row.reached for row in rows(plan(cited=()), report(count))] == [None, None]


def test_a_count_in_a_row_of_shares_is_no_share():
    count = replace(RESULT, low=124)
    assert [row.reached for row in rows(plan(cited=()), report(count))] == [None, None]


def test_two_parts_of_a_territory_are_both_shown():
    one = replace(
        RESULT, words="90% hộ dân nông thôn miền núi được sử dụng nước sạch", population="hộ dân nông thôn miền núi"
    )
    other = replace(
        RESULT,
        words="97% hộ dân nông thôn ven biển được sử dụng nước sạch",
        low=97,
        population="hộ dân nông thôn ven biển",
    )
    found = [row.reached for row in rows(plan(cited=(), aims=(WATER,)), report(one, other))]
    assert found == ["90 %", "97 %"] or found == ["97 %", "90 %"]


def test_a_report_of_a_district_tells_of_a_part_and_gives_no_counts():
    wells = replace(
        WATER, words="Xây mới 50 giếng khoan", low=50, unit="giếng", population="giếng khoan", outcome="xây mới"
    )
    lower = report(
        RESULT, replace(wells, words="Đã xây mới 5 giếng khoan", low=5), level="district", issuer="UBND huyện Bình Sơn"
    )
    (one,) = progress([plan(cited=(), aims=(WATER, wells)), lower])
    assert not one.whole
    assert [row.reached for row in one.rows] == ["90 %", None]


def test_abbreviations_that_the_report_explains_are_read_as_what_they_mean():
    told = replace(RESULT, words="Tỷ lệ HDNT được sử dụng nước sạch đạt 90%", population="HDNT")
    plain = report(told)
    explained = report(told, subject="Kết quả nước sạch và vệ sinh nông thôn cho hộ dân nông thôn (HDNT) năm 2024")
    (one,) = [row for row in rows(plan(cited=()), explained) if row.reached]
    assert one.confidence > max((row.confidence for row in rows(plan(cited=()), plain)), default=0.0)


@pytest.mark.parametrize(
    ("subject", "day"),
    [
        ("Công tác quý I năm 2026", "2026-03-31"),
        ("Công tác quý 2/2025", "2025-06-30"),
        ("Kết quả 6 tháng đầu năm 2024", "2024-06-30"),
        ("Kết quả tháng 02 năm 2024", "2024-02-29"),
        ("Kết quả năm 2023, phương hướng năm 2024", "2023-12-31"),
        ("Kết quả thực hiện", "2024-07-01"),
    ],
)
def test_the_day_of_a_report_is_the_end_of_the_time_that_its_title_names(subject, day):
    assert as_of(report(subject=subject)) == day


def test_the_result_says_its_own_day_where_it_has_one():
    document = report(RESULT)
    dated: Target = replace(document.results[0], horizon="2024-05-20")
    assert rows(plan(cited=()), replace(document, results=(dated,)))[0].as_of == "2024-05-20"


def test_text_record_and_page_show_planned_and_reached():
    documents = [plan(cited=()), report(RESULT)]
    found = progress(documents)
    view = arrange(vnplan.audit(build_cascade(documents)), documents)
    text = progress_text(found, view.nodes, language="en", columns=100)
    assert "planned 95 %, reached 90 % by 2024-06-30" in text
    assert "no figure was found in the report for 1 targets" in text
    assert progress_record(found[0])["rows"][0]["reached"] == "90 %"
    page = audit_html(view, reached=found)
    assert RESULT.words in page
    assert "30/06/2024" in page


def test_the_latrines_that_no_report_counts_stay_in_the_record():
    assert [row.planned for row in rows(plan(cited=(), aims=(LATRINE,)), report(RESULT))] == ["90 %"]
