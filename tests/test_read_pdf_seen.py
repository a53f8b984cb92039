"""Words on PDF pages that nobody sees, or that are struck through."""

from __future__ import annotations

import pytest
from pdf_pages import HEAD, ITEM, body, draw, read, rules, words

from vnplan.read import read_bytes

AIM = "Đạt 77% trước ngày 31/12/2026"


def problem(source) -> str:
    """Return what the one problem says."""
    (found,) = source.problems
    return f"{found.code}: {found.message}"


@pytest.mark.parametrize("kind", ["white", "not drawn", "transparent", "covered"])
def test_what_is_read_and_not_seen_is_told_with_the_date_in_it(kind):
    def page(canvas) -> None:
        body(canvas, 780, 10)
        if kind == "white":
            canvas.setFillColorRGB(1, 1, 1)
        if kind == "transparent":
            canvas.setFillAlpha(0)
        canvas.drawString(70, 300, AIM, mode=3 if kind == "not drawn" else 0)
        if kind == "covered":
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(60, 290, 400, 25, stroke=0, fill=1)

    source = read(page)
    assert AIM in words(source)
    assert problem(source).startswith("hidden-text: ")
    assert "deadline" in problem(source)
    assert "ngày 31/12/2026" in problem(source)


@pytest.mark.parametrize(("x", "size"), [(700, 12), (70, 0.8)])
def test_what_stands_outside_the_page_or_is_too_small_is_left_out_and_told_with_the_number_in_it(x, size):
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.setFont("Serif", size)
        canvas.drawString(x, 300, "Đạt 77% số hộ")

    source = read(page)
    assert "77%" not in source.text
    assert "number" in problem(source)
    assert "77%" in problem(source)


def test_only_the_white_words_of_a_line_are_told():
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.drawString(70, 300, "Đạt 95% ")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(130, 300, "77%")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(170, 300, "vào năm 2026")

    assert problem(read(page)).startswith("hidden-text: 3 characters")


def test_white_letters_on_a_dark_ground_are_seen():
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(60, 290, 400, 25, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 300, AIM)

    source = read(page)
    assert AIM in words(source)
    assert source.problems == ()


@pytest.mark.parametrize("alpha", [0.3, 1])
def test_a_ground_below_the_letters_or_a_mark_that_shows_them_covers_nothing(alpha):
    def page(canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0, alpha=alpha)
        if alpha == 1:
            canvas.rect(60, 290, 400, 25, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0, alpha=1)
        body(canvas, 780, 10)
        canvas.drawString(70, 300, AIM)
        if alpha < 1:
            canvas.setFillColorRGB(1, 1, 0, alpha=alpha)
            canvas.rect(60, 290, 400, 25, stroke=0, fill=1)

    assert read(page).problems == ()


def struck(canvas, height: float = 4) -> None:
    body(canvas, 780, 10)
    x = 70.0
    for part in ("Hoàn thành ", "trong năm 2025", " trong năm 2026"):
        canvas.drawString(x, 300, part)
        width = canvas.stringWidth(part, "Serif", 12)
        if part == "trong năm 2025":
            canvas.setLineWidth(0.6)
            canvas.line(x, 300 + height, x + width, 300 + height)
        x += width


def test_letters_that_a_rule_strikes_through_are_left_out_and_reported():
    source = read(struck)
    assert words(source)[-1] == "Hoàn thành trong năm 2026"
    assert problem(source).startswith("struck-text: 12 characters")


@pytest.mark.parametrize("height", [-2, 12])
def test_letters_with_a_rule_below_or_above_them_are_not_struck_through(height):
    source = read(lambda canvas: struck(canvas, height))
    assert words(source)[-1] == "Hoàn thành trong năm 2025 trong năm 2026"
    assert source.problems == ()


def test_a_long_rule_across_a_line_strikes_nothing_through():
    def page(canvas) -> None:
        body(canvas, 780, 10)
        canvas.drawString(250, 300, "trong năm 2025")
        canvas.line(60, 304, 540, 304)

    assert words(read(page))[-1] == "trong năm 2025"


def test_the_rules_of_a_table_strike_nothing_through():
    def page(canvas) -> None:
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"], ["2", "Báo cáo", "Quý IV"]], 790)
        body(canvas, 600, 5)

    assert read(page).problems == ()


def test_words_that_an_annotation_strikes_through_are_left_out_and_reported():
    data = draw(lambda canvas: body(canvas, 780, 3))
    mark = b"/Annots [<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [60 775 560 795] " \
           b"/QuadPoints [60 795 560 795 60 775 560 775] /C [1 0 0] >>] /Contents"  # fmt: skip
    assert data.count(b"/Contents") == 1
    source = read_bytes("a.pdf", data.replace(b"/Contents", mark))
    assert words(source) == [f"{ITEM} 1", f"{ITEM} 2"]
    assert "struck-text" in [found.code for found in source.problems]
