"""What the gazetteer knows of a name on a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.gazetteer import unit_of_id
from vnplan.gazetteer.lookup import acts, look_up, nearest_names
from vnplan.gazetteer.tables import read_table

CHILDREN = "trẻ em, bảo trợ xã hội, phòng chống tệ nạn xã hội"


def only(words: str, **options: str):
    (entry,) = look_up(words, **options)
    return entry


def test_the_department_of_labour_is_in_being_in_2024_and_tells_who_takes_over():
    entry = only("Sở LĐTBXH", on="2024-01-30", issuer="UBND tỉnh Lạng Sơn")
    assert (entry.name, entry.level) == ("Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn", "province")
    assert (entry.jurisdiction, entry.valid_to, entry.in_being) == ("tỉnh Lạng Sơn", "2025-02-28", True)
    assert [(c.name, c.on, c.work) for c in entry.successors[:2]] == [
        ("Sở Nội vụ tỉnh Lạng Sơn", "2025-03-01", ""),
        ("Sở Y tế tỉnh Lạng Sơn", "2025-03-01", CHILDREN),
    ]
    assert entry.instead == ()


def test_after_the_reform_others_have_its_work():
    entry = only("Sở LĐTBXH", on="2025-03-15", issuer="UBND tỉnh Lạng Sơn")
    assert entry.in_being is False
    assert [c.name for c in entry.instead][:2] == ["Sở Nội vụ tỉnh Lạng Sơn", "Sở Y tế tỉnh Lạng Sơn"]


def test_who_has_the_work_is_followed_through_the_merger_of_provinces():
    entry = only("Sở LĐTBXH tỉnh Thái Bình", on="2026-02-01")
    assert [(c.name, c.work) for c in entry.instead][:2] == [
        ("Sở Nội vụ tỉnh Hưng Yên", ""),
        ("Sở Y tế tỉnh Hưng Yên", CHILDREN),
    ]


def test_a_district_has_no_successor_and_its_communes_have():
    entry = only("thị xã Mỹ Hào", on="2025-07-01")
    assert (entry.kind, entry.in_being, entry.successors, entry.instead) == ("unit", False, (), ())
    assert len(entry.communes) == 13
    assert dict(entry.communes)["phường Dị Sử"] == ("phường Đường Hào, tỉnh Hưng Yên",)
    assert entry.acts == ("656/NQ-UBTVQH14", "203/2025/QH15")
    assert only("thị xã Mỹ Hào", on="2024").predecessors[0].name == "huyện Mỹ Hào, tỉnh Hưng Yên"


def test_an_office_of_a_district_ends_in_the_offices_of_the_communes():
    entry = only("phòng LĐ-TB&XH", on="2026", issuer="UBND thị xã Mỹ Hào")
    assert [c.name for c in entry.successors] == ["Phòng Nội vụ thị xã Mỹ Hào", "Phòng Y tế thị xã Mỹ Hào"]
    assert [c.name for c in entry.instead] == ["Phòng Văn hóa - Xã hội"]


def test_the_unit_of_the_issuer_or_the_one_above_it_is_supplied():
    assert only("Sở Y tế", on="2024", issuer="UBND huyện Bắc Hà").jurisdiction == "tỉnh Lào Cai"
    assert only("UBND tỉnh", on="2024", issuer="UBND huyện Bắc Hà").name == "UBND tỉnh Lào Cai"
    assert only("Sở Y tế").jurisdiction is None


def test_bodies_of_one_level_may_end_alone():
    entry = only("Công an huyện Gia Lâm", on="2025-05")
    assert (entry.valid_to, [c.name for c in entry.instead]) == ("2025-02-28", ["Công an thành phố Hà Nội"])
    assert only("Công an thành phố Hà Nội", on="2025-05").in_being


def test_a_body_that_began_later_names_those_before_it():
    entry = only("Bộ Nông nghiệp và Môi trường", on="2020")
    before = ["Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Tài nguyên và Môi trường"]
    assert [c.name for c in entry.predecessors] == before == [c.name for c in entry.instead]


def test_the_provinces_that_became_cities_in_2026_are_known_before_and_after():
    assert only("tỉnh Quảng Ninh", on="2026-08").in_being
    entry = only("Sở Y tế tỉnh Quảng Ninh", on="2026-10")
    assert [c.name for c in entry.instead] == ["Sở Y tế thành phố Quảng Ninh"]
    assert [entry.name for entry in look_up("thành phố Bắc Ninh", on="2026-10")] == ["thành phố Bắc Ninh"]
    assert only("thành phố Bắc Ninh", on="2024").name == "thành phố Bắc Ninh, tỉnh Bắc Ninh"
    assert only("phường Bố Hạ").predecessors[0].name == "xã Bố Hạ, tỉnh Bắc Ninh"


def test_a_class_has_a_level_and_ends_with_it():
    assert only("các sở, ban, ngành").kind == "class"
    entry = only("UBND các huyện", on="2026")
    assert (entry.name, entry.level, entry.in_being) == ("UBND các huyện", "district", False)


def test_several_units_of_one_name_are_all_told_and_the_one_above_decides():
    assert len(look_up("xã Tân Thành", on="2024")) > 20
    assert only("xã Tân Thành", on="2024", issuer="UBND huyện Hàm Thuận Nam").level == "commune"


@pytest.mark.parametrize("words", ["", "Sở", "Cục Gì Đó", "Sở Y tế của ai", "thị xã Không Có"])
def test_what_no_list_holds_is_not_known(words: str):
    assert look_up(words) == ()


def test_the_nearest_names_come_first():
    assert nearest_names("Sở Lao dong Thuong binh va Xa hoi")[0] == "Sở Lao động - Thương binh và Xã hội"
    assert nearest_names("thị xã Mỹ Hao")[0] == "thị xã Mỹ Hào"


def test_every_act_that_a_row_names_is_listed_with_its_first_day():
    known = acts()
    named = {row[5] for row in read_table("successions.tsv", 7)}
    named |= {act for row in read_table("history.tsv", 7) for act in row[6].split(";")}
    assert "" not in named and named <= known.keys()
    assert all(act.in_force for act in known.values())


def test_the_days_of_the_units_follow_those_of_their_acts():
    for row in read_table("history.tsv", 7):
        days = {acts()[act].in_force for act in row[6].split(";")}
        unit = unit_of_id(row[0].removeprefix("*"))
        assert unit.valid_from is None or unit.valid_from in days, row


@given(st.text(max_size=60))
def test_any_words_are_looked_up_without_an_error(words: str):
    assert look_up(words, on="2024", issuer=words) == look_up(words, on="2024", issuer=words)
