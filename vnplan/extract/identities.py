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
_LATEST = 20  # groups of one number that a mention is compared with
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


@dataclass(slots=True)
class _Group:
    """Mentions of one document, and the most that they say together."""

    members: list[int]
    most: Identified

    def takes(self, mention: Identified) -> bool:
        """Tell whether nothing that the mention says contradicts the group."""
        a, b = mention, self.most
        if a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
            return False
        if a.kind and b.kind and a.kind != b.kind:
            return False
        return not (a.issuer and b.issuer and _body(a.issuer) != _body(b.issuer))

    def add(self, i: int, mention: Identified) -> None:
        """Add mention ``i`` and what it says beyond the others."""
        most = self.most
        self.members.append(i)
        self.most = replace(
            most,
            kind=most.kind or mention.kind,
            date=max(most.date or "", mention.date or "", key=len) or None,
            issuer=most.issuer or mention.issuer,
            jurisdiction=most.jurisdiction if most.issuer else mention.jurisdiction,
        )


def identify(mentions: Sequence[Identified], header: Header) -> list[Identified | None]:
    """Return the mentions with number and identifier filled in; None for one that turns out to cite nothing.

    A bare mention needs an earlier one to stand for, or a date or body of its own.
    """
    groups: dict[str, list[_Group]] = {}
    by_count: dict[tuple[Kind | None, str | None], str] = {}
    resolved: list[Identified | None] = []
    for i, mention in enumerate(mentions):
        whole = _stand_for(mention, by_count, groups, header) if mention.bare else mention
        resolved.append(whole)
        if whole is None or not (key := _key(whole)):
            continue
        _join(groups.setdefault(key, []), i, whole)
        if whole.number:
            by_count[whole.kind, number_key(whole.number).split("/")[0]] = whole.number
            by_count[whole.kind, None] = whole.number
    for group in (group for lists in groups.values() for group in lists):
        urn = _urn(group.most)
        for i in group.members:
            if (found := resolved[i]) is not None:
                resolved[i] = replace(found, urn=urn)
    return resolved


def _stand_for(
    mention: Identified,
    by_count: dict[tuple[Kind | None, str | None], str],
    groups: dict[str, list[_Group]],
    header: Header,
) -> Identified | None:
    """Return a bare mention with the number that the latest earlier one of its kind has, None when it cites nothing."""
    count = number_key(mention.number) if mention.number else None
    number = by_count.get((mention.kind, count))
    if number and any(group.takes(mention) for group in groups[number_key(number)][-_LATEST:]):
        return replace(mention, number=number, bare=False)
    if header.number and header.kind == mention.kind and number_key(header.number).split("/")[0] == count:
        return None
    alone = count is not None and mention.said and (mention.date is not None or mention.issuer is not None)
    return replace(mention, bare=False) if alone else None


def _key(mention: Identified) -> str | None:
    if mention.number:
        return number_key(mention.number)
    return f"{mention.kind}:{fold(mention.name).replace(',', '')}" if mention.name else None


def _join(groups: list[_Group], i: int, mention: Identified) -> None:
    """Put mention ``i`` into the latest group that it may be one document with."""
    for group in reversed(groups[-_LATEST:]):
        if group.takes(mention):
            group.add(i, mention)
            return
    groups.append(_Group([i], mention))


def _body(issuer: str) -> str:
    """Return the key of a body without the office of its head: a chairman issues for his committee."""
    for office in _OFFICES:
        if issuer.startswith(office) and issuer != "Chủ tịch nước":
            return fold(issuer.removeprefix(office))
    return fold(issuer)


def _urn(most: Identified) -> str | None:
    """Return the identifier from the most that the mentions say together."""
    if most.number is None and most.name is None:
        return None
    return document_urn(
        issuer=most.issuer or (_LAW_ISSUERS.get(most.kind) if most.kind else None),
        kind=most.kind,
        date=most.date or year_of_number(most.number),
        number=most.number,
        jurisdiction=most.jurisdiction if most.issuer else None,
        name=most.name,
    )
