"""The words of one paragraph of a Word file while they are collected, and the blocks that they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vnplan.model import BlockKind, Cell
from vnplan.read.build import SourceBuilder, find_breaks
from vnplan.read.encodings import FontStretch
from vnplan.read.legacy import encoding_of_font


@dataclass(slots=True)
class Runs:
    """The words of one paragraph: how many at its beginning are bold, in which fonts, on which pages."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    size: int = 0
    all_bold: bool = True
    number: int = 0  # length of the automatic number
    pages: list[tuple[int, int]] = field(default_factory=list)  # where words on another page begin, and which it is
    notes: list[tuple[int, str]] = field(default_factory=list)  # where their marks stand, and which they are
    boxes: list[Any] = field(default_factory=list)
    fonts: list[FontStretch] = field(default_factory=list)

    def label(self, words: str) -> None:
        """Begin with an automatic number, which is as bold as the words behind it."""
        self.pieces.append(words)
        self.size = self.bold = self.number = len(words)

    def add(self, words: str, bold: bool, page: int, *, font: str = "", capitals: bool = False) -> None:
        """Append the words of one run; ``capitals`` where small letters are shown as such."""
        if not words:
            return
        if encoding_of_font(font) is not None:
            self.fonts.append(FontStretch(self.size, self.size + len(words), font, capitals))
        elif capitals:
            words = words.upper()
        self.pieces.append(words)
        self.size += len(words)
        if words.isspace():
            self.bold = self.size if self.all_bold else self.bold
            return
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((self.size - len(words), page))
        if self.all_bold and bold:
            self.bold = self.size
        else:
            self.all_bold = False

    def note(self, key: str) -> None:
        """Record the mark of a footnote."""
        self.notes.append((self.size, key))

    def page_at(self, place: int) -> int | None:
        """Return the page on which the words at a place stand, None where there are none."""
        before = [page for at, page in self.pages if at <= place]
        return before[-1] if before else self.pages[0][1] if self.pages else None

    def finish(self) -> tuple[str, int]:
        """Return the words and how many are bold; an automatic number without words is nothing."""
        words = "".join(self.pieces)
        if not words[self.number :].strip():
            return "", 0
        return words, 0 if self.bold <= self.number else self.bold


def write_runs(
    builder: SourceBuilder,
    runs: Runs,
    kind: BlockKind,
    *,
    page: int,
    cell: Cell | None = None,
    centred: bool = False,
    level: int | None = None,
    anchor: int | None = None,
) -> list[tuple[str, int | None]]:
    """Write one paragraph, or those that soft line breaks divide it into.

    Return its footnotes, each with where its mark stands in the text; None where the paragraph has no words.
    """
    words, thick = runs.finish()
    anchors: dict[int, int] = {}
    for start, end, bold in find_breaks(words, thick, centred=centred):
        fonts = [stretch.within(start, end) for stretch in runs.fonts if stretch.end > start and stretch.start < end]
        own = runs.page_at(start)
        builder.add(words[start:end], kind, page=page if own is None else own, cell=cell, bold=bold, centred=centred,
                    level=level, anchor=anchor, fonts=fonts)  # fmt: skip
        first = builder.blocks[-1].span.start
        anchors.update({at: first + min(at, end) - start for at, _ in runs.notes if at >= start})
    return [(key, anchors.get(at)) for at, key in runs.notes]
