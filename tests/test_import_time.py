"""Importing vnplan is cheap, and pulls in nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "jinja2",
    "lxml",
    "msgspec",
    "networkx",
    "numpy",
    "pandas",
    "pdfplumber",
    "scipy",
    "sklearn",
    "spacy",
    "underthesea",
)


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_import_takes_less_than_a_fifth_of_a_second():
    code = "import time; began = time.perf_counter(); import vnplan; print(time.perf_counter() - began)"
    best = min(float(run(code)) for _ in range(5))
    assert best < 0.2


def test_importing_the_package_and_the_command_loads_nothing_heavy():
    assert run(f"import sys, vnplan, vnplan.cli; print([m for m in {HEAVY!r} if m in sys.modules])") == "[]"


def test_listing_the_public_names_imports_nothing():
    assert run("import sys, vnplan; dir(vnplan); print('vnplan.document' in sys.modules)") == "False"


def test_public_functions_stay_functions_when_the_modules_of_their_names_are_imported():
    modules = "vnplan, vnplan.read, vnplan.document, vnplan.evaluate"
    assert run(f"import {modules}; print(callable(vnplan.read), callable(vnplan.evaluate))") == "True True"
