"""The audit and the documents as lines of text for a terminal or a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from vnplan.model import Document, Evidence, Finding, Severity
from vnplan.report.escape import printable, shortened
from vnplan.report.lines import pad, width, wrap
from vnplan.report.nodes import Branch, CascadeLike, Node, nodes_of, walk_tree
from vnplan.report.problems import problem_words
from vnplan.report.view import Chapter, View, full_title, shown_date, shown_quote, shown_value, title
from vnplan.report.words import (
    BY,
    BY_PROGRAMME,
    FINDINGS,
    ITEMS,
    KINDS,
    LAYERS,
    LEVELS,
    NOT_IN_CORPUS,
    OTHER_TEXT,
    REASONS,
    RELATIONS,
    SEEN_ABOVE,
    SEVERITIES,
    SUSPICIONS,
    Language,
    Words,
    figure,
    say,
)  # fmt: skip

Paint = Callable[[Severity, str], str]
_QUOTE = 240
_DEEPEST = 24
_MOST = 5  # findings for information of one kind that are printed of a document

_WORDS = {
    "cascade": Words("CHUỖI VĂN BẢN", "CASCADE"),
    "findings": Words("PHÁT HIỆN", "FINDINGS"),
    "questions": Words(
        "CÂU HỎI CHO NGƯỜI ĐỌC (chưa đủ chắc để kết luận)", "QUESTIONS TO A READER (not sure enough to be said)"
    ),
    "coverage": Words("MỨC ĐỘ BAO QUÁT", "COVERAGE"),
    "unread": Words("KHÔNG ĐỐI CHIẾU", "NOT COMPARED"),
    "failures": Words("KHÔNG ĐỌC ĐƯỢC", "NOT READ"),
    "problems": Words("LƯU Ý KHI ĐỌC", "PROBLEMS OF READING"),
    "child": Words("văn bản này", "this document"),
    "parent": Words("cấp trên", "parent"),
    "section": Words("mục", "section"),
    "page": Words("tr.", "p."),
    "confidence": Words("tin cậy", "confidence"),
    "none": Words("Không có phát hiện nào.", "No findings."),
    "document": Words("Văn bản", "Document"),
    "against": Words("so với", "against"),
    "satisfied": Words("đạt", "satisfied"),
    "not_satisfied": Words("không đạt", "not satisfied"),
    "not_assessable": Words("không đánh giá được", "not assessable"),
    "no documents": Words("Không có văn bản nào.", "No documents."),
}


def plain(severity: Severity, text: str) -> str:
    """Return ``text`` as it is: the paint of a pipe."""
    return text


def coloured(severity: Severity, text: str) -> str:
    """Return ``text`` in the colour of ``severity``: the paint of a terminal."""
    code = {"high": "1;31", "medium": "33", "low": "36", "info": "2"}[severity]
    return f"\x1b[{code}m{text}\x1b[0m"


def audit_text(view: View, *, language: Language = "vi", columns: int = 100, paint: Paint = plain) -> str:
    """Return the audit as text of at most ``columns`` columns, which ends in a line feed."""
    columns = max(columns, 40)
    lines = [*_cascade(view.branches, language, columns), "", _heading("findings", language), ""]
    accused = [chapter for chapter in view.chapters if chapter.findings]
    for chapter in accused:
        lines += [*_chapter(chapter, view, language, columns, paint), ""]
    if not accused:
        lines += [_word("none", language), ""]
    for part in (_questions, _coverage, _unread, _failures, _problems):
        found = list(part(view, language, columns))
        lines += [*found, ""] if found else []
    lines.append(_total(view, language))
    return "\n".join(lines) + "\n"


def _word(key: str, language: Language) -> str:
    return _WORDS[key].of(language)


def _heading(key: str, language: Language) -> str:
    return _word(key, language)


def cascade_text(cascade: CascadeLike, *, language: Language = "vi", columns: int = 100) -> str:
    """Return the cascade as a tree of at most ``columns`` columns, which ends in a line feed."""
    branches = tuple(walk_tree(nodes_of(cascade), cascade.edges))
    return "\n".join(_cascade(branches, language, max(columns, 40))) + "\n"


def _cascade(branches: Sequence[Branch], language: Language, columns: int) -> Iterator[str]:
    yield _heading("cascade", language)
    if not branches:
        yield _word("no documents", language)
    for branch, stem, rest in _stems(branches):
        yield from wrap(_branch_words(branch, language), columns, stem, rest)


def _stems(branches: Sequence[Branch]) -> Iterator[tuple[Branch, str, str]]:
    """Yield each branch with what is drawn before its first and its other lines."""
    last = [False] * len(branches)
    open_at: set[int] = set()  # depths at which a later sibling follows, going from the end
    for index in range(len(branches) - 1, -1, -1):
        depth = branches[index].depth
        last[index] = depth not in open_at
        open_at = {d for d in open_at if d <= depth} | {depth}
    trail: list[str] = []
    for index, branch in enumerate(branches):
        depth = min(branch.depth, _DEEPEST)
        if depth == 0:
            trail = []
            yield branch, "", "  "
            continue
        trail = trail[: depth - 1]
        before = "".join(trail)
        follow = "   " if last[index] else "│  "
        yield branch, before + ("└─ " if last[index] else "├─ "), before + follow
        trail.append(follow)


def _branch_words(branch: Branch, language: Language) -> str:
    words = node_words(branch.node, language)
    notes = []
    if branch.node.ghost:
        notes.append(NOT_IN_CORPUS.of(language))
    if branch.edge is not None and branch.edge.how == "programme":
        notes.append(f"{BY_PROGRAMME.of(language)}, {figure(branch.edge.confidence, language)}")
    elif branch.edge is not None and branch.edge.relation != "implements":
        notes.append(say(RELATIONS, branch.edge.relation).of(language))
    notes += [say(SUSPICIONS, doubt.why).of(language) for doubt in (branch.edge.suspect if branch.edge else ())]
    if branch.repeated:
        notes.append(SEEN_ABOVE.of(language))
    return words + "".join(f" ({note})" for note in notes)


def node_words(node: Node, language: Language) -> str:
    """Return a document in one line: what it is called, date, issuer, file."""
    named = title(node, language)
    parts = [named, shown_date(node.date, language), node.issuer or ""]
    if node.name and node.name != named:
        parts.append(f"[{node.name}]")
    return printable(" · ".join(part for part in parts if part))


def _chapter(chapter: Chapter, view: View, language: Language, columns: int, paint: Paint) -> Iterator[str]:
    yield from wrap(node_words(chapter.node, language), columns)
    yield "─" * min(columns, max(20, width(node_words(chapter.node, language))))
    more: Counter[str] = Counter()
    for position, finding in enumerate(chapter.findings):
        if finding.severity == "info":
            more[finding.finding] += 1
        if more[finding.finding] <= _MOST:
            yield from _finding(finding, view, language, columns, paint)
        following = chapter.findings[position + 1 : position + 2]
        if more[finding.finding] > _MOST and not any(other.finding == finding.finding for other in following):
            yield from wrap(_more(finding, more[finding.finding] - _MOST, language), columns, " " * 13)


def _questions(view: View, language: Language, columns: int) -> Iterator[str]:
    asked = [chapter for chapter in view.chapters if chapter.questions]
    if asked:
        yield _heading("questions", language)
    for chapter in asked:
        yield from wrap(node_words(chapter.node, language), columns)
        for question in chapter.questions:
            yield from _finding(question, view, language, columns, plain)


def _more(finding: Finding, count: int, language: Language) -> str:
    what = say(FINDINGS, finding.finding).of(language)
    if language == "vi":
        return f"… và {count} mục “{what}” khác (xem --format html hoặc json)"
    return f"… and {count} more of “{what}” (see --format html or json)"


def _finding(finding: Finding, view: View, language: Language, columns: int, paint: Paint) -> Iterator[str]:
    severity = SEVERITIES[finding.severity].of(language).upper()
    margin = 13
    what = say(FINDINGS, finding.finding).of(language)
    if finding.by and finding.by != "value":
        what += f" ({say(BY, finding.by).of(language)})"
    given = (shown_value(value, language) for value in (finding.parent_value, finding.child_value))
    values = [printable(value) if value else "—" for value in given]
    if finding.parent_value or finding.child_value:
        what += f": {values[0]} → {values[1]}"
    what += f"  [{_word('confidence', language)} {figure(finding.confidence, language)}]"
    head = list(wrap(printable(what), columns, " " * margin))
    yield paint(finding.severity, pad(severity, margin)) + head[0][margin:]
    yield from head[1:]
    message = finding.message_vi if language == "vi" else finding.message_en
    if message:
        yield from wrap(shortened(message, 2 * _QUOTE), columns, " " * margin)
    whose = finding.parent_evidence_of or finding.parent
    parent = view.nodes.get(whose) if whose and whose != finding.child else None
    above = title(parent, language) if parent else _word("parent", language)
    if finding.parent_evidence_of:
        above = f"{OTHER_TEXT.of(language)} {title(parent, language) if parent else ''}".strip()
    sides = (
        (above, whose, finding.parent_evidence),
        (_word("child", language), finding.child, finding.child_evidence),
    )
    for name, id, evidence in sides:
        if evidence is not None:
            words = evidence_words(name, evidence, language, paged=id not in view.unpaged)
            yield from wrap(words, columns, " " * margin + "- ", " " * (margin + 2))


def evidence_words(name: str, evidence: Evidence, language: Language, *, paged: bool = True) -> str:
    """Return one side of a finding: whose words, where they stand, and the words, shortened."""
    where = [printable(name)]
    if evidence.path:
        where.append(printable(f"{_word('section', language)} {evidence.path}"))
    if paged:
        where.append(f"{_word('page', language)} {evidence.page}")
    return f"{', '.join(where)}: “{shortened(shown_quote(evidence), _QUOTE)}”"


def _coverage(view: View, language: Language, columns: int) -> Iterator[str]:
    covered = [chapter for chapter in view.chapters if chapter.coverage]
    if not covered:
        return
    heads = [_word(key, language) for key in ("satisfied", "not_satisfied", "not_assessable")]
    room = max(20, min(60, columns - sum(width(head) + 2 for head in heads)))
    yield pad(_heading("coverage", language), room) + "".join(f"  {head}" for head in heads)
    for chapter in covered:
        yield from wrap(printable(full_title(chapter.node, language)), columns, "", "  ")
        above = None
        for row in chapter.coverage:
            if row.parent != above:
                above = row.parent
                against = f"{_word('against', language)} {full_title(view.nodes[row.parent], language)}"
                yield from wrap(printable(against), columns, "  ", "    ")
            figures = (row.satisfied, row.not_satisfied, row.not_assessable)
            cells = "".join(f"  {number:>{width(head)}}" for number, head in zip(figures, heads, strict=True))
            yield pad("    " + ITEMS[row.items].of(language), room) + cells


def _unread(view: View, language: Language, columns: int) -> Iterator[str]:
    unread = [chapter for chapter in view.chapters if chapter.unread]
    if not unread:
        return
    yield _heading("unread", language)
    for chapter in unread:
        yield from wrap(printable(full_title(chapter.node, language)), columns, "", "  ")
        for item in chapter.unread:
            name = item.file or (full_title(item.parent, language) if item.parent else "")
            reason = say(REASONS, item.reason).of(language)
            yield from wrap(printable(f"{name}: {reason}" if name else reason), columns, "  - ", "    ")


def _failures(view: View, language: Language, columns: int) -> Iterator[str]:
    if not view.failures:
        return
    yield _heading("failures", language)
    for failure in view.failures:
        yield from wrap(printable(f"{failure.name}: {failure.code}: {failure.reason}"), columns, "- ", "  ")


def _problems(view: View, language: Language, columns: int) -> Iterator[str]:
    rows = [(c.document.source.name, c.document.problems) for c in view.chapters if c.document and c.document.problems]
    if not rows:
        return
    yield _heading("problems", language)
    for name, problems in rows:
        for code, (count, message) in grouped(problems).items():
            times = f" (×{count})" if count > 1 else ""
            words = problem_words(code, message).of(language)
            yield from wrap(printable(f"{name}: {code}{times}: {words}"), columns, "- ", "  ")


def grouped(problems: Sequence[object]) -> dict[str, tuple[int, str]]:
    """Return for each code of problem how often it occurs and the first message."""
    found: dict[str, tuple[int, str]] = {}
    for problem in problems:
        code, message = getattr(problem, "code", ""), getattr(problem, "message", "")
        count, first = found.get(code, (0, message))
        found[code] = (count + 1, first)
    return found


def _total(view: View, language: Language) -> str:
    counted = ", ".join(f"{view.counts[name]} {words.of(language)}" for name, words in SEVERITIES.items())
    read = sum(not node.ghost for node in view.nodes.values())
    if language == "vi":
        return f"{read} văn bản, {view.ghosts} văn bản được dẫn không có trong tập; phát hiện: {counted}"
    return f"{read} documents, {view.ghosts} cited and not in the corpus; findings: {counted}"


def document_text(document: Document, *, language: Language = "vi", columns: int = 100) -> str:
    """Return one document as text: its header, how much of each layer was found, its targets and deadlines."""
    header = document.header
    kind = say(KINDS, header.kind).of(language) if header.kind else document.source.name
    lines = list(wrap(printable(f"{kind} {header.number or ''} · {document.source.name}"), columns))
    facts = [
        shown_date(header.date, language), header.issuer, say(LEVELS, header.level).of(language),
        shown_date(header.period, language),
    ]  # fmt: skip
    lines += wrap(printable(" · ".join(fact for fact in facts if fact)), columns, "  ")
    if header.subject:
        lines += wrap(printable(header.subject), columns, "  ")
    layers = {
        "sections": len(document.sections), "references": len(document.references), "targets": len(document.targets),
        "tasks": len(document.tasks), "agencies": len({agency.name for agency in document.agencies}),
        "deadlines": len(document.deadlines), "problems": len(document.problems),
    }  # fmt: skip
    lines += wrap(", ".join(f"{number} {LAYERS[name].of(language)}" for name, number in layers.items()), columns, "  ")
    for target in document.targets:
        where = f"{target.path or '—'}"
        lines += wrap(
            f"{printable(target_value(target.low, target.high, target.unit, language))}: "
            f"“{shortened(document.quote(target.span), _QUOTE)}”",
            columns,
            f"  {pad(printable(where), 12)} ",
        )
    for code, (count, message) in grouped(document.problems).items():
        words = problem_words(code, message).of(language)
        lines += wrap(printable(f"{code} (×{count}): {words}"), columns, "  ! ", "    ")
    return "\n".join(lines) + "\n"


def target_value(low: float, high: float, unit: str, language: Language = "vi") -> str:
    """Return the value of a target as written: ``95 %``, ``5-8 người``.

    >>> target_value(5, 8, "người"), target_value(12.5, 12.5, "%")
    ('5-8 người', '12,5 %')
    """
    ends = [f"{end:.12g}" for end in ((low,) if low == high else (low, high))]
    written = "-".join(ends)
    return f"{written.replace('.', ',') if language == 'vi' else written} {unit}".strip()
