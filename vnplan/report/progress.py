"""The progress of plans: what their reports say was reached, beside what was planned. It accuses nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vnplan.report.escape import printable, shortened
from vnplan.report.lines import wrap
from vnplan.report.view import full_title, shown_date, shown_quote, shown_value
from vnplan.report.words import Language, Words, figure

if TYPE_CHECKING:
    from vnplan.compare import Progress
    from vnplan.compare.progress import Reached
    from vnplan.report.nodes import Node

_QUOTE = 160
_TITLE = Words("TIẾN ĐỘ THỰC HIỆN", "PROGRESS")
_ACCORDING = Words("theo {}, số liệu đến {}", "according to {}, as of {}")
_PART = Words("báo cáo chỉ nói về một phần địa bàn của kế hoạch", "the report speaks of a part of the plan's territory")
_LINE = Words("kế hoạch {}, đạt {} đến {}", "planned {}, reached {} by {}")
_UNTOLD = Words(
    "chưa tìm thấy trong báo cáo số liệu của {} chỉ tiêu", "no figure was found in the report for {} targets"
)
_UNKNOWN = Words("ngày không rõ", "an unknown day")
_CONFIDENCE = Words("tin cậy", "confidence")


@dataclass(frozen=True, slots=True)
class Line:
    """One target with what was reached, ready for a page."""

    path: str
    planned: Words
    horizon: Words
    target: str
    reached: Words
    day: Words
    place: str
    result: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Table:
    """The progress of one plan by one report, ready for a page: every string is still to be escaped."""

    plan: Words
    source: Words
    part: Words
    lines: tuple[Line, ...]
    untold: Words


def progress_tables(found: Sequence[Progress], nodes: Mapping[str, Node]) -> tuple[Table, ...]:
    """Return what reports say of plans as tables for a page of HTML."""
    return tuple(_table(one, nodes) for one in found)


def _table(one: Progress, nodes: Mapping[str, Node]) -> Table:
    lines = tuple(_row(row) for row in one.rows if row.reached is not None)
    return Table(
        _both(lambda language: printable(full_title(nodes[one.plan], language))),
        _both(lambda language: _source(one, nodes, language)),
        Words("", "") if one.whole else _PART,
        lines,
        _both(lambda language: _untold(one, language)),
    )


def _row(row: Reached) -> Line:
    proof = row.report_evidence
    return Line(
        row.plan_evidence.path or "",
        _both(lambda language: shown_value(row.planned, language) or ""),
        _both(lambda language: shown_date(row.horizon, language)),
        shown_quote(row.plan_evidence),
        _both(lambda language: shown_value(row.reached, language) or ""),
        _both(lambda language: _day(row.as_of, language)),
        (proof.path or "") if proof else "",
        shown_quote(proof) if proof else "",
        row.confidence,
    )


def _both(say: Any) -> Words:
    return Words(say("vi"), say("en"))


def _day(day: str | None, language: Language) -> str:
    return shown_date(day, language) or _UNKNOWN.of(language)


def _source(one: Progress, nodes: Mapping[str, Node], language: Language) -> str:
    name = printable(full_title(nodes[one.report], language))
    return _ACCORDING.of(language).format(name, _day(one.as_of, language))


def _untold(one: Progress, language: Language) -> str:
    count = sum(row.reached is None for row in one.rows)
    return _UNTOLD.of(language).format(count) if count else ""


def progress_text(found: Sequence[Progress], nodes: Mapping[str, Node], *, language: Language, columns: int) -> str:
    """Return what reports say of plans as text of at most ``columns`` columns."""
    lines: list[str] = []
    for one in found:
        lines += [*_lines(one, nodes, language, max(columns, 60)), ""]
    return "\n".join(lines)


def _lines(one: Progress, nodes: Mapping[str, Node], language: Language, columns: int) -> Iterator[str]:
    title = f"{_TITLE.of(language)}: {printable(full_title(nodes[one.plan], language))}"
    yield from wrap(title, columns, "", "  ")
    yield from wrap(_source(one, nodes, language), columns, "  ", "  ")
    if not one.whole:
        yield from wrap(_PART.of(language), columns, "  ", "  ")
    for row in one.rows:
        if row.reached is None:
            continue
        values = (shown_value(row.planned, language), shown_value(row.reached, language), _day(row.as_of, language))
        words = _LINE.of(language).format(*values)
        sure = f"[{_CONFIDENCE.of(language)} {figure(row.confidence, language)}]"
        yield from wrap(printable(f"{row.plan_evidence.path or ''} {words} {sure}"), columns, "- ", "  ")
        for evidence in (row.plan_evidence, row.report_evidence):
            if evidence is not None:
                yield from wrap(f"“{shortened(shown_quote(evidence), _QUOTE)}”", columns, "    ", "    ")
    if untold := _untold(one, language):
        yield from wrap(untold, columns, "- ", "  ")


def progress_record(one: Progress) -> dict[str, Any]:
    """Return the record of the progress of one plan by one report."""
    from vnplan.report.records import evidence_record

    return {
        "plan": one.plan,
        "report": one.report,
        "as_of": one.as_of,
        "whole": one.whole,
        "rows": [
            {
                "planned": row.planned,
                "horizon": row.horizon,
                "plan_evidence": evidence_record(row.plan_evidence),
                "reached": row.reached,
                "as_of": row.as_of,
                "report_evidence": evidence_record(row.report_evidence),
                "confidence": row.confidence,
            }
            for row in one.rows
        ],
    }
