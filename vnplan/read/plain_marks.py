"""What plain text saved from a word processor says beyond its lines: tables by tabs, footnotes by bracketed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vnplan.model import Block, Cell, Span

_COLUMNS: Final = 3  # that the first row of a table fills; two are a letterhead or a signature
# yes: [1] Theo báo cáo của Sở Y tế
# no:  sức khỏe tâm thần[1].
_NOTE: Final = re.compile(r"[ \t]{0,8}\[([1-9][0-9]{0,2})\][ \t]{1,4}(?=\S)")
# yes: sức khỏe tâm thần[1].
# no:  [1] Theo báo cáo
_MARK: Final = re.compile(r"(?<=[^\s\[])\[([1-9][0-9]{0,2})\]")


def mark_plain(text: str, blocks: list[Block]) -> list[Block]:
    """Return the line blocks with the cells of tables and the footnotes at the end told apart.

    A table is a run of lines without an empty one between, which tabs divide into equally many cells; the first row
    fills three at least. Footnotes stand behind everything else, and each is referred to further above.
    """
    if "\t" in text:
        blocks = list(_with_tables(text, blocks))
    return _with_notes(text, blocks) if "[1]" in text else blocks


def _with_tables(text: str, blocks: list[Block]) -> Iterator[Block]:
    tables = at = 0
    while at < len(blocks):
        end = _table_end(text, blocks, at)
        if end - at < 2:
            yield blocks[at]
            at += 1
            continue
        for number, row in enumerate(blocks[at:end]):
            yield from _cells(text, row, tables, number)
        tables, at = tables + 1, end


def _table_end(text: str, blocks: list[Block], at: int) -> int:
    """Return behind which block a table ends that begins at ``at``."""
    words = text[blocks[at].span.start : blocks[at].span.end]
    if words.count("\t") < _COLUMNS - 1 or sum(not cell.isspace() for cell in words.split("\t") if cell) < _COLUMNS:
        return at
    tabs, end = words.count("\t"), at + 1
    while end < len(blocks) and blocks[end].span.start == blocks[end - 1].span.end + 1:
        if text.count("\t", blocks[end].span.start, blocks[end].span.end) != tabs:
            break
        end += 1
    return end


def _cells(text: str, row: Block, table: int, number: int) -> Iterator[Block]:
    at = row.span.start
    for column, words in enumerate(text[row.span.start : row.span.end].split("\t")):
        start = at + len(words) - len(words.lstrip())
        end = at + len(words.rstrip())
        if start < end:
            yield Block(Span(start, end), "cell", row.page, Cell(table, number, column))
        at += len(words) + 1


def _with_notes(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks with the last lines as footnotes, from the one that begins with ``[1]`` on, if they are."""
    numbers = [_note(text, block) for block in blocks]
    first = next((at for at in range(len(blocks) - 1, -1, -1) if (n := numbers[at]) and n[1] == "1"), None)
    if first is None:
        return blocks
    marks: dict[str, int] = {}
    for mark in _MARK.finditer(text, 0, blocks[first].span.start):
        marks.setdefault(mark[1], mark.start())
    out, expected = blocks[:first], 1
    anchor: int | None = None
    for block, number in zip(blocks[first:], numbers[first:], strict=True):
        start = block.span.start
        if number and number[1] == str(expected) and number[1] in marks:
            start, anchor, expected = number.end(), marks[number[1]], expected + 1
        elif number or start != out[-1].span.end + 1:
            return blocks  # something else stands behind them
        out.append(replace(block, span=Span(start, block.span.end), kind="footnote", anchor=anchor))
    return out


def _note(text: str, block: Block) -> re.Match[str] | None:
    return _NOTE.match(text, block.span.start, block.span.end) if block.kind == "line" else None
