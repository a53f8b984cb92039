"""Who leads and who coordinates by the cells of a table row: every name in such a cell is somebody's.

A cell may name one side ("Sở Y tế; UBND các xã") or both ("Sở Y tế chủ trì, phối hợp Sở Tài chính"; "Chủ trì: …;
Phối hợp: …"; "Sở Y tế (chủ trì)"). One that refers to another document names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# yes: Theo phân công tại Quyết định số 12/QĐ-UBND
# yes: - Theo Kế hoạch của tỉnh
# no:  Thanh tra tỉnh
_ELSEWHERE = re.compile(r"[-– ]{0,3}(?:theo|như|căn cứ|quy định|đã|chưa)[ ]", re.I)
# yes: chủ trì
# yes: phối hợp với
# no:  chủ tịch
_MARK = re.compile(
    r"(?P<lead>chủ trì|(?:làm |là |cơ quan )?đầu mối|(?:cơ quan|đơn vị) thực hiện)"
    r"|(?P<coordinating>phối hợp|cùng tham gia|tham gia)",
    re.I,
)
# yes: ":" behind "chủ trì"
# yes: " thực hiện:" behind "phối hợp" (a mark that stands before its names)
# no:  ", phối hợp"
_AHEAD = re.compile(r"[ ]?(?:thực hiện |là |với |cùng |cùng với )?[:\-]")
_END = re.compile(r"[;.\n]")
# yes: " có nguồn thu" behind a class
# yes: " được lựa chọn" behind a class
# no:  " theo chức năng"
_NARROWS = re.compile(r"[ ](?:có|là|được|trực tiếp|trực thuộc|thuộc|đủ|sử dụng|quản lý|trên|tại|cấp)[ ]")
# yes: Cơ quan quản lý cấp trên của
# yes: Ban Quản lý và
# no:  Kho bạc
_OPEN = re.compile(r"[ ](?:của|thuộc|do|tại|với|cho|và|về)$")
_WORDS = re.compile(r"[^\W\d_]{2}")
_LONGEST = 120
_READ = 3_000  # code points; a longer cell is a text, in which no marks are looked for


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in words: where they stand in the cleaned text, its canonical name, whether it is a class."""

    start: int
    end: int
    name: str
    is_class: bool = False


def read_cell(
    words: str, start: int, end: int, bodies: Sequence[Named], *, known: bool = False
) -> tuple[list[str], list[str]]:
    """Return the names of those who lead and those who coordinate by the cell ``words[start:end]``, in order.

    Outside of tables only ``known`` bodies count; in a cell every part that begins with a capital is somebody's name.

    >>> cell = "Sở Y tế chủ trì, phối hợp với Sở Tài chính"
    >>> read_cell(cell, 0, len(cell), [Named(0, 7, "Sở Y tế"), Named(30, 42, "Sở Tài chính")])
    (['Sở Y tế'], ['Sở Tài chính'])
    """
    if _ELSEWHERE.match(words, start, end) or not _WORDS.search(words, start, end):
        return [], []
    named = _narrow(words, _outer(words, bodies), end)
    if not known:
        named = sorted([*named, *_unknown(words, start, end, named)], key=lambda body: body.start)
    sides = _sides(words, start, end, named)
    lead = list(dict.fromkeys(body.name for body, side in zip(named, sides, strict=True) if side == "lead"))
    other = dict.fromkeys(body.name for body, side in zip(named, sides, strict=True) if side != "lead")
    return lead, [name for name in other if name not in lead]


def _outer(words: str, bodies: Sequence[Named]) -> list[Named]:
    """Return the bodies without those in brackets that say which part of the body before them is meant."""
    kept: list[Named] = []
    for body in bodies:
        inside = words.rfind("(", max(0, body.start - _LONGEST), body.start)
        if inside >= 0 and words.find(")", inside, body.start) < 0 and kept and not kept[-1].is_class:
            between = words[kept[-1].end : inside].strip()
            if not between and not _MARK.search(words, inside, body.start):
                continue
        kept.append(body)
    return kept


