"""From text to document: every stage is total, deterministic and in order, and quotes what it claims."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vnplan.document import parse, read
from vnplan.extract.agencies import find_agencies
from vnplan.extract.deadlines import find_deadlines
from vnplan.extract.references import find_references
from vnplan.extract.targets import find_targets
from vnplan.extract.tasks import find_tasks
from vnplan.model import Agency, Deadline, Document, Problem, Structure, Text
from vnplan.structure import read_structure
from vnplan.text import clean_text

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SUFFIXES = {".txt", ".md", ".docx", ".pdf", ".html"}
DOCUMENTS = sorted(p for p in CORPUS.rglob("*") if p.suffix in SUFFIXES and p.parent.parent == CORPUS)
LAYERS = ("references", "targets", "tasks", "agencies", "deadlines")


def _tasks(text: Text, structure: Structure) -> Iterable[Any]:
    agencies = [item for item in find_agencies(text, structure) if isinstance(item, Agency)]
    deadlines = [item for item in find_deadlines(text, structure) if isinstance(item, Deadline)]
    return find_tasks(text, structure, agencies=agencies, deadlines=deadlines)


EXTRACTORS: dict[str, Callable[[Text, Structure], Iterable[Any]]] = {
    "references": find_references,
    "targets": find_targets,
    "tasks": _tasks,
    "agencies": find_agencies,
    "deadlines": find_deadlines,
}
each_extractor = pytest.mark.parametrize("layer", LAYERS)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LABELS = [
    "I. ",
    "II. ",
    "1. ",
    "2. ",
    "2.1. ",
    "a) ",
    "đ) ",
    "- ",
    "+ ",
    "Điều 1. ",
    "Chương II ",
    "Phần thứ nhất ",
    "",
    "",
    "",
    " ",
    "## ",
]
PHRASES = """MỤC TIÊU|NHIỆM VỤ, GIẢI PHÁP|TỔ CHỨC THỰC HIỆN|TÌNH HÌNH|CĂN CỨ|KINH PHÍ|PHỤ LỤC|KẾ HOẠCH|Nơi nhận:
Sở Y tế|Sở Giáo dục và Đào tạo|Ủy ban nhân dân các xã, phường|UBND tỉnh Hà Tĩnh|Phòng LĐ-TB&XH|các sở, ban, ngành
chủ trì|phối hợp với|tham mưu|Chủ trì:|có trách nhiệm|giao|báo cáo kết quả về|thực hiện|căn cứ|thay thế|điểm a khoản 2
95%|ít nhất 80%|khoảng 05-08 người|1.250,5 ha|tăng 3%/năm|100 % trẻ em|dưới 2%|tất cả các xã|không có|từ 3,5% năm 2020
trẻ em mồ côi|hộ nghèo có nhu cầu|được khám|được hỗ trợ|đạt|phấn đấu|bảo đảm|đến năm 2030|giai đoạn 2024 - 2030
trước ngày 30/11 hằng năm|chậm nhất ngày 31/02/2025|quý III/2024|hằng quý|trong thời hạn 15 ngày làm việc|thường xuyên
Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ|Luật Trẻ em|Nghị quyết số 57-NQ/TW|Số: 15/KH-UBND
Kế hoạch số 5/KH-UBND ngày 32/13/2024|Kế hoạch này|99999999999999999999999999999999%|ngày 00/00/0000|; |. |, |: | và """
PHRASES = PHRASES.replace("\n", "|").split("|")
line = st.builds(
    lambda label, phrases: label + " ".join(phrases),
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(PHRASES) | st.text(max_size=6), min_size=1, max_size=8),
)
plan_like = st.lists(line, max_size=14).map("\n".join)
PACKAGE = CORPUS.parent / "vnplan"
LEXICONS = [*PACKAGE.rglob("lexicon/*.txt"), *PACKAGE.rglob("data/*_words.txt"), *PACKAGE.rglob("data/class_nouns.txt")]
SYLLABLES = sorted({word for path in LEXICONS for word in path.read_text(encoding="utf-8").split() if len(word) < 12})
syllables = st.lists(
    st.sampled_from(SYLLABLES)
    | st.sampled_from(["các", "cấp", "95%", "2030", ",", ";", ".", "\n- ", "\n1. ", "\nI. "]),
    max_size=24,
)
in_words = st.builds(lambda words, between: between.join(words), syllables, st.sampled_from([" ", " ", ""]))
any_text = st.text(max_size=120) | plan_like | in_words


def stages(raw: str) -> tuple[Text, Structure]:
    text = clean_text(raw)
    return text, read_structure(text)


def values(document: Document) -> dict[str, list[Any]]:
    """Return what the document says, without the places: fields that are no spans, composed."""
    found: dict[str, list[Any]] = {"header": [document.header], "sections": [s.path for s in document.sections]}
    for layer in LAYERS:
        found[layer] = [
            {
                name: getattr(item, name)
                for name in item.__dataclass_fields__
                if name not in ("span", "clauses")
            }
            for item in getattr(document, layer)
        ]  # fmt: skip
    return found


@some
@given(any_text)
def test_the_tree_of_any_text_points_into_it(raw: str):
    text, structure = stages(raw)
    assert structure == read_structure(text)
    for number, section in enumerate(structure.sections):
        assert 0 <= section.start <= section.end <= len(text.clean)
        assert 0 <= section.span.start <= section.span.end <= len(raw)
        assert section.parent is None or section.parent < number


@each_extractor
@some
@given(raw=any_text)
def test_an_extractor_takes_any_text_and_says_the_same_twice(layer: str, raw: str):
    text, structure = stages(raw)
    assert list(EXTRACTORS[layer](text, structure)) == list(EXTRACTORS[layer](text, structure))


@each_extractor
@some
@given(raw=plan_like)
def test_statements_stand_in_order_and_quote_words_of_the_text(layer: str, raw: str):
    text, structure = stages(raw)
    found = [item for item in EXTRACTORS[layer](text, structure) if not isinstance(item, Problem)]
    for item in found:
        assert 0 <= item.span.start < item.span.end <= len(raw)
        assert text.quote(item.span).strip()
    starts = [item.span.start for item in found]
    assert starts == sorted(starts)


@some
@given(plan_like)
def test_paths_of_statements_are_paths_of_sections(raw: str):
    document = parse(raw)
    paths = {section.path for section in document.sections}
    for layer in LAYERS:
        assert {item.path for item in getattr(document, layer)} <= paths | {None}


@some
@given(plan_like)
def test_tasks_name_a_deadline_that_exists_and_clauses_inside_their_words(raw: str):
    document = parse(raw)
    for task in document.tasks:
        assert task.deadline is None or 0 <= task.deadline < len(document.deadlines)
        for clause in task.clauses:
            assert task.span.start <= clause.start < clause.end <= task.span.end


@some
@given(plan_like)
def test_values_of_targets_are_finite_and_ordered(raw: str):
    for target in parse(raw).targets:
        assert float("-inf") < target.low <= target.high < float("inf")


@some
@given(any_text)
def test_a_text_is_parsed_to_the_same_document_twice(raw: str):
    assert parse(raw) == parse(raw)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_sample_is_read_whole(path: Path):
    document = read(path)
    assert document.sections
    assert document.tasks
    assert not [problem for problem in document.problems if problem.code.startswith("cut:")]


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.suffix in (".txt", ".md")], ids=lambda path: path.name)
def test_decomposed_text_says_the_same_as_composed_text(path: Path):
    raw = path.read_text(encoding="utf-8")
    composed = parse(unicodedata.normalize("NFC", raw))
    decomposed = parse(unicodedata.normalize("NFD", raw))
    assert values(decomposed) == values(composed)
    for layer in LAYERS:
        pairs = zip(getattr(composed, layer), getattr(decomposed, layer), strict=True)
        for one, other in pairs:
            assert unicodedata.normalize("NFC", decomposed.quote(other.span)) == composed.quote(one.span)


HOSTILE = {
    "bullets": "- ",
    "numbers": "1.1.",
    "roman": "IVXLCDM",
    "headings": "I. MỤC TIÊU\n",
    "deeper": "1.\na)\n-\n",
    "percentages": "95% trẻ em, ",
    "pages": "12, 345, 6789, ",
    "days": "trước ngày 31/12/2025, ",
    "words of days": "trước ngày ",
    "citations": "Quyết định số 15/QĐ-TTg ngày 02/01/2024 ",
    "words of citations": "căn cứ Quyết định số ",
    "bodies": "Sở Y tế, ",
    "words of bodies": "Ủy ban nhân dân ",
    "leads": "chủ trì, phối hợp với ",
    "capitals": "ỦY BAN NHÂN DÂN ",
    "digits": "9",
    "spaces": " ",
    "dots": ".",
    "brackets": "(((",
    "semicolons": "a; ",
    "rows": "| 1 | Sở Y tế | 95% |\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_text_takes_about_four_times_the_time(name: str):
    def took(size: int) -> float:
        raw = "II. NHIỆM VỤ\n1. " + HOSTILE[name] * (size // len(HOSTILE[name]))
        began = time.process_time()  # of this process alone: the tests run beside each other
        parse(raw)
        return time.process_time() - began

    small = took(15_000)
    assert took(60_000) < 8 * small + 0.5
