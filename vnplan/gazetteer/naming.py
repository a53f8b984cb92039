"""Full names: the unit that a document leaves out is its own, or the one above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from vnplan.gazetteer.issuer import implied_kind
from vnplan.gazetteer.mention import Mention
from vnplan.gazetteer.places import LEVEL_OF_KIND, choose
from vnplan.gazetteer.units import find_units, level_of_unit, split_kind
from vnplan.gazetteer.words import Word
from vnplan.model import Level

_ORDER: Final[tuple[Level, ...]] = ("commune", "district", "province")
_LINKS: Final = frozenset({",", ";", "&"})
_BARE: Final = (
    "VNPT",
    "Viettel",
    "MobiFone",
    "Báo",
    "Bệnh viện",
    "Bưu điện",
    "Công ty",
    "Trường",
    "Viễn thông",
    "Đài",
    "Điện lực",
)
# Classes of bodies of the state keep their unit as it is printed: "các sở, ban, ngành tỉnh".
_OF_STATE: Final = ("các sở", "các ban", "các ngành", "các cơ quan", "các phòng", "các đơn vị", "sở, ban")
_BODIES: Final = ("UBND", "HĐND", "Ủy ban Mặt trận Tổ quốc Việt Nam")
_TWINS: Final = frozenset({"UBND", "HĐND", "Thường trực HĐND", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Đảng ủy"})


class OwnUnit(NamedTuple):
    """A unit that a document is issued in: kind, "thị xã Mỹ Hào", and the same with the units above."""

    kind: str | None
    words: str
    qualified: str


# Heads of local bodies: one that no list holds and that names no unit belongs to the issuer's.
_LOCAL_HEADS = ("Phòng ", "Trung tâm ", "Chi cục ", "Trạm ", "Đài ")
_WITH_OFFICES: Final = ("Sở ", "Chi cục ", "Cục ", "Ban Quản lý ", "Thanh tra ")  # whose "Phòng" are their own


@dataclass(frozen=True, slots=True)
class Home:
    """The units that a document is issued in, by level, the issuer and its level, and other units that it names."""

    units: dict[Level, OwnUnit]
    level: Level | None = None
    issuer: str | None = None
    date: str | None = None
    context: tuple[str, ...] = ()

    @classmethod
    def of(cls, jurisdiction: str | None, level: Level | None, issuer: str | None, date: str | None) -> Home:
        """Return the home that a jurisdiction "phường Dị Sử, thị xã Mỹ Hào, tỉnh Hưng Yên" describes."""
        parts = [part.strip() for part in (jurisdiction or "").split(",") if part.strip()][:3]
        units: dict[Level, OwnUnit] = {}
        for i, part in enumerate(parts):
            kind, _ = split_kind(part)
            own = LEVEL_OF_KIND.get(kind or "")
            if own is None:
                own = (
                    "district" if i + 1 < len(parts) else ("province" if find_units(part, level="province") else level)
                )
                own = level if len(parts) == 1 and level in _ORDER and find_units(part, level=level) else own
            if own:
                units[own] = OwnUnit(kind, part, ", ".join(parts[i:]))
        return cls(units, level, issuer, date, tuple(parts))

    def nearest(self, levels: Sequence[Level]) -> Level | None:
        """Return the level at which a body of these levels is meant: the issuer's, else the nearest above it."""
        if self.level in levels:
            return self.level
        start = _ORDER.index(self.level) if self.level in _ORDER else 0
        return next((level for level in _ORDER[start:] if level in levels and level in self.units), None)

    def above(self, level: Level) -> OwnUnit | None:
        """Return the own unit to which the units of a lower level belong: the issuer's, or the lowest above them."""
        lower = _ORDER.index(level) if level in _ORDER else -1
        start = max(lower + 1, _ORDER.index(self.level) if self.level in _ORDER else 0)
        return next((self.units[above] for above in _ORDER[start:] if above in self.units), None)


class FullName(NamedTuple):
    """Name with its unit, level and jurisdiction."""

    name: str
    level: Level | None
    jurisdiction: str | None


def full_name(mention: Mention, home: Home) -> FullName:
    """Return the full name of a body in a document of ``home``."""
    if mention.units is not None:
        return _name_of_class_of_units(mention, home)
    if mention.of_issuer:
        name = f"{mention.name} {home.issuer or ''}".strip()
        return FullName(name, home.level, home.units[home.level].qualified if home.level in home.units else None)
    if mention.place and mention.place.name:
        return _name_with_unit(mention, home)
    if mention.place:
        return _name_with_own_kind(mention, home)
    return _name_alone(mention, home)


def _name_of_class_of_units(mention: Mention, home: Home) -> FullName:
    level = mention.units_level
    above = home.above(level) if level else None
    units = mention.units if mention.levels or not mention.body else ""  # "Ban Bảo vệ, chăm sóc trẻ em" has no levels
    return FullName(f"{mention.name} {units or ''}".strip(), level, above.qualified if above else None)


