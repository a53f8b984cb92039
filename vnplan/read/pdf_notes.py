"""Footnotes on PDF pages: the lines at the foot of a page that belong to a mark in its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vnplan.read.pdf_layout import Piece, say, usual_height

_SMALL: Final = 0.93  # of the usual height of letters: less is small print
_OVER: Final = 3.0  # points by which the highest letter of a note may reach over the rule above it
_NOTES: Final = 20  # of one page
_FOOT: Final = 0.5  # of the lines of a page: notes as large as the text begin below
# yes: 1 Theo báo cáo
# yes: (2) Nghị quyết
# no:  100 xã
_NUMBERED: Final = re.compile(r"[(\[]?([0-9]{1,3}|\*)[)\].]?[ ]{0,3}(?=[^\W\d_])")
# yes: 1 Theo báo cáo
# yes: 2Số liệu
# no:  1. Theo báo cáo
_AFTER_RULE: Final = re.compile(r"([0-9]{1,3})[ ]?(?=[A-ZĐÁÀẢÂĂÊÔƠÚÝƯỦÍÌ])")
# yes: trong năm 2025.
# yes: của tỉnh;”
# no:  của các xã
_ENDS: Final = re.compile(r"[.;!?…][\"”')]{0,2}$")


@dataclass(slots=True)
class Note:
    """A footnote: its mark without brackets, its words, the page that it begins on."""

    mark: str
    words: str
    page: int

    def add(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Add lines in which it goes on."""
        self.words = "\n".join([self.words, *map(say, lines)]).strip()

    @property
    def is_open(self) -> bool:
        """Whether it may go on at the foot of the next page."""
        return _ENDS.search(self.words[-4:]) is None


def bare(mark: str) -> str:
    """Return a mark without its brackets.

    >>> bare("(1)")
    '1'
    """
    return mark.strip(" ()[]")


def split_notes(
    lines: list[list[Piece]], page: int, last: Note | None, foot: float = 0.0
) -> tuple[list[list[Piece]], list[list[Piece]], list[Note]]:
    """Return the lines of a page without its footnotes, the lines that go on with the ``last`` note, and the notes.

    Footnotes stand at the foot of the page, smaller than its text; each begins with a small figure above the line, or
    with a figure that stands above the line in the text. With the first of the two they may be as large as the text.
    A recognised page tells no small figures: there they are what begins with a figure below the short rule at ``foot``.
    """
    if foot and (start := _below_rule(lines, foot)):
        mark = _AFTER_RULE.match(say(lines[start]))
        first = int(mark[1]) if mark else 1
        marks = {str(number) for number in range(first, first + _NOTES)}
        return lines[:start], [], _divide(lines[start:], marks, page)
    goes_on = last is not None and last.is_open
    raised = any(piece.raised for line in lines for piece in line)
    if not lines or not (raised or goes_on):
        return lines, [], []
    small = _SMALL * usual_height(lines)
    first = len(lines)
    while first and max(piece.top - piece.bottom for piece in lines[first - 1]) < small:
        first -= 1
    marks = {bare(piece.words) for line in lines[:first] for piece in line[1:] if piece.raised}
    start = next((at for at in range(first, len(lines)) if _mark(lines[at], marks)), len(lines))
    if goes_on and first < start and first > 0 and _stands_apart(lines, first):
        return lines[:first], lines[first:start], _divide(lines[start:], marks, page)
    if start == len(lines):
        start = _find_large(lines)
    return lines[:start], [], _divide(lines[start:], marks, page)


def _below_rule(lines: Sequence[Sequence[Piece]], foot: float) -> int:
    """Return where small lines begin below a rule, the first of them with a figure; 0 where none do."""
    start = next((at for at, line in enumerate(lines) if line[0].top < foot + _OVER), 0)
    if not start or not _AFTER_RULE.match(say(lines[start])):
        return 0
    return start if usual_height(lines[start:]) < _SMALL * usual_height(lines[:start]) else 0


def _find_large(lines: Sequence[Sequence[Piece]]) -> int:
    """Return where notes as large as the text begin: with a figure above the line that the text has too."""
    marks: set[str] = set()
    for at, line in enumerate(lines):
        if at > _FOOT * len(lines) and line[0].raised and bare(line[0].words) in marks:
            return at
        marks |= {bare(piece.words) for piece in line[1:] if piece.raised}
    return len(lines)


def _stands_apart(lines: Sequence[Sequence[Piece]], at: int) -> bool:
    above, line = lines[at - 1][0], lines[at][0]
    return above.bottom - line.top > 0.3 * (line.top - line.bottom)


def _mark(line: Sequence[Piece], marks: set[str]) -> str:
    """Return the mark that a line of a note begins with, or nothing."""
    if line[0].raised:
        return bare(line[0].words)
    found = _NUMBERED.match(say(line))
    return found[1] if found and found[1] in marks else ""


def _divide(lines: Sequence[Sequence[Piece]], marks: set[str], page: int) -> list[Note]:
    notes: list[Note] = []
    for line in lines:
        mark = _mark(line, marks)
        if mark and line[0].raised:
            notes.append(Note(mark, say(line[1:]), page))
        elif mark:
            notes.append(Note(mark, _NUMBERED.sub("", say(line), count=1), page))
        elif notes:
            notes[-1].add([line])
    return notes
