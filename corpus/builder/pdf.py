"""Writes a sample document as a PDF with a text layer: broken lines on numbered pages, drawn tables, footnotes."""

from __future__ import annotations

import io
from dataclasses import dataclass

from builder.blocks import Block, Run, lies_on_its_side, notes, parts, weigh_columns
from builder.markup import Plan
from builder.pages import FONTS, LEADING, LEFT, SIZE, Pages, Word, broken, words_of

__all__ = ["FONTS", "MADE_WITH", "Seal", "lay_out", "to_pdf"]

MADE_WITH = "5.1.0"  # the version of reportlab that wrote the committed file; another may write other bytes
_INDENT = 28.0
_HEAD, _TABLE, _RECIPIENTS, _AROUND = 10.0, 10.0, 9.0, 9.0  # sizes of letters


@dataclass(frozen=True)
class Seal:
    """Where a seal is put on the signature: the page, from 0, and the place on it in points from below."""

    page: int
    x: float
    y: float


def _column(pages: Pages, lines: list[tuple[list[Run], bool]], x: float, room: float) -> float:
    """Print centred lines, one of them with a rule below it, from where the page is; return where they end."""
    top = pages.y
    for runs, ruled in lines:
        for line in broken(words_of(runs, _HEAD), room):
            pages.y -= LEADING * 0.9
            pages.draw(line, x, centred=True)
        if ruled:
            pages.rule(x, room * 0.35)
            pages.y -= 10
    end, pages.y = pages.y, top
    return end


def _blank(text: str) -> str:
    """Return a number or date with room left blank, in spaces that are not folded."""
    return text.replace("  ", "\u00a0\u00a0")


def _head(pages: Pages, rows: tuple[tuple[str, ...], ...]) -> None:
    last = len(rows) - 1
    share = 0.37
    left = [
        ([Run(_blank(one) if one.strip("-") else "", bold=number < last)], number == last - 1)
        for number, (one, _) in enumerate(rows)
    ]
    right = [
        ([Run(_blank(two), bold=number < last, italic=number == last)], number == last - 1)
        for number, (_, two) in enumerate(rows)
    ]
    room, start = pages.room + 40, LEFT - 20
    first = _column(pages, left, start + share * room / 2, share * room)
    second = _column(pages, right, start + room * (1 + share) / 2, (1 - share) * room)
    pages.y = min(first, second) - 1.2 * LEADING


def _closing(pages: Pages, rows: tuple[tuple[str, ...], ...]) -> Seal | None:
    recipients, signed = rows
    half = pages.room / 2
    left = [
        line
        for number, text in enumerate(recipients)
        for line in broken(words_of([Run(text, bold=not number, italic=not number)], _RECIPIENTS), half - 10)
    ]
    gaps = sum(not text.isupper() for text in signed)
    needed = max(len(left) * 12.5, (len(signed) + 2 * gaps) * LEADING + 10) + LEADING
    pages.need(needed)
    pages.y -= LEADING * 0.5
    top = pages.y
    for line in left:
        pages.y -= 12.5
        pages.draw(line, LEFT)
    end, pages.y = pages.y, top
    x = LEFT + 1.5 * half
    seal = None
    for text in signed:
        if not text.isupper():
            pages.y -= 2 * LEADING
        pages.y -= LEADING
        pages.draw(
            words_of([Run(text, bold=not text.startswith("("), italic=text.startswith("("))], SIZE), x, centred=True
        )
        if text.isupper():
            seal = Seal(pages.page - 1, x - 48, pages.y - 2.4 * LEADING)
    pages.y = min(end, pages.y) - LEADING
    return seal


def _table(pages: Pages, rows: tuple[tuple[str, ...], ...]) -> None:
    words = [
        [words_of([Run(cell, bold=not number)], _TABLE) for cell in row] for number, row in enumerate(rows)
    ]  # fmt: skip
    pages.table(words, weigh_columns(rows))


def _paragraph(pages: Pages, block: Block) -> None:
    if block.kind in ("before", "after"):
        pages.paragraph(words_of(block.runs, _AROUND), leading=13, after=2, justified=False)
        return
    words: list[Word] = words_of(block.runs, SIZE)
    if block.centred:
        mark = block.kind == "mark"
        pages.paragraph(words, centred=True, justified=False, narrower=20, after=12 if mark else 4)
        return
    keep = 2 * LEADING if block.kind == "heading" else 0.0
    pages.paragraph(words, indent=_INDENT, keep=keep)


def lay_out(plan: Plan) -> tuple[bytes, Seal | None]:
    """Return the document as a PDF file, and where its seal would be put."""
    buffer = io.BytesIO()
    pages = Pages(buffer, notes(plan))
    seal = None
    for number, part in enumerate(parts(plan)):
        if number:
            pages.turn(sideways=lies_on_its_side(part))
        for block in part:
            if block.kind == "head":
                _head(pages, block.rows)
            elif block.kind == "closing":
                seal = _closing(pages, block.rows)
            elif block.kind == "table":
                _table(pages, block.rows)
            else:
                _paragraph(pages, block)
    pages.finish()
    return buffer.getvalue(), seal


def to_pdf(plan: Plan) -> bytes:
    """Return the document as a PDF file."""
    return lay_out(plan)[0]
