"""Every budget of the readers fires: small limits, honest files, and the code of the failure table."""

from __future__ import annotations

import pytest
from poison import pages, pdf, word

from vnplan.errors import ReadError
from vnplan.limits import Limits
from vnplan.read import read_bytes

SENTENCE = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành thực hiện. "
TEXT = (SENTENCE * 20).encode()
PAGE = f"<html><body>{f'<p>{SENTENCE}' * 20}".encode()
WORD = word.word(word.paragraph(SENTENCE) * 20)
THREE_PAGES = pdf.many_pages(3)


@pytest.mark.parametrize(
    ("limit", "value", "code", "name", "data"),
    [
        ("file_bytes", 100, "too-big", "a.txt", TEXT),
        ("text", 100, "too-big", "a.txt", TEXT),
        ("text", 100, "too-big", "a.html", PAGE),
        ("text", 100, "too-big", "a.docx", WORD),
        ("text", 10, "too-big", "a.pdf", THREE_PAGES),
        ("pages", 2, "too-many-pages", "a.pdf", THREE_PAGES),
        ("archive_bytes", 1000, "too-big-inside", "a.docx", WORD),
        ("member_bytes", 1000, "too-big-inside", "a.docx", WORD),
        ("members", 1, "too-many-parts", "a.docx", WORD),
        ("xml_elements", 50, "too-big-inside", "a.docx", WORD),
        ("xml_elements", 2, "too-big-inside", "a.html", PAGE),
        ("xml_depth", 5, "too-deep", "a.docx", word.deep(10)),
        ("html_depth", 20, "too-deep", "a.html", pages.nested_divs(30)),
    ],
)
def test_a_limit_ends_in_its_code_and_can_be_raised(limit, value, code, name, data):
    with pytest.raises(ReadError) as caught:
        read_bytes(name, data, limits=Limits(**{limit: value}))
    assert caught.value.code == code
    assert caught.value.message.startswith(f"{name}: ")
    assert read_bytes(name, data).text


def test_exactly_as_much_as_the_limit_is_read():
    assert read_bytes("a.txt", TEXT, limits=Limits(file_bytes=len(TEXT), text=len(TEXT.decode()))).text
    assert read_bytes("a.pdf", THREE_PAGES, limits=Limits(pages=3)).pages == 3
    assert read_bytes("a.docx", WORD, limits=Limits(members=2)).text
