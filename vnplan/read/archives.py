"""Containers of documents: zip archives, web archives (WARC) and pages saved in one file (MHTML).

A container is opened in memory and within budgets. Its members have names, which are never used as paths; nothing is
written to disk, and an archive inside a container is never opened.
"""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

from vnplan.errors import ReadError
from vnplan.read.build import Origin
from vnplan.read.detect import ARCHIVES, OTHERS, SAVED_PAGES, SUFFIXES, detect, extension
from vnplan.read.files import base_name, largest, load_bytes

if TYPE_CHECKING:
    import os

    from vnplan.limits import Limits

Sort = Literal["document", "archive", "asset"]

BETWEEN: Final = "!/"  # the name of a container and that of its member
_PAGES: Final = frozenset({".html", ".htm"})
_PAGE_PARTS: Final = frozenset({".html", ".htm", ".txt", ".md"})
_PAGE_FOLDERS: Final = ("_files", ".files")
_HEAD: Final = 512
FRAMES_IN: Final = 65_536  # bytes of a page in which its frames are looked for
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others inflate in pieces that no limit reaches
_UTF8_NAME: Final = 0x800
_LOCKED: Final = 0x1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a container, told apart from the others by its name and described without its bytes."""

    name: str
    sha256: str | None = None  # where opening the container told it
    charset: str | None = None  # what the container says of the encoding; the bytes count more
    failure: ReadError | None = field(default=None, compare=False)  # why it cannot be read, where that is known


class Container(Protocol):
    """An open container: its documents in order, and what was passed over."""

    members: list[Member]
    notes: list[str]

    def load(self, member: Member) -> bytes:
        """Return the bytes of a member; raises :class:`ReadError`."""
        ...


def load_container(path: str | os.PathLike[str], limits: Limits) -> Container | None:
    """Return the container in a file, None for what is none; raises :class:`ReadError` for one that cannot be opened.

    A container may be as large as what it may hold (``limits.archive_bytes``).
    """
    data = load_bytes(path, limits, most=largest(path, limits))
    return open_container(Origin(base_name(path), data, limits))


def open_container(origin: Origin) -> Container | None:
    """Return the container that the bytes are, None for what is none; raises :class:`ReadError`."""
    found = detect(origin)
    if found == "zip":
        return _Zip(origin)
    if found == "warc":
        from vnplan.read.warc import Warc

        return Warc(origin)
    if found == "mhtml":
        from vnplan.read.mhtml import Mhtml

        return Mhtml(origin)
    return None


def only_member(origin: Origin) -> tuple[str, bytes, str | None]:
    """Return the name, the bytes and the declared encoding of the one document in a container.

    Raises :class:`ReadError`: ``container`` where there are several, ``wrong-type`` where there is none.
    """
    container = open_container(origin)
    members = container.members if container is not None else []
    if container is None or not members:
        raise no_documents(origin)
    if len(members) > 1:
        what = f"it holds {len(members):,} documents; give it to the command, or to vnplan.batch.find_sources"
        raise origin.fail("container", what)
    return member_name(origin.name, members[0].name), container.load(members[0]), members[0].charset


def no_documents(origin: Origin) -> ReadError:
    """Return the error for a container without a document."""
    return origin.fail("wrong-type", f"it holds no document ({' '.join(sorted(SUFFIXES))}); is it the right file?")


def member_name(container: str, member: str) -> str:
    """Return what messages call a member.

    >>> member_name("portal.zip", "ke-hoach/kh-12.pdf")
    'portal.zip!/ke-hoach/kh-12.pdf'
    """
    return f"{container}{BETWEEN}{member}"


def last_part(name: str) -> str:
    """Return the name of a member without its folders, which some programs divide by backslashes.

    >>> last_part("kế hoạch\\\\kh-12.pdf"), last_part("kh-12.pdf")
    ('kh-12.pdf', 'kh-12.pdf')
    """
    return name.replace("\\", "/").rpartition("/")[2]


class Names:
    """Gives every member a name of its own.

    >>> names = Names()
    >>> names.take("a.pdf"), names.take("a.pdf"), names.take("")
    ('a.pdf', 'a.pdf (2)', 'unnamed')
    """

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return ``name``, with a number where it was taken before."""
        name = name[:_LONGEST] or "unnamed"
        while name in self._count:
            self._count[name] += 1
            name = f"{name} ({self._count[name]})"
        self._count[name] = 1
        return name


