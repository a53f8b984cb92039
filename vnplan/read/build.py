"""How readers put a :class:`Source` together: text and blocks grow side by side, so that no span can be wrong."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from vnplan.errors import ReadError
from vnplan.model import Block, BlockKind, Cell, Problem, Source, Span, TextFrom
from vnplan.read.legacy import convert_legacy, from_tcvn3, from_vni
from vnplan.read.notes import Marks
from vnplan.text import hangs, takes_power

if TYPE_CHECKING:
    from vnplan.limits import Limits

__all__ = ["Origin", "SourceBuilder", "make_source", "split_breaks", "takes_power", "too_long"]

# yes: - Sở Y tế
# yes: a) Nội dung
# yes: Điều 3.
# no:  100 người
_LABELLED: Final = re.compile(r"\s{0,9}(?:[-–+•*]|[0-9IVXLC]{1,7}[.)][ ]|[a-zđ]\)|Điều[ ][0-9])")
_FULL_LINE: Final = 35  # characters; a shorter line ends where its author meant it to


@dataclass(slots=True)
class Origin:
    """The file that is being read: its name, its bytes, the budgets, and the encoding it was delivered as."""

    name: str
    data: bytes
    limits: Limits
    charset: str | None = None

    def fail(self, code: str, what: str) -> ReadError:
        """Return the error for this file; ``what`` says what happened and what to do."""
        return ReadError(code, f"{self.name}: {what}")


def too_long(origin: Origin) -> ReadError:
    """Return the error for a text beyond the limit."""
    most = f"{origin.limits.text:,}"
    return origin.fail("too-big", f"the text is longer than {most} characters; split the file or raise Limits.text")


@dataclass(slots=True)
class SourceBuilder:
    """Collects blocks in reading order; ``build`` joins their texts with line feeds."""

    origin: Origin
    problems: list[Problem] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    _length: int = 0

    def add(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        *,
        page: int = 1,
        cell: Cell | None = None,
        bold: int = 0,
        centred: bool = False,
        level: int | None = None,
        anchor: int | None = None,
        doubtful: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Append one block; ``bold`` counts the bold characters at its beginning. Blank text is no block.

        Line feeds may stand inside a cell or footnote only. ``anchor`` is the place of a footnote's mark in the text
        so far, ``doubtful`` are the stretches of ``text`` that OCR was not sure of.
        """
        if not text or text.isspace():
            return
        start = self._length
        self._parts.append(text)
        self._length += len(text) + 1
        if self._length > self.origin.limits.text:
            raise too_long(self.origin)
        self.blocks.append(Block(Span(start, start + len(text)), kind, page, cell, bold, centred, level, anchor))
        self.doubtful += (Span(start + first, start + last) for first, last in doubtful)

    def add_paragraph(
        self,
        words: str,
        kind: BlockKind,
        *,
        bold: int = 0,
        marks: Iterable[tuple[str, int]] = (),
        note: str | None = None,
        page: int = 1,
        cell: Cell | None = None,
        centred: bool = False,
        level: int | None = None,
        strip: bool = False,
    ) -> None:
        """Append a paragraph, or those that soft line breaks divide it into.

        ``marks`` are the keys of the notes whose marks stood in it, with their places in ``words``; ``note`` is the key
        of the note that the paragraph belongs to. ``strip`` takes off the spaces at its end.
        """
        waiting, at = sorted(marks, key=lambda mark: mark[1]), 0
        anchor = None if note is None else self.marks.note_at(note)
        parts = split_breaks(words, bold, centred=centred)
        for number, (part, thick) in enumerate(parts, 1):
            start, part = words.index(part, at), part.rstrip(" ") if strip else part
            at, begin = start + len(part), self._length
            self.add(
                part,
                kind,
                page=page,
                cell=cell,
                bold=min(thick, len(part)),
                centred=centred,
                level=level,
                anchor=anchor,
            )
            while waiting and (waiting[0][1] <= at or number == len(parts)):
                key, place = waiting.pop(0)
                self.marks.places[key] = begin + min(max(place - start, 0), len(part))

    def drop_last(self) -> None:
        """Take back the last block."""
        if self.blocks:
            start = self.blocks.pop().span.start
            while self._parts and self._length > start:
                self._length -= len(self._parts.pop()) + 1

    def add_gap(self) -> None:
        """Leave one blank line, so that the lines before and behind it are not taken for one paragraph."""
        if self._parts and self._parts[-1]:
            self._parts.append("")
            self._length += 1

    def add_problem(self, code: str, message: str) -> None:
        """Record a problem of the whole file, once per code."""
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(code, message))

    @property
    def text(self) -> str:
        """The text so far."""
        return "\n".join(self._parts)

    def build(
        self,
        media_type: str,
        text_from: TextFrom,
        *,
        pages: int = 1,
        title: str | None = None,
        page_confidence: tuple[float | None, ...] = (),
    ) -> Source:
        """Return the finished source; text in an old encoding (TCVN3, VNI) is converted."""
        self._convert()
        source = make_source(
            self.origin,
            self.text,
            tuple(self.blocks),
            media_type,
            text_from,
            pages=pages,
            title=title,
            problems=tuple(self.problems),
        )
        return replace(source, page_confidence=page_confidence, doubtful=tuple(self.doubtful))

    def _convert(self) -> None:
        converted = convert_legacy(self.text)
        if converted is None:
            return
        convert = from_tcvn3 if converted[1] == "tcvn3" else from_vni
        text, blocks, doubts = self.text, self.blocks, self.doubtful[::-1]
        self._parts, self.blocks, self.doubtful, self._length = [], [], [], 0
        end, starts = 0, [block.span.start for block in blocks]
        for block in blocks:
            if block.span.start > end + 1:
                self.add_gap()
            end = block.span.end
            words = text[block.span.start : end]
            bold = len(convert(words[: block.bold]))
            anchor = block.anchor
            if anchor is not None:  # the block in which the mark stood is converted already
                index = max(bisect_right(starts, anchor) - 1, 0)
                at = starts[index]
                anchor = (
                    self.blocks[index].span.start + len(convert(text[at:anchor])) if index < len(self.blocks) else None
                )
            doubtful = []
            while doubts and doubts[-1].start < end:
                place, at = doubts.pop(), block.span.start
                doubtful.append((len(convert(text[at : place.start])), len(convert(text[at : place.end]))))
            self.add(convert(words), block.kind, page=block.page, cell=block.cell, bold=bold, centred=block.centred,
                     level=block.level, anchor=anchor, doubtful=doubtful)  # fmt: skip
        self.add_problem(f"converted:{converted[1]}", f"the text was converted from {converted[1]}")


