"""What stands on PDF pages beside the text: stamps, page numbers, running heads, footnotes; and words torn apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pdf_pages import ITEM, body, draw, letterhead, note, read, words

from vnplan.model import Source
from vnplan.read import read_bytes

SIGNED = ["Người ký: Cổng thông tin điện tử", "Cơ quan: Tỉnh Lai Châu", "Ngày ký: 05-02-2026", "10:12:00 +07:00"]
LETTERHEAD = [
    "ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU", "Số: 12/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lai Châu, ngày 30 tháng 01 năm 2026",
    "KẾ HOẠCH",
]  # fmt: skip


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


@pytest.mark.parametrize("order", ["left first", "right first", "by line"])
def test_the_letterhead_is_read_column_by_column_in_whatever_order_it_was_drawn(order):
    left = [(165, 790, "ỦY BAN NHÂN DÂN"), (165, 777, "THÀNH PHỐ MỚI THUẬN AN"), (165, 752, "Số: 12/KH-UBND")]
    right = [(410, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (410, 775, "Độc lập - Tự do - Hạnh phúc"),
             (410, 752.5, "Thuận An, ngày 30 tháng 01 năm 2026")]  # fmt: skip
    orders = {"left first": left + right, "right first": right + left,
              "by line": [item for pair in zip(left, right, strict=True) for item in pair]}  # fmt: skip

    def page(canvas) -> None:
        canvas.setFont("Serif", 10)
        for x, y, line in orders[order]:
            canvas.drawCentredString(x, y, line)
        canvas.setFont("Serif", 12)
        body(canvas, 660)

    assert words(read(page))[:6] == [line for _, _, line in left + right]


@pytest.mark.parametrize(("x", "y"), [(60, 835), (400, 835), (90, 768), (60, 735)])
def test_the_stamp_of_a_signature_is_left_out_wherever_it_stands_and_takes_nothing_with_it(x, y):
    def page(canvas) -> None:
        canvas.setFont("Serif", 7)
        for number, line in enumerate(SIGNED):
            canvas.drawString(x, y - 8 * number, line)
        letterhead(canvas)

    source = read(page)
    assert words(source)[:7] == LETTERHEAD
    assert codes(source) == ["stamp"]


def test_the_stamp_of_a_signature_in_the_middle_of_a_page_is_left_out():
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.drawString(360, 500, "CHỦ TỊCH")
        canvas.setFont("Serif", 7)
        for number, line in enumerate(SIGNED):
            canvas.drawString(350, 480 - 8 * number, line)
        canvas.setFont("Serif", 12)
        canvas.drawString(340, 420, "Người đứng đầu")

    assert words(read(page))[-2:] == ["CHỦ TỊCH", "Người đứng đầu"]


def test_a_line_of_the_text_with_a_label_of_a_stamp_is_text():
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.drawString(70, 500, "Cơ quan: Sở Y tế là đầu mối tổng hợp")
        body(canvas, 480, 5)

    source = read(page)
    assert "Cơ quan: Sở Y tế là đầu mối tổng hợp" in words(source)
    assert codes(source) == []


def test_the_stamp_of_the_office_that_received_a_document_is_left_out():
    def page(canvas) -> None:
        letterhead(canvas)
        canvas.setFont("Serif", 9)
        for number, line in enumerate(["VĂN PHÒNG CHÍNH PHỦ", "CÔNG VĂN ĐẾN", "Số: 1234", "Ngày: 12/02/2026"]):
            canvas.drawCentredString(120, 737 - 9 * number, line)

    source = read(page)
    assert words(source)[:7] == LETTERHEAD
    assert codes(source) == ["stamp"]


def test_a_document_that_speaks_of_documents_received_keeps_its_words():
    def page(canvas) -> None:
        body(canvas, 780, 5)
        canvas.drawString(70, 600, "Văn bản đến")
        canvas.drawString(70, 582, "Số văn bản đến được cập nhật hằng ngày")

    assert words(read(page))[-2:] == ["Văn bản đến", "Số văn bản đến được cập nhật hằng ngày"]


@pytest.mark.parametrize("y", [810, 30])
@pytest.mark.parametrize("form", ["{}", "- {} -", "Trang {}/10", "Page {} of 4", "– {} –", "|{}"])
def test_page_numbers_are_left_out_above_and_below(form, y):
    def numbered(number: int) -> Callable[..., None]:
        def page(canvas) -> None:
            canvas.drawCentredString(300, y, form.format(number))
            body(canvas, 780, 38)

        return page

    assert all(line.startswith("Sở Y tế") for line in words(read(*map(numbered, range(1, 6)))))


def test_running_heads_of_right_hand_and_left_hand_pages_are_left_out():
    def page(number: int) -> Callable[..., None]:
        def draw_page(canvas) -> None:
            head = f"{number}   Kế hoạch năm 2026" if number % 2 else f"Ủy ban nhân dân tỉnh   {number}"
            canvas.drawString(70, 815, head)
            body(canvas, 780, 30)

        return draw_page

    source = read(*map(page, range(1, 10)))
    assert [line for line in words(source) if not line.startswith("Sở Y tế")] == ["1 Kế hoạch năm 2026"]


def test_lines_that_happen_to_be_the_same_at_the_end_of_pages_are_text():
    assert len(words(read(*[lambda canvas: body(canvas, 780, 38)] * 6))) == 6 * 38


def with_note(canvas, *, size: float = 9, mark: str = "1", ends: str = ".", rule: bool = False) -> None:
    start = "Toàn tỉnh có 100 xã theo số liệu"
    canvas.drawString(90, 700, start)
    width = canvas.stringWidth(start, "Serif", 12)
    note(canvas, 90 + width, 700, mark, 12)
    canvas.drawString(98 + width, 700, ", đạt 95% kế hoạch và")
    for number in range(20):
        canvas.drawString(
            70, 682 - 18 * number, f"tiếp tục tổ chức thực hiện nhiệm vụ của chương trình, kế hoạch số {number}"
        )
    if rule:
        canvas.line(70, 128, 200, 128)
    note(canvas, 70, 112, mark, size)
    canvas.drawString(80, 112, "Theo báo cáo của Sở Y tế ngày 15 tháng 01 năm 2026")
    canvas.drawString(70, 98, f"về số liệu của các xã{ends}")
    canvas.setFont("Serif", 12)


def footnotes(source: Source) -> list[tuple[str, str]]:
    """Return the notes, each with the words before its mark."""
    return [
        (source.text[block.anchor - 7 : block.anchor] if block.anchor is not None else "",
         source.text[block.span.start : block.span.end])
        for block in source.blocks
        if block.kind == "footnote"
    ]  # fmt: skip


NOTE = "Theo báo cáo của Sở Y tế ngày 15 tháng 01 năm 2026\nvề số liệu của các xã"


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("size", [8, 10, 12])
@pytest.mark.parametrize("mark", ["1", "(1)", "*"])
def test_a_footnote_is_linked_to_its_mark_which_is_no_word_of_the_text(size, rule, mark):
    source = read(lambda canvas: with_note(canvas, size=size, mark=mark, rule=rule))
    assert words(source)[0] == "Toàn tỉnh có 100 xã theo số liệu, đạt 95% kế hoạch và"
    if size == 12 and mark == "*":
        return  # as large as the text, and no figure
    assert footnotes(source) == [("số liệu", f"{NOTE}.")]


def test_a_footnote_whose_number_stands_on_the_line_is_found_by_the_mark_in_the_text():
    def page(canvas) -> None:
        with_note(canvas)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Serif", 12)
        start = "Nghị quyết của Hội đồng nhân dân"
        canvas.drawString(90, 200, start)
        width = canvas.stringWidth(start, "Serif", 12)
        note(canvas, 90 + width, 200, "2", 12)
        canvas.setFont("Serif", 9)
        canvas.drawString(70, 84, "2 Nghị quyết về phát triển kinh tế - xã hội.")

    assert footnotes(read(page))[1] == ("hân dân", "Nghị quyết về phát triển kinh tế - xã hội.")


def test_a_footnote_goes_on_at_the_foot_of_the_next_page():
    def second(canvas) -> None:
        body(canvas, 780, 20)
        canvas.setFont("Serif", 9)
        canvas.drawString(70, 112, "miền núi của tỉnh trong năm 2025.")

    source = read(lambda canvas: with_note(canvas, ends=" "), second)
    assert footnotes(source) == [("số liệu", f"{NOTE}\nmiền núi của tỉnh trong năm 2025.")]


def test_small_print_at_the_foot_of_the_next_page_does_not_go_on_with_a_finished_footnote():
    def second(canvas) -> None:
        body(canvas, 780, 20)
        canvas.setFont("Serif", 9)
        canvas.drawString(70, 112, "Biểu mẫu kèm theo Kế hoạch này.")

    source = read(with_note, second)
    assert footnotes(source) == [("số liệu", f"{NOTE}.")]
    assert words(source, "line")[-1] == "Biểu mẫu kèm theo Kế hoạch này."


def spaced(canvas, x: float, y: float, text: str, gap: float) -> None:
    for letter in text:
        canvas.drawString(x, y, letter)
        x += canvas.stringWidth(letter, "Serif", 12) + gap


@pytest.mark.parametrize("gap", [2.5, 4, 7])
@pytest.mark.parametrize("title", ["KẾ HOẠCH", "QUYẾT ĐỊNH:", "THÔNG BÁO"])
def test_a_title_in_spaced_letters_is_read_as_words(title, gap):
    def page(canvas) -> None:
        spaced(canvas, 230, 740, title, gap)
        body(canvas, 700, 10)

    assert words(read(page))[0] == title


def test_a_title_whose_letters_are_parted_by_spaces_is_read_as_words():
    def page(canvas) -> None:
        canvas.drawString(230, 740, "K Ế   H O Ạ C H")
        body(canvas, 700, 10)

    assert words(read(page))[0] == "KẾ HOẠCH"


def test_letters_that_are_the_heads_of_columns_are_no_word():
    def page(canvas) -> None:
        for number, letter in enumerate("ABCDE"):
            canvas.drawString(70 + 60 * number, 740, letter)
        body(canvas, 700, 10)

    assert "ABCDE" not in read(page).text


def test_words_that_were_drawn_in_pieces_are_read_whole_and_neighbours_stay_apart():
    def page(canvas) -> None:
        x = 90.0
        for part in ("V", "ề các cơ ch", "ế đặc thù của t", "ỉnh năm 20", "26, C", "ổ", "phần"):
            x += 0.8 if part != "phần" else 2.5
            canvas.drawString(x, 740, part)
            x += canvas.stringWidth(part, "Serif", 12)
        body(canvas, 700, 10)

    assert words(read(page))[0] == "Về các cơ chế đặc thù của tỉnh năm 2026, Cổ phần"


def test_two_columns_of_text_are_read_one_after_the_other():
    def page(canvas) -> None:
        canvas.setFont("Serif", 10)
        for number in range(30):
            canvas.drawString(50, 780 - 14 * number, f"Cột trái dòng số {number} của văn bản")
            canvas.drawString(310, 780 - 14 * number, f"Cột phải dòng số {number} của văn bản")

    lines = words(read(page))
    assert [line[:8] for line in lines] == ["Cột trái"] * 30 + ["Cột phải"] * 30


@pytest.mark.parametrize("gutter", [30, 12, 9])
def test_two_columns_of_justified_prose_are_read_one_after_the_other_however_near_they_are(gutter):
    prose = (ITEM + " và báo cáo kết quả về Ủy ban nhân dân tỉnh ").split() * 40
    wide = (475 - gutter) / 2

    def page(canvas) -> None:
        canvas.drawString(70, 800, "Điều lệ tổ chức")
        canvas.setFont("Serif", 10)
        at = 0
        for column in range(2):
            for number in range(30):
                x, line = 70 + column * (wide + gutter), []
                while canvas.stringWidth(" ".join([*line, prose[at]]), "Serif", 10) < wide:
                    line.append(prose[at])
                    at += 1
                space = (wide - canvas.stringWidth("".join(line), "Serif", 10)) / (len(line) - 1)
                for word in line:
                    canvas.drawString(x, 770 - 14 * number, word)
                    x += canvas.stringWidth(word, "Serif", 10) + space

    found = read(page).text.split()[4:]
    assert len(found) > 300
    assert found == prose[: len(found)]


def test_a_paragraph_goes_on_over_the_page_without_a_gap():
    from vnplan.text import clean_text

    def first(canvas) -> None:
        canvas.drawCentredString(300, 810, "1")
        for number in range(38):
            canvas.drawString(90 if number == 36 else 70, 780 - 18 * number, ITEM + " nhiệm vụ và")

    def second(canvas) -> None:
        canvas.drawCentredString(300, 810, "2")
        canvas.drawString(70, 780, "các chương trình của tỉnh trong năm 2026.")
        body(canvas, 740, 3)

    text = clean_text(read(first, second))
    assert f"{ITEM} nhiệm vụ và các chương trình của tỉnh trong năm 2026." in text.clean


def test_a_landscape_page_among_portrait_ones_is_read():
    def wide(canvas) -> None:
        canvas.setPageSize((842, 595))
        body(canvas, 540, 10)

    def tall(canvas) -> None:
        canvas.setPageSize((595, 842))
        body(canvas, 780, 10)

    source = read_bytes("a.pdf", draw(tall, wide, tall))
    assert words(source) == [f"{ITEM} {number}" for number in range(10)] * 3


def test_an_indent_behind_a_full_line_with_a_stop_begins_a_paragraph():
    from vnplan.text import clean_text

    def page(canvas) -> None:
        right = 70 + canvas.stringWidth(f"{ITEM} nhiệm vụ.", "Serif", 12)
        for number in range(12):
            words_ = f"{ITEM[6:]} nhiệm vụ và".capitalize() if number % 4 == 0 else f"{ITEM} nhiệm vụ."
            canvas.drawRightString(right, 780 - 18 * number, words_)

    text = clean_text(read(page))
    assert len(text.paragraphs) == 3


FULL = "Sở Y tế chủ trì, phối hợp với Công an tỉnh, các huyện và Hội Liên hiệp"


def two_lines(first: str, room: float, left: float, rest: str) -> Callable[..., None]:
    """Draw an indented line that ends ``room`` before the right margin, and one below it; others tell the margins."""

    def page(canvas) -> None:
        right = 70 + canvas.stringWidth(f"{ITEM} nhiệm vụ,", "Serif", 12)
        for number in range(8):
            canvas.drawString(70, 780 - 18 * number, f"{ITEM} nhiệm vụ,")
        canvas.drawRightString(right - room, 600, first)
        canvas.drawString(left, 582, rest)

    return page


@pytest.mark.parametrize("rest", ["Phụ nữ tỉnh lập danh sách.", "- Thương binh và Xã hội lập danh sách."])
def test_a_line_goes_on_at_the_margin_when_its_first_word_had_no_room_before(rest):
    from vnplan.text import clean_text

    assert f"{FULL} {rest}" in clean_text(read(two_lines(FULL, 2, 70, rest))).clean


@pytest.mark.parametrize(
    ("first", "room", "left", "rest"),
    [
        (FULL, 2, 98, "Phụ nữ tỉnh lập danh sách."),  # an indent begins a paragraph
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh", 90, 70, "Phụ nữ tỉnh lập danh sách."),  # there was room
        (f"{FULL}.", 2, 70, "2. Phụ nữ tỉnh lập danh sách."),  # a label behind a stop
    ],
)
def test_a_line_that_may_begin_a_paragraph_is_left_to_the_words(first, room, left, rest):
    assert f"{first}\n" in read(two_lines(first, room, left, rest)).text
