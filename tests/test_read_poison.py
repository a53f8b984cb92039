"""Hostile files: each ends in its failure code, or is read whole; none is an empty success."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from poison import doc, pages, pdf, word

from vnplan.errors import ReadError
from vnplan.read import read_bytes

SECONDS = 30  # far more than any of them needs; what hangs would need hours
_READ = """
import sys
from vnplan.errors import ReadError
from vnplan.read import read_source
try:
    print(len(read_source(sys.argv[1]).text))
except ReadError as error:
    print(error.code)
"""


def read_apart(path: Path, seconds: float = SECONDS) -> str:
    """Return the code, or the number of characters, that a process of its own gets out of a file."""
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stderr == ""
    return done.stdout.strip()


FAILS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("C1 truncated", "damaged", pdf.truncated),
    ("C1 header only", "damaged", pdf.header_only),
    ("C1 garbage", "damaged", pdf.garbage),
    ("C2 user password", "encrypted", lambda: pdf.encrypted(b"secret")),
    ("C4 image only", "no-text", pdf.image_only),
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
    ("D15 encrypted", "encrypted", doc.encrypted),
    ("D15 truncated", "damaged", doc.truncated),
    ("D15 cut in its header", "damaged", doc.cut_in_header),
    ("D15 circle of sectors", "damaged", doc.circular),
    ("D15 huge stream", "damaged", doc.huge_stream),
    ("D15 many tables of sectors", "damaged", doc.many_tables),
    ("D15 huge small streams", "damaged", doc.huge_mini),
    ("D15 deep directory", "damaged", doc.deep_directory),
    ("D15 no document", "unsupported", doc.without_document),
    ("D15 no tables", "damaged", doc.without_tables),
    ("D15 piece outside", "damaged", doc.piece_outside),
    ("D15 pieces out of order", "damaged", doc.pieces_out_of_order),
    ("D15 long story", "damaged", doc.long_story),
    ("D15 negative story", "damaged", doc.negative_story),
    ("D15 page outside", "damaged", doc.page_outside),
    ("D15 part outside", "damaged", doc.part_outside),
    ("D15 overwritten text", "damaged", doc.overwritten),
    ("D15 long text", "too-big", lambda: doc.many_pieces(30_000, 1_000)),
]


@pytest.mark.parametrize(("code", "build"), [row[1:] for row in FAILS], ids=[row[0] for row in FAILS])
def test_a_hostile_file_fails_with_its_code(code, build):
    with pytest.raises(ReadError) as caught:
        read_bytes("a.bin", build())
    assert caught.value.code == code


APART: list[tuple[str, str, Callable[[], bytes]]] = [
    ("C8 page tree cycle.pdf", "damaged", pdf.page_tree_cycle),
    ("C9 deep page tree.pdf", "damaged", pdf.deep_page_tree),
    ("C10 many pages.pdf", "too-many-pages", pdf.many_pages),
    ("C11 form loop.pdf", "18", pdf.form_loop),
    ("C13 previous loop.pdf", "18", pdf.previous_loop),
    ("C13 length of itself.pdf", "18", pdf.length_of_itself),
    ("C14 nested arrays.pdf", "damaged", pdf.nested_arrays),
    ("C19 active.pdf", "18", pdf.active),
    ("drawing.pdf", "170", pdf.drawing),
    ("E1 deep.html", "31", lambda: pages.nested_divs(300)),
    ("E1 too deep.html", "too-deep", lambda: pages.nested_divs(50_000)),
    ("E2 open tags.html", "too-deep", lambda: pages.open_tags("div")),
    ("cells.html", "26999", pages.far_reaching_cells),
    ("cells.md", "510024", pages.wide_row),
    ("tall cells.docx", "1999", word.tall_cells),
    ("boxes.docx", "239", word.boxes_in_boxes),
    ("notes.docx", "4008", word.repeated_note),
    ("pieces.doc", "19980000", lambda: doc.many_pieces(13_320, 1_500)),
    ("letters.doc", "400000", lambda: doc.many_pieces(400_000)),
]


@pytest.mark.parametrize(("name", "expected", "build"), APART, ids=[row[0] for row in APART])
def test_a_file_that_could_hang_a_parser_ends_in_time(name, expected, build, tmp_path):
    (tmp_path / name).write_bytes(build())
    assert read_apart(tmp_path / name) == expected


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("C15 scattered.pdf", pdf.scattered),
        ("E2 closed tags.html", lambda: f"<p>{'<b>Kế hoạch </b>' * 100_000}".encode()),
        ("depths.html", pages.repeated_at_every_depth),
    ],
)
def test_a_costly_file_is_read_in_time_and_not_empty(name, build, tmp_path):
    (tmp_path / name).write_bytes(build())
    assert int(read_apart(tmp_path / name)) > 5_000


def test_active_content_is_told():
    assert [problem.code for problem in read_bytes("a.pdf", pdf.active()).problems] == ["active-content"]


def test_a_scan_without_height_has_no_text():
    flat = pdf.image_only().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 0.1]")
    with pytest.raises(ReadError) as caught:
        read_bytes("a.pdf", flat)
    assert caught.value.code == "no-text"


def test_a_map_is_read_line_by_line_and_says_so():
    source = read_bytes("a.pdf", pdf.drawing())
    assert {block.kind for block in source.blocks} == {"line"}
    assert [problem.code for problem in source.problems] == ["map"]


def test_a_table_on_a_map_is_unread():
    source = read_bytes("a.pdf", pdf.drawing(table=True))
    assert {block.kind for block in source.blocks} == {"line"}
    assert [problem.code for problem in source.problems] == ["unread:tables"]


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
