"""The words that a finding shows: of an item, of a reference, of the lines with number and date."""

from __future__ import annotations

import re
from bisect import bisect_right

from vnplan.compare.messages import Both
from vnplan.model import Document, Evidence, Reference, Section, Span, Target, Task

_LIKENESS = 0.15  # cosine or coverage below which two texts have nothing in common worth showing
_NOTE = 160  # code points of the nearest words that a message shows
_FARTHEST = 4_000  # paragraphs above a cell, among which the head of its table is looked for
_HEAD = 4_000  # code points at the beginning of the text in which number and date stand
# yes: Số:      /KH-UBND
# yes: Số: …/QĐ-UBND
# no:  Số: 32/KH-UBND
_BLANK_NUMBER = re.compile(r"Số[ \t]{0,3}:?[\s.…_\-]{0,40}/[ ]?[A-ZĐ][\wĐ&.\-]{1,24}")
# yes: Số: 10/CT-TTg; Số: 12 /KH-UBND; Số:\n 11/2010/NĐ-CP
_FULL_NUMBER = re.compile(r"Số[ \t]{0,3}:?[\s*]{0,20}[0-9]{1,6}(?:[^\s]{0,30}[/-](?![^\s])|(?=[ ]/))?[ ]?[^\s]{0,30}")
# yes: Nam Hà, ngày      tháng      năm 2024
# yes: Lạng Sơn, ngày    tháng 01 năm 2024
# no:  Hà Nội, ngày 08 tháng 12 năm 2023
_DATE_LINE = re.compile(
    r"[^\n]{0,60}?ngày(?P<day>[\s.…_*/]{0,30}[0-9]{0,2})[\s.…_*]{0,30}tháng(?P<month>[\s.…_*/]{0,30}[0-9]{0,2})"
    r"[\s.…_*]{0,30}năm(?P<year>[\s.…_*]{0,30}[0-9]{0,4})"
)  # fmt: skip
_WORD = re.compile(r"[^\s|]{1,40}")


def section_at(document: Document, span: Span) -> Section | None:
    """Return the innermost section that holds the span."""
    found = None
    for section in document.sections:
        if section.span.start <= span.start < section.span.end:
            found = section
        elif section.span.start > span.start:
            break
    return found


def evidence_at(document: Document, span: Span, path: str | None = None) -> Evidence:
    """Return the words at a span of a document with their place."""
    section = section_at(document, span)
    words = folded(document.quote(span))
    cells = cells_at(document, section, span) if section and section.kind == "row" else ()
    return Evidence(words, span, path or (section.path if section else None), page_at(document, span), cells)


def cells_at(document: Document, row: Section, span: Span) -> tuple[tuple[str, str], ...]:
    """Return the cells of a row that a span holds, with the heads of their columns; () where it lies in one cell."""
    text = document.text
    found = []
    for _, start, end in row.cells:
        place = text.span(start, end)
        if place.end > span.start and place.start < span.end and start < end:
            found.append((_head_of(document, start), folded(text.words(start, end))))
    return tuple(found) if len(found) > 1 and any(head for head, _ in found) else ()


