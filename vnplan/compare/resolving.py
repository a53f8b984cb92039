"""Which node each reference means: a document that is there, also one of which the number is blank, or a ghost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vnplan.compare.evidence import reference_evidence
from vnplan.compare.identity import (
    Card,
    Differs,
    Likeness,
    body_of,
    card_urn,
    dates_agree,
    identify,
    is_place,
    issuers_agree,
    nearly,
    places_of,
    reference_card,
)  # fmt: skip
from vnplan.identity import plain_ascii
from vnplan.model import Document, Evidence, Reference

MOST_SURE = 0.95  # of a number that only those who cite the document tell
LEAST_SURE = 0.75  # below it a number is not filled in
Row = tuple[str, Reference, str, float, Differs | None]  # document, reference, node, confidence, what differs
Found = tuple[str, float, Differs | None]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a document left blank and those that cite it tell: number and date, who cites it, and the words of one."""

    document: str
    number: str
    date: str | None
    confidence: float
    cited_by: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Resolved:
    """The nodes by identifier, which of them are ghosts, what these are about, the mentions, and what was inferred."""

    cards: dict[str, Card]
    ghosts: dict[str, Card]
    subjects: dict[str, str]
    mentions: list[Row]
    inferred: dict[str, Inferred]


@dataclass(frozen=True, slots=True)
class _Said:
    """A reference with its card, and the programme of a document that implements what it does not describe."""

    document: Document
    reference: Reference
    card: Card
    assumed: str | None


class _Index:
    """Cards of nodes, found by what a mention of them may agree in."""

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}
        self.closed: set[str] = set()  # blank nodes that bear none of the numbers by which they were cited
        self._by_key: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
        self._slips: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._blank: defaultdict[str | None, list[str]] = defaultdict(list)

    def add(self, id: str, card: Card) -> None:
        self.cards[id] = card
        for place in (None, *(_names_of(card.jurisdiction) or ("",))):
            if card.key:
                self._by_key[card.key, place].append(id)
            else:
                self._blank[place].append(id)
        for slip in _slips_of(card):
            self._slips[slip].append(id)

    def find(self, card: Card, assumed: str | None = None) -> Found | None:
        """Return the node that the card means, the surest first; none when two are as sure."""

        def same(mention: Card, node: Card) -> Likeness | None:
            return identify(mention, node, assumed=assumed)

        found = None
        if key := card.key:
            near = self._near(card, lambda place: self._by_key.get((key, place), ()), unknown=None)
            found = self._surest(card, near, same)
        if found is None:
            blank = self._near(card, lambda place: self._blank.get(place, ()), unknown="")
            found = self._surest(card, [id for id in blank if not (card.key and id in self.closed)], same)
        if found is None:
            close = dict.fromkeys(id for slip in _slips_of(card) for id in self._slips.get(slip, ()))
            found = self._surest(card, close, nearly)
        return found

    @staticmethod
    def _near(
        card: Card, at: Callable[[str | None], Sequence[str]], *, unknown: str | None
    ) -> Iterable[str]:  # fmt: skip
        """Return the nodes of the units that the card names and of the state; all where it names none.

        ``unknown`` is where else to look when no list has the units that it names: None is everywhere.
        """
        places = places_of(card.jurisdiction)
        if not places:
            return at(None)
        if unknown is None and not any(map(is_place, reversed(places))):
            return at(None)
        return dict.fromkeys(id for place in ("", *_names_of(card.jurisdiction)) for id in at(place))

    def _surest(
        self, card: Card, ids: Iterable[str], test: Callable[[Card, Card], Likeness | None]
    ) -> Found | None:  # fmt: skip
        found = []
        for id in ids:
            like = test(card, self.cards[id])
            if like is not None:
                found.append((-like.confidence, id, like.differs))
        found.sort(key=lambda row: row[:2])
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        return found[0][1], -found[0][0], found[0][2]


@lru_cache(maxsize=16384)
def _names_of(jurisdiction: str | None) -> tuple[str, ...]:
    """Return the units of a jurisdiction without the marks of their letters, each once."""
    return tuple(dict.fromkeys(plain_ascii(place) for place in places_of(jurisdiction)))


