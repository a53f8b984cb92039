"""The JSON that the command line prints: one record for a document, for a failure, for an audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vnplan.report.escape import encodable_record
from vnplan.report.nodes import node_of

if TYPE_CHECKING:
    from vnplan.compare.resolving import Inferred
    from vnplan.errors import VnplanError
    from vnplan.model import (
        Agency,
        Deadline,
        Document,
        Edge,
        Evidence,
        Finding,
        Header,
        Part,
        Problem,
        Reference,
        Section,
        Span,
        Target,
        Task,
        Text,
    )
    from vnplan.report.nodes import AuditLike

SCHEMA = 1
Record = dict[str, Any]

# Leaves of these kinds are ``items`` of the node above; every other node is one of its ``children``.
_ITEM_KINDS = frozenset({"bullet", "paragraph", "row"})


def encode(record: Record) -> bytes:
    """Return ``record`` as JSON in UTF-8, on one line."""
    import msgspec

    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:  # a lone surrogate, from a file name or a text given as str
        return msgspec.json.encode(encodable_record(record))


def document_record(document: Document, *, text: bool = True) -> Record:
    """Return the record of a document that was read; without ``text`` the text itself is left out."""
    source = document.source
    record: Record = {
        "schema": SCHEMA,
        "id": document.id,
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "media_type": source.media_type,
            "medium": document.medium,
            "pages": source.pages,
            "text_from": source.text_from,
            "page_confidence": [None if sure is None else round(sure, 3) for sure in source.page_confidence],
            "problems": [_problem(problem) for problem in document.problems],
        },
        "status": "read",
        "failure": None,
    }
    if text:
        record["text"] = source.text
    sections, items = _section_tree(document)
    record |= {
        "header": _header(document.header),
        "sections": sections,
        "items": items,
        "parts": [_part(part) for part in document.parts],
        "references": [_reference(document, reference) for reference in document.references],
        "targets": [_target(document, target) for target in document.targets],
        "results": [_target(document, result) for result in document.results],
        "tasks": [_task(document, task) for task in document.tasks],
        "agencies": [_agency(document, agency) for agency in document.agencies],
        "deadlines": [_deadline(document, deadline) for deadline in document.deadlines],
        "footnotes": _footnotes(document.text),
    }
    return record


def _footnotes(text: Text) -> list[Record]:
    """Return where each footnote stands, and where its mark stood: behind the letter before it."""
    found = []
    for note in text.paragraphs:
        if note.kind == "footnote":
            place = note.anchor
            anchor = None if place is None else text.span(max(place - 1, 0), place).end
            found.append({"span": _span(text.span(note.start, note.end)), "anchor": anchor})
    return found


def failure_record(name: str, sha256: str | None, error: VnplanError) -> Record:
    """Return the record of a file that could not be read; ``sha256`` is None when its bytes were not reached."""
    return {
        "schema": SCHEMA,
        "id": None,
        "source": {"name": name, "sha256": sha256},
        "status": "failed",
        "failure": {"code": error.code, "message": error.message},
    }


def audit_record(audit: AuditLike) -> Record:
    """Return the record of an audit: the documents with the ghosts among them, the links, findings and coverage."""
    nodes = [node_of(document) for document in audit.documents]
    told = {known.document: known for known in getattr(audit, "inferred", ())}
    further = _versions(audit)
    return {
        "schema": SCHEMA,
        "documents": [
            {
                "id": node.id,
                "name": node.name,
                "number": node.number,
                "date": node.date,
                "issuer": node.issuer,
                "level": node.level,
                "ghost": node.ghost,
                "inferred": _inferred(told.get(node.id)),
                "versions": further.get(node.id, []),
            }
            for node in nodes
        ],
        "edges": [edge_record(edge) for edge in audit.edges],
        "findings": [_finding(finding) for finding in audit.findings],
        "questions": [_finding(question) for question in getattr(audit, "questions", ())],
        "coverage": [
            {
                "child": row.child,
                "parent": row.parent,
                "items": row.items,
                "satisfied": row.satisfied,
                "not_satisfied": row.not_satisfied,
                "not_assessable": row.not_assessable,
                "reasons": dict(row.reasons),
            }
            for row in audit.coverage
        ],
    }


def _inferred(told: Inferred | None) -> Record | None:
    """Return what those who cite a document tell of its blank number, None where they need not."""
    if told is None:
        return None
    return {
        "number": told.number,
        "date": told.date,
        "confidence": told.confidence,
        "cited_by": list(told.cited_by),
        "evidence": evidence_record(told.evidence),
    }


def _versions(audit: AuditLike) -> dict[str, list[Record]]:
    """Return the further texts of each document that has some."""
    same: Mapping[str, str] = getattr(audit, "same", {})
    found: dict[str, list[Record]] = {}
    for version in getattr(audit, "versions", ()):
        record = {"id": version.id, "name": version.source.name, "sha256": version.source.sha256}
        found.setdefault(same.get(version.id, version.id), []).append(record)
    return found


def edge_record(edge: Edge) -> Record:
    """Return the record of one link of the cascade."""
    return {
        "child": edge.child,
        "parent": edge.parent,
        "relation": edge.relation,
        "how": edge.how,
        "confidence": edge.confidence,
        "evidence": evidence_record(edge.evidence),
        "provision": edge.provision,
        "stamp": edge.stamp,
        "suspect": [
            {"why": doubt.why, "by": doubt.by, "evidence": evidence_record(doubt.evidence)} for doubt in edge.suspect
        ],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _problem(problem: Problem) -> Record:
    record: Record = {"code": problem.code, "message": problem.message}
    if problem.span is not None:
        record["span"] = _span(problem.span)
    return record


def _part(part: Part) -> Record:
    return {
        "id": part.id,
        "header": _header(part.header),
        "span": _span(part.span),
        "page": part.page,
        "separate": part.separate,
        "relation": "issued_with",
    }


def _header(header: Header) -> Record:
    signatory = header.signatory
    return {
        "kind": header.kind,
        "number": header.number,
        "date": header.date,
        "place": header.place,
        "issuer": header.issuer,
        "level": header.level,
        "jurisdiction": header.jurisdiction,
        "subject": header.subject,
        "period": header.period,
        "signatory": None
        if signatory is None
        else {"name": signatory.name, "position": signatory.position, "capacity": signatory.capacity},
        "recipients": list(header.recipients),
    }


def _section_tree(document: Document) -> tuple[list[Record], list[Record]]:
    """Return the numbered sections, nested, and the items that no section holds.

    A bullet is a section when it holds more than table rows; rows below a bullet that is an item are its items.
    """
    sections = document.sections
    holds = [False] * len(sections)
    for section in sections:
        if section.parent is not None and section.kind != "row":
            holds[section.parent] = True
    roots: list[Record] = []
    root_items: list[Record] = []
    made: list[Record] = []
    for index, section in enumerate(sections):
        above = None if section.parent is None else made[section.parent]
        if section.kind in _ITEM_KINDS and not holds[index]:
            record = _item(section)
            (root_items if above is None else above.setdefault("items", [])).append(record)
        else:
            record = _section(section)
            (roots if above is None else above.setdefault("children", [])).append(record)
        made.append(record)
    return roots, root_items


def _item(section: Section) -> Record:
    record: Record = {
        "path": section.path,
        "label": section.label,
        "role": section.role,
        "span": _span(section.span),
        "page": section.page,
    }
    if section.kind == "row":
        record["kind"] = "row"
    return record


def _section(section: Section) -> Record:
    return {
        "path": section.path,
        "label": section.label,
        "heading": section.heading,
        "role": section.role,
        "span": _span(section.span),
        "page": section.page,
        "children": [],
        "items": [],
    }


def _reference(document: Document, reference: Reference) -> Record:
    return {
        "quote": document.quote(reference.span),
        "span": _span(reference.span),
        "kind": reference.kind,
        "number": reference.number,
        "date": reference.date,
        "issuer": reference.issuer,
        "relation": reference.relation,
        "subject": reference.subject,
        "provision": reference.provision,
        "path": reference.path,
        "id": reference.id,
    }


def _target(document: Document, target: Target) -> Record:
    return {
        "quote": document.quote(target.span),
        "span": _span(target.span),
        "low": _number(target.low),
        "high": _number(target.high),
        "comparator": target.comparator,
        "unit": target.unit,
        "population": target.population,
        "outcome": target.outcome,
        "condition": target.condition,
        "commitment": target.commitment,
        "horizon": target.horizon,
        "horizon_source": target.horizon_source,
        "per": target.per,
        "baseline": target.baseline,
        "path": target.path,
        "role": target.role,
    }


def _task(document: Document, task: Task) -> Record:
    return {
        "quote": document.quote(task.span),
        "span": _span(task.span),
        "path": task.path,
        "clauses": [_span(clause) for clause in task.clauses],
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "deadline": task.deadline,
        "product": task.product,
        "reported": task.reported,
    }


def _agency(document: Document, agency: Agency) -> Record:
    return {
        "quote": document.quote(agency.span),
        "span": _span(agency.span),
        "name": agency.name,
        "level": agency.level,
        "jurisdiction": agency.jurisdiction,
        "class": agency.is_class,
        "path": agency.path,
    }


def _deadline(document: Document, deadline: Deadline) -> Record:
    return {
        "quote": document.quote(deadline.span),
        "span": _span(deadline.span),
        "type": deadline.type,
        "value": deadline.value,
        "bound": deadline.bound,
        "rrule": deadline.rrule,
        "path": deadline.path,
    }


def evidence_record(evidence: Evidence | None) -> Record | None:
    """Return the record of the words on one side, None where a side has none."""
    if evidence is None:
        return None
    record = {"quote": evidence.quote, "span": _span(evidence.span), "path": evidence.path, "page": evidence.page}
    return record | {"cells": [list(cell) for cell in evidence.cells]} if evidence.cells else record


def _finding(finding: Finding) -> Record:
    return {
        "finding": finding.finding,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 4),
        "by": finding.by,
        "child": finding.child,
        "parent": finding.parent,
        "child_evidence": evidence_record(finding.child_evidence),
        "parent_evidence": evidence_record(finding.parent_evidence),
        "parent_evidence_of": finding.parent_evidence_of,
        "child_value": finding.child_value,
        "parent_value": finding.parent_value,
        "message_vi": finding.message_vi,
        "message_en": finding.message_en,
    }


def records_of(documents: Iterable[Document], *, text: bool = True) -> list[Record]:
    """Return the records of ``documents`` in their order."""
    return [document_record(document, text=text) for document in documents]
