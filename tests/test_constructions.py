"""docs/constructions.md: what it says is read is read, what it says is not is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import vnplan
from vnplan.model import Document

PAGE = Path(__file__).parent.parent / "docs" / "constructions.md"
HEAD = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI

Số: 12/KH-UBND
Quảng Ngãi, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Phát triển dịch vụ cộng đồng năm 2024 trên địa bàn tỉnh Quảng Ngãi

UBND tỉnh ban hành Kế hoạch như sau:

"""
Row = tuple[str, tuple[tuple[str, ...], ...]]


def rows() -> Iterator[tuple[str, bool, Row]]:
    """Yield of each row of the page: what it is about, whether it is read, the example and what is expected."""
    about, is_read = "", True
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"## (.+): (not read|read)", line):
            about, is_read = heading[1], heading[2] == "read"
        elif line.startswith("## "):
            about = ""
        elif about and line.startswith("| ") and not line.startswith("| construction"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            expected = tuple(tuple(part.strip() for part in cell.split(";") if part.strip()) for cell in cells[2:])
            yield about, is_read, (cells[1], expected)


def read_plan(example: str) -> Document:
    body = example.replace(" / ", "\n")
    if not body.startswith(("II.", "III.")):
        body = f"II. NHIỆM VỤ\n1. {body}"
    return vnplan.parse(HEAD + body)


def read_aims(example: str) -> Document:
    return read_plan(example if example.startswith("III.") else f"II. MỤC TIÊU / 1. {example}")


def short(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without the plan's own unit."""
    found = []
    for name in names:
        name = re.sub(r"(?<=tỉnh) Quảng Ngãi$", "", name)
        name = name.removesuffix(" Quảng Ngãi") if name.startswith("Tỉnh đoàn") else name
        found.append(name.removesuffix(" tỉnh") if re.match(r"(?:Sở|Chi cục|Trung tâm) ", name) else name)
    return tuple(found)


def who(document: Document) -> tuple[tuple[str, ...], ...]:
    task = document.tasks[-1]
    return short(task.lead), short(task.coordinating)


def bodies(document: Document) -> tuple[tuple[str, ...], ...]:
    opening = "UBND tỉnh Quảng Ngãi"
    own = [agency.name for agency in document.agencies if agency.path is not None or agency.name != opening]
    return (short(tuple(dict.fromkeys(own))),)


def times(document: Document) -> tuple[tuple[str, ...], ...]:
    found = document.deadlines
    return tuple(d.value for d in found if d.value), tuple(d.bound for d in found if d.bound)


def numbers(document: Document) -> tuple[tuple[str, ...], ...]:
    return (tuple(reference.number for reference in document.references if reference.number),)


def aims(document: Document) -> tuple[tuple[str, ...], ...]:
    found = document.targets
    values = tuple(f"{t.comparator} {t.low:g}" + (f"-{t.high:g}" if t.high != t.low else "") for t in found)
    whom, what = tuple(t.population or "" for t in found), tuple(t.outcome or "" for t in found)
    return values, tuple(filter(None, whom)), tuple(filter(None, what)), tuple(t.horizon or "" for t in found)


READERS: dict[str, Callable[[Document], tuple[tuple[str, ...], ...]]] = {
    "Who leads, who coordinates": who, "Bodies": bodies, "Deadlines": times, "References": numbers,
    "Targets": aims,
}  # fmt: skip
ROWS = [row for row in rows() if row[0] in READERS]


def tidy(values: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(short(part) for part in values)


@pytest.mark.parametrize(("about", "row"), [(about, row) for about, is_read, row in ROWS if is_read])
def test_what_the_page_says_is_read_is_read(about: str, row: Row) -> None:
    example, expected = row
    document = read_aims(example) if about == "Targets" else read_plan(example)
    assert tidy(READERS[about](document)) == tidy(expected), example


@pytest.mark.parametrize(("about", "row"), [(about, row) for about, is_read, row in ROWS if not is_read])
def test_what_the_page_says_is_not_read_is_still_not_read(about: str, row: Row) -> None:
    example, expected = row
    document = read_aims(example) if about == "Targets" else read_plan(example)
    assert tidy(READERS[about](document)) != tidy(expected), example


def test_the_page_has_examples_of_every_layer() -> None:
    counts = {about: sum(row[0] == about for row in ROWS) for about in READERS}
    assert sum(counts.values()) >= 60
    assert min(counts.values()) >= 10
