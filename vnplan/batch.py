"""Many files, each for itself: what one of them does to its reader never reaches the others."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vnplan.errors import VnplanError
from vnplan.limits import LIMITS, Limits
from vnplan.model import Document
from vnplan.report.escape import shortened

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".doc", ".pdf"})
_PIECE = 1 << 20
_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its document, or the failure with its code; exactly one of the two is there."""

    path: str
    document: Document | None = None
    failure: VnplanError | None = None
    sha256: str | None = None  # of a file that failed, when its bytes could be read


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """Yield the files that ``paths`` name: a file is itself, a folder all files of known suffix below it, sorted.

    Names that begin with a dot and links to folders are passed over. A file named outright is always yielded.
    """
    for path in paths:
        if not os.path.isdir(path):
            yield os.fspath(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES:
                    yield os.path.join(folder, name)


def read_many(
    paths: Iterable[str | os.PathLike[str]], *, processes: int = 1, limits: Limits = LIMITS
) -> Iterator[Outcome]:
    """Yield exactly one outcome for each path, in the order of ``paths``; nothing that a file does stops the run.

    The files are read in this process, without protection against one that takes for ever: ``processes`` other than 1
    raises ValueError until worker processes are there.
    """
    if processes != 1:
        raise ValueError(f"processes={processes}: only 1 is supported; files are read in the calling process")
    for path in paths:
        yield _read_one(os.fspath(path), limits)


def _read_one(path: str, limits: Limits) -> Outcome:
    from vnplan.document import read

    try:
        return Outcome(path, document=read(path, limits=limits))
    except VnplanError as error:
        failure = error
    except MemoryError:
        failure = VnplanError("memory", f"{Path(path).name}: reading it needs more memory than there is")
    except RecursionError:
        failure = VnplanError("too-deep", f"{Path(path).name}: it is nested more deeply than its parser can follow")
    except Exception as error:
        what = shortened(f"{type(error).__name__}: {error}", _MESSAGE)
        failure = VnplanError("parser", f"{Path(path).name}: its parser failed ({what})")
    return Outcome(path, failure=failure, sha256=file_digest(path, limits=limits))


def file_digest(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> str | None:
    """Return the SHA-256 of a regular file within the limits, None for anything else; never blocks on a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except (OSError, ValueError):
        return None
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_size > limits.file_bytes:
            return None
        digest, left = hashlib.sha256(), limits.file_bytes + 1
        while left > 0 and (piece := os.read(handle, min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        return digest.hexdigest() if left > 0 else None
    except OSError:
        return None
    finally:
        os.close(handle)


def distinct(paths: Iterable[str], *, limits: Limits = LIMITS) -> Iterator[tuple[str, str | None]]:
    """Yield each path with the earlier path that has the same bytes, or None when there is none."""
    first: dict[str, str] = {}
    named: dict[str, str] = {}
    for path in paths:
        place = os.path.abspath(path)
        if place in named:
            yield path, named[place]
            continue
        digest = file_digest(path, limits=limits)
        earlier = first.setdefault(digest, path) if digest else path
        named[place] = path
        yield path, None if earlier is path else earlier
