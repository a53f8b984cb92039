"""Tables of content: headers, columns, rows that go on, section rows, tables that go on."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnplan.extract.deadlines import find_deadlines
from vnplan.extract.targets import find_targets
from vnplan.extract.tasks import find_tasks
from vnplan.model import Cell, Paragraph, Section, Structure, Text
from vnplan.structure import read_structure
from vnplan.structure.tables import column_role, is_numbering, split_tables

Words = str | tuple[str, int, int]  # words, or words with the rows and columns that they reach over
HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]


def tables(*grids: list[list[Words]], between: str = "") -> Text:
    """Return a text of an appendix with tables, one behind the other, or with a line between them."""
    words, paragraphs = ["PHỤ LỤC"], [Paragraph(0, 7)]
    size = 8
    for number, grid in enumerate(grids):
        if number and between:
            paragraphs.append(Paragraph(size, size + len(between)))
            words.append(between)
            size += len(between) + 1
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                said, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
                if said:
                    place = Cell(number, r, c, down, across)
                    paragraphs.append(Paragraph(size, size + len(said), "cell", cell=place))
                    words.append(said)
                    size += len(said) + 1
    clean = "\n".join(words) + "\n"
    return Text(clean, clean, clean, array("I", range(len(clean))), tuple(paragraphs))


def rows(found: Structure) -> list[str]:
    return [section.path.removeprefix("PHỤ LỤC.") for section in found.sections if section.kind == "row"]


def said(text: Text, section: Section) -> list[tuple[str, str]]:
    return [(role, text.clean[start:end]) for role, start, end in section.cells]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("ST T", "stt"), ("Cơ quan, địa phương thực hiện", "lead"), ("Đơn vị chủ trì, phối hợp", "lead"),
        ("Chủ trì/phối hợp", "lead"), ("Trách nhiệm\nthực hiện", "lead"),
        ("Cơ quan phối hợp thực hiện", "coordinating"),
        ("Thời hạn giải quyết", None), ("Mục tiêu hoạt động", None), ("Kinh phí năm 2026", "money"),
        ("Tổng vốn giai đoạn 2026 - 2030", "money"), ("Ngân sách tỉnh năm 2026", "money"),
        ("Điểm tối đa", "score"), ("Thời gian bắt đầu", "start"), ("Kế hoạch năm 2026", "year"),
        ("Mục tiêu đến năm 2030", "target"), ("Sản phẩm, kết quả", "product"), ("Tên văn bản", "task"),
    ],
)  # fmt: skip
def test_the_words_of_a_header_tell_what_a_column_holds(words: str, role: str | None) -> None:
    assert column_role(words) == role


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["(1)", "(2)", "(3)"], True), (["A", "B", "1", "2"], True), (["1", "2", "3=1+2"], True),
        (["1", "Việc", "2"], False), (["1", "3", "2"], False), (["1", "2"], False),
    ],
)  # fmt: skip
def test_a_row_that_numbers_the_columns_is_known(words: list[str], numbers: bool) -> None:
    assert is_numbering(words) is numbers


def test_a_header_of_two_rows_is_read_from_its_lower_row() -> None:
    text = tables(
        [
            [("TT", 2, 1), ("Nội dung", 2, 1), ("Đơn vị thực hiện", 1, 2), "", ("Thời gian", 2, 1)],
            ["", "", "Chủ trì", "Phối hợp"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Mở lớp", "Sở A", "Sở B", "2026"],
        ]
    )
    found = read_structure(text)
    assert rows(found) == ["1"]
    assert [role for role, _ in said(text, found.sections[1])] == ["stt", "task", "lead", "coordinating", "deadline"]


def test_a_header_and_its_numbers_that_a_page_repeats_are_no_rows() -> None:
    numbers: list[Words] = ["1", "2", "3", "4"]
    grid: list[list[Words]] = [HEAD, numbers, ["1", "Mở lớp", "Sở A", "2026"], HEAD, numbers]  # type: ignore[list-item]
    assert rows(read_structure(tables([*grid, ["2", "Mở trường", "Sở A", "2026"]]))) == ["1", "2"]


def test_a_table_without_a_header_goes_on_with_the_one_before_it() -> None:
    first: list[list[Words]] = [list(HEAD), ["I", "Học", "", ""], ["1", "Mở lớp", "Sở A", "2026"]]
    second: list[list[Words]] = [["2", "Mở trường", "Sở B", "2027"]]
    found = read_structure(tables(first, second))
    assert rows(found) == ["I", "I.1", "I.2"]
    assert [role for role, _, _ in found.sections[-1].cells] == ["stt", "task", "lead", "deadline"]


def test_a_line_between_two_tables_parts_them() -> None:
    first: list[list[Words]] = [list(HEAD), ["1", "Mở lớp", "Sở A", "2026"]]
    text = tables(first, [["2", "Mở trường", "Sở B", "2027"]], between="Biểu số 2")
    assert len(split_tables(text)) == 2


def test_a_mark_for_the_same_stands_for_the_cell_above() -> None:
    text = tables([list(HEAD), ["1", "Mở lớp", "Sở A", "2026"], ["2", "Mở trường", "-nt-", "″"]])
    assert said(text, read_structure(text).sections[2])[2:] == [("lead", "Sở A"), ("deadline", "2026")]


def test_section_rows_stand_in_each_other_by_the_style_of_their_numbers() -> None:
    grid: list[list[Words]] = [list(HEAD)]
    for number, words in (
        ("A", "Học"),
        ("I", "Lớp"),
        ("1", "x"),
        ("II", "Trường"),
        ("1", "y"),
        ("B", "Hành"),
        ("I", "Tập"),
    ):
        grid.append([number, words, "", ""] if number != "1" else ["1", words, "Sở A", "2026"])
    grid.append(["1", "z", "Sở A", "2026"])
    assert rows(read_structure(tables(grid))) == ["A", "A.I", "A.I.1", "A.II", "A.II.1", "B", "B.I", "B.I.1"]


def test_a_row_without_number_and_without_words_goes_on_with_the_row_above() -> None:
    grid: list[list[Words]] = [list(HEAD), ["1", "Mở lớp", "Sở A", "2026"], ["", "", "Sở B", "2027"]]
    text = tables(grid)
    found = read_structure(text)
    assert rows(found) == ["1"]
    assert said(text, found.sections[1])[4:] == [("lead", "Sở B"), ("deadline", "2027")]


def test_a_row_of_words_alone_without_number_is_the_rest_of_a_numbered_row() -> None:
    grid: list[list[Words]] = [list(HEAD), ["1", "Mở lớp, mở", "Sở A", "2026"], ["", "trường học", "", ""]]
    text = tables(grid)
    assert said(text, read_structure(text).sections[1])[4:] == [("task", "trường học")]


def test_a_row_without_number_that_has_a_lead_is_a_row_of_its_own() -> None:
    grid: list[list[Words]] = [list(HEAD), ["1", "Mở lớp", "Sở A", "2026"], ["", "Mở trường", "Sở B", "2026"]]
    assert rows(read_structure(tables(grid))) == ["1", "1(2)"]


def test_a_column_whose_cells_hold_for_several_tasks_is_no_task() -> None:
    grid: list[list[Words]] = [
        ["TT", "Nhóm nhiệm vụ", "Nhiệm vụ", "Chủ trì"],
        ["1", ("Học", 2, 1), "Mở lớp", "Sở A"],
        ["2", "", "Mở trường", "Sở B"],
    ]
    text = tables(grid)
    assert [words for role, words in said(text, read_structure(text).sections[1]) if role == "task"] == ["Mở lớp"]


def test_points_of_an_assessment_make_no_indicators() -> None:
    found = read_structure(tables([["TT", "Chỉ số", "Điểm tối đa"], ["1", "Tỷ lệ lớp mở", "10"]]))
    assert "target" not in [role for role, _, _ in found.sections[1].cells]


def test_a_row_with_nothing_but_words_in_bold_is_a_heading() -> None:
    text = tables([list(HEAD), ["1", "Mở lớp", "Sở A", "2026"], ["", "Giáo dục"], ["2", "Mở trường", "Sở B", "2027"]])
    heading = text.clean.index("Giáo dục")
    bold = tuple(replace(p, bold=8) if p.start == heading else p for p in text.paragraphs)
    assert rows(read_structure(text)) == ["1", "2"]
    found = read_structure(replace(text, paragraphs=bold))
    assert [(section.heading, section.cells) for section in found.sections if section.label == ""] == [("Giáo dục", ())]
    assert [words for role, words in said(text, found.sections[1]) if role == "task"] == ["Mở lớp"]


CELLS = st.sampled_from(
    ["", "TT", "STT", "Nhiệm vụ", "Chỉ tiêu", "Chủ trì", "Phối hợp", "Thời gian", "Năm 2026", "Kết quả (%)", "1", "2",
     "1.1", "I", "A", "a)", "-", "nt", "(1)", "(2)", "(3)", "Mở lớp", "- Một;", "80%", "≥ 5", "Quý II", "31/12",
     "12/2026", "Sở Y tế chủ trì, phối hợp Sở Tài chính", "I. HỌC", "Theo kế hoạch"]
)  # fmt: skip
GRIDS = st.lists(
    st.lists(st.tuples(CELLS, st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=6), min_size=1, max_size=8
)


@settings(max_examples=200)
@given(st.lists(GRIDS, min_size=1, max_size=3))
def test_any_table_has_rows_in_order_and_statements_that_quote_it(grids: list[list[list[Words]]]) -> None:
    text = tables(*grids)
    found = read_structure(text)
    assert found == read_structure(text)
    assert len({section.path for section in found.sections}) == len(found.sections)
    for section in found.sections:
        assert all(0 <= start < end <= len(text.clean) for _, start, end in section.cells)
    deadlines = [item for item in find_deadlines(text, found) if hasattr(item, "bound")]
    for item in (*find_targets(text, found), *find_tasks(text, found, agencies=(), deadlines=deadlines)):
        assert item.span is not None
        assert 0 <= item.span.start < item.span.end <= len(text.raw)


def test_a_thousand_tables_of_one_row_take_time_in_proportion() -> None:
    grids: list[list[list[Words]]] = [[[f"{n % 900}", "Mở trường", "Sở B", "2027"]] for n in range(2, 5_002)]
    text = tables([list(HEAD), ["1", "Mở lớp", "Sở A", "2026"]], *grids)
    assert len(read_structure(text).sections) == 5_002


def plain(lines: str) -> list[Paragraph]:
    starts = [0, *(at + 1 for at, letter in enumerate(lines) if letter == "\n")]
    return [Paragraph(start, end - 1) for start, end in pairwise(starts)]


def moved(paragraph: Paragraph, by: int) -> Paragraph:
    return replace(paragraph, start=paragraph.start + by, end=paragraph.end + by)


def test_a_table_behind_the_signature_is_no_part_of_it() -> None:
    head = (
        "KẾ HOẠCH\nTrồng cây\nI. NHIỆM VỤ\n1. Trồng cây.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn Bình\n"
    )
    text = tables([list(HEAD), ["1", "Mở lớp", "Sở A", "Q.II/2026"], ["2", "Mở trường", "Sở B", "2027"]])
    whole = Text(
        head + text.raw, head + text.clean, head + text.clean, array("I", range(len(head + text.clean))),
        (*plain(head), *(moved(paragraph, len(head)) for paragraph in text.paragraphs[1:])),
    )  # fmt: skip
    found = read_structure(whole)
    assert [section.path for section in found.sections if section.kind == "row"] == ["1", "2"]
    assert found.header.signatory is not None


def test_a_header_that_is_repeated_without_one_of_its_cells_is_no_row():
    grid = [["", "Nhiệm vụ", "Chủ trì", "Thời gian"], ["1", "Rà soát", "Sở Y tế", "Quý I"], HEAD]
    grid += [["2", "Báo cáo", "Sở Y tế", "Quý II"]]
    assert rows(read_structure(tables(grid))) == ["1", "2"]
    grid[2] = ["2", "Nhiệm vụ", "Chủ trì", "Thời gian"]
    assert len(rows(read_structure(tables(grid)))) == 3
