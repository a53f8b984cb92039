"""Classes of bodies as a text names them: "các sở, ban, ngành", "UBND các xã, phường"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from vnplan.gazetteer.agencies import match_body, match_head, name_openings
from vnplan.gazetteer.places import LEVEL_OF_KIND, Place, match_kind, match_place
from vnplan.gazetteer.tables import read_table
from vnplan.gazetteer.words import JOIN, NameTree, Word
from vnplan.model import Level

_QUANTIFIERS: Final = frozenset({"các", "từng", "mỗi", "những"})
_CONCERNED: Final = frozenset({("liên", "quan"), ("chức", "năng")})
_ENDINGS: Final = frozenset({("chuyên", "môn"), ("thành", "viên"), ("trực", "thuộc")})
_LEVELS: Final[tuple[Level, ...]] = ("central", "province", "commune")
_SEPARATORS: Final = frozenset({",", JOIN, "/"})
_LONGEST_CLASS: Final = 40  # words
_FIRST_NOUNS: Final = frozenset({"cơ", "đơn", "sở", "bộ", "đoàn", "ngành", "địa"})  # of a class without "các"


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class of bodies: word behind it, level, unit or body that its words end with.

    ``leads_only``: persons or places that serve the public belong to it; it is a body only where it has a duty.
    """

    end: int
    level: Level | None = None
    leads_only: bool = False
    place: Place | None = None  # of the last words
    place_at: int | None = None
    body_at: int | None = None  # the word that begins a body named inside ("của Ủy ban Mặt trận …")


@cache
def _nouns() -> NameTree[str]:
    return NameTree((noun, level or "body") for noun, level in read_table("class_nouns.txt", 2))


@cache
def _qualifiers() -> NameTree[bool]:
    rows = read_table("class_words.txt", 1)
    return NameTree((row[0].removesuffix("…"), row[0].endswith("…")) for row in rows)


@cache
def _stops() -> NameTree[bool]:
    return NameTree((row[0], True) for row in read_table("stop_words.txt", 1))


