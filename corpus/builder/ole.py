"""Writes a compound file ([MS-CFB]): a few streams below one root, sectors of 512 bytes, no mini stream."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_LEAST = 4096  # a smaller stream would have to stand in the mini stream
_WORD = bytes.fromhex("0609020000000000c000000000000046")  # the class of a Word 97 document


def _entry(name: str, kind: int, left: int, right: int, child: int, first: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0" if name else b""
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, left, right, child)
        + (_WORD if kind == 5 else bytes(16))
        + bytes(20)
        + struct.pack("<III", first, size, 0)
    )


def _tree(names: list[str]) -> tuple[int, dict[int, tuple[int, int]]]:
    """Return the number of the topmost entry of a balanced tree, and the two below each; entries count from 1."""
    order = sorted(range(len(names)), key=lambda index: (len(names[index]), names[index].upper()))
    links: dict[int, tuple[int, int]] = {}

    def grow(low: int, high: int) -> int:
        if low >= high:
            return _NONE
        middle = (low + high) // 2
        here = order[middle] + 1
        links[here] = (grow(low, middle), grow(middle + 1, high))
        return here

    return grow(0, len(names)), links


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file that holds ``streams``; ValueError beyond 6 MB."""
    body = bytearray()
    chain: list[int] = []
    places: list[tuple[int, int]] = []
    for data in streams.values():
        data = data.ljust(_LEAST, b"\0") if data else data
        count = -(-len(data) // _SECTOR)
        places.append((len(chain) if data else _END, len(data)))
        chain += [len(chain) + step for step in range(1, count)] + [_END] * bool(data)
        body += data.ljust(count * _SECTOR, b"\0")
    top, links = _tree(list(streams))
    entries = [_entry("Root Entry", 5, _NONE, _NONE, top, _END, 0)]
    for number, (name, (first, size)) in enumerate(zip(streams, places, strict=True), 1):
        entries.append(_entry(name, 2, *links[number], _NONE, first, size))
    while len(entries) % 4:
        entries.append(_entry("", 0, _NONE, _NONE, _NONE, 0, 0))
    directory = len(chain)
    count = len(entries) // 4
    chain += [directory + step for step in range(1, count)] + [_END]
    body += b"".join(entries)
    tables = next(n for n in range(1, 111) if n * 128 >= len(chain) + n)
    if tables > 109:
        raise ValueError("the streams are too large for this writer; it writes small files")
    table = len(chain)
    chain += [_TABLE] * tables
    chain += [_FREE] * (tables * 128 - len(chain))
    body += struct.pack(f"<{len(chain)}I", *chain)
    sectors = [*range(table, table + tables), *[_FREE] * (109 - tables)]
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
                         tables, directory, 0, _LEAST, _END, 0, _END, 0)  # fmt: skip
    return header + struct.pack("<109I", *sectors) + bytes(body)
