"""What a child keeps of a parent's tasks, through the whole way from text."""

from __future__ import annotations

import vnplan

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
