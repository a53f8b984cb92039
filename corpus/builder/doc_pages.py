"""The pages of a Word 97 file that hold the properties of its characters and paragraphs (FKP)."""

from __future__ import annotations

import struct

_PAGE = 512
_LARGE = 460  # bytes; properties that are longer stand in the stream Data


def sprm(code: int, value: int) -> bytes:
    """Return one property with an operand of fixed size, which its code tells."""
    size = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}[code >> 13]
    return struct.pack("<H", code) + value.to_bytes(size, "little")


def char_pages(runs: list[tuple[int, int, bytes]], at: int) -> tuple[bytes, bytes]:
    """Return the table of the pages and the pages, for runs of a stream from ``start`` to ``end``; they follow it."""
    pages: list[bytes] = []
    starts: list[int] = []
    rest = list(runs)
    while rest:
        count, size = 0, 1
        while count < len(rest):
            own = rest[count][2]
            more = 5 + (len(own) + 2 if own else 0)
            if size + more + 4 > _PAGE:
                break
            size, count = size + more, count + 1
        used, rest = rest[:count], rest[count:]
        page = bytearray(_PAGE)
        page[: 4 * count + 4] = struct.pack(f"<{count + 1}I", *(run[0] for run in used), used[-1][1])
        where = _PAGE - 1
        for index, (_, _, own) in enumerate(used):
            if own:
                where = (where - len(own) - 1) & ~1
                page[where : where + len(own) + 1] = bytes([len(own)]) + own
                page[4 * count + 4 + index] = where // 2
        page[-1] = count
        pages.append(bytes(page))
        starts.append(used[0][0])
    return _directory(starts, runs[-1][1], at), b"".join(pages)


def paragraph_pages(paragraphs: list[tuple[int, int, int, bytes]], at: int, extra: bytearray) -> tuple[bytes, bytes]:
    """Return the same for paragraphs (start, end, style, properties); what is long goes into ``extra``."""
    ready = []
    for start, end, style, own in paragraphs:
        if len(own) > _LARGE:
            place = len(extra)
            extra += struct.pack("<H", len(own)) + own
            own = struct.pack("<HI", 0x6646, place)
        ready.append((start, end, struct.pack("<H", style) + own))
    pages: list[bytes] = []
    starts: list[int] = []
    rest = list(ready)
    while rest:
        count, size = 0, 5
        while count < len(rest) and count < 29:
            more = 17 + len(rest[count][2]) + 3
            if size + more > _PAGE:
                break
            size, count = size + more, count + 1
        used, rest = rest[:count], rest[count:]
        page = bytearray(_PAGE)
        page[: 4 * count + 4] = struct.pack(f"<{count + 1}I", *(item[0] for item in used), used[-1][1])
        where = _PAGE - 1
        for index, (_, _, own) in enumerate(used):
            odd = len(own) % 2
            head = bytes([(len(own) + 1) // 2]) if odd else bytes([0, len(own) // 2])
            where = (where - len(own) - len(head)) & ~1
            page[where : where + len(head) + len(own)] = head + own
            page[4 * count + 4 + 13 * index] = where // 2
        page[-1] = count
        pages.append(bytes(page))
        starts.append(used[0][0])
    return _directory(starts, ready[-1][1], at), b"".join(pages)


def _directory(starts: list[int], end: int, at: int) -> bytes:
    numbers = range(at // _PAGE, at // _PAGE + len(starts))
    return struct.pack(f"<{len(starts) + 1}I", *starts, end) + struct.pack(f"<{len(starts)}I", *numbers)
