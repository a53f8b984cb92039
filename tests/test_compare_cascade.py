"""The cascade: identity of documents, ghosts, links by programme, cycles, order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import PROGRAMME, TO_DECISION, Cited, decision, make, plan
from hypothesis import given, settings
from hypothesis import strategies as st

from vnplan.compare import Ghost, build_cascade
from vnplan.compare.identity import Card, dates_agree, identify, nearly
from vnplan.compare.programme import Period, period_of, programme_name, same_programme, with_outlook
from vnplan.model import Document


def links(*documents: Document) -> set[tuple[str, str, str]]:
    """Return child, parent and way of each link, by file name or number."""
    cascade = build_cascade(documents)
    names = {n.id: n.number or "" if isinstance(n, Ghost) else n.source.name for n in cascade.documents}
    return {(names[e.child], names[e.parent], e.how) for e in cascade.edges}


def test_a_citation_links_the_child_to_the_document_that_it_cites():
    assert links(decision(), plan()) == {("plan.txt", "decision.txt", "cited")}


def test_a_cited_document_that_is_absent_becomes_a_ghost():
    cascade = build_cascade([plan()])
    (ghost,) = [node for node in cascade.documents if isinstance(node, Ghost)]
    assert (ghost.number, ghost.date, ghost.issuer, ghost.level) == (
        "77/QĐ-TTg",
        "2023-12-05",
        "Thủ tướng Chính phủ",
        "central",
    )
    assert [edge.parent for edge in cascade.edges] == [ghost.id]


PROVINCE = Cited(
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
    "12/KH-UBND",
    "2024-03-22",
    "UBND tỉnh Quảng Ngãi",
    subject=f"về {PROGRAMME} giai đoạn 2024 - 2030 trên địa bàn tỉnh",
)


def test_a_ghost_is_linked_upwards_by_programme_and_years():
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(PROVINCE,))
    assert links(decision(), district) == {
        ("district.txt", "12/KH-UBND", "cited"),
        ("12/KH-UBND", "decision.txt", "programme"),
    }


def test_a_ghost_without_subject_takes_the_programme_of_those_that_implement_it():
    bare = replace_cited(PROVINCE, subject=None)
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(bare,))
    cascade = build_cascade([decision(), district])
    (edge,) = [edge for edge in cascade.edges if edge.how == "programme"]
    assert edge.confidence < 0.8


CAMPAIGN = "Phát động Phong trào thi đua “Chung tay vì nước sạch và vệ sinh nông thôn” năm 2024"
YEARLY = Cited(
    "Căn cứ Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi về nước sạch và vệ sinh nông thôn năm 2024",
    "12/KH-UBND",
    "2024-03-22",
    "UBND tỉnh Quảng Ngãi",
    relation="basis",
    subject="về nước sạch và vệ sinh nông thôn năm 2024",
)


def yearly(period: str = "2024") -> Document:
    return plan(number="12/KH-UBND", period=period, subject="Nước sạch và vệ sinh nông thôn năm 2024", cited=())


def campaign(*cited: Cited) -> Document:
    return make("campaign.txt", number="40/KH-UBND", date="2024-04-02", subject=CAMPAIGN, period="2024", cited=cited)


def test_a_campaign_for_a_programme_has_the_plan_on_which_it_is_based_above_it_with_less_certainty():
    (edge,) = build_cascade([yearly(), campaign(YEARLY)]).edges
    assert (edge.relation, edge.how) == ("basis", "cited")
    assert edge.confidence < 0.8


def test_a_basis_of_other_years_is_not_above_a_campaign():
    assert links(yearly("2024/2030"), campaign(YEARLY)) == set()


@pytest.mark.parametrize("kind", ["law", "decree", "circular"])
def test_what_binds_as_law_is_never_above_for_being_a_basis(kind):
    law = Cited(
        "Căn cứ Nghị định số 12/2024/NĐ-CP ngày 22/3/2024 của Chính phủ về nước sạch và vệ sinh nông thôn năm 2024",
        "12/2024/NĐ-CP",
        "2024-03-22",
        "Chính phủ",
        relation="basis",
        subject="về nước sạch và vệ sinh nông thôn năm 2024",
        kind=kind,
    )
    assert build_cascade([campaign(law)]).edges == ()


def replace_cited(cited: Cited, **fields: object) -> Cited:
    return Cited(**{**vars(cited), **fields})  # type: ignore[arg-type]


def test_an_article_that_cites_nothing_is_linked_by_programme():
    article = make("article.txt", "province", number="52/KH-UBND", date="2024-01-26", medium="article")
    assert links(decision(), article) == {("article.txt", "decision.txt", "programme")}


def test_a_draft_submitted_is_no_child_of_what_it_proposes():
    words = make("submission.txt", "province", kind="submission", number="91/TTr-SYT", date="2024-03-01")
    assert links(decision(), words) == set()


def test_a_plan_behind_the_first_years_of_its_parent_is_within_its_outlook():
    title = f"Phê duyệt {PROGRAMME} đến năm 2025, định hướng đến năm 2030"
    parent = decision(subject=title, period="2023/2025")
    child = plan(cited=(), subject=f"Thực hiện {PROGRAMME} năm 2027", period="2027", date="2027-01-15")
    assert links(parent, child) == {("plan.txt", "decision.txt", "programme")}
    ended = decision(subject=f"Phê duyệt {PROGRAMME} đến năm 2025", period="2023/2025")
    assert links(ended, child) == set()


def test_a_plan_of_another_programme_is_not_linked_though_it_shares_words():
    other = make(
        "other.txt",
        "district",
        number="6/KH-UBND",
        subject="Thực hiện Chương trình vệ sinh trường học năm 2024",
        period="2024",
    )
    assert links(decision(), other) == set()


def test_one_number_of_two_bodies_is_two_documents():
    stranger = make("stranger.txt", "district", number="12/KH-UBND", date="2024-03-22")
    district = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        date="2024-06-01",
        issuer="UBND huyện Trà Bồng",
        cited=(PROVINCE,),
    )
    assert ("district.txt", "stranger.txt", "cited") not in links(stranger, district)


def test_a_plan_with_a_blank_number_is_the_one_that_is_cited():
    blank = plan(number=None, date="2024-03", head="Số:   /KH-UBND\nQuảng Ngãi, ngày   tháng 3 năm 2024")
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(PROVINCE,))
    cascade = build_cascade([blank, district])
    edge = next(edge for edge in cascade.edges if edge.child == district.id)
    assert edge.parent == blank.id
    assert edge.confidence < 0.9


def test_a_plan_with_a_blank_number_of_another_month_is_not_the_one_that_is_cited():
    blank = plan(number=None, date="2024-05", head="Số:   /KH-UBND\nQuảng Ngãi, ngày   tháng 5 năm 2024")
    district = make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(PROVINCE,))
    assert ("district.txt", "plan.txt", "cited") not in links(blank, district)


def test_a_predecessor_programme_is_no_parent():
    old = Cited(
        "Thực hiện Quyết định số 15/QĐ-TTg ngày 22/7/2011 của Thủ tướng Chính phủ",
        "15/QĐ-TTg",
        "2011-07-22",
        "Thủ tướng Chính phủ",
        subject="phê duyệt Đề án nước sạch nông thôn giai đoạn 2011 - 2020",
        kind="decision",
    )
    assert links(decision(), plan(cited=(TO_DECISION, old))) == {("plan.txt", "decision.txt", "cited")}


def test_a_document_of_a_lower_level_is_no_parent():
    assert not any(
        parent == "district.txt"
        for _, parent, _ in links(
            make("district.txt", "district", number="5/KH-UBND", date="2024-01-02"),
            plan(
                cited=(
                    Cited(
                        "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2024 của UBND huyện Bình Sơn",
                        "5/KH-UBND",
                        "2024-01-02",
                        "UBND huyện Bình Sơn",
                    ),
                )
            ),
        )
    )


def test_a_basis_of_the_same_programme_is_a_parent_when_nothing_is_implemented():
    basis = replace_cited(TO_DECISION, relation="basis", subject=f"phê duyệt {PROGRAMME} giai đoạn 2023 - 2030")
    law = Cited("Căn cứ Luật Tài nguyên nước", None, None, None, "basis", "Luật Tài nguyên nước", "law")
    assert links(decision(), plan(cited=(law, basis))) == {("plan.txt", "decision.txt", "cited")}


def test_a_letter_that_passes_a_decision_on_stands_between():
    letter = Cited(
        "Công văn số 9/BNN-TL ngày 03/01/2024 của Bộ Nông nghiệp và Phát triển nông thôn",
        "9/BNN-TL",
        "2024-01-03",
        "Bộ Nông nghiệp và Phát triển nông thôn",
        subject="triển khai Quyết định số 77/QĐ-TTg",
        kind="official letter",
    )
    assert ("9/BNN-TL", "decision.txt", "programme") in links(decision(), plan(cited=(letter,)))


def test_documents_that_cite_each_other_are_a_cycle_and_the_tree_still_shows_all():
    one = plan(cited=(to_number(7),), number="8/KH-UBND")
    two = make("two.txt", "province", number="7/KH-UBND", cited=(to_number(8),))
    cascade = build_cascade([one, two])
    assert [set(group) for group in cascade.cycles] == [{one.id, two.id}]
    assert len(cascade.roots) == 1
    assert any("two.txt" in line for line in cascade.tree())
    assert any("plan.txt" in line for line in cascade.tree())


def to_number(number: int) -> Cited:
    return Cited(
        f"Thực hiện Kế hoạch số {number}/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
        f"{number}/KH-UBND",
        "2024-03-22",
        "UBND tỉnh Quảng Ngãi",
    )


def test_an_article_gives_way_to_the_document_that_it_reports():
    article = make("article.txt", "province", medium="article")
    cascade = build_cascade([article, plan()])
    names = [node.source.name for node in cascade.documents if isinstance(node, Document)]
    assert names == ["plan.txt"]
    assert cascade.versions == ()


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_the_documents_makes_no_difference(order):
    documents = [
        decision(),
        plan(),
        make("district.txt", "district", number="5/KH-UBND", date="2024-06-01", cited=(PROVINCE,)),
        make("article.txt", "province", number="52/KH-UBND", date="2024-01-26", medium="article"),
        plan(number="13/KH-UBND"),
    ]
    assert repr(build_cascade(documents[i] for i in order).edges) == repr(build_cascade(documents).edges)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2024-01", "2024-01-30", True),
        ("2024", "2024-06-01", True),
        ("2024-01", "2024-11-30", False),
        (None, "2024", None),
    ],
)
def test_a_date_with_a_blank_day_holds_every_day_of_its_month(one, other, agree):
    assert dates_agree(one, other) is agree


def test_a_swapped_figure_is_a_slip_and_a_neighbour_is_another_decision():
    known = Card("plan", "112/KH-UBND", "2024-03-22", "UBND tỉnh Hà Tĩnh")
    slip = nearly(replace(known, number="121/KH-UBND"), known)
    assert slip is not None
    assert slip.differs == "number"
    ruling = Card("decision", "545/QĐ-BGTVT", "2024-05-10", "Bộ Giao thông vận tải")
    assert nearly(replace(ruling, number="547/QĐ-BGTVT"), ruling) is None


def test_another_day_under_the_same_number_and_issuer_is_a_wrong_date():
    known = Card("decision", "77/QĐ-TTg", "2023-12-05", "Thủ tướng Chính phủ")
    like = identify(replace(known, date="2023-12-15"), known)
    assert like is not None
    assert like.differs == "date"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        (
            "Thực hiện Chương trình nước sạch nông thôn giai đoạn 2024 - 2030 trên địa bàn huyện Bình Sơn",
            "nước sạch nông thôn",
        ),
        (
            "Triển khai Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ về nước sạch nông thôn",
            "nước sạch nông thôn",
        ),
        (
            "Chương trình hành động của Chính phủ thực hiện Nghị quyết số 7-NQ/TW ngày 02 tháng 3 năm 2024"
            " của Bộ Chính trị về nước sạch nông thôn",
            "nước sạch nông thôn",
        ),
        ("ban hành Chương trình tổng thể nước sạch nông thôn giai đoạn 2021 - 2030", "nước sạch nông thôn"),
        ("về thực hiện Chương trình nêu trên", None),
    ],
)
def test_a_title_gives_the_name_of_its_programme(subject, name):
    assert programme_name(subject) == name


def test_a_plan_to_check_a_reform_is_not_the_plan_of_the_reform():
    assert same_programme("kiểm tra cải cách hành chính", "cải cách hành chính") == 0.0
    assert same_programme("nước sạch và vệ sinh nông thôn", "nước sạch, vệ sinh nông thôn") > 0.7


def test_years_are_read_from_a_title():
    assert period_of("năm 2024") == Period(2024, 2024)
    assert period_of("đến năm 2030") is None
    assert with_outlook(Period(2021, 2025), "giai đoạn 2021 - 2025, tầm nhìn đến năm 2045") == Period(2021, 2045)
    assert with_outlook(None, "định hướng đến năm 2030") is None
