"""Writes a sample document as Word: two-column tables, automatic numbering, footnotes, tables of tasks.

WordprocessingML is written directly, because its numbering and footnotes are what a reader has to understand; the
archive is stored without compression and with one fixed time, so that the same source gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from builder.blocks import Block, Run, lies_on_its_side, notes, parts, weigh_columns, without_label
from builder.markup import Plan
from builder.word_parts import XML, W, numbering, package, page_number, section, styles

_ROMAN = re.compile(r"[IVX]{1,5}\.")
_INDENT = 567  # twentieths of a point: one centimetre
_HALF_POINTS = {"title": 28, "head": 25, "recipients": 22, "signature": 28, "row": 24, "before": 20, "after": 20}


def _run(text: str, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    properties = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    properties += f'<w:sz w:val="{size}"/>' if size else ""
    opening = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{opening}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _mark(number: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _paragraph(
    runs: tuple[Run, ...], *, jc: str = "both", level: int | None = None, indent: int = 0, after: int = 120,
    size: int = 0, rule: tuple[int, int] | None = None, keep: bool = False, before: str = "",
) -> str:  # fmt: skip
    """Return one paragraph; ``rule`` are the indents of a line drawn below it, ``before`` is put into its first run."""
    properties = "<w:keepNext/>" if keep else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    if rule is not None:
        properties += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    properties += f'<w:spacing w:before="0" w:after="{after}"/>'
    if rule is not None:
        properties += f'<w:ind w:left="{rule[0]}" w:right="{rule[1]}"/>'
    elif indent:
        properties += f'<w:ind w:firstLine="{indent}"/>'
    properties += f'<w:jc w:val="{jc}"/>'
    if level is not None and runs and runs[0].bold:
        properties += "<w:rPr><w:b/></w:rPr>"  # the number is as bold as its paragraph's mark
    words = "".join(_mark(run.note) if run.note else _run(run.text, run.bold, run.italic, size) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{before}{words}</w:p>"


def _table(
    rows: list[list[str]], widths: list[int], *, border: bool, centred: bool = False, repeated: bool = False
) -> str:  # fmt: skip
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>' + ('<w:jc w:val="center"/>' if centred else "")
    properties += (f"<w:tblBorders>{sides}</w:tblBorders>" if border else "") + '<w:tblLayout w:type="fixed"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = ""
    for number, row in enumerate(rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        header = "<w:tblHeader/>" if repeated and not number else ""
        body += f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _line(text: str, *, bold: bool = False, italic: bool = False, jc: str = "center", size: int = 0) -> str:
    return _paragraph((Run(text, bold, italic),) if text else (), jc=jc, after=0, size=size)


def _head(rows: tuple[tuple[str, ...], ...], width: int) -> str:
    width += 500  # the header may reach into the margins
    widths = [int(width * 0.4), width - int(width * 0.4)]
    size = _HALF_POINTS["head"]
    left, right = "", ""
    for number, (one, two) in enumerate(rows):
        last = number == len(rows) - 2  # the rule stands above number and date
        if one.strip("-") or not one:
            left += _line(one, bold=one.isupper() and not one.startswith("Số"), size=size)
        left += _paragraph((), rule=(1300, 1300), size=12, after=80) if last else ""
        right += _line(two, bold=number < len(rows) - 1, italic=number == len(rows) - 1, size=size)
        right += _paragraph((), rule=(1250, 1250), size=12, after=80) if last else ""
    return _table([[left, right]], widths, border=False, centred=True) + _paragraph((), after=0)


def _closing(rows: tuple[tuple[str, ...], ...], width: int) -> str:
    recipients, signed = rows
    left = "".join(
        _line(text, bold=not number, italic=not number, jc="left", size=24 if not number else 22)
        for number, text in enumerate(recipients)
    )
    right = ""
    for text in signed:
        gap = "" if text.isupper() else _paragraph((), after=240)
        right += gap + _line(text, bold=not text.startswith("("), italic=text.startswith("("), size=28)
    half = width // 2
    empty = _paragraph((), after=0)
    table = _table([[left or empty, right or empty]], [half, width - half], border=False)
    return empty + table + empty


def _tasks(rows: tuple[tuple[str, ...], ...], width: int) -> str:
    widths = [int(width * share) for share in weigh_columns(rows)]
    size = _HALF_POINTS["row"]
    lines = []
    for number, row in enumerate(rows):
        lines.append([
            _paragraph((Run(cell, bold=not number),), jc="center" if not number or not column else "left", after=0,
                       size=size)
            for column, cell in enumerate(row)
        ])  # fmt: skip
    return _table(lines, widths, border=True, repeated=True) + _paragraph((), after=0)


def _block(block: Block) -> str:
    size = _HALF_POINTS.get(block.kind, 0)
    if block.kind in ("before", "after"):
        return _paragraph(block.runs, jc="left", after=60, size=size)
    if block.centred:
        keep = block.kind != "mark"
        return _paragraph(block.runs, jc="center", size=size, keep=keep, after=120 if keep else 240)
    keep = block.kind == "heading"
    if "auto" in block.item.flags:
        level = 0 if _ROMAN.fullmatch(block.item.label) else 1
        return _paragraph(without_label(block), level=level, keep=keep)
    return _paragraph(block.runs, indent=_INDENT, keep=keep)


def _document(plan: Plan) -> str:
    body = []
    found = parts(plan)
    sideways = [lies_on_its_side(part) for part in found]
    for number, part in enumerate(found):
        width = 13900 if sideways[number] else 9350
        last = number == len(found) - 1
        for block in part:
            if block.kind == "head":
                body.append(_head(block.rows, width))
            elif block.kind == "closing":
                body.append(_closing(block.rows, width))
            elif block.kind == "table":
                body.append(_tasks(block.rows, width))
            else:
                body.append(_block(block))
        ends = section(sideways[number], first=number == 0)
        body.append(ends if last else f"<w:p><w:pPr>{ends}</w:pPr></w:p>")
    return f"{XML}<w:document {W}><w:body>{''.join(body)}</w:body></w:document>"


def _footnotes(plan: Plan) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:footnote>'
        for kind, number, name in (
            ("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"),
        )
    )  # fmt: skip
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}{_run(" " + text)}'
        "</w:p></w:footnote>"
        for number, text in notes(plan).items()
    )
    return f"{XML}<w:footnotes {W}>{lines}{body}</w:footnotes>"


def to_docx(plan: Plan) -> bytes:
    """Return the document as a Word file."""
    written = package(
        {
            "document": _document(plan),
            "styles": styles(),
            "numbering": numbering(),
            "footnotes": _footnotes(plan),
            "header1": page_number(),
        }
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in written.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()
