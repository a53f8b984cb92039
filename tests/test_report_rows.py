"""What an auditor needs of the report: the heads of a row, the names of plans without number, notes in Vietnamese."""

from __future__ import annotations

from pathlib import Path

from compare_builder import COMMON, TO_DECISION, WATER, Cited, decision, make, plan

import vnplan
from vnplan.compare import audit, build_cascade
from vnplan.compare.evidence import target_evidence
from vnplan.model import Document, Evidence, Problem, Span
from vnplan.report.html import audit_html
from vnplan.report.problems import PROBLEMS, problem_words
from vnplan.report.records import audit_record, evidence_record
from vnplan.report.terminal import audit_text
from vnplan.report.view import arrange, shown_quote

DRUG = Path(__file__).resolve().parent.parent / "corpus" / "drug"
TABLE = """# KẾ HOẠCH

## I. MỤC TIÊU

| TT | Chỉ tiêu | Đơn vị tính | Năm 2025 |
| --- | --- | --- | --- |
| 1 | Tỷ lệ hộ dân nông thôn được sử dụng nước sạch | % | 95 |
"""


def shown(*documents: Document, **fields: object) -> tuple[str, str]:
    """Return the report as text and as a page."""
    view = arrange(audit(build_cascade(documents)), documents)
    return audit_text(view), audit_html(view)


def test_a_row_is_shown_with_the_heads_of_its_columns(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(TABLE, encoding="utf-8")
    document = vnplan.read(path)
    evidence = target_evidence(document, document.targets[0])
    assert "Đơn vị tính: % | Năm 2025: 95" in shown_quote(evidence)
    record = evidence_record(evidence)
    assert record is not None
    assert record["cells"][-1] == ["Năm 2025", "95"]


def test_one_head_above_two_columns_is_said_once():
    evidence = Evidence("% 15", Span(0, 4), None, 1, (("Kết quả", "%"), ("Kết quả", "15")))
    assert shown_quote(evidence) == "Kết quả: % | 15"


def test_words_that_are_no_row_are_shown_as_they_are():
    assert shown_quote(Evidence("95% hộ dân", Span(0, 10), "I.1")) == "95% hộ dân"


def test_plans_without_number_are_told_apart_by_their_files_on_the_page():
    one = plan(number=None, date="2024-03", head="Số:  /KH-UBND")
    other = make("other.txt", "district", number=None, date="2024-04", head="Số:  /KH-UBND", cited=(TO_DECISION,))
    _, page = shown(decision(), one, other)
    assert "[plan.txt]" in page
    assert "[other.txt]" in page


def test_a_number_that_others_tell_stands_in_the_tree_and_says_so():
    blank = plan(number=None, date="2024-03", head="Số:  /KH-UBND\nQuảng Ngãi, ngày   tháng 3 năm 2024")
    words = "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi"
    subject = "về Chương trình nước sạch và vệ sinh nông thôn giai đoạn 2024 - 2030"
    cited = Cited(words, "12/KH-UBND", "2024-03-22", "UBND tỉnh Quảng Ngãi", subject=subject)
    child = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(cited,))
    text, page = shown(blank, child)
    assert "12/KH-UBND (theo văn bản viện dẫn)" in text
    assert "12/KH-UBND (theo văn bản viện dẫn)" in page
    (told,) = [row["inferred"] for row in audit_record(audit([blank, child]))["documents"] if row["inferred"]]
    assert told["number"] == "12/KH-UBND"


def test_a_link_to_an_amended_parent_says_look_again():
    words = "Sửa đổi Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ"
    cited = Cited(words, "77/QĐ-TTg", "2023-12-05", "Thủ tướng Chính phủ", "amends", kind="decision")
    amending = make(
        "new.txt", "central", kind="decision", number="9/QĐ-TTg", date="2025-01-01", subject="Sửa đổi", cited=(cited,)
    )
    text, page = shown(decision(), plan(), amending)
    assert "xem lại" in text
    assert "xem lại" in page


def test_notes_of_reading_are_vietnamese_in_a_vietnamese_report():
    cut = plan(problems=(Problem("cut:pages", "page 3 was not read: it is too big"),))
    text, page = shown(decision(), cut)
    assert "có trang không đọc được" in text
    assert "was not read" not in text
    assert '<span class="vi" lang="vi">có trang không đọc được' in page


def test_a_note_keeps_the_pages_and_the_words_that_it_is_about():
    assert problem_words("no-text", "pages 2-5 have no text").vi.endswith("(trang 2-5)")
    assert problem_words("no-year", "tháng 6: neither the words nor the period tell the year").vi.endswith(
        "(“tháng 6”)"
    )
    assert problem_words("of-tomorrow", "something new").vi == "something new"


def test_every_documented_problem_has_its_vietnamese_words():
    page = (Path(__file__).parent.parent / "docs" / "failure-codes.md").read_text(encoding="utf-8")
    table = page.split("## Problems of documents")[1].split("## Exit codes")[0]
    codes = [line.split("`")[1].split(":…")[0].split(":N")[0] for line in table.splitlines() if line.startswith("| `")]
    assert set(codes) <= set(PROBLEMS)


def test_two_documents_of_one_file_are_both_counted_with_the_file():
    document = vnplan.read(DRUG / "drug-police-submission.docx")
    view = arrange(audit([document]), [document])
    files = [chapter.document.source.name for chapter in view.chapters if chapter.document]
    assert files == ["drug-police-submission.docx"] * 2


def test_the_words_of_another_document_do_not_stand_under_the_parents_name():
    subject = "về Chương trình nước sạch và vệ sinh nông thôn"
    issuer = "UBND tỉnh Quảng Ngãi"

    def citing(number: str, day: str) -> Document:
        words = f"Thực hiện Kế hoạch số 12/KH-UBND ngày {day} của UBND tỉnh Quảng Ngãi"
        cited = Cited(words, "12/KH-UBND", day, issuer, subject=subject)
        return make(
            f"{number[0]}.txt",
            "district",
            number=number,
            date="2024-06-01",
            cited=(cited,),
            aims=(WATER,),
            duties=COMMON,
        )

    text, page = shown(
        citing("5/KH-UBND", "2024-03-22"), citing("6/KH-UBND", "2024-03-22"), citing("7/KH-UBND", "2024-03-29")
    )
    assert "văn bản khác:" in text
    assert "Văn bản khác" in page
