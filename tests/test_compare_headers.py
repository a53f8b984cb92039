"""Findings about numbers, dates and citations, and about documents that are not there."""

from __future__ import annotations

from dataclasses import replace

from compare_builder import (
    COMMON,
    LATRINE,
    PIPES,
    PROGRAMME,
    QUALITY,
    TO_DECISION,
    WATER,
    Cited,
    changed,
    decision,
    found,
    make,
    only,
    plan,
)


def test_a_parent_that_is_absent_is_said_and_the_next_one_compared():
    province = Cited(
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024",
        "12/KH-UBND",
        "2024-03-22",
        "UBND tỉnh Quảng Ngãi",
        subject=f"về {PROGRAMME} giai đoạn 2024 - 2030",
    )
    weak = changed(WATER, "80% hộ dân nông thôn được sử dụng nước sạch", low=80)
    child = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        date="2024-06-01",
        cited=(province,),
        aims=(weak, LATRINE),
        duties=COMMON,
    )
    assert found(decision(), child) == [("weakened_target", "value"), ("parent_unavailable", None)]
    finding = only("parent_unavailable", decision(), child)
    assert "77/QĐ-TTg" in finding.message_vi


def test_a_wrong_number_and_a_wrong_date_are_citation_mismatches():
    wrong_date = replace(TO_DECISION, words="Thực hiện Quyết định số 77/QĐ-TTg ngày 15/12/2023", date="2023-12-15")
    finding = only("citation_mismatch", decision(), plan(cited=(wrong_date,)))
    assert (finding.by, finding.child_value, finding.parent_value) == ("date", "2023-12-15", "2023-12-05")
    district = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        date="2024-06-01",
        aims=(WATER, LATRINE),
        duties=COMMON,
        cited=(
            Cited(
                "Thực hiện Kế hoạch số 112/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
                "112/KH-UBND",
                "2024-03-22",
                "UBND tỉnh Quảng Ngãi",
            ),
            Cited(
                "theo Kế hoạch số 121/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
                "121/KH-UBND",
                "2024-03-22",
                "UBND tỉnh Quảng Ngãi",
                "mentions",
            ),
        ),
    )
    finding = only("citation_mismatch", decision(), plan(number="112/KH-UBND"), district)
    assert (finding.by, finding.child_value, finding.parent_value) == ("number", "121/KH-UBND", "112/KH-UBND")
    assert finding.parent_evidence is not None
    assert "112/KH-UBND" in finding.parent_evidence.quote


def test_a_code_that_garbles_the_initials_of_its_issuer_is_a_mismatch():
    letter = Cited(
        "Công văn số 23/LĐTĐ-BHXH-TE ngày 03/01/2024",
        "23/LĐTĐ-BHXH-TE",
        "2024-01-03",
        "Bộ Lao động - Thương binh và Xã hội",
        kind="official letter",
    )
    assert only("citation_mismatch", decision(), plan(cited=(TO_DECISION, letter))).child_value == "23/LĐTĐ-BHXH-TE"
    fine = replace(letter, number="23/LĐTBXH-TE")
    assert "citation_mismatch" not in dict(found(decision(), plan(cited=(TO_DECISION, fine))))


def test_two_citations_of_one_absent_document_that_differ_are_a_mismatch_of_the_garbled_one():
    def letter(number: str) -> Cited:
        return Cited(
            f"Công văn số {number} ngày 03/01/2024",
            number,
            "2024-01-03",
            "Bộ Lao động - Thương binh và Xã hội",
            kind="official letter",
        )

    one = plan(cited=(TO_DECISION, letter("23/LĐTĐ-BHXH-TE")))
    two = plan(cited=(TO_DECISION, letter("23/LĐTBXH-TE")), number="13/KH-UBND")
    finding = only("citation_mismatch", decision(), one, two)
    assert finding.child == one.id
    assert finding.parent_evidence is not None
    assert "23/LĐTBXH-TE" in finding.parent_evidence.quote


def test_a_child_that_is_older_than_its_parent_is_told():
    assert only("predates_parent", decision(), plan(date="2023-01-10")).severity == "medium"
    assert "predates_parent" not in dict(
        found(decision(), plan(date="2023", head="Số: 12/KH-UBND\nngày   tháng   năm 2023"))
    )


def test_a_parent_that_was_replaced_before_is_told():
    new = make(
        "new.txt",
        "central",
        kind="decision",
        number="99/QĐ-TTg",
        date="2024-01-15",
        subject="Phê duyệt Chương trình khác",
        cited=(replace(TO_DECISION, words="Thay thế Quyết định số 77/QĐ-TTg", relation="replaces"),),
    )
    assert only("superseded_parent", decision(), plan(), new).child == plan().id
    assert "superseded_parent" not in dict(found(decision(), plan(date="2024-01-02"), new))


def test_a_circle_is_told_once():
    def to(number: str) -> Cited:
        return Cited(
            f"Thực hiện Kế hoạch số {number} ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
            number,
            "2024-03-22",
            "UBND tỉnh Quảng Ngãi",
        )

    documents = [plan(number=f"{n}/KH-UBND", cited=(to(f"{(n + 1) % 3}/KH-UBND"),)) for n in range(3)]
    assert [name for name, _ in found(*documents)].count("citation_cycle") == 1


def test_a_blank_number_and_a_blank_date_are_told_with_their_lines():
    blank = plan(number=None, date="2024", head="Số:      /KH-UBND\nBình Sơn, ngày      tháng      năm 2024")
    assert found(decision(), blank) == [("blank_date", None), ("blank_number", None)]
    finding = only("blank_number", decision(), blank)
    assert finding.child_evidence is not None
    assert finding.child_evidence.quote.endswith("/KH-UBND")


def test_two_texts_under_one_number_are_told():
    other = replace(plan(duties=(PIPES, QUALITY)), id=plan().id)
    assert [name for name, _ in found(decision(), plan(), other)] == ["two_versions"]
