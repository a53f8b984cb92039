"""Writes a table of what comes out of every file in folders: ``python benchmarks/real_files.py FOLDER... [--json]``.

The table is Markdown; docs/real-files.md holds one that was looked at, with what was found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from vnplan.batch import read_many

LEFT_OUT = {".jsonl", ".tsv", ".json"}
COLUMNS = (
    "file", "read as", "kind", "number", "date", "issuer", "pages", "characters", "tables", "sections", "targets",
    "tasks", "references", "problems",
)  # fmt: skip


def rows(folders: list[Path]) -> list[dict[str, Any]]:
    """Return one row for each file, in order of names; of one that failed its code."""
    files = sorted(
        path for folder in folders for path in folder.iterdir()
        if path.suffix.lower() not in LEFT_OUT and path.name != "README.md"
    )  # fmt: skip
    found = []
    for path, outcome in zip(files, read_many(files), strict=True):
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row["file"] = path.name
        if outcome.document is None:
            row["read as"] = f"**{outcome.failure.code}**" if outcome.failure else "?"
        else:
            document = outcome.document
            header, source = document.header, document.source
            row |= {
                "read as": source.text_from,
                "kind": header.kind,
                "number": header.number,
                "date": header.date,
                "issuer": header.issuer,
                "pages": source.pages,
                "characters": len(source.text),
                "tables": len({block.cell.table for block in source.blocks if block.cell}),
                "sections": len(document.sections),
                "targets": len(document.targets),
                "tasks": len(document.tasks),
                "references": len(document.references),
                "problems": ", ".join(sorted({problem.code for problem in document.problems})),
            }
            if document.parts:
                kinds = [f"{part.header.kind}{'*' if part.separate else ''}" for part in document.parts]
                row["kind"] = f"{header.kind} + {', '.join(dict.fromkeys(kinds))}"
        found.append(row)
    return found


def main(arguments: list[str]) -> int:
    """Print the table."""
    folders = [Path(name) for name in arguments if name != "--json"]
    if not folders:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    found = rows(folders)
    if "--json" in arguments:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
    for row in found:
        print("| " + " | ".join("–" if row[name] is None else str(row[name]) for name in COLUMNS) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