_LONGEST: Final = 1_000  # characters of a name


def sort_of(name: str, head: bytes, media_type: str = "") -> Sort:
    """Return what a member is: something to read, an archive that is not opened, or what belongs to a page.

    >>> sort_of("tai-ve", b"%PDF-1.7"), sort_of("a.css", b"p {}"), sort_of("b.rar", b"Rar!")
    ('document', 'asset', 'archive')
    """
    suffix = extension(last_part(name))
    if suffix in ARCHIVES:
        return "archive"
    if suffix in SUFFIXES or suffix in OTHERS or suffix in SAVED_PAGES:
        return "document"
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"WARC/")):
        return "archive"
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "document"
    low = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    if low.startswith((b"<!doctype html", b"<html")) or media_type in ("text/html", "application/xhtml+xml"):
        return "document"
    return "asset"


def nested_archive(name: str) -> ReadError:
    """Return the error for an archive inside a container."""
    return ReadError("unsupported", f"{name}: an archive inside a container is never opened; take it out and give it")


def page_folders(names: Iterable[str]) -> dict[str, str]:
    """Return the folders in which browsers put what belongs to a saved page, each with the name of its page.

    >>> page_folders(["kh-12.html", "a/tin.htm", "b_files"])
    {'kh-12_files': 'kh-12.html', 'kh-12.files': 'kh-12.html', 'a/tin_files': 'a/tin.htm', 'a/tin.files': 'a/tin.htm'}
    """
    pages = [(name, posixpath.splitext(name.replace("\\", "/"))) for name in names]
    return {
        stem + folder: name for name, (stem, suffix) in pages if suffix.lower() in _PAGES for folder in _PAGE_FOLDERS
    }


def is_page_part(name: str) -> bool:
    """Tell whether a file in the folder of a saved page is a part of the page, not an attachment.

    >>> is_page_part("saved_resource.html"), is_page_part("phu-luc.pdf")
    (True, False)
    """
    return extension(last_part(name)) in _PAGE_PARTS


def has_frames(head: bytes) -> bool:
    """Tell whether a page only divides the window: what there is to read stands in the pages of its frames."""
    return b"<frameset" in head[:FRAMES_IN].lower()


def is_litter(name: str) -> bool:
    """Tell whether a system or an office program left a file that nobody wrote.

    >>> is_litter("__MACOSX/._kh-12.pdf"), is_litter("~$kh-12.docx"), is_litter("kh-12.pdf")
    (True, True, False)
    """
    base = last_part(name)
    return name.startswith("__MACOSX/") or base.startswith((".", "~$"))


def note_passed(names: list[str]) -> list[str]:
    """Return the line that says what was passed over: how many, and their suffixes."""
    if not names:
        return []
    kinds = sorted({extension(last_part(name)) or "without suffix" for name in names})
    shown = " ".join(kinds[:8]) + (" …" if len(kinds) > 8 else "")
    return [f"{len(names):,} other file{'s' * (len(names) > 1)} passed over ({shown})"]


