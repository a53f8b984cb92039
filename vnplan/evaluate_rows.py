"""The rows of a document's annotation beside those of the output: which belong together, and where they disagree.

A row counts as found when its words overlap the gold row's words by at least half (intersection over union), when it
begins where the gold quote begins, or, for tasks, when it stands at the same path. Agencies are compared as sets of
canonical names, sections by their paths. A gold row marked ``uncertain`` is neither asked for nor forbidden; a layer
or a field that the gold leaves out is not compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from vnplan.model import Document, Section, Span
from vnplan.quotes import Places
from vnplan.text import fold

LAYERS = ("header", "sections", "references", "targets", "tasks", "agencies", "deadlines")
FIELDS = {
    "references": ("kind", "number", "date", "issuer", "relation", "provision", "subject", "path"),
    "targets": (
        "low", "high", "comparator", "unit", "population", "outcome", "condition",
        "commitment", "horizon", "horizon_source", "per", "baseline", "path", "role",
    ),
    "tasks": ("path", "lead", "coordinating", "deadline", "product"),
    "deadlines": ("type", "value", "bound", "rrule", "path"),
    "agencies": ("level", "jurisdiction", "class"),
    "sections": ("label", "heading", "role"),
}  # fmt: skip
_LOOSE = frozenset({"population", "outcome", "condition", "subject", "baseline", "product"})
_EDGES = " \t\r\n\u00a0.,;:-–+*()[]“”\"'|"
State = Literal["right", "differs", "missed", "wrong", "uncertain"]
Place = Literal["preamble", "sentence", "list", "table"]
Counts = tuple[int, int, int]  # right, wrong, missed


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row in the gold and in the output."""

    name: str
    gold: Any
    found: Any
    counts: Counts

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return not (self.counts[1] or self.counts[2])


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the gold, of the output, or of both; ``counts`` is what it adds to the score of its layer.

    ``strict``: both begin and end with the same words (a task, of which the gold quotes the beginning: both begin
    with them, at the same path; a section: the whole heading). ``label`` names the row in lists of disagreements.
    """

    layer: str
    label: str
    counts: Counts
    gold: Mapping[str, Any] | None = None
    found: Mapping[str, Any] | None = None
    span: Span | None = None
    at: Span | None = None
    fields: tuple[Field, ...] = ()
    strict: bool = False
    uncertain: bool = False
    place: Place = "sentence"
    several: bool = False  # the paragraph holds another row of the same layer

    @property
    def state(self) -> State:
        """How gold and output stand to each other."""
        if self.uncertain:
            return "uncertain"
        if self.gold is None:
            return "wrong"
        if self.found is None:
            return "missed"
        return "right" if self.whole else "differs"

    @property
    def whole(self) -> bool:
        """Whether the row was found and every value agrees."""
        return self.counts[1:] == (0, 0) and all(field.agrees for field in self.fields)


class Finder(Protocol):
    """What tells where the quotes of a gold stand, such as :class:`~vnplan.quotes.Places`."""

    def find(self, quotes: Iterable[str]) -> Iterator[Span | None]:
        """Yield the span of each quote in turn, or None."""


def compare_rows(
    annotation: Mapping[str, Any], document: Document, places: Finder | None = None
) -> tuple[Row, ...]:  # fmt: skip
    """Return the rows of every layer that the annotation holds, gold and output side by side.

    ``places`` finds the quotes where they are not the document's own words (a disturbed copy).
    """
    rows: list[Row] = []
    places = places or Places(document.text)
    if "header" in annotation:
        rows += _header(annotation["header"], document)
    if "sections" in annotation:
        rows += _sections(annotation["sections"], document)
    for layer in ("references", "targets", "tasks", "deadlines"):
        if layer in annotation:
            rows += _statements(layer, annotation, document, places)
    if "agencies" in annotation:
        rows += _agencies(annotation["agencies"], document, places)
    return tuple(rows)


def unread_rows(annotation: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the rows of an annotation whose document could not be read: all of them missed."""
    rows = []
    for layer in LAYERS:
        if layer == "header" and layer in annotation:
            for name, value in header_values(annotation[layer]):
                lost = len(value) if isinstance(value, list) else 1
                if value is not None:
                    rows.append(Row(layer, name, (0, 0, lost), {name: value}))
        elif layer in annotation:
            for row in annotation[layer]:
                sure = not row.get("uncertain")
                rows.append(Row(layer, label_of(layer, row), (0, 0, int(sure)), row, uncertain=not sure))
    return tuple(rows)


def label_of(layer: str, row: Mapping[str, Any]) -> str:
    """Return the words that name a gold row."""
    if layer == "sections":
        return str(row["path"])
    return str(row["name"]) if layer == "agencies" else f"{row.get('path')}: {row['quote']}"


