"""Scores of what vnplan extracts against gold annotations (the format is in docs/evaluation.md).

A row counts as found when its words overlap the gold row's words by at least half (intersection over union), when it
begins where the gold quote begins, or, for tasks, when it stands at the same path. Agencies are compared as sets of
canonical names, sections by their paths. A gold row marked ``uncertain`` is neither asked for nor forbidden; a layer
or a field that the gold leaves out is not scored.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vnplan.document import read
from vnplan.errors import VnplanError
from vnplan.model import Document, Section, Span
from vnplan.quotes import Places
from vnplan.text import fold

LAYERS = ("header", "sections", "references", "targets", "tasks", "agencies", "deadlines")
_FIELDS = {
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
    """Scores per layer and per ``layer.field`` over all documents, per document, and every disagreement."""

    layers: dict[str, Score] = field(default_factory=dict)
    fields: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, dict[str, Score]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """Return all figures as plain values for JSON."""

        def plain(scores: Mapping[str, Score]) -> dict[str, Any]:
            return {
                name: {
                    "precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4),
                    "right": s.right, "wrong": s.wrong, "missed": s.missed,
                }
                for name, s in scores.items()
            }  # fmt: skip

        return {
            "schema": 1,
            "layers": plain(self.layers),
            "fields": plain(self.fields),
            "documents": {name: plain(scores) for name, scores in self.documents.items()},
            "failures": dict(self.failures),
        }

    def table(self) -> str:
        """Return the figures as a table of text, the fields under their layers."""
        lines = [f"{'':28}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>7}{'wrong':>7}{'missed':>7}"]
        for layer, score in self.layers.items():
            lines.append(_line(layer, score))
            inner = [(name.partition(".")[2], s) for name, s in self.fields.items() if name.startswith(layer + ".")]
            lines += [_line("  " + name, s) for name, s in inner]
        lines += [f"{name}: not read ({why})" for name, why in self.failures.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        figures = ", ".join(f"{layer} {score.f1:.3f}" for layer, score in self.layers.items())
        return f"Evaluation(F1: {figures})"


def _line(name: str, s: Score) -> str:
    return f"{name:28}{s.precision:10.3f}{s.recall:8.3f}{s.f1:8.3f}{s.right:7}{s.wrong:7}{s.missed:7}"


def evaluate(
    gold: str | Path, documents: Iterable[str | Path] = (), *, without: Collection[str] = ()
) -> Evaluation:  # fmt: skip
    """Return the scores of the documents that the gold files under ``gold`` annotate.

    A document is looked for beside its gold file, then in the folders ``documents``. Folders named in ``without`` are
    passed over. Raises :class:`~vnplan.errors.VnplanError` when ``gold`` holds no gold file or a document of one is
    nowhere.
    """
    folder = Path(gold)
    files = list(find_annotations(folder, "*.gold.json", without))
    if not files:
        raise VnplanError("no-gold", f"{folder}: no file named *.gold.json; give the folder that holds the annotations")
    result = Evaluation()
    for file in files:
        annotation = _read_annotation(file)
        name = annotation["document"]
        path = _locate(name, [file.parent, *map(Path, documents)])
        if path is None:
            raise VnplanError("no-document", f"{file}: its document {name} is in no folder; name one with --documents")
        try:
            document = read(path)
        except VnplanError as error:
            result.failures[name] = error.code
            _score_unread(result, name, annotation)
            continue
        score_document(result, name, annotation, document)
    return result


def find_annotations(folder: Path, pattern: str, without: Collection[str] = ()) -> Iterator[Path]:
    """Yield the files of a pattern below a folder, sorted, but those in folders of the names ``without``."""
    for file in sorted(folder.rglob(pattern)):
        if not set(file.relative_to(folder).parts[:-1]) & set(without):
            yield file


def _read_annotation(file: Path) -> dict[str, Any]:
    try:
        annotation = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise VnplanError("bad-gold", f"{file}: it is not JSON ({error}); mend it") from error
    if not isinstance(annotation, dict) or not isinstance(annotation.get("document"), str):
        raise VnplanError("bad-gold", f'{file}: it does not say which file it annotates; add the key "document"')
    return annotation


def _locate(name: str, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
        for path in sorted(folder.rglob(name)):
            return path
    return None


def _score_unread(result: Evaluation, name: str, annotation: Mapping[str, Any]) -> None:
    for layer in LAYERS:
        if layer in annotation:
            if layer == "header":
                values = [value for _, value in _header_values(annotation[layer]) if value is not None]
                score = Score(missed=sum(len(value) if isinstance(value, list) else 1 for value in values))
            else:
                score = Score(missed=sum(not row.get("uncertain") for row in annotation[layer]))
            result.documents.setdefault(name, {})[layer] = score
            result.layers.setdefault(layer, Score()).add(0, 0, score.missed)


def score_document(result: Evaluation, name: str, annotation: Mapping[str, Any], document: Document) -> None:
    """Add the scores of one document against its annotation to ``result``."""
    board = _Board(result, name)
    places = Places(document.text)
    if "header" in annotation:
        _score_header(board, annotation["header"], document)
    if "sections" in annotation:
        _score_sections(board, annotation["sections"], document)
    for layer in ("references", "targets", "tasks", "deadlines"):
        if layer in annotation:
            _score_rows(board, layer, annotation, document, places)
    if "agencies" in annotation:
        _score_agencies(board, annotation["agencies"], document)


@dataclass(slots=True)
class _Board:
    """Where the counts of one document go."""

    result: Evaluation
    name: str

    def layer(self, layer: str, right: int, wrong: int, missed: int) -> None:
        for scores in (self.result.layers, self.result.documents.setdefault(self.name, {})):
            scores.setdefault(layer, Score()).add(right, wrong, missed)

    def field(self, layer: str, name: str, right: int, wrong: int, missed: int) -> None:
        self.result.fields.setdefault(f"{layer}.{name}", Score()).add(right, wrong, missed)

    def miss(self, layer: str, what: str, gold: object, found: object) -> None:
        as_text = [None if value is None else str(value) for value in (gold, found)]
        self.result.misses.append(Miss(self.name, layer, what, as_text[0], as_text[1]))


def _same(name: str, gold: Any, found: Any) -> bool:
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


def _score_header(board: _Board, gold: Mapping[str, Any], document: Document) -> None:
    header = document.header
    for name, expected in _header_values(gold):
        if name == "recipients":
            found = list(header.recipients)
            rows = {fold(item) for item in expected}
            got = {fold(item) for item in found}
            board.layer("header", len(rows & got), len(got - rows), len(rows - got))
            for item in sorted(rows ^ got):
                board.miss("header", "recipients", item if item in rows else None, item if item in got else None)
            continue
        owner = header.signatory if name.startswith("signatory.") else header
        value = getattr(owner, name.split(".")[-1], None) if owner else None
        if expected is None and value is None:
            continue
        right = _same(name, expected, value)
        board.layer("header", int(right), int(not right and value is not None), int(not right and expected is not None))
        board.field("header", name, int(right), int(not right), int(not right))
        if not right:
            board.miss("header", name, expected, value)


def _header_values(gold: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in gold.items():
        if name == "signatory":
            yield from ((f"signatory.{part}", inner) for part, inner in (value or {}).items())
        else:
            yield name, value


def _score_sections(board: _Board, gold: Sequence[Mapping[str, Any]], document: Document) -> None:
    asked = {row["path"]: row for row in gold}
    found: dict[str, Section] = {}
    for section in document.sections:
        small = section.kind in ("bullet", "paragraph", "row") and section.path not in asked
        if not small:
            found.setdefault(section.path, section)
    sure = {path for path, row in asked.items() if not row.get("uncertain")}
    board.layer("sections", len(sure & set(found)), len(set(found) - set(asked)), len(sure - set(found)))
    for path in asked:
        if path not in found:
            board.miss("sections", "missed", path, None)
    for path, section in found.items():
        if path not in asked:
            board.miss("sections", "wrong", None, f"{path} {section.heading}")
            continue
        _score_fields(board, "sections", asked[path], {n: getattr(section, n) for n in _FIELDS["sections"]}, path)


def _score_fields(board: _Board, layer: str, row: Mapping[str, Any], values: Mapping[str, Any], where: str) -> None:
    for name in _FIELDS[layer]:
        if name not in row:
            continue
        gold, found = row[name], values.get(name)
        if isinstance(gold, list):
            a, b = {fold(item) for item in gold}, {fold(item) for item in found or ()}
            board.field(layer, name, len(a & b), len(b - a), len(a - b))
            right = a == b
        else:
            right = _same(name, gold, found)
            board.field(layer, name, int(right), int(not right), int(not right))
        if not right:
            board.miss(layer, f"{name} of {where}", gold, found)


def _values(layer: str, item: Any, document: Document) -> dict[str, Any]:
    values = {name: getattr(item, name, None) for name in _FIELDS[layer]}
    if layer == "tasks":
        index = item.deadline
        values["deadline"] = None if index is None else document.quote(document.deadlines[index].span)
    return values


def _score_rows(
    board: _Board, layer: str, annotation: Mapping[str, Any], document: Document, places: Places
) -> None:  # fmt: skip
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
    pairs = _match(layer, gold, spans, found)
    matched = {i for i, _ in pairs}
    taken = {j for _, j in pairs}
    for i, j in pairs:
        row = gold[i]
        if not row.get("uncertain"):
            _score_fields(board, layer, row, _values(layer, found[j], document), row["quote"][:60])
    sure = [i for i, row in enumerate(gold) if not row.get("uncertain")]
    right = sum(1 for i in sure if i in matched)
    board.layer(layer, right, len(found) - len(taken), len(sure) - right)
    for i in sure:
        if i not in matched:
            board.miss(layer, "missed", f"{gold[i].get('path')}: {gold[i]['quote']}", None)
    for j, item in enumerate(found):
        if j not in taken:
            board.miss(layer, "wrong", None, f"{item.path}: {document.quote(item.span)}")


def _match(
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


def _score_agencies(board: _Board, gold: Sequence[Mapping[str, Any]], document: Document) -> None:
    asked = {fold(row["name"]): row for row in gold if not row.get("uncertain")}
    allowed = {fold(row["name"]) for row in gold}
    found: dict[str, Any] = {}
    for agency in document.agencies:
        found.setdefault(fold(agency.name), agency)
    board.layer(
        "agencies", len(asked.keys() & found.keys()), len(found.keys() - allowed), len(asked.keys() - found.keys())
    )
    for key in asked.keys() - found.keys():
        board.miss("agencies", "missed", asked[key]["name"], None)
    for key, agency in found.items():
        if key not in allowed:
            board.miss("agencies", "wrong", None, agency.name)
        elif key in asked:
            values = {"level": agency.level, "jurisdiction": agency.jurisdiction, "class": agency.is_class}
            _score_fields(board, "agencies", asked[key], values, agency.name)
