"""Scores of edges and findings against a gold cascade (``*.cascade.json``), in the shape that ``vnplan audit`` prints.

Documents are named by their files. A finding counts as right when kind, child and (where the gold says it) ``by``
agree and the quoted words are the same words; a parent of null in the gold is not compared. What ``must_not_flag``
lists is counted apart, as ``accusations``: each is a false accusation, and none is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vnplan.compare import Audit, audit, build_cascade
from vnplan.document import read
from vnplan.evaluate import Evaluation, Miss, Score, find_annotations
from vnplan.model import Evidence, Finding
from vnplan.text import fold


def evaluate_cascades(gold: str | Path, result: Evaluation, *, without: Collection[str] = ()) -> Evaluation:
    """Add the scores of every gold cascade under ``gold`` to ``result``: layers edges, findings, notes, accusations.

    Folders named in ``without`` are passed over.
    """
    for file in find_annotations(Path(gold), "*.cascade.json", without):
        names = sorted(
            json.loads(path.read_text(encoding="utf-8"))["document"] for path in file.parent.glob("*.gold.json")
        )
        documents = [read(file.parent / name) for name in names]
        score_cascade(result, file.name, json.loads(file.read_text(encoding="utf-8")), audit(build_cascade(documents)))
    return result


def score_cascade(result: Evaluation, name: str, gold: Mapping[str, Any], found: Audit) -> None:
    """Add the scores of one audit against its gold to ``result``."""
    names = {document.id: document.source.name for document in found.documents if hasattr(document, "source")}
    _score_edges(result, name, gold["edges"], found, names)
    allowed: set[int] = set()
    for layer, wanted in (("findings", ("high", "medium", "low")), ("notes", ("info",))):
        rows = [row for row in gold["findings"] if row["severity"] in wanted]
        items = [item for item in found.findings if item.severity in wanted]
        right = missed = 0
        used: set[int] = set()
        for row in sorted(rows, key=lambda row: bool(row.get("uncertain"))):
            match = next((i for i, item in enumerate(items) if i not in used and fits(row, item, names)), None)
            if match is not None:
                used.add(match)
                allowed.add(id(items[match]))
            if row.get("uncertain"):
                continue
            right += match is not None
            missed += match is None
            if match is None:
                _miss(result, name, layer, "missed", _say_row(row), None)
        wrong = [item for i, item in enumerate(items) if i not in used]
        for item in wrong:
            _miss(result, name, layer, "wrong", None, _say(item, names))
        result.layers.setdefault(layer, Score()).add(right, len(wrong), missed)
    _score_accusations(result, name, gold.get("must_not_flag", ()), found.findings, names, allowed)


def _score_edges(
    result: Evaluation, name: str, gold: Sequence[Mapping[str, Any]], found: Audit, names: Mapping[str, str]
) -> None:
    asked = {(edge["child"], edge["parent"]) for edge in gold if edge["relation"] == "implements"}
    allowed = {(edge["child"], edge["parent"]) for edge in gold}
    got = {(names[e.child], names[e.parent]) for e in found.edges if e.child in names and e.parent in names}
    got = {(child, parent) for child, parent in got if child != parent}  # documents of one file, which has one name
    result.layers.setdefault("edges", Score()).add(len(asked & got), len(got - allowed), len(asked - got))
    for edge in sorted(asked - got):
        _miss(result, name, "edges", "missed", " -> ".join(edge), None)
    for edge in sorted(got - allowed):
        _miss(result, name, "edges", "wrong", None, " -> ".join(edge))


def _score_accusations(
    result: Evaluation,
    name: str,
    rules: Iterable[Mapping[str, Any]],
    findings: Sequence[Finding],
    names: Mapping[str, str],
    allowed: set[int],
) -> None:
    score = result.layers.setdefault("accusations", Score())
    for rule in rules:
        broken = [
            item
            for item in findings
            if id(item) not in allowed
            and item.finding == rule["finding"]
            and names.get(item.child) == rule["document"]
            and ("quote" not in rule or _quotes(rule["quote"], item.child_evidence, item.parent_evidence))
        ]
        score.add(int(not broken), len(broken), 0)
        for item in broken:
            _miss(result, name, "accusations", "wrong", rule["why"], _say(item, names))


def fits(row: Mapping[str, Any], item: Finding, names: Mapping[str, str]) -> bool:
    """Tell whether a finding is the one that a row of the gold describes."""
    if item.finding != row["finding"] or names.get(item.child) != row["child"]:
        return False
    if row.get("by") and item.by != row["by"]:
        return False
    parent = names.get(item.parent or "")
    if row.get("parent") and parent and parent != row["parent"]:
        return False
    pairs = (("child_quote", item.child_evidence), ("parent_quote", item.parent_evidence))
    given = [(row[key], evidence) for key, evidence in pairs if row.get(key)]
    return all(_quotes(quote, evidence) for quote, evidence in given) if given else True


def _quotes(quote: str, *places: Evidence | None) -> bool:
    """Return whether one of the places quotes the words, or is quoted by them."""
    words = fold(quote)
    for place in places:
        if place is not None and place.quote:
            other = fold(place.quote)
            if words in other or other in words or words[:40] in other:
                return True
    return False


def _miss(result: Evaluation, name: str, layer: str, what: str, gold: str | None, found: str | None) -> None:
    result.misses.append(Miss(name, layer, what, gold, found))


def _say_row(row: Mapping[str, Any]) -> str:
    return f"{row['finding']} {row['child']} / {row.get('child_quote')} / {row.get('parent_quote')}"


def _say(item: Finding, names: Mapping[str, str]) -> str:
    quotes = (e.quote[:80] if e else None for e in (item.child_evidence, item.parent_evidence))
    parent = names.get(item.parent or "", item.parent)
    return f"{item.finding} {item.by} {item.confidence:.2f} {names.get(item.child)} <- {parent} / " + " / ".join(
        map(str, quotes)
    )
