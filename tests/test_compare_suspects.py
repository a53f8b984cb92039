"""Links that carry a stamp of what they rest on, and say when it was changed."""

from __future__ import annotations

from dataclasses import replace

from compare_builder import COMMON, LATRINE, TO_DECISION, WATER, Cited, decision, make, plan

from vnplan.compare import build_cascade
from vnplan.compare.suspects import since, stamp_of, with_stamps
from vnplan.model import Document, Edge, Section, Suspicion


def amending(relation: str = "amends", provision: str | None = None) -> Document:
    words = "Sửa đổi, bổ sung Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ"
    cited = Cited(words, "77/QĐ-TTg", "2023-12-05", "Thủ tướng Chính phủ", relation, kind="decision")
    document = make(
        "amending.txt",
        "central",
        kind="decision",
        number="90/QĐ-TTg",
        date="2025-03-01",
        subject="Sửa đổi",
        cited=(cited,),
    )
    return replace(document, references=tuple(replace(r, provision=provision) for r in document.references))


def link(*documents: Document) -> Edge:
    return next(edge for edge in build_cascade(documents).edges if edge.child == plan().id)


def citing(provision: str) -> Document:
    document = plan()
    return replace(document, references=tuple(replace(r, provision=provision) for r in document.references))


def with_articles(document: Document) -> Document:
    """Return the document with its items as articles: Điều 1, Điều 2, …"""
    sections = tuple(replace(s, path=f"Điều {count}") for count, s in enumerate(document.sections, 1))
    return replace(document, structure=replace(document.structure, sections=sections))


def test_a_link_to_a_document_that_is_there_has_a_stamp_and_one_to_a_ghost_has_none():
    assert link(decision(), plan()).stamp
    assert link(plan()).stamp is None


def test_a_link_to_an_amended_document_is_suspect_with_the_words_that_amend_it():
    (doubt,) = link(decision(), plan(), amending()).suspect
    assert (doubt.why, doubt.by) == ("amended", amending().id)
    assert doubt.evidence is not None
    assert doubt.evidence.quote.startswith("Sửa đổi, bổ sung")


def test_a_link_to_a_replaced_or_repealed_document_says_which():
    assert [doubt.why for doubt in link(decision(), plan(), amending("replaces")).suspect] == ["replaced"]
    assert [doubt.why for doubt in link(decision(), plan(), amending("repeals")).suspect] == ["repealed"]


def test_an_amendment_of_another_article_leaves_the_link_alone():
    assert link(decision(), citing("khoản 2 Điều 3"), amending(provision="Điều 5")).suspect == ()
    assert len(link(decision(), citing("khoản 2 Điều 3"), amending(provision="điểm a khoản 1 Điều 3")).suspect) == 1


def test_a_document_that_only_mentions_the_parent_makes_no_link_suspect():
    assert link(decision(), plan(), amending("mentions")).suspect == ()


def test_a_stamp_changes_with_the_words_and_not_with_the_case_or_the_breaks_of_lines():
    other = decision(aims=(replace(WATER, words="Phấn đấu 97% hộ dân nông thôn được sử dụng nước sạch"), LATRINE))
    assert stamp_of(decision()) == stamp_of(decision(duties=COMMON))
    assert stamp_of(decision()) != stamp_of(other)


def test_the_stamp_of_an_article_does_not_change_with_another_article():
    one = with_articles(decision())
    other = with_articles(decision(aims=(WATER, replace(LATRINE, words="95% trường học có nhà vệ sinh"))))
    assert stamp_of(one, "khoản 1 Điều 1") == stamp_of(other, "khoản 1 Điều 1")
    assert stamp_of(one, "Điều 2") != stamp_of(other, "Điều 2")
    assert stamp_of(one, "Điều 99") == stamp_of(one)


def test_the_innermost_section_that_the_provision_names_is_stamped():
    document = with_articles(decision())
    first = document.sections[0]
    clause = Section("Điều 1.2", "2.", "", "tasks", "heading", 0, first.start, first.start + 5, first.span)
    inner = replace(document, structure=replace(document.structure, sections=(first, clause)))
    deeper = replace(clause, path="Điều 1.2", span=replace(first.span, end=first.span.start + 5))
    inner = replace(inner, structure=replace(inner.structure, sections=(first, deeper)))
    assert stamp_of(inner, "khoản 2 Điều 1") != stamp_of(inner, "khoản 3 Điều 1") == stamp_of(inner, "Điều 1")


def test_a_link_whose_words_read_otherwise_than_before_is_suspect():
    edge = Edge("child", decision().id, "implements", "cited", 0.98)
    (stamped,) = with_stamps([edge], [decision()])
    way = (edge.child, edge.parent)
    assert since([stamped], {way: stamped.stamp}) == (stamped,)
    assert since([stamped], {way: "0123456789abcdef"})[0].suspect == (Suspicion("changed"),)
    assert since([stamped], {}) == (stamped,)


def test_a_ghost_that_is_amended_makes_the_link_suspect_too():
    assert [doubt.why for doubt in link(plan(), amending()).suspect] == ["amended"]


def test_an_amendment_that_the_child_makes_itself_is_no_doubt():
    own = plan(cited=(TO_DECISION, replace(TO_DECISION, relation="amends")))
    assert next(edge for edge in build_cascade([decision(), own]).edges).suspect == ()
