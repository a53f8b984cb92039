"""What a run has done so far, on disk: a log for each chunk of sources, and the lock of the store.

A log is a row of records, each with its length and checksum before it. What a crash leaves at its end is recognised
and cut off; what stands before it counts.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from vnplan.errors import VnplanError

_HEAD: Final = struct.Struct(">IIIc")  # length of the content, checksum of the rest, position in the chunk, kind
DOCUMENT: Final = b"R"
FAILURE: Final = b"F"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a log: what became of the source at a position of the chunk; the content is read when needed."""

    position: int
    kind: bytes
    start: int
    size: int


class Log:
    """The log of one chunk, open for writing; opening it cuts off what a crash left."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[int, bytes] = {}  # position and kind of what is recorded
        end = 0
        with suppress(FileNotFoundError):
            for record in read_log(path):
                self.done.setdefault(record.position, record.kind)
                end = record.start + record.size
        self._file: BinaryIO = open(path, "ab", buffering=0)  # noqa: SIM115
        self._file.truncate(end)
        self._dirty = False

    def add(self, position: int, kind: bytes, content: bytes) -> None:
        """Record what became of a source. Raises OSError, and then a piece of the record may stand at the end."""
        rest = struct.pack(">Ic", position, kind)
        check = zlib.crc32(content, zlib.crc32(rest))
        view = memoryview(_HEAD.pack(len(content), check, position, kind) + content)
        while view:
            view = view[self._file.write(view) :]
        self._dirty = True
        self.done[position] = kind

    def sync(self) -> None:
        """Have what was recorded written to the disk."""
        if self._dirty:
            os.fsync(self._file.fileno())
            self._dirty = False

    def close(self) -> None:
        """Write to the disk and close."""
        self.sync()
        self._file.close()


def read_log(path: Path) -> Iterator[Record]:
    """Yield the whole records of a log in their order, up to the first that is not whole."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        at = 0
        while at + _HEAD.size <= size:
            file.seek(at)
            length, check, position, kind = _HEAD.unpack(file.read(_HEAD.size))
            if at + _HEAD.size + length > size or kind not in (DOCUMENT, FAILURE):
                return
            content = file.read(length)
            if zlib.crc32(content, zlib.crc32(struct.pack(">Ic", position, kind))) != check:
                return
            yield Record(position, kind, at + _HEAD.size, length)
            at += _HEAD.size + length


class Lock:
    """The right to write to a store, held by one process until it ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Lock:
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._handle)
            what = f"process {holder} is writing to it; wait until that run is done, or give another folder"
            raise VnplanError("store-locked", f"{self._path.parent}: {what}") from error
        with suppress(OSError):  # the number is for the message only
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._handle)
