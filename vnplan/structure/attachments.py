"""Documents that a document carries with it (ban hành kèm theo): where each begins and how long its title is."""

from __future__ import annotations

import re

from vnplan.model import Text
from vnplan.structure.kinds import type_words
from vnplan.structure.labels import read_label

# yes: (Ban hành kèm theo Quyết định số / (Kèm theo Nghị quyết số / Kèm theo Công văn
# no:  Ban hành kèm theo Quyết định này Quy chế
ISSUED_WITH = re.compile(
    r"[\[(]?[ ]?(?:(?:được )?[Bb]an hành )?(?:[Kk]èm theo|[Đđ]ính kèm)[ ](?:các[ ])?(?:Quyết định|Nghị quyết"
    r"|Kế hoạch|Công văn|Chương trình|Tờ trình|Thông tư|Nghị định|Chỉ thị|Văn bản|Báo cáo|Thông báo|Hướng dẫn)"
    r"(?![^.;)]{0,12}[ ]này[ ][A-ZĐ])"
)
_TITLE_PARAGRAPHS = 6
_LETTERHEAD = re.compile(
    r"CỘNG H|Độc lập|ỦY BAN|UBND|HỘI ĐỒNG|BỘ [A-ZĐ]|SỞ [A-ZĐ]|TỈNH |THÀNH PHỐ |CHÍNH PHỦ|THỦ TƯỚNG|[-_*.]{3,}"
)


def find_attachments(text: Text, start: int) -> tuple[dict[int, int], set[int]]:
    """Return how many paragraphs the title of each attachment has, by its first; and the letterheads above them.

    An attachment begins with a type line in capitals and says within a few lines what it was issued with.
    """
    paragraphs = text.paragraphs
    titles: dict[int, int] = {}
    heads: set[int] = set()
    at = start
    while at < len(paragraphs):
        words = text.clean[paragraphs[at].start : paragraphs[at].end]
        found = type_words().match(words) if words[:1].isupper() and len(words) < 400 else None
        count = _title(text, at) if found and words.isupper() else 0
        if not count:
            at += 1
            continue
        titles[at] = count
        for before in range(at - 1, max(start, at - 6) - 1, -1):
            above = text.clean[paragraphs[before].start : paragraphs[before].end]
            if not _LETTERHEAD.match(above) or len(above) > 150:
                break
            heads.add(before)
        at += count
    return titles, heads


def _title(text: Text, at: int) -> int:
    """Return how many paragraphs belong to the title that begins at ``at``, up to what it was issued with."""
    for count in range(1, _TITLE_PARAGRAPHS + 1):
        if at + count >= len(text.paragraphs):
            return 0
        paragraph = text.paragraphs[at + count]
        words = text.clean[paragraph.start : paragraph.end]
        if ISSUED_WITH.match(words):
            return count + 1
        if read_label(words) is not None or len(words) > 600:
            return 0
    return 0
