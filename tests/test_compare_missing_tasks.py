"""What an audit says of the tasks of a parent."""

from __future__ import annotations

from dataclasses import replace

from compare_builder import (
    COMMON,
    CREDIT,
    NEWS,
    PIPES,
    QUALITY,
    QUIET,
    SCHOOLS,
    Duty,
    decision,
    found,
    only,
    plan,
)


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


def test_a_duty_that_goes_to_another_field_of_government_is_told_and_one_in_the_same_field_is_not():
    duty = Duty("Kiểm tra, giám sát chất lượng nước sinh hoạt tại các trạm cấp nước", ("Bộ Y tế",), role="organisation")
    parent = decision(duties=(*COMMON, duty))
    moved = replace(duty, lead=("Sở Tài chính tỉnh Quảng Ngãi",))
    assert only("changed_lead", parent, plan(duties=(*COMMON, moved))).child_value == "Sở Tài chính tỉnh Quảng Ngãi"
    assert found(parent, plan(duties=(*COMMON, replace(duty, lead=("Sở Y tế tỉnh Quảng Ngãi",))))) == []


def test_a_task_is_missing_though_one_beside_it_is_like_it():
    near = Duty("Xét nghiệm chất lượng nước tại trường học, bệnh viện; công bố kết quả xét nghiệm trên trang tin")
    parent = decision(duties=(*COMMON, near))
    assert found(parent, plan(duties=(*COMMON, near))) == []
    finding = only("missing_task", parent, plan(duties=COMMON))
    assert finding.parent_evidence is not None
    assert finding.parent_evidence.quote == near.words
