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
    PROGRAMME,
    QUALITY,
    QUIET,
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


def test_a_lower_value_is_a_weakened_target_with_the_words_of_both_sides():
    child = plan(aims=(changed(WATER, "Phấn đấu 90% hộ dân nông thôn được sử dụng nước sạch", low=90), LATRINE))
    finding = only("weakened_target", decision(), child)
    assert (finding.by, finding.severity, finding.child_value, finding.parent_value) == (
        "value",
        "high",
        "90 %",
        "95 %",
    )
    assert finding.child_evidence is not None
    assert finding.parent_evidence is not None
    assert finding.child_evidence.quote == "Phấn đấu 90% hộ dân nông thôn được sử dụng nước sạch"
    assert finding.parent_evidence.quote.startswith("Phấn đấu 95%")
    assert "90 %" in finding.message_vi
    assert "95 %" in finding.message_en


@pytest.mark.parametrize(
    ("by", "severity", "fields"),
    [
        ("narrowed", "medium", {"fields": {"condition": "có nhu cầu"}}),
        ("later", "medium", {"fields": {"horizon": "2035"}}),
        ("softer", "low", {"comparator": "about"}),
    ],
)
def test_a_target_is_weakened_in_other_ways(by, severity, fields):
    finding = only("weakened_target", decision(), plan(aims=(replace(WATER, **fields), LATRINE)))
    assert (finding.by, finding.severity) == (by, severity)


def test_a_higher_value_and_a_new_target_are_noted():
    more = changed(WATER, "97% hộ dân nông thôn được sử dụng nước sạch", low=97)
    new = Aim(
        "Có 60% hộ chăn nuôi xử lý chất thải bằng hầm khí sinh học",
        60,
        "hộ chăn nuôi",
        "xử lý chất thải bằng hầm khí sinh học",
    )
    assert found(decision(), plan(aims=(more, LATRINE, new))) == [("strengthened_target", None), ("added_target", None)]


def test_an_aim_without_its_number_is_unquantified():
    child = plan(aims=("Hộ dân nông thôn được sử dụng nước sạch", LATRINE))
    finding = only("unquantified_target", decision(), child)
    assert finding.child_evidence is not None
    assert finding.child_evidence.quote == "Hộ dân nông thôn được sử dụng nước sạch"
    assert finding.parent_value == "95 %"


def test_a_target_without_counterpart_is_missing():
    finding = only("missing_target", decision(), plan(aims=(LATRINE,)))
    assert (finding.severity, finding.child_evidence) == ("high", None)


def test_a_national_count_is_not_missed_and_a_local_one_not_compared():
    count = Aim(
        "Xây mới 5.000 công trình cấp nước tập trung",
        5000,
        "công trình cấp nước tập trung",
        "xây mới",
        unit="công trình",
    )
    local = changed(count, "Xây mới 12 công trình cấp nước tập trung", low=12)
    parent = decision(aims=(WATER, LATRINE, count))
    assert found(parent, plan()) == []
    assert found(parent, plan(aims=(WATER, LATRINE, local))) == [("not_comparable", None)]


def test_a_target_of_a_ministry_is_not_missed_in_a_province():
    aim = replace(LATRINE, role="organisation")
    parent = decision(aims=(WATER, aim))
    assert found(parent, plan(aims=(WATER,))) == []


def test_a_step_that_was_over_before_the_child_began_is_not_missed():
    step = changed(
        WATER, "Đến năm 2020 đạt 70% hộ dân nông thôn được sử dụng nước sạch", low=70, fields={"horizon": "2020"}
    )
    assert found(decision(aims=(step, WATER, LATRINE)), plan()) == []


def step(low: float, year: str | None, **fields) -> Aim:
    """Return the target on water with a value and a year, which is that of the document where None."""
    given = {"horizon": year or "2030", "horizon_source": "heading" if year else "period", **fields}
    return changed(WATER, WATER.words.replace("95", f"{low:g}"), low=low, fields=given)


@pytest.mark.parametrize(
    ("own", "weaker"),
    [
        (step(70, "2025"), False),
        (step(60, "2025"), True),
        (step(70, "2024"), False),
        (step(70, None), False),
        (step(80, "2028"), False),
        (step(60, "2028"), True),
    ],
)
def test_a_target_is_measured_by_the_step_of_its_own_year(own, weaker):
    parent = decision(aims=(step(70, "2025"), step(95, "2030"), LATRINE))
    findings = [f for f in audit([parent, plan(aims=(own, LATRINE))]).findings if f.finding == "weakened_target"]
    assert bool(findings) is weaker
    if own.low == 60:
        assert [f.parent_value for f in findings] == ["70 %"]


