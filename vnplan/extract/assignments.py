"""Who leads and who coordinates, from the words of one item: the grammar of chủ trì, phối hợp, giao, yêu cầu, đề nghị.

Works on the cleaned text of one item and the bodies named in it; knows nothing of sections. An item is read clause
by clause; each clause may have its own subject ("Trạm Y tế lập hồ sơ; các trường học dạy bơi": two lead). Bodies that
stand in one list ("Sở Y tế, Sở Tài chính và UBND các huyện") have one role, which the words before or after it give.
Brackets and sentences that say nothing but who does it are read by :mod:`vnplan.extract.assigned_parts`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from vnplan.extract.assigned_parts import find_parts
from vnplan.extract.letters import CAPITAL
from vnplan.extract.task_cells import Named, read_cell


@dataclass(frozen=True, slots=True)
class Assignment:
    """Names of those who lead and those who coordinate, in order of appearance.

    ``beside_heading``: who leads does so in a later clause only; the first has no subject but that of a heading above.
    ``told`` are those whom a verb in the middle of a clause tells; they lead where nobody else does.
    """

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    heading_coordinates: bool = False  # the body in the heading above only coordinates
    beside_heading: bool = False
    told: tuple[str, ...] = ()


Side = Literal["lead", "coordinating", "told", "none"]

# What may stand between two bodies of one list.
_BETWEEN = re.compile(
    r"[ ]?(?:[,;/]|và|cùng với|cùng|với|, và|; và|hoặc)?[ ]?(?:(?<=, )(?:đề nghị |yêu cầu )|các đồng chí )?"
    r"(?:thủ trưởng |lãnh đạo |giám đốc |chủ tịch |người đứng đầu |đại diện |chánh |(?:chi )?cục trưởng |vụ trưởng )?",
    re.I,
)
_ADVERB = (
    r"(?:[ ](?:chặt chẽ|thường xuyên|chủ động|hiệu quả|đồng bộ|kịp thời|tích cực|liên ngành|thực hiện|triển khai"
    r"|tổ chức|công tác|hoạt động|tốt))"
)
# yes: phối hợp với / phối hợp chặt chẽ cùng / cùng với / với sự tham gia của
# no:  kết nối với / so với
_COORDINATE_BEFORE = re.compile(
    rf"(?:phối hợp{_ADVERB}{{0,3}}(?:[ ](?:với|cùng với|cùng)|:| -)?"
    r"|(?<!phối hợp )cùng với|(?:với|có) sự (?:tham gia|phối hợp|hỗ trợ)(?: phối hợp)?(?: của)?"
    r"|(?:cơ quan|đơn vị) phối hợp(?: thực hiện)?(?: là|:)?)[ ]?(?:các )?$",
    re.I,
)
# yes: "phối hợp tổ chức hội thảo với " before a body
# no:  "phối hợp xây dựng kế hoạch gắn với "
_COORDINATE_FAR = re.compile(
    r"phối hợp(?:[ ](?!với|cùng|gắn|so|đối|nối)[^\W\d_]{1,8}){1,8}[ ](?:cùng với|với|cùng)[ ](?:các )?$", re.I
)
_TELL = r"giao(?: cho| nhiệm vụ cho| trách nhiệm cho| nhiệm vụ)?|yêu cầu|đề nghị|phân công(?: cho)?|ủy quyền(?: cho)?"
# yes: giao / UBND tỉnh giao cho / yêu cầu / đề nghị / phân công
# no:  được giao / bàn giao / theo đề nghị
_TELLS = re.compile(
    rf"(?<!được )(?<!bàn )(?<!chuyển )(?<!quân )(?<!theo )(?<!xét )(?<!có )\b(?:{_TELL})[ ]?:?[ ]?(?:các )?:?[ ]?$",
    re.I,
)
# yes: "chủ trì: " / "cơ quan thực hiện là " before a body
# no:  "chủ trì "
_LEAD_BEFORE = re.compile(
    r"(?:chủ trì(?: thực hiện| tham mưu)?(?: là|:)|(?:cơ quan|đơn vị) (?:chủ trì|thực hiện|đầu mối)(?: là|:)?)"
    r"[ ]?(?:các )?:?[ ]?$",
    re.I,
)
# yes: "Trách nhiệm của " before a body that a colon follows
# no:  "trách nhiệm của " before one that goes on
_DUTY_OF = re.compile(r"[ ]?(?:(?:trách nhiệm|nhiệm vụ) của|đối với)[ ](?:các )?", re.I)
# yes: " (Cục ĐKVN)" behind a body: what else it is called, or which part of it
_ASIDE = re.compile(r"[ ]?\([^()\n]{1,80}\)")
# yes: "Tiêu chuẩn, đo lường: " at the head of an item whose subject follows
# no:  "Giao Sở Y tế: "
_TITLE = re.compile(r"[ ]?(?:[^\W_]{1,12}[ ,-]{1,3}){0,7}[^\W_]{1,12}:[ ]")
_DOES = r"(?:chủ trì|thực hiện|đảm nhiệm|đảm nhận|phụ trách|chịu trách nhiệm|làm đầu mối|triển khai|làm chủ đầu tư)"
# yes: "do " before a body that "thực hiện" follows
# no:  "lớp học do " before "Sở Y tế tổ chức"
_BY = re.compile(r"(?<!\w)do[ ](?:các )?$", re.I)
_BY_AFTER = re.compile(rf"[ ]{_DOES}(?!\w)", re.I)
# yes: (là cơ quan) chủ trì / có trách nhiệm chủ trì / làm đầu mối / được giao chủ trì
# no:  phối hợp
_LEAD_AFTER = re.compile(
    r"[ ]?[,:]?[ ]?\(?(?:tỉnh |thành phố |huyện )?(?:được giao |(?:có )?trách nhiệm |sẽ |là |giữ vai trò |cùng |đồng )?"
    r"(?:(?:cơ quan|đơn vị)(?: thường trực)?,? )?"
    r"(?:chủ trì|làm đầu mối|là đầu mối|đầu mối|chịu trách nhiệm|thường trực)",
    re.I,
)
# yes: (có trách nhiệm) phối hợp / tham gia phối hợp / cùng tham gia
# no:  chủ trì, phối hợp
_COORDINATE_AFTER = re.compile(
    r"[ ]?[,:]?[ ]?(?:(?:có )?trách nhiệm |chủ động |tích cực |là (?:cơ quan|đơn vị) |cùng |trong việc )?"
    r"(?:tham gia )?phối hợp(?!\w)",
    re.I,
)
# yes: " phối hợp thực hiện." / " tham gia." behind a list in the middle of a clause: nothing but that follows
# no:  " phối hợp với "
_ONLY_HELPS = re.compile(
    r"[ ](?:cùng )?(?:phối hợp|tham gia)(?: (?:thực hiện|triển khai|tổ chức|phối hợp)){0,2}(?=[ ]?(?:[;.,)]|$))"
)
# yes: Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, / Quá trình triển khai có vấn đề phát sinh,
# no:  Trong quá trình công tác, cán bộ
_TROUBLE = r"(?:khó khăn, vướng mắc|vướng mắc, khó khăn|vướng mắc|khó khăn|phát sinh|vấn đề mới)"
_OPENINGS = (
    r"trước|chậm nhất|trong|định kỳ|hằng|hàng|mỗi|đến|từ|sau|khi|nếu|căn cứ|theo|trên cơ sở|để|nhằm|ngoài|đối với|vào"
    r"|với|quá trình|bên cạnh|trên đây|cùng với"
)
# Words of mandate, time or condition that may stand between a heading (or label) and the subject or verb of an item.
# yes: Theo chức năng, nhiệm vụ được giao, / Hằng tháng, / Trước ngày 15/12/2026, / Riêng
# no:  Sở Y tế
_MANDATE = re.compile(
    r"[ ]?(?:(?:trên cơ sở|căn cứ(?: vào)?|theo|trong phạm vi)[ ][^;.:]{0,160}?"
    r"(?:được giao|của mình|được phân công|phụ trách|quản lý)(?: của (?:mình|ngành|đơn vị))?[ ]?,?[ ]?"
    r"|(?:hằng|hàng|định kỳ|mỗi)[ ](?:hằng |hàng )?(?:năm|quý|tháng|tuần)[ ]?,?[ ]?"
    r"|(?:đồng thời|ngoài ra|riêng|trước mắt|riêng đối với),?[ ]?"
    rf"|(?:trong )?quá trình[ ][^.;:]{{0,120}}?{_TROUBLE}[^.;:,]{{0,60}},[ ]?)",
    re.I,
)
# yes: "Căn cứ Kế hoạch này, " / "Trước ngày 15/12, " right before a body
# no:  "Rà soát, "
_ADVERBIAL = re.compile(rf"[ ]?(?:{_OPENINGS})[ ][^;:()]{{1,240}},[ ]?(?:(?:thì )?các đồng chí )?", re.I)
# yes: Phối hợp rà soát / Chủ động phối hợp / có trách nhiệm phối hợp
# no:  Chủ trì, phối hợp
_COORDINATES_FIRST = re.compile(r"[ ]?(?:có trách nhiệm |chủ động |tích cực )?(?:tham gia )?phối hợp\b", re.I)
# After a body at the head of a clause: what shows that it is the subject and not the object of a title.
_VERB_AFTER = re.compile(
    r"[ ]?(?:khác)?[ ]?[,:]?[ ]?(?:có |tỉnh |thành phố |huyện )?"
    r"(?:(?!và |của |về |trong |tại |theo (?!dõi)|để |,)(?=\w)"
    r"|(?=(?:trong phạm vi|theo chức năng|theo nhiệm vụ|theo phạm vi|theo lĩnh vực|theo thẩm quyền)[ ,]))",
)
# The head of a body stands for the body: "Thủ trưởng các cơ quan", "Chủ tịch UBND xã", "Giám đốc Sở".
_HEAD_OF = re.compile(
    r"(?:thủ trưởng|người đứng đầu|lãnh đạo|giám đốc|tổng giám đốc|chủ tịch|trưởng|cục trưởng|chi cục trưởng|chánh"
    r"|bộ trưởng|viện trưởng|hiệu trưởng|chủ nhiệm|trưởng ban|bí thư|đồng chí)[ ](?:các[ ])?$",
    re.I,
)
# yes: "các Sở: " / "các Sở " before "Y tế, Tài chính"
# no:  "các "
_PLURAL_HEAD = re.compile(r"(?<!\w)các[ ](?:bộ|sở|phòng|ban|vụ|cục|chi cục|trung tâm|hội)[ ]?:?[ ]$", re.I)
# A subject that speaks, and whom it tells: "UBND tỉnh yêu cầu", "UBND thành phố đề nghị".
_SPEAKS = re.compile(r"[ ]?(?:yêu cầu|đề nghị|giao|phân công)\b", re.I)
# yes: "; " and ". " before a capital
# no:  "." in 1.250
_CLAUSE_END = re.compile(rf";|\n|(?<![0-9{CAPITAL}])(?<!TP)(?<!Tp)\.(?=[ ][{CAPITAL}])|(?<=[0-9])\.(?=[ ][{CAPITAL}])")
# yes: "mỗi huyện" at the head of a later clause: how much of something is for each, and nobody who leads
_EACH = re.compile(r"(?:mỗi|từng)[ ]", re.I)
_NEAR = 72  # code points before a body in which the words stand that give it a role


@dataclass(slots=True)
class _Roles:
    """What is known so far of an item."""

    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    opens: bool = False  # the first clause, or words for the whole item, name who leads

    def add(self, side: Side, names: Sequence[str]) -> None:
        """Give a role to those who have none yet."""
        into = {"lead": self.lead, "coordinating": self.coordinating, "told": self.told}.get(side)
        if into is not None:
            into += [name for name in names if name not in self.lead and name not in self.coordinating]


def read_assignment(words: str, named: Sequence[Named], start: int, end: int) -> Assignment:
    """Return who leads and coordinates by the words of ``words[start:end]``, where ``named`` bodies stand in order.

    >>> text = "Sở Y tế chủ trì, phối hợp với Sở Tài chính lập kế hoạch."
    >>> found = read_assignment(text, [Named(0, 7, "Sở Y tế"), Named(30, 42, "Sở Tài chính")], 0, len(text))
    >>> found.lead, found.coordinating
    (('Sở Y tế',), ('Sở Tài chính',))
    """
    roles = _Roles()
    parts = list(find_parts(words, named, start, end))
    for low, high in parts:
        lead, coordinating = read_cell(words, low, high, _inside(named, low, high), known=True)
        roles.add("lead", lead)
        roles.add("coordinating", coordinating)
        roles.opens = roles.opens or bool(lead)
    groups = group_named(words, _outside(named, parts))
    starts = [group[0].start for group in groups]
    beginning = start
    for number, (low, high) in enumerate(_clauses(words, start, end, groups, parts)):
        first = bisect_left(starts, low)
        inside = groups[first : bisect_left(starts, high, first)]
        begins = _begin(words, low, high, inside)
        beginning = begins if number == 0 else beginning
        before = len(roles.lead)
        _read_clause(words, inside, begins, high, roles, opens=number == 0)
        roles.opens = roles.opens or (number == 0 and len(roles.lead) > before)
    only = bool(_COORDINATES_FIRST.match(words, beginning, end)) and not roles.lead
    beside = bool(roles.lead) and not roles.opens
    return Assignment(tuple(roles.lead), tuple(roles.coordinating), only, beside, tuple(roles.told))


def _inside(named: Sequence[Named], low: int, high: int) -> Sequence[Named]:
    first = bisect_left(named, low, key=lambda body: body.start)
    return named[first : bisect_left(named, high, first, key=lambda body: body.start)]


def _outside(named: Sequence[Named], parts: Sequence[tuple[int, int]]) -> list[Named]:
    """Return the bodies that stand in none of the parts; both are in order."""
    free, i = [], 0
    for body in named:
        while i < len(parts) and parts[i][1] <= body.start:
            i += 1
        if i == len(parts) or body.start < parts[i][0]:
            free.append(body)
    return free


def _clauses(
    words: str, start: int, end: int, groups: Sequence[Sequence[Named]], parts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the clauses of an item; none ends inside a list of bodies or a bracket that was read already."""
    whole = sorted([(group[0].start, group[-1].end) for group in groups] + list(parts))
    at, i = start, 0
    for found in _CLAUSE_END.finditer(words, start, end):
        while i < len(whole) and whole[i][1] <= found.start():
            i += 1
        if i < len(whole) and whole[i][0] <= found.start():
            continue
        yield at, found.start()
        at = found.end()
    yield at, end


