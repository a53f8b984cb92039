"""A pool of worker processes, one piece of work in flight in each: what one of them does harms no other.

A worker that takes too long, needs too much memory, crashes or answers too much is killed; only the work that it had is
lost, with a failure code, and a fresh worker takes its place. Between the processes goes JSON, never pickle.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from vnplan.errors import VnplanError
from vnplan.limits import RUN_LIMITS, RunLimits
from vnplan.worker import HEAD, LAST, frame

READ: Final = "vnplan.worker:read_document"
_PIECE: Final = 1 << 20
_FULL: Final = 0.5  # of the memory that it may have: a worker that crashes with more ran out of it
_PATIENCE: Final = 2.0  # seconds that a process which closed its pipe has to end
_ALONE: Final = "read it alone, with higher limits"
_GROWN: Final = 1.2  # times what this process has: a child begins with the largest size of its parent
_SCALE: Final = 1 if sys.platform == "darwin" else 1024  # bytes in the unit of ru_maxrss
_THREADS: Final = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one piece of work: the bytes that its job returned, or the failure; exactly one is there."""

    number: int
    data: bytes | None = None
    failure: VnplanError | None = None
    sha256: str | None = None  # of the bytes that work failed on, where they were read


class Pool:
    """Worker processes for :meth:`run`; a context manager that ends with all of them gone.

    ``processes`` is at least 1. For POSIX systems.
    """

    def __init__(self, processes: int, *, limits: RunLimits = RUN_LIMITS) -> None:
        if processes < 1:
            raise ValueError(f"processes={processes}: a pool has at least one")
        self.limits = limits
        self._size = processes
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    def run(self, requests: Iterable[dict[str, Any]], *, job: str = READ) -> Iterator[Answer]:
        """Yield one answer for each request, as they come; ``number`` counts the requests from 0.

        A request is a JSON object; its ``name`` is what messages call it. The next one is taken when a worker is free.
        """
        waiting = enumerate(requests)
        more = True
        while True:
            while more and (worker := self._free()) is not None:
                number, request = next(waiting, (-1, {}))
                if number < 0:
                    more = False
                    break
                self._start(worker, number, {**request, "job": job})
            if not any(worker.busy for worker in self._workers):
                return
            yield from self._collect()

    def _free(self) -> _Worker | None:
        for worker in self._workers:
            if not worker.busy:
                return worker
        if len(self._workers) < self._size:
            worker = _Worker(self.limits)
            self._workers.append(worker)
            self._selector.register(worker.replies, selectors.EVENT_READ, worker)
            return worker
        return None

    def _start(self, worker: _Worker, number: int, request: dict[str, Any]) -> None:
        try:
            worker.send(number, request)
        except OSError:  # it died while it had nothing to do
            self._drop(worker)
            fresh = self._free()
            if fresh is not None:
                fresh.send(number, request)

    def _collect(self) -> Iterator[Answer]:
        """Wait until a worker answers, dies or is late, and yield what became of its work."""
        now = time.monotonic()
        late = min(worker.deadline for worker in self._workers if worker.busy)
        for key, _ in self._selector.select(max(0.0, late - now)):
            worker: _Worker = key.data
            answer, alive = worker.receive()
            if not alive:
                self._drop(worker)
            if answer is not None:
                yield answer
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.busy and worker.deadline <= now]:
            what = f"more than {self.limits.wall:g} s, or {self.limits.total:g} s for all pages of a scan"
            answer = worker.failed("time", f"it took too long ({what}); {_ALONE}")
            self._drop(worker)
            yield answer

    def _drop(self, worker: _Worker) -> None:
        self._selector.unregister(worker.replies)
        self._workers.remove(worker)
        worker.end()


