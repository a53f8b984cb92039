"""Which plan a report of progress is about: what it says that it carries out, or a plan of its topic and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from vnplan.compare.identity import Card, places_of
from vnplan.compare.programme import programme_name, same_programme
from vnplan.compare.words import syllables
from vnplan.model import Document, Edge
from vnplan.text import fold

REPORTED_KINDS = frozenset(
    {"plan", "programme", "scheme", "project", "strategy", "decision", "resolution", "directive", "conclusion"}
)
TOPIC = 0.9  # of the certainty of a link to what a report only mentions, when both are about one thing
BY_TOPIC = 0.6  # certainty that a report is about the plan of its topic and years, which it does not cite
_MOST_MORE = 3  # syllables that the longer of two names of one topic may have behind the other
_FEWEST = 3  # syllables of a topic
# yes: kết quả công tác cải cách hành chính / tình hình thực hiện / sơ kết 03 năm thực hiện
# no:  cải cách hành chính
_OPENING = re.compile(
    r"^(?:(?:về|báo cáo|kết quả|tình hình|tiến độ|công tác|triển khai|thực hiện|đánh giá|tổng hợp|việc)[ ]"
    r"|(?:sơ kết|tổng kết)[ ](?:(?:giữa kỳ|[0-9]{1,2}[ ]năm|năm)[ ])?){1,8}"
)
# yes: quý i năm 2026 và phương hướng, nhiệm vụ … / 6 tháng đầu năm 2024 / , phương hướng, nhiệm vụ năm 2024
# no:  cải cách hành chính nhà nước
_CLOSING = re.compile(
    r"[ ,]{1,3}(?:quý[ ](?:[ivx]{1,3}|[0-9])|[0-9]{1,2}[ ]tháng|tháng[ ][0-9]|năm[ ][0-9]{4}|giai đoạn"
    r"|(?:và[ ])?(?:phương hướng|nhiệm vụ trọng tâm|kế hoạch[ ](?:năm|quý|tháng))|đến[ ]ngày)(?![^\W\d_])"
)


def topic_of(subject: str | None, places: tuple[str, ...] = ()) -> str | None:
    """Return what a report is about: its title without "kết quả", its time, and what it plans for the next.

    >>> topic_of("Kết quả công tác cải cách hành chính quý I năm 2026 và phương hướng, nhiệm vụ quý II năm 2026")
    'cải cách hành chính'
    """
    words = " ".join(fold((subject or "")[:600]).split())
    words = _OPENING.sub("", words)
    found = _CLOSING.search(words)
    return programme_name(words[: found.start()] if found else words, places)


def same_topic(report: str | None, plan: str | None) -> bool:
    """Return whether a report's topic is that of a plan: one name, or the longer one goes on where the other ends.

    The head of a Vietnamese name comes first, so that a plan to check a reform is another topic than the reform.

    >>> same_topic("cải cách hành chính", "cải cách hành chính nhà nước")
    True
    >>> same_topic("cải cách hành chính", "kiểm tra cải cách hành chính")
    False
    """
    if not report or not plan:
        return False
    if same_programme(report, plan):
        return True
    short, long = sorted((syllables(report), syllables(plan)), key=len)
    return len(short) >= _FEWEST and len(long) - len(short) <= _MOST_MORE and long[: len(short)] == short


def may_report_on(topic: str | None, report: Card, plan: Card) -> bool:
    """Return whether a plan that a report mentions is one that it reports on: one topic, territory, years in common."""
    if plan.kind not in REPORTED_KINDS or not same_topic(topic, plan.programme):
        return False
    if places_of(report.jurisdiction) != places_of(plan.jurisdiction):
        return False  # what a province did is no report on what the state planned, unless it says so
    return not (report.period and plan.period) or report.period.meets(plan.period)


def reports_by_topic(
    documents: Iterable[Document], cards: Mapping[str, Card], edges: Iterable[Edge]
) -> list[Edge]:  # fmt: skip
    """Return a link for each report that cites no plan which is there: to the plan of its issuer, topic and years."""
    linked = {edge.child for edge in edges if edge.relation == "reports_on" and edge.parent in cards}
    plans: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    reports = []
    for document in documents:
        card = cards[document.id]
        if card.kind == "report" and document.medium == "document":
            reports.append(document)
        elif card.kind in REPORTED_KINDS and card.programme:
            plans[places_of(card.jurisdiction)].append(document.id)
    found = []
    for document in reports:
        card = cards[document.id]
        topic = topic_of(document.header.subject, places_of(card.jurisdiction))
        fits = [
            (_length(cards[id]), id)
            for id in plans.get(places_of(card.jurisdiction), ())
            if card.period and cards[id].period and card.level == cards[id].level
            and may_report_on(topic, card, cards[id])
        ]  # fmt: skip
        if fits and document.id not in linked and places_of(card.jurisdiction):
            found.append(Edge(document.id, min(fits)[1], "reports_on", "programme", BY_TOPIC))
    return found


def _length(card: Card) -> int:
    return card.period.last - card.period.first if card.period else 99
