"""Of whom a target speaks and what they reach, in the constructions of plans of many fields."""

from __future__ import annotations

import pytest

from vnplan.extract.targets import find_targets
from vnplan.model import Target
from vnplan.structure import read_structure
from vnplan.text import clean_text

HEAD = "KẾ HOẠCH\nPhát triển nông thôn giai đoạn 2026 - 2030\n"


def targets(body: str, head: str = HEAD) -> list[Target]:
    text = clean_text(head + body)
    return [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]


def objectives(*items: str) -> list[Target]:
    return targets("I. MỤC TIÊU\n1. Mục tiêu cụ thể\n" + "\n".join(f"- {item}" for item in items))


def only(words: str) -> Target:
    (target,) = objectives(words)
    return target


@pytest.mark.parametrize(
    ("words", "population", "outcome"),
    [
        ("Ít nhất 80% số hộ chăn nuôi áp dụng biện pháp an toàn.", "hộ chăn nuôi", "áp dụng biện pháp an toàn"),
        ("100% cơ sở khai thác cát nộp phí bảo vệ môi trường.", "cơ sở khai thác cát", "nộp phí bảo vệ môi trường"),
        ("70% xã có nhà văn hóa đạt chuẩn.", "xã", "có nhà văn hóa đạt chuẩn"),
        ("40% bến xe có lối đi để người già tiếp cận.", "bến xe", "có lối đi để người già tiếp cận"),
        ("100% nhiệm vụ được giao hoàn thành đúng hạn.", "nhiệm vụ được giao", "hoàn thành đúng hạn"),
        ("100% kho lạnh xây dựng mới được thẩm duyệt.", "kho lạnh xây dựng mới", "được thẩm duyệt"),
        ("90% trường tổ chức bữa ăn bán trú.", "trường", "tổ chức bữa ăn bán trú"),
        ("Trên 95% dân số tham gia bảo hiểm y tế.", "dân số", "tham gia bảo hiểm y tế"),
        ("75% hộ ở xã trọng điểm ký cam kết không đốt rừng.", "hộ ở xã trọng điểm", "ký cam kết không đốt rừng"),
        ("100% quy chế do Sở, UBND các cấp ban hành được sửa.", "quy chế do Sở, UBND các cấp ban hành", "được sửa"),
    ],
)  # fmt: skip
def test_the_predicate_of_a_share_is_what_its_population_does(words: str, population: str, outcome: str) -> None:
    target = only(words)
    assert (target.population, target.outcome) == (population, outcome)


@pytest.mark.parametrize(
    ("words", "population", "outcome"),
    [
        ("Tỷ lệ thiếu máu ở phụ nữ mang thai giảm xuống dưới 20%.", "phụ nữ mang thai", "thiếu máu"),
        ("Tỷ lệ tiêm chủng đầy đủ cho trẻ em dưới 1 tuổi đạt 97%.", "trẻ em dưới 1 tuổi", "tiêm chủng đầy đủ"),
        ("Học sinh nữ đạt trên 30% trong tổng số tuyển mới.", "Học sinh nữ", None),
        ("Mức độ hài lòng của hộ dân về cấp nước đạt 85%.", "hộ dân", "hài lòng về cấp nước"),
        ("Số trường đạt chuẩn: đến năm 2027 có 45 trường.", "trường", "đạt chuẩn"),
        ("Đối với hộ nghèo: 80% được vay vốn.", "hộ nghèo", "được vay vốn"),
    ],
)
def test_a_rate_says_of_whom_it_is_and_what_they_reach(words: str, population: str, outcome: str | None) -> None:
    target = only(words)
    assert (target.population, target.outcome) == (population, outcome)