def _begin(words: str, start: int, end: int, groups: Sequence[Sequence[Named]]) -> int:
    """Return where a clause begins to say something, past a title and words of mandate or time ("Hằng năm, …")."""
    first = groups[0][0].start if groups else -1
    title = _TITLE.match(words, start, end)
    if title and title.end() <= first <= title.end() + 24:
        start = title.end()
    for _ in range(3):
        found = _MANDATE.match(words, start, end)
        if not found or found.end() == start:
            break
        start = found.end()
    if start < first:
        if head := _HEAD_OF.search(words, max(start, first - 32), first):
            first = head.start()
        if _ADVERBIAL.fullmatch(words, start, first):
            return first
    return start


def _read_clause(
    words: str, groups: Sequence[Sequence[Named]], beginning: int, end: int, roles: _Roles, *, opens: bool
) -> None:
    """Add what one clause says of the lists of bodies in it."""
    spoken: Side = "none"
    previous_end = -1
    leads = False
    for group in groups:
        side = _side(words, group, beginning, end, leads=leads, opens=opens)
        if side == "none" and spoken == "lead" and _told_again(words, previous_end, group[0].start):
            side = "lead"
        roles.add(side, [body.name for body in group])
        leads = leads or side == "lead"
        spoken, previous_end = side, group[-1].end


