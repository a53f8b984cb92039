"""The chain as tables: an item of the root a row, a document below it a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vnplan.report.escape import printable, shortened
from vnplan.report.lines import pad, width, wrap
from vnplan.report.view import full_title, shown_value
from vnplan.report.words import ITEMS, STATES, Language, Words

if TYPE_CHECKING:
    from vnplan.compare import Matrix
    from vnplan.compare.chain import Cell
    from vnplan.report.nodes import Node

_ITEM = 44  # columns of a terminal for the item of the root
_TITLE = Words("BẢNG THEO DÕI", "MATRIX")
_KEPT = Words("giữ được", "kept")
_LEFT_OUT = Words(
    "không in: {} mục chưa đánh giá được ở văn bản nào", "not printed: {} items of which nothing can be said anywhere"
)
_FIRST = Words("dấu ! : nơi suy giảm đầu tiên trong chuỗi", "! : where the chain first loses it")


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix ready for a page: the root, the columns with the share that each keeps, the rows with their signs."""

    root: Words
    columns: tuple[tuple[Words, int, str], ...]  # name, steps down, share
    rows: tuple[tuple[str, str, Words, str, tuple[tuple[str, str, Words, Words, bool], ...]], ...]
    left_out: Words


def matrix_tables(matrices: Sequence[Matrix], nodes: Mapping[str, Node]) -> tuple[Table, ...]:
    """Return the matrices for a page of HTML; every string is still to be escaped."""
    return tuple(_table(one, nodes) for one in matrices)


def _table(one: Matrix, nodes: Mapping[str, Node]) -> Table:
    columns = tuple(
        (_name(nodes[id]), depth, _percent(share))
        for id, depth, share in zip(one.columns, one.depths, one.coverage, strict=True)
    )
    rows = tuple(
        (
            row.kind,
            row.evidence.path or "",
            _value(row.value),
            row.evidence.quote,
            tuple((cell.state, *STATES[cell.state], _value(cell.value), cell.first) for cell in row.cells),
        )
        for row in one.rows
    )
    left_out = Words(*(_LEFT_OUT.of(language).format(one.left_out) for language in ("vi", "en")))
    return Table(_name(nodes[one.root]), columns, rows, left_out if one.left_out else Words("", ""))


def matrix_text(matrices: Sequence[Matrix], nodes: Mapping[str, Node], *, language: Language, columns: int) -> str:
    """Return the matrices as text; each is preceded by its documents, numbered as its columns are."""
    lines: list[str] = []
    for one in matrices:
        lines += [*_lines(one, nodes, language, max(columns, 60)), ""]
    return "\n".join(lines)


def _lines(one: Matrix, nodes: Mapping[str, Node], language: Language, columns: int) -> Iterator[str]:
    yield f"{_TITLE.of(language)}: {printable(full_title(nodes[one.root], language))}"
    for number, (id, depth, share) in enumerate(zip(one.columns, one.depths, one.coverage, strict=True), start=1):
        kept = f" · {_KEPT.of(language)} {_percent(share)}" if share is not None else ""
        words = f"{printable(full_title(nodes[id], language))}{kept}"
        yield from wrap(words, columns, f"{'  ' * depth}[{number}] ", "  " * depth + "    ")
    signs = ", ".join(f"{sign} {words.of(language)}" for sign, words in STATES.values())
    yield from wrap(f"{signs}; {_FIRST.of(language)}", columns, "", "  ")
    cells = [[_sign(cell, language) for cell in row.cells] for row in one.rows]
    heads = [f"[{number}]" for number in range(1, len(one.columns) + 1)]
    wide = [max(map(width, [head, *column])) for head, column in zip(heads, zip(*cells, strict=True), strict=True)]
    room = max(_ITEM, columns - sum(size + 2 for size in wide)) if cells else _ITEM
    yield pad("", min(room, 2 * _ITEM)) + "".join(
        f"  {pad(head, size)}" for head, size in zip(heads, wide, strict=True)
    )
    kind = ""
    for row, signs_of in zip(one.rows, cells, strict=True):
        if row.kind != kind:
            kind = row.kind
            yield ITEMS[f"{kind}s"].of(language)
        value = f"{shown_value(row.value, language)} " if row.value else ""
        item = shortened(printable(f"{row.evidence.path or ''} {value}{row.evidence.quote}"), min(room, 2 * _ITEM) - 2)
        yield (
            f"  {pad(item, min(room, 2 * _ITEM) - 2)}"
            + "".join(f"  {pad(sign, size)}" for sign, size in zip(signs_of, wide, strict=True)).rstrip()
        )
    if one.left_out:
        yield from wrap(_LEFT_OUT.of(language).format(one.left_out), columns, "", "  ")


def _sign(cell: Cell, language: Language) -> str:
    value = f" {shown_value(cell.value, language)}" if cell.value and cell.state not in ("kept", "open") else ""
    return printable(f"{STATES[cell.state][0]}{value}{'!' if cell.first else ''}")


def _value(value: str | None) -> Words:
    return Words(shown_value(value, "vi") or "", shown_value(value, "en") or "") if value else Words("", "")


def _name(node: Node) -> Words:
    return Words(printable(full_title(node, "vi")), printable(full_title(node, "en")))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def matrix_record(one: Matrix) -> dict[str, Any]:
    """Return the record of a matrix: root, columns with steps down and coverage, rows with a cell for each column."""
    from vnplan.report.records import evidence_record

    return {
        "root": one.root,
        "left_out": one.left_out,
        "columns": [
            {"document": id, "depth": depth, "coverage": share}
            for id, depth, share in zip(one.columns, one.depths, one.coverage, strict=True)
        ],
        "rows": [
            {
                "kind": row.kind,
                "evidence": evidence_record(row.evidence),
                "value": row.value,
                "horizon": row.horizon,
                "cells": [
                    {
                        "document": cell.document,
                        "state": cell.state,
                        "value": cell.value,
                        "evidence": evidence_record(cell.evidence),
                        "confidence": round(cell.confidence, 4),
                        "first": cell.first,
                    }
                    for cell in row.cells
                ],
            }
            for row in one.rows
        ],
    }
