"""Bodies that a document names (cơ quan): as printed, under their full name, with level and jurisdiction."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from vnplan.extract.assignments import read_assignment
from vnplan.extract.task_cells import Named
from vnplan.gazetteer import Unit, choose, find_units, fold, level_of_unit, resolve_issuer, split_kind
from vnplan.gazetteer.mentions import mentions
from vnplan.gazetteer.naming import FullName, Home, full_name, share_units
from vnplan.gazetteer.places import match_place
from vnplan.gazetteer.plurals import join_classes
from vnplan.gazetteer.words import split_words
from vnplan.limits import LIMITS
from vnplan.model import Agency, Level, Problem, Structure, Text

_LABEL: Final = 40  # code points that a label and "Đề nghị" may take before the words of a heading
_ADDRESS: Final = frozenset(["đề", "nghị", "yêu", "cầu", "giao", "đối", "với", "trách", "nhiệm", "của"])
_DUTY_COLUMNS: Final = ("lead", "coordinating")
_DUTY_ROLES: Final = ("organisation", "tasks", "reporting")
_IDLE_ROLES: Final = frozenset(["basis", "situation", "purpose", "requirements", "viewpoint", "objectives", "scope"])
# yes: "chịu trách nhiệm thi hành Quyết định này"
# no:  "chịu trách nhiệm trước UBND tỉnh"
_FORMULA: Final = re.compile(r"chịu trách nhiệm thi hành[ ](?:\w{1,12}[ ]){1,3}này(?!\w)", re.I)
_ENDS: Final = re.compile(r"[.\n]")
_FAR: Final = 600  # code points of a formula of execution
_HEADS: Final = frozenset(
    ["giám", "đốc", "thủ", "trưởng", "chủ", "tịch", "lãnh", "đạo", "người", "đứng", "đầu", "chánh"]
)
_OPENING: Final = 3_000  # code points in which the unit of a document without a header is looked for
_PARTS: Final = (" thuộc ", " trực thuộc ")  # words of a class that say whose its bodies are
_UNIT_LEVELS: Final = ("province", "district", "commune")


class _Found(NamedTuple):
    """A mention in the cleaned text."""

    start: int
    end: int
    full: FullName
    is_class: bool
    leads_only: bool  # named as a body only where it has a duty


def find_agencies(text: Text, structure: Structure) -> Iterator[Agency | Problem]:
    """Yield each mention of a body in order of appearance, without header, recipients and signature.

    The name is the full one: abbreviations written out, the document's own unit supplied ("Sở Y tế" in a plan of Lạng
    Sơn is "Sở Y tế tỉnh Lạng Sơn"; in a district's plan "UBND tỉnh" is that of the province above). One body has one
    name in a document, as first printed. A class that includes persons counts only as the heading of a section.

    >>> from vnplan.model import Header
    >>> from vnplan.text import clean_text
    >>> text = clean_text("Sở Y tế chủ trì, phối hợp với UBND các huyện.")
    >>> header = Header(issuer="UBND tỉnh Lạng Sơn", level="province", jurisdiction="tỉnh Lạng Sơn")
    >>> plan = Structure(header, (), preamble=(0, len(text.clean)), body_end=len(text.clean))
    >>> [agency.name for agency in find_agencies(text, plan)]
    ['Sở Y tế tỉnh Lạng Sơn', 'UBND các huyện']
    """
    reader = _reader(text, structure)
    for count, found in enumerate(reader.found):
        if count >= LIMITS.extractions:
            yield Problem("cut:agencies", f"more than {LIMITS.extractions} bodies; the rest is not listed")
            return
        if reader.has_duty(found.start) if found.leads_only else not reader.is_idle(found):
            yield reader.agency(found)


def parse_agency_list(text: Text, structure: Structure, start: int, end: int) -> tuple[Agency, ...]:
    """Return the bodies named in ``clean[start:end]``, which is known to name bodies: a heading, a cell, a phrase.

    Read like the running text, but a class that includes persons ("các tổ chức, cá nhân liên quan") and a class of
    units ("các huyện, thành phố") are bodies too.
    """
    reader = _reader(text, structure)
    return tuple(reader.agency(found) for found in reader.within(max(0, start), min(end, len(text.clean))))


class _Reader:
    """What a document says of its units and bodies."""

    def __init__(self, text: Text, structure: Structure) -> None:
        self.text = text
        self.structure = structure
        self.home = _home(text, structure)
        self.starts = [section.start for section in structure.sections]
        self.names: dict[str, FullName] = {}
        self.parts: dict[str, FullName] = {}
        self.found = [found for start, end in self._ranges() for found in self.read(start, end)]
        self.places = [found.start for found in self.found]
        self._duties: dict[int, frozenset[int]] = {}
        self.formulas = [found.start() for found in _FORMULA.finditer(text.clean)]
        for found in self.found:
            if found.leads_only:
                continue
            key = _name_key(found.full)
            if key not in self.names or _is_plural_of(found.full.name, self.names[key].name):
                self.names[key] = found.full
            for part in _PARTS:  # "các phòng, đơn vị" are those "thuộc Sở" where the document says so once
                before, of, _ = found.full.name.partition(part)
                if of and found.is_class:
                    self.parts.setdefault(fold(before), found.full)
            if self.names[key].level is None and found.full.level:
                self.names[key] = found.full._replace(name=self.names[key].name)
        told = (
            found for found in self.found if found.is_class and not found.leads_only and not self._says_nothing(found)
        )
        self.told = frozenset(_name_key(found.full) for found in told)

    def is_idle(self, found: _Found) -> bool:
        """Tell whether a class is named only where nobody is told anything: in aims, the opening, a formula."""
        return found.is_class and self._says_nothing(found) and _name_key(found.full) not in self.told

    def _says_nothing(self, found: _Found) -> bool:
        """Tell whether a mention stands where nobody is told anything."""
        i = bisect_left(self.formulas, found.end)
        formula = self.formulas[i] if i < len(self.formulas) else len(self.text.clean) + _FAR
        if formula - found.end < _FAR and not _ENDS.search(self.text.clean, found.end, formula):
            return True
        section = self._section(found.start)
        if section is None:
            return bool(self.structure.sections)
        return self.structure.sections[section].role in _IDLE_ROLES

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the body: what stands before the recipients, and the appendices behind them."""
        structure = self.structure
        first = structure.preamble[0]
        if structure.preamble == (0, 0) and structure.sections:
            first = structure.sections[0].start
        last = structure.body_end or len(self.text.clean)
        yield first, last
        for section in structure.sections:
            if section.start >= last and section.role not in ("recipients", "signature"):
                yield section.start, section.end

    def within(self, start: int, end: int) -> list[_Found]:
        """Return all that name bodies in ``clean[start:end]``, also what does so only where it has a duty."""
        first = bisect_left(self.places, start)
        found = self.found[first : bisect_left(self.places, end, first)]
        if found and found[-1].end <= end and (first == 0 or self.found[first - 1].end <= start):
            return found
        return list(self.read(start, end))

    def read(self, start: int, end: int) -> Iterator[_Found]:
        """Yield the mentions in ``clean[start:end]``; none reaches over the end of a paragraph."""
        paragraphs = self.text.paragraphs
        first = max(0, bisect_right(paragraphs, start, key=lambda paragraph: paragraph.start) - 1)
        last = bisect_left(paragraphs, end, key=lambda paragraph: paragraph.start)
        clean = self.text.clean
        for paragraph in paragraphs[first:last]:
            words = split_words(clean, max(start, paragraph.start), min(end, paragraph.end))
            for mention in share_units(join_classes(list(mentions(words, clean, listed=True)), words), words):
                units_alone = mention.units == "" and mention.body is None
                yield _Found(
                    words[mention.start].start, words[mention.end - 1].end,
                    full_name(mention, self.home), mention.is_class, mention.leads_only or units_alone,
                )  # fmt: skip

    def agency(self, found: _Found) -> Agency:
        """Return the mention under the name that the body has in this document."""
        full = self._one_name(found.full)
        i = self._section(found.start)
        path = self.structure.sections[i].path if i is not None else None
        span = self.text.span(found.start, found.end)
        return Agency(span, full.name, full.level, full.jurisdiction, found.is_class, path)

    def _one_name(self, full: FullName) -> FullName:
        if full.name.startswith("các ") and (whole := self.parts.get(fold(full.name))) is not None:
            return whole
        if (
            full.jurisdiction is None or full.level is None
        ):  # "Ban Chỉ đạo 389" is "Ban Chỉ đạo 389 tỉnh …" if that is named
            for level in _UNIT_LEVELS:
                own = self.home.units.get(level)
                if own and (
                    named := self.names.get(_name_key(FullName(f"{full.name} {own.words}", level, own.qualified)))
                ):
                    return named
        return self.names.get(_name_key(full), full)

    def _section(self, at: int) -> int | None:
        i = bisect_right(self.starts, at) - 1
        return i if i >= 0 and at < self.structure.sections[i].end else None

    def has_duty(self, at: int) -> bool:
        """Tell whether the words at ``at`` begin a section that says who does what, or stand in a column for that."""
        i = self._section(at)
        if i is None:
            return False
        if any(role in _DUTY_COLUMNS and start <= at < end for role, start, end in self.structure.sections[i].cells):
            return True
        section = self.structure.sections[i]
        if section.role not in _DUTY_ROLES:
            return False
        start = section.start + len(section.label)
        if at - section.start <= _LABEL and (section.role == "organisation" or not section.leaf):
            words = split_words(self.text.clean, start, at) if start < at else []
            if all(word.key in _ADDRESS | _HEADS or not word.key[0].isalpha() for word in words):
                return True
        if not section.leaf:
            return False
        if i not in self._duties:
            self._duties[i] = self._with_role(start, section.end)
        return at in self._duties[i]

    def _with_role(self, start: int, end: int) -> frozenset[int]:
        """Return where the bodies stand that lead or coordinate by the words of an item."""
        while start < end and self.text.clean[start] in " .)":
            start += 1
        found = self.within(start, end)
        named = [Named(body.start, body.end, str(body.start)) for body in found]
        said = read_assignment(self.text.clean, named, start, end)
        return frozenset(map(int, (*said.lead, *said.coordinating)))


