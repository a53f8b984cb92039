"""Writes a sample document as a portal's HTML page: menu, path, counters and other news around it."""

from __future__ import annotations

import html

from builder.blocks import Block, Run, blocks, notes, weigh_columns
from builder.markup import Plan

# What a portal prints around a document, where the source does not say.
_NEUTRAL = {
    "banner": "CỔNG THÔNG TIN ĐIỆN TỬ (TRANG MẪU)",
    "menu": "Trang chủ; Giới thiệu; Tin tức; Văn bản; Liên hệ",
    "crumbs": "Trang chủ › Văn bản",
    "meta": "Cỡ chữ: A- A A+",
    "related": "Lịch tiếp công dân; Hướng dẫn sử dụng cổng thông tin",
    "footer": "Trang mẫu viết cho vnplan",
}
_STYLE = """body { font-family: Arial, sans-serif; margin: 0 auto; max-width: 1000px; color: #222 }
h1 { font-size: 24px; padding: 0 18px }
.banner { background: #a51c1c; color: #fff; padding: 18px; font-weight: bold }
.menu ul { background: #f2e9d8; margin: 0; padding: 8px 18px }
.menu li { display: inline; margin-right: 18px }
.breadcrumb, .meta, footer { color: #777; font-size: 13px; padding: 8px 18px }
.content { font-family: "Times New Roman", serif; font-size: 18px; padding: 0 18px }
.content table { border-collapse: collapse; width: 100% }
.content table.tasks td { border: 1px solid #333; padding: 4px; vertical-align: top }"""


def _run(run: Run) -> str:
    if run.note:
        return f'<a href="#_ftn{run.note}" name="_ftnref{run.note}"><sup>[{run.note}]</sup></a>'
    text = html.escape(run.text)
    text = f"<em>{text}</em>" if run.italic else text
    return f"<strong>{text}</strong>" if run.bold else text


def _paragraph(block: Block) -> str:
    words = "".join(map(_run, block.runs))
    sample = ' class="sample"' if block.kind == "mark" else ""
    return f"<p{sample}{_CENTRE if block.centred else _JUSTIFIED}>{words}</p>"


_CENTRE = ' style="text-align:center"'
_JUSTIFIED = ' style="text-align:justify"'


def _head_line(text: str, left: bool) -> str:
    words = html.escape(text)
    if text.startswith("Số:") or not text.strip("-"):
        return words
    if "ngày" in text:
        return f"<em>{words}</em>"
    return f"<strong>{words}</strong>"


def _head(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = []
    for number, width in ((0, 40), (1, 60)):
        lines = "<br>".join(_head_line(row[number], not number) for row in rows)
        cells.append(f'<td style="text-align:center" width="{width}%">{lines}</td>')
    return f'<table class="head" border="0"><tr>{"".join(cells)}</tr></table>'


def _closing(rows: tuple[tuple[str, ...], ...]) -> str:
    recipients, signed = rows
    left = [f"<strong><em>{html.escape(text)}</em></strong>" for text in recipients[:1]]
    left += [html.escape(text) for text in recipients[1:]]
    right = [f"<em>{text}</em>" if text.startswith("(") else f"<strong>{html.escape(text)}</strong>" for text in signed]
    cells = f'<td width="50%" valign="top">{"<br>".join(left)}</td>'
    cells += f'<td width="50%" valign="top" style="text-align:center">{"<br>".join(right)}</td>'
    return f'<table class="sign" border="0"><tr>{cells}</tr></table>'


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = []
    for number, row in enumerate(rows):
        cells = [
            f'<td width="{share:.0%}">' + (f"<strong>{html.escape(cell)}</strong>" if not number else html.escape(cell))
            for cell, share in zip(row, weigh_columns(rows), strict=True)
        ]
        lines.append("<tr>" + "".join(f"{cell}</td>" for cell in cells) + "</tr>")
    return '<table class="tasks" border="1">' + "\n".join(lines) + "</table>"


def _body(plan: Plan) -> str:
    lines = []
    for block in blocks(plan):
        if block.kind in ("before", "after"):
            continue
        if block.kind == "head":
            lines.append(_head(block.rows))
        elif block.kind == "closing":
            lines.append(_closing(block.rows))
        elif block.kind == "table":
            lines.append(_table(block.rows))
        else:
            lines.append(_paragraph(block))
    if below := notes(plan):
        lines.append('<hr size="1" width="33%" align="left">')
    for number, text in below.items():
        mark = f'<a href="#_ftnref{number}" name="_ftn{number}">[{number}]</a>'
        lines.append(f'<div id="ftn{number}"><p class="MsoFootnoteText">{mark} {html.escape(text)}</p></div>')
    return "\n".join(lines)


_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>{title}</title>
<style>
{style}
</style>
<script>var visits = 20481236;</script></head>
<body>
<header><div class="banner">{banner}</div>
<nav class="menu"><ul>{menu}</ul></nav></header>
<div class="breadcrumb">{crumbs}</div>
<main>
<h1 class="title">{title}</h1>
<div class="meta">{meta}</div>
<div class="content">
{body}
</div>
</main>
<aside class="related"><h3>{news}</h3><ul>{related}</ul></aside>
<footer>{footer}</footer>
</body>
</html>
"""


def _around(plan: Plan) -> dict[str, str]:
    """Return what stands around the document: what the source says, else what any portal prints."""
    words = {**_NEUTRAL, "news": "Tin liên quan", "page": " ".join(plan.of("title")[:2])}
    before, after = plan.of("before"), plan.of("after")
    for line in before:
        key = "menu" if line.count("|") > 1 else "crumbs" if "›" in line else "banner" if line.isupper() else "meta"
        words[key] = line.replace(" | ", "; ") if key == "menu" else line
    if after:
        listed = [line.removeprefix("• ") for line in after if line.startswith("•")]
        other = [line for line in after if not line.startswith("•")]
        words |= {"news": other[0], "related": "; ".join(listed), "footer": " / ".join(other[1:])}
        words["page"] = plan.of("title")[0]
    return {**words, **{key: value for key, value in plan.options.items() if key in words}}


def to_html(plan: Plan) -> str:
    """Return the page."""

    def listed(text: str) -> str:
        return "\n".join(f'<li><a href="#">{html.escape(part.strip())}</a></li>' for part in text.split(";"))

    words = _around(plan)
    escaped = {key: html.escape(value) for key, value in words.items()}
    return _PAGE.format(
        title=escaped["page"],
        style=_STYLE,
        banner=escaped["banner"],
        menu=listed(words["menu"]),
        crumbs=escaped["crumbs"],
        meta=escaped["meta"],
        body=_body(plan),
        news=escaped["news"],
        related=listed(words["related"]),
        footer=escaped["footer"].replace(" / ", "<br>"),
    )
