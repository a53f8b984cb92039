"""When one target is weaker than another of the same indicator: by value, population, time or commitment.

Each of the four is an order of its own, the same for every pair: antisymmetric, and transitive on what is comparable
(docs/findings.md has the table).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from vnplan.compare.restriction import restrictions
from vnplan.compare.words import entries, plain, syllables
from vnplan.model import Target

_PARTS = re.compile(r"[,;]|[ ]và[ ]|[ ]hoặc[ ]")
Direction = Literal["rise", "fall"]
_FALLING: Final = frozenset({"at_most", "below", "decrease_by", "decrease_to"})
_CHANGES: Final = frozenset({"increase_by", "decrease_by"})
_PLACES: Final = frozenset({"bậc", "hạng", "thứ bậc", "thứ hạng", "vị trí"})  # of a ranking
_HEDGED: Final = {"about": 2}
_UNITS: Final = {"phần trăm": "%", "percent": "%", "trẻ": "trẻ em", "cháu": "trẻ em", "hộ gia đình": "hộ"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a child's target stands to a parent's: -1 weaker, 0 equal, 1 stronger, None not comparable."""

    value: int | None
    population: int | None
    horizon: int | None
    softness: int | None
    reason: str | None = (
        None  # why the values are not comparable: "unit", "count", "direction", "change", "rate", "rank"
    )

    @property
    def weaker(self) -> tuple[str, ...]:
        """The ways in which the child's is weaker, the gravest first (the ``by`` of a finding)."""
        ways = (
            ("value", self.value),
            ("narrowed", self.population),
            ("later", self.horizon),
            ("softer", self.softness),
        )
        return tuple(name for name, sign in ways if sign == -1)


def direction(target: Target) -> Direction:
    """Return whether the target's value should rise or fall.

    The comparator decides, then the words: "giảm tỷ lệ hộ nghèo xuống 3%" falls, "hộ nghèo được hỗ trợ" rises.
    """
    if target.comparator in _FALLING:
        return "fall"
    if target.comparator in ("at_least", "above", "increase_by", "increase_to"):
        return "rise"
    return _direction_of_words(plain(f"{target.outcome or ''} {target.population or ''} {target.condition or ''}"))


@lru_cache(maxsize=4096)
def _direction_of_words(words: str) -> Direction:
    def holds(name: str) -> bool:
        spaced = f" {words} "
        return any(f" {entry} " in spaced for entry in entries(name))

    return "fall" if holds("falling.txt") and not holds("rising.txt") else "rise"


def unit_of(target: Target) -> str:
    """Return the unit as it is compared."""
    unit = plain(target.unit)
    return _UNITS.get(unit, unit)


def is_intensive(target: Target) -> bool:
    """Return whether the value does not depend on how many people or places there are: a rate, a duration, a score."""
    unit = unit_of(target)
    per_item = plain(target.population or "").startswith(("mỗi ", "từng "))
    return unit in entries("intensive_units.txt") or "/" in unit or per_item


def is_rank(target: Target) -> bool:
    """Return whether the value is a place in a ranking, which another document words in quite another way."""
    return target.comparator in ("at_most", "below", "equal") and unit_of(target) in entries("rank_units.txt")


def is_climb(target: Target) -> bool:
    """Return whether the value is a number of places to climb in a ranking ("tăng 3 bậc"), which the ranked unit does.

    A unit below it has no such place, and says in other words what it does for it.
    """
    return target.comparator in _CHANGES and unit_of(target) in _PLACES


@lru_cache(maxsize=4096)
def year_of(horizon: str | None) -> str | None:
    """Return the last day that an EDTF horizon leaves ("2025": end of 2025), in an order of strings.

    >>> year_of("2025-12-31") == year_of("2025"), year_of("2025-06-30") < year_of("2025")
    (True, True)
    """
    if not horizon:
        return None
    last = horizon.split("/")[-1]
    if not last[:4].isdigit():
        return None
    if last[4:] in ("-12", "-12-31"):
        return last[:4] + "-99-99"
    return last + "-99-99"[: 10 - len(last)] if len(last) in (4, 7, 10) else last[:4] + "-99-99"