def _home(text: Text, structure: Structure) -> Home:
    """Return the units of the document: of its header, else the first one that its opening names."""
    header = structure.header
    level, jurisdiction = header.level, header.jurisdiction
    if jurisdiction is None and level != "central" and header.issuer:
        _, own_level, jurisdiction = resolve_issuer(header.issuer, header.place, on=header.date)
        level = level or own_level
    if jurisdiction is None and level != "central":
        unit = _unit_in_opening(text, level)
        jurisdiction = unit.qualified if unit else None
        level = level or (level_of_unit(unit) if unit else None)
    return Home.of(jurisdiction, level, header.issuer, header.date)


def _unit_in_opening(text: Text, level: Level | None) -> Unit | None:
    """Return the first unit of that level in the opening, one "on whose territory" the plan is carried out first."""
    words = split_words(text.clean, 0, min(len(text.clean), _OPENING))
    found: list[Unit] = []
    for at in range(len(words)):
        place = match_place(words, at, text.clean)
        if not place or place.name is None:
            continue
        unit = choose([unit for unit in find_units(place.words) if level in (None, level_of_unit(unit))])
        if unit:
            on_territory = bool(at) and words[at - 1].key == "bàn"
            if on_territory:
                return unit
            found.append(unit)
    return found[0] if found else None


