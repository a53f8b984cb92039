"""What a child keeps of a parent's tasks, through the whole way from text."""

from __future__ import annotations

import pytest

import vnplan
from vnplan.compare.audit import LEAST_HIGH

DECISION = """THỦ TƯỚNG CHÍNH PHỦ
Số: 321/QĐ-TTg
Hà Nội, ngày 10 tháng 3 năm 2024

QUYẾT ĐỊNH
Phê duyệt Chương trình Phát triển thư viện cộng đồng giai đoạn 2024 - 2030

Điều 1. Phê duyệt Chương trình với các nội dung sau:
I. NHIỆM VỤ
1. Kho sách
a) Mua sách khoa học, văn học thiếu nhi và sách nói cho người khiếm thị tại các xã.
b) Sửa chữa kệ gỗ, máy hút ẩm, hệ thống chiếu sáng của kho lưu trữ cấp huyện.
2. Tập huấn nghiệp vụ biên mục, bảo quản tài liệu cho thủ thư trường phổ thông.
3. Tổ chức ngày hội đọc sách, cuộc thi kể chuyện cho học sinh tiểu học hằng năm.
4. Vận động doanh nghiệp, cá nhân tặng máy tính, bàn ghế cho thư viện xã vùng cao.
5. Kiểm kê, số hóa tư liệu địa chí, bản đồ cổ và văn bia của địa phương.
Nơi nhận:
- Các tỉnh.
"""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI
Số: 45/KH-UBND
Quảng Ngãi, ngày 20 tháng 5 năm 2024

KẾ HOẠCH
Thực hiện Chương trình Phát triển thư viện cộng đồng giai đoạn 2024 - 2030 trên địa bàn tỉnh Quảng Ngãi

Thực hiện Quyết định số 321/QĐ-TTg ngày 10/3/2024 của Thủ tướng Chính phủ phê duyệt Chương trình Phát triển thư viện
cộng đồng giai đoạn 2024 - 2030, UBND tỉnh ban hành Kế hoạch như sau:
I. NHIỆM VỤ
1. Mua sách khoa học, văn học thiếu nhi và sách nói cho người khiếm thị tại các xã của tỉnh.
2. Tập huấn nghiệp vụ biên mục, bảo quản tài liệu cho thủ thư trường phổ thông.
3. Tổ chức ngày hội đọc sách, cuộc thi kể chuyện cho học sinh tiểu học hằng năm.
4. Vận động doanh nghiệp, cá nhân tặng máy tính, bàn ghế cho thư viện xã vùng cao.
5. Kiểm kê, số hóa tư liệu địa chí, bản đồ cổ và văn bia của địa phương.
Nơi nhận:
- Bộ Văn hóa, Thể thao và Du lịch;
- Lưu: VT.
"""


def findings(plan: str) -> dict[str, vnplan.Finding]:
    documents = [vnplan.parse(DECISION, name="decision.txt"), vnplan.parse(plan, name="plan.txt")]
    return {finding.finding: finding for finding in vnplan.audit(vnplan.build_cascade(documents)).findings}


def test_a_group_of_two_tasks_of_which_one_is_kept_is_narrowed_and_not_missing() -> None:
    found = findings(PLAN)
    assert "missing_task" not in found
    narrowed = found["narrowed_task"]
    assert narrowed.severity == "medium"
    assert narrowed.parent_evidence is not None
    assert narrowed.parent_evidence.path == "Điều 1.I.1.b"
    assert narrowed.child_evidence is not None
    assert narrowed.child_evidence.path == "I.1"


def test_a_task_of_its_own_that_is_nowhere_in_the_child_is_missing() -> None:
    without = PLAN.replace(
        "2. Tập huấn nghiệp vụ biên mục, bảo quản tài liệu cho thủ thư trường phổ thông.\n3. ", "2. "
    )
    missing = findings(without)["missing_task"]
    assert missing.severity == "high"
    assert missing.parent_evidence is not None
    assert missing.parent_evidence.path == "Điều 1.I.2"


def test_a_missing_task_shows_the_words_of_the_child_that_come_nearest() -> None:
    without = PLAN.replace(
        "2. Tập huấn nghiệp vụ biên mục, bảo quản tài liệu cho thủ thư trường phổ thông.\n3. ", "2. "
    )
    missing = findings(without + "\n")["missing_task"]
    assert "nội dung gần nhất: “" in missing.message_vi
    assert "nearest words: “" in missing.message_en


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        # the means are the child's own choice
        ("quảng bá sách thông qua hội nghị, tọa đàm, triển lãm ảnh và phim ngắn", "quảng bá sách mới"),
        # what only continues a clause is no clause of its own
        ("tổ chức ngày hội đọc sách; bởi bưu điện văn hóa, câu lạc bộ hưu trí", "tổ chức ngày hội đọc sách"),
        # the action and its object are there, though not all that is enumerated
        ("đẩy mạnh xã hội hóa, mở rộng hợp tác quốc tế với bảo tàng nước ngoài", "xã hội hóa để làm giàu kho"),
    ],
)
def test_a_child_that_keeps_what_is_to_be_done_is_not_accused_of_the_rest(asked: str, given: str) -> None:
    first = "1. Kho sách\na) Mua sách khoa học, văn học thiếu nhi và sách nói cho người khiếm thị tại các xã."
    parent = DECISION.replace(first, f"1. Kho sách\na) Mua sách khoa học, văn học thiếu nhi tại các xã; {asked}.")
    child = PLAN.replace("cho người khiếm thị tại các xã của tỉnh.", f"tại các xã của tỉnh; {given}.")
    assert parent != DECISION and child != PLAN
    documents = [vnplan.parse(parent, name="decision.txt"), vnplan.parse(child, name="plan.txt")]
    quotes = [f.parent_evidence.quote for f in vnplan.audit(documents).findings if f.parent_evidence is not None]
    assert not any(asked[:20] in quote or asked[-20:] in quote for quote in quotes)


def test_nothing_uncertain_is_of_high_severity() -> None:
    for finding in findings(PLAN).values():
        assert finding.severity != "high" or finding.confidence >= LEAST_HIGH
