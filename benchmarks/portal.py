"""Compares number, date and kind that vnplan reads with what a portal says of the same documents.

    python benchmarks/portal.py PORTAL.jsonl [--list]

Each line of the file is an object with ``content`` (the text, or its beginning), ``number`` and ``issue_date``
(day/month/year) as the portal's own fields; the kind is the one that the portal's number names, where it names one:
a consolidated text (VBHN) carries the type line of the act that it consolidates. ``--list`` prints every disagreement:
the portal is not always right.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import vnplan
from vnplan.identity import number_key
from vnplan.structure.kinds import kind_of_number


def _date(words: str) -> str | None:
    found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words.strip())
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else None


def compare(path: Path) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield (file, field, what the portal says, what vnplan reads) wherever the portal says something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        header = vnplan.parse(row["content"]).header
        number = row["number"] or ""
        if number:
            yield row["file"], "number", number_key(number), header.number and number_key(header.number)
        if day := _date(row["issue_date"] or ""):
            yield row["file"], "date", day, header.date
        kind = kind_of_number(number)
        if kind and kind != "other":
            yield row["file"], "kind", kind, header.kind


def main(arguments: list[str]) -> int:
    """Print the share of agreement by field, and with ``--list`` what disagrees."""
    paths = [Path(name) for name in arguments if name != "--list"]
    if len(paths) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    asked: dict[str, int] = {}
    agreed: dict[str, int] = {}
    for file, name, theirs, ours in compare(paths[0]):
        asked[name] = asked.get(name, 0) + 1
        agreed[name] = agreed.get(name, 0) + (theirs == ours)
        if theirs != ours and "--list" in arguments:
            print(f"{name:<7} portal {theirs}  vnplan {ours}  {file}")
    for name, count in asked.items():
        print(f"{name:<7} {agreed[name]} of {count} = {agreed[name] / count:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
