"""Readers on a Ray cluster: the same tables as here, also when one of them dies. Skipped where Ray is not installed."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_helpers import digests, fill, write_plans

from vnplan import cli
from vnplan.cli import main

if os.name != "posix":
    pytest.skip("a store is written on POSIX systems", allow_module_level=True)
pytest.importorskip("pyarrow", reason="install vnplan[store] to test the store")

from vnplan.store import cluster


def test_without_ray_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    write_plans(tmp_path / "plans", 1)
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    assert main(["batch", str(tmp_path / "plans"), "--store", str(tmp_path / "s"), "--engine", "ray"]) == cli.USAGE
    assert "pip install 'vnplan[ray]'" in capsys.readouterr().err


class LostError(Exception):
    """What the stand-in for Ray raises when an actor is gone."""


class Stand:
    """A stand-in for Ray that runs actors in this process, of which every so many-th call finds its actor dead."""

    def __init__(self, dies: Any) -> None:
        self.exceptions = type("exceptions", (), {"RayError": LostError})
        self.dies, self.calls, self.actors = dies, 0, 0

    def init(self, **options: Any) -> None:
        pass

    def shutdown(self) -> None:
        pass

    def kill(self, actor: Any) -> None:
        raise LostError

    def remote(self, **options: Any) -> Any:
        return lambda kind: type("Handle", (), {"remote": staticmethod(lambda limits: self.actor(kind))})

    def actor(self, kind: Any) -> Any:
        self.actors += 1

        def read(request: bytes, job: str) -> Any:
            self.calls += 1
            said = {"code": "empty", "message": json.loads(request)["name"], "sha256": None}
            return self.calls, lambda: b"F" + json.dumps(said).encode()

        return type("Actor", (), {"read": type("read", (), {"remote": staticmethod(read)})})

    def wait(self, references: list[Any], num_returns: int) -> Any:
        return references[-1:], references[:-1]

    def get(self, reference: Any) -> bytes:
        if self.dies(reference[0]):
            raise LostError
        reply: bytes = reference[1]()
        return reply


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    stand = Stand(lambda call: False)
    monkeypatch.setattr(cluster, "_need_ray", lambda: stand)
    yield stand


def answers(count: int) -> list[Any]:
    """Return the answers to so many requests to two actors, by number."""
    with cluster.RayPool(2, limits=cluster.RunLimits()) as pool:
        found = list(pool.run(({"name": str(100 + n)} for n in range(count)), job="job"))
    return sorted(found, key=lambda answer: answer.number)


def test_every_request_has_one_answer(stand: Stand):
    assert [answer.number for answer in answers(7)] == list(range(7))
    assert stand.actors == 2


def test_what_a_dead_actor_had_is_given_to_another(stand: Stand):
    stand.dies = lambda call: call % 3 == 0
    found = answers(9)
    assert [answer.failure.code for answer in found] == ["empty"] * 9
    assert stand.calls > 9 and stand.actors > 2


def test_a_source_over_which_actors_die_again_and_again_is_a_failure(stand: Stand):
    stand.dies = lambda call: True
    (answer,) = answers(1)
    assert answer.failure.code == "crash" and "100: 3 actors" in answer.failure.message


def test_a_cluster_gives_the_tables_that_workers_here_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("ray", reason="install vnplan[ray] to test a cluster")
    write_plans(tmp_path / "plans", 12)
    (tmp_path / "plans" / "kh-005b.pdf").write_bytes(b"")
    fill(tmp_path / "here", tmp_path / "plans")
    fill(tmp_path / "there", tmp_path / "plans", workers=2, engine=cluster.RayPool)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


def test_an_actor_that_is_killed_in_the_middle_loses_nothing(tmp_path: Path):
    pytest.importorskip("ray", reason="install vnplan[ray] to test a cluster")
    write_plans(tmp_path / "plans", 60)
    fill(tmp_path / "here", tmp_path / "plans")
    killed: list[int] = []

    class Killing(cluster.RayPool):
        """Kills the process of an actor after some answers."""

        def run(self, requests: Any, *, job: str) -> Any:
            for number, answer in enumerate(super().run(requests, job=job)):
                if number == 10:
                    killed.append(_kill_an_actor())
                yield answer

    fill(tmp_path / "there", tmp_path / "plans", workers=2, engine=Killing)
    assert killed and killed[0] > 0
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


def _kill_an_actor() -> int:
    """Kill one of the processes of Ray below this one that hold a reader; return its number, 0 where none is found."""
    import psutil

    for process in psutil.process_iter(["cmdline", "pid"]):
        if "ray::_Reader" in " ".join(process.info["cmdline"] or ()):
            os.kill(process.info["pid"], signal.SIGKILL)
            return int(process.info["pid"])
    return 0
