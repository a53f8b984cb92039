"""HTML pages: the document out of menus, counters and other news; lists and tables as a reader sees them.

Nothing is fetched and no script runs. The tree is walked with an explicit stack; a page that is nested deeper than the
limit fails, because parsers that cut it off would do so in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from vnplan.errors import ReadError
from vnplan.model import BlockKind, Cell, Problem, Source
from vnplan.read.build import Origin, SourceBuilder, split_breaks
from vnplan.read.lists import any_of
from vnplan.read.plaintext import decode

_NO_TEXT: Final = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "head", "nav", "footer",
    "aside", "button", "select", "option", "input", "textarea", "audio", "video", "map",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "html", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td",
    "th", "tbody", "thead", "tfoot", "caption", "section", "article", "main", "header", "body", "blockquote", "pre",
    "center", "address", "form", "figure", "figcaption", "hr", "fieldset", "details", "summary",
})  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_HIDDEN: Final = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.I
)
_BOLD_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.I)
_PLAIN_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:normal|[1-4]00)", re.I)
_CENTRED: Final = re.compile(r"text-align\s{0,3}:\s{0,3}center", re.I)
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]{1,10000}")
# yes: 1. / a) / - / Điều 3 / III.
_LABELLED: Final = re.compile(r"\s*(?:[0-9IVXLC]{1,7}[.)]|[a-zđ][.)]|[-+*•]|Điều[ ][0-9])")
# yes: Số: 12/KH-UBND
# no:  Lỗi số 404
_NUMBERED: Final = re.compile(r"số\s{0,3}:?\s{0,3}[0-9.]{0,9}\s{0,3}/[^\W\d]", re.IGNORECASE)
# yes: #_ftn1
# yes: #_ftnref2
# no:  #top
_NOTE_LINK: Final = re.compile(r"#_?(?:ftn|edn|footnote|note)(?:ref)?[0-9_-]{0,6}", re.IGNORECASE)
# yes: ftn1
# yes: MsoFootnoteText
# no:  MsoFootnoteReference
_NOTE_TEXT: Final = re.compile(r"\b(?:ftn|edn)[0-9]|(?:foot|end)note-?text", re.IGNORECASE)
# yes: [1]
# yes: 12
# no:  2019
_NOTE_MARK: Final = re.compile(r"[\[(]?[0-9]{1,3}[\])]?")
# yes: 100 m
# yes: 5 km
# no:  dân số
_UNIT: Final = re.compile(r"(?:^|[0-9 /])(?:[kcdm]?m|10)$")
# yes: Độc lập - Tự do - Hạnh phúc
# yes: Nơi nhận:
# yes: KT. CHỦ TỊCH
# no:  Lượt xem: 22
_LETTERHEAD: Final = re.compile(
    r"Hạnh phúc|Hạnh Phúc|Nơi nhận|[Ss]ố\s{0,3}:|SỐ\s{0,3}:|PHỤ LỤC|Phụ lục"
    r"|\b(?:KT|TM|TL|TUQ)\.|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|CHƯƠNG TRÌNH|THÔNG BÁO|BÁO CÁO|Kính gửi"
)
_SENTENCE: Final = 120  # characters
_SHARE: Final = 0.8  # a part that holds so much of the words around it is the main part
_SHORT: Final = 400  # letters; less may be an error page


def read_html(origin: Origin) -> Source:
    """Return the document on an HTML page.

    Raises :class:`ReadError`: ``too-deep``, ``not-a-plan`` for an error or log-in page, ``no-text``, ``encoding``.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, problems = _decode_page(origin)
    if text.count("<") > origin.limits.xml_elements * 4:
        raise origin.fail("too-big-inside", f"the page holds more than {origin.limits.xml_elements * 4:,} tags")
    _check_depth(origin, text)
    tree = LexborHTMLParser(text)
    builder = SourceBuilder(origin, list(problems))
    title = tree.css_first("title")
    body = tree.body
    if body is not None:
        page = _Page(body)
        writer = _Writer(builder, page)
        writer.write(page.find_main(body))
        if writer.hidden:
            builder.add_problem("hidden-text", f"{writer.hidden} characters that the page hides were left out")
    letters = sum(map(str.isalpha, builder.text))
    said = f"{title.text(deep=True) if title is not None else ''}\n{builder.text}"
    if letters == 0 or (letters < _SHORT and any_of("error_pages").search(said) and not _NUMBERED.search(said)):
        what = "the page holds no document (an error, log-in or empty page?); download the document itself"
        raise origin.fail("not-a-plan" if letters else "no-text", what)
    return builder.build("text/html", "html", title=title.text(deep=True) if title is not None else None)


