"""The walk over the part of an HTML page that holds the document: paragraphs, lists, tables and footnotes as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from vnplan.model import Cell
from vnplan.read.build import SourceBuilder, takes_power
from vnplan.read.grid import Grid
from vnplan.read.hidden import Hidden, report_left_out
from vnplan.read.html_page import BLOCKS, HEADINGS, NO_TEXT, Page, ancestors_of, children_of, is_layout, note_of
from vnplan.read.html_seen import SEEN, Unseen, is_hidden, is_remark, is_struck
from vnplan.read.notes import address_key, figure_key, is_mark
from vnplan.read.portal import is_related_heading, is_state, is_widget, offers_files

_BOLD_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.I)
_PLAIN_STYLE: Final = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:normal|[1-4]00)", re.I)
_CENTRED: Final = re.compile(r"text-align\s{0,3}:\s{0,3}center", re.I)
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]{1,10000}")
# yes: 1. / a) / - / Điều 3 / III.
# yes: a. / • / 12)
# no:  Sở Y tế
_LABELLED: Final = re.compile(r"\s*(?:[0-9IVXLC]{1,7}[.)]|[a-zđ][.)]|[-+*•]|Điều[ ][0-9])")
# yes: mso-list:Ignore
# yes: font:7pt; mso-list: ignore
# no:  mso-list:l0 level1 lfo1
_LIST_MARK: Final = re.compile(r"mso-list\s{0,3}:\s{0,3}ignore", re.IGNORECASE)
_BACK: Final = frozenset("↩↑^")
_LONGEST_MARK: Final = 5
_SENTENCE: Final = 120  # characters; where so much stands above the letterhead, an article does
_TITLE: Final = 3  # levels of headings that are the title of a page


@dataclass(slots=True)
class _Line:
    """The words that are being collected, and how they are set."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    bold: int = 0
    all_bold: bool = True
    prefix: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)  # of footnotes, with their places
    note: str | None = None  # the footnote that begins here
    linked: int = 0  # how much of it is links


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
    note: str | None = None  # the footnote whose text this is; "" where it does not say which
    unseen: Unseen = SEEN
    link: bool = False


