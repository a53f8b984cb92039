"""The scorer, on gold made by hand against a document whose statements are given."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vnplan.document import line_blocks
from vnplan.errors import VnplanError
from vnplan.evaluate import Evaluation, Score, evaluate, score_document
from vnplan.model import (
    Agency,
    Deadline,
    Document,
    Header,
    Reference,
    Section,
    Signatory,
    Source,
    Span,
    Structure,
    Target,
    Task,
)
from vnplan.quotes import Places
from vnplan.text import clean_text

RAW = """KẾ HOẠCH
Căn cứ Quyết định số 15/QĐ-TTg ngày 02/01/2024 của Thủ tướng Chính phủ.
I. MỤC TIÊU
- 95% hộ nghèo được hỗ trợ; 80% trẻ em được khám.
II. NHIỆM VỤ
1. Sở Y tế khám cho trẻ em, báo cáo trước ngày 30/11/2024.
2. Sở Nội vụ tổng hợp kết quả.
"""
PATHS = [("I", "I. MỤC TIÊU"), ("II", "II. NHIỆM VỤ"), ("II.1", "1. Sở Y tế"), ("II.2", "2. Sở Nội vụ")]


def at(words: str) -> Span:
    start = RAW.index(words)
    return Span(start, start + len(words))


def made() -> Document:
    """Return a document whose statements all agree with :func:`gold`."""
    sections = tuple(Section(path, "", words, "tasks", "heading", None, 0, 0, at(words)) for path, words in PATHS)
    header = Header(kind="plan", subject="khám cho trẻ em", signatory=Signatory(name=None, position="CHỦ TỊCH"))
    return Document(
        "urn:lex:vn:test",
        Source("plan.txt", "", "text/plain", RAW, line_blocks(RAW), "text"),
        clean_text(RAW),
        Structure(replace(header, recipients=("Sở Y tế", "Sở Nội vụ")), sections),
        references=(Reference(at("Quyết định số 15/QĐ-TTg"), "decision", "15/QĐ-TTg", "2024-01-02", None, "basis"),),
        targets=(
            Target(at("95% hộ nghèo được hỗ trợ"), 95, 95, "equal", "%", "hộ nghèo", "được hỗ trợ", path="I.-1"),
            Target(at("80% trẻ em được khám"), 80, 80, "equal", "%", "trẻ em", "được khám", path="I.-1"),
        ),
        tasks=(
            Task(at("Sở Y tế khám cho trẻ em, báo cáo trước ngày 30/11/2024."), "II.1", lead=("Sở Y tế",), deadline=0),
            Task(at("Sở Nội vụ tổng hợp kết quả."), "II.2", lead=("Sở Nội vụ",)),
        ),
        agencies=(Agency(at("Sở Y tế"), "Sở Y tế", "province"), Agency(at("Sở Nội vụ"), "Sở Nội vụ", "province")),
        deadlines=(Deadline(at("trước ngày 30/11/2024"), "DATE", "2024-11-30", "before"),),
    )


def gold() -> dict[str, Any]:
    return {
        "document": "plan.txt",
        "header": {"kind": "plan", "number": None, "subject": "khám cho trẻ em", "recipients": ["Sở Y tế", "Sở Nội vụ"],
                   "signatory": {"name": None, "position": "CHỦ TỊCH"}},
        "sections": [{"path": path, "heading": words, "role": "tasks"} for path, words in PATHS],
        "references": [{"quote": "Quyết định số 15/QĐ-TTg", "number": "15/QĐ-TTg", "relation": "basis"}],
        "targets": [
            {"quote": "95% hộ nghèo được hỗ trợ", "low": 95, "high": 95, "unit": "%", "population": "hộ nghèo"},
            {"quote": "80% trẻ em được khám", "low": 80, "high": 80, "unit": "%", "population": "trẻ em"},
        ],
        "tasks": [
            {"quote": "Sở Y tế khám cho trẻ em,  báo cáo", "path": "II.1", "lead": ["Sở Y tế"], "deadline": 0},
            {"quote": "Sở Nội vụ tổng hợp kết quả", "path": "II.2", "lead": ["Sở Nội vụ"], "deadline": None},
        ],
        "agencies": [{"name": "Sở Y tế", "level": "province", "class": False}, {"name": "Sở Nội vụ"}],
        "deadlines": [{"quote": "trước ngày 30/11/2024", "value": "2024-11-30", "bound": "before"}],
    }  # fmt: skip


def scored(annotation: dict[str, Any], document: Document | None = None) -> Evaluation:
    result = Evaluation()
    score_document(result, "plan.txt", annotation, document or made())
    return result


def counts(score: Score) -> tuple[int, int, int]:
    return score.right, score.wrong, score.missed


def test_output_that_agrees_with_the_gold_scores_one_everywhere():
    result = scored(gold())
    assert set(result.layers) == {"header", "sections", "references", "targets", "tasks", "agencies", "deadlines"}
    assert {score.f1 for score in [*result.layers.values(), *result.fields.values()]} == {1.0}
    assert result.misses == []


def test_a_layer_that_the_gold_leaves_out_is_not_scored():
    annotation = gold()
    del annotation["targets"]
    assert "targets" not in scored(annotation).layers


def test_a_field_that_the_gold_leaves_out_is_not_scored():
    assert "targets.outcome" not in scored(gold()).fields


def test_a_gold_row_that_is_not_found_is_missed():
    document = replace(made(), targets=made().targets[:1])
    result = scored(gold(), document)
    assert counts(result.layers["targets"]) == (1, 0, 1)
    assert [(miss.what, miss.gold) for miss in result.misses] == [("missed", "None: 80% trẻ em được khám")]


def test_a_found_row_that_the_gold_does_not_hold_is_wrong():
    annotation = gold()
    del annotation["targets"][0]
    assert counts(scored(annotation).layers["targets"]) == (1, 1, 0)


def test_an_uncertain_row_is_neither_asked_for_nor_forbidden():
    annotation = gold()
    annotation["targets"][0]["uncertain"] = True
    assert counts(scored(annotation).layers["targets"]) == (1, 0, 0)
    document = replace(made(), targets=made().targets[1:])
    assert counts(scored(annotation, document).layers["targets"]) == (1, 0, 0)


def test_the_fields_of_an_uncertain_row_are_not_scored():
    annotation = gold()
    annotation["targets"][0] |= {"uncertain": True, "low": 10}
    assert counts(scored(annotation).fields["targets.low"]) == (1, 0, 0)


def test_a_wrong_field_leaves_the_row_found_and_is_named():
    annotation = gold()
    annotation["targets"][1]["low"] = 90
    result = scored(annotation)
    assert result.layers["targets"].f1 == 1.0
    assert counts(result.fields["targets.low"]) == (1, 1, 1)
    assert [(miss.what, miss.gold, miss.found) for miss in result.misses] == [
        ("low of 80% trẻ em được khám", "90", "80")
    ]


def test_free_words_may_differ_in_a_quarter_of_the_words_and_no_more():
    annotation = gold()
    annotation["targets"][0]["population"] = "hộ rất nghèo"
    assert scored(annotation).fields["targets.population"].right == 1
    annotation["targets"][0]["population"] = "Hộ  nghèo"
    assert scored(annotation).fields["targets.population"].right == 2


def test_lists_of_agencies_are_scored_name_by_name():
    annotation = gold()
    annotation["tasks"][0]["lead"] = ["Sở Y tế", "Sở Tài chính"]
    assert counts(scored(annotation).fields["tasks.lead"]) == (2, 0, 1)


def test_the_deadline_of_a_task_is_compared_by_its_words():
    annotation = gold()
    annotation["tasks"][1]["deadline"] = 0
    assert counts(scored(annotation).fields["tasks.deadline"]) == (1, 1, 1)


def test_tasks_without_a_layer_of_deadlines_are_scored_without_them():
    annotation = gold()
    del annotation["deadlines"]
    result = scored(annotation)
    assert result.layers["tasks"].f1 == 1.0
    assert counts(result.fields["tasks.deadline"]) == (1, 0, 0)


def test_a_number_that_should_be_blank_is_wrong_and_a_missing_one_is_missed():
    document = made()
    structure = replace(document.structure, header=replace(document.header, number="7/KH-UBND", subject=None))
    score = scored(gold(), replace(document, structure=structure)).layers["header"]
    assert (score.wrong, score.missed) == (1, 1)


def test_headings_are_compared_to_where_the_shorter_one_ends():
    annotation = gold()
    annotation["sections"][2]["heading"] = "1. Sở Y tế khám cho trẻ em"
    assert scored(annotation).fields["sections.heading"].f1 == 1.0


def test_small_sections_that_the_gold_does_not_list_are_not_wrong():
    document = made()
    bullet = replace(document.sections[0], path="I.-1", kind="bullet")
    structure = replace(
        document.structure, sections=(*document.sections, bullet, replace(bullet, path="IV", kind="heading"))
    )
    assert counts(scored(gold(), replace(document, structure=structure)).layers["sections"]) == (4, 1, 0)


def test_agencies_are_distinct_bodies_and_not_mentions():
    document = made()
    again = replace(document.agencies[0], span=at("Sở Nội vụ"))
    assert counts(scored(gold(), replace(document, agencies=(*document.agencies, again))).layers["agencies"]) == (
        2,
        0,
        0,
    )


def test_a_quote_that_occurs_twice_is_the_next_occurrence():
    text = clean_text("Sở Y tế, Sở Nội vụ, Sở Y tế")
    assert list(Places(text).find(["Sở Y tế", "Sở Y tế"])) == [Span(0, 7), Span(20, 27)]


def test_a_quote_is_found_over_line_ends_and_in_decomposed_text():
    assert list(Places(clean_text("Phối hợp\n  với Sở")).find(["hợp với"])) == [Span(5, 14)]
    text = clean_text(unicodedata.normalize("NFD", "Sở Y tế"))
    assert list(Places(text).find(["Sở Y tế", "Bộ Y tế"])) == [Span(0, len(text.raw)), None]


def test_the_table_names_every_field_in_full():
    table = scored(gold()).table()
    assert "  signatory.position" in table
    assert table.count("\n  path ") <= 4


def test_nothing_asked_and_nothing_found_is_no_mistake():
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert Score(0, 1, 1).f1 == 0.0


def test_the_record_holds_the_same_figures():
    record = scored(gold()).record()
    assert record["layers"]["targets"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "right": 2,
        "wrong": 0,
        "missed": 0,
    }
    assert json.loads(json.dumps(record)) == record


def write_gold(folder: Path, text: str) -> None:
    (folder / "plan.gold.json").write_text(text, encoding="utf-8")


def test_a_folder_without_gold_is_an_error(tmp_path: Path):
    with pytest.raises(VnplanError, match=r"no file named \*\.gold\.json") as caught:
        evaluate(tmp_path)
    assert caught.value.code == "no-gold"


def test_gold_without_its_document_is_an_error(tmp_path: Path):
    write_gold(tmp_path, '{"document": "plan.txt"}')
    with pytest.raises(VnplanError, match=r"plan\.txt is in no folder") as caught:
        evaluate(tmp_path)
    assert caught.value.code == "no-document"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"document": 3}'])
def test_gold_that_cannot_be_read_is_an_error(tmp_path: Path, text: str):
    write_gold(tmp_path, text)
    with pytest.raises(VnplanError) as caught:
        evaluate(tmp_path)
    assert caught.value.code == "bad-gold"


def test_a_document_that_cannot_be_read_misses_everything_that_is_sure(tmp_path: Path):
    annotation = gold()
    annotation["targets"][0]["uncertain"] = True
    write_gold(tmp_path, json.dumps(annotation))
    (tmp_path / "plan.txt").write_bytes(b"")
    result = evaluate(tmp_path)
    assert result.failures == {"plan.txt": "empty"}
    assert counts(result.layers["targets"]) == (0, 0, 1)
    assert counts(result.layers["tasks"]) == (0, 0, 2)
    assert result.layers["header"].missed == 5


def test_documents_are_looked_for_in_the_folders_that_are_named(tmp_path: Path):
    for name in ("gold", "documents"):
        (tmp_path / name).mkdir()
    write_gold(tmp_path / "gold", '{"document": "plan.txt", "targets": []}')
    (tmp_path / "documents" / "plan.txt").write_text(RAW, encoding="utf-8")
    assert list(evaluate(tmp_path / "gold", [tmp_path / "documents"]).layers) == ["targets"]


def test_folders_may_be_passed_over_by_name(tmp_path: Path):
    for folder in ("seen", "kept"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(RAW, encoding="utf-8")
        (tmp_path / folder / "plan.gold.json").write_text('{"document": "plan.txt", "header": {"kind": "plan"}}')
    assert evaluate(tmp_path).layers["header"].right == 2
    assert evaluate(tmp_path, without=["kept"]).layers["header"].right == 1


def test_documents_are_named_by_their_place_below_the_gold(tmp_path: Path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(RAW, encoding="utf-8")
        (tmp_path / folder / "plan.gold.json").write_text('{"document": "plan.txt", "header": {"kind": "plan"}}')
    assert list(evaluate(tmp_path).documents) == ["a/plan.txt", "b/plan.txt"]