def group_named(words: str, named: Sequence[Named]) -> list[list[Named]]:
    """Return the bodies in groups that stand in one list.

    A semicolon joins two only in a list that a colon opens, or where the first of them begins it: elsewhere it ends a
    clause, and the next body is the subject of another.
    """
    groups: list[list[Named]] = []
    for body in named:
        if groups:
            last = groups[-1][-1]
            if body.start < last.end:
                continue
            aside = _ASIDE.match(words, last.end, body.start)
            at = aside.end() if aside else last.end
            listed = body.start - at <= 40 and _BETWEEN.fullmatch(words, at, body.start)
            if listed and (";" not in listed[0] or _opens_list(words, groups[-1][0].start)):
                groups[-1].append(body)
                continue
        groups.append([body])
    return groups


def _opens_list(words: str, first: int) -> bool:
    """Tell whether a list of bodies whose parts semicolons part may begin at a place."""
    if head := _HEAD_OF.search(words, max(0, first - 32), first):
        first = head.start()
    before = words[max(0, first - _NEAR) : first]
    opened = before.rstrip(" ").endswith((":", ")", ".", "-", "\n")) or first < 3
    return opened or _COORDINATE_BEFORE.search(before) is not None


def _side(words: str, group: Sequence[Named], beginning: int, end: int, *, leads: bool, opens: bool) -> Side:
    """Return the role that the words around a list of bodies give it.

    ``leads``: somebody leads in the clause already; ``opens``: it is the first clause of the item.
    """
    first, last = group[0].start, group[-1].end
    if head := _HEAD_OF.search(words, max(beginning, first - 32), first):
        first = head.start()
    if plural := _PLURAL_HEAD.search(words, max(beginning, first - 24), first):
        first = plural.start()
    before = words[max(beginning, first - _NEAR) : first]
    if aside := _ASIDE.match(words, last, end):
        last = aside.end()
    if _COORDINATE_BEFORE.search(before) or _COORDINATE_FAR.search(before):
        return "coordinating"
    if _LEAD_AFTER.match(words, last, end):
        return "lead"
    at_head = first - beginning <= 1
    if _SPEAKS.match(words, last, end) and at_head:
        return "none"
    if _DUTY_OF.fullmatch(words, beginning, first) and words[last : last + 1] in (":", ""):
        return "lead"
    if _LEAD_BEFORE.search(before):
        return "coordinating" if _COORDINATE_AFTER.match(words, last, end) else "lead"
    if telling := _TELLS.search(before):
        if _COORDINATE_AFTER.match(words, last, end):
            return "coordinating"
        return "lead" if _is_order(before[: telling.start()], first - len(before) == beginning) else _weak(leads)
    if _BY.search(before) and _BY_AFTER.match(words, last, end):
        return "lead"
    if _ONLY_HELPS.match(words, last, end):
        return "coordinating"
    if at_head:
        if _COORDINATE_AFTER.match(words, last, end):
            return "coordinating"
        each = opens or not _EACH.match(words, group[0].start)
        if each and last < end and _VERB_AFTER.match(words, last, end) and words[last : last + 1] in (" ", ":", ","):
            return "lead"
    return "none"


