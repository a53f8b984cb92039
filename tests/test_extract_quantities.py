"""Numbers, ranges and shares with their units; what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.extract.quantities import find_quantities, read_number


def found(words: str) -> list[tuple[float, float, str]]:
    return [(quantity.low, quantity.high, quantity.unit) for quantity in find_quantities(words)]


@pytest.mark.parametrize(
    ("figures", "value"),
    [("1.250,5", 1250.5), ("3,5", 3.5), ("05", 5.0), ("10.000", 10000.0), ("99.5", 99.5), ("1.234.567", 1234567.0)],
)
def test_decimal_comma_and_thousands_dots_are_read(figures: str, value: float) -> None:
    assert read_number(figures) == value


def test_a_number_of_five_thousand_digits_is_none() -> None:
    assert read_number("9" * 5000) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("đạt 80 %", (80, 80, "%")),
        ("đạt 80 phần trăm", (80, 80, "%")),
        ("tỷ suất còn 12,5‰", (12.5, 12.5, "‰")),
        ("khoảng 05-08 người", (5, 8, "người")),
        ("từ 5 đến 8 hộ", (5, 8, "hộ")),
        ("giảm 5%-10% số vụ", (5, 10, "%")),
        ("80 - 85% số xã", (80, 85, "%")),
        ("5% ÷ 10%", (5, 10, "%")),
        ("tạo việc làm cho 34 - 35 vạn lao động", (340000, 350000, "lao động")),
        ("hỗ trợ 1,5 triệu người", (1500000, 1500000, "người")),
        ("thu nhập đạt 60 triệu đồng", (60, 60, "triệu đồng")),
        ("có 01 (một) mô hình", (1, 1, "mô hình")),
        ("trên 2/3 số thôn", (66.67, 66.67, "%")),
        ("8/10 xã đạt chuẩn", (8, 8, "xã")),
        ("một trăm phần trăm trạm y tế", (100, 100, "%")),
        ("một nửa số hợp tác xã", (50, 50, "%")),
        ("tăng gấp đôi", (2, 2, "lần")),
        ("trồng 5.000 ha rừng", (5000, 5000, "ha")),
    ],
)
def test_a_quantity_has_value_and_unit(words: str, expected: tuple[float, float, str]) -> None:
    assert found(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "theo khoản 3 Điều 14",
        "trường cấp 1, cấp 2",
        "giai đoạn 2021 - 2030",
        "giảm cả 3 tiêu chí",
        "mục 2.1.3 của kế hoạch",
        "TỔNG CỘNG 17 TUYẾN",
        "điện thoại 0203.3835.687",
    ],
)
def test_numbers_of_documents_dates_and_provisions_are_no_quantities(words: str) -> None:
    assert found(words) == []


def test_words_behind_a_number_bound_it() -> None:
    assert [quantity.bound for quantity in find_quantities("đạt từ 10 tiêu chí trở lên")] == ["trở lên"]


@given(st.text(alphabet="0123456789.,%-/ ()đếntừngười", max_size=80))
def test_any_figures_are_read_without_an_error_and_in_order(words: str) -> None:
    quantities = list(find_quantities(words))
    assert [quantity.start for quantity in quantities] == sorted(quantity.start for quantity in quantities)
    assert all(0 <= quantity.start < quantity.end <= len(words) for quantity in quantities)
    assert all(quantity.low <= quantity.high for quantity in quantities)
