"""References (dẫn chiếu): the documents that a document cites, and how it relates to them.

docs/domain.md, section 3. A document named inside the subject of another is a mention too; the document itself, its own
appendices' "ban hành kèm theo …", and what an article reports are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnplan.extract.citations import Citation, find_citations
from vnplan.extract.flow import SectionIndex, flowing
from vnplan.extract.identities import Identified, identify
from vnplan.extract.issuers import Body, match_body_words, name_body, subject_words
from vnplan.extract.letters import CAPITAL
from vnplan.extract.numbers import issuer_of_number
from vnplan.extract.relations import Clauses, Governed, Zone, govern, main_clause
from vnplan.identity import number_key
from vnplan.model import Header, Problem, Reference, Section, Structure, Text

_SUBJECT_REACH = 700  # code points of the longest subject
_LONGEST_LIST = 40  # numbers that share one word for their kind
_CHANGING_KINDS = frozenset({"decision", "resolution", "decree", "circular", "joint circular", "law", "ordinance"})
_TERM_YEARS = r"[0-9]{1,4}(?:[ ]?-[ ]?[0-9]{4})?"
# yes: khóa XII / (Khóa XIX) / nhiệm kỳ 2020 - 2025
# no:  khóa học
_TERM = re.compile(rf"[ ]?[,(]?[ ]?(?:[Kk]hóa|nhiệm kỳ)[ ](?:[IVXLC]{{1,7}}|{_TERM_YEARS})(?!\w)[ ]?\)?")
# A subject ends at a semicolon or a sentence end, before an alias in brackets, before the main clause.
_SUBJECT_END = re.compile(
    r";|\.(?=[ ]|$|/)|[ ]\((?:sau đây|gọi|viết)|:[ ]|,[ ](?=cụ thể|như sau|với (?:các|những|một số)? ?nội dung)"
)
# yes: "Ra quân trồng cây (01/03/2024)": a link to another article
_OTHER_NEWS = re.compile(r"\([0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\)$")
# yes: (Ban hành kèm theo / Kèm theo
_BINDING = re.compile(r"(?:^[ *_-]{0,4}|\([ ]?)(?:Ban hành[ ])?kèm theo[ :]{0,2}$", re.I)
# yes: "đề nghị của " / "ý kiến chỉ đạo của " / ", " before a body that issued what follows
# no:  "theo "
_SPOKEN = re.compile(
    r"(?:(?:đề nghị|đề xuất|chỉ đạo|kết luận|yêu cầu|hướng dẫn|báo cáo|ý kiến|nội dung)[ ]của[ ]|[,;.][ ]|^)"
    rf"(?=[{CAPITAL}])"
)
_SPOKEN_ENDS = re.compile(r"(?:[ ][^\W\d_]{1,8}){0,4}[ ](?:tại[ ](?:các[ ])?|\()|[ ](?:đã[ ]|vừa[ ])?ban hành[ ]")


@dataclass(slots=True)
class _Draft:
    """A citation on its way to a reference: its place, its relation, its issuer's name and jurisdiction."""

    citation: Citation
    governed: Governed
    path: str | None
    issuer: str | None = None
    jurisdiction: str | None = None
    subject: str | None = None


def find_references(text: Text, structure: Structure) -> Iterator[Reference | Problem]:
    """Yield each reference in order of appearance; a day that does not exist (31/02) is a Problem, and its date None.

    >>> from vnplan.structure import read_structure
    >>> from vnplan.text import clean_text
    >>> text = clean_text("KẾ HOẠCH\\nThực hiện Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng.\\nI. MỤC TIÊU")
    >>> [(found.number, found.date, found.relation) for found in find_references(text, read_structure(text))]
    [('1591/QĐ-TTg', '2023-12-08', 'implements')]
    """
    drafts = list(_drafts(text, structure))
    identified = identify([_identified(draft) for draft in drafts], structure.header)
    for draft, known in zip(drafts, identified, strict=True):
        if known is None:
            continue
        citation = draft.citation
        span = text.span(citation.start, citation.end)
        if citation.date is not None and citation.date.edtf is None:
            printed = text.clean[citation.date.start : citation.date.end]
            yield Problem("no-such-day", f"{printed}: the calendar has no such day", span)
        if citation.torn:
            printed = " ".join(text.clean[citation.start : citation.end].split())
            yield Problem("torn-number", f"{printed}: digits stand apart in front of the number; it is left out", span)
        yield Reference(
            span,
            citation.kind,
            known.number,
            citation.date.edtf if citation.date else None,
            draft.issuer,
            draft.governed.relation,
            draft.subject,
            citation.provision,
            draft.path,
            known.urn,
        )


