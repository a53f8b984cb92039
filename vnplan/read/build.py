"""How readers put a :class:`Source` together: text and blocks grow side by side, so that no span can be wrong."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from vnplan.errors import ReadError
from vnplan.model import Block, BlockKind, Cell, Problem, Source, Span, TextFrom
from vnplan.read.encodings import Change, FontStretch, find_changes, move, rewrite
from vnplan.read.legacy import ENCODINGS
from vnplan.read.notes import Marks
from vnplan.text import hangs, takes_power

if TYPE_CHECKING:
    from vnplan.limits import Limits

__all__ = ["FontStretch", "Origin", "SourceBuilder", "make_source", "split_breaks", "takes_power", "too_long"]

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
    fonts: dict[int, tuple[FontStretch, ...]] = field(default_factory=dict)  # by the number of their block
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
        doubtful: Collection[tuple[int, int]] = (),
        fonts: Collection[FontStretch] = (),
        goes_on: bool = False,
    ) -> None:
        """Append one block; ``bold`` counts the bold characters at its beginning. Blank text is no block.

        A line that ``goes_on`` with the paragraph of the line before stands behind a space, not behind a line feed.
        Line feeds may stand inside a cell or footnote only. ``anchor`` is the place of a footnote's mark in the text
        so far, ``doubtful`` are the stretches of ``text`` that OCR was not sure of, ``fonts`` those in old fonts.
        """
        if not text or text.isspace():
            return
        start = self._length
        if goes_on and self._parts and self._parts[-1]:
            self._parts[-1] += f" {text}"
        else:
            self._parts.append(text)
        self._length += len(text) + 1
        if self._length > self.origin.limits.text:
            raise too_long(self.origin)
        if fonts:
            self.fonts[len(self.blocks)] = tuple(fonts)
        self.blocks.append(Block(Span(start, start + len(text)), kind, page, cell, bold, centred, level, anchor))
        if doubtful:
            self.doubtful += [Span(start + first, start + last) for first, last in doubtful]

    def add_paragraph(
        self,
        words: str,
        kind: BlockKind,
        *,
        bold: int = 0,
        marks: Iterable[tuple[str, int]] = (),
        note: str | None = None,
        page: int = 1,
        pages: Sequence[tuple[int, int]] = (),
        cell: Cell | None = None,
        centred: bool = False,
        level: int | None = None,
        strip: bool = False,
        fonts: Iterable[FontStretch] = (),
    ) -> None:
        """Append a paragraph, or those that soft line breaks divide it into.

        ``marks`` are the keys of the notes whose marks stood in it, with their places in ``words``; ``note`` is the key
        of the note that the paragraph belongs to. ``pages`` says where words on another page than ``page`` begin.
        ``strip`` takes off the spaces at its end.
        """
        waiting = sorted(marks, key=lambda mark: mark[1])
        anchor = None if note is None else self.marks.note_at(note)
        stretches = tuple(fonts)
        parts = find_breaks(words, bold, centred=centred)
        for number, (start, end, thick) in enumerate(parts, 1):
            part = words[start:end].rstrip(" ") if strip else words[start:end]
            end, begin = start + len(part), self._length
            self.add(
                part,
                kind,
                page=_page_at(pages, start, page),
                cell=cell,
                bold=min(thick, len(part)),
                centred=centred,
                level=level,
                anchor=anchor,
                fonts=[one.within(start, end) for one in stretches if one.end > start and one.start < end],
            )
            while waiting and (waiting[0][1] <= end or number == len(parts)):
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
        """Rewrite what is in an old encoding; places in the text move with it."""
        text, blocks, doubtful = self.text, self.blocks, self.doubtful
        changes = find_changes([text[block.span.start : block.span.end] for block in blocks], self.fonts)
        if not changes:
            return
        self._parts, self.blocks, self.doubtful, self._length = [], [], [], 0
        old = [block.span.start for block in blocks]
        new: list[int] = []

        def moved(place: int) -> int:
            index = bisect_right(old, place) - 1
            if index < 0:
                return place
            own = blocks[index].span
            return new[index] + move(text[own.start : own.end], changes.get(index, ()), place - own.start)

        end = 0
        for index, block in enumerate(blocks):
            if block.span.start > end + 1:
                self.add_gap()
            goes_on = index > 0 and text[end : block.span.start] == " "
            end = block.span.end
            new.append(self._length)
            words, own = text[block.span.start : end], changes.get(index, ())
            anchor = None if block.anchor is None else moved(block.anchor)
            self.add(rewrite(words, own), block.kind, page=block.page, cell=block.cell, anchor=anchor, goes_on=goes_on,
                     bold=move(words, own, block.bold), centred=block.centred, level=block.level)  # fmt: skip
        self.doubtful = [Span(moved(span.start), moved(span.end)) for span in doubtful]
        self._report_changes(changes)

    def _report_changes(self, changes: Mapping[int, Sequence[Change]]) -> None:
        for encoding in ENCODINGS:
            count = sum(any(change.encoding == encoding for change in own) for own in changes.values())
            if count:
                what = f"{count} of {len(self.blocks)} paragraphs were converted from {encoding}"
                self.add_problem(f"converted:{encoding}", what)


def _page_at(pages: Sequence[tuple[int, int]], place: int, page: int) -> int:
    """Return the page of a place of a paragraph, given where its pages begin."""
    before = [own for at, own in pages if at <= place]
    return before[-1] if before else pages[0][1] if pages else page


def split_breaks(words: str, bold: int, *, centred: bool = False) -> list[tuple[str, int]]:
    """Return the paragraphs that soft line breaks divide one into, each with how much of its beginning is bold.

    A break in the middle of a sentence divides nothing: before a small letter, and behind a full line that no mark
    ends. The line feed then stays inside the paragraph.

    >>> split_breaks("KẾ HOẠCH\\nThực hiện", 8, centred=True)
    [('KẾ HOẠCH', 8), ('Thực hiện', 0)]
    >>> split_breaks("chủ trương, đường lối, chính sách của\\nĐảng", 0)
    [('chủ trương, đường lối, chính sách của\\nĐảng', 0)]
    """
    return [(words[start:end], count) for start, end, count in find_breaks(words, bold, centred=centred)]


def find_breaks(words: str, bold: int, *, centred: bool = False) -> list[tuple[int, int, int]]:
    """Return where the paragraphs of :func:`split_breaks` begin and end, and how much of each is bold."""
    found: list[list[int]] = []
    start = 0
    before = ""
    blank = all_bold = False
    for line in words.split("\n"):
        at, start = start, start + len(line) + 1
        if not line.strip():
            blank = True
            continue
        here = max(0, min(bold - at, len(line)))
        apart, blank = blank, False
        if found and not apart and _goes_on(before, found[-1][2] > 0, line, here, centred):
            found[-1][1] = start - 1
            found[-1][2] += 1 + here if all_bold and here else 0
        else:
            found.append([at, start - 1, here])
            all_bold = True
        all_bold = all_bold and here == len(line)
        before = line
    return [(first, end, count) for first, end, count in found]


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
