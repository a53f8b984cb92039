"""The documents of a cascade as the reports name them, ghosts included, and the tree they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from vnplan.model import Coverage, Document, Edge, Finding


class CascadeLike(Protocol):
    """What the reports need of a cascade: documents (or nodes that stand for them) and the links between them."""

    @property
    def documents(self) -> Sequence[Any]: ...

    @property
    def edges(self) -> Sequence[Edge]: ...


class AuditLike(CascadeLike, Protocol):
    """What the reports need of an audit."""

    @property
    def findings(self) -> Sequence[Finding]: ...

    @property
    def coverage(self) -> Sequence[Coverage]: ...


@dataclass(frozen=True, slots=True)
class Node:
    """A document of a cascade in the words of its own header; a ``ghost`` is cited and not in the corpus."""

    id: str
    name: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    level: str | None = None
    kind: str | None = None
    subject: str | None = None
    ghost: bool = False
    told: str | None = None  # the number that those who cite it tell, where its own is blank


@dataclass(frozen=True, slots=True)
class Branch:
    """A node at its place in the printed tree: how deep it stands, and the link that leads up from it."""

    node: Node
    depth: int
    edge: Edge | None = None
    repeated: bool = False  # printed before, with what is below it


def node_of(item: Any) -> Node:
    """Return the node for a read document, or for whatever else carries the same attributes."""
    if isinstance(item, Node):
        return item
    if isinstance(item, Document):
        header = item.header
        return Node(
            item.id,
            item.source.name,
            header.number,
            header.date,
            header.issuer,
            header.level,
            header.kind,
            header.subject,
        )
    names = ("name", "number", "date", "issuer", "level", "kind", "subject")
    fields: dict[str, Any] = {name: getattr(item, name, None) for name in names}
    return Node(item.id, **fields, ghost=bool(getattr(item, "ghost", False)))


def nodes_of(cascade: CascadeLike) -> dict[str, Node]:
    """Return the nodes of ``cascade`` by id, in its order; an end of a link that it does not list is a ghost."""
    nodes: dict[str, Node] = {}
    told = {known.document: known.number for known in getattr(cascade, "inferred", ())}
    for item in cascade.documents:
        node = node_of(item)
        node = replace(node, told=told[node.id]) if node.id in told else node
        if node.id not in nodes or nodes[node.id].ghost:
            nodes[node.id] = node
    for edge in cascade.edges:
        for end in (edge.child, edge.parent):
            nodes.setdefault(end, Node(end, ghost=True))
    return nodes


def walk_tree(nodes: dict[str, Node], edges: Iterable[Edge]) -> Iterator[Branch]:
    """Yield the cascade from its roots down, depth first; a second parent repeats a node, not what is below it.

    What only a cycle leads to is printed as if it began at its first member, so that every node is there once at least.
    """
    below: dict[str, list[Edge]] = {}
    has_parent: set[str] = set()
    for edge in edges:
        if edge.child != edge.parent:
            below.setdefault(edge.parent, []).append(edge)
            has_parent.add(edge.child)
    seen: set[str] = set()
    for start in [*(id for id in nodes if id not in has_parent), *(id for id in nodes if id in has_parent)]:
        if start in seen:
            continue
        waiting: list[tuple[str, int, Edge | None]] = [(start, 0, None)]
        while waiting:
            id, depth, link = waiting.pop()
            repeated = id in seen
            yield Branch(nodes[id], depth, link, repeated)
            if repeated:
                continue
            seen.add(id)
            waiting += [(lower.child, depth + 1, lower) for lower in reversed(below.get(id, []))]
