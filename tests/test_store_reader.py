"""A store as it is read: the documents that were read, in tables and in a cascade."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from pathlib import Path

import pytest
from report_samples import PLAN
from store_helpers import CHUNK, column, fill, write_plans
from test_parts import DRAFT, SUBMISSION

if os.name != "posix":
    pytest.skip("a store is written on POSIX systems", allow_module_level=True)
pytest.importorskip("pyarrow", reason="install vnplan[store] to test the store")
pytest.importorskip("duckdb", reason="install vnplan[store] to test the store")

import vnplan
from vnplan import cli, frames
from vnplan.cli import main
from vnplan.errors import VnplanError
from vnplan.model import Document
from vnplan.store import run
from vnplan.store.light import LightDocument
from vnplan.store.reader import Store, open_store

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FOLDERS = [CORPUS / name for name in ("child-mental-health", "social-assistance", "drug")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sample documents, several in one file, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("plans")
    for family in FOLDERS:
        shutil.copytree(family, folder / family.name)
    (folder / "two.txt").write_text(SUBMISSION + DRAFT, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def stored(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of this folder."""
    store = tmp_path_factory.mktemp("stores") / "store"
    fill(store, folder, workers=2)
    return store


@pytest.fixture
def store(stored: Path) -> Store:
    return open_store(stored)


def sources(store: Store) -> list[str]:
    return list(column(store.folder, "documents", "source"))


def test_a_document_comes_back_as_it_was_read(store: Store):
    assert len(store) == len(sources(store)) > 10
    for source, document in zip(sources(store), store.documents(), strict=True):
        assert document == vnplan.read(source)
        assert store.document(source) is document
        assert store.document(document.source.sha256) is document


def test_a_document_is_found_by_its_identifier(store: Store):
    assert {store.document(document.id).id for document in store.documents()} == {d.id for d in store.documents()}
    with pytest.raises(KeyError, match="no document urn:lex:vn:none"):
        store.document("urn:lex:vn:none")


def test_of_two_texts_under_one_identifier_the_one_of_a_cascade_comes_back(tmp_path: Path):
    article = (FOLDERS[0] / "article.txt").read_text(encoding="utf-8")
    head, number = PLAN.split("\n", 1)[0], "Số: 12/KH-UBND"
    for name, text in (("short.txt", PLAN[:250]), ("whole.txt", PLAN)):
        (tmp_path / name).write_text(text.replace(head, f"UBND TỈNH A\n{number}\nA, ngày 01 tháng 2 năm 2024\n{head}"))
    (tmp_path / "article.txt").write_text(article, encoding="utf-8")
    fill(tmp_path / "store", tmp_path)
    store = open_store(tmp_path / "store")
    ids = [document.id for document in store.documents()]
    assert len(ids) == 3 and len(set(ids)) == 2
    for id in ids:
        node = store.cascade().node(id)
        assert isinstance(node, Document) and store.document(id).source.name == node.source.name


@pytest.mark.parametrize("layer", ["references", "targets", "tasks", "agencies", "deadlines"])
def test_a_table_says_what_the_frame_of_the_documents_says(store: Store, layer: str):
    expected = getattr(frames, f"{layer}_frame")(store.documents())
    found = store.frame(layer)
    assert len(found) > 0
    for name in expected.columns:
        assert [_plain(value) for value in found[name]] == [_plain(value) for value in expected[name]], name


def _plain(value: object) -> object:
    """Return a cell so that it can be compared: lists as tuples, whatever is missing as None."""
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return tuple(value)
    return None if value is None or value != value else value


def test_sections_and_problems_point_into_the_text(store: Store):
    texts = {row["source"]: row["text"] for row in store.table("documents").to_pylist()}
    problems = store.table("problems").to_pylist()
    assert problems
    for row in problems:
        assert row["start"] is None or texts[row["source"]][row["start"] : row["end"]] == row["quote"]
    by_source: dict[str, list[dict[str, object]]] = {}
    for row in store.table("sections").to_pylist():
        by_source.setdefault(row["source"], []).append(row)
    assert by_source.keys() == texts.keys()
    for rows in by_source.values():
        assert [row["position"] for row in rows] == list(range(len(rows)))
        assert all(row["parent"] is None or row["parent"] < row["position"] for row in rows)


def test_sql_sees_every_table(store: Store):
    for name in store.tables:
        quoted = f'"{name}"'
        assert store.sql(f"SELECT count(*) AS n FROM {quoted}")["n"][0] == store.table(name).num_rows
    query = "SELECT document, count(*) AS n FROM targets JOIN documents USING (source, document) GROUP BY 1 ORDER BY 1"
    assert store.sql(query)["n"].sum() == store.table("targets").num_rows


def test_an_unknown_table_is_named(store: Store):
    with pytest.raises(KeyError, match="the tables are sections"):
        store.table("plans")


def test_a_light_document_says_what_the_whole_says(store: Store):
    for light, whole in zip(store.light_documents(), store.documents(), strict=True):
        assert isinstance(light, LightDocument)
        for field in dataclasses.fields(Document):
            if field.name not in ("source", "split"):
                assert getattr(light, field.name) == getattr(whole, field.name)
        for name in ("header", "medium", "parts", "sections"):
            assert getattr(light, name) == getattr(whole, name)
        for field in dataclasses.fields(whole.source):
            if field.name != "blocks":
                assert getattr(light.source, field.name) == getattr(whole.source, field.name)
        assert [one.id for one in light.split] == [one.id for one in whole.split]
        assert [one.text for one in light.split] == [one.text for one in whole.split]
        assert repr(light) == repr(whole)


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_audit_of_a_store_says_what_one_of_the_files_says(folder: Path, stored: Path, form: str, capsys):
    more = ["--format", form, "--matrix"]
    assert main(["audit", str(folder), *more]) == cli.SOME_FAILED
    from_files = capsys.readouterr().out
    assert main(["audit", "--store", str(stored), *more]) == cli.SOME_FAILED
    assert capsys.readouterr().out == from_files
    assert form == "text" or json.loads(from_files)["findings"]


