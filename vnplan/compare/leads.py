"""Checks of who leads: a duty that the parent gives to one field of government and the child to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vnplan.compare.applies import is_class
from vnplan.compare.evidence import task_evidence
from vnplan.compare.kept import kept
from vnplan.compare.messages import write
from vnplan.compare.pairs import Pair, name_of
from vnplan.compare.supports import Supports
from vnplan.compare.words import plain, syllables
from vnplan.gazetteer import successors_of
from vnplan.model import Document, Finding, Task

SAME_DUTY: Final = 0.6  # cosine of two duties that are one; 0.55 and less among duties of the corpus that are two
# yes: Phòng Lao động - Thương binh và Xã hội thành phố Lai Châu
# yes: Trung tâm Y tế huyện Bình Sơn
# no:  UBND các huyện, thành phố
_FIELD = re.compile(
    r"^(?:Bộ|Sở|Phòng|Trung tâm|Trạm)[ ](?P<field>[A-ZĐ].{2,70}?)"
    r"(?=[ ](?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\b|$)"
)  # fmt: skip


def field_of(body: str) -> str | None:
    """Return the field of government of a body, None when its name does not say.

    >>> field_of("Phòng Lao động - Thương binh và Xã hội thành phố Lai Châu")
    'Lao động - Thương binh và Xã hội'
    """
    found = _FIELD.match(body)
    return found["field"] if found else None


def same_field(one: str, other: str) -> bool:
    """Return whether two fields are one, overlap, or one took over the other's work."""
    left, right = syllables(plain(one)), syllables(plain(other))
    if len(set(left) & set(right)) >= min(2, len(set(left)), len(set(right))):
        return True
    return f"Bộ {other}" in successors_of(f"Bộ {one}") or f"Bộ {one}" in successors_of(f"Bộ {other}")


def _led_by_one(document: Document) -> list[tuple[Task, str]]:
    """Return the duties that one body leads whose name says its field."""
    roles = kept(document).roles
    found = []
    for task in document.tasks:
        if roles.get(task.path) in ("organisation", "appendix") and len(task.lead) == 1 and not is_class(task.lead[0]):
            field = field_of(task.lead[0])
            if field:
                found.append((task, field))
    return found


def check_leads(pair: Pair) -> Iterator[Finding]:
    """Yield the duties that a body of another field leads in the child than in the parent."""
    own, other = _led_by_one(pair.child), _led_by_one(pair.parent)
    if not own or not other or not pair.whole:
        return
    asked = [plain(pair.parent.quote(task.span)) for task, _ in other]
    supports = Supports(asked, [plain(pair.child.quote(task.span)) for task, _ in own])
    for position, (task, field) in enumerate(other):
        best = supports.of(position)
        if best is None or best.cosine < SAME_DUTY:
            continue
        mine, own_field = own[best.nearest]
        if same_field(field, own_field):
            continue
        vi, en = write("changed_lead", parent=name_of(pair.parent), child_value=mine.lead[0], parent_value=task.lead[0])
        yield Finding(
            "changed_lead", "low", 0.6, pair.child.id, pair.parent.id, None, task_evidence(pair.child, mine),
            task_evidence(pair.parent, task), mine.lead[0], task.lead[0], vi, en,
        )  # fmt: skip
