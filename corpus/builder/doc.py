"""Writes a sample document as Word 97-2003: the same paragraphs, tables, numbers and footnotes as ``word.py``."""

from __future__ import annotations

import re

from builder import blocks
from builder.doc_file import Cell, Element, Paragraph, Run, Table, write_doc
from builder.doc_pages import sprm
from builder.markup import Plan

_ROMAN = re.compile(r"[IVX]{1,5}\.")
# Properties: the size of letters in half points, justified lines, the first line one centimetre in, room below.
_BODY = sprm(0x2403, 3) + sprm(0x2461, 3) + sprm(0xA414, 120)
_INDENT = sprm(0x8411, 567) + sprm(0x8460, 567)


def _sized(points: int) -> bytes:
    return sprm(0x4A43, 2 * points)


def _runs(found: tuple[blocks.Run, ...], notes: dict[str, str], points: int = 14) -> tuple[Run, ...]:
    runs: list[Run] = []
    for run in found:
        if run.note:
            runs.append(Run("", note=f" {notes[run.note]}", extra=_sized(points)))
        else:
            runs.append(Run(run.text, run.bold, run.italic, extra=_sized(points)))
    return tuple(runs)


def _line(text: str, *, bold: bool = False, italic: bool = False, centred: bool = True, points: int = 14) -> Paragraph:
    return Paragraph((Run(text, bold, italic, extra=_sized(points)),) if text else (), centred)


def _head(rows: tuple[tuple[str, ...], ...]) -> Table:
    last = len(rows) - 1
    left = [
        _line(one, bold=one.isupper() and not one.startswith("Số"), points=12)
        for one, _ in rows if one.strip("-") or not one
    ]  # fmt: skip
    right = [_line(two, bold=number < last, italic=number == last, points=12) for number, (_, two) in enumerate(rows)]
    return Table(((Cell(tuple(left)), Cell(tuple(right))),), border=False)


def _closing(rows: tuple[tuple[str, ...], ...]) -> Table:
    recipients, signed = rows
    left = [
        _line(text, bold=not number, italic=not number, centred=False, points=12 if not number else 11)
        for number, text in enumerate(recipients)
    ]
    right = [_line(text, bold=not text.startswith("("), italic=text.startswith("(")) for text in signed]
    return Table(((Cell(tuple(left) or (Paragraph(),)), Cell(tuple(right) or (Paragraph(),))),), border=False)


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(
        tuple(
            tuple(Cell((_line(cell, bold=not number, centred=not number or not column, points=12),))
                  for column, cell in enumerate(row))
            for number, row in enumerate(rows)
        )
    )  # fmt: skip


def _block(block: blocks.Block, notes: dict[str, str], new_page: bool) -> Paragraph:
    if block.kind in ("before", "after"):
        return Paragraph(_runs(block.runs, notes, 10))
    if block.centred:
        return Paragraph(_runs(block.runs, notes), True, new_page=new_page, extra=sprm(0xA414, 120))
    if "auto" in block.item.flags:
        level = 0 if _ROMAN.fullmatch(block.item.label) else 1
        return Paragraph(_runs(blocks.without_label(block), notes), level=level, extra=_BODY)
    return Paragraph(_runs(block.runs, notes), extra=_BODY + _INDENT)


def elements(plan: Plan) -> list[Element]:
    """Return the paragraphs and tables of the document, in their order."""
    notes = blocks.notes(plan)
    found: list[Element] = []
    placed = [
        (block, not at and bool(number))
        for number, part in enumerate(blocks.parts(plan))
        for at, block in enumerate(part)
    ]
    for block, new_page in placed:
        if block.kind == "head":
            found += [_head(block.rows), Paragraph()]
        elif block.kind == "closing":
            found += [Paragraph(), _closing(block.rows), Paragraph()]
        elif block.kind == "table":
            found += [_table(block.rows), Paragraph()]
        else:
            found.append(_block(block, notes, new_page))
    return found


def to_doc(plan: Plan) -> bytes:
    """Return the document as a Word 97-2003 file."""
    return write_doc(elements(plan))
