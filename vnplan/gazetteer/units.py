"""Administrative units of Vietnam in both eras: before and from 2025-07-01 (Nghị quyết 202/2025/QH15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from vnplan.gazetteer.keys import unit_key
from vnplan.gazetteer.tables import read_table
from vnplan.model import Level

UnitKind = Literal["tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu"]

DISTRICTS_UNTIL = "2025-06-30"
COMMUNE_KINDS: frozenset[str] = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_KIND_WORDS: dict[str, UnitKind] = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "tp.": "thành phố", "t.p": "thành phố",
    "t.p.": "thành phố", "quận": "quận", "q.": "quận", "huyện": "huyện", "h.": "huyện", "thị xã": "thị xã",
    "tx": "thị xã", "tx.": "thị xã", "t.x": "thị xã", "t.x.": "thị xã", "xã": "xã", "x.": "xã", "phường": "phường",
    "p.": "phường", "thị trấn": "thị trấn", "tt.": "thị trấn", "đặc khu": "đặc khu",
}  # fmt: skip
# yes: thị xã Mỹ Hào
# yes: TP.HCM
# no:  Tpoong (a name that begins with the letters)
_KIND = re.compile(
    rf"({'|'.join(re.escape(word) for word in sorted(_KIND_WORDS, key=len, reverse=True))})(?:(?<=\.) ?| )(?=\S)"
)


# yes: 2025-24.07294
# yes: 2025-24.07294n
# no:  01.h019
_COMMUNE_ID = re.compile(r"\.[0-9]{5}n?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit with its validity in time; ``parent`` and ``successors`` are identifiers.

    ``valid_from`` None: since before the lists begin; ``valid_to`` None: still in being. A commune that 2025 divided
    names the successor that took its seat first. A district has none: its duties went to provinces and communes.
    """

    id: str
    kind: UnitKind
    name: str
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The identifier of the unit above, None for a province."""
        return self.id.rpartition(".")[0] or None

    @property
    def words(self) -> str:
        """Kind and name: "thị xã Mỹ Hào"."""
        return f"{self.kind} {self.name}"

    @property
    def qualified(self) -> str:
        """Kind and name with the units above: "thị xã Mỹ Hào, tỉnh Hưng Yên"."""
        parts, unit = [self.words], self
        while unit.parent:
            unit = unit_of_id(unit.parent)
            parts.append(unit.words)
        return ", ".join(parts)

    @property
    def province(self) -> Unit:
        """The province or centrally run city that the unit belongs to."""
        return unit_of_id(self.id.split(".")[0])

    def was_ever(self, kind: str | None) -> bool:
        """Tell whether the unit is of a kind, or the one that it became under its own name (None is any kind)."""
        if kind in (None, self.kind):
            return True
        return any((heir := unit_of_id(ident)).name == self.name and heir.kind == kind for ident in self.successors)

    def valid_on(self, day: str | None) -> bool:
        """Tell whether the unit is in being on an EDTF day, month or year; None is any day."""
        if not day:
            return True
        first, last = (day + "-01-01"[len(day) - 4 :])[:10], (day + "-12-31"[len(day) - 4 :])[:10]
        return (self.valid_from or "0000") <= last and first <= (self.valid_to or "9999")


def level_of_unit(unit: Unit) -> Level:
    """Return the level: thành phố trực thuộc trung ương is a province, thành phố of a province a district.

    >>> [level_of_unit(unit) for unit in find_units("thành phố Đà Nẵng", on="2024")]
    ['province']
    """
    if unit.parent is None:
        return "province"
    return "commune" if unit.kind in COMMUNE_KINDS else "district"


def _unit(row: Sequence[str]) -> Unit:
    ident, kind, name, since, until, heirs = row
    return Unit(ident, kind, name, since or None, until or None, tuple(heirs.split(",")) if heirs else ())  # type: ignore[arg-type]


def _with_history(units: dict[str, Unit], *, communes: bool) -> dict[str, Unit]:
    """Return the units with what ``history.tsv`` knows of them and of those that are gone or came later."""
    for row in read_table("history.tsv", 7):
        ident, changed = row[0].removeprefix("*"), _unit(row[:6])
        if (_COMMUNE_ID.search(ident) is not None) != communes:
            continue
        if ident in units:
            successors = changed.successors or units[ident].successors
            until = changed.valid_to or units[ident].valid_to
            changed = replace(units[ident], valid_from=changed.valid_from, valid_to=until, successors=successors)
        units[ident] = changed
    return units


@cache
def _upper() -> dict[str, Unit]:
    """Provinces and districts by identifier."""
    return _with_history({row[0]: _unit(row) for row in read_table("units.tsv", 6)}, communes=False)


@cache
def _communes() -> dict[str, Unit]:
    """Communes by identifier."""
    return _with_history({row[0]: _unit(row) for row in read_table("communes.tsv", 6)}, communes=True)


@cache
def acts_of_units() -> Mapping[str, tuple[str, ...]]:
    """Return the acts that ``history.tsv`` names for a unit, by identifier: its beginning first, then its end."""
    rows = read_table("history.tsv", 7)
    return MappingProxyType({row[0].removeprefix("*"): tuple(row[6].split(";")) for row in rows if row[6]})


def _by_key(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    index: dict[str, list[Unit]] = {}
    for unit in units:
        index.setdefault(unit_key(unit.name), []).append(unit)
    return index


@cache
def _upper_index() -> dict[str, list[Unit]]:
    index = _by_key(_upper().values())
    for other, name in read_table("unit_names.tsv", 2):
        index.setdefault(unit_key(other), []).extend(index[unit_key(name)])
    return index


@cache
def _commune_index() -> dict[str, list[Unit]]:
    return _by_key(_communes().values())


@cache
def longest_name() -> int:
    """Return how many words the longest name of a unit has."""
    return max(len(key.split()) for index in (_upper_index(), _commune_index()) for key in index)


def unit_of_id(ident: str) -> Unit:
    """Return the unit with this identifier; raises KeyError for one that the lists do not hold."""
    upper = _upper()
    return upper[ident] if ident in upper else _communes()[ident]


def all_units(*, communes: bool = False) -> Iterator[Unit]:
    """Yield provinces and districts of all eras, and the communes if asked for."""
    yield from _upper().values()
    if communes:
        yield from _communes().values()


def split_kind(words: str) -> tuple[UnitKind | None, str]:
    """Return the kind that the words begin with and the rest ("TP. Lạng Sơn": thành phố, "Lạng Sơn")."""
    text = " ".join(words.split())
    lowered = text.casefold()
    if len(lowered) == len(text) and (match := _KIND.match(lowered)):
        return _KIND_WORDS[match[1]], text[match.end() :].strip(" -,.;:")
    return None, text.strip(" -,.;:")


def find_units(
    name: str, *, kind: str | None = None, on: str | None = None, level: Level | None = None
) -> tuple[Unit, ...]:
    """Return the units with this name, provinces first, then districts, then communes; () when there is none.

    The name may have its kind before it and the units above behind it ("phường Dị Sử, thị xã Mỹ Hào, tỉnh Hưng
    Yên"), of which each narrows the choice. ``on`` is an EDTF day, month or year; where no unit of the name was in
    being then, those of other times are returned. A kind that a unit had at another time finds it too ("huyện Mỹ
    Hào"), after the exact ones found nothing. The communes are loaded only when they are asked for.

    >>> [unit.qualified for unit in find_units("thị xã Mỹ Hào")]
    ['thị xã Mỹ Hào, tỉnh Hưng Yên']
    """
    own, *above = words_of_units(name)
    given, bare = split_kind(own)
    found = _named(bare, kind or given, level)
    if not found and given:  # "Thị trấn" may be the name itself, "quận 1" has none without its kind
        found = _named(own, kind, level)
    for higher in above:
        found = [unit for unit in found if _is_below(unit, higher)] or found
    return tuple([unit for unit in found if unit.valid_on(on)] or found)


def words_of_units(name: str) -> list[str]:
    """Return the units of a qualified name, the lowest first; at least one (perhaps empty) part."""
    return [part.strip() for part in name.split(",")][:4] or [""]


def _is_below(unit: Unit, words: str) -> bool:
    kind, bare = split_kind(words)
    key = unit_key(bare)
    above = unit
    while above.parent:
        above = unit_of_id(above.parent)
        if unit_key(above.name) == key and above.was_ever(kind):
            return True
    return False


def _named(bare: str, kind: str | None, level: Level | None) -> list[Unit]:
    key = unit_key(bare)
    if key.isascii() and key.isdigit():
        key = key.lstrip("0")  # "quận 01"
    found: list[Unit] = []
    if level != "commune" and kind not in COMMUNE_KINDS:
        found += _upper_index().get(key, [])
    if level in (None, "commune") and (kind is None or kind in COMMUNE_KINDS):
        found += _commune_index().get(key, [])
    if level:
        found = [unit for unit in found if level_of_unit(unit) == level]
    if kind:
        exact = [unit for unit in found if unit.kind == kind]
        same_level = [unit for unit in found if unit.parent is not None]
        found = exact or (same_level if kind not in ("tỉnh",) else [])
    return sorted(dict.fromkeys(found), key=lambda unit: unit.id.count("."))
