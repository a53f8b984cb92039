"""Bodies in the plural: members of a list that a plural opens, kinds of bodies as classes, classes in two halves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vnplan.gazetteer.agencies import match_body, match_field, match_head
from vnplan.gazetteer.classes import is_stop
from vnplan.gazetteer.mention import Mention
from vnplan.gazetteer.words import JOIN, Word

PLURALS: Final = frozenset({"các", "những", "từng", "mỗi"})
_SHARED_HEADS: Final = ("Bộ", "Sở", "Phòng", "Ban", "Công chức", "Vụ", "Cục", "Chi cục")
_OPEN_HEADS: Final = ("Vụ", "Cục", "Chi cục", "Trung tâm", "Hội", "Trường", "Bệnh viện", "Tổng cục")
_MOST_MEMBERS: Final = 40
_LONGEST_MEMBER: Final = 12  # words
# "Giám đốc các sở, Thủ trưởng các ban, ngành": what may stand between the halves of one class
_HEADS_BETWEEN: Final = frozenset(
    {("thủ", "trưởng"), ("giám", "đốc"), ("người", "đứng", "đầu"), ("trưởng",), ("lãnh", "đạo"), ("chủ", "tịch")}
)


def first_of_plural(words: Sequence[Word], at: int) -> Mention | None:
    """Return nothing but the first of "các Sở: Y tế, Tài chính": the plural and its colon are passed over.

    Without a colon at least two fields make a list; one alone ("các Sở Giao thông vận tải") is a class.
    """
    if words[at].key != "các" or at + 2 >= len(words):
        return None
    head = match_head(words, at + 1)
    if not head or head[1].name not in _SHARED_HEADS:
        return None
    colon = head[0] < len(words) and words[head[0]].key == ":"
    field_at = head[0] + colon
    found = match_field(words, field_at, head[1].name) if field_at < len(words) and words[field_at].capital else None
    if not found or not (colon or _another_field(words, found[0], head[1].name)):
        return None
    end, body = found
    return Mention(field_at, end, body.name, body.levels, body)


def members_of_plural(words: Sequence[Word], at: int, text: str) -> list[Mention]:
    """Return the members of "các Vụ: Vận tải, Pháp chế", whose names no list holds completely; none without a colon."""
    if words[at].key != "các" or at + 3 >= len(words):
        return []
    head = match_head(words, at + 1)
    if not head or head[1].name not in _OPEN_HEADS or head[0] >= len(words) or words[head[0]].key != ":":
        return []
    found: list[Mention] = []
    i = head[0] + 1
    while i < len(words) and words[i].capital and len(found) < _MOST_MEMBERS:
        end = _member_end(words, i, head[1].name)
        name = " ".join(text[words[i].start : words[end - 1].end].split())
        found.append(Mention(i, end, f"{head[1].name} {name}", head[1].levels))
        if end + 1 >= len(words) or words[end].key not in (",", JOIN) or match_body(words, end + 1):
            break
        i = end + 1
    return found


def _member_end(words: Sequence[Word], at: int, head: str) -> int:
    """Return the word behind a member: before a sign, before "và" behind a field that is known to be whole."""
    known = match_field(words, at, head)
    if known:
        return known[0]
    i = at + 1
    while i < min(len(words), at + _LONGEST_MEMBER):
        key = words[i].key
        joins = key == JOIN and i + 1 < len(words) and words[i + 1].capital
        if not (key[0].isalnum() or joins) or (is_stop(words, i) and not joins):
            break
        i += 1
    return i


def _another_field(words: Sequence[Word], at: int, head: str) -> bool:
    """Tell whether a further field of the same head stands behind a comma or "và"."""
    return (
        at + 1 < len(words)
        and words[at].key in (",", ";", JOIN)
        and words[at + 1].capital
        and match_field(words, at + 1, head) is not None
    )


def first_of_list(words: Sequence[Word], at: int, end: int) -> Mention | None:
    """Return the first body of "các bộ, cơ quan: Công an, Quốc phòng", where the class only announces its members."""
    if end + 1 >= len(words) or words[end].key != ":" or not words[end + 1].capital:
        return None
    keys = [word.key for word in words[at:end]]
    head = "Bộ" if "bộ" in keys else "Sở" if "sở" in keys else ""
    found = match_field(words, end + 1, head) if head else None
    return Mention(end + 1, found[0], found[1].name, found[1].levels, found[1]) if found else None


def as_plural(words: Sequence[Word], found: Mention) -> Mention:
    """Return a body behind "các" as the class that it then names ("các Chi nhánh Văn phòng Đăng ký đất đai")."""
    at = found.start
    if at == 0 or words[at - 1].key not in PLURALS or found.is_class or found.body is None or found.units is not None:
        return found
    if found.place is not None and found.place.name is not None:
        return found
    return replace(found, start=at - 1, name=f"các {found.name}", body=None, is_class=True)


def join_classes(found: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Return the mentions; "Giám đốc các sở, Thủ trưởng các ban, ngành" names one class, "các sở, ban, ngành"."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before is not None and _is_half(before) and _is_half(mention):
            between = [word.key for word in words[before.end : mention.start]]
            if between and between[0] in (",", JOIN) and tuple(between[1:]) in _HEADS_BETWEEN:
                joined[-1] = replace(
                    before,
                    end=mention.end,
                    name=f"{before.name}, {mention.name.removeprefix('các ')}",
                    levels=before.levels or mention.levels,
                    place=mention.place,
                    leads_only=before.leads_only and mention.leads_only,
                )
                continue
        joined.append(mention)
    return joined


def _is_half(mention: Mention) -> bool:
    kind = mention.name.removeprefix("các ").split(" ", 1)[-1]
    return mention.is_class and mention.units is None and mention.name.startswith("các ") and not kind[:1].isupper()