def _weak(leads: bool) -> Side:
    return "none" if leads else "told"


# yes: "UBND tỉnh " / ": " / "; đồng thời " before "giao"
# no:  "Tham mưu UBND tỉnh " before it
_ORDERS = re.compile(
    r"(?:^|[:.]|đồng thời|trước mắt|ngoài ra|riêng|nay|và)[ ]?,?[ ]?(?:\w{1,12}[ ]){0,1}$"
    r"|^[ ]?(?:UBND|Ủy ban nhân dân|Chủ tịch|Thủ tướng|Chính phủ|Bộ|Sở|Ban|Hội đồng)[^,;:]{0,60}[ ]$",
    re.I,
)


def _is_order(before: str, whole: bool) -> bool:
    """Tell whether a verb that tells somebody is the clause's own: at its head, behind its speaker or a colon."""
    return bool(_ORDERS.search(before)) if whole or before.rstrip().endswith((":", ".")) else False


def _told_again(words: str, start: int, end: int) -> bool:
    """Return whether only a second "yêu cầu" or "đề nghị" stands between two lists: "đề nghị A, yêu cầu B"."""
    return 0 <= start < end <= start + 24 and bool(
        re.fullmatch(r"[ ]?[,;]?[ ]?(?:và )?(?:yêu cầu|đề nghị)[ ]", words[start:end])
    )
