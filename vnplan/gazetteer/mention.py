"""A body as a text names it, before its unit is supplied."""

from __future__ import annotations

from dataclasses import dataclass

from vnplan.gazetteer.agencies import Body, match_body
from vnplan.gazetteer.classes import ClassName
from vnplan.gazetteer.places import Place
from vnplan.gazetteer.words import Word
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


def class_mention(words: list[Word], at: int, found: ClassName, text: str) -> Mention:
    """Return the class with its name in small letters, and the unit that ends it set apart."""
    last = found.end
    place = found.place if found.place and found.place.end == found.end else None
    name_end = last
    if place and found.place_at is not None:
        name_end = found.place_at
        if words[name_end - 1].key in ("của", "trong", "thuộc") and found.body_at is None and name_end - 1 > at:
            name_end -= 1
    name = squeeze(text[words[at].start : words[name_end - 1].end])
    if found.body_at is not None:
        known = match_body(words, found.body_at)
        if known:
            lead = squeeze(text[words[at].start : words[found.body_at - 1].end])
            rest = squeeze(text[words[known[0] - 1].end : words[name_end - 1].end])
            name = f"{lead} {known[1].name} {rest}".strip()
    levels = (found.level,) if found.level else ()
    return Mention(at, last, small(name), levels, None, place, is_class=True, leads_only=found.leads_only)


def small(name: str) -> str:
    """Return the name of a class as it stands inside a sentence, with "các" for "từng"."""
    name = name.lower() if name.isupper() else name[:1].lower() + name[1:]
    for word in ("từng ", "mỗi ", "những "):
        if name.startswith(word):
            return "các " + name[len(word) :]
    return name


def squeeze(name: str) -> str:
    """Return printed words with one space, and spaces around a dash that parts words."""
    words = " ".join(name.split())
    parts: list[str] = []
    for i, sign in enumerate(words):
        joins = sign in "-–" and 0 < i < len(words) - 1
        if joins and (words[i - 1] == " ") != (words[i + 1] == " "):
            parts.append(" - " if words[i - 1] != " " and words[i + 1] == " " else "- ")
        else:
            parts.append("-" if sign == "–" else sign)
    return " ".join("".join(parts).split()).replace(" ,", ",")
