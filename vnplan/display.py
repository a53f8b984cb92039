"""Views for notebooks: the outline of a document, its statements in colour, the cascade as a picture.

Everything is escaped, without script and without requests, and cut at a size that a notebook can bear, which is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vnplan.report.escape import printable, shortened, visible, xml_text
from vnplan.report.nodes import AuditLike, Branch, CascadeLike, Node, nodes_of, walk_tree
from vnplan.report.terminal import audit_text, cascade_text, document_text
from vnplan.report.view import arrange, shown_date, title
from vnplan.report.words import BY_PROGRAMME, LAYERS, NOT_IN_CORPUS, ROLES, figure, say

if TYPE_CHECKING:
    from vnplan.model import Document, Edge

COLOURS: Final = {
    "targets": "#f6c453",
    "tasks": "#c9d6df",
    "agencies": "#8fc7a6",
    "deadlines": "#f2a48c",
    "references": "#a9b8e8",
}
_MOST_SECTIONS: Final = 1_500
_MOST_CHARACTERS: Final = 30_000
_MOST_NODES: Final = 200
_WIDE, _HIGH, _GAP_X, _GAP_Y = 250, 62, 70, 16


@dataclass(frozen=True, slots=True)
class View:
    """A piece of HTML that a notebook shows; ``str()`` gives the HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"View({len(self.html)} characters of HTML)"


def outline(document: Document) -> View:
    """Return the section tree of ``document``; each part can be folded, roles stand beside the headings."""
    sections = document.sections[:_MOST_SECTIONS]
    depths: list[int] = []
    inner = {section.parent for section in sections}
    parts: list[str] = []
    open_parts: list[int] = []
    for index, section in enumerate(sections):
        depth = 0 if section.parent is None else depths[section.parent] + 1
        depths.append(depth)
        while open_parts and open_parts[-1] >= depth:
            open_parts.pop()
            parts.append("</div></details>")
        words = document.text.clean[section.start : section.end].removeprefix(section.label) or section.heading
        above = None if section.parent is None else sections[section.parent].role
        role = say(ROLES, section.role).vi if section.role != above else ""
        label = xml_text(printable(section.label if section.kind != "paragraph" else section.path))
        line = f"<b>{label}</b> {xml_text(shortened(words, 160))} <small>{xml_text(role)}</small>"
        if index in inner:
            unfolded = " open" if depth < 2 else ""
            parts.append(f'<details{unfolded}><summary>{line}</summary><div style="margin-left:1.4em">')
            open_parts.append(depth)
        else:
            parts.append(f'<div style="margin-left:1.1em">{line}</div>')
    parts += ["</div></details>"] * len(open_parts)
    if len(document.sections) > len(sections):
        parts.append(_left_out(f"{len(document.sections) - len(sections)} mục", "sections"))
    return View(f'<div class="vnplan" style="font-family:sans-serif">{"".join(parts)}</div>')


def highlights(document: Document, *layers: str, characters: int = _MOST_CHARACTERS) -> View:
    """Return the text of ``document`` with its statements marked by spaCy's displaCy.

    ``layers`` are names of :data:`COLOURS`; without any, all but ``tasks``, which cover most of a plan. Only the first
    ``characters`` of the text are shown.
    """
    wanted = layers or tuple(layer for layer in COLOURS if layer != "tasks")
    unknown = [layer for layer in wanted if layer not in COLOURS]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: not a layer; choose from {', '.join(COLOURS)}")
    from spacy import displacy

    colours = {_label(layer): COLOURS[layer] for layer in wanted}
    html = displacy.render(
        list(_lines(document, wanted, characters)),
        style="span",
        manual=True,
        page=False,
        jupyter=False,
        options={"colors": colours},
    )
    rest = len(document.source.text) - characters
    more = _left_out(f"{rest} ký tự", "characters") if rest > 0 else ""
    return View(f'<div class="vnplan" style="font-family:sans-serif">{html}{more}</div>')


def _lines(document: Document, layers: tuple[str, ...], characters: int) -> Iterator[dict[str, Any]]:
    """Yield each line of the text as displaCy takes it: words, and the spans over them."""
    from vnplan.spacy import to_doc

    doc = to_doc(document)
    marks = sorted(
        (span.start, span.end, _label(layer))
        for layer in layers
        for span in doc.spans[layer]
        if span.start_char < characters
    )
    words: list[str] = []
    index: dict[int, int] = {}  # of a token of the doc: the word of the line that it is part of
    joined = False
    for token in doc:
        if token.idx >= characters or "\n" in token.text:
            if words:
                yield {"tokens": words, "spans": list(_spans_of_line(marks, index))}
            words, index, joined = [], {}, False
            if token.idx >= characters:
                return
            continue
        if joined and not token.is_space:
            words[-1] += visible(token.text)
        else:
            words.append(visible(token.text))
        index[token.i] = len(words) - 1
        joined = not token.whitespace_ and not token.is_space
    if words:
        yield {"tokens": words, "spans": list(_spans_of_line(marks, index))}


def _label(layer: str) -> str:
    return LAYERS[layer].vi.replace(" ", "\u00a0")  # displaCy breaks a label at its spaces


