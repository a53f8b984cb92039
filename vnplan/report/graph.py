"""The cascade as a file for other programs: GraphML, JSON, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from vnplan.report.escape import printable, xml_text
from vnplan.report.nodes import CascadeLike, nodes_of
from vnplan.report.records import edge_record, encode
from vnplan.report.view import shown_date, title
from vnplan.report.words import RELATIONS, Language, figure, say

_NODE_KEYS: Final = ("name", "kind", "number", "date", "issuer", "level", "subject")
_EDGE_KEYS: Final = ("relation", "how")


def graphml(cascade: CascadeLike, language: Language = "vi") -> str:
    """Return the cascade as GraphML; an arrow leads from a document to the one it implements."""
    return "\n".join(_graphml(cascade, language)) + "\n"


def _graphml(cascade: CascadeLike, language: Language) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '  <key id="label" for="node" attr.name="label" attr.type="string"/>'
    for key in _NODE_KEYS:
        yield f'  <key id="{key}" for="node" attr.name="{key}" attr.type="string"/>'
    yield '  <key id="ghost" for="node" attr.name="ghost" attr.type="boolean"/>'
    for key in _EDGE_KEYS:
        yield f'  <key id="{key}" for="edge" attr.name="{key}" attr.type="string"/>'
    yield '  <key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>'
    yield '  <graph id="cascade" edgedefault="directed">'
    for node in nodes_of(cascade).values():
        yield f'    <node id="{xml_text(node.id)}">'
        yield f'      <data key="label">{xml_text(printable(title(node, language)))}</data>'
        for key in _NODE_KEYS:
            value: str | None = getattr(node, key)
            if value:
                yield f'      <data key="{key}">{xml_text(value)}</data>'
        yield f'      <data key="ghost">{str(node.ghost).lower()}</data>'
        yield "    </node>"
    for edge in cascade.edges:
        yield f'    <edge source="{xml_text(edge.child)}" target="{xml_text(edge.parent)}">'
        yield f'      <data key="relation">{xml_text(edge.relation)}</data>'
        yield f'      <data key="how">{xml_text(edge.how)}</data>'
        yield f'      <data key="confidence">{edge.confidence:.4g}</data>'
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def graph_json(cascade: CascadeLike, language: Language = "vi") -> str:
    """Return the cascade as JSON on one line: ``documents`` and ``edges`` as the audit prints them."""
    documents = [
        {"id": node.id} | {key: getattr(node, key) for key in _NODE_KEYS} | {"ghost": node.ghost}
        for node in nodes_of(cascade).values()
    ]
    edges = [edge_record(edge) for edge in cascade.edges]
    return encode({"schema": 1, "documents": documents, "edges": edges}).decode() + "\n"


def dot(cascade: CascadeLike, language: Language = "vi") -> str:
    """Return the cascade in the language of Graphviz, roots on top; ghosts are dashed, programme links dotted."""
    lines = ["digraph cascade {", "  rankdir=BT;", '  node [shape=box, fontname="Noto Sans,DejaVu Sans"];']
    names = {id: f"n{number}" for number, id in enumerate(nodes_of(cascade), start=1)}
    for id, node in nodes_of(cascade).items():
        parts = (title(node, language), shown_date(node.date, language), node.issuer)
        label = "\\n".join(_dot_text(part) for part in parts if part)
        style = ", style=dashed" if node.ghost else ""
        lines.append(f'  {names[id]} [label="{label}", tooltip="{_dot_text(id)}"{style}];')
    for edge in cascade.edges:
        words = say(RELATIONS, edge.relation).of(language)
        style = ", style=dotted" if edge.how == "programme" else ""
        if edge.how == "programme":
            words = figure(edge.confidence, language)
        lines.append(f'  {names[edge.child]} -> {names[edge.parent]} [label="{_dot_text(words)}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def _dot_text(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')


WRITERS: Final[dict[str, Callable[[CascadeLike, Language], str]]] = {
    "graphml": graphml,
    "json": graph_json,
    "dot": dot,
}
