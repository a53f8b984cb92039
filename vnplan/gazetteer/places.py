"""Units as they stand behind the name of a body, and the choice among units of one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from vnplan.gazetteer.keys import unit_key
from vnplan.gazetteer.units import COMMUNE_KINDS, Unit, UnitKind, find_units, level_of_unit, split_kind, unit_of_id
from vnplan.gazetteer.words import JOIN, Word
from vnplan.model import Level

_KINDS: Final[dict[tuple[str, ...], UnitKind]] = {
    ("tỉnh",): "tỉnh", ("huyện",): "huyện", ("quận",): "quận", ("xã",): "xã", ("phường",): "phường",
    ("thành", "phố"): "thành phố", ("thị", "xã"): "thị xã", ("thị", "trấn"): "thị trấn", ("đặc", "khu"): "đặc khu",
    ("tp", "."): "thành phố", ("tp",): "thành phố", ("tx", "."): "thị xã", ("tx",): "thị xã",
}  # fmt: skip
_LONGEST: Final = 6  # words of a unit's name
_UNKNOWN: Final = 4  # words of a name that the lists do not hold
# The commonest names of families: "Chủ tịch UBND huyện Nguyễn Văn An" names a person and no district.
_SURNAMES: Final = frozenset({"nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
                              "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "lương", "mai", "đoàn"})  # fmt: skip
LEVEL_OF_KIND: Final[dict[str, Level]] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district",
    **dict.fromkeys(COMMUNE_KINDS, "commune"),
}  # fmt: skip


class Place(NamedTuple):
    """A unit as a text names it: the word behind it, kind and name; a name of None is the document's own unit."""

    end: int
    kind: UnitKind | None
    name: str | None

    @property
    def words(self) -> str:
        """Kind and name, as far as they are there."""
        return " ".join(part for part in (self.kind, self.name) if part)


def match_kind(words: Sequence[Word], at: int) -> tuple[int, UnitKind] | None:
    """Return the word behind the kind of unit that begins with the word ``at``, and the kind."""
    if at >= len(words):
        return None
    first = words[at].key
    if at + 1 < len(words) and (kind := _KINDS.get((first, words[at + 1].key))):
        return at + 2, kind
    kind = _KINDS.get((first,))
    return (at + 1, kind) if kind else None


def match_place(words: Sequence[Word], at: int, text: str, *, bare: Iterable[Level] = ()) -> Place | None:
    """Return the unit that begins with the word ``at``: with its kind, or, on levels ``bare``, by its name alone."""
    found = match_kind(words, at)
    if not found:
        return _by_name(words, at, None, tuple(bare))
    after, kind = found
    named = _by_name(words, after, kind, ())
    if named:
        return Place(named.end, kind, named.name)
    end = after
    while end < min(len(words), after + _UNKNOWN) and words[end].capital and words[end].key != JOIN:
        end += 1
    unknown = end > after and kind != "tỉnh" and words[after].key not in _SURNAMES  # all provinces are known
    if unknown and not text[words[after].start : words[after].end].isupper():
        return Place(end, kind, text[words[after].start : words[end - 1].end])
    return Place(after, kind, None)


def _by_name(words: Sequence[Word], at: int, kind: UnitKind | None, levels: tuple[Level, ...]) -> Place | None:
    if at >= len(words) or not (words[at].capital or (kind and words[at].key.isdigit())) or not (kind or levels):
        return None
    last = at
    while last < min(len(words), at + _LONGEST) and (words[last].key[0].isalnum() or words[last].key == JOIN):
        last += 1  # no sign but a dash is part of a name: "huyện A, UBND huyện B" are two
    for end in range(last, at, -1):
        if not (words[end - 1].capital or words[end - 1].key.isdigit()):
            continue
        name = " ".join("-" if word.key == JOIN else word.key for word in words[at:end])
        if kind:
            units = find_units(name, kind=kind)
        else:
            units = tuple(unit for unit in find_units(name, level="province") if "province" in levels)
            units = units or tuple(unit for unit in find_units(name, level="district") if "district" in levels)
        if units:
            return Place(end, None, units[0].name)
    return None


def ancestors(unit: Unit) -> list[Unit]:
    """Return the units above, the nearest first."""
    found = []
    while unit.parent:
        unit = unit_of_id(unit.parent)
        found.append(unit)
    return found


def choose(units: Sequence[Unit], context: Iterable[str] = (), on: str | None = None) -> Unit | None:
    """Return the one unit that is meant, or None when several remain.

    ``context`` holds other units that the document names ("thị xã Mỹ Hào", "tỉnh Hưng Yên"): a unit below one of
    them is preferred, and one below more of them still more. Two eras of one unit count as one, the later.
    """
    timely = [unit for unit in units if unit.valid_on(on)] or list(units)
    if not timely:
        return None
    named = [(kind, unit_key(name)) for kind, name in map(split_kind, (part for c in context for part in c.split(",")))]

    def nearness(unit: Unit) -> int:
        return sum(
            key == unit_key(above.name) and above.was_ever(kind) for above in ancestors(unit) for kind, key in named
        )

    best = max(map(nearness, timely))
    near = [unit for unit in timely if nearness(unit) == best]
    if len({unit.qualified for unit in near}) == 1:
        return max(near, key=lambda unit: unit.valid_from or "")
    return None


def find_unit(
    words: str, *, level: Level | None = None, context: Iterable[str] = (), on: str | None = None
) -> Unit | None:
    """Return the one unit that the words name, or None when there is none or several remain."""
    units = [unit for unit in find_units(words, on=on) if level in (None, level_of_unit(unit))]
    return choose(units, context, on)
