"""The table of all checks: what each looks at, which findings it gives, and how grave these are at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from vnplan.compare.deadlines import check_deadlines
from vnplan.compare.headers import (
    check_blanks,
    check_citations,
    check_cycles,
    check_dates,
    check_ghosts,
    check_versions,
)  # fmt: skip
from vnplan.compare.leads import check_leads
from vnplan.compare.targets import check_added_targets, check_targets
from vnplan.compare.tasks import check_added_tasks, check_tasks
from vnplan.compare.unassigned import check_unassigned_tasks
from vnplan.model import Coverage, Finding, Severity

Scope = Literal["cascade", "header", "document", "targets", "all parents", "nearest"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, what it is run on, its function, and the severity of each finding that it may give."""

    name: str
    scope: Scope
    run: Callable[..., Iterator[Any]]
    severities: Mapping[str, tuple[Severity, ...]]


Outcome = Finding | Coverage

CHECKS: Final[tuple[Check, ...]] = (
    Check("cycles", "cascade", check_cycles, {"citation_cycle": ("medium",)}),
    Check("versions", "cascade", check_versions, {"two_versions": ("medium", "info")}),
    Check("blanks", "header", check_blanks, {"blank_number": ("low",), "blank_date": ("low",)}),
    Check("citations", "header", check_citations, {"citation_mismatch": ("medium",)}),
    Check("dates", "header", check_dates, {"predates_parent": ("medium",), "superseded_parent": ("medium",)}),
    Check("ghosts", "header", check_ghosts, {"parent_unavailable": ("info",)}),
    Check("unassigned", "document", check_unassigned_tasks, {"unassigned_task": ("medium",)}),
    Check(
        "targets",
        "targets",
        check_targets,
        {
            "weakened_target": ("high", "medium", "low"),
            "unquantified_target": ("high", "medium"),
            "missing_target": ("high", "medium"),
            "strengthened_target": ("info",),
            "not_comparable": ("info",),
        },
    ),
    Check("added targets", "all parents", check_added_targets, {"added_target": ("info",)}),
    Check("tasks", "nearest", check_tasks, {"missing_task": ("high", "medium"), "narrowed_task": ("medium",)}),
    Check("leads", "nearest", check_leads, {"changed_lead": ("low",)}),
    Check("added tasks", "nearest", check_added_tasks, {"added_task": ("info",)}),
    Check(
        "deadlines",
        "nearest",
        check_deadlines,
        {"missing_deadline": ("medium",), "later_deadline": ("medium",)},
    ),
)
