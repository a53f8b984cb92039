"""Pages without a text layer: through Tesseract where it is installed, through a program that plays it elsewhere."""

from __future__ import annotations

import io
import os
import stat
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.document import parse_source
from vnplan.errors import ReadError
from vnplan.limits import LIMITS, Limits
from vnplan.model import Source
from vnplan.read import read_bytes, scan_image, scan_rules, tesseract
from vnplan.read.ocr import Recogniser, scale_for
from vnplan.read.pdf_layout import Page
from vnplan.read.scan_words import (
    Word,
    clear_words,
    is_scrawl,
    measure,
    mend_numerals,
    place_doubts,
    read_words,
    split_lines,
    without_scrawls,
)

SERIF = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = (
    "Phấn đấu đến năm 2030 có 90% trẻ em được tư vấn tâm lý tại trường học,",
    "bố trí ít nhất 02 phòng tư vấn và 15 cán bộ được tập huấn mỗi năm.",
    "Sở Y tế chủ trì, phối hợp với các cơ quan liên quan tổ chức thực hiện.",
)


def rows(*words: tuple[str, int, int, int, int, float, int]) -> str:
    """Return a table of words as Tesseract prints it: words, left, top, width, height, sureness, line."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    return head + "".join(
        f"5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t{height}\t{sure}\t{text}\n"
        for text, left, top, width, height, sure, line in words
    )


TABLE = rows(
    ("Kế", 200, 200, 60, 36, 96.0, 1), ("hoạch", 270, 200, 100, 36, 95.0, 1), ("90%", 400, 200, 70, 30, 40.0, 1)
)


GARBAGE = b"level\t\xff\xfe\n5\t1\n5\t1\t1\t1\t1\t1\tx\ty\tz\t1\tnan\tA\n"


def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a program in the place of Tesseract; it has Vietnamese."""
    program = tmp_path / "tesseract"
    head = (
        f"#!{sys.executable}\nimport sys, time, os\nif '--list-langs' in sys.argv:\n    print('vie')\n    sys.exit()\n"
    )
    program.write_text(head + body, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(import_module("vnplan.read.tesseract"), "PROGRAM", str(program))


def say(table: str) -> str:
    """Return the lines of a program that answers with a table, and with no word when it is asked once more."""
    answer = f"{table.encode()!r} if '3' in sys.argv else {rows().encode()!r}"
    return f"sys.stdin.buffer.read()\nsys.stdout.buffer.write({answer})\n"


def drawn(lines: tuple[str, ...] = LINES, *, size: tuple[int, int] = (1654, 2339), turn: float = 0.0):
    """Return a picture with lines of print."""
    image, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    if not SERIF.exists():
        pytest.skip(f"no font at {SERIF}")
    picture = image.new("RGB", size, "white")
    pen = draw.Draw(picture)
    letters = font.truetype(str(SERIF), 34)
    for at, line in enumerate(lines):
        pen.text((180, 220 + 64 * at), line, fill="black", font=letters)
    return picture.rotate(turn, expand=turn % 90 == 0, fillcolor="white") if turn else picture


def as_pdf(*pictures) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=200)
    return out.getvalue()


def scan(*pictures, limits: Limits = LIMITS) -> Source:
    return read_bytes("scan.pdf", as_pdf(*pictures), limits=limits)


# -- with Tesseract -----------------------------------------------------------------------------------------------


def test_a_scan_is_recognised_with_its_figures(ocr):
    source = scan(drawn())
    assert source.text_from == "ocr"
    assert [sure is not None and sure > 0.8 for sure in source.page_confidence] == [True]
    for words in ("2030", "90%", "02", "15", "Sở Y tế chủ trì"):
        assert words in source.text


@pytest.mark.parametrize("turn", [90.0, 180.0, 270.0])
def test_a_scan_that_lies_on_its_side_or_upside_down_is_recognised(ocr, turn):
    assert "được tập huấn" in scan(drawn(turn=turn)).text


def test_a_scan_that_is_not_quite_level_is_recognised_line_by_line(ocr):
    text = scan(drawn(turn=1.7)).text
    assert [line[:6] for line in text.split("\n") if line] == ["Phấn đ", "bố trí", "Sở Y t"]