def same(name: str, gold: Any, found: Any) -> bool:
    """Return whether two values of a field agree: folded, and for free words by three quarters of the words."""
    if isinstance(gold, str) and isinstance(found, str):
        if fold(gold) == fold(found):
            return True
        if name == "heading":
            short, long = sorted((fold(gold), fold(found)), key=len)
            return bool(short) and long.startswith(short)
        if name in _LOOSE:
            a, b = set(fold(gold).split()), set(fold(found).split())
            return len(a & b) >= 0.75 * len(a | b)
        return False
    return bool(gold == found)


def header_values(gold: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a header's gold by name, those of the signatory as ``signatory.name``."""
    for name, value in gold.items():
        if name == "signatory":
            yield from ((f"signatory.{part}", inner) for part, inner in (value or {}).items())
        else:
            yield name, value


def _header(gold: Mapping[str, Any], document: Document) -> Iterator[Row]:
    header = document.header
    for name, expected in header_values(gold):
        if name == "recipients":
            asked, got = {fold(item) for item in expected}, {fold(item) for item in header.recipients}
            counts = len(asked & got), len(got - asked), len(asked - got)
            found = {name: list(header.recipients)}
            yield Row("header", name, counts, {name: expected}, found, strict=counts[1:] == (0, 0))
            continue
        owner = header.signatory if name.startswith("signatory.") else header
        value = getattr(owner, name.split(".")[-1], None) if owner else None
        if expected is None and value is None:
            continue
        right = same(name, expected, value)
        counts = int(right), int(not right and value is not None), int(not right and expected is not None)
        field = Field(name, expected, value, (int(right), int(not right), int(not right)))
        exact = right and (not isinstance(expected, str) or fold(expected) == fold(str(value)))
        yield Row("header", name, counts, {name: expected}, {name: value}, fields=(field,), strict=exact)


def _sections(gold: Sequence[Mapping[str, Any]], document: Document) -> Iterator[Row]:
    asked = {row["path"]: row for row in gold}
    found: dict[str, Section] = {}
    for section in document.sections:
        small = section.kind in ("bullet", "paragraph", "row") and section.path not in asked
        if not small:
            found.setdefault(section.path, section)
    for path, row in asked.items():
        sure = not row.get("uncertain")
        if path not in found:
            yield Row("sections", path, (0, 0, int(sure)), row, uncertain=not sure)
            continue
        section = found[path]
        values = {name: getattr(section, name) for name in FIELDS["sections"]} | {"path": path}
        fields = tuple(_fields("sections", row, values)) if sure else ()
        exact = "heading" not in row or fold(row["heading"] or "") == fold(section.heading)
        yield Row(
            "sections", path, (int(sure), 0, 0), row, values, at=section.span, fields=fields, strict=exact,
            uncertain=not sure,
        )  # fmt: skip
    for path, section in found.items():
        if path not in asked:
            values = {name: getattr(section, name) for name in FIELDS["sections"]} | {"path": path}
            yield Row("sections", f"{path} {section.heading}", (0, 1, 0), None, values, at=section.span)


def _fields(layer: str, row: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Field]:
    for name in FIELDS[layer]:
        if name not in row:
            continue
        gold, found = row[name], values.get(name)
        if isinstance(gold, list):
            a, b = {fold(item) for item in gold}, {fold(item) for item in found or ()}
            yield Field(name, gold, list(found or ()), (len(a & b), len(b - a), len(a - b)))
        else:
            right = same(name, gold, found)
            yield Field(name, gold, found, (int(right), int(not right), int(not right)))


def _values(layer: str, item: Any, document: Document) -> dict[str, Any]:
    values = {name: getattr(item, name, None) for name in FIELDS[layer]}
    if layer == "tasks":
        index = item.deadline
        values["deadline"] = None if index is None else document.quote(document.deadlines[index].span)
    return values | {"quote": document.quote(item.span)}


def _statements(
    layer: str, annotation: Mapping[str, Any], document: Document, places: Finder
) -> Iterator[Row]:  # fmt: skip
    gold: list[dict[str, Any]] = [dict(row) for row in annotation[layer]]
    if layer == "tasks":
        for row in gold:
            if row.get("deadline") is not None:
                if "deadlines" in annotation:
                    row["deadline"] = annotation["deadlines"][row["deadline"]]["quote"]
                else:
                    del row["deadline"]
    spans = list(places.find(row["quote"] for row in gold))
    found: Sequence[Any] = getattr(document, layer)
    partner = dict(match(layer, gold, spans, found))
    ground = _Ground(document, [span for span in spans if span])
    for i, (row, span) in enumerate(zip(gold, spans, strict=True)):
        sure, item = not row.get("uncertain"), found[partner[i]] if i in partner else None
        where = span or (item.span if item else None)
        yield Row(
            layer,
            label_of(layer, row),
            (int(sure and item is not None), 0, int(sure and item is None)),
            row,
            _values(layer, item, document) if item else None,
            span,
            item.span if item else None,
            tuple(_fields(layer, row, _values(layer, item, document))) if item and sure else (),
            item is not None and _strict(layer, row, span, item, document),
            not sure,
            ground.place(where),
            ground.several(span),
        )
    for j in sorted(set(range(len(found))) - set(partner.values())):
        item = found[j]
        label = f"{item.path}: {document.quote(item.span)}"
        place, several = ground.place(item.span), ground.several(item.span)
        yield Row(
            layer, label, (0, 1, 0), None, _values(layer, item, document), None, item.span, place=place, several=several
        )


def _strict(layer: str, row: Mapping[str, Any], span: Span | None, item: Any, document: Document) -> bool:
    if span is None:
        return False
    gold, found = _trimmed(document, span), _trimmed(document, item.span)
    if layer == "tasks":
        return gold.start == found.start and row.get("path", item.path) == item.path
    return gold == found


def _trimmed(document: Document, span: Span) -> Span:
    words = document.quote(span)
    start = len(words) - len(words.lstrip(_EDGES))
    return Span(span.start + start, span.start + max(start, len(words.rstrip(_EDGES))))


class _Ground:
    """Where in a document rows stand: in a table, a list, a sentence or before the first section."""

    def __init__(self, document: Document, spans: Sequence[Span]) -> None:
        self._blocks = document.source.blocks
        self._starts = [block.span.start for block in self._blocks]
        self._sections = [section for section in document.sections if section.kind != "row"]
        self._section_starts = [section.span.start for section in self._sections]
        blocks = [self._block(span) for span in spans]
        self._shared = {block for block in blocks if blocks.count(block) > 1}

    def _block(self, span: Span) -> int:
        return bisect_right(self._starts, span.start) - 1

    def place(self, span: Span | None) -> Place:
        block = self._block(span) if span else -1
        if span is None or block < 0:
            return "sentence"
        if self._blocks[block].kind == "cell":
            return "table"
        at = bisect_right(self._section_starts, span.start) - 1
        if at < 0:
            return "preamble"
        return "list" if self._sections[at].kind == "bullet" else "sentence"

    def several(self, span: Span | None) -> bool:
        return span is not None and self._block(span) in self._shared


def match(
    layer: str, gold: Sequence[Mapping[str, Any]], spans: Sequence[Span | None], found: Sequence[Any]
) -> list[tuple[int, int]]:
    """Return pairs of gold and found rows, the best fitting first, each row in one pair at most."""
    candidates = []
    for i, span in enumerate(spans):
        for j, item in enumerate(found):
            closeness = _closeness(layer, gold[i], span, item)
            if closeness > 0:
                candidates.append((-closeness, abs(i - j), i, j))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            pairs.append((i, j))
            used_gold.add(i)
            used_found.add(j)
    return pairs


def _closeness(layer: str, row: Mapping[str, Any], span: Span | None, item: Any) -> float:
    """Return how well a found row fits a gold row; 0 when it does not."""
    closeness = 0.0
    if span is not None:
        common = min(span.end, item.span.end) - max(span.start, item.span.start)
        if common > 0:
            union = max(span.end, item.span.end) - min(span.start, item.span.start)
            closeness = common / union
            begins = abs(span.start - item.span.start) <= 3
            inside = layer == "tasks" and item.span.start - 12 <= span.start <= item.span.start + 12
            if closeness < 0.5 and not begins and not inside:
                closeness = 0.0
    if layer == "tasks" and not closeness and span is None and row.get("path") == item.path:
        closeness = 0.1
    if closeness and layer == "targets" and row.get("low") == item.low:
        closeness += 1
    return closeness


def _agencies(gold: Sequence[Mapping[str, Any]], document: Document, places: Finder) -> Iterator[Row]:
    found: dict[str, Any] = {}
    for mention in document.agencies:
        found.setdefault(fold(mention.name), mention)
    allowed = {fold(row["name"]) for row in gold}
    for row in gold:
        sure, agency = not row.get("uncertain"), found.get(fold(row["name"]))
        span = next(places.find([row["quote"]]), None) if row.get("quote") else None
        if agency is None:
            yield Row("agencies", row["name"], (0, 0, int(sure)), row, None, span, uncertain=not sure)
            continue
        values = _agency(agency)
        fields = tuple(_fields("agencies", row, values)) if sure else ()
        yield Row(
            "agencies", row["name"], (int(sure), 0, 0), row, values, span, agency.span, fields, True, not sure
        )  # fmt: skip
    for key, extra in found.items():
        if key not in allowed:
            yield Row("agencies", extra.name, (0, 1, 0), None, _agency(extra), None, extra.span)


def _agency(agency: Any) -> dict[str, Any]:
    return {
        "name": agency.name, "level": agency.level, "jurisdiction": agency.jurisdiction, "class": agency.is_class,
    }  # fmt: skip
