"""Writes the text formats of a sample document: plain text, hard-wrapped text, Markdown and a portal's HTML page."""

from __future__ import annotations

import html
import re
import textwrap

from builder.markup import Item, Plan

_NOTE_MARK = re.compile(r"\[\^([0-9]{1,2})\]")
COLUMN = 44


def columns(plan: Plan) -> list[tuple[str, str]]:
    """Return the rows of the header as pairs."""
    return [(left.strip(), right.strip()) for left, _, right in (text.partition("||") for text in plan.of("head"))]


def closing(plan: Plan) -> tuple[list[str], list[str]]:
    """Return the two columns at the end: recipients, and signature."""
    recipients = plan.of("recip")
    return (["Nơi nhận:", *(f"- {text}" for text in recipients)] if recipients else []), plan.of("sign")


def _two_columns(left: list[str], right: list[str]) -> list[str]:
    size = max(len(left), len(right))
    left, right = left + [""] * (size - len(left)), right + [""] * (size - len(right))
    return [f"{one:<{COLUMN}}  {two}".rstrip() for one, two in zip(left, right, strict=True)]


def _blocks(plan: Plan) -> list[str]:
    """Return the document's paragraphs as plain text, without the columns at its beginning and end."""
    blocks: list[str] = []
    for item in plan.items:
        if item.kind in ("title", "heading", "paragraph"):
            blocks.append(_NOTE_MARK.sub(r"\1", item.text).removesuffix(" \\"))
        elif item.kind == "note":
            blocks.append(item.text)
        elif item.kind == "row":
            blocks.append("\t".join(item.cells))
    return blocks


def to_txt(plan: Plan) -> str:
    """Return plain text: a paragraph a line, or hard-wrapped lines with an empty line after each."""
    left, right = zip(*columns(plan), strict=True) if plan.of("head") else ((), ())
    before, after = plan.of("before"), plan.of("after")
    if plan.wrap:
        lines = [*plan.of("mark"), *(line for line in left if line), *right]
        for block in _blocks(plan):
            lines += textwrap.wrap(block, plan.wrap, break_long_words=False, break_on_hyphens=False)
        recipients, signed = closing(plan)
        return " \n\n".join([*lines, *recipients, *signed]) + "\n"
    head = "\n".join(_two_columns(list(left), list(right)))
    tail = "\n".join(_two_columns(*closing(plan)))
    parts = [*before, *plan.of("mark"), head, *_blocks(plan), tail, *after]
    return "\n\n".join(part for part in parts if part) + "\n"


def _md_heading(item: Item) -> str:
    text = _NOTE_MARK.sub(r"<sup>\1</sup>", item.text)
    return f"## {text}" if re.match(r"(?:[IVX]{1,5}\.|PHỤ LỤC)", text) else f"**{text}**"


def to_md(plan: Plan) -> str:
    """Return Markdown as converters write it: bold runs, headings, footnote marks as ``<sup>``."""
    parts = [f"*{text}*" for text in plan.of("mark")]
    rows = [f"{left} {right}".strip("- ") for left, right in columns(plan)]
    parts.append("\n".join(f"**{row}**  " if not row.startswith("Số") else f"\n{row}" for row in rows))
    table: list[str] = []
    for item in plan.items:
        if item.kind != "row" and table:
            parts.append("\n".join(table))
            table = []
        if item.kind == "row":
            table.append("| " + " | ".join(item.cells) + " |")
            if len(table) == 1:
                table.append("|" + " --- |" * len(item.cells))
        elif item.kind == "title":
            parts.append(f"**{item.text}**")
        elif item.kind == "heading":
            parts.append(_md_heading(item))
        elif item.kind == "paragraph":
            parts.append(_NOTE_MARK.sub(r"<sup>\1</sup>", item.text).removesuffix(" \\"))
        elif item.kind == "note":
            number, _, text = item.text.partition(" ")
            parts.append(f"<sup>{number}</sup> {text}")
    if table:
        parts.append("\n".join(table))
    recipients, signed = closing(plan)
    if recipients:
        parts.append("***Nơi nhận:***")
        parts.append("\n".join(recipients[1:]))
    parts += [f"**{text}**" for text in signed]
    return "\n\n".join(parts) + "\n"


def _html_table(rows: list[Item]) -> str:
    lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"


def _html_column(texts: list[str] | tuple[str, ...]) -> str:
    return "<td>" + "<br>".join(html.escape(text) for text in texts) + "</td>"


def _html_body(plan: Plan) -> str:
    parts = [f'<p class="sample"><em>{html.escape(text)}</em></p>' for text in plan.of("mark")]
    if plan.of("head"):
        left, right = zip(*columns(plan), strict=True)
        parts.append(f'<table class="head"><tr>{_html_column(left)}{_html_column(right)}</tr></table>')
    rows: list[Item] = []
    for item in plan.items:
        if item.kind != "row" and rows:
            parts.append(_html_table(rows))
            rows = []
        text = html.escape(item.text)
        if item.kind == "row":
            rows.append(item)
        elif item.kind == "title":
            parts.append(f'<p style="text-align:center"><strong>{text}</strong></p>')
        elif item.kind == "heading":
            parts.append(f"<p><strong>{text}</strong></p>")
        elif item.kind in ("paragraph", "note"):
            parts.append(f"<p>{text}</p>")
    recipients, signed = closing(plan)
    if recipients or signed:
        parts.append(f'<table class="sign"><tr>{_html_column(recipients)}{_html_column(signed)}</tr></table>')
    return "\n".join(parts)


_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>{title}</title>
<style>.menu li {{ display: inline }}</style>
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
<aside class="related"><h3>Tin liên quan</h3><ul>{related}</ul></aside>
<footer>{footer}</footer>
</body>
</html>
"""


def to_html(plan: Plan) -> str:
    """Return a portal's page: menu, path, counters and other news around the document."""

    def listed(text: str) -> str:
        return "\n".join(f'<li><a href="#">{html.escape(part.strip())}</a></li>' for part in text.split(";"))

    escaped = {key: html.escape(value) for key, value in plan.options.items()}
    return _PAGE.format(
        title=escaped["page"],
        banner=escaped["banner"],
        menu=listed(plan.options["menu"]),
        crumbs=escaped["crumbs"],
        meta=escaped["meta"],
        body=_html_body(plan),
        related=listed(plan.options["related"]),
        footer=escaped["footer"].replace(" / ", "<br>"),
    )
