"""What the lists know of an agency, a class or a unit: validity, what came before and after, and by which act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from vnplan.gazetteer.agencies import Body, agencies, match_body, next_day
from vnplan.gazetteer.issuer import name_of, resolve_issuer
from vnplan.gazetteer.keys import fold
from vnplan.gazetteer.mentions import mentions
from vnplan.gazetteer.places import choose, find_unit, match_kind
from vnplan.gazetteer.tables import read_table
from vnplan.gazetteer.units import Unit, acts_of_units, all_units, find_units, level_of_unit, split_kind, unit_of_id
from vnplan.gazetteer.words import split_words
from vnplan.model import Level

_NAME: Final = 600  # code points of a name that are looked at
_STEPS: Final = 40  # bodies that one may lead to, through all its successors
_NEAREST: Final = 5
_ALIKE: Final = 62.0  # of 100
_ACTS_OF_2025: Final[dict[Level, str]] = {
    "province": "202/2025/QH15", "district": "203/2025/QH15", "commune": "NQ-UBTVQH15/2025",
}  # fmt: skip
_LAST_OF_2025, _FIRST_OF_2025 = "2025-06-30", "2025-07-01"


@dataclass(frozen=True, slots=True)
class Act:
    """An act that the lists rest on; ``read`` tells whether its days and effect were compared with public material."""

    number: str
    issued: str | None
    in_force: str | None
    effect: str
    read: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A step to another body or unit: its name, the first day, which part of the work ("" the main part), the act."""

    name: str
    on: str | None
    work: str = ""
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists know of one body, class or unit; ``in_being`` and ``instead`` are those of the day asked about.

    ``instead`` holds who has its work, or its territory, on that day, where it is not in being itself. ``communes``
    says of a district that ended in 2025 what became of each commune: its name, and the names of those that follow.
    """

    name: str
    kind: Literal["body", "class", "unit"]
    level: Level | None
    jurisdiction: str | None
    valid_from: str | None = None
    valid_to: str | None = None
    in_being: bool | None = None
    predecessors: tuple[Change, ...] = ()
    successors: tuple[Change, ...] = ()
    instead: tuple[Change, ...] = ()
    communes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acts: tuple[str, ...] = ()


class _State(NamedTuple):
    """A body of a unit, a body alone, or a unit alone."""

    body: str | None
    unit: Unit | None
    level: Level | None


def acts() -> dict[str, Act]:
    """Return the acts that the lists name, by number."""
    rows = read_table("sources.tsv", 5)
    return {row[0]: Act(row[0], row[1] or None, row[2] or None, row[3], row[4] == "read") for row in rows}


def look_up(words: str, *, on: str | None = None, issuer: str | None = None) -> tuple[Entry, ...]:
    """Return what the lists know of the body, class or unit that the words name; several of one name; () if unknown.

    ``on`` is an EDTF day, month or year. ``issuer`` names the body whose document mentions it: its unit is meant
    where the words name none ("Sở LĐTBXH" of the UBND of a district is that of the province above).

    >>> [(entry.name, entry.valid_to) for entry in look_up("Sở LĐTBXH", on="2024-01-30", issuer="UBND tỉnh Lạng Sơn")]
    [('Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn', '2025-02-28')]
    """
    text = " ".join(words[:_NAME].split())
    home = _unit_of_issuer(issuer, on)
    states = list(dict.fromkeys(_states(text, home, on)))
    return tuple(_entry(state, on) for state in states) or tuple(_classes(text, on))


def _unit_of_issuer(issuer: str | None, on: str | None) -> Unit | None:
    jurisdiction = resolve_issuer(issuer, on=on).jurisdiction if issuer else None
    return find_unit(jurisdiction or "", on=on) if jurisdiction else None


def _states(text: str, home: Unit | None, on: str | None) -> Iterator[_State]:
    tokens = split_words(text)
    found = match_body(tokens, 0)
    if found:
        kind = match_kind(tokens, found[0])
        if found[0] == len(tokens) or (kind and kind[0] == len(tokens)):
            yield from _of_issuer(found[1], kind[1] if kind else None, home)
        else:
            yield from _of_unit(found[1], text[tokens[found[0] - 1].end :].strip(" ,-"), home, on)
        return
    if split_kind(text)[1]:
        units = find_units(text, on=on)
        chosen = choose(units, (home.qualified,), on) if home else None
        yield from (_State(None, unit, level_of_unit(unit)) for unit in ([chosen] if chosen else units))


def _of_issuer(body: Body, kind: str | None, home: Unit | None) -> Iterator[_State]:
    """Yield a body whose unit is not named: that of the issuer, or the one above it on the level of the body."""
    if body.levels == ("central",):
        yield _State(body.name, None, "central")
        return
    units = [unit for unit in _upwards(home) if kind in (None, unit.kind)]
    own = next((unit for unit in units if not body.levels or level_of_unit(unit) in body.levels), None)
    level = level_of_unit(own) if own else body.levels[0] if len(body.levels) == 1 else None
    yield _State(body.name, own, level)


def _of_unit(body: Body, words: str, home: Unit | None, on: str | None) -> Iterator[_State]:
    """Yield a body with each unit that the words behind it may name; none of a central body."""
    units = () if body.levels == ("central",) else find_units(words, on=on)
    fitting = [unit for unit in units if not body.levels or level_of_unit(unit) in body.levels] or list(units)
    chosen = choose(fitting, (home.qualified,) if home else (), on) if len(fitting) > 1 else None
    yield from (_State(body.name, unit, level_of_unit(unit)) for unit in ([chosen] if chosen else fitting))


def _upwards(unit: Unit | None) -> Iterator[Unit]:
    while unit is not None:
        yield unit
        unit = unit_of_id(unit.parent) if unit.parent else None


def _classes(text: str, on: str | None) -> Iterator[Entry]:
    """Yield the class of bodies that all the words name ("các sở, ban, ngành")."""
    words = split_words(text)
    found = next(mentions(words, text, listed=True), None)
    if found is None or not found.is_class or found.start or found.end < len(words):
        return
    level = found.units_level or (found.levels[0] if len(found.levels) == 1 else None)
    name = f"{found.name} {found.units}".strip() if found.units else found.name
    until = _LAST_OF_2025 if level == "district" else None
    because = (_ACTS_OF_2025["district"],) if until else ()
    yield Entry(name, "class", level, None, None, until, _in_being(None, until, on), acts=because)


def _in_being(since: str | None, until: str | None, day: str | None) -> bool | None:
    """Return whether the time from ``since`` to ``until`` touches the EDTF day, month or year; None for no day."""
    return Unit("", "xã", "", since, until).valid_on(day) if day else None


def _name(state: _State) -> str:
    if state.body is None:
        return state.unit.qualified if state.unit else ""
    body = agencies()[state.body]
    return name_of(state.body, body.levels, state.unit).name if state.unit else state.body


@cache
def _level_endings() -> dict[tuple[str, str], tuple[str, tuple[tuple[str, str, str], ...]]]:
    """Bodies of which those of one level ended: their last day, and successor, work and act of each."""
    found: dict[tuple[str, str], tuple[str, tuple[tuple[str, str, str], ...]]] = {}
    for body, last, heir, work, _, act, level in read_table("successions.tsv", 7):
        if level:
            found[body, level] = (last, (*found.get((body, level), ("", ()))[1], (heir, work, act)))
    return found


def _times_of_body(state: _State) -> tuple[str | None, str | None, str | None]:
    """Return first day, last day and the act of the end of the kind of body, on its level."""
    if state.body is None:
        return None, None, None
    body = agencies()[state.body]
    ended = _level_endings().get((state.body, state.level or ""))
    if ended:
        return body.valid_from, ended[0], ended[1][0][2]
    return body.valid_from, body.valid_to, body.acts[0] if body.acts else None


def _acts_of_unit(unit: Unit) -> tuple[str | None, str | None]:
    """Return the acts with which a unit began and ended."""
    named, level = acts_of_units().get(unit.id, ()), level_of_unit(unit)
    began = named[0] if named and unit.valid_from else None
    ended = named[-1] if named and (len(named) > 1 or not unit.valid_from) and unit.valid_to else None
    if unit.valid_from == _FIRST_OF_2025:
        began = began or _ACTS_OF_2025[level]
    if unit.valid_to == _LAST_OF_2025:
        ended = ended or _ACTS_OF_2025[level]
    return began, ended


def _times(state: _State) -> tuple[str | None, str | None, str | None, str | None]:
    """Return first day, last day, and the acts of both; a body lives no longer than its unit."""
    first, last, ended = _times_of_body(state)
    began = agencies()[state.body].began_by if state.body and first else None
    if state.unit:
        unit_began, unit_ended = _acts_of_unit(state.unit)
        if (state.unit.valid_from or "") > (first or ""):
            first, began = state.unit.valid_from, unit_began
        if (state.unit.valid_to or "9999") < (last or "9999"):
            last, ended = state.unit.valid_to, unit_ended
    return first, last, began, ended


def _after(state: _State) -> Iterator[tuple[_State, Change]]:
    """Yield what followed a body or unit, each with the step that leads to it."""
    _, last, _, ended = _times(state)
    if last is None:
        return
    day, (_, last_of_body, _) = next_day(last), _times_of_body(state)
    if state.body and last_of_body == last:
        body = agencies()[state.body]
        steps = _level_endings().get((state.body, state.level or ""), ("", ()))[1] or tuple(
            zip(body.successors, body.work, body.acts, strict=True)
        )
        for heir, work, act in steps:
            yield _step(heir, state.unit, day, work, act, same=heir == state.body)
    elif state.unit:
        for ident in state.unit.successors:
            unit = unit_of_id(ident)
            following = _State(state.body, unit, level_of_unit(unit))
            if state.body is None or level_of_unit(unit) == state.level:
                yield following, Change(_name(following), day, "", ended)


def _step(
    heir: str, unit: Unit | None, day: str, work: str, act: str, *, same: bool = False
) -> tuple[_State, Change]:  # fmt: skip
    """Return the body that took over, of the same unit where that still has one."""
    levels = agencies()[heir].levels
    if unit and same:  # the police of a district: its work went to those above and below
        unit = unit_of_id(unit.parent) if unit.parent else None
    elif unit and (levels == ("central",) or not unit.valid_on(day)):
        unit = None
    state = _State(heir, unit, level_of_unit(unit) if unit else "central" if levels == ("central",) else None)
    return state, Change(_name(state), day, work, act or None)


def _before(state: _State) -> Iterator[tuple[_State, Change]]:
    """Yield what a body or unit followed, each with the day on which it did."""
    _, _, began, _ = _times(state)
    if state.body:
        for name, body in agencies().items():
            for heir, work, act in zip(body.successors, body.work, body.acts, strict=True):
                if heir == state.body and body.valid_to and (not state.unit or state.unit.valid_on(body.valid_to)):
                    old = _State(name, state.unit, state.level)
                    yield old, Change(_name(old), next_day(body.valid_to), work, act or None)
    if state.unit and state.unit.valid_from:
        for unit in _units_before(state.unit):
            older = _State(state.body, unit, level_of_unit(unit))
            body_since = agencies()[state.body].valid_from if state.body else None
            if (body_since or "") <= (unit.valid_to or "9999"):
                yield older, Change(_name(older), state.unit.valid_from, "", began or _acts_of_unit(state.unit)[0])


def _units_before(unit: Unit) -> list[Unit]:
    communes = level_of_unit(unit) == "commune"
    return [old for old in all_units(communes=communes) if unit.id in old.successors]


def _instead(state: _State, on: str) -> tuple[Change, ...]:
    """Return who has the work or the territory on a day on which a body or unit is not in being."""
    first, _, _, _ = _times(state)
    later = not first or first <= (on + "-12-31"[len(on) - 4 :])[:10]
    step = _after if later else _before
    found: dict[str, Change] = {}
    seen, todo = {state}, [(state, "")]
    while todo and len(seen) < _STEPS:
        here, work = todo.pop(0)
        for following, change in step(here):
            part = change.work or work
            since, until, _, _ = _times(following)
            if following in seen:
                continue
            seen.add(following)
            if _in_being(since, until, on):
                found.setdefault(change.name, Change(change.name, change.on, part, change.act))
            else:
                todo.append((following, part))
    return tuple(found.values())


def _communes_of(unit: Unit) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the communes of a district that ended in 2025, each with those that took it in."""
    if level_of_unit(unit) != "district" or unit.valid_to != _LAST_OF_2025:
        return ()
    below = [one for one in all_units(communes=True) if one.parent == unit.id]
    return tuple((one.words, tuple(unit_of_id(ident).qualified for ident in one.successors)) for one in below)


