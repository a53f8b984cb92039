"""The process that does one piece of work after another for a pool (vnplan.workers): ``python -m vnplan.worker``.

It takes requests from one pipe and puts replies into another, each a length and as many bytes. A request is a JSON
object that names the ``job``; a reply is the letter ``R`` and what the job returned, or ``F`` and a failure as JSON,
with an ``L`` before it when it is the worker's last. An empty frame is a sign of life: a page of a scan is done.
Whatever else is printed goes nowhere. When the pool is gone, so is the worker.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from vnplan.errors import VnplanError, WorkError
from vnplan.read.progress import listen

HEAD: Final = 8  # bytes that tell the length of a frame
LAST: Final = b"L"  # before the last reply of a worker that is no longer fit
SPARE: Final = 5.0  # seconds that the pool has to stop a worker before that stops itself
_MESSAGE: Final = 200
_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the bytes of the next frame, None when the other side is gone."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    size = int.from_bytes(head)
    data = stream.read(size)
    return data if len(data) == size else None


def frame(data: bytes) -> bytes:
    """Return the bytes with their length before them."""
    return len(data).to_bytes(HEAD) + data


def failure(code: str, message: str, **more: Any) -> bytes:
    """Return the reply for work that failed."""
    return b"F" + json.dumps({"code": code, "message": message, **more}).encode()


def read_document(request: dict[str, Any]) -> bytes:
    """Return the document of a source as JSON (``vnplan.batch``, ``vnplan.codec``)."""
    from vnplan.batch import read_request

    return read_request(request)


def answer(request: dict[str, Any]) -> tuple[bytes, bool]:
    """Return the reply to a request, and whether the worker is still fit for another one."""
    name = str(request.get("name", "the document"))
    try:
        module, _, function = str(request["job"]).partition(":")
        job: Callable[[dict[str, Any]], bytes] = getattr(importlib.import_module(module), function)
        return b"R" + job(request), True
    except WorkError as error:
        return failure(error.code, error.message, sha256=error.sha256), error.code != "memory"
    except VnplanError as error:
        return failure(error.code, error.message), True
    except MemoryError:
        return failure("memory", f"{name}: reading it needs more memory than it may have"), False
    except RecursionError:
        return failure("too-deep", f"{name}: it is nested more deeply than its parser can follow"), True
    except Exception as error:
        what = "".join(sign for sign in f"{type(error).__name__}: {error}" if sign.isprintable())[:_MESSAGE]
        return failure("parser", f"{name}: its parser failed ({what})"), True


def limit_process(memory: int) -> None:
    """Let this process have no more than so many bytes of memory, leave no core file, and die with its parent."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        with contextlib.suppress(ValueError, OSError):  # where the system knows no such limit, or a lower one holds
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


def limit_work(wall: float, cpu: float) -> None:
    """Let one piece of work take so many seconds; what takes longer ends this process, even inside a parser."""
    signal.setitimer(signal.ITIMER_REAL, wall + SPARE if wall else 0)
    if cpu:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + cpu) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> int:
    """Answer requests until there are none."""
    requests = os.fdopen(int(sys.argv[1]), "rb")
    replies = os.fdopen(int(sys.argv[2]), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides what an interruption means
    limit_process(int(sys.argv[3]))
    limits = [0.0, 0.0]  # of the work at hand: seconds, and seconds of the processor

    def live() -> None:
        limit_work(*limits)
        replies.write(frame(b""))
        replies.flush()

    listen(live)
    while (data := read_frame(requests)) is not None:
        request = json.loads(data)
        limits[:] = float(request["wall"]), float(request["cpu"])
        limit_work(*limits)
        reply, fit = answer(request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        replies.write(frame(reply if fit else LAST + reply))
        replies.flush()
        if not fit:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
