"""Who leads and who coordinates by the words of one cell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.extract.task_cells import Named, read_cell

CLASS = "các đơn vị"


def read(words: str) -> tuple[list[str], list[str]]:
    """Return the sides of the bodies "Sở A" to "Sở Z" and of the class in a cell."""
    bodies = [
        Named(found.start(), found.end(), found[0], found[0] == CLASS)
        for found in re.finditer(rf"Sở [A-Z]|Phòng [A-Z]|{CLASS}", words)
    ]
    return read_cell(words, 0, len(words), bodies)


@pytest.mark.parametrize(
    ("words", "lead", "coordinating"),
    [
        ("Sở A; Sở B và Sở C", ["Sở A", "Sở B", "Sở C"], []),
        ("Sở A chủ trì, phối hợp với Sở B, Sở C", ["Sở A"], ["Sở B", "Sở C"]),
        ("Chủ trì: Sở A; Phối hợp: Sở B", ["Sở A"], ["Sở B"]),
        ("Phối hợp: Sở B\nChủ trì: Sở A", ["Sở A"], ["Sở B"]),
        ("- Cơ quan chủ trì: Sở A.\n- Cơ quan phối hợp: Sở B.", ["Sở A"], ["Sở B"]),
        ("Sở A (chủ trì), Sở B (phối hợp)", ["Sở A"], ["Sở B"]),
        ("Sở A phối hợp Sở B", ["Sở A"], ["Sở B"]),
        ("Sở A; Sở B phối hợp", ["Sở A"], ["Sở B"]),
        ("Sở A (Phòng B)", ["Sở A"], []),
        ("Theo phân công tại Quyết định của Sở A", [], []),
        ("các đơn vị trực tiếp sử dụng ngân sách", ["các đơn vị trực tiếp sử dụng ngân sách"], []),
        ("các đơn vị theo chức năng", ["các đơn vị"], []),
        ("Tổ công nghệ số cộng đồng", ["Tổ công nghệ số cộng đồng"], []),
        ("Kho bạc, Sở A", ["Kho bạc", "Sở A"], []),
        ("x", [], []),
        ("", [], []),
    ],
)
def test_every_name_in_a_cell_has_a_side(words: str, lead: list[str], coordinating: list[str]) -> None:
    assert read(words) == (lead, coordinating)


PARTS = st.sampled_from(
    [
        "Sở A",
        "Sở B",
        "các đơn vị",
        " chủ trì",
        "phối hợp ",
        ", ",
        "; ",
        "\n",
        " và ",
        "(",
        ")",
        ":",
        "Kho bạc",
        " có rừng",
    ]
)


@given(st.lists(PARTS, max_size=20).map("".join))
def test_nobody_has_two_sides_and_no_name_is_lost(words: str) -> None:
    lead, coordinating = read(words)
    assert not set(lead) & set(coordinating)
    assert len(lead) == len(set(lead))
