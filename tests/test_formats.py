"""One text, one tree: every sample document in every format gives what its one source says."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import vnplan
from vnplan.evaluate import evaluate
from vnplan.evaluate_cascade import evaluate_cascades
from vnplan.read import read_source

ROOT = Path(__file__).resolve().parent.parent
FLOORS = tomllib.loads((Path(__file__).with_name("floors.toml")).read_text("utf-8"))["formats"]
SOURCES = {
    path.stem: path for path in sorted((ROOT / "corpus" / "sources").rglob("*.plan")) if path.parts[-3] != "kept"
}
DIGITAL = ("txt", "md", "docx", "doc", "html", "pdf")
SCANNED = ("ward-plan", "article", "province-plan-1")  # ten pages of all; the benchmark reads every one
MARK = re.compile(r"\[\^[0-9]\]")
READERS = {"doc": "vnplan.read.doc", "scan": "vnplan.read.ocr"}


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


formats = _load("formats")


@cache
def plan_of(stem: str) -> Any:
    return formats.parse(SOURCES[stem])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the documents of this session are built, each once."""
    return tmp_path_factory.mktemp("formats")


def needs(form: str) -> None:
    """Skip, and say why, where a format cannot be written or read here."""
    if why := formats.missing(form):
        pytest.skip(why)
    reader = READERS.get(form)
    if reader and importlib.util.find_spec(reader) is None:
        pytest.skip(f"vnplan does not read {form} files yet")
    if form == "scan" and not _recognises():
        pytest.skip("tesseract with Vietnamese data is not installed (Debian: tesseract-ocr tesseract-ocr-vie)")


@cache
def _recognises() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=60, check=False)
    return "vie" in (listed.stdout + listed.stderr).split()


def built(stem: str, form: str, folder: Path) -> Path:
    """Return the document in a format, which is built where it is not there."""
    path: Path = folder / formats.path_of(plan_of(stem), form)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(formats.render(plan_of(stem), form))
    return path


