"""Bytes of a file that may be anything: a pipe, a link, a folder, or larger than memory."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from vnplan.errors import ReadError

if TYPE_CHECKING:
    from vnplan.limits import Limits

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)  # not on Windows
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NOT_A_FILE = "it is not a regular file (a link, folder, pipe or device); give the file itself"


def load_bytes(path: str | os.PathLike[str], limits: Limits, *, most: int | None = None) -> bytes:
    """Return the bytes of a regular file, read once; links are not followed and nothing blocks.

    A file may be as large as ``most``, or else as ``limits.file_bytes``.
    Raises :class:`ReadError` with ``not-a-file``, ``too-big`` or ``unreadable``.
    """
    name = base_name(path)
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise _open_error(name, path, error) from error
    with os.fdopen(_regular(descriptor, name), "rb") as file:
        most = limits.file_bytes if most is None else most
        if os.fstat(descriptor).st_size > most:
            raise too_big(name, most)
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise ReadError("unreadable", f"{name}: reading failed ({error.strerror}); copy the file again") from error
    if len(data) > most:
        raise too_big(name, most)
    return data


def load_head(path: str | os.PathLike[str], count: int) -> bytes:
    """Return the first bytes of a regular file, none where it cannot be read."""
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(_regular(descriptor, base_name(path)), "rb") as file:
            return file.read(count)
    except (OSError, ValueError, ReadError):
        return b""


def largest_of(head: bytes, limits: Limits) -> int:
    """Return how large a file that begins so may be: a container as large as what it may hold."""
    is_container = head.startswith((b"PK\x03\x04", b"WARC/", b"\x1f\x8b"))
    return max(limits.archive_bytes, limits.file_bytes) if is_container else limits.file_bytes


def largest(path: str | os.PathLike[str], limits: Limits) -> int:
    """Return how large the file at ``path`` may be."""
    return largest_of(load_head(path, 8), limits)


def base_name(path: str | os.PathLike[str]) -> str:
    """Return the last part of ``path``, which names the source."""
    return os.path.basename(os.fspath(path)) or os.fspath(path)


def _regular(descriptor: int, name: str) -> int:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReadError("not-a-file", f"{name}: {_NOT_A_FILE}")
    return descriptor


def _open_error(name: str, path: str | os.PathLike[str], error: OSError | ValueError) -> ReadError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return ReadError("not-a-file", f"{name}: there is no such file; check the name")
    if number in (errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR) or _is_other(path):
        return ReadError("not-a-file", f"{name}: {_NOT_A_FILE}")
    reason = error.strerror if isinstance(error, OSError) else "the name holds a NUL character"
    return ReadError("unreadable", f"{name}: the file cannot be opened ({reason}); check its name and permissions")


def _is_other(path: str | os.PathLike[str]) -> bool:
    try:
        return not stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def too_big(name: str, most: int) -> ReadError:
    """Return the error for a file of more than ``most`` bytes."""
    return ReadError("too-big", f"{name}: the file is larger than {most:,} bytes; raise the limits to read it")
