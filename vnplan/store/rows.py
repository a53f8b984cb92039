"""From a document to the rows of the tables, and to what linking needs of it. Pure: no files, no Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vnplan.model import Document, Problem, Span
from vnplan.store.schema import HEADER, SIGNATORY, TABLES

Row = tuple[Any, ...]
_PLAIN = ("references", "targets", "agencies", "deadlines")  # layers whose columns are fields of the item


def document_rows(document: Document, source: str, record: str) -> Iterator[tuple[str, Row]]:
    """Yield each row with the name of its table; ``record`` is the document as the codec writes it."""
    owner = (source, document.source.name, document.id)
    yield "documents", _document_row(document, owner, record)
    for position, section in enumerate(document.sections):
        text = document.text.words(section.start, section.end)
        yield "sections", (
            *owner, position, section.path, section.label, section.heading, section.role, section.kind,
            section.parent, section.leaf, section.page, text, section.span.start, section.span.end,
        )  # fmt: skip
    for layer in _PLAIN:
        names = list(TABLES[layer])[5:-3]
        for position, item in enumerate(getattr(document, layer)):
            values = (getattr(item, "id" if name == "cites" else name) for name in names)
            yield layer, (*owner, position, item.path, *values, *_words(document, item.span))
    yield from (("tasks", row) for row in _task_rows(document, owner))
    for position, problem in enumerate(document.problems):
        yield "problems", (*owner, position, *_problem(document, problem))


def _document_row(document: Document, owner: Row, record: str) -> Row:
    source, header = document.source, document.header
    signatory = [getattr(header.signatory, name, None) for name in SIGNATORY]
    return (
        *owner, source.sha256, source.media_type, document.medium, source.text_from, source.pages,
        *(getattr(header, name) for name in HEADER), *signatory, list(header.recipients), source.text,
        _links_of(document), record,
    )  # fmt: skip


def _task_rows(document: Document, owner: Row) -> Iterator[Row]:
    for position, task in enumerate(document.tasks):
        deadline = document.deadlines[task.deadline] if task.deadline is not None else None
        yield (
            *owner, position, task.path, list(task.lead), list(task.coordinating),
            deadline.value if deadline else None, deadline.bound if deadline else None, task.product,
            [document.quote(clause) for clause in task.clauses], task.reported, *_words(document, task.span),
        )  # fmt: skip


def _problem(document: Document, problem: Problem) -> Row:
    words = _words(document, problem.span) if problem.span else (None, None, None)
    return (problem.code, problem.message, *words)


def _words(document: Document, span: Span) -> Row:
    return document.quote(span), span.start, span.end


def _links_of(document: Document) -> str:
    from vnplan.store.light import light_record

    return light_record(document)
