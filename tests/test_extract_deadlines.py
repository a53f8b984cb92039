"""Deadlines: the values of expressions of time, and where they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.extract.dates import edtf, match_date
from vnplan.extract.deadlines import find_deadlines
from vnplan.extract.timex import find_timexes
from vnplan.model import Deadline, Problem
from vnplan.structure import read_structure
from vnplan.text import clean_text

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 14/KH-UBND
Lâm Đồng, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Phát triển cây xanh {period}
I. MỤC TIÊU
1. Đến năm 2030 có 80% đường phố có cây xanh.
II. NHIỆM VỤ
1. {task}
III. KINH PHÍ
1. {budget}
IV. TỔ CHỨC THỰC HIỆN
1. {duty}
"""


def deadlines(
    *, task: str = "Trồng cây.", budget: str = "Chi.", duty: str = "Làm.", period: str = "năm 2026"
) -> list[Deadline]:
    text = clean_text(PLAN.format(task=task, budget=budget, duty=duty, period=period))
    return [found for found in find_deadlines(text, read_structure(text)) if isinstance(found, Deadline)]


def quotes(**parts: str) -> list[str]:
    text = clean_text(
        PLAN.format(**{"task": "Trồng cây.", "budget": "Chi.", "duty": "Làm.", "period": "năm 2026"} | parts)
    )
    return [text.quote(d.span) for d in find_deadlines(text, read_structure(text)) if isinstance(d, Deadline)]


