"""The container of an old Word file ([MS-CFB]), its header (FIB), and its text in pieces ([MS-DOC])."""

from __future__ import annotations

import io
import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from vnplan.errors import ReadError
from vnplan.read.build import Origin, too_long
from vnplan.read.doc_properties import prm_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

ADVICE: Final = "get the file again, or open it in Word or LibreOffice and save it as .docx"
_OLD_MARKS: Final = (0xA59B, 0xA59C, 0xA5DC, 0xA5EC, 0xA697, 0xA698, 0xA699)
WORD97: Final = 0xC1  # the number of the format (nFib) from which on it is read here
_STORIES: Final = ("main", "notes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
# What may be wrong with bytes that lie about themselves: a place beyond the end, a number that is none.
LIES: Final = (struct.error, IndexError, KeyError, ValueError, OverflowError, TypeError, AttributeError,
               RecursionError, OSError)  # fmt: skip


class OldWordError(Exception):
    """A Word file of a version before Word 97, which another program has to read."""


def damaged(origin: Origin, what: str) -> ReadError:
    """Return the error for a file whose structure contradicts itself."""
    return origin.fail("damaged", f"the old Word file is broken ({what}); {ADVICE}")


class Container:
    """The streams of the compound file; olefile reads it, within the bounds that the size of the file sets."""

    def __init__(self, origin: Origin) -> None:
        import olefile

        self.origin = origin
        _check_header(origin)
        try:
            self._ole: Any = olefile.OleFileIO(io.BytesIO(origin.data))
            self._fat: Any = self._ole.fat
            self._check_mini()
        except LIES as error:
            raise damaged(origin, f"its directory cannot be read: {str(error)[:80]}") from error

    def stream(self, name: str) -> bytes | None:
        """Return the bytes of one stream, or None when there is none of that name."""
        try:
            if not self._ole.exists(name):
                return None
            entry = self._ole.direntries[self._ole._find(name)]
            if entry.size > len(self.origin.data):
                raise damaged(self.origin, f"the stream {name} is larger than the file")
            if entry.size >= self._ole.minisectorcutoff:
                self._check_chain(entry.isectStart, name)
            data = bytes(self._ole.openstream(name).read())
        except LIES as error:
            raise damaged(self.origin, f"the stream {name} cannot be read: {str(error)[:80]}") from error
        if len(data) < entry.size:
            raise damaged(self.origin, f"the stream {name} is cut off")
        return data

    def _check_mini(self) -> None:
        root = self._ole.root
        size = len(self.origin.data)
        if root.size > size or self._ole.num_mini_fat_sectors * self._ole.sector_size > size:
            raise ValueError("the small streams are larger than the file")

    def _check_chain(self, sector: int, name: str) -> None:
        """Fail on a stream whose sectors lead back to one of its own."""
        seen: set[int] = set()
        while sector < len(self._fat):
            if sector in seen:
                raise damaged(self.origin, f"the sectors of the stream {name} run in a circle")
            seen.add(sector)
            sector = self._fat[sector]


def _check_header(origin: Origin) -> None:
    """Fail on counts that the size of the file refutes, which olefile would believe."""
    data = origin.data
    if len(data) < 1536:
        raise damaged(origin, "it is cut off")
    shift, mini = struct.unpack_from("<HH", data, 30)
    directory, tables, small, more = (struct.unpack_from("<I", data, at)[0] for at in (40, 44, 64, 72))
    if shift not in (9, 12) or mini != 6:
        raise damaged(origin, "its header gives no size of a sector")
    sectors = len(data) >> shift
    needed = (sectors >> shift - 2) + 1  # sectors of the table that holds four bytes for each sector
    if max(directory, small) > sectors or max(tables, more) > 2 * needed + 16:
        raise damaged(origin, "its header counts more sectors than there are")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of the document says: the version, where its parts stand, how long its stories are."""

    version: int
    table: str  # the name of the stream of tables
    text: tuple[int, int]  # where its text begins and ends, for a file without pieces
    lengths: dict[str, int]
    parts: tuple[tuple[int, int], ...]

    def story(self, name: str) -> tuple[int, int]:
        """Return where one of the stories begins and ends in the text of the file."""
        start = 0
        for other in _STORIES:
            if other == name:
                break
            start += self.lengths[other]
        return start, start + self.lengths[name]


def read_header(origin: Origin, data: bytes) -> Header:
    """Return the header in the stream WordDocument.

    Raises :class:`ReadError` (``encrypted``, ``damaged``), or :class:`OldWordError` for Word 95 and older.
    """
    if len(data) < 68:
        raise damaged(origin, "its header is cut off")
    mark, version, flags = struct.unpack_from("<HH6xH", data)
    if flags & 0x100:
        raise origin.fail("encrypted", "the Word file is protected by a password; remove the password and try again")
    if version < WORD97:
        raise OldWordError(version) if mark in _OLD_MARKS else damaged(origin, "its header is none")
    at = 32
    try:
        at += 2 + 2 * struct.unpack_from("<H", data, at)[0]
        count = struct.unpack_from("<H", data, at)[0]
        longs = struct.unpack_from(f"<{count}i", data, at + 2)
        at += 2 + 4 * count
        count = struct.unpack_from("<H", data, at)[0]
        places = struct.unpack_from(f"<{2 * count}I", data, at + 2)
        lengths = dict(zip(_STORIES, longs[3:11], strict=True))
    except (struct.error, ValueError) as error:
        raise damaged(origin, "its header is cut off") from error
    if mark != 0xA5EC or min(lengths.values()) < 0 or count < 75:
        raise damaged(origin, "its header contradicts itself")
    begin, end = struct.unpack_from("<II", data, 24)
    parts = tuple(zip(places[::2], places[1::2], strict=True))
    return Header(version, "1Table" if flags & 0x200 else "0Table", (begin, end), lengths, parts)


class Tables:
    """The parts of the stream of tables, by their numbers in the header."""

    def __init__(self, origin: Origin, header: Header, data: bytes) -> None:
        self.origin, self.header, self.data = origin, header, data

    def part(self, number: int, *, more: bool = False) -> bytes:
        """Return one part, empty when the file has none; ``more`` with all that stands behind it."""
        place, size = self.header.parts[number]
        if size == 0:
            return b""
        if place + size > len(self.data):
            raise damaged(self.origin, "a table lies outside the file")
        return self.data[place:] if more else self.data[place : place + size]

    def positions(self, number: int, size: int) -> tuple[array[int], bytes]:
        """Return the positions of a table (PLC), and its entries of ``size`` bytes, one less."""
        data = self.part(number)
        count = max(0, (len(data) - 4) // (4 + size))
        places = array("I", data[: 4 * (count + 1)] if count else b"")
        return to_native(places), data[4 * (count + 1) :]


def to_native(numbers: array[int]) -> array[int]:
    """Return numbers that were stored with the low byte first in the order of this machine."""
    import sys

    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Pieces:
    """The whole text of the file, all stories, and where each character stands in the stream WordDocument.

    A position counts UTF-16 code units, and ``text`` has one character for each.
    """

    def __init__(self, origin: Origin, data: bytes, tables: Tables) -> None:
        self.origin, self.data = origin, data
        self.changes: list[bytes] = []  # properties that pieces may add
        starts, entries = self._read_table(tables)
        if len(starts) > origin.limits.xml_elements:
            raise too_many(origin)
        if starts[-1] > origin.limits.text:
            raise too_long(origin)
        self.starts = starts
        self.places: list[int] = []  # of each piece: where it begins in the stream
        self.widths: list[int] = []
        self.properties: list[bytes] = []
        words: list[str] = []
        for number, (start, end) in enumerate(pairwise(starts)):
            if end < start:
                raise damaged(origin, "the pieces of its text are out of order")
            place, more = struct.unpack_from("<IH", entries, 8 * number + 2)
            narrow = bool(place & 0x40000000)
            place = (place & 0x3FFFFFFF) >> 1 if narrow else place & 0x3FFFFFFF
            width = 1 if narrow else 2
            if place + width * (end - start) > len(data):
                raise damaged(origin, "a piece of its text lies outside the file")
            self.places.append(place)
            self.widths.append(width)
            self.properties.append(prm_properties(more, self.changes))
            words.append(_decode(data[place : place + width * (end - start)], narrow))
        self.text = "".join(words)

    def _read_table(self, tables: Tables) -> tuple[array[int], bytes]:
        data = tables.part(33)
        at = 0
        while at < len(data) and data[at] == 1:
            size = struct.unpack_from("<H", data, at + 1)[0]
            self.changes.append(data[at + 3 : at + 3 + size])
            at += 3 + size
        if at >= len(data):
            return self._one_piece(tables)
        size = struct.unpack_from("<I", data, at + 1)[0] if data[at] == 2 and at + 5 <= len(data) else 0
        body = data[at + 5 : at + 5 + size]
        count = (len(body) - 4) // 12
        if len(body) < size or count < 1:
            raise damaged(self.origin, "the table of its text is cut off")
        return to_native(array("I", body[: 4 * (count + 1)])), body[4 * (count + 1) :]

    def _one_piece(self, tables: Tables) -> tuple[array[int], bytes]:
        """Return the table of a file that was written without one: its text stands in one stretch."""
        begin, end = tables.header.text
        size = sum(tables.header.lengths.values())
        narrow = 0 <= end - begin < 2 * size
        place = 2 * begin | 0x40000000 if narrow else begin
        return array("I", [0, size]), struct.pack("<HIH", 0, place, 0)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, int, int, int]]:
        """Yield the parts of a stretch of text that stand together in the stream.

        Each is the number of its piece, where it begins and ends in the text, where in the stream, and the width of
        its letters in bytes.
        """
        number = max(0, bisect_right(self.starts, start) - 1)
        while start < end and number < len(self.places):
            stop = min(end, self.starts[number + 1])
            if stop > start:
                width = self.widths[number]
                yield number, start, stop, self.places[number] + width * (start - self.starts[number]), width
                start = stop
            number += 1


def too_many(origin: Origin) -> ReadError:
    """Return the error for a file that is cut into more parts than any honest one."""
    most = f"{origin.limits.xml_elements:,}"
    return origin.fail("too-big-inside", f"its text is in more than {most} parts; do not trust the file")


def _decode(data: bytes, narrow: bool) -> str:
    if narrow:
        return data.decode("cp1252", "replace") if data.isascii() else data.decode("latin-1").translate(_CP1252)
    text = data.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(data):
        return text
    return "".join(map(chr, to_native(array("H", data))))  # one character for each half of a pair


_CP1252: Final = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
