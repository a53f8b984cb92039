"""What is read of PDF files against what another parser reads of them, and against what was drawn."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable

import pytest
from pdf_pages import HEAD, body, draw, letterhead, rules, turned, with_notes

from vnplan.read import read_bytes

PROSE = (
    "kế hoạch thực hiện chương trình mục tiêu quốc gia giảm nghèo bền vững trên địa bàn tỉnh giai đoạn nhiệm vụ giải "
    "pháp chủ yếu tổ chức rà soát đánh giá ủy ban nhân dân các sở ngành phối hợp kinh phí nguồn vốn ngân sách chỉ đạo "
    "đẩy mạnh tuyên truyền nâng cao nhận thức người dân hỗ trợ sinh kế đào tạo nghề việc làm y tế giáo dục nước sạch"
)
SYLLABLES = PROSE.split()


def page_of(number: int, seen: list[str]) -> Callable[..., None]:
    """Return a page of random text, set in one of several ways, and add the words that it draws to ``seen``."""
    chance = random.Random(number)

    def sentence(count: int) -> str:
        found = [chance.choice(SYLLABLES) for _ in range(count)]
        if chance.random() < 0.4:
            found[chance.randrange(count)] = chance.choice(["95%", "2.000", "31/12/2026", "12/KH-UBND", "1,5"])
        return " ".join(found)

    def page(canvas) -> None:
        size = chance.choice([10, 12, 13])
        y = 790.0
        while y > 60:
            font = chance.choice(["Serif", "Serif", "SerifBold"])
            canvas.setFont(font, size)
            indent = chance.choice([0, 0, 30])
            words = sentence(10 if indent else 11)
            seen.extend(words.split())
            way = number % 4
            if way == 0:
                canvas.drawString(70 + indent, y, words)
            elif way == 1:  # word by word
                x = 70.0 + indent
                for word in words.split():
                    canvas.drawString(x, y, word)
                    x += canvas.stringWidth(word + " ", font, size)
            elif way == 2:  # set to the full width
                line = canvas.beginText(70 + indent, y)
                line.setWordSpace(chance.random() * 4)
                line.textOut(words)
                line.setWordSpace(0)
                canvas.drawText(line)
            else:  # letter by letter
                x = 70.0 + indent
                for letter in words:
                    canvas.drawString(x, y, letter)
                    x += canvas.stringWidth(letter, font, size)
            y -= 1.4 * size

    return page


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def other_words(data: bytes) -> set[str]:
    """Return the words that pdfplumber reads."""
    import pdfplumber

    found: set[str] = set()
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found |= words_of(page.extract_text() or "")
    return found


def test_random_pages_are_read_as_they_were_drawn_and_as_another_parser_reads_them():
    seen: list[str] = []
    data = draw(*(page_of(number, seen) for number in range(12)))
    text = read_bytes("a.pdf", data).text
    own, other = words_of(text), other_words(data)
    assert len(own & other) >= 0.98 * len(own | other), own ^ other
    drawn = "".join(seen)
    assert 0.99 * len(drawn) <= len(re.sub(r"\s", "", text)) <= 1.01 * len(drawn)
    assert [*words_of(" ".join(seen)) - own] == []


def table(canvas) -> None:
    body(canvas, 790, 5)
    rules(canvas, [70, 110, 400, 520], [HEAD, *([str(n), f"Rà soát {n}", f"Quý {n}"] for n in range(1, 9))], 600)
    body(canvas, 300, 5)


def columns(canvas) -> None:
    for number in range(30):
        canvas.drawString(50, 780 - 14 * number, f"Cột trái dòng {number}")
        canvas.drawString(310, 780 - 14 * number, f"Cột phải dòng {number}")


@pytest.mark.parametrize("page", [letterhead, table, columns, body])
def test_the_words_of_a_page_are_those_that_another_parser_reads(page):
    data = draw(page)
    own, other = words_of(read_bytes("a.pdf", data).text), other_words(data)
    assert len(own & other) >= 0.98 * len(own | other), own ^ other


@pytest.mark.parametrize(
    "page", [letterhead, table, columns, with_notes, body, *(turned(n, 90 * n) for n in range(4)), turned(1, 0)]
)
def test_nine_tenths_of_the_characters_that_were_drawn_come_out(page):
    drawn: list[str] = []

    def watch(canvas) -> None:
        for name, at in (("drawString", 2), ("drawCentredString", 2)):
            real = getattr(canvas, name)

            def draw_words(*given, real=real, at=at, **more):
                drawn.append(given[at])
                return real(*given, **more)

            setattr(canvas, name, draw_words)
        page(canvas)

    text = re.sub(r"\s", "", read_bytes("a.pdf", draw(watch)).text)
    put_in = re.sub(r"\s", "", "".join(drawn))
    assert 0.9 * len(put_in) <= len(text) <= len(put_in)