def _drafts(text: Text, structure: Structure) -> Iterator[_Draft]:
    sections = SectionIndex(structure)
    words, stretches = flowing(text, structure, sections)
    notes = {paragraph.start for paragraph in text.paragraphs if paragraph.kind == "footnote"}
    opening = Clauses("opening")
    for start, end in stretches:
        if structure.medium == "article" and _OTHER_NEWS.search(words, max(start, end - 16), end):
            continue
        units: list[tuple[Section | None, Zone, list[Citation]]] = []
        for citation in find_citations(words, start, end):
            section = sections.at(citation.start)
            zone = _zone(structure, section, citation.start, start in notes)
            if zone is None:
                continue
            if not units or units[-1][0] is not section or units[-1][1] != zone:
                units.append((section, zone, []))
            units[-1][2].append(citation)
        for section, zone, citations in units:
            low, high = (section.start, section.end) if section else _bounds(structure, zone)
            clauses = opening if section is None and zone == "opening" else _clauses(zone, section, structure.header)
            bounds = (max(start, low), max(min(end, high), citations[-1].end))
            yield from _of_unit(words, structure, citations, bounds, clauses, section)


def _bounds(structure: Structure, zone: Zone) -> tuple[int, int]:
    first, last = _preamble(structure)
    return {"title": (0, first), "opening": (first, last), "section": (0, 1 << 40)}[zone]


def _preamble(structure: Structure) -> tuple[int, int]:
    """Return where the words before the first section stand; nowhere, before that section, where there are none."""
    if structure.preamble == (0, 0) and structure.sections:
        return structure.sections[0].start, structure.sections[0].start
    return structure.preamble


def _zone(structure: Structure, section: Section | None, place: int, footnote: bool) -> Zone | None:
    """Return which rules hold at a place, None for what is no part of the body (recipients, signature)."""
    if structure.medium == "article" and (section is None or section.role is None):
        return "opening"
    if section is not None:
        above = structure.sections[section.parent] if section.parent is not None else None
        outermost = above is None or (above.kind == "appendix" and above.role is None)  # of what a decision issues
        opens = section.role == "basis" or (section.role is None and section.kind == "paragraph" and outermost)
        return "opening" if opens and not footnote else "section"
    first, last = _preamble(structure)
    if place < first:
        return "section" if footnote else "title"
    if place < last:
        return "section" if footnote else "opening"
    return None if place >= structure.body_end and not footnote else "section"  # notes may stand at the very end


def _clauses(zone: Zone, section: Section | None, header: Header) -> Clauses:
    basis = section is not None and section.role == "basis"
    operative = header.kind in _CHANGING_KINDS and section is not None and section.path.startswith("Điều")
    return Clauses(zone, default="basis" if basis else "mentions", operative=operative)


def _of_unit(
    words: str,
    structure: Structure,
    citations: list[Citation],
    bounds: tuple[int, int],
    clauses: Clauses,
    section: Section | None,
) -> Iterator[_Draft]:
    """Yield the citations of one stretch of one section, with what governs them."""
    zone = clauses.zone
    citations = [c for c in citations if not _is_own(words, structure, c, section, bounds[0], zone)]
    governed: list[Governed] = []
    for i, citation in enumerate(citations):
        earlier = (citations[i - 1], governed[i - 1]) if i else None
        governed.append(govern(words, bounds[0], citation, earlier, clauses))
    stops = _stops(citations, governed, bounds[1])
    for i, citation in enumerate(citations):
        draft = _Draft(citation, governed[i], section.path if section else None)
        draft.subject = _subject(words, citation, stops[i])
        _name_issuer(words, draft, _listed_bodies(citations, i), bounds[0], structure.header)
        yield draft


def _stops(citations: list[Citation], governed: list[Governed], end: int) -> list[int]:
    """Return for each citation where the next one begins that does not stand inside its subject."""
    stops = [end] * len(citations)
    for i in range(len(citations) - 2, -1, -1):
        stops[i] = stops[i + 1] if governed[i + 1].nested else citations[i + 1].start
    return stops


