"""What stands on PDF pages beside their text: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vnplan.read.pdf_layout import Page, Piece, say

STAMP_NOTE: Final = "a stamp, or the words of a digital signature or of an annotation, were left out"
# yes: - 3 -
# yes: Trang 2/10
# no:  3. Kinh phí
_PAGE_NUMBER: Final = re.compile(
    r"[-–—|\s]{0,4}(?:(?:trang|page)\s{0,2})?[0-9]{1,4}(?:\s{0,2}(?:/|of)\s{0,2}[0-9]{1,4})?[-–—|\s.]{0,4}$", re.I
)
# yes: 12
# yes: 2026
# no:  mười hai
_FIGURES: Final = re.compile(r"[0-9]{1,9}")
_AROUND: Final = 5  # pages on either side that tell a running head
_EDGE: Final = 3  # lines
_MARGIN: Final = 0.06  # of the height of the page
_APART: Final = 1.3  # usual distances between two lines
_LONGEST: Final = 120  # letters of a running head that are compared


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines at the top and at the bottom of a page that stand apart from its text, and their words, by line.

    The words are those that a running head or foot would have on the next page: with other figures.
    """

    lines: frozenset[int] = frozenset()
    words: frozenset[tuple[bool, str]] = frozenset()  # whether at the top, and the words


def find_edges(page: Page) -> Edges:
    """Return the lines that stand apart from the text of a page: a wide gap off, or in its margin."""
    lines = page.lines
    if not lines:
        return Edges()
    pitches = sorted(upper[0].bottom - lower[0].bottom for upper, lower in pairwise(lines))
    wide = _APART * pitches[len(pitches) // 2] if pitches else 0.0
    count = len(lines)
    top = next((at for at in range(1, min(_EDGE, count - 1) + 1)
                if lines[at - 1][0].bottom - lines[at][0].bottom > wide), 0)  # fmt: skip
    foot = next((at for at in range(1, min(_EDGE, count - 1) + 1)
                 if lines[-at - 1][0].bottom - lines[-at][0].bottom > wide), 0)  # fmt: skip
    above, below = page.height * (1 - _MARGIN), page.height * _MARGIN
    upper = {at for at in range(min(_EDGE, count)) if at < top or lines[at][0].bottom > above}
    lower = {count - 1 - at for at in range(min(_EDGE, count)) if at < foot or lines[-1 - at][0].top < below}
    words = {(True, _sign(lines[at])) for at in upper} | {(False, _sign(lines[at])) for at in lower}
    return Edges(frozenset(upper | lower), frozenset(words))


def _sign(line: Sequence[Piece]) -> str:
    return _FIGURES.sub("0", say(line))[:_LONGEST]


def with_furniture(pages: Iterable[Page]) -> Iterator[tuple[Page, frozenset[int]]]:
    """Yield each page with the numbers of its lines that are running heads and feet or page numbers.

    What stands at the edge of most of the pages around a page, or of most of the right-hand or left-hand ones among
    them, is a running head. Only a few pages are held at a time.
    """
    ahead: deque[tuple[Page, Edges]] = deque()
    behind: deque[tuple[int, Edges]] = deque(maxlen=_AROUND)
    for page in pages:
        ahead.append((page, find_edges(page)))
        if len(ahead) > _AROUND:
            yield _settle(ahead, behind)
    while ahead:
        yield _settle(ahead, behind)


def _settle(ahead: deque[tuple[Page, Edges]], behind: deque[tuple[int, Edges]]) -> tuple[Page, frozenset[int]]:
    page, edges = ahead.popleft()
    around = [*behind, *((other.number, found) for other, found in ahead)]
    behind.append((page.number, edges))
    running = {words for words in edges.words if _is_running(words, page.number, around)}
    found = set()
    for at, line in enumerate(page.lines):
        edge = at in (0, len(page.lines) - 1)
        if not edge and at not in edges.lines:
            continue
        words = say(line)
        first = page.number == 1 and at == 0
        numbered = _PAGE_NUMBER.match(words) and (not first or len(page.lines) > _EDGE + 2)
        if numbered or (not first and any((top, _sign(line)) in running for top in (True, False))):
            found.add(at)
    return page, frozenset(found)


def _is_running(words: tuple[bool, str], number: int, around: Sequence[tuple[int, Edges]]) -> bool:
    """Tell whether most of the pages have the words at the same edge, or most of every second page."""
    if not words[1]:
        return False
    same = [other for other, edges in around if words in edges.words]
    faced = [other for other in same if (other - number) % 2 == 0]
    facing = sum((other - number) % 2 == 0 for other, _ in around)
    return len(same) >= 2 and (2 * len(same) >= len(around) or (len(faced) >= 2 and 2 * len(faced) >= facing))
