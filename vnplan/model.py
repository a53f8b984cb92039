"""The values that vnplan hands from stage to stage: frozen, without behaviour that reads or writes.

Two kinds of positions occur. A :class:`Span` points into the text *that was read* (``Source.text``) and is what
every statement carries. ``start`` and ``end`` as bare integers point into the *cleaned* text (``Text.clean``),
which the extractors match; :meth:`Text.span` leads from the second to the first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "plan",
    "decision",
    "resolution",
    "directive",
    "law",
    "code",
    "ordinance",
    "decree",
    "circular",
    "joint circular",
    "conclusion",
    "guideline",
    "programme",
    "scheme",
    "project",
    "strategy",
    "official letter",
    "telegram",
    "notice",
    "report",
    "submission",
    "regulation",
    "appendix",
    "other",
]
Level = Literal["central", "province", "district", "commune"]
Role = Literal[
    "basis",
    "situation",
    "purpose",
    "requirements",
    "viewpoint",
    "objectives",
    "scope",
    "tasks",
    "budget",
    "organisation",
    "reporting",
    "recipients",
    "signature",
    "appendix",
]
Relation = Literal[
    "implements",
    "basis",
    "follows_request",
    "issued_with",
    "amends",
    "replaces",
    "repeals",
    "continues",
    "mentions",
]
EdgeRelation = Relation | Literal["reports_on"]  # a report tells what became of a plan, and is no child of it
Comparator = Literal[
    "at_least",
    "above",
    "at_most",
    "below",
    "equal",
    "about",
    "range",
    "increase_by",
    "decrease_by",
    "increase_to",
    "decrease_to",
]
Commitment = Literal["guarantee", "strive", "plain"]
HorizonSource = Literal["stated", "heading", "period"]
Bound = Literal["before", "by", "during", "end", "within", "after", "ongoing", "on_request"]
TimexType = Literal["DATE", "DURATION", "SET"]
Medium = Literal["document", "article"]
TextFrom = Literal["text", "pdf-text", "ocr", "docx", "doc", "html"]
BlockKind = Literal["line", "paragraph", "cell", "footnote"]
SectionKind = Literal["part", "chapter", "heading", "bullet", "paragraph", "row", "appendix"]
Severity = Literal["high", "medium", "low", "info"]
# Why nothing is said of an item of a parent; docs/output.md has what each means.
Why = Literal[
    "unread", "not comparable", "step", "apart", "nearer", "alike", "own way", "field", "short", "general", "unsure"
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of code points of the text that was read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read or not understood, with a stable code, and where it stands if that is known."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a block in a table: table number in the document, row and column from 0, and how far it reaches."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text as its reader delimits it.

    ``line`` is a physical line, which may end in the middle of a sentence; ``paragraph`` is known to be whole;
    ``cell`` is one paragraph of a table's cell; ``footnote`` is the text of a note. Blocks stand in reading order
    and do not overlap.
    """

    span: Span
    kind: BlockKind = "line"
    page: int = 1
    cell: Cell | None = None
    bold: int = 0  # how many code points at its beginning are bold: a heading that runs into its text
    centred: bool = False
    level: int | None = None  # of a heading that the format itself marks (h1 is 1)
    anchor: int | None = None  # of a footnote: where its mark stood in the text that was read


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader got out of one file: the text, how it is divided, and what went wrong on the way."""

    name: str
    sha256: str
    media_type: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    text_from: TextFrom
    pages: int = 1
    title: str | None = None  # what the format itself calls its title; never part of the text
    problems: tuple[Problem, ...] = ()
    page_confidence: tuple[float | None, ...] = ()  # by page, 0 to 1: of the pages that went through OCR, else None
    doubtful: tuple[Span, ...] = ()  # what OCR read without being sure: no number in it is relied on


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph (or cell, or footnote) of the cleaned text, without the line breaks inside it."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int = 1
    cell: Cell | None = None
    bold: int = 0  # how many code points at its beginning are bold: a heading that runs into its text
    centred: bool = False
    level: int | None = None
    anchor: int | None = None  # of a footnote: the place in the cleaned text that it belongs to


@dataclass(frozen=True, slots=True)
class Text:
    """Cleaned text with the way back: ``offsets[i]`` is where ``clean[i]`` stands in ``raw``.

    ``clean`` is what patterns match: its tones are placed one way (``hóa``, ``khỏe``, ``ủy``), its dashes are hyphens.
    ``printed`` is the same text, code point by code point, with the tones where the document puts them; words that
    go into a result are taken from it by :meth:`words`. Paragraphs are separated by one line feed, which belongs to
    none of them; nothing inside a paragraph is a line feed. Within a paragraph the offsets rise; a footnote that
    interrupted a sentence is a paragraph of its own, behind it.
    """

    raw: str
    clean: str = field(repr=False)
    printed: str = field(repr=False)
    offsets: array[int] = field(repr=False)
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return where ``clean[start:end]`` stands in the text that was read."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return Span(at, at)
        stop = self.offsets[end - 1] + 1
        while stop < len(self.raw) and "\u0300" <= self.raw[stop] <= "\u036f":
            stop += 1
        return Span(self.offsets[start], stop)

    def words(self, start: int, end: int) -> str:
        """Return ``clean[start:end]`` as the document spells it, stripped."""
        return self.printed[start:end].strip()

    def quote(self, span: Span) -> str:
        """Return the words at ``span`` as they were read."""
        return self.raw[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7): name, position, capacity (KT., TM., TL., TUQ.)."""

    name: str | None = None
    position: str | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself. What is blank or not found is None; dates are EDTF (``2024-01``)."""

    kind: Kind | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    level: Level | None = None
    jurisdiction: str | None = None  # "thành phố Lai Châu, tỉnh Lai Châu"; None for a central body
    subject: str | None = None
    period: str | None = None  # EDTF: "2024/2030", "2026"
    signatory: Signatory | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the document's own numbering, in a flat list in reading order.

    ``parent`` is the index of the node above it in that list. ``start`` and ``end`` delimit the node's *own* words in
    the cleaned text (label, heading, the text before its first child); ``span`` reaches to the end of its last
    descendant. A bullet and an unnumbered paragraph (``V.2.¶1``) are nodes too, and so is a table row (``row``).
    """

    path: str
    label: str
    heading: str
    role: Role | None
    kind: SectionKind
    parent: int | None
    start: int
    end: int
    span: Span
    page: int = 1
    leaf: bool = True
    cells: tuple[tuple[str, int, int], ...] = ()  # of a row: (column role, start, end) in the cleaned text


