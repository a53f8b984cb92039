"""Which tasks of a parent a child has to take over: the common ones, and those given to its class of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vnplan.compare.words import plain
from vnplan.model import Document, Level, Target, Task

# yes: UBND các tỉnh, thành phố trực thuộc trung ương; UBND cấp tỉnh
# no:  UBND tỉnh Lai Châu; các sở, ban, ngành tỉnh
_CLASSES: dict[Level, re.Pattern[str]] = {
    "province": re.compile(r"\b(?:các[ ]tỉnh|cấp[ ]tỉnh|các[ ]thành phố trực thuộc|tỉnh, thành phố trực thuộc)\b"),
    "district": re.compile(
        r"\b(?:các[ ](?:huyện|quận|thị xã|thành phố)|cấp[ ]huyện|huyện, thị xã|quận, huyện|huyện, thành phố)\b"
    ),
    "commune": re.compile(r"\b(?:các[ ](?:xã|phường|thị trấn)|cấp[ ]xã|xã, phường|phường, xã|xã, thị trấn|đặc khu)\b"),
}  # fmt: skip
_GENERAL = re.compile(r"^(?:các[ ]địa phương|ubnd các cấp|các cấp|các ngành|toàn)")
_CLASS = re.compile(r"^(?:các|những|ubnd các|ubnd cấp|hđnd các|toàn)\b")


@lru_cache(maxsize=8192)
def names_level(name: str, level: Level) -> bool:
    """Return whether the name of a class of bodies means those of a level.

    >>> names_level("UBND các huyện, thị xã, thành phố", "district"), names_level("UBND các xã, phường", "district")
    (True, False)
    """
    words = plain(name)
    if "trực thuộc trung ương" in words or "trực thuộc tw" in words:
        return level == "province"
    return bool(_CLASSES[level].search(words)) if level in _CLASSES else False


def leads_level(leads: Sequence[str], level: Level | None) -> bool:
    """Return whether one of the leading bodies is the class of a level."""
    return level is not None and any(names_level(lead, level) for lead in leads)


def is_class(name: str) -> bool:
    """Return whether a name means a class of bodies ("các sở, ban, ngành")."""
    return bool(_CLASS.match(plain(name)))


def roles_of(document: Document) -> dict[str, str]:
    """Return the role of every path of the document; the first section of a path counts."""
    roles: dict[str, str] = {}
    for section in document.sections:
        roles.setdefault(section.path, section.role or "")
    return roles


def leads_by_path(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the bodies that lead the task of each path; the first task of a path counts."""
    leads: dict[str, tuple[str, ...]] = {}
    for task in document.tasks:
        leads.setdefault(task.path, task.lead)
    return leads


def is_common(task: Task, role: str, level: Level | None) -> bool:
    """Return whether a task belongs to the common part that every child takes over, and is not one body's own."""
    if role != "tasks":
        return False
    return not task.lead or leads_level([*task.lead, *task.coordinating], level) or bool(
        all(_GENERAL.match(plain(lead)) for lead in task.lead)
    )  # fmt: skip


def is_given(task: Task, role: str, level: Level | None) -> bool:
    """Return whether a task is given to the class of bodies to which the child's issuer belongs."""
    return role in ("organisation", "reporting", "appendix") and leads_level(task.lead, level)


_LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")
# The units that a target counts, by their level.
# yes: tỉnh, thành phố trực thuộc trung ương
# yes: phường
# no:  xã hội
_UNITS: dict[Level, re.Pattern[str]] = {
    "province": re.compile(
        r"(?:các |số |tỷ lệ )?(?:tỉnh|thành phố trực thuộc|(?:địa phương|đơn vị) cấp tỉnh)(?![^\W_])"
    ),
    "district": re.compile(r"(?:các |số |tỷ lệ )?(?:huyện|quận|thị xã|đơn vị cấp huyện)(?![^\W_])"),
    "commune": re.compile(r"(?:các |số |tỷ lệ )?(?:xã(?! hội)|phường|thị trấn|đặc khu|đơn vị cấp xã)(?![^\W_])"),
}  # fmt: skip


def counts_units(target: Target, level: Level | None) -> bool:
    """Tell whether a target counts units of this level or of one above: no share of them can be asked of one."""
    words = plain(target.population or "")
    return level in _LEVELS and any(
        _LEVELS.index(of) <= _LEVELS.index(level) and pattern.match(words) for of, pattern in _UNITS.items()
    )


# Bodies that answer for the whole of a territory, of the state or of the Party.
# yes: UBND tỉnh Lạng Sơn
# yes: Ban Thường vụ Tỉnh ủy Lạng Sơn
# no:  Bộ Y tế
_GOVERNS = re.compile(
    r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Chính phủ|Thủ tướng|Chủ tịch|Quốc hội|Ủy ban Thường vụ Quốc hội"
    r"|Bộ Chính trị|Ban Bí thư|Ban Chấp hành|Ban Thường vụ|Trung ương|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy)"
    r"(?![^\W_])"
)


def has_field(document: Document) -> bool:
    """Tell whether a document's issuer has a field of its own, so that what it leaves out may be another's.

    A ministry answers for its part of a programme, a people's committee for all of it in its territory.
    """
    issuer = document.header.issuer
    return issuer is not None and _GOVERNS.match(issuer) is None
