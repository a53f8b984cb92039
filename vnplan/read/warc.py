"""Web archives (WARC, ISO 28500): what a crawler was answered, record by record, also behind a damaged one.

The limits of records are found here, because a record that lies about its length must not take the next with it;
warcio reads what stands inside one.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from vnplan.errors import ReadError
from vnplan.read.archives import Member, Names, member_name, nested_archive, note_passed, sort_of
from vnplan.read.build import Origin

# yes: WARC/1.0
# yes: WARC/1.1, behind a line feed
# no:  a sentence with WARC/1.0 in it
_BEGIN: Final = re.compile(rb"(?:\A|\n)(WARC/[01]\.[0-9]{1,2}\r?\n)")
# yes: Content-Length: 512
# yes: WARC-Type: response
# no:  HTTP/1.1 200 OK
_FIELD: Final = re.compile(rb"^([A-Za-z-]{1,40}):([^\r\n]{0,4000})", re.MULTILINE)
# yes: filename="kh-12.pdf"
# yes: filename*=UTF-8''k%E1%BA%BF.pdf
# no:  inline
_FILE_NAME: Final = re.compile(r"filename(\*?)[ ]{0,3}=(?:[ ]{0,3}UTF-8'[^']{0,9}')?([^;]{1,300})", re.IGNORECASE)
# yes: text/html; charset=windows-1258
# yes: text/html;charset="utf-8"
# no:  text/html
_CHARSET: Final = re.compile(r"charset[ ]{0,3}=[ \"']{0,3}([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
# yes: 1a2f, in a line of its own
# yes: 12c; name=value, in a line of its own
# no:  <html>
_CHUNK: Final = re.compile(rb"[0-9A-Fa-f]{1,8}[ ]{0,9}(?:;[^\r\n]{0,200})?\r\n")
# yes: \r\n\r\n
# yes: \n\n
# no:  \r\n
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
# yes: \r\n\r\nWARC/1.0
# yes: WARC/1.1
# no:  <html>
_FOLLOWS: Final = re.compile(rb"\s{0,60}WARC/[01]\.")
_GAP: Final = 64
_LONGEST_HEAD: Final = 65_536
_PIECE: Final = 65_536
_SUSPECT: Final = 100  # records, for each document that there may be
_TRIES: Final = 5  # places that look like the begin of a gzip member, for each record that there may be
_GZIP: Final = b"\x1f\x8b\x08"
_WANTED: Final = (b"response", b"resource", b"revisit")
# yes: https://p.example/logo.png
# yes: https://p.example/a.css?v=2
# no:  https://p.example/kh-12.pdf
_NEVER_READ: Final = re.compile(r"\.(?:css|js|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|mp[34])(?:[?#]|$)", re.IGNORECASE)
_AGAIN: Final = "download it again"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a record stands: its compressed member (-1: none), and its place in what that unpacks to."""

    packed: int
    start: int
    end: int
    whole: bool
    fields: dict[bytes, bytes]


