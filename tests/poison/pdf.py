"""A small assembler of PDF files, and hostile ones made with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

PLAIN_PAGE = b"BT /F1 12 Tf 72 720 Td (Ke hoach thuc hien) Tj ET\n"


def assemble(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF file with a classic cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def one_page(content: bytes, resources: bytes = b"/Font << /F1 4 0 R >>") -> dict[int, bytes]:
    """Return the objects of a file with one page."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << %s >> >>" % resources,
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        5: stream(content),
    }


def signed() -> bytes:
    """A number that a signing program filled into its gap, and its stamp above: annotations over the page."""
    lines = b" ".join(b"1 0 0 1 72 %d Tm (Ke hoach thuc hien chuong trinh %d) Tj" % (650 - 20 * i, i) for i in range(9))
    head = b"1 0 0 1 72 720 Tm (So:) Tj 1 0 0 1 130 720 Tm (/KH-UBND) Tj "
    objects = one_page(b"BT /F1 12 Tf " + head + lines + b" ET")
    objects[3] = objects[3].replace(b"/Contents", b"/Annots [6 0 R 8 0 R] /Contents")
    for number, box, words in (
        (6, (100, 716, 128, 732), b"127"),
        (8, (300, 780, 560, 800), b"Ky boi: Van phong 12.01.2026"),
    ):
        objects[number] = b"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [%d %d %d %d] /AP << /N %d 0 R >> >>" % (
            *box,
            number + 1,
        )
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Resources << /Font << /F1 4 0 R >> >>"
        objects[number + 1] = stream(
            b"BT /F1 12 Tf 1 4 Td (%s) Tj ET" % words, form % (box[2] - box[0], box[3] - box[1])
        )
    return assemble(objects)


def truncated() -> bytes:
    """C1: a file that was not downloaded to its end."""
    return assemble(one_page(PLAIN_PAGE))[:300]


def header_only() -> bytes:
    """C1: nothing but the header."""
    return b"%PDF-1.7\n"


def garbage() -> bytes:
    """C1: a header and noise."""
    return b"%PDF-1.4\n" + bytes((i * 131 + 7) % 256 for i in range(5000))


def image_only() -> bytes:
    """C4: a scan, one picture over the whole page."""
    objects = one_page(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject << /I 6 0 R >>")
    picture = b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects[6] = stream(b"\x80" * 64, picture)
    return assemble(objects)


def page_tree_cycle() -> bytes:
    """C8: pages that hold each other."""
    return assemble(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
        }
    )


def deep_page_tree(depth: int = 3000) -> bytes:
    """C9: a page far down a tree."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, depth + 2):
        objects[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    objects[depth + 2] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (depth + 1)
    return assemble(objects)


def many_pages(count: int = 60_000) -> bytes:
    """C10: one page, listed again and again."""
    objects = one_page(PLAIN_PAGE)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count)
    return assemble(objects)


def _form(content: bytes, resources: bytes = b"") -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << %s >> >>"
    return stream(content, head % resources)


def form_loop() -> bytes:
    """C11: a form that draws itself."""
    objects = one_page(b"/X Do " + PLAIN_PAGE, b"/Font << /F1 4 0 R >> /XObject << /X 6 0 R >>")
    objects[6] = _form(b"/X Do", b"/X 6 0 R")
    return assemble(objects)


def form_fan_out(levels: int = 28) -> bytes:
    """C12: a few kilobytes that draw the same words 2^levels times, for each form draws the next one twice."""
    objects = one_page(b"/X6 Do", b"/Font << /F1 4 0 R >> /XObject << /X6 6 0 R >>")
    for number in range(6, 6 + levels):
        following = b"/X%d" % (number + 1)
        objects[number] = _form(following + b" Do " + following + b" Do", b"%s %d 0 R" % (following, number + 1))
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 999 999] /Resources << /Font << /F1 4 0 R >> >>"
    objects[6 + levels] = stream(PLAIN_PAGE, head)
    return assemble(objects)


def previous_loop() -> bytes:
    """C13: a cross-reference table that names itself as the one before."""
    data = assemble(one_page(PLAIN_PAGE))
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % data.rindex(b"xref\n0"))


def length_of_itself() -> bytes:
    """C13: a stream whose length is the stream."""
    objects = one_page(b"")
    objects[5] = b"<< /Length 5 0 R >>\nstream\n" + PLAIN_PAGE + b"\nendstream"
    return assemble(objects)


def nested_arrays(depth: int = 100_000) -> bytes:
    """C14: the list of pages inside lists."""
    objects = one_page(PLAIN_PAGE)
    objects[2] = b"<< /Type /Pages /Kids %s3 0 R%s /Count 1 >>" % (b"[" * depth, b"]" * depth)
    return assemble(objects)


def scattered(count: int = 6000) -> bytes:
    """C15: letters all over the page."""
    place = b"1 0 0 1 %d %d Tm (%c) Tj"
    letters = (place % (i * 37 % 580, i * 91 % 830, 97 + i % 26) for i in range(count))
    return assemble(one_page(b"BT /F1 8 Tf %s ET" % b" ".join(letters)))


def drawing(paths: int = 100_000, *, table: bool = False) -> bytes:
    """A map: more paths than a search for tables can look at, with or without a table among them."""
    line = b" ".join(b"1 0 0 1 72 %d Tm (Ke hoach thuc hien) Tj" % (700 - 20 * i) for i in range(9))
    if table:
        line += b" ".join(
            b" 1 0 0 1 %d %d Tm (Ke hoach) Tj" % (80 + 90 * x, 206 + 20 * y) for x in range(3) for y in range(3)
        )
    rules = b"".join(
        b"70 %d m 340 %d l S %d 200 m %d 260 l S " % (200 + 20 * i, 200 + 20 * i, 70 + 90 * i, 70 + 90 * i)
        for i in range(4)
    )
    return assemble(one_page(b"BT /F1 12 Tf %s ET " % line + b"0 0 m 5 5 l S " * paths + rules * table))


def active() -> bytes:
    """C19: a script that runs when the file is opened."""
    objects = one_page(PLAIN_PAGE)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
    return assemble(objects)


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted(user: bytes, owner: bytes = b"owner") -> bytes:
    """C2 and C3: the standard security handler, revision 2, 40-bit RC4; an empty ``user`` password opens freely."""
    identity = b"0123456789abcdef"
    permissions = -64
    pad = lambda password: (password + _PADDING)[:32]  # noqa: E731
    owner_entry = _rc4(hashlib.md5(pad(owner)).digest()[:5], pad(user))
    packed = permissions.to_bytes(4, "little", signed=True)
    key = hashlib.md5(pad(user) + owner_entry + packed + identity).digest()[:5]
    user_entry = _rc4(key, _PADDING)
    objects = one_page(PLAIN_PAGE * 10)
    own = hashlib.md5(key + (5).to_bytes(3, "little") + b"\0\0").digest()[:10]
    objects[5] = stream(_rc4(own, PLAIN_PAGE * 10))
    objects[6] = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P %d /O <%s> /U <%s> >>" % (
        permissions,
        owner_entry.hex().encode(),
        user_entry.hex().encode(),
    )
    return assemble(objects, trailer=b"/Encrypt 6 0 R /ID [<%s> <%s>]" % ((identity.hex().encode(),) * 2))


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
