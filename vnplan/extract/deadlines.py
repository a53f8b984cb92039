"""Deadlines (thời hạn): by when something is due, in what tells someone to do it.

docs/domain.md, section 7. A deadline stands in a leaf that gives a duty, or in a table's column for it. The date of a
cited document, a past event, the period of a plan, the horizon of a target, and "hằng năm" that only qualifies a noun
are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from vnplan.extract.citations import Citation, find_citations
from vnplan.extract.deadline_words import is_dated, is_horizon, is_rate, is_reported, with_finish
from vnplan.extract.flow import SectionIndex, flowing
from vnplan.extract.issuers import match_body_words
from vnplan.extract.letters import CAPITAL, SMALL
from vnplan.extract.lexicon import word_list
from vnplan.extract.timex import Timex, find_timexes
from vnplan.extract.timex_cells import bare_times, bound_time
from vnplan.model import Deadline, Header, Problem, Section, Structure, Text

_ROLES = frozenset({"tasks", "organisation", "reporting", "budget"})
_OTHER_COLUMNS = frozenset(
    {"stt", "product", "unit", "target", "note", "lead", "coordinating", "year", "value", "money", "score", "start"}
)
_SENTENCE_END = re.compile(rf";|(?<![0-9{CAPITAL}])\.(?=[ ])|(?<=[0-9])\.(?=[ ][{CAPITAL}])|\n")
_LABEL = re.compile(r"[ ]?(?:[-+*•–][ ]?|[0-9IVXa-zđ]{1,4}[.)/][ ]?|(?:[0-9]{1,2}\.){1,4}[ ]?)?[ ]?")
_COUNTED = r"[ ](?:người|hộ|xã|lớp|cuộc|mô hình|đơn vị|cơ sở|triệu|tỷ)(?!\w)"
_QUANTITY = re.compile(rf"(?<![/0-9.])[0-9][0-9.,]{{0,9}}(?:[ ]?[%‰]|{_COUNTED})")
# yes: báo cáo, gửi, nộp (what is due at a day that no word bounds)
_REPORTS = re.compile(r"(?<!\w)(?:báo cáo|gửi|nộp|cung cấp|thông tin)(?!\w)", re.I)
_FINISHES = re.compile(
    r"(?<!\w)(?:hoàn thành|hoàn thiện|kết thúc|xong|tổng kết|sơ kết|đánh giá|ban hành|trình|triển khai|tổ chức)(?!\w)",
    re.I,
)
# yes: "ban hành ngày ", "kể từ ngày ", "tính đến ngày ", "từ ngày " before a day
# no:  "trước ngày "
_DATED = re.compile(
    r"(?:ban hành|ký|phê duyệt|thành lập|thông qua|sinh|kể từ|tính từ|từ|tính đến|đến|hiệu lực|số liệu|kỷ niệm|sáng"
    r"|chiều|kèm theo|tại|quy định|họp|theo|sau|của)(?:[ ]thời điểm)?[ ]$",
    re.I,
)
# yes: "hoàn thành ", "gửi ", "hạn: " before a bare day; "tổ chức " before a bare month
# no:  "tình hình "
_BARE_DAY = re.compile(r"(?:hoàn thành|xong|:|hạn|chậm nhất|vào|gửi|là)[ ]?$")
_BARE_MONTH = re.compile(r"(?:hoàn thành|xong|[:(]|thời gian|tổ chức|dự kiến|thực hiện|triển khai|ban hành)[ ]?$", re.I)
_OF_WHAT = re.compile(r"(?:kế hoạch|kết quả|nhiệm vụ|tình hình|công tác)[ ]$", re.I)
# yes: "giai đoạn ", "kế hoạch ", "tầm nhìn " right before a year or period that only qualifies
_QUALIFIED = re.compile(
    r"(?:giai đoạn|tầm nhìn|định hướng|nhiệm kỳ|niên độ|năm học|khóa|kế hoạch|chương trình|chiến lược|đề án|quy hoạch"
    r"|dự toán|ngân sách|báo cáo)(?:[ ]tới| trung hạn)?[ ,]{0,2}$",
    re.I,
)
# yes: "chương trình chuyển đổi số quốc gia " before "đến năm 2025": a name with its period
_NAMED = re.compile(r"(?<!\w)(?:chương trình|chiến lược|đề án|kế hoạch|quy hoạch|dự án|giai đoạn|mục tiêu)(?!\w)", re.I)
_LOOKS_ON = re.compile(r",?[ ](?:định hướng|tầm nhìn|và tầm nhìn|và định hướng|và những năm)")
# yes: "so với ", "đã " before an expression about the past
_PAST = re.compile(r"(?:so với|trước đó|đã|từng|vừa qua|cùng kỳ|trong những)(?:[ ][^\W\d_]{1,8}){0,3}[ ]$", re.I)
# yes: "xong ", "; ", "hoàn thành " before a bare year in a column of times
_FREE = re.compile(r"(?:[;:,(/-]|hoàn thành|xong|thực hiện|triển khai|ban hành|trong|và)[ ]?$", re.I)
# yes: "tham mưu bố trí " before "kinh phí hằng năm"
# no:  "lập dự toán "
_SPENDS = re.compile(r"(?:bố trí|cân đối|bảo đảm|đảm bảo|cấp|sử dụng|hỗ trợ)[ ](?:đủ[ ]|nguồn[ ])?$", re.I)
# yes: "Kế hoạch ", "kể từ " before an expression that is no time of its own
_OF_DOCUMENT = re.compile(r"(?:Kế hoạch|Quyết định|Chương trình|kể từ|tính từ)[ ]$")
# yes: "kiểm tra, đôn đốc" behind "thường xuyên"
# no:  "được cập nhật", "của đơn vị"
_VERB_FOLLOWS = re.compile(rf"(?!(?:được|là|tại|của|và|với|hoặc|cho|trong|theo(?! dõi)|để)[ ])[{SMALL}]")
# yes: "Giao Văn phòng UBND tỉnh " before "thường xuyên": the one who is told to do it
_TELLS = re.compile(
    r"(?:Giao|Yêu cầu|Đề nghị|Các|Cơ quan|Đơn vị|Sở|Phòng|Ban|UBND|Ủy ban|Thủ trưởng|Người|Văn phòng|Công an|Trung tâm"
    r"|Đồng chí|Hội|Bộ|Chủ tịch|Giám đốc|Trưởng|Thành viên|Tổ|Cán bộ|Công chức|Mỗi)(?:[ ]|,)"
)
_GIVES = re.compile(r"(?:Giao|Yêu cầu|Đề nghị|Phân công)[ ](?:cho[ ])?")
_SUBJECT_ENDS = re.compile(
    r"(?:này|tỉnh|huyện|xã|phường|phố|thôn|phương|vị|quan|ngành|thể|trưởng|nhân|viên|đội|ban|trách nhiệm|cần|chủ động"
    r"|đặc khu|[" + CAPITAL + r"][^\W\d_]{0,8})[ ]$"
)
# yes: "báo cáo kết quả thực hiện " before "theo yêu cầu"
# no:  "báo cáo theo nội dung bổ sung "
_REPORTS_ON_REQUEST = re.compile(r"(?<!\w)báo cáo(?:,?[ ](?!nội|bổ|và)[^\W\d_]{1,8}){0,9}[ ]$", re.I)


@cache
def _alternatives(name: str) -> str:
    return "|".join(re.escape(entry) for entry in sorted(word_list(name), key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    fixed, drawing, qualified, habit, labels = (
        _alternatives(f"deadlines_{name}") for name in ("fixed", "drawing", "qualified", "habit", "labels")
    )
    return {
        # yes: "trong dự toán chi " before "hằng năm"
        "fixed": re.compile(rf"(?:{fixed})(?:[ ](?:của[ ])?(?:các[ ])?[^\W\d_]{{1,8}}){{0,2}}[ ]$", re.I),
        # yes: "chủ động lập dự toán chi "
        "drawing": re.compile(rf"(?<!\w)(?:{drawing})(?!\w)", re.I),
        # yes: "bình xét thi đua " before "hằng năm"
        "qualified": re.compile(rf"(?<!\w)(?:{qualified})[ ]$", re.I),
        # yes: "chi " before "thường xuyên"
        "habit": re.compile(rf"(?<!\w)(?:{habit})[ ]$", re.I),
        # yes: "- Thời gian thực hiện: "
        "label": re.compile(
            rf"[ ]?(?:[-+*•–][ ]?|[0-9a-zđ]{{1,3}}[.)][ ])?(?:{labels})[ ]?(?::[ ]?|(?=trước|trong|[Qq]uý))", re.I
        ),
    }


def find_deadlines(text: Text, structure: Structure) -> Iterator[Deadline | Problem]:
    """Yield each deadline in order of appearance; a day that does not exist, or lacks its year, is a Problem too.

    Days and months without a year are of the year of a document that is for one year ("trước ngày 30/9").

    >>> from vnplan.structure import read_structure
    >>> from vnplan.text import clean_text
    >>> text = clean_text("KẾ HOẠCH\\nI. NHIỆM VỤ\\n1. Báo cáo trước ngày 30/11 hằng năm.\\n2. Tổng kết vào năm 2030.")
    >>> [(found.value, found.bound) for found in find_deadlines(text, read_structure(text))]
    [('XXXX-11-30', 'before'), ('2030', 'during')]
    """
    year = _year(structure.header)
    sections = SectionIndex(structure)
    words, _ = flowing(text, structure, sections)
    found: list[tuple[Timex, str | None]] = []
    seen: set[tuple[int, int]] = set()
    for section in structure.sections:
        if not section.leaf or section.role not in (*_ROLES, "objectives", "appendix"):
            continue
        for start, end, column in _stretches(text, section):
            if (start, end) in seen:
                continue
            seen.add((start, end))
            found += [(timex, section.path) for timex in _of_stretch(words, section, start, end, column, year)]
    if structure.medium == "article":
        for start, end in _article_stretches(text, structure, sections):
            found += [(timex, None) for timex in _reported(words, start, end, year)]
    for timex, path in sorted(found, key=lambda item: item[0].start):
        yield from _deadline(text, with_finish(words, timex), path)


def _deadline(text: Text, timex: Timex, path: str | None) -> Iterator[Deadline | Problem]:
    span = text.span(timex.start, timex.end)
    printed = text.clean[timex.start : timex.end]
    if timex.problem == "no-such-day":
        yield Problem("no-such-day", f"{printed}: the calendar has no such day", span)
    elif timex.problem == "no-year":
        yield Problem("no-year", f"{printed}: neither the words nor the document's period tell the year", span)
    value = None if timex.problem else timex.value
    yield Deadline(span, timex.type, value, timex.bound, timex.rrule, path)


def _year(header: Header) -> str | None:
    """Return the one year that the document is for, None when it is for several or nothing tells."""
    if header.period:
        years = {part[:4] for part in header.period.split("/")}
        return years.pop() if len(years) == 1 else None
    return header.date[:4] if header.date else None


def _stretches(text: Text, section: Section) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretches of a section's own words that may hold deadlines, with the column for a cell of a table."""
    if section.kind == "row" and section.cells:
        columns = {role for role, _, _ in section.cells}
        for role, start, end in section.cells:
            told = role != "other" or ("task" in columns and "deadline" not in columns)
            if role not in _OTHER_COLUMNS and told:
                yield start, end, role
        return
    if section.role == "appendix" or section.kind in ("part", "chapter", "appendix"):
        return
    yield section.start, section.end, None


