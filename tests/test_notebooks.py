"""The notebooks run from top to bottom, quickly, and are kept without outputs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def load(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def test_there_is_a_notebook():
    assert NOTEBOOKS


@each_notebook
def test_a_notebook_is_kept_without_outputs(path: Path):
    notebook = load(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.cell_type != "code" or (cell.outputs == [] and cell.execution_count is None)


@each_notebook
def test_a_notebook_runs_in_a_minute_and_every_result_is_shown(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    notebook = load(path)
    began = time.monotonic()
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    assert time.monotonic() - began < 60
    ends = [cell for cell in notebook.cells if cell.cell_type == "code" and shows_a_value(cell.source)]
    assert ends
    for cell in ends:
        assert cell.outputs, cell.source
    streams = [output.text for cell in ends for output in cell.outputs if output.output_type == "stream"]
    assert streams == []


def shows_a_value(source: str) -> bool:
    """Return whether the last statement of a cell is an expression with a value to show."""
    import ast

    last = ast.parse(source).body[-1]
    return isinstance(last, ast.Expr) and not ast.unparse(last).startswith("pd.set_option")
