"""Who issued a cited document: how far the words that say so reach, and the body's full name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from vnplan.extract.letters import CAPITAL
from vnplan.extract.lexicon import word_list
from vnplan.gazetteer import resolve_issuer
from vnplan.gazetteer.agencies import match_body, match_head
from vnplan.gazetteer.issuer import implied_kind
from vnplan.gazetteer.places import match_place
from vnplan.gazetteer.words import Word, split_words

_REACH = 160  # code points of the longest name with its unit
_LONGEST_UNKNOWN = 14  # words of a body that the gazetteer does not know
_STOPS = frozenset(',;.:()[]“”"…')
_ENDS = frozenset({"ngày", "năm", "số", "để", "trên", "theo", "là", "đã", "được"})
_DISTRICT_KINDS = ("thành phố", "huyện", "thị xã", "quận")


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in ``[start, end)``: ``office`` of its head, if printed, and its words without the office.

    ``unit`` is the kind of a unit that is not named ("UBND tỉnh"); ``levels`` are those of a body without any unit.
    """

    start: int
    end: int
    office: str
    words: str
    unit: str | None = None
    levels: tuple[str, ...] = ()


@cache
def _offices() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(word_list("references_offices"), key=len, reverse=True))
    # yes: Chủ tịch (before "UBND tỉnh")
    # yes: Bộ trưởng (before "Bộ Y tế")
    # no:  Chủ tịch nước
    return re.compile(rf"(?:{names})(?=[ ][{CAPITAL}])")


@cache
def subject_words() -> re.Pattern[str]:
    """Return the pattern of the words that begin a subject ("về", "phê duyệt")."""
    words = "|".join(re.escape(word) for word in sorted(word_list("references_subject"), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?!\w)", re.I)


def match_body_words(words: str, at: int, end: int, *, known: bool = False) -> Body | None:
    """Return the body whose name begins at ``at``, also one of no list unless ``known`` is asked for."""
    limit = min(end, at + _REACH)
    start, office = at, ""
    found = _offices().match(words, at, limit)
    first = split_words(words, at, limit)
    if found and not match_body(first, 0):
        office, start = found[0], found.end() + 1
        second = _offices().match(words, start, limit)
        if second and not match_body(split_words(words, start, limit), 0):
            office, start = words[at : second.end()], second.end() + 1
        first = split_words(words, start, limit)
    if not first or not first[0].capital:
        return None
    body = match_body(first, 0)
    if body and first[body[0] - 1].end <= limit:
        after, of = body
        place = match_place(first, after, words, bare=of.levels)
        if place:
            bare_unit = place.kind if place.name is None else None
            last = first[place.end - 1].end
            return Body(at, last, office, words[start:last], bare_unit)
        last = first[after - 1].end
        return Body(at, last, office, words[start:last], None, of.levels)
    return None if known else _unknown(words, at, start, office, first)


def _unknown(words: str, at: int, start: int, office: str, tokens: list[Word]) -> Body | None:
    """Return a body that no list holds, by its head and its capitals."""
    head = match_head(tokens, 0)
    stop = len(tokens)
    for i, token in enumerate(tokens[:_LONGEST_UNKNOWN]):
        printed = words[token.start : token.end]
        ends = i and not token.capital and (printed in _ENDS or subject_words().match(words, token.start))
        if printed in _STOPS or ends:
            stop = i
            break
    else:
        stop = min(stop, _LONGEST_UNKNOWN)
    last = stop
    if stop == _LONGEST_UNKNOWN or head is None:
        while last > 0 and not tokens[last - 1].capital and not words[tokens[last - 1].start].isdigit():
            last -= 1
    if last == 0 or (head is None and last == 1 and not office):
        return None
    end = tokens[last - 1].end
    return Body(at, end, office, words[start:end])


def match_joint_bodies(words: str, body: Body, end: int) -> list[Body]:
    """Return the bodies that issued together with ``body``: those of a list right behind it."""
    bodies = [body]
    at = body.end
    while len(bodies) < 8:
        joint = re.compile(r"[ ]?(?:[,/-]|và)[ ]").match(words, at, end)
        following = match_body_words(words, joint.end(), end, known=True) if joint else None
        if following is None:
            break
        bodies.append(following)
        at = following.end
    return bodies


@lru_cache(maxsize=4096)
def name_body(
    office: str, words: str, unit: str | None, levels: tuple[str, ...], jurisdiction: str | None, on: str | None
) -> tuple[str, str | None]:
    """Return the full name and the jurisdiction of a body that a document of ``jurisdiction`` names.

    "UBND tỉnh" in a plan of a city means the province above the city; "Sở Y tế" the department of that province.

    >>> name_body("Chủ tịch", "UBND tỉnh", "tỉnh", (), "thành phố Lai Châu, tỉnh Lai Châu", "2024-01-29")
    ('Chủ tịch UBND tỉnh Lai Châu', 'tỉnh Lai Châu')
    """
    own = _own_unit(words, unit, levels, jurisdiction)
    context = (jurisdiction,) if jurisdiction else ()
    found = resolve_issuer(words, own, context=context, on=on)
    name = found.name
    if own is None and unit and not name.endswith(unit):
        name = f"{name} {unit}"
    if office and not office.startswith("Hội nghị"):
        name = f"{office[:1].upper()}{office[1:]} {name}"
    return name, found.jurisdiction


def _own_unit(words: str, unit: str | None, levels: tuple[str, ...], jurisdiction: str | None) -> str | None:
    """Return the unit of the citing document, or one above it, that a body without a named unit belongs to."""
    parts = [part.strip() for part in (jurisdiction or "").split(",") if part.strip()]
    if not parts:
        return None
    kind = unit or implied_kind(words)
    if kind:
        fitting = [i for i, part in enumerate(parts) if part.startswith(kind + " ")]
        return ", ".join(parts[fitting[0] :]) if fitting else None
    if not levels or levels == ("central",):
        return None
    if "province" in levels and "commune" not in levels and "district" not in levels:
        return parts[-1]
    if levels == ("district",):
        fitting = [i for i, part in enumerate(parts) if part.startswith(_DISTRICT_KINDS)]
        return ", ".join(parts[fitting[0] :]) if fitting else None
    return ", ".join(parts)
