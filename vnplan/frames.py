"""What was found in many documents, and what an audit says, as pandas DataFrames: one row a statement, with its words.

Every frame has all its columns also when nothing was found. ``document`` is the name of the file, ``id`` its URN;
``start`` and ``end`` point into the text that was read. Needs the extra ``vnplan[notebook]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from vnplan.report.nodes import AuditLike, nodes_of
from vnplan.report.view import title

if TYPE_CHECKING:
    import pandas

    from vnplan.compare import Matrix
    from vnplan.model import Document, Evidence, Span

_PLACE: Final = ("document", "id", "path")
_WORDS: Final = ("quote", "start", "end")
_TARGETS: Final = (
    "low", "high", "comparator", "unit", "population", "outcome", "condition", "commitment", "horizon",
    "horizon_source", "per", "baseline", "role",
)  # fmt: skip
_REFERENCES: Final = ("kind", "number", "date", "issuer", "relation", "subject", "provision")
_DEADLINES: Final = ("type", "value", "bound", "rrule")
_AGENCIES: Final = ("name", "level", "jurisdiction", "is_class")


def targets_frame(documents: Iterable[Document]) -> pandas.DataFrame:
    """Return one row for each target, in the order of the documents and within them of the text."""
    return _layer_frame(documents, "targets", _TARGETS)


def references_frame(documents: Iterable[Document]) -> pandas.DataFrame:
    """Return one row for each mention of another document; ``cites`` is the identifier of the one that is mentioned."""
    documents = list(documents)
    frame = _layer_frame(documents, "references", _REFERENCES)
    frame["cites"] = [reference.id for document in documents for reference in document.references]
    return frame


def deadlines_frame(documents: Iterable[Document]) -> pandas.DataFrame:
    """Return one row for each deadline, with its TIMEX3 value and its RFC 5545 rule."""
    return _layer_frame(documents, "deadlines", _DEADLINES)


def agencies_frame(documents: Iterable[Document]) -> pandas.DataFrame:
    """Return one row for each mention of a body."""
    return _layer_frame(documents, "agencies", _AGENCIES)


def tasks_frame(documents: Iterable[Document]) -> pandas.DataFrame:
    """Return one row for each task; ``lead`` and ``coordinating`` hold names, ``deadline`` a TIMEX3 value."""
    rows = []
    for document in documents:
        for task in document.tasks:
            deadline = document.deadlines[task.deadline] if task.deadline is not None else None
            rows.append(
                _place(document, task.path)
                | {
                    "lead": list(task.lead),
                    "coordinating": list(task.coordinating),
                    "deadline": deadline.value if deadline else None,
                    "bound": deadline.bound if deadline else None,
                    "product": task.product,
                    "clauses": [document.quote(clause) for clause in task.clauses],
                    "reported": task.reported,
                }
                | _words(document, task.span)
            )
    own = ("lead", "coordinating", "deadline", "bound", "product", "clauses", "reported")
    return _frame(rows, (*_PLACE, *own, *_WORDS))


def findings_frame(audit: AuditLike) -> pandas.DataFrame:
    """Return one row for each finding, with the documents by name and the words of both sides.

    ``question`` is true for what is not sure enough to be a finding; these rows come last.
    """
    nodes = nodes_of(audit)
    rows = []
    questions = getattr(audit, "questions", ())
    for position, finding in enumerate((*audit.findings, *questions)):
        child, parent = nodes.get(finding.child), nodes.get(finding.parent or "")
        rows.append(
            {
                "finding": finding.finding,
                "severity": finding.severity,
                "confidence": finding.confidence,
                "question": position >= len(audit.findings),
                "by": finding.by,
                "child": title(child) if child else finding.child,
                "parent": title(parent) if parent else finding.parent,
                "child_value": finding.child_value,
                "parent_value": finding.parent_value,
                "message": finding.message_vi,
                "child_id": finding.child,
                "parent_id": finding.parent,
            }
            | _evidence("child", finding.child_evidence)
            | _evidence("parent", finding.parent_evidence)
        )
    columns = (
        "finding", "severity", "confidence", "question", "by", "child", "parent", "child_value", "parent_value",
        "message", "child_path", "child_quote", "parent_path", "parent_quote", "child_id", "parent_id",
    )  # fmt: skip
    return _frame(rows, columns)


def matrix_frame(matrix: Matrix, documents: Iterable[Document]) -> pandas.DataFrame:
    """Return a row for each item of the root and a column for each document below it, which holds a state.

    The states are those of :class:`vnplan.compare.chain.Cell`; ``documents`` give the names of the columns.
    """
    names = {document.id: document.source.name for document in documents}
    columns = [names.get(id, id) for id in matrix.columns]
    rows = [
        {"kind": row.kind, "path": row.evidence.path, "value": row.value, "quote": row.evidence.quote}
        | {name: cell.state for name, cell in zip(columns, row.cells, strict=True)}
        for row in matrix.rows
    ]
    return _frame(rows, ("kind", "path", "value", "quote", *columns))


def _layer_frame(documents: Iterable[Document], layer: str, fields: Sequence[str]) -> pandas.DataFrame:
    rows = [
        _place(document, item.path)
        | {name: getattr(item, name) for name in fields}
        | _words(document, item.span)
        for document in documents
        for item in getattr(document, layer)
    ]  # fmt: skip
    return _frame(rows, (*_PLACE, *fields, *_WORDS))


def _place(document: Document, path: str | None) -> dict[str, Any]:
    return {"document": document.source.name, "id": document.id, "path": path}


def _words(document: Document, span: Span) -> dict[str, Any]:
    return {"quote": document.quote(span), "start": span.start, "end": span.end}


def _evidence(side: str, evidence: Evidence | None) -> dict[str, Any]:
    return {f"{side}_path": evidence.path if evidence else None, f"{side}_quote": evidence.quote if evidence else None}


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("DataFrames need pandas; install it with: pip install 'vnplan[notebook]'") from error
    return pandas.DataFrame([dict(row) for row in rows], columns=list(columns))


def themes_frame(documents: Iterable[Document], *, alike: float = 0.35) -> pandas.DataFrame:
    """Return a row for each theme: its words, the tasks in it, and for each document how many of them it has.

    A theme is what :func:`vnplan.compare.themes.themes` puts together, where ``alike`` is explained.
    """
    from vnplan.compare.themes import themes

    documents = list(documents)
    names = {document.id: document.source.name for document in documents}
    rows = []
    for theme in themes(documents, alike=alike):
        counts = Counter(names[id] for id, _ in theme.tasks)
        rows.append(
            {"theme": theme.words, "documents": len(theme.documents), "tasks": len(theme.tasks)}
            | {name: counts[name] for name in names.values()}
        )
    return _frame(rows, ("theme", "documents", "tasks", *dict.fromkeys(names.values())))
