"""Writes a sample document as Word: two-column tables, automatic numbering, footnotes, a table of tasks.

WordprocessingML is written directly, because its numbering and footnotes are what a reader has to understand; the
archive is stored without compression and with one fixed time, so that the same source gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from builder.formats import closing, columns
from builder.markup import Item, Plan

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOTE = re.compile(r"\[\^([0-9]{1,2})\]")
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_ROMAN = re.compile(r"[IVX]{1,5}\.")


def _run(text: str, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _runs(text: str, bold: bool = False) -> str:
    parts = _NOTE.split(text)
    runs = []
    for index, part in enumerate(parts):
        if index % 2:
            runs.append(
                f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{part}"/></w:r>'
            )
        elif part:
            runs.append(_run(part, bold))
    return "".join(runs)


def _paragraph(text: str, *, bold: bool = False, centred: bool = False, level: int | None = None) -> str:
    properties = ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    if centred:
        properties += '<w:jc w:val="center"/>'
    opening = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{opening}{_runs(text, bold)}</w:p>"


def _table(rows: list[list[str]], border: bool) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if border else ""
    grid = "".join('<w:gridCol w:w="1600"/>' for _ in rows[0])
    lines = ["".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows]
    body = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{borders}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _column(texts: list[str], centred: bool) -> str:
    return "".join(_paragraph(text, bold=text.isupper(), centred=centred) for text in texts) or "<w:p/>"


def _block(item: Item) -> str:
    if item.kind == "title":
        return _paragraph(item.text, bold=True, centred=True)
    if "auto" in item.flags:
        level = 0 if _ROMAN.fullmatch(item.label) else 1
        return _paragraph(item.words, bold=len(item.words.split()) < 20, level=level)
    return _paragraph(item.text, bold=item.kind == "heading", centred=item.label.startswith("PHỤ LỤC"))


def _body(plan: Plan) -> str:
    parts = [_paragraph(text, centred=True) for text in plan.of("mark")]
    left, right = zip(*columns(plan), strict=True)
    parts.append(_table([[_column(list(left), True), _column(list(right), True)]], border=False))
    rows: list[list[str]] = []
    signed = False
    for item in plan.items:
        if item.kind != "row" and rows:
            parts += [_table(rows, border=True), "<w:p/>"]
            rows = []
        if item.kind == "row":
            rows.append([_paragraph(cell, bold=not rows) for cell in item.cells])
        elif item.kind in ("title", "heading", "paragraph"):
            parts.append(_block(item))
        elif item.kind == "sign" and not signed:
            recipients, lines = closing(plan)
            parts += [_table([[_column(recipients, False), _column(lines, True)]], border=False), "<w:p/>"]
            signed = True
    if rows:
        parts += [_table(rows, border=True), "<w:p/>"]
    return "".join(parts)


def _document(plan: Plan) -> str:
    body = _PAGE_BREAK.join(map(_body, plan.documents()))
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return f"{_XML}<w:document {_W}><w:body>{body}{section}</w:body></w:document>"


def _numbering() -> str:
    def level(number: int, style: str, text: str) -> str:
        start = '<w:start w:val="1"/>'
        return f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'

    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.")
    return (
        f'{_XML}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footnotes(plan: Plan) -> str:
    notes = [text.partition(" ") for text in plan.of("note")]
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p>{mark}{_run(" " + text)}</w:p></w:footnote>' for number, _, text in notes
    )
    return f"{_XML}<w:footnotes {_W}>{body}</w:footnotes>"


def _relations(pairs: list[tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def _types() -> str:
    parts = {"document": "document.main", "numbering": "numbering", "footnotes": "footnotes"}
    body = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MIME}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def to_docx(plan: Plan) -> bytes:
    """Return the document as a Word file."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": _document(plan),
        "word/_rels/document.xml.rels": _relations([("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")]),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": _footnotes(plan),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()
