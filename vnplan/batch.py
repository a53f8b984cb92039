"""Many files, each for itself: what one of them does to its reader never reaches the others.

A *source* is a file, or a member of a container: ``portal.zip!/ke-hoach/kh-12.pdf``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TypeVar

from vnplan.errors import ReadError, VnplanError, WorkError
from vnplan.limits import LIMITS, RUN_LIMITS, Limits, RunLimits
from vnplan.model import Document
from vnplan.read.archives import (
    FRAMES_IN,
    has_frames,
    is_litter,
    is_page_part,
    load_container,
    member_name,
    page_folders,
)
from vnplan.read.detect import CONTAINERS, SUFFIXES
from vnplan.read.files import base_name, largest, load_bytes, load_head
from vnplan.report.escape import shortened

if TYPE_CHECKING:
    from vnplan.read.archives import Container, Member

_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class SourcePath:
    """Where one source is: a file, or a member of the container in that file. It holds no bytes.

    >>> str(SourcePath("downloads/portal.zip", "kh-12.pdf")), SourcePath("downloads/portal.zip", "kh-12.pdf").name
    ('downloads/portal.zip!/kh-12.pdf', 'portal.zip!/kh-12.pdf')
    """

    path: str
    member: str | None = None
    sha256: str | None = field(default=None, compare=False)  # where opening the container told it

    def __str__(self) -> str:
        return self.path if self.member is None else member_name(self.path, self.member)

    @property
    def name(self) -> str:
        """What reports call the source: without the folder of the file."""
        name = base_name(self.path)
        return name if self.member is None else member_name(name, self.member)


AnyPath = str | os.PathLike[str] | SourcePath
Given = TypeVar("Given", str, SourcePath)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its document, or the failure with its code; exactly one of the two is there."""

    path: str  # of a member with its name behind it
    document: Document | None = None
    failure: VnplanError | None = None
    sha256: str | None = None  # of a source that failed, when its bytes could be read
    name: str = ""  # the path without its folder


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """Yield the files that ``paths`` name: a file is itself, a folder all files of known suffix below it, sorted.

    Names that begin with a dot, links to folders, and what a browser saved beside a page to show it are passed over.
    Containers are files here. A file named outright is always yielded, and so is a folder that cannot be listed: it
    fails when it is read.
    """
    for path in paths:
        if not os.path.isdir(path):
            yield os.fspath(path)
            continue
        assets: set[str] = set()  # folders of saved pages
        closed: list[str] = []  # folders that cannot be listed
        for folder, folders, names in os.walk(path, onerror=lambda error, to=closed: to.append(error.filename)):  # type: ignore[misc]
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            assets.update(os.path.join(folder, name) for name in _page_folders(folder, folders, names))
            inside = folder in assets
            assets.update(os.path.join(folder, name) for name in folders if inside)
            for name in sorted(names):
                if _is_wanted(name) and not (inside and is_page_part(name)):
                    yield os.path.join(folder, name)
        yield from closed


def _is_wanted(name: str) -> bool:
    low = name.lower()
    suffix = ".warc.gz" if low.endswith(".warc.gz") else os.path.splitext(low)[1]
    return not is_litter(name) and (suffix in SUFFIXES or suffix in CONTAINERS)


def _page_folders(folder: str, folders: list[str], names: list[str]) -> Iterator[str]:
    """Yield the folders that belong to a saved page beside them, unless it is a page of frames."""
    pages = page_folders(names)
    for name in folders:
        if name in pages and not has_frames(load_head(os.path.join(folder, pages[name]), FRAMES_IN)):
            yield name


def find_sources(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = LIMITS, note: Callable[[str], None] | None = None
) -> Iterator[SourcePath]:
    """Yield the sources under ``paths``: each file that :func:`find_files` finds, of a container each document in it.

    A container that cannot be opened, or holds no document, is a source itself, and fails when it is read. ``note`` is
    called with a line for what a container holds and is passed over.
    """
    for path in find_files(paths):
        container = _container(path, limits)
        if container is not None and note is not None:
            for line in container.notes:
                note(f"{path}: {line}")
        if container is None or not container.members:
            yield SourcePath(path)
        else:
            yield from (SourcePath(path, member.name, member.sha256) for member in container.members)


def _container(path: str, limits: Limits) -> Container | None:
    """Return the container in a file, None for another file and for one that cannot be opened."""
    if os.path.splitext(path)[1].lower() in SUFFIXES:
        return None
    try:
        return load_container(path, limits)
    except (VnplanError, MemoryError, RecursionError):
        return None


