"""Bytes to text: one reader a format; the real type of a file decides, not its name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from vnplan.errors import ReadError
from vnplan.limits import LIMITS, Limits
from vnplan.model import Block, Source, Span


def read_source(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> Source:
    """Return what stands in the file at ``path``; raises :class:`~vnplan.errors.ReadError` with a failure code."""
    file = Path(path)
    return read_bytes(file.name, file.read_bytes(), limits=limits)


def read_bytes(name: str, data: bytes, *, limits: Limits = LIMITS) -> Source:
    """Return what stands in ``data``, the content of a file called ``name``."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ReadError("unsupported", f"{name}: only UTF-8 text is read so far; save it as UTF-8 text") from error
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line)), "line"))
        start += len(line) + 1
    if not blocks:
        raise ReadError("empty", f"{name}: the file holds no text")
    return Source(name, hashlib.sha256(data).hexdigest(), "text/plain", text, tuple(blocks), "text")
