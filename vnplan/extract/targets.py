"""The targets (chỉ tiêu) of a document: quantified aims that it sets, with value, population, outcome and horizon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vnplan.extract.target_clauses import subject_parts
from vnplan.extract.target_frames import Aim
from vnplan.extract.target_headings import Headings, Lead, period_end
from vnplan.extract.target_items import MAY_HOLD, parse_item
from vnplan.extract.target_rules import TOLD, sets_aim, silent
from vnplan.extract.target_tables import Indicators
from vnplan.extract.target_words import Parts, Stretch
from vnplan.limits import LIMITS
from vnplan.model import Header, HorizonSource, Problem, Role, Section, Structure, Target, Text


def find_targets(text: Text, structure: Structure) -> Iterator[Target | Problem]:
    """Yield the targets in order of appearance; sections of situation, basis and budget hold none.

    The quote runs from the word of commitment, comparison or "Tỷ lệ" to the end of the clause. The horizon is what
    the sentence states, else what a heading above or a lead line before says, else the end of the document's period.

    >>> from vnplan.structure import read_structure
    >>> from vnplan.text import clean_text
    >>> text = clean_text("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu đến năm 2030 có ít nhất 80% số xã có mô hình điểm.")
    >>> [(t.low, t.comparator, t.horizon, t.population) for t in find_targets(text, read_structure(text))]
    [(80.0, 'at_least', '2030', 'xã')]
    """
    if structure.medium == "article":
        yield from _in_article(text, structure)
        return
    headings = Headings(text, structure)
    indicators = Indicators(text, structure)
    told = structure.header.kind in TOLD
    notes = {paragraph.start for paragraph in text.paragraphs if paragraph.kind == "footnote"}
    for index, section in enumerate(structure.sections):
        lead = headings.above(index)
        found: list[Target | Problem] = []
        if silent(section.role):
            pass
        elif section.kind == "row" and section.cells:
            found = list(_in_row(text, structure, section, indicators, lead))
        else:
            for piece in _pieces(text, section, notes):
                found += _in_words(text, structure, section, piece, lead, told=told and not headings.is_ahead(index))
        yield from found
        headings.passed(index, any(isinstance(item, Target) for item in found))


def _in_article(text: Text, structure: Structure) -> Iterator[Target]:
    """Yield what an article says that the document strives for or guarantees; its other figures are news."""
    sections = sorted(structure.sections, key=lambda section: section.start)
    starts = [section.start for section in sections]
    for paragraph in text.paragraphs:
        if paragraph.kind == "footnote" or not MAY_HOLD.search(text.clean, paragraph.start, paragraph.end):
            continue
        at = bisect_right(starts, paragraph.start) - 1
        section = sections[at] if at >= 0 and sections[at].end > paragraph.start else None
        words = text.clean[paragraph.start : paragraph.end]
        for aim in parse_item(words):
            if aim.commitment != "plain" and sets_aim(aim, words, "objectives", structure.header, dated=False):
                yield _target(text, structure, section, aim, paragraph.start, None)


def _pieces(text: Text, section: Section, notes: set[int]) -> Iterator[Stretch]:
    """Yield the paragraphs of a section's own words, the label taken off, footnotes left out."""
    start = section.start
    label = section.label.strip()
    if label and text.printed.startswith(label, start):
        start += len(label)
    while start < section.end:
        stop = text.clean.find("\n", start, section.end)
        stop = section.end if stop < 0 else stop
        piped = text.clean.startswith("|", start)  # a row of a table that no reader has divided into cells
        if start not in notes and not piped and MAY_HOLD.search(text.clean, start, stop):
            at = start
            while at < stop and text.clean[at] in " .)-+*•–:":
                at += 1
            yield at, stop
        start = stop + 1


def _in_words(
    text: Text, structure: Structure, section: Section, piece: Stretch, lead: Lead, *, told: bool = False
) -> Iterator[Target | Problem]:
    """Yield the targets of one piece of text; ``told`` says that the document reports what was done, here too."""
    words = text.clean[piece[0] : piece[1]]
    unread: list[Stretch] = []
    aims = parse_item(words, unread)
    for start, end in unread:
        yield Problem(
            "unread:figures",
            "a stretch with more figures than a sentence has was not read for targets; look whether it is a table",
            text.span(piece[0] + start, piece[0] + end),
        )
    for aim in aims:
        if lead.commitment and aim.commitment == "plain":
            aim = replace(aim, commitment=lead.commitment)
        if lead.subject and not (aim.parts.population or aim.parts.outcome):
            aim = replace(aim, parts=_subject_parts(text, lead.subject, piece[0]), frame="indicator")
        if sets_aim(aim, words, section.role, structure.header, dated=lead.aimed, told=told):
            target = _target(text, structure, section, aim, piece[0], lead.horizon)
            if not _is_over(target, structure.header):
                yield target


