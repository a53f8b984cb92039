"""A body as a text names it, before its unit is supplied."""

from __future__ import annotations

from dataclasses import dataclass

from vnplan.gazetteer.agencies import Body
from vnplan.gazetteer.places import Place
from vnplan.model import Level


@dataclass(frozen=True, slots=True)
class Mention:
    """A body as named by ``words[start:end]``; ``name`` is canonical and without its unit."""

    start: int
    end: int
    name: str
    levels: tuple[Level, ...] = ()
    body: Body | None = None
    place: Place | None = None
    units: str | None = None  # "các xã, phường": the class of units that the bodies belong to
    units_level: Level | None = None
    is_class: bool = False
    leads_only: bool = False  # a class that is a body only where it has a duty
    of_issuer: bool = False  # an office of the issuer: "Văn phòng Bộ", "Thanh tra Sở"
