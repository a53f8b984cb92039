"""Which part of an HTML page is the document: the one that holds its words, without menus, counters and other news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from vnplan.read.html_seen import is_hidden
from vnplan.read.lists import any_of
from vnplan.read.notes import address_key
from vnplan.read.portal import find_tables, is_related_heading, lines_of

NO_TEXT: Final = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "head", "nav", "footer",
    "aside", "button", "select", "option", "input", "textarea", "audio", "video", "map",
})  # fmt: skip
BLOCKS: Final = frozenset({
    "html", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td",
    "th", "tbody", "thead", "tfoot", "caption", "section", "article", "main", "header", "body", "blockquote", "pre",
    "center", "address", "form", "figure", "figcaption", "hr", "fieldset", "details", "summary",
})  # fmt: skip
LINKS: Final = "a[href], iframe[src], embed[src], object[data]"
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
# yes: Độc lập - Tự do - Hạnh phúc
# yes: Nơi nhận:
# yes: KT. CHỦ TỊCH
# no:  Lượt xem: 22
_LETTERHEAD: Final = re.compile(
    r"Hạnh phúc|Hạnh Phúc|Nơi nhận|[Ss]ố\s{0,3}:|SỐ\s{0,3}:|PHỤ LỤC|Phụ lục"
    r"|\b(?:KT|TM|TL|TUQ)\.|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|CHƯƠNG TRÌNH|THÔNG BÁO|BÁO CÁO|Kính gửi"
)
# yes: MsoFootnoteText
# yes: footnotes
# no:  MsoFootnoteReference
_NOTE_TEXT: Final = re.compile(r"(?:foot|end)note-?text|\b(?:foot|end)notes?\b", re.IGNORECASE)
_FEW_NODES: Final = 40
_LONG: Final = 120  # characters
_SENTENCE: Final = 50
_EFFORT: Final = 30_000_000  # characters to look through for a passage that the main part repeats
_SHARE: Final = 0.8  # a part that holds so much of the words around it is the main part


def children_of(node: Any) -> Iterator[Any]:
    """Yield the children of a node, text among them."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def ancestors_of(node: Any) -> Iterator[Any]:
    """Yield the elements around a node, the nearest first."""
    while (node := node.parent) is not None and (node.tag or "-")[:1] not in "-!_":
        yield node


def note_of(node: Any, around: str | None) -> str | None:
    """Return the footnote whose text an element is: by its name, or that of the element around it."""
    name = node.attributes.get("id") or ""
    if (key := address_key(name)) and not name.lower().lstrip("_").startswith("note"):
        return key
    known = around is not None or _NOTE_TEXT.search(f"{name} {node.attributes.get('class') or ''}")
    return (around or "") if known else None


def innermost_of(node: Any) -> Iterator[Any]:
    """Yield the block elements below a node that hold no others."""
    stack = [node]
    while stack:
        at = stack.pop()
        inner = [child for child in children_of(at) if child.tag in BLOCKS]
        if inner:
            stack.extend(reversed(inner))
        else:
            yield at


def first_words(node: Any) -> str:
    """Return the words of the first line of an element that has any; looks at few nodes."""
    stack = [node]
    for _ in range(_FEW_NODES):
        if not stack:
            break
        at = stack.pop()
        if at.tag == "-text":
            if (words := (at.text_content or "").strip()) != "":
                return words
        else:
            child = at.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return ""


