"""What a sample document consists of, for every format alike: blocks in reading order, their words in styled runs.

The layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I: the grounds in italics, headings bold, appendices behind the
signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from builder.markup import Item, Plan

Kind = Literal["before", "mark", "head", "title", "heading", "paragraph", "table", "closing", "after"]

_INLINE = re.compile(r"\[\^([0-9]{1,2})\]|\*\*([^*]{1,200})\*\*")
_GROUNDS = re.compile(r"(?:Căn cứ|Theo đề nghị của) ")
HEADING_WORDS = 25  # a longer heading is a sentence, of which the label alone is bold
WIDE = 4  # columns; a table with more stands on a page that lies on its side


@dataclass(frozen=True)
class Run:
    """Words that are set alike, or the mark of the footnote that ``note`` numbers."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph, a table, the two columns at the beginning (``rows``: pairs), or those at the end."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    item: Item = field(default_factory=lambda: Item("", ""))
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words, without the marks of footnotes."""
        return "".join(run.text for run in self.runs)

    @property
    def centred(self) -> bool:
        """Whether the paragraph stands in the middle: titles, the heading of an appendix or of what is carried."""
        return self.kind in ("title", "mark") or self.is_appendix or self.item.label == "KẾ HOẠCH"

    @property
    def is_appendix(self) -> bool:
        """Whether an appendix begins here."""
        return self.kind == "heading" and self.item.label.upper().startswith("PHỤ LỤC")

    @property
    def notes(self) -> tuple[str, ...]:
        """The numbers of the footnotes that the words refer to."""
        return tuple(run.note for run in self.runs if run.note)


def columns(plan: Plan) -> list[tuple[str, str]]:
    """Return the rows of the header as pairs."""
    return [(left.strip(), right.strip()) for left, _, right in (text.partition("||") for text in plan.of("head"))]


def closing(plan: Plan) -> tuple[list[str], list[str]]:
    """Return the two columns at the end: recipients, and signature."""
    recipients = plan.of("recip")
    return (["Nơi nhận:", *(f"- {text}" for text in recipients)] if recipients else []), plan.of("sign")


def notes(plan: Plan) -> dict[str, str]:
    """Return the footnotes by their numbers."""
    return {number: text for number, _, text in (note.partition(" ") for note in plan.of("note"))}


def _runs(text: str, bold: bool, italic: bool) -> tuple[Run, ...]:
    found: list[Run] = []
    at = 0
    for mark in _INLINE.finditer(text):
        found += [Run(text[at : mark.start()], bold, italic)] if mark.start() > at else []
        found.append(Run("", bold, italic, note=mark[1]) if mark[1] else Run(mark[2], True, italic))
        at = mark.end()
    return (*found, Run(text[at:], bold, italic)) if at < len(text) else tuple(found)


def _styled(item: Item, text: str, preamble: bool) -> tuple[Run, ...]:
    if item.kind == "title":
        aside = text.startswith("(") or " | " in text
        return _runs(text, bold=not aside, italic=text.startswith("("))
    if item.kind == "heading":
        if len(item.words.split()) < HEADING_WORDS:
            return _runs(text, bold=True, italic=False)
        return (Run(item.label, bold=True), *_runs(text[len(item.label) :], bold=False, italic=False))
    grounds = preamble and item.kind == "paragraph" and bool(_GROUNDS.match(text))
    return _runs(text, bold=False, italic=grounds or item.kind == "mark")


def _joined(items: list[Item]) -> Iterator[tuple[Item, str]]:
    """Yield the items but the footnotes, and their texts; a sentence that a footnote interrupts goes on."""
    held: Item | None = None
    words = ""
    for item in items:
        if item.kind == "note":
            continue
        words = words + item.text if held else item.text
        held = held or item
        if words.endswith(" \\"):
            words = words[:-1]
            continue
        yield held, words
        held = None


def blocks(plan: Plan) -> Iterator[Block]:
    """Yield the blocks of the document, and of a draft behind it, in reading order; footnotes are in ``notes``."""
    for document in plan.documents():
        yield from _of_one(document)


def _of_one(plan: Plan) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    done: set[str] = set()
    for item, text in _joined(plan.items):
        if item.kind != "row" and rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        if item.kind == "row":
            rows.append(tuple(item.cells))
        elif item.kind == "head":
            if "head" not in done:
                yield Block("head", rows=tuple(columns(plan)))
            done.add("head")
        elif item.kind in ("recip", "sign"):
            if "closing" not in done:
                yield Block("closing", rows=tuple(map(tuple, closing(plan))))
            done.add("closing")
        else:
            done |= {"body"} if item.kind == "heading" else set()
            kind: Kind = item.kind  # type: ignore[assignment]
            yield Block(kind, _styled(item, text, "body" not in done), item)
    if rows:
        yield Block("table", rows=tuple(rows))


def without_label(block: Block) -> tuple[Run, ...]:
    """Return the runs without the label, for a heading whose label the word processor writes."""
    label = block.item.label
    first, *rest = block.runs if block.runs[0].text != label else block.runs[1:]
    return (Run(first.text.removeprefix(label).lstrip(), first.bold, first.italic), *rest)


def weigh_columns(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Return the share of the width that each column of a table takes: by its longest word and its longest cell."""
    weights = []
    for column in zip(*rows, strict=True):
        longest = max(len(word) for cell in column for word in cell.split() or [""])
        weights.append(max(longest + 1.5, max(map(len, column)) ** 0.62))
    return [weight / sum(weights) for weight in weights]


def lies_on_its_side(part: list[Block]) -> bool:
    """Tell whether a part of the document has a table that is too wide for an upright page."""
    return any(len(block.rows[0]) > WIDE for block in part if block.kind == "table")


def parts(plan: Plan) -> list[list[Block]]:
    """Return the blocks by the pages that they begin: the document itself, each appendix, what it is issued with."""
    found: list[list[Block]] = [[]]
    for block in blocks(plan):
        behind = bool(found[-1]) and found[-1][-1].kind == "closing" and block.kind != "after"
        if block.is_appendix or behind:
            found.append([])
        found[-1].append(block)
    return found
