"""What recognition misreads and the reader puts right: dirt, numerals, comparisons, parts side by side, footnotes."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.read import scan_columns, scan_image, scan_rules
from vnplan.read.pdf_layout import Page, Piece
from vnplan.read.pdf_notes import split_notes
from vnplan.read.scan_labels import RomanLabels, mend_rows
from vnplan.read.scan_words import Word, mend_comparisons, mend_numerals, without_noise


def paper(high: int = 1400, wide: int = 1000):
    return numpy.full((high, wide), 255, numpy.uint8)


def line(words: str, top: float, height: float = 12.0) -> list[Piece]:
    return [Piece(70, top - height, 500, top, words, False)]


def test_a_speck_apart_from_everything_goes_and_the_mark_over_a_letter_stays():
    page = paper()
    page[200:220, 300:312] = 0  # a letter
    page[188:190, 304:306] = 0  # a worn mark over it
    page[210:212, 250:252] = 0  # dirt before it
    page[600:605, 600:605] = 0  # a full stop by itself
    clean = scan_image.without_specks(page)
    assert (clean[188:190, 304:306] == 0).all()
    assert (clean[200:220, 300:312] == 0).all()
    assert (clean[600:605, 600:605] == 0).all()
    assert (clean[205:215, 245:255] == 255).all()


@pytest.mark.parametrize(("bar", "shown"), [(True, True), (False, False)])
def test_a_sign_that_stands_on_a_bar_is_told(bar, shown):
    ink = numpy.zeros((30, 80), bool)
    for step in range(10):
        ink[4 + step, 2 + 2 * step : 4 + 2 * step] = ink[22 - step, 2 + 2 * step : 4 + 2 * step] = True
    ink[26:28, 2:22] = bar
    ink[4:24, 40:44] = ink[22:24, 40:70] = True  # a figure behind it
    assert scan_image.shows_bar(ink) is shown
    assert not scan_image.shows_bar(numpy.zeros((30, 80), bool))


def test_a_comparison_keeps_its_bar():
    words = [Word(">70", (0, 0, 9, 9), 0.9), Word("<", (20, 0, 29, 9), 0.9), Word("70", (40, 0, 49, 9), 0.9)]
    assert [word.words for word in mend_comparisons(words, lambda _: True)] == ["≥70", "≤", "70"]
    assert mend_comparisons(words, lambda _: False) == words


@pytest.mark.parametrize(
    ("seen", "stems", "right"),
    [("HI", 3, "III"), ("I", 2, "II"), ("II", 1, "I"), ("I", 3, "I"), ("11", 2, "11"), ("H", 2, "H"), ("IV", 3, "IV")],
)
def test_a_numeral_without_a_stop_gains_or_loses_one_stroke_at_most(seen, stems, right):
    assert [word.words for word in mend_numerals([Word(seen, (0, 0, 9, 9), 0.9)], lambda _: stems)] == [right]


def test_specks_before_a_line_and_far_behind_it_are_left_out():
    sound = [Word("3.", (40, 0, 60, 20), 0.9), Word("Bộ", (70, 0, 99, 20), 0.9), Word(":", (104, 5, 108, 20), 0.9)]
    assert without_noise([Word(".", (0, 9, 4, 12), 0.6), *sound, Word(":", (300, 5, 304, 20), 0.6)]) == sound
    assert without_noise([Word(":", (0, 0, 4, 9), 0.6)]) == []
    assert [word.words for word in without_noise([Word("'Phần", (0, 0, 40, 20), 0.9)])] == ["Phần"]


@given(st.lists(st.text(".:'a1-", min_size=1, max_size=3), max_size=6))
def test_no_word_of_letters_is_taken_for_noise(texts):
    words = [Word(text, (20 * at, 0, 20 * at + 9, 9), 0.9) for at, text in enumerate(texts)]
    kept = [word.words for word in without_noise(words)]
    assert sum(text.count("a") + text.count("1") for text in texts) == sum(k.count("a") + k.count("1") for k in kept)


def test_roman_rows_of_a_table_follow_each_other_and_begin_anew_below_a_letter():
    assert mend_rows(["I", "1", "I", "1", "HI", "IV"]) == ["I", "1", "II", "1", "III", "IV"]
    assert mend_rows(["A", "I", "1", "B", "I", "1", "II"]) == ["A", "I", "1", "B", "I", "1", "II"]
    assert mend_rows(["1", "11", "G", "H", ""]) == ["1", "11", "G", "H", ""]


def headed(*texts: str) -> Page:
    page = Page(1, 595, 842, [line(words, 800 - 20 * at) for at, words in enumerate(texts)])
    RomanLabels().mend(page)
    return page


def test_a_heading_in_capitals_that_lost_its_stop_has_the_number_that_comes():
    page = headed("II. NHIỆM VỤ", "III KINH PHÍ")
    assert [row[0].words for row in page.lines] == ["II. NHIỆM VỤ", "III. KINH PHÍ"]
    assert page.relabelled
    assert page.lines[1][0].doubts
    assert [row[0].words for row in headed("II. NHIỆM VỤ", "III kinh phí").lines][1] == "III kinh phí"


def test_an_eleventh_item_is_no_numeral():
    page = headed("II. NỘI DUNG", "10. Về một số kiến nghị", "11. Ban Chỉ đạo họp mỗi quý")
    assert page.lines[2][0].words == "11. Ban Chỉ đạo họp mỗi quý"
    assert not page.relabelled


def test_small_lines_below_a_short_rule_are_footnotes_where_no_small_figure_is_told():
    lines = [line("Toàn tỉnh có nhiều tiến bộ trong năm qua", 700 - 20 * at, 14) for at in range(5)]
    lines += [line("1 Số liệu của năm trước,", 100, 9), line("do các xã báo cáo.", 88, 9)]
    body, rest, notes = split_notes(lines, 1, None, 104.0)
    assert (len(body), rest, [(note.mark, note.words) for note in notes]) == (
        5, [], [("1", "Số liệu của năm trước,\ndo các xã báo cáo.")],
    )  # fmt: skip
    assert split_notes(lines, 1, None)[0] == lines
    numbered = [*lines[:5], line("1. Mục tiêu chung", 100, 9)]
    assert split_notes(numbered, 1, None, 104.0)[0] == numbered


def test_a_short_rule_at_the_left_edge_of_a_lower_half_is_told_and_that_of_a_letterhead_is_not():
    page = paper()
    page[120:123, 100:400] = 0
    assert scan_rules.take_out_rules(page)[2] == 0
    page[1100:1103, 100:400] = 0
    assert scan_rules.take_out_rules(page)[2] == pytest.approx(1100, abs=4)


def test_the_numbers_of_a_first_column_are_laid_in_a_line_and_their_words_put_back():
    page = paper()
    page[120:150, 120:130] = page[320:350, 118:134] = 0
    cells = [scan_rules.Field(row, 0, 1, 1, (100, 100 + 200 * row, 200, 300 + 200 * row)) for row in range(2)]
    table = scan_rules.Ruled((100, 200, 900), (100, 300, 500), tuple(cells))
    boxes = scan_columns.find_numbers(scan_columns.find_ink(page), table)
    assert boxes == [(120, 120, 130, 150), (118, 320, 134, 350)]
    laid, moves = scan_columns.lay_in_line(page, boxes)
    assert (laid < 128).sum() == (page < 128).sum()
    places = [(m.left, m.top, m.left + m.box[2] - m.box[0], m.top + m.box[3] - m.box[1]) for m in moves]
    words = scan_columns.put_back([Word(str(at), box, 0.9) for at, box in enumerate(places)], moves)
    assert [word.box for word in words] == boxes


def test_a_first_column_of_words_is_no_column_of_numbers():
    page = paper()
    page[120:150, 110:290] = page[320:350, 110:290] = 0
    cells = [scan_rules.Field(row, 0, 1, 1, (100, 100 + 200 * row, 300, 300 + 200 * row)) for row in range(2)]
    table = scan_rules.Ruled((100, 300, 900), (100, 300, 500), tuple(cells))
    assert scan_columns.find_numbers(scan_columns.find_ink(page), table) == []


def test_of_two_columns_the_right_one_is_laid_below_and_what_spans_both_is_left_out():
    page = paper()
    for at in range(4):
        page[300 + 50 * at : 330 + 50 * at, 100:350] = 0
        page[315 + 50 * at : 345 + 50 * at, 600:900] = 0
    asides = scan_columns.find_asides(scan_columns.find_ink(page), ())
    assert len(asides) == 1
    left, top, right, bottom = asides[0]
    assert (350 < left < 600, top <= 315, right >= 900, bottom >= 495) == (True, True, True, True)
    laid, moves = scan_columns.lay_below(page, asides)
    assert (laid < 128).sum() == (page < 128).sum()
    assert (laid[300:500, 600:900] == 255).all()
    move = moves[0]
    aside = Word("Sở", (move.left + 10, move.top + 10, move.left + 50, move.top + 40), 0.9)
    own = Word("Nơi", (100, 300, 200, 330), 0.9)
    assert [word.box for word in scan_columns.put_back([own, aside], moves)] == [
        own.box, (left + 10, top + 10, left + 50, top + 40),
    ]  # fmt: skip


def test_lines_over_the_whole_page_have_no_aside():
    page = paper()
    for at in range(8):
        page[300 + 50 * at : 330 + 50 * at, 100:900] = 0
    assert scan_columns.find_asides(scan_columns.find_ink(page), ()) == []