@dataclass(frozen=True, slots=True)
class Part:
    """A document that another one carries (ban hành kèm theo): an attached plan, an appendix, a draft.

    ``start`` and ``end`` delimit it in the cleaned text, letterhead included. A ``separate`` one has a letterhead of
    its own and is no part of what the document before it says: the draft behind a submission. Any other has the issuer
    of the whole. ``id`` is an identifier like a document's.
    """

    id: str
    header: Header
    start: int
    end: int
    span: Span
    page: int = 1
    separate: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """The header, the section nodes in reading order, whether the text is a document or an article about one."""

    header: Header
    sections: tuple[Section, ...]
    medium: Medium = "document"
    preamble: tuple[int, int] = (0, 0)  # cleaned text before the first heading, without the header
    body_end: int = 0  # cleaned text from here on is recipients and signature
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()  # what the document carries, in reading order

    def children(self, index: int) -> Iterator[int]:
        """Yield the indices of the nodes directly below ``index``."""
        for i in range(index + 1, len(self.sections)):
            if self.sections[i].parent == index:
                yield i

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the indices of the nodes above ``index``, the nearest first."""
        parent = self.sections[index].parent
        while parent is not None:
            yield parent
            parent = self.sections[parent].parent


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another document (dẫn chiếu) and its relation to the one that mentions it."""

    span: Span
    kind: Kind | None
    number: str | None
    date: str | None
    issuer: str | None
    relation: Relation
    subject: str | None = None
    provision: str | None = None
    path: str | None = None  # None in the preamble
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An aim to reach a specific, quantified outcome by some time (chỉ tiêu); see docs/domain for every field."""

    span: Span
    low: float
    high: float
    comparator: Comparator
    unit: str
    population: str | None
    outcome: str | None
    condition: str | None = None
    commitment: Commitment = "plain"
    horizon: str | None = None
    horizon_source: HorizonSource | None = None
    per: str | None = None
    baseline: str | None = None
    path: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which something is due (thời hạn), as TIMEX3 value, bound, and RFC 5545 rule for what recurs."""

    span: Span
    type: TimexType | None
    value: str | None
    bound: Bound | None
    rrule: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """A mention of a body (cơ quan): canonical name, level, jurisdiction; ``is_class`` for "các sở, ban, ngành"."""

    span: Span
    name: str
    level: Level | None = None
    jurisdiction: str | None = None
    is_class: bool = False
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that someone is told to do (nhiệm vụ), with its clauses and who leads and who coordinates (names)."""

    span: Span
    path: str
    clauses: tuple[Span, ...] = ()
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deadline: int | None = None  # index into Document.deadlines
    product: str | None = None
    reported: bool = False  # told by an article about the document


@dataclass(frozen=True, slots=True)
class Document:
    """One document, read, divided and extracted. ``id`` is its URN:LEX (RFC 9676)."""

    id: str
    source: Source
    text: Text = field(repr=False)
    structure: Structure = field(repr=False)
    references: tuple[Reference, ...] = field(default=(), repr=False)
    targets: tuple[Target, ...] = field(default=(), repr=False)
    tasks: tuple[Task, ...] = field(default=(), repr=False)
    agencies: tuple[Agency, ...] = field(default=(), repr=False)
    deadlines: tuple[Deadline, ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = ()
    split: tuple[Document, ...] = field(default=(), repr=False)  # each on its own, where separate ones share a file
    results: tuple[Target, ...] = field(default=(), repr=False)  # of a report: figures that were reached, no targets

    def __repr__(self) -> str:
        header = self.header
        about = [header.kind or self.source.name, header.number, header.date, header.issuer]
        if self.medium == "article":
            about.insert(0, "article about")
        layers = ("sections", "references", "targets", "tasks", "agencies", "deadlines", "problems")
        counts = [f"{len(getattr(self, layer))} {layer}" for layer in layers if getattr(self, layer)]
        return f"<Document {' '.join(filter(None, about))}: {', '.join(counts) or 'nothing found'}>"

    @property
    def header(self) -> Header:
        """The header fields of the document."""
        return self.structure.header

    @property
    def sections(self) -> tuple[Section, ...]:
        """The section nodes, flat, in reading order."""
        return self.structure.sections

    @property
    def parts(self) -> tuple[Part, ...]:
        """The documents that this one carries, such as the plan that a decision issues."""
        return self.structure.parts

    @property
    def medium(self) -> Medium:
        """``document``, or ``article`` for a portal's report about one."""
        return self.structure.medium

    def quote(self, span: Span) -> str:
        """Return the words at ``span`` as they were read."""
        return self.text.quote(span)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words on one side of a finding, and where they stand.

    ``cells`` are, of the row of a table, the heads of its columns with the words below them.
    """

    quote: str
    span: Span
    path: str | None
    page: int = 1
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of the audit, with the words of both sides, in two languages.

    ``parent_evidence_of`` is the document whose words ``parent_evidence`` are, where that is not the parent itself:
    another that cites it, another text of the child.
    """

    finding: str
    severity: Severity
    confidence: float
    child: str
    parent: str | None = None
    by: str | None = None
    child_evidence: Evidence | None = None
    parent_evidence: Evidence | None = None
    child_value: str | None = None
    parent_value: str | None = None
    message_vi: str = ""
    message_en: str = ""
    parent_evidence_of: str | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a link has to be looked at again: the parent was amended, replaced or repealed, or reads otherwise now.

    ``by`` is the document that changes the parent, with its words; None when two readings of the parent differ.
    """

    why: Literal["amended", "replaced", "repealed", "changed"]
    by: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from a child document to a parent, with how it was found.

    ``stamp`` is a hash of the parent's words that the link rests on, those of ``provision`` where one is cited; None
    for a parent that is not there. A link with ``suspect`` has to be looked at again.
    """

    child: str
    parent: str
    relation: EdgeRelation
    how: Literal["cited", "programme"]
    confidence: float
    evidence: Evidence | None = None
    provision: str | None = None
    stamp: str | None = None
    suspect: tuple[Suspicion, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a parent's items a child satisfies (OSCAL's words), and why of others nothing is said."""

    child: str
    parent: str
    items: Literal["targets", "tasks"]
    satisfied: int
    not_satisfied: int
    not_assessable: int
    reasons: tuple[tuple[Why, int], ...] = ()  # of those that are not assessable, the most frequent first
