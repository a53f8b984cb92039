"""The section tree: labels, order, paths, headings, roles, closing paragraphs, attachments, tables."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnplan.model import Cell, Paragraph, Structure, Text
from vnplan.structure import read_structure
from vnplan.structure.labels import read_label
from vnplan.structure.tables import column_role
from vnplan.text import clean_text

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nSố: 15/KH-UBND\n\n"
    "Hà Giang, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nPhát triển thư viện\n\n"
)


def structure(body: str, head: str = HEAD) -> Structure:
    return read_structure(clean_text(head + body))


def paths(found: Structure) -> list[str]:
    return [section.path for section in found.sections]


def role_of(found: Structure, path: str) -> str | None:
    return next(section.role for section in found.sections if section.path == path)


def heading_of(found: Structure, path: str) -> str:
    return next(section.heading for section in found.sections if section.path == path)


@pytest.mark.parametrize(
    ("words", "element"),
    [
        ("I. MỤC TIÊU", "I"), ("III- NHIỆM VỤ", "III"), ("2.1. Chỉ tiêu", "2.1"), ("1.1 Mục tiêu", "1.1"),
        ("a) Sở Y tế", "a"), ("đ) Sở Nội vụ", "đ"), ("(2) Rà soát", "2"), ("3/ Kinh phí", "3"), ("- Chủ trì", "-"),
        ("+ Phối hợp", "+"), ("Điều 4. Hiệu lực", "Điều 4"), ("Chương II", "Chương II"), ("PHỤ LỤC I", "PHỤ LỤC I"),
        ("Phần thứ hai", "Phần thứ hai"), ("b. Yêu cầu", "b"), ("II.1. Mục tiêu", "II.1"),
    ],
)  # fmt: skip
def test_a_label_is_read_with_its_path_element(words: str, element: str) -> None:
    label = read_label(words)
    assert label is not None
    assert label.element == element


@pytest.mark.parametrize(
    "words",
    ["100% trẻ em", "30 gia đình", "1.250 người", "23/KH-UBND", "Chương trình hành động", "Phần mềm quản lý",
     "Mục tiêu chung", "Phụ lục kèm theo Kế hoạch", "3.5 triệu đồng", "2024 - 2030"],
)  # fmt: skip
def test_a_sentence_that_begins_with_a_number_or_a_word_of_a_label_has_no_label(words: str) -> None:
    assert read_label(words) is None


def test_the_ladder_of_a_plan_gives_nested_paths() -> None:
    found = structure(
        "I. MỤC TIÊU\n1. Mục tiêu chung\na) Tăng số sách.\nb) Tăng số bạn đọc.\n2. Mục tiêu riêng\n- Một.\n- Hai.\n"
    )
    assert paths(found) == ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.-1", "I.2.-2"]


def test_two_point_one_under_two_keeps_its_label_whole() -> None:
    assert "II.2.2.1" in paths(structure("I. A\n1. Một\nII. B\n1. Một\n2. Hai\n2.1. Chi tiết\n2.2. Khác\n"))


def test_dj_follows_d_and_f_is_no_letter_of_a_list() -> None:
    found = structure("I. NHIỆM VỤ\n" + "".join(f"{x}) Việc {x}.\n" for x in "abcdđegh"))
    assert paths(found)[-3:] == ["I.e", "I.g", "I.h"]


def test_i_after_h_is_a_letter_and_not_a_roman_number() -> None:
    found = structure("I. NHIỆM VỤ\n" + "".join(f"{x}) Việc {x}.\n" for x in "abcdđeghik"))
    assert paths(found)[-2:] == ["I.i", "I.k"]


def test_a_new_style_opens_a_level_below_and_an_open_one_goes_on() -> None:
    found = structure("1. Một\n(1) Con\na. Cháu.\nb. Cháu.\n(2) Con\n2. Hai\n")
    assert paths(found) == ["1", "1.1", "1.1.a", "1.1.b", "1.2", "2"]


def test_a_bullet_that_ends_with_a_colon_holds_the_list_behind_it() -> None:
    assert paths(structure("I. NHIỆM VỤ\n- Chủ trì:\n+ Sở A.\n+ Sở B.\n- Phối hợp: Sở C.\n")) == [
        "I", "I.-1", "I.-1.+1", "I.-1.+2", "I.-2",
    ]  # fmt: skip


def test_parts_are_left_out_of_paths_until_numbering_starts_anew_in_each() -> None:
    once = structure("Phần thứ nhất\nTÌNH HÌNH\nSố sách còn ít.\nPhần thứ hai\nKẾ HOẠCH\nI. MỤC TIÊU\n1. Chung\n")
    anew = structure("Phần I\nTÌNH HÌNH\nI. KẾT QUẢ\n1. Một\nPhần II\nNHIỆM VỤ\nI. VIỆC\n1. Một\n")
    assert paths(once) == ["Phần thứ nhất", "Phần thứ nhất.¶1", "Phần thứ hai", "I", "I.1"]
    assert paths(anew)[-2:] == ["Phần II.I", "Phần II.I.1"]


def test_a_paragraph_under_a_heading_is_a_node_and_a_run_on_sentence_is_not_divided() -> None:
    found = structure(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\nChủ trì việc này.\n"
        "2. Sở Nội vụ làm việc nọ theo quy định của pháp luật hiện hành và báo cáo.\n"
        "Sở cũng làm việc kia.\n3. Sở A\n"
    )
    assert paths(found) == ["I", "I.1", "I.1.¶1", "I.2", "I.3"]


def test_a_closing_paragraph_hangs_on_the_last_chapter() -> None:
    found = structure(
        "I. MỤC TIÊU\n1. Chung\nV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Một.\n8. UBND các xã\n- Hai.\n"
        "Trên đây là Kế hoạch. Yêu cầu các cơ quan báo cáo./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    )  # fmt: skip
    assert paths(found)[-1] == "V.¶1"


def test_a_second_paragraph_of_the_last_item_stays_with_it() -> None:
    found = structure("I. A\n1. Sở Y tế\nViệc một.\nViệc hai của sở.\nNơi nhận:\n- Lưu: VT.\n")
    assert paths(found)[-2:] == ["I.1.¶1", "I.1.¶2"]


def test_recipients_and_signature_are_no_nodes() -> None:
    found = structure("I. A\nViệc.\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn Ấn\n")
    assert paths(found) == ["I", "I.¶1"]


def test_articles_of_a_decision_hold_chapters_points_and_letters() -> None:
    found = structure(
        "Điều 1. Phê duyệt Chương trình với các nội dung sau:\nI. MỤC TIÊU\n1. Chung\n"
        "Điều 2. Tổ chức thực hiện\n1. Bộ A\na) Chủ trì.\n",
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 9/QĐ-TTg\nHà Nội, ngày 02 tháng 3 năm 2024\nQUYẾT ĐỊNH\n"
        "Phê duyệt Chương trình\nCăn cứ Luật X;\nQUYẾT ĐỊNH:\n",
    )
    assert paths(found) == ["Điều 1", "Điều 1.I", "Điều 1.I.1", "Điều 2", "Điều 2.1", "Điều 2.1.a"]
    assert role_of(found, "Điều 2.1.a") == "organisation"


def test_an_attached_document_is_a_node_that_stands_in_no_path() -> None:
    found = structure(
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\nĐiều 2. Hiệu lực từ ngày ký.\nNơi nhận:\n"
        "- Lưu: VT.\nCHỦ TỊCH\n\n"
        "KẾ HOẠCH\nPhát triển thư viện\n(Ban hành kèm theo Quyết định số 9/QĐ-UBND)\nI. MỤC TIÊU\n1. Chung\n",
        "Số: 9/QĐ-UBND\nHà Giang, ngày 02 tháng 3 năm 2024\nQUYẾT ĐỊNH\nBan hành Kế hoạch\nCăn cứ Luật X;\n",
    )  # fmt: skip
    assert paths(found) == ["Điều 1", "Điều 2", "KẾ HOẠCH", "I", "I.1"]
    assert heading_of(found, "KẾ HOẠCH") == "Phát triển thư viện"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("MỤC TIÊU", "objectives"), ("MỤC ĐÍCH", "purpose"), ("YÊU CẦU", "requirements"), ("QUAN ĐIỂM", "viewpoint"),
        ("ĐÁNH GIÁ TÌNH HÌNH", "situation"), ("NHIỆM VỤ VÀ GIẢI PHÁP", "tasks"), ("KINH PHÍ THỰC HIỆN", "budget"),
        ("TỔ CHỨC THỰC HIỆN", "organisation"), ("CHẾ ĐỘ BÁO CÁO", "reporting"), ("ĐỐI TƯỢNG, PHẠM VI", "scope"),
        ("CĂN CỨ PHÁP LÝ", "basis"), ("MỘT SỐ NHIỆM VỤ TRỌNG TÂM", "tasks"),
        ("KẾT QUẢ GIAI ĐOẠN 2016 - 2020", "situation"), ("MỘT SỐ KẾT QUẢ NỔI BẬT", "situation"),
        ("ĐÁNH GIÁ VIỆC THỰC HIỆN KẾ HOẠCH NĂM 2025", "situation"), ("KẾT QUẢ CẦN ĐẠT", "objectives"),
        ("DỰ KIẾN KẾT QUẢ", "objectives"), ("KẾT QUẢ, SẢN PHẨM", "objectives"),
    ],
)  # fmt: skip
def test_a_heading_names_the_role_of_its_section(heading: str, role: str) -> None:
    assert role_of(structure(f"I. {heading}\n- Một việc.\n"), "I") == role


def test_children_inherit_a_role_unless_their_heading_names_one() -> None:
    found = structure("I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Một.\n2. Kinh phí\n- Hai.\n")
    assert [role_of(found, path) for path in ("I.1", "I.1.-1", "I.2.-1")] == ["organisation", "organisation", "budget"]


def test_a_heading_of_two_roles_leaves_each_child_its_own() -> None:
    found = structure("I. MỤC TIÊU, NHIỆM VỤ\n1. Thể chế\na) Mục tiêu\n- Một.\nb) Nhiệm vụ\n- Hai.\n")
    assert (role_of(found, "I.1.a.-1"), role_of(found, "I.1.b.-1")) == ("objectives", "tasks")


@pytest.mark.parametrize(
    ("chapter", "field", "role"),
    [
        ("MỤC TIÊU", "Về tài chính công: giảm 10% chi hội nghị", "objectives"),
        ("MỤC TIÊU", "Về chế độ báo cáo: 100% báo cáo được gửi trên mạng", "objectives"),
        ("NHIỆM VỤ", "Đánh giá thực trạng nhà văn hóa", "tasks"),
        ("NHIỆM VỤ", "Kinh phí thực hiện", "budget"),
        ("NHIỆM VỤ", "DỰ BÁO TÌNH HÌNH", "situation"),
        ("TỔ CHỨC THỰC HIỆN", "Thực trạng nhà văn hóa", "organisation"),
    ],
)
def test_a_heading_below_may_name_a_field_of_aims_or_work_and_no_role(chapter: str, field: str, role: str) -> None:
    found = structure(f"I. {chapter}\n1. {field}\na) Một việc.\nb) Hai việc.\n")
    assert (role_of(found, "I.1"), role_of(found, "I.1.a")) == (role, role)


def test_a_task_sentence_does_not_take_a_role_from_its_first_words() -> None:
    found = structure(
        "I. NHIỆM VỤ\n1. Tổ chức thực hiện tốt các quy định của pháp luật về thư viện trên địa bàn tỉnh.\n"
    )
    assert role_of(found, "I.1") == "tasks"


def test_everything_under_a_situation_is_situation() -> None:
    found = structure("I. TÌNH HÌNH\n1. Nhiệm vụ đã làm\n- Một.\n2. Mục tiêu đã đạt\n- Hai.\n")
    assert {section.role for section in found.sections} == {"situation"}


def test_the_body_of_a_directive_is_tasks() -> None:
    found = structure(
        "1. Sở Y tế:\na) Chủ trì.\n", "Số: 4/CT-UBND\nHà Giang, ngày 2 tháng 3 năm 2024\nCHỈ THỊ\nVề thư viện\n"
    )
    assert {section.role for section in found.sections} == {"tasks"}


def test_the_heading_of_a_leaf_that_runs_on_is_its_first_twelve_words() -> None:
    found = structure("I. NHIỆM VỤ\n1. Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai.\n")
    assert heading_of(found, "I.1") == "Một hai ba bốn năm sáu bảy tám chín mười mười một"


def test_the_heading_of_a_leaf_is_its_bold_run() -> None:
    found = structure("**I. PHẠM VI**\n\n**1. Thời gian thực hiện:** từ năm 2024 đến năm 2030.\n\n**2. Nơi:** tỉnh.\n")
    assert heading_of(found, "I.1") == "Thời gian thực hiện:"


def table(rows: list[list[str | tuple[str, int, int]]], before: str = "PHỤ LỤC") -> Text:
    """Return a text of one line and one table; a cell is its words, or words with rows and columns that it spans."""
    words, paragraphs = [before], [Paragraph(0, len(before))]
    size = len(before) + 1
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            said, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            if said:
                paragraphs.append(Paragraph(size, size + len(said), "cell", cell=Cell(0, r, c, down, across)))
                words.append(said)
                size += len(said) + 1
    clean = "\n".join(words) + "\n"
    return Text(clean, clean, clean, array("I", range(len(clean))), tuple(paragraphs))


def test_rows_of_a_task_table_are_nodes_with_their_columns_in_any_order() -> None:
    found = read_structure(
        table(
            [
                ["STT", "Thời gian", "Nội dung", "Cơ quan chủ trì"],
                ["1", "Quý I", "Mua sách", "Sở A"],
                ["2", "Quý II", "Mở cửa", "Sở B"],
            ]
        )
    )
    assert paths(found) == ["PHỤ LỤC", "PHỤ LỤC.1", "PHỤ LỤC.2"]
    assert [role for role, _, _ in found.sections[1].cells] == ["stt", "deadline", "task", "lead"]
    assert found.sections[1].role == "tasks"


def test_a_section_row_stands_in_the_paths_of_the_rows_below_it() -> None:
    found = read_structure(
        table(
            [
                ["TT", "Nhiệm vụ", "Chủ trì"],
                ["I", "Thể chế", ""],
                ["1", "Rà soát", "Sở A"],
                ["II", "Bộ máy", ""],
                ["1", "Sắp xếp", "Sở B"],
            ]
        )
    )
    assert paths(found) == ["PHỤ LỤC", "PHỤ LỤC.I", "PHỤ LỤC.I.1", "PHỤ LỤC.II", "PHỤ LỤC.II.1"]


def test_a_merged_lead_applies_to_every_row_it_covers() -> None:
    text = table([["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Rà soát", ("Sở A", 2, 1)], ["2", "Sắp xếp", ""]])
    second = read_structure(text).sections[2]
    assert [text.clean[start:end] for role, start, end in second.cells if role == "lead"] == ["Sở A"]


def test_a_row_whose_task_is_merged_adds_to_the_row_above() -> None:
    found = read_structure(
        table([["TT", "Nhiệm vụ", "Sản phẩm"], [("1", 2, 1), ("Rà soát", 2, 1), "Báo cáo"], ["", "", "Tờ trình"]])
    )
    assert paths(found) == ["PHỤ LỤC", "PHỤ LỤC.1"]
    assert [role for role, _, _ in found.sections[1].cells] == ["stt", "task", "product", "product"]


@pytest.mark.parametrize(
    ("words", "role"),
    [("Cơ quan chủ trì", "lead"), ("Đơn vị phối hợp", "coordinating"), ("Thời hạn hoàn thành", "deadline"),
     ("Đơn vị", "unit"),
     ("Sản phẩm", "product"), ("Tên nhiệm vụ", "task"), ("Chỉ tiêu", "target"), ("Năm 2030", "year"),
     ("Họ và tên", None)],
)  # fmt: skip
def test_a_column_is_known_by_the_words_of_its_header(words: str, role: str | None) -> None:
    assert column_role(words) == role


LINES = st.sampled_from(
    ["I. MỤC TIÊU", "II. NHIỆM VỤ", "1. Sở Y tế", "2. Sở Nội vụ", "2.1. Việc", "a) Một.", "b) Hai:", "- Ba;",
     "+ Bốn.", "Đoạn văn.",
     "Phần I", "Chương II", "Điều 3. X", "PHỤ LỤC I", "KẾ HOẠCH", "Số: 1/KH-UBND", "Nơi nhận:", "- Lưu: VT.",
     "KT. CHỦ TỊCH",
     "(Kèm theo Quyết định số 1)", "i) Năm", "(1) Sáu", "MỤC TIÊU", "Trên đây là Kế hoạch./.", "Căn cứ Luật X;", ""]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=30).map("\n".join)))
def test_any_text_has_a_structure_whose_nodes_lie_in_order_and_name_each_place_once(raw: str) -> None:
    text = clean_text(raw)
    found = read_structure(text)
    assert found == read_structure(text)
    assert len(set(paths(found))) == len(found.sections)
    for index, section in enumerate(found.sections):
        assert 0 <= section.start < section.end <= len(text.clean)
        assert section.parent is None or section.parent < index
        assert text.clean[section.start : section.end].startswith(section.label.replace("\n", " ")[:1])
    assert all(before.end <= after.start for before, after in pairwise(found.sections))


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_every_numbered_line_between_head_and_recipients_belongs_to_a_node(lines: list[str]) -> None:
    body = [line for line in lines if line[:2] in ("I.", "II", "1.", "2.", "a)", "b)", "- ", "+ ", "Đo")]
    text = clean_text(HEAD + "I. MỤC TIÊU\n" + "\n".join(body))
    found = read_structure(text)
    owned = [(section.start, section.end) for section in found.sections]
    first = text.clean.index("I. MỤC TIÊU")
    for paragraph in text.paragraphs:
        if paragraph.start >= first:
            assert any(start <= paragraph.start and paragraph.end <= end for start, end in owned)


def test_a_hundred_thousand_headings_take_time_in_proportion() -> None:
    found = read_structure(clean_text("\n".join(f"{i % 90 + 1}. Việc" for i in range(100_000))))
    assert len(found.sections) == 100_000
