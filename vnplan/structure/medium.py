"""An article of a portal that reports a document: whether a text is one, and what it says of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.model import Kind, Section, Text
from vnplan.structure.dates import edtf
from vnplan.structure.kinds import kind_of_number, kind_of_words

_DAY = r"(?:ngày[ ])?(?P<day{0}>[0-9]{{1,2}})(?:[/.-](?P<month{0}>[0-9]{{1,2}})[/.-](?P<year{0}>[12][0-9]{{3}})|[ ]tháng[ ](?P<month{0}b>[0-9]{{1,2}})(?:[ ]năm[ ](?P<year{0}b>[12][0-9]{{3}}))?)"
_KIND = r"(?P<kind>Kế hoạch|Quyết định|Chỉ thị|Nghị quyết|Chương trình|Đề án|Công văn|Thông báo|Hướng dẫn|Kết luận|Công điện|Nghị định|Thông tư|Văn bản)"
_CODE = r"(?P<number>[0-9]{1,6}[ ]?(?:/[0-9]{4})?[ ]?[/-][ ]?[A-ZĐ][A-Za-zĐđ0-9Ư]{0,12}(?:[ ]?[-/][ ]?[A-ZĐ][A-Za-zĐđ0-9Ư]{0,12}){0,4})"
# yes: UBND tỉnh ban hành Kế hoạch số 52/KH-UBND / UBND thành phố vừa ban hành Quyết định số 12/QĐ-UBND
# yes: Chủ tịch UBND tỉnh đã ký ban hành Kế hoạch số 52/KH-UBND ngày 26/01/2024
# no:  Thực hiện Kế hoạch số 52/KH-UBND
_REPORTS = re.compile(
    r"(?P<verb>ban hành|ký|phê duyệt|triển khai|xây dựng|thông qua|công bố)[ ](?:ban hành[ ])?(?:(?:các|một)[ ])?"
    rf"(?:văn bản[ ])?{_KIND}[ ](?:hành động[ ])?số[ ]?:?[ ]?{_CODE}"
)
# yes: ban hành Kế hoạch triển khai Đề án X (without a number, for lack of a better one)
_REPORTS_BARE = re.compile(rf"(?P<verb>ban hành|ký ban hành|phê duyệt)[ ]{_KIND}[ ](?=[a-zà-ỹđ])")
_BODY = re.compile(
    r"(?P<body>(?:(?:Phó )?Chủ tịch )?(?:Ủy ban nhân dân|UBND|HĐND|Hội đồng nhân dân|Thủ tướng Chính phủ|Thủ tướng|Chính phủ|Tỉnh ủy|Thành ủy|Huyện ủy|Ban Thường vụ|Bộ|Sở|Ban)"
    r"(?:[ ](?:Chính phủ|tỉnh|thành phố|TP\.?|huyện|thị xã|quận|xã|phường|thị trấn))?(?:[ ](?:[A-ZĐÀ-Ỹ][^\W_]{0,9}|và|-)){0,8})"
    r"[ ,]{1,2}(?:[^.;:]{0,60}[ ])?$"
)
_DATE_BEFORE = re.compile(r"(?:Ngày|ngày)[ ]" + _DAY.format("1").removeprefix("(?:ngày[ ])?"))
_DATE_AFTER = re.compile(r"[ ,(]{1,3}ngày[ ]" + _DAY.format("2").removeprefix("(?:ngày[ ])?"))
_PROVINCE = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|quận|phường|xã)[ ](?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,7}(?:[ ]-)?[ ]?){1,4}")
_BOILERPLATE = re.compile(
    r"(?:Lượt xem|Lượt truy cập|Đăng nhập|Thống kê|Đang online|Đang truy cập|Hôm nay|Hôm qua|Trong tuần|Trong tháng|Tất cả|Tổng truy cập|Sơ đồ|Trang chủ"
    r"|Liên hệ|Tìm kiếm|In trang|Gửi bài|Chia sẻ|Tin liên quan|Các tin khác|Tin khác|Tin mới|Bài viết|Xem chi tiết|Tải về|Tải file|File đính kèm|Tệp đính kèm"
    r"|Nguồn|Tác giả|Theo |Ảnh|anh tin bai|Bản quyền|©|Copyright|Điện thoại|Email|Địa chỉ|Cập nhật|Ngày đăng|[•·▪]|[0-9 :/|.-]{1,40}$)"
)
_ENUMERATES = re.compile(r"(?:như sau|sau đây|cụ thể|bao gồm|gồm|nhiệm vụ|giải pháp)[^.]{0,40}:$")
_ASSIGNS = re.compile(r"(?:giao|yêu cầu|đề nghị|chỉ đạo)[ ](?:[^.;]{0,60}[ ])?(?:Sở|Phòng|UBND|Ủy ban|các|Công an|Bộ|Ban|Thủ trưởng|Hội|Trung tâm)")


@dataclass(frozen=True, slots=True)
class Report:
    """What an article says of the document that it reports; ``paragraph`` is where it says it."""

    kind: Kind | None
    number: str | None
    date: str | None
    body: str
    unit: str | None
    subject: str | None
    paragraph: int


def find_report(text: Text) -> Report | None:
    """Return what a text without a head of its own reports of a document, or None where it reports none."""
    for pattern in (_REPORTS, _REPORTS_BARE):
        for index, paragraph in enumerate(text.paragraphs[:60]):
            if paragraph.kind != "paragraph" or paragraph.end - paragraph.start < 40:
                continue
            words = text.clean[paragraph.start : min(paragraph.end, paragraph.start + 1_500)]
            for found in pattern.finditer(words):
                if body := _subject_before(words[: found.start()]):
                    return _report(text, index, words, found, body)
    return None


def _subject_before(before: str) -> str | None:
    """Return the body that issues: the last one named in the same sentence before the verb."""
    sentence = re.split(r"[.;:][ ]", before)[-1][-220:]
    found = _BODY.search(sentence)
    return found["body"].strip() if found else None


def _report(text: Text, index: int, words: str, found: re.Match[str], body: str) -> Report:
    number = found["number"].replace(" ", "") if "number" in found.groupdict() else None
    kind = kind_of_words(found["kind"]) or (kind_of_number(number) if number else None)
    after, before = words[found.end() :], words[: found.start()]
    dated = _DATE_AFTER.match(after)
    date = _date(dated, "2") if dated else None
    if dated:
        after = after[dated.end() :]
    if date is None and (earlier := list(_DATE_BEFORE.finditer(before[-220:]))):
        date = _date(earlier[-1], "1")
    start = text.paragraphs[index].start + len(words) - len(after)
    stop = re.search(r"\.(?:[ ]|$)|;|[ ]\((?:Kế hoạch|sau đây|gọi|Chương trình|Đề án)|,[ ](?:trong đó|theo đó|với|nhằm)[ ]|:[ ]?$", after)
    subject = text.words(start, start + (stop.start() if stop else len(after))).lstrip(" ,)").rstrip(" .,:")
    unit = next((m[0].strip(" -") for m in _PROVINCE.finditer(text.clean[:6_000]) if m[0].split(" ")[0] in body or "UBND" in body), None)
    return Report(kind, number, date, body, unit, subject.removeprefix("về việc ").removeprefix("về ") or None, index)


def _date(found: re.Match[str], suffix: str) -> str | None:
    month = found[f"month{suffix}"] or found[f"month{suffix}b"]
    year = found[f"year{suffix}"] or found[f"year{suffix}b"]
    date, impossible = edtf(year, month, found[f"day{suffix}"])
    return None if impossible else date


def read_reported(text: Text, report: Report) -> list[Section]:
    """Return a node for each paragraph of the article's body; those that tell duties have the role ``tasks``."""
    found: list[Section] = []
    listing = False
    for index, paragraph in enumerate(text.paragraphs):
        words = text.clean[paragraph.start : paragraph.end]
        if index < report.paragraph or paragraph.kind == "footnote":
            continue
        if _BOILERPLATE.match(words):
            if index > report.paragraph + 1 and found:
                break
            continue
        opens = bool(_ENUMERATES.search(words))
        assigns = bool(_ASSIGNS.search(words[:300])) and index != report.paragraph
        duty = (listing or assigns) and index != report.paragraph and not opens and words[-1] in ".;…"
        found.append(
            Section(
                f"¶{len(found) + 1}", "", "", "tasks" if duty else None, "paragraph", None, paragraph.start, paragraph.end,
                text.span(paragraph.start, paragraph.end), paragraph.page,
            )
        )  # fmt: skip
        listing = (listing or opens) and not assigns
    return found
