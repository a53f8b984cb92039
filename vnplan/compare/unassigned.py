"""The check of tasks that nobody leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnplan.compare.applies import is_class
from vnplan.compare.evidence import task_evidence
from vnplan.compare.kept import kept
from vnplan.compare.messages import write
from vnplan.compare.supports import Supports
from vnplan.compare.words import plain
from vnplan.model import Document, Finding, Task

_ASSIGNING = frozenset({"plan", "programme", "scheme", "project"})


# yes: là cơ quan chủ trì, phối hợp với các sở, ngành triển khai Kế hoạch
# yes: tổ chức triển khai, hướng dẫn thực hiện Chương trình trên địa bàn
# no:  chủ trì kiểm tra, thanh tra việc thực hiện; tổng hợp, báo cáo
_GENERAL_DUTY = re.compile(
    r"(?:chủ trì|thường trực|đầu mối|tổ chức)[^;.]{0,160}?(?:triển khai|thực hiện)[^;.]{0,30}?"
    r"\b(?:kế hoạch|chương trình|đề án|dự án|quyết định|nghị quyết|chiến lược)\b(?! phát triển)"
)


def check_unassigned_tasks(document: Document) -> Iterator[Finding]:
    """Yield the tasks that nobody leads: only with a sign that it was overlooked.

    The sign is that the task names bodies that coordinate and none that leads, or that in the section on organisation
    a body is to help with just this, nobody to lead it, and no body has the whole plan in hand.
    """
    roles = kept(document).roles
    duties = [
        n for n, task in enumerate(document.tasks) if roles.get(task.path) in ("organisation", "reporting", "appendix")
    ]
    led = [n for n in duties if document.tasks[n].lead]
    helped = [n for n in duties if not document.tasks[n].lead and document.tasks[n].coordinating]
    open_ones = [
        n
        for n, task in enumerate(document.tasks)
        if roles.get(task.path) == "tasks" and not task.lead and not task.reported
    ]
    if document.header.kind not in _ASSIGNING or not open_ones or not any(task.lead for task in document.tasks):
        return
    general = any(_is_general(document, document.tasks[n]) for n in led)
    styled = any(task.lead for n, task in enumerate(document.tasks) if roles.get(task.path) == "tasks")
    asked = [plain(document.quote(document.tasks[n].span)) for n in open_ones]
    units = [(n, plain(document.quote(document.tasks[n].span))) for n in [*led, *helped]]
    supports = Supports(asked, [words for _, words in units])
    leading, helping = list(range(len(led))), list(range(len(led), len(units)))
    for position, number in enumerate(open_ones):
        task = document.tasks[number]
        by_lead = supports.of(position, leading)
        if by_lead is None:
            return
        if _names_doer(document, task):
            continue
        if task.coordinating and styled and not (by_lead.coverage >= 0.5 or by_lead.cosine >= 0.5):
            yield _unassigned(document, task, 0.75)
        elif not general and _only_helped(supports, position, leading, helping):
            yield _unassigned(document, task, 0.65)


def _names_doer(document: Document, task: Task) -> bool:
    """Return whether the task's own words or its row name who does it, even if not as the one who leads."""
    if plain(document.quote(task.span)).lstrip(" -+.").startswith("phối hợp"):
        return True
    if any(
        task.span.start <= agency.span.start < task.span.end and agency.name in task.coordinating
        for agency in document.agencies
    ):
        return True
    for section in document.sections:
        if section.path == task.path and section.cells:
            return any(role == "lead" and document.text.clean[s:e].strip(" -.") for role, s, e in section.cells)
    return False


def _only_helped(supports: Supports, position: int, leading: list[int], helping: list[int]) -> bool:
    """Return whether what the task does is among the duties in which bodies help, and not among those they lead."""
    action = supports.action(position)
    if action is None or any(supports.holds(unit, action) for unit in leading):
        return False
    return any(supports.holds(unit, action) for unit in helping)


def _is_general(document: Document, task: Task) -> bool:
    if all(is_class(lead) for lead in task.lead):
        return False
    return bool(_GENERAL_DUTY.search(plain(document.quote(task.span))))


def _unassigned(document: Document, task: Task, surety: float) -> Finding:
    note_vi = note_en = ""
    if task.coordinating:
        bodies = ", ".join(task.coordinating[:4])
        note_vi, note_en = f"; chỉ có cơ quan phối hợp: {bodies}", f"; only coordinating: {bodies}"
    vi, en = write("unassigned_task", note_vi=note_vi, note_en=note_en)
    return Finding(
        "unassigned_task", "medium", surety, document.id, None, None, task_evidence(document, task), None, None, None,
        vi, en,
    )  # fmt: skip
