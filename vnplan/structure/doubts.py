"""Number and date of a head that was recognised in a picture: what was not read for sure is a blank, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnplan.model import Problem, Span, Text
from vnplan.structure.header import head_region

# yes: Số: 12/KH-UBND / Số:04 /CT-UBND / Số: 2/ /TTr-CAT / Số: 3260-KH/ĐĐ
# no:  Quyết định số 12/QĐ-UBND
_NUMBER = re.compile(
    r"(?<![^\W_])S[ốỐôÔóÓ][ ]?[:;.]?(?P<serial>[^\n]{0,14}?)"
    r"[/-][ ]?(?P<codes>(?:[12][0-9]{3}[ ]?/[ ]?)?[A-ZĐ][^ \n]{0,30})"
)
# yes: ngày 15 tháng 3 năm 2024 / ngày-“Ôtháng đỆ năm 2021
# no:  ngày 15/3/2024
_DATE = re.compile(
    r"(?P<before>[.,;:]?)[ ]{0,2}[Nn]g[àa]y(?P<day>[^\n]{0,12}?)tháng(?P<month>[^\n]{0,10}?)năm(?P<year>[^\n]{0,6})"
)
_SERIAL = re.compile(r"[0-9]{1,6}[a-zA-Z]?(?:\.[0-9]{1,4})?")
_PARTS = {
    # yes: 7
    # yes: 31
    # no:  45
    "day": re.compile(r"0?[1-9]|[12][0-9]|3[01]"),
    # yes: 03
    # yes: 12
    # no:  13
    "month": re.compile(r"0?[1-9]|1[0-2]"),
    # yes: 1999
    # yes: 2026
    # no:  3026
    "year": re.compile(r"[12][0-9]{3}"),
}
_BLANKS = " .…_"
_NUMBER_NOTE = "the number of the document was written by hand, or was not recognised for sure: look at the page"
_DATE_NOTE = "a part of the date of the document was written by hand, or was not recognised for sure: look at the page"


def blank_doubts(text: Text, doubtful: Sequence[Span]) -> tuple[Text, tuple[Problem, ...]]:
    """Return the text with blanks for those figures of its number and date that are doubtful, and a problem for each.

    Figures are doubtful where recognition was not sure of them, and where what it read is no number, day or month at
    all. Letters keep their places.
    """
    region = head_region(text)
    blanks: list[tuple[int, int]] = []
    problems: list[Problem] = []
    commas: list[int] = []
    if number := _NUMBER.search(region):
        serial = number["serial"].strip(_BLANKS)
        start, end = number.span("serial")
        unsure = not _SERIAL.fullmatch(serial.replace(" ", "")) or _overlap(text, start, number.end("codes"), doubtful)
        if serial and unsure:
            blanks.append((start, end))
            problems.append(Problem("doubtful:number", _NUMBER_NOTE, text.span(start, end)))
    if date := _DATE.search(region):
        unsure_parts = []
        for name, pattern in _PARTS.items():
            start, end = date.span(name)
            part = date[name].strip(_BLANKS + ",;:")
            if part and (not pattern.fullmatch(part.replace(" ", "")) or _overlap(text, start, end, doubtful)):
                unsure_parts.append((start, end))
        if unsure_parts:
            blanks += unsure_parts
            span = text.span(unsure_parts[0][0], unsure_parts[-1][1])
            problems.append(Problem("doubtful:date", _DATE_NOTE, span))
        if date["before"] in (".", ";", ":") and date["before"]:
            commas.append(date.start("before"))
    if not blanks and not commas:
        return text, ()
    clean = list(text.clean)
    for start, end in blanks:
        clean[start:end] = " " * (end - start)
    for at in commas:  # "Hà Nội. ngày": a comma whose tail was lost
        clean[at] = ","
    return replace(text, clean="".join(clean)), tuple(problems)


def _overlap(text: Text, start: int, end: int, doubtful: Sequence[Span]) -> bool:
    """Tell whether a word that recognition was not sure of stands in a stretch of the cleaned text."""
    words = text.clean[start:end]
    at = start + len(words) - len(words.lstrip())
    span = text.span(at, max(at, start + len(words.rstrip())))
    return any(place.start < span.end and span.start < place.end for place in doubtful)
