"""Bodies that a document names: names, units supplied, classes, lists, and what is no body."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.extract.agencies import find_agencies, parse_agency_list
from vnplan.gazetteer import fold
from vnplan.model import Agency, Header, Section, Span, Structure
from vnplan.structure import read_structure
from vnplan.text import clean_text

PROVINCE = Header(issuer="UBND tỉnh Lạng Sơn", level="province", jurisdiction="tỉnh Lạng Sơn", date="2024-03-01")
CITY = Header(
    issuer="UBND thành phố Lai Châu", level="district", jurisdiction="thành phố Lai Châu, tỉnh Lai Châu", date="2024"
)
WARD = Header(
    issuer="UBND phường Dị Sử", level="commune", jurisdiction="phường Dị Sử, thị xã Mỹ Hào, tỉnh Hưng Yên", date="2024"
)
NEW_WARD = Header(
    issuer="UBND phường Mỹ Hào", level="commune", jurisdiction="phường Mỹ Hào, tỉnh Hưng Yên", date="2026-02-01"
)
MINISTRY = Header(issuer="Bộ Y tế", level="central", date="2026-02-01")


def find(raw: str, header: Header = PROVINCE) -> list[Agency]:
    text = clean_text(raw)
    structure = Structure(header, (), preamble=(0, len(text.clean)), body_end=len(text.clean))
    return [found for found in find_agencies(text, structure) if isinstance(found, Agency)]


def names(raw: str, header: Header = PROVINCE) -> list[str]:
    return [found.name for found in find(raw, header)]


def listed(raw: str, header: Header = PROVINCE) -> list[str]:
    text = clean_text(raw)
    structure = Structure(header, (), preamble=(0, len(text.clean)), body_end=len(text.clean))
    return [found.name for found in parse_agency_list(text, structure, 0, len(text.clean))]


def test_the_documents_own_unit_is_supplied() -> None:
    assert names("Sở Y tế báo cáo UBND tỉnh trước ngày 15/12.") == ["Sở Y tế tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"]
    assert names("Giao Phòng Tư pháp hướng dẫn.", CITY) == ["Phòng Tư pháp thành phố Lai Châu"]


def test_a_district_speaks_of_the_province_above_and_a_ward_of_its_district() -> None:
    assert names("Theo văn bản của Sở Y tế tỉnh và UBND tỉnh.", CITY) == [
        "Sở Y tế tỉnh Lai Châu",
        "UBND tỉnh Lai Châu",
    ]
    found = find("Tổng hợp, báo cáo phòng Lao động - TB&XH theo quy định.", WARD)
    assert [(a.name, a.level) for a in found] == [("Phòng Lao động - Thương binh và Xã hội thị xã Mỹ Hào", "district")]


def test_an_office_of_a_ward_is_the_wards_own_since_districts_are_gone() -> None:
    found = find("Phòng Văn hóa - Xã hội chủ trì thực hiện.", NEW_WARD)
    assert [(a.name, a.level) for a in found] == [("Phòng Văn hóa - Xã hội phường Mỹ Hào", "commune")]


def test_level_and_jurisdiction_come_with_the_name() -> None:
    (found,) = find("Trung tâm Y tế thành phố tổ chức khám.", CITY)
    assert (found.level, found.jurisdiction, found.is_class) == ("district", "thành phố Lai Châu, tỉnh Lai Châu", False)


def test_a_named_unit_outranks_the_documents_own() -> None:
    (found,) = find("Căn cứ Kế hoạch của UBND huyện Bắc Hà.")
    assert (found.name, found.jurisdiction) == ("UBND huyện Bắc Hà", "huyện Bắc Hà, tỉnh Lào Cai")


def test_spellings_of_one_body_have_one_name() -> None:
    raw = "Phòng Lao động - Thương binh và Xã hội thành phố, phòng Lao động - TB&XH, Phòng LĐTBXH"
    assert set(names(raw, CITY)) == {"Phòng Lao động - Thương binh và Xã hội thành phố Lai Châu"}


def test_one_class_in_two_orders_has_the_first_name() -> None:
    assert set(names("UBND các phường, xã thực hiện. Yêu cầu UBND các xã, phường báo cáo.", CITY)) == {
        "UBND các phường, xã"
    }


def test_bodies_with_one_head_are_told_apart() -> None:
    assert names("Sở Y tế, Giáo dục và Đào tạo, Tài chính phối hợp.") == [
        "Sở Y tế tỉnh Lạng Sơn",
        "Sở Giáo dục và Đào tạo tỉnh Lạng Sơn",
        "Sở Tài chính tỉnh Lạng Sơn",
    ]
    assert names("Giám đốc các Sở: Nội vụ, Tư pháp chịu trách nhiệm.") == [
        "Sở Nội vụ tỉnh Lạng Sơn",
        "Sở Tư pháp tỉnh Lạng Sơn",
    ]


def test_a_list_shares_the_unit_at_its_end() -> None:
    assert names("Báo cáo Thường trực HĐND, UBND huyện Bắc Hà.") == [
        "Thường trực HĐND huyện Bắc Hà",
        "UBND huyện Bắc Hà",
    ]
    assert names("Đề nghị HĐND, UBND các huyện giám sát.") == ["HĐND các huyện", "UBND các huyện"]


def test_the_head_of_a_body_is_no_second_body() -> None:
    assert names("Giám đốc Sở Y tế, Chủ tịch UBND các huyện chịu trách nhiệm.") == [
        "Sở Y tế tỉnh Lạng Sơn",
        "UBND các huyện",
    ]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Yêu cầu các sở, ban, ngành thực hiện.", "các sở, ban, ngành"),
        ("Các cơ quan, đơn vị liên quan phối hợp.", "các cơ quan, đơn vị liên quan"),
        ("Phối hợp với cơ quan, đơn vị có liên quan.", "cơ quan, đơn vị có liên quan"),
        ("UBND các huyện, thị xã, thành phố bố trí kinh phí.", "UBND các huyện, thị xã, thành phố"),
        ("Trách nhiệm của UBND cấp xã.", "UBND cấp xã"),
        ("Các tổ chức chính trị - xã hội tỉnh vận động hội viên.", "các tổ chức chính trị - xã hội tỉnh Lạng Sơn"),
        ("Các cơ quan chuyên môn thuộc UBND tỉnh thực hiện.", "các cơ quan chuyên môn thuộc UBND tỉnh Lạng Sơn"),
    ],
)
def test_a_class_is_a_body(raw: str, name: str) -> None:
    (found,) = find(raw)
    assert found.name == name and found.is_class


@pytest.mark.parametrize(
    "raw",
    [
        "Trình cơ quan có thẩm quyền phê duyệt.",
        "Nâng cao nhận thức của các cấp, các ngành.",
        "Các tổ chức, cá nhân được hỗ trợ.",
        "Ban hành văn bản về quyền sở hữu trí tuệ.",
        "Phòng ngừa, phát hiện sớm; phòng, chống bạo lực.",
        "Hội nghị tuyên truyền cho đoàn viên, hội viên.",
        "Bộ phận thường trực và cán bộ phụ trách.",
        "Các tổ chức tín dụng cho vay.",
        "Căn cứ Luật Tổ chức Chính phủ.",
        "Kế hoạch số 52/KH-UBND.",
        "Phát triển chính phủ điện tử, chính quyền số.",
        "Nhiệm vụ chính trị của xã hội.",
    ],
)
def test_what_only_looks_like_a_body_is_none(raw: str) -> None:
    assert names(raw) == []


def test_a_class_with_persons_counts_where_it_heads_a_duty() -> None:
    raw = "6. Các cơ quan, tổ chức, cá nhân có liên quan\nTuyên truyền đến các cơ quan, tổ chức, cá nhân."
    text = clean_text(raw)
    section = Section("V.6", "6.", "", "organisation", "heading", None, 0, raw.index("\n"), Span(0, len(raw)))
    structure = Structure(PROVINCE, (section,), preamble=(0, 0), body_end=len(text.clean))
    found = [a for a in find_agencies(text, structure) if isinstance(a, Agency)]
    assert [(a.name, a.path) for a in found] == [("các cơ quan, tổ chức, cá nhân có liên quan", "V.6")]


def test_a_body_inside_a_body_is_one() -> None:
    assert names("Phối hợp với Khoa Nhi của Trung tâm Tâm lý Bệnh viện Bạch Mai.") == [
        "Trung tâm Tâm lý Bệnh viện Bạch Mai"
    ]
    assert names("Giao Phòng Cảnh sát giao thông Công an tỉnh xử lý.") == [
        "Phòng Cảnh sát giao thông Công an tỉnh Lạng Sơn"
    ]


def test_an_office_of_the_issuer_bears_its_name() -> None:
    assert names("Chánh Văn phòng Bộ, Chánh Thanh tra Bộ và Vụ trưởng Vụ Pháp chế thi hành.", MINISTRY) == [
        "Văn phòng Bộ Y tế",
        "Thanh tra Bộ Y tế",
        "Vụ Pháp chế",
    ]


def test_a_board_with_a_long_name_ends_before_the_verb() -> None:
    assert names("Ban Chỉ đạo phòng, chống tội phạm tỉnh chỉ đạo các ngành chức năng.")[0] == (
        "Ban Chỉ đạo phòng, chống tội phạm tỉnh Lạng Sơn"
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Các cơ quan, đơn vị, địa phương", ["các cơ quan, đơn vị, địa phương"]),
        ("Sở Nội vụ; các sở, ngành", ["Sở Nội vụ tỉnh Lạng Sơn", "các sở, ngành"]),
        ("Các huyện, thành phố", ["các huyện, thành phố"]),
        ("Các tổ chức, cá nhân liên quan", ["các tổ chức, cá nhân liên quan"]),
        (
            "Hội Người khuyết tật tỉnh, các cơ quan liên quan và UBND các phường, xã",
            ["Hội Người khuyết tật tỉnh Lạng Sơn", "các cơ quan liên quan", "UBND các phường, xã"],
        ),
        (
            "7. Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức thành viên",
            ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn", "các tổ chức thành viên"],
        ),
    ],
)
def test_a_list_of_bodies_is_split(cell: str, expected: list[str]) -> None:
    assert listed(cell) == expected


def test_a_list_uses_the_names_of_its_document() -> None:
    raw = "Sở Văn hóa, Thể thao và Du lịch chủ trì.\nSở VHTTDL"
    text = clean_text(raw)
    structure = Structure(PROVINCE, (), preamble=(0, len(text.clean)), body_end=len(text.clean))
    (found,) = parse_agency_list(text, structure, text.clean.index("\n"), len(text.clean))
    assert found.name == "Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn"
    assert text.quote(found.span) == "Sở VHTTDL"


def test_a_document_without_a_header_takes_its_unit_from_the_opening() -> None:
    assert names("Thực hiện Chương trình trên địa bàn tỉnh Cà Mau, UBND tỉnh giao Sở Y tế.", Header()) == [
        "UBND tỉnh Cà Mau",
        "Sở Y tế tỉnh Cà Mau",
    ]


def test_a_document_of_no_known_unit_is_read_all_the_same() -> None:
    assert names("UBND tỉnh giao Sở Y tế.", Header()) == ["UBND tỉnh", "Sở Y tế"]


_PIECES = st.sampled_from(
    ["các", "sở", "Sở Y tế", ",", "và", "UBND", "cấp", "tỉnh", "thành phố", "Ban", "Chỉ đạo", "(", ")", "-", "/", "\n",
     "Phòng", "của", "Trung tâm", "cơ quan", "Lạng Sơn", "LĐ-TB&XH", "xã", "1."]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_words_give_mentions_in_order_that_quote_them(raw: str) -> None:
    found = find(raw)
    assert found == find(raw)
    assert [a.span for a in found] == sorted(a.span for a in found)
    for agency in found:
        assert 0 <= agency.span.start < agency.span.end <= len(raw)
        assert agency.name


def test_the_time_grows_with_the_length() -> None:
    piece = "các sở, ban, ngành, UBND các huyện, Ban Chỉ đạo phòng, chống , và các cơ quan của của thuộc "
    assert len(find(piece * 400)) == 400 * len(find(piece))


def test_the_gold_documents_are_read(shared: Path) -> None:
    right = wrong = missed = 0
    for file in sorted((shared / "gold").glob("0*.gold.json")):
        gold = json.loads(file.read_text("utf-8"))
        text = clean_text((shared / "seeds" / file.name.replace(".gold.json", ".txt")).read_text("utf-8"))
        found = {fold(a.name) for a in find_agencies(text, read_structure(text)) if isinstance(a, Agency)}
        certain = {fold(a["name"]) for a in gold["agencies"] if not a.get("uncertain")}
        right += len(found & certain)
        wrong += len(found - {fold(a["name"]) for a in gold["agencies"]})
        missed += len(certain - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.9


@pytest.mark.parametrize("piece", ["Phòng ", "Văn phòng Ban ", "các huyện, ", "thuộc UBND ", "- ", "Trung tâm A "])
def test_a_word_without_end_repeated_is_read(piece: str) -> None:
    assert find(piece * 3_000) == find(piece * 3_000)


def test_the_formula_of_execution_names_no_classes() -> None:
    raw = "Giao Sở Y tế rà soát.\nGiám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này."
    assert names(raw) == ["Sở Y tế tỉnh Lạng Sơn"]


def test_a_class_that_is_told_something_counts_in_the_formula_too() -> None:
    raw = "Giao UBND các huyện rà soát.\nChủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này."
    assert set(names(raw)) == {"UBND các huyện"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("5- Ban Tuyên giáo Tỉnh ủy hướng dẫn.", ["Ban Tuyên giáo Tỉnh ủy Lạng Sơn"]),
        ("Kế hoạch số 52/KH- UBND ngày 05/01/2024.", []),
        ("UBND huyện Cao Lộc, UBND huyện Lộc Bình rà soát.", ["UBND huyện Cao Lộc", "UBND huyện Lộc Bình"]),
        ("VNPT Lạng Sơn, Viettel Lạng Sơn kéo cáp.", ["VNPT Lạng Sơn", "Viettel Lạng Sơn"]),
    ],
)
def test_bodies_are_found_behind_labels_and_commas_and_not_in_numbers(raw: str, expected: list[str]) -> None:
    assert names(raw) == expected


def test_an_office_of_a_department_bears_the_departments_name() -> None:
    department = Header(
        issuer="Sở Y tế tỉnh Lạng Sơn", level="province", jurisdiction="tỉnh Lạng Sơn", date="2024-03-01"
    )
    assert names("Phòng Nghiệp vụ Y tổng hợp.", department)[0].endswith("Sở Y tế tỉnh Lạng Sơn")
    assert names("Thanh tra Sở kiểm tra.", department) == ["Thanh tra Sở Y tế tỉnh Lạng Sơn"]


def test_a_text_may_break_off_behind_the_word_for_a_hamlet() -> None:
    text = clean_text("KẾ HOẠCH\nI. NHIỆM VỤ\n1. Cung cấp cho Ủy ban nhân dân cấp xã bản")
    assert [agency.name for agency in find_agencies(text, read_structure(text)) if isinstance(agency, Agency)]
