"""Footnotes of PDF files, and their marks."""

from __future__ import annotations

from pdf_pages import HEAD, ITEM, body, read, rules, with_notes, words


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


def test_nothing_is_lost_on_a_page_with_a_table_and_notes():
    def page(canvas) -> None:
        with_notes(canvas)
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"], ["2", "Báo cáo", "Quý IV"]], 400)

    source = read(page)
    for part in (*HEAD, "Rà soát", "Quý IV", "Số liệu năm 2025.", f"{ITEM} 9"):
        assert source.text.count(part) == 1
