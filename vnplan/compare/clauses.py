"""The clauses of tasks: what is looked for in another document, and all that a document tells anyone to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnplan.compare.words import plain
from vnplan.model import Document, Span

_PLACES = frozenset({"tasks", "organisation", "reporting", "appendix", "budget"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a task: the number of the task in its document, the place and the folded words.

    ``heads`` is true for the heading of a group, which names what the tasks below it do.
    """

    task: int
    span: Span
    words: str
    heads: bool = False


# yes: bởi cá nhân, gia đình không phải là người thân thích
# yes: trong đó chú trọng chăm sóc thay thế; nhất là ở vùng cao
# no:  trong năm 2025, xây dựng mạng lưới
_CONTINUES = re.compile(
    r"\W{0,3}(?:bởi|của|cho|để|nhằm|và|hoặc|trong đó|nhất là|đặc biệt là|bao gồm|gồm|theo hướng|phù hợp với|cũng như)\b"
)
# yes: tuyên truyền thông qua hội nghị, tọa đàm
# no:  thông qua kế hoạch
_MEANS = re.compile(r"[^\W_][^;]{0,400}?[ ](?:thông qua|bằng (?:các|nhiều) hình thức|dưới (?:các|nhiều) hình thức)[ ]")


def clauses_of(document: Document, chosen: Sequence[int]) -> list[Clause]:
    """Return the clauses of the chosen tasks, in order; what only continues the clause before it belongs to that."""
    found: list[Clause] = []
    for number in chosen:
        task = document.tasks[number]
        for span in task.clauses or (task.span,):
            words = plain(document.quote(span))
            if not words:
                continue
            if found and found[-1].task == number and _CONTINUES.match(words):
                span = Span(found.pop().span.start, span.end)
                words = plain(document.quote(span))
            found.append(Clause(number, span, words))
    return found


def asked_of(document: Document, chosen: Sequence[int]) -> list[Clause]:
    """Return the clauses that are looked for in another document: without the means, which it may choose itself."""
    found = []
    for clause in clauses_of(document, chosen):
        means = _MEANS.match(clause.words)
        found.append(replace(clause, words=clause.words[: means.end()]) if means else clause)
    return found


def units_of(document: Document) -> list[Clause]:
    """Return all that a document tells anyone to do: whole tasks, their clauses, and other text of those sections."""
    units = []
    for number, task in enumerate(document.tasks):
        whole = plain(document.quote(task.span))
        if whole:
            units.append(Clause(number, task.span, whole))
        if len(task.clauses) > 1:
            units += clauses_of(document, [number])
    groups = {section.parent for section in document.sections}
    for number, section in enumerate(document.sections):
        words = plain(document.text.clean[section.start : section.end]) if section.role in _PLACES else ""
        if words:
            units.append(Clause(-1, document.text.span(section.start, section.end), words, number in groups))
    return units


# yes: đẩy mạnh xã hội hóa, | mở rộng hợp tác quốc tế
_HEAD = re.compile(r"[^,;:(]{1,300}")


def head_of(words: str) -> str:
    """Return the words of a clause before its first comma: the action and its object, without what is enumerated."""
    found = _HEAD.match(words)
    return found[0] if found else words
