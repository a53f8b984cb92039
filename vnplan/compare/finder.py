"""Links by programme and years, for what no citation links: ghosts, articles, plans that cite nothing that is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from vnplan.compare.identity import Card, above, places_of
from vnplan.compare.programme import same_programme
from vnplan.identity import number_key
from vnplan.model import Document, Edge

MOST_NAMES = 400  # of programmes that are compared with each other; with more, only equal names are one
_NO_PARENTS = frozenset({"official letter", "telegram", "notice", "report", "submission", "law", "code", "ordinance"})
# a submission proposes a document of its programme, a report tells what became of one: neither implements it
_NO_CHILDREN = frozenset({"submission", "report"})
# yes: triển khai Quyết định số 1591/QĐ-TTg của Thủ tướng Chính phủ
# no:  thực hiện Chương trình giai đoạn 2023 - 2030
_NUMBER = re.compile(r"\bsố[ ]([0-9]{1,6}[^\s,;.()]{2,30})")


def programme_edges(
    documents: Sequence[Document],
    ghosts: Mapping[str, Card],
    subjects: Mapping[str, str],
    cards: Mapping[str, Card],
    edges: Sequence[Edge],
) -> list[Edge]:
    """Link upwards, by programme and years, each ghost, and each document of which no citation leads anywhere."""
    finder = _Finder(cards, ghosts)
    added: list[Edge] = []
    for id in sorted(ghosts):
        if found := finder.named(id, subjects.get(id)) or finder.above(id, assumed=id not in subjects):
            added.append(Edge(id, found[0], "implements", "programme", found[1]))
    linked = {edge.child for edge in added}
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        cited[edge.child].append(edge.parent)
    for document in documents:
        if cards[document.id].kind in _NO_CHILDREN:
            continue
        parents = cited[document.id]
        astray = all(parent in ghosts and parent not in linked for parent in parents)
        found = finder.above(document.id, assumed=False) if astray else None
        if found and found[0] not in parents:
            added.append(Edge(document.id, found[0], "implements", "programme", found[1]))
    return added


class _Finder:
    """Finds what stands above a card by programme, years, level and territory."""

    def __init__(self, cards: Mapping[str, Card], ghosts: Mapping[str, Card]) -> None:
        self._cards, self._ghosts = cards, ghosts
        self._by_name: defaultdict[str, defaultdict[tuple[str, ...], list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._by_number: defaultdict[str, list[str]] = defaultdict(list)
        for id in sorted(cards):
            card = cards[id]
            if card.programme and card.kind not in _NO_PARENTS:
                self._by_name[card.programme][places_of(card.jurisdiction)].append(id)
            if key := card.key:
                self._by_number[key].append(id)

    def _names(self, name: str) -> Iterable[tuple[str, float]]:
        if len(self._by_name) > MOST_NAMES:
            return [(name, 1.0)] if name in self._by_name else []
        found = ((other, same_programme(name, other)) for other in self._by_name)
        return [(other, likeness) for other, likeness in found if likeness]

    def named(self, id: str, subject: str | None) -> tuple[str, float] | None:
        """Return the document whose number the subject of a ghost names: a letter that passes a decision on."""
        found = _NUMBER.search(subject or "")
        if not found:
            return None
        ids = [other for other in self._by_number.get(number_key(found[1]), ()) if other != id]
        ids = [other for other in ids if (self._cards[other].rank or 0.0) <= (self._cards[id].rank or 9.0)]
        return (ids[0], 0.8) if len(ids) == 1 else None

    def above(self, id: str, *, assumed: bool) -> tuple[str, float] | None:
        """Return the nearest node above; ``assumed`` when the programme is only that of those who cite the node."""
        card = self._cards[id]
        if not card.programme:
            return None
        found = []
        for name, likeness in self._names(card.programme):
            for other in self._around(name, card):
                upper = self._cards[other]
                fit = _fit(upper, card) if other != id and above(upper, card) and not _beside(upper, card) else 0.0
                if fit:
                    surety = round(0.9 * likeness * fit * (0.8 if assumed else 1.0), 2)
                    years = upper.period.last - upper.period.first if upper.period else 99
                    found.append((-(upper.rank or 0.0), other in self._ghosts, -surety, years, other))
        if not found:
            return None
        best = min(found)
        return best[4], -best[2]

    def _around(self, name: str, card: Card) -> Iterable[str]:
        """Yield the nodes of a programme whose territory may hold that of the card."""
        places, by_place = places_of(card.jurisdiction), self._by_name[name]
        for at in [places[i:] for i in range(len(places) + 1)] if places else list(by_place):
            yield from by_place.get(at, ())


def _beside(upper: Card, lower: Card) -> bool:
    """Return whether the one is a ministry or department and the other governs a territory: both carry a thing out."""
    return (upper.rank or 0.0) % 1 != 0 and (lower.rank or 0.0) % 1 == 0


def _fit(upper: Card, lower: Card) -> float:
    """Return how well the years fit: 1.0 within, less when not all are known, 0.0 for another time."""
    if upper.year and lower.year and upper.year > lower.year:
        return 0.0
    if upper.period and lower.period:
        if lower.period.within(upper.period):
            return 1.0
        return 0.8 if lower.period.meets(upper.period) and lower.period.last <= upper.period.last else 0.0
    if upper.period and lower.year:
        return 0.9 if upper.period.first - 1 <= int(lower.year) <= upper.period.last else 0.0
    return 0.8