def _article_stretches(text: Text, structure: Structure, sections: SectionIndex) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of an article that are no leaf with a duty."""
    for paragraph in text.paragraphs:
        section = sections.at(paragraph.start)
        inside = structure.preamble[0] <= paragraph.start < structure.preamble[1]
        if (section is None and inside) or (section is not None and section.role is None):
            yield paragraph.start, paragraph.end


def _of_stretch(
    words: str, section: Section, start: int, end: int, column: str | None, year: str | None
) -> Iterator[Timex]:  # fmt: skip
    label = _patterns()["label"].match(words, start, end) if column is None else None
    timed = column == "deadline" or label is not None
    timexes = find_timexes(words, start, end, year=year)
    if column == "deadline":
        yield from bare_times(words, start, end, year, timexes)
    if not timexes:
        return
    cited = find_citations(words, start, end)
    for timex in timexes:
        if _is_cited(cited, timex):
            continue
        if column is None and is_horizon(words, timex, *_clause(words, timex, start, end)):
            continue
        if timed and (label is None or timex.start >= label.end() - 1):
            begins = label.end() if label else start
            if (bounded := bound_time(words, timex, begins)) is not None:
                yield bounded
            elif _in_timed(words, timex, begins):
                yield timex
        elif _holds(words, timex, start, end, section, column):
            yield timex


def _is_cited(cited: list[Citation], timex: Timex) -> bool:
    """Tell whether an expression is part of a citation; ``cited`` are in order and do not overlap."""
    i = bisect_left(cited, timex.end, key=lambda citation: citation.start)
    return i > 0 and timex.start < cited[i - 1].end


def _in_timed(words: str, timex: Timex, start: int) -> bool:
    """Tell whether an expression counts where only times stand; the year of a document's name there is no time."""
    before = words[max(start, timex.start - 24) : timex.start]
    bound = timex.lead.startswith(("trong", "vào", "từ", "đến")) or timex.bound == "end"
    if timex.sort in ("year", "interval") and not bound:
        return not before.strip(" -+(") or bool(_FREE.search(before))
    return not (_OF_DOCUMENT.search(before) or words[start : timex.start].lstrip(" -+").startswith("Theo "))