def _head_of(document: Document, start: int) -> str:
    """Return the words at the head of the column in which a cell begins, "" where there are none."""
    text, paragraphs = document.text, document.text.paragraphs
    at = bisect_right(paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    own = paragraphs[at].cell if at >= 0 else None
    words: list[str] = []
    for place in range(at - 1, max(-1, at - _FARTHEST), -1):
        cell = paragraphs[place].cell
        if own is None or cell is None or cell.table != own.table:
            break
        if cell.row == 0 and cell.column <= own.column < cell.column + cell.columns:
            words.insert(0, text.words(paragraphs[place].start, paragraphs[place].end))
    return folded(" ".join(words))


def page_at(document: Document, span: Span) -> int:
    """Return the page on which a span begins."""
    blocks = document.source.blocks
    at = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
    return blocks[at].page if at >= 0 else 1


def folded(words: str) -> str:
    """Return words in one line: where a page breaks its lines is no part of a quote.

    >>> folded("trước\\nngày 31  tháng 12")
    'trước ngày 31 tháng 12'
    """
    return " ".join(words.split())


def nearest_words(document: Document, span: Span, likeness: float) -> Both:
    """Return the note that says which words of a document come nearest to what was looked for, "" when none do."""
    if likeness < _LIKENESS:
        return Both("", "")
    place = evidence_at(document, span)
    words = place.quote
    if len(words) > _NOTE:
        words = f"{words[:_NOTE].rsplit(' ', 1)[0]}…"
    vi, en = (f"mục {place.path}, ", f"section {place.path}, ") if place.path else ("", "")
    figure = f"{likeness:.2f}"
    return Both(
        f"; nội dung gần nhất: “{words}” ({vi}độ tương đồng {figure.replace('.', ',')})",
        f"; nearest words: “{words}” ({en}likeness {figure})",
    )


def target_evidence(document: Document, target: Target) -> Evidence:
    """Return the words of a target with their place."""
    return evidence_at(document, target.span, target.path)


def horizon_evidence(document: Document, target: Target) -> Evidence:
    """Return the words of a target together with those before it that state its time ("Đến năm 2030, …")."""
    section = section_at(document, target.span)
    start = target.span.start
    if (
        section
        and target.horizon_source == "stated"
        and target.horizon
        and target.horizon[:4] not in document.quote(target.span)
    ):
        before = document.text.raw[max(section.span.start, start - 60) : start]
        at = max(before.rfind(sign) for sign in (".", ";", "\n- ")) + 1
        if target.horizon[:4] in before[at:]:
            start -= len(before[at:].lstrip(" -+*\n"))
    return evidence_at(document, Span(start, target.span.end), target.path)


def task_evidence(document: Document, task: Task) -> Evidence:
    """Return the words of a task with their place."""
    return evidence_at(document, task.span, task.path)


def reference_evidence(document: Document, reference: Reference) -> Evidence:
    """Return the words of a reference with their place."""
    return evidence_at(document, reference.span, reference.path)


def number_evidence(document: Document) -> Evidence | None:
    """Return the line with the number of the document."""
    return _found(document, _FULL_NUMBER.search(document.text.raw[:_HEAD]))


def blank_number_evidence(document: Document) -> Evidence | None:
    """Return the line with the place that was left blank for the number, None when there is no such line."""
    raw = document.text.raw[:_HEAD]
    if _FULL_NUMBER.search(raw[:1_500]) and not _BLANK_NUMBER.search(raw[:1_500]):
        return None
    return _found(document, _BLANK_NUMBER.search(raw))


def letterhead_evidence(document: Document) -> Evidence | None:
    """Return the words above and in the line with place and date, where the number ought to stand."""
    raw = document.text.raw[:_HEAD]
    line = _DATE_LINE.search(raw[:1_500])
    return _at(document, 0, line.end()) if line else None


def date_evidence(document: Document, *, blank: bool = False) -> Evidence | None:
    """Return the line with place and date; with ``blank`` only one in which day, month or year was left out."""
    raw = document.text.raw[:_HEAD]
    for line in _DATE_LINE.finditer(raw):
        lacks = not all(any(sign.isdigit() for sign in line[part]) for part in ("day", "month", "year"))
        if lacks == blank:
            start = line.start() + _place_start(raw[line.start() : line.start("day") - 4])
            return _at(document, start, line.end())
    return None


def _place_start(before: str) -> int:
    """Return where the name of a place begins at the end of what stands before "ngày": its words have capitals."""
    start = end = len(before)
    for word in reversed(list(_WORD.finditer(before))[-7:]):
        letters = word[0].strip("*_")
        first, gap = end == len(before), end - word.end()
        if "/" in letters or (not first and (gap > 1 or letters[-1:] in ",;:")):
            break
        if letters[:1].isupper():
            start = word.start()
        elif letters not in ("phố", "xã", "trấn", "khu", "-"):
            break
        end = word.start()
    return start


def has_full_number(document: Document) -> bool:
    """Return whether a number stands in the head of the text, whatever the header says."""
    return bool(_FULL_NUMBER.search(document.text.raw[:1_500]))


def _found(document: Document, line: re.Match[str] | None) -> Evidence | None:
    return _at(document, *line.span()) if line else None


def _at(document: Document, start: int, end: int) -> Evidence:
    raw = document.text.raw
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return Evidence(folded(raw[start:end]), Span(start, end), None, 1)