class Warc:
    """A web archive, whose records may be compressed one by one, all together, or not."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.members: list[Member] = []
        self.notes: list[str] = []
        self._spots: dict[str, _Spot] = {}
        self._unpacked: tuple[int, bytes] = (-2, b"")
        self._inflated = self._decoded = 0
        self._names, self._passed = Names(), list[str]()
        self._seen: dict[tuple[str, str], str] = {}  # by address and hash
        self._revisits: list[tuple[str, str]] = []  # name, address of the record that holds the words
        for count, (spot, plain) in enumerate(self._records()):
            if not self._take(spot, plain, count):
                break
        self._settle_revisits()
        self.notes += note_passed(self._passed)

    def load(self, member: Member) -> bytes:
        """Return the bytes of a member; raises :class:`ReadError`."""
        if member.failure is not None:
            raise member.failure
        spot = self._spots[member.name]
        if spot.packed >= 0 and self._unpacked[0] != spot.packed:
            self._unpacked = spot.packed, _inflate(self.origin.data, spot.packed, self.origin.limits.archive_bytes)[0]
        plain = self.origin.data if spot.packed < 0 else self._unpacked[1]
        label = member_name(self.origin.name, member.name)
        answer = _parse(label, plain[spot.start : spot.end])
        return self._content(label, answer, _headers(answer))

    def _records(self) -> Iterator[tuple[_Spot, bytes]]:
        """Yield each record with the bytes it stands in; damaged stretches become members that failed."""
        data, limits = self.origin.data, self.origin.limits
        if not data.startswith(_GZIP):
            yield from ((spot, data) for spot in _divide(data, -1))
            return
        at, tries = 0, _TRIES * limits.members
        while at < len(data):
            begin, tries = _next_record(data, at, tries)
            if begin > at and data[at:begin].strip(b"\0 \r\n"):
                self._fail(f"record at byte {at:,}", "damaged", f"it cannot be unpacked; {_AGAIN}")
            if begin == len(data):
                return
            at = begin
            plain, end, error = _inflate(data, at, limits.archive_bytes - self._inflated)
            self._inflated += len(plain)
            if self._inflated >= limits.archive_bytes:
                most = f"the archive unpacks to more than {limits.archive_bytes:,} bytes; divide it"
                self._fail(f"record at byte {at:,} and what follows", "too-big-inside", most)
                return
            self._unpacked = at, plain
            spots = list(_divide(plain, at))
            yield from ((spot, plain) for spot in spots)
            if error:
                end, tries = _next_record(data, at + 1, tries - 1)
            if error and all(spot.whole for spot in spots):
                more = "" if tries > 0 else " and what follows"
                self._fail(f"record at byte {at:,}{more}", "damaged", f"it cannot be unpacked ({error}); {_AGAIN}")
            at = end

    def _take(self, spot: _Spot, plain: bytes, count: int) -> bool:
        """Add what a record holds, where so many stand before it; return whether there may be more."""
        kind, limits = spot.fields.get(b"warc-type", b"").lower(), self.origin.limits
        too_many = count >= _SUSPECT * limits.members
        if kind not in _WANTED and (kind or spot.whole) and not too_many:
            return True
        if too_many or len(self.members) >= limits.members:
            most = f"the archive holds more than {limits.members:,} documents; divide it"
            self._fail("what follows", "too-many-parts", most)
            return False
        address = _address(spot)
        if kind == b"revisit":
            original = spot.fields.get(b"warc-refers-to-target-uri", b"").strip(b"<>").decode("utf-8", "replace")
            self._revisits.append((address, original or address))
            return True
        try:
            self._take_answer(spot, plain, address)
        except ReadError as error:
            if not _NEVER_READ.search(address):
                what = error.message.removeprefix(f"{member_name(self.origin.name, address)}: ")
                self._fail(address, error.code, what)
        return True

    def _take_answer(self, spot: _Spot, plain: bytes, address: str) -> None:
        label = member_name(self.origin.name, address)
        if not spot.whole or spot.fields.keys() & {b"warc-truncated", b"warc-segment-number"}:
            raise ReadError("damaged", f"{label}: the record is not whole; {_AGAIN}")
        most = self.origin.limits.member_bytes
        if spot.end - spot.start > most + 2 * _LONGEST_HEAD:  # before it is copied
            raise ReadError("too-big-inside", f"{label}: it is larger than {most:,} bytes; give it on its own")
        answer = _parse(label, plain[spot.start : spot.end])
        headers = _headers(answer)
        if headers[":status"] == "206" or not headers[":status"].isdigit():
            raise ReadError("damaged", f"{label}: the answer is not whole; {_AGAIN}")
        if headers[":status"] != "200":
            return
        if self._decoded > self.origin.limits.archive_bytes:
            what = f"the archive unpacks to more than {self.origin.limits.archive_bytes:,} bytes; divide it"
            raise ReadError("too-big-inside", f"{label}: {what}")
        content, media_type = self._content(label, answer, headers), headers.get("content-type", "")
        self._decoded += len(content) if headers.get("content-encoding") else 0
        given = _given_name(headers.get("content-disposition", ""))
        name = f"{address}#{given}" if given else address
        short = given or address.partition("?")[0].rpartition("/")[2]
        sort = "asset" if short == "robots.txt" else sort_of(short, content[:512], media_type.split(";")[0].strip())
        if sort == "asset" or not content.strip():
            self._passed.append(short)
            return
        digest = hashlib.sha256(content).hexdigest()
        if (address, digest) in self._seen:
            self.notes.append(f"{address}: same bytes as before; read once")
            return
        name = self._names.take(name)
        self._seen[address, digest] = self._seen[address, ""] = name
        self._spots[name] = spot
        failure = nested_archive(member_name(self.origin.name, name)) if sort == "archive" else None
        charset = _CHARSET.search(media_type)
        self.members.append(Member(name, digest, charset[1].lower() if charset else None, failure))

    def _content(self, label: str, answer: Any, headers: dict[str, str]) -> bytes:
        """Return what a server answered, or the bytes of a resource, without the encodings of the transfer."""
        content: bytes = answer.raw_stream.read()
        if answer.http_headers is not None:
            promised = headers.get("content-length", "")
            if headers.get("transfer-encoding", "").lower().strip() == "chunked":
                content = self._join_chunks(label, content)
            elif promised.isascii() and promised.isdigit() and len(content) < int(promised[:16]):
                raise ReadError("damaged", f"{label}: {len(content):,} of {promised[:16]} bytes arrived; {_AGAIN}")
            content = self._unpack(label, content, headers)
        most = self.origin.limits.member_bytes
        if len(content) > most:
            raise ReadError("too-big-inside", f"{label}: it is larger than {most:,} bytes; give it on its own")
        return content

    def _join_chunks(self, label: str, content: bytes) -> bytes:
        from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

        if not _CHUNK.match(content):  # the crawler joined them and kept the header
            return content
        try:
            return bytes(ChunkedDataReader(io.BytesIO(content), raise_exceptions=True).read())
        except (ChunkedDataException, ValueError) as error:
            raise ReadError("damaged", f"{label}: the answer breaks off; {_AGAIN}") from error

    def _unpack(self, label: str, content: bytes, headers: dict[str, str]) -> bytes:
        """Return the content without its encoding; warcio would inflate it without a bound."""
        encoding = headers.get("content-encoding", "").lower().strip()
        if encoding in ("", "identity") or not content:
            return content
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise ReadError("unsupported", f"{label}: it is encoded as {encoding[:40]}; crawl it without encoding")
        if encoding != "deflate" and not content.startswith(b"\x1f\x8b"):
            return content  # the crawler unpacked it and kept the header
        most = self.origin.limits.member_bytes + 1
        for bits in (31,) if encoding != "deflate" else (15, -15):
            unpacker = zlib.decompressobj(bits)
            try:
                plain = unpacker.decompress(content, most)
            except zlib.error:
                continue
            if unpacker.eof or len(plain) == most:
                return plain
        raise ReadError("damaged", f"{label}: it cannot be unpacked; {_AGAIN}")

    def _settle_revisits(self) -> None:
        """Say where the words of a record stand that only says that they are the same as before."""
        for address, original in self._revisits:
            if (original, "") in self._seen or (address, "") in self._seen:
                self.notes.append(f"{address}: same bytes as before; read once")
            elif not _NEVER_READ.search(address):
                what = "it is the same as before, says the archive, which does not hold it; give the earlier one too"
                self._fail(address, "empty", what)

    def _fail(self, name: str, code: str, what: str) -> None:
        name = self._names.take(name)
        error = ReadError(code, f"{member_name(self.origin.name, name)}: {what}")
        self.members.append(Member(name, failure=error))


def _address(spot: _Spot) -> str:
    words = spot.fields.get(b"warc-target-uri", b"").strip(b" <>")
    return words.decode("utf-8", "replace") or f"record at byte {max(spot.packed, 0) + spot.start:,}"


def _given_name(disposition: str) -> str:
    """Return the file name that a server proposes, nothing where it proposes none.

    >>> _given_name("attachment; filename*=UTF-8''Ph%E1%BB%A5%20l%E1%BB%A5c.pdf"), _given_name("inline")
    ('Phụ lục.pdf', '')
    """
    found = _FILE_NAME.search(disposition)
    if found is None:
        return ""
    given = found[2].strip(' "')
    words = unquote(given) if found[1] else given
    return words.replace("\\", "/").rpartition("/")[2].strip()


def _parse(label: str, record: bytes) -> Any:
    """Return one record as warcio understands it; raises :class:`ReadError` where it does not."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    begin = _HEAD_END.search(record, 0, _LONGEST_HEAD)
    if begin is not None and _HEAD_END.search(record, begin.end(), begin.end() + _LONGEST_HEAD) is None:
        is_answer = record.startswith(b"HTTP/", begin.end()) and len(record) > begin.end() + _LONGEST_HEAD
        begin = None if is_answer else begin  # headers without an end are no headers
    try:
        answer = None if begin is None else next(iter(ArchiveIterator(io.BytesIO(record))), None)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError, TypeError):
        answer = None
    if answer is None:
        raise ReadError("damaged", f"{label}: the record cannot be understood; {_AGAIN}")
    return answer