def fold(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_every_format_has_a_floor() -> None:
    assert {*DIGITAL, "scan"} == set(FLOORS) == set(formats.FORMATS) - {"hard-scan"}


@pytest.mark.parametrize("form", DIGITAL)
@pytest.mark.parametrize("stem", SOURCES)
def test_a_document_says_the_same_in_every_format(stem: str, form: str, folder: Path) -> None:
    needs(form)
    result = formats.agreement(plan_of(stem), form, folder)
    assert result.pooled().f1 >= FLOORS[form], "\n".join(result.misses)


@pytest.mark.slow
def test_clean_scans_say_nearly_the_same(folder: Path) -> None:
    needs("scan")
    result = formats.Agreement()
    for stem in SCANNED:
        result.add(formats.agreement(plan_of(stem), "scan", folder))
    assert result.pooled().f1 >= FLOORS["scan"], "\n".join(result.misses)


@pytest.mark.parametrize("form", DIGITAL)
def test_tasks_headers_and_paragraphs_agree_too(form: str, folder: Path) -> None:
    needs(form)
    result = formats.measure([form], folder)[form]
    assert result.scores["header"].f1 >= 0.98, "\n".join(result.misses)
    assert result.scores["tasks"].f1 >= 0.95, "\n".join(result.misses)
    assert result.scores["paragraphs"].f1 >= 0.98, "\n".join(result.misses)


@pytest.mark.parametrize("form", DIGITAL)
def test_samples_that_are_kept_apart_agree_in_every_format(form: str, folder: Path) -> None:
    needs(form)
    result = formats.measure([form], folder, kept=True)[form]
    assert result.pooled().f1 >= FLOORS[form]  # and nobody is told what fails on them


@pytest.mark.parametrize("stem", SOURCES)
def test_the_source_itself_says_what_its_document_says(stem: str) -> None:
    """What the formats are compared with is no invention: the committed document gives the same sections."""
    plan = plan_of(stem)
    committed = formats.compare(vnplan.read(ROOT / "corpus" / plan.out), plan, "txt")
    assert committed.pooled().f1 >= 0.97, "\n".join(committed.misses)


@pytest.mark.parametrize("form", DIGITAL)
@pytest.mark.parametrize("stem", SOURCES)
def test_no_words_of_the_source_are_lost(stem: str, form: str, folder: Path) -> None:
    needs(form)
    plan = plan_of(stem)
    text = fold(read_source(built(stem, form, folder)).text)
    text = text.replace("*", "")
    kinds = {"mark", "title", "recip", "sign"} | ({"before", "after"} if form != "html" else set())
    wanted = [item.text for item in plan.items if item.kind in kinds]
    marked = [item for item in plan.items if item.kind in ("heading", "paragraph")]
    wanted += [words for item in marked for words in MARK.split(item.text[len(item.label) :])]
    wanted += [cell for item in plan.items if item.kind == "row" for cell in item.cells]
    wanted += [side for item in plan.items if item.kind == "head" for side in item.text.split("||")]
    wanted += [item.text.partition(" ")[2] for item in plan.items if item.kind == "note"]
    for words in wanted:
        words = fold(words.replace("*", "").removesuffix("\\")).strip("- ")
        assert words in text, words


def findings(documents: list[vnplan.Document]) -> Counter[tuple[object, ...]]:
    found = vnplan.audit(vnplan.build_cascade(documents)).findings
    sides = [(f, f.child_evidence, f.parent_evidence) for f in found]
    return Counter(
        (f.finding, f.by, f.child_value, f.parent_value, *(side.path if side else None for side in both))
        for f, *both in sides
    )


@cache
def expected_findings() -> Counter[tuple[object, ...]]:
    return findings([formats.ideal(plan_of(stem)) for stem in SOURCES])


@pytest.mark.parametrize("form", DIGITAL)
def test_an_audit_finds_the_same_in_every_format(form: str, folder: Path) -> None:
    needs(form)
    wanted, got = expected_findings(), findings([vnplan.read(built(stem, form, folder)) for stem in SOURCES])
    assert 2 * sum((wanted & got).values()) >= 0.97 * (sum(wanted.values()) + sum(got.values())), (
        wanted - got,
        got - wanted,
    )


def test_a_folder_of_one_format_is_a_corpus_with_gold_and_cascades(tmp_path: Path) -> None:
    every = sys.modules["builder.every"]
    every.write_all([plan_of(stem) for stem in SOURCES], ["docx"], tmp_path, ROOT / "corpus")
    result = evaluate_cascades(tmp_path, evaluate(tmp_path, [tmp_path]))
    assert not result.failures
    assert result.layers["edges"].f1 > 0.9


@pytest.mark.parametrize("form", [*DIGITAL, "scan"])
def test_a_format_is_written_as_the_same_bytes_every_time(form: str) -> None:
    if why := formats.missing(form):
        pytest.skip(why)
    assert formats.render(plan_of("article"), form) == formats.render(plan_of("article"), form)


def test_a_scan_holds_pictures_and_not_a_letter(folder: Path) -> None:
    if why := formats.missing("scan"):
        pytest.skip(why)
    import pypdfium2

    document = pypdfium2.PdfDocument(built("article", "scan", folder))
    assert len(document) == 2
    for page in document:
        assert page.get_textpage().count_chars() == 0
        assert [each.type for each in page.get_objects()] == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        assert page.get_width() == pytest.approx(595, abs=2)
    document.close()


def _long_plan() -> Any:
    plan = formats.Plan("a/long.txt")
    item = sys.modules["builder.markup"].Item
    plan.items = [item("title", "KẾ HOẠCH"), item("paragraph", "Kế hoạch gồm các nhiệm vụ ở phụ lục[^1]."),
                  item("note", "1 Sắp theo quý."), item("heading", "PHỤ LỤC"),
                  item("row", "| STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian |")]  # fmt: skip
    plan.items += [
        item("row", f"| {number} | Tổ chức lớp học số {number} | Sở Y tế | Công an tỉnh | Quý I/2026 |")
        for number in range(1, 61)
    ]
    return plan


def test_a_wide_table_lies_on_its_side_and_goes_on_with_its_head() -> None:
    if why := formats.missing("pdf"):
        pytest.skip(why)
    import pypdfium2

    document = pypdfium2.PdfDocument(formats.render(_long_plan(), "pdf"))
    first, *others = [page.get_textpage().get_text_bounded() for page in document]
    sizes = [page.get_size() for page in document]
    document.close()
    assert sizes[0][0] < sizes[0][1]
    assert all(width > height for width, height in sizes[1:])
    assert "Nhiệm vụ" not in first and len(others) > 2
    assert all("Nhiệm vụ" in text for text in others)
    assert all(sum(f"lớp học số {n} Sở" in text for text in others) == 1 for n in (1, 30, 60))


def test_a_footnote_stands_at_the_foot_of_the_page_that_refers_to_it() -> None:
    if why := formats.missing("pdf"):
        pytest.skip(why)
    import pypdfium2

    document = pypdfium2.PdfDocument(formats.render(_long_plan(), "pdf"))
    page = document[0].get_textpage()
    at = page.search("Sắp theo quý").get_next()
    assert at is not None and page.get_charbox(at[0])[3] < 90
    document.close()


def test_a_wide_table_has_a_page_on_its_side_in_word(folder: Path) -> None:
    with zipfile.ZipFile(built("province-plan-1", "docx", folder)) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert document.count('w:orient="landscape"') == 1
    assert document.count("<w:sectPr>") == 2
