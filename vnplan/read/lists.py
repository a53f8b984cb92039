"""The word lists of the readers: files with one entry a line, which whoever knows better may correct."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=16)
def load_list(name: str) -> tuple[str, ...]:
    """Return the entries of a list in reading order, without comments and blank lines."""
    text = files("vnplan.read").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.split("\n"))
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=16)
def any_of(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any entry of a list, in capitals or not.

    >>> bool(any_of("error_pages").search("Trang không tồn tại"))
    True
    """
    return re.compile("|".join(sorted(map(re.escape, load_list(name)), key=len, reverse=True)), re.IGNORECASE)
