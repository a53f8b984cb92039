"""What a report of progress says was reached."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import vnplan
from vnplan.model import Document

HEAD = (
    "UBND TỈNH QUẢNG NGÃI\nSố: 80/BC-UBND\nQuảng Ngãi, ngày 01 tháng 7 năm 2024\nBÁO CÁO\nKết quả nước sạch năm 2024\n"
)
TABLE = """
| TT | Chỉ tiêu | Kế hoạch năm 2024 | Kết quả năm 2024 | Đánh giá |
| --- | --- | --- | --- | --- |
| 1 | Tỷ lệ hộ dân nông thôn được dùng nước sạch | 95% | 88,2% | Chưa đạt |
| 2 | Tỷ lệ trạm y tế có nhà vệ sinh hợp vệ sinh | 90% | 1.250 công trình | Đạt |
"""


def report(*lines: str, kind: str = "BÁO CÁO") -> Document:
    return vnplan.parse(HEAD.replace("BÁO CÁO", kind) + "\n".join(lines))


def told(document: Document) -> list[tuple[float, str]]:
    return [(result.low, result.unit) for result in document.results]


def test_figures_of_what_was_done_are_results_and_no_targets():
    document = report("I. KẾT QUẢ THỰC HIỆN", "- Tỷ lệ hộ dân nông thôn được dùng nước sạch đạt 88,2%.")
    assert told(document) == [(88.2, "%")]
    assert document.targets == ()
    assert document.quote(document.results[0].span) == "Tỷ lệ hộ dân nông thôn được dùng nước sạch đạt 88,2%"


def test_what_a_report_plans_next_is_no_result():
    document = report(
        "I. KẾT QUẢ THỰC HIỆN",
        "- Tỷ lệ hộ dân nông thôn được dùng nước sạch đạt 88,2%.",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ",
        "- Phấn đấu 97% hộ dân nông thôn được dùng nước sạch.",
    )
    assert told(document) == [(88.2, "%")]


def test_a_row_gives_the_figure_of_the_column_of_results(tmp_path):
    path = tmp_path / "report.md"
    path.write_text(HEAD.replace("\n", "\n\n") + "## I. KẾT QUẢ THỰC HIỆN\n" + TABLE, encoding="utf-8")
    document = vnplan.read(path)
    assert told(document) == [(88.2, "%")]
    assert document.results[0].population == "hộ dân nông thôn"


def test_a_plan_has_no_results():
    lines = ("I. KẾT QUẢ THỰC HIỆN", "- Tỷ lệ hộ dân nông thôn được dùng nước sạch đạt 88,2%.")
    assert report(*lines, kind="KẾ HOẠCH").results == ()


def test_a_day_beside_a_figure_is_that_of_the_figure():
    document = report("I. KẾT QUẢ THỰC HIỆN", "- Đến ngày 25/6/2024, có 80% hộ dân nông thôn được dùng nước sạch.")
    assert document.results[0].horizon == "2024-06-25"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Tỷ lệ hộ đạt %|0123456789,.-\n();", max_size=300))
def test_any_text_of_a_report_gives_results_with_their_words(raw):
    document = report("I. KẾT QUẢ THỰC HIỆN", raw)
    assert all(0 <= result.span.start < result.span.end <= len(document.text.raw) for result in document.results)
