"""Which mentions of one text are of one document, and the identifier that they share.

"Quyết định nêu trên", "Nghị quyết 57" and a repeat without date or body stand for an earlier mention that says more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnplan.identity import document_urn, number_key, year_of_number
from vnplan.model import Header, Kind
from vnplan.text import fold

_OFFICES = ("Chủ tịch ", "Phó Chủ tịch ", "Bộ trưởng ", "Giám đốc ", "Tổng Giám đốc ", "Thống đốc ")
_LAW_ISSUERS: dict[Kind, str] = {
    "law": "Quốc hội", "code": "Quốc hội", "ordinance": "Ủy ban Thường vụ Quốc hội",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identified:
    """What a mention tells of a document; ``bare`` has no code in its number, ``said`` has "số" before it."""

    kind: Kind | None
    number: str | None
    date: str | None
    issuer: str | None
    jurisdiction: str | None = None
    name: str | None = None
    bare: bool = False
    said: bool = False
    urn: str | None = None


def identify(mentions: Sequence[Identified], header: Header) -> list[Identified | None]:
    """Return the mentions with number and identifier filled in; None for one that turns out to cite nothing.

    A bare mention needs an earlier one to stand for, or a date or body of its own.
    """
    groups: dict[str, list[list[int]]] = {}
    resolved: list[Identified | None] = []
    for i, mention in enumerate(mentions):
        whole = _stand_for(mention, resolved, header) if mention.bare else mention
        resolved.append(whole)
        if whole is not None and (key := _key(whole)):
            _join(groups.setdefault(key, []), i, resolved)
    for lists in groups.values():
        for members in lists:
            urn = _urn([found for i in members if (found := resolved[i]) is not None])
            for i in members:
                found = resolved[i]
                if found is not None:
                    resolved[i] = replace(found, urn=urn)
    return resolved


def _stand_for(mention: Identified, earlier: Sequence[Identified | None], header: Header) -> Identified | None:
    """Return a bare mention with what the earlier mention of the same document says, None when it cites nothing."""
    count = number_key(mention.number) if mention.number else None
    for found in reversed(earlier):
        if found is None or found.bare or found.number is None or found.kind != mention.kind:
            continue
        if count is None or number_key(found.number).split("/")[0] == count:
            if _contradict(mention, found):
                continue
            return replace(mention, number=found.number, bare=False)
    if header.number and header.kind == mention.kind and number_key(header.number).split("/")[0] == count:
        return None
    alone = count is not None and mention.said and (mention.date is not None or mention.issuer is not None)
    return replace(mention, bare=False) if alone else None


def _key(mention: Identified) -> str | None:
    if mention.number:
        return number_key(mention.number)
    return f"{mention.kind}:{fold(mention.name).replace(',', '')}" if mention.name else None


def _join(lists: list[list[int]], i: int, mentions: Sequence[Identified | None]) -> None:
    """Put mention ``i`` into the list of those that it may be one document with, the latest first."""
    mention = mentions[i]
    if mention is None:
        return
    for members in reversed(lists):
        if not any(found is not None and _contradict(mention, found) for found in (mentions[j] for j in members)):
            members.append(i)
            return
    lists.append([i])


def _contradict(a: Identified, b: Identified) -> bool:
    if a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return True
    if a.kind and b.kind and a.kind != b.kind:
        return True
    return bool(a.issuer and b.issuer and _body(a.issuer) != _body(b.issuer))


def _body(issuer: str) -> str:
    """Return the key of a body without the office of its head: a chairman issues for his committee."""
    for office in _OFFICES:
        if issuer.startswith(office) and issuer != "Chủ tịch nước":
            return fold(issuer.removeprefix(office))
    return fold(issuer)


def _urn(members: Sequence[Identified]) -> str | None:
    """Return the identifier from the most that the mentions say together."""
    number = next((m.number for m in members if m.number), None)
    date = max((m.date for m in members if m.date), key=len, default=None)
    issued = next((m for m in members if m.issuer), None)
    kind = next((m.kind for m in members if m.kind), None)
    name = next((m.name for m in members if m.name), None)
    if number is None and name is None:
        return None
    issuer = issued.issuer if issued else _LAW_ISSUERS.get(kind) if kind else None
    return document_urn(
        issuer=issuer,
        kind=kind,
        date=date or year_of_number(number),
        number=number,
        jurisdiction=issued.jurisdiction if issued else None,
        name=name,
    )