def test_two_columns_of_a_letterhead_are_read_one_after_the_other(ocr):
    picture = drawn(())
    draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("ImageDraw", "ImageFont"))
    pen, letters = draw.Draw(picture), font.truetype(str(SERIF), 28)
    for at, (left, right) in enumerate(
        [("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TỈNH LÀO CAI", "Độc lập - Tự do - Hạnh phúc"),
         ("Số: 12/KH-UBND", "Lào Cai, ngày 05 tháng 3 năm 2024")]
    ):  # fmt: skip
        pen.text((190, 150 + 60 * at), left, fill="black", font=letters)
        pen.text((760, 150 + 60 * at), right, fill="black", font=letters)
    source = scan(picture)
    assert source.text.index("12/KH-UBND") < source.text.index("CỘNG HÒA")
    header = parse_source(source).header
    assert (header.number, header.date, header.issuer) == ("12/KH-UBND", "2024-03-05", "UBND tỉnh Lào Cai")


def test_a_ruled_table_of_a_scan_is_read_as_cells(ocr):
    picture = drawn(())
    draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("ImageDraw", "ImageFont"))
    pen, letters = draw.Draw(picture), font.truetype(str(SERIF), 30)
    xs, ys = (200, 300, 900, 1400), (300, 380, 460, 540)
    for x in xs:
        pen.line((x, ys[0], x, ys[-1]), fill="black", width=3)
    for y in ys:
        pen.line((xs[0], y, xs[-1], y), fill="black", width=3)
    for row, words in enumerate(
        (("TT", "Nhiệm vụ", "Thời gian"), ("1", "Rà soát", "Quý I"), ("2", "Báo cáo", "Quý IV"))
    ):
        for column, word in enumerate(words):
            pen.text((xs[column] + 16, ys[row] + 20), word, fill="black", font=letters)
    source = scan(picture)
    cells = {(b.cell.row, b.cell.column): source.text[b.span.start : b.span.end] for b in source.blocks if b.cell}
    assert cells[0, 1] == "Nhiệm vụ"
    assert cells[2, 2] == "Quý IV"
    assert len(source.blocks) == len(cells)


def test_a_stamp_in_colour_does_not_hide_the_words_below_it(ocr):
    stamp = drawn(())
    pen = pytest.importorskip("PIL.ImageDraw").Draw(stamp)
    for radius in (150, 130):
        pen.ellipse((500 - radius, 280 - radius, 500 + radius, 280 + radius), outline=(225, 30, 40), width=5)
    source = scan(pytest.importorskip("PIL.ImageChops").multiply(drawn(), stamp))
    assert "đến năm 2030" in source.text
    assert [problem.code for problem in source.problems] == ["stamp"]


# -- without it ---------------------------------------------------------------------------------------------------


def test_what_to_install_is_said_where_nothing_can_be_recognised(no_ocr):
    with pytest.raises(ReadError) as caught:
        scan(drawn())
    assert caught.value.code == "no-text"
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.message


def test_a_program_without_vietnamese_is_none(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, "")
    program = tmp_path / "tesseract"
    program.write_text(program.read_text().replace("'vie'", "'eng'"))
    assert tesseract.missing() == "Tesseract has no Vietnamese data"


def test_words_and_doubts_of_a_page_stand_in_the_source(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, say(TABLE))
    source = scan(drawn())
    assert source.text == "Kế hoạch 90%"
    assert [source.text[place.start : place.end] for place in source.doubtful] == ["90%"]
    assert source.page_confidence[0] == pytest.approx((2 * 0.96 + 5 * 0.95 + 3 * 0.4) / 10)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("time.sleep(60)\n", "more than 1 seconds"),
        ("sys.exit(3)\n", "exit code 3"),
        ("os.kill(os.getpid(), 9)\n", "exit code -9"),
        ("print('no table')\n", "no table of words"),
        ("while True:\n    sys.stdout.write('x' * 100000)\n", "too much"),
        (f"sys.stdout.buffer.write({GARBAGE!r})\n", "no words"),
    ],
)  # fmt: skip
def test_a_program_that_fails_ends_in_a_failure_and_never_hangs(tmp_path, monkeypatch, body, words):
    play(tmp_path, monkeypatch, body)
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        scan(*[drawn()] * 6, limits=Limits(ocr_seconds=1.0))
    assert caught.value.code == "no-text"
    assert words in caught.value.message
    assert time.monotonic() - began < 55


def test_one_page_that_fails_is_cut_and_the_others_are_read(tmp_path, monkeypatch):
    flag = tmp_path / "second"
    body = f"if not os.path.exists({str(flag)!r}):\n    open({str(flag)!r}, 'w').close()\n    sys.exit(1)\n" + say(
        TABLE
    )
    play(tmp_path, monkeypatch, body)
    source = scan(drawn(), drawn())
    assert (source.text, source.text_from) == ("Kế hoạch 90%", "ocr")
    assert source.page_confidence[0] is None
    assert [problem.code for problem in source.problems] == ["no-text", "cut:pages"]


