"""Word lists of the extractors: one entry a line, ``#`` begins a remark."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the entries of ``lexicon/<name>.txt`` in the order of the file; FileNotFoundError for no such list."""
    lines = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    entries = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(entry for entry in entries if entry)
