"""What a file holds and a reader of it does not get: hidden words, struck words, embedded objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vnplan.read.build import SourceBuilder

# yes: trước ngày 30/11
# yes: trong quý III
# yes: năm 2030
# no:  95%
_TIME: Final = re.compile(
    r"\b(?:ngày|tháng|quý|năm|hạn)[ ]{1,3}(?:[0-9]{1,4}|[IVX]{1,4})\b|\b[0-9]{1,2}/[0-9]{1,4}\b", re.IGNORECASE
)
# yes: ngày 31/12/2026
# yes: 5.2.2026
# no:  năm 2026
_DATE: Final = re.compile(r"(?:\bngày[ ])?\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\b", re.IGNORECASE)
# yes: 10,5%
# yes: 2.000
# no:  mười
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,3}){0,4}[ ]?%?")
_SAMPLE: Final = 20_000
_LONGEST: Final = 40  # characters of the name of a program
_NAMED: Final = 5  # programs that a message names


class Hidden:
    """Collects the hidden words of one file.

    >>> hidden = Hidden()
    >>> hidden.add("đạt 10%")
    >>> hidden.message("that the page hides")
    '7 characters that the page hides were left out; they hold a number'
    """

    def __init__(self) -> None:
        self.count = 0
        self._words: list[str] = []
        self._kept = 0

    def add(self, words: str) -> None:
        """Count the words, and keep them within bounds to look at."""
        words = words.strip()
        self.count += len(words)
        if words and self._kept < _SAMPLE:
            self._words.append(words)
            self._kept += len(words)

    @property
    def example(self) -> str:
        """The first date or else the first number among the words, or nothing.

        >>> hidden = Hidden()
        >>> hidden.add("đạt 10,5% trước ngày 31/12/2026")
        >>> hidden.example
        'ngày 31/12/2026'
        """
        said = "\n".join(self._words)
        found = _DATE.search(said) or _TIME.search(said) or _NUMBER.search(said)
        return found[0] if found else ""

    def message(self, what: str, done: str = "were left out") -> str:
        """Return the sentence of the problem; ``what`` says which characters, such as "that the page hides"."""
        said = "\n".join(self._words)
        if _TIME.search(said):
            held = "they hold a deadline or another date"
        elif any(map(str.isdigit, said)) or self._kept < self.count:
            held = "they hold a number"
        else:
            held = "they hold no number"
        return f"{self.count} characters {what} {done}; {held}"


def report_left_out(
    builder: SourceBuilder, hidden: Hidden, struck: Hidden, *, where: str, objects: Sequence[str] = ()
) -> None:
    """Record what was left out; ``objects`` are embedded ones, by their programs: a sheet may hold a table of targets.

    Formulas are embedded objects in old files, and none of them is named.
    """
    if hidden.count:
        builder.add_problem("hidden-text", hidden.message(where))
    if struck.count:
        builder.add_problem("struck-text", struck.message("that are struck through"))
    others = [name[:_LONGEST] for name in objects if not name.startswith("Equation")]
    if others:
        names = ", ".join(sorted(set(others))[:_NAMED])
        builder.add_problem("active-content", f"{len(others)} embedded objects were not opened ({names})")
