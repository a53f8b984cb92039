"""The pool of worker processes: what one piece of work does harms no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vnplan.limits import RunLimits
from vnplan.workers import Answer, Pool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="worker processes need a POSIX system")
JOB = "poison.jobs:play"
LIMITS = RunLimits(wall=60.0, cpu=60.0, memory=1_000_000_000, reply=1_000_000)
SOON = RunLimits(wall=2.0, cpu=60.0, memory=1_000_000_000, reply=1_000_000)


def run(*acts: str, processes: int = 2, limits: RunLimits = LIMITS, **more: Any) -> list[Answer]:
    """Return the answers to requests for these acts, in the order of the requests."""
    requests = [{"act": act, "name": f"{act}.pdf", "word": str(n), **more} for n, act in enumerate(acts)]
    with Pool(processes, limits=limits) as pool:
        return sorted(pool.run(requests, job=JOB), key=lambda answer: answer.number)


def codes(answers: list[Answer]) -> list[str | None]:
    return [answer.failure.code if answer.failure else None for answer in answers]


def test_every_request_has_one_answer():
    answers = run(*["work"] * 20)
    assert [answer.number for answer in answers] == list(range(20))
    assert [(answer.data or b"").split()[0] for answer in answers] == [str(n).encode() for n in range(20)]


def test_a_worker_does_many_pieces_of_work():
    assert len({(answer.data or b"").split()[1] for answer in run(*["work"] * 10, processes=1)}) == 1


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("hang", "time"),
        ("regex", "time"),
        ("hoard", "memory"),
        ("crash", "crash"),
        ("vanish", "crash"),
        ("deep", "too-deep"),
        ("raise", "parser"),
        ("refuse", "encrypted"),
        ("garble", "crash"),
        ("flood", "reply-too-big"),
        ("close", "crash"),
    ],
)
def test_what_harms_a_worker_costs_its_own_work_and_no_other(act: str, code: str):
    answers = run("work", act, "work", "work", processes=1, limits=SOON if code == "time" else LIMITS)
    assert codes(answers) == [None, code, None, None]
    failure = answers[1].failure
    assert failure is not None and failure.message.startswith(("x.pdf:", f"{act}.pdf:"))
    assert failure.message.isprintable() and len(failure.message) < 400


def test_work_that_uses_the_processor_too_long_is_late_too():
    assert codes(run("spin", limits=RunLimits(wall=60.0, cpu=1.0, memory=0))) == ["time"]


def test_a_scan_has_its_time_anew_after_each_page_and_an_end():
    slow = RunLimits(wall=2.0, cpu=60.0, memory=0)
    assert codes(run("scan", "work", processes=1, limits=slow, pages=6)) == [None, None]
    assert codes(run("scan", "work", processes=1, limits=replace(slow, total=2.5), pages=60)) == ["time", None]


def test_what_a_job_prints_is_no_answer():
    assert codes(run("shout", "work", processes=1)) == [None, None]


def test_a_poisonous_request_in_a_hundred_leaves_the_others_alone():
    acts = ["crash" if n % 10 == 5 else "work" for n in range(60)]
    assert codes(run(*acts)) == ["crash" if act == "crash" else None for act in acts]


def test_the_programs_that_a_worker_started_die_with_it(tmp_path: Path):
    note = tmp_path / "pid"
    assert codes(run("spawn", note=str(note), limits=SOON)) == ["time"]
    pid = int(note.read_text())
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)
    pytest.fail("the program is still running")


def test_requests_are_taken_when_a_worker_is_free():
    taken = []

    def requests() -> Iterator[dict[str, Any]]:
        for number in range(50):
            taken.append(number)
            yield {"act": "work", "name": "x"}

    with Pool(2, limits=LIMITS) as pool:
        for answers, _ in enumerate(pool.run(requests(), job=JOB), start=1):
            assert len(taken) <= answers + 2


def test_a_pool_that_is_left_leaves_no_process():
    pool = Pool(2, limits=LIMITS)
    next(pool.run([{"act": "work", "name": "a"}, {"act": "hang", "name": "b"}], job=JOB))
    processes = [worker._process.pid for worker in pool._workers]
    pool.close()
    for pid in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("act", ["hang", "regex"])
def test_workers_die_when_their_parent_is_killed(act: str, tmp_path: Path):
    program = (
        "from vnplan.workers import Pool\n"
        "from vnplan.limits import RunLimits\n"
        "pool = Pool(1, limits=RunLimits(wall=600))\n"
        f"acts = [{{'act': 'work', 'name': 'a', 'word': 'a'}}, {{'act': {act!r}, 'name': 'b'}}]\n"
        f"answers = pool.run(acts, job={JOB!r})\n"
        "print(next(answers).data.split()[1].decode(), flush=True)\n"
        "next(answers)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker is still running")


def test_a_pool_has_at_least_one_process():
    with pytest.raises(ValueError, match="at least one"):
        Pool(0)
