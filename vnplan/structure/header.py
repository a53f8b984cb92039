"""What a document says of itself at its head (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 1 to 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.model import Header, Kind, Problem, Text

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("KẾ HOẠCH", "plan"), ("QUYẾT ĐỊNH", "decision"), ("NGHỊ QUYẾT", "resolution"), ("CHỈ THỊ", "directive"),
    ("BỘ LUẬT", "code"), ("LUẬT", "law"), ("PHÁP LỆNH", "ordinance"), ("NGHỊ ĐỊNH", "decree"),
    ("THÔNG TƯ LIÊN TỊCH", "joint circular"), ("THÔNG TƯ", "circular"), ("KẾT LUẬN", "conclusion"), ("HƯỚNG DẪN", "guideline"),
    ("CHƯƠNG TRÌNH", "programme"), ("ĐỀ ÁN", "scheme"), ("DỰ ÁN", "project"), ("CHIẾN LƯỢC", "strategy"),
    ("CÔNG ĐIỆN", "telegram"), ("THÔNG BÁO", "notice"), ("BÁO CÁO", "report"), ("TỜ TRÌNH", "submission"),
    ("QUY CHẾ", "regulation"), ("QUY ĐỊNH", "regulation"),
)  # fmt: skip
_STOP = re.compile(r"(?:Căn cứ|Thực hiện (?:Kế hoạch|Quyết định|Nghị quyết|Công văn|Chỉ thị)[ ](?:số[ ]|[0-9])|Theo đề nghị|Kính gửi|Xét)")
_NUMBER = re.compile(r"S[ốỐ][ ]?:?[ ]?([0-9]{0,6})[ .…_]{0,20}((?:/{1,2}[0-9]{4})?[ ]?[/-]{1,2}[ ]?[A-ZĐ][A-Za-zĐđ0-9]{0,12}(?:[ ]?[-/][ ]?[A-ZĐ][A-Za-zĐđ0-9]{0,12}){0,4})?")
_DATE = re.compile(r"((?:[^\W\d_.]{1,8}\.?[ ]?){1,6}),?[ ]ngày[ .…_/]{0,12}([0-9]{0,2})[ .…_/]{0,12}tháng[ .…_/]{0,12}([0-9]{0,2})[ .…_/]{0,12}năm[ .…_/]{0,12}([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Head:
    """The header's fields and where the body begins (index of a paragraph)."""

    header: Header
    body: int
    problems: tuple[Problem, ...] = ()


def read_head(text: Text) -> Head:
    """Return what stands before the body."""
    paragraphs = text.paragraphs
    kind: Kind | None = None
    body, subject, number, date, place = 0, None, None, None, None
    for at, paragraph in enumerate(paragraphs[:40]):
        words = text.words(paragraph.start, paragraph.end)
        found = next((value for name, value in _KINDS if words.rstrip(" :") == name), None)
        if found:
            kind, body = found, at + 1
            break
    head = text.clean[: paragraphs[body].start if body < len(paragraphs) else len(text.clean)] if body else ""
    if match := _NUMBER.search(head):
        number = f"{match[1]}{(match[2] or '').replace(' ', '')}" if match[1] and match[2] else None
    if match := _DATE.search(head):
        date = "-".join([match[4], *([match[3].zfill(2)] if match[3] else []), *([match[2].zfill(2)] if match[2] and match[3] else [])])
        place = match[1].strip()
    if body and body < len(paragraphs):
        words = text.words(paragraphs[body].start, paragraphs[body].end)
        if not _STOP.match(words):
            subject, body = words, body + 1
    return Head(Header(kind=kind, number=number, date=date, place=place, subject=subject), body)
