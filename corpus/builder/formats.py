"""Writes the text formats of a sample document: plain text, hard-wrapped text and Markdown."""

from __future__ import annotations

import re
import textwrap

from builder.blocks import Block, Run, blocks, closing, columns, notes
from builder.markup import Item, Plan

_NOTE_MARK = re.compile(r"\[\^([0-9]{1,2})\]")
COLUMN = 44


def _two_columns(left: list[str], right: list[str]) -> str:
    size = max(len(left), len(right))
    left, right = left + [""] * (size - len(left)), right + [""] * (size - len(right))
    return "\n".join(f"{one:<{COLUMN}}  {two}".rstrip() for one, two in zip(left, right, strict=True))


def _words(runs: tuple[Run, ...]) -> str:
    """Return the words with the marks that a word processor leaves in plain text."""
    return "".join(f"[{run.note}]" if run.note else run.text for run in runs)


def _txt_block(block: Block) -> str:
    if block.kind == "head":
        left, right = zip(*block.rows, strict=True)
        return _two_columns(list(left), list(right))
    if block.kind == "closing":
        return _two_columns(*map(list, block.rows))
    if block.kind == "table":
        return "\n".join("\t".join(row) for row in block.rows)
    return _words(block.runs)


def _wrapped(plan: Plan) -> list[str]:
    """Return the lines of one document, the columns at its beginning and end one after the other."""
    left, right = zip(*columns(plan), strict=True) if plan.of("head") else ((), ())
    lines = [*plan.of("mark"), *(line for line in left if line), *right]
    for block in blocks(plan):
        if block.kind == "table":
            lines += ["\t".join(row) for row in block.rows]
        elif block.kind in ("title", "heading", "paragraph"):
            lines += textwrap.wrap(_words(block.runs), plan.wrap, break_long_words=False, break_on_hyphens=False)
    recipients, signed = closing(plan)
    return [*lines, *recipients, *signed]


def to_txt(plan: Plan) -> str:
    """Return plain text: a paragraph a line, footnotes at the end, or hard-wrapped lines with an empty line between."""
    below = [f"[{number}] {text}" for number, text in notes(plan).items()]
    if plan.wrap:
        lines = [line for document in plan.documents() for line in _wrapped(document)]
        return " \n\n".join([*lines, *below]) + "\n"
    return "\n\n".join(filter(None, [*map(_txt_block, blocks(plan)), *below])) + "\n"


def _md_text(item: Item) -> str:
    text = _NOTE_MARK.sub(r"<sup>\1</sup>", item.text).removesuffix(" \\")
    if item.kind == "title":
        return f"**{text}**"
    if item.kind == "mark":
        return f"*{text}*"
    if item.kind == "heading":
        return f"## {text}" if re.match(r"(?:[IVX]{1,5}\.|PHỤ LỤC)", text) else f"**{text}**"
    if item.kind == "note":
        number, _, text = text.partition(" ")
        return f"<sup>{number}</sup> {text}"
    return text


def _md_head(plan: Plan) -> str:
    rows = [f"{left} {right}".strip("- ") for left, right in columns(plan)]
    return "\n".join(f"**{row}**  " if not row.startswith("Số") else f"\n{row}" for row in rows)


def _md_table(rows: list[Item]) -> str:
    lines = ["| " + " | ".join(row.cells) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0].cells), *lines[1:]])


def _md_closing(plan: Plan) -> list[str]:
    recipients, signed = closing(plan)
    listed = ["***Nơi nhận:***", "\n".join(recipients[1:])] if recipients else []
    return [*listed, *(f"**{text}**" for text in signed)]


def to_md(plan: Plan) -> str:
    """Return Markdown as converters write it: bold runs, headings, a footnote where the page ended on it."""
    return "\n\n".join(part for document in plan.documents() for part in _md_parts(document)) + "\n"


def _md_parts(plan: Plan) -> list[str]:
    parts: list[str] = []
    table: list[Item] = []
    done: set[str] = set()
    for item in plan.items:
        if item.kind != "row" and table:
            parts.append(_md_table(table))
            table = []
        kind = "closing" if item.kind in ("recip", "sign") else item.kind
        if kind == "row":
            table.append(item)
        elif kind == "head" and "head" not in done:
            parts.append(_md_head(plan))
        elif kind == "closing" and "closing" not in done:
            parts += _md_closing(plan)
        elif kind not in ("head", "closing"):
            parts.append(_md_text(item))
        done.add(kind)
    if table:
        parts.append(_md_table(table))
    return parts
