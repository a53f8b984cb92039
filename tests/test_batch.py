"""Many files: one outcome for each, in order, whatever a file does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from report_samples import PLAN, sample_plan

from vnplan.batch import distinct, file_digest, find_files, read_many
from vnplan.errors import FAILURE_CODES, ReadError
from vnplan.limits import Limits


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """Three files of text."""
    paths = [tmp_path / name for name in ("c.txt", "a.txt", "b.txt")]
    for path in paths:
        path.write_text(PLAN + path.name, encoding="utf-8")
    return [str(path) for path in paths]


def fake(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def read(path: str, **options: Any) -> Any:
        if path.endswith("a.txt"):
            raise error
        return sample_plan()

    monkeypatch.setattr("vnplan.document.read", read)


def test_every_path_has_one_outcome_in_the_order_given(three: list[str]):
    outcomes = list(read_many(three))
    assert [outcome.path for outcome in outcomes] == three
    assert all(outcome.document is not None and outcome.failure is None for outcome in outcomes)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ReadError("encrypted", "x"), "encrypted"),
        (RecursionError(), "too-deep"),
        (MemoryError(), "memory"),
        (ValueError("\x1b[2J" * 500), "parser"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "parser"),
    ],
)
def test_one_file_that_fails_does_not_stop_the_others(three, monkeypatch, error, code):
    fake(monkeypatch, error)
    outcomes = list(read_many(three))
    assert [outcome.failure and outcome.failure.code for outcome in outcomes] == [None, code, None]
    failure = outcomes[1].failure
    assert failure is not None and code in FAILURE_CODES
    assert len(failure.message) < 300 and failure.message.isprintable()
    assert outcomes[1].sha256 == file_digest(three[1])


def test_an_interrupt_is_not_a_failure_of_a_file(three, monkeypatch):
    fake(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        list(read_many(three))


def test_more_processes_are_refused_for_now(three):
    with pytest.raises(ValueError, match="processes=4"):
        list(read_many(three, processes=4))


def test_a_folder_is_walked_in_order_and_hidden_names_are_passed_over(tmp_path: Path):
    for name in ("b/z.PDF", "b/a.txt", "a.html", ".x/a.txt", ".a.txt", "c.gold.json", "d.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [Path(path).relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a.html", "b/a.txt", "b/z.PDF"]


def test_a_file_named_outright_is_kept_whatever_its_name(tmp_path: Path):
    assert list(find_files([tmp_path / "plan.dat"])) == [str(tmp_path / "plan.dat")]


def test_a_copy_and_a_second_mention_lead_to_the_first(three, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(Path(three[0]).read_bytes())
    paths = [three[0], three[1], str(copy), three[1]]
    assert list(distinct(paths)) == [(three[0], None), (three[1], None), (str(copy), three[0]), (three[1], three[1])]


def test_files_that_cannot_be_hashed_are_not_the_same(tmp_path: Path):
    paths = [str(tmp_path / "none-1"), str(tmp_path / "none-2")]
    assert list(distinct(paths)) == [(path, None) for path in paths]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_the_digest_of_a_pipe_a_folder_or_a_big_file_is_none_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(b"x" * 11)
    assert file_digest(tmp_path / "pipe") is None
    assert file_digest(tmp_path) is None
    assert file_digest(tmp_path / "big", limits=Limits(file_bytes=10)) is None
    assert file_digest(tmp_path / "big", limits=Limits(file_bytes=11)) is not None