class _Opener:
    """Keeps the container that was opened last: its members are read one after another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._path: str | None = None
        self._container: Container | None = None
        self._members: dict[str, Member] = {}

    def load(self, source: SourcePath) -> tuple[bytes, str | None]:
        """Return the bytes of a member and what its container says of their encoding; raises ReadError."""
        if self._path != source.path:
            self._path, self._container, self._members = None, None, {}
            container = load_container(source.path, self.limits)
            self._members = {} if container is None else {member.name: member for member in container.members}
            self._path, self._container = source.path, container
        member = self._members.get(source.member or "")
        if self._container is None or member is None:
            raise VnplanError("not-a-file", f"{source.name}: the container does not hold it (any more); name it again")
        return self._container.load(member), member.charset


def read_many(
    paths: Iterable[AnyPath], *, processes: int = 1, limits: Limits = LIMITS, run_limits: RunLimits = RUN_LIMITS
) -> Iterator[Outcome]:
    """Yield exactly one outcome for each source, in the order of ``paths``; nothing that a file does stops the run.

    What :func:`find_sources` yields may be given, or paths of files; a container that is given as a path is one source.
    With one process the files are read in this process, without protection against one that takes for ever. With more
    they are read by as many workers, each killed and replaced when its document exceeds ``run_limits``.
    """
    if processes == 1:
        opener = _Opener(limits)
        for path in paths:
            yield _read_one(_source(path), opener)
        return
    yield from _read_in_workers(map(_source, paths), processes, limits, run_limits)


def _read_in_workers(
    sources: Iterable[SourcePath], processes: int, limits: Limits, run_limits: RunLimits
) -> Iterator[Outcome]:
    if os.name != "posix":
        raise OSError(f"processes={processes}: worker processes need a POSIX system; read with processes=1")
    from vnplan.codec import decode_document
    from vnplan.workers import Pool

    taken: list[SourcePath] = []
    ready: dict[int, Outcome] = {}
    due = 0

    def requests() -> Iterator[dict[str, object]]:
        for source in sources:
            taken.append(source)
            yield {"path": source.path, "member": source.member, "name": source.name, "limits": asdict(limits)}

    with Pool(processes, limits=run_limits) as pool:
        for answer in pool.run(requests()):
            source = taken[answer.number]
            document, failure = None, answer.failure
            if answer.data is not None:
                try:
                    document = decode_document(answer.data)
                except ValueError as error:
                    failure = VnplanError("crash", f"{source.name}: its process gave no document ({error})")
            digest = None if document else answer.sha256 or source.sha256
            outcome = Outcome(str(source), document=document, failure=failure, sha256=digest, name=source.name)
            ready[answer.number] = outcome
            while due in ready:
                yield ready.pop(due)
                due += 1


_opened: dict[str, _Opener] = {}  # of a worker: what it opened last


def read_request(request: dict[str, object]) -> bytes:
    """Return the document of one source as JSON: the job of a worker. Raises VnplanError, with the digest if known."""
    from vnplan.codec import encode_document

    limits = Limits(**request["limits"])  # type: ignore[arg-type]
    opener = _opened.setdefault(repr(limits), _Opener(limits))
    source = SourcePath(str(request["path"]), None if request["member"] is None else str(request["member"]))
    outcome = _read_one(source, opener)
    if outcome.document is None:
        failure = outcome.failure or VnplanError("parser", f"{source.name}: nothing came of it")
        raise WorkError(failure.code, failure.message, outcome.sha256)
    return encode_document(outcome.document)


def _source(path: AnyPath) -> SourcePath:
    return path if isinstance(path, SourcePath) else SourcePath(os.fspath(path))


def _read_one(source: SourcePath, opener: _Opener) -> Outcome:
    from vnplan import document

    digest: str | None = None
    try:
        if source.member is None:
            return Outcome(
                str(source), document=document.read(source.path, limits=opener.limits), name=source.name
            )  # fmt: skip
        data, charset = opener.load(source)
        digest = hashlib.sha256(data).hexdigest()
        found = document.read_member(source.name, data, charset=charset, limits=opener.limits)
        return Outcome(str(source), document=found, name=source.name)
    except VnplanError as error:
        failure = error
    except MemoryError:
        failure = VnplanError("memory", f"{source.name}: reading it needs more memory than there is")
    except RecursionError:
        failure = VnplanError("too-deep", f"{source.name}: it is nested more deeply than its parser can follow")
    except Exception as error:
        what = shortened(f"{type(error).__name__}: {error}", _MESSAGE)
        failure = VnplanError("parser", f"{source.name}: its parser failed ({what})")
    if source.member is None:
        digest = file_digest(source.path, limits=opener.limits)
    return Outcome(str(source), failure=failure, sha256=digest, name=source.name)


def file_digest(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> str | None:
    """Return the SHA-256 of a regular file within the limits, None for anything else; never blocks on a pipe."""
    try:
        return hashlib.sha256(load_bytes(path, limits, most=largest(path, limits))).hexdigest()
    except (ReadError, MemoryError):
        return None


def distinct(paths: Iterable[Given], *, limits: Limits = LIMITS) -> Iterator[tuple[Given, Given | None]]:
    """Yield each source with the earlier source that has the same bytes, or None when there is none."""
    first: dict[str, Given] = {}
    named: dict[tuple[str, str | None], Given] = {}
    opener = _Opener(limits)
    for given in paths:
        source = _source(given)
        place = os.path.abspath(source.path), source.member
        if place in named:
            yield given, named[place]
            continue
        digest = source.sha256 or _digest(source, opener)
        earlier = first.setdefault(digest, given) if digest else given
        named[place] = given
        yield given, None if earlier is given else earlier


def source_digests(
    sources: Iterable[SourcePath], *, limits: Limits = LIMITS
) -> Iterator[tuple[SourcePath, str | None]]:
    """Yield each source with the SHA-256 of its bytes, None where they cannot be reached."""
    opener = _Opener(limits)
    for source in sources:
        yield source, source.sha256 or _digest(source, opener)


def _digest(source: SourcePath, opener: _Opener) -> str | None:
    if source.member is None:
        return file_digest(source.path, limits=opener.limits)
    try:
        return hashlib.sha256(opener.load(source)[0]).hexdigest()
    except (VnplanError, MemoryError, RecursionError):
        return None
