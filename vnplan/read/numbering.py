"""The automatic numbers of Word files, as Word shows them ("I.", "2.1.", "a)", "-")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vnplan.read.docx_parts import W
from vnplan.read.docx_styles import get_value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts, and how its numbers look."""

    start: int
    shape: str
    text: str
    joins: str  # what stands between the number and the words
    legal: bool
    restarts_after: int  # levels below this one begin it anew


class Lists:
    """Counts the numbered paragraphs of one document in reading order.

    A paragraph names a list; lists that stand for one abstract list share its levels and its counts.
    """

    def __init__(self) -> None:
        self._levels: dict[str, dict[int, Level]] = {}  # by abstract list
        self._abstract: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}  # by list
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()

    def define(self, abstract: str, levels: dict[int, Level]) -> None:
        """Say what the levels of an abstract list are."""
        self._levels[abstract] = levels

    def add(self, key: str, abstract: str, starts: Mapping[int, int], levels: Mapping[int, Level]) -> None:
        """Add a list, with the starts and the levels that it has of its own."""
        self._abstract[key] = abstract
        self._starts.update({(key, level): start for level, start in starts.items()})
        self._overrides.setdefault(key, {}).update(levels)

    def count(self, key: str, level: int, abstract: str | None = None) -> str:
        """Count a paragraph of a list; return its number with what follows it ("2.1. "), "" when it shows none."""
        abstract = self._abstract.get(key, "-") if abstract is None else abstract
        levels = {**self._levels.get(abstract, {}), **self._overrides.get(key, {})}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * 10)
        if (key, level) in self._starts and (key, level) not in self._started:
            self._started.add((key, level))
            counts[level] = self._starts[key, level]
        else:
            counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        for deeper in range(level + 1, 10):
            if deeper not in levels or levels[deeper].restarts_after > level:
                counts[deeper] = 0
        return _write(levels, level, counts)


class Numbering(Lists):
    """The lists of a .docx, as its part ``numbering.xml`` defines them."""

    def __init__(self, root: Any, style_numbering: Callable[[str | None], tuple[str, int]]) -> None:
        super().__init__()
        self._of_style = style_numbering
        self._links: dict[str, str] = {}  # abstract list -> the style whose list it stands for
        for abstract in () if root is None else root.iter(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self.define(key, {_depth(level.get(W + "ilvl")): _level(level) for level in abstract.iter(W + "lvl")})
            if (link := get_value(abstract, "numStyleLink")) is not None:
                self._links[key] = link
        for num in () if root is None else root.iter(W + "num"):
            self._add_list(num)

    def _add_list(self, num: Any) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in num.iter(W + "lvlOverride"):
            level, start = _depth(override.get(W + "ilvl")), get_value(override, "startOverride")
            if start is not None:
                starts[level] = _integer(start)
            if (own := override.find(W + "lvl")) is not None:
                levels[level] = _level(own)
        self.add(num.get(W + "numId", ""), get_value(num, "abstractNumId") or "", starts, levels)

    def label(self, properties: Any, style: str | None) -> str:
        """Return the number of a paragraph with what follows it ("2.1. "), or "" when it has none; counts it."""
        element = None if properties is None else properties.find(W + "numPr")
        key, level = self._of_style(style)
        if element is not None:
            key = get_value(element, "numId") or key
            depth = get_value(element, "ilvl")
            level = level if depth is None else _depth(depth)
        abstract = self._abstract.get(key, "-")
        if (link := self._links.get(abstract)) is not None:
            abstract = self._abstract.get(self._of_style(link)[0], "-")
        return self.count(key, level, abstract)


def _write(levels: Mapping[int, Level], level: int, counts: list[int]) -> str:
    shown = levels[level]
    if shown.shape == "none":
        return ""
    if shown.shape == "bullet":
        return (shown.text if shown.text in ("-", "+", "*") else "-") + " "

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        source = levels.get(at, shown)
        shape = "decimal" if shown.legal and source.shape != "bullet" else source.shape
        return format_number(counts[at] or source.start, shape)

    words = _PLACE.sub(number, shown.text)
    return words + shown.joins if words.strip() else ""


def format_number(number: int, shape: str) -> str:
    """Return ``number`` in one of Word's number formats; an unknown format counts in Arabic figures.

    >>> format_number(4, "upperRoman"), format_number(3, "lowerLetter"), format_number(2, "decimalZero")
    ('IV', 'c', '02')
    """
    if shape in ("upperRoman", "lowerRoman"):
        words = _roman(number)
        return words if shape == "upperRoman" else words.lower()
    if shape in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 2600 else str(number)
        return letter.upper() if shape == "upperLetter" else letter
    return f"{number:02d}" if shape == "decimalZero" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        words += letters * (number // value)
        number %= value
    return words


def _level(element: Any) -> Level:
    joins = {"nothing": "", "space": " "}.get(get_value(element, "suff") or "tab", " ")
    restart = get_value(element, "lvlRestart")
    return Level(
        _integer(get_value(element, "start") or "1"),
        get_value(element, "numFmt") or "decimal",
        get_value(element, "lvlText") or "",
        joins,
        element.find(W + "isLgl") is not None,
        9 if restart is None else _integer(restart),
    )


def _depth(value: str | None) -> int:
    return min(_integer(value), 8)  # Word has nine levels


def _integer(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 0
