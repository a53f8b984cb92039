"""What linking needs of a document, without its text: a document that loads the rest when it is asked for.

A cascade of a hundred thousand documents holds these; the text of a few is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from vnplan.model import (
    Block,
    Document,
    Header,
    Medium,
    Part,
    Problem,
    Reference,
    Section,
    Source,
    Span,
)

Load = Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Light:
    """The part of a document that links and reports are made from; ``turns`` are the blocks where a page begins."""

    id: str
    source: Source
    turns: tuple[Block, ...]
    header: Header
    medium: Medium
    parts: tuple[Part, ...]
    references: tuple[Reference, ...]
    quotes: tuple[str, ...]  # of the references
    problems: tuple[Problem, ...]
    split: tuple[Light, ...] = ()


def light_record(document: Document) -> str:
    """Return the light part of a document as JSON."""
    import msgspec

    return msgspec.json.encode(_light(document, _emptied(document.source))).decode()


def light_document(record: str, load: Load) -> Document:
    """Return the document of which ``record`` is the light part; ``load`` returns the whole."""
    import msgspec

    return _document(msgspec.json.decode(record, type=Light), load)


def _emptied(source: Source) -> Source:
    return replace(source, text="", blocks=())


def _light(document: Document, source: Source) -> Light:
    quotes = tuple(document.quote(reference.span) for reference in document.references)
    return Light(
        document.id, source, _turns(document.source.blocks), document.header, document.medium, document.parts,
        document.references, quotes, document.problems, tuple(_light(one, source) for one in document.split),
    )  # fmt: skip


def _turns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with another page than the block before: what stands between has the page of the last one."""
    found: list[Block] = []
    for block in blocks:
        if not found or found[-1].page != block.page:
            found.append(Block(Span(block.span.start, block.span.start), page=block.page))
    return tuple(found)


def _document(light: Light, load: Load) -> Document:
    split = tuple(_document(one, _of_split(load, number)) for number, one in enumerate(light.split))
    return LightDocument(light, load, split)


def _of_split(load: Load, number: int) -> Load:
    return lambda: load().split[number]


class LightSource(Source):
    """A source whose text is loaded when it is asked for; its blocks are those where a page begins."""

    __slots__ = ("_load",)

    def __init__(self, light: Source, blocks: tuple[Block, ...], load: Load) -> None:
        super().__init__(
            light.name, light.sha256, light.media_type, "", blocks, light.text_from, light.pages, light.title,
            light.problems, light.page_confidence, light.doubtful,
        )  # fmt: skip
        object.__setattr__(self, "_load", load)

    def __getattribute__(self, name: str) -> Any:
        if name == "text":
            return object.__getattribute__(self, "_load")().source.text
        return object.__getattribute__(self, name)


class LightDocument(Document):
    """A document whose text, sections, targets, tasks, agencies and deadlines are loaded when they are asked for."""

    __slots__ = ("_light", "_load", "_quotes")

    def __init__(self, light: Light, load: Load, split: tuple[Document, ...]) -> None:
        place = object.__setattr__
        place(self, "id", light.id)
        place(self, "references", light.references)
        place(self, "problems", light.problems)
        place(self, "split", split)
        place(self, "source", LightSource(light.source, light.turns, load))
        place(self, "_light", light)
        place(self, "_load", load)
        place(self, "_quotes", dict(zip((r.span for r in light.references), light.quotes, strict=True)))

    @property
    def header(self) -> Header:
        """The header fields of the document."""
        return self._light.header  # type: ignore[attr-defined, no-any-return]

    @property
    def medium(self) -> Medium:
        """Whether it is a document, or an article about one."""
        return self._light.medium  # type: ignore[attr-defined, no-any-return]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The documents that this one carries."""
        return self._light.parts  # type: ignore[attr-defined, no-any-return]

    def quote(self, span: Span) -> str:
        """Return the words at ``span`` as they were read; those of references without loading the text."""
        known: str | None = self._quotes.get(span)  # type: ignore[attr-defined]
        return self.text.quote(span) if known is None else known

    @property
    def sections(self) -> tuple[Section, ...]:
        """The section nodes, flat, in reading order."""
        return self.structure.sections


def _loaded(name: str) -> Any:
    return property(lambda self: getattr(self._load(), name))


for _name in ("text", "structure", "targets", "tasks", "agencies", "deadlines", "results"):
    setattr(LightDocument, _name, _loaded(_name))
