"""Counts links between documents of a portal: those that are known, and those that no citation bears out.

    python benchmarks/links.py PORTAL.jsonl PAIRS.tsv [--list]

PORTAL is a file of JSON objects with ``file``, ``number``, ``issue_date`` and ``content``; PAIRS are lines of parent
and child file, divided by tabs, below a line of heads. A pair is linked when a reference of the child is resolved to
the parent.

Every other link between two documents of the file is judged by the words of its citation, without vnplan's reading of
the cited document: its number and its day must be those that the portal gives of that document, or stand in the first
letters of its text. A link that differs in one of the two, and of which vnplan says that it differs, is a slip of the
citing document. Wrong is a link that differs without a word about it, and one that no citation gives (by programme
alone): the links that are wrong are always listed, ``--list`` lists the slips too.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import vnplan
from vnplan.compare import Cascade, Mention
from vnplan.identity import number_key

HEAD = 1_500  # code points in which a document says its number and its date


def main(arguments: list[str]) -> int:
    """Print how many pairs are linked and how many other links are wrong, with those that are."""
    paths = [Path(name) for name in arguments if name != "--list"]
    if len(paths) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    rows = {row["file"]: row for row in map(json.loads, paths[0].read_text(encoding="utf-8").splitlines())}
    pairs = [tuple(line.split("\t")[:2]) for line in paths[1].read_text(encoding="utf-8").splitlines()[1:]]
    documents = [vnplan.parse(row["content"], name=file) for file, row in rows.items()]
    cascade = vnplan.build_cascade(documents)
    ids = {document.source.name: cascade.node(document.id).id for document in documents}
    linked = {(mention.child, mention.node) for mention in cascade.mentions}
    missed = [(parent, child) for parent, child in pairs if (ids.get(child), ids.get(parent)) not in linked]
    for parent, child in missed:
        print(f"not linked: {child} -> {parent}")
    print(f"{len(pairs) - len(missed)} of {len(pairs)} pairs linked")
    known = {(ids[child], ids[parent]) for parent, child in pairs if child in ids and parent in ids}
    judged = judge(cascade, rows, known)
    for words, verdict in sorted(judged.items()):
        if verdict == "wrong" or (verdict == "slip" and "--list" in arguments):
            print(f"{verdict}: {words}")
    counts = {verdict: list(judged.values()).count(verdict) for verdict in ("known", "borne out", "slip", "wrong")}
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()), f"of {len(judged)} links")
    print(f"wrong links: {counts['wrong'] / max(1, len(judged)):.4f}")
    return 0


def judge(cascade: Cascade, rows: dict[str, Any], known: set[tuple[str, str]]) -> dict[str, str]:
    """Return for each link between two documents of the file, in words, what bears it out."""
    names = {node.id: node.source.name for node in cascade.documents if hasattr(node, "source")}
    said: dict[tuple[str, str], list[Mention]] = {}
    for mention in cascade.mentions:
        if mention.child in names and mention.node in names and mention.child != mention.node:
            said.setdefault((mention.child, mention.node), []).append(mention)
    for edge in cascade.edges:
        if edge.child in names and edge.parent in names:
            said.setdefault((edge.child, edge.parent), [])
    found = {}
    for (child, node), mentions in said.items():
        row = rows[names[node]]
        cited = next((m.reference for m in mentions), None)
        words = f"{cited.number} {cited.date} {cited.issuer}" if cited else "no citation"
        line = f"{names[child]} -> {names[node]} ({row['number']} {row['issue_date']}) by {words}"
        found[line] = "known" if (child, node) in known else _verdict(mentions, row)
    return found


def _verdict(mentions: list[Mention], row: dict[str, Any]) -> str:
    verdicts = set()
    for mention in mentions:
        number, date = mention.reference.number, mention.reference.date
        differs = {
            way
            for way, same in (("number", _same_number(number, row)), ("date", _same_day(date, row)))
            if not same
        }  # fmt: skip
        verdicts.add("borne out" if not differs else "slip" if differs == {mention.differs} else "wrong")
    return next((verdict for verdict in ("borne out", "slip") if verdict in verdicts), "wrong")


def _same_number(number: str | None, row: dict[str, Any]) -> bool:
    if number is None:
        return False
    key = re.sub(r"[^0-9a-zđ]", "", number_key(number))
    head = re.sub(r"[^0-9a-zđ]", "", row["content"][:HEAD].casefold())
    return number_key(number) == number_key(row["number"] or "") or key in head


def _same_day(date: str | None, row: dict[str, Any]) -> bool:
    if date is None or len(date) < 10:
        return True  # it says no day, and contradicts none
    year, month, day = date.split("-")
    words = "".join(row["content"][:HEAD].casefold().split())  # portals break figures: "20 16"
    days = {f"ngày{d}tháng{m}năm{year}" for d in (day, str(int(day))) for m in (month, str(int(month)))}
    return (row["issue_date"] or "").strip() == f"{day}/{month}/{year}" or any(one in words for one in days)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
