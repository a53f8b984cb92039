"""The marks of footnotes: which stand in a sentence, which begin a note, and which note a mark belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

# yes: 12
# yes: [1]
# yes: (*)
# no:  2019
_FIGURE: Final = re.compile(r"[\[(]?(?:[0-9]{1,3}|\*{1,3})[\])]?")
# yes: [iv]
# yes: 12
# no:  Xem thêm
_LINKED: Final = re.compile(r"[\[(]?(?:[0-9]{1,3}|[ivx]{1,6}|[a-z]|\*{1,3})[\])]?")
# yes: #_ftn1
# yes: #_ednref2
# yes: #fn:3
# yes: #sdfootnote1anc
# no:  #top
_ADDRESS: Final = re.compile(
    r"#?_?(?:sd|cite[_-])?(?P<kind>ftn|edn|fn|footnote|endnote|note)(?:[-_]?ref)?[-_:]?"
    r"(?P<number>[0-9]{1,4})(?:anc|sym)?",
    re.IGNORECASE,
)
# yes: [1] Theo báo cáo
# yes: [12] Số liệu năm 2025
# no:  1. Mục tiêu
_BRACKETED: Final = re.compile(r"\s{0,9}(\[[0-9]{1,3}\])\s{1,3}(?=[^\W\d_])")


def is_mark(words: str, *, linked: bool = False) -> bool:
    """Tell whether the words of an element above the line, or of a link to a note, are nothing but a mark.

    >>> is_mark("[1]"), is_mark("iv", linked=True), is_mark("2019"), is_mark("")
    (True, True, False, False)
    """
    return (_LINKED if linked else _FIGURE).fullmatch(words.strip()) is not None


def address_key(address: str) -> str:
    """Return what links a mark to its note, the same for both directions; nothing for an address of something else.

    >>> address_key("#_ftn1"), address_key("#_ftnref1"), address_key("_edn2"), address_key("#top")
    ('f1', 'f1', 'e2', '')
    """
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return ""
    return ("e" if found["kind"].lower().startswith("e") else "f") + str(int(found["number"]))


def figure_key(words: str) -> str:
    """Return the key of a mark that is no link: the figure itself.

    >>> figure_key(" [1] "), figure_key("(*)")
    ('1', '*')
    """
    return words.strip(" \t\n\u00a0[]()")


@dataclass(slots=True)
class Marks:
    """The marks of one document so far: where each stood in the text that was read."""

    places: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def note_at(self, key: str) -> int | None:
        """Return where the mark of a note stood: the last one with its key, or with its figure."""
        return self.places.get(key, self.places.get(key.lstrip("fe")))

    def bracketed(self, words: str) -> str:
        """Return the mark with which a paragraph of a list of notes begins, nothing for another paragraph.

        A figure in square brackets begins a note only where the same figure stood above the line before.

        >>> marks = Marks(seen={"1"})
        >>> marks.bracketed("[1] Theo báo cáo"), marks.bracketed("[2] Theo báo cáo")
        ('[1] ', '')
        """
        found = _BRACKETED.match(words)
        return found[0] if found is not None and figure_key(found[1]) in self.seen else ""
