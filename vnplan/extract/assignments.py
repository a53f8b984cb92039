"""Who leads and who coordinates, from the words of one item: the grammar of chủ trì, phối hợp, giao, yêu cầu, đề nghị.

Works on the cleaned text of one item and the bodies named in it; knows nothing of sections. Bodies that stand in one
list ("Sở Y tế, Sở Tài chính và UBND các huyện") have one role, which the words before or after the list give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in an item: where its words stand in the cleaned text, and its canonical name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Names of those who lead and those who coordinate, in order of appearance."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    heading_coordinates: bool = False  # the body in the heading above only coordinates


Side = Literal["lead", "coordinating", "none"]

# What may stand between two bodies of one list.
_BETWEEN = re.compile(
    r"[ ]?(?:[,;/]|và|cùng với|cùng|với|, và|; và)?[ ]?(?:(?<=, )(?:đề nghị |yêu cầu )|thủ trưởng |lãnh đạo )?", re.I
)
# yes: phối hợp với / phối hợp chặt chẽ cùng / cùng với / với sự tham gia của
# no: kết nối với / so với
_COORDINATE_BEFORE = re.compile(
    r"(?:phối hợp(?: chặt chẽ| thường xuyên| chủ động| hiệu quả)?(?: với| cùng| cùng với|:| -)?"
    r"|(?<!phối hợp )cùng với|với sự (?:tham gia|phối hợp) của"
    r"|(?:cơ quan|đơn vị) phối hợp(?: thực hiện)?(?: là|:)?)[ ]?(?:các )?$",
    re.I,
)
# yes: giao / UBND tỉnh giao cho / yêu cầu / đề nghị / chủ trì: / do / phân công
# no: được giao / bàn giao / theo đề nghị
_LEAD_BEFORE = re.compile(
    r"(?:(?<!được )(?<!bàn )(?<!chuyển )(?<!quân )\bgiao(?: cho| nhiệm vụ cho)?"
    r"|(?<!theo )\byêu cầu|(?<!theo )(?<!xét )\bđề nghị"
    r"|chủ trì(?: thực hiện| tham mưu)?(?: là|:)"
    r"|(?:cơ quan|đơn vị) (?:chủ trì|thực hiện|đầu mối)(?: là|:)?"
    r"|phân công(?: cho)?|\bdo)[ ]?(?:các )?:?[ ]?$",
    re.I,
)
# yes: (là cơ quan) chủ trì / có trách nhiệm chủ trì / làm đầu mối
# no: phối hợp
_LEAD_AFTER = re.compile(
    r"[ ]?[,:]?[ ]?\(?(?:tỉnh |thành phố |huyện )?(?:(?:có )?trách nhiệm |sẽ |là )?"
    r"(?:(?:cơ quan|đơn vị)(?: thường trực)? )?(?:chủ trì|làm đầu mối|là đầu mối|đầu mối|chịu trách nhiệm)",
    re.I,
)
# yes: (có trách nhiệm) phối hợp / tham gia phối hợp
# no: chủ trì, phối hợp
_COORDINATE_AFTER = re.compile(
    r"[ ]?[,:]?[ ]?(?:(?:có )?trách nhiệm |chủ động |tích cực |là (?:cơ quan|đơn vị) )?(?:phối hợp|tham gia phối hợp)",
    re.I,
)
# yes: Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, / Quá trình triển khai có vấn đề phát sinh,
# no: Trong quá trình công tác, cán bộ
_TROUBLE = r"(?:khó khăn, vướng mắc|vướng mắc, khó khăn|vướng mắc|khó khăn|phát sinh|vấn đề mới)"
# Words of mandate or time that may stand between a heading (or label) and the subject or verb of an item.
_MANDATE = re.compile(
    r"[ ]?(?:(?:trên cơ sở|căn cứ(?: vào)?|theo|trong phạm vi)[ ][^;.:]{0,160}?"
    r"(?:được giao|của mình|được phân công|phụ trách|quản lý)(?: của (?:mình|ngành|đơn vị))?[ ]?,?[ ]?"
    r"|(?:hằng|hàng|định kỳ|mỗi)[ ](?:hằng |hàng )?(?:năm|quý|tháng|tuần)[ ]?,?[ ]?|đồng thời,?[ ]?|ngoài ra,?[ ]?"
    rf"|(?:trong )?quá trình[ ][^.;:]{{0,120}}?{_TROUBLE}[^.;:,]{{0,60}},[ ]?)",
    re.I,
)
# yes: Phối hợp rà soát / Chủ động phối hợp / có trách nhiệm phối hợp
# no: Chủ trì, phối hợp
_COORDINATES_FIRST = re.compile(r"[ ]?(?:có trách nhiệm |chủ động |tích cực )?(?:tham gia )?phối hợp\b", re.I)
# After a body at the head of an item: what shows that it is the subject and not the object of a title.
_VERB_AFTER = re.compile(
    r"[ ]?(?:khác)?[ ]?[,:]?[ ]?(?:có |tỉnh |thành phố |huyện )?"
    r"(?:(?!và |của |về |trong |tại |theo |để |,)(?=\w)|(?=(?:trong phạm vi|theo chức năng|theo nhiệm vụ)[ ]))",
)
# The head of a body stands for the body: "Thủ trưởng các cơ quan", "Chủ tịch UBND xã", "Giám đốc Sở".
_HEAD_OF = re.compile(
    r"(?:thủ trưởng|người đứng đầu|lãnh đạo|giám đốc|chủ tịch|trưởng|cục trưởng|chi cục trưởng|chánh|bộ trưởng)"
    r"[ ](?:các[ ])?$",
    re.I,
)
# A subject that speaks, and whom it tells: "UBND tỉnh yêu cầu", "UBND thành phố đề nghị".
_SPEAKS = re.compile(r"[ ]?(?:yêu cầu|đề nghị|giao|phân công)\b", re.I)


def read_assignment(words: str, named: Sequence[Named], start: int, end: int) -> Assignment:
    """Return who leads and coordinates by the words of ``words[start:end]``, where ``named`` bodies stand in order.

    >>> text = "Sở Y tế chủ trì, phối hợp với Sở Tài chính lập kế hoạch."
    >>> read_assignment(text, [Named(0, 7, "Sở Y tế"), Named(30, 42, "Sở Tài chính")], 0, len(text))
    Assignment(lead=('Sở Y tế',), coordinating=('Sở Tài chính',), heading_coordinates=False)
    """
    lead: list[str] = []
    coordinating: list[str] = []
    beginning = _skip_mandate(words, start, end)
    spoken: Side = "none"
    previous_end = -1
    for group in group_named(words, named):
        side = _side(words, group, start, beginning, end)
        if side == "none" and spoken == "lead" and _told_again(words, previous_end, group[0].start):
            side = "lead"
        for body in group:
            target = lead if side == "lead" else coordinating if side == "coordinating" else None
            if target is not None and body.name not in lead and body.name not in coordinating:
                target.append(body.name)
        spoken, previous_end = side, group[-1].end
    only = bool(_COORDINATES_FIRST.match(words, beginning, end)) and not lead
    return Assignment(tuple(lead), tuple(coordinating), only)


def group_named(words: str, named: Sequence[Named]) -> list[list[Named]]:
    """Return the bodies in groups that stand in one list."""
    groups: list[list[Named]] = []
    for body in named:
        if groups:
            last = groups[-1][-1]
            if body.start < last.end:
                continue
            if body.start - last.end <= 24 and _BETWEEN.fullmatch(words, last.end, body.start):
                groups[-1].append(body)
                continue
        groups.append([body])
    return groups


def _skip_mandate(words: str, start: int, end: int) -> int:
    """Return where an item begins to say something, past its words of mandate ("Theo chức năng được giao, …")."""
    for _ in range(3):
        found = _MANDATE.match(words, start, end)
        if not found or found.end() == start:
            break
        start = found.end()
    return start


def _side(words: str, group: Sequence[Named], start: int, beginning: int, end: int) -> Side:
    """Return the role that the words around a list of bodies give it."""
    first, last = group[0].start, group[-1].end
    if head := _HEAD_OF.search(words, max(start, first - 32), first):
        first = head.start()
    before = words[max(start, first - 48) : first]
    if _COORDINATE_BEFORE.search(before):
        return "coordinating"
    if _LEAD_AFTER.match(words, last, end):
        return "lead"
    at_head = first - beginning <= 1 or first - start <= 1 or words[max(start, first - 2) : first] in (". ", "; ")
    if _SPEAKS.match(words, last, end) and at_head:
        return "none"
    if _LEAD_BEFORE.search(before):
        return "coordinating" if _COORDINATE_AFTER.match(words, last, end) else "lead"
    if at_head and first - max(beginning, start) <= 1:
        if _COORDINATE_AFTER.match(words, last, end):
            return "coordinating"
        if last < end and _VERB_AFTER.match(words, last, end) and words[last : last + 1] in (" ", ":", ","):
            return "lead"
    return "none"


def _told_again(words: str, start: int, end: int) -> bool:
    """Return whether only a second "yêu cầu" or "đề nghị" stands between two lists: "đề nghị A, yêu cầu B"."""
    return 0 <= start < end <= start + 24 and bool(
        re.fullmatch(r"[ ]?[,;]?[ ]?(?:và )?(?:yêu cầu|đề nghị)[ ]", words[start:end])
    )
