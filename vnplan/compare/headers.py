"""Checks of what a document says of itself, and of its citations."""

from __future__ import annotations

from collections.abc import Iterator

from vnplan.compare.cascade import Cascade, Ghost, Mention
from vnplan.compare.evidence import (
    blank_number_evidence,
    date_evidence,
    has_full_number,
    letterhead_evidence,
    number_evidence,
    reference_evidence,
)  # fmt: skip
from vnplan.compare.identity import document_card, reference_card
from vnplan.compare.messages import Both, time_in_both, write
from vnplan.compare.pairs import name_of, nearest_known, unreadable
from vnplan.compare.recognised import is_recognised
from vnplan.compare.resolving import garbled_code
from vnplan.model import Document, Evidence, Finding

_UNCOMPARED = {
    "article": Both("không so sánh vì đây là bài viết về văn bản", "an article about a document is not compared"),
    "cut": Both(
        "không so sánh vì chỉ đọc được một phần văn bản này", "nothing was compared, only part of this text was read"
    ),
}  # fmt: skip
_NUMBERED = frozenset(
    {"plan", "decision", "resolution", "directive", "conclusion", "guideline", "programme", "notice", "report",
     "submission", "official letter", "telegram", "circular", "decree"}
)  # fmt: skip


def check_blanks(document: Document, cascade: Cascade) -> Iterator[Finding]:
    """Yield what was left blank: the number, or a part of the date. In a scan they may just not have been legible."""
    header = document.header
    if document.medium == "article" or header.kind not in _NUMBERED or is_recognised(document, 1):
        return
    if not header.number:
        line = blank_number_evidence(document)
        if line or (header.issuer and not has_full_number(document)):
            told = next((known for known in cascade.inferred if known.document == document.id), None)
            notes = (
                {
                    "note_vi": f"; văn bản viện dẫn ghi là {told.number}",
                    "note_en": f"; those who cite it say {told.number}",
                }
                if told
                else {}
            )
            vi, en = write("blank_number", **notes)
            shown = line or letterhead_evidence(document)
            yield _own(document, "blank_number", 0.95 if line else 0.6, shown, vi, en)
    if len(header.date or "") < 10:
        line = date_evidence(document, blank=True)
        if line or (header.date and header.issuer and date_evidence(document) is None):
            note_vi = f"; chỉ biết {time_in_both(header.date).vi}" if header.date else ""
            note_en = f"; known is {header.date}" if header.date else ""
            vi, en = write("blank_date", note_vi=note_vi, note_en=note_en)
            yield _own(document, "blank_date", 0.95 if line else 0.6, line, vi, en)


def _own(document: Document, name: str, surety: float, line: Evidence | None, vi: str, en: str) -> Finding:
    return Finding(name, "low", surety, document.id, None, None, line, None, None, None, vi, en)


def check_ghosts(document: Document, cascade: Cascade) -> Iterator[Finding]:
    """Yield the parents that are cited and not there, and say what was compared instead."""
    for edge in cascade.parents(document.id):
        ghost = cascade.node(edge.parent)
        if not isinstance(ghost, Ghost):
            continue
        note = _compared_instead(document, cascade)
        name = "parent_unavailable" + (":programme" if edge.how == "programme" else "")
        vi, en = write(name, parent=name_of(ghost), note_vi=note.vi, note_en=note.en)
        yield Finding(
            "parent_unavailable", "info", edge.confidence, document.id, ghost.id, None, edge.evidence, None, None, None,
            vi, en,
        )  # fmt: skip


def _compared_instead(document: Document, cascade: Cascade) -> Both:
    """Return what a document was compared with in place of a parent that is not there, or why with none."""
    if why := unreadable(document):
        return _UNCOMPARED.get(why, _UNCOMPARED["cut"])
    above = [cascade.node(id) for id in nearest_known(cascade, document.id)]
    names = [name_of(node) for node in above if isinstance(node, Document) and unreadable(node) is None]
    if not names:
        return Both("không có văn bản cấp trên nào để so sánh", "there is no document above it to compare with")
    vi, en = ", ".join(name.vi for name in names), ", ".join(name.en for name in names)
    return Both(f"đã so sánh với {vi}", f"compared with {en} instead")


def check_citations(document: Document, cascade: Cascade) -> Iterator[Finding]:
    """Yield the citations that contradict the cited document, or what others say of it."""
    said: set[tuple[str, str | None, str | None]] = set()
    for mention in cascade.mentions_by(document.id):
        node = cascade.node(mention.node)
        own = getattr(mention.reference, mention.differs or "number")
        if (mention.node, mention.differs, own) in said:
            continue
        said.add((mention.node, mention.differs, own))
        if mention.differs and own is None:
            continue  # a repeat without what the fuller mention has wrong
        if mention.differs:
            yield _mismatch(document, mention, node, cascade)
        elif isinstance(node, Ghost) and (initials := garbled_code(reference_card(mention.reference))):
            places = {"child_value": mention.reference.number or "", "parent_value": initials}
            vi, en = write("citation_mismatch:code", **places)
            yield Finding(
                "citation_mismatch", "medium", 0.7, document.id, node.id, "number",
                reference_evidence(document, mention.reference), None, mention.reference.number, initials, vi, en,
            )  # fmt: skip