def _name_with_unit(mention: Mention, home: Home) -> FullName:
    place = mention.place
    if place is None or place.name is None:
        return _name_alone(mention, home)
    kind = place.kind or implied_kind(mention.name)
    units = find_units(place.name, kind=kind, on=home.date)
    fitting = [unit for unit in units if level_of_unit(unit) in mention.levels] or list(units)
    unit = choose(fitting, home.context, home.date)
    if unit is None:
        own = next((own for own in home.units.values() if own.words == place.words), None)
        level = LEVEL_OF_KIND.get(kind or "") or (mention.levels[0] if len(mention.levels) == 1 else None)
        return FullName(f"{mention.name} {place.words}", level, own.qualified if own else place.words)
    bare = implied_kind(mention.name) or (place.kind is None and mention.name.startswith(_BARE))
    words = unit.name if bare else unit.words
    return FullName(f"{mention.name} {words}", level_of_unit(unit), unit.qualified)


def _name_with_own_kind(mention: Mention, home: Home) -> FullName:
    kind = mention.place.kind if mention.place else None
    own = [level for level in _ORDER if level in home.units and home.units[level].kind == kind]
    level = next((level for level in own if level in mention.levels), own[0] if own else None)
    if level and mention.is_class and mention.name.startswith(_OF_STATE) and not mention.name.endswith(_BODIES):
        return FullName(f"{mention.name} {kind}", level, home.units[level].qualified)
    if level:
        return FullName(
            f"{mention.name} {_suffix(mention.name, home.units[level])}", level, home.units[level].qualified
        )
    return FullName(f"{mention.name} {kind}", LEVEL_OF_KIND.get(kind or ""), None)


def _suffix(name: str, own: OwnUnit) -> str:
    """Return the unit as it follows a name: without its kind where that is in the name ("Tỉnh ủy Lạng Sơn")."""
    return split_kind(own.words)[1] if implied_kind(name) else own.words


def _name_alone(mention: Mention, home: Home) -> FullName:
    levels: Iterable[Level] = mention.levels
    if mention.is_class:
        return _name_of_class(mention, home)
    if "central" in levels and (len(mention.levels) == 1 or home.level == "central"):
        return FullName(mention.name, "central", None)
    if mention.name.startswith("Phòng ") and home.issuer and home.issuer.startswith(_WITH_OFFICES):
        own = home.units.get(home.level) if home.level else None
        return FullName(f"{mention.name} {home.issuer}", home.level, own.qualified if own else None)
    if "district" in levels and "commune" in levels and mention.name.startswith("Phòng "):
        levels = [level for level in levels if (level == "district") == ("district" in home.units)] or list(levels)
    level = home.nearest(list(levels))
    if home.level == "central" and len(mention.levels) > 1:
        return FullName(mention.name, None, None)
    if level and level in home.units:
        own = home.units[level]
        return FullName(f"{mention.name} {_suffix(mention.name, own)}", level, own.qualified)
    if not mention.levels and home.level in home.units and _is_local(mention.name):
        own = home.units[home.level]
        return FullName(f"{mention.name} {_suffix(mention.name, own)}", home.level, own.qualified)
    return FullName(mention.name, mention.levels[0] if len(mention.levels) == 1 else None, None)


def _is_local(name: str) -> bool:
    """Return whether a name has a local head and holds neither a place nor another body ("Trung tâm … Bệnh viện …")."""
    words = name.split()
    if not name.startswith(_LOCAL_HEADS) or "Bệnh viện" in name or "Trường" in name or "Viện" in name:
        return False
    return not any(find_units(" ".join(words[-count:])) for count in (2, 3) if count < len(words))


def _name_of_class(mention: Mention, home: Home) -> FullName:
    level = mention.levels[0] if mention.levels else None
    if level is None and mention.name.casefold().startswith(("các ban,", "các ngành", "các ban ngành")):
        level = home.level
    if mention.name.endswith((" thuộc Sở", " thuộc Bộ")):
        level = home.level
    own = home.units.get(level) if level else None
    if level == "province" and home.level == "central":
        level = None
    return FullName(mention.name, level, own.qualified if own else None)


def share_units(found: list[Mention], words: Sequence[Word]) -> list[Mention]:
    """Return the mentions, with the unit of "HĐND, UBND tỉnh" given to each body of the list."""
    shared = list(found)
    for k in range(len(found) - 2, -1, -1):
        mention, following = shared[k], shared[k + 1]
        if mention.body is None or mention.place or mention.units is not None or mention.is_class:
            continue
        between = [word.key for word in words[mention.end : following.start]]
        if not between or not all(key in _LINKS for key in between):
            continue
        twins = mention.name in _TWINS and following.body is not None and following.body.name in _TWINS
        place = following.place
        if place and following.body and (twins or place.name is None):
            level = LEVEL_OF_KIND.get(place.kind or "")
            if level in mention.levels or (level is None and len(mention.levels) > 1):
                shared[k] = replace(mention, place=place)
        elif twins and following.units:
            shared[k] = replace(
                mention, units=following.units, units_level=following.units_level, is_class=following.is_class
            )
    return shared
