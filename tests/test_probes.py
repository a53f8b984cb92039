"""tests/probes: what was written before it was run is read rightly now (benchmarks/probes.py counts it)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import probes

FILES = sorted(probes.FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_probe_is_read_as_its_file_says(path: Path) -> None:
    rows = [row for row in probes.probes(path) if not row.open]
    assert rows
    assert {row.text: probes.found_in(path, row) for row in rows} == {row.text: row.expected for row in rows}


def test_what_is_marked_as_not_read_is_still_not_read() -> None:
    rows = [(path, row) for path in FILES for row in probes.probes(path) if row.open]
    assert [row.text for path, row in rows if probes.found_in(path, row) == row.expected] == []
