"""Words of several syllables, with their exact places."""

from __future__ import annotations

from itertools import pairwise

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


def test_a_line_of_a_hundred_thousand_letters_is_cut_and_read() -> None:
    text = "chăm sóc " * 12_000
    assert len(split_words(text)) == 12_000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aàảăâ đeêioôơuưy\u0301\u0323 \n\t.,;%/-19NĐC", max_size=120))
def test_the_words_of_any_text_cover_its_letters_in_order(text: str) -> None:
    spans = split_words(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
