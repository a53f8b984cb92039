"""Bodies as a text names them: a head and what follows it, the unit behind it, a class of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from vnplan.gazetteer.agencies import Body, agencies, match_body, match_field, match_head, spell
from vnplan.gazetteer.classes import is_stop, match_class, match_kinds, match_units_class, openings
from vnplan.gazetteer.keys import fold
from vnplan.gazetteer.mention import Mention, class_mention, small, squeeze
from vnplan.gazetteer.places import Place, match_kind, match_place
from vnplan.gazetteer.plurals import PLURALS, as_plural, first_of_list, first_of_plural, members_of_plural
from vnplan.gazetteer.tables import read_table
from vnplan.gazetteer.words import JOIN, Word
from vnplan.model import Level

_LONGEST_UNKNOWN: Final = 16  # words of a name that the lists do not hold
_NEEDS_TWO: Final = frozenset({"Đội", "Đoàn", "Khối", "Trường"})  # heads that also begin names of persons and places
_NESTING: Final = 3  # bodies inside one another: [Đội … [Phòng … [Công an tỉnh]]]
_CLOSED: Final = frozenset({"Bộ", "Sở"})  # heads whose fields the lists hold completely
_LOWER_NAMES: Final = frozenset(  # heads whose names go on in small letters ("Ban Chỉ đạo phòng, chống …")
    {"Ban Chỉ đạo", "Ban Chỉ huy", "Ban Quản lý", "Ban Quản lý dự án", "Tổ công tác", "Hội đồng", "Liên hiệp"}
)
_LOWER_HEADS: Final = frozenset({"Phòng", "Ban", "Chi cục", "Cục", "Vụ", "Trung tâm", "Công chức", "Ban Chỉ đạo",
                                 "Ban Quản lý", "Hội", "Liên đoàn", "Văn phòng"})  # fmt: skip
_OFFICES: Final = frozenset({"Phòng", "Văn phòng", "Ban", "Thanh tra", "Trung tâm", "Đội", "Hội đồng", "Ban Chỉ đạo",
                             "Tổ công tác", "Viện", "Trường", "Bệnh viện", "Trạm", "Cơ sở"})  # fmt: skip
_BRANDS: Final = ("VNPT", "Viettel", "MobiFone", "Mobifone")  # whose branches bear the name of a province
_SHARED: Final = frozenset({"Hội", "Chi", "Trạm"})  # first words of heads that several names may share
_BEFORE_BODY: Final = frozenset({"Thanh tra", "Văn phòng"})
_WEB: Final = ("Cổng ", "Trang ")  # places of publication, bodies only where they have a duty
_BEFORE_LIST: Final = frozenset({"với", "cùng", "giao", "cầu", "nghị"})
_NOT_AFTER: Final = frozenset({"luật", "pháp", "nghị"})
_UNIT_BEFORE_TAIL: Final = frozenset({"của", "trong"})


@cache
def _pairs() -> frozenset[tuple[str, ...]]:
    return frozenset(read_table("name_pairs.txt", 2))


@cache
def _inner() -> frozenset[tuple[str, ...]]:
    return frozenset(read_table("name_words.txt", 2))


@cache
def _compounds() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("compound_words.txt", 1))


def mentions(words: list[Word], text: str, *, listed: bool = False) -> Iterator[Mention]:
    """Yield the bodies that the words name, in order. ``listed``: the words are known to be a list of bodies."""
    done, begins, last = 0, openings().get, len(words) - 1
    for i, (key, _, _, _) in enumerate(words):
        following = begins(key)
        if following is None or i < done or (following and (i == last or words[i + 1].key not in following)):
            continue
        if key == "các" and (members := members_of_plural(words, i, text)):
            yield from members
            done = members[-1].end
            continue
        found = _mention(words, i, text, listed)
        if not found or found.end <= i:
            continue
        found = as_plural(words, found)
        yield found
        done = found.end
        if found.body and not found.is_class:
            shared = _shared_body if found.place and found.place.name else _shared_head
            for more in shared(words, found, text) if found.place is None or found.place.name else ():
                yield more
                done = more.end


def _mention(words: list[Word], at: int, text: str, listed: bool) -> Mention | None:
    if (
        at
        and not words[at].capital
        and words[at].key not in PLURALS
        and words[at - 1].key in _compounds()
        and text[words[at - 1].end : words[at].start] == " "
    ):
        return None
    if several := first_of_plural(words, at):
        return several
    named = _named(words, at, text, listed)
    if named:
        return _with_unit(words, named, text)
    found = match_class(words, at, text)
    if found:
        return first_of_list(words, at, found.end) or class_mention(words, at, found, text)
    units = match_units_class(words, at) if listed and (at == 0 or _may_list(words[at - 1])) else None
    if units:
        name = squeeze(text[words[at].start : words[units[0] - 1].end])
        return Mention(
            at, units[0], small(name), (units[1],) if units[1] else (), is_class=True, units="", units_level=units[1]
        )
    return None


def _may_list(word: Word) -> bool:
    """Tell whether a list of bodies may begin or go on behind a word: a sign, or "phối hợp với", "giao", "yêu cầu"."""
    return not word.key[0].isalnum() or word.key in _BEFORE_LIST


def _named(words: list[Word], at: int, text: str, listed: bool) -> Mention | None:
    """Return the body that begins with the word ``at``, without its unit."""
    if words[at].key in _NOT_AFTER or not words[at].key[0].isalpha():
        return None
    known = match_body(words, at)
    if known and _is_name(words, at, known[0], text, known[1]):
        end, body = known
        longer = _longer_name(words, at, end, text)
        web = body.name.startswith(_WEB)
        return longer or Mention(at, end, spell(body, text, words[at:end]), body.levels, body, leads_only=web)
    head = match_head(words, at)
    if head and head[1].name in _OFFICES and _is_issuer(words, head[0]):
        return Mention(at, head[0] + 1, head[1].name, of_issuer=True) if words[at].capital else None
    above = match_body(words, head[0]) if head and head[1].name in _BEFORE_BODY else None
    if head and above and above[1].name.startswith(("Bộ ", "Sở ")):
        return Mention(at, head[0], head[1].name)  # the body behind it is attached as its superior
    if not head or head[1].name in _CLOSED or text[words[at].start : words[head[0] - 1].end].isupper():
        short = head and text[words[at].start : words[at].end] in ("BCĐ", "BQL", "BQLDA", "BCH", "UB", "BV")
        if not (head and short):
            return None
    if not (words[at].capital or head[1].name in _LOWER_HEADS):
        return None
    return _unknown(words, at, head[0], head[1].name, head[1].levels, text)


def _is_issuer(words: list[Word], at: int) -> bool:
    """Tell whether the word is "Bộ" or "Sở" alone, as a ministry or a department calls itself."""
    if at >= len(words) or words[at].key not in ("bộ", "sở") or not words[at].capital:
        return False
    return is_stop(words, at + 1) and not (at + 1 < len(words) and words[at + 1].capital)


def _longer_name(words: list[Word], at: int, end: int, text: str) -> Mention | None:
    """Return the body whose name goes on behind that of a known one ("Trung tâm Y tế - Môi trường lao động")."""
    head = match_head(words, at)
    if not head or head[1].name not in _OFFICES or end + 1 >= len(words) or text[words[end].start] not in "-–":
        return None
    if not words[end + 1].capital or words[end + 1].key in _TITLES or _name_ends(words, end, head[0], text):
        return None
    return _unknown(words, at, head[0], head[1].name, (), text)


_TITLES: Final = frozenset({"trưởng", "phó", "chủ", "giám", "bí", "chánh", "ủy", "cơ", "thành", "tổ"})


def _is_name(words: list[Word], at: int, end: int, text: str, body: Body) -> bool:
    """Tell whether the words that spell a known body are a name where they stand."""
    head = match_head(words, at)
    if head and head[0] < end and not words[head[0]].capital and not words[at].capital:
        head = None
    if _is_in_number(words[at].start, words[end - 1].end, text):
        return False
    if at + 1 < end and body.name.startswith(("Bộ ", "Sở ")) and not words[at + 1].capital and is_stop(words, at + 1):
        return False  # "các đơn vị thuộc Sở xây dựng kế hoạch"
    if (
        not words[at].capital
        and not (head and head[0] < end)
        and not (end - at >= 4 and (body.name.startswith("Nhóm") or match_kind(words, end)))
    ):
        return False
    before = [word.key for word in words[max(0, at - 4) : at]]
    for distance, key in enumerate(reversed(before)):
        if key == "luật" and distance < 3 and not any(not k[0].isalnum() for k in before[len(before) - distance :]):
            return False
    after = words[end].key if end < len(words) else ""
    if body.name in ("Chính phủ", "Công an", "Quốc hội") and after in ("điện", "số", "nhân", "kiến"):
        return False
    if after == "viên" and end - at <= 3:
        return False
    if body.needs_unit:
        place = match_place(words, end, text, bare=body.levels)
        return place is not None and (place.name is not None or words[at].capital)
    return True


def _is_in_number(start: int, end: int, text: str) -> bool:
    """Tell whether the words are part of the number of a document ("52/KH-UBND", "52/KH- UBND"), not behind "5- "."""
    before = text[max(0, start - 4) : start]
    tight = len(before) > 1 and before[-1] in "-/–" and before[-2].isalnum()
    apart = len(before) > 3 and before[-1] == " " and before[-2] in "-/–" and before[-4:-2].isalpha()
    return tight or apart or (end + 1 < len(text) and text[end] in "/" and text[end + 1].isalnum())


def _unknown(words: list[Word], at: int, after: int, head: str, levels: tuple[Level, ...], text: str) -> Mention | None:
    """Return a body whose head is known and whose name is not: what follows up to the end of the name."""
    if after >= len(words) or (not words[after].capital and not _small_name_follows(words, after, head)):
        return None
    if words[after].key in _TITLES - {"thành", "tổ", "cơ", "giám", "chủ"}:
        return None
    if words[after].key.isdigit() and head not in ("Ban Chỉ đạo", "Tổ công tác"):
        return None
    if _is_capital_line(words, after, text):
        return None
    end = after
    while end < min(len(words), after + _LONGEST_UNKNOWN) and not _name_ends(words, end, after, text):
        end += 1
    while end > after and words[end - 1].key in (JOIN, ","):
        end -= 1
    if end == after or (end == after + 1 and head in _NEEDS_TWO) or words[after].key == "tngt":
        return None
    name = f"{head} {squeeze(text[words[after].start : words[end - 1].end])}"
    return None if fold(name) in _NOT_BODIES else Mention(at, end, name, levels)


def _small_name_follows(words: list[Word], after: int, head: str) -> bool:
    return head in _LOWER_NAMES and not is_stop(words, after) and (words[after].key, "") not in _NOT_NAMES


_NOT_BODIES: Final = frozenset(
    {"ban tổ chức", "ban giám khảo", "ban thư ký", "ban giám hiệu", "ban giám đốc", "ban lãnh đạo", "ban nhân dân",
     "ban cán sự", "đoàn công tác", "đoàn kiểm tra", "đoàn chủ tịch", "ban chấp hành", "ban thường vụ"}
)  # fmt: skip
_NOT_NAMES: Final = frozenset({("nhân", ""), ("thành", ""), ("viên", ""), ("cấp", ""), ("tỉnh", ""), ("huyện", ""),
                               ("xã", ""), ("phường", ""), ("trung", ""), ("họp", "")})  # fmt: skip


def _is_capital_line(words: list[Word], after: int, text: str) -> bool:
    word = words[after]
    return len(word.key) > 1 and text[word.start : word.end].isupper() and _has_vowel(word.key)


def _has_vowel(key: str) -> bool:
    return any(letter in "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ" for letter in key)


def _name_ends(words: list[Word], i: int, first: int, text: str) -> bool:
    word = words[i]
    if word.key == JOIN:
        following = i + 1
        return (
            following >= len(words)
            or is_stop(words, following)
            or match_head(words, following) is not None
            or match_body(words, following) is not None
            or match_class(words, following, text) is not None
        )
    if word.key == ",":
        return i + 1 >= len(words) or (words[i - 1].key, words[i + 1].key) not in _pairs()
    if i > first and word.key.isdigit():
        return True
    if i > first and (match_kind(words, i) or (word.capital and match_body(words, i))):
        return True
    if (
        i > first
        and word.capital
        and (found := match_head(words, i))
        and found[1].name in _OFFICES | {"Hội", "Công ty"}
    ):
        return True
    if i > first and (words[i - 1].key, word.key) in _inner():
        return False
    if i + 1 < len(words) and (word.key, words[i + 1].key) in _inner():
        return False
    return is_stop(words, i) and not (i == first and word.capital)


def _with_unit(words: list[Word], named: Mention, text: str, nesting: int = 0) -> Mention:
    """Return the body with the unit, the class of units or the superior body behind it."""
    end = named.end
    if [word.key for word in words[end : end + 3 : 2]] == ["(", ")"] and text[words[end + 1].start].isupper():
        end += 3  # "Ủy ban nhân dân (UBND) tỉnh"
    linked = end + (end < len(words) and words[end].key in _UNIT_BEFORE_TAIL)
    if [word.key for word in words[end : end + 2]] in (["trung", "ương"], ["việt", "nam"]) and _may_be_national(named):
        suffix = text[words[end].start : words[end + 1].end]
        return replace(named, end=end + 2, name=f"{named.name} {suffix}", levels=("central",), body=None)
    if named.body and named.end - named.start == 1 and text[words[named.start].start : words[end - 1].end] in _BRANDS:
        branch = match_place(words, end, text, bare=("province",))
        printed = text[words[named.start].start : words[end - 1].end]
        if branch is not None and branch.name is not None:
            return replace(named, end=branch.end, name=printed, levels=("province",), body=None, place=branch)
    if named.body and named.levels == ("central",):
        local = _local_branch(named, match_place(words, end, text) or match_units_class(words, end))
        return _with_unit(words, local, text) if local else named
    units = match_units_class(words, end)
    if units:
        printed = squeeze(text[words[end].start : words[units[0] - 1].end])
        return replace(named, end=units[0], units=printed.lower(), units_level=units[1], is_class=True)
    bare = named.levels if named.body and "central" not in named.levels else ()
    place = match_place(words, end, text, bare=bare) or (
        match_place(words, linked, text) if linked > end and not _is_nested(words, linked) else None
    )
    if place:
        if _is_trunk(words, place):
            place = None
        elif place.name is None and (kinds := match_kinds(words, end)):
            printed = squeeze(text[words[end].start : words[kinds[0] - 1].end])
            named_units = f"các {printed.lower()}"
            return replace(named, end=kinds[0], units=named_units, units_level=kinds[1], is_class=True)
        else:
            return replace(named, end=place.end, place=place)
    if nesting < _NESTING and end < len(words) and words[end].capital and _head_of(named) in _OFFICES:
        if _is_issuer(words, end):
            return replace(named, end=end + 1, of_issuer=True)
        above = _named(words, end, text, False)
        central = above is not None and above.levels == ("central",) and not above.name.startswith("Bộ ")
        if above and not central and above.name not in ("Báo", "Thanh tra"):
            joined = replace(above, start=named.start, name=f"{named.name} {above.name}", body=None)
            return _with_unit(words, joined, text, nesting + 1)
    return named


def _may_be_national(named: Mention) -> bool:
    return named.name.startswith(
        ("Hội ", "Hiệp hội", "Liên ", "Liên hiệp", "Ban ", "Đoàn ", "Hội đồng", "Quỹ ", "Ngân hàng")
    )


def _local_branch(named: Mention, unit: object) -> Mention | None:
    """Return the local body for a national one that a unit follows ("Hội Nông dân Việt Nam tỉnh")."""
    local = named.name.removeprefix("Trung ương ").removesuffix(" Việt Nam")
    body = agencies().get(local)
    if unit is None or local == named.name or body is None or body.levels == ("central",):
        return None
    return replace(named, name=body.name, levels=body.levels, body=body)


def _is_trunk(words: list[Word], place: Place) -> bool:
    """Tell whether the kind of unit is no unit of the body: "thành phố trực thuộc trung ương"."""
    return place.name is None and place.end + 1 < len(words) and words[place.end].key == "trực"


def _is_nested(words: list[Word], at: int) -> bool:
    return at < len(words) and words[at].capital


def _head_of(named: Mention) -> str:
    for head in sorted(_OFFICES, key=len, reverse=True):
        if named.name.startswith(head):
            return head
    return ""


def _shared_head(words: list[Word], first: Mention, text: str) -> Iterator[Mention]:
    """Yield the further bodies of "Sở Y tế, Giáo dục và Đào tạo, Tài chính"."""
    head = first.name.split(" ", 1)[0]
    i = first.end
    while i + 1 < len(words) and words[i].key in (",", ";", JOIN) and words[i + 1].capital:
        found = match_field(words, i + 1, head) or _under_head(words, first, i + 1, head)
        other = match_body(words, i + 1)
        if not found or (other and (other[0] > found[0] or match_place(words, other[0], text))):
            return
        end, body = found
        more = _with_unit(words, Mention(i + 1, end, body.name, body.levels, body), text)
        yield more
        i = more.end
        if more.place or more.is_class:
            return


def _under_head(words: list[Word], first: Mention, at: int, head: str) -> tuple[int, Body] | None:
    """Return the word behind a name that a list knows under the head of another: "Hội Nông dân, Phụ nữ"."""
    if head not in _SHARED:
        return None
    found = match_body([words[first.start], *words[at : at + 8]], 0)
    return (at + found[0] - 1, found[1]) if found and found[0] > 1 else None


def _shared_body(words: list[Word], first: Mention, text: str) -> Iterator[Mention]:
    """Yield the further bodies of "UBND phường A, phường B"."""
    i = first.end
    while i + 1 < len(words) and words[i].key in (",", JOIN) and match_kind(words, i + 1):
        place = match_place(words, i + 1, text)
        if place is None or place.name is None or place.kind is None:
            return
        yield replace(first, start=i + 1, end=place.end, place=place)
        i = place.end
