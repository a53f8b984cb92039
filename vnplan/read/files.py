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


def load_bytes(path: str | os.PathLike[str], limits: Limits) -> bytes:
    """Return the bytes of a regular file, read once; links are not followed and nothing blocks.

    Raises :class:`ReadError` with ``not-a-file``, ``too-big`` or ``unreadable``.
    """
    name = base_name(path)
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise _open_error(name, path, error) from error
    with os.fdopen(_regular(descriptor, name), "rb") as file:
        if os.fstat(descriptor).st_size > limits.file_bytes:
            raise _too_big(name, limits)
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:
            raise ReadError("unreadable", f"{name}: reading failed ({error.strerror}); copy the file again") from error
    if len(data) > limits.file_bytes:
        raise _too_big(name, limits)
    return data


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


def _too_big(name: str, limits: Limits) -> ReadError:
    return ReadError(
        "too-big", f"{name}: the file is larger than {limits.file_bytes:,} bytes; raise Limits.file_bytes to read it"
    )
