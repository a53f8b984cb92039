"""Documents and an audit made by hand, for the tests of what users see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from vnplan.model import (
    Agency,
    Block,
    Coverage,
    Deadline,
    Document,
    Edge,
    Evidence,
    Finding,
    Header,
    Problem,
    Reference,
    Section,
    Signatory,
    Source,
    Span,
    Structure,
    Target,
    Task,
)  # fmt: skip
from vnplan.report.nodes import Node
from vnplan.text import clean_text

PLAN = """KẾ HOẠCH
Thực hiện Chương trình nước sạch giai đoạn 2024-2030
Thực hiện Quyết định số 77/QĐ-TTg ngày 05/02/2024 của Thủ tướng Chính phủ.
I. MỤC TIÊU
1. Mục tiêu cụ thể
- Phấn đấu 90% hộ dân nông thôn được dùng nước sạch.
II. NHIỆM VỤ
1. Sở Y tế chủ trì kiểm tra chất lượng nước trước ngày 30/11 hằng năm.
2. Ủy ban nhân dân các xã rà soát công trình cấp nước.
"""

DECISION = """QUYẾT ĐỊNH
Phê duyệt Chương trình nước sạch giai đoạn 2024-2030
I. MỤC TIÊU
- Phấn đấu 95% hộ dân nông thôn được dùng nước sạch.
II. NHIỆM VỤ
1. Ủy ban nhân dân các tỉnh hỗ trợ vốn vay cho hộ nghèo xây bể chứa nước.
"""


HOSTILE = (
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}",
    "javascript:alert(1)",
    "\x1b[2J\x1b]0;title\x07",
    "95\u202e59\u202c %",
    "one\r\ntwo\x0bthree\x00",
    "{{ 7 * 7 }}{% raw %}",
    "]]>&amp;<!--",
    "\ud800 lone",
)


@dataclass(frozen=True)
class SampleAudit:
    """What the reports need of an audit."""

    documents: tuple[Any, ...] = ()
    edges: tuple[Edge, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    questions: tuple[Finding, ...] = ()


def line_blocks(text: str) -> tuple[Block, ...]:
    """Return one block for each line of ``text`` that is not empty."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(start, start + len(line))))
        start += len(line) + 1
    return tuple(blocks)


def place(text: str, words: str) -> Span:
    """Return where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def section(text: str, words: str, path: str, **fields: Any) -> Section:
    """Return a section whose own words are ``words``."""
    span = place(text, words)
    base = Section(path, path.rsplit(".", 1)[-1] + ".", words, "tasks", "heading", None, span.start, span.end, span)
    return replace(base, **fields)


def document(name: str, text: str, header: Header, **fields: Any) -> Document:
    """Return a document read from ``text`` with the parts that are given."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(name, digest, "text/plain", text, line_blocks(text), "text", pages=3)
    structure = Structure(header, fields.pop("sections", ()), fields.pop("medium", "document"))
    return Document(fields.pop("id", f"urn:lex:vn;{name}"), source, clean_text(source), structure, **fields)


