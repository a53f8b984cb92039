"""The header: kind, number, date, issuer, subject, period, signature, recipients; articles; texts without lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vnplan.model import Header
from vnplan.structure import read_structure
from vnplan.structure.dates import find_period, find_place_date
from vnplan.structure.numbers import find_number
from vnplan.text import clean_text

PLAN = """ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG                       Độc lập - Tự do - Hạnh phúc

Số: 15/KH-UBND                      Hà Giang, ngày 05 tháng 3 năm 2024

KẾ HOẠCH

Phát triển thư viện công cộng giai đoạn 2024 - 2030

Thực hiện Quyết định số 9/QĐ-TTg ngày 02/01/2024 của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

Tăng số sách.

Nơi nhận:                           TM. ỦY BAN NHÂN DÂN
- Sở Văn hóa;                       KT. CHỦ TỊCH
- UBND các huyện, thành phố;        PHÓ CHỦ TỊCH
- Lưu: VT.
                                    Lê Thị Ấn
"""


def header(words: str) -> Header:
    return read_structure(clean_text(words)).header


def test_a_plan_says_what_it_is() -> None:
    found = header(PLAN)
    assert (found.kind, found.number, found.date, found.place) == ("plan", "15/KH-UBND", "2024-03-05", "Hà Giang")
    assert (found.issuer, found.level, found.jurisdiction) == ("UBND tỉnh Hà Giang", "province", "tỉnh Hà Giang")
    assert found.subject == "Phát triển thư viện công cộng giai đoạn 2024 - 2030"
    assert found.period == "2024/2030"


def test_recipients_and_signature_that_stand_side_by_side_are_told_apart() -> None:
    found = header(PLAN)
    assert found.recipients == ("Sở Văn hóa", "UBND các huyện, thành phố", "Lưu: VT")
    assert found.signatory is not None
    assert (found.signatory.capacity, found.signatory.position) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert found.signatory.name == "Lê Thị Ấn"


def test_who_decides_in_a_short_decision_does_not_sign_above_its_articles() -> None:
    found = header(
        "Số: 12/QĐ-UBND\nHà Giang, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nBan hành Kế hoạch phát triển thư viện\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển thư viện.\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày ký.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"
    )
    assert found.signatory is not None
    assert (found.signatory.capacity, found.signatory.position) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert found.recipients == ("Như Điều 2", "Lưu: VT")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Số: 32 /KH-UBND", "32/KH-UBND"), ("Số 3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15"), ("Luật số: 147/2025/QH15",
        "147/2025/QH15"),
        ("Số: 66.18/2026/NQ-CP", "66.18/2026/NQ-CP"), ("Số: 24/2026//NQ-CP", "24/2026/NQ-CP"),
        ("Số: 2170 /QĐ - UBND", "2170/QĐ-UBND"),
        ("Số: 06/2026/TT-BTС", "06/2026/TT-BTC"), ("Số: 57-NQ/TW", "57-NQ/TW"), ("Số: 7432/UBND-XD", "7432/UBND-XD"),
        ("Số: /KH-UBND", None), ("Số: …/KH-UBND", None), ("Số:       /QĐ-UBND", None),
    ],
)  # fmt: skip
def test_a_number_is_read_without_the_noise_of_typing(words: str, value: str | None) -> None:
    found = find_number(words)
    assert found is not None
    assert found.value == value


def test_a_cited_number_is_not_the_number_of_the_document() -> None:
    assert find_number("Thực hiện Kế hoạch số 33/KH-UBND ngày 01/01/2021") is None


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Lạng Sơn, ngày tháng 01 năm 2024", "2024-01"), ("Lai Châu, ngày     tháng     năm 2024", "2024"),
        ("Hà Nội, ngày … tháng 12 năm 2025", "2025-12"), ("Huế, ngày 30 tháng 4 năm 2024", "2024-04-30"),
        ("Huế, ngày 3/4/2024", "2024-04-03"), ("Huế, ngày 31 tháng 02 năm 2024", "2024"),
    ],
)  # fmt: skip
def test_a_date_holds_only_what_is_given(words: str, date: str) -> None:
    found = find_place_date(words)
    assert found is not None
    assert found.date == date


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    found = read_structure(clean_text(PLAN.replace("ngày 05 tháng 3", "ngày 31 tháng 02")))
    assert [problem.code for problem in found.problems] == ["impossible-date"]


@pytest.mark.parametrize(
    ("subject", "scope", "period"),
    [
        ("Kế hoạch X giai đoạn 2024 -2030", "", "2024/2030"), ("Cải cách năm 2026", "", "2026"),
        ("Kế hoạch X", "Thời gian: từ năm 2024 đến hết năm 2030.", "2024/2030"),
        ("Chương trình Y giai đoạn 2021 - 2030 năm 2024", "", "2024"), ("Phát triển X", "", None),
        ("Thực hiện Chỉ thị số 31/CT-TTg ngày 21/12/2023", "", None),
    ],
)  # fmt: skip
def test_the_period_comes_from_the_subject_or_the_scope(subject: str, scope: str, period: str | None) -> None:
    assert find_period(subject, scope, "2024") == period


def test_an_official_letter_has_its_subject_under_the_number() -> None:
    found = header(
        "UBND TỈNH HÀ GIANG\nSỞ Y TẾ\nSố: 12/SYT-NVY\nV/v phòng, chống dịch\ntrong trường học\n"
        "Hà Giang, ngày 5 tháng 3 năm 2024\n"
        "Kính gửi:\n- UBND các xã;\n- Các trường.\nThực hiện Công văn số 3/BYT-DP, Sở đề nghị:\n1. Rà soát.\n"
    )
    assert (found.kind, found.number, found.subject) == (
        "official letter",
        "12/SYT-NVY",
        "phòng, chống dịch trong trường học",
    )


def test_the_unit_of_a_nameless_letterhead_comes_from_number_place_and_opening() -> None:
    found = header(
        "Số: /KH-UBND Thành phố Lai Châu, ngày tháng năm 2024\n\nKẾ HOẠCH\n\nPhát triển thư viện\n\n"
        "Ủy ban nhân dân thành phố xây dựng Kế hoạch như sau:\n\nI. MỤC TIÊU\n"
    )
    assert (found.issuer, found.level, found.number) == ("UBND thành phố Lai Châu", "district", None)


def test_a_text_that_lost_its_lines_is_cut_at_its_labels() -> None:
    found = read_structure(
        clean_text(
            "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - "
            "Hạnh phúc Số: 15/QĐ-UBND "
            "Hà Giang, ngày 05 tháng 3 năm 2024 QUYẾT ĐỊNH VỀ VIỆC XẾP HẠNG THƯ VIỆN ỦY BAN NHÂN DÂN TỈNH "
            "HÀ GIANG Căn cứ Luật Thư viện; "
            "Theo đề nghị của Sở Văn hóa. QUYẾT ĐỊNH: Điều 1. Xếp hạng thư viện, gồm: 1. Hạng nhất; a) Có "
            "mười nghìn cuốn sách. "
            "Điều 2. Quyết định có hiệu lực từ ngày ký. Nơi nhận: - Như Điều 2; - Lưu: VT. "
        )
    )
    assert found.header.subject == "VỀ VIỆC XẾP HẠNG THƯ VIỆN"
    assert [section.path for section in found.sections] == ["Điều 1", "Điều 1.1", "Điều 1.1.a", "Điều 2"]


ARTICLE = """Tin tức

