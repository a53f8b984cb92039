"""Writes a sample document as Word 97-2003: the same paragraphs, tables, numbers and footnotes as ``word.py``."""

from __future__ import annotations

import re

from builder.doc_file import Cell, Element, Paragraph, Run, Table, write_doc
from builder.formats import closing, columns
from builder.markup import Item, Plan

_NOTE = re.compile(r"\[\^([0-9]{1,2})\]")
_ROMAN = re.compile(r"[IVX]{1,5}\.")


def _runs(text: str, notes: dict[str, str], bold: bool = False) -> tuple[Run, ...]:
    parts = _NOTE.split(text)
    runs = [
        Run(part, bold, note=notes.get(note, "")) for part, note in zip(parts[::2], [*parts[1::2], ""], strict=True)
    ]
    return tuple(run for run in runs if run.text or run.note)


def _column(texts: list[str], centred: bool) -> Cell:
    return Cell(tuple(Paragraph((Run(text, text.isupper()),), centred) for text in texts) or (Paragraph(),))


def _block(item: Item, notes: dict[str, str]) -> Paragraph:
    if item.kind == "title":
        return Paragraph(_runs(item.text, notes, True), True)
    if "auto" in item.flags:
        level = 0 if _ROMAN.fullmatch(item.label) else 1
        return Paragraph(_runs(item.words, notes, len(item.words.split()) < 20), level=level)
    return Paragraph(_runs(item.text, notes, item.kind == "heading"), item.label.startswith("PHỤ LỤC"))


def elements(plan: Plan) -> list[Element]:
    """Return the paragraphs and tables of the document, in their order."""
    notes = {number: f" {text}" for number, _, text in (note.partition(" ") for note in plan.of("note"))}
    found: list[Element] = [Paragraph((Run(text),), True) for text in plan.of("mark")]
    if plan.of("head"):
        left, right = zip(*columns(plan), strict=True)
        found.append(Table(((_column(list(left), True), _column(list(right), True)),), border=False))
    rows: list[tuple[Cell, ...]] = []
    signed = False
    for item in plan.items:
        if item.kind == "row":
            rows.append(tuple(Cell((Paragraph((Run(cell, not rows),)),)) for cell in item.cells))
        elif item.kind in ("title", "heading", "paragraph"):
            found.append(_block(item, notes))
        elif item.kind == "sign" and not signed:
            recipients, lines = closing(plan)
            found += [Table(((_column(recipients, False), _column(lines, True)),), border=False), Paragraph()]
            signed = True
    if rows:
        found += [Table(tuple(rows)), Paragraph()]
    return found


def to_doc(plan: Plan) -> bytes:
    """Return the document as a Word 97-2003 file."""
    return write_doc(elements(plan))
