"""Several documents in one file: each is read on its own, and one document holds what all of them say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from vnplan.model import Agency, Deadline, Document, Part, Reference, Section, Source, Structure, Target, Task, Text
from vnplan.structure.kinds import type_words

Said = TypeVar("Said", Reference, Target, Agency, Deadline, Task)


def join_documents(source: Source, text: Text, split: Sequence[Document], starts: Sequence[int]) -> Document:
    """Return one document for a file that holds several with letterheads of their own; the first one names it.

    ``starts`` are the paragraphs of ``text`` at which they begin. Each further one hangs on a node of its type, and its
    paths begin with that node's where the numbering of another would be the same.
    """
    first = split[0]
    sections = list(first.sections)
    parts = list(first.structure.parts)
    whole = first
    ends = [text.paragraphs[at].start for at in starts[1:]] + [len(text.clean)]
    for document, at, end in zip(split[1:], starts[1:], ends[1:], strict=True):
        shift = text.paragraphs[at].start
        taken = {section.path for section in sections}
        node = _node(document, shift, taken, text)
        prefix = f"{node.path}." if any(section.path in taken for section in document.sections) else ""
        sections += [node, *_moved(document.sections, shift, len(sections), prefix)]
        parts.append(
            Part(document.id, document.header, shift, end, text.span(shift, end), text.paragraphs[at].page, True)
        )
        parts += (replace(p, start=p.start + shift, end=p.end + shift) for p in document.structure.parts)
        whole = _with_statements(whole, document, node.path, prefix)
    structure = Structure(
        first.header, tuple(sections), first.medium, first.structure.preamble, first.structure.body_end,
        tuple(problem for document in split for problem in document.structure.problems), tuple(parts),
    )  # fmt: skip
    problems = dict.fromkeys(problem for document in split for problem in document.problems)
    return replace(
        whole, source=source, text=text, structure=structure, problems=tuple(problems), split=tuple(split)
    )  # fmt: skip


def with_ids(parts: Iterable[Part], urn: str) -> Iterator[Part]:
    """Yield parts with their identifiers: a document's annexes are named behind it and counted (RFC 9676)."""
    for number, part in enumerate(parts, start=1):
        yield replace(part, id=f"{urn}:annex;{number}")


def _node(document: Document, shift: int, taken: set[str], text: Text) -> Section:
    """Return the node on which a further document hangs: its type and title."""
    own, structure = document.text, document.structure
    begins = [structure.preamble[0]] if structure.preamble[1] else []
    end = min([*begins, *(section.start for section in structure.sections[:1])], default=structure.body_end)
    typed = (type_words().match(own.clean, p.start) for p in own.paragraphs if p.start < end)
    found = next(filter(None, typed), None)
    start, label = (found.start(), own.words(*found.span())) if found else (0, "VĂN BẢN")
    path, count = label, 1
    while path in taken:
        count += 1
        path = f"{label}({count})"
    return Section(
        path, label, document.header.subject or "", None, "appendix", None, shift + start, shift + max(start, end),
        text.span(shift + start, shift + len(own.clean)), own.paragraphs[0].page, not document.sections,
    )  # fmt: skip


def _moved(sections: Iterable[Section], shift: int, node: int, prefix: str) -> Iterator[Section]:
    for section in sections:
        parent = node if section.parent is None else section.parent + node + 1
        cells = tuple((role, start + shift, end + shift) for role, start, end in section.cells)
        yield replace(
            section, path=prefix + section.path, parent=parent, start=section.start + shift, end=section.end + shift,
            cells=cells,
        )  # fmt: skip


def _with_statements(whole: Document, document: Document, node: str, prefix: str) -> Document:
    def moved(said: Said) -> Said:
        return replace(said, path=prefix + said.path if said.path is not None else node)

    shift = len(whole.deadlines)
    tasks = (
        replace(task, deadline=task.deadline + shift if task.deadline is not None else None) for task in document.tasks
    )
    return replace(
        whole,
        references=(*whole.references, *map(moved, document.references)),
        targets=(*whole.targets, *map(moved, document.targets)),
        results=(*whole.results, *map(moved, document.results)),
        agencies=(*whole.agencies, *map(moved, document.agencies)),
        deadlines=(*whole.deadlines, *map(moved, document.deadlines)),
        tasks=(*whole.tasks, *map(moved, tasks)),
    )
