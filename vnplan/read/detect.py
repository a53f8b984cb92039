"""What a file really is: its bytes decide, not its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress
from typing import Final, Literal

from vnplan.read.build import Origin

Format = Literal["pdf", "docx", "doc", "html", "text", "markdown", "zip", "warc", "mhtml"]

# The suffixes of documents, and what such a name promises.
_PROMISED: Final[dict[str, tuple[Format, ...]]] = {
    ".pdf": ("pdf",),
    ".docx": ("docx",),
    ".doc": ("doc",),
    ".html": ("html",),
    ".htm": ("html",),
    ".txt": ("text", "markdown"),
    ".md": ("text", "markdown"),
}
SUFFIXES: Final = frozenset(_PROMISED)
SAVED_PAGES: Final = frozenset({".mht", ".mhtml"})
CONTAINERS: Final = frozenset({".zip", ".warc", ".warc.gz", *SAVED_PAGES})
# What a portal attaches and no reader takes: said when it stands in a container.
OTHERS: Final = frozenset({".rtf", ".odt", ".ods", ".odp", ".xls", ".xlsx", ".ppt", ".pptx", ".docm", ".dot", ".dotx"})
ARCHIVES: Final = frozenset({".zip", ".warc", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})

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
# yes: From: <Saved by Blink>
# yes: MIME-Version: 1.0
# no:  Kính gửi: Ủy ban nhân dân
_FIELD: Final = re.compile(r"[a-z-]{1,40}:")
# One of these stands in every package of an office program, and in no other archive.
_PACKAGES: Final = frozenset({"[Content_Types].xml", "_rels/.rels", "word/document.xml", "mimetype"})
_SUSPECT: Final = 100  # entries of directories in a zip archive, those of archives in it included, for each member
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
    return "warc" if _is_warc(data) else _detect_text(origin)


def is_misnamed(origin: Origin, found: Format) -> bool:
    """Tell whether the name promises another kind of file than ``found``."""
    promised = _PROMISED.get(extension(origin.name))
    return promised is not None and found not in promised


def extension(name: str) -> str:
    """Return the extension of a file name, in small letters and with its dot; empty where there is none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _detect_zip(origin: Origin) -> Format:
    if origin.data.count(b"PK\x01\x02") > _SUSPECT * origin.limits.members:  # before a directory of millions is read
        raise origin.fail("too-many-parts", f"the archive has more than {origin.limits.members:,} members")
    try:
        with zipfile.ZipFile(io.BytesIO(origin.data)) as archive:
            names = set(archive.namelist()[: origin.limits.members + 1])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise origin.fail("damaged", f"the zip archive (.docx) is broken ({error}); get the file again") from error
    if not names & _PACKAGES:
        if len(names) > origin.limits.members:
            raise origin.fail("too-many-parts", f"the archive has more than {origin.limits.members:,} members")
        return "zip"
    if any(name.startswith("xl/") for name in names):
        raise origin.fail("unsupported", "it is a spreadsheet; save the sheet as .docx or .pdf")
    if any(name.startswith("ppt/") for name in names):
        raise origin.fail("unsupported", "it is a presentation; give the document itself")
    if "mimetype" in names and "content.xml" in names:
        raise origin.fail("unsupported", f"it is an OpenDocument file; {_SAVE_AS}")
    return "docx"


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


def _is_warc(data: bytes) -> bool:
    """Tell whether the bytes, unpacked if they are compressed, begin as a web archive does."""
    if data.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            return zlib.decompressobj(31).decompress(data[:_HEAD], 5) == b"WARC/"
    return data.startswith(b"WARC/")


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
    for magic, kind in () if _is_warc(data) else _ARCHIVES:
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
    if _is_mime(low):
        return "mhtml"
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


def _is_mime(head: str) -> bool:
    """Tell whether a text in small letters begins with the headers of a page in parts (RFC 2557), or of a mail."""
    block = "\n" + head.replace("\r\n", "\n").split("\n\n", 1)[0]
    said = "\nmime-version:" in block and any(f"\ncontent-type: {kind}" in block for kind in ("multipart/", "text/"))
    return said and _FIELD.match(head) is not None


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
