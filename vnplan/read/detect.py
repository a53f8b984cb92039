"""What a file really is, by its bytes; its name decides nothing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Type = Literal["text", "html", "docx", "pdf", "doc", "encrypted", "image", "rtf", "archive", "binary"]

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|script)\b", re.I)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


def detect(data: bytes) -> Type:
    """Return the type of ``data``; a PDF needs its mark within the first 1,024 bytes.

    >>> detect(b"%PDF-1.7 ..."), detect("Kế hoạch".encode()), detect(b"<!DOCTYPE html><p>")
    ('pdf', 'text', 'html')
    """
    head = data[:1024]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _archive(data)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data[:200_000] else "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _HTML.search(data[:8192].replace(b"\x00", b"")) else "text"
    if _is_html(data):
        return "html"
    if _looks_like_utf16(data):
        return "text"
    bad = len(head) - len(head.translate(None, _CONTROLS))
    return "binary" if bad > len(head) // 100 + (0 if b"\x00" in head else 2) or b"\x00" in data[:65536] else "text"


def _is_html(data: bytes) -> bool:
    """Return whether the first thing in ``data`` is a tag of HTML (a comment or XML declaration may stand before it)."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return False
    found = _HTML.search(head)
    return found is not None and (found.start() == 0 or head.startswith((b"<!--", b"<?xml")))


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:2000]
    zeros = head.count(b"\x00")
    if len(head) < 8 or not 0.1 < zeros / len(head) < 0.6:
        return False
    odd = head[1::2].count(b"\x00")
    return odd > 3 * (zeros - odd) or (zeros - odd) > 3 * odd


def _archive(data: bytes) -> Type:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx" if b"word/" in data[:4096] or b"[Content_Types]" in data[:4096] else "archive"
    return (
        "docx"
        if "word/document.xml" in names or "[Content_Types].xml" in names and "mimetype" not in names
        else "archive"
    )
