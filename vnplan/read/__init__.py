"""Readers: the bytes of a file become text and blocks, or an error that says why not."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vnplan.errors import ReadError
from vnplan.limits import LIMITS
from vnplan.model import Problem
from vnplan.read.build import Origin
from vnplan.read.detect import Format, detect, is_misnamed
from vnplan.read.files import base_name, largest, largest_of, load_bytes, too_big

if TYPE_CHECKING:
    from vnplan.limits import Limits
    from vnplan.model import Source

__all__ = ["read_bytes", "read_source"]

_CONTAINERS: Final = frozenset({"zip", "warc", "mhtml"})

_FORMAT_NAMES: Final = {
    "pdf": "a PDF",
    "docx": "a Word file",
    "doc": "an old Word file",
    "html": "an HTML page",
    "text": "text",
    "markdown": "text",
}


def read_source(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> Source:
    """Return what one file holds; links are not followed. A container of one document is read as that document.

    Raises :class:`ReadError` with a stable code for what cannot be read. An honest result always has text.
    """
    return read_bytes(base_name(path), load_bytes(path, limits, most=largest(path, limits)), limits=limits)


def read_bytes(
    name: str, data: bytes, *, limits: Limits = LIMITS, charset: str | None = None, depth: int = 0
) -> Source:
    """Return what the bytes of a file hold; ``name`` is what messages call it, its content decides how it is read.

    ``charset`` is what the file was delivered as, and counts only where the bytes do not tell. ``depth`` is in how many
    containers it stands: inside one, only a page saved in one file is opened.
    Raises :class:`ReadError`, and nothing else, for any bytes.
    """
    name = name if depth else base_name(name)
    origin = Origin(name, data, limits, charset)
    most = largest_of(data, limits)
    if len(data) > most:
        raise too_big(name, most)
    found = detect(origin)
    if found in _CONTAINERS:
        from vnplan.read.archives import nested_archive, only_member

        if depth > (found == "mhtml"):
            raise nested_archive(name)
        inner, data, charset = only_member(origin)
        return read_bytes(inner, data, limits=limits, charset=charset, depth=depth + 1)
    if len(data) > limits.file_bytes:
        raise too_big(name, limits.file_bytes)
    misnamed = is_misnamed(origin, found)
    try:
        source = _read(origin, found)
    except ReadError as error:
        if misnamed and error.code in ("not-a-plan", "no-text", "empty", "not-text") and found in ("html", "text"):
            what = f"it is {_FORMAT_NAMES[found]} without a document in it; download the document again"
            raise origin.fail("wrong-type", what) from error
        raise
    if misnamed:
        note = Problem(
            f"type:{found}", f"{origin.name} was read as {_FORMAT_NAMES[found]}, which its name does not say"
        )
        return replace(source, problems=(note, *source.problems))
    return source


def _read(origin: Origin, found: Format) -> Source:
    if found == "pdf":
        from vnplan.read.pdf import read_pdf

        return read_pdf(origin)
    if found == "docx":
        from vnplan.read.docx import read_docx

        return read_docx(origin)
    if found == "doc":
        from vnplan.read.doc import read_doc

        return read_doc(origin)
    if found == "html":
        from vnplan.read.html import read_html

        return read_html(origin)
    from vnplan.read.plaintext import read_text

    return read_text(origin, markdown=found == "markdown")
