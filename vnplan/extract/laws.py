"""Laws cited by their names ("Luật Ngân sách nhà nước"), where most carry no number.

Names that are known end where the list says; others by grammar: the name begins with a capital and ends before a word
that cannot belong to it. "Luật này" is self, "pháp luật" and "luật sư" are no laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vnplan.extract.lexicon import word_list
from vnplan.gazetteer.words import NameTree, Word, split_words
from vnplan.model import Kind

_REACH = 240  # code points of the longest name of an amending law
_LONGEST = 9  # words of a name that no list holds
_KINDS: dict[str, Kind] = {"luật": "law", "bộ luật": "code", "pháp lệnh": "ordinance", "hiến pháp": "other"}
# yes: Luật Đất đai / Bộ luật Lao động / LUẬT GIÁO DỤC / Pháp lệnh Ưu đãi người có công
# yes: luật Đầu tư (the list then has to know the name)
# no:  pháp luật / Luật gia
_OPENING = re.compile(
    r"(?<!\w)(?P<kind>(?:[Bb]ộ|BỘ)[ ](?:luật|LUẬT|Luật)|[Ll]uật|LUẬT|Pháp lệnh|PHÁP LỆNH)[ ](?=[^\W\d_])"
)
# yes: sửa đổi, bổ sung một số điều của / sửa đổi, bổ sung Điều 6 của / sửa đổi một số điều của 07
_AMENDING = re.compile(
    r"(?:sửa đổi|bổ sung)(?:,? (?:và )?bổ sung)?(?:,? (?:một số|các)(?: điều| nội dung| điều, khoản)?"
    r"| (?:khoản [0-9]{1,2} )?(?:Điều|điều) [0-9]{1,3}[a-z]?)?(?: của| tại)?(?: [0-9]{1,2})?[ ]",
    re.I,
)
# yes: "và Luật B", ", Luật B" behind the first law that an amending law names
_ANOTHER = re.compile(r"(?:,|[ ]và)[ ](?=(?:Bộ luật|Luật|Pháp lệnh)[ ])")


@dataclass(frozen=True, slots=True)
class Law:
    """A law named in ``[start, end)``; ``name`` is without the word for its kind."""

    start: int
    end: int
    kind: Kind
    name: str


@cache
def _names() -> NameTree[str]:
    return NameTree((spelled, name) for name in word_list("laws") for spelled in (name, name.replace(",", "")))


@cache
def _ends() -> NameTree[str]:
    return NameTree((name, name) for name in word_list("laws_ends"))


@cache
def _before() -> tuple[str, ...]:
    return tuple(word.casefold() for word in word_list("laws_before"))


def find_laws(words: str, start: int, end: int) -> Iterator[Law]:
    """Yield each law that ``words[start:end]`` cites by name, in order; the laws inside the name of one are part of it.

    >>> [law.name for law in find_laws("theo Luật Đầu tư công và Luật Giá hiện hành", 0, 44)]
    ['Đầu tư công', 'Giá']
    """
    at = start
    while found := _OPENING.search(words, at, end):
        at = found.end()
        before = words[max(start, found.start() - 12) : found.start()].rstrip().casefold()
        if before.endswith(_before()):
            continue
        law = _read_law(words, found, end)
        if law is not None:
            yield law
            at = law.end


def _read_law(words: str, found: re.Match[str], end: int) -> Law | None:
    kind = _KINDS[found["kind"].casefold()]
    limit = min(end, found.end() + _REACH)
    amending = _AMENDING.match(words, found.end(), limit)
    last = _amended(words, amending.end(), limit) if amending else _name_end(words, found, limit)
    if last is None:
        return None
    name = " ".join(words[found.end() : last].split())
    return Law(found.start(), last, kind, name)


def _amended(words: str, at: int, limit: int) -> int | None:
    """Return where the name of an amending law ends: behind the last of the laws that it amends."""
    last = None
    for _ in range(12):
        opening = _OPENING.match(words, at, limit)
        inner = _name_end(words, opening, limit) if opening else None
        if inner is None:
            break
        last = inner
        more = _ANOTHER.match(words, last, limit)
        if not more:
            break
        at = more.end()
    return last


def _name_end(words: str, found: re.Match[str], limit: int) -> int | None:
    tokens = split_words(words, found.end(), limit)
    if not tokens:
        return None
    known = _names().longest(tokens, 0)
    if known and (tokens[0].capital or found["kind"][0].isupper()):
        return tokens[known[0] - 1].end
    shouted = found["kind"].isupper()
    if not tokens[0].capital or found["kind"][0].islower() or shouted:
        return None
    return _by_grammar(words, tokens)


def _by_grammar(words: str, tokens: list[Word]) -> int | None:
    last = 0
    for i, token in enumerate(tokens[:_LONGEST]):
        if not words[token.start].isalnum() or (i and _ends().longest(tokens, i)):
            break
        if i and token.key == "&" and i + 1 < len(tokens) and tokens[i + 1].capital:
            break
        if i and words[token.start].isdigit():
            break
        last = i + 1
    while last > 1 and tokens[last - 1].key in ("&", "của", "các"):
        last -= 1
    return tokens[last - 1].end if last else None
