"""Old Word files: what a reader of the printed page sees, as a .docx of the same document gives it."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from builder.doc import to_doc
from builder.doc_file import Cell, Element, Options, Paragraph, Run, Table
from builder.doc_pages import sprm
from builder.doc_parts import Level, Style
from builder.markup import parse
from builder.word import to_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from poison import doc

from vnplan.errors import FAILURE_CODES, ReadError
from vnplan.limits import Limits
from vnplan.model import Source
from vnplan.read import doc_programs, read_bytes

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "sources"
SOURCES = sorted(
    path for family in ("child-mental-health", "social-assistance") for path in (CORPUS / family).glob("*.plan")
)


def read(*elements: Element, options: Options | None = None) -> Source:
    return read_bytes("a.doc", doc.of(*elements, options=options))


def words(source: Source, kind: str | None = None) -> list[str]:
    return [source.text[b.span.start : b.span.end] for b in source.blocks if kind in (None, b.kind)]


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def line(text: str, **more: object) -> Paragraph:
    return Paragraph((Run(text),), **more)  # type: ignore[arg-type]


def cell(text: str, columns: int = 1, joins: str = "") -> Cell:
    return Cell((line(text),), columns, joins)


def described(source: Source) -> list[tuple[object, ...]]:
    return [
        (source.text[b.span.start : b.span.end], b.kind, b.cell, b.bold, b.centred, b.level, b.page, b.anchor)
        for b in source.blocks
    ]


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stem != "article"], ids=lambda path: path.stem)
def test_a_sample_document_reads_the_same_as_its_docx(path):
    plan = parse(path)
    old, new = read_bytes("a.doc", to_doc(plan)), read_bytes("a.docx", to_docx(plan))
    assert described(old) == described(new)
    assert old.text == new.text
    assert (old.text_from, old.media_type) == ("doc", "application/msword")


@pytest.mark.parametrize("path", SOURCES[:2], ids=lambda path: path.stem)
def test_the_writer_gives_the_same_bytes_every_time(path):
    assert to_doc(parse(path)) == to_doc(parse(path))


@pytest.mark.parametrize("options", [Options(compress=True), Options(fast=True), Options(compress=True, fast=True)])
def test_the_pieces_of_a_text_are_put_together(options):
    lines = ["Kế hoạch", "So 12", "Cộng hòa", "Fast saved – “text”", "Cuối"]
    assert words(read(*map(line, lines), options=options)) == lines


def test_a_piece_may_change_how_its_text_is_set():
    bold, hidden = 0x55 << 1 | 1 << 8, 0x5C << 1 | 1 << 8
    source = read(line("Một"), line("Hai"), line("Ba"), options=Options(fast=True, changes={0: bold, 1: hidden}))
    assert (words(source), source.blocks[0].bold, codes(source)) == (["Một", "Ba"], 3, ["hidden-text"])


def test_a_piece_may_refer_to_a_list_of_changes():
    options = Options(fast=True, changes={1: 1 << 1 | 1}, prepared=[sprm(0x083C, 1), sprm(0x2461, 1) + sprm(0x0835, 1)])
    source = read(line("Một"), line("Hai"), options=options)
    assert [(b.centred, b.bold) for b in source.blocks] == [(False, 0), (True, 3)]


def test_automatic_numbers_stand_in_the_text_as_word_shows_them():
    levels = (
        Level("upperRoman", "%1."), Level("decimal", "%1.%2.", legal=True), Level("lowerLetter", "%3)", follows=1),
        Level("bullet", "\uf0b7"),
    )  # fmt: skip
    depths = (0, 1, 2, 3, 2, 1, 2, 0, 1)
    source = read(*(line("x", level=depth) for depth in depths), options=Options(lists=[levels]))
    assert words(source) == ["I. x", "1.1. x", "a) x", "- x", "b) x", "1.2. x", "a) x", "II. x", "2.1. x"]


def test_a_start_that_is_overridden_counts_from_there():
    options = Options(starts=[(0, {}), (0, {0: 5})])
    assert words(read(line("Một", level=0), line("Năm", level=0, number=2), line("Sáu", level=0, number=2),
                      options=options)) == ["I. Một", "V. Năm", "VI. Sáu"]  # fmt: skip


def test_a_level_that_never_restarts_goes_on_counting():
    levels = (Level("upperRoman", "%1."), Level("decimal", "%2.", restart=0))
    source = read(*(line("x", level=depth) for depth in (0, 1, 0, 1)), options=Options(lists=[levels]))
    assert words(source) == ["I. x", "1. x", "II. x", "2. x"]


def test_a_style_numbers_its_paragraphs_and_list_0_takes_the_number_away():
    styles = [
        Style(1, "heading 1", sprm(0x260A, 0) + sprm(0x460B, 1) + sprm(0x2461, 1) + sprm(0x2640, 0), sprm(0x0835, 1)),
        Style(20, "Own", base=1),
    ]
    source = read(
        line("Mục tiêu", style=1), line("Không số", style=20, extra=sprm(0x460B, 0)), options=Options(styles=styles)
    )
    assert [(*item[:1], *item[3:6]) for item in described(source)] == [
        ("I. Mục tiêu", 11, True, 1),
        ("Không số", 8, True, 1),
    ]


def test_a_heading_of_words_own_has_its_level_without_saying_so():
    assert read(line("Chương", style=2), options=Options(styles=[Style(2, "heading 2")])).blocks[0].level == 2


def test_a_switch_of_a_run_turns_over_what_its_style_says():
    styles = [Style(20, "Bold", characters=sprm(0x0835, 1))]
    runs = (Run("Đậm"), Run(" thường", extra=sprm(0x0835, 0x81)))
    assert read(Paragraph(runs, style=20), options=Options(styles=styles)).blocks[0].bold == 3


def test_deleted_text_is_out_and_inserted_text_is_in():
    runs = (Run("80%", deleted=True), Run("90%", inserted=True), Run(" trẻ em"))
    assert words(read(Paragraph(runs))) == ["90% trẻ em"]


def test_hidden_and_struck_text_is_out_and_reported():
    source = read(line("Kế hoạch"), Paragraph((Run("ẩn", hidden=True),)), Paragraph((Run("xóa", struck=True),)))
    assert (words(source), codes(source)) == (["Kế hoạch"], ["hidden-text", "struck-text"])


SHADE = struct.pack("<HB4s4sH", 0xCA71, 10, b"\0\0\0\xff", b"\xc0\xc0\xc0\0", 0)
WHITE = struct.pack("<H4s", 0x6870, b"\xff\xff\xff\0")


@pytest.mark.parametrize("extra", [WHITE, sprm(0x2A42, 8), sprm(0x4A43, 2)])
def test_white_and_tiny_letters_are_hidden_text(extra):
    source = read(Paragraph((Run("Đạt 95%"), Run(" chết 59%", extra=extra))))
    assert (words(source), codes(source)) == (["Đạt 95%"], ["hidden-text"])
    assert source.problems[0].message.endswith("they hold a number")


def test_white_letters_on_a_ground_are_seen():
    filled = Table(((Cell((Paragraph((Run("ô", extra=WHITE),)),)),),), extra=b"\x12\xd6\x0a" + SHADE[3:])
    ground = b"\x4d\xc6" + SHADE[2:]
    source = read(
        Paragraph((Run("chữ", extra=WHITE + SHADE),)), Paragraph((Run("đoạn", extra=WHITE),), extra=ground), filled,
        Paragraph((Run("sáng", extra=WHITE + sprm(0x2A0C, 7)), Run("ẩn", extra=WHITE))),
    )  # fmt: skip
    assert (words(source), codes(source)) == (["chữ", "đoạn", "ô", "sáng"], ["hidden-text"])


def test_a_figure_above_the_line_marks_a_footnote_that_was_set_by_hand():
    raised = sprm(0x2A48, 1)
    source = read(
        Paragraph((Run("Toàn tỉnh có 100 xã"), Run("1", extra=raised), Run(", rộng 5 km"), Run("2", extra=raised))),
        Paragraph((Run("1", extra=raised), Run(" Theo báo cáo."))),
    )
    assert words(source) == ["Toàn tỉnh có 100 xã, rộng 5 km2", " Theo báo cáo."]
    assert source.blocks[1].anchor == len("Toàn tỉnh có 100 xã")


def test_a_mark_that_the_author_typed_is_no_part_of_the_sentence():
    data = doc.of(Paragraph((Run("Kế hoạch", note="Ghi chú"), Run(" này"))))
    data = data.replace("hoạch\x02 này".encode("utf-16-le"), "hoạch* này".encode("utf-16-le"))
    assert words(read_bytes("a.doc", data)) == ["Kế hoạch này", "Ghi chú"]


def test_a_footnote_follows_its_paragraph_and_leaves_no_mark_in_the_sentence():
    source = read(
        Paragraph((Run("Toàn tỉnh có 100 xã", note=" Theo báo cáo.\nĐoạn hai."), Run(", phường."))), line("Tiếp theo")
    )
    assert words(source) == ["Toàn tỉnh có 100 xã, phường.", " Theo báo cáo.", "Đoạn hai.", "Tiếp theo"]
    assert words(source, "footnote") == [" Theo báo cáo.", "Đoạn hai."]
    assert [b.anchor for b in source.blocks] == [None, len("Toàn tỉnh có 100 xã"), len("Toàn tỉnh có 100 xã"), None]


def test_the_place_of_a_mark_is_known_behind_a_line_break():
    source = read(line("Trước"), Paragraph((Run("KẾ HOẠCH\x0bThực hiện", note="Ghi chú"), Run(" ngay")), centred=True))
    (note,) = (b for b in source.blocks if b.kind == "footnote")
    assert note.anchor is not None
    assert source.text[: note.anchor].endswith("\nThực hiện")


def test_of_a_field_its_result_is_read():
    runs = (Run("Trang "), Run("12", instruction="PAGE"), Run(" của "), Run("x", instruction='HYPERLINK "http://a"'))
    assert words(read(Paragraph(runs))) == ["Trang 12 của x"]


def test_a_field_in_the_instruction_of_another_is_out():
    assert words(read(line('a\x13 IF \x13 PAGE \x141\x15 = 1 "b" \x14kết quả\x15c'))) == ["akết quảc"]


def test_a_field_that_never_ends_hides_nothing():
    assert words(read(line("a\x13 PAGE còn lại"), line("Đoạn sau"))) == ["a PAGE còn lại", "Đoạn sau"]


def test_an_embedded_sheet_is_said_and_a_formula_is_not():
    assert codes(read(line("Bảng chỉ tiêu\x13 EMBED Equation.3 \x14\x15"))) == []
    assert codes(read(line("Bảng chỉ tiêu\x13 EMBED Excel.Sheet.8 \x14\x15"))) == ["active-content"]


def test_the_text_of_a_frame_follows_the_paragraph_that_it_is_anchored_in():
    source = read(Paragraph((Run("Đoạn", box="Trong khung"), Run(" này"))), line("Sau"))
    assert words(source) == ["Đoạn này", "Trong khung", "Sau"]


def test_a_soft_line_break_divides_titles_and_not_sentences():
    source = read(
        Paragraph((Run("KẾ HOẠCH\x0bThực hiện", True),), centred=True), line("chủ trương của\x0bĐảng và tỉnh")
    )
    assert words(source) == ["KẾ HOẠCH", "Thực hiện", "chủ trương của", "Đảng và tỉnh"]


def test_tabs_stay_and_signs_of_word_become_letters():
    source = read(line("Trái\tphải"), line("A\x1eB\x1fC"), Paragraph((Run("", symbol=0xF0B3), Run(" 95%"))))
    assert words(source) == ["Trái\tphải", "A-BC", "≥ 95%"]


def test_small_letters_that_are_shown_as_capitals_are_capitals():
    assert words(read(Paragraph((Run("kế hoạch", extra=sprm(0x083B, 1)),)))) == ["KẾ HOẠCH"]


def test_pages_are_counted_by_breaks():
    source = read(line("Một"), line("\x0c"), line("Hai\x0cBa"), line("Bốn", new_page=True))
    assert [(b.page, text) for b, text in zip(source.blocks, words(source), strict=True)] == [
        (1, "Một"), (2, "Hai"), (3, "Ba"), (4, "Bốn"),
    ]  # fmt: skip
    assert source.pages == 4


def test_bold_at_the_beginning_is_measured():
    assert read(Paragraph((Run("1. Mục tiêu", True), Run(": chung")))).blocks[0].bold == len("1. Mục tiêu")


def places(source: Source) -> dict[str, tuple[int, int, int, int]]:
    return {
        text: (b.cell.row, b.cell.column, b.cell.rows, b.cell.columns)
        for b, text in zip(source.blocks, words(source), strict=True)
        if b.cell is not None
    }


@pytest.mark.parametrize("flags", [False, True])
def test_cells_that_are_joined_reach_over_columns_and_rows(flags):
    rows = (
        (cell("A", joins="restart"), cell("B", 2)),
        (cell("", joins="continue"), cell("C"), cell("D")),
        (cell("E", 2), cell("F")),
    )
    assert places(read(Table(rows, flags=flags))) == {
        "A": (0, 0, 2, 1), "B": (0, 1, 1, 2), "C": (1, 1, 1, 1), "D": (1, 2, 1, 1), "E": (2, 0, 1, 2),
        "F": (2, 2, 1, 1),
    }  # fmt: skip


def test_what_stands_in_a_cell_that_is_covered_is_hidden_text():
    source = read(Table(((cell("A", joins="restart"),), (cell("che", joins="continue"),))))
    assert (places(source), codes(source)) == ({"A": (0, 0, 2, 1)}, ["hidden-text"])


def test_a_table_in_a_cell_is_written_as_paragraphs_of_the_cell():
    inner = Table(((cell("a"), cell("b")),))
    source = read(Table(((Cell((line("Trước"), inner, line("Sau"))), cell("Phải")),)), line("Dưới"))
    assert words(source) == ["Trước", "a", "b", "Sau", "Phải", "Dưới"]
    assert [b.cell.column if b.cell else None for b in source.blocks] == [0, 0, 0, 0, 1, None]


def test_two_tables_are_two():
    source = read(Table(((cell("A"),),)), line("Giữa"), Table(((cell("B"),),)))
    assert [b.cell.table if b.cell else None for b in source.blocks] == [0, None, 1]


def test_a_row_with_many_columns_keeps_its_definition_elsewhere():
    source = read(Table((tuple(cell(f"c{n}") for n in range(40)), (cell("rộng", 40),))))
    assert places(source)["c39"] == (0, 39, 1, 1)
    assert places(source)["rộng"] == (1, 0, 1, 40)


def test_a_row_that_was_deleted_is_out():
    assert words(read(Table(((cell("Còn"),), (cell("Xóa"),)), deleted=frozenset({1})), line("Sau"))) == ["Còn", "Sau"]


def test_text_in_old_fonts_is_converted_run_by_run():
    source = read(
        Paragraph(
            (Run("kÕ ho¹ch", font=".VnTimeH", note="ghi chó cña së", bold=True), Run(" thùc hiÖn", font=".VnTime"))
        ),
        Paragraph((Run("Keá hoaïch", font="VNI-Times"), Run(" của tỉnh"))),
        Paragraph((Run("Quyết định", font=".VnTimeH"),)),
    )
    assert words(source) == ["KẾ HOẠCH thực hiện", "ghi chú của sở", "Kế hoạch của tỉnh", "Quyết định"]
    assert codes(source) == ["converted:tcvn3", "converted:vni"]
    assert (source.blocks[0].bold, source.blocks[1].anchor) == (8, 8)


def test_the_optional_hyphen_of_tcvn3_is_a_letter():
    assert words(read(Paragraph((Run("Ch\x1f¬ng tr×nh", font=".VnTime"),)))) == ["Chương trình"]


def test_a_file_of_pictures_has_no_text():
    with pytest.raises(ReadError) as caught:
        read_bytes("a.doc", doc.pictures_only())
    assert caught.value.code == "no-text"


def test_letters_that_no_story_counts_are_missed_aloud():
    data = doc.doc("Kế hoạch", "Đoạn hai")
    source = read_bytes("a.doc", doc.in_header(data, 76, struct.pack("<I", 9)))
    assert (words(source), codes(source)) == (["Kế hoạch"], ["cut:text"])


def test_a_budget_bounds_the_pieces_and_the_runs():
    for data in (doc.many_pieces(2_000), doc.doc(*["a"] * 600)):
        with pytest.raises(ReadError) as caught:
            read_bytes("a.doc", data, limits=Limits(xml_elements=1_000))
        assert caught.value.code == "too-big-inside"


def test_a_file_of_word_95_needs_a_program(monkeypatch):
    monkeypatch.setattr(doc_programs, "find_program", lambda name: None)
    with pytest.raises(ReadError) as caught:
        read_bytes("a.doc", doc.word_95())
    assert caught.value.code == "unsupported"
    assert "antiword" in caught.value.message


OLD_TEXT = (
    "KÕ ho¹ch thùc hiÖn Ch\u00ad¬ng tr×nh ch¨m sãc trÎ em.\nUû ban nh©n d©n c¸c x·, ph\u00adêng tæ chøc thùc hiÖn."
)


@pytest.mark.parametrize("name", ["catdoc", "soffice"])
def test_a_file_of_word_95_is_read_by_an_installed_program(name, monkeypatch):
    path = doc_programs.find_program(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    monkeypatch.setattr(doc_programs, "find_program", lambda wanted: path if wanted == name else None)
    source = read_bytes("a.doc", doc.written_by_word_95(OLD_TEXT))
    assert source.text.startswith("Kế hoạch thực hiện Ch")
    assert source.text_from == "doc"
    assert {"repaired", "converted:tcvn3"} <= set(codes(source))
    assert ("cut:letters" in codes(source)) is (name == "catdoc")


def test_the_first_program_that_reads_the_file_is_enough(monkeypatch, tmp_path):
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{OLD_TEXT}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(doc_programs, "find_program", lambda wanted: str(program) if wanted == "antiword" else None)
    source = read_bytes("a.doc", doc.written_by_word_95(OLD_TEXT))
    assert source.text.split("\n")[0] == "Kế hoạch thực hiện Chương trình chăm sóc trẻ em."
    assert codes(source) == ["repaired", "converted:tcvn3"]


def test_a_program_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "antiword"
    program.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(doc_programs, "find_program", lambda wanted: str(program) if wanted == "antiword" else None)
    monkeypatch.setattr(doc_programs, "_SECONDS", 1)
    with pytest.raises(ReadError) as caught:
        read_bytes("a.doc", doc.word_95())
    assert caught.value.code == "unsupported"


GOOD = [to_doc(parse(SOURCES[-1])), doc.rich()]


def spoil(data: bytes, seed: int) -> bytes:
    """Return the bytes with some of them flipped, cut off, or copied to another place."""
    chance, spoiled = random.Random(seed), bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at, kind = chance.randrange(len(spoiled)), chance.random()
        if kind < 0.5:
            spoiled[at] = chance.choice((0, 1, 127, 128, 255, spoiled[at] ^ 1 << chance.randrange(8)))
        elif kind < 0.8:
            spoiled[at : at + 4] = chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, at)).to_bytes(4, "little")
        elif kind < 0.9:
            first, last = sorted((chance.randrange(len(spoiled)), at))
            spoiled[at : at + last - first] = spoiled[first:last]
        else:
            del spoiled[max(600, at) :]
    return bytes(spoiled)


@settings(max_examples=150)
@given(st.sampled_from(GOOD), st.integers(0, 1 << 32))
def test_a_spoiled_file_is_read_or_fails_with_a_code(data, seed):
    try:
        source = read_bytes("a.doc", spoil(data, seed))
    except ReadError as error:
        assert error.code in FAILURE_CODES
    else:
        assert all(0 <= b.span.start < b.span.end <= len(source.text) for b in source.blocks)
        assert all(0 <= b.bold <= b.span.end - b.span.start for b in source.blocks)
        assert source.text.strip()