@pytest.mark.parametrize(
    ("words", "type_", "value", "bound", "rrule"),
    [
        ("trước ngày 30/11 hằng năm", "SET", "XXXX-11-30", "before", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
        ("trước ngày 10 tháng 12 hàng năm", "SET", "XXXX-12-10", "before", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
        ("trước ngày 15/11/2024", "DATE", "2024-11-15", "before", None),
        ("chậm nhất là ngày 15/01/2026", "DATE", "2026-01-15", "by", None),
        ("trước 17h00 ngày 05 tháng 6 năm 2024", "DATE", "2024-06-05", "before", None),
        ("đến hết ngày 31/12/2025", "DATE", "2025-12-31", "by", None),
        ("vào năm 2025", "DATE", "2025", "during", None),
        ("vào cuối năm 2030", "DATE", "2030", "end", None),
        ("đến hết năm 2030", "DATE", "2030", "end", None),
        ("đến năm 2030", "DATE", "2030", "by", None),
        ("quý III/2024", "DATE", "2024-Q3", "during", None),
        ("trong quý 3 năm 2024", "DATE", "2024-Q3", "during", None),
        ("6 tháng đầu năm 2025", "DATE", "2025-H1", "during", None),
        ("chậm nhất trong tháng 6/2026", "DATE", "2026-06", "by", None),
        ("Tháng 7/2026", "DATE", "2026-07", "during", None),
        ("giai đoạn 2024 - 2030", None, "2024/2030", "during", None),
        ("Từ tháng 3 đến tháng 9/2026", None, "2026-03/2026-09", "during", None),
        ("từ ngày 01/3/2026 đến ngày 30/9/2026", None, "2026-03-01/2026-09-30", "during", None),
        ("mỗi năm", "SET", "XXXX", "during", "FREQ=YEARLY"),
        ("định kỳ hằng quý", "SET", "XXXX-QX", "during", "FREQ=MONTHLY;INTERVAL=3"),
        ("định kỳ 06 tháng", "SET", "XXXX-HX", "during", "FREQ=MONTHLY;INTERVAL=6"),
        ("hằng tuần", "SET", "XXXX-WXX", "during", "FREQ=WEEKLY"),
        ("Trước ngày 05 của tháng liền kề", "SET", "XXXX-XX-05", "before", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("trước ngày 15 của tháng cuối quý", "SET", "XXXX-QX", "before", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
        ("trước 16 giờ thứ Năm hằng tuần", "SET", "XXXX-WXX-4", "before", "FREQ=WEEKLY;BYDAY=TH"),
        ("trong thời hạn 15 ngày làm việc kể từ ngày", "DURATION", "P15D", "within", None),
        ("Sau 03 tháng kể từ khi", "DURATION", "P3M", "after", None),
        ("Thường xuyên trong năm", None, None, "ongoing", None),
        ("khi có yêu cầu", None, None, "on_request", None),
    ],
)  # fmt: skip
def test_an_expression_has_its_timex_value(
    words: str, type_: str | None, value: str | None, bound: str, rrule: str | None
) -> None:
    found = find_timexes(words)
    assert [(t.start, t.end) for t in found] == [(0, len(words))]
    assert (found[0].type, found[0].value, found[0].bound, found[0].rrule) == (type_, value, bound, rrule)


def test_days_of_a_list_share_bound_and_rhythm() -> None:
    found = find_timexes("trước ngày 15/6 và ngày 15/12 hằng năm")
    assert [(t.value, t.bound) for t in found] == [("XXXX-06-15", "before"), ("XXXX-12-15", "before")]


def test_a_day_behind_a_rhythm_of_its_sentence_is_of_every_year() -> None:
    found = find_timexes("Hằng năm, các đơn vị báo cáo trước ngày 15/12; xong trước ngày 20/12", year="2026")
    assert [t.value for t in found] == ["XXXX", "XXXX-12-15", "2026-12-20"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ngày 08 tháng 12 năm 2023", "2023-12-08"),
        ("ngày 3/4/2024", "2024-04-03"),
        ("ngày … tháng 6 năm 2024", "2024-06"),
        ("ngày    /01/2026", "2026-01"),
        ("năm 2015", "2015"),
    ],
)
def test_dates_are_edtf(words: str, value: str) -> None:
    found = match_date(" ".join(words.split()), 0)
    assert found is not None
    assert found.edtf == value


def test_the_calendar_decides_on_leap_days() -> None:
    assert edtf(2024, 2, 29) == "2024-02-29"
    assert edtf(2023, 2, 29) is None
    assert edtf(2024, 0) is None


def test_a_duty_has_its_deadline_and_path() -> None:
    found = deadlines(duty="Sở Xây dựng báo cáo kết quả trước ngày 15/12/2026.")
    assert [(d.value, d.bound, d.path) for d in found] == [("2026-12-15", "before", "IV.1")]


def test_a_day_without_year_is_of_the_year_of_the_plan() -> None:
    assert [d.value for d in deadlines(duty="Gửi báo cáo trước ngày 30/9.")] == ["2026-09-30"]


def test_the_adjoining_year_of_a_plan_for_one_year_is_the_next() -> None:
    assert [d.value for d in deadlines(duty="Báo cáo trước ngày 31/01 năm liền kề.")] == ["2027-01-31"]


def test_a_day_without_year_in_a_plan_for_several_years_is_a_problem() -> None:
    text = clean_text(
        PLAN.format(task="Làm.", budget="Chi.", duty="Báo cáo trước ngày 30/9.", period="giai đoạn 2026 - 2030")
    )
    found = list(find_deadlines(text, read_structure(text)))
    assert [item.code for item in found if isinstance(item, Problem)] == ["no-year"]
    assert [item.value for item in found if isinstance(item, Deadline)] == [None]


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    text = clean_text(PLAN.format(task="Xong trước ngày 31/02/2026.", budget="Chi.", duty="Làm.", period="năm 2026"))
    found = list(find_deadlines(text, read_structure(text)))
    assert [item.code for item in found if isinstance(item, Problem)] == ["no-such-day"]


@pytest.mark.parametrize(
    "task",
    [
        "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh.",
        "Bảo đảm đến năm 2030 có 90% hộ dân được dùng nước sạch.",
        "Triển khai Chương trình trồng cây giai đoạn 2026 - 2030.",
        "Định kỳ kiểm tra cây xanh ngay khi có bão.",
        "Khắc phục hậu quả cơn bão từ ngày 05/9/2025.",
        "Trợ cấp thường xuyên cho người trồng cây.",
        "Lấy kết quả làm căn cứ bình xét thi đua hằng năm.",
        "Xử lý các trường hợp còn tồn tại trước năm 2025.",
    ],
)
def test_other_times_are_no_deadlines(task: str) -> None:
    assert deadlines(task=task) == []


def test_a_targets_horizon_in_the_objectives_is_no_deadline() -> None:
    assert deadlines() == []


def test_a_yearly_sum_is_no_deadline_but_its_estimate_is() -> None:
    assert quotes(budget="Kinh phí được bố trí trong dự toán ngân sách hằng năm của các đơn vị.") == []
    assert quotes(budget="Các đơn vị chủ động lập dự toán ngân sách hằng năm gửi Sở Tài chính.") == ["hằng năm"]


def test_constantly_counts_on_the_main_verb_alone() -> None:
    assert quotes(task="Thường xuyên kiểm tra cây xanh.") == ["Thường xuyên"]
    assert quotes(task="Giao Sở Xây dựng thường xuyên theo dõi cây xanh.") == ["thường xuyên"]
    assert quotes(task="Xác định đây là nhiệm vụ thường xuyên của các cấp.") == []


def test_on_request_counts_of_a_report() -> None:
    assert quotes(duty="Định kỳ hằng năm, đột xuất báo cáo kết quả.") == ["Định kỳ hằng năm", "đột xuất"]
    assert quotes(duty="Cung cấp cây giống theo yêu cầu của người dân.") == []


def test_an_item_that_only_says_when_is_read_like_a_column_of_times() -> None:
    assert quotes(task="Trồng cây ven đường.\n- Thời gian hoàn thành: Quý II/2026.") == ["Quý II/2026"]


def test_one_quote_is_as_long_as_it_can_be() -> None:
    assert quotes(duty="Báo cáo trước ngày 30 tháng 11 hằng năm.") == ["trước ngày 30 tháng 11 hằng năm"]


PIECES = st.lists(
    st.sampled_from(
        ["trước ngày ", "30/11", "31/02/2026", " hằng năm", "trong quý ", "III", "/2026", "thường xuyên ", "định kỳ ",
         "từ ", "đến ", "tháng ", "năm 2026", ", ", " và ", ". ", "; ", "\n", "- ", "1. ", "báo cáo ",
         "15 ngày ", "kể từ "]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text(max_size=200)))
def test_every_deadline_stands_in_the_text_and_in_order(raw: str) -> None:
    text = clean_text(PLAN.format(task=raw, budget="Chi.", duty="Làm.", period="năm 2026"))
    found = list(find_deadlines(text, read_structure(text)))
    spans = [item.span for item in found if isinstance(item, Deadline)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text.raw) for span in spans)
    assert found == list(find_deadlines(text, read_structure(text)))


def test_a_share_before_a_time_makes_it_the_horizon_of_an_aim() -> None:
    assert not found_values("1. Nâng tỷ lệ hồ sơ trực tuyến đạt ít nhất 55% trong quý III/2024.")
    assert found_values("1. Báo cáo tỷ lệ đạt 55%, gửi trước ngày 15/11/2024.") == ["2024-11-15"]


def found_values(item: str) -> list[str | None]:
    text = clean_text(f"KẾ HOẠCH\nI. NHIỆM VỤ\n{item}")
    return [d.value for d in find_deadlines(text, read_structure(text)) if isinstance(d, Deadline)]


def test_the_words_that_belong_to_a_time_are_in_its_quote() -> None:
    raw = (
        "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sửa trạm bơm, xong trước ngày 30/8/2024; báo cáo trong 10 ngày kể từ ngày sửa xong."
    )
    text = clean_text(raw)
    found = [d for d in find_deadlines(text, read_structure(text)) if isinstance(d, Deadline)]
    quotes = [text.quote(d.span) for d in found]
    assert quotes == ["xong trước ngày 30/8/2024", "trong 10 ngày kể từ ngày sửa xong"]
