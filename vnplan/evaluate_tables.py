"""The figures of an evaluation as tables of text, and what they gained and lost against earlier ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from vnplan.evaluate_rows import LAYERS
from vnplan.evaluate_scores import MISSED, UNASKED, Evaluation, Score
from vnplan.report.escape import shortened
from vnplan.report.lines import pad

_NAME = 34  # columns of a name
_QUOTE = 100
_MOST = 60  # rows of a list of gains or losses


def totals_table(result: Evaluation) -> str:
    """Return the figures of every layer, the fields under them; of no document."""
    head = f"{'precision':>10}{'recall':>8}{'F1':>8}{'strict':>8}{'whole':>8}{'right':>7}{'wrong':>7}{'missed':>7}"
    lines = [pad("", 28) + head]
    for layer, score in result.layers.items():
        lines.append(_line(layer, score, result.strict.get(layer), result.whole.get(layer)))
        inner = [(name.partition(".")[2], s) for name, s in result.fields.items() if name.startswith(layer + ".")]
        lines += [_line("  " + name, s) for name, s in inner]
    lines += [f"{name}: not read ({why})" for name, why in result.failures.items()]
    return "\n".join(lines)


def _line(name: str, s: Score, strict: Score | None = None, whole: Score | None = None) -> str:
    more = "".join(f"{one.f1:8.3f}" if one else " " * 8 for one in (strict, whole))
    return f"{name:28}{s.precision:10.3f}{s.recall:8.3f}{s.f1:8.3f}{more}{s.right:7}{s.wrong:7}{s.missed:7}"


def documents_table(result: Evaluation) -> str:
    """Return the F1 of every layer for each document."""
    width = max((len(name) for name in result.documents), default=0) + 2
    lines = [pad("document", width) + "".join(f"{layer:>12}" for layer in LAYERS)]
    for name, scores in sorted(result.documents.items()):
        cells = (f"{scores[layer].f1:12.3f}" if layer in scores else f"{'–':>12}" for layer in LAYERS)
        lines.append(pad(name, width) + "".join(cells))
    return "\n".join(lines)


def constructions_table(result: Evaluation) -> str:
    """Return F1 by construction, and F1 of the rows of which every value agrees."""
    lines = [pad("construction", 44) + f"{'F1':>8}{'whole':>8}{'right':>7}{'wrong':>7}{'missed':>7}"]
    for layer in LAYERS:
        for name, s in sorted(result.constructions.items()):
            if name.startswith(f"{layer}: "):
                whole = result.whole_constructions[name].f1
                lines.append(f"{pad(name, 44)}{s.f1:8.3f}{whole:8.3f}{s.right:7}{s.wrong:7}{s.missed:7}")
    return "\n".join(lines)


def confusion_table(result: Evaluation) -> str:
    """Return a matrix for each field with few values: gold in the rows, output in the columns."""
    return "\n\n".join("\n".join(_matrix(name, pairs)) for name, pairs in result.confusion.items())


def _matrix(name: str, pairs: Mapping[tuple[str, str], int]) -> Iterator[str]:
    rows, columns = sides(pairs)
    width = max(map(len, (*rows, name))) + 2
    yield pad(name, width) + "".join(f"{_short(value):>12}" for value in columns)
    for gold in rows:
        cells = [pairs.get((gold, found), 0) for found in columns]
        if any(cells):
            yield pad(gold, width) + "".join(f"{cell or '·':>12}" for cell in cells)


def sides(pairs: Collection[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the values of gold and of output, those that are in both at the same places."""
    values = {value for pair in pairs for value in pair} - {MISSED, UNASKED}
    common = sorted(values)
    return (
        [*common, *([UNASKED] if any(gold == UNASKED for gold, _ in pairs) else [])],
        [*common, *([MISSED] if any(found == MISSED for _, found in pairs) else [])],
    )


def _short(value: str) -> str:
    return value if len(value) < 12 else value[:10] + "…"


def gains(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two records of an evaluation differ in: F1 of layers, fields and documents, and single rows."""
    changed: dict[str, Any] = {}
    for part in ("layers", "strict", "whole", "fields", "constructions"):
        changed[part] = list(_changed(old.get(part, {}), new.get(part, {})))
    before, after = old.get("documents", {}), new.get("documents", {})
    changed["documents"] = [
        {"document": name, **row} for name in sorted({*before, *after}) if name in before and name in after
        for row in _changed(before[name], after[name])
    ]  # fmt: skip
    changed["only_before"], changed["only_now"] = sorted({*before} - {*after}), sorted({*after} - {*before})
    if "misses" in old:
        common = {*before} & {*after}
        was, now = _rows(old["misses"], common), _rows(new["misses"], common)
        changed["gained"], changed["lost"] = list((was - now).elements()), list((now - was).elements())
    return changed


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, {}).get("f1"), new.get(name, {}).get("f1")
        if before != after:
            yield {"name": name, "before": before, "now": after}


def _rows(misses: Iterable[Mapping[str, Any]], documents: set[str]) -> Counter[tuple[str, ...]]:
    keys = ("document", "layer", "what", "gold", "found")
    return Counter(
        tuple(str(miss.get(key) or "") for key in keys) for miss in misses if miss.get("document") in documents
    )


def gains_table(changed: Mapping[str, Any]) -> str:
    """Return gains and losses as tables: figures that changed, then the rows."""
    lines = [pad("gains and losses", _NAME + 10) + f"{'before':>8}{'now':>8}{'':>8}"]
    for part in ("layers", "strict", "whole", "fields", "documents", "constructions"):
        for row in changed[part]:
            name = row["name"] if part in ("layers", "fields", "constructions") else f"{row['name']} ({part})"
            name = f"{row['document']} {row['name']}" if part == "documents" else name
            lines.append(pad(name, _NAME + 10) + _difference(row["before"], row["now"]))
    if len(lines) == 1:
        lines.append("no figure changed")
    for key, words in (("only_before", "only before"), ("only_now", "only now")):
        lines += [f"{words}: {name}" for name in changed[key]]
    if "gained" not in changed:
        return "\n".join([*lines, "the earlier result lists no rows; only figures are compared"])
    for key, sign, words in (("gained", "+", "no longer wrong"), ("lost", "-", "newly wrong")):
        lines.append(f"{len(changed[key])} rows {words}")
        lines += [f"{sign} {_said(row)}" for row in changed[key][:_MOST]]
        if len(changed[key]) > _MOST:
            lines.append(f"{sign} … and {len(changed[key]) - _MOST} more")
    return "\n".join(lines)


def _difference(before: float | None, now: float | None) -> str:
    cells = "".join(f"{'–':>8}" if value is None else f"{value:8.3f}" for value in (before, now))
    return cells + (f"{now - before:+8.3f}" if before is not None and now is not None else "")


def _said(row: tuple[str, ...]) -> str:
    document, layer, what, gold, found = row
    return shortened(f"{document} {layer}: {what}: {gold or '–'} / {found or '–'}", _QUOTE + 80)