def _spans_of_line(marks: list[tuple[int, int, str]], index: dict[int, int]) -> Iterator[dict[str, Any]]:
    first, last = min(index), max(index)
    for start, end, label in marks:
        if start > last:
            break
        if end > first:
            begin, stop = index[max(start, first)], index[min(end - 1, last)]
            yield {"start_token": begin, "end_token": stop + 1, "label": label}


def _left_out(what: str, english: str) -> str:
    return f"<p><i>… còn {xml_text(what)} không hiển thị ({english} left out)</i></p>"


def cascade_picture(cascade: CascadeLike) -> View:
    """Return the cascade as a drawing: roots on the left, what implements them to their right.

    A document that is cited and not in the corpus has a dashed frame, a link through the programme is dotted.
    """
    nodes = nodes_of(cascade)
    places = _places(list(walk_tree(nodes, cascade.edges)))
    wide = max((x for x, _ in places.values()), default=0) + _WIDE + 4
    high = max((y for _, y in places.values()), default=0) + _HIGH + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" style="max-width:100%;height:auto;background:#fff" font-family="sans-serif">'
    ]
    parts += [_arrow(edge, places) for edge in cascade.edges if edge.child in places and edge.parent in places]
    parts += [_box(nodes[id], *place) for id, place in places.items()]
    parts.append("</svg>")
    if len(places) < len(nodes):
        parts.append(_left_out(f"{len(nodes) - len(places)} văn bản", "documents"))
    return View(f'<div class="vnplan" style="overflow:auto">{"".join(parts)}</div>')


def _places(branches: list[Branch]) -> dict[str, tuple[float, float]]:
    """Return where the box of each node stands: a leaf below the one before it, a parent amid its children."""
    first: dict[str, Branch] = {}
    for branch in branches:
        if len(first) < _MOST_NODES:
            first.setdefault(branch.node.id, branch)
    order = list(first.values())
    rows: dict[str, float] = {}
    below: dict[str, list[str]] = {}
    for branch in order:
        if branch.edge is not None and branch.edge.parent in first:
            below.setdefault(branch.edge.parent, []).append(branch.node.id)
    row = 0
    for branch in order:
        if branch.node.id not in below:
            rows[branch.node.id] = row
            row += 1
    for branch in reversed(order):  # children stand after their parent
        if branch.node.id not in rows:
            heights = [rows[child] for child in below[branch.node.id] if child in rows] or [row]
            rows[branch.node.id] = (min(heights) + max(heights)) / 2
    return {
        branch.node.id: (2 + branch.depth * (_WIDE + _GAP_X), 2 + rows[branch.node.id] * (_HIGH + _GAP_Y))
        for branch in order
    }


def _box(node: Node, x: float, y: float) -> str:
    dashed = ' stroke-dasharray="5 4"' if node.ghost else ""
    fill, ink = ("#ffffff", "#586473") if node.ghost else ("#eef4f7", "#1b2530")
    facts = " · ".join(part for part in (shown_date(node.date), node.issuer) if part)
    last = NOT_IN_CORPUS.vi if node.ghost else node.name or ""
    lines = [
        (shortened(title(node), 30), 14, "700"),
        (shortened(facts, 40), 11, "400"),
        (shortened(last, 40), 11, "400"),
    ]
    words = "".join(
        f'<text x="{x + 12:.1f}" y="{y + 20 + 17 * place:.1f}" font-size="{size}" font-weight="{weight}" fill="{ink}">'
        f"{xml_text(line)}</text>"
        for place, (line, size, weight) in enumerate(lines)
    )
    full = xml_text(printable(" · ".join(part for part in (title(node), facts, node.subject) if part)))
    return (
        f'<g><title>{full}</title><rect x="{x:.1f}" y="{y:.1f}" width="{_WIDE}" height="{_HIGH}" rx="3" fill="{fill}" '
        f'stroke="#17455c"{dashed}/>{words}</g>'
    )


def _arrow(edge: Edge, places: dict[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = places[edge.parent], places[edge.child]
    start, end = x1 + _WIDE, x2
    top, bottom = y1 + _HIGH / 2, y2 + _HIGH / 2
    bend = max(30.0, abs(end - start) / 2)
    by_programme = edge.how == "programme"
    dotted = ' stroke-dasharray="2 4"' if by_programme else ""
    words = f"{BY_PROGRAMME.vi}, {figure(edge.confidence, 'vi')}" if by_programme else edge.relation
    return (
        f'<path d="M{start:.1f} {top:.1f} C{start + bend:.1f} {top:.1f} {end - bend:.1f} {bottom:.1f} {end:.1f} '
        f'{bottom:.1f}" fill="none" stroke="#7b8a99" stroke-width="1.6"{dotted}><title>{xml_text(words)}</title></path>'
    )


def summary(document: Document) -> str:
    """Return what stands in ``document``, as a few lines of text."""
    return document_text(document).rstrip("\n")


def cascade_summary(cascade: CascadeLike) -> str:
    """Return the cascade as a tree of text."""
    return cascade_text(cascade).rstrip("\n")


def audit_summary(audit: AuditLike) -> str:
    """Return the audit as the command line prints it."""
    from vnplan.model import Document

    documents = [document for document in audit.documents if isinstance(document, Document)]
    return audit_text(arrange(audit, documents)).rstrip("\n")
