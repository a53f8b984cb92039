"""The plan of a run: its sources in chunks, what they replace, and where everything of it stands in the store.

DIR/store.json              the schema, and the runs that are finished
DIR/<table>/part-R-C.parquet    what run R found in chunk C of its sources
DIR/journal/run.json        the run that is not finished: there is a plan when it is there
DIR/journal/plan-C.jsonl    the sources of a chunk; replaced.jsonl: those that take the place of earlier rows
DIR/journal/log-C           what became of the sources of a chunk so far
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from vnplan.errors import VnplanError
from vnplan.report.files import write_whole
from vnplan.store.schema import SCHEMA, TABLES, part_name, run_of
from vnplan.store.sources import Item, read_items
from vnplan.store.tables import sync, wrong_version

CHUNK: Final = 1_000  # sources
_JOURNAL: Final = "journal"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is not finished: its number, the version of the rules, how many sources, and the limits given."""

    number: int
    rules: str
    sources: int
    chunk: int
    limits: dict[str, float] = field(default_factory=dict)

    @property
    def chunks(self) -> int:
        """How many chunks the sources make."""
        return -(-self.sources // self.chunk)


class Plan:
    """The journal of a store: the plan, and the paths of what a run writes on its way."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder = store / _JOURNAL
        self.scratch = self.folder / "scratch"
        self._state = self.folder / "run.json"

    @property
    def lock(self) -> Path:
        """The file that a writing process locks."""
        return self.store / ".lock"

    def log(self, chunk: int) -> Path:
        """Return the path of the log of a chunk."""
        return self.folder / f"log-{chunk:05d}"

    def items(self, chunk: int) -> Iterator[Item]:
        """Yield the sources of a chunk."""
        with open(self._chunk(chunk), encoding="ascii") as file:
            yield from read_items(file)

    def _chunk(self, chunk: int) -> Path:
        return self.folder / f"plan-{chunk:05d}.jsonl"

    def replaced(self) -> Iterator[str]:
        """Yield the sources whose earlier rows this run replaces."""
        with open(self.folder / "replaced.jsonl", encoding="ascii") as file:
            yield from map(json.loads, file)

    def current(self) -> Run | None:
        """Return the run that is not finished, None where there is none."""
        try:
            return Run(**json.loads(self._state.read_bytes()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise VnplanError("no-store", f"{self._state}: this is no journal of vnplan ({error})") from error

    def clear(self) -> None:
        """Remove the journal: the plan first, so that what is left means nothing."""
        self._state.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self) -> None:
        """Make the folders of the journal, without what a crash left half-written."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True, exist_ok=True)

    def writer(self, chunk: int) -> PlanWriter:
        """Return what writes the next plan, in chunks of so many sources."""
        return PlanWriter(self.folder / "replaced.jsonl", self._chunk, chunk)

    def commit(self, run: Run) -> None:
        """Say that the plan is whole, or holds for other rules."""
        write_whole(self._state, json.dumps(_fields(run)).encode() + b"\n")
        sync(self.folder)

    def begin_anew(self, run: Run) -> None:
        """Forget what a run did so far: it was done by other rules."""
        for table in TABLES:
            for name in os.listdir(self.store / table):
                if run_of(name) == run.number:
                    os.unlink(self.store / table / name)
        for chunk in range(run.chunks):
            self.log(chunk).unlink(missing_ok=True)

    def is_done(self, run: Run, chunk: int) -> bool:
        """Tell whether the tables of a chunk are in place."""
        return (self.store / "sources" / part_name(run.number, chunk)).exists()


def _fields(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in ("number", "rules", "sources", "chunk", "limits")}


class PlanWriter:
    """Writes the sources of a run into files of chunks."""

    def __init__(self, replaced: Path, path_of: Callable[[int], Path], chunk: int) -> None:
        self.count = 0
        self._chunk, self._path_of = chunk, path_of
        self._file: IO[str] | None = None
        self._replaced: IO[str] = open(replaced, "w", encoding="ascii")  # noqa: SIM115

    def add(self, item: Item) -> None:
        """Add a source."""
        if self.count % self._chunk == 0:
            self._end(self._file)
            self._file = open(self._path_of(self.count // self._chunk), "w", encoding="ascii")  # noqa: SIM115
        if self._file is not None:
            self._file.write(item.line())
        self.count += 1

    def replace(self, source: str) -> None:
        """Say that the earlier rows of a source are to go."""
        self._replaced.write(json.dumps(source) + "\n")

    def close(self) -> None:
        """Have everything written to the disk."""
        self._end(self._file)
        self._end(self._replaced)

    @staticmethod
    def _end(file: IO[str] | None) -> None:
        if file is not None:
            file.flush()
            os.fsync(file.fileno())
            file.close()


def open_folder(store: Path) -> dict[str, Any]:
    """Return ``store.json``; VnplanError where the folder is no store, or one of another version."""
    try:
        about = json.loads((store / "store.json").read_bytes())
    except FileNotFoundError as error:
        what = "there is no store.json in it; name the folder that vnplan batch --store wrote"
        raise VnplanError("no-store", f"{store}: {what}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise VnplanError("no-store", f"{store}: store.json cannot be read ({error})") from error
    version = about.get("schema") if isinstance(about, dict) else None
    if version != SCHEMA:
        raise VnplanError("store-version", wrong_version(str(store), version))
    runs = about.get("runs")
    if not isinstance(runs, list) or not all(isinstance(run, dict) for run in runs):
        raise VnplanError("no-store", f"{store}: store.json does not list the runs of the store; get the store again")
    return dict(about)


def make_folder(store: Path) -> dict[str, Any]:
    """Return ``store.json`` of a store, which is made where there is none; VnplanError in a folder of other things."""
    if (store / "store.json").exists():
        about = open_folder(store)
    else:
        others = [name for name in os.listdir(store) if not name.startswith(".")] if store.is_dir() else []
        if others:
            what = f"it is no store and not empty ({others[0]}); name a folder that is new, empty, or a store"
            raise VnplanError("no-store", f"{store}: {what}")
        about = {"schema": SCHEMA, "runs": []}
        store.mkdir(parents=True, exist_ok=True)
        save_folder(store, about)
    for table in TABLES:
        (store / table).mkdir(exist_ok=True)
    return about


def save_folder(store: Path, about: dict[str, Any]) -> None:
    """Write ``store.json``."""
    write_whole(store / "store.json", json.dumps(about, indent=1).encode() + b"\n")
    with suppress(OSError):
        sync(store)
