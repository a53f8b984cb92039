"""Tasks (nhiệm vụ): who is told to do what by when, from the leaves of the section tree and the rows of task tables.

docs/domain.md section 5 gives the rules. Other extractors' results come in as arguments; nothing is extracted twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from vnplan.extract.assigned_parts import find_fact
from vnplan.extract.assignments import Assignment, read_assignment
from vnplan.extract.task_cells import Named, read_cell
from vnplan.extract.task_parts import choose_deadline, find_colon, find_timed, openings, split_clauses, without_glue
from vnplan.model import Agency, Deadline, Problem, Section, Structure, Task, Text

Sides = tuple[tuple[str, ...], tuple[str, ...]]  # names of those who lead, and of those who coordinate
ListAgencies = Callable[[Text, Structure, int, int], Sequence[Agency]]

_TASK_ROLES = frozenset({"tasks", "organisation", "reporting"})
# yes: "1. ", "a) ", "- " at the head of a cell
# no:  "5 năm"
_CELL_LABEL = re.compile(r"(?:[-+*•–]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]|[a-zđ]\))[ ]{0,2}(?=[^\W\d_])")
_LETTER = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class _Draft:
    """A task on its way: the node, where its words begin, and what is known of who does it."""

    node: int
    start: int
    end: int
    own: Assignment
    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    product: str | None = None
    more: tuple[tuple[int, int], ...] = ()  # where its words go on, when the row was cut


def find_tasks(
    text: Text,
    structure: Structure,
    *,
    agencies: Sequence[Agency],
    deadlines: Sequence[Deadline],
    list_agencies: ListAgencies | None = None,
) -> Iterator[Task | Problem]:
    """Yield each task in order of appearance, with its clauses, who leads, who coordinates, and its deadline.

    ``agencies`` and ``deadlines`` are those of the same document. ``list_agencies`` names the bodies of a heading or a
    cell (:func:`vnplan.extract.agencies.parse_agency_list`).
    """
    reader = _Reader(text, structure, agencies, list_agencies)
    drafts = reader.read()
    by_path: dict[str, list[int]] = {}
    for number, deadline in enumerate(deadlines):
        if deadline.path is not None:
            by_path.setdefault(deadline.path, []).append(number)
    for draft in drafts:
        section = structure.sections[draft.node]
        numbers = [n for path in reader.paths(draft.node) for n in by_path.get(path, ())]
        yield Task(
            span=text.span(draft.start, draft.end),
            path=section.path,
            clauses=tuple(
                clause for place in ((draft.start, draft.end), *draft.more) for clause in split_clauses(text, *place)
            ),
            lead=tuple(draft.lead),
            coordinating=tuple(draft.coordinating),
            deadline=choose_deadline(deadlines, find_timed(text, section, deadlines) or numbers),
            product=draft.product,
            reported=structure.medium == "article",
        )


class _Reader:
    """Reads the tasks of one document; holds what the steps share."""

    def __init__(
        self, text: Text, structure: Structure, agencies: Sequence[Agency], list_agencies: ListAgencies | None
    ) -> None:
        self.text, self.structure = text, structure
        self.sections = structure.sections
        self.list_agencies = list_agencies
        self.starts = [agency.span.start for agency in agencies]
        self.agencies = agencies
        self.paragraph_starts = [paragraph.start for paragraph in text.paragraphs]
        self.children: dict[int | None, list[int]] = {}
        for number, section in enumerate(self.sections):
            self.children.setdefault(section.parent, []).append(number)
        self._heading_leads: dict[int, tuple[str, ...]] = {}

    def read(self) -> list[_Draft]:
        """Return the tasks in reading order, with their roles resolved."""
        drafts: list[_Draft] = []
        blocks: list[tuple[int, Sides]] = []
        spent: set[int] = set()
        for number, section in enumerate(self.sections):
            if section.parent in spent:
                spent.add(number)
            elif section.kind == "row":
                drafts.extend(self._row(number, section))
            elif section.role in _TASK_ROLES:
                block = self._assigning(number, section)
                if block is not None:
                    blocks.append((number, block))
                    spent.add(number)
                elif self._is_leaf(number) and (draft := self._leaf(number, section)):
                    drafts.append(draft)
        for node, sides in blocks:
            self._assign_block(drafts, node, sides)
        return drafts

    def paths(self, number: int) -> Iterator[str]:
        """Yield the path of a task and those of the lines below it that state its time."""
        yield self.sections[number].path
        for child in self.children.get(number, ()):
            yield self.sections[child].path

    def _is_leaf(self, number: int) -> bool:
        """A node whose children only state who, where or when is a leaf too: they belong to it."""
        children = self.children.get(number, ())
        return all(self._states_fact(child) or self._assigning(child, self.sections[child]) for child in children)

    def _states_fact(self, number: int) -> bool:
        start, end = self._words(self.sections[number])
        return bool(openings()[2].match(self.text.clean, start, end))

    def _introduces(self, number: int) -> bool:
        """An unnumbered paragraph that ends in a colon introduces the items that follow it."""
        section = self.sections[number]
        ends = self.text.clean[section.start : section.end].rstrip().endswith(":")
        following = number + 1 < len(self.sections) and self.sections[number + 1].parent == section.parent
        return section.kind == "paragraph" and ends and following

    def _words(self, section: Section) -> tuple[int, int]:
        """Return where the node's own words stand, without the label."""
        start = section.start
        if section.label and self.text.clean.startswith(section.label, start):
            start += len(section.label)
        while start < section.end and self.text.clean[start] in " .)":
            start += 1
        return start, section.end

    def _assigning(self, number: int, section: Section) -> Sides | None:
        """Return who leads and who coordinates when the node only assigns ("- Chủ trì: Trung tâm Y tế thành phố")."""
        start, end = self._words(section)
        if end - start > 900 or section.parent is None:
            return None
        start += start < end and self.text.clean[start] == "("
        for side, opening in enumerate(openings()[:2]):
            if found := opening.match(self.text.clean, start, end):
                marked = found[0].rstrip().endswith((":", "là")) or found.end() == end
                if not marked and not self._only_assigns(found.end(), end):
                    return None
                lead, coordinating = self._assigned(found.end(), end)
                for child in self.children.get(number, ()):
                    if self._assigning(child, self.sections[child]):
                        return None
                    if not self._only_assigns(*self._words(self.sections[child])):
                        return None
                    more = self._assigned(*self._words(self.sections[child]))
                    lead, coordinating = lead + more[0], coordinating + more[1]
                if side == 1:
                    lead, coordinating = (), lead + coordinating
                return (lead, coordinating) if lead or coordinating else None
        return None

    def _only_assigns(self, start: int, end: int) -> bool:
        """Tell whether words do little but name bodies and their parts, or end with a body ("Về học bạ: Sở Y tế")."""
        bodies = self._bodies(start, end)
        covered = sum(body.end - body.start for body in bodies)
        ends = bool(bodies) and not self.text.clean[bodies[-1].end : end].strip(" .;,/")
        return ends or covered >= 0.6 * len(without_glue(self.text.clean[start:end]))

    def _assigned(self, start: int, end: int) -> Sides:
        """Return who leads and who coordinates by words that only name them, up to those that state something else."""
        stop = find_fact(self.text.clean, start, end)
        if start >= stop:
            return (), ()
        if not self._only_assigns(start, stop):
            own = self._own(start, stop)
            return own.lead, own.coordinating
        lead, coordinating = read_cell(self.text.clean, start, stop, self._bodies(start, stop), known=True)
        return tuple(lead), tuple(coordinating)

    def _names(self, start: int, end: int) -> tuple[str, ...]:
        """Return the names of the bodies in ``clean[start:end]``."""
        if start >= end:
            return ()
        if self.list_agencies is not None:
            found = self.list_agencies(self.text, self.structure, start, end)
            return tuple(dict.fromkeys(agency.name for agency in found))
        return tuple(dict.fromkeys(body.name for body in self._named(start, end)))

    def _named(self, start: int, end: int) -> list[Named]:
        """Return the mentions that the agencies' extractor found in ``clean[start:end]``, in cleaned positions."""
        span = self.text.span(start, end)
        named, offsets = [], self.text.offsets
        for agency in self.agencies[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]:
            first = bisect_left(offsets, agency.span.start, start, end)
            last = bisect_left(offsets, agency.span.end, first, end)
            named.append(Named(first, last, agency.name))
        return named

    def _leaf(self, number: int, section: Section) -> _Draft | None:
        """Return the task that a leaf is, or None when its words tell nobody to do anything."""
        start, end = self._words(section)
        if not _LETTER.search(self.text.clean, start, end) or self._states_fact(number) or self._introduces(number):
            return None
        if any(opening.fullmatch(self.text.clean, start, end) for opening in openings()):
            return None
        if section.kind in ("heading", "part", "chapter", "appendix") and self._is_bare_heading(number, start, end):
            return None
        colon = self._heading_end(section, start, end)
        heading = self._names(start, colon) if colon > start else ()
        body = colon if colon > start and not heading else start
        while body < end and self.text.clean[body] in " :":
            body += 1
        titled = body > start and self._bold_until(section, colon)
        draft = _Draft(number, body if titled else start, end, self._own(body, end))
        leads = self._leads_above(number)
        self._resolve(draft, heading or leads)
        return draft

    def _is_bare_heading(self, number: int, start: int, end: int) -> bool:
        """A leaf in capitals, or one that only names bodies, is a heading whose text is missing: no task."""
        words = self.text.clean[start:end]
        if words == words.upper():
            return True
        if len(words) > 160 or words.rstrip().endswith((".", ";")):
            return False
        covered = sum(body.end - body.start for body in self._named(start, end))
        return covered >= 0.8 * len(words.strip(" :"))

    def _heading_end(self, section: Section, start: int, end: int) -> int:
        """Return where a heading that runs into its text ends ("6. Các cơ quan liên quan: …"), else ``start``."""
        colon = find_colon(self.text.clean, start, min(end, start + 400))
        if colon < 0 or colon >= end - 2:
            return start
        words = self.text.clean[start:colon]
        if len(words.split()) > 40 or ". " in words or ";" in words:
            return start
        covered = sum(body.end - body.start for body in self._named(start, colon))
        names_bodies = covered >= 0.6 * len(words)
        return colon if names_bodies or self._bold_until(section, colon) or len(words.split()) <= 5 else start

    def _bold_until(self, section: Section, colon: int) -> bool:
        """Return whether the paragraph of ``section`` is bold up to the colon and no further."""
        number = bisect_right(self.paragraph_starts, section.start) - 1
        if number < 0:
            return False
        paragraph = self.text.paragraphs[number]
        return paragraph.bold > 0 and abs(paragraph.start + paragraph.bold - colon) <= 2

    def _own(self, start: int, end: int) -> Assignment:
        return read_assignment(self.text.clean, self._bodies(start, end), start, end)

    def _leads_above(self, number: int) -> tuple[str, ...]:
        """Return the bodies in the nearest heading above that names any, within organisation."""
        for above in self.structure.ancestors(number):
            section = self.sections[above]
            if section.role not in ("organisation", "reporting", "tasks") or section.kind in ("part", "chapter"):
                return ()
            if above not in self._heading_leads:
                self._heading_leads[above] = self._heading_names(above, section)
            if self._heading_leads[above]:
                return self._heading_leads[above]
        return ()

    def _heading_names(self, number: int, section: Section) -> tuple[str, ...]:
        """Return the bodies that a heading consists of; one that merely mentions a body gives none."""
        start, end = self._words(section)
        colon = find_colon(self.text.clean, start, end)
        end = colon if colon >= 0 else end
        if end - start > 600:
            return ()
        words = self.text.clean[start:end].strip(" .:;")
        named = self._named(start, end)
        covered = sum(body.end - body.start for body in named)
        return self._names(start, end) if named and covered >= 0.55 * len(without_glue(words)) else ()

    def _resolve(self, draft: _Draft, heading: tuple[str, ...]) -> None:
        """Settle who leads and who coordinates between the words of the item and the heading above it."""
        own = draft.own
        if own.heading_coordinates:
            draft.coordinating = [*heading, *(name for name in own.coordinating if name not in heading)]
            return
        lead = own.lead if own.lead and not own.beside_heading else (*heading, *own.lead)
        draft.lead = list(dict.fromkeys(lead or own.told))
        draft.coordinating = [name for name in own.coordinating if name not in draft.lead]

    def _assign_block(self, drafts: list[_Draft], node: int, sides: Sides) -> None:
        """Give the bodies of an assigning leaf to every task of the group that it closes."""
        scope = self._scope(drafts, node)
        for draft in drafts:
            if draft.node in scope:
                for target, names in zip((draft.lead, draft.coordinating), sides, strict=True):
                    target.extend(name for name in names if name not in target)

    def _scope(self, drafts: Sequence[_Draft], node: int) -> set[int]:
        """Return the nodes of the tasks that an assigning leaf is about: the nearest group around it that holds any."""
        holders = {draft.node for draft in drafts}
        parent = self.sections[node].parent
        while parent is not None:
            if parent in holders:
                return {parent}
            inside = self._below(parent) & holders
            if inside:
                return inside
            parent = self.sections[parent].parent
        return set()

    def _below(self, number: int) -> set[int]:
        found, queue = set(), list(self.children.get(number, ()))
        while queue:
            child = queue.pop()
            found.add(child)
            queue.extend(self.children.get(child, ()))
        return found

    def _row(self, number: int, section: Section) -> list[_Draft]:
        """Return the task of a table row: its cells say what, who leads, who coordinates, and what comes of it."""
        cells: dict[str, list[tuple[int, int]]] = {}
        for role, start, end in section.cells:
            cells.setdefault(role, []).append((start, end))
        if "task" not in cells or not ({"lead", "coordinating", "deadline", "product"} & cells.keys()):
            return []
        if not self._is_to_be_done(number, section):
            return []
        own = [place for place in cells["task"] if place[0] >= section.start] or cells["task"][-1:]
        start, end = own[0]
        while len(own) > 1 and not self.text.clean[end : own[1][0]].strip(" |\n"):
            end = own.pop(1)[1]  # two columns side by side
        if label := _CELL_LABEL.match(self.text.clean, start, end):
            start = label.end()
        if not _LETTER.search(self.text.clean, start, end):
            return []
        draft = _Draft(number, start, end, self._own(start, end))
        draft.more = tuple(own[1:])
        for place in cells.get("lead", ()):
            lead, coordinating = read_cell(self.text.clean, *place, self._bodies(*place))
            draft.lead.extend(name for name in lead if name not in draft.lead)
            draft.coordinating.extend(name for name in coordinating if name not in draft.coordinating)
        for place in cells.get("coordinating", ()):
            named = [name for names in read_cell(self.text.clean, *place, self._bodies(*place)) for name in names]
            draft.coordinating.extend(name for name in named if name not in draft.coordinating)
        if not draft.lead:
            draft.lead = list(
                draft.own.lead or draft.own.told or ("lead" not in cells and self._row_heading(number)) or ()
            )
        if products := [self.text.words(*place) for place in cells.get("product", ()) if place[1] > place[0]]:
            draft.product = "; ".join(products)
        return [draft]

    def _is_to_be_done(self, number: int, section: Section) -> bool:
        """Tell whether a row says what is to be done: not in a survey of what was, nor in the results of a report."""
        if section.role in ("situation", "basis", "budget"):
            return False
        above = (self.sections[n].role for n in self.structure.ancestors(number) if self.sections[n].kind != "row")
        return self.structure.header.kind != "report" or next(above, None) in _TASK_ROLES

    def _row_heading(self, number: int) -> tuple[str, ...]:
        """Return the bodies in the nearest section row or heading above a row that names any."""
        for above in self.structure.ancestors(number):
            section = self.sections[above]
            if section.kind in ("part", "chapter", "appendix"):
                break
            if names := self._heading_names(above, section):
                return names
        return ()

    def _bodies(self, start: int, end: int) -> list[Named]:
        """Return the bodies named in a cell, in cleaned positions."""
        if self.list_agencies is None:
            return [Named(body.start, body.end, body.name) for body in self._named(start, end)]
        offsets = self.text.offsets
        bodies = []
        for agency in self.list_agencies(self.text, self.structure, start, end):
            first = bisect_left(offsets, agency.span.start, start, end)
            bodies.append(Named(first, bisect_left(offsets, agency.span.end, first, end), agency.name, agency.is_class))
        return bodies
