"""Frames hold one row a statement and all their columns always."""

from __future__ import annotations

import sys

import pytest
from compare_builder import COMMON, decision, plan
from report_samples import SampleAudit, sample_audit, sample_decision, sample_plan

import vnplan
from vnplan import frames

pytest.importorskip("pandas")
LAYERS = ["targets", "tasks", "references", "deadlines", "agencies"]


@pytest.mark.parametrize("layer", LAYERS)
def test_each_statement_is_a_row_with_its_words(layer: str):
    plan = sample_plan()
    frame = getattr(frames, f"{layer}_frame")([plan, sample_decision()])
    assert len(frame) == len(getattr(plan, layer))
    row = frame.iloc[0]
    assert plan.source.text[row["start"] : row["end"]] == row["quote"]
    assert row["document"] == "plan.txt"


@pytest.mark.parametrize("layer", LAYERS)
def test_without_statements_the_columns_are_there(layer: str):
    make = getattr(frames, f"{layer}_frame")
    assert list(make([]).columns) == list(make([sample_plan()]).columns)
    assert len(make([])) == 0


def test_a_generator_of_documents_is_read_once():
    assert len(frames.references_frame(iter([sample_plan()]))) == 1


def test_a_task_carries_the_value_of_its_deadline():
    frame = frames.tasks_frame([sample_plan()])
    assert frame.loc[0, "deadline"] == "XXXX-11-30"
    assert frame.loc[0, "lead"] == ["Sở Y tế"]


def test_findings_name_the_documents_and_quote_both_sides():
    frame = frames.findings_frame(sample_audit())
    weak = frame[frame["finding"] == "weakened_target"].iloc[0]
    assert weak["child"] == "Kế hoạch 12/KH-UBND"
    assert weak["parent_quote"].startswith("Phấn đấu 95%")
    assert list(frames.findings_frame(SampleAudit()).columns) == list(frame.columns)


def test_without_pandas_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"vnplan\[notebook\]"):
        frames.targets_frame([])


def test_a_matrix_has_a_column_for_each_document_below_the_root():
    documents = [decision(), plan()]
    (found,) = vnplan.matrix(documents)
    frame = frames.matrix_frame(found, documents)
    assert list(frame.columns) == ["kind", "path", "value", "quote", "plan.txt"]
    assert set(frame["plan.txt"]) == {"kept"} and len(frame) == len(found.rows)


def test_themes_lay_plans_beside_each_other():
    one, other = plan(), plan(number="13/KH-UBND", duties=COMMON[:2])
    frame = frames.themes_frame([one, other])
    assert list(frame.columns)[:3] == ["theme", "documents", "tasks"]
    assert frame["tasks"].sum() == len(one.tasks) + len(other.tasks)
    assert list(frames.themes_frame([]).columns) == ["theme", "documents", "tasks"]
