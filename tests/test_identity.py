"""Identifiers of documents and keys of their numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.identity import document_urn, number_key, year_of_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("66/KH- UBND", "66/KH-UBND"),
        ("24/2026//NQ-CP", "24/2026/NQ-CP"),
        ("08/CT-TTg", "8/ct-ttg"),
        ("1591/QÐ-TTg", "1591/QĐ–TTg"),
        ("06/2026/TT-BT\u0421", "06/2026/TT-BTC"),
        ("57-NQ/TW", "57 - NQ/TƯ"),
    ],
)
def test_spellings_of_one_number_have_one_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("66/KH-UBND", "66/QĐ-UBND"), ("12/NQ-TU", "12/NQ-TW"), ("1/KH-UBND", "10/KH-UBND")]
)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


def test_a_legal_act_tells_its_year() -> None:
    assert year_of_number("118/2025/NĐ-CP") == "2025"
    assert year_of_number("12/KH-UBND") is None
    assert year_of_number(None) is None


def test_the_jurisdiction_is_nested_from_the_province_down() -> None:
    urn = document_urn(
        issuer="UBND thành phố Lai Châu",
        kind="plan",
        date="2024-02-15",
        number="41/KH-UBND",
        jurisdiction="thành phố Lai Châu, tỉnh Lai Châu",
    )
    assert urn == "urn:lex:vn;lai.chau;thanh.pho.lai.chau:uy.ban.nhan.dan:ke.hoach:2024-02-15;41-kh-ubnd"


def test_the_chairman_issues_for_his_committee() -> None:
    common = {"kind": "decision", "date": "2025-09-25", "number": "1441/QĐ-UBND", "jurisdiction": "tỉnh Lâm Đồng"}
    by_chairman = document_urn(issuer="Chủ tịch UBND tỉnh Lâm Đồng", **common)  # type: ignore[arg-type]
    assert by_chairman == document_urn(issuer="UBND tỉnh Lâm Đồng", **common)  # type: ignore[arg-type]


def test_what_is_not_known_is_a_star() -> None:
    assert document_urn(issuer=None, kind="plan", date=None, number="5/KH-UBND") == "urn:lex:vn:*:ke.hoach:*;5-kh-ubnd"


def test_a_law_is_told_apart_by_its_name() -> None:
    urn = document_urn(issuer="Quốc hội", kind="law", date="2010-06-17", number=None, name="Người khuyết tật")
    assert urn == "urn:lex:vn:quoc.hoi:luat:2010-06-17;nguoi.khuyet.tat"


def test_documents_without_number_differ_by_their_fallback() -> None:
    urns = {document_urn(issuer=None, kind="plan", date="2024", number=None, fallback=text) for text in ("a", "b")}
    assert len(urns) == 2


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_every_identifier_is_plain_ascii(issuer: str, number: str, jurisdiction: str) -> None:
    urn = document_urn(
        issuer=issuer, kind="plan", date=None, number=number, jurisdiction=jurisdiction, fallback=issuer + number
    )
    assert re.fullmatch(r"urn:lex:vn[a-z0-9.;*-]*(?::[a-z0-9.*-]+){2}:[a-z0-9*-]+;[a-z0-9.*-]+", urn)


@given(st.text(max_size=80))
def test_the_key_of_a_key_is_the_key(number: str) -> None:
    assert isinstance(number_key(number), str)
    assert number_key(number) == number_key(number + " ")