def _decode_page(origin: Origin) -> tuple[str, list[Problem]]:
    """Return the characters of a page; what it says of its encoding counts only where the bytes do not tell."""
    declared = _CHARSET.search(origin.data, 0, 8192)
    said = declared[1].decode("ascii").lower() if declared else ""
    try:
        text, problems = decode(origin)
    except ReadError as error:
        if error.code != "encoding":
            raise
        codec = _ONE_BYTE.get(said, "windows-1258")
        text = origin.data.decode(codec, "replace")
        return text, [Problem(f"converted:{codec}", f"the page was read as {codec}")]
    if said in _ONE_BYTE and not problems and not text.isascii():
        problems = [Problem("charset", f"the page says that it is {said}, and is UTF-8; it was read as UTF-8")]
    return text, problems


# yes: <meta charset="windows-1258">
# yes: <meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">
# no:  <meta name="viewport">
_CHARSET: Final = re.compile(rb"<meta[^<>]{0,300}charset[ ]{0,3}=[ \"']{0,3}([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_ONE_BYTE: Final = {
    "windows-1258": "windows-1258",
    "windows-1252": "windows-1252",
    "iso-8859-1": "windows-1252",  # as browsers read it
    "us-ascii": "windows-1252",
}
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


class _Page:
    """The tree of a page with the weight of every element: characters of text, and those of links among them."""

    def __init__(self, body: Any) -> None:
        self.weights: dict[int, tuple[int, int]] = {}
        order: list[tuple[Any, bool, int]] = []
        stack = [(body, False, -1)]
        while stack:
            node, link, parent = stack.pop()
            order.append((node, link or node.tag == "a", parent))
            if node.tag not in _NO_TEXT and (node.tag or "-")[:1] not in "-!_" and not _is_hidden(node):
                here = len(order) - 1
                stack.extend((child, link or node.tag == "a", here) for child in _children(node))
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

    def plain(self, node: Any) -> int:
        """Return how many characters of text an element holds that are no links."""
        words, linked = self.weights.get(node.mem_id, (0, 0))
        return words - linked

    def is_furniture(self, node: Any) -> bool:
        """Tell whether an element is a menu, a counter, other news: by its name, and by its links or its length."""
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if not names.strip() or not any_of("furniture").search(names):
            return False
        words, linked = self.weights.get(node.mem_id, (0, 0))
        return linked > words * 0.3 or words < 600

    def find_main(self, body: Any) -> Any:
        """Return the smallest part of the page that holds most of its words that are no links."""
        node = body
        while True:
            total = self.plain(node)
            best, most = None, 0
            for child in _children(node):
                if child.tag not in _BLOCKS or _is_hidden(child):
                    continue
                size = self.plain(child)
                if self.is_furniture(child):
                    total -= size
                elif size > most:
                    best, most = child, size
            if best is None or most < max(1, total) * _SHARE or best.tag in ("p", "li", "tr", "ul", "ol", *_HEADINGS):
                return node
            if (best.tag == "table" and not _is_layout(best)) or self._has_more(node, best):
                return node
            node = best

    def _has_more(self, node: Any, best: Any) -> bool:
        """Tell whether words beside the main part may be the document's: a letterhead, a signature, a sentence."""
        for child in _children(node):
            if child.mem_id == best.mem_id or child.tag in _NO_TEXT or (child.tag or "-")[:1] in "!_":
                continue
            if child.tag != "-text" and (_is_hidden(child) or self.is_furniture(child)):
                continue
            words = (child.text_content or "") if child.tag == "-text" else child.text(deep=True)
            plain = len(words.strip()) if child.tag == "-text" else self.plain(child)
            if plain > _SENTENCE or (plain and _LETTERHEAD.search(words)):
                return True
        return False


