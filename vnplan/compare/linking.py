"""Links between documents: by the citations of each, and by programme and years where no citation leads anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vnplan.compare.evidence import page_at
from vnplan.compare.finder import programme_edges
from vnplan.compare.identity import Card, places_of
from vnplan.compare.programme import part_of, same_programme
from vnplan.compare.reports import REPORTED_KINDS, TOPIC, may_report_on, reports_by_topic, topic_of
from vnplan.compare.resolving import Inferred, Row, resolve
from vnplan.compare.suspects import with_stamps, with_suspicions
from vnplan.model import Document, Edge, EdgeRelation, Evidence, Reference

PART_OF = 0.75  # of the certainty of a link to a basis, when a document does a part of that programme's work
WITH_IT = 0.95  # of the certainty of a link to a decision: that it also leads to the plan issued with it
_NO_BASIS = frozenset({"law", "code", "ordinance", "decree", "circular", "joint circular"})


@dataclass(frozen=True, slots=True)
class Links:
    """What linking gives: ghosts by identifier, mentions (document, reference, node, confidence, differs), edges."""

    ghosts: Mapping[str, Card]
    subjects: Mapping[str, str]
    mentions: tuple[Row, ...]
    edges: tuple[Edge, ...]
    inferred: Mapping[str, Inferred]


def link_documents(documents: Sequence[Document], cards: Mapping[str, Card], carried: Sequence[Edge] = ()) -> Links:
    """Return the ghosts, mentions and edges of the documents, which come sorted by identifier.

    ``carried`` are the links that are known from a file that holds several documents.
    """
    resolved = resolve(documents, cards)
    mentions = resolved.mentions
    edges = _cited_edges(documents, resolved.cards, mentions)
    issued = {(edge.child, edge.parent): edge for edge in (*_issued_edges(documents, mentions), *carried)}
    edges += _attached_edges(edges, issued.values())
    wanted = {edge.parent for edge in (*edges, *issued.values())}
    names = _programmes_below(edges, resolved.cards)
    ghosts = {
        id: _with_programme(card, names.get(id, set())) for id, card in resolved.ghosts.items() if id in wanted
    }  # fmt: skip
    known = {**{id: resolved.cards[id] for id in cards}, **ghosts}
    edges += programme_edges(documents, ghosts, resolved.subjects, known, edges)
    edges += reports_by_topic(documents, cards, edges)
    mentions = [row for row in mentions if row[2] in known]
    edges += [edge for edge in issued.values() if edge.parent in cards]
    edges = with_suspicions(with_stamps(edges, documents), mentions, documents)
    upper = {edge.parent for edge in edges}
    ghosts = {id: card for id, card in ghosts.items() if id in upper}
    mentions = [row for row in mentions if row[2] in cards or row[2] in ghosts]
    edges.sort(key=lambda edge: (edge.child, edge.parent))
    return Links(ghosts, resolved.subjects, tuple(mentions), tuple(edges), resolved.inferred)


def _cited_edges(documents: Sequence[Document], cards: Mapping[str, Card], mentions: Iterable[Row]) -> list[Edge]:
    """Return the edges that citations give."""
    own: defaultdict[str, list[Row]] = defaultdict(list)
    for row in mentions:
        own[row[0]].append(row)
    edges: list[Edge] = []
    for document in documents:
        rows = own[document.id]
        chosen: list[tuple[Row, float, EdgeRelation]]
        if cards[document.id].kind == "report" and document.medium == "document":
            chosen = list(_reported(document, rows, cards))
        else:
            chosen = [(row, 1.0, "implements") for row in rows if _implements(row, cards)]
        if not chosen:
            bases = ((row, _same_cause(row, cards)) for row in rows if row[1].relation == "basis")
            chosen = [(row, fit, "basis") for row, fit in bases if fit]
        best: dict[str, Edge] = {}
        for (child, reference, parent, likeness, _), fit, relation in chosen:
            sure = round(likeness * fit, 2)
            if parent not in best or best[parent].confidence < sure:
                evidence = _words(document, reference)
                best[parent] = Edge(child, parent, relation, "cited", sure, evidence, reference.provision)
        edges += best.values()
    return edges


def _words(document: Document, reference: Reference) -> Evidence:
    span = reference.span
    return Evidence(document.quote(span), span, reference.path, page_at(document, span))


def _implements(row: Row, cards: Mapping[str, Card]) -> bool:
    return row[1].relation == "implements" and _may_be_parent(row, cards)


def _reported(
    document: Document, rows: Iterable[Row], cards: Mapping[str, Card]
) -> Iterable[tuple[Row, float, EdgeRelation]]:
    """Yield what a report carries out or is about: plans that it reports on, and the letters that ask for it."""
    card = cards[document.id]
    topic = topic_of(document.header.subject, places_of(card.jurisdiction))
    for row in rows:
        plan = cards[row[2]]
        if row[0] == row[2]:
            continue
        if row[1].relation == "implements":
            yield row, 1.0, "reports_on" if (plan.kind or row[1].kind) in REPORTED_KINDS else "implements"
        elif may_report_on(topic, card, plan):
            yield row, TOPIC, "reports_on"


def _issued_edges(documents: Sequence[Document], mentions: Iterable[Row]) -> list[Edge]:
    """Return the links from what says that it was issued with another document, to that one."""
    by_id = {document.id: document for document in documents}
    found: dict[tuple[str, str], Edge] = {}
    for child, reference, parent, confidence, _ in mentions:
        if reference.relation == "issued_with" and child != parent:
            evidence = _words(by_id[child], reference)
            edge = Edge(child, parent, "issued_with", "cited", round(confidence, 2), evidence)
            found.setdefault((child, parent), edge)
    return list(found.values())


def _attached_edges(edges: Sequence[Edge], issued: Iterable[Edge]) -> list[Edge]:
    """Return, for each link to a decision, one to the plan that was issued with it: that is what is carried out."""
    attached: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in issued:
        attached[edge.parent].append(edge)
    linked = {(edge.child, edge.parent) for edge in edges}
    added: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        for plan in attached.get(edge.parent, ()):
            way = (edge.child, plan.child)
            if plan.child != edge.child and way not in linked and (plan.child, edge.child) not in linked:
                sure = round(edge.confidence * plan.confidence * WITH_IT, 2)
                added.setdefault(way, replace(edge, parent=plan.child, confidence=sure, provision=None))
    return list(added.values())


def _may_be_parent(row: Row, cards: Mapping[str, Card]) -> bool:
    child, parent = cards[row[0]], cards[row[2]]
    if row[0] == row[2]:
        return False
    if parent.rank is not None and child.rank is not None and parent.rank > child.rank:
        return False
    # a programme that ended before this one began is its predecessor
    begins = child.period.first if child.period else int(child.year) if child.year else None
    return not (parent.period and begins and parent.period.last < begins)


def _same_cause(row: Row, cards: Mapping[str, Card]) -> float:
    """Return how certain it is that a basis of a document is above it, 0.0 when it only has the force of law there.

    It is when both are of one programme, or when the document does a part of the work of that programme in the same
    years: a campaign for the reform has the plan of the reform as its basis.
    """
    child, parent = cards[row[0]], cards[row[2]]
    if row[1].kind in _NO_BASIS or parent.kind in _NO_BASIS or not _may_be_parent(row, cards):
        return 0.0
    if same_programme(child.programme, parent.programme):
        return 1.0
    same_years = child.period is not None and child.period == parent.period
    return PART_OF if same_years and part_of(child.programme, parent.programme) else 0.0


def _programmes_below(edges: Iterable[Edge], cards: Mapping[str, Card]) -> dict[str, set[str | None]]:
    """Return the programmes of those that implement a node, by node."""
    names: dict[str, set[str | None]] = {}
    for edge in edges:
        names.setdefault(edge.parent, set()).add(cards[edge.child].programme)
    return names


def _with_programme(card: Card, names: set[str | None]) -> Card:
    """Give a ghost without subject the programme of those that implement it, when they have one in common."""
    return replace(card, programme=next(iter(names))) if not card.programme and len(names) == 1 else card
