"""The audit as one page that needs nothing but itself: no script, no font, no picture, no request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from vnplan.model import Coverage, Document, Edge, Evidence, Finding, Severity
from vnplan.report.escape import printable, visible
from vnplan.report.marks import Piece, mark_quote
from vnplan.report.nodes import Node
from vnplan.report.problems import problem_words
from vnplan.report.terminal import grouped
from vnplan.report.view import Chapter, Unread, View, full_title, shown_date, shown_quote, shown_value, title
from vnplan.report.words import (
    BY,
    BY_PROGRAMME,
    FINDINGS,
    ITEMS,
    LAYERS,
    LEVELS,
    NOT_IN_CORPUS,
    REASONS,
    RELATIONS,
    SEEN_ABOVE,
    SEVERITIES,
    STATES,
    SUSPICIONS,
    TEXT_FROM,
    Language,
    Words,
    figure,
    say,
)

if TYPE_CHECKING:
    from jinja2 import Template

    from vnplan.compare import Matrix, Progress

_SHAPES = {"high": "▲", "medium": "◆", "low": "●", "info": "○"}
_DEEPEST = 12
_MOST = 500  # findings of one document that are printed


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one document in a finding: where they stand, and the quote in marked pieces."""

    owner: Words
    path: str | None
    page: int | None
    value: Words | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, ready for the page; ``number`` is what people cite it by."""

    number: str
    severity: str
    what: Words
    by: Words
    message: Words
    confidence: float
    parent: Side | None
    child: Side | None
    missing: bool  # the child should have words here, and has none
    other: bool  # the words beside those of the child are not the parent's own


@dataclass(frozen=True, slots=True)
class Bar:
    """How many items of a parent a document covers, as counts and as shares of a hundred."""

    items: Words
    parent: Words
    counts: tuple[int, int, int]
    shares: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the report: its number, facts, links, coverage and findings."""

    number: int
    node: Node
    name: Words
    document: Document | None
    parents: tuple[tuple[Words, Words, Node], ...]
    bars: tuple[Bar, ...]
    cards: tuple[Card, ...]
    questions: tuple[Card, ...]  # what is not sure enough to be a finding
    notes: tuple[tuple[Words, tuple[Card, ...]], ...]  # what is for information, by kind
    unread: tuple[tuple[Words, Words], ...]
    problems: tuple[tuple[str, int, Words], ...]
    counts: dict[str, int]
    layers: tuple[tuple[Words, int], ...]  # what was read out of the document, and how much of it
    rest: int  # findings that are not printed, the least grave
    compared: bool
    open: int  # items of the parents of which nothing could be said


def audit_html(
    view: View, *, language: Language = "vi", matrices: Sequence[Matrix] = (), reached: Sequence[Progress] = ()
) -> str:
    """Return the report of an audit as a page of HTML; ``language`` is shown first, the reader can change it."""
    from vnplan import __version__
    from vnplan.report.matrix import matrix_tables
    from vnplan.report.progress import progress_tables

    pages = [_page(number, chapter, view) for number, chapter in enumerate(view.chapters, start=1)]
    numbers = {page.node.id: page.number for page in pages}
    return template("audit.html").render(
        view=view,
        pages=pages,
        tree=_tree(view, numbers, {page.node.id: page.counts for page in pages}),
        language=language,
        version=__version__,
        severities=SEVERITIES,
        shapes=_SHAPES,
        tables=matrix_tables(matrices, view.nodes),
        states=STATES,
        reached=progress_tables(reached, view.nodes),
        read=sum(page.document is not None for page in pages),
    )


@cache
def template(name: str) -> Template:
    """Return a page of ``templates/``, which shows every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("vnplan.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "both": _both,
        "date": lambda date: Words(shown_date(date, "vi"), shown_date(date, "en")),
        "figure": lambda value: Words(figure(value, "vi"), figure(value, "en")),
        "level": lambda code: say(LEVELS, code),
        "text_from": lambda code: say(TEXT_FROM, code),
        "percent": lambda value: max(0, min(100, round(100 * value))),
    }
    return environment.get_template(name)


def _shown(value: Any) -> Any:
    """Return every value of the template with its hidden characters shown; what is marked as HTML passes."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _both(words: Words) -> Any:
    """Return both languages, escaped, of which the page shows one."""
    from markupsafe import Markup

    if words.vi == words.en:
        return Markup("{}").format(visible(words.vi))
    return Markup('<span class="vi" lang="vi">{}</span><span class="en" lang="en">{}</span>').format(
        visible(words.vi), visible(words.en)
    )


def _named(node: Node) -> Words:
    """Return the title, with the file of a document whose own number is blank: many plans have none."""
    file = f" [{node.name}]" if node.number is None and node.name and title(node) != node.name else ""
    return Words(printable(title(node, "vi") + file), printable(title(node, "en") + file))


def _full(node: Node) -> Words:
    return Words(printable(full_title(node, "vi")), printable(full_title(node, "en")))