def _is_layout(table: Any) -> bool:
    """Return whether a table only places things on the page: it holds another, one column, or pages of text."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
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
    note: bool = False  # inside the text of a footnote


class _Writer:
    """Walks a part of the page and writes its blocks."""

    def __init__(self, builder: SourceBuilder, page: _Page) -> None:
        self.builder, self.page = builder, page
        self.line = _Line()
        self.hidden = 0
        self.tables = 0

    def write(self, root: Any) -> None:
        """Write the blocks of ``root`` in reading order."""
        self._walk(_Frame(_children(root), root.tag or "", False, False, None, None))

    def _walk(self, outermost: _Frame) -> None:
        stack = [outermost]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                if frame.tag in _BLOCKS:
                    self._flush(frame)
                stack.pop()
            elif child.tag == "-text":
                self._text(child.text_content or "", frame)
            elif child.tag in ("sup", "a") and self._is_note_mark(child):
                continue
            elif child.tag == "br":
                self.line.pieces.append("\n")
                self.line.size += 1
            elif (inner := self._enter(child, frame)) is not None:
                stack.append(inner)
        self._flush(outermost)

    def _enter(self, node: Any, frame: _Frame) -> _Frame | None:
        """Return the frame of an element that has text, or None for one that is left out or written at once."""
        tag = node.tag or ""
        if tag in _NO_TEXT or tag[:1] in ("-", "!", "_") or self.page.is_furniture(node):
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
        names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
        inner.note = frame.note or bool(_NOTE_TEXT.search(names))
        if tag in ("ul", "ol"):
            inner.order = [_start(node)] if tag == "ol" else None
            inner.shape = node.attributes.get("type") or "1"
        elif tag == "li":
            self.line.prefix = "- " if frame.order is None else _numbered(frame.order[0], frame.shape)
            if frame.order is not None:
                frame.order[0] += 1
        return inner

    def _is_note_mark(self, node: Any) -> bool:
        """Tell whether an element only refers to a footnote; such marks are no words of the sentence."""
        words = node.text(deep=True).strip()
        if node.tag == "a":
            target = node.attributes.get("href") or ""
            return bool(_NOTE_LINK.search(target)) and bool(_NOTE_MARK.fullmatch(words))
        if not _NOTE_MARK.fullmatch(words):
            return False
        before = "".join(self.line.pieces[-2:])
        return bool(before.strip()) and not _UNIT.search(before[-6:])

    def _text(self, words: str, frame: _Frame) -> None:
        line = self.line
        words = words if frame.tag == "pre" else _SPACE.sub(" ", words)
        if not line.size or line.pieces[-1].endswith((" ", "\n")):
            words = words.lstrip(" ")
        if not words:
            return
        line.pieces.append(words)
        line.size += len(words)
        if line.all_bold and (frame.bold or not words.strip()):
            line.bold = line.size
        elif words.strip():
            line.all_bold = False

    def _flush(self, frame: _Frame) -> None:
        """Write the paragraph that was collected, or those that line breaks divide it into."""
        line = self.line
        words = "".join(line.pieces)
        self.line = _Line()
        if not words.strip():
            self.line.prefix = line.prefix
            return
        kind: BlockKind = "footnote" if frame.note else "cell" if frame.cell else "paragraph"
        for number, (part, bold) in enumerate(split_breaks(words, line.bold, centred=frame.centred)):
            prefix = "" if number or _LABELLED.match(part) else line.prefix
            part = part.rstrip(" ")
            self.builder.add(
                prefix + part,
                kind,
                cell=frame.cell,
                bold=min(bold, len(part)) + len(prefix) if bold else 0,
                centred=frame.centred,
                level=frame.level,
            )

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
                inner = _Writer(self.builder, self.page)
                inner.tables = self.tables
                inner.cell(node, cell, frame.bold or node.tag == "th")
                self.hidden += inner.hidden
                self.tables = inner.tables
                column += columns

    def cell(self, node: Any, cell: Cell, bold: bool) -> None:
        """Write the paragraphs of one cell."""
        style = node.attributes.get("style") or ""
        centred = node.attributes.get("align") == "center" or bool(_CENTRED.search(style))
        self._walk(_Frame(_children(node), "td", bold, centred, None, cell))


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
