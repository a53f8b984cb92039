"""The order on targets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import WATER, Aim, decision, plan
from hypothesis import given
from hypothesis import strategies as st

from vnplan.compare import audit
from vnplan.compare.order import compare_targets, direction, is_rank, show_value
from vnplan.model import Span, Target

BASE = Target(Span(0, 1), 80.0, 80.0, "equal", "%", "trẻ em", "được khám sức khỏe", horizon="2030")

targets = st.builds(
    lambda low, more, comparator, commitment, horizon, condition: replace(
        BASE,
        low=float(low),
        high=float(low + more),
        comparator=comparator,
        commitment=commitment,
        horizon=horizon,
        condition=condition,
    ),
    st.integers(0, 100),
    st.integers(0, 20),
    st.sampled_from(["equal", "at_least", "above", "about", "range"]),
    st.sampled_from(["plain", "strive", "guarantee"]),
    st.sampled_from(["2025", "2030", "2030-06", None]),
    st.sampled_from([None, "có nhu cầu", "có nhu cầu, đủ điều kiện"]),
)


@given(targets, targets)
def test_what_is_weaker_one_way_is_stronger_the_other_way(one, other):
    there, back = compare_targets(one, other), compare_targets(other, one)
    for name in ("value", "population", "horizon", "softness"):
        sign, reverse = getattr(there, name), getattr(back, name)
        assert (sign is None) == (reverse is None)
        assert sign is None or sign == -reverse


@given(targets, targets, targets)
def test_each_order_is_transitive(one, two, three):
    first, second, whole = compare_targets(one, two), compare_targets(two, three), compare_targets(one, three)
    for name in ("value", "horizon", "softness"):
        signs = [getattr(result, name) for result in (first, second, whole)]
        if None not in signs and signs[0] <= 0 and signs[1] <= 0:
            assert signs[2] <= 0
            assert (signs[2] < 0) == (signs[0] < 0 or signs[1] < 0)


@pytest.mark.parametrize(
    ("child", "parent", "ways"),
    [
        ({"low": 75.0, "high": 75.0}, {}, ("value",)),
        ({"comparator": "about"}, {}, ("softer",)),
        ({"comparator": "about"}, {"commitment": "strive"}, ("softer",)),
        ({"commitment": "strive"}, {"commitment": "strive"}, ()),
        ({"commitment": "strive"}, {"commitment": "guarantee"}, ("softer",)),
        ({"horizon": "2035"}, {}, ("later",)),
        ({"condition": "có nhu cầu"}, {}, ("narrowed",)),
        ({}, {"condition": "có nhu cầu"}, ()),
        ({"comparator": "equal"}, {"comparator": "at_least"}, ()),
        ({"low": 90.0, "high": 90.0}, {}, ()),
    ],
)
def test_the_ways_in_which_a_target_is_weaker(child, parent, ways):
    assert compare_targets(replace(BASE, **child), replace(BASE, **parent)).weaker == ways


def test_a_higher_value_is_the_weaker_one_where_it_should_fall():
    poor = replace(BASE, population="hộ nghèo", outcome="tỷ lệ hộ nghèo còn", comparator="below", low=3.0, high=3.0)
    assert direction(poor) == "fall"
    assert compare_targets(replace(poor, high=5.0, low=5.0), poor).weaker == ("value",)
    assert compare_targets(replace(poor, high=2.0, low=2.0), poor).value == 1


def test_help_for_a_group_with_a_falling_word_should_rise():
    assert direction(replace(BASE, population="trẻ em bị xâm hại", outcome="được hỗ trợ")) == "rise"
    assert direction(replace(BASE, population=None, outcome="tỷ lệ trẻ em suy dinh dưỡng")) == "fall"


def test_counts_of_two_territories_are_not_comparable_and_those_of_one_are():
    many = replace(BASE, low=10_000.0, high=10_000.0, unit="người")
    few = replace(many, low=100.0, high=100.0)
    assert compare_targets(few, many).reason == "count"
    assert compare_targets(few, many, same_place=True).value == -1


def test_a_duration_is_comparable_anywhere():
    days = replace(BASE, low=30.0, high=30.0, unit="ngày", comparator="at_most")
    assert compare_targets(replace(days, low=45.0, high=45.0), days).weaker == ("value",)


def test_a_value_is_shown_with_decimal_comma_and_dots_for_thousands():
    assert show_value(replace(BASE, low=1250.5, high=1250.5, comparator="at_least", unit="hộ")) == "≥ 1.250,5 hộ"
    assert show_value(replace(BASE, low=95.0, high=95.0)) == "95 %"


def test_a_place_in_a_ranking_is_told_from_a_count():
    rank = replace(BASE, low=0.0, high=30.0, comparator="at_most", unit="nước")
    assert is_rank(rank)
    assert not is_rank(BASE)
    assert not is_rank(replace(BASE, comparator="at_least", unit="xã"))


EARLY = replace(WATER, words="30% hộ dân nông thôn được sử dụng nước sạch", low=30, fields={"horizon": "2025"})
LATE = replace(WATER, words="50% hộ dân nông thôn được sử dụng nước sạch", low=50, fields={"horizon": "2030"})


def weakened(own: Aim) -> list[str | None]:
    found = audit([decision(aims=(EARLY, LATE)), plan(aims=(own,))]).findings
    return [finding.by for finding in found if finding.finding == "weakened_target"]


def test_a_target_without_a_year_may_be_the_earlier_step_of_its_parent():
    unsaid = {"horizon": "2030", "horizon_source": "period"}
    assert weakened(replace(EARLY, fields=unsaid)) == []


def test_a_target_that_names_the_later_year_is_compared_with_the_later_step():
    assert "value" in weakened(replace(EARLY, fields={"horizon": "2030", "horizon_source": "stated"}))


def test_less_than_the_earlier_step_is_weaker_whatever_the_year():
    unsaid = {"horizon": "2030", "horizon_source": "period"}
    assert "value" in weakened(replace(EARLY, words=EARLY.words.replace("30%", "20%"), low=20, fields=unsaid))


def test_a_target_without_a_year_is_not_called_later():
    asked = replace(WATER, fields={"horizon": "2025"})
    unsaid = replace(WATER, fields={"horizon": "2030", "horizon_source": "period"})
    stated = replace(WATER, fields={"horizon": "2030", "horizon_source": "stated"})
    ways = [
        [f.by for f in audit([decision(aims=(asked,)), plan(aims=(own,))]).findings if f.finding == "weakened_target"]
        for own in (unsaid, stated)
    ]
    assert ways == [[], ["later"]]


def test_the_last_day_of_a_year_is_no_earlier_than_the_year():
    day = replace(BASE, horizon="2030-12-31")
    assert compare_targets(day, replace(BASE, horizon="2030")).horizon == 0
    assert compare_targets(replace(BASE, horizon="2030-06-30"), replace(BASE, horizon="2030")).horizon == 1


def test_a_group_that_is_added_narrows_nothing_and_a_condition_does():
    asked = replace(BASE, population="người khuyết tật có nguy cơ cao")
    wider = replace(asked, population="người khuyết tật có nguy cơ cao bị trầm cảm và người cao tuổi")
    poorer = replace(asked, population="người khuyết tật có nguy cơ cao thuộc hộ nghèo và hộ cận nghèo")
    assert compare_targets(wider, asked).weaker == ()
    assert compare_targets(poorer, asked).weaker == ("narrowed",)