def _page(number: int, chapter: Chapter, view: View) -> Page:
    cards = [
        _card(f"{number}.{place}", finding, view) for place, finding in enumerate(chapter.findings[:_MOST], start=1)
    ]
    counts = {severity: sum(found.severity == severity for found in chapter.findings) for severity in SEVERITIES}
    return Page(
        number,
        chapter.node,
        _named(chapter.node),
        chapter.document,
        tuple((_full(node), _link(edge), node) for edge, node in chapter.parents),
        tuple(_bar(row, view) for row in chapter.coverage),
        tuple(card for card in cards if card.severity != "info"),
        tuple(
            _card(f"{number}.h{place}", question, view) for place, question in enumerate(chapter.questions[:_MOST], 1)
        ),
        tuple(_by_kind(card for card in cards if card.severity == "info")),
        tuple((_unread_name(unread), say(REASONS, unread.reason)) for unread in chapter.unread),
        _problems(chapter.document),
        counts,
        tuple(_layers(chapter.document)),
        max(0, len(chapter.findings) - _MOST),
        any(row.satisfied or row.not_satisfied for row in chapter.coverage),
        sum(row.not_assessable for row in chapter.coverage),
    )


def _by_kind(cards: Iterable[Card]) -> Iterable[tuple[Words, tuple[Card, ...]]]:
    found: dict[Words, list[Card]] = {}
    for card in cards:
        found.setdefault(card.what, []).append(card)
    return ((what, tuple(group)) for what, group in found.items())


def _layers(document: Document | None) -> Iterable[tuple[Words, int]]:
    for layer in ("sections", "targets", "tasks", "deadlines", "references") if document else ():
        yield LAYERS[layer], len(getattr(document, layer))


def _unread_name(unread: Unread) -> Words:
    if unread.parent is not None:
        return _full(unread.parent)
    return Words(unread.file or "", unread.file or "")


def _link(edge: Edge) -> Words:
    if edge.how == "programme":
        return Words(*(f"{BY_PROGRAMME.of(lang)} ({figure(edge.confidence, lang)})" for lang in ("vi", "en")))
    return say(RELATIONS, edge.relation)


def _bar(row: Coverage, view: View) -> Bar:
    counts = (row.satisfied, row.not_satisfied, row.not_assessable)
    total = sum(counts)
    shares = tuple(round(100 * count / total) if total else 0 for count in counts)
    return Bar(ITEMS[row.items], _full(view.nodes[row.parent]), counts, (shares[0], shares[1], shares[2]))


def _problems(document: Document | None) -> tuple[tuple[str, int, Words], ...]:
    found = grouped(document.problems) if document else {}
    return tuple((code, count, problem_words(code, message)) for code, (count, message) in found.items())


def _card(number: str, finding: Finding, view: View) -> Card:
    parent, child = finding.parent_evidence, finding.child_evidence
    whose = finding.parent_evidence_of or finding.parent
    above = view.nodes.get(whose) if whose else None
    own = view.nodes.get(finding.child)
    return Card(
        number,
        finding.severity,
        say(FINDINGS, finding.finding),
        say(BY, finding.by) if finding.by and finding.by != "value" else Words("", ""),
        Words(printable(finding.message_vi), printable(finding.message_en)),
        finding.confidence,
        _side(above, parent, child, finding.parent_value, paged=whose not in view.unpaged),
        _side(own, child, parent, finding.child_value, paged=finding.child not in view.unpaged),
        finding.finding.startswith("missing_"),
        finding.parent_evidence_of is not None,
    )


def _side(
    node: Node | None, own: Evidence | None, other: Evidence | None, value: str | None, *, paged: bool
) -> Side | None:
    if own is None and value is None:
        return None
    owner = _named(node) if node else Words("", "")
    shown = Words(shown_value(value, "vi") or "", shown_value(value, "en") or "") if value else None
    if own is None:
        return Side(owner, None, None, shown)
    pieces = tuple(mark_quote(shown_quote(own), shown_quote(other) if other else None, value))
    return Side(owner, own.path, own.page if paged else None, shown, pieces)


@dataclass(frozen=True, slots=True)
class Twig:
    """One line of the cascade on the page."""

    name: Words
    node: Node
    depth: int
    number: int | None
    notes: tuple[Words, ...]
    grave: tuple[tuple[Severity, int], ...]
    opens: int  # how many lists begin before this line
    closes: int  # how many end after it


def _tree(view: View, numbers: dict[str, int], counts: dict[str, dict[str, int]]) -> list[Twig]:
    """Return the lines of the cascade; a depth is a nested list, down to a limit."""
    depths = [min(branch.depth, _DEEPEST) for branch in view.branches]
    twigs = []
    for index, branch in enumerate(view.branches):
        notes: list[Words] = []
        if branch.node.ghost:
            notes.append(NOT_IN_CORPUS)
        if branch.edge is not None and (branch.edge.how == "programme" or branch.edge.relation != "implements"):
            notes.append(_link(branch.edge))
        notes += [say(SUSPICIONS, doubt.why) for doubt in (branch.edge.suspect if branch.edge else ())]
        if branch.repeated:
            notes.append(SEEN_ABOVE)
        twigs.append(
            Twig(
                _named(branch.node),
                branch.node,
                depths[index],
                numbers.get(branch.node.id),
                tuple(notes),
                () if branch.repeated else tuple(_grave(counts.get(branch.node.id, {}))),
                1 if index and depths[index] > depths[index - 1] else 0,
                max(0, depths[index] - depths[index + 1]) if index + 1 < len(depths) else depths[index],
            )
        )
    return twigs


def _grave(counts: dict[str, int]) -> Iterable[tuple[Severity, int]]:
    severities: Sequence[Severity] = ("high", "medium", "low")
    return ((severity, counts[severity]) for severity in severities if counts.get(severity))
