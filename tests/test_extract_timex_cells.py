"""Times in a table's column for them: what is a time only there."""

from __future__ import annotations

import pytest

from vnplan.document import parse_source
from vnplan.model import Document
from vnplan.read import read_bytes

PLAN = """UBND TỈNH LẠNG SƠN

Số: 12/KH-UBND

Lạng Sơn, ngày 05 tháng 01 năm 2026

**KẾ HOẠCH**

Trồng cây xanh {period}

**I. NHIỆM VỤ**

| TT | Nhiệm vụ | Chủ trì | Thời gian |
|---|---|---|---|
| 1 | Trồng cây | Sở Xây dựng | {words} |
"""


def read(text: str) -> Document:
    return parse_source(read_bytes("a.md", text.encode()))


def due(words: str, period: str = "năm 2026") -> list[tuple[str | None, str | None]]:
    document = read(PLAN.format(words=words, period=period))
    return [(deadline.value, deadline.bound) for deadline in document.deadlines]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("31/12", [("2026-12-31", "by")]),
        ("30/6; 31/12", [("2026-06-30", "by"), ("2026-12-31", "by")]),
        ("T6/2026", [("2026-06", "during")]),
        ("Q.II/2026", [("2026-Q2", "during")]),
        ("Trong năm", [("2026", "during")]),
        ("Từ năm 2026", [("2026", "after")]),
        ("Bắt đầu từ tháng 3/2026", [("2026-03", "after")]),
        ("2026 và những năm tiếp theo", [("2026", "after")]),
        ("Đến 2030", [("2030", "by")]),
        ("Trước 2028", [("2028", "before")]),
        ("Cuối 2027", [("2027", "end")]),
        ("Tháng 3 và tháng 9", [("2026-03", "during"), ("2026-09", "during")]),
        ("Tháng 4, 5/2026", [("2026-04/2026-05", "during")]),
        ("Quý I và quý III/2026", [("2026-Q1", "during"), ("2026-Q3", "during")]),
        ("Tháng 10, 11 hằng năm", [("XXXX-10/XXXX-11", "during")]),
        ("Hoàn thành trong quý II", [("2026-Q2", "by")]),
        ("Thường xuyên trong năm", [(None, "ongoing")]),
        ("32/13", []),
        ("Theo Quyết định số 12/QĐ-UBND", []),
    ],
)
def test_short_forms_are_times_in_their_column(words: str, found: list[tuple[str, str]]) -> None:
    assert due(words) == found


def test_months_of_every_year_recur_in_each_of_them() -> None:
    document = read(PLAN.format(words="Quý I và quý III hằng năm", period="năm 2026"))
    assert [deadline.rrule for deadline in document.deadlines] == ["FREQ=YEARLY;BYMONTH=1,2,3,7,8,9"]


def test_a_day_without_a_year_in_a_plan_for_several_years_is_a_problem() -> None:
    document = read(PLAN.format(words="31/12", period="giai đoạn 2026 - 2030"))
    assert [problem.code for problem in document.problems] == ["no-year"]


def test_the_time_of_the_column_outranks_one_in_the_words() -> None:
    document = read(PLAN.format(words="Quý II", period="năm 2026").replace("Trồng cây |", "Hằng tuần trồng cây |"))
    task = document.tasks[0]
    assert task.deadline is not None
    assert document.deadlines[task.deadline].value == "2026-Q2"


def test_a_column_of_another_kind_of_time_gives_no_deadline() -> None:
    words = "| TT | Thủ tục | Thời hạn giải quyết |\n|---|---|---|\n| 1 | Cấp phép | 15 ngày kể từ ngày nhận hồ sơ |\n"
    assert not read(PLAN[: PLAN.index("| TT")].format(period="năm 2026") + words).deadlines
