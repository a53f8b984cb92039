"""References: what is cited, by whom issued, with which relation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.extract.citations import find_citations
from vnplan.extract.laws import find_laws
from vnplan.extract.numbers import normal_number, number_pattern
from vnplan.extract.references import find_references
from vnplan.model import Problem, Reference
from vnplan.structure import read_structure
from vnplan.text import clean_text

HEAD = """ỦY BAN NHÂN DÂN
THÀNH PHỐ LAI CHÂU
Số: 14/KH-UBND
Lai Châu, ngày 12 tháng 3 năm 2024
KẾ HOẠCH
Phát triển cây xanh năm 2024
"""
BODY = """
I. MỤC TIÊU
1. Trồng thêm cây xanh.
II. NHIỆM VỤ
1. {task}
III. TỔ CHỨC THỰC HIỆN
1. Phòng Quản lý đô thị theo dõi việc thực hiện.
"""


def references(
    opening: str = "Thực hiện nhiệm vụ năm 2024.", task: str = "Trồng cây.", head: str = HEAD
) -> list[Reference]:
    text = clean_text(head + opening + "\n" + BODY.format(task=task))
    return [found for found in find_references(text, read_structure(text)) if isinstance(found, Reference)]


def only(opening: str = "Thực hiện nhiệm vụ năm 2024.", task: str = "Trồng cây.") -> Reference:
    found = references(opening, task)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("66/KH- UBND", "66/KH-UBND"),
        ("57-NQ/TW", "57-NQ/TW"),
        ("57 - NQ/TW", "57-NQ/TW"),
        ("202/2025/QH15", "202/2025/QH15"),
        ("66.18/2026/NQ-CP", "66.18/2026/NQ-CP"),
        ("24/2026//NQ-CP", "24/2026/NQ-CP"),
        ("09/2018 / TT - BKHCN", "09/2018/TT-BKHCN"),
        ("08/2012/TTLT-BLĐTBXH-BNV", "08/2012/TTLT-BLĐTBXH-BNV"),
        ("138/BC-TB&XH", "138/BC-TB&XH"),
        ("06/2026/TT-BT\u0421", "06/2026/TT-BTC"),
    ],
)
def test_numbers_are_read_and_put_right(printed: str, number: str) -> None:
    found = number_pattern().search(f"số {printed} ngày")
    assert found is not None
    assert normal_number(found) == number


@pytest.mark.parametrize("words", ["ngày 30/11/2024", "tỷ lệ 1/2000", "trực 24/7", "trang 12/48"])
def test_dates_and_shares_are_no_numbers(words: str) -> None:
    assert find_citations(words) == []


def test_a_dash_between_phrases_does_not_lengthen_the_number() -> None:
    assert [c.number for c in find_citations("Kế hoạch số 12/KH-UBND - UBND tỉnh ban hành")] == ["12/KH-UBND"]


def test_a_reference_has_kind_number_date_issuer_and_subject() -> None:
    found = only("Thực hiện Kế hoạch số 31/KH-UBND ngày 08 tháng 01 năm 2024 của UBND tỉnh về trồng cây xanh đô thị;")
    assert (found.kind, found.number, found.date) == ("plan", "31/KH-UBND", "2024-01-08")
    assert found.issuer == "UBND tỉnh Lai Châu"
    assert found.relation == "implements"
    assert found.subject == "về trồng cây xanh đô thị"
    assert found.path is None
    assert found.id == "urn:lex:vn;lai.chau:uy.ban.nhan.dan:ke.hoach:2024-01-08;31-kh-ubnd"


def test_the_quote_reaches_from_the_kind_to_the_issuer() -> None:
    text = clean_text(
        HEAD + "Căn cứ Quyết định số 5/QĐ-TTg, ngày 3/1/2024 của Thủ tướng Chính phủ phê duyệt Đề án;\n" + BODY
    )
    found = next(r for r in find_references(text, read_structure(text)) if isinstance(r, Reference))
    assert text.quote(found.span) == "Quyết định số 5/QĐ-TTg, ngày 3/1/2024 của Thủ tướng Chính phủ"


def test_all_of_the_opening_clause_are_implemented() -> None:
    found = references(
        "Thực hiện Quyết định số 5/QĐ-TTg ngày 03/01/2024 của Thủ tướng Chính phủ; Kế hoạch số 31/KH-UBND"
        " ngày 08/01/2024 của UBND tỉnh và Công văn số 77/SXD-QH ngày 10/01/2024 của Sở Xây dựng;"
    )
    assert [r.relation for r in found] == ["implements"] * 3
    assert found[2].issuer == "Sở Xây dựng tỉnh Lai Châu"
    assert found[2].kind == "official letter"


def test_what_stands_in_the_subject_of_another_is_a_mention() -> None:
    found = references(
        "Thực hiện Công văn số 77/SXD-QH ngày 10/01/2024 của Sở Xây dựng về triển khai Nghị định số 64/2010/NĐ-CP"
        " của Chính phủ;"
    )
    assert [(r.number, r.relation) for r in found] == [("77/SXD-QH", "implements"), ("64/2010/NĐ-CP", "mentions")]


@pytest.mark.parametrize(
    ("opening", "relation"),
    [
        ("Căn cứ Nghị quyết số 9/NQ-HĐND ngày 05/12/2023 của HĐND tỉnh;", "basis"),
        ("Trên cơ sở Nghị quyết số 9/NQ-HĐND ngày 05/12/2023 của HĐND tỉnh;", "basis"),
        (
            "Tiếp tục thực hiện Chỉ thị số 23-CT/TW ngày 25/5/2023 của Ban Bí thư, UBND thành phố ban hành Kế hoạch.",
            "implements",
        ),
        ("Theo đề nghị của Phòng Quản lý đô thị tại Tờ trình số 8/TTr-QLĐT ngày 01/3/2024;", "follows_request"),
        (
            "UBND thành phố xây dựng Kế hoạch triển khai thực hiện Chỉ thị số 10/CT-TTg ngày 19/4/2023 như sau:",
            "implements",
        ),
    ],
)
def test_the_opening_words_tell_the_relation(opening: str, relation: str) -> None:
    assert only(opening).relation == relation


def test_the_issuer_of_a_request_stands_before_it() -> None:
    found = only("Theo đề nghị của Giám đốc Sở Xây dựng tại Tờ trình số 8/TTr-SXD ngày 01/3/2024;")
    assert found.issuer == "Sở Xây dựng tỉnh Lai Châu"


@pytest.mark.parametrize(
    ("task", "relation"),
    [
        ("Triển khai thực hiện Nghị quyết số 12/NQ-CP ngày 05/01/2024 của Chính phủ.", "mentions"),
        ("Tiếp tục triển khai thực hiện tốt Quyết định số 40/QĐ-UBND ngày 02/02/2023 của UBND tỉnh.", "continues"),
        ("Tiếp tục tuyên truyền Luật Lâm nghiệp.", "mentions"),
        ("Chi theo quy định tại khoản 4 Điều 35 Nghị định số 60/2021/NĐ-CP của Chính phủ.", "mentions"),
    ],
)
def test_inside_sections_only_continuing_is_more_than_a_mention(task: str, relation: str) -> None:
    found = only(task=task)
    assert found.relation == relation
    assert found.path == "II.1"


def test_a_decision_replaces_another() -> None:
    head = HEAD.replace("14/KH-UBND", "14/QĐ-UBND").replace("KẾ HOẠCH\n", "QUYẾT ĐỊNH\n")
    text = clean_text(
        head + "Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế trồng cây.\n"
        "Điều 2. Quyết định này thay thế Quyết định số 3/QĐ-UBND ngày 04/02/2020 của UBND thành phố.\n"
    )
    found = [r for r in find_references(text, read_structure(text)) if isinstance(r, Reference)]
    assert [(r.kind, r.relation) for r in found] == [("law", "basis"), ("decision", "replaces")]


@pytest.mark.parametrize(
    ("words", "provision"),
    [
        ("tại khoản 3 Điều 14 Nghị định số 118/2025/NĐ-CP", "khoản 3 Điều 14"),
        ("tại điểm a, b khoản 2 Điều 5 của Luật Đầu tư công", "điểm a, b khoản 2 Điều 5"),
        ("theo Điều 17 Nghị định số 52/2015/NĐ-CP", "Điều 17"),
        ("theo Nghị định số 52/2015/NĐ-CP", None),
    ],
)
def test_the_provision_stands_before_the_reference(words: str, provision: str | None) -> None:
    assert [c.provision for c in find_citations(words)] == [provision]


def test_a_task_to_amend_is_a_mention() -> None:
    found = only(task="Sửa đổi, bổ sung Quyết định số 40/QĐ-UBND ngày 02/02/2023 của UBND tỉnh.")
    assert found.relation == "mentions"


def test_the_words_of_a_body_tell_who_issued() -> None:
    found = only(task="Theo chỉ đạo của UBND tỉnh tại Công văn số 77/UBND-XD ngày 10/01/2024.")
    assert found.issuer == "UBND tỉnh Lai Châu"


def test_a_list_shares_kind_and_issuer() -> None:
    found = references("Căn cứ các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND và 14/QĐ-UBND của UBND tỉnh;")
    assert [(r.kind, r.number, r.issuer) for r in found] == [
        ("decision", f"{count}/QĐ-UBND", "UBND tỉnh Lai Châu") for count in (12, 13, 14)
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("theo Luật Ngân sách Nhà nước và các văn bản", ["Ngân sách Nhà nước"]),
        ("Luật Phòng, chống ma túy, Luật Giá", ["Phòng, chống ma túy", "Giá"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Giá và Luật Du lịch",
            ["sửa đổi, bổ sung một số điều của Luật Giá và Luật Du lịch"],
        ),
        ("Luật Khởi nghiệp trẻ được Quốc hội thông qua", ["Khởi nghiệp trẻ"]),
        ("theo quy định của pháp luật, luật sư, Đại học Luật Hà Nội, Luật này", []),
    ],
)
def test_laws_are_cited_by_name(words: str, names: list[str]) -> None:
    assert [law.name for law in find_laws(words, 0, len(words))] == names


def test_a_law_carries_its_date_or_number() -> None:
    found = find_citations(
        "Luật Giá năm 2023, Luật Du lịch ngày 19 tháng 6 năm 2017, Luật An ninh mạng số 24/2018/QH14"
    )
    assert [(c.kind, c.number, c.date.edtf if c.date else None) for c in found] == [
        ("law", None, "2023"),
        ("law", None, "2017-06-19"),
        ("law", "24/2018/QH14", None),
    ]


def test_self_and_bare_type_words_are_no_references() -> None:
    assert references(task="Kế hoạch này và Đề án được gửi kèm Quyết định; thực hiện Chương trình 135.") == []


def test_the_words_that_bind_an_appendix_to_its_document_are_no_reference() -> None:
    assert (
        references(task="Trồng cây.\nPHỤ LỤC\nDANH MỤC\n(Ban hành kèm theo Kế hoạch số 14/KH-UBND ngày 12/3/2024)")
        == []
    )


def test_a_repeat_without_date_has_the_identifier_of_the_first_mention() -> None:
    found = references(
        "Thực hiện Quyết định số 5/QĐ-TTg ngày 03/01/2024 của Thủ tướng Chính phủ (gọi là Quyết định số 5/QĐ-TTg);",
        "Rà soát theo Quyết định số 5/QĐ-TTg và Quyết định nêu trên.",
    )
    assert len({r.id for r in found}) == 1
    assert [r.date for r in found] == ["2024-01-03", None, None, None]
    assert {r.number for r in found} == {"5/QĐ-TTg"}


def test_one_number_of_two_bodies_is_two_documents() -> None:
    found = references(
        "Thực hiện Kế hoạch số 66/KH-UBND ngày 01/02/2024 của UBND tỉnh;"
        " Kế hoạch số 66/KH-UBND ngày 05/02/2024 của UBND thành phố Hà Nội;"
    )
    assert len({r.id for r in found}) == 2


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    text = clean_text(HEAD + "Căn cứ Kế hoạch số 31/KH-UBND ngày 31/02/2024 của UBND tỉnh;\n" + BODY)
    found = list(find_references(text, read_structure(text)))
    assert [item.code for item in found if isinstance(item, Problem)] == ["no-such-day"]
    assert [item.date for item in found if isinstance(item, Reference)] == [None]


def test_capitals_of_a_title_are_read_like_other_words() -> None:
    head = HEAD.replace(
        "Phát triển cây xanh năm 2024", "TRIỂN KHAI CHỈ THỊ SỐ 10/CT-TTG NGÀY 19/4/2023 CỦA THỦ TƯỚNG CHÍNH PHỦ"
    )
    found = references(head=head)[0]
    assert (found.number, found.date, found.issuer, found.relation) == (
        "10/CT-TTg", "2023-04-19", "Thủ tướng Chính phủ", "implements",
    )  # fmt: skip


def test_a_line_break_inside_a_citation_does_not_matter() -> None:
    found = references("Thực hiện các nhiệm vụ tại Chỉ thị số\n10/CT-TTg ngày 19/4/2023 của\nThủ tướng Chính phủ;")
    assert [(r.number, r.issuer) for r in found] == [("10/CT-TTg", "Thủ tướng Chính phủ")]


def test_the_references_of_the_shared_seeds_are_found(shared: Path) -> None:
    for file in sorted((shared / "seeds").glob("*.txt")):
        gold = json.loads((shared / "gold" / f"{file.stem}.gold.json").read_text(encoding="utf-8"))
        text = clean_text(file.read_text(encoding="utf-8"))
        found = {
            (r.kind, r.number, r.date) for r in find_references(text, read_structure(text)) if isinstance(r, Reference)
        }
        for row in gold.get("references", []):
            if not row.get("uncertain"):
                assert (row["kind"], row["number"], row.get("date")) in found, row["quote"]


PIECES = st.lists(
    st.sampled_from(
        ["Quyết định số ", "12/QĐ-UBND", "ngày 31/02/2024", "của UBND tỉnh", "Luật Giá", ", ", "; ", " và ", "\n",
         "Căn cứ ", "khoản 1 Điều 2 ", "số /KH-UBND", "nêu trên", "Thực hiện ", "thay thế ", "I. ", "- ", "(", ")",
         "57-NQ/TW", "Luật "]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text(max_size=200)))
def test_every_reference_stands_in_the_text_and_in_order(raw: str) -> None:
    text = clean_text(HEAD + raw)
    found = list(find_references(text, read_structure(text)))
    spans = [item.span for item in found if isinstance(item, Reference)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text.raw) for span in spans)
    assert found == list(find_references(text, read_structure(text)))


def test_digits_torn_off_in_front_of_a_number_are_told_and_the_number_is_left_out() -> None:
    text = clean_text("KẾ HOẠCH\nCăn cứ Nghị định số 1 18/2025/NĐ-CP ngày 09/6/2025 của Chính phủ;\nI. MỤC TIÊU")
    found = list(find_references(text, read_structure(text)))
    assert [item.code for item in found if isinstance(item, Problem)] == ["torn-number"]
    assert [item.number for item in found if isinstance(item, Reference)] == [None]
