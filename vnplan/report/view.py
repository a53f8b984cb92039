"""What an audit says, arranged for a reader: by document, the gravest first, with what was not compared and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vnplan.model import Coverage, Document, Edge, Evidence, Finding
from vnplan.report.nodes import AuditLike, Branch, Node, nodes_of, walk_tree
from vnplan.report.words import KINDS, NO_NUMBER, SEVERITY_ORDER, TOLD, Language, say

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read."""

    name: str
    code: str
    message: str

    @property
    def reason(self) -> str:
        """The message without the name of the file, where it begins with that."""
        return self.message.removeprefix(f"{self.name}: ")


@dataclass(frozen=True, slots=True)
class Unread:
    """A comparison that was not made: with ``parent``, or with any, and the reason (a key of REASONS).

    ``file`` is another file of the same document, when it is that one that was not compared.
    """

    reason: str
    parent: Node | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the corpus with all that the audit says of it."""

    node: Node
    document: Document | None
    parents: tuple[tuple[Edge, Node], ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The whole audit as the reports print it."""

    nodes: dict[str, Node]
    branches: tuple[Branch, ...]
    chapters: tuple[Chapter, ...]
    failures: tuple[Failure, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)  # findings by severity
    unpaged: frozenset[str] = frozenset()  # documents without pages of which a reader could open one

    @property
    def ghosts(self) -> int:
        """How many documents are cited and not in the corpus."""
        return sum(node.ghost for node in self.nodes.values())


def arrange(audit: AuditLike, documents: Iterable[Document], failures: Iterable[Failure] = ()) -> View:
    """Return the view of ``audit``; ``documents`` are those it was made from, for their headers and problems."""
    nodes = nodes_of(audit)
    branches = tuple(walk_tree(nodes, audit.edges))
    read: dict[str, Document] = {}
    others: dict[str, list[Unread]] = {}
    same: dict[str, str] = dict(getattr(audit, "same", {}))
    for document in _shown_first(documents, audit):
        id = same.get(document.id, document.id)
        if read.setdefault(id, document) is not document:
            others.setdefault(id, []).append(Unread("version", file=document.source.name))
    by_child: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        by_child.setdefault(finding.child, []).append(finding)
    asked: dict[str, list[Finding]] = {}
    for question in getattr(audit, "questions", ()):
        asked.setdefault(question.child, []).append(question)
    rows: dict[str, list[Coverage]] = {}
    for row in audit.coverage:
        rows.setdefault(row.child, []).append(row)
    links: dict[str, list[Edge]] = {}
    for edge in audit.edges:
        links.setdefault(edge.child, []).append(edge)
    for id in [*by_child, *asked, *rows, *(row.parent for row in audit.coverage)]:
        nodes.setdefault(
            id, Node(id)
        )  # whatever is said of a document is printed, also when nothing else is known of it
    chapters = [
        Chapter(
            nodes[id],
            read.get(id),
            tuple((edge, nodes[edge.parent]) for edge in links.get(id, ())),
            tuple(sorted(by_child.get(id, ()), key=_gravity)),
            tuple(sorted(asked.get(id, ()), key=_gravity)),
            tuple(rows.get(id, ())),
            (*_not_compared(id, nodes, read, links.get(id, ()), rows.get(id, ()), audit.edges), *others.get(id, ())),
        )
        for id in _reading_order(branches, [*by_child, *asked], nodes)
    ]
    counts: Counter[str] = Counter(finding.severity for finding in audit.findings)
    by_severity = {name: counts[name] for name in SEVERITY_ORDER}
    unpaged = frozenset(id for id, document in read.items() if document.source.pages == 1)
    return View(nodes, branches, tuple(chapters), tuple(failures), by_severity, unpaged)


def _shown_first(documents: Iterable[Document], audit: AuditLike) -> list[Document]:
    """Return ``documents``, each of one file on its own, before the others those that the audit holds and compared."""
    held = {id(document) for document in audit.documents}
    texts = (one for document in documents for one in document.split or (document,))
    return sorted(texts, key=lambda document: id(document) not in held)