def is_stop(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name ends before the word ``at``: at the end, a sign, or a word that goes on with the sentence."""
    return at >= len(words) or not words[at].key[0].isalnum() or _stops().longest(words, at) is not None


@cache
def openings() -> dict[str, frozenset[str]]:
    """Return the keys that a body or class may begin with, each with those that follow it; none where anything may."""
    nouns = _nouns().openings()
    found: dict[str, frozenset[str]] = dict.fromkeys(_QUANTIFIERS | {"cấp"}, frozenset())
    for tree in (*name_openings(), {key: nouns.get(key, frozenset()) for key in _FIRST_NOUNS}):
        for key, following in tree.items():
            others = found.get(key, following)
            found[key] = others | following if others and following else frozenset()
    return found


def match_units_class(words: Sequence[Word], at: int) -> tuple[int, Level | None] | None:
    """Return the word behind "các huyện, thị xã, thành phố" or "cấp xã" that begins with ``at``, and the level.

    "Các cấp" has the level None.
    """
    if at >= len(words) or words[at].key not in ("các", "cấp", "mỗi", "từng"):
        return None
    if words[at].key == "các" and at + 1 < len(words) and words[at + 1].key == "cấp":
        return at + 2, None
    if words[at].key == "cấp" and at + 1 < len(words) and words[at + 1].key == "cơ":
        return (at + 3, "commune") if at + 2 < len(words) and words[at + 2].key == "sở" else None
    levels: list[Level] = []
    i, end = at + 1, at
    while i < at + _LONGEST_CLASS and (found := match_kind(words, i) or _match_hamlet(words, i)):
        end, kind = found
        levels += ["commune"] if kind == "hamlet" else [LEVEL_OF_KIND[kind]] if kind in LEVEL_OF_KIND else []
        i = end
        if i < len(words) and words[i].key in _SEPARATORS:
            i += 1
            i += i < len(words) and words[i].key == words[at].key and words[at].key in ("các", "cấp")
    if words[at].key == "cấp" and len(levels) > 1:
        return end, None  # "cấp huyện, cấp xã"
    if not levels:
        if end > at and words[at].key == "các":
            return end, "district"
        return None
    top: Level = "province" if levels[0] == "province" else "district" if "district" in levels else levels[0]
    if [word.key for word in words[end : end + 4]] == ["trực", "thuộc", "trung", "ương"]:
        return end + 4, "province"
    return end, top


def match_kinds(words: Sequence[Word], at: int) -> tuple[int, Level] | None:
    """Return the word behind "huyện, thị xã, thành phố" that begins with ``at``, and the level; None for one kind."""
    levels: list[Level] = []
    i, end = at, at
    while (found := match_kind(words, i)) and not words[i].capital:
        end, kind = found
        if LEVEL_OF_KIND.get(kind, "district") in ("central", "province") or _is_more(words, end):
            return None
        levels.append(LEVEL_OF_KIND.get(kind, "district"))
        if end + 1 >= len(words) or words[end].key not in _SEPARATORS:
            break
        i = end + 1
    return (end, levels[0]) if len(levels) > 1 else None


def _is_more(words: Sequence[Word], at: int) -> bool:
    """Tell whether a kind of unit goes on with a name or another word ("xã Ea Kar", "huyện ủy")."""
    return at < len(words) and (words[at].capital or words[at].key in ("ủy", "đoàn"))


_HAMLETS: Final = frozenset({("thôn",), ("bản",), ("buôn",), ("ấp",), ("khóm",), ("làng",), ("khu", "phố"),
                            ("tổ", "dân", "phố"), ("khu", "dân", "cư"), ("tiểu", "khu")})  # fmt: skip


def _match_hamlet(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """Return the word behind "thôn", "tổ dân phố" and the like, which are no units but have bodies of their own."""
    for length in (3, 2, 1):
        if at + length <= len(words) and tuple(word.key for word in words[at : at + length]) in _HAMLETS:
            return at + length, "hamlet"
    return None


def match_class(words: Sequence[Word], at: int, text: str) -> ClassName | None:
    """Return the class of bodies that begins with the word ``at``, or None.

    A noun alone makes a class only after "các" and with nothing behind it that narrows it to a kind of business
    ("các tổ chức tín dụng"); nouns without "các" need to be two, or to have "liên quan" or the like behind them.
    """
    quantified = words[at].key in _QUANTIFIERS
    i = at + quantified
    if i >= len(words):
        return None
    if not quantified and words[i].key not in _FIRST_NOUNS:
        return None
    if (
        at > 1 and words[at - 1].key in _SEPARATORS and words[at - 2].key == "cấp" and words[i].key == "ngành"
    ):  # các cấp, các ngành
        return None
    kinds: list[str] = []
    end = i
    while i < min(len(words), at + _LONGEST_CLASS):
        found = _nouns().longest(words, i) or _unit_noun(words, i, kinds)
        if not found or (found[0] == i + 1 and _is_longer_word(words, i)) or (kinds and _is_body(words, i)):
            break
        end, kind = found
        kinds.append(_single_kind(words, i, end, kind))
        i = end
        if i >= len(words) or words[i].key not in _SEPARATORS:
            break
        i += 1 + (i + 1 < len(words) and words[i].key == "," and words[i + 1].key == JOIN)
    return _finish(words, kinds, quantified, _qualify(words, end, text) or ClassName(end)) if kinds else None


def _unit_noun(words: Sequence[Word], at: int, before: Sequence[str]) -> tuple[int, str] | None:
    """Return the word behind a kind of unit in a class that bodies begin: "các sở, ban, ngành, huyện, thị xã"."""
    found = match_kind(words, at) if before and words[at - 1].key in _SEPARATORS else None
    return (found[0], "unit") if found else None


def _is_body(words: Sequence[Word], at: int) -> bool:
    """Tell whether a body with its own name begins with the word ``at`` ("các tổ chức xã hội, Hội Nông dân")."""
    if not words[at].capital:
        return False
    head = match_head(words, at)
    named = head is not None and head[0] < len(words) and words[head[0]].capital
    return named or match_body(words, at) is not None


def _single_kind(words: Sequence[Word], at: int, end: int, kind: str) -> str:
    """Return the kind of a noun, told apart for the two words that say little alone ("các cơ quan", "các đơn vị")."""
    return "bare" if kind == "body" and end == at + 2 and words[at].key in ("cơ", "đơn") else kind


def _is_longer_word(words: Sequence[Word], i: int) -> bool:
    """Tell whether a one-syllable noun is the first half of another word ("ban hành", "bộ phận", "hội nghị")."""
    after = words[i + 1].key if i + 1 < len(words) else ""
    return (words[i].key, after) in _NOT_NOUNS


_NOT_NOUNS: Final = frozenset(
    {("ban", "hành"), ("ban", "đầu"), ("bộ", "phận"), ("bộ", "chỉ"), ("bộ", "tiêu"), ("bộ", "luật"), ("bộ", "thủ"),
     ("hội", "nghị"), ("hội", "thảo"), ("hội", "thi"), ("hội", "đồng"), ("hội", "viên"), ("phòng", "chống"),
     ("phòng", "ngừa"), ("phòng", "học"), ("phòng", "họp"), ("sở", "hữu"), ("sở", "thích"), ("trường", "hợp"),
     ("người", "có"), ("cấp", "có"), ("vụ", "việc"), ("vụ", "án"), ("vụ", "tai"), ("quỹ", "đất"), ("viện", "trợ"),
     ("ngành", "nghề"), ("ngành", "học"), ("cục", "bộ"), ("cấp", "học"), ("bản", "án"), ("bản", "đồ"), ("trung", "tâm"),
     ("đơn", "vị"), ("xã", "hội")}
)  # fmt: skip


def _qualify(words: Sequence[Word], at: int, text: str) -> ClassName | None:
    """Return what follows the nouns and belongs to the name: "liên quan", "tỉnh", "thuộc UBND tỉnh", any of them."""
    i = at
    place: Place | None = None
    place_at = body_at = None
    while i < min(len(words), at + _LONGEST_CLASS):
        found = _qualifiers().longest(words, i)
        after = found[0] if found else i
        needs_name = bool(found and found[1])
        needs_name = needs_name or (
            found is not None and words[after - 1].key == "thuộc" and _is_committee(words, after)
        )
        unit = match_place(words, after, text)
        body = match_body(words, after) if after < len(words) and (needs_name or unit) else None
        if unit and body and body[0] > unit.end:
            unit = None  # "Tỉnh ủy" is no unit
        body = body if needs_name else None
        if unit and unit.kind and (needs_name or not found):
            place, place_at, body_at, i = unit, after, None, unit.end
        elif body and words[after].capital and body[1].levels and not _goes_on(words, after):
            end = body[0]
            unit = match_place(words, end, text)
            units = match_units_class(words, end)
            end = units[0] if units else end
            place, place_at, body_at, i = unit, (end if unit else None), after, (unit.end if unit else end)
        elif found and not needs_name:
            place, place_at, body_at, i = (None, None, body_at, found[0])
        elif needs_name and after < len(words) and words[after].key in ("bộ", "sở") and is_stop(words, after + 1):
            place, place_at, i = None, None, after + 1  # "thuộc Bộ", as a ministry speaks of itself
        elif needs_name and after > i + 1 and words[after - 1].key == "bàn":  # "trên địa bàn" alone
            place, place_at, i = None, None, after
        else:
            break
    return ClassName(i, place=place, place_at=place_at, body_at=body_at) if i > at else None


def _serves(words: Sequence[Word], kinds: Sequence[str], end: int) -> bool:
    """Tell whether a class is one that serves the public, of more than one syllable ("các trường học khám mắt …")."""
    return kinds == ["facility"] and end >= 2 and (words[end - 2].key, words[end - 1].key) in _SERVING


_SERVING: Final = frozenset({("trường", "học"), ("nhà", "trường"), ("địa", "phương"), ("hợp", "tác"), ("y", "tế"),
                             ("giáo", "dục"), ("đào", "tạo")})  # fmt: skip


def _is_committee(words: Sequence[Word], at: int) -> bool:
    """Tell whether a committee of the Party begins with a word ("trực thuộc Tỉnh ủy")."""
    return at + 1 < len(words) and words[at].capital and words[at + 1].key == "ủy"


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether "Sở" or "Bộ" stands alone before a verb that is spelled like a field: "thuộc Sở xây dựng …"."""
    after = words[at + 1] if at + 1 < len(words) else None
    return words[at].key in ("bộ", "sở") and after is not None and not after.capital and is_stop(words, at + 1)


def _finish(words: Sequence[Word], kinds: list[str], quantified: bool, name: ClassName) -> ClassName | None:
    """Return the class if its nouns and what follows make one."""
    following = [word.key for word in words[name.end : name.end + 3]]
    if "bar" in kinds or following == ["có", "thẩm", "quyền"]:
        return None
    ending = tuple(word.key for word in words[max(0, name.end - 2) : name.end])
    concerned = ending in _CONCERNED
    qualified = name.place is not None or name.body_at is not None or concerned or (quantified and ending in _ENDINGS)
    single = len(kinds) == 1
    if single and not (quantified or concerned):
        return None
    whole = is_stop(words, name.end) or concerned or (quantified and ending in _ENDINGS)
    if single and not whole:
        return replace(name, leads_only=True) if _serves(words, kinds, name.end) else None
    weak = kinds.count("weak")
    if weak == len(kinds) and not qualified:
        return None
    outside = not (quantified or qualified) or "person" in kinds or all(kind in ("facility", "weak") for kind in kinds)
    vague = not qualified and (single or weak > 0) and all(kind in ("bare", "weak") for kind in kinds)
    level = next((kind for kind in _LEVELS if kind in kinds and "facility" not in kinds), None)
    return replace(name, level=level, leads_only=outside or vague)
