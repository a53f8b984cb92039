"""The gazetteer: units of both eras, bodies with their spellings and successors, issuers."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.gazetteer import (
    agencies,
    all_units,
    canonical_agency,
    find_unit,
    find_units,
    fold,
    level_of_unit,
    resolve_issuer,
    same_agency,
    successors_of,
    unit_of_id,
)
from vnplan.gazetteer.tables import read_table
from vnplan.gazetteer.words import split_words

DATA = [file for file in files("vnplan.gazetteer").joinpath("data").iterdir() if file.name.endswith((".tsv", ".txt"))]


def test_the_two_eras_have_their_numbers_of_provinces() -> None:
    provinces = [unit for unit in all_units() if unit.parent is None]
    assert len([unit for unit in provinces if unit.valid_on("2025-06-30")]) == 63
    assert len([unit for unit in provinces if unit.valid_on("2025-07-01")]) == 34


def test_no_district_is_in_being_after_june_2025() -> None:
    assert not [unit for unit in all_units() if level_of_unit(unit) == "district" and unit.valid_on("2025-07-01")]


def test_the_communes_of_2025_are_3321() -> None:
    now = [u for u in all_units(communes=True) if level_of_unit(u) == "commune" and u.valid_on("2025-07-01")]
    assert len(now) == 3321


def test_every_commune_of_before_has_successors_that_exist() -> None:
    for unit in all_units(communes=True):
        if level_of_unit(unit) == "commune" and unit.valid_to:
            assert unit.successors
        assert all(unit_of_id(heir) for heir in unit.successors)


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.name)
def test_a_list_is_composed_and_holds_no_entry_twice(file) -> None:  # type: ignore[no-untyped-def]
    text = file.read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert text == unicodedata.normalize("NFC", text)
    assert len(lines) == len(set(lines))
    assert all(line == line.strip(" ") for line in lines)


@pytest.mark.parametrize(
    ("words", "qualified"),
    [
        ("thị xã Mỹ Hào", "thị xã Mỹ Hào, tỉnh Hưng Yên"),
        ("TP. Lạng Sơn", "thành phố Lạng Sơn, tỉnh Lạng Sơn"),
        ("TP HCM", "thành phố Hồ Chí Minh"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh"),
        ("tỉnh Bà Rịa-Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("tỉnh Hoà Bình", "tỉnh Hòa Bình"),
        ("tỉnh Ðiện Biên", "tỉnh Điện Biên"),
        ("tỉnh Thừa Thiên - Huế", "tỉnh Thừa Thiên Huế"),
        ("quận 01", "quận 1, thành phố Hồ Chí Minh"),
        ("Phường 12, Quận 3", "phường 12, quận 3, thành phố Hồ Chí Minh"),
        ("huyện Cư M’gar", "huyện Cư M'gar, tỉnh Đắk Lắk"),
    ],
)
def test_a_unit_is_found_under_the_spellings_in_use(words: str, qualified: str) -> None:
    assert {unit.qualified for unit in find_units(words)} == {qualified}


def test_a_name_without_its_kind_finds_units_of_all_levels_the_highest_first() -> None:
    levels = [level_of_unit(unit) for unit in find_units("Hòa Bình")]
    assert levels[0] == "province" and levels[-1] == "commune"
    assert levels == sorted(levels, key=["province", "district", "commune"].index)


def test_a_kind_of_another_time_finds_the_unit() -> None:
    assert [unit.kind for unit in find_units("huyện Việt Yên", on="2020")] == ["huyện"]
    assert [unit.kind for unit in find_units("huyện Gia Nghĩa")] == ["thành phố"]


def test_a_day_decides_between_the_eras() -> None:
    assert [unit.successors for unit in find_units("tỉnh Lào Cai", on="2024-01-26")] == [("2025-15",)]
    assert [unit.valid_from for unit in find_units("tỉnh Lào Cai", on="2026")] == ["2025-07-01"]


def test_a_commune_whose_name_is_common_needs_its_parent() -> None:
    assert find_unit("xã Tân Thành") is None
    found = find_unit("xã Tân Thành", context=["huyện Hàm Thuận Nam"])
    assert found is not None and found.qualified == "xã Tân Thành, huyện Hàm Thuận Nam, tỉnh Bình Thuận"


def test_the_cities_of_the_centre_are_provinces() -> None:
    assert {level_of_unit(unit) for unit in find_units("thành phố Đà Nẵng")} == {"province"}
    assert {level_of_unit(unit) for unit in find_units("thành phố Thủ Đức")} == {"district"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("phòng Lao động - TB&XH thành phố", "Phòng Lao động - Thương binh và Xã hội thành phố"),
        ("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTB-XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Bộ VHTT&DL", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Sở TN&MT tỉnh Cà Mau", "Sở Tài nguyên và Môi trường tỉnh Cà Mau"),
        ("UBMTTQVN phường", "Ủy ban Mặt trận Tổ quốc Việt Nam phường"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Uỷ ban nhân dân TX Mỹ Hào", "UBND thị xã Mỹ Hào"),
        ("VP HĐND-UBND huyện", "Văn phòng HĐND và UBND huyện"),
        ("TCT", "Tổng cục Thuế"),
    ],
)
def test_a_body_has_one_canonical_name(words: str, name: str) -> None:
    assert canonical_agency(words) == name


def test_the_department_of_labour_went_to_three_departments() -> None:
    name = "Sở Lao động - Thương binh và Xã hội"
    assert successors_of(name) == {name, "Sở Nội vụ", "Sở Y tế", "Sở Giáo dục và Đào tạo"}
    assert successors_of(name, by="2024-12-31") == {name}
    assert agencies()[name].valid_to == "2025-02-28"


def test_a_ministry_of_2025_began_with_the_day_after_its_predecessors() -> None:
    assert agencies()["Bộ Nông nghiệp và Môi trường"].valid_from == "2025-03-01"


def test_a_body_and_its_successor_are_one_duty_only_after_the_change() -> None:
    old, new = "Sở LĐ-TB&XH tỉnh Lạng Sơn", "Sở Nội vụ"
    assert same_agency(old, new, on_a="2024-01-30", on_b="2026-02-01")
    assert same_agency(new, old, on_a="2026-02-01", on_b="2024-01-30")
    assert not same_agency(old, new, on_a="2024-01-30", on_b="2024-06-01")


def test_bodies_of_two_units_are_two_unless_one_followed_the_other() -> None:
    assert not same_agency("UBND tỉnh Lai Châu", "UBND thành phố Lai Châu")
    assert not same_agency("Sở Y tế tỉnh Lạng Sơn", "Sở Y tế tỉnh Lào Cai")
    assert same_agency("Sở Y tế tỉnh Yên Bái", "Sở Y tế tỉnh Lào Cai")
    assert same_agency("UBND", "Ủy ban nhân dân tỉnh Lai Châu")


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("UBND thành phố Lai Châu", None, ("UBND thành phố Lai Châu", "district", "thành phố Lai Châu, tỉnh Lai Châu")),
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", None, ("UBND tỉnh Lạng Sơn", "province", "tỉnh Lạng Sơn")),
        (
            "ỦY BAN NHÂN DÂN",
            "TP. Lạng Sơn",
            ("UBND thành phố Lạng Sơn", "district", "thành phố Lạng Sơn, tỉnh Lạng Sơn"),
        ),
        ("ỦY BAN NHÂN DÂN", "Lạng Sơn", ("UBND tỉnh Lạng Sơn", "province", "tỉnh Lạng Sơn")),
        ("PHƯỜNG DỊ SỬ", "Dị Sử", ("UBND phường Dị Sử", "commune", "phường Dị Sử, thị xã Mỹ Hào, tỉnh Hưng Yên")),
        ("UBND TỈNH LẠNG SƠN SỞ Y TẾ", None, ("Sở Y tế tỉnh Lạng Sơn", "province", "tỉnh Lạng Sơn")),
        ("SỞ Y TẾ", "Nha Trang", ("Sở Y tế tỉnh Khánh Hòa", "province", "tỉnh Khánh Hòa")),
        ("TỈNH ỦY LẠNG SƠN", None, ("Tỉnh ủy Lạng Sơn", "province", "tỉnh Lạng Sơn")),
        ("BỘ TRƯỞNG BỘ Y TẾ", "Hà Nội", ("Bộ Y tế", "central", None)),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Hà Nội", ("Thủ tướng Chính phủ", "central", None)),
        ("UBND TP HÀ NỘI", "Hà Nội", ("UBND thành phố Hà Nội", "province", "thành phố Hà Nội")),
        ("UBND XÃ TÂN THÀNH", "Tân Thành", ("UBND xã Tân Thành", "commune", "xã Tân Thành")),
        ("", None, ("", None, None)),
    ],
)
def test_an_issuer_has_name_level_and_jurisdiction(words: str, place: str | None, expected: tuple[str, ...]) -> None:
    assert resolve_issuer(words, place) == expected


def test_the_kinds_that_a_document_uses_decide_between_city_and_province() -> None:
    assert resolve_issuer("ỦY BAN NHÂN DÂN", "Lạng Sơn", ("thành phố",)).level == "district"


def test_an_abbreviation_with_signs_is_one_word() -> None:
    assert [word.key for word in split_words("Sở LĐ-TB&XH, Hội A")] == ["sở", "lđtbxh", ",", "hội", "a"]


def test_every_successor_is_a_body_of_the_lists() -> None:
    assert all(row[2] in agencies() for row in read_table("successions.tsv", 7))


@given(st.text(max_size=60))
def test_names_of_any_words_are_found_or_not_without_an_error(words: str) -> None:
    assert find_units(words) == find_units(words)
    assert resolve_issuer(words, words) == resolve_issuer(words, words)
    assert same_agency(words, words)
    assert fold(fold(words)) == fold(words)


def test_a_body_that_begins_in_the_name_of_the_one_above_it_issues():
    assert resolve_issuer("BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG ĐOÀN QUỐC HỘI").name == "Đảng đoàn Quốc hội"
    assert resolve_issuer("BỘ CÔNG AN CÔNG AN TỈNH LẠNG SƠN").name == "Công an tỉnh Lạng Sơn"
