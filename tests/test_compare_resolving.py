"""What a reference means: spellings, slips, blank numbers that those who cite tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import PROGRAMME, Cited, make, only, plan

from vnplan.compare import Ghost, audit, build_cascade
from vnplan.compare.identity import Card, identify, issuers_agree
from vnplan.compare.programme import Period
from vnplan.identity import number_key
from vnplan.model import Document

SUBJECT = f"về {PROGRAMME} giai đoạn 2024 - 2030 trên địa bàn tỉnh"
HEAD = "Số:   /KH-UBND\nQuảng Ngãi, ngày   tháng 3 năm 2024"
KNOWN = Card("plan", "32/KH-UBND", "2024-01-30", "UBND tỉnh Lạng Sơn", "province", "tỉnh Lạng Sơn")


def cited(number: str = "12/KH-UBND", date: str = "2024-03-22", **fields: object) -> Cited:
    words = f"Thực hiện Kế hoạch số {number} ngày {date} của UBND tỉnh Quảng Ngãi"
    given = {"words": words, "number": number, "date": date, "issuer": "UBND tỉnh Quảng Ngãi", "subject": SUBJECT}
    return Cited(**{**given, **fields})  # type: ignore[arg-type]


def district(number: str, *citations: Cited, **fields: object) -> Document:
    name = f"district-{number[:2].strip('/')}.txt"
    return make(name, "district", number=number, date="2024-06-01", cited=citations, **fields)  # type: ignore[arg-type]


def blank(**fields: object) -> Document:
    return plan(**{"number": None, "date": "2024-03", "head": HEAD, **fields})


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("1O/KH-UBND", "10/KH-UBND"), ("l2/KH-UBND", "12/KH-UBND"), ("163/2024/QHI5", "163/2024/QH15")],
)
def test_a_figure_that_was_recognised_as_a_letter_makes_no_other_number(printed, meant):
    assert number_key(printed) == number_key(meant)


@pytest.mark.parametrize("issuer", ["UBND tỉnh Lang Sơn", "UBND tinh Lạng Sơn", "UBND tỉnh Lạng Sdn"])
def test_an_issuer_with_a_slip_is_the_same_body(issuer):
    assert identify(replace(KNOWN, issuer=issuer, jurisdiction=None), KNOWN) is not None


def test_two_provinces_whose_names_are_one_letter_apart_are_two():
    one = replace(KNOWN, issuer="UBND tỉnh Quảng Bình", jurisdiction="tỉnh Quảng Bình")
    other = replace(KNOWN, issuer="UBND tỉnh Quảng Ninh", jurisdiction="tỉnh Quảng Ninh")
    assert issuers_agree(one, other) is False
    assert identify(one, other) is None


def test_a_year_that_differs_with_the_same_day_is_a_wrong_date():
    parent = plan()
    child = district("5/KH-UBND", cited(date="2023-03-22", subject=None))
    finding = only("citation_mismatch", parent, child)
    assert (finding.by, finding.child_value, finding.parent_value) == ("date", "2023-03-22", "2024-03-22")


def test_a_year_that_differs_from_the_one_in_the_number_is_a_wrong_date():
    known = Card("decree", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "central")
    like = identify(replace(known, date="2021-03-08"), known)
    assert like is not None
    assert like.differs == "date"


def test_the_same_number_in_another_year_is_another_document():
    assert identify(replace(KNOWN, date="2023-02-11"), KNOWN) is None


def test_a_yearly_plan_is_not_that_of_the_year_before_under_the_same_number():
    known = replace(KNOWN, programme="nước sạch và vệ sinh nông thôn", period=Period(2024, 2024))
    assert identify(replace(known, date="2023-02-11", period=Period(2023, 2023)), known) is None


def test_a_blank_number_and_date_are_told_by_those_who_cite_the_document():
    cascade = build_cascade([blank(), district("5/KH-UBND", cited()), district("6/KH-UBND", cited())])
    (told,) = cascade.inferred
    assert (told.document, told.number, told.date, len(told.cited_by)) == (blank().id, "12/KH-UBND", "2024-03-22", 2)
    assert told.evidence.quote.startswith("Thực hiện Kế hoạch số 12/KH-UBND")
    assert told.confidence < 0.95


def test_a_number_that_was_told_leads_other_citations_without_subject_to_the_document():
    bare = cited(subject=None, relation="mentions")
    cascade = build_cascade([blank(), district("5/KH-UBND", cited()), district("6/KH-UBND", bare)])
    assert [mention.node for mention in cascade.mentions_of(blank().id)] == [blank().id] * 2


def test_one_blank_document_bears_one_number_only():
    cascade = build_cascade([blank(), district("5/KH-UBND", cited()), district("6/KH-UBND", cited("14/KH-UBND"))])
    assert cascade.inferred == ()
    assert cascade.mentions_of(blank().id) == ()
    assert sum(isinstance(node, Ghost) for node in cascade.documents) == 2


def test_the_number_that_more_documents_cite_is_taken():
    three = [district("5/KH-UBND", cited()), district("6/KH-UBND", cited()), district("7/KH-UBND", cited("14/KH-UBND"))]
    (told,) = build_cascade([blank(), *three]).inferred
    assert told.number == "12/KH-UBND"


def test_a_citation_without_subject_is_of_the_blank_plan_of_the_programme_that_it_carries_out():
    own = district("5/KH-UBND", cited(subject=None))
    stranger = district("5/KH-UBND", cited(subject=None), subject="Thực hiện Chương trình trồng cây phân tán ven biển")
    assert [told.number for told in build_cascade([blank(), own]).inferred] == ["12/KH-UBND"]
    assert build_cascade([blank(), stranger]).inferred == ()


def test_the_finding_of_a_blank_number_says_what_those_who_cite_it_write():
    finding = only("blank_number", blank(), district("5/KH-UBND", cited()))
    assert "12/KH-UBND" in finding.message_vi
    assert "12/KH-UBND" in finding.message_en


def test_what_contradicts_other_citations_of_an_absent_document_shows_whose_words_the_others_are():
    right = [district("5/KH-UBND", cited()), district("6/KH-UBND", cited())]
    wrong = district("7/KH-UBND", cited(date="2024-03-29"))
    (finding,) = [f for f in audit([*right, wrong]).findings if f.finding == "citation_mismatch"]
    assert finding.child == wrong.id
    assert finding.parent_evidence_of in {document.id for document in right}
    assert finding.parent_evidence is not None
