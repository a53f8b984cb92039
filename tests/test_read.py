"""Files, types, encodings and lines: what the readers of text promise."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poison.pages import noise, to_windows_1258

from vnplan.errors import FAILURE_CODES, ReadError
from vnplan.limits import Limits
from vnplan.model import Source
from vnplan.read import read_bytes, read_source

PLAN = (
    "Số: 12/KH-UBND\nKẾ HOẠCH\nThực hiện Chương trình chăm sóc trẻ em giai đoạn 2026 - 2030\n\n"
    "1. Phấn đấu 95% trẻ em được tiếp cận dịch vụ; người khuyết tật được trợ giúp kịp thời.\n"
    "2. Ủy ban nhân dân các xã, phường tổ chức thực hiện kế hoạch này.\n"
)


def words(source: Source, kind: str | None = None) -> list[str]:
    return [source.text[b.span.start : b.span.end] for b in source.blocks if kind in (None, b.kind)]


def code_of(name: str, data: bytes, **limits: int) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(name, data, limits=Limits(**limits))
    assert caught.value.code in FAILURE_CODES
    assert caught.value.message.startswith(f"{name}: ")
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_a_text_is_read_in_every_unicode_encoding(encoding):
    assert read_bytes("a.txt", PLAN.encode(encoding)).text == PLAN


def test_a_byte_order_mark_of_utf_16_be_is_removed():
    assert read_bytes("a.txt", b"\xfe\xff" + PLAN.encode("utf-16-be")).text == PLAN


def test_windows_1258_is_converted_and_says_so():
    source = read_bytes("a.txt", to_windows_1258(PLAN))
    assert unicodedata.normalize("NFC", source.text) == PLAN
    assert [problem.code for problem in source.problems] == ["converted:windows-1258"]


TCVN3 = (
    "KÕ ho¹ch thùc hiÖn Ch­¬ng tr×nh ch¨m sãc trÎ em, ng­êi khuyÕt tËt trªn ®Þa bµn tØnh. "
    "Uû ban nh©n d©n c¸c x·, ph­êng tæ chøc thùc hiÖn."
)
VNI = (
    "Keá hoaïch thöïc hieän Chöông trình chaêm soùc treû em, ngöôøi khuyeát taät treân ñòa baøn tænh. "
    "UÛy ban nhaân daân caùc xaõ toå chöùc thöïc hieän."
)
MEANT = "Kế hoạch thực hiện Chương trình chăm sóc trẻ em, người khuyết tật trên địa bàn tỉnh."


@pytest.mark.parametrize(("old", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_old_encodings_are_converted_from_bytes_and_from_look_alikes(old, name, encoding):
    source = read_bytes("a.txt", old.encode(encoding))
    assert source.text.startswith(MEANT)
    assert [problem.code for problem in source.problems] == [f"converted:{name}"]


def test_unicode_is_never_taken_for_an_old_encoding():
    assert read_bytes("a.txt", PLAN.encode()).problems == ()


def test_a_few_wrong_bytes_are_replaced_and_reported():
    source = read_bytes("a.txt", (PLAN * 5).encode()[:-1] + b"\xff\xfe\n")
    assert source.text.startswith(PLAN)
    assert [problem.code for problem in source.problems] == ["repaired"]


def test_a_stray_nul_does_not_make_a_text_binary():
    source = read_bytes("a.txt", (PLAN * 5).encode() + b"\0")
    assert source.text.startswith(PLAN)
    assert [problem.code for problem in source.problems] == ["repaired"]


def test_bytes_in_no_known_encoding_fail():
    assert code_of("a.txt", "Программа развития региона".encode("koi8-r")) == "encoding"


def test_a_file_that_ends_inside_a_character_is_cut():
    source = read_bytes("a.txt", (PLAN + "mục tiê").encode() + "ế".encode()[:2])
    assert "cut:end" in [problem.code for problem in source.problems]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"--- ...\n"])
def test_a_file_without_words_is_empty(data):
    assert code_of("a.txt", data) == "empty"


@pytest.mark.parametrize("data", [noise(), b"Ke hoach\0\0\0\1\2" * 30])
def test_a_binary_file_is_no_text(data):
    assert code_of("a.txt", data) == "not-text"


@pytest.mark.parametrize(
    "magic",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"II*\0",
        b"{\\rtf1\\ansi",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
    ],
)
def test_a_known_format_without_a_reader_is_unsupported(magic):
    assert code_of("a.txt", magic + b"\0" * 100) == "unsupported"


@pytest.mark.parametrize(
    ("stream", "code"),
    [("WordDocument", "damaged"), ("EncryptedPackage", "encrypted"), ("Workbook", "unsupported")],
)
def test_an_old_office_file_is_told_by_its_streams(stream, code):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + stream.encode("utf-16-le")
    assert code_of("a.doc", data) == code


def test_a_text_under_the_name_of_a_pdf_is_read_and_says_so():
    source = read_bytes("a.pdf", PLAN.encode())
    assert source.media_type == "text/plain"
    assert [problem.code for problem in source.problems] == ["type:text"]


def test_an_error_page_under_the_name_of_a_pdf_is_the_wrong_type():
    assert code_of("a.pdf", "<!DOCTYPE html><title>404</title><p>Không tìm thấy trang".encode()) == "wrong-type"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_all_systems_are_line_feeds(end):
    assert read_bytes("a.txt", PLAN.replace("\n", end).encode()).text == PLAN


def test_only_line_ends_end_a_line():
    source = read_bytes("a.txt", "Kế\x0bhoạch\x85năm\u2028này\nhai".encode())
    assert words(source) == ["Kế\x0bhoạch\x85năm\u2028này", "hai"]


def test_a_form_feed_begins_a_page():
    source = read_bytes("a.txt", "một\fhai\nba\f\n\fbốn\f".encode())
    assert [(block.page, word) for block, word in zip(source.blocks, words(source), strict=True)] == [
        (1, "một"), (2, "hai"), (2, "ba"), (4, "bốn"),
    ]  # fmt: skip
    assert source.pages == 4


def test_a_long_text_is_too_big():
    assert code_of("a.txt", PLAN.encode(), text=50) == "too-big"


def test_cells_of_a_markdown_table_stand_at_their_places():
    text = "# Kế hoạch\n\n| TT | Nhiệm vụ |\n|---|:--|\n| **1** | Rà soát \\| cập nhật<br>sổ |\n"
    text += "|  | Báo cáo |\n\n**Hết**\n"
    source = read_bytes("a.md", text.encode())
    cells = [(b.cell.row, b.cell.column, w) for b, w in zip(source.blocks, words(source), strict=True) if b.cell]
    assert cells == [
        (0, 0, "TT"), (0, 1, "Nhiệm vụ"), (1, 0, "**1**"), (1, 1, "Rà soát \\| cập nhật"), (1, 1, "sổ"),
        (2, 1, "Báo cáo"),
    ]  # fmt: skip
    assert source.blocks[0].level == 1
    assert source.blocks[-1].bold == len("**Hết**")


def test_cells_of_a_html_table_in_markdown_reach_over_rows_and_columns():
    text = (
        "## Phụ lục\n**Bảng**\n<table><tr><td rowspan=2>TT</td><td colspan='2'>Chỉ tiêu</td></tr>\n"
        "<tr><td>2026</td><td>2027</td></tr></table> hết\n"
    )
    source = read_bytes("a.md", text.encode())
    cells = [(w, b.cell.row, b.cell.column, b.cell.rows, b.cell.columns)
             for b, w in zip(source.blocks, words(source), strict=True) if b.cell]  # fmt: skip
    assert cells == [("TT", 0, 0, 2, 1), ("Chỉ tiêu", 0, 1, 1, 2), ("2026", 1, 1, 1, 1), ("2027", 1, 2, 1, 1)]
    assert words(source)[-1].strip() == "hết"


def test_a_note_of_markdown_is_a_footnote_to_its_blank_line():
    text = "**KẾ HOẠCH**\n\nToàn tỉnh có 100 xã<sup>1</sup>.\n\n"
    text += "<sup>1</sup> Theo báo cáo\nnăm 2025.\n\n[^2]: Số liệu.\n\nTiếp theo"
    source = read_bytes("a.txt", text.encode())
    assert words(source, "footnote") == ["<sup>1</sup> Theo báo cáo", "năm 2025.", "[^2]: Số liệu."]


@given(st.text(), st.sampled_from(["a.txt", "a.md"]))
def test_blocks_of_any_text_stand_in_order_and_hold_all_letters(text, name):
    try:
        source = read_bytes(name, text.encode("utf-8", "surrogatepass"))
    except ReadError as error:
        assert error.code in FAILURE_CODES
        return
    ends = 0
    for block in source.blocks:
        assert ends <= block.span.start < block.span.end <= len(source.text)
        ends = block.span.end
    if source.media_type == "text/plain":
        outside = "".join(source.text)
        for block in reversed(source.blocks):
            outside = outside[: block.span.start] + outside[block.span.end :]
        assert not outside.strip()


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_any_bytes_give_a_source_or_a_read_error(data, head):
    try:
        assert read_bytes("a.bin", head + data).text
    except ReadError as error:
        assert error.code in FAILURE_CODES


def read_code(path: Path, **limits: int) -> str:
    with pytest.raises(ReadError) as caught:
        read_source(path, limits=Limits(**limits))
    return caught.value.code


def test_a_file_is_read_under_its_own_name(tmp_path):
    file = tmp_path / "kế hoạch.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert read_source(file).name == "kế hoạch.txt"


def test_a_pipe_a_socket_a_folder_and_a_device_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket is short
        listener.bind("socket.pdf")
        os.chdir(here)
        for name in ("pipe.pdf", "folder.pdf", "socket.pdf", "missing.pdf"):
            assert read_code(tmp_path / name) == "not-a-file"
    assert read_code(Path("/dev/null")) == "not-a-file"


def test_links_are_not_followed(tmp_path):
    (tmp_path / "real.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert read_code(tmp_path / "link.txt") == "not-a-file"
    assert read_code(tmp_path / "loop.txt") == "not-a-file"


def test_a_huge_sparse_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(2 << 30)
    assert read_code(tmp_path / "big.pdf") == "too-big"


def test_a_file_that_grows_is_read_to_the_limit_only(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_bytes(b"a" * 100)
    monkeypatch.setattr(os, "fstat", lambda number: os.stat(file))
    assert read_code(file, file_bytes=99) == "too-big"


def test_a_file_that_may_not_be_opened_is_unreadable(tmp_path, monkeypatch):
    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    monkeypatch.setattr(os, "open", refuse)
    assert read_code(file) == "unreadable"


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 300 + ".txt"])
def test_a_name_that_no_file_can_have_fails_with_a_code(tmp_path, name):
    assert read_code(tmp_path / name) == "unreadable"


def test_hundreds_of_thousands_of_marks_on_one_letter_are_read_at_once():
    text = PLAN + "a" + "\u0323\u0302" * 100_000
    assert read_bytes("a.txt", text.encode()).text == text


def test_nine_tenths_of_the_characters_of_markdown_come_out():
    items = [f"{number}. Sở Y tế chủ trì, phối hợp với các sở, ban, ngành thực hiện." for number in range(300)]
    text = "# Kế hoạch\n\n" + "\n\n".join(items) + "\n\n| TT | Nhiệm vụ |\n|---|---|\n"
    text += "".join(f"| {number} | {item} |\n" for number, item in enumerate(items))
    source = read_bytes("a.md", text.encode())
    assert sum(map(len, words(source))) >= 0.9 * 2 * sum(map(len, items))
    assert words(source, "cell")[3::2] == items


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_that_makes_no_words_is_no_text(encoding):
    assert code_of("a.txt", bytes([0, 0xD8] * 60 if encoding == "utf-16-le" else [0xD8, 0] * 60)) == "not-text"
