"""Many files: one outcome for each, in order, whatever a file does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from poison import archives, pdf
from report_samples import PLAN, sample_plan

from vnplan.batch import SourcePath, distinct, file_digest, find_files, find_sources, read_many
from vnplan.errors import FAILURE_CODES, ReadError
from vnplan.limits import Limits, RunLimits


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


posix = pytest.mark.skipif(os.name != "posix", reason="worker processes need a POSIX system")


@posix
def test_workers_give_the_same_outcomes_in_the_same_order(three: list[str], tmp_path: Path):
    broken = tmp_path / "0.txt"
    broken.write_bytes(b"")
    portal = tmp_path / "portal.zip"
    portal.write_bytes(archives.pack({"kh-1.txt": PLAN.encode(), "kh-2.txt": b""}))
    sources = list(find_sources([*three, str(broken), str(portal)]))
    here, there = list(read_many(sources)), list(read_many(sources, processes=2))
    assert [outcome.path for outcome in there] == [outcome.path for outcome in here]
    for one, other in zip(here, there, strict=True):
        assert other.document == one.document
        assert (other.sha256, other.name) == (one.sha256, one.name)
        assert (other.failure and other.failure.message) == (one.failure and one.failure.message)


@posix
def test_a_document_that_takes_for_ever_costs_only_itself(three: list[str], tmp_path: Path):
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(pdf.form_fan_out())
    limits = RunLimits(wall=5.0)
    outcomes = list(read_many([*three[:1], str(bomb), *three[1:]], processes=2, run_limits=limits))
    assert [outcome.failure and outcome.failure.code for outcome in outcomes] == [None, "time", None, None]
    failure = outcomes[1].failure
    assert failure is not None and failure.message.startswith("bomb.pdf: ")


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


def test_the_digest_of_a_container_is_taken_up_to_the_size_that_is_read(tmp_path: Path):
    (tmp_path / "portal.zip").write_bytes(archives.pack({"kh-12.txt": archives.plan()}))
    assert file_digest(tmp_path / "portal.zip", limits=Limits(file_bytes=10)) is not None


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A zip archive of two plans, a copy and an archive; a web archive; and a plan beside them."""
    parts = {"a.txt": archives.plan(), "kh/b.html": archives.page(13), "c.txt": archives.plan(), "d.zip": b"PK"}
    (tmp_path / "portal.zip").write_bytes(archives.pack(parts))
    (tmp_path / "crawl.warc.gz").write_bytes(
        archives.zipped(archives.answer("https://p.example/12", archives.page(14)))
    )
    (tmp_path / "plan.txt").write_bytes(archives.plan())
    return tmp_path


def names(folder: Path, **options: Any) -> list[str]:
    return [str(source)[len(str(folder)) + 1 :] for source in find_sources([folder], **options)]


def test_the_documents_of_containers_are_sources_in_order(portal: Path):
    assert names(portal) == [
        "crawl.warc.gz!/https://p.example/12",
        "plan.txt",
        "portal.zip!/a.txt",
        "portal.zip!/kh/b.html",
        "portal.zip!/c.txt",
        "portal.zip!/d.zip",
    ]


def test_every_source_has_one_outcome_and_one_failure_stops_nothing(portal: Path):
    sources = list(find_sources([portal]))
    outcomes = list(read_many(sources))
    assert [outcome.path for outcome in outcomes] == list(map(str, sources))
    assert [outcome.failure and outcome.failure.code for outcome in outcomes] == [None] * 5 + ["unsupported"]
    assert [outcome.document.header.number for outcome in outcomes if outcome.document] == [
        "14/KH-UBND", "12/KH-UBND", "12/KH-UBND", "13/KH-UBND", "12/KH-UBND",
    ]  # fmt: skip
    assert outcomes[3].document is not None and outcomes[3].document.source.name == "portal.zip!/kh/b.html"


