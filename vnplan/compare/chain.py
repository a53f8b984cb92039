"""The chain: what became of each item of a root at every level below it, and where it first was weakened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vnplan.compare.cascade import Cascade, build_cascade
from vnplan.compare.evidence import evidence_at, target_evidence, task_evidence
from vnplan.compare.order import show_value
from vnplan.compare.pairs import MIN_CONFIDENCE, MOST_STEPS, Pair, nearest_known, unreadable
from vnplan.compare.targets import JudgedTarget, TargetNotes, judge_targets
from vnplan.compare.tasks import JudgedTask, judge_tasks
from vnplan.model import Document, Evidence, Finding

State = Literal[
    "kept", "stronger", "softer", "weaker", "narrowed", "later", "unquantified", "missing", "open", "not compared"
]  # fmt: skip
LOSSES: Final = frozenset({"softer", "weaker", "narrowed", "later", "unquantified", "missing"})
_WAYS: Final[dict[str, State]] = {"value": "weaker", "softer": "softer", "narrowed": "narrowed", "later": "later"}
_STATES: Final[dict[str, State]] = {
    "unquantified_target": "unquantified", "missing_target": "missing", "strengthened_target": "stronger",
    "missing_task": "missing", "narrowed_task": "narrowed",
}  # fmt: skip
_WORST: Final[tuple[State, ...]] = ("missing", "unquantified", "weaker", "narrowed", "later", "softer", "stronger")


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one item in one document: the state, the value it has there, and the words.

    ``open``: nothing can be said of it (another unit, a count of the whole nation, words too different). ``first``: it
    is a loss that none of the documents between has. ``confidence`` is that of the finding, 1.0 where there is none.
    """

    document: str
    state: State
    value: str | None = None
    evidence: Evidence | None = None
    confidence: float = 1.0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the root, and a cell for each document of the matrix, in the order of its columns."""

    kind: Literal["target", "task"]
    evidence: Evidence
    value: str | None
    horizon: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The items of one root against the documents below it, from the nearest down; ``depths`` are the steps down.

    ``coverage`` is by document the share of what could be assessed that it keeps, None where nothing could.
    ``left_out`` counts the items of which nothing can be said in any document, such as the duties of ministries.
    """

    root: str
    columns: tuple[str, ...]
    depths: tuple[int, ...]
    rows: tuple[Row, ...]
    coverage: tuple[float | None, ...]
    left_out: int = 0

    def __repr__(self) -> str:
        first = sum(cell.first for row in self.rows for cell in row.cells)
        return f"<Matrix: {len(self.rows)} items, {len(self.columns)} documents, {first} first losses>"


def matrix(cascade: Cascade | Iterable[Document]) -> tuple[Matrix, ...]:
    """Return a matrix for each root of a cascade: a document that is there, with others below and none above it.

    Every document below is compared with the root itself, so that a row shows how a value wandered down. A document
    that was not read completely is ``not compared``. Sorted by the identifier of the root.
    """
    if not isinstance(cascade, Cascade):
        cascade = build_cascade(cascade)
    above = {
        node.id: nearest_known(cascade, node.id) for node in cascade.documents if isinstance(node, Document)
    }  # fmt: skip
    below: dict[str, list[str]] = {}
    for id in sorted(above):
        for upper in above[id]:
            below.setdefault(upper, []).append(id)
    found = []
    for root in sorted(id for id in below if not above[id]):
        document = cascade.node(root)
        if isinstance(document, Document) and (document.targets or document.tasks):
            found.append(_of_root(document, cascade, below, above))
    return tuple(found)


def _of_root(
    root: Document, cascade: Cascade, below: dict[str, list[str]], above: dict[str, list[str]]
) -> Matrix:  # fmt: skip
    order = list(_descend(root.id, below))
    documents = [node for id, _ in order if isinstance(node := cascade.node(id), Document)]
    columns = [list(_column(document, root)) for document in documents]
    rows = []
    for number in range(len(root.targets) + len(root.tasks)):
        cells = _with_first([column[number] for column in columns], above)
        if all(cell.state in ("open", "not compared") for cell in cells):
            continue  # an item of its own, such as a duty of a ministry
        rows.append(_row(root, number, cells))
    shares = tuple(_share([row.cells[at] for row in rows]) for at in range(len(documents)))
    ids, depths = tuple(document.id for document in documents), tuple(depth for _, depth in order)
    left_out = len(root.targets) + len(root.tasks) - len(rows)
    return Matrix(root.id, ids, depths, tuple(rows), shares, left_out)


