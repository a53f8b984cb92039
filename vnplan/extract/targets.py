"""The targets (chỉ tiêu) of a document: quantified aims that it sets, with value, population, outcome and horizon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnplan.extract.target_context import heading_horizon
from vnplan.extract.target_items import MAY_HOLD, Aim, parse_item
from vnplan.extract.target_rules import sets_aim, silent
from vnplan.extract.target_tables import read_rows
from vnplan.extract.target_words import Stretch
from vnplan.model import HorizonSource, Problem, Section, Structure, Target, Text

_LONGEST_HEADING = 220


def find_targets(text: Text, structure: Structure) -> Iterator[Target | Problem]:
    """Yield the targets in order of appearance; sections of situation, basis and budget hold none.

    The quote runs from the word of commitment, comparison or "Tỷ lệ" to the end of the clause. The horizon is what
    the sentence states, else what a heading above or a lead line before says, else the end of the document's period.

    >>> from vnplan.structure import read_structure
    >>> from vnplan.text import clean_text
    >>> text = clean_text("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu đến năm 2030 có ít nhất 80% số xã có mô hình điểm.")
    >>> [(t.low, t.comparator, t.horizon, t.population) for t in find_targets(text, read_structure(text))]
    [(80.0, 'at_least', '2030', 'số xã')]
    """
    headings = _Headings(text, structure)
    notes = {paragraph.start for paragraph in text.paragraphs if paragraph.kind == "footnote"}
    for index, section in enumerate(structure.sections):
        above = headings.above(index)
        if section.kind == "row" and section.cells:
            yield from _in_row(text, structure, section, above)
            continue
        if not silent(section.role):
            pieces = _pieces(text, section, notes)
            found = [target for piece in pieces for target in _in_words(text, structure, section, piece, above)]
            yield from found
            headings.passed(index, bool(found))
        else:
            headings.passed(index, False)


def _pieces(text: Text, section: Section, notes: set[int]) -> Iterator[Stretch]:
    """Yield the paragraphs of a section's own words, the label taken off, footnotes left out."""
    start = section.start
    label = section.label.strip()
    if label and text.printed.startswith(label, start):
        start += len(label)
    while start < section.end:
        stop = text.clean.find("\n", start, section.end)
        stop = section.end if stop < 0 else stop
        if start not in notes and MAY_HOLD.search(text.clean, start, stop):
            at = start
            while at < stop and text.clean[at] in " .)-+*•–:":
                at += 1
            yield at, stop
        start = stop + 1


def _in_words(
    text: Text, structure: Structure, section: Section, piece: Stretch, above: str | None
) -> Iterator[Target]:
    words = text.clean[piece[0] : piece[1]]
    for aim in parse_item(words):
        if sets_aim(aim, words, section.role, structure.header):
            yield _target(text, structure, section, aim, piece[0], above)


def _in_row(text: Text, structure: Structure, section: Section, above: str | None) -> Iterator[Target]:
    """Yield the targets of a table row: the values of an indicator, or those in the words of task and product."""
    roles = [role for role, _, _ in section.cells]
    if "target" in roles:
        values = list(read_rows(text, section, above or period_end(structure.header.period)))
        if values:
            yield from values
            return
    for role, start, end in section.cells:
        if role not in ("task", "product", "target"):
            continue
        while start < end:
            stop = text.clean.find("\n", start, end)
            stop = end if stop < 0 else stop
            if MAY_HOLD.search(text.clean, start, stop):
                yield from _in_words(text, structure, section, (start, stop), above)
            start = stop + 1


def _target(text: Text, structure: Structure, section: Section, aim: Aim, base: int, above: str | None) -> Target:
    horizon, source = aim.horizon, "stated"
    period = structure.header.period or ""
    if horizon is None and len(period) == 4 and text.clean.endswith("trong năm", base + aim.start, base + aim.end):
        horizon = period
    if horizon is None:
        horizon, source = above, "heading"
    if horizon is None:
        horizon, source = period_end(structure.header.period), "period"
    known: HorizonSource | None = None
    if horizon is not None:
        known = "stated" if source == "stated" else "heading" if source == "heading" else "period"
    quantity = aim.quantity
    return Target(
        text.span(base + aim.start, base + aim.end),
        quantity.low,
        quantity.high,
        aim.comparator,
        quantity.unit,
        join_stretches(text, base, aim.parts.population),
        join_stretches(text, base, aim.parts.outcome),
        join_stretches(text, base, aim.parts.condition, "; "),
        aim.commitment,
        horizon,
        known,
        aim.per,
        aim.baseline,
        section.path,
        section.role,
    )


def join_stretches(text: Text, base: int, stretches: Sequence[Stretch], link: str = " ") -> str | None:
    """Return the words of the stretches as printed; stretches with nothing but a blank between them are one."""
    merged: list[list[int]] = []
    for start, end in stretches:
        if (
            merged
            and link == " "
            and not text.clean[base + merged[-1][1] : base + start].strip()
            and start >= merged[-1][1]
        ):
            merged[-1][1] = end
        else:
            merged.append([start, end])
    return link.join(text.printed[base + start : base + end] for start, end in merged) or None


def period_end(period: str | None) -> str | None:
    """Return the last year (or day) of an EDTF period.

    >>> period_end("2024/2030"), period_end("2026")
    ('2030', '2026')
    """
    if period is None:
        return None
    return re.split(r"/", period)[-1] or None


class _Headings:
    """The horizons that headings and lead lines give to what stands under or behind them."""

    def __init__(self, text: Text, structure: Structure) -> None:
        self._text = text
        self._structure = structure
        self._own: list[str | None] = []
        self._behind: dict[int | None, str | None] = {}

    def above(self, index: int) -> str | None:
        """Return the horizon that holds for the section at ``index``, the nearest first."""
        section = self._structure.sections[index]
        parent = section.parent
        if lead := self._behind.get(parent):
            return lead
        while parent is not None:
            if parent < len(self._own) and (own := self._own[parent]):
                return own
            parent = self._structure.sections[parent].parent
            if lead := self._behind.get(parent):
                return lead
        return None

    def passed(self, index: int, has_targets: bool) -> None:
        """Take note of the section at ``index``, whose horizon holds for its children or, as a lead line, for what follows."""
        section = self._structure.sections[index]
        words = self._text.clean[section.start : section.end]
        while len(self._own) < index:
            self._own.append(None)
        horizon = None
        if section.kind == "appendix":
            self._own.append(None)
            return
        if len(words) <= _LONGEST_HEADING and not has_targets:
            horizon, alone = heading_horizon(words[len(section.label) :])
            if horizon and alone and section.leaf:
                self._behind[section.parent] = horizon
        self._own.append(horizon)
