"""What an audit finds, and what it must not find."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import (
    COMMON,
    CREDIT,
    LATRINE,
    NEWS,
    PIPES,
    QUALITY,
    SCHOOLS,
    TO_DECISION,
    WATER,
    Aim,
    Cited,
    Duty,
    changed,
    decision,
    found,
    make,
    only,
    plan,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from vnplan.compare import audit
from vnplan.compare.checks import CHECKS
from vnplan.compare.messages import MESSAGES
from vnplan.model import Problem


def test_a_plan_that_takes_all_over_is_accused_of_nothing():
    assert found(decision(), plan()) == []


def test_other_order_other_start_and_merged_tasks_are_no_findings():
    merged = Duty(f"{QUALITY.words}; {CREDIT.words}")
    child = plan(aims=(LATRINE, WATER), duties=(NEWS, merged, SCHOOLS, PIPES), period="2024/2030")
    assert found(decision(), child) == []


def test_an_article_an_empty_and_a_cut_document_are_never_accused_of_what_they_lack():
    article = make("article.txt", cited=(TO_DECISION,), medium="article")
    empty = make("empty.txt", number="13/KH-UBND", cited=(TO_DECISION,), problems=(Problem("no-text", "no text"),))
    cut = make("cut.txt", number="14/KH-UBND", cited=(TO_DECISION,), problems=(Problem("cut:pages", "cut"),))
    result = audit([decision(), article, empty, cut])
    assert result.findings == ()
    assert {(row.satisfied, row.not_satisfied) for row in result.coverage} == {(0, 0)}
    assert sum(row.not_assessable for row in result.coverage) == 3 * 7


def test_a_weakness_is_reported_once_against_the_nearest_parent_that_shows_it():
    weak = changed(WATER, "80% hộ dân nông thôn được sử dụng nước sạch", low=80)
    province = plan()
    to_province = Cited(
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024",
        "12/KH-UBND",
        "2024-03-22",
        "UBND tỉnh Quảng Ngãi",
    )
    child = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        date="2024-06-01",
        cited=(to_province,),
        aims=(weak, LATRINE),
        duties=COMMON,
    )
    assert only("weakened_target", decision(), province, child).parent == province.id
    kept = replace(province, targets=())
    assert {f.parent for f in audit([decision(), plan(aims=(weak, LATRINE)), child]).of(child.id)} == {decision().id}
    assert kept.targets == ()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_documents_does_not_change_the_findings(order):
    documents = [
        decision(),
        plan(aims=(LATRINE,)),
        plan(number="13/KH-UBND", duties=(PIPES, NEWS, CREDIT, QUALITY)),
        make("article.txt", number="52/KH-UBND", date="2024-01-26", medium="article"),
    ]
    assert repr(audit(documents[i] for i in order).findings) == repr(audit(documents).findings)


def test_every_finding_quotes_what_it_claims():
    documents = {d.id: d for d in (decision(), plan(aims=(LATRINE,), duties=(PIPES, NEWS, QUALITY, SCHOOLS)))}
    for finding in audit(documents.values()).findings:
        for side, evidence in ((finding.child, finding.child_evidence), (finding.parent, finding.parent_evidence)):
            assert evidence is None or documents[side or ""].quote(evidence.span) == evidence.quote
        assert 0.0 < finding.confidence <= 1.0
        assert finding.message_vi
        assert finding.message_en


def test_the_table_of_checks_names_every_finding_that_has_a_message():
    named = {name for check in CHECKS for name in check.severities}
    assert {key.split(":")[0] for key in MESSAGES} == named


def test_an_audit_says_what_it_holds():
    assert repr(audit([decision(), plan(aims=(LATRINE,))])) == (
        "<Audit: 2 documents, 0 ghosts, 1 links; findings: 1 high>"
    )


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([None, "", "2024", "2024-13-99", "////"]))
def test_an_audit_takes_any_words(words, other, date):
    aim = Aim(words or "-", 5, other, words)
    child = make(
        "child.txt",
        number=other or None,
        date=date,
        period=date,
        subject=words,
        cited=(replace(TO_DECISION, date=date, subject=other), Cited(other, words or None, date, other or None)),
        aims=(aim, words),
        duties=(Duty(words or "-", (other,)), Duty(other or "-", (), (words,), "organisation")),
    )
    assert audit([decision(), child]).documents
    assert audit([child, replace(child, id=child.id + "x")]).documents


def test_what_is_not_sure_enough_is_asked_and_not_said():
    documents = decision(), plan(aims=(LATRINE,))
    (finding,) = [f for f in audit(documents).findings if f.finding == "missing_target"]
    strict = audit(documents, min_confidence=finding.confidence + 0.01)
    assert finding in strict.questions and finding not in strict.findings
    assert [f for f in audit(documents, min_confidence=finding.confidence).findings if f == finding]
    assert audit(documents, min_confidence=0).questions == ()


def test_notes_are_never_questions():
    result = audit([plan()], min_confidence=1.0)
    assert "parent_unavailable" in {f.finding for f in result.findings}
    assert all(f.severity != "info" for f in result.questions)


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_none_is_refused(least):
    with pytest.raises(ValueError, match="between 0 and 1"):
        audit([plan()], min_confidence=least)


def test_several_processes_find_what_one_finds():
    documents = [decision()]
    for number in range(1, 25):
        lower = changed(WATER, f"Phấn đấu {60 + number}% hộ dân nông thôn được sử dụng nước sạch", low=60 + number)
        documents.append(plan(number=f"{number}/KH-UBND", aims=(lower, LATRINE)))
    alone, together = audit(documents), audit(documents, workers=2)
    assert (together.findings, together.questions) == (alone.findings, alone.questions)
    assert together.coverage == alone.coverage
    assert len(alone.findings) >= 24


def test_no_workers_are_refused():
    with pytest.raises(ValueError, match="workers is 0"):
        audit([decision()], workers=0)
