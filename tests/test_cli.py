"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from poison import archives
from report_samples import DECISION, PLAN, SampleAudit, sample_audit

import vnplan.compare
from vnplan import cli
from vnplan.cli import main
from vnplan.errors import VnplanError
from vnplan.model import Finding

ROOT = Path(__file__).parent.parent
ESC = "\x1b"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with a plan and the decision above it, and what the command must pass over."""
    folder = tmp_path / "plans"
    (folder / "below").mkdir(parents=True)
    (folder / "decision.txt").write_text(DECISION, encoding="utf-8")
    (folder / "below" / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / ".hidden.txt").write_text(PLAN, encoding="utf-8")
    (folder / "plan.gold.json").write_text("{}", encoding="utf-8")
    (folder / "notes.xyz").write_text("no", encoding="utf-8")
    return folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that no reader can read."""
    path = tmp_path / "broken.txt"
    path.write_bytes(b"")
    return path


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the audit find what a test says, whatever the documents hold."""

    def set_findings(*severities: Any) -> None:
        findings = tuple(Finding("missing_task", severity, 0.9, "urn:lex:vn;plan") for severity in severities)
        monkeypatch.setattr(vnplan.compare, "audit", lambda cascade: SampleAudit(cascade.documents, (), findings))

    return set_findings


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# containers


def test_the_documents_of_an_archive_are_read_and_named_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    parts = {"a.txt": PLAN.encode(), f"b{ESC}[2J.txt": b"", "c.rar": b"Rar!", "d.png": b"x"}
    (tmp_path / "a.zip").write_bytes(archives.pack(parts))
    assert main(["parse", str(tmp_path / "a.zip")]) == cli.SOME_FAILED
    captured = capsys.readouterr()
    told = [(record["source"]["name"], (record["failure"] or {}).get("code")) for record in lines(captured.out)]
    assert told == [
        ("a.zip!/a.txt", None),
        (f"a.zip!/b{ESC}[2J.txt", "empty"),
        ("a.zip!/c.rar", "unsupported"),
    ]
    assert ESC not in captured.err and "b\\x1b[2J.txt: empty: " in captured.err
    assert "a.zip: 1 other file passed over (.png)" in captured.err


def test_an_audit_takes_an_archive_for_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    parts = {"plan.txt": PLAN.encode(), "decision.txt": DECISION.encode(), "copy.txt": PLAN.encode()}
    (tmp_path / "a.zip").write_bytes(archives.pack(parts))
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert main(["audit", str(tmp_path), "--format", "json"]) == cli.OK
    captured = capsys.readouterr()
    names = {document["name"] for document in json.loads(captured.out)["documents"] if not document["ghost"]}
    assert names == {"a.zip!/plan.txt", "a.zip!/decision.txt"}
    assert captured.err.count("same bytes as") == 2


def test_an_archive_of_which_nothing_can_be_read_is_all_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.zip").write_bytes(archives.pack({"a.rar": b"Rar!"}))
    assert main(["graph", str(tmp_path)]) == cli.ALL_FAILED
    assert "a.rar: unsupported: " in capsys.readouterr().err


# parse


def test_parse_prints_one_object_a_line_for_each_file_in_order(plans: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["parse", str(plans)]) == cli.OK
    captured = capsys.readouterr()
    records = lines(captured.out)
    assert [record["source"]["name"] for record in records] == ["decision.txt", "plan.md"]
    assert all(record["status"] == "read" and record["failure"] is None for record in records)
    assert captured.err == ""


def test_parse_without_text_leaves_the_text_out(plans: Path, capsys: pytest.CaptureFixture[str]):
    main(["parse", str(plans / "decision.txt"), "--no-text"])
    assert "text" not in lines(capsys.readouterr().out)[0]


def test_parse_as_a_table_shows_the_name_and_the_counts(plans: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["parse", str(plans / "decision.txt"), "--format", "table"]) == cli.OK
    out = capsys.readouterr().out
    assert "decision.txt" in out and "chỉ tiêu" in out


def test_a_file_that_fails_has_its_record_and_its_line_and_the_rest_is_read(
    plans: Path, broken: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["parse", str(broken), str(plans / "decision.txt")]) == cli.SOME_FAILED
    captured = capsys.readouterr()
    failed, read = lines(captured.out)
    assert failed["status"] == "failed" and failed["failure"]["code"] == "empty"
    assert read["status"] == "read"
    assert captured.err.count("\n") == 1 and "empty" in captured.err


def test_when_every_file_fails_the_code_is_4(broken: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["parse", str(broken)]) == cli.ALL_FAILED


def test_a_file_that_is_not_there_fails_like_any_other(plans: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["parse", str(plans / "nothing.pdf"), str(plans / "decision.txt")]) == cli.SOME_FAILED


def test_a_parser_that_breaks_is_one_failure(plans: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    def read(path: str, **options: Any) -> Any:
        raise KeyError(f"{ESC}[31m")

    monkeypatch.setattr("vnplan.document.read", read)
    assert main(["parse", str(plans / "decision.txt")]) == cli.ALL_FAILED
    captured = capsys.readouterr()
    assert lines(captured.out)[0]["failure"]["code"] == "parser"
    assert ESC not in captured.err + captured.out


# audit


def test_audit_prints_the_cascade_and_the_counts(plans: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["audit", str(plans)]) == cli.OK
    captured = capsys.readouterr()
    assert captured.out.startswith("CHUỖI VĂN BẢN\n")
    assert "[plan.md]" in captured.out and "[decision.txt]" in captured.out
    assert ESC not in captured.out and captured.err == ""


def test_audit_in_english(plans: Path, capsys: pytest.CaptureFixture[str]):
    main(["audit", str(plans), "--lang", "en"])
    assert capsys.readouterr().out.startswith("CASCADE\n")


def test_audit_as_json_has_documents_edges_findings_coverage_and_failures(plans, broken, capsys):
    assert main(["audit", str(plans), str(broken), "--format", "json"]) == cli.SOME_FAILED
    record = json.loads(capsys.readouterr().out)
    assert {"schema", "documents", "edges", "findings", "coverage"} <= set(record)
    assert record["failures"][0]["code"] == "empty"


def test_audit_as_html_writes_one_page_and_says_where(plans: Path, tmp_path: Path, capsys):
    assert main(["audit", str(plans), "--format", "html", "--output", str(tmp_path / "out")]) == cli.OK
    page = tmp_path / "out" / "index.html"
    assert capsys.readouterr().out == f"{page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]


def test_audit_as_html_goes_to_the_folder_report(plans: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["audit", str(plans), "--format", "html"])
    assert (tmp_path / "report" / "index.html").is_file()


def test_the_same_bytes_are_read_once(plans: Path, capsys: pytest.CaptureFixture[str]):
    (plans / "copy.txt").write_text(DECISION, encoding="utf-8")
    assert main(["audit", str(plans), str(plans), "--format", "json"]) == cli.OK
    captured = capsys.readouterr()
    names = [d["name"] for d in json.loads(captured.out)["documents"] if not d["ghost"]]
    assert sorted(names) == ["copy.txt", "plan.md"]
    assert "read once" in captured.err


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        (["high"], None, cli.OK),
        (["high"], "high", cli.FINDINGS),
        (["medium"], "high", cli.OK),
        (["medium"], "medium", cli.FINDINGS),
        (["high"], "medium", cli.FINDINGS),
        (["low", "info"], "medium", cli.OK),
        ([], "medium", cli.OK),
    ],
)
def test_fail_on_asks_for_a_severity_or_a_graver_one(plans, found, capsys, severities, fail_on, code):
    found(*severities)
    arguments = ["audit", str(plans), *(["--fail-on", fail_on] if fail_on else [])]
    assert main(arguments) == code


def test_a_file_that_failed_outweighs_findings(plans, broken, found, capsys):
    found("high")
    assert main(["audit", str(plans), str(broken), "--fail-on", "high"]) == cli.SOME_FAILED


def test_a_folder_that_cannot_be_written_is_an_output_problem(plans, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    arguments = ["audit", str(plans), "--format", "html", "--output", str(tmp_path / "file" / "below")]
    assert main(arguments) == cli.OUTPUT
    assert capsys.readouterr().err.startswith("vnplan: output: ")


def test_a_report_is_replaced_whole_or_not_at_all(plans, tmp_path, monkeypatch, capsys):
    (tmp_path / "index.html").write_text("old", encoding="utf-8")

    def replace(*names: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", replace)
    assert main(["audit", str(plans), "--format", "html", "--output", str(tmp_path)]) == cli.OUTPUT
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".vnplan-*"))


# graph, evaluate


@pytest.mark.parametrize(("form", "start"), [("graphml", "<?xml"), ("json", '{"schema":1'), ("dot", "digraph")])
def test_graph_prints_the_cascade(plans, capsys, form, start):
    assert main(["graph", str(plans), "--format", form]) == cli.OK
    assert capsys.readouterr().out.startswith(start)


def test_evaluate_prints_the_scores_of_a_folder(corpus: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["evaluate", str(corpus / "child-mental-health"), "--format", "json"]) in (cli.OK, cli.SOME_FAILED)
    assert "targets" in json.loads(capsys.readouterr().out)["layers"]


def test_evaluate_looks_for_documents_in_every_folder_that_is_named(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    gold = tmp_path / "gold"
    gold.mkdir()
    for number, name in enumerate(("article", "ward-plan")):
        family = corpus / "child-mental-health"
        (gold / f"{name}.gold.json").write_bytes((family / f"{name}.gold.json").read_bytes())
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"{name}.txt").write_bytes((family / f"{name}.txt").read_bytes())
    found = main(["evaluate", str(gold), "--documents", str(tmp_path / "0"), "--documents", str(tmp_path / "1")])
    assert found == cli.OK
    assert "targets" in capsys.readouterr().out


def test_evaluate_says_when_there_are_no_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["evaluate", str(tmp_path)]) == cli.USAGE
    assert "no file named *.gold.json" in capsys.readouterr().err


def test_evaluate_names_an_annotation_that_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.gold.json").write_text("{", encoding="utf-8")
    assert main(["evaluate", str(tmp_path)]) == cli.USAGE
    assert "bad-gold" in capsys.readouterr().err


def test_evaluate_writes_pages_and_compares_with_an_earlier_result(corpus: Path, tmp_path: Path, capsys):
    family = str(corpus / "child-mental-health")
    assert main(["evaluate", family, "--format", "json"]) == cli.OK
    (tmp_path / "old.json").write_text(capsys.readouterr().out, encoding="utf-8")
    against = ["--against", str(tmp_path / "old.json")]
    assert main(["evaluate", family, "--by", "documents", "confusion", *against]) == cli.OK
    out = capsys.readouterr().out
    assert "no figure changed" in out and "ward-plan.txt" in out and "references.relation" in out
    assert main(["evaluate", family, "--format", "html", "--output", str(tmp_path / "pages"), *against]) == cli.OK
    assert len(list((tmp_path / "pages").glob("*.html"))) == 7


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"layers": {"targets": 5}}',
        '{"layers": {}, "documents": 7}',
        '{"layers": {}, "misses": [3]}',
        "[" * 99_999,
    ],
    ids=["broken", "list", "empty", "layers", "documents", "misses", "deep"],
)
def test_an_earlier_result_that_is_none_is_an_error(content: str, corpus: Path, tmp_path: Path, capsys):
    (tmp_path / "old.json").write_text(content, encoding="utf-8")
    arguments = [str(corpus / "child-mental-health"), "--against", str(tmp_path / "old.json")]
    assert main(["evaluate", *arguments]) == cli.USAGE
    assert "bad-result" in capsys.readouterr().err


# Everything


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["parse"], ["audit", "x", "--format", "pdf"], ["audit"]])
def test_wrong_arguments_are_2(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == cli.USAGE
    assert "usage: vnplan" in capsys.readouterr().err


def test_a_folder_without_documents_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["audit", str(tmp_path)]) == cli.USAGE
    assert "no-files" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", "parse", "audit", "graph", "evaluate", "agencies"])
def test_every_help_has_an_example_and_the_exit_codes(command: str, capsys: pytest.CaptureFixture[str]):
    assert main([*command.split(), "--help"]) == cli.OK
    out = capsys.readouterr().out
    assert "example:\n  vnplan " in out and "130  interrupted" in out


def test_an_interrupt_is_130(plans, monkeypatch, capsys):
    def stop(*arguments: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("vnplan.document.read", stop)
    assert main(["parse", str(plans)]) == cli.INTERRUPTED
    assert capsys.readouterr().err == "vnplan: interrupted\n"


def test_an_error_with_a_hostile_message_is_one_line(plans, monkeypatch, capsys):
    def refuse(path: str, **options: Any) -> Any:
        raise VnplanError("damaged", f"{path}: one\ntwo{ESC}[2J\u202e")

    monkeypatch.setattr("vnplan.document.read", refuse)
    main(["parse", str(plans / "decision.txt")])
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and ESC not in err and "\u202e" not in err


@pytest.mark.parametrize("command", ["parse", "audit"])
def test_a_hostile_file_name_is_shown_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str):
    path = tmp_path / f'a{ESC}[2J\n"><img src=x onerror=alert(1)>\u202e.txt'
    path.write_text(PLAN, encoding="utf-8")
    assert main([command, str(path)]) == cli.OK
    out = capsys.readouterr().out
    assert ESC not in out
    assert command == "parse" or "\u202e" not in out


def test_nothing_but_the_result_is_printed_in_a_pipe(plans: Path):
    command = [sys.executable, "-m", "vnplan", "parse", str(plans)]
    run = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert run.returncode == 0 and run.stderr == b""
    assert len(run.stdout.splitlines()) == 2


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_stops_early_is_no_error_message(plans: Path):
    command = f"'{sys.executable}' -m vnplan parse '{plans}' '{plans}' | true"
    run = subprocess.run(command, shell=True, capture_output=True, check=False, cwd=ROOT)
    assert run.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_an_output_problem(plans: Path):
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "vnplan", "parse", str(plans)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
        )
    assert run.returncode == cli.OUTPUT
    assert run.stderr.count(b"\n") == 1


def test_vietnamese_is_printed_whatever_the_locale(plans: Path):
    run = subprocess.run(
        [sys.executable, "-m", "vnplan", "audit", str(plans)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert "CHUỖI VĂN BẢN" in run.stdout.decode("utf-8")


def test_the_sample_audit_prints_through_the_command(plans, monkeypatch, capsys):
    monkeypatch.setattr(vnplan.compare, "audit", lambda documents: sample_audit())
    assert main(["audit", str(plans), "--fail-on", "high"]) == cli.FINDINGS
    assert "95 % → 90 %" in capsys.readouterr().out


def test_the_matrix_is_added_to_the_audit_when_it_is_asked_for(capsys):
    corpus = str(Path(__file__).resolve().parent.parent / "corpus" / "social-assistance")
    assert main(["audit", corpus, "--matrix", "--format", "json"]) == cli.OK
    (matrix,) = json.loads(capsys.readouterr().out)["matrices"]
    assert [column["depth"] for column in matrix["columns"]] == [1, 2]
    assert main(["audit", corpus, "--matrix", "--lang", "en"]) == cli.OK
    assert "MATRIX" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="worker processes need a POSIX system")
def test_workers_print_what_one_process_prints(plans, broken, capsys):
    assert main(["parse", str(plans), str(broken), "--no-text"]) == cli.SOME_FAILED
    alone = capsys.readouterr()
    assert main(["parse", str(plans), str(broken), "--no-text", "--workers", "2"]) == cli.SOME_FAILED
    assert capsys.readouterr() == alone


@pytest.mark.parametrize("count", ["0", "-1", "two", "257", "٣"])
def test_a_number_of_workers_that_is_none_is_refused(count, plans, capsys):
    assert main(["parse", str(plans), "--workers", count]) == cli.USAGE
    assert "is no number from 1 to 256" in capsys.readouterr().err


def test_an_earlier_audit_tells_which_parents_read_otherwise_now(tmp_path, capsys):
    corpus = str(Path(__file__).resolve().parent.parent / "corpus" / "child-mental-health")
    assert main(["audit", corpus, "--format", "json"]) == cli.OK
    record = json.loads(capsys.readouterr().out)
    assert all(edge["suspect"] == [] for edge in record["edges"])
    stamped = next(edge for edge in record["edges"] if edge["stamp"])
    stamped["stamp"] = "0123456789abcdef"
    earlier = tmp_path / "audit.json"
    earlier.write_text(json.dumps(record), encoding="utf-8")
    assert main(["audit", corpus, "--format", "json", "--since", str(earlier)]) == cli.OK
    edges = json.loads(capsys.readouterr().out)["edges"]
    assert [edge["child"] for edge in edges if edge["suspect"]] == [stamped["child"]]
    assert main(["audit", corpus, "--since", str(tmp_path / "none.json")]) == cli.USAGE
    assert "bad-result" in capsys.readouterr().err
