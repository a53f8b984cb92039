"""Readers on a Ray cluster: the only module that knows Ray.

Each actor has one worker process of its own (vnplan.workers) on its machine, with the limits that it has anywhere. To
the actors go bytes of JSON, and from them come bytes of JSON. What an actor had in hand when its machine died is given
to another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from vnplan.errors import VnplanError
from vnplan.limits import RunLimits
from vnplan.workers import Answer, Pool

_TRIES: Final = 3  # actors that may die over one source
_ANSWER: Final = b"R"
_FAILURE: Final = b"F"


class _Reader:
    """What an actor is: one worker process."""

    def __init__(self, limits: bytes) -> None:
        self._pool = Pool(1, limits=RunLimits(**json.loads(limits)))

    def read(self, request: bytes, job: str) -> bytes:
        """Return the letter R and a document, or F and a failure as JSON."""
        (answer,) = self._pool.run([json.loads(request)], job=job)
        if answer.data is not None:
            return _ANSWER + answer.data
        failure = answer.failure or VnplanError("crash", "nothing came of it")
        said = {"code": failure.code, "message": failure.message, "sha256": answer.sha256}
        return _FAILURE + json.dumps(said).encode()

    def ready(self) -> bool:
        """Return true, when the actor is there."""
        return True


class RayPool:
    """Readers for ``fill_store`` on a cluster: ``processes`` actors, each with one source in hand.

    ``address`` is that of a cluster that is running, ``auto`` for one on this machine; without one, a cluster of this
    machine alone begins and ends here. The sources must have the same paths on every machine.
    """

    def __init__(self, processes: int, *, limits: RunLimits, address: str | None = None) -> None:
        self._ray = _need_ray()
        try:
            self._ray.init(
                address=address,
                num_cpus=None if address else processes,
                include_dashboard=None if address else False,
                log_to_driver=False,
                ignore_reinit_error=True,
            )
        except (ConnectionError, RuntimeError, ValueError) as error:
            what = f"{address or 'Ray'}: there is no cluster to be reached ({error}); start one with: ray start --head"
            raise VnplanError("no-cluster", what) from error
        self._limits = json.dumps(asdict(limits)).encode()
        self._size = processes
        self._idle: list[Any] = []

    def __enter__(self) -> RayPool:
        self._idle = [self._actor() for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def _actor(self) -> Any:
        return self._ray.remote(num_cpus=1)(_Reader).remote(self._limits)

    def run(self, requests: Iterable[dict[str, Any]], *, job: str) -> Iterator[Answer]:
        """Yield one answer for each request, as they come; ``number`` counts the requests from 0."""
        waiting = enumerate(requests)
        out: dict[Any, tuple[Any, int, dict[str, Any], int]] = {}  # actor, number, request, tries

        def give(actor: Any, number: int, request: dict[str, Any], tries: int) -> None:
            out[actor.read.remote(json.dumps(request).encode(), job)] = actor, number, request, tries

        more = True
        while more or out:
            while more and self._idle:
                number, request = next(waiting, (-1, {}))
                if number < 0:
                    more = False
                    break
                give(self._idle.pop(), number, request, 1)
            if not out:
                continue
            (done,), _ = self._ray.wait(list(out), num_returns=1)
            actor, number, request, tries = out.pop(done)
            try:
                reply: bytes | None = self._ray.get(done)
            except self._ray.exceptions.RayError:
                reply = None
                with suppress(self._ray.exceptions.RayError):
                    self._ray.kill(actor)
                actor = self._actor()
            if reply is None and tries < _TRIES:
                give(actor, number, request, tries + 1)
                continue
            self._idle.append(actor)
            yield _answer(number, request, reply)


def _answer(number: int, request: dict[str, Any], reply: bytes | None) -> Answer:
    if reply is None:
        name = request.get("name", "the document")
        what = f"{name}: {_TRIES} actors of the cluster died over it; read it alone"
        return Answer(number, failure=VnplanError("crash", what))
    if reply[:1] == _ANSWER:
        return Answer(number, data=reply[1:])
    said = json.loads(reply[1:])
    return Answer(number, failure=VnplanError(said["code"], said["message"]), sha256=said["sha256"])


def _need_ray() -> Any:
    try:
        import ray
    except ImportError as error:
        what = "a cluster needs Ray; install it with: pip install 'vnplan[ray]'"
        raise VnplanError("not-installed", what) from error
    return ray