def _reading_order(branches: Sequence[Branch], accused: Iterable[str], nodes: dict[str, Node]) -> list[str]:
    """Return the ids of the documents in the order of the tree, and after them whatever else a finding names."""
    order = [branch.node.id for branch in branches if not branch.node.ghost]
    order += [id for id in accused if id in nodes]
    return list(dict.fromkeys(order))


def _gravity(finding: Finding) -> tuple[int, str, float, str, int, str]:
    """Return the place of a finding in a chapter: the gravest and surest first, what is for information by its kind."""
    evidence = finding.parent_evidence or finding.child_evidence
    place = evidence.span.start if evidence else -1
    kind = finding.finding if finding.severity == "info" else ""
    return (
        SEVERITY_ORDER[finding.severity], kind, -finding.confidence, finding.finding, place, finding.child_value or "",
    )  # fmt: skip


def shown_quote(evidence: Evidence) -> str:
    """Return the words of evidence; of a row of a table each cell behind the head of its column."""
    if not evidence.cells:
        return evidence.quote
    heads = ["", *(head for head, _ in evidence.cells)]
    return " | ".join(
        f"{head}: {words}" if head and head != before else words  # one head may stand above several columns
        for before, (head, words) in zip(heads, evidence.cells, strict=False)
    )


def shown_value(value: str | None, language: Language = "vi") -> str | None:
    """Return the value of a finding as a reader of ``language`` writes it: dates and figures.

    >>> shown_value("2020-11-25"), shown_value("2020-11-25", "en"), shown_value("≥ 10.000 hộ", "en")
    ('25/11/2020', '2020-11-25', '≥ 10,000 hộ')
    """
    from vnplan.compare.messages import in_both

    if value and _DATE.fullmatch(value):
        return shown_date(value, language)
    return in_both(value).en if value and language == "en" else value


def _not_compared(
    id: str,
    nodes: dict[str, Node],
    read: dict[str, Document],
    links: Sequence[Edge],
    rows: Sequence[Coverage],
    edges: Sequence[Edge],
) -> Iterable[Unread]:
    own = _unfit(read.get(id))
    if own:
        yield Unread(own)
    elif not links and not rows and not nodes[id].ghost:
        yield Unread("root" if any(edge.parent == id for edge in edges) else "no-parent")
    compared = {row.parent for row in rows}
    for edge in links:
        parent = nodes[edge.parent]
        if parent.ghost:
            yield Unread("ghost", parent)
        elif unfit := _unfit(read.get(edge.parent)):
            yield Unread("parent-article" if unfit == "article" else "parent-cut", parent)
        elif not own and edge.parent not in compared:
            yield Unread("nothing", parent)


def _unfit(document: Document | None) -> str | None:
    """Return why ``document`` must not be accused of missing anything, None when it may: a key of REASONS."""
    from vnplan.compare.pairs import unreadable

    why = unreadable(document) if document is not None else None
    return why if why in (None, "article", "empty") else "cut"


def title(node: Node, language: Language = "vi") -> str:
    """Return what a document is called in a report: kind and number, the file name where both are unknown."""
    if node.kind is None and node.number is None:
        return node.name or node.id
    kind = say(KINDS, node.kind).of(language) if node.kind else ""
    if node.number is None and node.told is not None:
        return f"{kind} {node.told} ({TOLD.of(language)})".strip()
    return f"{kind} {node.number or NO_NUMBER.of(language)}".strip()


def full_title(node: Node, language: Language = "vi") -> str:
    """Return the title with what tells documents of one number apart: the issuer, the file where there is none."""
    parts = [title(node, language), node.issuer or ""]
    if node.number is None and node.name and node.name not in parts:
        parts.append(f"[{node.name}]")
    return ", ".join(part for part in parts if part)


def shown_date(date: str | None, language: Language = "vi") -> str:
    """Return an EDTF date as people write it: 30/01/2024 in Vietnamese; unchanged where it is something else.

    >>> shown_date("2024-01-30"), shown_date("2024-01"), shown_date("2024/2030", "en")
    ('30/01/2024', '01/2024', '2024-2030')
    """
    if not date:
        return ""
    if "/" in date:
        return "-".join(shown_date(part, language) for part in date.split("/"))
    return "/".join(reversed(date.split("-"))) if language == "vi" else date
