"""The markup of ``corpus/sources/*.plan``: the words of a sample document and what a reader decided about them.

One line is one paragraph. What begins a line says what it is:

    %out PATH               the file that is built; its suffix is its format
    %wrap N                 a text file is broken at N columns, with an empty line between all lines
    %mark TEXT              the line that says that the document is a sample
    %head LEFT || RIGHT     a row of the two-column header; behind a signature, that of a draft
    %title TEXT             centred lines
    %recip TEXT, %sign TEXT the recipients and the signature block
    %before TEXT, %after TEXT  what a portal prints around the document
    # TEXT                  a heading; anything else is a paragraph
    | A | B                 a row of a table; the first row holds the column heads
    ^1 TEXT                 a footnote, marked [^1] in the text; a line that ends in " \\" goes on after it

A paragraph may end in ``{{PATH FLAGS | key: value}}`` with the flags ``s`` (section row), ``t`` (task), ``auto``
(numbered by the word processor) and ``uncertain``. Lines that begin with ``@`` annotate the paragraph above them.
What is ``?`` could not be decided: the field is left out of the gold and not scored. An empty PATH is left out too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

_TAG = re.compile(r"[ ]*\{\{([^{}]*)\}\}$")
_NOTE_MARK = re.compile(r"\[\^[0-9]{1,2}\]")
_LABEL = re.compile(
    r"(?:Điều [0-9]{1,3}\.|(?:PHỤ LỤC|Phụ lục)(?: [IVX]{1,4})?|KẾ HOẠCH(?=$)"
    r"|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC) (?:(?:thứ|THỨ) \w{1,5}|[IVX]{1,5}|[0-9]{1,2})\.?"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.-]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[IVX]{1,5}[.-]|[A-E]\."
    r"|[a-zđ][).]|[0-9]{1,2}\)|[-+])(?= |$)"
)


@dataclass
class Item:
    """One paragraph, heading, table row or footnote of a source."""

    kind: str
    text: str
    path: str = ""
    flags: frozenset[str] = frozenset()
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The numbering label at the beginning, as printed, or an empty string."""
        found = _LABEL.match(self.text)
        return found.group() if found else ""

    @property
    def words(self) -> str:
        """The text without label and footnote marks."""
        return _NOTE_MARK.sub("", self.text)[len(self.label) :].strip()

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]


@dataclass
class Plan:
    """One parsed source."""

    out: str
    wrap: int = 0
    options: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    annotations: list[tuple[str, str]] = field(default_factory=list)

    def of(self, kind: str) -> list[str]:
        """Return the texts of all items of one kind."""
        return [item.text for item in self.items if item.kind == kind]

    def documents(self) -> list[Plan]:
        """Return one plan for each letterhead: the document itself, and a draft behind its signature."""
        starts = [
            number
            for number, (above, item) in enumerate(pairwise(self.items), 1)
            if (above.kind, item.kind) == ("sign", "head")
        ]
        cuts = pairwise([0, *starts, len(self.items)])
        return [replace(self, items=self.items[start:end]) for start, end in cuts]

    def body(self) -> list[Item]:
        """Return what stands between the header and the signature, headings and rows included."""
        return [item for item in self.items if item.kind in ("heading", "paragraph", "row", "note")]


def _fields(parts: list[str]) -> dict[str, str]:
    pairs = (part.partition(":") for part in parts)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _item(kind: str, text: str) -> Item:
    tag = _TAG.search(text)
    if not tag:
        return Item(kind, text)
    first, *rest = tag.group(1).split("|")
    path, flags = first.strip(), set()
    while path.rpartition(" ")[2] in ("s", "t", "auto", "uncertain"):
        path, _, flag = path.rpartition(" ")
        flags.add(flag)
    return Item(kind, text[: tag.start()], path, frozenset(flags), _fields(rest))


def parse(path: Path) -> Plan:
    """Return the parsed source at ``path``; ValueError where it does not name the file that is to be built."""
    return parse_text(path.read_text("utf-8"), path.name)


def parse_text(text: str, name: str) -> Plan:
    """Return the parsed source ``text``; ``name`` is what the error calls it."""
    plan = Plan("")
    for line in text.splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        mark, rest = line[0], line[1:].strip()
        if mark == "%":
            word, _, value = rest.partition(" ")
            if word == "out":
                plan.out = value
            elif word == "wrap":
                plan.wrap = int(value)
            elif word in ("head", "mark", "title", "recip", "sign", "before", "after"):
                plan.items.append(Item(word, value.strip()))
            else:
                plan.options[word] = value
        elif line.startswith("@abbr "):
            key, _, value = line[6:].partition("=")
            plan.abbreviations[key.strip()] = value.strip()
        elif mark == "@":
            word, _, value = rest.partition(" ")
            (plan.items[-1].notes if word in ("ref", "target", "deadline") else plan.annotations).append((word, value))
        elif mark == "^":
            plan.items.append(Item("note", rest))
        else:
            plan.items.append(_item({"#": "heading", "|": "row"}.get(mark, "paragraph"), rest if mark == "#" else line))
    if not plan.out:
        raise ValueError(f"{name}: no line begins with %out; add one that names the file to build")
    return plan


def plain_text(plan: Plan) -> str:
    """Return the words of the document in reading order, a footnote after the sentence that it interrupts."""
    lines: list[str] = []
    held: list[str] = []
    for item in plan.items:
        if item.kind == "note":
            held.append(item.text)
            continue
        text = _NOTE_MARK.sub("", item.text).replace("||", " ")
        if lines and lines[-1].endswith(" \\"):
            lines[-1] = lines[-1][:-1] + text
        else:
            lines.append(text)
        if not lines[-1].endswith(" \\"):
            lines += held
            held = []
    return "\n".join(lines + held)


def expand(value: str, plan: Plan) -> list[str]:
    """Return the names in a list ``A; $B``, abbreviations written out; ``-`` is the empty list."""
    names = [name.strip() for name in value.split(";")]
    return [plan.abbreviations[name[1:]] if name.startswith("$") else name for name in names if name not in ("", "-")]


Row = dict[str, Any]
