"""Findings about times of reports and duties."""

from __future__ import annotations

import pytest
from compare_builder import (
    COMMON,
    LATRINE,
    TO_DECISION,
    WATER,
    Duty,
    decision,
    found,
    make,
    plan,
)

REPORT = Duty(
    "Báo cáo kết quả thực hiện về Bộ Nông nghiệp trước ngày 15 tháng 12 hằng năm",
    lead=("UBND các tỉnh, thành phố trực thuộc trung ương",),
    role="organisation",
    deadline=("trước ngày 15 tháng 12 hằng năm", "XXXX-12-15"),
)


def own_report(words: str, when: tuple[str, str] | None) -> Duty:
    return Duty(words, lead=("Sở Nông nghiệp",), role="organisation", deadline=when)


@pytest.mark.parametrize(
    ("words", "when", "kinds"),
    [
        (
            "Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 31/12 hằng năm",
            ("trước ngày 31/12 hằng năm", "XXXX-12-31"),
            ["later_deadline"],
        ),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 10/12 hằng năm", ("trước ngày 10/12 hằng năm", "XXXX-12-10"), []),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp theo quy định", None, ["missing_deadline"]),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 10/12/2024", ("trước ngày 10/12/2024", "2024-12-10"), []),
    ],
)
def test_the_time_of_a_report_upwards_is_compared(words, when, kinds):
    child = plan(duties=(*COMMON, own_report(words, when)))
    assert [name for name, _ in found(decision(duties=(*COMMON, REPORT)), child)] == kinds


def test_the_time_of_a_report_is_not_asked_of_those_to_whom_it_is_not_addressed():
    child = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        cited=(TO_DECISION,),
        aims=(WATER, LATRINE),
        duties=(
            *COMMON,
            own_report("Báo cáo Sở Nông nghiệp theo quy định", None),
        ),
    )
    assert found(decision(duties=(*COMMON, REPORT)), child) == []
