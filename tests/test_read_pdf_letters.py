"""PDF files whose letters are not the text: scans, hidden words, fonts that tell nothing or an old encoding, locks."""

from __future__ import annotations

import pytest
from pdf_pages import body, draw, picture, read
from poison.pdf import assemble, encrypted, one_page, stream

from vnplan.errors import ReadError
from vnplan.read import read_bytes
from vnplan.read.pdf_letters import mend_codes


def test_a_scan_has_no_text(no_ocr):
    with pytest.raises(ReadError) as caught:
        read(picture, picture)
    assert (caught.value.code, "OCR" in caught.value.message) == ("no-text", True)


def test_a_file_with_some_scanned_pages_is_cut(no_ocr):
    source = read(body, picture, body)
    assert [problem.code for problem in source.problems] == ["no-text", "cut:pages"]
    assert "2" in source.problems[0].message


def test_a_blank_page_is_no_scan():
    assert read(body, lambda canvas: canvas.drawString(300, 810, "2")).problems == ()


def test_text_outside_the_page_or_too_small_to_see_is_left_out_and_reported():
    def page(canvas) -> None:
        body(canvas)
        canvas.drawString(70, -50, "Chỉ tiêu 10%")
        canvas.setFont("Serif", 0.5)
        canvas.drawString(70, 700, "Chỉ tiêu 20%")

    source = read(page)
    assert "Chỉ tiêu" not in source.text
    assert [problem.code for problem in source.problems] == ["hidden-text"]


@pytest.mark.parametrize("white", [True, False])
def test_letters_that_are_white_or_not_drawn_are_read_and_reported(white):
    def page(canvas) -> None:
        body(canvas)
        if white:
            canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 200, "Chỉ tiêu 10%", mode=0 if white else 3)

    source = read(page)
    assert "Chỉ tiêu" in source.text
    assert [problem.code for problem in source.problems] == ["hidden-text"]


GARBAGE = "CQNG HOA XA HQI CHU NGHIA VIPT NAM thi6n dugc cria Chucrng trinh nghiQp vd K6 hoqch rntic tiOu phft tri6n"


def test_a_text_layer_by_ocr_in_another_language_is_no_text(no_ocr):
    def page(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, GARBAGE)
        picture(canvas)

    with pytest.raises(ReadError) as caught:
        read(page)
    assert caught.value.code == "no-text"


def test_fonts_that_do_not_tell_their_letters_fail(no_ocr):
    def page(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, "ӢѬѪ CÔNG ѬѪӢ ӢѬѪ ѬѪӢ KẾ HOẠCH ӢѬѪ")

    with pytest.raises(ReadError) as caught:
        read(page)
    assert caught.value.code == "unmapped-font"


def without_map(data: bytes) -> bytes:
    assert b"/ToUnicode" in data
    return data.replace(b"/ToUnicode", b"/ToNothing")


def test_a_font_without_a_map_of_letters_fails(no_ocr):
    with pytest.raises(ReadError) as caught:
        read_bytes("a.pdf", without_map(draw(body)))
    assert caught.value.code == "unmapped-font"


def test_one_page_whose_font_does_not_tell_its_letters_is_cut_however_long_the_rest_is(no_ocr):
    def unknown(canvas) -> None:
        for number in range(6):
            canvas.drawString(70, 700 - 20 * number, "ӢѬѪ CÔNG ѬѪӢ ӢѬѪ ѬѪӢ KẾ HOẠCH ӢѬѪ")

    source = read(*[body] * 40, unknown)
    assert [problem.code for problem in source.problems] == ["no-text", "cut:pages"]
    assert "41" in source.problems[0].message
    assert "Ӣ" not in source.text


def test_a_page_in_another_language_that_is_no_scan_is_read():
    def english(canvas) -> None:
        for number in range(8):
            canvas.drawString(70, 700 - 20 * number, f"Strengthening the grassroots health network, stage {number}")

    source = read(body, english)
    assert "Strengthening the grassroots health network, stage 7" in source.text
    assert source.problems == ()


def test_a_user_password_is_asked_for():
    with pytest.raises(ReadError) as caught:
        read_bytes("a.pdf", encrypted(b"secret"))
    assert caught.value.code == "encrypted"


def test_an_owner_password_only_restricts():
    source = read_bytes("a.pdf", encrypted(b""))
    assert "Ke hoach" in source.text
    assert [problem.code for problem in source.problems] == ["restricted"]


@pytest.mark.parametrize("mark", ["\ufffe", "\x02"])
def test_what_the_parser_gives_for_a_hyphen_is_a_hyphen(mark):
    assert mend_codes(f"12/KH{mark}UBND", lambda index: False) == "12/KH-UBND"


def test_a_control_character_that_the_font_does_not_explain_is_no_letter():
    assert mend_codes("a\x02b", lambda index: True) == "a\ufffdb"


def in_old_fonts(*runs: tuple[str, str]) -> bytes:
    """Return a file whose one line is drawn in runs, each in a font of that name, with the letters of the font."""
    names = sorted({name for name, _ in runs})
    objects = one_page(b"")
    fonts = b""
    for number, name in enumerate(names):
        objects[6 + number] = (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name.encode()
        )
        fonts += b"/N%d %d 0 R " % (number, 6 + number)
    drawn = b"".join(b"/N%d 12 Tf (%s) Tj " % (names.index(name), words_.encode("cp1252")) for name, words_ in runs)
    objects[5] = stream(b"BT 72 720 Td %s ET" % drawn)
    objects[3] = objects[3].replace(b"/Font << /F1 4 0 R >>", b"/Font << %s >>" % fonts)
    return assemble(objects)


TCVN3 = "kÕ ho¹ch thùc hiÖn ch­¬ng tr×nh môc tiªu quèc gia"


@pytest.mark.parametrize(
    ("runs", "expected", "code"),
    [
        ([(".VnTime", TCVN3)], "kế hoạch thực hiện chương trình mục tiêu quốc gia", "tcvn3"),
        ([(".VnTimeH", TCVN3)], "KẾ HOẠCH THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA", "tcvn3"),
        (
            [("VNI-Times", "keá hoaïch thöïc hieän chöông trình muïc tieâu quoác gia")],
            "kế hoạch thực hiện chương trình mục tiêu quốc gia",
            "vni",
        ),
        ([(".VnTimeH", "kÕ ho¹ch "), (".VnTime", TCVN3)], "KẾ HOẠCH kế hoạch thực hiện", "tcvn3"),
    ],
)
def test_runs_in_fonts_from_before_unicode_are_converted(runs, expected, code):
    source = read_bytes("a.pdf", in_old_fonts(*runs))
    assert source.text.startswith(expected)
    assert f"converted:{code}" in [problem.code for problem in source.problems]


def test_what_stands_in_another_font_beside_an_old_one_is_left_as_it_is():
    source = read_bytes("a.pdf", in_old_fonts((".VnTime", TCVN3), ("Helvetica", " (Café, Müller)")))
    assert source.text == "kế hoạch thực hiện chương trình mục tiêu quốc gia (Café, Müller)"
