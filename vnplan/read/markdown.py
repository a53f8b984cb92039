"""What lines of markdown say beyond their words: headings, tables and footnotes. The marks stay in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vnplan.model import Block, Cell, Span
from vnplan.read.grid import Grid
from vnplan.text import takes_power

# yes: ## I. Mục tiêu
# yes: # Kế hoạch
# no:  #1
_HEADING: Final = re.compile(r"[ ]{0,8}(#{1,6})[ ]")
# yes: **KẾ HOẠCH**
# yes: **I. MỤC TIÊU**
# no:  **a** và **b**
_BOLD: Final = re.compile(r"[ ]{0,8}\*\*(?:(?!\*\*)[^\n]){1,2000}\*\*[ ]{0,8}")
# yes: <sup>1</sup> Theo báo cáo
# yes: [^1]: Theo báo cáo
# no:  dân số<sup>1</sup>.
_FOOTNOTE: Final = re.compile(
    r"[ ]{0,8}(?:<sup>[ ]{0,3}\[?[0-9]{1,3}\]?[ ]{0,3}</sup>[ ]{0,3}[^\s<,.;]|\[\^[^\]\n]{1,20}\]:)"
)
# yes: <sup>1</sup>
# yes: [^1]
# no:  <sup>2019</sup>
_NOTE_MARK: Final = re.compile(r"<sup>[ ]{0,3}[\[(]?([0-9]{1,3}|\*{1,3})[\])]?[ ]{0,3}</sup>|\[\^([^\]\n]{1,20})\]")
# yes: | --- | :-: |
# yes: ---|---
# no:  | 1 | a |
_RULE: Final = re.compile(
    r"[ ]{0,8}\|?[ ]{0,200}:?-{1,500}:?[ ]{0,200}(?:\|[ ]{0,200}:?-{1,500}:?[ ]{0,200}){0,60}\|?[ ]{0,8}"
)
# yes: |
# no:  \|
_PIPE: Final = re.compile(r"(?<!\\)\|")
# yes: <br>
# yes: <BR/>
# no:  <b>
_BREAK: Final = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
# yes: <td colspan="2">
# yes: </table>
# no:  <tdx>
_TABLE_TAG: Final = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,500})>", re.IGNORECASE)
# yes: rowspan="2"
# no:  span=2
_SPAN: Final = re.compile(r"\b(row|col)span[ ]{0,3}=[ ]{0,3}[\"']?([0-9]{1,3})", re.IGNORECASE)
# yes: a\- b
# yes: <sup>1</sup>
# no:  a - b
_MARK: Final = re.compile(r"\\[-.*_#|()\[\]]|</?su[pb]>|\*\*[^\s*]|\[\^[0-9]{1,3}\]")
_MIN_MARKS: Final = 3
_SAMPLE: Final = 200_000


def looks_like_markdown(text: str) -> bool:
    """Tell by content: several headings, bold stretches, table rules, escapes or notes."""
    if "**" not in text and "|" not in text and "\\" not in text and "#" not in text and "<" not in text:
        return False
    sample = text[:_SAMPLE]
    marks = 0
    for count, _ in enumerate(_MARK.finditer(sample), 1):
        if count >= _MIN_MARKS:
            return True
        marks = count
    lines = sample.split("\n")
    marks += sum(_HEADING.match(line) is not None for line in lines)
    marks += _MIN_MARKS * sum("|" in line and _is_rule(line) for line in lines)
    return marks >= _MIN_MARKS or "<table" in sample or "<TABLE" in sample


def mark_blocks(text: str, blocks: list[Block]) -> list[Block]:
    """Return the line blocks with headings, bold lines, footnotes and table cells told apart.

    A table's rule lines are no blocks; empty cells neither. Tables are numbered in reading order.
    """
    out: list[Block] = []
    table = index = 0
    in_note = False
    note_end = -2
    html = [*_html_tables(text), (len(text) + 1, len(text) + 1)]
    while index < len(blocks):
        block = blocks[index]
        if html[0][0] < block.span.end:
            index = _take_html_table(text, blocks, index, html.pop(0), table, out)
            table += 1
            continue
        rows, is_table = _pipe_rows(text, blocks, index)
        if is_table:
            out.extend(_pipe_cells(text, blocks[index : index + rows], table))
            table += 1
            index += rows
            continue
        for plain in blocks[index : index + rows]:
            marked = _mark_line(text, plain)
            follows = in_note and plain.span.start == note_end + 1 and marked.level is None
            in_note = marked.kind == "footnote" or follows
            note_end = plain.span.end
            out.append(replace(marked, kind="footnote") if in_note else marked)
        index += rows
    return _anchor_notes(text, out)


def _anchor_notes(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks, each footnote with the place of its mark: the last before it, or else the first behind it."""
    if not any(block.kind == "footnote" for block in blocks):
        return blocks
    places: dict[str, list[int]] = {}
    for block in blocks:
        if block.kind != "footnote":
            for mark in _NOTE_MARK.finditer(text, block.span.start, block.span.end):
                if not takes_power(text[max(block.span.start, mark.start() - 6) : mark.start()]):
                    places.setdefault(mark[1] or mark[2], []).append(mark.start())
    out: list[Block] = []
    anchor: int | None = None
    for block in blocks:
        if block.kind != "footnote":
            anchor = None
        elif begin := _NOTE_MARK.match(text, _strip(text, block.span.start, block.span.end).start, block.span.end):
            found = places.get(begin[1] or begin[2], [])
            anchor = found[max(bisect_left(found, block.span.start) - 1, 0)] if found else None
        out.append(replace(block, anchor=anchor) if anchor is not None else block)
    return out


