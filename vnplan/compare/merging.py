"""Which of the texts that were read are one document: copies, drafts and finals, an article and what it reports.

Number, issuer and year decide; where one of them is blank or mistyped, the programme and the words of the texts do too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vnplan.compare.identity import Card, Likeness, dates_agree, document_card, identify, issuers_agree, nearly
from vnplan.compare.programme import same_programme
from vnplan.model import Document
from vnplan.text import fold

COPY = 0.9  # certainty from which number, issuer and year alone make two texts one document
ALIKE = 0.4  # share of runs of syllables that two texts of one document have in common, mistyped ones among them
_RUN = 3  # syllables
_LONGEST = 60_000  # syllables of a text that are compared
_MOST = 40  # texts under one number, or of one programme and issuer, that one text is compared with
_DRAFT_HEAD = 1_500  # code points in which a draft says that it is one


@dataclass(frozen=True, slots=True)
class Merged:
    """The documents, one text of each; the further texts; and whose text each of these is, by identifier."""

    nodes: tuple[Document, ...]
    versions: tuple[Document, ...]
    same: Mapping[str, str]


class _Reading:
    """A document on the way, with what it is compared by."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.card = document_card(document)

    @cached_property
    def runs(self) -> frozenset[int]:
        words = fold(self.document.text.clean).split()[:_LONGEST]
        return frozenset(hash(tuple(words[i : i + _RUN])) for i in range(max(1, len(words) - _RUN + 1)))

    @cached_property
    def draft(self) -> bool:
        """Whether it calls itself a draft, in its head or in the name of its file."""
        head = fold(self.document.text.clean[:_DRAFT_HEAD])
        name = fold(self.document.source.name).replace("_", " ").replace("-", " ")
        return "dự thảo" in head.split("\n", 1)[0] or any(
            word in name for word in ("dự thảo", "du thao", "duthao", "draft")
        )

    @property
    def order(self) -> tuple[object, ...]:
        """What puts the text that stands for the document first: no article, no draft, numbered, dated, whole."""
        document, card = self.document, self.card
        return (
            document.medium == "article", self.draft, card.key is None, -len(card.date or ""),
            bool(document.problems), -len(document.sections), document.source.sha256,
        )  # fmt: skip


def merge(documents: Iterable[Document]) -> Merged:
    """Return one text for each document, sorted by identifier, and the further texts; the same for any order."""
    groups: dict[str, dict[str, Document]] = {}
    for document in documents:
        texts = groups.setdefault(document.id, {})
        other = texts.get(document.source.sha256)
        if other is None or document.source.name < other.source.name:
            texts[document.source.sha256] = document
    firsts: list[_Reading] = []
    further: list[tuple[str, Document]] = []
    for id in sorted(groups):
        readings = _in_order(map(_Reading, groups[id].values()))
        firsts.append(readings[0])
        further += [(id, reading.document) for reading in readings[1:]]
    same: dict[str, str] = {}
    nodes: dict[str, Document] = {}
    for cluster in map(_in_order, _clusters(firsts)):
        head = cluster[0].document
        nodes[head.id] = head
        for reading in cluster[1:]:
            same[reading.document.id] = head.id
            further.append((head.id, reading.document))
    versions = [
        document
        for id, document in further
        if document.medium == nodes[same.get(id, id)].medium  # an article is no version of what it reports
    ]
    versions.sort(key=lambda document: (same.get(document.id, document.id), document.id, document.source.sha256))
    return Merged(tuple(nodes[id] for id in sorted(nodes)), tuple(versions), same)


def _in_order(readings: Iterable[_Reading]) -> list[_Reading]:
    """Return the texts of one document, the one that stands for it first; of a single one the text is not looked at."""
    found = list(readings)
    if len(found) > 1:
        found.sort(key=lambda reading: reading.order)
    return found


def _ordered(readings: list[_Reading]) -> list[_Reading]:
    """Return the readings, that of the text which stands for the document first; one alone is not looked at."""
    return sorted(readings, key=lambda reading: reading.order) if len(readings) > 1 else readings


def _clusters(readings: list[_Reading]) -> Iterable[list[_Reading]]:
    """Group the readings of one document; each joins the group of the first one that it is the same as."""
    leader = list(range(len(readings)))

    def top(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for left, right in _candidates(readings):
        one, other = top(left), top(right)
        if one != other and is_same(readings[left], readings[right]):
            leader[max(one, other)] = min(one, other)
    groups: defaultdict[int, list[_Reading]] = defaultdict(list)
    for at, reading in enumerate(readings):
        groups[top(at)].append(reading)
    return groups.values()


def _candidates(readings: list[_Reading]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that may be one document: under one number, or of one kind, programme and unit."""
    buckets: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        card = reading.card
        if card.key:
            buckets["number", card.key, card.jurisdiction].append(at)
            if card.jurisdiction:
                buckets["number", card.key, None].append(at)
        if card.programme:
            buckets["programme", card.kind, card.programme, card.jurisdiction].append(at)
    for bucket in buckets.values():
        for place, left in enumerate(bucket):
            for right in bucket[place + 1 : place + 1 + _MOST]:
                yield left, right


def is_same(one: _Reading, other: _Reading) -> bool:
    """Return whether two texts are one document."""
    left, right = one.card, other.card
    like = _likeness(left, right, scanned="ocr" in (one.document.source.text_from, other.document.source.text_from))
    if like is None or (left.kind and right.kind and left.kind != right.kind):
        return False
    article = one.document.medium != other.document.medium
    days = (left.date or "")[4:], (right.date or "")[4:]
    if like.differs and (
        left.period != right.period or (left.year != right.year and (days[0] != days[1] or not days[0]))
    ):
        return False  # numbers begin anew every year, and so do yearly plans
    if like.differs is None and (like.confidence >= COPY or (article and like.confidence >= 0.8)):
        return True
    return not article and _alike(one, other)


def _likeness(left: Card, right: Card, *, scanned: bool) -> Likeness | None:
    """Compare two headers; two numbers are one only where a scan may have been misread."""
    if left.key and right.key and left.key != right.key:
        return nearly(left, right) if scanned else None
    if left.key or right.key:
        return identify(left, right)
    if not same_programme(left.programme, right.programme) or not issuers_agree(left, right):
        return None
    if left.period != right.period or dates_agree(left.date, right.date) is False:
        return None
    return Likeness(0.6)


def _alike(one: _Reading, other: _Reading) -> bool:
    return len(one.runs & other.runs) >= ALIKE * len(one.runs | other.runs)