@pytest.mark.parametrize(
    ("words", "population", "outcome"),
    [
        ("Giảm 5% số người nghiện có hồ sơ quản lý so với năm 2025.", "người nghiện có hồ sơ quản lý", "Giảm"),
        ("Chỉ số xanh của tỉnh tăng từ 05 bậc trở lên.", "Chỉ số xanh của tỉnh", "tăng"),
        ("Giảm số thôn đặc biệt khó khăn từ 12 thôn xuống còn 04 thôn.", "thôn đặc biệt khó khăn", "Giảm"),
        ("Mỗi năm tăng thêm 2% số xã không có rác thải tồn đọng.", "xã không có rác thải tồn đọng", "tăng"),
        ("Số tuyến xe buýt điện tăng gấp 2 lần so với năm 2025.", "tuyến xe buýt điện", "tăng gấp 2 lần"),
        ("Tỷ lệ hộ nghèo giảm bình quân 1%/năm.", "hộ nghèo", "giảm"),
        ("Rút ngắn 30% thời gian họp, giảm tối đa giấy tờ.", "thời gian họp", "Rút ngắn"),
    ],
)
def test_what_changes_is_the_population_and_the_change_the_outcome(words: str, population: str, outcome: str) -> None:
    target = only(words)
    assert (target.population, target.outcome) == (population, outcome)


@pytest.mark.parametrize(
    ("words", "population", "outcome"),
    [
        ("Lắp đặt camera tại 100% bến xe cấp huyện.", "bến xe cấp huyện", "Lắp đặt camera"),
        ("Niêm yết, công khai 100% thủ tục.", "thủ tục", "Niêm yết, công khai"),
        ("Số hóa bản đồ địa chính của 20 xã, phường.", "xã, phường", "Số hóa bản đồ địa chính"),
        ("Công an xã chủ trì, phối hợp với Trạm Y tế cấp thẻ cho 100% hộ dân.", "hộ dân", "cấp thẻ"),
        ("Mỗi tỉnh chuyển đổi thành công ít nhất 05 hợp tác xã mỗi năm.", "hợp tác xã", "chuyển đổi thành công"),
        ("Đào tạo lại, bồi dưỡng thường xuyên cho 25% lao động.", "lao động", "Đào tạo lại, bồi dưỡng thường xuyên"),
        ("Đưa 90% sản phẩm OCOP lên sàn thương mại điện tử.", "sản phẩm OCOP", "Đưa lên sàn thương mại điện tử"),
    ],
)
def test_what_is_done_ends_before_the_preposition(words: str, population: str, outcome: str) -> None:
    target = only(words)
    assert (target.population, target.outcome) == (population, outcome)


def test_what_is_done_to_one_share_is_done_to_the_next() -> None:
    first, second = objectives("Nạo vét 100% kênh cấp một và 60% kênh nội đồng.")
    assert (first.outcome, second.outcome, second.population) == ("Nạo vét", "Nạo vét", "kênh nội đồng")


@pytest.mark.parametrize(
    ("words", "low", "unit"),
    [
        ("Khảo sát tại ít nhất 12 xã, thị trấn.", 12, "xã, thị trấn"),
        ("Mỗi chi nhánh thu không ít hơn 200 phiếu.", 200, "phiếu"),
        ("Mở tối thiểu 40 lối thoát hiểm.", 40, "lối thoát"),
        ("Hai phần ba số hộ có bể biogas.", 66.67, "%"),
        ("Trên 4/5 số người học có việc làm.", 80, "%"),
        ("Số vụ cháy giảm 1/10 so với năm 2025.", 10, "%"),
        ("6/23 trụ sở được sửa chữa.", 6, "trụ sở"),
        ("Hơn nửa số hộ có bình chữa cháy.", 50, "%"),
        ("Hoàn thành nâng cấp 25 km đê.", 25, "km"),
    ],
)
def test_what_is_counted_is_read_with_fractions_and_nouns_that_no_list_has(words: str, low: float, unit: str) -> None:
    target = only(words)
    assert (target.low, target.unit) == (low, unit)


def test_more_of_something_is_an_increase() -> None:
    assert only("Phấn đấu có thêm ít nhất 15 hợp tác xã.").comparator == "increase_by"


