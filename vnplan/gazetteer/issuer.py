"""Who issued a document: its name, level and jurisdiction, from the words of the header and the place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from vnplan.gazetteer.agencies import Body, match_body, match_head
from vnplan.gazetteer.places import LEVEL_OF_KIND, Place, choose, match_place
from vnplan.gazetteer.units import Unit, find_units, level_of_unit, split_kind
from vnplan.gazetteer.words import Word, split_words
from vnplan.model import Level

_WITHOUT_KIND: Final = {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Huyện ủy": "huyện", "Thị ủy": "thị xã",
                        "Quận ủy": "quận", "Tỉnh đoàn": "tỉnh", "Thành đoàn": "thành phố", "Huyện đoàn": "huyện",
                        "Thị đoàn": "thị xã"}  # fmt: skip
_LEVELS_ABOVE: Final[dict[Level, int]] = {"province": 0, "district": 1, "commune": 2, "central": -1}


class Issuer(NamedTuple):
    """A body with its unit: full name, level, and the unit with those above it (None for a central body)."""

    name: str
    level: Level | None
    jurisdiction: str | None


def implied_kind(body: str) -> str | None:
    """Return the kind of unit that is part of the name of a Party or Youth Union body ("Huyện ủy": huyện)."""
    return next((kind for name, kind in _WITHOUT_KIND.items() if body.endswith(name)), None)


def resolve_issuer(
    words: str,
    place: str | None = None,
    kinds: Iterable[str] = (),
    *,
    context: Iterable[str] = (),
    on: str | None = None,
) -> Issuer:
    """Return name, level and jurisdiction of the body that the words of a header name.

    ``words`` may hold the body above too ("UBND TỈNH LẠNG SƠN SỞ Y TẾ"), be in capitals, or be a unit alone ("PHƯỜNG
    DỊ SỬ": its UBND). ``place`` is that of the date line ("TP. Lạng Sơn"), used where the words name no unit.
    ``kinds`` are kinds of unit that the document calls its own ("thành phố"), ``context`` other units that it names;
    they decide between units of one name. What is not decided is left out: the jurisdiction of an unresolved ward
    is "phường X". ``on`` is the EDTF date of the document.

    >>> resolve_issuer("UBND thành phố Lai Châu")
    Issuer(name='UBND thành phố Lai Châu', level='district', jurisdiction='thành phố Lai Châu, tỉnh Lai Châu')
    >>> resolve_issuer("SỞ Y TẾ", "Lạng Sơn")
    Issuer(name='Sở Y tế tỉnh Lạng Sơn', level='province', jurisdiction='tỉnh Lạng Sơn')
    """
    text = " ".join(words[:600].split())
    tokens = split_words(text)
    hints = tuple(context) + ((place,) if place else ())
    found = _bodies(tokens, text)
    if not found:
        return _unknown(text, tokens, place, tuple(kinds), hints, on)
    body, printed, _ = found[-1]
    if printed is None or printed.name is None:
        printed = next((other for _, other, _ in reversed(found) if other and other.name), printed)
    unit = _unit(body, printed, place, tuple(kinds), hints, on)
    return name_of(body.name, body.levels, unit, printed)


def name_of(name: str, levels: tuple[Level, ...], unit: Unit | None, printed: Place | None = None) -> Issuer:
    """Return the body ``name`` of a unit; without one, with the words of the unit that were printed."""
    if levels == ("central",):
        return Issuer(name, "central", None)
    if unit is None:
        words = printed.words if printed and printed.name else ""
        level = LEVEL_OF_KIND.get(printed.kind or "") if printed else None
        return Issuer(f"{name} {words}".strip(), level or (levels[0] if len(levels) == 1 else None), words or None)
    level = level_of_unit(unit)
    words = unit.name if implied_kind(name) == unit.kind else unit.words
    return Issuer(f"{name} {words}", level, unit.qualified)


def _bodies(tokens: list[Word], text: str) -> list[tuple[Body, Place | None, int]]:
    """Return the known bodies in the words, each with the unit behind it."""
    found: list[tuple[Body, Place | None, int]] = []
    i = 0
    while i < len(tokens):
        match = match_body(tokens, i)
        if match and tokens[i].capital:
            i, end, body = _reaching_further(tokens, i, *match)
            place = match_place(tokens, end, text, bare=body.levels)
            if place or not body.needs_unit:
                found.append((body, place, i))
                i = place.end if place else end
                continue
        i += 1
    return found


def _reaching_further(tokens: list[Word], at: int, end: int, body: Body) -> tuple[int, int, Body]:
    """Return the body that begins inside another and ends behind it ("Ban Chấp hành Trung ương Đảng đoàn …")."""
    for later in range(at + 1, end):
        match = match_body(tokens, later) if tokens[later].capital else None
        if match and match[0] > end:
            return later, *match
    return at, end, body


def _unit(
    body: Body,
    printed: Place | None,
    place: str | None,
    kinds: tuple[str, ...],
    context: tuple[str, ...],
    on: str | None,
) -> Unit | None:
    if body.levels == ("central",):
        return None
    kind = (printed.kind if printed else None) or implied_kind(body.name)
    name = printed.name if printed else None
    if name is None and place is None:
        return None
    if name is None:
        return _unit_of_place(place or "", kind, body.levels, kinds, context, on)
    units = list(find_units(name, kind=kind, on=on))
    return choose(_fitting(units, body.levels), context, on)


def _fitting(units: Iterable[Unit], levels: tuple[Level, ...]) -> list[Unit]:
    """Return the units on the levels of a body; those above them for a body that the units' superior has."""
    units = list(units)
    if not levels:
        return units
    fitting = [unit for unit in units if level_of_unit(unit) in levels]
    if not fitting and levels == ("province",):
        return list(dict.fromkeys(unit.province for unit in units))
    return fitting or units


def _unit_of_place(
    place: str,
    kind: str | None,
    levels: tuple[Level, ...],
    kinds: tuple[str, ...],
    context: tuple[str, ...],
    on: str | None,
) -> Unit | None:
    """Return the unit that the place of the date line names (the province, unless a kind says otherwise)."""
    given, bare = split_kind(place)
    wanted = [word for word in (kind or given, *kinds) if word]
    units = _fitting(find_units(place, on=on), levels)
    if wanted:
        own = [unit for unit in units if unit.kind in wanted]
        if not own and kind == "tỉnh":
            own = [unit.province for unit in units]
        units = own or [unit for unit in find_units(bare, on=on) if unit.kind in wanted] or units
    if not units:
        return None
    top = min(_LEVELS_ABOVE[level_of_unit(unit)] for unit in units)
    return choose([unit for unit in units if _LEVELS_ABOVE[level_of_unit(unit)] == top], context, on)


def _unknown(
    text: str, tokens: list[Word], place: str | None, kinds: tuple[str, ...], context: tuple[str, ...], on: str | None
) -> Issuer:
    """Return the issuer for words that name a unit alone, or a body that the lists do not hold."""
    alone = match_place(tokens, 0, text)
    if alone and alone.name and alone.end >= len(tokens) - 1:
        units = find_units(alone.name, kind=alone.kind, on=on)
        unit = choose(units, context, on)
        level = LEVEL_OF_KIND.get(alone.kind or "")
        return name_of("UBND", (level,) if level else ("province", "district", "commune"), unit, alone)
    at = next((i for i in range(len(tokens)) if tokens[i].capital and match_head(tokens, i)), None)
    head = match_head(tokens, at)[1] if at is not None else None  # type: ignore[index]
    name = text[tokens[at].start :] if at is not None else text
    for i in range(len(tokens) - 1, 0, -1):
        printed = match_place(tokens, i, text)
        if printed and printed.end == len(tokens) and printed.kind:
            start = tokens[at or 0].start
            name = text[start : tokens[i].start].strip()
            unit = choose(find_units(printed.name, kind=printed.kind, on=on), context, on) if printed.name else None
            if unit is None and printed.name is None and place:
                unit = _unit_of_place(place, printed.kind, (), kinds, context, on)
            return name_of(_recase(name), head.levels if head else (), unit, printed)
    levels = head.levels if head else ()
    if levels == ("province",) and place:
        return name_of(_recase(name), levels, _unit_of_place(place, None, levels, kinds, context, on))
    return Issuer(_recase(name), levels[0] if len(levels) == 1 else None, None)


def _recase(words: str) -> str:
    """Return words in capitals as a name in small letters; others as they are."""
    return words[:1].upper() + words[1:].lower() if words.isupper() else words[:1].upper() + words[1:]
