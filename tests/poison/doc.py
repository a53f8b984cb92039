"""Old Word files, odd and hostile: small ones from the corpus's writer, with bytes that lie."""

from __future__ import annotations

import struct

from builder.doc_file import Cell, Element, Options, Paragraph, Run, Table, write_doc
from builder.ole import compound_file

SECTOR = 512
WORDS = "Kế hoạch năm 2026"


def doc(*lines: str) -> bytes:
    """Return a file with one plain paragraph for each line."""
    return of(*(Paragraph((Run(line),)) for line in lines))


def of(*elements: Element, options: Options | None = None) -> bytes:
    """Return a file with the elements."""
    return write_doc(elements, options)


def rich() -> bytes:
    """Return a file with something of everything."""
    joined = Cell((Paragraph((Run("A"),)),), joins="restart"), Cell((Paragraph((Run("B"),)),), 2)
    below = Cell(joins="continue"), Cell((Paragraph((Run("C"),)), Table(((Cell(), Cell()),)))), Cell()
    return of(
        Paragraph((Run("Kế hoạch", True, note="Ghi chú"), Run("ẩn", hidden=True), Run("k", box="Khung"))),
        Table((joined, below), flags=True),
        Paragraph((Run("kÕ ho¹ch", font=".VnTimeH"), Run("2", instruction="PAGE")), level=1),
        options=Options(fast=True),
    )


def entry(data: bytes, name: str) -> int:
    """Return where the entry of a stream stands in the directory."""
    return data.index(name.encode("utf-16-le") + b"\0\0")


def stream_at(data: bytes, name: str) -> int:
    """Return where a stream begins, which the writer leaves in one stretch."""
    first = struct.unpack_from("<I", data, entry(data, name) + 116)[0]
    return (first + 1) * SECTOR


def patch(data: bytes, at: int, new: bytes) -> bytes:
    """Return the bytes with some of them replaced."""
    return data[:at] + new + data[at + len(new) :]


def in_header(data: bytes, at: int, new: bytes) -> bytes:
    """Return the bytes with a field of the document's header replaced."""
    return patch(data, stream_at(data, "WordDocument") + at, new)


def in_part(data: bytes, number: int, at: int, new: bytes) -> bytes:
    """Return the bytes with something replaced in a part of the stream of tables."""
    place = struct.unpack_from("<I", data, stream_at(data, "WordDocument") + 154 + 8 * number)[0]
    return patch(data, stream_at(data, "1Table") + place + at, new)


def encrypted() -> bytes:
    """The flag that says that the text is encrypted."""
    return in_header(doc(WORDS), 10, struct.pack("<H", 0x1300))


