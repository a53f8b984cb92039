"""The word lists of this stage: one entry a line, ``#`` comments, the longest first where one may hold another."""

from __future__ import annotations

from importlib.resources import files


def read_lines(name: str) -> tuple[str, ...]:
    """Return the entries of a list in their order, without comments and blank lines."""
    text = (files("vnplan.structure") / "lexicon" / name).read_text(encoding="utf-8")
    return tuple(entry for line in text.splitlines() if (entry := line.split("#")[0].strip()))


def read_list(name: str) -> tuple[str, ...]:
    """Return the entries of a plain list, the longest first."""
    return tuple(sorted(read_lines(name), key=lambda entry: (-len(entry), entry)))


def read_groups(name: str) -> tuple[tuple[str, str], ...]:
    """Return (entry, group) of a list whose groups have a line ``[group]`` above them, the longest entry first."""
    found: list[tuple[str, str]] = []
    group = ""
    for entry in read_lines(name):
        if entry.startswith("[") and entry.endswith("]"):
            group = entry[1:-1]
        else:
            found.append((entry.casefold(), group))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))