def test_work_of_the_province_is_not_measured_by_work_of_the_commune():
    files = Aim("65% hồ sơ công việc của xã được xử lý qua mạng", 65, "hồ sơ công việc của xã", "xử lý qua mạng")
    upper = Aim("98% hồ sơ công việc cấp tỉnh được xử lý qua mạng", 98, "hồ sơ công việc cấp tỉnh", "xử lý qua mạng")
    lower = Aim("70% hồ sơ công việc cấp xã được xử lý qua mạng", 70, "hồ sơ công việc cấp xã", "xử lý qua mạng")
    child = make("commune.txt", "commune", cited=(TO_DECISION,), aims=(files, WATER, LATRINE), duties=COMMON)
    finding = only("weakened_target", decision(aims=(upper, lower, WATER, LATRINE)), child)
    assert finding.parent_value == "70 %"


def test_a_task_without_counterpart_is_missing():
    finding = only("missing_task", decision(), plan(duties=(PIPES, QUALITY, SCHOOLS, NEWS)))
    assert finding.parent_evidence is not None
    assert finding.parent_evidence.quote == CREDIT.words
    assert finding.severity == "high"


def test_a_task_that_is_cut_is_narrowed():
    half = Duty("Sửa chữa, nâng cấp công trình cấp nước tập trung")
    finding = only("narrowed_task", decision(), plan(duties=(half, QUALITY, SCHOOLS, CREDIT, NEWS)))
    assert finding.parent_evidence is not None
    assert finding.parent_evidence.quote == "lắp đặt đồng hồ đo nước cho từng hộ"


def test_a_duty_of_a_ministry_is_not_missed():
    own = Duty("Ban hành quy chuẩn kỹ thuật về vật liệu đường ống dẫn", lead=("Bộ Xây dựng",), role="organisation")
    led = Duty("Nghiên cứu giống cây chắn cát ven biển", lead=("Bộ Nông nghiệp và Môi trường",))
    assert found(decision(duties=(*COMMON, own, led)), plan()) == []


def test_a_task_that_stands_in_the_organisation_section_is_not_missed():
    duties = (
        PIPES,
        QUALITY,
        SCHOOLS,
        NEWS,
        replace(CREDIT, role="organisation", lead=("Ngân hàng Chính sách xã hội",)),
    )
    assert found(decision(), plan(duties=duties)) == []


def test_a_plan_that_says_everything_in_other_words_is_not_accused():
    child = plan(duties=(Duty("Bảo vệ rừng đầu nguồn"), Duty("Nạo vét kênh mương nội đồng"), PIPES))
    assert found(decision(), child, quiet=QUIET) == []


def test_an_article_an_empty_and_a_cut_document_are_never_accused_of_what_they_lack():
    article = make("article.txt", cited=(TO_DECISION,), medium="article")
    empty = make("empty.txt", number="13/KH-UBND", cited=(TO_DECISION,), problems=(Problem("no-text", "no text"),))
    cut = make("cut.txt", number="14/KH-UBND", cited=(TO_DECISION,), problems=(Problem("cut:pages", "cut"),))
    result = audit([decision(), article, empty, cut])
    assert result.findings == ()
    assert {(row.satisfied, row.not_satisfied) for row in result.coverage} == {(0, 0)}
    assert sum(row.not_assessable for row in result.coverage) == 3 * 7


def test_a_task_in_which_bodies_only_help_is_unassigned():
    child = plan(
        duties=(
            replace(PIPES, lead=("Sở Xây dựng",)),
            replace(QUALITY, coordinating=("Sở Tài chính", "Hội Nông dân")),
            SCHOOLS,
            CREDIT,
            NEWS,
        )
    )
    finding = only("unassigned_task", decision(), child)
    assert finding.child_evidence is not None
    assert finding.child_evidence.quote == QUALITY.words
    assert "Sở Tài chính" in finding.message_vi


def test_a_body_that_leads_the_whole_plan_leads_every_task():
    general = Duty(
        "Là cơ quan chủ trì, tổ chức triển khai thực hiện Kế hoạch", lead=("Sở Nông nghiệp",), role="organisation"
    )
    helper = Duty("Phối hợp tuyên truyền", coordinating=("Hội Phụ nữ",), role="organisation")
    assert "unassigned_task" not in dict(found(decision(), plan(duties=(*COMMON, general, helper))))
    assert "unassigned_task" in dict(
        found(
            decision(),
            plan(
                duties=(
                    *COMMON,
                    helper,
                    Duty("Bố trí kinh phí", lead=("Sở Tài chính",), role="organisation"),
                )
            ),
        )
    )


REPORT = Duty(
    "Báo cáo kết quả thực hiện về Bộ Nông nghiệp trước ngày 15 tháng 12 hằng năm",
    lead=("UBND các tỉnh, thành phố trực thuộc trung ương",),
    role="organisation",
    deadline=("trước ngày 15 tháng 12 hằng năm", "XXXX-12-15"),
)


def own_report(words: str, when: tuple[str, str] | None) -> Duty:
    return Duty(words, lead=("Sở Nông nghiệp",), role="organisation", deadline=when)


