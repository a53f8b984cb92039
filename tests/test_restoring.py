"""Keywords and labels of recognised text are put right where nothing else can have been printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.document import line_blocks, parse_source
from vnplan.model import Source, Span
from vnplan.restoring import restore
from vnplan.text import clean_text


def recognised(raw: str, *, sure: float | None = 0.9, doubtful=()) -> Source:
    return Source(
        "a.pdf", "", "application/pdf", raw, line_blocks(raw), "ocr", page_confidence=(sure,), doubtful=doubtful
    )


def repair(raw: str, **more) -> str:
    source = recognised(raw, **more)
    return restore(clean_text(source), source).clean.rstrip("\n")


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("KÉ HOẠCH", "KẾ HOẠCH"),
        ("Phần đấu giảm 5%", "Phấn đấu giảm 5%"),
        ("tô chức thực hiên", "tổ chức thực hiện"),
        ("Tỷ lê hộ nghèo", "Tỷ lệ hộ nghèo"),
        ("UBND tinh Lâm Đóng", "UBND tinh Lâm Đồng"),
    ],
)
def test_marks_of_keywords_are_put_right(printed, right):
    assert repair(printed) == right


@pytest.mark.parametrize(
    "words", ["phần đầu của Kế hoạch", "chi tiêu thường xuyên", "học viện", "trong mọi trường hợp"]
)
def test_phrases_of_their_own_stay(words):
    assert repair(words) == words


def test_before_a_figure_an_aim_is_meant():
    assert repair("Phần đầu 90% trẻ em đến trường") == "Phấn đấu 90% trẻ em đến trường"
    assert repair("phần đầu đến năm 2030 đạt") == "phấn đấu đến năm 2030 đạt"


def test_pages_with_a_text_layer_stay():
    assert repair("KÉ HOẠCH", sure=None) == "KÉ HOẠCH"


def test_what_is_quoted_stays_as_it_was_read():
    source = recognised("Phần đầu 90% trẻ em đến trường năm 2030")
    text = restore(clean_text(source), source)
    assert text.printed == clean_text(source).printed
    assert text.raw == source.text


@pytest.mark.parametrize(
    "words", ["giảm 1O% số vụ", "ít nhất 1l buổi", "tổ chức 12 lớp", "Quý I năm 2025", "đô thị loại I trở lên"]
)
def test_no_figure_is_made_or_changed(words):
    assert repair(words) == words


def test_a_stroke_where_a_figure_must_stand_is_one_and_doubtful():
    source = recognised("mỗi học kỳ tổ chức ít nhất I buổi tuyên truyền")
    text = restore(clean_text(source), source)
    assert "ít nhất 1 buổi" in text.clean
    assert [(p.code, source.text[p.span.start : p.span.end]) for p in text.problems if p.span] == [
        ("doubtful:figure", "I")
    ]


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("I. MỤC ĐÍCH\nIl. MỤC TIÊU\nIIl. NHIỆM VỤ", "I. MỤC ĐÍCH\nII. MỤC TIÊU\nIII. NHIỆM VỤ"),
        ("II. NHIỆM VỤ\nl. Tuyên truyền\n2. Kiểm tra", "II. NHIỆM VỤ\n1. Tuyên truyền\n2. Kiểm tra"),
        ("e) Sở Y tế\n8) Sở Xây dựng\nh) Sở Tài chính", "e) Sở Y tế\ng) Sở Xây dựng\nh) Sở Tài chính"),
        ("b) Sở Y tế\n©) Sở Xây dựng\nd) Sở Tài chính", "b) Sở Y tế\nc) Sở Xây dựng\nd) Sở Tài chính"),
        ("1. Sở Y tế\n2) Sở Nội vụ\n3. Sở Tài chính", "1. Sở Y tế\n2. Sở Nội vụ\n3. Sở Tài chính"),
        ("1. Sở Y tế.\n2, Sở Nội vụ.\n3. Sở Tài chính.", "1. Sở Y tế.\n2. Sở Nội vụ.\n3. Sở Tài chính."),
        ("I. MỤC ĐÍCH.\nII MỤC TIÊU.\nIII. NHIỆM VỤ.", "I. MỤC ĐÍCH.\nII.MỤC TIÊU.\nIII. NHIỆM VỤ."),
        ("h) Sở Y tế;\nï) Sở Xây dựng.\nII. KINH PHÍ", "h) Sở Y tế;\ni) Sở Xây dựng.\nII. KINH PHÍ"),
        ("1. Sở Y tế\nq) Tuyên truyền\nb) Kiểm tra", "1. Sở Y tế\na) Tuyên truyền\nb) Kiểm tra"),
        ("- Tuyên truyền;\n~ Kiểm tra;\n- Báo cáo.", "- Tuyên truyền;\n- Kiểm tra;\n- Báo cáo."),
    ],
)
def test_labels_are_put_right_where_their_neighbours_leave_no_other(printed, right):
    assert repair(printed) == right


@pytest.mark.parametrize(
    "words",
    [
        "I. MỤC ĐÍCH\nII. MỤC TIÊU",
        "I. MỤC TIÊU\nl. Chung\nII. NHIỆM VỤ",
        "e) Sở Y tế\n8) Sở Xây dựng\nk) Sở Tài chính",
        "1. Chung.\n1) Sở Y tế.\n2) Sở Nội vụ.\n2. Riêng.",
        "1. Chung.\n2 năm sau.\n3. Riêng.",
        "2. Chung.\n5) Riêng.\n4. Khác.",
        "c) Sở Y tế\nđ) Sở Xây dựng\ne) Sở Tài chính",
        "a) Sở Y tế\nh) Sở Xây dựng",
    ],
)
def test_labels_that_may_be_something_else_stay(words):
    assert repair(words) == words


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Điều 2. Tổ chức thực biện", "Điều 2. Tổ chức thực hiện"),
        ("II. TỔ CHỨC THỰC BIỆN", "II. TỔ CHỨC THỰC HIỆN"),
        ("2. Nhiệm vụ cụ thể", "2. Nhiệm vụ cụ thể"),
        ("tổ chức thực biện", "tổ chức thực biện"),
    ],
)
def test_the_words_of_a_labelled_heading_have_their_letters_put_right(printed, right):
    assert repair(printed) == right


def test_a_doubtful_figure_of_a_target_is_a_problem_with_its_place():
    aim = "- Đến năm 2030, phấn đấu 95% trẻ em có nhu cầu được tư vấn tâm lý."
    raw = f"KẾ HOẠCH\nI. MỤC TIÊU\n{aim}\nII. NHIỆM VỤ\n1. Sở Y tế"
    at = raw.index("95%")
    document = parse_source(recognised(raw, doubtful=(Span(at, at + 3), Span(0, 2))))
    assert document.targets
    assert [(p.code, document.quote(p.span)) for p in document.problems if p.span] == [("doubtful:figure", "95%")]


@given(st.text(), st.text("I1l|.) \n-abcđ8KÉphầnđu", max_size=60))
def test_any_text_keeps_its_length_and_its_offsets(one, other):
    for raw in (one, other):
        source = recognised(raw)
        text = clean_text(source)
        restored = restore(text, source)
        assert len(restored.clean) == len(text.clean)
        assert (restored.printed, restored.offsets) == (text.printed, text.offsets)
        kept = [(a, b) for a, b in zip(text.clean, restored.clean, strict=True) if a.isdigit() and b != a]
        assert all(b in "Iabcdđeghiklmnopqrstuvxy" for _, b in kept)  # a figure of a label only
