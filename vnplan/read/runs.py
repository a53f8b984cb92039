"""The words of one paragraph of a Word file while they are collected, and the blocks that they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vnplan.model import BlockKind, Cell
from vnplan.read.build import SourceBuilder, takes_power
from vnplan.read.encodings import FontStretch
from vnplan.read.legacy import encoding_of_font
from vnplan.read.notes import Marks, figure_key, is_mark


@dataclass(slots=True)
class Runs:
    """The words of one paragraph: how many at its beginning are bold, in which fonts, on which pages."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    size: int = 0
    all_bold: bool = True
    number: int = 0  # length of the automatic number
    pages: list[tuple[int, int]] = field(default_factory=list)  # where words on another page begin, and which it is
    notes: list[tuple[str, int]] = field(default_factory=list)  # keys, with the places of their marks
    note: str | None = None  # a footnote that was set by hand, which begins here
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

    def mark(self, key: str) -> None:
        """Record the mark of a footnote."""
        self.notes.append((key, self.size))

    def take_mark(self, words: str, marks: Marks) -> bool:
        """Take a figure above the line that marks a footnote set by hand, or begins one; return whether it is that."""
        before, key = "".join(self.pieces[-2:]), figure_key(words)
        if not is_mark(words) or takes_power(before.rstrip()):
            return False
        if before.strip():
            self.mark(key)
            marks.seen.add(key)
        elif key in marks.seen:
            self.note = key
        else:
            return False
        return True

    def finish(self) -> tuple[str, int]:
        """Return the words and how many are bold; an automatic number without words is nothing."""
        words = "".join(self.pieces)
        if not words[self.number :].strip():
            return "", 0
        return words, 0 if self.bold <= self.number else self.bold

    def write(
        self,
        builder: SourceBuilder,
        kind: BlockKind,
        *,
        page: int,
        note: str | None = None,
        cell: Cell | None = None,
        centred: bool = False,
        level: int | None = None,
    ) -> None:
        """Write the paragraph; ``page`` is the one that it ends on."""
        words, bold = self.finish()
        builder.add_paragraph(
            words,
            kind,
            bold=bold,
            marks=self.notes,
            note=note,
            page=page,
            pages=self.pages,
            cell=cell,
            centred=centred,
            level=level,
            fonts=self.fonts,
        )
