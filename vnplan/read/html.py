"""HTML pages: the document out of menus, counters and other news; lists and tables as a reader sees them.

Nothing is fetched and no script runs. The tree is walked with an explicit stack; a page that is nested deeper than the
limit fails, because parsers that cut it off would do so in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from vnplan.model import BlockKind, Cell, Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.plaintext import decode

_NO_TEXT: Final = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "head", "nav", "footer",
    "aside", "form", "button", "select", "option", "input", "textarea", "audio", "video", "map",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "html", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td",
    "th", "tbody", "thead", "tfoot", "caption", "section", "article", "main", "header", "body", "blockquote", "pre",
    "center", "address", "figure", "figcaption", "hr", "fieldset", "details", "summary",
})  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
# yes: main-menu / breadcrumb / tin-lien-quan / sidebar-right / counter
# no:  content
_FURNITURE: Final = re.compile(
    r"menu|navbar|breadcrumb|sidebar|related|relate-|lien-?quan|tin-?khac|counter|thong-?ke|statistic|share|comment|login"
    r"|banner|advert|quang-?cao|footer|copyright|pagination|toolbar|rating",
    re.I,
)
_HIDDEN: Final = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.I
)
_BOLD_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.I)
_PLAIN_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:normal|[1-4]00)", re.I)
_CENTRED: Final = re.compile(r"text-align\s{0,3}:\s{0,3}center", re.I)
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]{1,10000}")
# yes: 1. / a) / - / Điều 3 / III.
_LABELLED: Final = re.compile(r"\s*(?:[0-9IVXLC]{1,7}[.)]|[a-zđ][.)]|[-+*•]|Điều[ ][0-9])")
# What stands in a document, and on no error page.
_DOCUMENT: Final = re.compile(
    r"số\s{0,3}:?\s{0,3}[0-9.]{1,9}\s{0,3}/|kế hoạch|quyết định|nghị quyết|chỉ thị|công văn|chương trình|thông báo"
    r"|báo cáo",
    re.I,
)
_ERROR_PAGE: Final = re.compile(
    r"404|403|not found|không tìm thấy|không tồn tại|captcha|đăng nhập|access denied|forbidden|lỗi", re.I
)
_SHARE: Final = 0.8  # a part that holds so much of the words around it is the main part
_SHORT: Final = 400  # letters; less may be an error page


def read_html(origin: Origin) -> Source:
    """Return the document on an HTML page.

    Raises :class:`ReadError`: ``too-deep``, ``not-a-plan`` for an error or log-in page, ``no-text``, ``encoding``.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, problems = decode(origin)
    if text.count("<") > origin.limits.xml_elements * 4:
        raise origin.fail("too-big-inside", f"the page holds more than {origin.limits.xml_elements * 4:,} tags")
    _check_depth(origin, text)
    tree = LexborHTMLParser(text)
    builder = SourceBuilder(origin, list(problems))
    title = tree.css_first("title")
    body = tree.body
    if body is not None:
        writer = _Writer(builder)
        writer.write(_main_part(body))
        if writer.hidden:
            builder.add_problem("hidden-text", f"{writer.hidden} characters that the page hides were left out")
    letters = sum(map(str.isalpha, builder.text))
    if letters < _SHORT and (_ERROR_PAGE.search(builder.text) or not _DOCUMENT.search(builder.text)):
        what = "the page holds no document (an error, log-in or empty page?); download the document itself"
        raise origin.fail("not-a-plan" if letters else "no-text", what)
    return builder.build("text/html", "html", title=title.text(deep=True) if title is not None else None)


_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_VOID: Final = frozenset({
    "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "p", "li",
    "option", "td", "tr", "th", "dt", "dd",
})  # fmt: skip


