"""The tree of a document's own numbering, inferred from the sequence of its labels.

No ladder is fixed: a label style that is open goes on, one that is not opens a level below. A prior order of styles
(``Phần`` before ``I.`` before ``1.`` before ``a)`` before ``-``) decides only what the sequence leaves open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from vnplan.limits import LIMITS
from vnplan.model import SectionKind
from vnplan.structure.labels import BULLETS, Label

ROOT = -1
_GREAT = {"attachment": 0, "appendix": 0, "part": 1, "chapter": 2, "division": 3, "subdivision": 4, "article": 5}
OMITTED = frozenset({"attachment", "part", "chapter", "division", "subdivision"})
_RANKS = {"¶H": 6, "A.": 7, "A)": 7, "A/": 7, "A-": 7, "I-": 8, "I.": 8, "I)": 8, "I/": 8, "*": 30, "-": 31, "+": 32}
_HEADING_WORDS = 10


@dataclass(slots=True)
class Draft:
    """A node while the tree is built; positions are of the cleaned text."""

    style: str
    value: int
    element: str
    printed: str
    kind: SectionKind
    parent: int
    start: int
    end: int
    body: int  # where the words after the label begin
    first_end: int  # where the first paragraph (the heading) ends
    page: int = 1
    bold: int = 0
    headed: bool = True  # its first paragraph is a heading, not a sentence
    colon: bool = False
    children: int = 0
    last: int = 0
    level: int | None = None
    cells: tuple[tuple[str, int, int], ...] = ()
    counts: Counter[str] = field(default_factory=Counter)


def rank(style: str) -> int:
    """Return the prior height of a label style; smaller is higher."""
    if style in _GREAT:
        return _GREAT[style]
    if style in _RANKS:
        return _RANKS[style]
    if style.startswith("I.1"):
        return 8 + style.count(".1")
    if style.startswith("1.1"):
        return 13 + style.count(".1")
    if style in ("1.", "1/", "1:", "1-"):
        return 13
    if style in BULLETS or style in "ov":
        return 33
    return 20 + (2 if "1" in style and "a" in style else 0)


class Outline:
    """Nodes in reading order and the stack of those that are open."""

    def __init__(self) -> None:
        self.nodes: list[Draft] = []
        self.stack: list[int] = []
        self.below: set[tuple[str, str]] = set()  # (style, style of the node above it), as met so far
        self.seen: dict[str, int] = {}  # the last value of each style, open or not

    def top(self) -> Draft | None:
        """Return the innermost open node."""
        return self.nodes[self.stack[-1]] if self.stack else None

    def place(self, label: Label, *, bold: bool) -> tuple[str, int] | None:
        """Close what ``label`` closes and return its style and value, or None where it cannot be a label here."""
        readings = ((label.style, label.value), *label.readings)
        if label.value == 0:
            return self._place_unvalued(label)
        if (found := self._continuing(readings)) is not None:
            return found
        if label.prefix and (found := self._below_prefix(label)) is not None:
            return found
        style, value = self._likely(readings)
        at = self._open(style)
        if value == 1 or (at is not None and style in _GREAT):
            if at is not None and not (self._nests(style)):
                self._close_to(at)
            else:
                self._close_for(style)
            return style, value
        if at is not None and self._plausible(at, value, bold):
            self._close_to(at)
            return style, value
        if at is None and (value <= 3 or bold or self.seen.get(style) == value - 1 or label.prefix or style in _GREAT):
            self._close_for(style)
            return style, value
        return None

    def _plausible(self, at: int, value: int, bold: bool) -> bool:
        last = self.nodes[self.stack[at]].value
        return last < value <= last + 4 or bold or value == last or value <= 3

    def _continuing(self, readings: tuple[tuple[str, int], ...]) -> tuple[str, int] | None:
        for at in range(len(self.stack) - 1, -1, -1):
            node = self.nodes[self.stack[at]]
            for style, value in readings:
                if node.style == style and node.value + 1 == value:
                    self._close_to(at)
                    return style, value
        return None

    def _below_prefix(self, label: Label) -> tuple[str, int] | None:
        for at in range(len(self.stack) - 1, -1, -1):
            node = self.nodes[self.stack[at]]
            if node.element == label.prefix and node.style not in _GREAT:
                del self.stack[at + 1 :]
                return label.style, label.value
        at_same = self._open(label.style)
        if at_same is not None:
            self._close_to(at_same)
            return label.style, label.value
        return None

    def _likely(self, readings: tuple[tuple[str, int], ...]) -> tuple[str, int]:
        """Of two readings that nothing continues, the one that begins a list, else the one whose style is open."""
        if len(readings) == 1:
            return readings[0]
        for style, value in readings:
            if value == 1:
                return style, value
        for style, value in readings:
            if self._open(style) is not None:
                return style, value
        return readings[0]

    def _place_unvalued(self, label: Label) -> tuple[str, int]:
        at = self._open(label.style)
        if at is not None and not self._nests(label.style):
            self._close_to(at)
        else:
            self._close_for(label.style)
        return label.style, 0

    def _open(self, style: str) -> int | None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.nodes[self.stack[at]].style == style:
                return at
        return None

    def _nests(self, style: str) -> bool:
        """A style that is open begins anew below the innermost node when that announces a list."""
        top = self.top()
        return top is not None and style not in _GREAT and top.colon and top.style != style and style not in BULLETS

    def _close_to(self, at: int) -> None:
        """Close the node at ``at`` of the stack and all below it."""
        del self.stack[at:]

    def _close_for(self, style: str) -> None:
        """Close what stands lower than ``style`` by the prior order, unless it announces a list or was met above it."""
        height = rank(style)
        while self.stack:
            top = self.nodes[self.stack[-1]]
            if rank(top.style) <= height or (style, top.style) in self.below or (top.colon and style not in _GREAT):
                return
            self.stack.pop()

    def add(self, node: Draft, *, opens: bool = True) -> int:
        """Append ``node`` below the innermost open node and open it; past the depth limit it is not opened."""
        parent = self.stack[-1] if self.stack else ROOT
        node.parent = parent
        if parent != ROOT:
            self.nodes[parent].children += 1
            if opens:
                self.below.add((node.style, self.nodes[parent].style))
        self.nodes.append(node)
        if opens:
            self.seen[node.style] = node.value
            if len(self.stack) < LIMITS.section_depth:
                self.stack.append(len(self.nodes) - 1)
        return len(self.nodes) - 1


def write_paths(nodes: list[Draft]) -> list[str]:
    """Return the path of each node: labels from the top, without Phần and Chương unless numbering starts anew."""
    kept: set[str] = set()
    for _ in range(len(OMITTED)):
        more = _colliding(nodes, kept) - kept
        if not more:
            break
        kept |= more
    paths: list[str] = []
    counters: list[Counter[str]] = []
    root: Counter[str] = Counter()
    used: Counter[str] = Counter()
    taken: set[str] = set()
    above: list[str] = []
    for node in nodes:
        prefix = above[node.parent] if node.parent != ROOT else ""
        counter = counters[node.parent] if node.parent != ROOT else root
        element = node.element
        if node.value == 0 and node.style not in _GREAT:
            if node.parent != ROOT and nodes[node.parent].style in OMITTED:
                prefix = paths[node.parent]
            if node.style != "row":
                counter[node.element] += 1
                element = f"{node.element}{counter[node.element]}"
        path = f"{prefix}.{element}" if prefix else element
        path = _unused(path, used, taken)
        paths.append(path)
        counters.append(Counter())
        above.append(prefix if node.style in OMITTED and node.style not in kept else path)
    return paths


def _unused(path: str, used: Counter[str], taken: set[str]) -> str:
    """Return a path that no node has yet: that, or with the count of the nodes that claim it."""
    used[path] += 1
    found = path if used[path] == 1 else f"{path}({used[path]})"
    while found in taken:
        used[path] += 1
        found = f"{path}({used[path]})"
    taken.add(found)
    return found


def _colliding(nodes: list[Draft], kept: set[str]) -> set[str]:
    """Return the styles left out of paths although two nodes of that style hold the same label.

    Of several that stand above two nodes with one path, the highest that differs is the one to keep.
    """
    above: list[str] = []
    chains: list[tuple[int, ...]] = []  # the nodes left out above each node, the highest first
    first: dict[str, tuple[int, ...]] = {}
    styles: set[str] = set()
    for index, node in enumerate(nodes):
        prefix = above[node.parent] if node.parent != ROOT else ""
        chain = chains[node.parent] if node.parent != ROOT else ()
        path = f"{prefix}.{node.element}" if prefix else node.element
        omitted = node.style in OMITTED and node.style not in kept
        if node.value and not omitted:
            earlier = first.setdefault(path, chain)
            if earlier != chain:
                styles.add(_first_difference(nodes, earlier, chain))
        above.append(prefix if omitted else path)
        chains.append((*chain, index) if omitted else chain)
    return styles


def _first_difference(nodes: list[Draft], a: tuple[int, ...], b: tuple[int, ...]) -> str:
    for one, other in zip(a, b, strict=False):
        if one != other:
            return nodes[other].style
    longer = a if len(a) > len(b) else b
    return nodes[longer[min(len(a), len(b))]].style
