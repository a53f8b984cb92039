"""Documents made by hand for the tests of the comparison: each statement is one line of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from vnplan.compare import audit
from vnplan.identity import document_urn
from vnplan.model import (
    Deadline,
    Document,
    Finding,
    Header,
    Level,
    Problem,
    Reference,
    Section,
    Signatory,
    Source,
    Span,
    Structure,
    Target,
    Task,
)
from vnplan.text import clean_text

PROGRAMME = "Chương trình nước sạch và vệ sinh nông thôn"


@dataclass
class Aim:
    """A target: its words, and the fields of it."""

    words: str
    low: float
    population: str
    outcome: str
    unit: str = "%"
    comparator: Any = "equal"
    role: Any = "objectives"
    high: float | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass
class Duty:
    """A task: its words, who leads and helps, and its deadline (words, value)."""

    words: str
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    role: Any = "tasks"
    deadline: tuple[str, str] | None = None


@dataclass
class Cited:
    """A reference: its words and what they say."""

    words: str
    number: str | None
    date: str | None
    issuer: str | None
    relation: Any = "implements"
    subject: str | None = None
    kind: Any = "plan"


ISSUERS: dict[str, tuple[str, str | None]] = {
    "central": ("Thủ tướng Chính phủ", None),
    "province": ("UBND tỉnh Quảng Ngãi", "tỉnh Quảng Ngãi"),
    "district": ("UBND huyện Bình Sơn", "huyện Bình Sơn, tỉnh Quảng Ngãi"),
    "commune": ("UBND xã Bình Minh", "xã Bình Minh, huyện Bình Sơn, tỉnh Quảng Ngãi"),
}


class _Lines:
    """The lines of a text, and where each stands."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, line: str) -> Span:
        start = len(self.text)
        self.text += line + "\n"
        return Span(start, start + len(line))


def make(
    name: str,
    level: Level = "province",
    *,
    kind: Any = "plan",
    number: str | None = "12/KH-UBND",
    date: str | None = "2024-03-22",
    head: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
    period: str | None = "2024/2030",
    cited: tuple[Cited, ...] = (),
    aims: tuple[Aim | str, ...] = (),
    duties: tuple[Duty, ...] = (),
    medium: Any = "document",
    problems: tuple[Problem, ...] = (),
) -> Document:
    """Return a document; ``head`` replaces the two lines with its number and date."""
    own, jurisdiction = ISSUERS[level]
    title = subject or f"Thực hiện {PROGRAMME} giai đoạn 2024 - 2030"
    lines = _Lines()
    lines.add(name)
    year, month, day = ((date or "") + "--").split("-")[:3]
    lines.add(head or f"Số: {number or ''}\nQuảng Ngãi, ngày {day} tháng {month} năm {year}")
    lines.add(title)
    references = tuple(
        Reference(lines.add(c.words), c.kind, c.number, c.date, c.issuer, c.relation, c.subject) for c in cited
    )
    sections: list[Section] = []
    targets: list[Target] = []
    tasks: list[Task] = []
    deadlines: list[Deadline] = []
    for count, aim in enumerate(aims, 1):
        words = aim if isinstance(aim, str) else aim.words
        role = "objectives" if isinstance(aim, str) else aim.role
        span, path = lines.add(words), f"I.{count}"
        sections.append(Section(path, f"{count}.", "", role, "heading", None, span.start, span.end, span))
        if isinstance(aim, Aim):
            fields = {"horizon": "2030", "horizon_source": "heading", "commitment": "plain", **aim.fields}
            targets.append(
                Target(
                    span,
                    aim.low,
                    aim.high or aim.low,
                    aim.comparator,
                    aim.unit,
                    aim.population,
                    aim.outcome,
                    path=path,
                    role=role,
                    **fields,
                )
            )
    for count, duty in enumerate(duties, 1):
        span, path = lines.add(duty.words), f"{'II' if duty.role == 'tasks' else 'III'}.{count}"
        sections.append(Section(path, f"{count}.", "", duty.role, "heading", None, span.start, span.end, span))
        index = None
        if duty.deadline:
            at, index = span.start + duty.words.index(duty.deadline[0]), len(deadlines)
            deadlines.append(
                Deadline(Span(at, at + len(duty.deadline[0])), "SET", duty.deadline[1], "before", None, path)
            )
        tasks.append(Task(span, path, _clauses(duty.words, span), duty.lead, duty.coordinating, index))
    lines.add("Nơi nhận: lưu văn thư.")
    header = Header(
        kind, number, date, None, issuer or own, level, jurisdiction, title, period, Signatory("A", "CHỦ TỊCH"), ("VT",)
    )
    digest = hashlib.sha256(lines.text.encode()).hexdigest()
    source = Source(name, digest, "text/plain", lines.text, (), "text")
    structure = Structure(header, tuple(sections), medium)
    id = document_urn(
        issuer=header.issuer, kind=kind, date=date, number=number, jurisdiction=jurisdiction, fallback=digest
    )
    return Document(
        id,
        source,
        clean_text(lines.text),
        structure,
        references,
        tuple(targets),
        tuple(tasks),
        (),
        tuple(deadlines),
        problems,
    )