def _check_depth(origin: Origin, text: str) -> None:
    """Fail on a page whose tags are nested deeper than the limit, by counting the tags that must be closed."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > origin.limits.html_depth:
            what = f"the page is nested deeper than {origin.limits.html_depth:,} elements; save it as text or PDF"
            raise origin.fail("too-deep", what)


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_furniture(node: Any) -> bool:
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not names.strip() or not _FURNITURE.search(names):
        return False
    words, linked = _weigh(node)
    return linked > words * 0.3 or words < 600


def _weigh(node: Any) -> tuple[int, int]:
    """Return how many characters of text ``node`` holds, and how many of them are links."""
    words = linked = 0
    stack = [(node, node.tag == "a")]
    while stack:
        at, link = stack.pop()
        if at.tag == "-text":
            size = len((at.text_content or "").strip())
            words += size
            linked += size if link else 0
        elif at.tag not in _NO_TEXT and not (at.tag != "-text" and at.tag[:1] != "-" and _is_hidden(at)):
            stack.extend((child, link or at.tag == "a") for child in _children(at))
    return words, linked


def _main_part(body: Any) -> Any:
    """Return the smallest part of the page that holds most of its words that are no links."""
    node = body
    for _ in range(200):
        total = max(1, _plain(node))
        best, most = None, 0
        for child in _children(node):
            if child.tag in _NO_TEXT or child.tag[:1] == "-" or child.tag not in _BLOCKS or _is_hidden(child):
                continue
            if _is_furniture(child):
                total -= _plain(child)
                continue
            if (size := _plain(child)) > most:
                best, most = child, size
        if best is None or most < max(1, total) * _SHARE or best.tag in ("p", "li", "tr", "ul", "ol", *_HEADINGS):
            return node
        if best.tag == "table" and not _is_layout(best):
            return node
        node = best
    return node


def _plain(node: Any) -> int:
    words, linked = _weigh(node)
    return words - linked


def _is_layout(table: Any) -> bool:
    """Return whether a table only places things on the page: it holds another, one column, or pages of text."""
    if table.css_first("td table, th table") is not None:
        return True
    cells = table.css("td, th")
    return (len(cells) <= 2 and any(len(cell.text(deep=True)) > 1500 for cell in cells)) or len(cells) == 1


@dataclass(slots=True)
class _Line:
    """The words that are being collected, and how they are set."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    bold: int = 0
    all_bold: bool = True
    prefix: str = ""
    broken: bool = False  # a line break stands before or behind it


@dataclass(slots=True)
class _Frame:
    """One element on the way down, and what holds inside it."""

    children: Iterator[Any]
    tag: str
    bold: bool
    centred: bool
    level: int | None
    cell: Cell | None
    order: list[int] | None = None  # of a numbered list: the next number
    shape: str = "1"


