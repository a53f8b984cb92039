"""Counts the pairs of documents that cite each other and are linked: ``python benchmarks/links.py PORTAL PAIRS``.

PORTAL is a file of JSON objects with ``file`` and ``content``; PAIRS are lines of parent and child file, divided by
tabs, below a line of heads. A pair is linked when a reference of the child is resolved to the parent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import vnplan


def main(arguments: list[str]) -> int:
    """Print how many pairs are linked, and those that are not."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    portal, pairs = map(Path, arguments)
    rows = [json.loads(line) for line in portal.read_text(encoding="utf-8").splitlines()]
    documents = [vnplan.parse(row["content"], name=row["file"]) for row in rows]
    ids = {document.source.name: document.id for document in documents}
    linked = {(mention.child, mention.node) for mention in vnplan.build_cascade(documents).mentions}
    asked = [line.split("\t")[:2] for line in pairs.read_text(encoding="utf-8").splitlines()[1:]]
    missed = [(parent, child) for parent, child in asked if (ids.get(child), ids.get(parent)) not in linked]
    for parent, child in missed:
        print(f"not linked: {child} -> {parent}")
    print(f"{len(asked) - len(missed)} of {len(asked)} pairs linked")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
