"""An evaluation as pages: an index, and each document with its gold and its output side by side, errors coloured."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from vnplan.evaluate_rows import FIELDS, LAYERS, Row, State
from vnplan.evaluate_scores import Evaluation, Score
from vnplan.evaluate_tables import sides
from vnplan.model import Document, Span
from vnplan.report.escape import encodable, shortened
from vnplan.report.html import template

_QUOTE: Final = 240
_WORST: Final[dict[State, int]] = {"uncertain": 0, "right": 1, "differs": 2, "wrong": 3, "missed": 4}
_UNMARKED: Final = frozenset({"sections", "tasks"})  # layers whose rows fill whole paragraphs
_GOOD, _FAIR = 0.97, 0.90
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row on both sides; ``agrees`` is None where only one side has the row."""

    name: str
    gold: str
    found: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row as the page shows it: the words of both sides, and the values."""

    layer: str
    state: State
    gold: str | None
    found: str | None
    same_words: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph and the state that colours it."""

    text: str
    state: State | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the document with the rows that begin in it."""

    number: int
    kind: str
    stretches: tuple[Stretch, ...]
    pairs: tuple[Pair, ...]

    @property
    def bad(self) -> bool:
        """Whether gold and output disagree somewhere in it."""
        return any(_WORST[pair.state] > 1 for pair in self.pairs)


def evaluation_pages(
    result: Evaluation, *, title: str, changed: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield file name and content of the index and of the page of each document that was read."""
    names = {name: f"{number:03}-{_file_name(name)}.html" for number, name in enumerate(sorted(result.texts), start=1)}
    layers = [layer for layer in (*LAYERS, "edges", "findings", "notes", "accusations") if layer in result.layers]
    index = template("scores.html").render(
        title=title, result=result, layers=layers, names=names, grade=_grade, changed=changed,
        documented=[layer for layer in layers if layer in LAYERS],
        constructions=_constructions(result), matrices=_matrices(result), errors=_errors(result),
    )  # fmt: skip
    yield "index.html", encodable(index)
    order = sorted(names)
    for at, name in enumerate(order):
        rows = result.rows[name]
        page = template("scores_document.html").render(
            name=name,
            scores=result.documents.get(name, {}),
            layers=[layer for layer in LAYERS if layer in result.documents.get(name, {})],
            grade=_grade,
            counts={state: sum(row.state == state for row in rows) for state in reversed(_WORST)},
            header=[_pair(row) for row in rows if row.layer == "header"],
            nowhere=[_pair(row) for row in rows if row.layer != "header" and not (row.span or row.at)],
            passages=passages(result.texts[name], rows),
            before=names[order[at - 1]] if at else None,
            after=names[order[at + 1]] if at + 1 < len(order) else None,
        )
        yield names[name], encodable(page)


# yes: "drug/plan.txt" gives drug-plan
# no:  nothing outside a-z and digits stays
_OUTSIDE: Final = re.compile(r"[^a-z0-9]{1,200}")


def _file_name(name: str) -> str:
    return _OUTSIDE.sub("-", name.rpartition(".")[0].lower())[:80].strip("-") or "document"


def _grade(score: Score) -> str:
    return "good" if score.f1 >= _GOOD else "fair" if score.f1 >= _FAIR else "poor"


def _errors(result: Evaluation) -> dict[str, int]:
    return {name: sum(_WORST[row.state] > 1 for row in rows) for name, rows in result.rows.items()}


def _constructions(result: Evaluation) -> list[tuple[str, list[tuple[str, Score, Score]]]]:
    """Return the constructions of each layer, with the score of rows found and of rows right in every value."""
    found: dict[str, list[tuple[str, Score, Score]]] = {}
    for name, score in sorted(result.constructions.items()):
        layer, _, form = name.partition(": ")
        found.setdefault(layer, []).append((form, score, result.whole_constructions[name]))
    return [(layer, found[layer]) for layer in LAYERS if layer in found]