def _mark_line(text: str, block: Block) -> Block:
    line = text[block.span.start : block.span.end]
    heading = _HEADING.match(line)
    if heading:
        return replace(block, level=len(heading.group(1)), bold=len(line))
    if _FOOTNOTE.match(line):
        return replace(block, kind="footnote")
    if line.lstrip().startswith("**") and _BOLD.fullmatch(line):
        return replace(block, bold=len(line))
    return block


def _is_rule(line: str) -> bool:
    return "-" in line and len(line) < 20_000 and _RULE.fullmatch(line) is not None


def _line(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end]


def _pipe_rows(text: str, blocks: list[Block], index: int) -> tuple[int, bool]:
    """Return how many blocks from ``index`` on belong together, and whether they are one pipe table with its rule."""
    line = _line(text, blocks[index]).strip()
    framed = line.startswith("|") and line.endswith("|") and len(line) > 1
    after = _line(text, blocks[index + 1]) if "|" in line and index + 1 < len(blocks) else ""
    if "|" not in line or not (framed or _is_rule(after)):
        return 1, False
    end = index + 1
    while end < len(blocks) and blocks[end].span.start == blocks[end - 1].span.end + 1:
        following = _line(text, blocks[end])
        if "|" not in following or (framed and not following.lstrip().startswith("|")):
            break
        end += 1
    lines = [_line(text, block) for block in blocks[index:end]]
    same = len(lines) > 1 and len({len(_PIPE.findall(each)) for each in lines}) == 1
    return end - index, (framed and same) or any(map(_is_rule, lines))


def _pipe_cells(text: str, rows: list[Block], table: int) -> Iterator[Block]:
    """Yield the cells of a pipe table; a line break in one (``<br>``) divides it into paragraphs."""
    split = [(block, _split_pipes(text, block)) for block in rows if not _is_rule(_line(text, block))]
    for number, (block, spans) in enumerate(split):
        below = split[1][1] if number == 0 and len(split) > 1 else []
        for column, span in enumerate(spans):
            cell = Cell(table, number, column, 1, _reach_over(spans, below, column))
            for part in _break_lines(text, span):
                bold = _BOLD.fullmatch(text, part.start, part.end) is not None
                yield Block(part, "cell", block.page, cell, part.end - part.start if bold else 0)


def _split_pipes(text: str, block: Block) -> list[Span]:
    line = _line(text, block)
    edges = [match.start() for match in _PIPE.finditer(line)]
    if not line.lstrip().startswith("|"):
        edges.insert(0, -1)
    if not line.rstrip().endswith("|"):
        edges.append(len(line))
    start = block.span.start
    return [_strip(text, start + left + 1, start + right) for left, right in pairwise(edges)]


def _reach_over(spans: list[Span], below: list[Span], column: int) -> int:
    """Return over how many columns a cell of the header reaches: empty ones beside it that the row below divides."""
    empty = [span.start == span.end for span in spans]
    if below and sum(empty) == len(spans) - 1 and not empty[column]:
        return len(spans) - column  # a title above the header
    divided = len(below) == len(spans) and below[0].start == below[0].end and below[column].start < below[column].end
    end = column + 1
    while divided and end < len(spans) and empty[end] and below[end].start < below[end].end:
        end += 1
    return end - column


def _break_lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if (part := _strip(text, start, found.start())).start < part.end:
            yield part
        start = found.end()
    if (part := _strip(text, start, span.end)).start < part.end:
        yield part


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost HTML table stands."""
    depth = start = 0
    for match in _TABLE_TAG.finditer(text) if "<ta" in text or "<TA" in text else ():
        if match.group(2).lower() == "table":
            depth += -1 if match.group(1) else 1
            if depth == 1 and not match.group(1):
                start = match.start()
            elif depth <= 0:
                if match.group(1) and depth == 0:
                    yield start, match.end()
                depth = 0


def _take_html_table(
    text: str, blocks: list[Block], index: int, span: tuple[int, int], table: int, out: list[Block]
) -> int:
    """Append the cells of the HTML table at ``span``, and what stands beside it on its lines; return the next block."""
    start, end = span
    first = blocks[index]
    before = _strip(text, first.span.start, start)
    if before.start < before.end:
        out.append(replace(first, span=before))
    out.extend(_html_cells(text, start, end, table, first.page))
    while index < len(blocks) and blocks[index].span.start < end:
        last = blocks[index]
        index += 1
        if last.span.end > end:
            blocks[index - 1] = replace(last, span=Span(end, last.span.end))
            rest = _strip(text, end, last.span.end)
            return index - 1 if rest.start < rest.end else index
    return index


def _html_cells(text: str, start: int, end: int, table: int, page: int) -> Iterator[Block]:
    grid, depth, opened = Grid(table), 0, -1
    attributes = ""
    for match in _TABLE_TAG.finditer(text, start, end):
        closing, tag = bool(match.group(1)), match.group(2).lower()
        if tag == "table":
            depth += -1 if closing else 1
        if depth > 1:
            continue
        if opened >= 0 and (tag in ("tr", "td", "th") or closing):
            spans = {key.lower(): int(value) for key, value in _SPAN.findall(attributes)}
            cell = grid.place(spans.get("row", 1), spans.get("col", 1))
            span = _strip(text, opened, match.start())
            if span.start < span.end:
                yield Block(span, "cell", page, cell)
            opened = -1
        if tag == "tr" and not closing:
            grid.begin_row()
        elif tag in ("td", "th") and not closing:
            opened, attributes = match.end(), match.group(3)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
