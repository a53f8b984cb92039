"""Hostile files: each ends in its failure code, or is read whole; none is an empty success."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from poison import pdf, word

from vnplan.errors import ReadError
from vnplan.read import read_bytes

FAILS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("C1 truncated", "damaged", pdf.truncated),
    ("C1 header only", "damaged", pdf.header_only),
    ("C1 garbage", "damaged", pdf.garbage),
    ("C2 user password", "encrypted", lambda: pdf.encrypted(b"secret")),
    ("C4 image only", "no-text", pdf.image_only),
    ("C8 page tree cycle", "damaged", pdf.page_tree_cycle),
    ("C9 deep page tree", "damaged", pdf.deep_page_tree),
    ("C10 many pages", "too-many-pages", pdf.many_pages),
    ("D1 truncated", "damaged", word.truncated),
    ("D1 no document", "damaged", word.without_document),
    ("D1 checksum", "damaged", word.bad_checksum),
    ("D1 locked", "damaged", word.locked_member),
    ("D1 stream", "damaged", word.broken_stream),
    ("D2 bomb", "too-big-inside", word.bomb),
    ("D2 long text", "too-big-inside", lambda: word.bomb(12)),
    ("D3 bomb in pieces", "too-big-inside", word.bomb_in_pieces),
    ("D4 many elements", "too-big-inside", word.many_elements),
    ("D5 lying size", "damaged", word.lying_size),
    ("D6 many members", "too-many-parts", lambda: word.many_members(3000)),
    ("D8 external entity", "doctype", lambda: word.doctype(word.EXTERNAL)),
    ("D9 parameter entity", "doctype", lambda: word.doctype(word.PARAMETER)),
    ("D10 billion laughs", "doctype", lambda: word.doctype(word.LAUGHS)),
    ("D11 UTF-16", "doctype", lambda: word.doctype(word.EXTERNAL, encoding="utf-16")),
    ("D13 deep", "too-deep", word.deep),
]


@pytest.mark.parametrize(("code", "build"), [row[1:] for row in FAILS], ids=[row[0] for row in FAILS])
def test_a_hostile_file_fails_with_its_code(code, build):
    with pytest.raises(ReadError) as caught:
        read_bytes("a.bin", build())
    assert caught.value.code == code


@pytest.mark.parametrize("build", [word.dangling_relation, word.nested, word.slip])
def test_a_strange_word_file_is_read(build, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_bytes("a.docx", build()).text == "Kế hoạch năm 2026"
    assert list(tmp_path.iterdir()) == []
    assert not Path("/abs.txt").exists()


def test_our_own_depth_limit_holds_where_the_parser_has_none(monkeypatch):
    from lxml import etree

    parser = etree.XMLParser
    monkeypatch.setattr(etree, "XMLParser", lambda **options: parser(**{**options, "huge_tree": True}))
    with pytest.raises(ReadError) as caught:
        read_bytes("a.docx", word.deep(1000))
    assert caught.value.code == "too-deep"


def test_a_parser_that_another_library_changed_reads_no_other_file(tmp_path):
    from lxml import etree

    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    etree.set_default_parser(etree.XMLParser(resolve_entities=True))
    try:
        with pytest.raises(ReadError):
            read_bytes("a.docx", word.doctype(f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'))
    finally:
        etree.set_default_parser(None)


def test_a_pdf_behind_junk_or_before_an_archive_is_a_pdf():
    good = pdf.assemble(pdf.one_page(pdf.PLAIN_PAGE * 3))
    assert "Ke hoach" in read_bytes("a.txt", good + word.nested()).text
    for junk, code in ((b"junk\n" * 180, None), (b"junk\n" * 300, "not a PDF")):
        try:
            media_type = read_bytes("a.pdf", junk + good).media_type
        except ReadError as error:
            media_type = error.code
        assert (media_type in ("application/pdf", "damaged")) is (code is None)