def _headers(answer: Any) -> dict[str, str]:
    """Return the headers of an answer by their names in small letters, and its status as ``:status``."""
    if answer.http_headers is None:
        return {":status": "200", "content-type": answer.rec_headers.get_header("Content-Type") or ""}
    headers = {name.lower(): value for name, value in answer.http_headers.headers}
    return headers | {":status": str(answer.http_headers.get_statuscode())}


def _divide(plain: bytes, packed: int) -> Iterator[_Spot]:
    """Yield the records in bytes that are not compressed; one that lies about its length ends where the next begins."""
    begin, head = _BEGIN.search(plain), _HEAD_END.search(plain)
    if begin is None and plain.strip():
        yield _Spot(packed, 0, len(plain), False, {})
    while begin is not None:
        start = begin.start(1)
        if head is not None and head.start() < start:
            head = _HEAD_END.search(plain, start)
        fields: dict[bytes, bytes] = {}
        whole, rest = False, begin.end() - 1
        if head is not None and head.end() <= start + _LONGEST_HEAD:
            fields = {name.lower(): value.strip() for name, value in _FIELD.findall(plain, start, head.start())}
            length = fields.get(b"content-length", b"")
            end = head.end() + int(length) if length.isdigit() and len(length) < 16 else len(plain) + 1
            gap = plain[end : end + _GAP]
            whole = end <= len(plain) and (not gap.strip() or _FOLLOWS.match(gap) is not None)
            rest = (end if whole else head.end()) - 1
        following = _BEGIN.search(plain, rest)
        if not whole:
            end = following.start(1) if following else len(plain)
        yield _Spot(packed, start, end, whole, fields)
        if following is None and plain[end:].strip(b"\0 \r\n"):  # the file breaks off in the first line of a record
            yield _Spot(packed, end, len(plain), False, {})
        begin = following


