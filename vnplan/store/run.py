"""A run: many sources into a store, by worker processes, in a way that may be ended at any moment and taken up again.

This process hands out sources and keeps the journal; it reads no document. One more process writes the tables, a chunk
of sources at a time. Which chunk a source is in, and its place there, is fixed before the first is read, so that the
tables do not depend on who finished first.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol

from vnplan.errors import VnplanError
from vnplan.limits import RUN_LIMITS, RunLimits
from vnplan.store import parts, work
from vnplan.store.journal import DOCUMENT, FAILURE, Lock, Log
from vnplan.store.known import make_plan
from vnplan.store.plan import CHUNK, Plan, Run, make_folder, save_folder
from vnplan.store.rules import rules_version
from vnplan.store.sources import Item, Note, find_items
from vnplan.store.tables import need_pyarrow
from vnplan.workers import Answer, Pool

_SYNC: Final = 5.0  # seconds of work that a power cut may cost
_WAITING: Final = 2  # chunks that wait for their tables, before no more sources are handed out
_WRITER_LIMITS: Final = RunLimits(wall=86_400.0, cpu=0.0, total=86_400.0, memory=0)


@dataclass
class Progress:
    """How far a run is: counts of sources."""

    total: int = 0
    before: int = 0  # done when the run was taken up again
    read: int = 0
    same: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """How many sources have a record."""
        return self.before + self.read + self.same + sum(self.failed.values())


@dataclass
class Summary:
    """What a run did: counts of sources, of which ``skipped`` were in the store already (``known_failed`` failed)."""

    read: int = 0
    same: int = 0
    skipped: int = 0
    known_failed: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    runs: list[int] = field(default_factory=list)


class Readers(Protocol):
    """What reads sources: a pool of workers, here or on other machines."""

    def __enter__(self) -> Readers: ...

    def __exit__(self, *_: object) -> None: ...

    def run(self, requests: Iterable[dict[str, Any]], *, job: str) -> Iterator[Answer]:
        """Yield one answer for each request, as they come."""
        ...


class Engine(Protocol):
    """Opens so many readers with these limits."""

    def __call__(self, processes: int, *, limits: RunLimits) -> Readers: ...


Tell = Callable[[Progress], None]
Complain = Callable[[Item, VnplanError], None]


def fill_store(
    store: Path,
    given: Iterable[str],
    *,
    workers: int,
    limits: RunLimits | None = None,
    resume: bool = False,
    retry: bool = False,
    chunk: int = CHUNK,
    engine: Engine | None = None,
    tell: Tell = lambda progress: None,
    complain: Complain = lambda item, failure: None,
    note: Note = lambda line: None,
) -> Summary:
    """Read the sources that ``given`` names and the store does not have; return what was done.

    With ``resume`` a run that was not finished is finished first; without, VnplanError ``store-unfinished`` says that
    there is one. ``store-locked``: another process is writing. OSError when the store cannot be written; what was
    done until then is kept. ``engine`` opens what reads: a :class:`~vnplan.workers.Pool` unless told otherwise.
    """
    engine = engine or Pool
    need_pyarrow()
    if store.exists() and not store.is_dir():
        raise VnplanError("no-store", f"{store}: it is a file; name a folder that is new, empty, or a store")
    store.mkdir(parents=True, exist_ok=True)
    plan, summary = Plan(store), Summary()
    with Lock(plan.lock):
        about = make_folder(store)
        current = plan.current()
        if current is not None and not resume:
            what = "its last run was not finished; give --resume to finish it"
            raise VnplanError("store-unfinished", f"{store}: {what}")
        plan.prepare()
        if current is not None:
            _work(plan, _under_these_rules(plan, current), about, workers, limits, summary, tell, complain, engine)
            plan.prepare()
        number = 1 + max((run["run"] for run in about["runs"]), default=0)
        kept = {"wall": limits.wall, "cpu": limits.cpu, "memory": limits.memory} if limits else {}
        planned = Run(number, rules_version(), 0, chunk, kept)
        tally = make_plan(plan, planned, find_items(given, note=note), retry=retry, note=note)
        summary.skipped, summary.known_failed = tally.skipped, tally.failed
        fresh = plan.current()
        if fresh is not None:
            _work(plan, fresh, about, workers, limits, summary, tell, complain, engine)
        plan.clear()
    return summary


def _under_these_rules(plan: Plan, run: Run) -> Run:
    """Return the run as it can go on: from its beginning, where it was begun by other rules."""
    rules = rules_version()
    if run.rules != rules:
        plan.begin_anew(run)
        run = Run(run.number, rules, run.sources, run.chunk, run.limits)
        plan.commit(run)
    return run


def _work(
    plan: Plan, run: Run, about: dict[str, Any], workers: int, limits: RunLimits | None, summary: Summary, tell: Tell,
    complain: Complain, engine: Engine,
) -> None:  # fmt: skip
    """Do what is left of a run, and end it."""
    if any(done["run"] == run.number for done in about["runs"]):  # a crash left only the journal
        plan.clear()
        return
    if limits is None:
        limits = replace(RUN_LIMITS, **run.limits)  # type: ignore[arg-type]
    with _Writer(plan, run) as writer, engine(workers, limits=replace(limits, start=work.START)) as pool:
        _Reading(plan, run, writer, tell, complain).go(pool)
        counts = writer.finish()
    about["runs"].append({"run": run.number, "rules": run.rules, "sources": run.sources, **counts})
    save_folder(plan.store, about)
    plan.clear()
    summary.read += counts["read"]
    summary.same += counts["same"]
    summary.failed.update(counts["failed"])
    summary.runs.append(run.number)


class _Reading:
    """Hands the sources of a run to workers and records what comes back."""

    def __init__(self, plan: Plan, run: Run, writer: _Writer, tell: Tell, complain: Complain) -> None:
        self._plan, self._run, self._writer = plan, run, writer
        self._tell, self._complain = tell, complain
        self._logs: dict[int, Log] = {}  # of chunks that are not done
        self._left: dict[int, int] = {}  # how many sources of each have no record; one more until all are handed out
        self._out: dict[int, tuple[int, int, Item]] = {}  # with the workers: chunk, position, source
        self.progress = Progress(run.sources)

    def go(self, pool: Readers) -> None:
        """Read whatever has no record yet."""
        synced = time.monotonic()
        try:
            for answer in pool.run(self._requests(), job=work.READ):
                self._record(answer)
                self._tell(self.progress)
                if time.monotonic() - synced > _SYNC:
                    for log in self._logs.values():
                        log.sync()
                    synced = time.monotonic()
        finally:
            for log in self._logs.values():
                log.close()

    def _requests(self) -> Iterator[dict[str, Any]]:
        number = 0
        for chunk in range(self._run.chunks):
            if self._plan.is_done(self._run, chunk):
                self._plan.log(chunk).unlink(missing_ok=True)
                self.progress.before += min(self._run.chunk, self._run.sources - chunk * self._run.chunk)
                continue
            log = self._logs[chunk] = Log(self._plan.log(chunk))
            self.progress.before += len(log.done)
            done = set(log.done)
            self._left[chunk] = 1
            for position, item in enumerate(self._plan.items(chunk)):
                if item.same_as is not None:
                    self.progress.same += 1
                elif position not in done:
                    self._left[chunk] += 1
                    self._out[number] = chunk, position, item
                    number += 1
                    yield work.read_request(item)
            self._one_less(chunk)

    def _record(self, answer: Answer) -> None:
        chunk, position, item = self._out.pop(answer.number)
        failure = answer.failure
        if answer.data is not None:
            self._logs[chunk].add(position, DOCUMENT, answer.data)
            self.progress.read += 1
        else:
            failure = failure or VnplanError("crash", f"{item.name}: nothing came of it")
            said = {"code": failure.code, "message": failure.message, "sha256": answer.sha256 or item.sha256}
            self._logs[chunk].add(position, FAILURE, json.dumps(said).encode())
            self.progress.failed[failure.code] += 1
            self._complain(item, failure)
        self._one_less(chunk)

    def _one_less(self, chunk: int) -> None:
        self._left[chunk] -= 1
        if not self._left[chunk]:
            del self._left[chunk]
            self._logs.pop(chunk).close()
            self._writer.write(chunk)


class _Writer:
    """The process that writes the tables, and the thread that waits for it."""

    def __init__(self, plan: Plan, run: Run) -> None:
        self._plan = plan
        self._base = {"store": str(plan.store), "run": run.number, "rules": run.rules, "name": str(plan.store)}
        self._wanted: queue.Queue[dict[str, Any] | None] = queue.Queue(_WAITING)
        self._failure: VnplanError | None = None
        self._counts: dict[str, Any] = {}
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="vnplan-tables", daemon=True)

    def __enter__(self) -> _Writer:
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        while kind is not None and not self._wanted.empty():  # only what is being written is waited for
            with suppress(queue.Empty):
                self._wanted.get_nowait()
        self._stop()

    def write(self, chunk: int) -> None:
        """Have the tables of a chunk written; waits when several are waiting. Raises OSError for an earlier one."""
        self._put({**self._base, "chunk": chunk})

    def finish(self) -> dict[str, Any]:
        """Wait until all tables are written; end the run, and return its counts."""
        self._put(self._base)
        self._stop()
        self._check()
        return self._counts

    def _put(self, request: dict[str, Any] | None) -> None:
        while True:
            self._check()
            try:
                self._wanted.put(request, timeout=0.5)
                return
            except queue.Full:
                continue

    def _stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            while self._thread.is_alive() and self._failure is None:
                try:
                    self._wanted.put(None, timeout=0.5)
                    break
                except queue.Full:
                    continue
        self._thread.join()

    def _check(self) -> None:
        if self._failure is not None:
            raise OSError(0, self._failure.message, str(self._plan.store))

    def _run(self) -> None:
        sent: list[dict[str, Any]] = []

        def requests() -> Iterator[dict[str, Any]]:
            while (request := self._wanted.get()) is not None:
                sent.append(request)
                yield request

        try:
            with Pool(1, limits=_WRITER_LIMITS) as pool:
                for answer in pool.run(requests(), job=parts.JOB):
                    if answer.failure is not None:
                        self._failure = answer.failure
                        return
                    if "chunk" in (request := sent[answer.number]):
                        self._plan.log(request["chunk"]).unlink(missing_ok=True)
                    else:
                        self._counts = dict(json.loads(answer.data or b"{}"))
        except OSError as error:
            self._failure = VnplanError("output", f"the tables cannot be written ({error})")