Hà Giang phát triển thư viện công cộng

Lượt xem: 22

Ngày 05/3/2024, UBND tỉnh ban hành Kế hoạch số 15/KH-UBND phát triển thư viện tỉnh Hà Giang giai đoạn 2024 - 2030.

Các nhiệm vụ như sau:

Mở thêm thư viện ở các xã.

UBND tỉnh giao Sở Văn hóa chủ trì thực hiện Kế hoạch.

Lượt truy cập: 79
"""


def test_an_article_gives_the_header_of_the_document_that_it_reports() -> None:
    found = read_structure(clean_text(ARTICLE))
    assert found.medium == "article"
    assert (found.header.kind, found.header.number, found.header.date) == ("plan", "15/KH-UBND", "2024-03-05")
    assert (found.header.issuer, found.header.period) == ("UBND tỉnh Hà Giang", "2024/2030")
    assert [(section.path, section.role) for section in found.sections] == [
        ("¶1", None),
        ("¶2", None),
        ("¶3", "tasks"),
        ("¶4", "tasks"),
    ]


def test_a_page_that_carries_the_whole_document_is_a_document() -> None:
    words = (
        "Ngày 05/3/2024, UBND tỉnh Hà Giang ban hành Kế hoạch số 15/KH-UBND về thư viện. Toàn văn:\n\n"
        "I. MỤC TIÊU\n\nMột.\n\nII. NHIỆM VỤ\n\nHai.\n"
    )
    found = read_structure(clean_text(words))
    assert found.medium == "document"
    assert found.header.number == "15/KH-UBND"


def test_the_portal_s_own_number_and_date_agree_with_those_in_the_text(shared: Path) -> None:
    rows = [
        json.loads(line) for line in (shared / "real" / "portal_half.jsonl").read_text(encoding="utf-8").splitlines()
    ][::4]
    numbers = dates = 0
    for row in rows:
        found = read_structure(clean_text(row["content"])).header
        numbers += (found.number or "").upper() == row["number"].replace(" ", "").upper()
        dates += found.date == "-".join(reversed(row["issue_date"].split("/")))
    assert numbers >= 0.97 * len(rows)
    assert dates >= 0.97 * len(rows)


@pytest.mark.parametrize(
    "name", ["000_71fcfbd4554e3fdf", "001_63123efa7ecd9db4", "003_9b6829925ddcb89c", "004_9387c48bfd99bba2"]
)
def test_the_sections_of_the_gold_plans_are_found_with_their_roles(shared: Path, name: str) -> None:
    gold = json.loads((shared / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    found = read_structure(clean_text((shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")))
    roles = {section.path: section.role for section in found.sections}
    assert [row["path"] for row in gold["sections"] if row["path"] not in roles] == []
    assert [row["path"] for row in gold["sections"] if row.get("role") not in (None, roles[row["path"]])] == []