class _Worker:
    """One process and the two pipes to it."""

    def __init__(self, limits: RunLimits) -> None:
        self.limits = limits
        self.busy = False
        self.deadline = self._end = 0.0
        self._number, self._name = -1, ""
        self._extra = limits.start
        self._received = bytearray()
        self._inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _SCALE
        theirs, self._requests = os.pipe()
        self.replies, ours = os.pipe()
        os.set_blocking(self.replies, False)
        arguments = [sys.executable, "-m", "vnplan.worker", str(theirs), str(ours), str(limits.memory)]
        environment = {
            **os.environ,
            **dict.fromkeys(_THREADS, "1"),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, pass_fds=(theirs, ours), start_new_session=True, env=environment
        )
        os.close(theirs)
        os.close(ours)

    def send(self, number: int, request: dict[str, Any]) -> None:
        """Give it a piece of work; OSError when it is gone."""
        self._number, self._name = number, str(request.get("name", "the document"))
        wall, cpu = self.limits.wall + self._extra, self.limits.cpu and self.limits.cpu + self._extra
        data = json.dumps({**request, "wall": wall, "cpu": cpu}).encode()
        view = memoryview(frame(data))
        while view:
            view = view[os.write(self._requests, view) :]
        now = time.monotonic()
        self.deadline, self._end = now + wall, now + self.limits.total + self._extra
        self._extra = 0.0
        self.busy = True

    def receive(self) -> tuple[Answer | None, bool]:
        """Return what became of the work if that is known now, and whether the process can go on."""
        try:
            data = os.read(self.replies, _PIECE)
        except BlockingIOError:
            return None, True
        except OSError:
            data = b""
        if not data:
            return (self._died() if self.busy else None), False
        self._received += data
        while self._received[:HEAD] == bytes(HEAD):  # a sign of life
            del self._received[:HEAD]
            self.deadline = min(time.monotonic() + self.limits.wall, self._end)
        size = int.from_bytes(self._received[:HEAD]) if len(self._received) >= HEAD else 0
        if size > self.limits.reply:
            return self.failed(
                "reply-too-big", f"what it gave is larger than {self.limits.reply:,} bytes; {_ALONE}"
            ), False
        if len(self._received) < HEAD + max(1, size):
            return None, True
        reply = bytes(self._received[HEAD : HEAD + size])
        self._received.clear()
        self.busy = False
        answer = self._answer(reply.removeprefix(LAST))
        understood = answer.data is not None or reply.lstrip(LAST)[:1] == b"F"
        return answer, understood and not reply.startswith(LAST)

    def failed(self, code: str, what: str) -> Answer:
        """Return the failure of the work that it has."""
        self.busy = False
        return Answer(self._number, failure=VnplanError(code, f"{self._name}: {what}"))

    def _answer(self, reply: bytes) -> Answer:
        if reply[:1] == b"R":
            return Answer(self._number, data=reply[1:])
        try:
            said = json.loads(reply[1:]) if reply[:1] == b"F" else {}
            failure = VnplanError(str(said["code"]), str(said["message"]))
            return Answer(self._number, failure=failure, sha256=said.get("sha256"))
        except (ValueError, KeyError, TypeError):
            return self.failed("crash", f"its process answered nothing that can be understood; {_ALONE}")

    def _died(self) -> Answer:
        """Return why the process is gone, by its signal and by how much memory it had."""
        code, most = self._wait()
        number = -code if code < 0 else 0
        name = signal.Signals(number).name if number in set(signal.Signals) else f"exit code {code}"
        if number in (signal.SIGXCPU, signal.SIGALRM):
            return self.failed("time", f"it took longer than {self.limits.cpu:g} s of work; {_ALONE}")
        if self.limits.memory and most > max(_FULL * self.limits.memory, _GROWN * self._inherited):
            return self.failed("memory", f"reading it needs more memory than it may have ({name}); {_ALONE}")
        return self.failed("crash", f"its process died ({name}); {_ALONE}")

    def _wait(self) -> tuple[int, int]:
        """Return the exit code and the largest resident size in bytes of the process, which closed its pipe."""
        until = time.monotonic() + _PATIENCE
        try:
            while True:
                late = time.monotonic() > until
                if late:
                    os.killpg(self._process.pid, signal.SIGKILL)
                found, status, usage = os.wait4(self._process.pid, 0 if late else os.WNOHANG)
                if found:
                    break
                time.sleep(0.005)
        except (ChildProcessError, ProcessLookupError):
            return self._process.returncode or 0, 0
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return self._process.returncode, usage.ru_maxrss * _SCALE

    def end(self) -> None:
        """Kill the process and what it started, and close the pipes."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for descriptor in (self._requests, self.replies):
            with suppress(OSError):
                os.close(descriptor)
        with suppress(ChildProcessError, subprocess.TimeoutExpired):
            self._process.wait(5)