def _subject_parts(text: Text, subject: Stretch, base: int) -> Parts:
    """Return the parts of an indicator that stands in a line above, counted from ``base``."""
    start, end = subject
    bracket = text.clean.find("(", start, end)
    found = subject_parts(text.clean, (start, bracket if bracket > start else end))
    return Parts(_moved(found.population, base), _moved(found.outcome, base), _moved(found.condition, base))


def _moved(stretches: Sequence[Stretch], by: int) -> tuple[Stretch, ...]:
    return tuple((start - by, end - by) for start, end in stretches)


def _is_over(target: Target, header: Header) -> bool:
    """Tell whether a figure is one of a year before the document and before the period that it plans."""
    first = min(filter(None, (header.period, header.date)), default=None)
    if first is None or target.horizon is None or target.commitment != "plain":
        return False
    return target.horizon[:4] < first[:4]


def _in_row(
    text: Text, structure: Structure, section: Section, indicators: Indicators, lead: Lead
) -> Iterator[Target | Problem]:
    """Yield the targets of a table row: the values of an indicator, or those in the words of task and product."""
    aims = any(role == "target" for role, _, _ in section.cells)
    if aims:
        if structure.header.kind == "report":
            return  # figures of what was reached
        values = list(indicators.read(section, lead.horizon))
        if values:
            yield from values
            return
    if lead.horizon is None and (aims or structure.header.period is None):
        lead = lead._replace(horizon=indicators.due(section))
    for role, start, end in section.cells:
        if role not in ("task", "product", "target"):
            continue
        while start < end:
            stop = text.clean.find("\n", start, end)
            stop = end if stop < 0 else stop
            if MAY_HOLD.search(text.clean, start, stop):
                yield from _in_words(text, structure, section, (start, stop), lead._replace(aimed=False))
            start = stop + 1


def _target(
    text: Text, structure: Structure, section: Section | None, aim: Aim, base: int, above: str | None
) -> Target:
    period = structure.header.period
    horizon, source = aim.horizon, "stated"
    if horizon is None and text.clean.endswith("trong năm", base + aim.start, base + aim.end) and period:
        horizon = period if len(period) == 4 else None
    if horizon is None:
        horizon, source = (above, "heading") if above else (period_end(period), "period")
    known: HorizonSource | None = None if horizon is None else source  # type: ignore[assignment]
    quantity, parts = aim.quantity, aim.parts
    return Target(
        text.span(base + aim.start, base + aim.end),
        quantity.low,
        quantity.high,
        aim.comparator,
        quantity.unit,
        _said(text, base, parts.population),
        _said(text, base, parts.outcome),
        _said(text, base, parts.condition, "; "),
        aim.commitment,
        horizon,
        known,
        aim.per,
        aim.baseline,
        section.path if section else None,
        _role(structure, section),
    )


def _role(structure: Structure, section: Section | None) -> Role | None:
    """Return the role of the section; a row of an appendix's table of tasks has that of the appendix."""
    if section is None or section.kind != "row" or section.role != "tasks":
        return section.role if section else None
    above = section
    for _ in range(LIMITS.section_depth):
        if above.parent is None:
            break
        above = structure.sections[above.parent]
    return "appendix" if above.role == "appendix" else section.role


def _said(text: Text, base: int, stretches: Sequence[Stretch], link: str = " ") -> str | None:
    """Return the words of the stretches as printed; stretches with nothing but a blank between them are one."""
    merged: list[Stretch] = []
    for start, end in stretches:
        last = merged[-1] if merged else None
        if last and link == " " and last[1] <= start and not text.clean[base + last[1] : base + start].strip():
            merged[-1] = (last[0], end)
        else:
            merged.append((start, end))
    return link.join(text.printed[base + start : base + end] for start, end in merged) or None