def sample_plan() -> Document:
    """Return a plan that keeps less than its parent asks for."""
    header = Header(
        "plan", "12/KH-UBND", "2024-03-08", "Hà Giang", "UBND tỉnh Hà Giang", "province", "tỉnh Hà Giang",
        "Thực hiện Chương trình nước sạch", "2024/2030", Signatory("Nguyễn Văn A", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH"),
    )  # fmt: skip
    first = "1. Sở Y tế chủ trì kiểm tra chất lượng nước trước ngày 30/11 hằng năm."
    sections = (
        section(PLAN, "I. MỤC TIÊU", "I", role="objectives"),
        section(PLAN, "1. Mục tiêu cụ thể", "I.1", role="objectives", parent=0),
        section(
            PLAN, "- Phấn đấu 90% hộ dân nông thôn được dùng nước sạch.", "I.1.-1",
            role="objectives", kind="bullet", parent=1, label="-",
        ),
        section(PLAN, "II. NHIỆM VỤ", "II"),
        section(PLAN, first, "II.1", parent=3),
        section(PLAN, "2. Ủy ban nhân dân các xã rà soát công trình cấp nước.", "II.2", parent=3),
    )  # fmt: skip
    return document(
        "plan.txt", PLAN, header, sections=sections, id="urn:lex:vn;plan",
        references=(
            Reference(
                place(PLAN, "Quyết định số 77/QĐ-TTg ngày 05/02/2024 của Thủ tướng Chính phủ"), "decision", "77/QĐ-TTg",
                "2024-02-05", "Thủ tướng Chính phủ", "implements",
            ),
        ),
        targets=(
            Target(
                place(PLAN, "Phấn đấu 90% hộ dân nông thôn được dùng nước sạch"), 90.0, 90.0, "equal", "%",
                "hộ dân nông thôn", "được dùng nước sạch", commitment="strive", path="I.1.-1", role="objectives",
            ),
        ),
        tasks=(Task(place(PLAN, first), "II.1", (place(PLAN, first),), ("Sở Y tế",), (), 0),),
        agencies=(Agency(place(PLAN, "Sở Y tế"), "Sở Y tế", "province", "tỉnh Hà Giang", path="II.1"),),
        deadlines=(
            Deadline(place(PLAN, "trước ngày 30/11 hằng năm"), "SET", "XXXX-11-30", "before", "FREQ=YEARLY", "II.1"),
        ),
        problems=(Problem("invisible:2", "two zero-width characters were removed"),),
    )  # fmt: skip


def sample_decision() -> Document:
    """Return the decision above the sample plan."""
    header = Header(
        "decision", "77/QĐ-TTg", "2024-02-05", "Hà Nội", "Thủ tướng Chính phủ", "central", None,
        "Phê duyệt Chương trình nước sạch", "2024/2030",
    )  # fmt: skip
    return document("decision.txt", DECISION, header, id="urn:lex:vn;decision")


def evidence(doc: Document, words: str, path: str, page: int = 1) -> Evidence:
    """Return ``words`` of ``doc`` as evidence."""
    return Evidence(words, place(doc.source.text, words), path, page)


def sample_audit(plan: Document | None = None, decision: Document | None = None) -> SampleAudit:
    """Return an audit of the sample plan with a weakened target, a missing task, a ghost and a programme link."""
    plan, decision = plan or sample_plan(), decision or sample_decision()
    ghost = Node("urn:lex:vn;ghost", None, "05/NQ-HĐND", "2023-12-08", "HĐND tỉnh Hà Giang", "province", ghost=True)
    article = Node("urn:lex:vn;ward", "ward.txt", "3/KH-UBND", None, "UBND xã Bản Máy", "commune", "plan")
    weak = Finding(
        "weakened_target", "high", 0.97, plan.id, decision.id, "value",
        evidence(plan, "Phấn đấu 90% hộ dân nông thôn được dùng nước sạch", "I.1.-1"),
        evidence(decision, "Phấn đấu 95% hộ dân nông thôn được dùng nước sạch", "I.-1", 2), "90 %", "95 %",
        "Chỉ tiêu 95 % của Quyết định chỉ còn 90 %.", "The target of 95 % is only 90 %.",
    )  # fmt: skip
    missing = Finding(
        "missing_task", "high", 0.81, plan.id, decision.id, None, None,
        evidence(decision, "Ủy ban nhân dân các tỉnh hỗ trợ vốn vay cho hộ nghèo xây bể chứa nước", "II.1", 3),
        message_vi="Không tìm thấy nhiệm vụ tương ứng.", message_en="No counterpart was found.",
    )  # fmt: skip
    unassigned = Finding(
        "unassigned_task", "medium", 0.7, plan.id, None, None,
        evidence(plan, "Ủy ban nhân dân các xã rà soát công trình cấp nước", "II.2"), None,
    )  # fmt: skip
    added = Finding(
        "added_task", "info", 0.6, plan.id, decision.id, None,
        evidence(plan, "Sở Y tế chủ trì kiểm tra chất lượng nước", "II.1"), None,
    )  # fmt: skip
    return SampleAudit(
        (decision, plan, ghost, article),
        (
            Edge(plan.id, decision.id, "implements", "cited", 0.99),
            Edge(plan.id, ghost.id, "implements", "cited", 0.95),
            Edge(article.id, plan.id, "basis", "programme", 0.66),
        ),
        (added, unassigned, missing, weak),
        (
            Coverage(plan.id, decision.id, "targets", 3, 1, 1),
            Coverage(plan.id, decision.id, "tasks", 12, 3, 0),
        ),
    )