def test_the_number_of_those_for_whom_something_changes_is_no_change() -> None:
    assert only("Rút ngắn thời gian cấp phép đối với tối thiểu 20 thủ tục.").comparator == "at_least"


@pytest.mark.parametrize(
    ("words", "horizon"),
    [
        ("Đến hết quý II/2027, 70% số xã có bác sĩ.", "2027-Q2"),
        ("6 tháng đầu năm 2028, 70% số xã có bác sĩ.", "2028-H1"),
        ("Cấp nước cho 02 thôn, xong trước ngày 30 tháng 9 năm 2026.", "2026-09-30"),
    ],
)
def test_quarters_half_years_and_days_in_words_are_horizons(words: str, horizon: str) -> None:
    assert only(words).horizon == horizon


def test_a_line_with_a_colon_hands_on_what_it_speaks_of() -> None:
    body = "a) Tỷ lệ hồ sơ nộp trực tuyến đạt:\n- Năm 2026: 60%;\n- Đến năm 2030 đạt từ 80% trở lên."
    found = targets(f"I. MỤC TIÊU\n1. Cụ thể\n{body}")
    assert [(t.low, t.horizon, t.population, t.outcome) for t in found] == [
        (60, "2026", "hồ sơ", "nộp trực tuyến"),
        (80, "2030", "hồ sơ", "nộp trực tuyến"),
    ]


def test_years_behind_a_colon_share_what_stands_before_it() -> None:
    found = objectives("Tỷ lệ xã có bác sĩ: năm 2026 đạt 50%, năm 2030 đạt 70%.")
    assert [(t.low, t.horizon, t.population) for t in found] == [(50, "2026", "xã"), (70, "2030", "xã")]


def test_a_lead_line_hands_on_commitment_and_year() -> None:
    found = targets("I. MỤC TIÊU\nNgoài các chỉ tiêu trên, phấn đấu đến năm 2027:\n- 60% số xã có bác sĩ.")
    assert [(t.commitment, t.horizon) for t in found] == [("strive", "2027")]


def test_a_report_sets_aims_only_in_what_is_to_come() -> None:
    head = "BÁO CÁO\nKết quả trồng rừng năm 2026, phương hướng năm 2027\n"
    body = (
        "Phần thứ nhất\nKẾT QUẢ NĂM 2026\nI. CÔNG TÁC TRỒNG RỪNG\n1. Tỷ lệ che phủ đạt 98%.\n"
        "Phần thứ hai\nPHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027\nI. MỤC TIÊU\n1. 80% số xã có tổ bảo vệ rừng.\n"
    )
    assert [(t.low, t.horizon) for t in targets(body, head)] == [(80, "2027")]


@pytest.mark.parametrize(
    "words",
    [
        "Trưởng thôn có tỷ lệ nợ đọng trên 3% phải giải trình trước dân.",
        "Thực hiện 02 Chương trình mục tiêu quốc gia.",
        "Mỗi xã có ít nhất 01 công chức phụ trách môi trường.",
        "Xây dựng ống cống D=600-800mm dọc tuyến đường.",
        "Tăng công suất 03 trạm biến áp.",
    ],
)
def test_thresholds_programmes_posts_and_sizes_in_a_task_are_no_targets(words: str) -> None:
    assert targets(f"II. NHIỆM VỤ\n1. {words}") == []


@pytest.mark.parametrize(
    "words",
    [
        "Tổ chức 01 lớp bồi dưỡng cho tổ bảo vệ rừng.",
        "Mỗi xã ra mắt 01 mô hình trồng nấm.",
        "Tập huấn kỹ năng số cho toàn bộ công chức cấp xã.",
        "Kiểm tra vệ sinh tại ít nhất 06 chợ.",
        "Hằng năm, tối thiểu 300 lượt cán bộ được tập huấn.",
    ],
)
def test_counted_work_in_a_task_is_a_target(words: str) -> None:
    assert len(targets(f"II. NHIỆM VỤ\n1. {words}")) == 1
