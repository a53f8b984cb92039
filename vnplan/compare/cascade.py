"""The cascade: which document implements which, with a ghost for each that is cited and not there.

The only module that uses networkx, and of it only what is linear in the size of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from vnplan.compare.identity import Card, Differs, document_card
from vnplan.compare.linking import Links, link_documents
from vnplan.compare.merging import merge
from vnplan.compare.resolving import Inferred
from vnplan.model import Document, Edge, Evidence, Kind, Level, Reference

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Ghost:
    """A document that others cite and that is not in the corpus: what the citations say of it."""

    id: str
    kind: Kind | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    level: Level | None = None
    jurisdiction: str | None = None
    subject: str | None = None
    period: str | None = None

    @property
    def ghost(self) -> bool:
        """Always true; a document that was read has no such attribute."""
        return True


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference of a document, resolved to a node; ``differs`` is what it contradicts that node in."""

    child: str
    reference: Reference
    node: str
    confidence: float
    differs: Differs | None = None


@dataclass(frozen=True)
class Cascade:
    """Documents and ghosts (``documents``), and the links from each to those it implements (``edges``), sorted.

    ``versions`` are further texts of a document that is already there, also drafts of it; ``same`` leads from the
    identifier of such a text, where it has one of its own, to that of the document. ``inferred`` are the blank numbers
    that citations tell.
    """

    documents: tuple[Document | Ghost, ...]
    edges: tuple[Edge, ...]
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    versions: tuple[Document, ...] = field(default=(), repr=False)
    inferred: tuple[Inferred, ...] = field(default=(), repr=False)
    same: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def _nodes(self) -> dict[str, Document | Ghost]:
        return {node.id: node for node in self.documents}

    @cached_property
    def _up(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped(self.edges, "child")

    @cached_property
    def _down(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped(self.edges, "parent")

    def __repr__(self) -> str:
        ghosts = sum(isinstance(node, Ghost) for node in self.documents)
        return f"<Cascade: {len(self.documents) - ghosts} documents, {ghosts} ghosts, {len(self.edges)} links>"

    @cached_property
    def _said(self) -> dict[str, tuple[Mention, ...]]:
        return _grouped(self.mentions, "child")

    @cached_property
    def _meant(self) -> dict[str, tuple[Mention, ...]]:
        return _grouped(self.mentions, "node")

    def mentions_by(self, id: str) -> tuple[Mention, ...]:
        """Return the references of one document that were resolved, in order."""
        return self._said.get(id, ())

    def mentions_of(self, id: str) -> tuple[Mention, ...]:
        """Return the references of all documents that mean one node."""
        return self._meant.get(id, ())

    def node(self, id: str) -> Document | Ghost:
        """Return the document or ghost with this identifier, or of which this is a version; else raises KeyError."""
        return self._nodes[self.same.get(id, id)]

    def parents(self, id: str) -> tuple[Edge, ...]:
        """Return the links from a node up to those that it implements."""
        return self._up.get(id, ())

    def children(self, id: str) -> tuple[Edge, ...]:
        """Return the links down from a node, one for each that implements it."""
        return self._down.get(id, ())

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of documents that implement each other in a circle, each once."""
        import networkx

        graph = self._graph()
        groups = (sorted(group) for group in networkx.strongly_connected_components(graph))
        return tuple(sorted(tuple(g) for g in groups if len(g) > 1 or graph.has_edge(g[0], g[0])))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Return the nodes above which there is none; of a circle with none above it, the first member."""
        import networkx

        whole = networkx.condensation(self._graph())
        return tuple(sorted(min(whole.nodes[i]["members"]) for i in whole if not whole.out_degree(i)))

    def _graph(self) -> Any:
        import networkx

        graph: Any = networkx.DiGraph()
        graph.add_nodes_from(node.id for node in self.documents)
        graph.add_edges_from((edge.child, edge.parent) for edge in self.edges)
        return graph

    def lines(self) -> Iterator[tuple[int, Document | Ghost, Edge | None]]:
        """Yield depth, node and the link up, from the roots down; a node with two parents comes twice, once in full."""
        seen: set[str] = set()
        waiting: list[tuple[str, int, Edge | None]] = [(root, 0, None) for root in reversed(self.roots)]
        while waiting:
            id, depth, edge = waiting.pop()
            yield depth, self._nodes[id], edge
            if id not in seen:
                seen.add(id)
                waiting += [(down.child, depth + 1, down) for down in reversed(self.children(id))]

    def tree(self) -> tuple[str, ...]:
        """Return the cascade as lines of text, two spaces for each step down."""
        return tuple(f"{'  ' * min(depth, 40)}{_line(node, edge)}" for depth, node, edge in self.lines())


def _grouped(rows: Iterable[Row], end: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, end), []).append(row)
    return {id: tuple(group) for id, group in found.items()}


def _line(node: Document | Ghost, edge: Edge | None) -> str:
    header = node if isinstance(node, Ghost) else node.header
    name = f"{header.number or 'số để trống'} {header.date or ''} {header.issuer or ''}".replace("  ", " ").strip()
    marks = ["không có trong kho" if isinstance(node, Ghost) else node.source.name]
    if edge is not None and edge.how == "programme":
        marks.append(f"theo chương trình, {edge.confidence:.2f}")
    return f"{name} ({'; '.join(marks)})"


def build_cascade(documents: Iterable[Document]) -> Cascade:
    """Return the cascade of the documents; the same for any order of them.

    Parents are the documents that one implements; where it says of none that it implements it, those of its bases that
    are about its own programme. Under a ghost the next known document is found by programme and years
    (``how="programme"``), and so are the parents of an article that cites nothing. A file with several documents of
    their own gives a node for each, linked to the first by ``issued_with``.
    """
    documents = tuple(documents)
    merged = merge(one for document in documents for one in document.split or (document,))
    nodes = merged.nodes
    carried = [edge for document in documents for edge in _carried(document, merged.same)]
    links = link_documents(nodes, {document.id: document_card(document) for document in nodes}, carried)
    ghosts = [_ghost(id, card, links) for id, card in links.ghosts.items()]
    everything: list[Document | Ghost] = [*nodes, *ghosts]
    everything.sort(key=lambda node: node.id)
    mentions = tuple(Mention(*mention) for mention in links.mentions)
    inferred = tuple(links.inferred[id] for id in sorted(links.inferred))
    return Cascade(tuple(everything), links.edges, mentions, merged.versions, inferred, merged.same)


def _carried(document: Document, same: Mapping[str, str]) -> Iterator[Edge]:
    """Yield the links of the documents in one file to the first of them, with the title of each.

    ``same`` leads from a text to the one that stands for its document; the title is not shown where that is another.
    """
    upper = same.get(document.id, document.id)
    for part in document.parts:
        if part.separate and part.id in same and same[part.id] != upper:
            yield Edge(same[part.id], upper, "issued_with", "cited", 1.0)
        elif part.separate and part.id not in same and part.id != upper:
            title = next(s for s in document.sections if s.kind == "appendix" and part.start <= s.start < part.end)
            span = document.text.span(title.start, title.end)
            evidence = Evidence(" ".join(document.quote(span).split()), span, title.path, part.page)
            yield Edge(part.id, upper, "issued_with", "cited", 1.0, evidence)


def _ghost(id: str, card: Card, links: Links) -> Ghost:
    period = f"{card.period.first}/{card.period.last}" if card.period else None
    subject = links.subjects.get(id)
    return Ghost(
        id, card.kind, card.number, card.date, card.issuer, card.level, card.jurisdiction, subject, period
    )  # fmt: skip
