"""Tasks, through the whole way from text, on plans written for the tests."""

from __future__ import annotations

import vnplan
from vnplan.model import Document, Task

HEAD = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI

Số: 12/KH-UBND
Quảng Ngãi, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Phát triển thư viện cộng đồng năm 2024 trên địa bàn tỉnh Quảng Ngãi

UBND tỉnh ban hành Kế hoạch như sau:

"""


def plan(body: str) -> Document:
    return vnplan.parse(HEAD + body)


def by_path(document: Document) -> dict[str, Task]:
    return {task.path: task for task in document.tasks}


def test_leaves_are_tasks_and_groups_are_not() -> None:
    found = by_path(plan("II. NHIỆM VỤ\n1. Lập kho sách\na) Mua sách mới.\nb) Đổi sách cũ.\n2. Tập huấn thủ thư."))
    assert list(found) == ["II.1.a", "II.1.b", "II.2"]


def test_objectives_hold_no_tasks() -> None:
    assert not plan("I. MỤC TIÊU\n- Phấn đấu 80% xã có thư viện.").tasks


def test_in_organisation_the_body_in_the_heading_leads() -> None:
    found = by_path(plan("III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) Hướng dẫn chuyên môn.\nb) Phối hợp kiểm tra."))
    assert found["III.1.a"].lead == ("Sở Y tế tỉnh Quảng Ngãi",)
    assert found["III.1.b"].lead == ()
    assert found["III.1.b"].coordinating == ("Sở Y tế tỉnh Quảng Ngãi",)


def test_an_assigning_block_gives_its_bodies_to_every_task_of_the_group_and_is_none_itself() -> None:
    found = by_path(
        plan(
            "II. NỘI DUNG HOẠT ĐỘNG\n1. Mua sách\na) Nội dung\n- Lập danh mục sách.\n- Tổ chức mua sách.\n"
            "b) Cơ quan thực hiện\n- Chủ trì: Sở Tài chính.\n- Cơ quan phối hợp: Sở Tư pháp, UBND các huyện, thành phố."
        )
    )
    assert list(found) == ["II.1.a.-1", "II.1.a.-2"]
    for task in found.values():
        assert task.lead == ("Sở Tài chính tỉnh Quảng Ngãi",)
        assert task.coordinating == ("Sở Tư pháp tỉnh Quảng Ngãi", "UBND các huyện, thành phố")


def test_lines_that_state_place_and_time_belong_to_the_task_above() -> None:
    found = by_path(
        plan("II. NHIỆM VỤ\n1. Tổ chức ngày hội đọc sách.\n- Thời gian: tháng 4.\n- Địa điểm: nhà văn hóa.")
    )
    assert list(found) == ["II.1"]


def test_clauses_are_split_at_semicolons_and_sentence_ends() -> None:
    document = plan("II. NHIỆM VỤ\n1. Mua sách mới; sửa kệ sách. Mở cửa vào Chủ nhật.")
    (task,) = document.tasks
    assert [document.quote(clause) for clause in task.clauses] == ["Mua sách mới", "sửa kệ sách", "Mở cửa vào Chủ nhật"]


def test_the_dated_deadline_binds_and_not_the_rhythm() -> None:
    document = plan("III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế định kỳ hằng năm báo cáo kết quả, gửi trước ngày 15/11/2024.")
    (task,) = document.tasks
    assert task.deadline is not None
    assert document.deadlines[task.deadline].value == "2024-11-15"


def test_every_task_quotes_its_own_words_in_order() -> None:
    document = plan("II. NHIỆM VỤ\n1. Mua sách mới.\n2. Sửa kệ sách.\n3. Tập huấn thủ thư.")
    quotes = [document.quote(task.span) for task in document.tasks]
    assert quotes == ["Mua sách mới.", "Sửa kệ sách.", "Tập huấn thủ thư."]


def test_lines_below_an_item_give_its_lead_and_its_time() -> None:
    document = plan(
        "II. NHIỆM VỤ\n1. Nâng cấp đường truyền cho các thư viện.\n- Đơn vị chủ trì: Sở Tài chính.\n"
        "- Thời gian hoàn thành: trong tháng 8/2024."
    )
    (task,) = document.tasks
    assert task.path == "II.1"
    assert task.lead == ("Sở Tài chính tỉnh Quảng Ngãi",)
    assert task.deadline is not None
    assert document.deadlines[task.deadline].value == "2024-08"


def test_a_subject_before_its_mandate_leads() -> None:
    document = plan(
        "III. TỔ CHỨC THỰC HIỆN\n1. Các sở, ngành khác trong phạm vi chức năng, nhiệm vụ tăng cường quản lý thư viện."
    )
    (task,) = document.tasks
    assert len(task.lead) == 1