def _descend(root: str, below: dict[str, list[str]]) -> Iterator[tuple[str, int]]:
    """Yield the documents below a root with the steps down, each once, a document before those below it."""
    seen = {root}
    waiting = [(id, 1) for id in reversed(below.get(root, ()))]
    while waiting:
        id, depth = waiting.pop()
        if id in seen or depth > MOST_STEPS:
            continue
        seen.add(id)
        yield id, depth
        waiting += [(lower, depth + 1) for lower in reversed(below.get(id, ()))]


def _column(document: Document, root: Document) -> Iterator[Cell]:
    """Yield the cells of one document: for the targets of the root, then for its tasks."""
    if unreadable(document) or unreadable(root):
        yield from [Cell(document.id, "not compared")] * (len(root.targets) + len(root.tasks))
        return
    pair = Pair(document, root, nearest=True, main=True)
    targets = {judged.number: judged for judged in judge_targets(pair, TargetNotes())}
    tasks = {judged.number: judged for judged in judge_tasks(pair)}
    yield from (_target_cell(document, targets.get(number)) for number in range(len(root.targets)))
    yield from (_task_cell(document, tasks.get(number)) for number in range(len(root.tasks)))


def _target_cell(document: Document, judged: JudgedTarget | None) -> Cell:
    if judged is None:
        return Cell(document.id, "open")
    own = document.targets[judged.own[0]] if judged.own else None
    evidence = target_evidence(document, own) if own else None
    value = show_value(own) if own else None
    if finding := _gravest(judged.findings):
        state = _WAYS[finding.by] if finding.by in _WAYS else _STATES[finding.finding]
        return Cell(
            document.id, state, finding.child_value or value, finding.child_evidence or evidence, finding.confidence
        )
    doubtful = any(finding.severity != "info" for finding in judged.findings)
    state = "kept" if judged.state == "satisfied" and not doubtful else "open"
    return Cell(document.id, state, value, evidence)


def _task_cell(document: Document, judged: JudgedTask | None) -> Cell:
    if judged is None:
        return Cell(document.id, "open")
    if judged.finding is not None and judged.finding.confidence >= MIN_CONFIDENCE:
        finding = judged.finding
        return Cell(
            document.id, _STATES[finding.finding], None, finding.child_evidence, finding.confidence
        )  # fmt: skip
    if judged.state != "satisfied":
        return Cell(document.id, "open")
    return Cell(document.id, "kept", None, evidence_at(document, judged.near) if judged.near else None)


def _gravest(findings: Sequence[Finding]) -> Finding | None:
    def rank(finding: Finding) -> int:
        return _WORST.index(_WAYS[finding.by] if finding.by in _WAYS else _STATES[finding.finding])

    sure = [finding for finding in findings if finding.confidence >= MIN_CONFIDENCE]
    told = [finding for finding in sure if finding.by in _WAYS or finding.finding in _STATES]
    return min(told, key=rank, default=None)


def _with_first(cells: Sequence[Cell], above: dict[str, list[str]]) -> tuple[Cell, ...]:
    """Mark the losses that no document between the root and the one that has them has already."""
    lost = {cell.document for cell in cells if cell.state in LOSSES}
    return tuple(
        Cell(c.document, c.state, c.value, c.evidence, c.confidence, not any(u in lost for u in above[c.document]))
        if c.document in lost
        else c
        for c in cells
    )


def _row(root: Document, number: int, cells: tuple[Cell, ...]) -> Row:
    if number < len(root.targets):
        target = root.targets[number]
        return Row("target", target_evidence(root, target), show_value(target), target.horizon, cells)
    task = root.tasks[number - len(root.targets)]
    return Row("task", task_evidence(root, task), None, None, cells)


def _share(cells: Sequence[Cell]) -> float | None:
    kept = sum(cell.state in ("kept", "stronger") for cell in cells)
    lost = sum(cell.state in LOSSES for cell in cells)
    return round(kept / (kept + lost), 4) if kept + lost else None
