"""What is compared with what: a document, the nearest known ones above it, and those above these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from vnplan.compare.cascade import Cascade, Ghost
from vnplan.compare.identity import Card, places_of
from vnplan.compare.kept import kept
from vnplan.compare.messages import Both
from vnplan.compare.programme import same_programme
from vnplan.compare.words import plain
from vnplan.model import Document, Why

MOST_STEPS: Final = 8  # upwards from a document; the state has four levels
SHORTEST: Final = 200  # code points of text below which a document counts as empty
_UNREAD: Final = frozenset({"no-text", "empty", "unreadable", "damaged", "encrypted", "unmapped-font", "not-a-plan"})
MIN_CONFIDENCE: Final = 0.6  # below it a finding is a question to a reader
UNENDED: Final = 0.75  # confidence that something is missing, of a text without recipients and signature
_FILES: Final = frozenset({"docx", "doc", "pdf-text", "ocr"})  # formats that say where a document ends
# yes: "… quy định. 2."
# no:  "… năm 2030."
_LABEL = re.compile(r"(?:^|[\s])(?:[0-9]{1,2}|[IVX]{1,4}|[a-zđ])[.)]$")
_SUBJECT: Final = 90  # code points of a subject by which a document without number is named
_NAMES: Final[dict[str, Both]] = {
    "plan": Both("Kế hoạch", "Plan"), "decision": Both("Quyết định", "Decision"),
    "resolution": Both("Nghị quyết", "Resolution"), "directive": Both("Chỉ thị", "Directive"),
    "programme": Both("Chương trình", "Programme"), "scheme": Both("Đề án", "Scheme"),
    "project": Both("Dự án", "Project"), "official letter": Both("Công văn", "Official letter"),
    "conclusion": Both("Kết luận", "Conclusion"), "strategy": Both("Chiến lược", "Strategy"),
    "notice": Both("Thông báo", "Notice"), "decree": Both("Nghị định", "Decree"), "law": Both("Luật", "Law"),
    "circular": Both("Thông tư", "Circular"), "joint circular": Both("Thông tư liên tịch", "Joint circular"),
    "guideline": Both("Hướng dẫn", "Guideline"), "telegram": Both("Công điện", "Telegram"),
    "report": Both("Báo cáo", "Report"), "submission": Both("Tờ trình", "Submission"),
    "regulation": Both("Quy chế", "Regulation"), "ordinance": Both("Pháp lệnh", "Ordinance"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A child and a document above it; ``nearest`` when no known document stands between, ``steps`` upwards else.

    ``main`` is true for the one nearest parent that stands closest in level, against which tasks are compared.
    ``between`` are the child's nearest parents, through which a remoter one is reached.
    """

    child: Document
    parent: Document
    nearest: bool
    main: bool
    between: tuple[Document, ...] = ()
    others: tuple[Document, ...] = field(default=(), repr=False)  # all that the child is compared with

    @property
    def whole(self) -> bool:
        """Whether the child takes over all of the parent: one programme, or the parent's number in the child's title.

        A plan to check a reform implements the plan of the reform too, and takes over none of its targets.
        """
        own, other = kept(self.child).card, kept(self.parent).card
        if same_programme(own.programme, other.programme):
            return True
        return bool(other.number and plain(other.number) in plain(self.child.header.subject or ""))

    @property
    def same_place(self) -> bool:
        """Whether both speak of one territory, so that counts are comparable."""
        one, other = self.child.header, self.parent.header
        return places_of(one.jurisdiction) == places_of(other.jurisdiction) and one.level == other.level


def unreadable(document: Document) -> str | None:
    """Return why nothing may be said to be missing from a document: a code, or None when it was read completely."""
    if document.medium == "article":
        return "article"
    for problem in document.problems:
        if problem.code.startswith(("cut", "unread")) or problem.code in _UNREAD:
            return problem.code
    if len(document.text.clean) < SHORTEST and not (document.targets or document.tasks):
        return "empty"
    return "cut:end" if _breaks_off(document) else None


def has_end(document: Document) -> bool:
    """Return whether the document has the recipients or the signature that stand at its end.

    Of a Word or PDF file the format itself says where it ends; a text or a page may have been cut at the end of a
    sentence.
    """
    header = document.header
    signed = header.signatory is not None and bool(header.signatory.name or header.signatory.position)
    return bool(header.recipients) or signed or document.source.text_from in _FILES


