"""Documents as JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_parts import DRAFT, SUBMISSION

import vnplan
from vnplan.codec import decode_document, encode_document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SAMPLES = [
    *sorted((CORPUS / "child-mental-health").glob("*.txt")),
    CORPUS / "social-assistance" / "city-plan-2024.docx",
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_document_comes_back_as_it_was(path: Path):
    document = vnplan.read(path)
    assert decode_document(encode_document(document)) == document


def test_the_documents_of_one_file_come_back_each_on_its_own():
    document = vnplan.parse(SUBMISSION + DRAFT)
    again = decode_document(encode_document(document))
    assert again == document and len(again.split) == 2


def test_a_line_is_not_much_longer_than_its_text():
    document = vnplan.read(SAMPLES[1])
    assert b"\n" not in encode_document(document)
    assert len(encode_document(document)) < 12 * len(document.source.text.encode())


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters()))
def test_any_text_comes_back(raw: str):
    document = vnplan.parse(raw)
    again = decode_document(encode_document(document))
    assert again.text.offsets == document.text.offsets
    assert len(again.source.text) == len(raw)
    if not any("\ud800" <= sign <= "\udfff" for sign in raw):
        assert again == document


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b"{}", b'{"version": 99}', b'{"version": 1}', b"\xff\xfe"],
)
def test_what_is_no_document_is_refused(data: bytes):
    with pytest.raises(ValueError):
        decode_document(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("targets", [{"span": 1}]),
        ("runs", [0, 5]),
        ("runs", [0, -1]),
        ("runs", [0, 10**15]),
        ("runs", [10**15, 1]),
        ("runs", [0]),
        ("printed", 7),
        ("structure", None),
        ("split", [1]),
        ("problems", "none"),
    ],
)
def test_a_changed_record_is_refused(key: str, value: object):
    record = json.loads(encode_document(vnplan.parse("KẾ HOẠCH\nI. MỤC TIÊU\n1. Tăng 5% số hộ có nước sạch.")))
    record[key] = value
    with pytest.raises(ValueError):
        decode_document(json.dumps(record).encode())