class Page:
    """The tree of a page with the weight of every element: characters of text, and those of links among them."""

    def __init__(self, body: Any) -> None:
        self.weights: dict[int, tuple[int, int]] = {}
        self.depth = 0
        self._effort = _EFFORT
        self._furniture: dict[int, bool] = {}
        order: list[tuple[Any, bool, int]] = []
        stack = [(body, False, -1, 1)]
        while stack:
            node, link, parent, depth = stack.pop()
            self.depth = max(self.depth, depth)
            order.append((node, link or node.tag == "a", parent))
            if node.tag not in NO_TEXT and (node.tag or "-")[:1] not in "-!_" and not is_hidden(node):
                here = len(order) - 1
                stack.extend((child, link or node.tag == "a", here, depth + 1) for child in children_of(node))
        self.tables = find_tables(order, BLOCKS)
        sums = [(0, 0)] * len(order)
        for index in range(len(order) - 1, -1, -1):  # children stand behind their parents
            node, link, parent = order[index]
            words, linked = sums[index]
            if node.tag == "-text":
                words = len((node.text_content or "").strip())
                linked = words if link else 0
            else:
                self.weights[node.mem_id] = words, linked
            if parent >= 0:
                sums[parent] = sums[parent][0] + words, sums[parent][1] + linked

    def length(self, node: Any) -> int:
        """Return how many characters of text an element holds."""
        return self.weights.get(node.mem_id, (0, 0))[0]

    def plain(self, node: Any) -> int:
        """Return how many characters of text an element holds that are no links."""
        words, linked = self.weights.get(node.mem_id, (0, 0))
        return words - linked

    def is_linked(self, node: Any) -> bool:
        """Tell whether an element is mostly links."""
        words, linked = self.weights.get(node.mem_id, (0, 0))
        return linked * 2 > words

    def is_furniture(self, node: Any) -> bool:
        """Tell whether an element is a menu, a counter, other news, or a table of attributes."""
        known = self._furniture.get(node.mem_id)
        if known is None:
            known = self._furniture[node.mem_id] = self._is_furniture(node)
        return known

    def _is_furniture(self, node: Any) -> bool:
        if node.mem_id in self.tables:
            return True
        words, linked = self.weights.get(node.mem_id, (0, 0))
        if node.tag in ("td", "th") and 0 < words == linked and len(node.css("a")) > 1:
            return True  # a menu: a cell of a table of figures is not asked
        if node.tag in BLOCKS and linked * 2 > words and is_related_heading(first_words(node)):
            return True
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if not names.strip() or not any_of("furniture").search(names):
            return False
        return linked > words * 0.3 or words < 600

    def is_around(self, node: Any) -> bool:
        """Tell whether an element stands in a menu, in the foot of the page, among other news."""
        return any(
            above.tag in NO_TEXT or (above.mem_id not in self.tables and self.is_furniture(above))
            for above in ancestors_of(node)
        )

    def attributes_of(self, body: Any) -> Iterator[list[str]]:
        """Yield the lines of each table of attributes."""
        stack = [body]
        while stack:
            at = stack.pop()
            if at.mem_id in self.tables:
                yield [line for inner in innermost_of(at) for line in lines_of(inner)]
            elif at.tag != "-text":
                stack.extend(reversed([child for child in children_of(at) if child.tag in BLOCKS]))

    def find_main(self, body: Any) -> Any:
        """Return the smallest part of the page that holds most of its words that are no links."""
        node = body
        while True:
            total = self.plain(node)
            best, most = None, 0
            for child in children_of(node):
                if child.tag not in BLOCKS or is_hidden(child):
                    continue
                size = self.plain(child)
                if self.is_furniture(child):
                    total -= size
                elif size > most:
                    best, most = child, size
            if best is None or most < max(1, total) * _SHARE or best.tag in ("p", "li", "tr", "ul", "ol", *HEADINGS):
                return node
            if (best.tag == "table" and not is_layout(best)) or self._has_more(node, best):
                return node
            node = best

    def _has_more(self, node: Any, best: Any) -> bool:
        """Tell whether words beside the main part may be the document's: a letterhead, a signature, a sentence.

        What the main part says too (a table of contents) is none of it.
        """
        inside = ""
        for child in children_of(node):
            if child.mem_id == best.mem_id or child.tag in NO_TEXT:
                continue
            if note_of(child, None) is not None and self.plain(child):
                return True
            for words in self._passages(child):
                if not _may_belong(words):
                    continue
                inside = inside or _squeeze(best.text(deep=True))
                self._effort -= len(inside)
                if self._effort < 0 or _squeeze(words) not in inside:
                    return True
        return False

    def _passages(self, node: Any) -> Iterator[str]:
        """Yield the words of the innermost block elements below ``node`` that are neither links nor hidden."""
        stack = [node]
        while stack:
            at = stack.pop()
            if at.tag == "-text":
                yield at.text_content or ""
            elif at.tag not in NO_TEXT and (at.tag or "-")[:1] not in "-!_" and at.tag != "a":
                if at.tag in HEADINGS or is_hidden(at) or self.is_furniture(at):
                    continue  # a heading beside the main part is the title of the page
                if any(child.tag in BLOCKS for child in children_of(at)):
                    stack.extend(children_of(at))
                elif self.plain(at):
                    yield at.text(deep=True)


def has_letterhead(words: str) -> bool:
    """Tell whether words may be of a document's letterhead, title or foot."""
    return _LETTERHEAD.search(words) is not None


def _may_belong(words: str) -> bool:
    """Tell whether a passage beside the main part may be the document's: long, a sentence, or of a letterhead."""
    if len(words) > _LONG or _LETTERHEAD.search(words):
        return True
    words = words.strip()
    return len(words) > _SENTENCE and words[-1] in ".;:" and not any_of("page_feet").search(words)


def _squeeze(words: str) -> str:
    return "".join(words.split())


def is_layout(table: Any) -> bool:
    """Return whether a table only places things on the page: it holds another, one column, or pages of text."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return True
    cells = table.css("td, th")
    return (len(cells) <= 2 and any(len(cell.text(deep=True)) > 1500 for cell in cells)) or len(cells) == 1