@pytest.mark.parametrize("form", ["graphml", "json", "dot"])
def test_a_graph_of_a_store_is_that_of_the_files(folder: Path, stored: Path, form: str, capsys):
    assert main(["graph", str(folder), "--format", form]) == cli.SOME_FAILED
    from_files = capsys.readouterr().out
    assert main(["graph", "--store", str(stored), "--format", form]) == cli.SOME_FAILED
    assert capsys.readouterr().out == from_files


def test_a_graph_loads_only_the_texts_that_others_rest_on(folder: Path, tmp_path: Path, monkeypatch):
    fill(tmp_path / "store", *(folder / family.name for family in FOLDERS[:2]))  # one document in each file
    load, loaded = Store._load, set[str]()
    monkeypatch.setattr(Store, "_load", lambda store, source: loaded.add(source) or load(store, source))
    cascade = open_store(tmp_path / "store").cascade()
    parents = {edge.parent for edge in cascade.edges}
    assert {open_store(tmp_path / "store").document(source).id for source in set(loaded)} <= parents
    assert len(loaded) < len(cascade.edges)


def test_an_audit_holds_few_documents_at_a_time(store: Store, monkeypatch):
    monkeypatch.setattr("vnplan.store.reader._DOCUMENTS", 2)
    monkeypatch.setattr("vnplan.store.reader._GROUPS", 1)
    assert vnplan.audit(store.cascade()).findings
    assert len(store._whole) == 2


def test_paths_and_a_store_together_are_refused(folder: Path, stored: Path, capsys):
    assert main(["audit", str(folder), "--store", str(stored)]) == cli.USAGE
    assert main(["graph"]) == cli.USAGE
    said = capsys.readouterr().err
    assert "not allowed with argument" in said and "one of the arguments PATH --store is required" in said


def test_a_run_that_is_not_finished_is_told_and_each_source_counts_once(tmp_path: Path, monkeypatch, capsys):
    write_plans(tmp_path / "plans", CHUNK)
    fill(tmp_path / "store", tmp_path / "plans")
    for path in (tmp_path / "plans").iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "3. Sở Y tế báo cáo.\n", encoding="utf-8")
    monkeypatch.setattr(run._Writer, "finish", lambda writer: writer._stop() or (_ for _ in ()).throw(OSError(5, "")))
    with pytest.raises(OSError):
        fill(tmp_path / "store", tmp_path / "plans")
    store = open_store(tmp_path / "store")
    assert store.unfinished and len(store) == CHUNK
    assert len(column(tmp_path / "store", "documents", "source")) == 2 * CHUNK
    assert {len(document.tasks) for document in store.documents()} == {3}
    assert store.sql("SELECT count(*) AS n FROM documents")["n"][0] == CHUNK
    assert main(["graph", "--store", str(tmp_path / "store")]) == cli.OK
    assert "was not finished" in capsys.readouterr().err


def test_what_is_no_store_is_refused(tmp_path: Path, stored: Path, capsys):
    with pytest.raises(VnplanError, match=r"no store\.json"):
        open_store(tmp_path)
    other = shutil.copytree(stored, tmp_path / "store")
    (other / "store.json").write_text('{"schema": 2}')
    assert main(["audit", "--store", str(other)]) == cli.USAGE
    assert "store-version" in capsys.readouterr().err
    (other / "store.json").write_text("not json")
    with pytest.raises(VnplanError, match="cannot be read"):
        open_store(other)
    (other / "store.json").write_text('{"schema": 1, "runs": []}')
    part = next((other / "documents").iterdir())
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(VnplanError, match="no whole Parquet file"):
        len(open_store(other))


def test_an_empty_store_has_its_tables(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    fill(tmp_path / "store", tmp_path / "empty")
    store = open_store(tmp_path / "store")
    assert len(store) == 0 and list(store.frame("targets").columns)[:2] == ["source", "document"]
    assert store.sql("SELECT count(*) AS n FROM tasks")["n"][0] == 0


@pytest.mark.parametrize("about", ['{"schema": 1}', '{"schema": 1, "runs": [5]}', "[" * 100_000])
def test_a_damaged_store_json_is_told(about: str, tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 1)
    fill(tmp_path / "store", tmp_path / "plans")
    (tmp_path / "store" / "store.json").write_text(about, encoding="utf-8")
    with pytest.raises(VnplanError, match=r"store\.json"):
        open_store(tmp_path / "store")


def test_damaged_bytes_in_a_table_are_told(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 4)
    fill(tmp_path / "store", tmp_path / "plans")
    (path,) = (tmp_path / "store" / "documents").glob("*.parquet")
    data = bytearray(path.read_bytes())
    data[100 : len(data) // 2] = bytes(byte ^ 0x55 for byte in data[100 : len(data) // 2])
    path.write_bytes(data)
    with pytest.raises(VnplanError, match="no whole Parquet file"):
        open_store(tmp_path / "store").table("documents")