def _mismatch(document: Document, mention: Mention, node: Document | Ghost, cascade: Cascade) -> Finding:
    way = mention.differs or "number"
    header = node if isinstance(node, Ghost) else node.header
    own, other = getattr(mention.reference, way), getattr(header, way)
    whose = None
    if isinstance(node, Ghost):
        (proof, whose), surety = _other_mention(mention, cascade), 0.75
    else:
        proof = date_evidence(node) if way == "date" else number_evidence(node)
        surety = min(0.95, mention.confidence + 0.05)
    name = f"citation_mismatch:{way}" + (":others" if isinstance(node, Ghost) else "")
    vi, en = write(name, parent=name_of(node), child_value=own or "", parent_value=other or "")
    return Finding(
        "citation_mismatch", "medium", round(surety, 2), document.id, node.id, way,
        reference_evidence(document, mention.reference), proof, own, other, vi, en, whose,
    )  # fmt: skip


def _other_mention(mention: Mention, cascade: Cascade) -> tuple[Evidence | None, str | None]:
    """Return the words of a mention of the same ghost that agrees with most, and the document whose words they are."""
    for other in cascade.mentions_of(mention.node):
        citing = cascade.node(other.child)
        if not other.differs and isinstance(citing, Document):
            return reference_evidence(citing, other.reference), citing.id
    return None, None


def check_dates(document: Document, cascade: Cascade) -> Iterator[Finding]:
    """Yield the parents that are younger than the child, and those that another document had ended before it."""
    date = document.header.date
    if not date or document.medium == "article":
        return
    for edge in cascade.parents(document.id):
        parent = cascade.node(edge.parent)
        header = parent if isinstance(parent, Ghost) else parent.header
        if edge.how == "cited" and header.date and _latest(date) < header.date:
            vi, en = write("predates_parent", parent=name_of(parent), child_value=date, parent_value=header.date)
            proof = date_evidence(parent) if isinstance(parent, Document) else None
            yield Finding(
                "predates_parent", "medium", 0.9 if proof else 0.75, document.id, parent.id, None,
                date_evidence(document) or edge.evidence, proof, date, header.date, vi, en,
            )  # fmt: skip
        for mention in cascade.mentions_of(parent.id):
            if mention.reference.relation not in ("replaces", "repeals"):
                continue
            other = cascade.node(mention.child)
            if not isinstance(other, Document) or other.id == document.id or mention.reference.provision:
                continue
            if other.header.date and other.header.date < date:
                vi, en = write("superseded_parent", parent=name_of(parent), other=name_of(other))
                yield Finding(
                    "superseded_parent", "medium", 0.85, document.id, parent.id, None, edge.evidence,
                    reference_evidence(other, mention.reference), None, None, vi, en, other.id,
                )  # fmt: skip


def _latest(date: str) -> str:
    """Return the last day that an EDTF date may mean, as a string that compares with dates."""
    return date + "-99-99"[: 10 - len(date)]


def check_cycles(cascade: Cascade) -> Iterator[Finding]:
    """Yield each group of documents that implement each other in a circle, once."""
    for group in cascade.cycles:
        named = [name_of(cascade.node(id)) for id in group[:10]]
        names = Both(", ".join(name.vi for name in named), ", ".join(name.en for name in named))
        vi, en = write("citation_cycle", other=names)
        edge = next((e for e in cascade.parents(group[0]) if e.parent in group), None)
        parent, evidence = (edge.parent, edge.evidence) if edge else (None, None)
        yield Finding(
            "citation_cycle", "medium", 0.9, group[0], parent, None, evidence, None, None, None, vi, en,
        )  # fmt: skip


def check_versions(cascade: Cascade) -> Iterator[Finding]:
    """Yield the documents that came in two texts: under one number, as a draft and a final, from a scan and a file."""
    for other in cascade.versions:
        first = cascade.node(other.id)
        if not isinstance(first, Document) or first.text.clean == other.text.clean:
            continue
        card, numbers = document_card(other), (first.header.number, other.header.number)
        numbered = card.key is not None and card.key == document_card(first).key
        if not numbered and other.id == first.id:
            continue  # two files without number, issuer or date that tell them apart
        name = "two_versions" if numbered else "two_versions:draft"
        vi, en = write(name, other=other.source.name)
        own = number_evidence(first) or blank_number_evidence(first)
        theirs = number_evidence(other) or blank_number_evidence(other)
        yield Finding(
            "two_versions", "medium" if numbered else "info", 0.9 if numbered else 0.8, first.id, None,
            "number" if not numbered and all(numbers) else None, own, theirs, first.source.name, other.source.name,
            vi, en, other.id,
        )  # fmt: skip
