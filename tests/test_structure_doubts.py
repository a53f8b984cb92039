"""Numbers and dates that were not recognised for sure are blanks with a problem, never guesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.model import Span
from vnplan.structure import read_structure
from vnplan.structure.doubts import blank_doubts
from vnplan.text import clean_text

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n{number}\nLào Cai, {date}\nKẾ HOẠCH\nPhòng, chống thiên tai\nI. MỤC TIÊU\n1. Chung"
)
DATE = "ngày 05 tháng 3 năm 2024"
NUMBER = "Số: 12/KH-UBND"


def head(number: str = NUMBER, date: str = DATE, doubtful: str = ""):
    raw = HEAD.format(number=number, date=date)
    places = [Span(raw.index(doubtful), raw.index(doubtful) + len(doubtful))] if doubtful else []
    structure = read_structure(clean_text(raw), doubtful=places)
    problems = [(problem.code, raw[problem.span.start : problem.span.end].strip()) for problem in structure.problems
                if problem.span]  # fmt: skip
    return structure.header, problems


def test_what_is_sure_stays():
    header, problems = head()
    assert (header.number, header.date, header.place, problems) == ("12/KH-UBND", "2024-03-05", "Lào Cai", [])


@pytest.mark.parametrize("number", ["Số: 12/KH-UBND", "Số:12 /KH-UBND"])
def test_a_doubtful_number_is_none_and_its_place_is_said(number):
    header, problems = head(number, doubtful="12")
    assert (header.number, header.kind) == (None, "plan")
    assert problems == [("doubtful:number", "12")]


@pytest.mark.parametrize("number", ["Số: 2/ /KH-UBND", "Số: 6ƒ /KH-UBND", "Số: (3 /KH-UBND"])
def test_what_is_no_number_is_doubtful_however_sure_recognition_was(number):
    header, problems = head(number)
    assert header.number is None
    assert [code for code, _ in problems] == ["doubtful:number"]


def test_a_doubtful_code_makes_the_number_doubtful():
    assert head("Số: 12/KH-UBMD", doubtful="/KH-UBMD")[0].number is None


@pytest.mark.parametrize("number", ["Số: 3260-KH/HU", "Số: 30/2020/NĐ-CP", "Số: 15a/KH-UBND"])
def test_other_ways_to_write_a_number_are_numbers(number):
    header, problems = head(number)
    assert (header.number, problems) == (number.removeprefix("Số: "), [])


def test_a_blank_number_is_no_doubt():
    assert head("Số:      /KH-UBND")[1] == []


@pytest.mark.parametrize(
    ("date", "doubtful", "left"),
    [
        ("ngày 05 tháng 3 năm 2024", "05", "2024-03"),
        ("ngày 4ð tháng 3 năm 2024", "", "2024-03"),
        ("ngày-“Ôtháng đỆ năm 2024", "", "2024"),
        ("ngày 05 tháng 3 năm 2024", "3 năm", "2024"),
        ("ngày 05 tháng 3 năm 2024", "2024", None),
    ],
)
def test_of_a_date_only_what_is_sure_is_left(date, doubtful, left):
    header, problems = head(date=date, doubtful=doubtful)
    assert header.date == left
    assert [code for code, _ in problems] == ["doubtful:date"]


def test_a_comma_before_the_date_that_was_read_as_a_stop_is_one():
    text, problems = blank_doubts(clean_text(HEAD.format(number=NUMBER, date=DATE).replace("Cai,", "Cai.")), ())
    assert problems == ()
    assert read_structure(text).header.place == "Lào Cai"


def test_a_number_that_is_cited_below_the_head_is_left_alone():
    raw = HEAD.format(number=NUMBER, date=DATE) + "\nCăn cứ Quyết định Số: 2/ /QĐ-TTg"
    assert blank_doubts(clean_text(raw), ())[1] == ()


@given(st.text(), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200))))
def test_any_text_is_taken_and_keeps_its_length(raw, places):
    text = clean_text(raw)
    blanked, problems = blank_doubts(text, [Span(min(place), max(place)) for place in places])
    assert len(blanked.clean) == len(text.clean)
    assert blanked.printed == text.printed
    assert all(0 <= p.span.start <= p.span.end <= len(raw) for p in problems if p.span)


def test_a_day_or_month_that_no_calendar_has_is_doubtful_however_sure_recognition_was():
    header, problems = head(date="ngày 45 tháng 3 năm 2024")
    assert (header.date, problems) == ("2024-03", [("doubtful:date", "45")])
    header, problems = head(date="ngày 05 tháng 31 năm 2024")
    assert (header.date, problems) == ("2024", [("doubtful:date", "31")])
