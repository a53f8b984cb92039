"""Real old Word files: the words that other programs find in them, and what the document is."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import vnplan
from vnplan.read import read_source
from vnplan.read.doc_programs import find_program

NAMES = (
    "HPB_CT-09-2009-UBND-BinhDuong.doc",
    "HPB_QD-93-2007-QD-TTg.doc",
    "VBAI_KH-khong-ma-tuy-2026_LamDong_v1-TTr91.doc",
)
AGREE = 0.98
_WORD = re.compile(r"[^\W_]{1,50}")


def count(text: str) -> Counter[str]:
    """Return the words of a text with how often each stands in it."""
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text)))


def agreement(one: str, other: str) -> float:
    """Return the share of words that two texts have in common."""
    first, second = count(one), count(other)
    return 2 * (first & second).total() / max(1, first.total() + second.total())


@pytest.fixture(params=NAMES)
def real(request: pytest.FixtureRequest, shared: Path) -> Path:
    path = shared / "real" / str(request.param)
    if not path.is_file():
        pytest.skip(f"{path.name} is not among the real documents")
    return path


def test_antiword_finds_the_same_words(real):
    program = find_program("antiword")
    if program is None:
        pytest.skip("antiword is not installed")
    done = subprocess.run([program, "-m", "UTF-8.txt", "-w", "0", str(real)], capture_output=True, check=True)
    assert agreement(read_source(real).text, done.stdout.decode()) > AGREE


@pytest.mark.slow
def test_libreoffice_finds_the_same_words_in_the_same_blocks(real):
    program = find_program("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as name:
        profile = f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", name, str(real)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        theirs = read_source(Path(name) / f"{real.stem}.docx")
    ours = read_source(real)
    assert agreement(ours.text, theirs.text) > AGREE
    shapes = [[(b.kind, b.cell, b.centred, b.level) for b in source.blocks] for source in (ours, theirs)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (NAMES[0], ("directive", "09/2009/CT-UBND", "2009-04-15", "UBND tỉnh Bình Dương")),
        (NAMES[1], ("decision", "93/2007/QĐ-TTg", "2007-06-22", "Thủ tướng Chính phủ")),
        (NAMES[2], ("plan", None, "2026-02", "UBND tỉnh Lâm Đồng")),
    ],
)
def test_what_the_document_is(name, header, shared):
    document = vnplan.read(shared / "real" / name)
    found = document.header
    assert (found.kind, found.number, found.date, found.issuer) == header
    assert document.problems == ()