@pytest.mark.parametrize(
    ("words", "when", "kinds"),
    [
        (
            "Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 31/12 hằng năm",
            ("trước ngày 31/12 hằng năm", "XXXX-12-31"),
            ["later_deadline"],
        ),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 10/12 hằng năm", ("trước ngày 10/12 hằng năm", "XXXX-12-10"), []),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp theo quy định", None, ["missing_deadline"]),
        ("Tổng hợp, báo cáo Bộ Nông nghiệp trước ngày 10/12/2024", ("trước ngày 10/12/2024", "2024-12-10"), []),
    ],
)
def test_the_time_of_a_report_upwards_is_compared(words, when, kinds):
    child = plan(duties=(*COMMON, own_report(words, when)))
    assert [name for name, _ in found(decision(duties=(*COMMON, REPORT)), child)] == kinds


def test_the_time_of_a_report_is_not_asked_of_those_to_whom_it_is_not_addressed():
    child = make(
        "district.txt",
        "district",
        number="5/KH-UBND",
        cited=(TO_DECISION,),
        aims=(WATER, LATRINE),
        duties=(
            *COMMON,
            own_report("Báo cáo Sở Nông nghiệp theo quy định", None),
        ),
    )
    assert found(decision(duties=(*COMMON, REPORT)), child) == []


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


def test_a_duty_that_goes_to_another_field_of_government_is_told_and_one_in_the_same_field_is_not():
    duty = Duty("Kiểm tra, giám sát chất lượng nước sinh hoạt tại các trạm cấp nước", ("Bộ Y tế",), role="organisation")
    parent = decision(duties=(*COMMON, duty))
    moved = replace(duty, lead=("Sở Tài chính tỉnh Quảng Ngãi",))
    assert only("changed_lead", parent, plan(duties=(*COMMON, moved))).child_value == "Sở Tài chính tỉnh Quảng Ngãi"
    assert found(parent, plan(duties=(*COMMON, replace(duty, lead=("Sở Y tế tỉnh Quảng Ngãi",))))) == []


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


def test_the_same_words_that_say_of_whom_make_a_narrowed_target():
    poor = changed(
        WATER,
        "Phấn đấu 95% hộ dân nông thôn thuộc hộ nghèo được sử dụng nước sạch",
        population="hộ dân nông thôn thuộc hộ nghèo",
    )
    finding = only("weakened_target", decision(), plan(aims=(poor, LATRINE)))
    assert (finding.by, finding.severity) == ("narrowed", "medium")
    assert "thuộc hộ nghèo" in finding.message_vi


@pytest.mark.parametrize(
    "population",
    [
        "hộ dân nông thôn trên địa bàn tỉnh",
        "hộ dân nông thôn tại các xã",
        "hộ gia đình nông thôn",
        "các hộ dân nông thôn",
    ],
)
def test_a_place_of_its_own_and_other_words_for_the_same_narrow_nothing(population):
    own = changed(WATER, f"Phấn đấu 95% {population} được sử dụng nước sạch", population=population)
    assert "weakened_target" not in {f.finding for f in audit([decision(), plan(aims=(own, LATRINE))]).findings}


def test_a_task_is_missing_though_one_beside_it_is_like_it():
    near = Duty("Xét nghiệm chất lượng nước tại trường học, bệnh viện; công bố kết quả xét nghiệm trên trang tin")
    parent = decision(duties=(*COMMON, near))
    assert found(parent, plan(duties=(*COMMON, near))) == []
    finding = only("missing_task", parent, plan(duties=COMMON))
    assert finding.parent_evidence is not None
    assert finding.parent_evidence.quote == near.words


@pytest.mark.parametrize(("year", "asked"), [("2028", False), ("2026", True)])
def test_less_long_before_the_year_of_the_parent_is_asked_and_not_said(year, asked):
    own = replace(WATER, words=WATER.words.replace("80", "60"), low=60, fields={"horizon": year})
    result = audit([decision(aims=(replace(WATER, fields={"horizon": "2030"}),)), plan(aims=(own,))])
    ways = [f.by for f in result.findings if f.finding == "weakened_target"]
    questions = [f.by for f in result.questions if f.finding == "weakened_target"]
    assert (ways, questions) == (([], ["value"]) if asked else (["value"], []))


def test_places_to_climb_in_a_ranking_are_not_missed_a_level_below():
    climb = Aim(
        "Chỉ số cấp nước sạch nông thôn hợp vệ sinh của tỉnh tăng 3 bậc", 3,
        "chỉ số cấp nước sạch nông thôn hợp vệ sinh của tỉnh", "tăng", "bậc", "increase_by",
    )  # fmt: skip
    for unit, missing in (("bậc", []), ("%", ["missing_target"])):
        parent = decision(aims=(WATER, replace(climb, unit=unit)))
        found = audit([parent, plan(aims=(WATER,))]).findings
        assert [f.finding for f in found if f.finding == "missing_target"] == missing
