"""Words of several syllables, with their exact places."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnplan.segment import split_words


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text)]


def test_syllables_of_one_word_stay_together() -> None:
    assert words("Ủy ban nhân dân tỉnh bảo vệ trẻ em")[-2:] == ["bảo vệ", "trẻ em"]


def test_figures_are_left_as_they_are_written() -> None:
    text = "đạt 95 % năm 2030; 1.250,5 ha"
    assert "".join(words(text)).replace(" ", "") == text.replace(" ", "")


def test_spaces_and_lines_stand_between_words_and_never_at_their_ends() -> None:
    text = "  Chăm sóc \n\n trẻ  em  "
    assert all(word == word.strip() for word in words(text))
    assert "".join("".join(words(text)).split()) == "".join(text.split())


def test_a_word_that_is_broken_at_the_end_of_a_line_is_one_word() -> None:
    assert words("được chăm\nsóc và bảo  \r\n vệ ngay")[1:] == ["chăm\nsóc", "và", "bảo  \r\n vệ", "ngay"]


@pytest.mark.parametrize("text", ["Mục tiêu\nTrẻ em", "trẻ\n- em nhỏ", "chăm.\nsóc trẻ em", "chăm\nb) sóc trẻ em"])
def test_what_begins_anew_is_not_joined_to_the_line_above(text: str) -> None:
    assert not any("\n" in word for word in words(text))


def test_letters_of_two_code_points_are_segmented_like_those_of_one() -> None:
    text = "Nghành giáo dục chăm sóc trẻ em; đạt 95%."
    parts = words(unicodedata.normalize("NFD", text))
    assert [unicodedata.normalize("NFC", part) for part in parts] == words(text)
    assert "giáo dục" in words(text)


def test_a_figure_or_a_sign_is_not_joined_to_a_word() -> None:
    assert words("| 0,7     |     | Đông Nam Á          |")[1] == "0,7"


@pytest.mark.parametrize(
    "text",
    [
        "http://" + "." * 60,
        "a.aa/" + "." * 60,
        "h\u0336ttp://" + "(" * 60,
        "http:" * 30_000,
        "." * 100_000,
        "A." * 50_000,
        "a" + "\u0301" * 100_000,
        " \n" * 50_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    split_words(text)
    assert time.process_time() - began < 5


def test_an_address_is_one_word_without_the_signs_around_it() -> None:
    assert words("(xem https://congbao.example/van-ban?so=1591).")[1:] == [
        "xem",
        "https://congbao.example/van-ban?so=1591",
        ")",
        ".",
    ]


def test_a_line_of_a_hundred_thousand_letters_is_cut_and_read() -> None:
    text = "chăm sóc " * 12_000
    assert len(split_words(text)) == 12_000


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="aàảăâ đeêioôơuưy\u0301\u0323 \n\t.,;%/-19NĐC", max_size=120)
    | st.text(st.characters(codec=None), max_size=60)
)
def test_the_words_of_any_text_cover_its_letters_in_order(text: str) -> None:
    spans = split_words(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert not any(text[start].isspace() or text[end - 1].isspace() for start, end in spans)
