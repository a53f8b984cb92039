"""Targets: value, comparator, unit, population, outcome, condition, commitment, horizon; and what is none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vnplan
from vnplan.extract.target_context import heading_horizon
from vnplan.extract.target_items import parse_item
from vnplan.extract.target_predicates import split_predicate
from vnplan.extract.targets import find_targets
from vnplan.model import Block, Cell, Problem, Source, Span, Target
from vnplan.structure import read_structure
from vnplan.text import clean_text

HEAD = "KẾ HOẠCH\nPhát triển y tế cơ sở giai đoạn 2026 - 2030\n"


def targets(body: str, head: str = HEAD) -> list[Target]:
    text = clean_text(head + body)
    return [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]


def objectives(*items: str) -> list[Target]:
    return targets("I. MỤC TIÊU\n1. Mục tiêu cụ thể\n" + "\n".join(f"- {item}" for item in items))


def only(*items: str) -> Target:
    (target,) = objectives(*items)
    return target


def test_a_figure_of_a_year_before_the_plan_is_no_target() -> None:
    found = objectives("Năm 2024 có 80% số xã có bác sĩ, đến năm 2028 có 95% số xã có bác sĩ.")
    assert [(target.low, target.horizon) for target in found] == [(95, "2028")]


def test_results_before_the_plan_are_no_targets() -> None:
    results = "I. KẾT QUẢ GIAI ĐOẠN 2021 - 2025\nTỷ lệ xã có bác sĩ đạt 80%, tăng 5% so với năm 2021.\n"
    found = targets(f"{results}II. MỤC TIÊU\n1. Tỷ lệ xã có bác sĩ đạt 95%.\n")
    assert [(target.low, target.path) for target in found] == [(95, "II.1")]


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("Ít nhất 80% số xã có bác sĩ.", "at_least"),
        ("80% số xã trở lên có bác sĩ.", "at_least"),
        ("Tỷ lệ xã có bác sĩ đạt từ 80% trở lên.", "at_least"),
        ("Tỷ lệ xã có bác sĩ đạt ≥ 80%.", "at_least"),
        ("Trên 80% số xã có bác sĩ.", "above"),
        ("Từ trên 80% số xã có bác sĩ.", "above"),
        ("Không quá 5% hồ sơ giải quyết quá hạn.", "at_most"),
        ("Tỷ lệ hồ sơ quá hạn dưới 5%.", "below"),
        ("Khoảng 80% số xã có bác sĩ.", "about"),
        ("Khoảng 05 - 08 trạm y tế được nâng cấp.", "about"),
        ("Từ 80 - 85% số xã có bác sĩ.", "range"),
        ("Tỷ lệ xã có bác sĩ đạt 80%.", "equal"),
        ("Giảm 5% số vụ ngộ độc thực phẩm.", "decrease_by"),
        ("Số vụ ngộ độc thực phẩm được phát hiện tăng trên 3%.", "increase_by"),
        ("Giảm tỷ lệ hộ nghèo xuống còn dưới 3%.", "decrease_to"),
        ("Nâng tỷ lệ bao phủ bảo hiểm y tế lên 95%.", "increase_to"),
        ("Chỉ số cải cách hành chính thuộc nhóm 10 tỉnh dẫn đầu.", "at_most"),
    ],
)
def test_the_words_of_comparison_decide(words: str, comparator: str) -> None:
    assert only(words).comparator == comparator


def test_population_ends_and_outcome_begins_at_the_passive() -> None:
    target = only("90% trẻ em có hoàn cảnh khó khăn được cấp thẻ bảo hiểm y tế.")
    assert (target.population, target.outcome) == ("trẻ em có hoàn cảnh khó khăn", "được cấp thẻ bảo hiểm y tế")


def test_a_passive_that_only_says_who_gave_the_task_is_population() -> None:
    target = only("100% nhiệm vụ được Thủ tướng Chính phủ giao được theo dõi trên môi trường điện tử.")
    assert target.population == "nhiệm vụ được Thủ tướng Chính phủ giao"


@pytest.mark.parametrize(
    ("population", "outcome"),
    [
        ("hộ gia đình ở nông thôn", "có nhà tiêu hợp vệ sinh"),
        ("cơ quan có thẩm quyền", "bố trí công chức theo đúng vị trí việc làm được phê duyệt"),
        ("các tỉnh, thành phố", "đưa mục tiêu giảm tử vong mẹ vào kế hoạch hằng năm"),
        ("tàu cá có chiều dài từ 15 mét trở lên", "lắp thiết bị giám sát hành trình"),
        ("hợp tác xã nông nghiệp", "hoạt động có hiệu quả"),
        ("chỉ tiêu, nhiệm vụ đào tạo, bồi dưỡng cán bộ", "được hoàn thành trong năm"),
    ],
)
def test_the_predicate_is_not_a_verb_inside_the_noun_phrase(population: str, outcome: str) -> None:
    words = f"{population} {outcome}"
    assert split_predicate(words, 0, len(words)) == len(population) + 1


@pytest.mark.parametrize(
    ("words", "population", "outcome"),
    [
        ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt 80%.", "hồ sơ", "trực tuyến toàn trình"),
        ("Tỷ lệ khai thác, sử dụng lại thông tin, dữ liệu đạt 50%.", "thông tin, dữ liệu", "khai thác, sử dụng lại"),
        ("Tỷ lệ chi trả điện tử trên tổng số lượt chi trả đạt 70%.", "tổng số lượt chi trả", "chi trả điện tử"),
        ("Mức độ hài lòng của người bệnh về thái độ phục vụ đạt 90%.", "người bệnh", "hài lòng về thái độ phục vụ"),
    ],
)
def test_an_indicator_is_divided_into_whom_and_what(words: str, population: str, outcome: str) -> None:
    target = only(words)
    assert (target.population, target.outcome) == (population, outcome)


def test_words_of_wish_and_eligibility_are_the_condition() -> None:
    target = only("70% người khuyết tật có nhu cầu và đủ điều kiện được vay vốn ưu đãi.")
    assert (target.population, target.condition) == ("người khuyết tật", "có nhu cầu và đủ điều kiện")


def test_a_bracketed_exception_is_a_condition_and_not_quoted() -> None:
    text = clean_text(HEAD + "I. MỤC TIÊU\n- 100% văn bản được xử lý trên mạng (trừ văn bản mật).")
    (target,) = [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]
    assert target.condition == "trừ văn bản mật"
    assert text.quote(target.span) == "100% văn bản được xử lý trên mạng"


def test_two_shares_of_one_predicate_are_two_targets() -> None:
    first, second = objectives("80% người già, 60% trẻ em và người khuyết tật được khám sức khỏe định kỳ.")
    assert (first.low, first.population, second.low) == (80, "người già", 60)
    assert second.population == "trẻ em và người khuyết tật"
    assert first.outcome == second.outcome == "được khám sức khỏe định kỳ"


def test_one_number_for_two_groups_is_one_target() -> None:
    assert len(objectives("80% người già và trẻ em được khám sức khỏe định kỳ.")) == 1


def test_a_later_clause_shares_the_indicator_before_it() -> None:
    found = objectives("Tỷ lệ xã có bác sĩ đạt 80% vào năm 2027 và 95% vào năm 2030.")
    assert [(target.low, target.horizon, target.outcome) for target in found] == [
        (80, "2027", "có bác sĩ"), (95, "2030", "có bác sĩ")
    ]  # fmt: skip


def test_an_outcome_goes_on_behind_a_semicolon() -> None:
    target = only("100% người bệnh được khám tại nhà; được cấp thuốc miễn phí.")
    assert target.outcome == "được khám tại nhà; được cấp thuốc miễn phí"


@pytest.mark.parametrize(
    ("words", "commitment"),
    [
        ("Phấn đấu 80% số xã có bác sĩ.", "strive"),
        ("Phần đấu 80% số xã có bác sĩ.", "strive"),
        ("Bảo đảm 80% số xã có bác sĩ.", "guarantee"),
        ("100% hồ sơ phải được giải quyết đúng hạn.", "guarantee"),
        ("80% số xã có bác sĩ.", "plain"),
    ],
)
def test_the_commitment_is_read(words: str, commitment: str) -> None:
    assert only(words).commitment == commitment


def test_a_horizon_stated_in_the_sentence_goes_first() -> None:
    target = only("Đến hết năm 2028, phấn đấu 80% số xã có bác sĩ.")
    assert (target.horizon, target.horizon_source) == ("2028", "stated")


def test_a_heading_above_gives_the_horizon() -> None:
    (target,) = targets("I. MỤC TIÊU\n1. Mục tiêu cụ thể đến năm 2027\n- 80% số xã có bác sĩ.")
    assert (target.horizon, target.horizon_source) == ("2027", "heading")


def test_a_lead_line_gives_the_horizon_to_what_follows() -> None:
    found = targets("I. MỤC TIÊU\n- Đến năm 2027:\n+ 60% số xã có bác sĩ.\n- Đến năm 2030:\n+ 90% số xã có bác sĩ.")
    assert [(target.low, target.horizon) for target in found] == [(60, "2027"), (90, "2030")]


def test_else_the_period_of_the_plan_ends_the_horizon() -> None:
    target = only("80% số xã có bác sĩ.")
    assert (target.horizon, target.horizon_source) == ("2030", "period")


def test_a_year_that_belongs_to_a_programme_is_no_horizon() -> None:
    target = only("100% mục tiêu của Chương trình phát triển dân số đến năm 2045 được cụ thể hóa.")
    assert target.horizon_source == "period"


def test_a_heading_that_names_a_programme_sets_no_time() -> None:
    assert heading_horizon("KẾ HOẠCH THỰC HIỆN CHƯƠNG TRÌNH Y TẾ GIAI ĐOẠN 2026 - 2030")[0] is None


@pytest.mark.parametrize(
    ("words", "per"),
    [
        ("Hằng năm, 80% người già được khám sức khỏe.", "year"),
        ("Tỷ lệ hộ nghèo giảm bình quân 1 - 1,5%/năm.", "year"),
        ("Mỗi quý, mỗi xã có ít nhất 01 buổi truyền thông.", "quarter"),
        ("100% mục tiêu của kế hoạch hằng năm được hoàn thành.", None),
    ],
)
def test_a_rate_says_how_often(words: str, per: str | None) -> None:
    assert only(words).per == per


@pytest.mark.parametrize(
    ("words", "baseline"),
    [
        ("Giảm 10% số ca mắc so với năm 2025.", "năm 2025"),
        ("Giảm tỷ lệ hộ nghèo từ 3,5% năm 2025 xuống còn 1%.", "3,5% năm 2025"),
    ],
)
def test_what_a_value_is_compared_with_is_its_baseline(words: str, baseline: str) -> None:
    assert only(words).baseline == baseline


@pytest.mark.parametrize(
    "words", ["Không có văn bản ban hành trái quy định.", "Không còn hộ đói.", "Chấm dứt tình trạng tảo hôn."]
)
def test_words_for_none_are_a_target_of_zero(words: str) -> None:
    assert (only(words).low, only(words).high) == (0, 0)


@pytest.mark.parametrize(
    "words",
    [
        "Toàn tỉnh hiện có 1.204 cán bộ y tế, đạt 80% định biên.",
        "Ưu tiên trẻ em dưới 6 tuổi và người từ 80 tuổi trở lên.",
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
        "Không để xảy ra dịch bệnh lớn.",
        "Tăng thêm số người tham gia bảo hiểm y tế.",
        "Không có khả năng cân đối ngân sách.",
        "Giải quyết trong thời hạn 15 ngày làm việc.",
    ],
)
def test_ages_dates_statistics_and_deadlines_are_no_targets(words: str) -> None:
    assert objectives(words) == []


def test_the_situation_and_the_budget_hold_no_targets() -> None:
    body = "I. ĐÁNH GIÁ TÌNH HÌNH\n1. 80% số xã có bác sĩ.\nII. KINH PHÍ\n1. Ngân sách tỉnh hỗ trợ 50% nhu cầu."
    assert targets(body) == []


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("Đưa nội dung phòng bệnh vào giờ sinh hoạt cho 100% học sinh các trường.", 100),
        ("Xây dựng 02 mô hình chăm sóc người cao tuổi.", 2),
        ("Nâng cao năng lực cán bộ, tổ chức 10 lớp tập huấn về quản lý trạm y tế.", 10),
    ],
)
def test_a_quantified_commitment_in_a_task_is_a_target(words: str, low: float) -> None:
    (target,) = targets(f"II. NHIỆM VỤ\n1. {words}")
    assert (target.low, target.role) == (low, "tasks")


@pytest.mark.parametrize(
    "words",
    [
        "Cử 01 lãnh đạo phụ trách công tác y tế.",
        "Tập trung thực hiện tốt 08 nhóm nhiệm vụ trọng tâm.",
        "Phối hợp với 07 tỉnh trong vùng phòng, chống dịch.",
        "Ngân sách hỗ trợ 100% kinh phí mua thẻ bảo hiểm.",
        "Trường hợp cơ sở có từ 10 người trở lên thì phải có cán bộ y tế.",
    ],
)
def test_staffing_and_thresholds_in_a_task_are_no_targets(words: str) -> None:
    assert targets(f"II. NHIỆM VỤ\n1. {words}") == []


def test_a_legal_act_sets_thresholds_and_no_targets() -> None:
    head = "QUYẾT ĐỊNH\nQuy định tiêu chí xác định địa bàn\n"
    body = "Điều 1. Tiêu chí\n1. Tỷ lệ thôn có tệ nạn chiếm từ 3% tổng số thôn trở lên."
    text = clean_text(f"THỦ TƯỚNG CHÍNH PHỦ\nSố: 91/2025/QĐ-TTg\n{head}{body}")
    assert [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)] == []


def test_a_new_commitment_ends_the_quote() -> None:
    text = clean_text(HEAD + "I. MỤC TIÊU\n- Ít nhất 40% số xã có bác sĩ, phấn đấu xây dựng xã tiên tiến về y tế.")
    (target,) = [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]
    assert text.quote(target.span) == "Ít nhất 40% số xã có bác sĩ"


def test_the_gold_targets_of_real_plans_are_found(shared: Path) -> None:
    missed, wrong, held = 0, 0, 0
    for gold in sorted((shared / "gold").glob("00*.gold.json")):
        rows = json.loads(gold.read_text(encoding="utf-8")).get("targets")
        if rows is None:
            continue
        raw = (shared / "seeds" / gold.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        text = clean_text(raw)
        found = [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]
        quotes = {" ".join(text.quote(target.span).split()) for target in found}
        expected = {" ".join(row["quote"].split()) for row in rows if not row.get("uncertain")}
        missed, wrong, held = missed + len(expected - quotes), wrong + len(quotes - expected), held + len(expected)
    assert held and missed + wrong <= held // 10


def table(rows: list[tuple[str, ...]], head: str = HEAD) -> Source:
    raw, blocks = "", []
    for line in (head + "I. MỤC TIÊU\n1. Các chỉ tiêu").split("\n"):
        blocks.append(Block(Span(len(raw), len(raw) + len(line)), "paragraph"))
        raw += line + "\n"
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            blocks.append(Block(Span(len(raw), len(raw) + len(words)), "cell", cell=Cell(0, number, column)))
            raw += words + "\n"
    return Source("t.docx", "0", "application/x-docx", raw, tuple(blocks), "docx")


def test_each_year_of_a_table_is_a_target_with_the_past_as_its_baseline() -> None:
    source = table(
        [
            ("TT", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng năm 2025", "Năm 2027", "Năm 2030"),
            ("1", "Tỷ lệ xã có bác sĩ", "%", "70", "≥ 80", "90 - 95"),
            ("2", "Số trạm y tế đạt chuẩn", "Trạm", "40", "45", "60"),
        ]
    )
    text = clean_text(source)
    found = [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]
    assert [(target.low, target.high, target.comparator, target.unit, target.horizon) for target in found] == [
        (80, 80, "at_least", "%", "2027"), (90, 95, "range", "%", "2030"),
        (45, 45, "equal", "trạm", "2027"), (60, 60, "equal", "trạm", "2030"),
    ]  # fmt: skip
    assert found[0].baseline == "70% năm 2025"
    assert (found[0].population, found[0].outcome) == ("xã", "có bác sĩ")


@pytest.mark.parametrize(
    ("header", "horizon"),
    [
        ("Kế hoạch thực hiện năm 2026", "2026"), ("Mục tiêu cần đạt được đến năm 2028", "2028"),
        ("Số cơ sở năm 2027", "2027"), ("Kết quả năm 2028", "2028"), ("Ước thực hiện năm 2025", None),
        ("Số liệu năm cơ sở 2025", None),
    ],
)  # fmt: skip
def test_the_header_of_a_column_tells_what_was_or_what_shall_be(header: str, horizon: str | None) -> None:
    rows: list[tuple[str, ...]] = [("TT", "Chỉ tiêu", "Năm 2030", header), ("1", "Số trạm y tế đạt chuẩn", "60", "45")]
    text = clean_text(table(rows, head=f"Huế, ngày 5 tháng 11 năm 2025\n{HEAD}"))
    found = [item for item in find_targets(text, read_structure(text)) if isinstance(item, Target)]
    assert [target.horizon for target in found if target.low == 45] == [horizon][: horizon is not None]


def test_figures_without_cells_are_a_problem_and_not_silence() -> None:
    body = "I. MỤC TIÊU\n1. " + "Xã A 80% 70% 60% 50% " * 20
    text = clean_text(HEAD + body)
    found = list(find_targets(text, read_structure(text)))
    assert [item.code for item in found if isinstance(item, Problem)] == ["unread:figures"]


def test_the_time_grows_with_the_length() -> None:
    def took(count: int) -> float:
        words = "đạt 80%, 70% trẻ em được khám và " * count
        start = time.perf_counter()
        parse_item(words)
        return time.perf_counter() - start

    took(50)
    assert took(1600) < 12 * max(took(200), 0.002)


PLAN_WORDS = (
    "80%", "05-08 người", "trẻ em", "được", "có", "đạt", "tỷ lệ", "phấn đấu", ";", ",", ".", ":", "(", ")",
    "đến năm 2030",
    "giảm", "xuống", "không có", "và", "hằng năm", "có nhu cầu", "trong đó", "100% học sinh", "\n- ", "\nI. MỤC TIÊU\n",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PLAN_WORDS) | st.text(max_size=4), max_size=40))
def test_any_words_give_ordered_targets_that_quote_what_they_claim(words: list[str]) -> None:
    text = clean_text(" ".join(words))
    structure = read_structure(text)
    found = [item for item in find_targets(text, structure) if isinstance(item, Target)]
    assert found == [item for item in find_targets(text, structure) if isinstance(item, Target)]
    for target in found:
        assert 0 <= target.span.start < target.span.end <= len(text.raw)
        assert target.low <= target.high
        assert target.population is None or target.population.strip() == target.population != ""


def test_above_and_below_at_once_is_about() -> None:
    (target,) = vnplan.parse("KẾ HOẠCH\nI. MỤC TIÊU\n- Phấn đấu trên dưới 95% trẻ em được tư vấn tâm lý.\n").targets
    assert (target.low, target.comparator) == (95.0, "about")
