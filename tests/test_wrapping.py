"""The joining of hard-wrapped lines: what goes on, and what begins a paragraph of its own."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.text import clean_text
from vnplan.wrapping import LABEL, LinePiece, continues, in_capitals, measure_wrapping

ITEMS = [
    "- Sở Y tế chủ trì, phối hợp với Sở Giáo dục và Đào tạo hướng dẫn các trường học tổ chức khám sức khỏe định kỳ cho "
    "học sinh, lập hồ sơ theo dõi và thông báo kết quả cho gia đình trước ngày khai giảng hằng năm.",
    "- Ủy ban nhân dân các xã, phường rà soát, lập danh sách trẻ em có hoàn cảnh khó khăn trên địa bàn, cập nhật vào "
    "cơ sở dữ liệu dùng chung và đề xuất hình thức trợ giúp phù hợp với từng trường hợp cụ thể.",
    "- Sở Tài chính tham mưu cân đối nguồn lực, hướng dẫn việc lập dự toán, quản lý và quyết toán kinh phí thực hiện "
    "kế hoạch theo quy định của pháp luật về ngân sách nhà nước.",
]
LABELS = """I. MỤC TIÊU|2.1. Chỉ tiêu|1.1 Chỉ tiêu|a) Nội dung|đ) Nội dung|- Sở Y tế|+ Sở Y tế|Điều 3. Tổ chức
(1) Sở Y tế|1) Sở Y tế|1/ Sở Y tế|Phần thứ nhất|Chương II|PHỤ LỤC|Nơi nhận:|TM. ỦY BAN NHÂN DÂN|Kính gửi: Sở Y tế"""


def wrapped(width: int, gap: str) -> str:
    return gap.join(line for item in ITEMS for line in textwrap.wrap(item, width))


def paragraphs(raw: str) -> list[str]:
    return clean_text(raw).clean.splitlines()


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_hard_wrapped_items_come_back_whole(width: int, gap: str):
    assert paragraphs(wrapped(width, gap)) == ITEMS


def test_text_that_is_not_wrapped_stays_as_it_is():
    assert paragraphs("\n".join(ITEMS)) == ITEMS


def test_a_line_that_begins_with_a_small_letter_goes_on():
    assert paragraphs("Phối hợp với Sở Y tế\ntổ chức thực hiện") == ["Phối hợp với Sở Y tế tổ chức thực hiện"]


def test_a_short_line_before_a_capital_is_whole():
    assert paragraphs("Phối hợp với\nSở Y tế") == ["Phối hợp với", "Sở Y tế"]


def test_a_sentence_that_ended_does_not_go_on_in_a_short_line():
    assert paragraphs("Báo cáo kết quả.\nvà tổng hợp") == ["Báo cáo kết quả.", "và tổng hợp"]


@pytest.mark.parametrize("label", LABELS.replace("\n", "|").split("|"))
def test_a_label_begins_a_paragraph_of_its_own(label: str):
    assert LABEL.match(label)
    assert paragraphs(f"Phối hợp với các đơn vị có liên quan\n{label}")[-1] == label


@pytest.mark.parametrize("words", ["100% trẻ em", "23/KH-UBND", "ngày 01", "2030", "Sở Y tế", "tỉnh", "95,5% số hộ"])
def test_words_that_are_no_label_are_none(words: str):
    assert not LABEL.match(words)


def test_a_labelled_heading_in_capitals_goes_on_in_capitals():
    raw = "II. NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU\nTHỰC HIỆN CHƯƠNG TRÌNH\n1. Truyền thông"
    assert paragraphs(raw) == ["II. NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU THỰC HIỆN CHƯƠNG TRÌNH", "1. Truyền thông"]


def test_capitals_do_not_run_into_the_text_below_them():
    assert paragraphs("KẾ HOẠCH\nthực hiện chương trình") == ["KẾ HOẠCH", "thực hiện chương trình"]


@pytest.mark.parametrize(
    ("words", "expected"), [("MỤC TIÊU", True), ("Mục tiêu", False), ("I", False), ("2024", False)]
)
def test_capitals_need_two_letters_and_no_small_one(words: str, expected: bool):
    assert in_capitals(words) is expected


def test_cells_and_whole_paragraphs_never_go_on():
    wrapping = measure_wrapping([])
    for kind in ("cell", "paragraph", "footnote"):
        before, line = LinePiece("phối hợp với", kind, False, None, 0), LinePiece("sở y tế", kind, False, None, 1)
        assert not continues(before, line, wrapping)


def test_a_document_of_few_lines_counts_as_not_wrapped():
    assert not measure_wrapping([LinePiece("a" * 80, "line", False, None, 1)] * 5).wrapped


@given(st.lists(st.from_regex(r"[a-zA-ZđĐ0-9]{1,12}( [a-zA-ZđĐ0-9]{1,12}){0,9}[.;]?", fullmatch=True), max_size=20))
def test_joining_loses_no_letter(lines: list[str]):
    joined = clean_text("\n".join(lines)).clean
    assert "".join(joined.split()) == "".join("".join(lines).split())
