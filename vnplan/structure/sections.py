"""The section nodes of a document: paragraphs placed in the outline, with headings, own words, roles and paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from vnplan.model import Paragraph, Problem, Role, Section, Text
from vnplan.structure.attachments import Attachment
from vnplan.structure.kinds import ISSUED_WITH, type_words
from vnplan.structure.labels import BULLETS, Label, read_label
from vnplan.structure.outline import ROOT, Draft, Outline, write_paths
from vnplan.structure.roles import heading_roles, section_role
from vnplan.structure.table_rows import read_row_nodes
from vnplan.structure.tables import Table, split_tables

_GREAT_HEADS = frozenset({"part", "chapter", "division", "subdivision", "appendix", "attachment"})
_LEAF_WORDS = 12
_SHORT = 10
_LONG = 2_000  # letters: no heading is longer, and nothing is joined to what is
# yes: Trên đây là Kế hoạch / UBND tỉnh yêu cầu các / Trong quá trình triển khai thực hiện
# yes: Yêu cầu các cơ quan / Kế hoạch này thay thế / Căn cứ nội dung Kế hoạch này, các cơ quan
# no:  Trên địa bàn tỉnh hiện có
_ISSUER = r"(?:(?:Chủ tịch[ ])?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)|Bộ|Thủ tướng|Chính phủ|Ban[ ]|Tỉnh ủy|Thành ủy)"
_CLOSING = re.compile(
    rf"(?:Trên đây là|Trong quá trình (?:tổ chức |triển khai|thực hiện)|Quá trình (?:tổ chức|triển khai|thực hiện)"
    rf"|Nhận được"
    rf"|{_ISSUER}[^.:;]{{0,80}}(?:yêu cầu|đề nghị|giao|báo cáo)|(?:Yêu cầu|Đề nghị|Giao) (?:các|Thủ trưởng|Giám đốc"
    rf"|Sở|lãnh đạo|cấp)"
    rf"|(?:Kế hoạch|Quyết định|Chỉ thị|Nghị quyết|Chương trình|Công văn)(?: này)? (?:có hiệu lực|thay thế|được|này)"
    rf"|Căn cứ (?:nội dung |vào )?(?:Kế hoạch|nội dung|nhiệm vụ)[^.:;]{{0,60}}này)"
)
_RESOLVES = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|NGHỊ QUYẾT|YÊU CẦU|KẾT LUẬN)[ ]?:?$")


@dataclass(frozen=True, slots=True)
class Body:
    """What the walk over the paragraphs is told: where the body begins, what is recipients, signature or letterhead."""

    first: int
    start: int  # where in that paragraph, when lines were lost
    skipped: Collection[int]
    end: int  # index of the first paragraph of recipients or signature
    attachments: Mapping[int, Attachment]  # by the paragraph of its type line


class _Walk:
    def __init__(self, text: Text, body: Body) -> None:
        self.text, self.body = text, body
        self.outline = Outline()
        self.preamble: list[int] = [0, 0]
        self.problems: list[Problem] = []
        self.addressing = False  # within "Kính gửi", whose bullets are addressees
        self.headless = ROOT  # a part, chapter or appendix whose heading still has to come
        self.tail = _after_last_label(text, body)
        self.trailing: list[int] = []  # unnumbered paragraphs since the last label

    def run(self) -> None:
        paragraphs = self.text.paragraphs
        tables, at = split_tables(self.text), self.body.first
        while at < len(paragraphs):
            if at == self.body.end:
                self._close_body()
            if at in self.body.skipped or paragraphs[at].kind == "footnote":
                at += 1
                continue
            if at in self.body.attachments:
                at = self._attachment(at)
                continue
            table = tables.get(at)
            if table is not None and table.content and not any(i in self.body.skipped for i in range(at, table.stop)):
                self._table(table)
                at = table.stop
                continue
            paragraph = paragraphs[at]
            if at == self.body.first and paragraph.start < self.body.start < paragraph.end:
                paragraph = replace(paragraph, start=self.body.start, bold=0)
            self._paragraph(at, paragraph)
            at += 1
        self._close_body()

    # -- one paragraph -------------------------------------------------------------------------------------------

    def _paragraph(self, at: int, paragraph: Paragraph) -> None:
        words = self.text.clean[paragraph.start : paragraph.end]
        if self._addressee(paragraph, words):
            return
        label = read_label(words)
        bold = paragraph.bold >= (label.size if label else 1)
        if label is not None and _is_label(words, label):
            placed = self.outline.place(label, bold=bold)
            if placed is not None:
                self._labelled(paragraph, words, label, placed)
                return
        if self._as_heading(paragraph, words):
            return
        self._unnumbered(paragraph, words)

    def _addressee(self, paragraph: Paragraph, words: str) -> bool:
        """An official letter names its addressees above the body, often as a list."""
        if self.outline.nodes:
            return False
        opens = words.startswith(("Kính gửi", "KÍNH GỬI"))
        self.addressing = opens or (self.addressing and words[0] in BULLETS)
        if self.addressing:
            self._unnumbered(paragraph, words)
        return self.addressing

    def _labelled(self, paragraph: Paragraph, words: str, label: Label, placed: tuple[str, int]) -> None:
        style, value = placed
        body = paragraph.start + label.size
        while body < paragraph.end and self.text.clean[body] == " ":
            body += 1
        node = Draft(
            style, value, label.element, label.printed,
            "bullet" if style in BULLETS or style in "ov" else "appendix" if style == "appendix"
            else style if style in ("part", "chapter") else "heading",  # type: ignore[arg-type]
            ROOT, paragraph.start, paragraph.end, body, paragraph.end, paragraph.page,
        )  # fmt: skip
        node.bold = max(0, paragraph.bold - (body - paragraph.start))
        rest = self.text.clean[body : paragraph.end]
        node.headed, node.colon = _is_heading(rest, node.bold), rest.rstrip(" *").endswith(":")
        index = self.outline.add(node)
        self.headless = index if style in _GREAT_HEADS else ROOT
        self.trailing = []

    def _as_heading(self, paragraph: Paragraph, words: str) -> bool:
        """Take an unnumbered line as the heading of the part above it, or as a heading of its own."""
        capitals = words.isupper() and len(words) > 4
        if self.headless != ROOT:
            node = self.outline.nodes[self.headless]
            bare = node.first_end <= node.body
            if (
                capitals or (bare and _is_heading(words, paragraph.bold)) or ISSUED_WITH.match(words)
            ) and not node.children:
                node.end = node.first_end = paragraph.end if not ISSUED_WITH.match(words) else node.first_end
                node.end = paragraph.end
                node.headed = True
                return True
            self.headless = ROOT
        marked = paragraph.level is not None
        if not (capitals or marked) or _RESOLVES.match(words) or len(words) > 300:
            return False
        top = self.outline.top()
        if (
            capitals
            and top is not None
            and not top.children
            and top.end == paragraph.start - 1
            and top.end - top.body < _LONG
            and (self.text.clean[top.body : top.first_end].isupper() and not self.trailing)
        ):
            top.end = top.first_end = paragraph.end
            return True
        if not heading_roles(words) and not (marked and self.outline.nodes):
            return False
        self.outline.place(Label("¶H", 0, "¶", "", 0), bold=True)
        node = Draft(
            "¶H",
            0,
            "¶",
            "",
            "heading",
            ROOT,
            paragraph.start,
            paragraph.end,
            paragraph.start,
            paragraph.end,
            paragraph.page,
        )
        node.headed = True
        self.outline.add(node)
        self.trailing = []
        return True

    def _unnumbered(self, paragraph: Paragraph, words: str) -> None:
        outline = self.outline
        if not outline.nodes:
            if self.preamble[1] == 0:
                self.preamble[0] = paragraph.start
            self.preamble[1] = paragraph.end
            return
        while (top := outline.top()) is not None and top.kind == "bullet" and not top.colon:
            outline.stack.pop()
        if top is not None and not top.headed and not top.children and top.kind != "bullet":
            closes = paragraph.start >= self.tail and _CLOSING.match(words)
            if not self.trailing and not closes:
                top.end = paragraph.end
                return
        if top is not None and words[0].islower() and not top.children and self._unfinished(top):
            top.end = top.first_end = paragraph.end
            top.headed, top.colon = _is_heading(self.text.clean[top.body : top.end], top.bold), words.endswith(":")
            return
        self._add_paragraph(paragraph, words)

    def _unfinished(self, node: Draft) -> bool:
        """A sentence that stops without a stop goes on in the next paragraph, if that begins with a small letter."""
        return node.body < node.end < node.body + _LONG and self.text.clean[node.end - 1] not in ".:;"

    def _add_paragraph(self, paragraph: Paragraph, words: str) -> None:
        node = Draft(
            "¶",
            0,
            "¶",
            "",
            "paragraph",
            ROOT,
            paragraph.start,
            paragraph.end,
            paragraph.start,
            paragraph.end,
            paragraph.page,
        )
        node.headed, node.colon = False, words.endswith(":")
        self.trailing.append(self.outline.add(node, opens=False))

    # -- attachments, tables, the end ------------------------------------------------------------------------------

    def _attachment(self, at: int) -> int:
        self._close_body()
        one = self.body.attachments[at]
        first, last = self.text.paragraphs[at], self.text.paragraphs[one.stop - 1]
        found = type_words().match(self.text.clean, first.start)
        body = found.end() if found else first.end
        words = self.text.words(first.start, body)
        style = "attachment" if found else "appendix"
        self.outline.place(Label(style, 1, words, words, len(words)), bold=True)
        first_end = max(body, self.text.paragraphs[one.titled - 1].end)
        while body < first_end and self.text.clean[body] in " :\n":
            body += 1
        node = Draft(style, 1, words, words, "appendix", ROOT, first.start, last.end, body, first_end, first.page)
        self.outline.add(node)
        self.trailing = []
        return one.stop

    def _table(self, table: Table) -> None:
        outline = self.outline
        while (top := outline.top()) is not None and (top.kind == "bullet" or not (top.headed or top.children)):
            outline.stack.pop()
        self.headless = ROOT
        for node, opens in read_row_nodes(self.text, table):
            if node.style == "row+":  # goes on with the row above
                before = outline.nodes[-1]
                before.end, before.cells = node.end, before.cells + node.cells
                continue
            while (top := outline.top()) is not None and top.style == "row" and (top.level or 0) >= (node.level or 0):
                outline.stack.pop()
            outline.add(node, opens=opens)
        while (top := outline.top()) is not None and top.style == "row":
            outline.stack.pop()
        self.trailing = []

    def _close_body(self) -> None:
        """Hang a closing paragraph addressed to everyone on the last chapter."""
        outline, trailing = self.outline, self.trailing
        self.trailing = []
        top = outline.top()
        merged: list[int] = []
        if top is None:
            return
        first = next((i for i in trailing if _CLOSING.match(self._clean(i))), None)
        if first is not None:
            chapter = self._chapter()
            for index in trailing[trailing.index(first) :]:
                node = outline.nodes[index]
                if node.parent != ROOT:
                    outline.nodes[node.parent].children -= 1
                node.parent = chapter
                if chapter != ROOT:
                    outline.nodes[chapter].children += 1
        outline.stack = [i for i in outline.stack if outline.nodes[i].style == "attachment"]
        del merged

    def _clean(self, index: int) -> str:
        node = self.outline.nodes[index]
        return self.text.clean[node.start : node.end]

    def _chapter(self) -> int:
        """Return the last node of the highest numbering, below Phần, Chương and the like."""
        nodes = self.outline.nodes
        for index in self.outline.stack:
            if nodes[index].style not in _GREAT_HEADS:
                return index if nodes[index].headed or nodes[index].children else nodes[index].parent
        return self.outline.stack[0] if self.outline.stack else ROOT


def _after_last_label(text: Text, body: Body) -> int:
    """Return where the last labelled paragraph of the main body ends: what follows may close the document."""
    for at in range(min(body.end, len(text.paragraphs)) - 1, body.first - 1, -1):
        paragraph = text.paragraphs[at]
        if paragraph.kind == "paragraph" and read_label(text.clean[paragraph.start : paragraph.end]) is not None:
            return paragraph.end
    return 0


def _is_label(words: str, label: Label) -> bool:
    """What follows a label is a word or nothing; ``1. 250`` and ``- 15%`` after a table are left to the outline."""
    return bool(words[label.size :].strip()) or label.style in _GREAT_HEADS or label.style == "article"


def _is_heading(rest: str, bold: int) -> bool:
    """Return whether the words after a label are a heading: without a stop at their end, bold, in capitals or short."""
    rest = rest.strip()
    if not rest or rest.isupper() or bold >= len(rest) or rest[-1] not in ".;,":
        return True
    return rest.count(" ") < _SHORT and rest[-1] == "."


def read_sections(
    text: Text, body: Body, *, default: Role | None = None
) -> tuple[list[Section], tuple[int, int], list[Problem]]:
    """Return the section nodes, the preamble, and what was not understood.

    ``default`` is the role of what has none: all that a directive, or the notice of a conclusion, says is to be done.
    """
    walk = _Walk(text, body)
    walk.run()
    nodes = walk.outline.nodes
    for node in nodes:
        node.last = node.end
    for node in reversed(nodes):
        if node.parent != ROOT:
            nodes[node.parent].last = max(nodes[node.parent].last, node.last)
    paths = write_paths(nodes)
    sections: list[Section] = []
    passed: list[Role | None] = []
    matched = replace(text, printed=text.clean)  # what decides about roles, with misread marks put right
    for index, node in enumerate(nodes):
        heading = _heading(text, node)
        above = passed[node.parent] if node.parent != ROOT else default
        role, down = _role(node, _heading(matched, node), above, nodes)
        passed.append(down)
        sections.append(
            Section(
                paths[index], text.words(node.start, node.start + len(node.printed)), heading, role,
                "row" if node.style == "row" else node.kind, node.parent if node.parent != ROOT else None,
                node.start, node.end,
                text.span(node.start, node.last), node.page, node.children == 0, node.cells,
            )
        )  # fmt: skip
    return sections, (walk.preamble[0], walk.preamble[1]), walk.problems


def _role(node: Draft, heading: str, above: Role | None, nodes: list[Draft]) -> tuple[Role | None, Role | None]:
    if node.kind == "appendix":
        return ("appendix", "appendix") if node.style == "appendix" else (None, None)
    if node.kind in ("bullet", "paragraph") and not (node.children or node.colon):
        return above, above
    if node.style == "row":
        return (node_role := _row_role(node, above)), node_role
    chapter = node.parent == ROOT or nodes[node.parent].style in _GREAT_HEADS or nodes[node.parent].style == "article"
    top = node.parent == ROOT or heading.isupper()
    leaf = node.children == 0
    return section_role(heading, above, top=top, chapter=chapter, sentence=leaf and not node.headed, leaf=leaf)


def _row_role(node: Draft, above: Role | None) -> Role | None:
    columns = {name for name, _, _ in node.cells}
    if "target" in columns and above in (None, "appendix"):
        return "objectives"
    if columns & {"lead", "coordinating", "deadline", "task"} and above in (None, "appendix"):
        return "tasks" if columns & {"task", "lead"} else above
    return above


def _heading(text: Text, node: Draft) -> str:
    whole = text.words(node.body, max(node.body, node.first_end)).replace("\n", " ")
    if node.kind == "paragraph":
        return ""
    if node.children or node.kind == "row" or whole.isupper():
        return whole
    words = whole.split()
    if 0 < node.bold < len(whole):
        run = whole[: node.bold].strip()
        if run and (len(run.split()) <= _LEAF_WORDS or run.endswith(":")):
            return run
    if node.headed and not _runs_on(whole):
        return whole
    return " ".join(words[:_LEAF_WORDS])


def _runs_on(whole: str) -> bool:
    return len(whole.split()) > _LEAF_WORDS and (whole[-1] in ".;," or ": " in whole)
