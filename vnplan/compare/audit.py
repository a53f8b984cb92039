"""The audit of a cascade: every document against those above it, by all checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from vnplan.compare.cascade import Cascade, Ghost, build_cascade
from vnplan.compare.checks import CHECKS, Outcome
from vnplan.compare.pairs import MIN_CONFIDENCE, Pair, pairs_of, unreadable
from vnplan.compare.recognised import with_recognition
from vnplan.compare.resolving import Inferred
from vnplan.compare.spread import spread
from vnplan.compare.targets import TargetNotes
from vnplan.model import Coverage, Document, Edge, Finding

LEAST_HIGH = 0.75  # confidence below which nothing is of high severity: high means high
_GRAVITY = {"high": 0, "medium": 1, "low": 2, "info": 3}


@dataclass(frozen=True)
class Audit:
    """What an audit found: the documents (ghosts among them), their links, the findings and how much was covered.

    Findings come by child, the gravest first. Coverage with everything ``not_assessable`` means: not compared, because
    one side is an article, or was not read completely. ``questions`` are what would be findings, were they surer: a
    reader who looks at the quotes can answer them.
    """

    documents: tuple[Document | Ghost, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    coverage: tuple[Coverage, ...] = field(repr=False)
    questions: tuple[Finding, ...] = field(default=(), repr=False)
    inferred: tuple[Inferred, ...] = field(default=(), repr=False)  # blank numbers that those who cite tell
    versions: tuple[Document, ...] = field(default=(), repr=False)  # further texts of documents, not compared
    same: Mapping[str, str] = field(default_factory=dict, repr=False)  # from the identifier of such a text

    def __repr__(self) -> str:
        ghosts = sum(isinstance(node, Ghost) for node in self.documents)
        counts = [(grade, sum(f.severity == grade for f in self.findings)) for grade in _GRAVITY]
        said = ", ".join(f"{count} {grade}" for grade, count in counts if count) or "none"
        said += f"; questions: {len(self.questions)}" if self.questions else ""
        known = len(self.documents) - ghosts
        return f"<Audit: {known} documents, {ghosts} ghosts, {len(self.edges)} links; findings: {said}>"

    def of(self, child: str) -> tuple[Finding, ...]:
        """Return the findings about one document, by its identifier."""
        return tuple(finding for finding in self.findings if finding.child == child)


def audit(cascade: Cascade | Iterable[Document], *, min_confidence: float = MIN_CONFIDENCE, workers: int = 1) -> Audit:
    """Return the findings of every check on every document of a cascade; the same for any order of the documents.

    Tasks and deadlines are compared with the nearest parent that is there, targets with all of the chain; what a
    nearer parent already shows is not said again. A document that was not read completely, and an article about a
    document, is never accused of anything missing. What is less certain than ``min_confidence`` (0 to 1), and more
    than a note, is asked and not said. ``workers`` processes compare the documents. Raises ValueError when
    ``min_confidence`` is no such number, or there are no workers.
    """
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence}; it must lie between 0 and 1")
    if workers < 1:
        raise ValueError(f"workers is {workers}; there must be one at least")
    if not isinstance(cascade, Cascade):
        cascade = build_cascade(cascade)
    outcomes: list[Outcome] = []
    for check in CHECKS:
        if check.scope == "cascade":
            outcomes += check.run(cascade)
    outcomes += spread(partial(_outcomes, cascade), _by_parent(cascade), workers=workers)
    said = (with_recognition(outcome, cascade) for outcome in outcomes if isinstance(outcome, Finding))
    findings = sorted(map(_graded, said), key=_order)
    coverage = sorted((o for o in outcomes if isinstance(o, Coverage)), key=lambda c: (c.child, c.parent, c.items))
    told = dict.fromkeys(findings)
    asked = {f: None for f in told if f.severity != "info" and f.confidence < min_confidence}
    return Audit(
        cascade.documents, cascade.edges, tuple(f for f in told if f not in asked), tuple(coverage), tuple(asked),
        cascade.inferred, cascade.versions, cascade.same,
    )  # fmt: skip


def _by_parent(cascade: Cascade) -> list[str]:
    """Return the documents, those below one parent beside each other: what is made of it is kept meanwhile."""
    own = [node.id for node in cascade.documents if isinstance(node, Document)]
    return sorted(own, key=lambda id: (next((edge.parent for edge in cascade.parents(id)), ""), id))


def _outcomes(cascade: Cascade, id: str) -> list[Outcome]:
    document = cascade.node(id)
    return list(_audit_document(document, cascade)) if isinstance(document, Document) else []


def _graded(finding: Finding) -> Finding:
    """Return the finding, of medium severity where it is too uncertain for a high one."""
    return (
        replace(finding, severity="medium")
        if finding.severity == "high" and finding.confidence < LEAST_HIGH
        else finding
    )


def _audit_document(document: Document, cascade: Cascade) -> Iterator[Outcome]:
    for check in CHECKS:
        if check.scope == "header":
            yield from check.run(document, cascade)
    why = unreadable(document)
    if why is None:
        for check in CHECKS:
            if check.scope == "document":
                yield from check.run(document)
    notes = TargetNotes()
    compared: list[Pair] = []
    for pair in pairs_of(cascade, document):
        if why or unreadable(pair.parent):
            yield from _not_compared(pair)
            continue
        compared.append(pair)
        yield from _audit_pair(pair, notes, main=not any(other.main for other in compared[:-1]))
    if compared:
        for check in CHECKS:
            if check.scope == "all parents":
                yield from check.run(document, [pair.parent for pair in compared], notes)


def _audit_pair(pair: Pair, notes: TargetNotes, *, main: bool) -> Iterator[Outcome]:
    for check in CHECKS:
        if check.scope == "targets":
            yield from check.run(pair, notes)
        elif check.scope == "nearest" and main and pair.main:
            yield from check.run(pair)


def _not_compared(pair: Pair) -> Iterator[Coverage]:
    targets, tasks = len(pair.parent.targets), len(pair.parent.tasks)
    yield Coverage(pair.child.id, pair.parent.id, "targets", 0, 0, targets, (("unread", targets),) if targets else ())
    if pair.main:
        yield Coverage(pair.child.id, pair.parent.id, "tasks", 0, 0, tasks, (("unread", tasks),) if tasks else ())


def _order(finding: Finding) -> tuple[object, ...]:
    sides = (finding.child_evidence, finding.parent_evidence)
    places = tuple((side.span.start, side.span.end) if side else (-1, -1) for side in sides)
    return (
        finding.child, _GRAVITY[finding.severity], -finding.confidence, finding.finding, finding.by or "",
        finding.parent or "", *places, finding.child_value or "", finding.parent_value or "",
    )  # fmt: skip
