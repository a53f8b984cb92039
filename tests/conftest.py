"""Fixtures that several test modules share."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a test may load a model; how long one takes says nothing about its truth.
settings.register_profile("vnplan", deadline=None)
settings.load_profile("vnplan")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold annotations, or a skip that says how to provide it."""
    folder = Path(os.environ.get("VNPLAN_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(
            f"real documents not found at {folder}; set VNPLAN_SHARED to the folder that holds seeds/, real/ and gold/"
        )
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The bundled corpus of sample documents."""
    return ROOT / "corpus"


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which Tesseract is not installed."""
    monkeypatch.setattr(import_module("vnplan.read.tesseract"), "PROGRAM", "a-program-that-is-not-installed")


@pytest.fixture(scope="session")
def ocr() -> None:
    """Tesseract with Vietnamese, or a skip that says what to install."""
    from vnplan.read.tesseract import INSTALL, missing

    if what := missing():
        pytest.skip(f"{what}: {INSTALL}")
