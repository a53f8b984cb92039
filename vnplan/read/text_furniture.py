"""Page numbers, running heads and feet in plain text that was made from pages: they are no part of the paragraphs.

Where form feeds part the pages, what stands beside them tells. Elsewhere a row of rising numbers does, each alone on a
line, a page apart, most of them in the middle of a sentence: the numbers of the rows of a table are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vnplan.model import Block

# yes: 12
# yes: - 3 -
# yes: Trang 2/10
# no:  3. Kinh phí
_NUMBER: Final = re.compile(
    r"[-–—|\s]{0,80}(?P<name>(?:trang|page)\s{0,2})?(?P<number>[0-9]{1,4})(?:\s{0,2}(?:/|of)\s{0,2}[0-9]{1,4})?"
    r"[-–—|\s]{0,80}$",
    re.IGNORECASE,
)
# yes: 12
# yes: 2026
# no:  mười hai
_FIGURES: Final = re.compile(r"[0-9]{1,9}")
# yes: theo quy định.
# yes: nhiệm vụ sau:
# no:  các sở, ban
_ENDS: Final = re.compile(r"[.;:!?]\s{0,9}$")
_LONGEST: Final = 120  # letters of a running head
_PAGE: Final = 15  # lines of the shortest page
_UNEVEN: Final = 3.0  # the longest page against the shortest, the last one left out
_EDGE: Final = 2  # lines of a page that may be furniture, at either end


def leave_furniture(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a text (one a line) without page numbers and running heads, and their pages."""
    if not blocks:
        return []
    if blocks[-1].page > 1:
        return _leave_edges(text, blocks)
    return _leave_numbers(text, blocks)


def _words(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end].strip()


def _leave_edges(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Leave out what stands at the edges of pages that form feeds part."""
    pages: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        pages.setdefault(block.page, []).append(at)
    seen: Counter[tuple[bool, str]] = Counter()
    for members in pages.values():
        for top, at in _edges(members):
            seen[top, _sign(text, blocks[at])] += 1
    offsets = Counter(
        int(found["number"]) - page
        for page, members in pages.items()
        for _, at in _edges(members)
        if (found := _NUMBER.match(_words(text, blocks[at])))
    )
    inner = {_sign(text, blocks[at]) for members in pages.values() for at in members[_EDGE:-_EDGE]}
    usual = offsets.most_common(1)[0][0] if offsets else 0
    gone = set()
    for page, members in pages.items():
        for top, at in _edges(members):
            words = _words(text, blocks[at])
            number = _NUMBER.match(words)
            numbered = number is not None and (bool(number["name"]) or int(number["number"]) - page == usual)
            sign = _sign(text, blocks[at])
            often = seen[top, sign] > max(2, len(pages) // 2) and sign not in inner
            if numbered or (often and len(words) < _LONGEST and number is None and page > 1):
                gone.add(at)
    return [block for at, block in enumerate(blocks) if at not in gone]


def _edges(members: Sequence[int]) -> list[tuple[bool, int]]:
    """Return the first and the last lines of a page, each with whether it is one of the first."""
    if len(members) < 2 * _EDGE + 1:
        return []
    return [*((True, at) for at in members[:_EDGE]), *((False, at) for at in members[-_EDGE:])]


def _sign(text: str, block: Block) -> str:
    return _FIGURES.sub("0", _words(text, block))


def _leave_numbers(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Leave out the numbers of pages that nothing else parts, and count the pages by them."""
    chain: list[tuple[int, int]] = []  # line, number
    for at, block in enumerate(blocks):
        found = _NUMBER.match(text, block.span.start, block.span.end)
        if found is None:
            continue
        number = int(found["number"])
        if not chain and number > 2:
            return list(blocks)  # a table, or a list
        if not chain or (number == chain[-1][1] + 1 and at - chain[-1][0] > _PAGE):
            chain.append((at, number))
    if len(chain) < 2 or not _are_pages(text, blocks, chain):
        return list(blocks)
    kept, page, numbers = [], 1, {at for at, _ in chain}
    below = chain[0][1] == 1  # numbers stand at the foot of their pages
    for at, block in enumerate(blocks):
        if at in numbers:
            page += 1 if not below or at != len(blocks) - 1 else 0
        else:
            kept.append(replace(block, page=page))
    return kept


def _are_pages(text: str, blocks: Sequence[Block], chain: Sequence[tuple[int, int]]) -> bool:
    """Tell whether numbers are those of pages: evenly spread, and most of them in the middle of a sentence."""
    sizes = [after - before for (before, _), (after, _) in pairwise(chain)]
    if max(sizes) > _UNEVEN * min(sizes):
        return False
    inside = 0
    for at, _ in chain:
        before = _words(text, blocks[at - 1]) if at else ""
        after = _words(text, blocks[at + 1]) if at + 1 < len(blocks) else ""
        inside += bool(before and after) and (_ENDS.search(before) is None or after[:1].islower())
    return inside >= len(chain) / 2
