"""Links between documents: each reference to the node that it means, each ghost to what stands above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vnplan.compare.evidence import page_at
from vnplan.compare.identity import (
    Card,
    Differs,
    above,
    body_of,
    card_urn,
    dates_agree,
    identify,
    issuers_agree,
    nearly,
    reference_card,
)  # fmt: skip
from vnplan.compare.programme import part_of, same_programme
from vnplan.identity import number_key
from vnplan.model import Document, Edge, Evidence, Reference

MOST_NAMES = 400  # of programmes that are compared with each other; with more, only equal names are one
PART_OF = 0.75  # of the certainty of a link to a basis, when a document does a part of that programme's work
_NO_PARENTS = frozenset({"official letter", "telegram", "notice", "report", "submission", "law", "code", "ordinance"})
_NO_CHILDREN = frozenset({"submission"})  # it proposes a document of its programme, and implements none
_NO_BASIS = frozenset({"law", "code", "ordinance", "decree", "circular", "joint circular"})
# yes: triển khai Quyết định số 1591/QĐ-TTg của Thủ tướng Chính phủ
# no:  thực hiện Chương trình giai đoạn 2023 - 2030
_NUMBER = re.compile(r"\bsố[ ]([0-9]{1,6}[^\s,;.()]{2,30})")


@dataclass(frozen=True, slots=True)
class Links:
    """What linking gives: ghosts by identifier, mentions (document, reference, node, confidence, differs), edges."""

    ghosts: Mapping[str, Card]
    subjects: Mapping[str, str]
    mentions: tuple[tuple[str, Reference, str, float, Differs | None], ...]
    edges: tuple[Edge, ...]


class _Index:
    """Cards of nodes, found by what a mention of them may agree in."""

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._by_day: defaultdict[str, list[str]] = defaultdict(list)
        self._blank: list[str] = []

    def add(self, id: str, card: Card) -> None:
        self.cards[id] = card
        if card.key:
            self._by_key[card.key].append(id)
            if card.date:
                self._by_day[card.date].append(id)
        else:
            self._blank.append(id)

    def find(self, card: Card) -> tuple[str, float, Differs | None] | None:
        """Return the node that the card means, the surest first; none when two are as sure."""
        found = self._surest(card, self._by_key.get(card.key, ()) if card.key else (), identify)
        if found is None:
            found = self._surest(card, self._blank, identify)
        if found is None and card.key and card.date:
            found = self._surest(card, self._by_day.get(card.date, ()), nearly)
        return found

    def _surest(self, card: Card, ids: Iterable[str], test: object) -> tuple[str, float, Differs | None] | None:
        found = []
        for id in ids:
            like = test(card, self.cards[id])  # type: ignore[operator]
            if like is not None:
                found.append((-like.confidence, id, like.differs))
        found.sort(key=lambda row: row[:2])
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        return found[0][1], -found[0][0], found[0][2]


def link_documents(documents: Sequence[Document], cards: Mapping[str, Card], carried: Sequence[Edge] = ()) -> Links:
    """Return the ghosts, mentions and edges of the documents, which come sorted by identifier.

    ``carried`` are the links that are known from a file that holds several documents.
    """
    index = _Index()
    for document in documents:
        index.add(document.id, cards[document.id])
    mentions: list[tuple[str, Reference, str, float, Differs | None]] = []
    open_ones: list[tuple[Card, str, Reference]] = []
    for document in documents:
        for reference, card in _cards_of(document):
            if found := index.find(card):
                mentions.append((document.id, reference, *found))
            elif card.key or card.programme:
                open_ones.append((card, document.id, reference))
    ghosts, subjects = _make_ghosts(open_ones, mentions)
    for id, card in ghosts.items():
        index.add(id, card)
    mentions.sort(key=lambda row: (row[0], row[1].span, row[2]))
    edges, wanted = _cited_edges(documents, index.cards, mentions)
    ghosts = {id: _with_programme(card, id, edges, index.cards) for id, card in ghosts.items() if id in wanted}
    index.cards = {**{id: cards[id] for id in cards}, **ghosts}
    edges += _programme_edges(documents, ghosts, subjects, index.cards, edges)
    mentions = [row for row in mentions if row[2] in index.cards]
    edges += {**_issued_edges(documents, mentions), **{(edge.child, edge.parent): edge for edge in carried}}.values()
    edges.sort(key=lambda edge: (edge.child, edge.parent))
    return Links(ghosts, subjects, tuple(mentions), tuple(edges))


def _cards_of(document: Document) -> list[tuple[Reference, Card]]:
    """Return the references of a document; a repeat without date or issuer takes them from a fuller mention there."""
    cards = [reference_card(reference) for reference in document.references]
    fullest: dict[str, Card] = {}
    for card in cards:
        if card.key and (card.key not in fullest or card.known > fullest[card.key].known):
            fullest[card.key] = card
    found = []
    for reference, card in zip(document.references, cards, strict=True):
        full = fullest.get(card.key or "")
        if (
            full is not None
            and dates_agree(card.date, full.date) is not False
            and issuers_agree(card, full) is not False
        ):
            card = _complete(card, full)
        found.append((reference, card))
    return found


def _make_ghosts(
    open_ones: list[tuple[Card, str, Reference]],
    mentions: list[tuple[str, Reference, str, float, Differs | None]],
) -> tuple[dict[str, Card], dict[str, str]]:
    """Make one ghost for all mentions of one absent document, beginning with the mentions that say most."""
    votes: defaultdict[tuple[str | None, str | None], int] = defaultdict(int)
    for card, _, _ in open_ones:
        votes[card.key, card.date] += 1

    def order(row: tuple[Card, str, Reference]) -> tuple[object, ...]:
        card, child, reference = row
        garbled = garbled_code(card) is not None
        return (-votes[card.key, card.date], garbled, -card.known, card.key or "", card.date or "", card.issuer or "",
                child, reference.span)  # fmt: skip

    index = _Index()
    subjects: dict[str, str] = {}
    for card, child, reference in sorted(open_ones, key=order):
        found = index.find(card)
        if found is None:
            id = card_urn(card)
            if id in index.cards:
                found = (id, 0.6, None)
            else:
                index.add(id, card)
                found = (id, 0.98, None)
        id = found[0]
        index.cards[id] = _complete(index.cards[id], card)
        if reference.subject:
            subjects.setdefault(id, reference.subject)
        mentions.append((child, reference, *found))
    return index.cards, subjects


def _complete(card: Card, other: Card) -> Card:
    """Fill what a ghost lacks from another mention of it."""
    names = ("kind", "date", "issuer", "level", "jurisdiction", "programme", "period")
    return replace(card, **{n: getattr(other, n) for n in names if getattr(card, n) is None})


def garbled_code(card: Card) -> str | None:
    """Return the initials of the issuer that a number garbles ("LĐTBXH" for LĐTĐ-BHXH-TE), None when it does not.

    Garbled is a code that holds all the initials in order, but not in one piece.
    """
    if not card.key or not card.issuer or "/" not in card.key:
        return None
    issuer = body_of(card.issuer)
    if not issuer.startswith(("Bộ ", "Sở ")):
        return None
    words = [word for word in issuer.replace("-", " ").split()[1:] if word not in ("và", "của", "&")]
    if issuer.startswith("Sở "):
        words = words[: next((i for i, word in enumerate(words) if word in ("tỉnh", "thành")), len(words))]
    if len(words) < 4:
        return None
    initials = "".join(word[0] for word in words).casefold()
    code = "".join(letter for letter in card.key.split("/", 1)[1] if letter.isalpha())
    letters = iter(code)
    if initials in code or not all(letter in letters for letter in initials):
        return None
    return initials.upper()


def _cited_edges(
    documents: Sequence[Document],
    cards: Mapping[str, Card],
    mentions: Iterable[tuple[str, Reference, str, float, Differs | None]],
) -> tuple[list[Edge], set[str]]:
    """Return the edges that citations give, and the ghosts that they lead to."""
    own: defaultdict[str, list[tuple[str, Reference, str, float, Differs | None]]] = defaultdict(list)
    for row in mentions:
        own[row[0]].append(row)
    edges: list[Edge] = []
    for document in documents:
        rows = own[document.id]
        chosen = [(row, 1.0) for row in rows if row[1].relation == "implements" and _may_be_parent(row, cards)]
        if not chosen:
            bases = ((row, _same_cause(row, cards)) for row in rows if row[1].relation == "basis")
            chosen = [(row, fit) for row, fit in bases if fit]
        best: dict[str, Edge] = {}
        for (child, reference, parent, likeness, _), fit in chosen:
            confidence = likeness * fit
            if parent not in best or best[parent].confidence < confidence:
                quote = document.quote(reference.span)
                evidence = Evidence(quote, reference.span, reference.path, page_at(document, reference.span))
                best[parent] = Edge(child, parent, reference.relation, "cited", round(confidence, 2), evidence)
        edges += best.values()
    return edges, {edge.parent for edge in edges}


def _issued_edges(
    documents: Sequence[Document], mentions: Iterable[tuple[str, Reference, str, float, Differs | None]]
) -> dict[tuple[str, str], Edge]:
    """Return the links from what says that it was issued with another document, to that one if it is there."""
    by_id = {document.id: document for document in documents}
    found: dict[tuple[str, str], Edge] = {}
    for child, reference, parent, confidence, _ in mentions:
        if reference.relation == "issued_with" and child != parent and parent in by_id:
            document = by_id[child]
            evidence = Evidence(
                document.quote(reference.span), reference.span, reference.path, page_at(document, reference.span)
            )
            found.setdefault(
                (child, parent), Edge(child, parent, "issued_with", "cited", round(confidence, 2), evidence)
            )  # fmt: skip
    return found


def _may_be_parent(row: tuple[str, Reference, str, float, Differs | None], cards: Mapping[str, Card]) -> bool:
    child, parent = cards[row[0]], cards[row[2]]
    if row[0] == row[2]:
        return False
    if parent.rank is not None and child.rank is not None and parent.rank > child.rank:
        return False
    # a programme that ended before this one began is its predecessor
    return not (parent.period and child.period and parent.period.last < child.period.first)


def _same_cause(row: tuple[str, Reference, str, float, Differs | None], cards: Mapping[str, Card]) -> float:
    """Return how certain it is that a basis of a document is above it, 0.0 when it only has the force of law there.

    It is when both are of one programme, or when the document does a part of the work of that programme in the same
    years: a campaign for the reform has the plan of the reform as its basis.
    """
    child, parent = cards[row[0]], cards[row[2]]
    if row[1].kind in _NO_BASIS or parent.kind in _NO_BASIS or not _may_be_parent(row, cards):
        return 0.0
    if same_programme(child.programme, parent.programme):
        return 1.0
    same_years = child.period is not None and child.period == parent.period
    return PART_OF if same_years and part_of(child.programme, parent.programme) else 0.0


def _with_programme(card: Card, id: str, edges: Iterable[Edge], cards: Mapping[str, Card]) -> Card:
    """Give a ghost without subject the programme of those that implement it, when they have one in common."""
    if card.programme:
        return card
    names = {cards[edge.child].programme for edge in edges if edge.parent == id}
    return replace(card, programme=names.pop()) if len(names) == 1 else card


def _programme_edges(
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
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for id in sorted(cards):
            card = cards[id]
            if card.programme and card.kind not in _NO_PARENTS:
                self._by_name[card.programme].append(id)
        self._by_number: defaultdict[str, list[str]] = defaultdict(list)
        for id in sorted(cards):
            if key := cards[id].key:
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
            for other in self._by_name[name]:
                upper = self._cards[other]
                fit = self._fit(upper, card) if other != id and above(upper, card) else 0.0
                if fit:
                    surety = round(0.9 * likeness * fit * (0.8 if assumed else 1.0), 2)
                    years = upper.period.last - upper.period.first if upper.period else 99
                    found.append((-(upper.rank or 0.0), other in self._ghosts, -surety, years, other))
        if not found:
            return None
        best = min(found)
        return best[4], -best[2]

    @staticmethod
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
