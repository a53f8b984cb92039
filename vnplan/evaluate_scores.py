"""Scores: counts of rows and fields, by layer, document and construction, with the figures that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vnplan.evaluate_forms import forms
from vnplan.evaluate_rows import Row
from vnplan.model import Document

CONFUSIONS: Final = (
    "sections.role", "references.relation", "references.kind", "targets.comparator", "targets.commitment",
    "deadlines.type", "deadlines.bound", "agencies.level",
)  # fmt: skip
MISSED, UNASKED = "(missed)", "(not in gold)"


@dataclass(slots=True)
class Score:
    """Counts of what was found rightly, found wrongly, and missed, with the three figures that follow from them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Add the counts of one more document or row."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1.0 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what the gold holds that was found; 1.0 when the gold holds nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement between gold and output: ``missed``, ``wrong`` or, of a field, ``differs``."""

    document: str
    layer: str
    what: str
    gold: str | None
    found: str | None


@dataclass(slots=True)
class Evaluation:
    """Scores per layer and per ``layer.field`` over all documents, per document, and every disagreement.

    ``strict`` asks that gold and output begin and end with the same words, ``whole`` that every annotated value
    agrees. ``constructions`` are scores by ``layer: form``, ``confusion`` counts pairs of gold and output by field.
    """

    layers: dict[str, Score] = field(default_factory=dict)
    fields: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, dict[str, Score]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    strict: dict[str, Score] = field(default_factory=dict)
    whole: dict[str, Score] = field(default_factory=dict)
    constructions: dict[str, Score] = field(default_factory=dict)
    whole_constructions: dict[str, Score] = field(default_factory=dict)
    confusion: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    texts: dict[str, Document] = field(default_factory=dict)

    def add(self, name: str, rows: Iterable[Row], document: Document | None = None) -> None:
        """Count the rows of one document, whose text is kept for pages where it is given."""
        self.rows[name] = tuple(rows)
        if document is not None:
            self.texts[name] = document
        for row in self.rows[name]:
            self._count(name, row)

    def _count(self, name: str, row: Row) -> None:
        layer = row.layer
        for scores in (self.layers, self.documents.setdefault(name, {})):
            scores.setdefault(layer, Score()).add(*row.counts)
        self.strict.setdefault(layer, Score()).add(*_asked(row, row.strict))
        self.whole.setdefault(layer, Score()).add(*_asked(row, row.whole))
        if any(row.counts):
            for form in forms(row):
                self.constructions.setdefault(f"{layer}: {form}", Score()).add(*row.counts)
                self.whole_constructions.setdefault(f"{layer}: {form}", Score()).add(*_asked(row, row.whole))
        for one in row.fields:
            self.fields.setdefault(f"{layer}.{one.name}", Score()).add(*one.counts)
            if (key := f"{layer}.{one.name}") in CONFUSIONS:
                self.confusion.setdefault(key, Counter())[str(one.gold), str(one.found)] += 1
        if row.state in ("missed", "wrong") and layer != "header":
            self._count_alone(row)
        self.misses += _misses(name, row)

    def _count_alone(self, row: Row) -> None:
        """Count in the confusions a row that only the gold or only the output has."""
        for key in CONFUSIONS:
            layer, _, name = key.partition(".")
            values = row.gold if row.gold is not None else row.found or {}
            if layer == row.layer and name in values:
                value = str(values[name])
                pair = (value, MISSED) if row.gold is not None else (UNASKED, value)
                self.confusion.setdefault(key, Counter())[pair] += 1

    def record(self) -> dict[str, Any]:
        """Return all figures as plain values for JSON."""
        return {
            "schema": 1,
            "layers": plain(self.layers),
            "fields": plain(self.fields),
            "strict": plain(self.strict),
            "whole": plain(self.whole),
            "documents": {name: plain(scores) for name, scores in self.documents.items()},
            "constructions": plain(self.constructions),
            "whole_constructions": plain(self.whole_constructions),
            "confusion": {
                name: [{"gold": gold, "found": found, "count": n} for (gold, found), n in sorted(pairs.items())]
                for name, pairs in self.confusion.items()
            },
            "misses": [
                {"document": m.document, "layer": m.layer, "what": m.what, "gold": m.gold, "found": m.found}
                for m in self.misses
            ],
            "failures": dict(self.failures),
        }

    def table(self) -> str:
        """Return the figures as a table of text, the fields under their layers."""
        from vnplan.evaluate_tables import totals_table

        return totals_table(self)

    def __repr__(self) -> str:
        figures = ", ".join(f"{layer} {score.f1:.3f}" for layer, score in self.layers.items())
        return f"Evaluation(F1: {figures})"


def plain(scores: Mapping[str, Score]) -> dict[str, Any]:
    """Return scores as plain values for JSON."""
    return {
        name: {
            "precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4),
            "right": s.right, "wrong": s.wrong, "missed": s.missed,
        }
        for name, s in scores.items()
    }  # fmt: skip


def _asked(row: Row, holds: bool) -> tuple[int, int, int]:
    """Return the counts of a row of which more is asked: one that was found and fails is wrong and missed."""
    right, wrong, missed = row.counts
    return (right, wrong, missed) if holds or not right else (0, wrong + right, missed + right)


def _misses(name: str, row: Row) -> Iterator[Miss]:
    if row.state == "uncertain" or not (any(row.counts[1:]) or row.fields):
        return
    if row.layer == "header":
        yield from _header_misses(name, row)
    elif row.state in ("missed", "wrong"):
        pair = (row.label, None) if row.state == "missed" else (None, row.label)
        yield Miss(name, row.layer, row.state, *pair)
    else:
        where = str((row.gold or {}).get("quote") or row.label)[:60]
        where = row.label if row.layer in ("sections", "agencies") else where
        for one in row.fields:
            if not one.agrees:
                yield Miss(name, row.layer, f"{one.name} of {where}", _text(one.gold), _text(one.found))


def _header_misses(name: str, row: Row) -> Iterator[Miss]:
    if not any(row.counts[1:]):
        return
    gold, found = (row.gold or {}).get(row.label), (row.found or {}).get(row.label)
    if not isinstance(gold, list):
        yield Miss(name, "header", row.label, _text(gold), _text(found))
        return
    from vnplan.text import fold

    asked, got = {fold(item) for item in gold}, {fold(item) for item in found or ()}
    for item in sorted(asked ^ got):
        yield Miss(name, "header", row.label, item if item in asked else None, item if item in got else None)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