def _next_record(data: bytes, at: int, tries: int) -> tuple[int, int]:
    """Return where the next compressed record begins, the end where none does, and how many tries are left."""
    while tries > 0 and (at := data.find(_GZIP, at)) >= 0:
        if _begins_record(data, at):
            return at, tries
        tries -= 1
        at += 1
    return len(data), tries


def _begins_record(data: bytes, at: int) -> bool:
    """Tell whether a compressed record begins at a place."""
    try:
        return zlib.decompressobj(31).decompress(data[at : at + 512], 5) == b"WARC/"
    except zlib.error:
        return False


def _inflate(data: bytes, at: int, most: int) -> tuple[bytes, int, str]:
    """Return what one gzip member unpacks to, at most so many bytes; where it ends; and what went wrong, or nothing."""
    unpacker = zlib.decompressobj(31)
    pieces: list[bytes] = []
    size = 0
    view = memoryview(data)
    while at < len(data) and not unpacker.eof:
        piece = view[at : at + _PIECE]
        at += len(piece)
        try:
            out = unpacker.decompress(piece, max(most - size, 1))
        except zlib.error as error:
            return b"".join(pieces), at, str(error)
        pieces.append(out)
        size += len(out)
        if size >= most:
            return b"".join(pieces), at, ""
    if not unpacker.eof:
        return b"".join(pieces), at, "it breaks off"
    return b"".join(pieces), at - len(unpacker.unused_data), ""
