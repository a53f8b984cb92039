"""What a file really is: its bytes decide under every name, and strange names are only names."""

from __future__ import annotations

import unicodedata

import pytest
from poison import doc, pdf, word

from vnplan.errors import ReadError
from vnplan.model import Source
from vnplan.read import read_bytes, read_source
from vnplan.read.build import Origin
from vnplan.read.detect import detect

SENTENCE = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện Kế hoạch số 12/KH-UBND."
GOOD = {
    "pdf": (pdf.assemble(pdf.one_page(pdf.PLAIN_PAGE)), "application/pdf"),
    "docx": (word.word(word.paragraph(SENTENCE)), "wordprocessingml.document"),
    "doc": (doc.doc(SENTENCE), "application/msword"),
    "html": (f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>".encode(), "text/html"),
    "txt": (f"{SENTENCE}\n".encode(), "text/plain"),
    "md": (f"# Kế hoạch\n\n**I. Mục tiêu**\n\n**II. Nhiệm vụ**\n\n1\\. {SENTENCE}\n".encode(), "text/markdown"),
}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "WordDocument".encode("utf-16-le")


def code_of(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        read_bytes(name, data)
    return caught.value.code, caught.value.message


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("real", GOOD)
def test_the_content_decides_under_every_name(real, name):
    data, media_type = GOOD[real]
    source = read_bytes(f"a.{name}", data)
    same = real == name or {real, name} <= {"txt", "md"}
    if {real, name} == {"txt", "md"}:
        assert source.media_type.startswith("text/")
    else:
        assert source.media_type.endswith(media_type)
    assert [code.split(":")[0] for code in codes(source)] == ([] if same else ["type"])


@pytest.mark.parametrize("name", [*GOOD, "doc", "", "PDF", "tar.gz"])
def test_a_broken_old_word_file_is_told_under_every_name(name):
    code, message = code_of(f"a.{name}", OLD)
    assert code == "damaged"
    assert "save it as .docx" in message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "in one XML file"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\r\n<pkg:package xmlns:pkg="x"/>', "in one XML file"),
        (b"{\\rtf1\\ansi Ke hoach}", "RTF"),
    ],
)
def test_other_ways_that_word_saves_a_doc_are_named(data, said):
    code, message = code_of("a.doc", data)
    assert (code, said in message, "save it as .docx" in message) == ("unsupported", True, True)


def test_a_page_that_word_saved_as_doc_is_read():
    page = f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoNormal>{SENTENCE}</body></html>'
    source = read_bytes("a.doc", b"\xef\xbb\xbf" + page.encode())
    assert (source.text, codes(source)) == (SENTENCE, ["type:html"])


def test_a_part_of_a_page_is_a_page_under_its_name():
    assert read_bytes("a.html", f"<p>{SENTENCE}".encode()).text == SENTENCE


def test_a_comment_and_an_xml_declaration_may_stand_before_a_page():
    page = f'<?xml version="1.0"?>\n<!-- saved -->\n<!DOCTYPE html><html><body><p>{SENTENCE}'
    assert read_bytes("a.txt", page.encode()).media_type == "text/html"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_a_page(encoding):
    page = f"<html><body><p>{SENTENCE}</p></body></html>"
    source = read_bytes("a.html", page.encode(encoding))
    assert (source.media_type, source.text) == ("text/html", SENTENCE)


def test_a_text_that_speaks_of_tags_is_a_text():
    assert read_bytes("a.txt", f"Dùng thẻ <p> và <br> trong trang.\n{SENTENCE}".encode()).media_type == "text/plain"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/workbook.xml": "x"}, "unsupported"),
        ({"ppt/presentation.xml": "x"}, "unsupported"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}, "unsupported"),
    ],
)
def test_other_archives_of_documents_are_told(parts, code):
    assert code_of("a.docx", word.pack(parts))[0] == code


def test_an_archive_without_a_document_is_the_wrong_type():
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ảnh/1.png", b"x")
    code, message = code_of("a.docx", out.getvalue())
    assert (code, "it holds no document" in message) == ("wrong-type", True)


STRANGE = [
    "kế hoạch " + "ề" * 75 + ".txt",
    "a\nb\t\x1b[2J.txt",
    "\u202etxt.exe.txt",
    "=cmd|' C'!A0.txt",
    "<script>alert(1)<&.txt",
    unicodedata.normalize("NFD", "kế hoạch.txt"),
    "..",
    "12%2FKH-UBND.txt",
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_is_kept_as_it_is_and_does_nothing(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_bytes(name, SENTENCE.encode()).name == name
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_a_name_that_is_no_utf_8_is_read(tmp_path):
    name = "k\udce1.txt"  # the byte E1
    (tmp_path / name).write_bytes(SENTENCE.encode())
    assert read_source(tmp_path / name).text == SENTENCE


@pytest.mark.parametrize("name", ["../../x", "12/KH-UBND", "/etc/passwd", "a\0b"])
def test_a_number_of_a_document_is_never_a_path(name):
    source = read_bytes(name, SENTENCE.encode())
    assert source.name == name.rsplit("/", 1)[-1]
    assert source.text == SENTENCE


def test_detection_is_the_same_for_the_same_bytes():
    from vnplan.limits import LIMITS

    for data, _ in GOOD.values():
        assert detect(Origin("a", data, LIMITS)) == detect(Origin("a", data, LIMITS))
