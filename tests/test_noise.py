"""The benchmark of noise: disturbed text, and the way from a quote to where its words stand then."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"

TEXT = "KẾ HOẠCH\n\n1. Mục tiêu\n\nPhấn đấu 95% trẻ em mồ côi được chăm sóc thay thế trước ngày 30/11/2024.\n"


@pytest.fixture(scope="module")
def noise():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import noise

        yield noise
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.mark.parametrize("kind", ["ocr", "scan", "wraps", "nfd", "diacritics", "spaces", "headings"])
def test_every_kind_disturbs_the_same_way_every_time_and_knows_where_letters_come_from(noise, kind: str):
    disturb, amounts, _, _ = noise.KINDS[kind]
    first, again = (disturb(TEXT * 20, amounts[-1], random.Random("seed")) for _ in range(2))
    assert first.letters == again.letters and "".join(first.letters) != TEXT * 20
    assert len(first.letters) == len(first.origins)
    assert first.origins == sorted(first.origins)


def test_lines_are_broken_where_the_next_word_does_not_fit(noise):
    broken = "".join(noise.wraps(TEXT, 40, random.Random(1)).letters)
    assert max(map(len, broken.splitlines())) <= 40
    assert broken.split() == TEXT.split()
    assert "".join(noise.wraps("a\tb c d", 3, random.Random(1)).letters) == "a\tb c d"


def test_words_without_diacritics_keep_their_letters(noise):
    assert "".join(noise.bare("Đề án trẻ em", 1.0, random.Random(1)).letters) == "De an tre em"


def test_a_quote_is_followed_into_the_disturbed_text(noise):
    disturbed = noise.spaces(TEXT, 1.0, random.Random(1))
    document = noise.read_text(TEXT)
    moved = noise.Moved(noise.Places(document.text), disturbed.origins)
    (span,) = moved.find(["95% trẻ em"])
    assert "".join(disturbed.letters)[span.start : span.end] == "95%  trẻ  em"


def test_what_was_taken_out_is_not_found(noise):
    disturbed = noise.headings(TEXT, 1.0, random.Random(1))
    assert "Mục tiêu" not in "".join(disturbed.letters)
    moved = noise.Moved(noise.Places(noise.read_text(TEXT).text), disturbed.origins)
    assert next(moved.find(["1. Mục tiêu"])) is None


def test_misread_letters_come_to_the_amount_that_is_asked_for(noise):
    text = TEXT * 400
    wrong = sum(a != b for a, b in zip(noise.nfd(text, 0.0, random.Random(1)).letters, text, strict=True))
    assert wrong == 0
    misread = noise.ocr(text, 0.02, random.Random(1))
    kept = sum(text[origin] == letter for letter, origin in zip(misread.letters, misread.origins, strict=True))
    assert 0.01 < 1 - kept / len(text) < 0.03
