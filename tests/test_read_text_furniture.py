"""Page numbers and running heads in plain text that was made from pages."""

from __future__ import annotations

import pytest

from vnplan.read import read_bytes
from vnplan.text import clean_text

LINE = "Sở số {} chủ trì, phối hợp với các sở, ban, ngành liên quan và Ủy ban nhân dân các xã tổ chức"


def pages(count: int = 4, lines: int = 20) -> list[str]:
    """Return pages of one long sentence."""
    return ["\n".join(LINE.format(page * lines + line) for line in range(lines)) for page in range(count)]


def join(form: str, count: int = 4) -> str:
    """Return the pages with what stands between them; ``{}`` is the number of the page that begins."""
    first, *rest = pages(count)
    return first + "".join(form.format(number) + page for number, page in enumerate(rest, 2)) + " thực hiện."


BREAKS = ["\n{}\n", "\n\n{}\n\n", "\n- {} -\n", "\nTrang {}\n", "\n\n   {}\n\n", "\f", "\n\f{}\n\n", "\n\n\f- {} -\n"]


@pytest.mark.parametrize("form", BREAKS)
def test_a_sentence_goes_on_over_the_pages(form):
    source = read_bytes("a.txt", join(form).encode())
    text = clean_text(source)
    assert source.pages == 4
    assert len(text.paragraphs) == 1
    assert text.clean.count("Sở số") == 80
    assert "số 20 chủ trì" in text.clean
    assert [block.page for block in source.blocks[::20]] == [1, 2, 3, 4]


@pytest.mark.parametrize("form", BREAKS)
def test_what_is_read_is_the_file_itself(form):
    raw = join(form)
    assert read_bytes("a.txt", raw.encode()).text == raw


def test_running_heads_and_feet_between_form_feeds_are_no_blocks():
    raw = "\f".join(f"Kế hoạch năm 2026, trang {n}\n{page}\nPhòng Tổng hợp" for n, page in enumerate(pages(), 1))
    source = read_bytes("a.txt", raw.encode())
    lines = [source.text[block.span.start : block.span.end] for block in source.blocks]
    assert [line for line in lines if not line.startswith("Sở số")] == ["Kế hoạch năm 2026, trang 1", "Phòng Tổng hợp"]


def test_the_numbers_of_the_rows_of_a_table_are_blocks():
    rows = "\n".join(f"{number}\nRà soát danh sách lần {number}.\nQuý I năm 2026." for number in range(1, 20))
    assert len(read_bytes("a.txt", rows.encode()).blocks) == 57


def test_numbers_behind_whole_sentences_a_page_apart_are_blocks():
    rows = "\n".join(f"{number}\n" + "Hoàn thành việc rà soát.\n" * 20 for number in range(1, 6))
    assert sum(len(read_bytes("a.txt", rows.encode()).text[b.span.start : b.span.end]) == 1
               for b in read_bytes("a.txt", rows.encode()).blocks) == 5  # fmt: skip


def test_a_number_that_stands_alone_once_is_a_block():
    raw = join("\n{}\n", 2)
    assert "\n2\n" in raw
    assert len(read_bytes("a.txt", raw.encode()).blocks) == 41