def _holds(words: str, timex: Timex, start: int, end: int, section: Section, column: str | None) -> bool:
    """Tell whether an expression in running words is a deadline of what the words tell to do."""
    begin, stop = _clause(words, timex, start, end)
    before, clause = words[begin : timex.start], words[begin:stop]
    if section.role == "objectives":
        return timex.sort in ("day", "month", "quarter") and bool(timex.lead) and not _QUANTITY.search(clause)
    if not timex.lead and _PAST.search(before[-60:]):
        return False
    rule = _RULES[timex.sort]
    return rule(words, timex, before, clause)


def _clause(words: str, timex: Timex, start: int, end: int) -> tuple[int, int]:
    """Return the sentence or the part between semicolons in which an expression stands."""
    begin = start
    for found in _SENTENCE_END.finditer(words, max(start, timex.start - 1_500), timex.start):
        begin = found.end()
    following = _SENTENCE_END.search(words, timex.end, min(end, timex.end + 1_500))
    return begin, following.start() if following else end


def _day_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    if timex.lead or timex.rrule:
        counted = before[-5:].casefold().endswith("tính ")  # "tính đến ngày": figures as of a day
        return not (timex.lead in ("đến", "đến hết", "trong") and (counted or _DATED.search(before)))
    if _DATED.search(before):
        return False
    return bool(_BARE_DAY.search(before)) and bool(_REPORTS.search(clause) or _FINISHES.search(clause))


