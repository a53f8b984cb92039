"""The construction of a row: of what kind its value, reference, deadline or task is, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vnplan.evaluate_rows import Row
from vnplan.text import fold

# The shapes of EDTF and TIMEX3 values, the first that fits.
# yes: 2024-11-30, XXXX-11-30, 2024-Q3
# yes: 2024/2030, P15D
# no:  "" (a deadline without a value)
_SHAPES: Final = (
    ("period", re.compile(r"[^/]{1,40}/[^/]{1,40}")),
    ("duration", re.compile(r"P.{1,20}")),
    ("quarter", re.compile(r".{1,8}-Q[0-9X]")),
    ("half-year", re.compile(r".{1,8}-H[0-9X]")),
    ("day", re.compile(r"[0-9X]{4}-[0-9X]{2}-[0-9X]{2}(?:T.{1,12})?")),
    ("month", re.compile(r"[0-9X]{4}-[0-9X]{2}")),
    ("year", re.compile(r"[0-9X]{4}")),
)
# Labels of sections, the first that fits.
# yes: Phần, Điều 5, II., 2.1., a), -
# no:  "" (a heading without a label)
_LABELS: Final = (
    ("article", re.compile(r"(?:điều|khoản|điểm)\b.{0,20}", re.IGNORECASE)),
    ("part or chapter", re.compile(r"(?:phần|chương|mục|phụ lục)\b.{0,30}", re.IGNORECASE)),
    ("Roman numeral", re.compile(r"[IVXLC]{1,8}[.)/:]?")),
    ("dotted number", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,5}[.)]?")),
    ("number", re.compile(r"[0-9]{1,3}[.)/]?")),
    ("letter", re.compile(r"[a-zđ][.)]", re.IGNORECASE)),
    ("bullet", re.compile(r"[-–+*•]")),
)


def forms(row: Row) -> tuple[str, ...]:
    """Return the constructions that a row is an instance of, by its gold or, of a wrong row, by the output."""
    values = row.gold if row.gold is not None else row.found or {}
    return tuple(_FORMS[row.layer](row, values)) if row.layer in _FORMS else ()


def _stands(row: Row) -> Iterator[str]:
    yield f"stands in a {row.place}" if row.place != "preamble" else "stands in the preamble"


def _target(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    yield from _stands(row)
    yield "several in a paragraph" if row.several else "alone in its paragraph"
    if values.get("comparator"):
        yield f"comparator {values['comparator']}"
    unit, low, high = values.get("unit"), values.get("low"), values.get("high")
    if unit:
        yield "a share of a hundred" if unit == "%" else "a count"
    if low is not None and high is not None and low != high:
        yield "two limits"
    if not any(letter.isdigit() for letter in str(values.get("quote") or "")):
        yield "its number in words"
    for name in ("per", "baseline", "condition"):
        if values.get(name):
            yield f"with {name}"
    if "horizon_source" in values:
        yield f"horizon {values['horizon_source'] or 'unsaid'}"
    yield "among objectives" if values.get("role") == "objectives" else "outside objectives"


def _deadline(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    yield from _stands(row)
    value = str(values.get("value") or "")
    shape = next((name for name, pattern in _SHAPES if pattern.fullmatch(value)), "other")
    yield f"{values.get('type') or 'without type'}: {shape if value else 'no value'}"
    if values.get("bound"):
        yield f"bound {values['bound']}"


def _reference(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    yield from _stands(row)
    yield "several in a paragraph" if row.several else "alone in its paragraph"
    if "number" in values:
        dated = "with date" if values.get("date") else "without date"
        yield f"number {dated}" if values["number"] else f"no number, {dated}"
    if values.get("kind"):
        yield f"kind {values['kind']}"
    if values.get("provision"):
        yield "with provision"


def _task(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    yield from _stands(row)
    lead = [fold(name) for name in values.get("lead") or ()]
    words = fold(str((row.found or {}).get("quote") or values.get("quote") or ""))
    if "lead" in values:
        own = any(_named(name, words) for name in lead)
        yield "lead in its own words" if own else "lead from elsewhere" if lead else "without lead"
    if "coordinating" in values:
        yield "with coordinating bodies" if values["coordinating"] else "without coordinating bodies"
    if "deadline" in values:
        yield "with deadline" if values["deadline"] is not None else "without deadline"


def _named(name: str, words: str) -> bool:
    """Tell whether the words name a body: its name, or the name without the last words, which may be its unit."""
    parts = name.split()
    return any(" ".join(parts[:end]) in words for end in range(len(parts), max(1, len(parts) - 4), -1))


def _section(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    if "label" in values:
        label = str(values["label"] or "").strip()
        kind = next((name for name, pattern in _LABELS if pattern.fullmatch(label)), "other label")
        yield kind if label else "no label"
    if "role" in values:
        yield f"role {values['role']}"


def _agency(row: Row, values: Mapping[str, Any]) -> Iterator[str]:
    yield "a class" if values.get("class") else "one body"
    if "level" in values:
        yield f"level {values['level']}"


_FORMS: Final = {
    "targets": _target, "deadlines": _deadline, "references": _reference, "tasks": _task, "sections": _section,
    "agencies": _agency,
}  # fmt: skip