def _is_plural_of(name: str, other: str) -> bool:
    return name.startswith("các ") and name[4:] == other


@lru_cache(maxsize=8_192)
def _name_key(full: FullName) -> str:
    """Return the key under which two names in one document are one.

    It has no joints, no "có" of "có liên quan", no order within a class, and no kind before the name of a unit.
    """
    key = fold(full.name).replace("có liên quan", "liên quan")
    kind, unit = split_kind((full.jurisdiction or "").split(",")[0])
    if kind and key.endswith(fold(f" {kind} {unit}")):
        key = f"{key.removesuffix(fold(f' {kind} {unit}'))} {fold(unit)} {full.level}"
    elif unit and key.endswith(fold(f" {unit}")):
        key = f"{key} {full.level}"
    before, of_class, items = key.rpartition("các ")
    if of_class:  # "UBND các xã, phường" is "UBND các phường, xã"
        key = before + " ".join(sorted(items.replace(" và ", ", ").split(", ")))
    return " ".join(word.key for word in split_words(key) if word.key not in ("&", ","))


_last: list[tuple[Text, Structure, _Reader]] = []


def _reader(text: Text, structure: Structure) -> _Reader:
    """Return the reader of a document; the last one is kept, because lists are read one by one."""
    if _last and _last[0][0] is text and _last[0][1] is structure:
        return _last[0][2]
    reader = _Reader(text, structure)
    _last[:] = [(text, structure, reader)]
    return reader
