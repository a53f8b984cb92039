"""PDF files with a text layer: reading order, columns, lines, how a page is turned."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from pdf_pages import HEAD, ITEM, body, draw, letterhead, read, turned, words
from poison.pdf import PLAIN_PAGE, assemble, one_page, signed, stream

from vnplan.read import read_bytes


def test_the_columns_of_the_letterhead_are_read_one_after_the_other():
    assert words(read(letterhead))[:7] == [
        "ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU", "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lai Châu, ngày 30 tháng 01 năm 2026",
        "KẾ HOẠCH",
    ]  # fmt: skip


def test_bold_and_centred_lines_are_told():
    source = read(letterhead)
    title = source.blocks[6]
    assert (title.bold, title.centred) == (len("KẾ HOẠCH"), True)
    assert (source.blocks[8].bold, source.blocks[8].centred) == (0, False)


def test_recipients_and_signature_are_read_one_after_the_other():
    def end(canvas) -> None:
        body(canvas, 790, 10)
        for number, line in enumerate(["Nơi nhận:", "- Như trên;", "- Lưu: VT."]):
            canvas.drawString(70, 500 - 15 * number, line)
        for number, line in enumerate(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]):
            canvas.drawString(360, 500 - 15 * number, line)

    assert words(read(end))[-5:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_page_numbers_and_running_heads_are_left_out():
    def page(number: int) -> Callable[..., None]:
        def draw_page(canvas) -> None:
            canvas.drawCentredString(300, 810, str(number))
            canvas.drawString(70, 30, "Cổng thông tin điện tử")
            body(canvas, 780, 20)

        return draw_page

    source = read(*(page(number) for number in range(1, 5)))
    assert source.pages == 4
    assert "Cổng thông tin" not in source.text
    assert all(line.startswith("Sở Y tế") for line in words(source))
    assert [block.page for block in source.blocks[::20]] == [1, 2, 3, 4]


def test_what_a_signing_program_fills_in_stands_in_its_gap_and_its_stamp_is_left_out():
    source = read_bytes("a.pdf", signed())
    assert words(source)[0] == "So: 127/KH-UBND"
    assert "Ky boi" not in source.text
    assert [problem.code for problem in source.problems] == ["stamp"]


def test_the_file_is_closed_page_by_page_and_read_twice_the_same():
    data = assemble({**one_page(PLAIN_PAGE * 5), 5: stream(PLAIN_PAGE * 5)})
    assert read_bytes("a.pdf", data) == read_bytes("a.pdf", data)


def test_nine_tenths_of_the_characters_come_out():
    pages = [lambda canvas: body(canvas, 790, 40)] * 5
    assert len(read(*pages).text) >= 0.9 * 5 * sum(len(f"{ITEM} {number}") for number in range(40))


def test_the_lines_of_a_paragraph_stay_lines_and_a_wide_gap_is_a_blank_line():
    def page(canvas) -> None:
        body(canvas, 700, 3)
        canvas.drawString(70, 600, "Đoạn sau")

    assert read(page).text == "".join(f"{ITEM} {number}\n" for number in range(3)) + "\nĐoạn sau"


def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen():
    def page(canvas) -> None:
        canvas.drawString(70, 700, "Thực hiện Kế hoạch số 12/KH-")
        canvas.drawString(70, 684, "UBND của Ủy ban nhân dân tỉnh và các văn bản có liên quan")

    assert words(read(page))[0] == "Thực hiện Kế hoạch số 12/KH-"


@pytest.mark.parametrize(("quarters", "rotation"), [(1, 90), (2, 180), (3, 270), (1, 0), (3, 0), (0, 0)])
def test_a_page_is_read_as_its_letters_stand_however_it_is_turned(quarters, rotation):
    source = read(turned(quarters, rotation))
    assert words(source, "line") == [f"{ITEM} {number}" for number in range(8)]
    assert words(source, "cell") == [*HEAD, "1", "Rà soát", "Quý I"]


@pytest.mark.parametrize("paper", [b"0 -400 595 842", b"-50 -100 595 842", b"30 50 595 842"])
@pytest.mark.parametrize("box", [b"/MediaBox [ %s ]", b"/MediaBox [ 0 0 595 842 ] /CropBox [ %s ]"])
def test_paper_that_does_not_begin_at_zero_changes_nothing(paper, box):
    data = draw(turned(0, 0))
    assert data.count(b"/MediaBox [ 0 0 595 842 ]") == 1
    moved = read_bytes("a.pdf", data.replace(b"/MediaBox [ 0 0 595 842 ]", box % paper))
    assert moved.text == read_bytes("a.pdf", data).text
    assert moved.problems == ()


def test_lines_with_one_indent_are_not_centred_however_long_they_are():
    def page(canvas) -> None:
        body(canvas, 700, 6)
        for number, words_ in enumerate(["Kinh phí", "Rà soát danh sách", "Tổ chức thực hiện kế hoạch tại địa phương"]):
            canvas.drawString(140, 500 - 18 * number, f"- {words_}")

    assert not any(block.centred for block in read(page).blocks)


def test_a_stamp_line_before_the_letterhead_is_left_out():
    def page(canvas) -> None:
        canvas.setFont("Serif", 7)
        canvas.drawString(400, 825, "Người ký: Văn phòng")
        canvas.drawString(400, 817, "Thời gian ký: 05.02.2026 10:12:00 +07:00")
        letterhead(canvas)

    source = read(page)
    assert words(source)[0] == "ỦY BAN NHÂN DÂN"
    assert [problem.code for problem in source.problems] == ["stamp"]


def test_only_a_few_pages_are_held_at_a_time(monkeypatch):
    from vnplan.read import pdf

    held: weakref.WeakSet = weakref.WeakSet()
    most = []
    read_page = pdf._read_page

    def watch(*arguments):
        page = read_page(*arguments)
        held.add(page)
        most.append(len(held))
        return page

    monkeypatch.setattr(pdf, "_read_page", watch)
    source = read(*[body] * 40)
    assert (source.pages, len(most)) == (40, 40)
    assert max(most) < 12


def test_a_page_without_paper_is_read_although_the_other_parser_fails_on_it():
    grid = b"".join(b"70 %d m 340 %d l S %d 200 m %d 260 l S " % (200 + 20 * i, 200 + 20 * i, 70 + 90 * i, 70 + 90 * i)
                    for i in range(4))  # fmt: skip
    objects = one_page(b"BT /F1 12 Tf 72 600 Td (Ke hoach thuc hien chuong trinh muc tieu) Tj ET " + grid)
    objects[3] = objects[3].replace(b"/MediaBox [0 0 595 842]", b"/MediaBox null")
    source = read_bytes("a.pdf", assemble(objects))
    assert words(source) == ["Ke hoach thuc hien chuong trinh muc tieu"]
    assert [problem.code for problem in source.problems] == ["unread:tables"]
