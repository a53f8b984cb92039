"""Many sources into a store: one record for each, whatever happens to the files, the processes and the disk."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from poison import archives
from report_samples import PLAN
from store_helpers import CHUNK, column, digests, fill, rows, write_plans
from test_read_poison import FAILS

from vnplan.errors import VnplanError

if os.name != "posix":
    pytest.skip("a store is written on POSIX systems", allow_module_level=True)
pytest.importorskip("pyarrow", reason="install vnplan[store] to test the store")

from vnplan.store import known, run
from vnplan.store.journal import DOCUMENT, FAILURE, Lock, Log, read_log
from vnplan.store.plan import Plan
from vnplan.store.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
_FILL = """
import sys
sys.path.insert(0, "tests")
from store_helpers import fill
fill(sys.argv[1], *sys.argv[2:], workers=2, resume=True)
"""


def fill_apart(store: Path, *given: Path) -> subprocess.Popen[bytes]:
    """Begin to fill a store in a process of its own."""
    code = _FILL.replace("fill(sys.argv[1]", "from pathlib import Path\nfill(Path(sys.argv[1])")
    return subprocess.Popen([sys.executable, "-c", code, str(store), *map(str, given)], cwd=ROOT)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plans that fill several chunks, one that cannot be read and one that is there twice."""
    folder = tmp_path_factory.mktemp("plans")
    write_plans(folder, 3 * CHUNK - 1)
    (folder / "kh-003b.txt").write_bytes(b"")
    shutil.copy(folder / "kh-001.txt", folder / "kh-007b.txt")
    return folder


