"""Parts of the tables: written from the log of a chunk, and rid of what a later run replaces."""

from __future__ import annotations

import gc
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from vnplan.errors import VnplanError
from vnplan.report.escape import encodable
from vnplan.store.journal import DOCUMENT, Record, read_log
from vnplan.store.plan import Plan
from vnplan.store.rows import document_rows
from vnplan.store.schema import TABLES, part_name, run_of
from vnplan.store.sources import Item
from vnplan.store.tables import PartWriter, put_in_place, read_columns, sync, without_rows

JOB: Final = "vnplan.store.parts:work_on_tables"


def work_on_tables(request: dict[str, Any]) -> bytes:
    """Do what the process that writes the tables is told: write the part of a ``chunk``, or end the run."""
    return write_part(request) if "chunk" in request else finish_run(request)


def write_part(request: dict[str, Any]) -> bytes:
    """Write the tables of one chunk, all of whose sources are in its log; what was there before is replaced.

    The request names the ``store``, the ``run``, the ``chunk`` and the ``rules``. Raises VnplanError ``output``.
    """
    store, chunk = Path(request["store"]), int(request["chunk"])
    plan = Plan(store)
    collecting = gc.isenabled()
    gc.disable()  # rows hold no cycles, and looking for some among so many values takes half of the time
    try:
        writer = PartWriter(plan.scratch, part_name(int(request["run"]), chunk))
        try:
            _fill(writer, plan, chunk, str(request["rules"]))
            writer.close(store)
        except BaseException:
            writer.drop()
            raise
    except OSError as error:
        _cannot_write(store, error)
    finally:
        if collecting:
            gc.enable()
    return b"{}"


def _fill(writer: PartWriter, plan: Plan, chunk: int, rules: str) -> None:
    path = plan.log(chunk)
    records: dict[int, Record] = {}
    with suppress(FileNotFoundError):  # where every source has the bytes of another
        for one in read_log(path):
            records.setdefault(one.position, one)
    with open(path, "rb") if records else open(os.devnull, "rb") as log:
        for position, item in enumerate(plan.items(chunk)):
            record = records.get(position)
            if record is None:
                status, digest = ("same", item.sha256) if item.same_as else ("failed", item.sha256)
                if not item.same_as:
                    _add_failure(writer, item, {"code": "crash", "message": f"{item.name}: nothing is known of it"})
            else:
                log.seek(record.start)
                status, digest = _add(writer, item, record.kind, log.read(record.size))
            writer.add("sources", (item.source, item.shown, digest, status, item.same_as, rules))


def _add(writer: PartWriter, item: Item, kind: bytes, content: bytes) -> tuple[str, str | None]:
    """Add what became of a source; return its status and digest."""
    from vnplan.codec import decode_document

    if kind == DOCUMENT:
        try:
            document = decode_document(content)
        except ValueError as error:
            said: dict[str, Any] = {"code": "crash", "message": f"{item.name}: its process gave no document ({error})"}
        else:
            for table, row in document_rows(document, item.source, content.decode()):
                writer.add(table, row)
            writer.count(len(content))
            return "read", document.source.sha256
    else:
        said = json.loads(content)
    return "failed", _add_failure(writer, item, said)


def _add_failure(writer: PartWriter, item: Item, said: dict[str, Any]) -> str | None:
    digest: str | None = said.get("sha256") or item.sha256
    writer.add("failures", (item.source, item.shown, digest, said["code"], encodable(said["message"])))
    return digest


def finish_run(request: dict[str, Any]) -> bytes:
    """Take what a run replaces out of the parts of earlier runs; return the counts of the run as JSON."""
    store, run = Path(request["store"]), int(request["run"])
    plan = Plan(store)
    try:
        replaced = set(plan.replaced())
        if replaced:
            for name in sorted(os.listdir(store / "sources")):
                if 0 < run_of(name) < run:
                    _take_out(store, plan.scratch, name, replaced)
    except OSError as error:
        _cannot_write(store, error)
    status: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for path in _parts(store, "sources", run):
        status.update(row[0] for row in read_columns(path, ["status"]))
    for path in _parts(store, "failures", run):
        codes.update(row[0] for row in read_columns(path, ["code"]))
    counts = {"read": status["read"], "same": status["same"], "failed": dict(sorted(codes.items()))}
    return json.dumps(counts).encode()


def _parts(store: Path, table: str, run: int) -> Iterator[Path]:
    for name in sorted(os.listdir(store / table)):
        if run_of(name) == run:
            yield store / table / name


def _take_out(store: Path, scratch: Path, name: str, replaced: set[str]) -> None:
    """Take the rows of sources out of one part; a part without any source left is removed."""
    made, moves, left = scratch / f"kept-{name}", [], 0
    for table in TABLES:
        stay = without_rows(store / table / name, scratch / f"{table}-{made.name}", replaced.__contains__)
        if stay is not None:
            moves.append((scratch / f"{table}-{made.name}", store / table / name))
        if table == "sources":
            left = 1 if stay is None else stay
    if left:
        put_in_place(moves)
        return
    for table in TABLES:
        with suppress(FileNotFoundError):
            os.unlink(store / table / name)
        sync(store / table)
    for path, _ in moves:
        os.unlink(path)


def _cannot_write(store: Path, error: OSError) -> NoReturn:
    raise VnplanError("output", f"{error.filename or store}: {error.strerror or error}") from error
