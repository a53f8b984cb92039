"""Documents that a document carries with it (ban hành kèm theo): where each begins and how long its title is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.model import Text
from vnplan.structure.closing import read_closings, signs
from vnplan.structure.header import read_head
from vnplan.structure.kinds import ISSUED_WITH, type_words
from vnplan.structure.labels import read_label
from vnplan.text import cut_text

_TITLE_PARAGRAPHS = 6
_LETTERHEAD = re.compile(
    r"CỘNG H|Độc lập|ỦY BAN|UBND|HỘI ĐỒNG|BỘ [A-ZĐ]|SỞ [A-ZĐ]|TỈNH |THÀNH PHỐ |CHÍNH PHỦ|THỦ TƯỚNG|[-_*.]{3,}"
    r"|(?:HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|ĐẢNG BỘ|TỈNH ỦY|THÀNH ỦY|BAN [A-ZĐ]|CỤC |CÔNG AN)|DỰ THẢO"
    r"|S[ốỐ][ ]?:|[^.;]{2,40}, ngày"
)
# yes: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
# yes: ĐẢNG CỘNG SẢN VIỆT NAM
# no:  Công hòa
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
# yes: PHỤ LỤC II
# yes: Mẫu số 03
# no:  Biểu dương các xã
_FORM = re.compile(r"(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU|Biểu)(?![^\W_]|[ ](?:dương|quyết|diễn|thị|hiện|tượng))")
_HEAD_PARAGRAPHS = 60  # of an attachment, in which its letterhead and title must stand
_LONG_HEAD = 400


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document inside another, by paragraph: its letterhead begins at ``head``, its type line at ``first``.

    Its title ends before ``titled``; ``stop`` is behind the line that says what it was issued with.
    """

    head: int
    first: int
    titled: int
    stop: int


def find_attachments(text: Text, start: int) -> dict[int, Attachment]:
    """Return what a document carries (ban hành kèm theo), by the paragraph of the type line.

    An attachment begins with a line in capitals, of its type or else its title (DANH MỤC NHIỆM VỤ), and says within a
    few lines what it was issued with; where it does not name a type, it says so in brackets.
    """
    paragraphs = text.paragraphs
    found: dict[int, Attachment] = {}
    at = start
    while at < len(paragraphs):
        words = text.clean[paragraphs[at].start : paragraphs[at].end]
        count = _title(text, at) if words[:1].isupper() and len(words) < 400 and words.isupper() else 0
        if count and not type_words().match(words) and not _opens_title(text, at, at + count - 1):
            count = 0
        if not count:
            at += 1
            continue
        found[at] = Attachment(_letterhead(text, at, start), at, at + count - 1, at + count)
        at += count
    return found


def _opens_title(text: Text, at: int, bound: int) -> bool:
    """Tell whether the lines in capitals from ``at`` to the one that binds them are a title without a type.

    They are not when they go on with a letterhead, a signature, or the label of an appendix.
    """
    lines = [text.clean[p.start : min(p.end, p.start + _LONG_HEAD)] for p in text.paragraphs[at : bound + 1]]
    if lines[-1][:1] not in ("(", "[") or not all(line.isupper() for line in lines[:-1]):
        return False
    if any(_LETTERHEAD.match(line) or signs(line) or type_words().match(line) for line in lines[:-1]):
        return False
    for above in range(at - 1, max(-1, at - _TITLE_PARAGRAPHS), -1):
        paragraph = text.paragraphs[above]
        words = text.clean[paragraph.start : min(paragraph.end, paragraph.start + _LONG_HEAD)]
        if _FORM.match(words):
            return False
        if not words.isupper():
            break
    return read_label(lines[0]) is None


def find_documents(text: Text) -> tuple[int, ...]:
    """Return the paragraphs at which the documents of one text begin: 0, and each further letterhead with a title.

    A draft behind a submission has a letterhead and a title of its own and is not bound to it by words. One that no
    closing stands before has a number too. What stands behind the heading of an appendix or of a form (Mẫu số 1) is
    no document: it shows how one looks.
    """
    starts = [0]
    if len(_MOTTO.findall(text.clean)) < 2:
        return (0,)
    at = read_head(text).body
    closing = read_closings(text, at).first
    while at < len(text.paragraphs):
        paragraph = text.paragraphs[at]
        words = text.clean[paragraph.start : min(paragraph.end, paragraph.start + _LONG_HEAD)]
        if at >= closing and _FORM.match(words):
            break
        found = _read_separate(text, at, starts[-1] + 1) if _MOTTO.search(words) else None
        if found is None or found[0] <= starts[-1] or (at < closing and not found[2]):
            at += 1
            continue
        starts.append(found[0])
        at = max(found[1], at + 1)  # without lines, the title stands in the paragraph of the motto
    return tuple(starts)


def _read_separate(text: Text, motto: int, start: int) -> tuple[int, int, bool] | None:
    """Return where the document whose motto stands at ``motto`` begins, where its body does, if it has a number."""
    first = _letterhead(text, motto, start)
    part = cut_text(text, first, first + _HEAD_PARAGRAPHS)
    head = read_head(part)
    if head.typed is None or head.kind is None or not (head.number or head.date):
        return None
    typed = next((i for i, p in enumerate(part.paragraphs) if p.start <= head.typed < p.end), None)
    if typed is None or first + typed < motto:
        return None
    if any(ISSUED_WITH.match(part.clean, p.start, p.end) for p in part.paragraphs[typed : head.body + 1]):
        return None
    return first, first + head.body, head.number is not None and head.number.value is not None


def _letterhead(text: Text, at: int, start: int) -> int:
    """Return where the letterhead above paragraph ``at`` begins, ``at`` itself where there is none."""
    first = at
    for before in range(at - 1, max(start, at - 12) - 1, -1):
        paragraph = text.paragraphs[before]
        words = text.clean[paragraph.start : paragraph.end]
        same_table = paragraph.cell and (cell := text.paragraphs[first].cell) and cell.table == paragraph.cell.table
        if not (_LETTERHEAD.match(words) or same_table) or len(words) > 150:
            break
        first = before
    return first


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