@pytest.fixture(scope="module")
def undisturbed(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of these plans after a run that nothing disturbed."""
    store = tmp_path_factory.mktemp("stores") / "store"
    summary = fill(store, plans)
    assert (summary.read, summary.same, dict(summary.failed)) == (3 * CHUNK - 1, 1, {"empty": 1})
    return store


def test_every_source_has_one_record(undisturbed: Path, plans: Path):
    names = sorted(path.name for path in plans.iterdir())
    assert column(undisturbed, "sources", "document") == names
    by_name = {row["document"]: row for row in rows(undisturbed, "sources")}
    assert by_name["kh-003b.txt"]["status"] == "failed"
    assert by_name["kh-007b.txt"]["same_as"] == str(plans / "kh-001.txt")
    assert sum(row["status"] == "read" for row in by_name.values()) == len(names) - 2
    assert column(undisturbed, "failures", "code") == ["empty"]
    assert len(rows(undisturbed, "documents")) == len(names) - 2


def test_a_finished_run_leaves_nothing_but_the_tables(undisturbed: Path):
    assert sorted(path.name for path in undisturbed.iterdir()) == sorted([".lock", "store.json", *TABLES])
    assert all(len(list((undisturbed / table).iterdir())) == 4 for table in TABLES)
    (done,) = json.loads((undisturbed / "store.json").read_text())["runs"]
    assert done["failed"] == {"empty": 1}


def test_the_number_of_workers_changes_no_byte(undisturbed: Path, plans: Path, tmp_path: Path):
    fill(tmp_path / "store", plans, workers=2)
    assert digests(tmp_path / "store") == digests(undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_that_is_killed_again_and_again_ends_as_if_nothing_had_happened(undisturbed, plans, tmp_path, seed):
    chance, store, kills = random.Random(seed), tmp_path / "store", 0
    for turn in range(4):
        process = fill_apart(store, plans)
        while turn == 0 and process.poll() is None and not store.exists():
            time.sleep(0.01)  # the first is killed when it has only begun
        time.sleep(chance.uniform(0.3, 3.0) if turn else 0.05)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert fill_apart(store, plans).wait() == 0
    assert kills > 0
    assert digests(store) == digests(undisturbed)
    assert sorted(path.name for path in store.iterdir()) == sorted([".lock", "store.json", *TABLES])


@pytest.mark.parametrize("moment", [1, 3, CHUNK, 2 * CHUNK + 1, 3 * CHUNK - 1])
def test_a_run_that_breaks_off_is_taken_up_where_it_was(undisturbed, plans, tmp_path, monkeypatch, moment):
    read = []
    add = Log.add

    def break_off(log: Log, *record) -> None:
        if len(read) == moment:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        add(log, *record)
        read.append(record)

    monkeypatch.setattr(Log, "add", break_off)
    with pytest.raises(OSError, match="No space left"):
        fill(tmp_path / "store", plans)
    monkeypatch.setattr(Log, "add", lambda log, *record: (add(log, *record), read.append(record)))
    fill(tmp_path / "store", plans, resume=True)
    assert len(read) == 3 * CHUNK  # nothing twice; the one with the bytes of another is not read
    assert digests(tmp_path / "store") == digests(undisturbed)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_loses_nothing(undisturbed, plans, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        with pytest.raises(OSError, match="No space left"):
            fill(disk / "store", plans)
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        fill(disk / "store", plans, resume=True)
        assert digests(disk / "store") == digests(undisturbed)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_run_that_is_not_finished_is_taken_up_only_when_that_is_asked_for(plans, tmp_path, monkeypatch):
    monkeypatch.setattr(run._Reading, "go", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "store", plans)
    monkeypatch.undo()
    with pytest.raises(VnplanError, match="give --resume") as caught:
        fill(tmp_path / "store", plans)
    assert caught.value.code == "store-unfinished"
    assert fill(tmp_path / "store", resume=True).read == 3 * CHUNK - 1


def test_a_second_run_on_one_store_is_refused(plans, tmp_path):
    (tmp_path / "store").mkdir()
    with Lock(tmp_path / "store" / ".lock"), pytest.raises(VnplanError, match=f"process {os.getpid()}") as caught:
        fill(tmp_path / "store", plans)
    assert caught.value.code == "store-locked"


def test_a_lock_that_a_dead_process_left_holds_nobody_up(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / ".lock").write_text("1\n")
    write_plans(tmp_path / "plans", 1)
    assert fill(tmp_path / "store", tmp_path / "plans").read == 1


def test_what_is_in_the_store_is_not_read_again(plans, undisturbed, tmp_path):
    store = shutil.copytree(undisturbed, tmp_path / "store")
    summary = fill(store, plans)
    assert (summary.read, summary.skipped, summary.known_failed, summary.runs) == (0, 3 * CHUNK + 1, 1, [])
    assert digests(store) == digests(undisturbed)


def test_new_files_touch_no_part_that_is_there(tmp_path):
    write_plans(tmp_path / "plans", 3)
    fill(tmp_path / "store", tmp_path / "plans")
    before = digests(tmp_path / "store")
    write_plans(tmp_path / "plans", 2, first=3)
    assert fill(tmp_path / "store", tmp_path / "plans").read == 2
    after = digests(tmp_path / "store")
    assert before.items() <= after.items() and len(after) == 2 * len(before)
    assert sorted(column(tmp_path / "store", "documents", "document")) == [f"kh-{n:03d}.txt" for n in range(5)]


def test_a_file_that_changed_takes_the_place_of_what_it_was(tmp_path):
    write_plans(tmp_path / "plans", 3)
    fill(tmp_path / "store", tmp_path / "plans")
    (tmp_path / "plans" / "kh-001.txt").write_text(PLAN.replace("90%", "77%"), encoding="utf-8")
    summary = fill(tmp_path / "store", tmp_path / "plans")
    assert (summary.read, summary.skipped) == (1, 2)
    for table in ("sources", "documents"):
        assert sorted(column(tmp_path / "store", table, "document")) == [f"kh-{n:03d}.txt" for n in range(3)]
    lows = [row["low"] for row in rows(tmp_path / "store", "targets") if row["document"] == "kh-001.txt"]
    assert lows == [77.0]


def test_the_copy_of_a_file_that_changed_is_read(tmp_path):
    write_plans(tmp_path / "plans", 1)
    shutil.copy(tmp_path / "plans" / "kh-000.txt", tmp_path / "plans" / "kh-001.txt")
    fill(tmp_path / "store", tmp_path / "plans")
    assert column(tmp_path / "store", "sources", "status") == ["read", "same"]
    write_plans(tmp_path, 1, first=5)
    shutil.move(tmp_path / "kh-005.txt", tmp_path / "plans" / "kh-000.txt")
    fill(tmp_path / "store", tmp_path / "plans")
    assert column(tmp_path / "store", "sources", "status") == ["read", "read"]
    assert len(rows(tmp_path / "store", "documents")) == 2


def test_other_rules_read_everything_again(tmp_path, monkeypatch):
    write_plans(tmp_path / "plans", 2)
    fill(tmp_path / "store", tmp_path / "plans")
    monkeypatch.setattr(run, "rules_version", lambda: "other")
    assert fill(tmp_path / "store", tmp_path / "plans").read == 2
    assert column(tmp_path / "store", "sources", "rules") == ["other", "other"]
    assert len(list((tmp_path / "store" / "documents").iterdir())) == 1


def test_a_run_that_other_rules_began_begins_anew(tmp_path, monkeypatch):
    write_plans(tmp_path / "plans", CHUNK + 2)
    monkeypatch.setattr(run, "rules_version", lambda: "old")
    monkeypatch.setattr(run._Writer, "finish", lambda writer: writer._stop() or (_ for _ in ()).throw(OSError(5, "")))
    with pytest.raises(OSError):
        fill(tmp_path / "store", tmp_path / "plans")
    assert column(tmp_path / "store", "sources", "rules") == ["old"] * (CHUNK + 2)
    monkeypatch.undo()
    fill(tmp_path / "store", resume=True)
    assert set(column(tmp_path / "store", "sources", "rules")) == {run.rules_version()}


def test_what_failed_is_read_again_when_that_is_asked_for(tmp_path, monkeypatch):
    (tmp_path / "kh.txt").write_text("")
    fill(tmp_path / "store", tmp_path / "kh.txt")
    assert fill(tmp_path / "store", tmp_path / "kh.txt").known_failed == 1
    assert dict(fill(tmp_path / "store", tmp_path / "kh.txt", retry=True).failed) == {"empty": 1}
    assert len(rows(tmp_path / "store", "failures")) == 1


@pytest.mark.slow
def test_hostile_files_among_good_ones_have_their_codes(tmp_path):
    folder = tmp_path / "files"
    write_plans(folder, 20)
    for number, (_, _, build) in enumerate(FAILS):
        (folder / f"kh-{number % 20:03d}-{number}.pdf").write_bytes(build())
    summary = fill(tmp_path / "store", folder, workers=2)
    assert summary.read == 20
    found = {row["document"]: row["code"] for row in rows(tmp_path / "store", "failures")}
    expected = {f"kh-{number % 20:03d}-{number}.pdf": code for number, (_, code, _) in enumerate(FAILS)}
    same = {row["document"] for row in rows(tmp_path / "store", "sources") if row["status"] == "same"}
    assert found == {name: code for name, code in expected.items() if name not in same}


def test_a_container_a_pattern_and_lines_of_json_give_their_sources(tmp_path):
    write_plans(tmp_path, 3)
    (tmp_path / "portal.zip").write_bytes(archives.pack({"a/kh.txt": f"{PLAN}zip".encode(), "b.txt": b""}))
    lines = [{"name": "kh-9", "text": f"{PLAN}json"}, {"text": 3}, {"id": 7, "text": f"{PLAN}id"}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\nno json\n\n"
    (tmp_path / "scraped.jsonl").write_text(text, encoding="utf-8")
    fill(tmp_path / "store", tmp_path / "kh-00[01].txt", tmp_path / "portal.zip", tmp_path / "scraped.jsonl")
    found = {row["document"]: row["status"] for row in rows(tmp_path / "store", "sources")}
    assert found == {
        "kh-000.txt": "read", "kh-001.txt": "read", "portal.zip!/a/kh.txt": "read", "portal.zip!/b.txt": "failed",
        "scraped.jsonl!/kh-9": "read", "scraped.jsonl!/line 2": "failed", "scraped.jsonl!/7": "read",
        "scraped.jsonl!/line 4": "failed",
    }  # fmt: skip
    assert column(tmp_path / "store", "failures", "code") == ["empty", "wrong-type", "wrong-type"]


def test_a_pattern_that_fits_nothing_is_told(tmp_path):
    told: list[str] = []
    fill(tmp_path / "store", tmp_path / "*.pdf", note=told.append)
    assert told == [f"{tmp_path}/*.pdf: no file fits this pattern"]


def test_a_file_that_is_gone_when_it_is_read_is_a_failure(tmp_path):
    fill(tmp_path / "store", tmp_path / "gone.pdf")
    assert column(tmp_path / "store", "failures", "code") == ["not-a-file"]


@pytest.mark.parametrize("tail", [b"\x00", b"\x00" * 4096, b"garbage that is longer than a head", "half"])
def test_what_a_crash_leaves_at_the_end_of_a_log_is_cut_off(tmp_path, tail):
    log = Log(tmp_path / "log")
    log.add(5, DOCUMENT, b"five")
    log.add(2, FAILURE, b"two")
    log.close()
    whole = (tmp_path / "log").read_bytes()
    (tmp_path / "log").write_bytes(whole + (whole[:-2] if tail == "half" else tail))
    again = Log(tmp_path / "log")
    assert again.done == {5: DOCUMENT, 2: FAILURE}
    again.add(0, DOCUMENT, b"zero")
    again.close()
    assert [record.position for record in read_log(tmp_path / "log")][-1] == 0


def test_a_record_with_a_wrong_bit_does_not_count(tmp_path):
    log = Log(tmp_path / "log")
    log.add(1, DOCUMENT, b"one")
    log.close()
    data = bytearray((tmp_path / "log").read_bytes())
    data[-1] ^= 1
    (tmp_path / "log").write_bytes(data)
    assert list(read_log(tmp_path / "log")) == []


def test_an_answer_that_is_no_document_is_a_failure_of_that_source(tmp_path, monkeypatch):
    write_plans(tmp_path / "plans", 2)
    add = Log.add
    monkeypatch.setattr(Log, "add", lambda log, at, kind, data: add(log, at, kind, b"{}" if at else data))
    fill(tmp_path / "store", tmp_path / "plans")
    assert column(tmp_path / "store", "sources", "status") == ["read", "failed"]
    assert column(tmp_path / "store", "failures", "code") == ["crash"]


def test_a_folder_of_other_things_is_no_store(tmp_path):
    write_plans(tmp_path / "plans", 1)
    with pytest.raises(VnplanError, match="no store and not empty") as caught:
        fill(tmp_path / "plans", tmp_path / "plans")
    assert caught.value.code == "no-store"


def test_a_store_of_another_version_is_refused(undisturbed, plans, tmp_path):
    store = shutil.copytree(undisturbed, tmp_path / "store")
    (store / "store.json").write_text('{"schema": 99, "runs": []}')
    with pytest.raises(VnplanError, match="schema 99") as caught:
        fill(store, plans)
    assert caught.value.code == "store-version"


def test_a_part_of_another_version_is_refused(undisturbed, plans, tmp_path):
    import pyarrow.parquet

    store = shutil.copytree(undisturbed, tmp_path / "store")
    part = next((store / "sources").iterdir())
    table = pyarrow.parquet.read_table(part)
    pyarrow.parquet.write_table(table.replace_schema_metadata({b"vnplan.schema": b"2"}), part)
    with pytest.raises(VnplanError, match="schema 2"):
        known.known_sources(store)


def test_a_journal_that_nobody_can_read_is_refused(undisturbed, plans, tmp_path):
    store = shutil.copytree(undisturbed, tmp_path / "store")
    Plan(store).prepare()
    (store / "journal" / "run.json").write_text("[]")
    with pytest.raises(VnplanError, match="no journal"):
        fill(store, plans, resume=True)


def test_names_that_are_no_utf8_are_told_apart_and_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    write_plans(folder, 3)
    try:
        for number, name in enumerate((b"kh\xff.txt", b"kh\xfe.txt", b"rac\xfd.txt")):
            (folder / os.fsdecode(name)).write_bytes(
                b"" if b"rac" in name else (folder / f"kh-{number:03d}.txt").read_bytes() + b" "
            )
    except OSError:
        pytest.skip("this file system takes no such names")
    store = tmp_path / "store"
    summary = fill(store, folder)
    assert (summary.read, sum(summary.failed.values())) == (5, 1)
    assert len(set(column(store, "sources", "source"))) == 6
    assert fill(store, folder).skipped >= 5
