"""Bodies of the state, the Party and the organisations: names, spellings, levels, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from vnplan.gazetteer.keys import fold
from vnplan.gazetteer.tables import read_table
from vnplan.gazetteer.units import find_units, split_kind
from vnplan.gazetteer.words import JOIN, NameTree, Word, split_words
from vnplan.model import Level


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body: canonical name without its unit, levels where it exists, validity, what took over its work.

    ``work`` says of each successor for which part of the work it stands, "" for the main part, ``acts`` by which act;
    ``began_by`` is the act with which the body itself began.
    """

    name: str
    levels: tuple[Level, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    began_by: str | None = None
    needs_unit: bool = False  # a common word that is a name only before a unit ("Thuế tỉnh …")


@dataclass(frozen=True, slots=True)
class Head:
    """A word that begins names of bodies, and the levels of a body so named."""

    name: str
    levels: tuple[Level, ...]


def _levels(words: str) -> tuple[Level, ...]:
    return tuple(words.lstrip("!").split(",")) if words.lstrip("!") else ()  # type: ignore[arg-type]


@cache
def heads() -> Mapping[str, Head]:
    """Return the words that begin names of bodies, by their canonical form."""
    return MappingProxyType({row[0]: Head(row[0], _levels(row[1])) for row in read_table("heads.tsv", 3)})


def _spellings(words: str) -> list[str]:
    return [part for part in words.split(";") if part]


@cache
def agencies() -> Mapping[str, Body]:
    """Return every body of the lists by its canonical name."""
    levels = {row[0]: (_levels(row[1]), row[1].startswith("!")) for row in read_table("agencies.tsv", 3)}
    for field, before, _ in read_table("fields.tsv", 3):
        for head in before.split(","):
            levels.setdefault(f"{head} {field}", (heads()[head].levels, False))
    until: dict[str, str] = {}
    heirs: dict[str, list[tuple[str, str, str]]] = {}
    since: dict[str, tuple[str, str]] = {}
    for body, last, heir, work, new, act, level in read_table("successions.tsv", 7):
        if not level:
            until[body] = last
            heirs.setdefault(body, []).append((heir, work, act))
        if new:
            since[heir] = (next_day(last), act)
    names = dict.fromkeys([*levels, *until, *(heir for found in heirs.values() for heir, *_ in found)])
    return MappingProxyType(
        {
            name: Body(
                name,
                levels.get(name, ((), False))[0],
                since[name][0] if name in since else None,
                until.get(name),
                tuple(heir for heir, _, _ in heirs.get(name, ())),
                tuple(work for _, work, _ in heirs.get(name, ())),
                tuple(act for _, _, act in heirs.get(name, ())),
                since[name][1] if name in since else None,
                levels.get(name, ((), False))[1],
            )
            for name in names
        }
    )


def next_day(day: str) -> str:
    """Return the day after the last day of a month, or the next day of the month."""
    year, month, date = (int(part) for part in day.split("-"))
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    if date < last:
        return f"{year}-{month:02}-{date + 1:02}"
    return f"{year}-{month + 1:02}-01" if month < 12 else f"{year + 1}-01-01"


@cache
def _bodies() -> NameTree[str]:
    """All spellings of the bodies, with the canonical name each stands for."""
    names: list[tuple[str, str]] = [(name, name) for name in agencies()]
    for name, _, other in read_table("agencies.tsv", 3):
        names += [(spelling, name) for spelling in _spellings(other)]
    short = {row[0]: [row[0], *_spellings(row[2])] for row in read_table("heads.tsv", 3)}
    for field, before, other in read_table("fields.tsv", 3):
        for head in before.split(","):
            for spelling in (field, *_spellings(other)):
                names += [(f"{word} {spelling}", f"{head} {field}") for word in short[head]]
    return NameTree(names)


@cache
def _fields(head: str) -> NameTree[str]:
    """The fields that may stand after ``head``, in all spellings."""
    return NameTree(
        (spelling, f"{head} {field}")
        for field, before, other in read_table("fields.tsv", 3)
        if head in before.split(",")
        for spelling in (field, *_spellings(other))
    )


@cache
def _heads() -> NameTree[str]:
    names = [(row[0], row[0]) for row in read_table("heads.tsv", 3)]
    return NameTree(names + [(s, row[0]) for row in read_table("heads.tsv", 3) for s in _spellings(row[2])])


def name_openings() -> tuple[dict[str, frozenset[str]], ...]:
    """Return how names of bodies and heads of names begin (:meth:`NameTree.openings`)."""
    return _bodies().openings(), _heads().openings()


def match_body(words: Sequence[Word], at: int) -> tuple[int, Body] | None:
    """Return the word after the known body that begins with the word ``at``, and the body."""
    found = _bodies().longest(words, at)
    return (found[0], agencies()[found[1]]) if found else None


def match_field(words: Sequence[Word], at: int, head: str) -> tuple[int, Body] | None:
    """Return the word after the field of ``head`` that begins with the word ``at``, and the body so named."""
    found = _fields(head).longest(words, at) if head in heads() else None
    return (found[0], agencies()[found[1]]) if found else None


def match_head(words: Sequence[Word], at: int) -> tuple[int, Head] | None:
    """Return the word after the head that begins with the word ``at``, and the head."""
    found = _heads().longest(words, at)
    return (found[0], heads()[found[1]]) if found else None


def spell(body: Body, text: str, words: list[Word]) -> str:
    """Return the name of a body as a document prints it, abbreviations written out and capitals set right.

    The joints are left as printed ("Phòng Văn hóa thông tin" and "Phòng Văn hóa - Thông tin" are both in use).
    """
    return _spell(body.name, text[words[0].start : words[-1].end])


@lru_cache(maxsize=4_096)
def _spell(name: str, printed: str) -> str:
    words = split_words(printed)
    own = [word for word in split_words(name) if word.key != JOIN]
    if [word.key for word in own] != [word.key for word in words if word.key != JOIN]:
        return name
    parts: list[str] = []
    spelled = iter(own)
    for word in words:
        joint = printed[word.start : word.end]
        if word.key == JOIN:
            parts.append("và" if joint.casefold() == "và" else "-" if joint != "&" else "và")
        else:
            original = next(spelled)
            parts.append(name[original.start : original.end])
    return " ".join(parts).replace(" ,", ",").replace(" / ", "/").replace(" /", "/")


def canonical_agency(words: str) -> str:
    """Return the canonical name of a body: abbreviations written out, the unit under its full name.

    >>> canonical_agency("Phòng LĐ-TB&XH TP. Lạng Sơn")
    'Phòng Lao động - Thương binh và Xã hội thành phố Lạng Sơn'
    >>> canonical_agency("Ủy ban nhân dân tỉnh Bà Rịa-Vũng Tàu")
    'UBND tỉnh Bà Rịa - Vũng Tàu'
    """
    text = " ".join(words[:1_000].split())
    name, unit = _split(text)
    return f"{name} {unit}".strip()


def _split(text: str) -> tuple[str, str]:
    """Return the canonical name of the body and the words of its unit."""
    tokens = split_words(text)
    found = match_body(tokens, 0)
    if not found:
        return text[:1].upper() + text[1:], ""
    end, body = found
    rest = text[tokens[end - 1].end :].strip(" ,-")
    kind, bare = split_kind(rest)
    if bare and (units := find_units(rest)):
        return body.name, (f"{kind or units[0].kind} {units[0].name}" if kind else units[0].name)
    return body.name, f"{kind} {bare}".strip() if kind else rest


def successors_of(name: str, *, by: str | None = None) -> frozenset[str]:
    """Return the body itself and all that took over its work, by the EDTF day ``by`` (None: at any time)."""
    seen = {name}
    todo = [name]
    while todo:
        body = agencies().get(todo.pop())
        if body is None or (by and body.valid_to and body.valid_to >= (by + "-12-31"[len(by) - 4 :])[:10]):
            continue
        fresh = [heir for heir in body.successors if heir not in seen]
        seen.update(fresh)
        todo += fresh
    return frozenset(seen)


def _same_unit(a: str, b: str) -> bool:
    """Tell whether two units may be one, or one the other's successor; an unnamed one may be any."""
    if not a or not b or fold(a) == fold(b):
        return True
    (kind_a, name_a), (kind_b, name_b) = split_kind(a), split_kind(b)
    if not name_a or not name_b:
        return not (kind_a and kind_b) or kind_a == kind_b or "tỉnh" not in (kind_a, kind_b)
    if kind_a and kind_b and kind_a != kind_b and fold(name_a) == fold(name_b):
        return False
    units_a, units_b = find_units(a), find_units(b)
    ids_a = {heir for unit in units_a for heir in (unit.id, *unit.successors)}
    ids_b = {heir for unit in units_b for heir in (unit.id, *unit.successors)}
    return bool(ids_a & ids_b)


def same_agency(a: str, b: str, *, on_a: str | None = None, on_b: str | None = None) -> bool:
    """Tell whether two names mean one body, or one the successor of the other; ``on_`` are days of their documents.

    >>> same_agency("Sở LĐ-TB&XH tỉnh Lạng Sơn", "Sở Nội vụ", on_a="2024-01-30", on_b="2026-02-01")
    True
    >>> same_agency("UBND tỉnh Hưng Yên", "Ủy ban nhân dân thị xã Mỹ Hào")
    False
    """
    (name_a, unit_a), (name_b, unit_b) = _split(" ".join(a.split())), _split(" ".join(b.split()))
    if not _same_unit(unit_a, unit_b):
        return False
    if fold(name_a) == fold(name_b) or fold(f"{name_a} {unit_a}") == fold(f"{name_b} {unit_b}"):
        return True
    return name_b in successors_of(name_a, by=on_b) or name_a in successors_of(name_b, by=on_a)