class _Zip:
    """A zip archive."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.members: list[Member] = []
        self._infos: dict[str, zipfile.ZipInfo] = {}
        limits = origin.limits
        too_many = f"the archive holds more than {limits.members:,} files; divide it"
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(origin.data))
        except _BROKEN as error:
            raise origin.fail("damaged", f"the zip archive is broken ({error}); get the file again") from error
        infos = [info for info in self._archive.infolist() if not info.is_dir()]
        if len(infos) > limits.members:
            raise origin.fail("too-many-parts", too_many)
        passed: list[str] = []
        self._list([(_readable_name(info), info) for info in infos], passed)
        self.notes = note_passed(passed)

    def _list(self, entries: list[tuple[str, zipfile.ZipInfo]], passed: list[str]) -> None:
        by_name = dict(entries)
        parts = _PagePart(page_folders(by_name), lambda page: self._head(by_name[page], FRAMES_IN))
        names, total = Names(), 0
        for name, info in entries:
            if is_litter(name):
                continue
            sort = sort_of(name, b"")
            if sort == "asset":
                sort = sort_of(name, self._head(info, _HEAD))
            if sort == "asset" or parts.holds(name):
                passed.append(name)
                continue
            name = names.take(name)
            self._infos[name] = info
            failure = self._refuse(name, info, sort)
            if failure is None:
                failure = self._too_big(name, info, total)
                total += 0 if failure is not None else info.file_size
            self.members.append(Member(name, failure=failure))

    def _refuse(self, name: str, info: zipfile.ZipInfo, sort: Sort) -> ReadError | None:
        label = member_name(self.origin.name, name)
        if info.flag_bits & _LOCKED:
            return ReadError("encrypted", f"{label}: a password is needed; take it out with the password and give it")
        if sort == "archive":
            return nested_archive(label)
        if stat.S_ISLNK(info.external_attr >> 16):
            return ReadError("not-a-file", f"{label}: it is a link; give the file itself")
        if info.compress_type not in _PACKED:
            return ReadError("unsupported", f"{label}: it is packed in an unusual way; pack it again as plain zip")
        return None

    def _too_big(self, name: str, info: zipfile.ZipInfo, before: int) -> ReadError | None:
        limits = self.origin.limits
        if info.file_size > limits.member_bytes:
            what = f"it unpacks to more than {limits.member_bytes:,} bytes; do not trust it, or give it on its own"
        elif before + info.file_size > limits.archive_bytes:
            what = f"with it the archive unpacks to more than {limits.archive_bytes:,} bytes; divide the archive"
        else:
            return None
        return ReadError("too-big-inside", f"{member_name(self.origin.name, name)}: {what}")

    def _head(self, info: zipfile.ZipInfo, count: int) -> bytes:
        """Return the first bytes of a member, none where it cannot be opened."""
        if info.flag_bits & _LOCKED or info.compress_type not in _PACKED:
            return b""
        try:
            with self._archive.open(info) as stream:
                return stream.read(count)
        except _BROKEN:
            return b""

    def load(self, member: Member) -> bytes:
        """Return the bytes of a member; raises :class:`ReadError`."""
        if member.failure is not None:
            raise member.failure
        label, limits = member_name(self.origin.name, member.name), self.origin.limits
        try:
            with self._archive.open(self._infos[member.name]) as stream:
                data = stream.read(limits.member_bytes + 1)
        except _BROKEN as error:
            what = f"it cannot be unpacked ({error}); get the archive again"
            raise ReadError("damaged", f"{label}: {what}") from error
        if len(data) > limits.member_bytes:
            raise ReadError("too-big-inside", f"{label}: it unpacks to more than {limits.member_bytes:,} bytes")
        return data


class _PagePart:
    """Tells which members belong to saved pages; a page of frames keeps the pages of its frames."""

    def __init__(self, folders: dict[str, str], head: Callable[[str], bytes]) -> None:
        self._folders, self._head = folders, head
        self._framed: dict[str, bool] = {}

    def holds(self, name: str) -> bool:
        """Tell whether a member is a part of a saved page, not an attachment or the page of a frame."""
        if not self._folders or not is_page_part(name):
            return False
        name = name.replace("\\", "/")
        at = name.find("/")
        while at >= 0:
            page = self._folders.get(name[:at])
            if page is not None:
                if page not in self._framed:
                    self._framed[page] = has_frames(self._head(page))
                return not self._framed[page]
            at = name.find("/", at + 1, _LONGEST)
        return False


def _readable_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; many programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