def _entry(state: _State, on: str | None) -> Entry:
    since, until, began, ended = _times(state)
    there = _in_being(since, until, on)
    after = tuple(change for _, change in _after(state))
    before = tuple(change for _, change in _before(state))
    because = [began, ended, *(change.act for change in (*before, *after))]
    return Entry(
        _name(state),
        "body" if state.body else "unit",
        state.level,
        state.unit.qualified if state.unit else None,
        since,
        until,
        there,
        before,
        after,
        _instead(state, on) if on and there is False else (),
        _communes_of(state.unit) if state.unit and state.body in (None, "UBND") else (),
        tuple(dict.fromkeys(act for act in because if act)),
    )


def nearest_names(words: str) -> tuple[str, ...]:
    """Return the names of the lists that are spelled most like the words, or like their beginning, the nearest first.

    >>> nearest_names("UBND tỉnh Lạng Xơn")[0]
    'UBND tỉnh Lạng Sơn'
    """
    text = " ".join(words[:_NAME].split())
    units = {fold(unit.words): unit.words for unit in all_units(communes=True)}
    tokens = split_words(text)
    if (found := match_body(tokens, 0)) and found[0] < len(tokens):
        near = _nearest(text[tokens[found[0]].start :], units)
        return tuple(f"{found[1].name} {unit}" for unit in near) or (found[1].name,)
    return _nearest(text, {fold(name): name for name in agencies()} | units)


def _nearest(words: str, names: dict[str, str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    key = fold(words)
    found: dict[str, float] = {}
    beginnings = {name: name[: len(key) + 1] for name in names}
    for choices, share in ((dict(zip(names, names, strict=True)), 1.0), (beginnings, 0.95)):
        for _, score, name in process.extract(key, choices, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_ALIKE):
            found[name] = max(found.get(name, 0.0), share * score)
    return tuple(names[name] for name in sorted(found, key=lambda name: (-found[name], name))[:_NEAREST])