def _month_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    if words[timex.start].isdigit():
        return False
    return bool(timex.lead) or bool(_BARE_MONTH.search(before)) or not before.strip(" -+")


def _quarter_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    return timex.problem is None and not _QUALIFIED.search(before) and not is_reported(words, timex)


def _year_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    """A year counts with a word that makes it a time of doing; "đến năm" mostly opens a target's horizon."""
    if not timex.lead and timex.bound == "during":
        return False
    if timex.lead != "vào" and _QUALIFIED.search(before):
        return False
    if timex.lead.endswith("trước"):
        return bool(_FINISHES.search(before[-80:]))
    if timex.lead.startswith(("đến", "cho đến", "từ nay")) or (not timex.lead and timex.bound == "end"):
        near = before[-60:]
        if _NAMED.search(near) or _LOOKS_ON.match(words, timex.end):
            return False
        return not _QUANTITY.search(clause) and bool(_FINISHES.search(near))
    return not (timex.lead == "trong" and _OF_WHAT.search(before))


def _interval_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    if timex.lead in ("giai", "thời", "năm", "các") or timex.lead[:1].isdigit():
        return False
    return not _QUALIFIED.search(before) and not _QUANTITY.search(clause)


def _rhythm_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    """ "Hằng năm" counts where something is done then, not where it qualifies a sum of money."""
    if _patterns()["qualified"].search(before[-40:]):
        return False
    if is_rate(words, timex) or is_dated(words, timex):
        return False
    fixed = _patterns()["fixed"].search(before[-120:])
    if fixed is None:
        return True
    opening = before[: len(before) - len(fixed[0])][-160:]
    return bool(_patterns()["drawing"].search(opening)) and not _SPENDS.search(opening)


