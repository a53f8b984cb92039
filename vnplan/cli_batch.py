"""What the command does with stores: ``vnplan batch``, and what others read from them; a part of :mod:`vnplan.cli`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnplan.errors import VnplanError
from vnplan.limits import RUN_LIMITS, RunLimits
from vnplan.report.escape import printable

if TYPE_CHECKING:
    from types import FrameType

    from vnplan.model import Document
    from vnplan.report.view import Failure
    from vnplan.store.run import Engine, Progress, Summary
    from vnplan.store.sources import Item

OK: Final = 0
SOME_FAILED: Final = 3
ALL_FAILED: Final = 4
OUTPUT: Final = 5
TERMINATED: Final = 143
_EVERY: Final = 0.5  # seconds between two lines of progress on a terminal
_SELDOM: Final = 60.0  # the same elsewhere


class _Terminated(BaseException):
    """Somebody asked the command to end."""


def add_batch(parser: argparse.ArgumentParser, count: Callable[[str], int]) -> None:
    """Give the parser of the command its arguments."""
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a document, a container (.zip, .warc, .mht), a folder, a pattern ('plans/**/*.pdf'), or texts in JSON "
        "lines (.jsonl)",
    )
    parser.add_argument("--store", required=True, metavar="DIR", help="folder of the tables; made where there is none")
    parser.add_argument("--from", dest="list", metavar="FILE", help="read paths from FILE, one a line; - is stdin")
    parser.add_argument("--resume", action="store_true", help="finish a run that was not finished, then go on")
    parser.add_argument("--retry", action="store_true", help="read again also what failed in an earlier run")
    parser.add_argument(
        "--workers",
        type=count,
        default=min(os.cpu_count() or 1, 256),
        metavar="N",
        help="worker processes, each killed when a file takes too long or too much memory (default: one for each core)",
    )
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="where to read: here, or on a Ray cluster"
    )
    parser.add_argument(
        "--address", metavar="A", help="of the Ray cluster; 'auto' for one that runs here (default: one for this run)"
    )
    parser.add_argument(
        "--limit-time", type=_positive, metavar="S", help=f"seconds for a file (default: {RUN_LIMITS.wall:g})"
    )
    parser.add_argument(
        "--limit-memory",
        type=_positive,
        metavar="MB",
        help=f"memory for a worker (default: {RUN_LIMITS.memory // 1_000_000})",
    )


def _positive(words: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"{words!r} is no number above 0")
    return value


def run_batch(options: argparse.Namespace, complain: Callable[[str], None]) -> int:
    """Do what the command was told to do; return its exit code."""
    from vnplan.store.run import fill_store
    from vnplan.store.sources import listed_paths

    given = [*options.sources, *(listed_paths(options.list) if options.list else ())]
    if not given and not options.resume:
        raise VnplanError("no-files", "nothing was named; name files or folders, or give --resume")
    shown = _Shown()
    try:
        with _terminable():
            summary = fill_store(
                Path(options.store),
                given,
                workers=options.workers,
                limits=_limits(options),
                resume=options.resume,
                retry=options.retry,
                engine=_engine(options),
                tell=shown.tell,
                complain=lambda item, failure: complain(_failed(item, failure)),
                note=complain,
            )
    except _Terminated:
        complain("terminated; give --resume to go on")
        return TERMINATED
    except KeyboardInterrupt:
        complain("give --resume to go on")
        raise
    except OSError as error:
        what = f"{error.filename or options.store}: {error.strerror or error}"
        complain(f"output: {what}; what was read until now is kept, give --resume to go on")
        return OUTPUT
    finally:
        shown.end()
    named = summary.read + summary.same + summary.skipped + sum(summary.failed.values())
    if not named:
        if not given:
            raise VnplanError("no-files", f"{options.store}: there is nothing to resume; name files or folders")
        raise VnplanError("no-files", f"{', '.join(given[:5])}: no documents in there; name another folder")
    sys.stdout.write(_said(summary, options.store, shown.seconds))
    failed = sum(summary.failed.values()) + summary.known_failed
    return OK if not failed else SOME_FAILED if failed < named else ALL_FAILED


def read_store(folder: str, complain: Callable[[str], None]) -> tuple[list[Document], list[Failure]]:
    """Return the documents of a store, which load their text when it is needed, and what could not be read."""
    from vnplan.store.reader import open_store

    store = open_store(folder)
    if store.unfinished:
        complain(f"{folder}: its last run was not finished; what that has not read is not in it")
    return list(store.light_documents()), store.failures()


def _engine(options: argparse.Namespace) -> Engine | None:
    """Return what reads, None for worker processes on this machine."""
    if options.engine == "local":
        if options.address is not None:
            raise VnplanError("bad-option", "--address is for a Ray cluster; give --engine ray too")
        return None
    from vnplan.store.cluster import RayPool

    return partial(RayPool, address=options.address)


def _limits(options: argparse.Namespace) -> RunLimits | None:
    if options.limit_time is None and options.limit_memory is None:
        return None
    wall = options.limit_time or RUN_LIMITS.wall
    memory = int((options.limit_memory or 0) * 1_000_000) or RUN_LIMITS.memory
    return RunLimits(wall=wall, cpu=wall, total=max(RUN_LIMITS.total, wall), memory=memory)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let the signal that asks a process to end raise :class:`_Terminated` inside."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Terminated

    try:
        before: Any = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _failed(item: Item, failure: VnplanError) -> str:
    return f"{item.source}: {failure.code}: {failure.message.removeprefix(f'{item.name}: ')}"


def _said(summary: Summary, store: str, seconds: float) -> str:
    """Return the summary: one line for each count that is not zero."""
    lines = [(f"{summary.read:,}", "read"), (f"{sum(summary.failed.values()):,}", _by_code(summary.failed))]
    lines += [(f"{summary.same:,}", "with the bytes of another, not read again")] if summary.same else []
    lines += [(f"{summary.skipped:,}", "in the store already")] if summary.skipped else []
    text = "".join(f"{number:>9} {words}\n" for number, words in lines)
    rate = f", {(summary.read + sum(summary.failed.values())) / seconds:.1f} a second" if seconds >= 1 else ""
    return f"{text}{printable(store)}: {_time(seconds)}{rate}\n"


def _by_code(failed: Any) -> str:
    codes = ", ".join(f"{code} {count:,}" for code, count in sorted(failed.items(), key=lambda row: (-row[1], row[0])))
    return f"failed ({codes})" if codes else "failed"


def _time(seconds: float) -> str:
    """Return a time as people say it.

    >>> _time(42.4), _time(200), _time(8000)
    ('42 s', '3 min', '2 h 13 min')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


class _Shown:
    """Says how far a run is: on a terminal in one line that changes, elsewhere now and then in a line of its own."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._began = self._next = time.monotonic()
        if not self._terminal:
            self._next += _SELDOM

    @property
    def seconds(self) -> float:
        """How long it took until now."""
        return time.monotonic() - self._began

    def tell(self, progress: Progress) -> None:
        """Say it, if it is time."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_EVERY if self._terminal else _SELDOM)
        line = self._line(progress)
        sys.stderr.write(f"\r\x1b[K{line[:100]}" if self._terminal else f"vnplan: {line}\n")
        sys.stderr.flush()

    def _line(self, progress: Progress) -> str:
        own = progress.read + sum(progress.failed.values())
        rate = own / max(self.seconds, 0.001)
        left = _time((progress.total - progress.done) / rate) if own else "?"
        failed = f", {sum(progress.failed.values()):,} {_by_code(progress.failed)}" if progress.failed else ""
        return f"{progress.done:,}/{progress.total:,}, {rate:.1f} a second, {left} left{failed}"

    def end(self) -> None:
        """Take the line away."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