def _listed_bodies(citations: list[Citation], i: int) -> tuple[Body, ...]:
    """Return the bodies behind a citation, or behind the last number of its list ("số 12, 13 và 14 của …")."""
    for citation in citations[i : i + _LONGEST_LIST]:
        if citation is not citations[i] and not citation.chained:
            break
        if citation.bodies:
            return citation.bodies
    return ()


def _is_own(
    words: str, structure: Structure, citation: Citation, section: Section | None, start: int, zone: Zone
) -> bool:  # fmt: skip
    """Tell whether a citation is of the document itself: its number, or the words that bind an appendix to it."""
    header = structure.header
    same_kind = header.kind is None or citation.kind == header.kind or not citation.named
    if citation.number and header.number and number_key(citation.number) == number_key(header.number):
        issued = citation.date.edtf if citation.date else None
        if same_kind and (issued is None or header.date is None or issued[:4] == header.date[:4]):
            return True
    in_appendix = section is not None and section.role == "appendix"
    if citation.blank and citation.kind == header.kind and in_appendix:
        return True
    if not _BINDING.search(words[max(start, citation.start - 40) : citation.start]):
        return zone == "title" and not citation.named and words[citation.start] in "Ss"
    return same_kind or (in_appendix and citation.number is None)


def _subject(words: str, citation: Citation, stop: int) -> str | None:
    """Return the subject (trích yếu) behind a citation: "về …", "phê duyệt …"."""
    at = citation.end
    if (term := _TERM.match(words, at, stop)) is not None:
        at = term.end()
    comma = words[at : at + 1] == ","
    while at < stop and words[at] in ' ,“"':
        at += 1
    opens = subject_words().match(words, at, stop)
    if opens is None or citation.name or (comma and opens[0].casefold() not in ("về", "phê duyệt", "ban hành")):
        return None
    if opens[0] == "tại" and citation.kind not in ("notice", "conclusion"):
        return None
    limit = min(stop, at + _SUBJECT_REACH)
    ends = (_SUBJECT_END.search(words, at, limit), main_clause().search(words, at + 1, limit))
    subject = words[at : min((end.start() for end in ends if end), default=limit)].strip(" ,;.(")
    for joint in (" và", ", và", " cùng", " các"):
        subject = subject.removesuffix(joint)
    return subject.strip(" ,") or None


def _name_issuer(words: str, draft: _Draft, bodies: tuple[Body, ...], start: int, header: Header) -> None:
    """Fill in who issued the cited document: said behind it, behind its list, before it, or by its number."""
    citation = draft.citation
    bodies = bodies if not citation.name else citation.bodies
    spoken = None if bodies or citation.name else _speaker(words, max(start, citation.start - 200), citation.start)
    if spoken is not None:
        draft.issuer, draft.jurisdiction = name_body(
            "", spoken.words, spoken.unit, spoken.levels, header.jurisdiction, header.date
        )
        return
    on = citation.date.edtf if citation.date and citation.date.edtf else None
    names = [name_body(b.office, b.words, b.unit, b.levels, header.jurisdiction, on) for b in bodies]
    if names:
        draft.issuer = ", ".join(name for name, _ in names)
        draft.jurisdiction = names[0][1]
    elif citation.number:
        draft.issuer = issuer_of_number(citation.number) or ("Chính phủ" if citation.kind == "decree" else None)


def _speaker(words: str, floor: int, at: int) -> Body | None:
    """Return the body that speaks in a citation ("theo đề nghị của Sở Nội vụ tại Tờ trình …"), or that issued it."""
    before = words[floor:at]
    if not before.endswith((" tại ", " hành ", " tại các ", " (")):
        return None
    found: Body | None = None
    for said in _SPOKEN.finditer(before):
        body = match_body_words(before, said.end(), len(before), known=True)
        if body is not None and _SPOKEN_ENDS.fullmatch(before, body.end):
            found = body
    return found


def _identified(draft: _Draft) -> Identified:
    citation = draft.citation
    return Identified(
        citation.kind,
        citation.number,
        citation.date.edtf if citation.date else None,
        draft.issuer,
        draft.jurisdiction,
        citation.name,
        bare=citation.bare,
        said=citation.named,
    )