class Writer:
    """Walks a part of the page and writes its blocks."""

    def __init__(self, builder: SourceBuilder, page: Page) -> None:
        self.builder, self.page = builder, page
        self.line = _Line()
        self.hidden, self.struck = Hidden(), Hidden()
        self.tables = 0
        self.heading: str | None = None  # the title of the page, where it stands above the document
        self.waits = False  # for a letterhead that is to come: headings before it are the page's
        self.lists = False  # a list of other pages is to come

    def write(self, root: Any) -> None:
        """Write the blocks of ``root`` in reading order."""
        self.waits = is_state(root.text(deep=True))
        unseen = SEEN
        for node in reversed([root, *ancestors_of(root)]):
            unseen = unseen.inside(node)
        self._walk(_Frame(children_of(root), root.tag or "", False, False, None, None, unseen=unseen))

    def report(self) -> None:
        """Record what was left out."""
        report_left_out(self.builder, self.hidden, self.struck, where="that the page hides")

    def _walk(self, outermost: _Frame) -> None:
        stack = [outermost]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                if frame.tag in BLOCKS:
                    self._flush(frame)
                stack.pop()
            elif child.tag == "-text":
                if frame.unseen.is_unseen:
                    self.hidden.add(child.text_content or "")
                else:
                    self._text(child.text_content or "", frame)
            elif child.tag in ("sup", "a") and self._take_mark(child, frame):
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
        if tag in NO_TEXT or tag[:1] in ("-", "!", "_") or self.page.is_furniture(node):
            return None
        if self.lists and tag in BLOCKS and self.page.is_linked(node) and len(node.css("a")) > 1:
            self.builder.drop_last()  # the heading of the list
            self.lists = False
            return None
        if self._is_title(node):
            return None
        if is_remark(node):
            return None
        if is_hidden(node) or is_struck(node):
            (self.hidden if is_hidden(node) else self.struck).add(node.text(deep=True))
            return None
        style = node.attributes.get("style") or ""
        if _LIST_MARK.search(style) and len(words := node.text(deep=True).strip()) == 1 and words not in "-+":
            self._text("- ", frame)  # a bullet of a font of symbols, which is a letter without it
            return None
        bold = tag in ("b", "strong", "th") or tag in HEADINGS or bool(_BOLD_STYLE.search(style))
        bold = (bold or frame.bold) and not _PLAIN_STYLE.search(style)
        centred = (
            frame.centred or tag == "center" or node.attributes.get("align") == "center" or bool(_CENTRED.search(style))
        )
        if tag in BLOCKS:
            self._flush(frame)
            centred = centred if not re.search(r"text-align\s{0,3}:\s{0,3}(?:left|justify|right)", style) else False
        if tag == "table" and not is_layout(node):
            self._table(node, frame)
            return None
        inner = _Frame(
            children_of(node), tag, bold, centred, HEADINGS.get(tag, frame.level), frame.cell, frame.order, frame.shape
        )
        inner.link = frame.link or tag == "a"
        inner.unseen = frame.unseen.inside(node)
        inner.note = frame.note if tag not in BLOCKS else note_of(node, frame.note)
        if tag in ("ul", "ol"):
            inner.order = [_start(node)] if tag == "ol" else None
            inner.shape = node.attributes.get("type") or "1"
        elif tag == "li":
            self.line.prefix = "- " if frame.order is None else _numbered(frame.order[0], frame.shape)
            if frame.order is not None:
                frame.order[0] += 1
        return inner

    def _take_mark(self, node: Any, frame: _Frame) -> bool:
        """Take the mark of a footnote, which is no word of the sentence; return whether an element is one."""
        if self.page.length(node) > _LONGEST_MARK:
            return False
        words = node.text(deep=True).strip()
        link = node if node.tag == "a" else node.css_first("a")
        address = (link.attributes.get("href") or "") if link is not None else ""
        key, begins = address_key(address), self._begins_line()
        if key and (words[:1] in _BACK or is_mark(words, linked=True)):
            if "ref" in address or "anc" in address or frame.note is not None:  # from the note back to its mark
                self.line.note = key if begins or frame.note is not None else self.line.note
            else:
                self._add_mark(key, words)
            return True
        if node.tag == "a" or not is_mark(words) or (not begins and takes_power("".join(self.line.pieces[-2:]))):
            return False
        key = figure_key(words)
        if not begins:
            self._add_mark(key, words)
        elif key in self.builder.marks.seen:
            self._flush(frame)
            self.line.note = key
        else:
            return False
        return True

    def _add_mark(self, key: str, words: str) -> None:
        self.line.marks.append((key, self.line.size))
        self.builder.marks.seen.add(figure_key(words))

    def _begins_line(self) -> bool:
        last = "".join(self.line.pieces[-2:])
        return not last.strip() or last.rstrip(" ").endswith("\n")

    def _is_title(self, node: Any) -> bool:
        """Take a heading above the letterhead for the title of the page, which is no part of the document."""
        if not self.waits or HEADINGS.get(node.tag or "", 9) > _TITLE:
            return False
        words = " ".join(node.text(deep=True).split())
        if not words or words.isupper() or is_state(words):
            return False
        self.heading = self.heading or words
        return True

    def _is_around(self, words: str, line: _Line, frame: _Frame) -> bool:
        """Tell whether a paragraph is furniture of the page: buttons, links to files, the heading of other news."""
        self.waits = self.waits and not is_state(words)
        if frame.cell is not None:
            return False
        self.lists = is_related_heading(words)
        self.waits = self.waits and len(words) < _SENTENCE
        linked = line.linked * 5 > len(words) * 2
        return is_widget(words, linked=linked) or (linked and offers_files(words))

    def _text(self, words: str, frame: _Frame) -> None:
        line = self.line
        words = words if frame.tag == "pre" else _SPACE.sub(" ", words)
        if not line.size or line.pieces[-1].endswith((" ", "\n")):
            words = words.lstrip(" ")
        if not words:
            return
        line.pieces.append(words)
        line.size += len(words)
        line.linked += len(words) if frame.link else 0
        if line.all_bold and (frame.bold or not words.strip()):
            line.bold = line.size
        elif words.strip():
            line.all_bold = False

    def _flush(self, frame: _Frame) -> None:
        """Write the paragraph that was collected, or those that line breaks divide it into."""
        line = self.line
        words, bold, note = "".join(line.pieces), line.bold, line.note if line.note is not None else frame.note
        self.line = _Line()
        if not words.strip():
            self.line.prefix = line.prefix
            return
        if self._is_around(words, line, frame):
            return
        cut = len(mark := self.builder.marks.bracketed(words)) if note is None else 0
        note = figure_key(mark) if cut else note
        head = "" if note is not None or _LABELLED.match(words) else line.prefix
        cut += 0 if not head else len(words[cut:]) - len(words[cut:].lstrip())
        moved = len(head) - cut
        self.builder.add_paragraph(
            head + words[cut:],
            "footnote" if note is not None else "cell" if frame.cell else "paragraph",
            bold=max(bold + moved, 0) if bold else 0,
            marks=[(key, place + moved) for key, place in line.marks],
            note=note,
            cell=frame.cell,
            centred=frame.centred,
            level=frame.level,
            strip=True,
        )

    def _table(self, table: Any, frame: _Frame) -> None:
        """Write the cells of a table, row by row, at their places in the grid."""
        grid, self.tables = Grid(self.tables), self.tables + 1
        for tr in _own_rows(table):
            grid.begin_row()
            for node in children_of(tr):
                if node.tag not in ("td", "th"):
                    continue
                cell = grid.place(_reach(node, "rowspan"), _reach(node, "colspan"))
                inner = Writer(self.builder, self.page)
                inner.tables = self.tables
                inner.hidden, inner.struck, inner.waits = self.hidden, self.struck, self.waits
                inner.cell(node, cell, frame.bold or node.tag == "th", self._around(node, table, frame))
                self.tables, self.waits = inner.tables, inner.waits

    def _around(self, node: Any, table: Any, frame: _Frame) -> Unseen:
        """Return what hides the words of a cell: the cell, its row, the table, or what is around that."""
        chain = [node]
        while (above := chain[-1].parent) is not None and above.mem_id != table.mem_id:
            chain.append(above)
        unseen = frame.unseen.inside(table)
        for each in reversed(chain):
            unseen = unseen.inside(each)
        return unseen

    def cell(self, node: Any, cell: Cell, bold: bool, unseen: Unseen) -> None:
        """Write the paragraphs of one cell."""
        style = node.attributes.get("style") or ""
        centred = node.attributes.get("align") == "center" or bool(_CENTRED.search(style))
        self._walk(_Frame(children_of(node), "td", bold, centred, None, cell, unseen=unseen))


def _own_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of a table inside it."""
    for child in children_of(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in children_of(child) if row.tag == "tr")


def _reach(node: Any, name: str) -> int:
    value = node.attributes.get(name) or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _start(node: Any) -> int:
    value = node.attributes.get("start") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _numbered(number: int, shape: str) -> str:
    from vnplan.read.numbering import format_number

    kinds = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return format_number(number, kinds.get(shape, "decimal")) + ". "
