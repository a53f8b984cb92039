"""Containers as portals and crawlers leave them, and hostile ones."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH\nSố: {number}/KH-UBND\nKẾ HOẠCH\nThực hiện Chương trình\nI. MỤC TIÊU\n"
    "- Đến năm 2030, phấn đấu 95% trẻ em được khám sức khỏe.\nII. NHIỆM VỤ\n1. Sở Y tế chủ trì tổ chức thực hiện.\n"
)


def plan(number: int = 12) -> bytes:
    """A plan as text."""
    return PLAN.format(number=number).encode()


def page(number: int = 12, head: str = "<meta charset=utf-8>") -> bytes:
    """The same plan as a page."""
    words = "".join(f"<p>{line}</p>" for line in PLAN.format(number=number).splitlines())
    return f"<!DOCTYPE html><html><head>{head}</head><body>{words}</body></html>".encode()


def pack(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; a name may occur twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def locked(data: bytes, name: str) -> bytes:
    """The archive with one member marked as encrypted, in both places that say so."""
    changed = bytearray(data)
    local, central = data.index(name.encode()) - 30, data.rindex(name.encode()) - 46
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def corrupt(data: bytes, name: str) -> bytes:
    """The archive with a wrong checksum for one member."""
    changed = bytearray(data)
    for at in (data.index(name.encode()) - 30 + 14, data.rindex(name.encode()) - 46 + 16):
        changed[at] ^= 0xFF
    return bytes(changed)


def lying(data: bytes, name: str, size: int) -> bytes:
    """D5: the archive with a wrong size for one member."""
    changed = bytearray(data)
    for at in (data.index(name.encode()) - 30 + 22, data.rindex(name.encode()) - 46 + 24):
        changed[at : at + 4] = struct.pack("<I", size)
    return bytes(changed)


def without_flags(data: bytes) -> bytes:
    """The archive of one member without the mark that says that its name is UTF-8."""
    changed = bytearray(data)
    for at in (6, data.rindex(b"PK\x01\x02") + 8):
        changed[at : at + 2] = b"\0\0"
    return bytes(changed)


def many(count: int = 70_000) -> bytes:
    """D6: far too many members."""
    return pack(((f"{number}.txt", b"") for number in range(count)), zipfile.ZIP_STORED)


def link(name: str, target: str) -> bytes:
    """D7: a member that is a link out of the archive."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, target)
        archive.writestr("kh-12.txt", plan())
    return out.getvalue()


def record(kind: str, uri: str, block: bytes, *, length: int | None = None, **headers: str) -> bytes:
    """One WARC record; ``length`` is what it says of its length when that is a lie."""
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        "WARC-Date": "2026-01-05T00:00:00Z",
        "WARC-Target-URI": uri,
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answer(uri: str, body: bytes, media_type: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """The record of what a server answered."""
    return record("response", uri, http(body, media_type, status, **headers))


def http(body: bytes, media_type: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """What a server answered."""
    fields = {"Content-Type": media_type, **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + body


def chunked(body: bytes, size: int = 300) -> bytes:
    """The body in chunks of a transfer."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    """A WARC file whose records are compressed one by one."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def bomb(megabytes: int) -> bytes:
    """Zeros, compressed to a thousandth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [packer.compress(bytes(1_000_000)) for _ in range(megabytes)]
    return b"".join([*out, packer.flush()])


def mhtml(*parts: tuple[str, str, bytes], close: bool = True) -> bytes:
    """A page saved in one file: type, address and content of each part."""
    import base64

    head = (
        b"From: <Saved by Blink>\r\nSubject: KH\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----Limit"\r\n\r\n\r\n'
    )
    body = b"".join(
        f"------Limit\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {address}\r\n\r\n".encode()
        + base64.encodebytes(data)
        + b"\r\n"
        for kind, address, data in parts
    )
    return head + body + (b"------Limit--\r\n" if close else b"")


def deep_mail(depth: int) -> bytes:
    """Parts within parts."""
    out = b"MIME-Version: 1.0\r\n"
    for level in range(depth):
        out += f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode()
    return out + b"Content-Type: text/html\r\n\r\n" + page()