def truncated() -> bytes:
    """The second half is missing."""
    data = doc(*[WORDS] * 300)
    return data[: len(data) // 2]


def cut_in_header() -> bytes:
    """The first bytes only."""
    return doc(WORDS)[:700]


def circular() -> bytes:
    """A sector of the stream of the text leads back to its first one."""
    data = doc(*[WORDS] * 300)
    first = struct.unpack_from("<I", data, entry(data, "WordDocument") + 116)[0]
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * SECTOR
    return patch(data, table + 4 * (first + 2), struct.pack("<I", first))


def huge_stream() -> bytes:
    """The directory says that the text takes four gigabytes, in a circle of sectors."""
    data = circular()
    return patch(data, entry(data, "WordDocument") + 120, struct.pack("<I", 0xFFFFFFF0))


def many_tables() -> bytes:
    """The header counts two thousand million tables of sectors, in a list that leads back to itself."""
    data = doc(*[WORDS] * 300)
    count, sector = 0x7FFFFF00, 8
    lists = -(-(count - 109) // 127)
    data = patch(data, (sector + 1) * SECTOR, struct.pack("<I", sector) * 128)
    return patch(patch(data, 44, struct.pack("<I", count)), 68, struct.pack("<II", sector, lists))


def huge_mini() -> bytes:
    """The stream of small streams is larger than the file."""
    data = doc(WORDS)
    return patch(data, entry(data, "Root Entry") + 116, struct.pack("<II", 1, 0xFFFFFF00))


def deep_directory(count: int = 4_000) -> bytes:
    """A directory in which each entry hangs below the one before it: a list instead of a tree."""
    data = bytearray(compound_file({"WordDocument": b"", **{f"s{number:04}": b"" for number in range(count)}}))
    start = entry(bytes(data), "Root Entry")
    for number in range(1, count):
        struct.pack_into("<III", data, start + 128 * number + 68, 0xFFFFFFFF, number + 1, 0xFFFFFFFF)
    struct.pack_into("<I", data, start + 76, 1)
    return bytes(data)


def without_document() -> bytes:
    """The name of the document stands in the file, but no stream has it."""
    data = doc(WORDS, "WordDocument")
    return patch(data, entry(data, "WordDocument"), "XordDocument".encode("utf-16-le"))


def without_tables() -> bytes:
    """The stream of tables has another name."""
    data = doc(WORDS)
    return patch(data, entry(data, "1Table"), "9Table".encode("utf-16-le"))


def piece_outside() -> bytes:
    """The text stands behind the end of the file."""
    return in_part(doc(WORDS), 33, 15, struct.pack("<I", 0x3FFFFF00))


def pieces_out_of_order() -> bytes:
    """The second piece begins before the first."""
    data = of(*[Paragraph((Run(WORDS),))] * 3, options=Options(fast=True))
    return in_part(data, 33, 9, struct.pack("<I", 0x7FFFFFF0))


def overwritten() -> bytes:
    """A sector of zeros in the middle of the text."""
    data = doc(*[WORDS] * 300)
    return patch(data, stream_at(data, "WordDocument") + 8 * SECTOR, bytes(SECTOR))


def long_story() -> bytes:
    """The header counts more letters than there are."""
    return in_header(doc(WORDS), 76, struct.pack("<I", 1_000_000))


def negative_story() -> bytes:
    """The header counts less than no letters."""
    return in_header(doc(WORDS), 76, struct.pack("<i", -5))


def page_outside() -> bytes:
    """The properties stand on a page behind the end of the file."""
    return in_part(doc(WORDS), 13, 8, struct.pack("<I", 0x3FFFFF))


def part_outside() -> bytes:
    """The table of the pieces lies behind the end of its stream."""
    return in_header(doc(WORDS), 154 + 8 * 33, struct.pack("<II", 0x7FFFFFFF, 25))


def many_pieces(count: int = 20_000, size: int = 1) -> bytes:
    """Pieces that all stand at one place: a text that is far longer than the file."""
    starts = range(0, (count + 1) * size, size)
    body = struct.pack(f"<{count + 1}I", *starts) + struct.pack("<HIH", 0, 0x600, 0) * count
    table = b"\x02" + struct.pack("<I", len(body)) + body
    data = doc("a" * 1500)
    at = stream_at(data, "WordDocument")
    header = bytearray(data[at : at + 0x600 + 4000])
    struct.pack_into("<I", header, 76, count * size)
    for number in range(93):
        struct.pack_into("<II", header, 154 + 8 * number, 0, len(table) if number == 33 else 0)
    return compound_file({"WordDocument": bytes(header), "1Table": table})


def word_95() -> bytes:
    """The header of Word 95, which only other programs read; its text stands in one stretch."""
    data = doc(WORDS)
    return in_header(data, 0, struct.pack("<HH", 0xA5DC, 104))


def pictures_only() -> bytes:
    """A page that was scanned into a file."""
    return of(Paragraph((Run("Trang 1"), Run("\x01", extra=struct.pack("<HBHI", 0x0855, 1, 0x6A03, 0)))))


def written_by_word_95(text: str) -> bytes:
    """A file of Word 95: one byte a letter, in one stretch behind its header."""
    words = (text.replace("\n", "\r") + "\r").encode("latin-1")
    header = bytearray(0x300)
    struct.pack_into("<HH6xH", header, 0, 0xA5DC, 104, 0)
    struct.pack_into("<II", header, 24, 0x300, 0x300 + len(words))
    struct.pack_into("<I", header, 0x34, len(words))
    return compound_file({"WordDocument": bytes(header) + words})
