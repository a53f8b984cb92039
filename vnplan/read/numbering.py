"""The automatic numbers of Word files, as Word shows them ("I.", "2.1.", "a)", "-")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vnplan.read.docx_parts import W

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    shape: str
    text: str
    joins: str  # what stands between the number and the words
    legal: bool


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, root: Any, styles: Mapping[str, tuple[str, int]]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        for abstract in () if root is None else root.iter(W + "abstractNum"):
            levels = {_integer(level.get(W + "ilvl")): _level(level) for level in abstract.iter(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for num in () if root is None else root.iter(W + "num"):
            key = num.get(W + "numId", "")
            link = num.find(W + "abstractNumId")
            self._abstract[key] = "" if link is None else link.get(W + "val", "")
            for override in num.iter(W + "lvlOverride"):
                level, start = _integer(override.get(W + "ilvl")), override.find(W + "startOverride")
                if start is not None:
                    self._starts[key, level] = _integer(start.get(W + "val"))

    def label(self, properties: Any, style: str | None) -> str:
        """Return the number of a paragraph with what follows it ("2.1. "), or "" when it has none; counts it."""
        element = None if properties is None else properties.find(W + "numPr")
        key, level = self._styles.get(style or "", ("", 0))
        if element is not None:
            number, depth = element.find(W + "numId"), element.find(W + "ilvl")
            key = key if number is None else number.get(W + "val", "")
            level = level if depth is None else _integer(depth.get(W + "val"))
        levels = self._levels.get(self._abstract.get(key, "-"))
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[key], [0] * 10)
        if (key, level) in self._starts and (key, level) not in self._started:
            self._started.add((key, level))
            counts[level] = self._starts[key, level]
        else:
            counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        for deeper in range(level + 1, 10):
            counts[deeper] = 0
        return _write(levels, level, counts)


def _write(levels: Mapping[int, _Level], level: int, counts: list[int]) -> str:
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


def _level(element: Any) -> _Level:
    def value(name: str, default: str) -> str:
        child = element.find(W + name)
        return default if child is None else child.get(W + "val", default)

    joins = {"nothing": "", "space": " "}.get(value("suff", "tab"), " ")
    start = _integer(value("start", "1"))
    return _Level(start, value("numFmt", "decimal"), value("lvlText", ""), joins, element.find(W + "isLgl") is not None)


def _integer(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 0
