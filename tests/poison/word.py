"""A small assembler of Word files, and hostile ones made with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    """Return one paragraph with one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def document(body: str) -> str:
    """Return the main part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
    )


def pack(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """Return a Word file; further parts by their names without folder and extension (``numbering=…``)."""
    return pack({"word/document.xml": document(body), **{f"word/{name}.xml": xml for name, xml in parts.items()}})


def truncated() -> bytes:
    """D1: cut off."""
    return word(paragraph("Kế hoạch " * 50))[:-80]


def without_document() -> bytes:
    """D1: an archive like a Word file without its main part."""
    return pack({"word/styles.xml": "<a/>"})


def bad_checksum() -> bytes:
    """D1: a byte of the main part differs."""
    data = bytearray(pack({"word/document.xml": document(paragraph("Kế hoạch " * 50))}, zipfile.ZIP_STORED))
    at = data.index("Kế hoạch".encode()) + 20
    data[at] ^= 1
    return bytes(data)


def locked_member() -> bytes:
    """D1: the flag that says that a member is encrypted."""
    data = bytearray(word(paragraph("Kế hoạch")))
    at = data.rindex(b"word/document.xml") - 46  # the entry of the central directory
    data[at + 8] |= 1
    return bytes(data)


def broken_stream() -> bytes:
    """D1: deflated data that is none."""
    data = bytearray(word(paragraph("Kế hoạch " * 200)))
    at = data.index(b"word/document.xml") + len("word/document.xml") + 4
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


def dangling_relation() -> bytes:
    """D1: a relation to NULL, as honest files have it."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/image" Target="NULL"/></Relationships>'
    )
    return pack(
        {"word/document.xml": document(paragraph("Kế hoạch năm 2026")), "word/_rels/document.xml.rels": relations}
    )


def bomb(megabytes: int = 60) -> bytes:
    """D2: one text that inflates a thousandfold."""
    return word(paragraph("a" * (megabytes * 1_000_000)))


def bomb_in_pieces(pieces: int = 6) -> bytes:
    """D3: texts below the parser's own limit that are too much together."""
    return word(paragraph("a" * 9_000_000) * pieces)


def many_elements(count: int = 1_000_001) -> bytes:
    """D4: a million empty paragraphs."""
    return word("<w:p/>" * count)


def lying_size() -> bytes:
    """D5: the directory says that the main part is small."""
    data = bytearray(word(paragraph("Kế hoạch " * 5000)))
    at = data.rindex(b"word/document.xml") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def many_members(count: int = 70_000) -> bytes:
    """D6: far too many parts."""
    return pack({"word/document.xml": document(paragraph("Kế hoạch")), **{f"word/m{i}": b"" for i in range(count)}})


def nested() -> bytes:
    """D6: a Word file in a Word file, which nobody opens."""
    return pack({"word/document.xml": document(paragraph("Kế hoạch năm 2026")), "word/embeddings/a.docx": bomb(1)})


def slip() -> bytes:
    """D7: names that lead out of the folder."""
    outside = {"../slip.txt": b"x", "/abs.txt": b"x", "..\\win.txt": b"x"}
    return pack({"word/document.xml": document(paragraph("Kế hoạch năm 2026")), **outside})


def doctype(declaration: str, words: str = "&x;", encoding: str = "utf-8") -> bytes:
    """D8 to D11: a document type, which no Word file has."""
    body = document(paragraph(words)).replace('encoding="UTF-8"?>', f'encoding="{encoding}"?>{declaration}')
    return pack({"word/document.xml": body.encode(encoding)})


EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE w [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghx", strict=True))
    + "]>"
)


def deep(depth: int = 50_000) -> bytes:
    """D13: elements within elements."""
    return word("<w:sdt>" * depth + paragraph("Kế hoạch") + "</w:sdt>" * depth)


def tall_cells(rows: int = 5_000) -> bytes:
    """A cell of many paragraphs that reaches over many rows."""
    first = f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("x") * 1000}</w:tc></w:tr>'
    return word(f"<w:tbl>{first}{'<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>' * rows}</w:tbl>")


def boxes_in_boxes(depth: int = 40) -> bytes:
    """Text boxes inside text boxes: looked into from each of them, they are two to the power of ``depth``."""
    inner = ""
    for _ in range(depth):
        inner = f"<w:p><w:r><w:t>Khung</w:t><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    return word(inner)


REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def repeated_note(count: int = 20_000) -> bytes:
    """One long footnote that is referred to again and again."""
    body = f"<w:p>{REFERENCE * count}<w:r><w:t>Kế hoạch</w:t></w:r></w:p>"
    note = f'<w:footnote w:id="2">{paragraph("Ghi chú") * 500}</w:footnote>'
    return word(body, footnotes=f'<w:footnotes xmlns:w="{NAMESPACE}">{note}</w:footnotes>')
