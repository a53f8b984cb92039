"""Cleaned text: what patterns see, what people are shown, and the way back to what was read."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.limits import LIMITS
from vnplan.model import Block, Source, Span, Text
from vnplan.text import clean_text, fold, place_tones

SENTENCE = "Phấn đấu đến năm 2030, 95% hộ nghèo được hỗ trợ bảo hiểm y tế."
LETTERS = [*"aoàáảuyỷqhKĐđệ .;,-–*_<>[]^#\\/15%\n\r\t", *"\u0323\u0302\u0300\u200b\u00ad\u202e\u00a0\u2028\u00d0\ud800"]
hostile = st.text(max_size=80) | st.text(alphabet=st.sampled_from(LETTERS), max_size=80)


def markdown(text: str) -> Text:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(start, start + len(line))))
        start += len(line) + 1
    return clean_text(Source("plan.md", "", "text/markdown", text, tuple(blocks), "text"))


def test_an_empty_text_is_an_empty_text():
    assert clean_text("").clean == ""
    assert clean_text(" \n\t\n").paragraphs == ()


def test_decomposed_letters_are_matched_composed_and_quoted_as_they_were_read():
    raw = unicodedata.normalize("NFD", SENTENCE)
    text = clean_text(raw)
    assert text.clean == SENTENCE + "\n"
    start = text.clean.index("hộ nghèo")
    assert text.quote(text.span(start, start + len("hộ nghèo"))) == unicodedata.normalize("NFD", "hộ nghèo")


def test_a_span_that_ends_on_a_decomposed_letter_keeps_its_marks():
    raw = unicodedata.normalize("NFD", "bảo vệ trẻ")
    text = clean_text(raw)
    assert text.quote(text.span(4, 6)) == unicodedata.normalize("NFD", "vệ")


def test_windows_1258_text_with_separate_tones_is_composed():
    assert clean_text("Kê\u0301 hoa\u0323ch tri\u00ea\u0309n khai").clean == "Kế hoạch triển khai\n"


@pytest.mark.parametrize(
    ("printed", "placed"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("sức khoẻ", "sức khỏe"),
        ("hoà giải", "hòa giải"),
        ("VĂN HOÁ", "VĂN HÓA"),
        ("THUỶ", "THỦY"),
    ],
)
def test_the_tone_of_an_open_syllable_goes_to_the_first_vowel(printed: str, placed: str):
    assert place_tones(printed) == placed


@pytest.mark.parametrize("word", ["quý", "quỹ", "QUÝ", "hoàn", "thuyết", "khoản", "toàn", "huỳnh"])
def test_the_tone_of_other_syllables_stays(word: str):
    assert place_tones(word) == word


def test_patterns_see_placed_tones_and_people_see_the_printed_ones():
    text = clean_text("Uỷ ban nhân dân")
    assert text.clean.startswith("Ủy ban")
    assert text.words(0, 6) == "Uỷ ban"


@pytest.mark.parametrize("dash", list("\u2010\u2011\u2012\u2013\u2014\u2015\u2212"))
def test_every_dash_is_matched_as_a_hyphen_and_quoted_as_printed(dash: str):
    text = clean_text(f"32/KH{dash}UBND")
    assert text.clean == "32/KH-UBND\n"
    assert text.quote(text.span(0, 10)) == f"32/KH{dash}UBND"


@pytest.mark.parametrize(("look_alike", "letter"), [("\u00d0", "Đ"), ("\u0189", "Đ"), ("\u00f0", "đ"), ("\u0256", "đ")])
def test_letters_that_look_like_a_stroked_d_are_matched_as_one(look_alike: str, letter: str):
    assert clean_text(f"N{look_alike}-CP").clean == f"N{letter}-CP\n"


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u034f", "\ufe0f"])
def test_invisible_characters_are_passed_over_counted_and_kept_in_the_quote(hidden: str):
    text = clean_text(f"đạt 9{hidden}5% số hộ")
    assert text.clean == "đạt 95% số hộ\n"
    assert text.quote(text.span(4, 7)) == f"9{hidden}5%"
    assert [problem.code for problem in text.problems] == ["invisible:1"]


def test_a_reversed_reading_direction_is_undone_and_reported():
    text = clean_text("đạt \u202e59\u202c% số hộ")
    assert text.clean == "đạt 59% số hộ\n"
    assert [problem.code for problem in text.problems] == ["bidi-control"]


@pytest.mark.parametrize("space", ["\r", "\x0b", "\x0c", "\u0085", "\u2028", "\u2029", "\u00a0", "\u2009", "\t", "  "])
def test_only_a_line_feed_ends_a_line_and_other_space_is_a_space(space: str):
    text = clean_text(f"Sở Y tế{space}chủ trì")
    assert text.clean == "Sở Y tế chủ trì\n"
    assert len(text.paragraphs) == 1


def test_a_carriage_return_before_the_line_feed_leaves_no_trace():
    assert clean_text("I. MỤC TIÊU\r\n1. Chỉ tiêu\r\n").clean == "I. MỤC TIÊU\n1. Chỉ tiêu\n"


def test_a_lone_surrogate_is_kept_as_it_is():
    text = clean_text("Kế hoạch \ud800 năm")
    assert text.quote(text.span(0, len(text.clean) - 1)) == "Kế hoạch \ud800 năm"


def test_foreign_digits_are_not_turned_into_digits():
    assert clean_text("đạt ٩٥% và ９５%").clean == "đạt ٩٥% và ９５%\n"


def test_200_000_marks_on_one_letter_take_linear_time_and_are_reported():
    raw = "a" + "\u0323\u0302" * 100_000 + " b"
    began = time.perf_counter()
    text = clean_text(raw)
    assert time.perf_counter() - began < 2
    assert len(text.clean) < LIMITS.marks_per_letter + 10
    assert [problem.code for problem in text.problems] == ["marks"]
    assert text.quote(text.span(0, 1)) == raw[:-2]


def test_marks_of_markdown_are_passed_over():
    text = markdown("## **II. NHIỆM VỤ**\n\nSở Y tế **chủ trì**, *phối hợp* với Sở Tài chính\\.")
    assert text.clean == "II. NHIỆM VỤ\nSở Y tế chủ trì, phối hợp với Sở Tài chính.\n"
    assert text.paragraphs[0].level == 2
    assert text.paragraphs[0].bold == len("II. NHIỆM VỤ")


def test_the_span_of_words_in_bold_leads_to_the_marked_words():
    text = markdown("đạt **95** % số hộ")
    start = text.clean.index("đạt")
    assert text.quote(text.span(start, start + 8)) == "đạt **95** %"


def test_a_plain_text_with_a_star_or_a_sign_is_no_markdown():
    assert clean_text("5 * 3 và __ và <b>").clean == "5 * 3 và __ và <b>\n"


def test_a_plain_text_that_holds_markdown_is_read_as_markdown():
    assert "**" not in clean_text("# KẾ HOẠCH\n**I. MỤC TIÊU**\n**II. NHIỆM VỤ**\n").clean


def test_a_bold_lead_in_is_measured():
    text = markdown("**1. Sở Y tế:** Hướng dẫn các xã thực hiện.")
    assert text.clean[: text.paragraphs[0].bold] == "1. Sở Y tế:"


def test_a_footnote_that_interrupts_a_sentence_stands_behind_it():
    text = markdown(
        "Hỗ trợ cho trẻ em<sup>1</sup> có hoàn cảnh\n\n<sup>1</sup> Theo báo cáo năm 2023\n\nđặc biệt khó khăn."
    )
    assert text.clean == "Hỗ trợ cho trẻ em có hoàn cảnh đặc biệt khó khăn.\nTheo báo cáo năm 2023\n"
    assert [paragraph.kind for paragraph in text.paragraphs] == ["paragraph", "footnote"]


@pytest.mark.parametrize("sentence", ["Sở Y tế[1] chủ trì lập hồ sơ[2].", "Sở Y tế[1][2] chủ trì lập hồ sơ[13]."])
def test_the_bracketed_mark_of_a_footnote_is_no_word(sentence: str) -> None:
    assert clean_text(sentence).clean == "Sở Y tế chủ trì lập hồ sơ.\n"


@pytest.mark.parametrize("sentence", ["[1] Theo niên giám", "theo mẫu [1] kèm theo", "xem[1](#ghi-chu)", "a[2025]"])
def test_other_brackets_are_words(sentence: str) -> None:
    assert clean_text(sentence).clean == f"{sentence}\n"


def test_a_joined_line_keeps_the_way_back_on_both_sides():
    text = clean_text("Phối hợp với\nSở Y tế\nvà các sở\ntổ chức thực hiện")
    start = text.clean.index(" và")
    assert text.quote(text.span(start, start + 3)) == "\nvà"


def test_two_spellings_of_the_same_words_have_one_key():
    assert fold("UỶ BAN  nhân\u00a0dân – Tỉnh") == fold("Ủy ban nhân dân - tỉnh")
    assert fold("Sở Y tế") != fold("Sở Tư pháp")


@given(hostile)
def test_cleaning_is_total_and_of_a_piece(raw: str):
    text = clean_text(raw)
    assert len(text.clean) == len(text.printed) == len(text.offsets)
    assert text == clean_text(raw)
    assert all(0 <= at < len(raw) for at in text.offsets)


@given(hostile)
def test_paragraphs_are_whole_in_order_and_their_offsets_rise(raw: str):
    text = clean_text(raw)
    assert "".join(text.clean[p.start : p.end] + "\n" for p in text.paragraphs) == text.clean
    for paragraph in text.paragraphs:
        offsets = list(text.offsets[paragraph.start : paragraph.end])
        assert "\n" not in text.clean[paragraph.start : paragraph.end]
        assert offsets == sorted(offsets)


@given(st.text(alphabet=st.sampled_from("aáoàuỷ đĐ–1%\n\r\t\u0323\u0301\u00a0"), max_size=60), st.data())
def test_a_span_quotes_the_words_that_were_matched(raw: str, data: st.DataObject):
    text = clean_text(raw)
    if not text.paragraphs:
        return
    paragraph = data.draw(st.sampled_from(text.paragraphs))
    start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
    end = data.draw(st.integers(start + 1, paragraph.end))
    if "\u0300" <= text.clean[start] <= "\u036f" or (end < paragraph.end and "\u0300" <= text.clean[end] <= "\u036f"):
        return  # in the middle of a letter
    span = text.span(start, end)
    assert 0 <= span.start < span.end <= len(raw)
    assert fold(text.quote(span)) == fold(text.printed[start:end])


@given(hostile)
def test_the_key_of_a_key_is_itself(words: str):
    assert fold(fold(words)) == fold(words)


@given(st.text(alphabet=st.sampled_from("oaeuyàáảãạèéẻẽẹỳýỷỹỵqQOAHt n"), max_size=40))
def test_placing_tones_keeps_the_length_and_does_nothing_twice(words: str):
    assert len(place_tones(words)) == len(words)
    assert place_tones(place_tones(words)) == place_tones(words)


@given(
    st.lists(
        st.sampled_from(["Uỷ ban", "hộ nghèo", "khoẻ mạnh", "95%", "32/KH–UBND", "đến năm 2030", "quý III"]),
        max_size=12,
    )
)
def test_decomposed_and_composed_text_clean_to_the_same(words: list[str]):
    raw = " ".join(words)
    assert clean_text(unicodedata.normalize("NFD", raw)).clean == clean_text(raw).clean


@pytest.mark.parametrize(("mark", "note"), [("[^{0}]", "[^{0}]: {1}"), ("<sup>{0}</sup>", "<sup>{0}</sup> {1}")])
def test_a_footnote_of_markdown_is_anchored_between_the_words_around_its_mark(mark, note):
    from vnplan.read import read_bytes

    sentence = f"Phấn đấu 95%{mark.format(1)} trẻ em, rộng 5 m<sup>2</sup>{mark.format(2)}."
    lines = [sentence, note.format(1, "Năm 2030."), f"Sở Y tế{mark.format(1)} báo cáo.", note.format(1, "Chủ trì."),
             note.format(2, "Ước.")]  # fmt: skip
    text = clean_text(read_bytes("a.md", "\n\n".join(["# KẾ HOẠCH", *lines]).encode()))
    notes = [p for p in text.paragraphs if p.kind == "footnote"]
    before = [text.clean[: note.anchor].rsplit("\n", 1)[-1] for note in notes]
    assert before == ["Phấn đấu 95%", "Sở Y tế", "Phấn đấu 95% trẻ em, rộng 5 m2"]
    assert [text.clean[note.start : note.end] for note in notes] == ["Năm 2030.", "Chủ trì.", "Ước."]


def test_a_footnote_that_interrupts_a_sentence_is_anchored_in_the_joined_sentence():
    from vnplan.model import Block, Source, Span

    raw = "Phấn đấu 95% trẻ em được\n1 Theo báo cáo.\nkhám sức khỏe."
    ends = [raw.index("\n"), raw.index("\nkh")]
    blocks = (
        Block(Span(0, ends[0])),
        Block(Span(ends[0] + 1, ends[1]), "footnote", anchor=len("Phấn đấu 95%")),
        Block(Span(ends[1] + 1, len(raw))),
    )
    text = clean_text(Source("a", "", "application/pdf", raw, blocks, "pdf-text"))
    sentence, note = text.paragraphs
    assert text.clean[sentence.start : sentence.end] == "Phấn đấu 95% trẻ em được khám sức khỏe."
    assert (note.kind, note.anchor) == ("footnote", len("Phấn đấu 95%"))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Diện tích (m<sup>2</sup>)", "Diện tích (m2)"),
        ("cấp 3,5 x 10<sup>6</sup> m<sup>3</sup>", "cấp 3,5 x 106 m3"),
        ("từ năm 2010<sup>1</sup> đến nay", "từ năm 2010 đến nay"),
        ("có 210<sup>1</sup> xã, tỷ lệ 3,10<sup>2</sup>%", "có 210 xã, tỷ lệ 3,10%"),
    ],
)
def test_a_small_figure_is_a_power_behind_a_unit_and_a_mark_behind_a_year(raw, said):
    assert markdown(raw).clean == said + "\n"


@pytest.mark.parametrize("words", ["37<sup>o</sup>C", "CO<sub>2</sub>", "thứ 2<sup>nd</sup>"])
def test_what_stands_above_the_line_and_is_no_mark_is_kept(words):
    import re

    shown = clean_text(f"# A\n**b** **c** **d**\n{words}").clean
    assert re.sub("<[^>]+>", "", words) in shown
