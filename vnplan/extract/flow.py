"""The cleaned text as it flows: where a line break does not end a sentence, a space stands in its place.

Cleaning joins the lines of hard-wrapped paragraphs where their lengths tell; texts that lost their layout keep breaks
inside sentences, and there the sections tell. The length stays the same, so that places hold in both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from vnplan.extract.relations import opening_cue
from vnplan.model import Paragraph, Section, Structure, Text

_ENDS = '.;:!?…/”"*_-'
# yes: "Chỉ thị số", "ngày", "của", "và" at the end of a line: something has to follow
# no:  "Nội dung" at the end of a line
_OPEN_END = re.compile(
    r"(?:^|[ ])(?:số|ngày|tháng|năm|của|và|về|hoặc|tại|theo|cho|với|của (?:Bộ|Sở|Ban|UBND|Ủy ban|Thủ tướng|Chủ tịch)"
    r"|Bộ trưởng|Bộ trưởng Bộ|Giám đốc|Giám đốc Sở)$"
)
_NESTED = 7  # how many sections that begin before a place are looked at; own words do not overlap


class SectionIndex:
    """Which section holds a place of the cleaned text by its own words."""

    def __init__(self, structure: Structure) -> None:
        self._sections = sorted(structure.sections, key=lambda section: (section.start, section.end))
        self._starts = [section.start for section in self._sections]

    def at(self, place: int) -> Section | None:
        """Return the innermost section whose own words hold ``place``."""
        i = bisect_right(self._starts, place)
        for section in self._sections[max(0, i - _NESTED) : i][::-1]:
            if section.start <= place < section.end:
                return section
        return None


def flowing(text: Text, structure: Structure, sections: SectionIndex) -> tuple[str, list[tuple[int, int]]]:
    """Return the words as they flow, and the stretches between the breaks that are left."""
    words = text.clean
    breaks = [
        (before.end, _flows(words, structure, sections, before, after))
        for before, after in zip(text.paragraphs, text.paragraphs[1:], strict=False)
    ]
    pieces: list[str] = []
    at = 0
    for place, joined in breaks:
        if joined:
            pieces += [words[at:place], " "]
            at = place + 1
    pieces.append(words[at:])
    return "".join(pieces), list(_stretches(text, [joined for _, joined in breaks]))


def _stretches(text: Text, joined: list[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, paragraph in enumerate(text.paragraphs):
        start = paragraph.start if start is None else start
        if i >= len(joined) or not joined[i]:
            yield start, paragraph.end
            start = None


def _flows(
    words: str, structure: Structure, sections: SectionIndex, before: Paragraph, after: Paragraph
) -> bool:  # fmt: skip
    """Tell whether the sentence goes on from one paragraph to the next."""
    if before.kind != "paragraph" or after.kind != "paragraph" or after.start != before.end + 1:
        return False
    if before.end == before.start or words[before.end - 1] in _ENDS:
        return False
    first, last = words[after.start : after.start + 1], words[max(before.start, before.end - 40) : before.end]
    head = words[after.start : min(after.end, after.start + 40)]
    if _OPEN_END.search(last) and not last.isupper():
        return sections.at(before.end - 1) is sections.at(after.start)
    if last.isupper() and not head.isupper():
        return False  # a title, and what stands below it
    if before.end <= structure.preamble[0]:
        return first.islower() or (last.isupper() and head.isupper() and before.end - before.start > len(last) - 1)
    section = sections.at(before.end - 1)
    if section is not sections.at(after.start):
        return False
    if opening_cue(words, after.start, after.end) and not first.islower():
        return False
    inside = section is not None or after.start < structure.preamble[1]
    return (
        inside and (first.isalnum() or first in '(“"') and after.start < max(structure.body_end, structure.preamble[1])
    )
