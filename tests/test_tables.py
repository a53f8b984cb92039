"""A table says the same in every format: Word, HTML, Markdown, PDF on one page or over several."""

from __future__ import annotations

import pytest
from table_samples import TASK_TABLES
from table_targets import TARGET_TABLES
from table_writers import FORMATS, Sample

from vnplan.document import parse_source
from vnplan.model import Document
from vnplan.read import read_bytes

SAMPLES = (*TASK_TABLES, *TARGET_TABLES)


def read(sample: Sample, form: str) -> Document:
    name, write = FORMATS[form]
    return parse_source(read_bytes(name, write(sample)))


def on_one_line(words: str) -> str:
    return " ".join(words.replace("<br>", " ").split())


def tasks(document: Document) -> tuple[tuple[object, ...], ...]:
    rows = {section.path for section in document.sections if section.kind == "row"}
    return tuple(
        (
            on_one_line(document.quote(task.span)), task.lead, task.coordinating,
            None if task.deadline is None else document.deadlines[task.deadline].value,
            None if task.product is None else on_one_line(task.product),
        )
        for task in document.tasks if task.path in rows
    )  # fmt: skip


def targets(document: Document) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (t.low, t.high, t.comparator, t.unit, t.horizon, t.baseline, t.population, t.outcome) for t in document.targets
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_table_gives_the_same_tasks_and_targets_in_every_format(sample: Sample, form: str) -> None:
    document = read(sample, form)
    assert tasks(document) == sample.tasks
    assert targets(document) == sample.targets


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_rows_of_a_table_have_the_same_paths_in_every_format(sample: Sample) -> None:
    paths = {
        tuple(task.path for task in document.tasks) + tuple(target.path for target in document.targets)
        for document in (read(sample, form) for form in FORMATS)
    }
    assert len(paths) == 1