def hedge(target: Target) -> int:
    """Return how a target is hedged: 0 plain or guaranteed, 1 strived for, 2 about."""
    return _HEDGED.get(target.comparator, 1 if target.commitment == "strive" else 0)


def narrowing(target: Target, other: Target) -> tuple[str, ...]:
    """Return the conditions of a target that the words of the other one do not hold.

    >>> from dataclasses import replace
    >>> from vnplan.model import Span
    >>> whole = Target(Span(0, 1), 80, 80, "equal", "%", "trẻ em tự kỷ", "được tiếp cận giáo dục")
    >>> narrowing(replace(whole, condition="có khả năng, có nhu cầu"), whole)
    ('có khả năng', 'có nhu cầu')
    """
    given = set(syllables(plain(f"{other.population or ''} {other.condition or ''} {other.outcome or ''}")))
    added = []
    for part in _PARTS.split(target.condition or ""):
        words = syllables(plain(part))
        if words and sum(word in given for word in words) < len(words) / 2:
            added.append(part.strip())
    return tuple(added) or restrictions(target, other)


def _sign(child: float, parent: float) -> int:
    return (child > parent) - (child < parent)


def _values(child: Target, parent: Target, *, same_place: bool) -> tuple[int | None, str | None]:
    if is_rank(child) or is_rank(parent):
        return _ranks(child, parent)
    if (child.comparator in _CHANGES) != (parent.comparator in _CHANGES):
        return None, "change"
    if unit_of(child) != unit_of(parent):
        return None, "unit"
    if not is_intensive(parent) and not same_place:
        return None, "count"
    if not is_intensive(parent) and child.per != parent.per:
        return None, "rate"
    ways = (direction(child), direction(parent))
    if ways[0] != ways[1]:
        return None, "direction"
    if ways[0] == "rise" or child.comparator == "decrease_by":
        return _sign(child.low, parent.low), None
    return _sign(parent.high, child.high), None


def _ranks(child: Target, parent: Target) -> tuple[int | None, str | None]:
    """Compare places in rankings: the same place is the same, others only under one name of the ranked ("tỉnh")."""
    if not (is_rank(child) and is_rank(parent)):
        return None, "rank"
    if child.high == parent.high:
        return 0, None
    return (_sign(parent.high, child.high), None) if unit_of(child) == unit_of(parent) else (None, "rank")


def compare_targets(child: Target, parent: Target, *, same_place: bool = False) -> Comparison:
    """Return how the child's target stands to the parent's, both being of one indicator.

    ``same_place``: whether both speak of the same territory, without which counts are not comparable.
    """
    value, reason = _values(child, parent, same_place=same_place)
    added, dropped = narrowing(child, parent), narrowing(parent, child)
    population = None if added and dropped else bool(dropped) - bool(added)
    mine, yours = year_of(child.horizon), year_of(parent.horizon)
    horizon = None if mine is None or yours is None else (mine < yours) - (mine > yours)
    softness = _sign(hedge(parent), hedge(child))
    return Comparison(value, population, horizon, softness, reason)


def show_value(target: Target) -> str:
    """Return the value as a report prints it: "≥ 80 %", "5-8 người"."""
    low, high = show_number(target.low), show_number(target.high)
    signs = {"at_least": "≥ ", "above": "> ", "at_most": "≤ ", "below": "< ", "about": "≈ ",
             "increase_by": "+", "decrease_by": "-"}  # fmt: skip
    number = low if low == high else f"{low}-{high}"
    return f"{signs.get(target.comparator, '')}{number} {target.unit}".strip()


def show_number(value: float) -> str:
    """Return a number in Vietnamese notation: decimal comma, a dot for thousands."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