def _matrices(result: Evaluation) -> list[tuple[str, list[str], list[tuple[str, list[int]]]]]:
    """Return of each confusion its name, the values, and the counts of each gold value by output."""
    matrices = []
    for name, pairs in result.confusion.items():
        asked, columns = sides(pairs)
        rows = [(gold, [pairs.get((gold, found), 0) for found in columns]) for gold in asked]
        matrices.append((name, columns, [row for row in rows if any(row[1])]))
    return matrices


def passages(document: Document, rows: Sequence[Row]) -> list[Passage]:
    """Return the paragraphs of a document as they were read, each with its rows and their colours."""
    blocks = document.source.blocks
    starts = [block.span.start for block in blocks]
    placed: dict[int, list[Row]] = {}
    for row in rows:
        where = row.span or row.at
        if where is not None and row.layer != "header":
            placed.setdefault(max(0, bisect_right(starts, where.start) - 1), []).append(row)
    marks = sorted(_marks(rows), key=lambda mark: mark[0])
    found, open_marks, next_mark = [], list[tuple[Span, State]](), 0
    for number, block in enumerate(blocks):
        while next_mark < len(marks) and marks[next_mark][0].start < block.span.end:
            open_marks.append(marks[next_mark])
            next_mark += 1
        open_marks = [mark for mark in open_marks if mark[0].end > block.span.start]
        stretches = tuple(_stretches(document, block.span, open_marks))
        here = sorted(placed.get(number, ()), key=lambda row: ((row.span or row.at or Span(0, 0)), row.layer))
        if here or any(stretch.text.strip() for stretch in stretches):
            found.append(Passage(number + 1, block.kind, stretches, tuple(map(_pair, here))))
    return found


def _marks(rows: Sequence[Row]) -> Iterator[tuple[Span, State]]:
    for row in rows:
        where = row.at if row.state == "wrong" else row.span or row.at
        if where is not None and row.layer not in _UNMARKED:
            yield where, row.state


def _stretches(document: Document, block: Span, marks: Sequence[tuple[Span, State]]) -> Iterator[Stretch]:
    """Yield a paragraph in pieces, each in the worst of the states that cover it."""
    cuts = {block.start, block.end}
    for span, _ in marks:
        cuts |= {at for at in (span.start, span.end) if block.start < at < block.end}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        states: list[State] = [state for span, state in marks if span.start < end and span.end > start]
        yield Stretch(document.quote(Span(start, end)), _worst(states))


def _worst(states: Sequence[State]) -> State | None:
    if not states:
        return None
    worst: State = max(states, key=lambda state: _WORST[state])
    return worst


def _pair(row: Row) -> Pair:
    """Return a row with the values that the gold annotates, or, of a wrong row, those of the output."""
    gold, found = row.gold or {}, row.found or {}
    compared = {field.name: field for field in row.fields}
    names = FIELDS.get(row.layer, ()) if row.layer != "header" else tuple(gold)
    values = []
    for name in names:
        if name not in gold and (row.gold is not None or found.get(name) in (None, (), False, "")):
            continue
        agrees = compared[name].agrees if name in compared else None
        if row.layer == "header":
            agrees = row.whole
        sides = _shown(gold.get(name)), _shown(found.get(name))
        if sides != (_NOTHING, _NOTHING):
            values.append(Value(name, *sides, agrees))
    return Pair(row.layer, row.state, _quoted(row.gold, row), _quoted(row.found, row), row.strict, tuple(values))


def _quoted(side: Mapping[str, Any] | None, row: Row) -> str | None:
    if side is None:
        return None
    words = side.get("quote") or side.get("name") or side.get("path") or row.label
    return shortened(str(words), _QUOTE)


def _shown(value: Any) -> str:
    if value is None or value == ():
        return _NOTHING
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value)) or _NOTHING
    return f"{value:g}" if isinstance(value, float) else shortened(str(value), _QUOTE)