def _narrow(words: str, bodies: Sequence[Named], end: int) -> list[Named]:
    """Return the bodies; a class takes the words behind it that narrow it ("các địa phương có rừng")."""
    found: list[Named] = []
    for number, body in enumerate(bodies):
        stop = bodies[number + 1].start if number + 1 < len(bodies) else end
        if (ends := _END.search(words, body.end, stop)) is not None:
            stop = ends.start()
        if (mark := _MARK.search(words, body.end, stop)) is not None:
            stop = mark.start()
        rest = re.sub(r"[ ]?(?:[,/]|và|,[ ]và)[ ]?$", "", words[body.end : stop]).rstrip(" (:,-")
        if body.is_class and _NARROWS.match(rest) and len(rest) < _LONGEST and "(" not in rest:
            body = Named(body.start, body.end + len(rest), body.name + rest, True)
        found.append(body)
    return found


def _unknown(words: str, start: int, end: int, named: Sequence[Named]) -> list[Named]:
    """Return the parts of a list that begin with a capital and hold no known body: they are somebody's name too."""
    found: list[Named] = []
    edges = [start, *(edge for body in named for edge in (body.start, body.end)), end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for part in re.finditer(r"[^;\n()]{3,120}" if not named else r"[^;,\n()]{3,80}", words[left:right]):
            said = re.sub(r"^(?:[-–+*•, ]|và[ ])+|(?:[-–,:. ]|[ ]và)+$", "", part[0])
            at = left + part.start() + part[0].find(said) if said else left
            if not said[:1].isupper() or not _WORDS.search(said) or _MARK.search(said) or said[-1:].isdigit():
                continue
            if (at > start and words[at - 1] not in " \n") or _is_inside(words, start, at) or _OPEN.search(said):
                continue
            if said.split()[0].casefold() in ("lãnh", "thủ", "đồng", "các", "ông", "bà", "giám", "chủ"):
                continue
            found.append(Named(at, at + len(said), said))
    return found


def _is_inside(words: str, start: int, at: int) -> bool:
    """Tell whether a place stands in brackets."""
    return words.rfind("(", start, at) > words.rfind(")", start, at)


def _sides(words: str, start: int, end: int, named: Sequence[Named]) -> list[str]:
    """Return the side of each body: of the mark before it, or of one that stands behind its part of the cell."""
    marks = list(_MARK.finditer(words, start, end)) if end - start < _READ else []
    sides = ["lead"] * len(named)
    side, at, spoken = "lead", start, start
    for number, body in enumerate([*named, Named(end, end, "")]):
        for mark in (mark for mark in marks if at <= mark.start() < body.start):
            said, after, spoken = mark.lastgroup or "lead", spoken, mark.end()
            if not _speaks_back(words, mark, body.start, end):
                side = said
                if said == "coordinating" or _AHEAD.match(words, mark.end(), body.start):
                    continue
            before = max(after, *(words.rfind(sign, start, mark.start()) for sign in ";\n"))
            for index in range(number):
                sides[index] = said if named[index].start >= before else sides[index]
        if number < len(named):
            sides[number], at = side, body.end
    return _beside_marked(words, start, end, named, sides)


# yes: "Sở Y tế (chủ trì), Sở Tài chính": one of a list is marked, the others help
# no:  "Sở Y tế chủ trì"
_MARKED = re.compile(r"[ ]?\((?:cơ quan |đơn vị )?chủ trì\)", re.I)


def _beside_marked(words: str, start: int, end: int, named: Sequence[Named], sides: list[str]) -> list[str]:
    """Return the sides; beside a body that "(chủ trì)" marks the others of the cell coordinate."""
    marked = [_MARKED.match(words, body.end, end) is not None for body in named]
    if not any(marked) or len(named) < 2 or sides.count("lead") < 2:
        return sides
    return ["lead" if mark else "coordinating" for mark in marked]


def _speaks_back(words: str, mark: re.Match[str], stop: int, end: int) -> bool:
    """Tell whether a mark speaks of the bodies before it alone: "Sở Y tế (chủ trì)", "Sở Y tế phối hợp; …"."""
    if words[max(0, mark.start() - 2) : mark.start()].rstrip().endswith("("):
        return True
    if mark.lastgroup == "lead" or _AHEAD.match(words, mark.end(), stop):
        return False
    return stop == end or _END.search(words, mark.end(), stop) is not None
