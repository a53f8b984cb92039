"""What a child has to take over of its parent, by the body that issues it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import COMMON, TO_DECISION, WATER, decision, plan

from vnplan.compare import audit
from vnplan.compare.applies import has_field


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
