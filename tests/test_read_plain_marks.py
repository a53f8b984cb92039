"""Plain text that a word processor saved: tabs make tables, bracketed numbers make footnotes."""

from __future__ import annotations

from vnplan.document import parse_source
from vnplan.model import Source
from vnplan.read import read_bytes

HEAD = "KẾ HOẠCH\nPhát triển công tác xã hội giai đoạn 2026 - 2030\n\n"
TABLE = "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tLập danh sách hộ cần trợ giúp\tCông an xã\n2\t\tTrạm Y tế xã\n"


def read_plain(text: str) -> Source:
    return read_bytes("ke-hoach.txt", text.encode("utf-8"))


def cells(source: Source) -> dict[tuple[int, int, int], str]:
    return {
        (b.cell.table, b.cell.row, b.cell.column): source.text[b.span.start : b.span.end]
        for b in source.blocks
        if b.cell is not None
    }


def notes(source: Source) -> list[str]:
    return [source.text[b.span.start : b.span.end] for b in source.blocks if b.kind == "footnote"]


def test_lines_that_tabs_divide_into_equally_many_cells_are_a_table():
    found = cells(read_plain(HEAD + TABLE))
    assert found[0, 0, 2] == "Cơ quan chủ trì"
    assert found[0, 1, 1] == "Lập danh sách hộ cần trợ giúp"
    assert found[0, 2, 2] == "Trạm Y tế xã"
    assert (0, 2, 1) not in found


def test_an_empty_line_or_another_number_of_tabs_ends_a_table():
    assert {table for table, _, _ in cells(read_plain(HEAD + TABLE + "\n" + TABLE))} == {0, 1}
    source = read_plain(HEAD + TABLE + "Ghi chú:\tsố liệu tháng 6\n")
    assert len(cells(source)) == 8
    assert source.text[source.blocks[-1].span.start :].startswith("Ghi chú")


def test_a_letterhead_that_tabs_set_apart_is_no_table():
    head = "ỦY BAN NHÂN DÂN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ AN BÌNH\t\tĐộc lập - Tự do - Hạnh phúc\n"
    assert not cells(read_plain(head + HEAD))


def test_one_line_with_tabs_is_no_table():
    assert not cells(read_plain(HEAD + "Mẫu số 1\tMẫu số 2\tMẫu số 3\nKinh phí do ngân sách xã bảo đảm.\n"))


def test_lines_at_the_end_that_the_text_refers_to_are_footnotes():
    text = HEAD + "Xã có 12 thôn[1], 3 trường học[2].\n\n[1] Theo niên giám năm 2025.\n[2] Gồm cả\nđiểm trường lẻ.\n"
    source = read_plain(text)
    assert notes(source) == ["Theo niên giám năm 2025.", "Gồm cả", "điểm trường lẻ."]
    anchors = [b.anchor for b in source.blocks if b.kind == "footnote"]
    assert anchors == [text.index("[1],"), text.index("[2]."), text.index("[2].")]


def test_a_list_of_bracketed_numbers_that_nothing_refers_to_is_text():
    assert not notes(read_plain(HEAD + "Các tài liệu gửi kèm:\n[1] Danh sách hộ nghèo\n[2] Biểu tổng hợp\n"))


def test_what_stands_behind_a_footnote_is_never_taken_for_one():
    text = HEAD + "Xã có 12 thôn[1].\n\n[1] Theo niên giám.\n\nII. NHIỆM VỤ\n1. Rà soát hộ cần trợ giúp.\n"
    assert not notes(read_plain(text))


def test_a_document_that_a_footnote_at_the_end_cites_is_found():
    text = (
        "Số: 12/KH-UBND\n" + HEAD + "I. TÌNH HÌNH\nXã có 12 hộ vay vốn[1].\nII. KINH PHÍ\nNgân sách xã bảo đảm.\n"
        "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n"
        "[1] Theo Quyết định số 35/QĐ-UBND ngày 02/3/2025 của Ủy ban nhân dân tỉnh.\n"
    )
    assert [reference.number for reference in parse_source(read_plain(text)).references] == ["35/QĐ-UBND"]
