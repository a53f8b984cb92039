"""What a run is given: files, folders, patterns, containers, lists of paths, and texts in JSON lines."""

from __future__ import annotations

import errno
import glob
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from vnplan.batch import SourcePath, find_sources, source_digests
from vnplan.errors import ReadError, VnplanError
from vnplan.limits import LIMITS
from vnplan.read.archives import member_name
from vnplan.read.files import base_name
from vnplan.report.escape import encodable

Note = Callable[[str], None]
JSON_LINES: Final = (".jsonl", ".ndjson")
_NAMES: Final = ("name", "id", "url")  # fields of a line that name its text, the first that is there


@dataclass(frozen=True, slots=True)
class Item:
    """One source: where it is, what it is called, and the digest of its bytes; ``at`` is its place in JSON lines."""

    path: str
    member: str | None
    name: str
    sha256: str | None
    at: tuple[int, int] | None = None
    same_as: str | None = None  # an earlier source with the same bytes

    @property
    def source(self) -> str:
        r"""What the tables call the source: the whole path, with the member behind it.

        A byte that is no UTF-8 is written as an escape (``\udcff``), so that two files never have one name.
        """
        whole = self.path if self.member is None else member_name(self.path, self.member)
        return whole.encode("utf-8", "backslashreplace").decode()

    @property
    def shown(self) -> str:
        """The name as tables can hold it."""
        return encodable(self.name)

    def line(self) -> str:
        """Return the item as a line of JSON."""
        return json.dumps([self.path, self.member, self.name, self.sha256, self.at, self.same_as]) + "\n"


def read_items(lines: Iterable[str]) -> Iterator[Item]:
    """Yield the items that :meth:`Item.line` wrote."""
    for line in lines:
        path, member, name, sha256, at, same_as = json.loads(line)
        yield Item(path, member, name, sha256, tuple(at) if at else None, same_as)


def listed_paths(file: str) -> list[str]:
    """Return the paths in a file, one a line, or those on standard input for ``-``; VnplanError if there is no file."""
    try:
        if file != "-":
            with open(file, "rb") as stream:
                data = stream.read()
        elif sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        else:
            data = sys.stdin.buffer.read()
    except OSError as error:
        raise VnplanError("no-files", f"{file}: it cannot be read ({error.strerror}); name a file of paths") from error
    lines = (os.fsdecode(line.removesuffix(b"\r")) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return [line for line in lines if line.strip()]


def find_items(given: Iterable[str], *, note: Note) -> Iterator[Item]:
    """Yield the sources under the paths and patterns, with digests, each once. ``note`` is told what is passed over."""
    seen: set[str] = set()
    for item in _items(given, note):
        if item.source not in seen:
            seen.add(item.source)
            yield item


def _items(given: Iterable[str], note: Note) -> Iterator[Item]:
    for path in _paths(given, note):
        if path.lower().endswith(JSON_LINES) and os.path.isfile(path):
            yield from _lines(path)
        else:
            for source, digest in source_digests(find_sources([path], note=note)):
                yield Item(source.path, source.member, source.name, digest)


def _paths(given: Iterable[str], note: Note) -> Iterator[str]:
    """Yield absolute paths; a pattern that is no file itself stands for the files that it fits, sorted."""
    for words in given:
        if os.path.lexists(words) or not glob.has_magic(words):
            yield os.path.abspath(words)
            continue
        found = sorted(glob.glob(words, recursive=True))
        if not found:
            note(f"{words}: no file fits this pattern")
        yield from map(os.path.abspath, found)


def _lines(path: str) -> Iterator[Item]:
    """Yield an item for each line that is not empty; a line without a text fails when it is read."""
    names: set[str] = set()
    for number, (start, size, line) in enumerate(_pieces(path), start=1):
        if line.strip():
            name, data = _line_text(line) if len(line) == size else (None, None)
            member = name if name and name not in names else f"{name or 'line'} {number}"
            names.add(member)
            digest = None if data is None else hashlib.sha256(data).hexdigest()
            yield Item(path, member, member_name(base_name(path), member), digest, (start, size))


def _pieces(path: str) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each line starts, how long it is, and its bytes, of a line that is too long the first of them."""
    most, start = LIMITS.file_bytes, 0
    with open(path, "rb") as file:
        while line := file.readline(most):
            size, last = len(line), line
            while len(last) == most and not last.endswith(b"\n"):
                last = file.readline(most)
                size += len(last)
            yield start, size, line
            start += size


def _line_text(line: bytes) -> tuple[str | None, bytes | None]:
    """Return the name and the text of a line of JSON, None for what it does not have."""
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None, None
    if not isinstance(record, dict):
        return None, None
    name = next((str(record[key]) for key in _NAMES if isinstance(record.get(key), str | int)), None)
    text = record.get("text")
    return name, text.encode("utf-8", "replace") if isinstance(text, str) else None


def load_line(item: Item) -> bytes:
    """Return the text of a line of JSON in UTF-8; raises ReadError."""
    start, size = item.at or (0, 0)
    if size > LIMITS.file_bytes:
        raise ReadError("too-big", f"{item.name}: the line is longer than {LIMITS.file_bytes:,} bytes")
    try:
        with open(item.path, "rb") as file:
            file.seek(start)
            _, data = _line_text(file.read(size))
    except OSError as error:
        raise ReadError("unreadable", f"{item.name}: the file cannot be read ({error.strerror})") from error
    if data is None:
        raise ReadError("wrong-type", f"{item.name}: the line is no JSON object with a string as its 'text'")
    return data


def member_source(item: Item) -> SourcePath:
    """Return the item as ``vnplan.batch`` knows sources."""
    return SourcePath(item.path, item.member, item.sha256)
