"""Paragraphs for a text that has lost its lines, as portals store it: cut where labels and formulas begin."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from vnplan.model import Paragraph, Text

# Before a type line in the same paragraph: the date or the number that should stand lines above.
# yes: ngày 14 tháng 7 năm 2025 QUYẾT ĐỊNH / Số: 12/KH-UBND KẾ HOẠCH
_GLUED = re.compile(r"(?:năm[ ][12][ 0-9]{3,6}|[0-9]/[A-ZĐ][A-ZĐa-z]{0,5}[-/][A-ZĐ])")
_CAPITAL = '[A-ZĐÀ-ỸÂÊÔƠƯĂ“"]'
# Short headings behind which a list begins: "1. Mục tiêu - Nâng cao …".
_HEADINGS = (
    "Mục đích", "Yêu cầu", "Mục tiêu", "Mục tiêu chung", "Mục tiêu cụ thể", "Mục tiêu tổng quát", "Chỉ tiêu",
    "Chỉ tiêu cụ thể", "Nội dung", "Nhiệm vụ", "Giải pháp", "Đối tượng", "Phạm vi", "MỤC ĐÍCH", "YÊU CẦU", "MỤC TIÊU",
)  # fmt: skip
_BEHIND = "|".join(f"(?<={heading}[ ])" for heading in _HEADINGS)
# Every cut is at a space; what stands before it is looked at behind it, so that the search runs from space to space.
# yes: sau: 1. Cấm / nhất; a) Xây / thực hiện. - Sở / NHIỆM VỤ I. / thi hành. Điều 2.
# no:  khoản 1 Điều 2 / số 15. Tại (four digits and more)
_CUT = re.compile(
    rf"[ ](?:(?<=[.;:”\")\]/…][ ])(?=Điều[ ][0-9]{{1,3}}[a-z]?[.:]"
    rf"|(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)[ ][IVX0-9]{{1,5}}[ .:]"
    rf"|[IVX]{{1,5}}[ ]?\.[ ]?{_CAPITAL}|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}\.?[ ]{_CAPITAL}|[a-zđ]\)[ ]"
    rf"|[-+*][ ]{_CAPITAL}|Căn cứ[ ]|Theo đề nghị|Xét[ ]"
    r"|Nơi nhận|NƠI NHẬN|TM\.|KT\.|TL\.|TUQ\.|QUYẾT ĐỊNH[ ]?:|QUYẾT NGHỊ[ ]?:|Trên đây là)"
    rf"|(?<=[a-zà-ỹđ]{{2}}[ ])(?=a\)[ ]{_CAPITAL}|[0-9]{{1,2}}\.1\.[ ]{_CAPITAL})"
    rf"|(?<=[A-ZĐÀ-Ỹ]{{2}}[ ])(?=[IVX]{{1,5}}\.[ ]{_CAPITAL}|[0-9]{{1,2}}\.[ ]{_CAPITAL}[a-zà-ỹđ]"
    rf"|Điều[ ][0-9]{{1,3}}\.)"
    rf"|(?:{_BEHIND})(?=[-+*][ ]{_CAPITAL}))"
)


def is_glued(text: Text, type_start: int) -> bool:
    """Return whether the type line at ``type_start`` stands in the middle of a paragraph because lines were lost."""
    for paragraph in text.paragraphs:
        if paragraph.start <= type_start < paragraph.end:
            before = text.clean[paragraph.start : type_start]
            return bool(_GLUED.search(before)) and _is_ragged(text)
        if paragraph.start > type_start:
            break
    return False


def _is_ragged(text: Text) -> bool:
    """Most paragraphs stop in the middle of a sentence, or are far too long to be one."""
    sample = text.paragraphs[:200]
    ragged = sum(1 for p in sample if text.clean[p.end - 1] not in ".;:/,")
    return ragged > len(sample) * 0.4 or sum(p.end - p.start for p in sample) > 400 * len(sample)


def cut_paragraphs(text: Text) -> Text:
    """Return ``text`` with other paragraphs: line feeds count as spaces, labels begin paragraphs. No offset changes."""
    plain = text.clean.replace("\n", " ")
    paragraphs: list[Paragraph] = []
    run: list[Paragraph] = []
    for paragraph in (*text.paragraphs, None):
        if paragraph is not None and paragraph.kind == "paragraph":
            run.append(paragraph)
            continue
        if run:
            paragraphs.extend(_cut_run(plain, run))
            run = []
        if paragraph is not None:
            paragraphs.append(paragraph)
    return replace(text, clean=plain, printed=text.printed.replace("\n", " "), paragraphs=tuple(paragraphs))


def _cut_run(plain: str, run: list[Paragraph]) -> list[Paragraph]:
    start, stop = run[0].start, run[-1].end
    edges = [start, *(found.end() for found in _CUT.finditer(plain, start, stop)), stop]
    found: list[Paragraph] = []
    pages = iter(run)
    here = next(pages)
    for first, last in itertools.pairwise(edges):
        while here.end <= first and (following := next(pages, None)) is not None:
            here = following
        end = last
        while end > first and plain[end - 1] == " ":
            end -= 1
        if end > first:
            found.append(Paragraph(first, end, "paragraph", here.page))
    return found