def _slips_of(card: Card) -> Iterator[tuple[str, str]]:
    """Yield keys of which a card shares one with each whose number is one slip away, on one day.

    Two numbers share one when their figures agree, or their codes do and the figures are one figure apart.
    """
    if not card.key or len(card.date or "") < 10 or card.date is None:
        return
    digits, _, code = card.key.partition("/")
    yield card.date, digits
    for variant in {digits, *(digits[:i] + digits[i + 1 :] for i in range(min(len(digits), 20)))}:
        yield card.date, f"{variant}/{code}"


def resolve(documents: Sequence[Document], cards: Mapping[str, Card]) -> Resolved:
    """Return what every reference of the documents means, in a fixed order.

    A blank number is filled from the citations that lead to the document otherwise, when they agree on one number.
    """
    said = [row for document in documents for row in _said(document, cards[document.id])]
    index = _Index()
    for document in documents:
        index.add(document.id, cards[document.id])
    found = [index.find(row.card, row.assumed) for row in said]
    inferred = _told_numbers(said, found, index.cards)
    blank = {row[0] for row in found if row is not None and index.cards[row[0]].key is None}
    if blank:
        filled = _Index()
        for id, card in index.cards.items():
            known = inferred.get(id)
            filled.add(id, replace(card, number=known.number, date=known.date or card.date) if known else card)
        filled.closed = blank - set(inferred)
        found = [
            filled.find(row.card, row.assumed) if at is None or at[0] in blank else at
            for row, at in zip(said, found, strict=True)
        ]
        index = filled
    mentions: list[Row] = []
    open_ones: list[tuple[Card, str, Reference]] = []
    for row, at in zip(said, found, strict=True):
        if at is not None:
            sure = min(at[1], inferred[at[0]].confidence) if at[0] in inferred else at[1]
            mentions.append((row.document.id, row.reference, at[0], sure, at[2]))
        elif row.card.key or row.card.programme:
            open_ones.append((row.card, row.document.id, row.reference))
    ghosts, subjects = _make_ghosts(open_ones, mentions)
    mentions.sort(key=lambda row: (row[0], row[1].span, row[2]))
    return Resolved({**index.cards, **ghosts}, ghosts, subjects, mentions, inferred)


def _said(document: Document, own: Card) -> list[_Said]:
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
        assumed = own.programme if reference.relation == "implements" and card.programme is None else None
        found.append(_Said(document, reference, card, assumed))
    return found


def _told_numbers(
    said: Sequence[_Said], found: Sequence[Found | None], cards: Mapping[str, Card]
) -> dict[str, Inferred]:
    """Return the numbers of blank documents: the one that citations tell surest, by most documents, and alone."""
    told: defaultdict[str, defaultdict[str, list[tuple[_Said, float]]]] = defaultdict(lambda: defaultdict(list))
    for row, at in zip(said, found, strict=True):
        if at is not None and row.card.key and cards[at[0]].key is None and at[0] != row.document.id:
            told[at[0]][row.card.key].append((row, at[1]))
    ranked = []
    for id, by_key in told.items():
        scores = sorted(
            ((max(sure for _, sure in rows), len({row.document.id for row, _ in rows}), key)
             for key, rows in by_key.items()), reverse=True,
        )  # fmt: skip
        if scores[0][0] >= LEAST_SURE and (len(scores) == 1 or scores[0][:2] > scores[1][:2]):
            ranked.append((scores[0], id))
    inferred: dict[str, Inferred] = {}
    taken: set[tuple[str, str | None, str | None]] = set()
    for (sure, citing, key), id in sorted(ranked, key=lambda row: (-row[0][0], -row[0][1], row[1])):
        rows = [row for row, likeness in told[id][key] if likeness == sure]
        best = min(rows, key=lambda row: (-row.card.known, row.document.id, row.reference.span))
        who = (key, best.card.year, best.card.issuer)
        if who not in taken and best.card.number:
            taken.add(who)
            citers = tuple(sorted({row.document.id for row, _ in told[id][key]}))
            proof = reference_evidence(best.document, best.reference)
            sure = min(MOST_SURE, round(sure + 0.03 * (citing - 1), 2))
            inferred[id] = Inferred(id, best.card.number, best.card.date, sure, citers, proof)
    return inferred


def _make_ghosts(
    open_ones: list[tuple[Card, str, Reference]], mentions: list[Row]
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
