"""An article of a portal that reports a document: whether a text is one, and what it says of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.gazetteer import find_units
from vnplan.gazetteer.mention import Mention
from vnplan.gazetteer.mentions import mentions
from vnplan.gazetteer.words import split_words
from vnplan.model import Kind, Role, Section, Text
from vnplan.structure.dates import edtf
from vnplan.structure.kinds import kind_of_number, kind_of_words
from vnplan.structure.labels import read_label

_KIND = (
    r"(?P<kind>Kế hoạch|Quyết định|Chỉ thị|Nghị quyết|Chương trình|Đề án|Công văn|Thông báo|Hướng dẫn|Kết luận"
    r"|Công điện|Nghị định|Thông tư|Văn bản)"
)
_CODE = (
    r"(?P<number>[0-9]{1,6}[ ]?(?:/[0-9]{4})?[ ]?[/-][ ]?[A-ZĐ][A-Za-zĐđƯ0-9]{0,12}"
    r"(?:[ ]?[-/][ ]?[A-ZĐ][A-Za-zĐđƯ0-9]{0,12}){0,4})"
)
_VERB = r"(?:ban hành|ký|phê duyệt|triển khai|xây dựng|thông qua|công bố)"
# yes: UBND tỉnh ban hành Kế hoạch số 52/KH-UBND / đã ký ban hành Quyết định số 12/QĐ-UBND
# no:  Thực hiện Kế hoạch số 52/KH-UBND
_REPORTS = re.compile(
    rf"{_VERB}[ ](?:ban hành[ ])?(?:(?:các|một)[ ])?(?:văn bản[ ])?{_KIND}[ ](?:hành động[ ])?số[ ]?:?[ ]?{_CODE}"
)
# yes: UBND tỉnh vừa ban hành Kế hoạch triển khai Đề án (without a number, for lack of a better one)
_REPORTS_BARE = re.compile(rf"(?:ký ban hành|ban hành|phê duyệt)[ ]{_KIND}[ ](?=[a-zà-ỹđ])")
_DAY = re.compile(
    r"(?P<day>[0-9]{1,2})(?:[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[12][0-9]{3})"
    r"|[ ]tháng[ ](?P<long>[0-9]{1,2})[ ]năm[ ](?P<late>[12][0-9]{3}))"
)
_BEFORE_DAY = re.compile(r"[Nn]gày[ ](?=[0-9])")
_AFTER_DAY = re.compile(r"[ ,]{0,2}[(]?[ ]?ngày[ ](?=[0-9])")
_UNIT = re.compile(
    r"(?P<kind>tỉnh|thành phố|huyện|thị xã|quận|phường|xã)[ ](?P<name>(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,7}[ ]?){1,4})"
)
# What a page carries around an article; a line that begins so ends the article or is passed over.
_BOILERPLATE = re.compile(
    r"(?:Lượt xem|Lượt truy cập|Đăng nhập|Thống kê truy cập|Đang online|Đang truy cập|Hôm nay:|Hôm qua|Trong tuần"
    r"|Trong tháng"
    r"|Tất cả|Tổng truy cập|Sơ đồ|Trang chủ|Liên hệ|Tìm kiếm|In trang|In bài|Gửi bài|Chia sẻ|Tin liên quan|Các tin"
    r"|Tin khác"
    r"|Tin mới|Bài viết|Xem chi tiết|Xem toàn văn|Tải về|Tải file|File đính kèm|Tệp đính kèm|Nguồn:|Tác giả|Ảnh"
    r"|anh tin bai"
    r"|Bản quyền|©|Copyright|Điện thoại|Email|Địa chỉ|Cập nhật|Ngày đăng|[•·▪]|[0-9 :/|.-]{1,40}$)"
)
_ENUMERATES = re.compile(r"(?:như sau|sau đây|cụ thể|bao gồm|gồm|trong đó có|nhiệm vụ|giải pháp)[^.]{0,40}:$")
_ASSIGNS = re.compile(
    r"(?:giao|yêu cầu|đề nghị|chỉ đạo)[ ](?:[^.;]{0,60}[ ])?"
    r"(?:Sở|Phòng|UBND|Ủy ban|các|Công an|Bộ|Ban|Thủ trưởng|Hội|Trung tâm)(?![^\W_])"
)
_SUBJECT_ENDS = re.compile(
    r"\.(?:[ ]|$)|;|[ ][(](?:Kế hoạch|sau đây|gọi|Chương trình|Đề án|viết tắt)|,[ ](?:trong đó|theo đó|với"
    r"|nhằm)[ ]|:[ ]?$"
)
_CHAPTERS = frozenset({"I.", "I-", "I/", "article", "part", "chapter"})
_SENTENCE = 220
_SHORTEST = 40


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
            if paragraph.kind != "paragraph" or paragraph.end - paragraph.start < _SHORTEST:
                continue
            words = text.clean[paragraph.start : min(paragraph.end, paragraph.start + 1_500)]
            for found in pattern.finditer(words):
                if report := _report(text, index, words, found):
                    return report
    return None


def carries_document(text: Text) -> bool:
    """Return whether chapters I and II (or Điều 1 and 2) stand in the text: the page gives the document itself."""
    values = set()
    for paragraph in text.paragraphs:
        label = read_label(text.clean[paragraph.start : min(paragraph.end, paragraph.start + 40)])
        if label is not None and label.style in _CHAPTERS:
            values.add(label.value)
    return {1, 2} <= values


def _last_body(sentence: str) -> tuple[str, Mention] | None:
    """Return the last body named in a stretch of words."""
    tokens = split_words(sentence)
    found = [mention for mention in mentions(tokens, sentence) if not mention.is_class]
    if not found:
        return None
    last = found[-1]
    return sentence[tokens[last.start].start : tokens[last.end - 1].end], last


def _report(text: Text, index: int, words: str, found: re.Match[str]) -> Report | None:
    before, after = words[: found.start()], words[found.end() :]
    number = found["number"].replace(" ", "") if "number" in found.groupdict() else None
    date, size = _date_after(after)
    after = after[size:]
    named = None
    if after.startswith((" của ", ") của ")):
        end = re.search(r"[ ](?:về|phê duyệt|ban hành|triển khai|thực hiện)[ ]|[,.;:]", after[6:])
        stop = 6 + end.start() if end else len(after)
        named = _last_body(after[6:stop])
        after = after[stop:] if named else after
    named = named or _last_body(re.split(r"[.;:][ ]", before)[-1][-_SENTENCE:])
    if named is None:
        return None
    if date is None:
        days = [_DAY.match(before, day.end()) for day in _BEFORE_DAY.finditer(before)]
        date = next((_date(day) for day in reversed(days) if day), None)
    start = text.paragraphs[index].start + len(words) - len(after)
    stopped = _SUBJECT_ENDS.search(after)
    subject = text.words(start, start + (stopped.start() if stopped else len(after))).lstrip(" ,)").rstrip(" .,:")
    subject = subject.removeprefix("về việc ").removeprefix("về ")
    kind = kind_of_words(found["kind"]) or (kind_of_number(number) if number else None)
    return Report(kind, number, date, named[0], _unit(text, named[1]), subject or None, index)


def _unit(text: Text, body: Mention) -> str | None:
    """Return the unit of a body that is named without it: the first of its kind in the text that exists."""
    if body.place is not None and body.place.name is not None:
        return None
    kind = body.place.kind if body.place else None
    for found in _UNIT.finditer(text.clean[:8_000]):
        words = found["name"].split()
        if kind in (None, found["kind"]):
            for size in range(len(words), 0, -1):
                name = " ".join(words[:size])
                if find_units(name, kind=found["kind"]):
                    return f"{found['kind']} {name}"
    return None


def _date_after(words: str) -> tuple[str | None, int]:
    opener = _AFTER_DAY.match(words)
    day = _DAY.match(words, opener.end()) if opener else None
    return (_date(day), day.end()) if day else (None, 0)


def _date(found: re.Match[str]) -> str | None:
    date, impossible = edtf(found["year"] or found["late"], found["month"] or found["long"], found["day"])
    return None if impossible else date


def read_reported(text: Text, report: Report) -> list[Section]:
    """Return a node for each paragraph from the report on; those that tell duties have the role ``tasks``."""
    found: list[Section] = []
    listing = False
    for index in range(report.paragraph, len(text.paragraphs)):
        paragraph = text.paragraphs[index]
        words = text.clean[paragraph.start : paragraph.end]
        if paragraph.kind == "footnote":
            continue
        if _BOILERPLATE.match(words):
            if index > report.paragraph + 1 and found:
                break
            continue
        first = index == report.paragraph
        opens = bool(_ENUMERATES.search(words[-120:]))
        assigns = not first and bool(_ASSIGNS.search(words[:300]))
        duty = not first and (listing or assigns) and not opens and words[-1] in ".;…"
        role: Role | None = "tasks" if duty else None
        start, end = paragraph.start, paragraph.end
        path, span = f"¶{len(found) + 1}", text.span(start, end)
        found.append(Section(path, "", "", role, "paragraph", None, start, end, span, paragraph.page))
        listing = (listing or opens) and not assigns
    return found
