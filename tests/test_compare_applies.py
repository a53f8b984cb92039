"""What a child has to take over of its parent, by the body that issues it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import COMMON, LATRINE, TO_DECISION, WATER, decision, make, plan

from vnplan.compare import audit
from vnplan.compare.applies import counts_units, has_field, names_level


def test_a_ministry_is_not_asked_for_what_may_be_in_the_field_of_another():
    ministry = plan(issuer="Bộ Y tế", aims=(WATER,), duties=COMMON[:-1])
    assert not [f for f in audit([decision(), ministry]).findings if f.finding.startswith("missing_")]
    council = plan(aims=(WATER,), duties=COMMON[:-1])
    found = {f.finding for f in audit([decision(), council]).findings}
    assert {"missing_target", "missing_task"} <= found


def test_a_department_is_asked_for_what_its_ministry_asks():
    ministry = decision(issuer="Bộ Y tế")
    department = plan(
        issuer="Sở Y tế tỉnh Quảng Ngãi",
        aims=(WATER,),
        duties=COMMON[:-1],
        cited=(replace(TO_DECISION, issuer="Bộ Y tế"),),
    )
    assert {"missing_target", "missing_task"} <= {f.finding for f in audit([ministry, department]).findings}


@pytest.mark.parametrize(
    ("issuer", "field"),
    [
        ("Bộ Y tế", True),
        ("Sở Nội vụ tỉnh Lạng Sơn", True),
        ("Ủy ban Dân tộc", True),
        ("Ban Chỉ đạo chuyển đổi số tỉnh Lạng Sơn", True),
        ("Hội đồng nhân dân tỉnh Lạng Sơn", False),
        ("Bộ Chính trị", False),
        ("UBND tỉnh Lạng Sơn", False),
        ("Tỉnh ủy Lạng Sơn", False),
        ("Thủ tướng Chính phủ", False),
        (None, False),
    ],
)
def test_bodies_with_a_field_are_told_by_their_names(issuer, field):
    document = plan()
    header = replace(document.header, issuer=issuer)
    issued = replace(document, structure=replace(document.structure, header=header))
    assert has_field(issued) is field


UNITS = replace(WATER, words="85% số xã đạt chuẩn nước sạch nông thôn mới", low=85, population="số xã",
                outcome="đạt chuẩn nước sạch nông thôn mới")  # fmt: skip


@pytest.mark.parametrize(
    ("population", "level", "counted"),
    [
        ("các tỉnh, thành phố trực thuộc trung ương", "province", True),
        ("số xã, phường, thị trấn", "commune", True),
        ("huyện, thị xã", "commune", True),
        ("số xã, phường, thị trấn", "province", False),
        ("xã hội hóa dịch vụ", "commune", False),
        ("hộ dân của xã", "commune", False),
    ],
)
def test_a_share_of_units_is_not_asked_of_one_of_them_nor_of_one_within_them(population, level, counted):
    assert counts_units(replace(UNITS, population=population), level) is counted


def test_a_share_of_communes_is_missed_in_a_province_and_not_in_a_commune():
    parent = decision(aims=(WATER, LATRINE, UNITS))
    missing = [
        {f.finding for f in audit([parent, make(name, level, cited=(TO_DECISION,), aims=(WATER, LATRINE))]).findings}
        for name, level in (("plan.txt", "province"), ("commune.txt", "commune"))
    ]
    assert ["missing_target" in found for found in missing] == [True, False]


def test_what_a_commune_lacks_of_the_nation_is_less_sure_than_what_a_province_lacks():
    (near,) = [f for f in audit([decision(), plan(aims=(LATRINE,))]).findings if f.finding == "missing_target"]
    commune = make("commune.txt", "commune", cited=(TO_DECISION,), aims=(LATRINE,), duties=COMMON)
    (far,) = [f for f in audit([decision(), commune]).findings if f.finding == "missing_target"]
    assert far.confidence < near.confidence


@pytest.mark.parametrize(
    ("name", "level", "named"),
    [
        ("UBND các tỉnh, thành phố trực thuộc trung ương", "province", True),
        ("UBND cấp tỉnh", "province", True),
        ("UBND tỉnh Lai Châu", "province", False),
        ("các sở, ban, ngành tỉnh", "province", False),
        ("UBND các huyện, thị xã, thành phố", "district", True),
        ("UBND các huyện, thị xã, thành phố", "province", False),
        ("UBND cấp xã", "commune", True),
        ("UBND xã Bình Minh", "commune", False),
    ],
)
def test_a_class_of_bodies_is_told_from_one_of_them(name, level, named):
    assert names_level(name, level) is named
