"""The word lists of the gazetteer: one entry a line, fields parted by tabs, ``#`` before a remark."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_table(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list, each of ``columns`` fields (missing ones are empty)."""
    text = files("vnplan.gazetteer").joinpath("data", name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple((row + [""] * columns)[:columns]) for row in rows)