def test_the_program_is_given_one_thread_and_a_picture_within_bounds(tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    body = "said = os.environ['OMP_THREAD_LIMIT'] + ' ' + str(len(sys.stdin.buffer.read()))\n"
    body += f"open({str(seen)!r}, 'w').write(said)\n"
    play(tmp_path, monkeypatch, body + f"sys.stdout.buffer.write({TABLE.encode()!r})\n")
    scan(drawn(size=(3000, 3000)), limits=Limits(ocr_pixels=1_000_000))
    threads, size = seen.read_text().split()
    assert threads == "1"
    assert int(size) < 1_010_000


def test_images_with_too_many_dots_are_not_opened(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, say(TABLE))
    with pytest.raises(ReadError) as caught:
        scan(drawn(), limits=Limits(image_pixels=1_000_000))
    assert (caught.value.code, "too many dots" in caught.value.message) == ("no-text", True)


def test_an_image_inside_a_form_is_recognised(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, say(TABLE))
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    utils = pytest.importorskip("reportlab.lib.utils")
    out = io.BytesIO()
    canvas = reportlab.Canvas(out, pagesize=(595, 842))
    canvas.beginForm("scan", 0, 0, 595, 842)
    canvas.drawImage(utils.ImageReader(drawn()), 0, 0, 595, 842)
    canvas.endForm()
    canvas.doForm("scan")
    canvas.save()
    assert read_bytes("a.pdf", out.getvalue()).text == "Kế hoạch 90%"


def test_a_blank_page_of_a_scan_needs_no_program(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, say(TABLE))
    source = scan(drawn(), drawn(()))
    assert source.text == "Kế hoạch 90%"
    assert source.page_confidence[1] is None
    assert source.problems == ()


def test_a_page_with_a_text_layer_needs_no_program(monkeypatch):
    monkeypatch.setattr(import_module("vnplan.read.ocr"), "_recognise", None)
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    canvas = reportlab.Canvas(out)
    for at in range(5):
        canvas.drawString(70, 700 - 20 * at, "So Y te thuc hien nhiem vu")
    canvas.save()
    assert read_bytes("a.pdf", out.getvalue()).text_from == "pdf-text"


# -- parts --------------------------------------------------------------------------------------------------------


def test_a_page_is_drawn_as_large_as_its_image_but_within_the_limit():
    assert 72 * scale_for(595, 842, 3508, LIMITS) == pytest.approx(200, abs=0.2)
    assert scale_for(100, 140, 3508, LIMITS) * 140 == pytest.approx(2340)
    assert (scale_for(14_400, 14_400, 0, LIMITS) * 14_400) ** 2 <= LIMITS.ocr_pixels * 1.001


@pytest.mark.parametrize("degrees", [-2.3, -0.6, 0.0, 0.9, 3.4])
def test_the_slope_of_lines_is_measured_and_taken_back(degrees):
    page = numpy.full((1400, 1000), 255, numpy.uint8)
    for row in range(100, 1300, 40):
        page[row : row + 14, 120:880:2] = 0
    turned = scan_image.levelled(page, -degrees)
    assert scan_image.measure_slope(turned) == pytest.approx(degrees, abs=0.15)


def test_lines_that_stand_upright_are_told():
    page = numpy.full((1400, 1000), 255, numpy.uint8)
    chance = numpy.random.default_rng(1)
    for row in range(100, 1300, 40):
        page[row : row + 14, 120:880][chance.random((14, 760)) < 0.1] = 0
    assert not scan_image.is_sideways(page)
    assert scan_image.is_sideways(numpy.rot90(page))


def test_rules_are_taken_out_and_letters_stay():
    page = numpy.full((900, 900), 255, numpy.uint8)
    for at in (100, 300, 500):
        page[at : at + 3, 100:803] = 0
        page[100:503, 100:103] = page[100:503, 450:453] = page[100:503, 800:803] = 0
    page[180:200, 200:240] = 0  # a letter
    clear, tables = scan_rules.take_out_rules(page)[:2]
    assert 20 * 40 <= (clear < 128).sum() < 20 * 40 + 20
    assert [(field.row, field.column, field.rows, field.columns) for field in tables[0].fields] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_a_cell_reaches_over_sides_that_are_not_drawn():
    page = numpy.full((900, 900), 255, numpy.uint8)
    for at in (100, 300, 500):
        page[at : at + 3, 100:803] = 0
    page[100:503, 100:103] = page[100:503, 800:803] = 0
    page[300:503, 450:453] = 0
    fields = scan_rules.take_out_rules(page)[1][0].fields
    assert [(field.row, field.column, field.rows, field.columns) for field in fields] == [
        (0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_dark_paper_is_made_white():
    page = numpy.tile(numpy.linspace(120, 220, 640).astype(numpy.uint8), (640, 1))
    page[100:600:40, 60:580] = 20
    white = scan_image.with_white_paper(page)
    assert numpy.percentile(white, 30) > 235
    assert white[100, 300] < 80


def test_what_was_written_in_colour_is_doubtful_and_so_are_figures_taller_than_print():
    words = [Word(f"{n}", (100 * n, 100, 100 * n + 20, 128), 0.97) for n in range(1, 6)]
    tall = Word("04", (700, 90, 740, 135), 0.97)
    blue = Word("91", (800, 100, 840, 128), 0.97)
    cleared = clear_words([*words, tall, blue], lambda box: box == blue.box)
    assert [word.words for word in cleared if word.is_doubtful] == ["04", "91"]


def test_specks_are_no_words_and_a_flat_stroke_is_a_dash():
    letters = [Word("Sở", (100 * n, 100, 100 * n + 60, 136), 0.97) for n in range(1, 6)]
    speck, stroke = Word("|", (5, 0, 8, 300), 0.2), Word("¬", (60, 118, 74, 122), 0.3)
    assert [word.words for word in clear_words([speck, stroke, *letters], lambda _: False)][:2] == ["-", "Sở"]
    assert is_scrawl([Word("Le", (0, 0, 9, 9), 0.1)])
    assert not is_scrawl([Word("Le", (0, 0, 9, 9), 0.9)])
    assert not is_scrawl([Word("6ƒ", (0, 0, 9, 9), 0.1)])


def test_what_nobody_can_tell_stays_on_a_line_with_other_words():
    line = [Word("Số:", (0, 0, 40, 30), 0.9, 1), Word("ốÝƑ", (60, 0, 90, 40), 0.2, 1)]
    assert without_scrawls([*line, Word("Le", (0, 90, 9, 99), 0.1, 2)]) == line


@pytest.mark.parametrize(
    ("seen", "stems", "right"),
    [("II.", 3, "III."), ("Il.", 2, "II."), ("lII.", 3, "III."), ("I1-", 1, "I-"), ("VII.", 5, "VIII."),
     ("11.", 3, "11."), ("IV.", 3, "IV."), ("l.", 2, "l."), ("II.", 9, "II.")],
)  # fmt: skip
def test_roman_numerals_have_as_many_ones_as_strokes(seen, stems, right):
    assert [word.words for word in mend_numerals([Word(seen, (0, 0, 9, 9), 0.9)], lambda _: stems)] == [right]


def test_a_wide_gap_divides_a_line():
    words = [Word("Số:", (0, 0, 40, 30), 0.9), Word("12", (50, 0, 80, 30), 0.9), Word("Hà", (400, 0, 440, 30), 0.9)]
    assert [[word.words for word in run] for run in split_lines(words, 0.7)] == [["Số:", "12"], ["Hà"]]


@given(st.text())
def test_any_answer_of_the_program_is_read(table):
    for word in read_words(table):
        assert word.words
        assert 0 <= word.sure <= 1


@given(st.lists(st.tuples(st.text("ab9%", min_size=1, max_size=4), st.floats(0, 1))))
def test_doubts_lie_on_the_words_that_are_doubtful(items):
    words = [Word(text, (0, 0, 9, 9), sure) for text, sure in items]
    line, doubts = place_doubts(words)
    assert [line[start:end] for start, end in doubts] == [word.words for word in words if word.is_doubtful]
    assert 0 <= measure(words) <= 1


def test_after_some_pages_in_a_row_no_other_is_tried(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, "sys.exit(1)\n")
    reader = Recogniser(LIMITS)
    picture = numpy.zeros((300, 300, 3), numpy.uint8)
    picture[:, ::2] = 255
    for _ in range(3):
        assert reader.is_ready
        assert not reader.read(picture, Page(1, 100, 100, []), (0, 0, 100, 100))
    assert not reader.is_ready
    assert os.path.exists(tmp_path)
