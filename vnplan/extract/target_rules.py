"""Which quantified statements are aims of the document, by the section in which they stand.

An aim is set by this document for later (chỉ tiêu). What already is, money in a budget, staffing, thresholds of a rule
and the size of a single event are none. In objectives a number needs little else; in a task it must be promised.
"""

from __future__ import annotations

import re
from functools import cache

from vnplan.extract.lexicon import word_list
from vnplan.extract.target_items import Aim
from vnplan.model import Header, Role

_SILENT: frozenset[Role | None] = frozenset({"basis", "situation", "recipients", "signature", "budget"})
_RULES = frozenset({"law", "code", "ordinance", "decree", "circular", "joint circular", "regulation"})
_COSTS = re.compile(
    r"(?:chi phí|kinh phí|học phí|lệ phí|mức đóng|mức phí|mức phạt|mức chi|mức hưởng|mức lương|mức thu|số tiền|tiền|lãi suất|vốn vay|giá trị hợp đồng"
    r"|giá đất|thuế|vốn điều lệ|lương|phụ cấp|dự toán|tổng mức đầu tư|nguồn thu|mức hỗ trợ|đối ứng|vốn góp|cổ phần)(?!\w)",
    re.I,
)
_STAFFING = re.compile(
    r"(?<!\w)(?:cử|phân công|gồm|thành phần|bố trí|điều động|mời|giao|mỗi đơn vị cử|thành viên|do)[ ][^,;]{0,40}$", re.I
)
_SINGLE = re.compile(
    r"(?:hội nghị|cuộc họp|buổi lễ|văn bản|báo cáo|đoàn|tổ|đợt|bộ|quyết định|kế hoạch|bộ phận|tài liệu|đồng chí|hoạt động|chuyên đề)",
    re.I,
)


@cache
def _promises() -> re.Pattern[str]:
    entries = sorted(word_list("target_promises"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(entry) for entry in entries)})(?!\w)", re.I)


def silent(role: Role | None) -> bool:
    """Tell whether sections of this role set no aims at all."""
    return role in _SILENT


def sets_aim(aim: Aim, words: str, role: Role | None, header: Header) -> bool:
    """Tell whether a quantified statement is a target of the document, given where it stands."""
    quoted = words[aim.start : aim.end]
    promised = aim.commitment != "plain"
    objectives = role == "objectives"
    if silent(role) or (header.kind in _RULES and not (objectives or promised)):
        return False
    if header.kind == "report" and not (objectives or promised):
        return False
    if role == "reporting" and not promised:
        return False
    if aim.quantity.all:
        return _all_of(aim, objectives, promised)
    if aim.frame == "zero":
        return objectives or promised or bool(aim.start)
    if aim.quantity.kind == "money":
        return objectives and aim.frame in ("indicator", "change") and not _COSTS.search(quoted)
    if aim.quantity.kind == "time":
        return aim.frame == "change" or (objectives and aim.frame == "indicator")
    if aim.quantity.kind == "percent":
        return _share(aim, words, quoted, objectives, promised)
    return _count(aim, words, quoted, objectives, promised)


def _all_of(aim: Aim, objectives: bool, promised: bool) -> bool:
    """ "Toàn bộ các xã có …" is an aim where it is the subject of an objective or promised; else it only says which."""
    return aim.frame == "share" and bool(aim.parts.outcome) and objectives


def _share(aim: Aim, words: str, quoted: str, objectives: bool, promised: bool) -> bool:
    if objectives:
        return True
    behind = words[aim.quantity.end : aim.end][:60]
    if _COSTS.match(behind.lstrip(" ")) or (not promised and _COSTS.search(quoted)):
        return False
    if aim.frame in ("share", "having"):
        return bool(aim.parts.outcome) or promised or aim.bounded
    if aim.frame == "doing":
        return bool(aim.parts.population)
    return True


def _count(aim: Aim, words: str, quoted: str, objectives: bool, promised: bool) -> bool:
    firm = promised or aim.bounded
    before = words[aim.start : aim.quantity.start]
    if aim.quantity.unit.lower() == "lần" and not (objectives and aim.frame in ("change", "indicator")):
        return False
    if _STAFFING.search(before):
        return False
    if aim.frame in ("share", "having", "rank"):
        if objectives:
            return firm or bool(aim.parts.outcome)
        return firm and bool(aim.parts.outcome)
    if aim.frame == "doing":
        verb = _promises().search(before)
        if verb is None:
            return objectives and firm
        single = aim.quantity.high < 2 and not firm
        return not (single and (not objectives or _SINGLE.match(aim.quantity.unit)))
    return objectives or firm