def _duration_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    return True


def _ongoing_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    """ "Thường xuyên" counts on the main verb of a task: at its beginning, or behind the one who is told to do it."""
    label = _LABEL.match(before)
    opens = before[label.end() if label else 0 :].strip(" ")
    following = words[timex.end : timex.end + 40].lstrip(" ,")
    if not opens:
        return bool(following)
    if _patterns()["habit"].search(before):
        return False
    if re.search(r"(?:thực hiện|tiến hành|duy trì)[ ]$", before, re.I):
        return True
    if not _VERB_FOLLOWS.match(following):
        return False
    return _is_body(opens) or bool(_TELLS.match(opens) and _SUBJECT_ENDS.search(before))


def _is_body(words: str) -> bool:
    """Tell whether the words are nothing but a body, with or without a verb that gives it a duty."""
    giving = _GIVES.match(words)
    body = match_body_words(words, giving.end() if giving else 0, len(words), known=True)
    return body is not None and body.end == len(words)


def _request_holds(words: str, timex: Timex, before: str, clause: str) -> bool:
    """ "Đột xuất", "khi có yêu cầu" count of a report; "chế độ báo cáo định kỳ, đột xuất" only names it."""
    if not re.search(r"(?<!\w)báo cáo(?!\w)", clause, re.I):
        return False
    if re.search(r"(?:chế độ|công tác|việc|nội dung)[ ](?:thông tin,? ?)?báo cáo[^.;]{0,40}$", before, re.I):
        return False
    if words[timex.start].casefold() == "k" and timex.end - timex.start > 10:
        return True
    if words[timex.start].casefold() != "đ":
        return bool(_REPORTS_ON_REQUEST.search(before))
    return bool(_REPORTS.search(before[-60:] + clause[len(before) : len(before) + 40]))


_RULES = {
    "day": _day_holds,
    "month": _month_holds,
    "quarter": _quarter_holds,
    "half": _quarter_holds,
    "year": _year_holds,
    "interval": _interval_holds,
    "rhythm": _rhythm_holds,
    "duration": _duration_holds,
    "ongoing": _ongoing_holds,
    "request": _request_holds,
}


def _reported(words: str, start: int, end: int, year: str | None) -> Iterator[Timex]:
    """Yield what an article reports as due: days that words bound, and rhythms with a day."""
    cited = find_citations(words, start, end)
    for timex in find_timexes(words, start, end, year=year):
        due = timex.sort == "day" and timex.lead and (timex.bound != "during" or timex.rrule)
        if due and not _is_cited(cited, timex):
            yield timex
