"""What a store holds already, and the plan of what a run has to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vnplan.store.plan import Plan, Run
from vnplan.store.schema import run_of
from vnplan.store.sources import Item, Note, read_items
from vnplan.store.tables import read_columns

_COLUMNS: Final = ("source", "sha256", "status", "same_as", "rules")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store says of one source."""

    sha256: str | None
    status: str
    same_as: str | None
    rules: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the sources that were named the store holds already, and how many of these failed."""

    skipped: int
    failed: int


def known_sources(store: Path) -> dict[str, Known]:
    """Return what the store says of each source, of several runs the last."""
    found: dict[str, Known] = {}
    names = os.listdir(store / "sources")
    for name in sorted((name for name in names if run_of(name)), key=lambda name: (run_of(name), name)):
        for source, sha256, status, same_as, rules in read_columns(store / "sources" / name, _COLUMNS):
            found[source] = Known(sha256, status, same_as, rules)
    return found


def make_plan(plan: Plan, run: Run, items: Iterable[Item], *, retry: bool, note: Note) -> Tally:
    """Write the plan of a run, whose ``sources`` are counted here; none when nothing has to be read.

    Read are sources that the store does not have with these bytes and rules and, with ``retry``, those that failed.
    """
    rules, known = run.rules, known_sources(plan.store)
    listing = plan.folder / "listing.jsonl"
    replaced: set[str] = set()
    with open(listing, "w", encoding="ascii") as file:
        for item in items:
            file.write(item.line())
            if item.source in known and not _is_valid(known, item, rules, retry):
                replaced.add(item.source)
    writer = plan.writer(run.chunk)
    skipped = failed = 0
    for one in _to_read(listing, known, replaced, rules):
        if isinstance(one, Item):
            writer.add(one)
        else:
            skipped += 1
            failed += _status(known, one) == "failed"
    for source, its in known.items():
        if its.same_as in replaced and source not in replaced:
            note(f"{source}: it had the bytes of {its.same_as}, which was read anew; name it again")
            replaced.add(source)
    for source in sorted(replaced):
        writer.replace(source)
    writer.close()
    listing.unlink()
    if writer.count:
        plan.commit(replace(run, sources=writer.count))
    return Tally(skipped, failed)


def _is_valid(known: dict[str, Known], item: Item, rules: str, retry: bool) -> bool:
    its = known[item.source]
    if its.sha256 != item.sha256 or its.rules != rules:
        return False
    if its.same_as is not None:
        first = known.get(its.same_as)
        if first is None or first.sha256 != item.sha256 or first.rules != rules:
            return False
    return not (retry and _status(known, its) == "failed")


def _status(known: dict[str, Known], its: Known) -> str:
    return known[its.same_as].status if its.same_as in known else its.status


def _to_read(
    listing: Path, known: dict[str, Known], replaced: set[str], rules: str
) -> Iterator[Item | Known]:  # fmt: skip
    """Yield each source that is to be read or has the bytes of another, and of every other what is known of it."""
    first = {
        its.sha256: source
        for source, its in known.items()
        if its.sha256 and its.same_as is None and its.rules == rules and source not in replaced
    }
    with open(listing, encoding="ascii") as file:
        for item in read_items(file):
            its = known.get(item.source)
            if its is not None and its.same_as in replaced:
                replaced.add(item.source)
            if its is not None and item.source not in replaced:
                yield its
                continue
            same = first.setdefault(item.sha256, item.source) if item.sha256 else item.source
            if same == item.source:
                yield item
            else:
                yield Item(item.path, item.member, item.name, item.sha256, item.at, same)
