"""Which quantified statements are aims of the document, by the section in which they stand.

An aim is set by this document for later (chỉ tiêu). What already is, money in a budget, staffing, thresholds of a rule
and the size of a single event are none. In objectives a number needs little else; in a task it must be promised.
"""

from __future__ import annotations

import re
from functools import cache

from vnplan.extract.lexicon import word_list
from vnplan.extract.target_frames import Aim
from vnplan.model import Header, Role

_SILENT: frozenset[Role | None] = frozenset({"basis", "situation", "recipients", "signature", "budget"})
_RULES = frozenset({"law", "code", "ordinance", "decree", "circular", "joint circular", "regulation", "guideline"})
_ACT = re.compile(r"/(?:19|20)[0-9]{2}/")
TOLD = frozenset({"report", "notice", "submission"})
_COSTS = re.compile(
    r"(?:chi phí|kinh phí|học phí|lệ phí|mức đóng|mức phí|mức phạt|mức chi|mức hưởng|mức lương|mức thu|số tiền"
    r"|tiền|lãi suất|vốn vay|giá trị hợp đồng"
    r"|giá đất|thuế|vốn điều lệ|lương|phụ cấp|dự toán|tổng mức đầu tư|nguồn thu|mức hỗ trợ|đối ứng|vốn góp"
    r"|cổ phần)(?!\w)",
    re.I,
)
_STAFFING = re.compile(
    r"(?<!\w)(?:cử|phân công|gồm|thành phần|bố trí|điều động|mời|giao|mỗi đơn vị cử|thành viên"
    r"|do)[ ][^,;]{0,40}$",
    re.I,
)
_SINGLE = re.compile(
    r"(?:hội nghị|cuộc họp|buổi lễ|văn bản|báo cáo|đoàn|tổ|đợt|bộ|quyết định|kế hoạch|bộ phận|tài liệu|đồng chí"
    r"|hoạt động|chuyên đề)",
    re.I,
)


_BRACKET = re.compile(r"\([^()]{0,80}\)")
_TAKEN = re.compile(r"(?:trích|hưởng|nộp|đóng|thu|chi|miễn|với tỷ lệ|bằng)[ ](?:từ[ ])?$", re.I)
_OVER = re.compile(r"(?<!không )quá[ ]$", re.I)
# Parts of the plan itself: no aims.
_OF_WORK = re.compile(
    r"(?:nhóm|nhiệm vụ|nội dung|giải pháp|lĩnh vực|chỉ tiêu|tiêu chí|ca|bộ phận|hệ thống|tiêu chuẩn|bậc|nước|quốc gia"
    r"|vùng|khu vực|trường hợp|thành viên|đồng chí|hồ sơ|bộ|chương trình|đề án)(?!\w)",
    re.I,
)
# Places and bodies that a task may name without an aim ("phối hợp với 07 tỉnh").
_NAMED = re.compile(r"(?:tỉnh|thành phố|huyện|quận|địa phương|cơ quan|đơn vị|đoàn|tổ)(?!\w)", re.I)
# yes: "mỗi cơ quan có ít nhất" before "01 công chức chuyên trách chuyển đổi số"
# yes: "01 cán bộ đầu mối"
# no:  "công chức được bồi dưỡng"
_POSTED = re.compile(
    r"(?:cán bộ|công chức|viên chức|lãnh đạo|người|nhân viên|đồng chí)[^,;.]{0,30}?[ ](?:chuyên trách|phụ trách|đầu mối"
    r"|kiêm nhiệm|theo dõi|làm (?:đầu mối|công tác))(?!\w)",
    re.I,
)
# What a group of people must answer for where they exceed it: "đơn vị có tỷ lệ trễ hạn trên 3% phải giải trình".
_ANSWERED = re.compile(r"[^,;.]{0,40}?(?:phải|thì|bị|không được|có trách nhiệm)(?!\w)", re.I)
_WITH_RATE = re.compile(r"\w[ ](?:có|đạt|với|mà)[ ](?:tỷ lệ|tỉ lệ|số|mức)(?!\w)", re.I)
# yes: "tập huấn kỹ năng số cho " before "toàn bộ công chức"
# yes: "cử toàn bộ"
# no:  "chỉ đạo toàn bộ"
_FOR_ALL = re.compile(r"(?:[ ](?:cho|đối với|tới|đến)|^cử|^tập huấn|^bồi dưỡng|^cấp|^lắp đặt|^trang bị)[ ]?$", re.I)
_AT_RATE = re.compile(r"(?:với[ ])?(?:tỷ lệ|tỉ lệ|mức|quá|bằng|hưởng|thu|nộp|trích|giảm|miễn|đóng|chi)[ ]*$", re.I)
# A threshold of a rule, not an aim of a plan.
_LEGAL = re.compile(
    r"(?:(?<!trong )trường hợp|hồ sơ (?:đăng ký|đề nghị)|đề nghị cấp|cấp phép|giấy phép|giấy chứng nhận|xử phạt"
    r"|phạt tiền|điều kiện|quy định tại"
    r"|tổn thương|thương tật|vốn điều lệ|không được|không vượt|vi phạm (?:từ|trên)|thanh lý|nhà thầu"
    r"|người nặng)(?!\w)",
    re.I,
)


