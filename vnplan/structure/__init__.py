"""The structure of a document: its header and the tree of its own numbering.

Paths are made of the labels as printed, without their stops: ``V.1.a``, ``II.2.2.1`` ("2.1." under "2."),
``Điều 1.1.a`` (điểm a of khoản 1 of Điều 1), ``PHỤ LỤC.I.2`` (a row of a table), ``I.2.-3`` (the third bullet),
``V.¶1`` (an unnumbered paragraph). Phần, Chương, Mục and an attached document have nodes but stand in no path, unless
numbering starts anew in each. A label that a document uses twice in one place is followed by its count: ``I.2(2)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vnplan.gazetteer import resolve_issuer
from vnplan.model import Header, Part, Problem, Section, Span, Structure, Text
from vnplan.structure.attachments import Attachment, find_attachments, find_documents
from vnplan.structure.closing import Closing, read_closings
from vnplan.structure.dates import find_period, find_place_date
from vnplan.structure.doubts import blank_doubts
from vnplan.structure.header import Head, head_from_title, read_head, read_title
from vnplan.structure.kinds import kind_of_words
from vnplan.structure.medium import Report, carries_document, find_report, read_reported
from vnplan.structure.reflow import cut_paragraphs, is_glued
from vnplan.structure.sections import Body, read_sections

__all__ = ["find_documents", "read_structure"]

# yes: UBND thành phố xây dựng Kế hoạch / Ủy ban nhân dân phường Dị Sử ban hành
_OWN_UNIT = re.compile(
    r"(?:UBND|Ủy ban nhân dân)[ ](?P<kind>tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn|đặc khu)"
)
# yes: Kết luận của Chủ tịch UBND tỉnh tại cuộc họp / Ý kiến chỉ đạo của Phó Chủ tịch / VỀ Ý KIẾN KẾT LUẬN
# no:  Về việc nghỉ Tết
_CONCLUDES = re.compile(r"(?:về[ ](?:việc[ ])?)?(?:ý kiến[ ])?(?:kết luận|chỉ đạo)(?!\w)", re.I)
_INSTRUCTIONS = frozenset({"directive", "official letter", "telegram"})
_ACTS = frozenset({"law", "code", "ordinance", "resolution"})
_BODIES = {
    "UBND": "UBND",
    "HĐND": "HĐND",
    "TU": "Tỉnh ủy",
    "TTg": "Thủ tướng Chính phủ",
    "CP": "Chính phủ",
    "BCA": "Bộ Công an",
}


def read_structure(text: Text, *, title: str | None = None, doubtful: Sequence[Span] | None = None) -> Structure:
    """Return the header and the sections of ``text``; total on any text, in time proportional to its length.

    ``title`` is what the file's format calls its title. ``doubtful`` is given for text that was recognised in a
    picture: the places that recognition was not sure of; no figure of the number or the date is taken from them.
    Every paragraph of the body belongs to one node or to the preamble; recipients and signature are no nodes. A
    footnote belongs to no node's own words.

    >>> from vnplan.text import clean_text
    >>> found = read_structure(clean_text("KẾ HOẠCH\\nThực hiện X\\nI. MỤC TIÊU\\n1. Mục tiêu chung\\n- Tăng 5%."))
    >>> [(section.path, section.role) for section in found.sections]
    [('I', 'objectives'), ('I.1', 'objectives'), ('I.1.-1', 'objectives')]
    """
    doubts: tuple[Problem, ...] = ()
    if doubtful is not None:
        text, doubts = blank_doubts(text, doubtful)
    head = read_head(text)
    if head.typed is not None and is_glued(text, head.typed):
        text = cut_paragraphs(text)
        head = read_head(text)
    report = find_report(text) if head.typed is None and head.number is None else None
    if report is not None and not carries_document(text):
        sections = tuple(read_reported(text, report))
        return Structure(_reported_header(text, report), sections, "article", (0, 0), len(text.clean))
    if report is None and head.kind is None:
        head = head_from_title(text) or head
    closing = read_closings(text, head.body)
    attached = find_attachments(text, head.body)
    heads = {at for one in attached.values() for at in range(one.head, one.first)}
    body = Body(head.body, head.start, closing.paragraphs | heads, closing.first, attached)
    nodes, preamble, problems = read_sections(text, body, default="tasks" if _instructs(head) else None)
    end = text.paragraphs[closing.first].start if closing.first < len(text.paragraphs) else len(text.clean)
    if report is not None:
        header = replace(_reported_header(text, report), signatory=closing.signatory, recipients=closing.recipients)
    else:
        header = _header(text, head, closing, nodes, preamble)
    if header.kind is None and nodes and nodes[0].kind == "appendix" and preamble == (0, 0):
        header = replace(header, kind="appendix")
    if header.kind is None and title and (titled := read_title(title)):
        header = replace(header, kind=titled[0], number=header.number or titled[1], subject=header.subject or titled[2])
    parts = tuple(_parts(text, header, nodes, attached))
    return Structure(header, tuple(nodes), "document", preamble, end, (*doubts, *head.problems, *problems), parts)


def _instructs(head: Head) -> bool:
    """Tell whether all that a document says is to be done: a directive, or the notice of a conclusion."""
    if head.kind == "notice":
        return _CONCLUDES.match(head.subject or "") is not None
    return head.kind in _INSTRUCTIONS


def _parts(text: Text, header: Header, sections: list[Section], attached: Mapping[int, Attachment]) -> Iterator[Part]:
    """Yield what the document carries: attachments and appendices, those of an attachment behind it."""
    by_start = {text.paragraphs[one.first].start: one for one in attached.values()}
    opens = [
        (index, section) for index, section in enumerate(sections)
        if section.kind == "appendix" and section.start > text.paragraphs[0].start
    ]  # fmt: skip
    starts = {
        index: text.paragraphs[one.head].start if (one := by_start.get(section.start)) else section.start
        for index, section in opens
    }
    for number, (index, section) in enumerate(opens):
        one = by_start.get(section.start)
        behind = (starts[later] for later, other in opens[number + 1 :] if other.parent != index)
        start, end = starts[index], next(behind, len(text.clean))
        kind = (kind_of_words(section.label) if one else None) or "appendix"
        own = Header(
            kind, issuer=header.issuer, level=header.level, jurisdiction=header.jurisdiction,
            subject=section.heading or None,
        )  # fmt: skip
        yield Part("", own, start, end, text.span(start, end), section.page)


# yes: được Quốc hội khóa XV thông qua ngày 11 tháng 12 năm 2025
_PASSED = re.compile(r"thông qua[ ](?=ngày[ ][0-9]{1,2}[ ]tháng)")


def _day_of_passing(text: Text) -> str | None:
    """Return the day that an act of the National Assembly gives at its end, where its head has none."""
    tail = text.clean[-8_000:]
    found = next(_PASSED.finditer(tail), None)
    day = find_place_date(tail[found.end() : found.end() + 60]) if found else None
    return day.date if day else None


def _header(text: Text, head: Head, closing: Closing, sections: list[Section], preamble: tuple[int, int]) -> Header:
    date = head.date.date if head.date else None
    if date is None and head.kind in _ACTS:
        date = _day_of_passing(text)
    place = head.date.place if head.date else None
    issuer = None
    words = head.letterhead
    opening = text.clean[preamble[0] : preamble[1]][-1_200:] + (head.subject or "")
    kinds = [found["kind"] for found in _OWN_UNIT.finditer(opening)]
    if not words and head.number is not None:
        codes = [code for part in head.number.codes.split("/")[::-1] for code in part.split("-")[::-1]]
        words = next((_BODIES[code] for code in codes if code in _BODIES), "")
    if words:
        issuer = resolve_issuer(
            words,
            text.words(head.date.start, head.date.start + len(place)) if head.date and place else None,
            kinds[-1:],
            on=date,
        )
    scope = " ".join(
        text.clean[section.start : section.end][:300]
        for section in sections
        if section.role == "scope" and "hời gian" in section.heading
    )  # fmt: skip
    return Header(
        head.kind,
        head.number.value if head.number else None,
        date,
        place,
        issuer.name if issuer else None,
        issuer.level if issuer else None,
        issuer.jurisdiction if issuer else None,
        head.subject,
        find_period(head.subject or "", scope, date[:4] if date else None),
        closing.signatory,
        closing.recipients,
    )


def _reported_header(text: Text, report: Report) -> Header:
    """Return the header of the document that an article reports."""
    issuer = resolve_issuer(report.body, report.unit, on=report.date)
    return Header(
        kind=report.kind,
        number=report.number,
        date=report.date,
        issuer=issuer.name,
        level=issuer.level,
        jurisdiction=issuer.jurisdiction,
        subject=report.subject,
        period=find_period(report.subject or "", "", report.date[:4] if report.date else None),
    )
