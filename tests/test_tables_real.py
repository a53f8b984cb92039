"""The rows of real tables against a key that was read from the documents' own cells, never from what vnplan gives.

tests/tables_key.json has a line for each row: section and number, a hash of the words of its task or indicator (their
letters and figures in small letters), who leads, what is due when; of indicators the values. Several rows with one
number are one task with all who lead it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import vnplan
from vnplan.extract.agencies import parse_agency_list
from vnplan.model import Document, Section
from vnplan.text import fold

KEY: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("tables_key.json").read_text(encoding="utf-8")
)
TASKS = [name for name, rows in KEY.items() if "deadline" in rows[0]]
TARGETS = [name for name, rows in KEY.items() if "values" in rows[0]]
FLOOR = 0.97


def digest(words: str) -> str:
    """Return the hash of the letters and figures of some words."""
    plain = unicodedata.normalize("NFC", words).casefold()
    return hashlib.sha256("".join(filter(str.isalnum, plain)).encode()).hexdigest()[:12]


def names(found: Iterable[str]) -> list[str]:
    """Return names so that "các cơ quan có liên quan" and "cơ quan liên quan" are one."""
    return sorted(fold(name).removeprefix("các ").replace("có liên quan", "liên quan") for name in found)


def by_number(document: Document, rows: list[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], Section | None]]:
    """Yield the rows of the key that have one number, and the row of the document with that number."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["section"], row["stt"]), []).append(row)
    found = {section.path: section for section in reversed(document.sections) if section.kind == "row"}
    for (section, number), group in groups.items():
        tail = f".{section}.{number}"
        yield group, next((row for path, row in found.items() if path.endswith(tail) and path.count(tail) == 1), None)


def wrong_tasks(name: str, shared: Path) -> list[tuple[object, ...]]:
    """Return the rows of a table of tasks that are no task with the right words, lead and deadline."""
    document = vnplan.read(shared / "real" / name)
    tasks = {task.path: task for task in document.tasks}
    wrong: list[tuple[object, ...]] = []
    for group, row in by_number(document, KEY[name]):
        task = tasks.get(row.path) if row else None
        if task is None:
            wrong += [(item["section"], item["stt"], "no task") for item in group]
            continue
        due = None if task.deadline is None else document.deadlines[task.deadline]
        lead = names({name for item in group for name in item["lead"]}) == names(task.lead)
        deadline = (None if due is None else [due.value, due.bound]) in [item["deadline"] for item in group]
        words = digest(document.quote(task.span)) == group[0]["task"]
        if not (lead and deadline and words):
            wrong += [(item["section"], item["stt"], task.lead, due, words) for item in group]
    return wrong


def wrong_targets(name: str, shared: Path) -> list[tuple[object, ...]]:
    """Return the rows of a table of indicators without the right values, unit, horizon and lead."""
    document = vnplan.read(shared / "real" / name)
    wrong: list[tuple[object, ...]] = []
    for (item,), row in by_number(document, KEY[name]):
        found = [target for target in document.targets if row and target.path == row.path]
        values = [[target.low, target.high, target.comparator] for target in found] == item["values"]
        units = all(fold(t.unit) == fold(item["unit"]) and t.horizon == item["horizon"] for t in found)
        cells = [(start, end) for role, start, end in (row.cells if row else ()) if role == "lead"]
        lead = [body.name for cell in cells for body in parse_agency_list(document.text, document.structure, *cell)]
        if not (values and units and names(lead) == names(item["lead"])):
            wrong.append((item["section"], item["stt"], found, lead))
    return wrong


@pytest.mark.parametrize("name", TASKS)
def test_the_rows_of_a_table_of_tasks_have_their_words_leads_and_deadlines(name: str, shared: Path) -> None:
    wrong = wrong_tasks(name, shared)
    assert len(wrong) <= (1 - FLOOR) * len(KEY[name]), wrong


@pytest.mark.parametrize("name", TARGETS)
def test_the_rows_of_a_table_of_indicators_have_their_values_and_who_leads(name: str, shared: Path) -> None:
    wrong = wrong_targets(name, shared)
    assert len(wrong) <= (1 - FLOOR) * len(KEY[name]), wrong


def test_a_report_sets_no_targets_and_no_tasks_in_its_tables_of_results(shared: Path) -> None:
    document = vnplan.read(shared / "real" / "VBAI_BC-CCHC-Quy1-2026_LamDong.docx")
    rows = {section.path for section in document.sections if section.kind == "row"}
    assert len(rows) > 100
    assert not [item for item in (*document.tasks, *document.targets) if item.path in rows]
