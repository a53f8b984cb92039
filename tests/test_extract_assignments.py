"""Who leads and who coordinates, by the words of one item."""

from __future__ import annotations

import pytest

from vnplan.extract.assignments import Assignment, group_named, read_assignment
from vnplan.extract.task_cells import Named


def assign(words: str, *bodies: str) -> Assignment:
    named, at = [], 0
    for body in bodies:
        start = words.index(body, at)
        at = start + len(body)
        named.append(Named(start, at, body))
    return read_assignment(words, named, 0, len(words))


def test_the_subject_of_chu_tri_leads_and_its_partners_coordinate() -> None:
    found = assign(
        "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và Sở Tư pháp trình UBND tỉnh.",
        "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "UBND tỉnh",
    )  # fmt: skip
    assert found == Assignment(("Sở Nội vụ",), ("Sở Tài chính", "Sở Tư pháp"))


@pytest.mark.parametrize("verb", ["giao", "yêu cầu", "đề nghị", "phân công"])
def test_whom_the_issuer_tells_leads_and_the_issuer_does_not(verb: str) -> None:
    found = assign(f"UBND tỉnh {verb} Sở Y tế lập danh sách gửi về tỉnh.", "UBND tỉnh", "Sở Y tế")
    assert found.lead == ("Sở Y tế",)


def test_a_list_whose_second_half_is_told_anew_leads_as_a_whole() -> None:
    found = assign(
        "UBND huyện đề nghị Hội Nông dân, yêu cầu các phòng, ban báo cáo kết quả.",
        "UBND huyện", "Hội Nông dân", "các phòng, ban",
    )  # fmt: skip
    assert found.lead == ("Hội Nông dân", "các phòng, ban")


def test_an_item_that_begins_with_phoi_hop_makes_the_heading_coordinate() -> None:
    assert assign("Phối hợp tuyên truyền trong trường học.").heading_coordinates
    assert assign("Theo chức năng, nhiệm vụ được giao, có trách nhiệm phối hợp thực hiện.").heading_coordinates
    assert not assign("Chủ trì, phối hợp tuyên truyền trong trường học.").heading_coordinates


def test_a_body_that_is_only_reported_to_has_no_role() -> None:
    found = assign("Tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 15/12.", "UBND tỉnh")
    assert found == Assignment()


def test_theo_de_nghi_cua_and_duoc_giao_assign_nobody() -> None:
    assert assign("Bố trí kinh phí theo đề nghị của Sở Y tế.", "Sở Y tế") == Assignment()
    assert assign("Thực hiện nhiệm vụ được giao tại Sở Y tế.", "Sở Y tế") == Assignment()


def test_the_first_words_after_a_mandate_are_the_subject() -> None:
    found = assign("Hằng năm, UBND các xã, phường rà soát số trẻ em cần giúp.", "UBND các xã, phường")
    assert found.lead == ("UBND các xã, phường",)


def test_bodies_with_only_commas_and_va_between_them_are_one_list() -> None:
    words = "Sở A, Sở B và Sở C; sau đó Sở D"
    named = [Named(words.index(n), words.index(n) + 4, n) for n in ("Sở A", "Sở B", "Sở C", "Sở D")]
    assert [len(group) for group in group_named(words, named)] == [3, 1]


def test_the_subject_of_a_closing_sentence_about_difficulties_leads() -> None:
    found = assign(
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị báo cáo UBND tỉnh.",
        "các cơ quan, đơn vị", "UBND tỉnh",
    )  # fmt: skip
    assert found.lead == ("các cơ quan, đơn vị",)
