"""From one file, or one text, to one :class:`~vnplan.model.Document`: the stages in their order."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from vnplan.errors import ReadError
from vnplan.extract.agencies import find_agencies, parse_agency_list
from vnplan.extract.deadlines import find_deadlines
from vnplan.extract.references import find_references
from vnplan.extract.results import find_results
from vnplan.extract.targets import find_targets
from vnplan.extract.tasks import find_tasks
from vnplan.identity import document_urn
from vnplan.limits import LIMITS, Limits
from vnplan.model import Block, Deadline, Document, Problem, Source, Span, Target, Text
from vnplan.parts import join_documents, with_ids
from vnplan.read import read_bytes, read_source
from vnplan.restoring import restore
from vnplan.structure import find_documents, read_structure
from vnplan.text import clean_text, cut_text

Found = TypeVar("Found")
_NEAR = 50  # statements that begin before a word and may hold it


def read(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> Document:
    """Return the document in the file at ``path``, read, divided and extracted.

    The file's real type decides, not its name: text, markdown, HTML, DOCX, or PDF with a text layer, or a container
    (zip, WARC, MHTML) of exactly one such document. Raises
    :class:`~vnplan.errors.VnplanError` with a failure code (docs/failure-codes.md) when it cannot be read; it runs in
    this process, without protection against a file that takes for ever.
    """
    return _checked(parse_source(read_source(path, limits=limits)))


def read_member(name: str, data: bytes, *, charset: str | None = None, limits: Limits = LIMITS) -> Document:
    """Return the document that a member of a container is; ``charset`` is what the container says of its encoding.

    Raises what :func:`read` raises.
    """
    return _checked(parse_source(read_bytes(name, data, limits=limits, charset=charset, depth=1)))


def _checked(document: Document) -> Document:
    if not _is_administrative(document):
        what = "the text has no type, number or numbered chapters of an administrative document; is it the right file?"
        raise ReadError("not-a-plan", f"{document.source.name}: {what}")
    return document


def _is_administrative(document: Document) -> bool:
    """Return whether a text shows any sign of being a document, part of one, or an article about one."""
    header = document.header
    if document.medium == "article" or header.kind or header.number or header.issuer:
        return True
    return any(s.label and s.kind in ("part", "chapter", "heading", "appendix") for s in document.sections)


def parse(text: str, *, name: str = "text") -> Document:
    """Return the document that ``text`` is; total on any string. ``name`` stands in reports for the missing file."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return parse_source(Source(name, digest, "text/plain", text, line_blocks(text), "text"))


def line_blocks(text: str) -> tuple[Block, ...]:
    """Return one block for each line of ``text`` that is not empty."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(start, start + len(line)), "line"))
        start += len(line) + 1
    return tuple(blocks)


def parse_source(source: Source) -> Document:
    """Return the document in what a reader got out of a file; total: what is not understood is in ``problems``.

    A file with several documents, each with a letterhead of its own, gives one that holds what all of them say;
    ``split`` are they, each on its own.
    """
    text = clean_text(source)
    if source.text_from == "ocr":
        text = restore(text, source)
    starts = find_documents(text)
    if len(starts) == 1:
        return _read_document(source, text, source.sha256)
    ends = (*starts[1:], len(text.paragraphs))
    split = [
        _read_document(source, cut_text(text, start, end), f"{source.sha256}-{number}" if number else source.sha256)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return join_documents(source, text, split, starts)


def _read_document(source: Source, text: Text, fallback: str) -> Document:
    """Return the one document that ``text`` is; ``fallback`` identifies it where its header does not."""
    problems: list[Problem] = list(source.problems)
    title = source.title if fallback == source.sha256 else None
    structure = read_structure(text, title=title, doubtful=source.doubtful if source.text_from == "ocr" else None)
    problems += [*text.problems, *structure.problems]
    references = _keep(find_references(text, structure), problems)
    targets = _keep(find_targets(text, structure), problems)
    agencies = _keep(find_agencies(text, structure), problems)
    deadlines = _keep(find_deadlines(text, structure), problems)
    tasks = _keep(
        find_tasks(text, structure, agencies=agencies, deadlines=deadlines, list_agencies=parse_agency_list), problems
    )
    results = _keep(find_results(text, structure), problems)
    problems += _doubtful_figures(source, (*targets, *results), deadlines)
    header = structure.header
    urn = document_urn(
        issuer=header.issuer,
        kind=header.kind,
        date=header.date,
        number=header.number,
        jurisdiction=header.jurisdiction,
        fallback=fallback,
    )
    structure = replace(structure, parts=tuple(with_ids(structure.parts, urn)))
    return Document(
        urn, source, text, structure, references, targets, tasks, agencies, deadlines, tuple(problems), results=results
    )  # fmt: skip


def _doubtful_figures(
    source: Source, targets: tuple[Target, ...], deadlines: tuple[Deadline, ...]
) -> Iterator[Problem]:
    """Yield a problem for each figure of a target or a deadline that OCR was not sure of, in order."""
    if not source.doubtful:
        return
    stated = sorted({target.span for target in targets} | {deadline.span for deadline in deadlines})
    for place in source.doubtful:
        words = source.text[place.start : place.end]
        if not any(sign in "0123456789" for sign in words):
            continue
        index = bisect_left(stated, Span(place.end, 0))
        if any(span.end > place.start for span in stated[max(0, index - _NEAR) : index]):
            what = f"the figure {words!r} was not recognised for sure: look at the page"
            yield Problem("doubtful:figure", what, place)


def _keep(found: Iterable[Found | Problem], problems: list[Problem]) -> tuple[Found, ...]:
    """Return the statements of one extractor and put its problems aside; what exceeds the limit is cut and said."""
    kept: list[Found] = []
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        elif len(kept) < LIMITS.extractions:
            kept.append(item)
        else:
            problems.append(Problem("cut:extractions", f"more than {LIMITS.extractions} statements of one kind"))
            break
    return tuple(kept)