# What a grade or a score begins at.
_GRADE = re.compile(
    r"(?:tương ứng với|xếp loại|xếp hạng [A-D]|mức (?:xuất sắc|tốt|khá|trung bình|yếu|thấp))(?!\w)", re.I
)


_EACH = re.compile(r"(?:mỗi|từng)[ ](?!năm|quý|tháng|tuần|ngày|học kỳ|lần)", re.I)


@cache
def _promises() -> re.Pattern[str]:
    entries = sorted(word_list("target_promises"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(entry) for entry in entries)})(?!\w)", re.I)


def silent(role: Role | None) -> bool:
    """Tell whether sections of this role set no aims at all."""
    return role in _SILENT


def sets_aim(aim: Aim, words: str, role: Role | None, header: Header, *, dated: bool, told: bool | None = None) -> bool:
    """Tell whether a quantified statement is a target, given the section.

    ``dated`` says that a heading above tells by when; ``told`` that what stands here was done already, and is not known
    where only the kind of the document says so.
    """
    if silent(role):
        return False
    told = header.kind in TOLD if told is None else told
    promised = aim.commitment != "plain"
    if not (promised or aim.parts.population or aim.parts.outcome):
        return False
    objectives = role == "objectives" or (role is None and dated)
    if aim.commitment != "strive" and _GRADE.search(words, max(0, aim.start - 30), aim.quantity.start):
        return False
    if not objectives:
        if (_sets_rules(header) or told or role == "reporting") and aim.commitment != "strive":
            return False
        if aim.commitment != "strive" and (aim.frame == "rank" or _threshold(aim, words)):
            return False
    elif header.kind == "report" and told and aim.commitment != "strive":
        return False
    if aim.quantity.all:
        return bool(aim.parts.outcome) and (
            (aim.frame == "share" and objectives)
            or (aim.frame == "doing" and _FOR_ALL.search(words, aim.start, aim.quantity.start) is not None)
        )
    if aim.frame == "zero":
        return objectives or promised or aim.follows
    if aim.quantity.kind == "money":
        return objectives and aim.frame in ("indicator", "change") and not _COSTS.search(words, aim.start, aim.end)
    if aim.quantity.kind == "time":
        return objectives and aim.frame in ("change", "indicator")
    if aim.quantity.kind == "percent":
        return _share(aim, words, role, objectives, promised)
    return _count(aim, words, role, objectives, promised)


