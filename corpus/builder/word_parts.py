"""The parts of a Word file that are the same in every sample document: styles, numbering, header, relations."""

from __future__ import annotations

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
W = f'xmlns:w="{_MAIN}" xmlns:r="{_RELATION}"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = {
    "document": ("document.main", "officeDocument"),
    "styles": ("styles", "styles"),
    "numbering": ("numbering", "numbering"),
    "footnotes": ("footnotes", "footnotes"),
    "header1": ("header", "header"),
}
_HEADER = "rId4"  # the number that `package` gives to the relation of the header


def styles() -> str:
    """Return the styles: Times New Roman in 14 points, footnotes in 10."""
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    defaults = f'<w:rPrDefault><w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr>'
    defaults += "</w:rPrDefault><w:pPrDefault/>"
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    note = (
        '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
    )
    return f"{XML}<w:styles {W}><w:docDefaults>{defaults}</w:docDefaults>{normal}{note}</w:styles>"


def numbering() -> str:
    """Return the numbering of the headings: I., and 1. below it."""

    def level(number: int, style: str, text: str) -> str:
        start = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
        return f'<w:lvl w:ilvl="{number}">{start}<w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'

    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.")
    return (
        f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def page_number() -> str:
    """Return the header: the number of the page, in the middle (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return f'{XML}<w:hdr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p></w:hdr>'


def section(sideways: bool, *, first: bool) -> str:
    """Return how the pages of a part are: A4, upright or on its side, without a number on the very first."""
    width, height = (16838, 11906) if sideways else (11906, 16838)
    orientation = ' w:orient="landscape"' if sideways else ""
    reference = f'<w:headerReference w:type="default" r:id="{_HEADER}"/>'
    return (
        f'<w:sectPr>{reference}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orientation}/>'
        '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )


def _relations(pairs: list[tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def _types() -> str:
    body = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MIME}.{kind}+xml"/>'
        for name, (kind, _) in _KINDS.items()
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def package(written: dict[str, str]) -> dict[str, str]:
    """Return all parts of the archive by their names; ``written`` are those of the folder ``word``."""
    beside = [(relation, f"{name}.xml") for name, (_, relation) in _KINDS.items() if name != "document"]
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(beside),
        **{f"word/{name}.xml": text for name, text in written.items()},
    }
