"""The command ``vnplan batch``: what it prints, and its exit codes."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from report_samples import PLAN
from store_helpers import column, write_plans

from vnplan import cli, cli_batch
from vnplan.cli import main

if os.name != "posix":
    pytest.skip("a store is written on POSIX systems", allow_module_level=True)
pytest.importorskip("pyarrow", reason="install vnplan[store] to test the store")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write_plans(tmp_path / "plans", 2)
    return tmp_path / "plans"


def batch(*arguments: Path | str) -> int:
    return main(["batch", *map(str, arguments), "--workers", "1"])


def test_the_summary_says_what_was_done(plans: Path, tmp_path: Path, capsys):
    (plans / "empty.txt").write_bytes(b"")
    assert batch(plans, "--store", tmp_path / "store") == cli.SOME_FAILED
    said = capsys.readouterr()
    assert [line.split() for line in said.out.splitlines()[:2]] == [["2", "read"], ["1", "failed", "(empty", "1)"]]
    assert said.err.startswith(f"vnplan: {plans}/empty.txt: empty: the file is empty")
    assert batch(plans, "--store", tmp_path / "store") == cli.SOME_FAILED
    assert "3 in the store already" in capsys.readouterr().out


def test_all_read_and_none_read_have_codes_of_their_own(plans: Path, tmp_path: Path):
    assert batch(plans, "--store", tmp_path / "store") == cli.OK
    (tmp_path / "empty.txt").write_bytes(b"")
    assert batch(tmp_path / "empty.txt", "--store", tmp_path / "other") == cli.ALL_FAILED


def test_nothing_named_is_a_usage_error(tmp_path: Path, capsys):
    assert batch("--store", tmp_path / "store") == cli.USAGE
    (tmp_path / "empty").mkdir()
    assert batch(tmp_path / "empty", "--store", tmp_path / "store") == cli.USAGE
    assert capsys.readouterr().err.count("no-files") == 2


def test_paths_come_from_a_file_or_from_standard_input(plans: Path, tmp_path: Path, monkeypatch):
    (tmp_path / "list.txt").write_text(f"{plans}/kh-000.txt\n\n")
    assert batch("--from", tmp_path / "list.txt", "--store", tmp_path / "store") == cli.OK
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{plans}/kh-001.txt\n".encode())))
    assert batch("--from", "-", "--store", tmp_path / "store") == cli.OK
    assert sorted(column(tmp_path / "store", "documents", "document")) == ["kh-000.txt", "kh-001.txt"]
    assert batch("--from", tmp_path / "gone.txt", "--store", tmp_path / "store") == cli.USAGE


def test_a_file_that_takes_too_long_costs_itself_alone(plans: Path, tmp_path: Path):
    (plans / "long.txt").write_text(PLAN + "- Phấn đấu 90% hộ dân được dùng nước sạch.\n" * 30_000, encoding="utf-8")
    assert batch(plans, "--store", tmp_path / "store", "--limit-time", "1.5") == cli.SOME_FAILED
    assert column(tmp_path / "store", "failures", "code") == ["time"]


def test_too_little_memory_is_a_failure_of_the_file(tmp_path: Path):
    write_plans(tmp_path / "plans", 1)
    assert batch(tmp_path / "plans", "--store", tmp_path / "store", "--limit-memory", "20") == cli.ALL_FAILED


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "x"])
def test_a_limit_that_is_none_is_refused(plans: Path, tmp_path: Path, value: str, capsys):
    assert main(["batch", str(plans), "--store", str(tmp_path / "s"), f"--limit-time={value}"]) == cli.USAGE
    assert "is no number above 0" in capsys.readouterr().err


def test_a_store_that_cannot_be_written_is_an_output_problem(plans: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr("vnplan.store.run._Reading.go", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    assert batch(plans, "--store", tmp_path / "store") == cli.OUTPUT
    assert "No space left; what was read until now is kept, give --resume to go on" in capsys.readouterr().err


def test_what_is_not_installed_is_named(plans: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert batch(plans, "--store", tmp_path / "store") == cli.USAGE
    assert "pip install 'vnplan[store]'" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, cli_batch.TERMINATED), (signal.SIGINT, 130)])
def test_a_signal_ends_the_run_so_that_it_can_go_on(tmp_path: Path, number: int, code: int):
    write_plans(tmp_path / "plans", 400)
    command = [sys.executable, "-m", "vnplan", "batch", str(tmp_path / "plans"), "--store", str(tmp_path / "store")]
    with subprocess.Popen([*command, "--workers", "1"], cwd=ROOT, stderr=subprocess.PIPE) as process:
        log = tmp_path / "store" / "journal" / "log-00000"
        while not (log.exists() and log.stat().st_size):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        error = process.communicate()[1].decode()
    assert process.returncode == code
    assert "give --resume to go on" in error
    assert batch("--store", tmp_path / "store", "--resume") == cli.OK
    assert len(column(tmp_path / "store", "documents", "id")) == 400


def test_progress_says_rate_time_left_and_failures(monkeypatch, capsys):
    from vnplan.store.run import Progress

    monkeypatch.setattr(cli_batch, "_SELDOM", 0.0)
    shown = cli_batch._Shown()
    monkeypatch.setattr(cli_batch._Shown, "seconds", 10.0)
    shown.tell(Progress(1_000, before=100, read=96, failed=Counter({"damaged": 3, "empty": 1})))
    assert capsys.readouterr().err == (
        "vnplan: 200/1,000, 10.0 a second, 80 s left, 4 failed (damaged 3, empty 1)\n"
    )  # fmt: skip


def test_a_list_on_standard_input_may_hold_any_bytes_and_may_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\u2028\x0cb.txt"  # what str.splitlines takes for ends of lines
    (tmp_path / name).write_text(PLAN, encoding="utf-8")
    data = f"\ufeff{tmp_path / name}\r\n".encode() + b"gone\xff\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert batch("--from", "-", "--store", tmp_path / "store") == cli.SOME_FAILED
    monkeypatch.setattr("sys.stdin", None)
    assert batch("--from", "-", "--store", tmp_path / "store") == cli.USAGE
    assert "standard input is closed" in capsys.readouterr().err


def test_a_store_that_is_a_file_an_address_without_a_cluster_and_nothing_to_resume_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "a.txt"
    plan.write_text(PLAN, encoding="utf-8")
    assert batch(plan, "--store", plan) == cli.USAGE
    assert "it is a file" in capsys.readouterr().err
    assert batch(plan, "--store", tmp_path / "store", "--address", "auto") == cli.USAGE
    assert "--engine ray" in capsys.readouterr().err
    assert batch("--resume", "--store", tmp_path / "new") == cli.USAGE
    assert "nothing to resume" in capsys.readouterr().err