def _breaks_off(document: Document) -> bool:
    """Return whether the text ends in the middle of a sentence, with neither recipients nor signature behind it.

    A decision has them before the plan that it issues, so that what is attached may break off too.
    """
    text, body_end = document.text, document.structure.body_end
    if document.source.text_from in _FILES or not text.paragraphs or text.paragraphs[-1].kind == "cell":
        return False
    if has_end(document) and not any(section.start >= body_end for section in document.sections):
        return False
    words = text.clean.rstrip()
    return words[-1:].isalpha() or words[-1:] in ",-" or bool(_LABEL.search(words[-12:]))


def name_of(node: Document | Ghost) -> Both:
    """Return the name by which a message calls a document: kind and number, else kind, what it is about and issuer."""
    header = node if isinstance(node, Ghost) else node.header
    kind = _NAMES.get(header.kind or "", Both("văn bản", "the document"))
    if header.number:
        return Both(f"{kind.vi} số {header.number}", f"{kind.en} {header.number}")
    subject = " ".join((header.subject or "").split())
    if header.kind in ("law", "code") and subject:
        return Both(subject, subject)
    short = subject if len(subject) <= _SUBJECT else f"{subject[:_SUBJECT].rsplit(' ', 1)[0]}…"
    about = f" “{short}”" if short else ""
    issuer = header.issuer
    return Both(
        f"{kind.vi}{about}{f' của {issuer}' if issuer else ''}", f"{kind.en}{about}{f' of {issuer}' if issuer else ''}"
    )


def nearest_known(cascade: Cascade, id: str) -> list[str]:
    """Return the documents above a node that are there, sorted: those it cites, and those reached through ghosts.

    What a ghost leads to does not count when a document that is cited directly leads to it as well. The document that a
    plan was issued with is no parent of it: both implement the same. Nor is a plan one of a report on it.
    """
    edges = [edge for edge in cascade.parents(id) if edge.parent != id and edge.relation != "reports_on"]
    carriers = {edge.parent for edge in edges if edge.relation == "issued_with"}
    direct = {edge.parent for edge in edges} - carriers
    known = {upper for upper in direct if isinstance(cascade.node(upper), Document)}
    through = _climb(cascade, (direct - known) | carriers, stop_at_documents=True) - {id} - carriers
    return sorted(known | (through - _climb(cascade, known, stop_at_documents=False)))


def _climb(cascade: Cascade, ids: set[str], *, stop_at_documents: bool) -> set[str]:
    """Return the documents above the nodes."""
    found: set[str] = set()
    seen = set(ids)
    waiting = sorted(ids)
    for _ in range(MOST_STEPS):
        upper = sorted({edge.parent for lower in waiting for edge in cascade.parents(lower)} - seen)
        seen.update(upper)
        documents = {id for id in upper if isinstance(cascade.node(id), Document)}
        found |= documents
        waiting = [id for id in upper if not stop_at_documents or id not in documents]
    return found


def pairs_of(cascade: Cascade, child: Document, cards: dict[str, Card] | None = None) -> Iterator[Pair]:
    """Yield the pairs of a child: nearest parents from the lowest level up, then the remoter ones, each once."""

    def closeness(id: str) -> tuple[float, str, str]:
        node = cascade.node(id)
        card = kept(node).card if isinstance(node, Document) else Card()
        return (-(card.rank if card.rank is not None else -1.0), _reverse(card.date or ""), id)

    near = sorted(nearest_known(cascade, child.id), key=closeness)
    level: list[list[str]] = [near]
    seen = {child.id, *near}
    while level[-1] and len(level) < MOST_STEPS:
        upper = sorted({u for id in level[-1] for u in nearest_known(cascade, id)} - seen, key=closeness)
        seen.update(upper)
        level.append(upper)
    nodes = [[n for id in ids if isinstance(n := cascade.node(id), Document)] for ids in level]
    everything = tuple(node for row in nodes for node in row)
    for steps, row in enumerate(nodes):
        for position, parent in enumerate(row):
            yield Pair(
                child, parent, steps == 0, steps == 0 and position == 0, tuple(nodes[0]) if steps else (), everything
            )  # fmt: skip


def ordered(reasons: Mapping[Why, int]) -> tuple[tuple[Why, int], ...]:
    """Return why nothing is said of items, with how many there are of each: the most frequent reason first."""
    return tuple(sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0])))


def _reverse(date: str) -> str:
    """Return a key that puts later dates first."""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in date) + chr(0x10FFFF)
