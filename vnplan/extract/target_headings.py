"""The horizons that headings and lead lines give to the targets under or behind them."""

from __future__ import annotations

from typing import NamedTuple

from vnplan.extract.target_context import heading_horizon
from vnplan.limits import LIMITS
from vnplan.model import Structure, Text

_LONGEST_HEADING = 220


class Lead(NamedTuple):
    """A horizon that holds for a section, and whether the heading that gives it is one of aims."""

    horizon: str | None = None
    aimed: bool = False


NO_LEAD = Lead()


def period_end(period: str | None) -> str | None:
    """Return the last year (or day) of an EDTF period.

    >>> period_end("2024/2030"), period_end("2026")
    ('2030', '2026')
    """
    return None if period is None else period.rsplit("/", 1)[-1] or None


class Headings:
    """What the sections passed so far say of the time of those to come; asked and told in reading order."""

    def __init__(self, text: Text, structure: Structure) -> None:
        self._text = text
        self._sections = structure.sections
        self._own: list[Lead] = []  # of each section passed
        self._behind: dict[int | None, Lead] = {}  # of the last lead line under a section

    def above(self, index: int) -> Lead:
        """Return what holds for a section: the last lead line beside or above it, or the nearest heading."""
        parent = self._sections[index].parent
        for _ in range(LIMITS.section_depth + 2):
            if lead := self._behind.get(parent):
                return lead
            if parent is None:
                break
            if parent < len(self._own) and self._own[parent].horizon:
                return self._own[parent]
            parent = self._sections[parent].parent
        return NO_LEAD

    def passed(self, index: int, has_targets: bool) -> None:
        """Take note of a section, whose horizon holds for its children or, of a lead line, for what follows it."""
        section = self._sections[index]
        words = self._text.clean[section.start : min(section.end, section.start + _LONGEST_HEADING + 1)]
        lead = NO_LEAD
        if section.kind != "appendix" and len(words) <= _LONGEST_HEADING and not has_targets:
            horizon, alone, aimed = heading_horizon(words[len(section.label) :])
            lead = Lead(horizon, aimed)
            if horizon and alone and section.leaf:
                self._behind[section.parent] = lead
        self._own.append(lead)
