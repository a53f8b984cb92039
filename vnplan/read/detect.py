"""What a file really is: its bytes decide, not its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal

from vnplan.read.build import Origin

Format = Literal["pdf", "docx", "doc", "html", "text", "markdown"]

_HEAD: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "open it in Word or LibreOffice and save it as .docx"
_IMAGES: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
)
_ARCHIVES: Final = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"\x1f\x8b", "gzip"))
# yes: %PDF-1.7
# no:  %PDF
_PDF: Final = re.compile(rb"%PDF-[0-9]")
# yes: <!DOCTYPE html>
# yes: <html lang="vi">
# no:  <sup>1</sup> Theo báo cáo
_HTML: Final = re.compile(
    r"<(?:!doctype[ ]{1,9}html|html|head|body|meta|title|script|style|div|center|font|form)\b", re.IGNORECASE
)
# yes: <p class="a">
# yes: <br/>
# no:  <sup>
_TAG: Final = re.compile(r"</?(?:p|div|br|table|td|tr|li|ul|span|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
# yes: <!-- saved from url -->
# no:  <p>
_LEADING: Final = re.compile(r"(?:\s{1,1000}|\ufeff|<\?xml[^<>]{0,500}\?>|<!--(?:(?!-->)[^\0]){0,5000}-->)")
_WORD_XML: Final = ("<w:worddocument", "<pkg:package", "<?mso-application")
_MIN_TAGS: Final = 3


def detect(origin: Origin) -> Format:
    """Return the format of the bytes.

    A PDF may have junk before its header, within the first 1,024 bytes. Raises :class:`ReadError` with ``empty``,
    ``unsupported``, ``wrong-type``, ``encrypted`` or ``damaged`` for what no reader takes.
    """
    data = origin.data
    if not data.strip(b" \t\r\n\f\v"):
        raise origin.fail("empty", "the file is empty; get it again from where it came from")
    if data.startswith(_OLE):
        return _detect_ole(origin)
    if data.startswith(b"PK\x03\x04"):
        return _detect_zip(origin)
    if _PDF.search(data, 0, _HEAD + 8):
        return "pdf"
    _refuse_known(origin)
    return _detect_text(origin)


def is_misnamed(origin: Origin, found: Format) -> bool:
    """Tell whether the name promises another kind of file than ``found``."""
    promised = {
        ".pdf": ("pdf",),
        ".docx": ("docx",),
        ".doc": ("doc",),
        ".html": ("html",),
        ".htm": ("html",),
        ".txt": ("text", "markdown"),
        ".md": ("text", "markdown"),
    }.get(extension(origin.name))
    return promised is not None and found not in promised


def extension(name: str) -> str:
    """Return the extension of a file name, in small letters and with its dot; empty where there is none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _detect_zip(origin: Origin) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(origin.data)) as archive:
            names = set(archive.namelist()[: origin.limits.members + 1])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise origin.fail("damaged", f"the zip archive (.docx) is broken ({error}); get the file again") from error
    if any(name.startswith("xl/") for name in names):
        raise origin.fail("unsupported", "it is a spreadsheet; save the sheet as .docx or .pdf")
    if any(name.startswith("ppt/") for name in names):
        raise origin.fail("unsupported", "it is a presentation; give the document itself")
    if "mimetype" in names and "content.xml" in names:
        raise origin.fail("unsupported", f"it is an OpenDocument file; {_SAVE_AS}")
    if any(name.startswith("word/") or name in ("_rels/.rels", "[Content_Types].xml") for name in names):
        return "docx"
    if len(names) > origin.limits.members:
        raise origin.fail("too-many-parts", f"the archive has more than {origin.limits.members:,} members")
    raise origin.fail("wrong-type", "it is a zip archive without a Word document; unpack it and give the documents")


def _detect_ole(origin: Origin) -> Format:
    """Other files of this kind are told by the names of their streams; whether it is whole, the reader finds out."""
    data = origin.data
    if _wide("WordDocument") not in data:
        if _wide("EncryptedPackage") in data:
            what = "the Office file is protected by a password; remove the password and try again"
            raise origin.fail("encrypted", what)
        if _wide("Workbook") in data or _wide("Book") in data:
            raise origin.fail("unsupported", "it is an old Excel file (.xls); save the sheet as .docx or .pdf")
        if _wide("PowerPoint Document") in data:
            raise origin.fail("unsupported", "it is an old presentation (.ppt); give the document itself")
    return "doc"


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse_known(origin: Origin) -> None:
    data = origin.data
    if data.startswith(b"{\\rtf"):
        raise origin.fail("unsupported", f"it is an RTF file; {_SAVE_AS}")
    for magic, kind in _IMAGES:
        if data.startswith(magic) and (kind not in ("BMP", "WebP") or b"\0" in data[:64]):
            raise origin.fail(
                "unsupported", f"it is a {kind} image; run text recognition (OCR) on it and give the text"
            )
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise origin.fail("unsupported", f"it is a {kind} archive; unpack it and give the documents")
    if data.startswith(b"PK\x05\x06"):
        raise origin.fail("damaged", "the zip archive holds nothing; get the file again")


def _detect_text(origin: Origin) -> Format:
    head = _head_text(origin.data)
    start = 0
    while leading := _LEADING.match(head, start):
        start = leading.end()
    low = head[start:].lower()
    if low.startswith(_WORD_XML):
        raise origin.fail("unsupported", f"it is a Word document in one XML file; {_SAVE_AS}")
    if low.startswith("mime-version:"):
        raise origin.fail("unsupported", f"it is a web archive (.mht); {_SAVE_AS}")
    kind = extension(origin.name)
    if kind == ".md":
        return "html" if low.startswith(("<!doctype", "<html")) else "markdown"
    if _HTML.match(head, start):
        return "html"
    tags = len(_TAG.findall(head)) if "<" in head else 0
    if kind in (".html", ".htm"):
        return "html" if tags else "text"
    if tags >= _MIN_TAGS and (kind in (".doc", ".pdf", ".docx") or low.startswith(("<p", "<table", "<h", "<span"))):
        return "html"
    return "text"


def _head_text(data: bytes) -> str:
    """The first characters, for sniffing only."""
    head = data[: 16 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[1:2] == b"\0" and head[:1] in b"<\r\n ":
        return head.decode("utf-16-le", "replace")
    if head[:1] == b"\0" and head[1:2] in b"<\r\n ":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")
