"""On which grounds something is said, how certain it is, and with which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_builder import (
    COMMON,
    LATRINE,
    PIPES,
    PROGRAMME,
    QUIET,
    SCHOOLS,
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

from vnplan import parse
from vnplan.compare import audit
from vnplan.compare.pairs import unreadable
from vnplan.model import Problem


@pytest.mark.parametrize("code", ["cut:pages", "cut:agencies", "unread:figures", "unread:tables", "no-text"])
def test_a_child_of_which_a_part_was_not_read_is_compared_with_nothing(code):
    child = plan(aims=(), duties=(), problems=(Problem(code, ""),))
    result = audit([decision(), child])
    assert [f.finding for f in result.findings if f.severity != "info"] == []
    assert all((row.satisfied, row.not_satisfied) == (0, 0) for row in result.coverage)


WHOLE = """ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI
Số: 15/QĐ-UBND
Quảng Ngãi, ngày 4 tháng 3 năm 2024
QUYẾT ĐỊNH
Ban hành Kế hoạch thư viện cộng đồng
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thư viện cộng đồng.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
KẾ HOẠCH
Thư viện cộng đồng
I. MỤC TIÊU
1. Phấn đấu 80% xã có thư viện.
II. NHIỆM VỤ
1. Mua sách khoa học, văn học thiếu nhi cho thư viện xã."""


def test_a_plan_that_breaks_off_behind_the_signature_of_its_decision_is_not_whole():
    assert unreadable(parse(WHOLE, name="a.txt")) is None
    assert unreadable(parse(WHOLE + "\n2. Tập huấn cho thủ thư của các", name="a.txt")) == "cut:end"
    assert unreadable(parse(WHOLE + "\n2.", name="a.txt")) == "cut:end"


def test_what_a_text_without_an_end_lacks_is_less_certain():
    lacking = plan(duties=tuple(duty for duty in COMMON if duty is not SCHOOLS))
    header = replace(lacking.header, recipients=(), signatory=None)
    endless = replace(lacking, structure=replace(lacking.structure, header=header))
    sure, unsure = (only("missing_task", decision(), child) for child in (lacking, endless))
    assert unsure.confidence == pytest.approx(sure.confidence * 0.75, abs=0.01)


def test_a_quote_is_one_line_and_a_name_without_number_says_what_it_is_about():
    nameless = plan(
        number=None, aims=(changed(WATER, "Phấn đấu 90% hộ dân\nnông thôn được sử dụng nước sạch", low=90),)
    )
    finding = only("weakened_target", decision(), nameless)
    assert finding.child_evidence is not None
    assert "\n" not in finding.child_evidence.quote
    child = make("child.txt", "district", number="3/KH-UBND", date="2024-07-01", cited=(
        Cited("Thực hiện Kế hoạch ngày 22/3/2024 của UBND tỉnh Quảng Ngãi", None, "2024-03-22", "UBND tỉnh Quảng Ngãi",
              subject=f"về {PROGRAMME} giai đoạn 2024 - 2030"),
    ), aims=(WATER, LATRINE))  # fmt: skip
    names = {
        f.message_vi.split("“")[1].split("”")[0] for f in audit([nameless, child]).findings if "“Thực" in f.message_vi
    }
    assert names == {f"Thực hiện {PROGRAMME} giai đoạn 2024 - 2030"}


def test_a_better_value_at_a_later_time_is_another_step_and_no_finding():
    later = changed(WATER, "Phấn đấu 98% hộ dân nông thôn được sử dụng nước sạch", low=98, fields={"horizon": "2035"})
    assert found(decision(), plan(aims=(later, LATRINE)), quiet=QUIET) == []


def test_a_place_in_a_ranking_is_neither_missing_nor_new_in_other_words():
    words = "thuộc nhóm 10 tỉnh dẫn đầu về chỉ số nước sạch"
    place = Aim(words, 10, "chỉ số nước sạch", "thuộc nhóm dẫn đầu", unit="tỉnh", comparator="at_most")
    other = replace(
        place, words="Xếp hạng cung cấp nước: thứ bậc 10", population="Xếp hạng cung cấp nước", unit="thứ bậc"
    )
    assert found(decision(aims=(WATER, LATRINE, place)), plan(aims=(WATER, LATRINE, other))) == []


def test_a_number_for_an_aim_that_the_parent_leaves_open_is_told_with_the_words_of_the_parent():
    words = "Lắp đặt máy lọc nước uống cho 40 trạm y tế vùng cao"
    new = Aim(words, 40, "trạm y tế vùng cao", "Lắp đặt máy lọc nước uống", unit="trạm")
    parent = decision(aims=(WATER, LATRINE, "Lắp đặt máy lọc nước uống cho trạm y tế vùng cao"))
    finding = only("added_target", parent, plan(aims=(WATER, LATRINE, new)))
    assert "mà không có con số" in finding.message_vi
    assert finding.parent_evidence is not None
    assert finding.parent_evidence.quote == "Lắp đặt máy lọc nước uống cho trạm y tế vùng cao"


def test_english_messages_name_documents_and_write_figures_in_english():
    finding = only("missing_target", decision(), plan(aims=(LATRINE,)))
    assert "Decision 77/QĐ-TTg" in finding.message_en
    assert "Quyết định số 77/QĐ-TTg" in finding.message_vi


@pytest.mark.parametrize(
    "words",
    [
        "duy trì trên 0,7",
        "của tỉnh, duy trì trên 0,7",
        "đạt 90, trong đó ưu tiên vùng cao",
        "giữ 3 điểm",
        "từ 5 - 7 điểm",
    ],
)
def test_an_aim_with_any_figure_has_not_lost_its_number(words):
    index = Aim("Chỉ số nguồn nước sạch nông thôn đạt 0,8", 0.8, "Chỉ số nguồn nước sạch nông thôn", "đạt", unit="điểm")
    child = plan(aims=(WATER, LATRINE, f"Chỉ số nguồn nước sạch nông thôn {words}"))
    assert found(decision(aims=(WATER, LATRINE, index)), child, quiet=QUIET) == []


def test_an_age_is_no_figure_of_a_target():
    young = Aim(
        "80% trẻ em dưới 6 tuổi tại xã đảo được khám răng", 80, "trẻ em dưới 6 tuổi tại xã đảo", "được khám răng"
    )
    child = plan(aims=(WATER, LATRINE, "trẻ em dưới 6 tuổi tại xã đảo được khám răng"))
    assert found(decision(aims=(WATER, LATRINE, young)), child, quiet=QUIET) == [("unquantified_target", None)]


def test_a_share_of_files_is_not_measured_by_a_share_of_procedures():
    files = Aim("80% hồ sơ thủ tục hành chính nộp trực tuyến", 80, "hồ sơ thủ tục hành chính", "nộp trực tuyến")
    offered = Aim(
        "100% thủ tục hành chính đủ điều kiện có dịch vụ nộp trực tuyến", 100,
        "thủ tục hành chính đủ điều kiện", "có dịch vụ nộp trực tuyến",
    )  # fmt: skip
    parent = decision(aims=(WATER, LATRINE, offered))
    assert found(parent, plan(aims=(WATER, LATRINE, files)), quiet=QUIET) == []
    fewer = replace(offered, words=offered.words.replace("100%", "80%"), low=80)
    assert found(parent, plan(aims=(WATER, LATRINE, fewer)), quiet=QUIET) == [("weakened_target", "value")]


def test_about_beside_an_effort_says_what_the_parent_strives_for():
    own = changed(WATER, "Khoảng 95% hộ dân nông thôn được sử dụng nước sạch", comparator="about")
    asked = changed(WATER, WATER.words, fields={"commitment": "strive"})
    finding = only("weakened_target", decision(aims=(asked,)), plan(aims=(own,)))
    assert finding.by == "softer"
    assert "đặt mức phấn đấu 95 %" in finding.message_vi
    assert "an effort for 95 %" in finding.message_en


def test_a_narrowed_task_says_what_the_words_of_the_child_are():
    half = replace(PIPES, words=PIPES.words.split(";")[0])
    finding = only("narrowed_task", decision(), plan(duties=(half, *COMMON[1:])))
    assert "Đoạn trích của văn bản này là nội dung tương ứng với phần còn lại" in finding.message_vi
    assert finding.child_evidence is not None
    assert finding.child_evidence.quote == half.words


def reasons(*documents):
    return {row.items: dict(row.reasons) for row in audit(documents).coverage}


def test_every_item_of_which_nothing_is_said_has_its_reason():
    for child in (plan(), plan(duties=(Duty("Bảo vệ rừng đầu nguồn"),)), plan(aims=())):
        for row in audit([decision(), child]).coverage:
            assert sum(count for _, count in row.reasons) == row.not_assessable


def test_what_was_not_read_whole_is_the_reason_that_nothing_is_said():
    child = plan(problems=(Problem("cut:pages", "cut"),))
    assert {why for counts in reasons(decision(), child).values() for why in counts} == {"unread"}


def test_a_plan_in_its_own_words_is_the_reason_that_no_task_is_called_missing():
    child = plan(duties=(Duty("Bảo vệ rừng đầu nguồn"), Duty("Nạo vét kênh mương nội đồng"), PIPES))
    assert "own way" in reasons(decision(), child)["tasks"]


def test_a_plan_without_targets_is_the_reason_that_none_is_called_missing():
    child = plan(aims=())
    assert set(reasons(decision(), child)["targets"]) == {"own way"}


def test_a_blank_number_without_its_line_shows_the_letterhead():
    blank = plan(number=None, head="ỦY BAN NHÂN DÂN HUYỆN BÌNH SƠN\nBình Sơn, ngày 12 tháng 3 năm 2024")
    evidence = only("blank_number", decision(), blank).child_evidence
    assert evidence is not None and "ỦY BAN NHÂN DÂN HUYỆN BÌNH SƠN" in evidence.quote
