"""The bundled corpus: every sample document is marked, annotated, and built again to the same bytes."""

from __future__ import annotations

import importlib
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from vnplan import model

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
FAMILIES = sorted({path.parent.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.gold.json")})
FORMATS = {".txt", ".md", ".docx", ".pdf", ".html"}
DOCUMENTS = sorted(path for family in FAMILIES for path in (CORPUS / family).iterdir() if path.suffix in FORMATS)
SOURCES = sorted((CORPUS / "sources").rglob("*.plan"))
LAYERS = ("sections", "references", "targets", "tasks", "agencies", "deadlines")
SIGNATORIES = {None, "Trần Hồng Hà", "Nguyễn Xuân Phúc"}
SEVERITY = {
    "weakened_target": {"high", "medium", "low"},
    "unquantified_target": {"high"},
    "missing_target": {"high"},
    "strengthened_target": {"info"},
    "added_target": {"info"},
    "not_comparable": {"info"},
    "missing_task": {"high"},
    "narrowed_task": {"medium"},
    "unassigned_task": {"medium"},
    "added_task": {"info"},
    "changed_lead": {"low"},
    "missing_deadline": {"medium"},
    "later_deadline": {"medium"},
    "parent_unavailable": {"info"},
    "citation_mismatch": {"medium"},
    "blank_number": {"low"},
    "blank_date": {"low"},
}
BY = {"value": "high", "narrowed": "medium", "later": "medium", "softer": "low"}

# Words that every document of the programme shares: official titles, citations and formulas. They are taken out before
# the corpus is compared with real documents.
FORMULAS = (
    "Chương trình Chăm sóc sức khỏe tâm thần trẻ em, chăm sóc trẻ em mồ côi",
    "Chương trình trợ giúp xã hội và phục hồi chức năng cho người tâm thần, trẻ em tự kỷ và người rối nhiễu tâm trí "
    "dựa vào cộng đồng",
    "Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và "
    "Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
    "Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Thủ trưởng cơ quan thuộc Chính phủ, Chủ tịch Ủy ban nhân dân các "
    "tỉnh, thành phố trực thuộc trung ương",
)
RUN = 24


def fold(text: str) -> str:
    """Return ``text`` with white space folded."""
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, without punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of ``RUN`` words."""
    found = words(text)
    for start in range(len(found) - RUN + 1):
        yield tuple(found[start : start + RUN])


def without_formulas(text: str) -> str:
    """Return the words of ``text`` with a mark where a formula stood, so that no run goes across it."""
    line = " ".join(words(text))
    for formula in FORMULAS:
        line = line.replace(" ".join(words(formula)), "0formula0")
    return line


@pytest.fixture(scope="module")
def markup() -> Iterator[ModuleType]:
    """The module that reads the sources."""
    sys.path.insert(0, str(CORPUS))
    yield importlib.import_module("builder.markup")
    sys.path.remove(str(CORPUS))


@pytest.fixture(scope="module")
def build(markup: ModuleType) -> ModuleType:
    """The module that builds the documents."""
    return importlib.import_module("build")


@pytest.fixture(scope="module")
def texts(markup: ModuleType) -> dict[str, str]:
    """The words of every document: of a text file its own, of the others those of the source it was built from."""
    found = {}
    for source in SOURCES:
        plan = markup.parse(source)
        document = CORPUS / plan.out
        plain = document.read_text("utf-8") if document.suffix in (".txt", ".md") else markup.plain_text(plan)
        found[document.name] = fold(plain.replace("|", " "))
    return found


def gold(document: Path) -> dict[str, Any]:
    """Return the gold annotation of ``document``."""
    loaded: dict[str, Any] = json.loads(document.with_suffix(".gold.json").read_text("utf-8"))
    return loaded


def rows(layer: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield the rows of one layer of all documents, with the document's name."""
    for document in DOCUMENTS:
        for row in gold(document).get(layer, []):
            yield document.name, row


def named(document: Path) -> str:
    return document.relative_to(CORPUS).as_posix()


def test_every_source_has_its_document() -> None:
    assert len(DOCUMENTS) == len(SOURCES) >= 9
    assert {path.suffix for path in DOCUMENTS} == FORMATS


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_document_has_a_gold_file_that_names_it(document: Path) -> None:
    assert gold(document)["document"] == document.name


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_holds_nothing_but_documents_and_gold(family: str) -> None:
    for path in (CORPUS / family).iterdir():
        assert path.suffix in FORMATS or path.name.endswith((".gold.json", ".cascade.json")), path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_document_says_that_it_is_a_sample(document: Path) -> None:
    if document.suffix == ".docx":
        with zipfile.ZipFile(document) as archive:
            text = archive.read("word/document.xml").decode("utf-8")
    elif document.suffix == ".pdf":
        with pytest.importorskip("pdfplumber").open(document) as pdf:
            text = pdf.pages[0].extract_text()
    else:
        text = document.read_text("utf-8")
    assert "văn bản mẫu" in text.lower()


def test_a_draft_behind_a_signature_has_its_own_letterhead_and_signature(markup: ModuleType) -> None:
    drafts = [plan for plan in map(markup.parse, SOURCES) if len(plan.documents()) > 1]
    assert drafts
    for plan in drafts:
        assert plan.out.endswith(".docx"), "read the words of this format here"
        with zipfile.ZipFile(CORPUS / plan.out) as archive:
            text = re.sub(r"<[^<>]{0,300}>", "", archive.read("word/document.xml").decode("utf-8"))
        at = 0
        for document in plan.documents():
            for item in (*document.of("head"), *document.of("title"), *document.of("sign")):
                for part in item.split("||"):
                    assert part.strip() in text[at:], (plan.out, part)
            at = text.index(document.of("sign")[0], at)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_gold_quotes_occur_in_the_document_in_reading_order(document: Path, texts: dict[str, str]) -> None:
    text = texts[document.name]
    for layer in LAYERS[1:]:
        at = 0
        for row in gold(document)[layer]:
            found = text.find(fold(row["quote"]), at)
            assert found >= 0, (layer, row["quote"])
            at = found


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_section_headings_occur_in_the_document_in_reading_order(document: Path, texts: dict[str, str]) -> None:
    at = 0
    for row in gold(document).get("sections", []):
        found = texts[document.name].find(fold(row["heading"]), at)
        assert found >= 0, row
        at = found


def test_paths_are_made_of_labels() -> None:
    part = r"(?:[IVX]{1,5}|[A-E]|[0-9]{1,2}|[a-zđ]|[-+][0-9]{1,2}|¶[0-9]{1,2})"
    named = (
        r"(?:Điều [0-9]{1,2}|KẾ HOẠCH|(?:PHỤ LỤC|Phụ lục)(?: [IVX]{1,4})?"
        r"|(?:Phần|PHẦN|Chương) (?:(?:thứ|THỨ) \w+|[IVX0-9]+))"
    )
    path = re.compile(rf"(?:{named}|{part})(?:\.(?:{named}|{part}))*")
    for layer in LAYERS:
        for name, row in rows(layer):
            assert "path" not in row or path.fullmatch(row["path"]), (name, row)


def test_a_section_stands_below_one_that_is_there() -> None:
    for document in DOCUMENTS:
        paths = [row["path"] for row in gold(document).get("sections", [])]
        assert len(set(paths)) == len(paths)
        for path in paths:
            above = path.rpartition(".")[0]
            while above and above not in paths:
                above = above.rpartition(".")[0]
            assert above in paths or "." not in path, (document.name, path)


def test_labels_end_the_paths() -> None:
    for name, row in rows("sections"):
        assert row["path"].endswith(row["label"].rstrip(".)-").rpartition(".")[2]), (name, row)


def test_values_are_those_of_the_model() -> None:
    known = (
        ("references", "kind", model.Kind),
        ("references", "relation", model.Relation),
        ("targets", "comparator", model.Comparator),
        ("targets", "commitment", model.Commitment),
        ("targets", "horizon_source", model.HorizonSource),
        ("targets", "role", model.Role),
        ("sections", "role", model.Role),
        ("agencies", "level", model.Level),
        ("deadlines", "type", model.TimexType),
        ("deadlines", "bound", model.Bound),
    )
    for layer, key, literal in known:
        for name, row in rows(layer):
            assert row.get(key) is None or row[key] in get_args(literal), (name, key, row)


def _skips(part: str, quote: str) -> bool:
    """Return whether a part has the words of the quote in their order ("hài lòng … về cấp nước", of whom left out)."""
    words = iter(quote.split())
    return all(word in words for word in part.split())


def test_populations_outcomes_and_conditions_are_words_of_the_document(texts: dict[str, str]) -> None:
    for name, row in rows("targets"):
        for key in ("population", "outcome", "condition"):
            for part in filter(None, (row.get(key) or "").split("; ")):
                assert part in texts[name] or _skips(part, row["quote"]), (name, key, row)
        assert 0 <= row.get("low", 0) <= row.get("high", row.get("low", 0))


def test_a_tasks_deadline_is_one_of_the_documents_deadlines() -> None:
    for document in DOCUMENTS:
        found = gold(document)
        for task in found["tasks"]:
            if task.get("deadline") is None:
                continue
            where, path = found["deadlines"][task["deadline"]].get("path"), task.get("path")
            assert where == path or where.startswith(f"{path}."), (document.name, task)  # a line below says when


def test_who_leads_or_coordinates_is_an_agency_of_the_document() -> None:
    for document in DOCUMENTS:
        found = gold(document)
        names = {row["name"] for row in found["agencies"]}
        for task in found["tasks"]:
            assert {*task.get("lead", ()), *task.get("coordinating", ())} <= names, (document.name, task)


def test_nobody_signs_but_those_who_signed_the_decisions() -> None:
    for document in DOCUMENTS:
        signatory = gold(document)["header"].get("signatory") or {"name": None}
        assert signatory["name"] in SIGNATORIES
        assert signatory["name"] is None or document.name.startswith("decision")


def cascade_of(family: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CORPUS / family / "family.cascade.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("family", FAMILIES)
def test_the_cascade_names_documents_of_its_family(family: str) -> None:
    names = {path.name for path in DOCUMENTS if path.parent == CORPUS / family}
    cascade = cascade_of(family)
    for row in cascade["edges"] + cascade["findings"]:
        assert row["child"] in names
        assert row["parent"] is None or row["parent"] in names
    assert {row["document"] for row in cascade["must_not_flag"]} <= names
    assert names == {name for edge in cascade["edges"] for name in (edge["child"], edge["parent"])}


@pytest.mark.parametrize("family", FAMILIES)
def test_findings_quote_both_documents(family: str, texts: dict[str, str]) -> None:
    for row in cascade_of(family)["findings"]:
        for side in ("child", "parent"):
            quote = row[f"{side}_quote"]
            assert quote is None or fold(quote) in texts[row[side]], row
        assert row["child_quote"] or row["parent_quote"]


@pytest.mark.parametrize("family", FAMILIES)
def test_findings_have_the_severity_of_their_kind(family: str) -> None:
    for row in cascade_of(family)["findings"]:
        assert row["severity"] in SEVERITY[row["finding"]], row
        if row["finding"] == "weakened_target":
            assert row["severity"] == BY[row["by"]], row


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_both_found_and_forbidden(family: str) -> None:
    cascade = cascade_of(family)
    found = {(row["child"], row["finding"]) for row in cascade["findings"] if not row.get("uncertain")}
    for row in cascade["must_not_flag"]:
        assert row["why"]
        assert "quote" in row or (row["document"], row["finding"]) not in found, row


def test_every_kind_of_finding_was_planted_somewhere() -> None:
    planted = {
        row["finding"] for family in FAMILIES for row in cascade_of(family)["findings"] if not row.get("uncertain")
    }
    assert planted == SEVERITY.keys() - {"changed_lead"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_building_again_gives_the_same_bytes(source: Path, build: ModuleType, markup: ModuleType) -> None:
    if markup.parse(source).out.endswith(".pdf"):
        reportlab = pytest.importorskip("reportlab")
        pdf = importlib.import_module("builder.pdf")
        if reportlab.Version != pdf.MADE_WITH or not pdf.FONTS.is_dir():
            pytest.skip(f"the PDF was made with reportlab {pdf.MADE_WITH} and the fonts of {pdf.FONTS}")
    for path, data in build.outputs(source).items():
        assert path.read_bytes() == data, f"{path.name} is stale: run python corpus/build.py"


def test_no_sentence_of_a_real_document_stands_in_the_corpus(shared: Path, texts: dict[str, str]) -> None:
    ours = {run: name for name, text in texts.items() for run in runs(without_formulas(text))}
    for folder in ("seeds", "real"):
        for path in sorted((shared / folder).iterdir()):
            if path.suffix in (".txt", ".md", ".jsonl") and path.name != "README.md":
                copied = [run for run in runs(path.read_text("utf-8", "ignore")) if run in ours]
                assert not copied, (path.name, ours[copied[0]], " ".join(copied[0]))


def test_a_copied_sentence_would_be_seen(texts: dict[str, str]) -> None:
    text = texts["decision-1591.txt"]
    sentence = text[text.index("Đào tạo, bồi dưỡng nâng cao") :][:400]
    assert set(runs(without_formulas(text))) & set(runs(sentence))
