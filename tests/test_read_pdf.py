"""PDF files with a text layer: reading order, columns, tables, and pages that hold no text."""

from __future__ import annotations

import io
import weakref
from collections.abc import Callable

import pytest
from poison.pdf import PLAIN_PAGE, assemble, encrypted, one_page, signed, stream

from vnplan.errors import ReadError
from vnplan.model import Source
from vnplan.read import read_bytes
from vnplan.read.pdf_letters import mend_codes

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif{}.ttf"
ITEM = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện"


def draw(*pages: Callable[..., None]) -> bytes:
    """Return a file whose pages the functions draw (reportlab, with a font that has the Vietnamese letters)."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics, ttfonts

    try:
        pdfmetrics.registerFont(ttfonts.TTFont("Serif", FONT.format("")))
        pdfmetrics.registerFont(ttfonts.TTFont("SerifBold", FONT.format("-Bold")))
    except ttfonts.TTFError:
        pytest.skip("the font DejaVu Serif is not installed")
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("Serif", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(*pages: Callable[..., None]) -> Source:
    return read_bytes("a.pdf", draw(*pages))


def words(source: Source, kind: str | None = None) -> list[str]:
    return [source.text[b.span.start : b.span.end] for b in source.blocks if kind in (None, b.kind)]


def body(canvas, top: float = 600, lines: int = 20) -> None:
    for number in range(lines):
        canvas.drawString(70, top - 18 * number, f"{ITEM} {number}")


def letterhead(canvas) -> None:
    canvas.setFont("SerifBold", 10)
    canvas.drawCentredString(160, 790, "ỦY BAN NHÂN DÂN")
    canvas.drawCentredString(420, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawCentredString(160, 775, "TỈNH LAI CHÂU")
    canvas.drawCentredString(420, 775, "Độc lập - Tự do - Hạnh phúc")
    canvas.setFont("Serif", 10)
    canvas.drawCentredString(160, 750, "Số: 12/KH-UBND")
    canvas.drawCentredString(420, 750, "Lai Châu, ngày 30 tháng 01 năm 2026")
    canvas.setFont("SerifBold", 12)
    canvas.drawCentredString(308, 710, "KẾ HOẠCH")
    canvas.setFont("Serif", 12)
    body(canvas)


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


def rules(canvas, edges: list[float], rows: list[list[str]], top: float) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(edges[column] + 4, top - 20 * number - 14, text)
    for number in range(len(rows) + 1):
        canvas.line(edges[0], top - 20 * number, edges[-1], top - 20 * number)
    for edge in edges:
        canvas.line(edge, top, edge, top - 20 * len(rows))


HEAD = ["TT", "Nhiệm vụ", "Thời gian"]


def test_a_drawn_table_is_read_as_cells_between_the_lines():
    def page(canvas) -> None:
        canvas.drawString(70, 790, "Phụ lục kèm theo kế hoạch của Ủy ban nhân dân tỉnh")
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"], ["2", "Báo cáo", "Quý IV"]], 760)
        canvas.drawString(70, 600, "Tổng số có 02 nhiệm vụ.")

    source = read(page)
    assert [(b.cell.table, b.cell.row, b.cell.column) if b.cell else None for b in source.blocks] == [
        None, (0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 1, 1), (0, 1, 2), (0, 2, 0), (0, 2, 1), (0, 2, 2), None,
    ]  # fmt: skip
    assert words(source, "cell")[3:6] == ["1", "Rà soát", "Quý I"]


def test_a_table_goes_on_over_the_page_and_so_does_its_row():
    edges = [70, 110, 400, 520]

    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, edges, [HEAD, ["1", "Rà soát, cập nhật", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, edges, [HEAD, ["", "danh sách", ""], ["2", "Báo cáo", "Quý IV"]], 790)
        body(canvas, 600, 3)

    source = read(first, second)
    cells = [(b.cell.table, b.cell.row, b.cell.column, w)
             for b, w in zip(source.blocks, words(source), strict=True) if b.cell]  # fmt: skip
    assert cells[3:] == [
        (0, 1, 0, "1"), (0, 1, 1, "Rà soát, cập nhật danh sách"), (0, 1, 2, "Quý I"), (0, 2, 0, "2"),
        (0, 2, 1, "Báo cáo"), (0, 2, 2, "Quý IV"),
    ]  # fmt: skip


def cells_of(source: Source) -> list[tuple[int, int, int, int, str]]:
    """Return row, column, and reach down and across of every cell, with its words."""
    return [
        (b.cell.row, b.cell.column, b.cell.rows, b.cell.columns, w)
        for b, w in zip(source.blocks, words(source), strict=True) if b.cell
    ]  # fmt: skip


EDGES = [70, 110, 400, 520]


def test_a_row_alone_at_the_head_of_a_page_belongs_to_the_table_before_it():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, EDGES, [["2", "Báo cáo", "Quý IV"]], 790)
        body(canvas, 600, 3)

    assert cells_of(read(first, second))[6:] == [(2, 0, 1, 1, "2"), (2, 1, 1, 1, "Báo cáo"), (2, 2, 1, 1, "Quý IV")]


def test_a_complete_row_without_a_number_is_no_rest_of_the_row_before():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát.", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, EDGES, [["", "Báo cáo", "Quý II"], ["2", "Sơ kết", "Quý IV"]], 790)

    assert [(row, said) for row, _, _, _, said in cells_of(read(first, second))[6:]] == [
        (2, "Báo cáo"), (2, "Quý II"), (3, "2"), (3, "Sơ kết"), (3, "Quý IV"),
    ]  # fmt: skip


def test_a_table_with_other_columns_is_another_table():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, [70, 200, 300, 520], [["a", "b", "c"], ["d", "e", "f"]], 790)

    assert {block.cell.table for block in read(first, second).blocks if block.cell} == {0, 1}


def test_the_rest_of_a_row_that_is_open_at_a_page_break_is_read_as_cells():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát và", "Quý I"]], 120)

    def second(canvas) -> None:
        canvas.drawString(EDGES[1] + 4, 776, "cập nhật danh sách")
        canvas.line(EDGES[0], 770, EDGES[-1], 770)
        for edge in EDGES:
            canvas.line(edge, 790, edge, 770)
        rules(canvas, EDGES, [["2", "Báo cáo", "Quý IV"]], 770)

    assert [said for *_, said in cells_of(read(first, second))[3:]] == [
        "1", "Rà soát và cập nhật danh sách", "Quý I", "2", "Báo cáo", "Quý IV",
    ]  # fmt: skip


def columns(canvas, rows: list[list[str]], top: float = 700) -> None:
    for number, row in enumerate(rows):
        for edge, said in zip((70, 110, 300, 450), row, strict=False):
            canvas.drawString(edge, top - 18 * number, said)


def test_a_table_without_rules_is_reported():
    def page(canvas) -> None:
        columns(canvas, [["STT", "Nhiệm vụ", "Chủ trì", "Thời gian"], ["1", "Rà soát", "Sở Y tế", "Quý I"]])

    assert [problem.code for problem in read(page).problems] == ["unread:tables"]


def test_words_in_columns_without_a_header_are_no_table():
    def page(canvas) -> None:
        columns(canvas, [["1", "Rà soát", "Sở Y tế", "Quý I"], ["TT. Nhiệm vụ, thời gian và chủ trì"]])
        body(canvas)

    assert read(page).problems == ()


def test_coloured_backgrounds_are_no_table():
    def page(canvas) -> None:
        for number in range(20):
            canvas.setFillColorRGB(1, 1, 0.9)
            canvas.rect(68, 596 - 18 * number, 200, 16, stroke=0, fill=1)
            canvas.rect(270, 596 - 18 * number, 200, 16, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        body(canvas)

    assert {block.kind for block in read(page).blocks} == {"line"}


def test_what_a_signing_program_fills_in_stands_in_its_gap_and_its_stamp_is_left_out():
    source = read_bytes("a.pdf", signed())
    assert words(source)[0] == "So: 127/KH-UBND"
    assert "Ky boi" not in source.text
    assert [problem.code for problem in source.problems] == ["stamp"]


def picture(canvas) -> None:
    from reportlab.lib.utils import ImageReader

    image = pytest.importorskip("PIL.Image").new("L", (40, 40), 200)
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)


def test_a_scan_has_no_text(no_ocr):
    with pytest.raises(ReadError) as caught:
        read(picture, picture)
    assert (caught.value.code, "OCR" in caught.value.message) == ("no-text", True)


def test_a_file_with_some_scanned_pages_is_cut(no_ocr):
    source = read(body, picture, body)
    assert [problem.code for problem in source.problems] == ["no-text", "cut:pages"]
    assert "2" in source.problems[0].message


def test_a_blank_page_is_no_scan():
    assert read(body, lambda canvas: canvas.drawString(300, 810, "2")).problems == ()


def test_text_outside_the_page_or_too_small_to_see_is_left_out_and_reported():
    def page(canvas) -> None:
        body(canvas)
        canvas.drawString(70, -50, "Chỉ tiêu 10%")
        canvas.setFont("Serif", 0.5)
        canvas.drawString(70, 700, "Chỉ tiêu 20%")

    source = read(page)
    assert "Chỉ tiêu" not in source.text
    assert [problem.code for problem in source.problems] == ["hidden-text"]


@pytest.mark.parametrize("white", [True, False])
def test_letters_that_are_white_or_not_drawn_are_read_and_reported(white):
    def page(canvas) -> None:
        body(canvas)
        if white:
            canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 200, "Chỉ tiêu 10%", mode=0 if white else 3)

    source = read(page)
    assert "Chỉ tiêu" in source.text
    assert [problem.code for problem in source.problems] == ["hidden-text"]


GARBAGE = "CQNG HOA XA HQI CHU NGHIA VIPT NAM thi6n dugc cria Chucrng trinh nghiQp vd K6 hoqch rntic tiOu phft tri6n"


def test_a_text_layer_by_ocr_in_another_language_is_no_text(no_ocr):
    def page(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, GARBAGE)
        picture(canvas)

    with pytest.raises(ReadError) as caught:
        read(page)
    assert caught.value.code == "no-text"


def test_fonts_that_do_not_tell_their_letters_fail(no_ocr):
    def page(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, "ӢѬѪ CÔNG ѬѪӢ ӢѬѪ ѬѪӢ KẾ HOẠCH ӢѬѪ")

    with pytest.raises(ReadError) as caught:
        read(page)
    assert caught.value.code == "unmapped-font"


def without_map(data: bytes) -> bytes:
    assert b"/ToUnicode" in data
    return data.replace(b"/ToUnicode", b"/ToNothing")


def test_a_font_without_a_map_of_letters_fails(no_ocr):
    with pytest.raises(ReadError) as caught:
        read_bytes("a.pdf", without_map(draw(body)))
    assert caught.value.code == "unmapped-font"


def test_one_page_whose_font_does_not_tell_its_letters_is_cut_however_long_the_rest_is(no_ocr):
    def unknown(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, "ӢѬѪ CÔNG ѬѪӢ ӢѬѪ ѬѪӢ KẾ HOẠCH ӢѬѪ")

    source = read(*[body] * 40, unknown)
    assert [problem.code for problem in source.problems] == ["no-text", "cut:pages"]
    assert "41" in source.problems[0].message
    assert "Ӣ" not in source.text


def test_a_page_in_another_language_that_is_no_scan_is_read():
    def english(canvas) -> None:
        for number in range(8):
            canvas.drawString(70, 700 - 20 * number, f"Strengthening the grassroots health network, stage {number}")

    source = read(body, english)
    assert "Strengthening the grassroots health network, stage 7" in source.text
    assert source.problems == ()


def test_a_user_password_is_asked_for():
    with pytest.raises(ReadError) as caught:
        read_bytes("a.pdf", encrypted(b"secret"))
    assert caught.value.code == "encrypted"


def test_an_owner_password_only_restricts():
    source = read_bytes("a.pdf", encrypted(b""))
    assert "Ke hoach" in source.text
    assert [problem.code for problem in source.problems] == ["restricted"]


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


@pytest.mark.parametrize("mark", ["\ufffe", "\x02"])
def test_what_the_parser_gives_for_a_hyphen_is_a_hyphen(mark):
    assert mend_codes(f"12/KH{mark}UBND", lambda index: False) == "12/KH-UBND"


def test_a_control_character_that_the_font_does_not_explain_is_no_letter():
    assert mend_codes("a\x02b", lambda index: True) == "a\ufffdb"


def turned(quarters: int, rotation: int) -> Callable[..., None]:
    def page(canvas) -> None:
        canvas.setPageRotation(rotation)
        if quarters == 1:
            canvas.translate(595, 0)
        elif quarters == 2:
            canvas.translate(595, 842)
        elif quarters == 3:
            canvas.translate(0, 842)
        canvas.rotate(90 * quarters)
        canvas.setFont("Serif", 12)
        body(canvas, 520, 8)
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"]], 200)

    return page


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


def note(canvas, x: float, y: float, number: str, size: float) -> None:
    canvas.setFont("Serif", size * 0.6)
    canvas.drawString(x, y + size * 0.35, number)
    canvas.setFont("Serif", size)


def with_notes(canvas) -> None:
    first = "Toàn tỉnh có 100 xã, giai đoạn 2021-2025"
    canvas.drawString(90, 700, first)
    width = canvas.stringWidth(first, "Serif", 12)
    note(canvas, 90 + width, 700, "3", 12)
    canvas.drawString(96 + width, 700, "đạt 95%, rộng 5 km")
    note(canvas, 96 + width + canvas.stringWidth("đạt 95%, rộng 5 km", "Serif", 12), 700, "2", 12)
    for number in range(10):
        canvas.drawString(70, 680 - 18 * number, f"{ITEM} {number}")
    note(canvas, 70, 100, "3", 9)
    canvas.drawString(75, 100, "Theo báo cáo của Sở Y tế")
    canvas.drawString(70, 88, "ngày 15 tháng 01 năm 2026.")
    note(canvas, 70, 76, "4", 9)
    canvas.drawString(75, 76, "Số liệu năm 2025.")


def test_the_mark_of_a_footnote_is_no_figure_of_the_text_and_a_power_is():
    assert words(read(with_notes))[0] == "Toàn tỉnh có 100 xã, giai đoạn 2021-2025 đạt 95%, rộng 5 km2"


def test_footnotes_at_the_foot_of_a_page_are_footnotes():
    assert words(read(with_notes), "footnote") == [
        "Theo báo cáo của Sở Y tế\nngày 15 tháng 01 năm 2026.",
        "Số liệu năm 2025.",
    ]


def test_a_footnote_does_not_divide_the_sentence_that_goes_on_over_the_page():
    def second(canvas) -> None:
        body(canvas, 780, 5)
        canvas.drawString(95, 650, "Đoạn mới của trang sau, thực hiện theo quy định")
        body(canvas, 620, 5)

    kinds = [(block.kind, block.page) for block in read(with_notes, second).blocks]
    first_note = kinds.index(("footnote", 1))
    assert kinds[first_note - 1] == ("line", 2)
    assert kinds[first_note + 2] == ("line", 2)


def test_recipients_in_small_print_are_no_footnotes():
    def end(canvas) -> None:
        body(canvas, 790, 10)
        canvas.setFont("Serif", 9)
        for number, line in enumerate(["Nơi nhận:", "- Như trên;", "- Lưu: VT (02)."]):
            canvas.drawString(70, 500 - 15 * number, line)

    assert {block.kind for block in read(end).blocks} == {"line"}


def test_lines_with_one_indent_are_not_centred_however_long_they_are():
    def page(canvas) -> None:
        body(canvas, 700, 6)
        for number, words_ in enumerate(["Kinh phí", "Rà soát danh sách", "Tổ chức thực hiện kế hoạch tại địa phương"]):
            canvas.drawString(140, 500 - 18 * number, f"- {words_}")

    assert not any(block.centred for block in read(page).blocks)


def test_merged_cells_say_how_far_they_reach():
    def page(canvas) -> None:
        body(canvas, 800, 5)
        for x, y, text in (
            (74, 640, "TT"), (124, 656, "Chỉ tiêu"), (124, 636, "2026"), (324, 636, "2027"),
            (74, 616, "1"), (124, 616, "90%"), (324, 616, "95%"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)
        for x1, y1, x2, y2 in (
            (70, 670, 520, 670), (120, 650, 520, 650), (70, 630, 520, 630), (70, 610, 520, 610),
            (70, 670, 70, 610), (120, 670, 120, 610), (320, 650, 320, 610), (520, 670, 520, 610),
        ):  # fmt: skip
            canvas.line(x1, y1, x2, y2)

    source = read(page)
    assert [(w, b.cell.row, b.cell.column, b.cell.rows, b.cell.columns)
            for b, w in zip(source.blocks, words(source), strict=True) if b.cell] == [
        ("TT", 0, 0, 2, 1), ("Chỉ tiêu", 0, 1, 1, 2), ("2026", 1, 1, 1, 1), ("2027", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1), ("90%", 2, 1, 1, 1), ("95%", 2, 2, 1, 1),
    ]  # fmt: skip


def test_a_stamp_line_before_the_letterhead_is_left_out():
    def page(canvas) -> None:
        canvas.setFont("Serif", 7)
        canvas.drawString(400, 825, "Người ký: Văn phòng")
        canvas.drawString(400, 817, "Thời gian ký: 05.02.2026 10:12:00 +07:00")
        letterhead(canvas)

    source = read(page)
    assert words(source)[0] == "ỦY BAN NHÂN DÂN"
    assert [problem.code for problem in source.problems] == ["stamp"]


def test_nothing_is_lost_on_a_page_with_a_table_and_notes():
    def page(canvas) -> None:
        with_notes(canvas)
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"], ["2", "Báo cáo", "Quý IV"]], 400)

    source = read(page)
    for part in (*HEAD, "Rà soát", "Quý IV", "Số liệu năm 2025.", f"{ITEM} 9"):
        assert source.text.count(part) == 1


def test_a_page_on_which_the_search_for_tables_fails_is_read_line_by_line_and_the_next_one_is_not(monkeypatch):
    import pdfplumber.page

    def page(canvas) -> None:
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"]], 790)

    search = pdfplumber.page.Page.find_tables

    def fail_once(self, *arguments):
        if self.page_number == 1:
            raise KeyError("Length")
        return search(self, *arguments)

    monkeypatch.setattr(pdfplumber.page.Page, "find_tables", fail_once)
    source = read(page, page)
    assert [block.kind for block in source.blocks[:2]] == ["line", "line"]
    assert source.blocks[-1].kind == "cell"
    assert [problem.code for problem in source.problems] == ["unread:tables"]


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


def in_old_fonts(*runs: tuple[str, str]) -> bytes:
    """Return a file whose one line is drawn in runs, each in a font of that name, with the letters of the font."""
    names = sorted({name for name, _ in runs})
    objects = one_page(b"")
    fonts = b""
    for number, name in enumerate(names):
        objects[6 + number] = (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name.encode()
        )
        fonts += b"/N%d %d 0 R " % (number, 6 + number)
    drawn = b"".join(b"/N%d 12 Tf (%s) Tj " % (names.index(name), words_.encode("cp1252")) for name, words_ in runs)
    objects[5] = stream(b"BT 72 720 Td %s ET" % drawn)
    objects[3] = objects[3].replace(b"/Font << /F1 4 0 R >>", b"/Font << %s >>" % fonts)
    return assemble(objects)


TCVN3 = "kÕ ho¹ch thùc hiÖn ch­¬ng tr×nh môc tiªu quèc gia"


@pytest.mark.parametrize(
    ("runs", "expected", "code"),
    [
        ([(".VnTime", TCVN3)], "kế hoạch thực hiện chương trình mục tiêu quốc gia", "tcvn3"),
        ([(".VnTimeH", TCVN3)], "KẾ HOẠCH THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA", "tcvn3"),
        (
            [("VNI-Times", "keá hoaïch thöïc hieän chöông trình muïc tieâu quoác gia")],
            "kế hoạch thực hiện chương trình mục tiêu quốc gia",
            "vni",
        ),
        ([(".VnTimeH", "kÕ ho¹ch "), (".VnTime", TCVN3)], "KẾ HOẠCH kế hoạch thực hiện", "tcvn3"),
    ],
)
def test_runs_in_fonts_from_before_unicode_are_converted(runs, expected, code):
    source = read_bytes("a.pdf", in_old_fonts(*runs))
    assert source.text.startswith(expected)
    assert f"converted:{code}" in [problem.code for problem in source.problems]


def test_what_stands_in_another_font_beside_an_old_one_is_left_as_it_is():
    source = read_bytes("a.pdf", in_old_fonts((".VnTime", TCVN3), ("Helvetica", " (Café, Müller)")))
    assert source.text == "kế hoạch thực hiện chương trình mục tiêu quốc gia (Café, Müller)"


def test_a_page_without_paper_is_read_although_the_other_parser_fails_on_it():
    grid = b"".join(b"70 %d m 340 %d l S %d 200 m %d 260 l S " % (200 + 20 * i, 200 + 20 * i, 70 + 90 * i, 70 + 90 * i)
                    for i in range(4))  # fmt: skip
    objects = one_page(b"BT /F1 12 Tf 72 600 Td (Ke hoach thuc hien chuong trinh muc tieu) Tj ET " + grid)
    objects[3] = objects[3].replace(b"/MediaBox [0 0 595 842]", b"/MediaBox null")
    source = read_bytes("a.pdf", assemble(objects))
    assert words(source) == ["Ke hoach thuc hien chuong trinh muc tieu"]
    assert [problem.code for problem in source.problems] == ["unread:tables"]