def _clauses(words: str, span: Span) -> tuple[Span, ...]:
    found, at = [], 0
    for part in words.split(";"):
        start = span.start + at + len(part) - len(part.lstrip())
        found.append(Span(start, span.start + at + len(part)))
        at += len(part) + 1
    return tuple(found)


WATER = Aim("Phấn đấu 95% hộ dân nông thôn được sử dụng nước sạch", 95, "hộ dân nông thôn", "được sử dụng nước sạch")
LATRINE = Aim(
    "90% trường học, trạm y tế xã có nhà vệ sinh hợp vệ sinh",
    90,
    "trường học, trạm y tế xã",
    "có nhà vệ sinh hợp vệ sinh",
)

PIPES = Duty("Sửa chữa, nâng cấp công trình cấp nước tập trung; lắp đặt đồng hồ đo nước cho từng hộ")
QUALITY = Duty("Xét nghiệm chất lượng nước sinh hoạt tại giếng khoan, bể chứa và vòi nước công cộng")
SCHOOLS = Duty("Xây dựng nhà tiêu hợp vệ sinh, khu rửa tay có xà phòng tại trường mầm non, tiểu học")
CREDIT = Duty("Cho vay ưu đãi hộ nghèo xây bể chứa nước mưa, mua thiết bị lọc nước")
NEWS = Duty("Tuyên truyền trên đài truyền thanh về thói quen dùng nước sạch, giữ gìn vệ sinh môi trường")
COMMON = (PIPES, QUALITY, SCHOOLS, CREDIT, NEWS)


def decision(**fields: Any) -> Document:
    """Return the national decision at the top of the sample cascade."""
    given = {
        "kind": "decision",
        "number": "77/QĐ-TTg",
        "date": "2023-12-05",
        "period": "2023/2030",
        "subject": f"Phê duyệt {PROGRAMME} giai đoạn 2023 - 2030",
        "aims": (WATER, LATRINE),
        "duties": COMMON,
    }
    return make("decision.txt", "central", **{**given, **fields})


TO_DECISION = Cited(
    "Thực hiện Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ",
    "77/QĐ-TTg",
    "2023-12-05",
    "Thủ tướng Chính phủ",
    kind="decision",
)


def plan(**fields: Any) -> Document:
    """Return a province's plan that takes all of the decision over, but for what ``fields`` say."""
    given = {"cited": (TO_DECISION,), "aims": (WATER, LATRINE), "duties": COMMON}
    return make("plan.txt", "province", **{**given, **fields})


QUIET = ("parent_unavailable", "added_task", "added_target")


def found(*documents: Document, quiet: Iterable[str] = ()) -> list[tuple[str, str | None]]:
    """Return kind and way of the findings."""
    return [(f.finding, f.by) for f in audit(documents).findings if f.finding not in quiet]


def only(name: str, *documents: Document) -> Finding:
    """Return the one finding of a kind."""
    (finding,) = [f for f in audit(documents).findings if f.finding == name]
    return finding


def changed(aim: Aim, words: str, **fields: Any) -> Aim:
    return replace(aim, words=words, **fields)
