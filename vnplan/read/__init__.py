"""Bytes to text: one reader a format; the real type of a file decides, not its name."""

from __future__ import annotations

import errno
import hashlib
import os
import stat

from vnplan.errors import ReadError
from vnplan.limits import LIMITS, Limits
from vnplan.model import Source
from vnplan.read.detect import detect

_REFUSED = {
    "doc": ("unsupported", "an old Word file (.doc); convert it to .docx with LibreOffice, or to text with antiword"),
    "encrypted": ("encrypted", "an Office file protected by a password; save it without one"),
    "image": ("unsupported", "a picture; its text needs OCR"),
    "rtf": ("unsupported", "a rich text file (.rtf); save it as .docx"),
    "archive": ("unsupported", "an archive that is no Word file; unpack it, or save a text document as .docx"),
    "binary": ("not-text", "neither a document nor text; download it again"),
}


def read_source(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> Source:
    """Return what stands in the file at ``path``; raises :class:`~vnplan.errors.ReadError` with a failure code.

    Links, pipes, devices and folders are refused (``not-a-file``); at most ``limits.file_bytes`` are read, once.
    """
    name = os.path.basename(os.fspath(path))
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
            raise ReadError("not-a-file", f"{name}: a link or a pipe, not a file; name the file itself") from error
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadError("unreadable", f"{name}: cannot be opened ({reason}); check the name and the rights") from error
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("not-a-file", f"{name}: not a regular file; name a file or, for the command, a folder")
        if status.st_size > limits.file_bytes:
            raise _too_big(name, limits)
        try:
            data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise ReadError("unreadable", f"{name}: reading failed ({error.strerror}); try again") from error
    return read_bytes(name, data, limits=limits)


def _too_big(name: str, limits: Limits) -> ReadError:
    return ReadError("too-big", f"{name}: more than {limits.file_bytes // 1_000_000} MB; split it or raise the limit")


def read_bytes(name: str, data: bytes, *, limits: Limits = LIMITS) -> Source:
    """Return what stands in ``data``, the content of a file called ``name``; raises as :func:`read_source` does."""
    if len(data) > limits.file_bytes:
        raise _too_big(name, limits)
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise ReadError("empty", f"{name}: the file is empty; download it again")
    kind = detect(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in _REFUSED:
        code, what = _REFUSED[kind]
        raise ReadError(code, f"{name}: the file is {what}")
    if kind == "docx":
        from vnplan.read.docx import read_docx

        source = read_docx(name, data, sha256, limits)
    elif kind == "pdf":
        from vnplan.read.pdf import read_pdf

        source = read_pdf(name, data, sha256, limits)
    elif kind == "html":
        from vnplan.read.html import read_html

        source = read_html(name, data, sha256, limits)
    else:
        from vnplan.read.plaintext import read_plaintext

        source = read_plaintext(name, data, sha256, limits.text)
    if len(source.text) > limits.text:
        raise ReadError("too-big", f"{name}: more than {limits.text} characters of text; split the file")
    return source