def _sets_rules(header: Header) -> bool:
    """Tell whether the document is a legal act, whose number carries the year (30/2020/NĐ-CP), and no plan."""
    return header.kind in _RULES or (header.kind != "plan" and _ACT.search(header.number or "") is not None)


def _threshold(aim: Aim, words: str) -> bool:
    """Tell whether the sentence up to the number speaks of a rule's condition rather than of an aim."""
    earliest = max(0, aim.start - 80)
    start = max(earliest, *(words.rfind(mark, earliest, aim.start) for mark in ".;"))
    return _LEGAL.search(words, start, aim.quantity.start) is not None


def _share(aim: Aim, words: str, role: Role | None, objectives: bool, promised: bool) -> bool:
    before = words[aim.start : aim.quantity.start]
    behind = _BRACKET.sub("", words[aim.quantity.end : aim.end]).lstrip(" ")
    if _ANSWERED.match(behind) and _WITH_RATE.search(words, max(0, aim.start - 3), aim.quantity.start):
        return False
    if behind[:1].isdigit() or (aim.frame == "doing" and _TAKEN.search(before)):
        return False  # a row of figures, a rate of a fee
    if _COSTS.match(behind):
        return objectives and aim.frame in ("indicator", "change")
    if objectives:
        return True
    if aim.frame in ("share", "having"):
        return bool(aim.parts.outcome) or promised or aim.bounded
    if role is None and aim.frame == "doing":
        return promised or aim.bounded or aim.quantity.high == 100
    if aim.frame == "indicator":
        return (aim.reached or promised) and not _COSTS.match(before)
    if aim.frame == "doing":
        return bool(aim.parts.population) and not _AT_RATE.search(before)
    return aim.frame != "change" or not _COSTS.search(before)


def _count(aim: Aim, words: str, role: Role | None, objectives: bool, promised: bool) -> bool:
    firm = promised or aim.bounded or (aim.follows and aim.frame == "share" and bool(aim.parts.outcome))
    before = words[aim.start : aim.quantity.start]
    unit = aim.quantity.unit.lower()
    if unit == "lần" and not ((objectives or promised) and aim.frame in ("change", "indicator")):
        return False
    if _STAFFING.search(before) or _OVER.search(before) or _POSTED.match(words, aim.quantity.of + 1, aim.end):
        return False
    if not objectives and aim.commitment != "strive":
        return _counted_task(aim, role, before, firm)
    if aim.frame in ("share", "having", "rank"):
        return firm or (objectives and bool(aim.parts.outcome))
    if aim.frame == "doing":
        if _promises().search(before) is None:
            return firm
        return firm or aim.quantity.high >= 2 or not _SINGLE.match(unit)
    return True


def _counted_task(aim: Aim, role: Role | None, before: str, firm: bool) -> bool:
    """Tell whether a count in a task is promised: "xây dựng 02 mô hình", "mỗi xã có ít nhất 01 câu lạc bộ"."""
    each = _EACH.match(before) is not None
    if (role is None and not firm) or aim.quantity.bound or _OF_WORK.match(aim.quantity.unit):
        return False
    if aim.frame == "doing":
        if firm or each:
            return bool(aim.parts.outcome) and not (aim.quantity.kind == "measure" and not _promises().match(before))
        if _NAMED.match(aim.quantity.unit):
            return False
        verbs = [verb for verb in _promises().finditer(before) if verb[0].lower() not in ("có", "đạt")]
        if aim.quantity.kind == "measure" and not _promises().match(before):
            return False
        verb = verbs[-1] if verbs else None
        if verb is None or "," in before[verb.end() :] or len(before[verb.end() :].split()) > 7:
            return False
        return aim.quantity.high >= 2 or _SINGLE.match(aim.quantity.unit) is None
    if aim.quantity.kind == "measure":
        return aim.frame == "change"
    if aim.frame == "change":
        return True
    return (firm or each) and (bool(aim.parts.outcome) or aim.per is not None) and aim.frame != "rank"
