"""What an audit says of the targets of a parent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import (
    COMMON,
    LATRINE,
    TO_DECISION,
    WATER,
    Aim,
    changed,
    decision,
    found,
    make,
    only,
    plan,
)

from vnplan.compare import audit


def test_a_lower_value_is_a_weakened_target_with_the_words_of_both_sides():
    child = plan(aims=(changed(WATER, "Phấn đấu 90% hộ dân nông thôn được sử dụng nước sạch", low=90), LATRINE))
    finding = only("weakened_target", decision(), child)
    assert (finding.by, finding.severity, finding.child_value, finding.parent_value) == (
        "value",
        "high",
        "90 %",
        "95 %",
    )
    assert finding.child_evidence is not None
    assert finding.parent_evidence is not None
    assert finding.child_evidence.quote == "Phấn đấu 90% hộ dân nông thôn được sử dụng nước sạch"
    assert finding.parent_evidence.quote.startswith("Phấn đấu 95%")
    assert "90 %" in finding.message_vi
    assert "95 %" in finding.message_en


@pytest.mark.parametrize(
    ("by", "severity", "fields"),
    [
        ("narrowed", "medium", {"fields": {"condition": "có nhu cầu"}}),
        ("later", "medium", {"fields": {"horizon": "2035"}}),
        ("softer", "low", {"comparator": "about"}),
    ],
)
def test_a_target_is_weakened_in_other_ways(by, severity, fields):
    finding = only("weakened_target", decision(), plan(aims=(replace(WATER, **fields), LATRINE)))
    assert (finding.by, finding.severity) == (by, severity)


def test_a_higher_value_and_a_new_target_are_noted():
    more = changed(WATER, "97% hộ dân nông thôn được sử dụng nước sạch", low=97)
    new = Aim(
        "Có 60% hộ chăn nuôi xử lý chất thải bằng hầm khí sinh học",
        60,
        "hộ chăn nuôi",
        "xử lý chất thải bằng hầm khí sinh học",
    )
    assert found(decision(), plan(aims=(more, LATRINE, new))) == [("strengthened_target", None), ("added_target", None)]


def test_an_aim_without_its_number_is_unquantified():
    child = plan(aims=("Hộ dân nông thôn được sử dụng nước sạch", LATRINE))
    finding = only("unquantified_target", decision(), child)
    assert finding.child_evidence is not None
    assert finding.child_evidence.quote == "Hộ dân nông thôn được sử dụng nước sạch"
    assert finding.parent_value == "95 %"


def test_a_target_without_counterpart_is_missing():
    finding = only("missing_target", decision(), plan(aims=(LATRINE,)))
    assert (finding.severity, finding.child_evidence) == ("high", None)


def test_a_national_count_is_not_missed_and_a_local_one_not_compared():
    count = Aim(
        "Xây mới 5.000 công trình cấp nước tập trung",
        5000,
        "công trình cấp nước tập trung",
        "xây mới",
        unit="công trình",
    )
    local = changed(count, "Xây mới 12 công trình cấp nước tập trung", low=12)
    parent = decision(aims=(WATER, LATRINE, count))
    assert found(parent, plan()) == []
    assert found(parent, plan(aims=(WATER, LATRINE, local))) == [("not_comparable", None)]


def test_a_target_of_a_ministry_is_not_missed_in_a_province():
    aim = replace(LATRINE, role="organisation")
    parent = decision(aims=(WATER, aim))
    assert found(parent, plan(aims=(WATER,))) == []


def test_a_step_that_was_over_before_the_child_began_is_not_missed():
    step = changed(
        WATER, "Đến năm 2020 đạt 70% hộ dân nông thôn được sử dụng nước sạch", low=70, fields={"horizon": "2020"}
    )
    assert found(decision(aims=(step, WATER, LATRINE)), plan()) == []


def step(low: float, year: str | None, **fields) -> Aim:
    """Return the target on water with a value and a year, which is that of the document where None."""
    given = {"horizon": year or "2030", "horizon_source": "heading" if year else "period", **fields}
    return changed(WATER, WATER.words.replace("95", f"{low:g}"), low=low, fields=given)


@pytest.mark.parametrize(
    ("own", "weaker"),
    [
        (step(70, "2025"), False),
        (step(60, "2025"), True),
        (step(70, "2024"), False),
        (step(70, None), False),
        (step(80, "2028"), False),
        (step(60, "2028"), True),
    ],
)
def test_a_target_is_measured_by_the_step_of_its_own_year(own, weaker):
    parent = decision(aims=(step(70, "2025"), step(95, "2030"), LATRINE))
    findings = [f for f in audit([parent, plan(aims=(own, LATRINE))]).findings if f.finding == "weakened_target"]
    assert bool(findings) is weaker
    if own.low == 60:
        assert [f.parent_value for f in findings] == ["70 %"]


def test_work_of_the_province_is_not_measured_by_work_of_the_commune():
    files = Aim("65% hồ sơ công việc của xã được xử lý qua mạng", 65, "hồ sơ công việc của xã", "xử lý qua mạng")
    upper = Aim("98% hồ sơ công việc cấp tỉnh được xử lý qua mạng", 98, "hồ sơ công việc cấp tỉnh", "xử lý qua mạng")
    lower = Aim("70% hồ sơ công việc cấp xã được xử lý qua mạng", 70, "hồ sơ công việc cấp xã", "xử lý qua mạng")
    child = make("commune.txt", "commune", cited=(TO_DECISION,), aims=(files, WATER, LATRINE), duties=COMMON)
    finding = only("weakened_target", decision(aims=(upper, lower, WATER, LATRINE)), child)
    assert finding.parent_value == "70 %"


def test_the_same_words_that_say_of_whom_make_a_narrowed_target():
    poor = changed(
        WATER,
        "Phấn đấu 95% hộ dân nông thôn thuộc hộ nghèo được sử dụng nước sạch",
        population="hộ dân nông thôn thuộc hộ nghèo",
    )
    finding = only("weakened_target", decision(), plan(aims=(poor, LATRINE)))
    assert (finding.by, finding.severity) == ("narrowed", "medium")
    assert "thuộc hộ nghèo" in finding.message_vi


@pytest.mark.parametrize(
    "population",
    [
        "hộ dân nông thôn trên địa bàn tỉnh",
        "hộ dân nông thôn tại các xã",
        "hộ gia đình nông thôn",
        "các hộ dân nông thôn",
    ],
)
def test_a_place_of_its_own_and_other_words_for_the_same_narrow_nothing(population):
    own = changed(WATER, f"Phấn đấu 95% {population} được sử dụng nước sạch", population=population)
    assert "weakened_target" not in {f.finding for f in audit([decision(), plan(aims=(own, LATRINE))]).findings}


@pytest.mark.parametrize(("year", "asked"), [("2028", False), ("2026", True)])
def test_less_long_before_the_year_of_the_parent_is_asked_and_not_said(year, asked):
    own = replace(WATER, words=WATER.words.replace("80", "60"), low=60, fields={"horizon": year})
    result = audit([decision(aims=(replace(WATER, fields={"horizon": "2030"}),)), plan(aims=(own,))])
    ways = [f.by for f in result.findings if f.finding == "weakened_target"]
    questions = [f.by for f in result.questions if f.finding == "weakened_target"]
    assert (ways, questions) == (([], ["value"]) if asked else (["value"], []))


def test_places_to_climb_in_a_ranking_are_not_missed_a_level_below():
    climb = Aim(
        "Chỉ số cấp nước sạch nông thôn hợp vệ sinh của tỉnh tăng 3 bậc", 3,
        "chỉ số cấp nước sạch nông thôn hợp vệ sinh của tỉnh", "tăng", "bậc", "increase_by",
    )  # fmt: skip
    for unit, missing in (("bậc", []), ("%", ["missing_target"])):
        parent = decision(aims=(WATER, replace(climb, unit=unit)))
        found = audit([parent, plan(aims=(WATER,))]).findings
        assert [f.finding for f in found if f.finding == "missing_target"] == missing