class _Writer:
    """Walks a part of the page and writes its blocks."""

    def __init__(self, builder: SourceBuilder) -> None:
        self.builder = builder
        self.line = _Line()
        self.hidden = 0
        self.tables = 0

    def write(self, root: Any) -> None:
        """Write the blocks of ``root`` in reading order."""
        stack = [_Frame(_children(root), root.tag or "", False, False, None, None)]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                if frame.tag in _BLOCKS:
                    self._flush(frame)
                stack.pop()
            elif child.tag == "-text":
                self._text(child.text_content or "", frame)
            elif child.tag == "br":
                self._flush(frame, broken=True)
            elif (inner := self._enter(child, frame)) is not None:
                stack.append(inner)

    def _enter(self, node: Any, frame: _Frame) -> _Frame | None:
        """Return the frame of an element that has text, or None for one that is left out or written at once."""
        tag = node.tag or ""
        if tag in _NO_TEXT or tag[:1] in ("-", "!", "_") or _is_furniture(node):
            return None
        if _is_hidden(node):
            self.hidden += len(node.text(deep=True).strip())
            return None
        style = node.attributes.get("style") or ""
        bold = tag in ("b", "strong", "th") or tag in _HEADINGS or bool(_BOLD_STYLE.search(style))
        bold = (bold or frame.bold) and not _PLAIN_STYLE.search(style)
        centred = (
            frame.centred or tag == "center" or node.attributes.get("align") == "center" or bool(_CENTRED.search(style))
        )
        if tag in _BLOCKS:
            self._flush(frame)
            centred = centred if not re.search(r"text-align\s{0,3}:\s{0,3}(?:left|justify|right)", style) else False
        if tag == "table" and not _is_layout(node):
            self._table(node, frame)
            return None
        inner = _Frame(
            _children(node), tag, bold, centred, _HEADINGS.get(tag, frame.level), frame.cell, frame.order, frame.shape
        )
        if tag in ("ul", "ol"):
            inner.order = [_start(node)] if tag == "ol" else None
            inner.shape = node.attributes.get("type") or "1"
        elif tag == "li":
            self.line.prefix = "- " if frame.order is None else _numbered(frame.order[0], frame.shape)
            if frame.order is not None:
                frame.order[0] += 1
        return inner

    def _text(self, words: str, frame: _Frame) -> None:
        line = self.line
        words = words if frame.tag == "pre" else _SPACE.sub(" ", words)
        if not line.size:
            words = words.lstrip(" ")
        elif words.startswith(" ") and line.pieces[-1].endswith(" "):
            words = words[1:]
        if not words:
            return
        line.pieces.append(words)
        line.size += len(words)
        if line.all_bold and (frame.bold or not words.strip()):
            line.bold = line.size
        elif words.strip():
            line.all_bold = False

    def _flush(self, frame: _Frame, *, broken: bool = False) -> None:
        """Write the line that was collected; pieces of one paragraph around a line break may belong together."""
        line = self.line
        words = "".join(line.pieces).rstrip(" ")
        self.line = _Line(broken=broken)
        if not words.strip():
            self.line.prefix = line.prefix
            return
        prefix = "" if _LABELLED.match(words) else line.prefix
        bold = min(line.bold, len(words)) + len(prefix) if line.bold else 0
        kind: BlockKind = "cell" if frame.cell else "line" if broken or line.broken else "paragraph"
        self.builder.add(
            prefix + words, kind, cell=frame.cell, bold=bold, centred=frame.centred, level=frame.level
        )  # fmt: skip

    def _table(self, table: Any, frame: _Frame) -> None:
        """Write the cells of a table, row by row, at their places in the grid."""
        number, self.tables = self.tables, self.tables + 1
        taken: dict[tuple[int, int], bool] = {}
        for row, tr in enumerate(_own_rows(table)):
            column = 0
            for node in _children(tr):
                if node.tag not in ("td", "th"):
                    continue
                while taken.pop((row, column), False):
                    column += 1
                rows, columns = _reach(node, "rowspan"), _reach(node, "colspan")
                for below in range(row + 1, row + rows):
                    for beside in range(column, column + columns):
                        taken[below, beside] = True
                cell = Cell(number, row, column, rows, columns)
                inner = _Writer(self.builder)
                inner.tables = self.tables
                inner.cell(node, cell, frame.bold or node.tag == "th")
                self.hidden += inner.hidden
                self.tables = inner.tables
                column += columns

    def cell(self, node: Any, cell: Cell, bold: bool) -> None:
        """Write the paragraphs of one cell."""
        stack = [_Frame(_children(node), "td", bold, node.attributes.get("align") == "center", None, cell)]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                if frame.tag in _BLOCKS:
                    self._flush(frame)
                stack.pop()
            elif child.tag == "-text":
                self._text(child.text_content or "", frame)
            elif child.tag == "br":
                self._flush(frame, broken=True)
            elif (inner := self._enter(child, frame)) is not None:
                stack.append(inner)


def _own_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of a table inside it."""
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in _children(child) if row.tag == "tr")


def _reach(node: Any, name: str) -> int:
    value = node.attributes.get(name) or "1"
    return max(1, min(int(value), 200)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _start(node: Any) -> int:
    value = node.attributes.get("start") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _numbered(number: int, shape: str) -> str:
    from vnplan.read.numbering import format_number

    kinds = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return format_number(number, kinds.get(shape, "decimal")) + ". "