def test_a_source_is_described_without_its_bytes(portal: Path):
    told = [(source.path, source.member) for source in find_sources([portal])]
    again = [SourcePath(*each) for each in told]
    assert [outcome.path for outcome in read_many(reversed(again)) if outcome.document] == [
        str(source) for source in reversed(again) if source.member != "d.zip"
    ]


def test_copies_in_a_container_and_beside_it_lead_to_the_first(portal: Path):
    same = {str(source): str(earlier) for source, earlier in distinct(find_sources([portal])) if earlier}
    first = str(portal / "plan.txt")
    assert same == {f"{portal / 'portal.zip'}!/{name}": first for name in ("a.txt", "c.txt")}


def test_the_digest_of_a_failed_member_is_that_of_its_bytes(tmp_path: Path):
    import hashlib

    (tmp_path / "a.zip").write_bytes(archives.pack({"a.txt": archives.plan(), "b.pdf": b"%PDF-1.7 nothing"}))
    failed = [outcome for outcome in read_many(find_sources([tmp_path])) if outcome.failure]
    assert [(f.name, f.sha256) for f in failed] == [
        ("a.zip!/b.pdf", hashlib.sha256(b"%PDF-1.7 nothing").hexdigest())
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [(archives.pack({"a.png": b"x"}), "wrong-type"), (archives.pack({"a.txt": b"x"})[:40], "damaged")],
)
def test_a_container_without_documents_or_that_is_broken_is_one_failure(tmp_path: Path, data: bytes, code: str):
    (tmp_path / "a.zip").write_bytes(data)
    sources = list(find_sources([tmp_path]))
    assert [source.member for source in sources] == [None]
    assert [o.failure.code for o in read_many(sources) if o.failure] == [code]


def test_a_container_that_is_given_as_a_path_is_one_source(portal: Path):
    (outcome,) = read_many([portal / "portal.zip"])
    assert outcome.failure is not None and outcome.failure.code == "container"


def test_a_container_under_another_name_is_opened_when_it_is_named_outright(tmp_path: Path):
    (tmp_path / "download.aspx").write_bytes(archives.pack({"a.txt": archives.plan()}))
    assert names(tmp_path) == []
    assert [source.member for source in find_sources([tmp_path / "download.aspx"])] == ["a.txt"]


def test_a_member_that_is_gone_when_it_is_read_is_a_failure(portal: Path):
    sources = list(find_sources([portal / "portal.zip"]))
    (portal / "portal.zip").write_bytes(archives.pack({"a.txt": archives.plan()}))
    assert [o.failure and o.failure.code for o in read_many(sources)] == [None, *["not-a-file"] * 3]


def test_what_is_passed_over_in_a_container_is_told(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(archives.pack({"a.txt": archives.plan(), "b.png": b"x"}))
    lines: list[str] = []
    list(find_sources([tmp_path], note=lines.append))
    assert lines == [f"{tmp_path / 'a.zip'}: 1 other file passed over (.png)"]


def test_a_saved_page_is_found_with_its_attachments_and_without_its_parts(tmp_path: Path):
    for name in ("kh.html", "kh_files/ad.html", "kh_files/pl.txt.pdf", "kh_files/x/ad.htm", "pages_files/a.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(archives.page())
    assert names(tmp_path) == ["kh.html", "kh_files/pl.txt.pdf", "pages_files/a.html"]
    (tmp_path / "kh.html").write_bytes(b"<html><frameset><frame src=kh_files/ad.html></frameset></html>")
    assert "kh_files/ad.html" in names(tmp_path)


def test_nothing_appears_on_disk(portal: Path):
    before = sorted(portal.rglob("*"))
    list(read_many(find_sources([portal])))
    assert sorted(portal.rglob("*")) == before


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    scan = os.scandir

    def scandir(path: Any) -> Any:
        if os.path.basename(path) == "closed":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    outcomes = {outcome.name: outcome for outcome in read_many(find_sources([tmp_path]))}
    assert outcomes["a.txt"].document is not None
    assert outcomes["closed"].failure is not None