def split_breaks(words: str, bold: int, *, centred: bool = False) -> list[tuple[str, int]]:
    """Return the paragraphs that soft line breaks divide one into, each with how much of its beginning is bold.

    A break in the middle of a sentence divides nothing: before a small letter, and behind a full line that no mark
    ends. The line feed then stays inside the paragraph.

    >>> split_breaks("KẾ HOẠCH\\nThực hiện", 8, centred=True)
    [('KẾ HOẠCH', 8), ('Thực hiện', 0)]
    >>> split_breaks("chủ trương, đường lối, chính sách của\\nĐảng", 0)
    [('chủ trương, đường lối, chính sách của\\nĐảng', 0)]
    """
    parts: list[list[str]] = []  # the lines of each paragraph
    thick: list[int] = []
    start = 0
    blank = all_bold = False
    for line in words.split("\n"):
        at, start = start, start + len(line) + 1
        if not line.strip():
            blank = True
            continue
        here = max(0, min(bold - at, len(line)))
        apart, blank = blank, False
        if parts and not apart and _goes_on(parts[-1][-1], thick[-1] > 0, line, here, centred):
            parts[-1].append(line)
            thick[-1] += 1 + here if all_bold and here else 0
        else:
            parts.append([line])
            thick.append(here)
            all_bold = True
        all_bold = all_bold and here == len(line)
    return [("\n".join(lines), count) for lines, count in zip(parts, thick, strict=True)]


def _goes_on(before: str, before_bold: bool, line: str, bold: int, centred: bool) -> bool:
    words = before.rstrip()
    first = line.lstrip()[0]
    if hangs(words, first):
        return True
    if first.islower() and not _LABELLED.match(line):
        return words[-1] not in ".;:" or words.endswith("...")
    if centred or _LABELLED.match(line) or words[-1] in ".;:,!?/" or len(words) < _FULL_LINE:
        return False
    return before_bold == (bold > 0)


def make_source(
    origin: Origin,
    text: str,
    blocks: tuple[Block, ...],
    media_type: str,
    text_from: TextFrom,
    *,
    pages: int = 1,
    title: str | None = None,
    problems: tuple[Problem, ...] = (),
) -> Source:
    """Return a source for the bytes of ``origin``."""
    return Source(
        name=origin.name,
        sha256=hashlib.sha256(origin.data).hexdigest(),
        media_type=media_type,
        text=text,
        blocks=blocks,
        text_from=text_from,
        pages=pages,
        title=" ".join(title.split()) or None if title else None,
        problems=problems,
    )
