"""Constructions: which form a row has."""

from __future__ import annotations

from typing import Any

import pytest

from vnplan.evaluate_forms import forms
from vnplan.evaluate_rows import Row


def of(layer: str, values: dict[str, Any], **row: Any) -> tuple[str, ...]:
    return forms(Row(layer, "", (1, 0, 0), values, **row))


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ({"quote": "95% trẻ em", "unit": "%"}, "a share of a hundred"),
        ({"quote": "05 mô hình", "unit": "mô hình"}, "a count"),
        ({"quote": "từ 05-08 người", "low": 5, "high": 8}, "two limits"),
        ({"quote": "tất cả các xã", "low": 100, "high": 100}, "its number in words"),
        ({"quote": "90%", "comparator": "at_least"}, "comparator at_least"),
        ({"quote": "90%", "horizon_source": "heading"}, "horizon heading"),
        ({"quote": "1,5%", "per": "year"}, "with per"),
        ({"quote": "90%", "role": "tasks"}, "outside objectives"),
    ],
)
def test_a_target_has_the_form_of_its_value(values: dict[str, Any], form: str):
    assert form in of("targets", values)


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        ("DATE", "2024-11-30", "DATE: day"),
        ("SET", "XXXX-11-30", "SET: day"),
        ("DATE", "2024-Q3", "DATE: quarter"),
        ("DATE", "2025-H1", "DATE: half-year"),
        ("DATE", "2030", "DATE: year"),
        ("DATE", "2024/2030", "DATE: period"),
        ("DURATION", "P15D", "DURATION: duration"),
        ("SET", None, "SET: no value"),
        (None, None, "without type: no value"),
    ],
)
def test_a_deadline_has_the_form_of_its_value(kind: str | None, value: str | None, form: str):
    assert form in of("deadlines", {"type": kind, "value": value})


def test_a_reference_is_told_by_number_date_and_kind():
    assert "no number, without date" in of("references", {"number": None, "date": None, "kind": "law"})
    assert {"number with date", "kind plan"} <= set(
        of("references", {"number": "1/KH", "date": "2024", "kind": "plan"})
    )


def test_a_task_is_told_by_where_its_lead_stands():
    named = {"quote": "Sở Y tế khám cho trẻ em", "lead": ["Sở Y tế tỉnh Lạng Sơn"]}
    assert "lead in its own words" in of("tasks", named)
    assert "lead from elsewhere" in of("tasks", named | {"lead": ["Sở Nội vụ tỉnh Lạng Sơn"]})
    assert "without lead" in of("tasks", named | {"lead": []})


@pytest.mark.parametrize(
    ("label", "form"),
    [("II.", "Roman numeral"), ("2.1.", "dotted number"), ("a)", "letter"), ("Điều 5.", "article"), ("", "no label")],
)
def test_a_section_is_told_by_its_label(label: str, form: str):
    assert form in of("sections", {"label": label})


def test_a_wrong_row_has_the_form_of_the_output():
    row = Row("deadlines", "", (0, 1, 0), None, {"type": "DATE", "value": "2024"}, place="table")
    assert forms(row) == ("stands in a table", "DATE: year")
