"""Whether a line goes on in the next one: the joining of hard-wrapped paragraphs.

A line ends in the middle of a sentence when the text goes on with a small letter, or when the line is as long as
the page is wide and the next word would not have fitted on it. What begins with a label, is set in capitals, or is
bold where its neighbour is not, begins a paragraph of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vnplan.model import BlockKind


@dataclass(frozen=True, slots=True)
class LinePiece:
    """What the joining of lines looks at: the words, how many line feeds stand before them, bold, heading level."""

    words: str
    kind: BlockKind
    bold: bool
    level: int | None
    gap: int
    open: bool = False  # the bold stretch at its end is not closed on this line
    goes_on: bool = False  # its reader saw that it goes on with the paragraph of the line before


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a document breaks its lines: whether it does, how wide they are, and the usual gap between two of them."""

    wrapped: bool
    width: int
    gap: int


# yes: I. MỤC TIÊU / 2.1. Chỉ tiêu / a) Nội dung / đ) / - Sở Y tế / + / Điều 3. / (1) / 1) / 1/
# yes: Phần thứ nhất / Chương II / PHỤ LỤC
# no: 100% trẻ em / 23/KH-UBND / ngày 01
LABEL = re.compile(
    r"(?:[IVXLC]{1,7}[.)/][ ]?"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}[.)][ ]?(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}[ ]"
    r"|[0-9]{1,2}/[ ]"
    r"|\([0-9a-zđivx]{1,4}\)"
    r"|[a-zđ][.)/][ ]?(?=[^a-z]|$)|[a-zđ]\)|[A-ZĐ][.)][ ]"
    r"|[-+*•●▪–‒—·][ ]?(?=\S)"
    r"|(?:Điều|Chương|Phần|Mục|Khoản|CHƯƠNG|PHẦN|MỤC|ĐIỀU)[ ](?:thứ[ ]|THỨ[ ])?[0-9IVXLCa-zà-ỹA-ZÀ-Ỹ]{1,8}(?:[ .:)]|$)"
    r"|(?:Phụ[ ]lục|PHỤ[ ]LỤC|Biểu|BIỂU|Mẫu|MẪU)(?:[ ]|$)"
    r"|(?:Nơi[ ]nhận|NƠI[ ]NHẬN|Kính[ ]gửi|KÍNH[ ]GỬI)"
    r"|(?:Số|SỐ)[ ]?:"
    r"|(?:TM|KT|TL|TUQ|T/M|K/T|Q)\.[ ]?[A-ZĐÀ-Ỹ])"
)
_ENDS = re.compile(r"(?:[.;:!?…]|\./\.|/\.)[\"”')*\]]{0,3}$")
# A line that cannot be the end of a paragraph: it ends in a comma, or in a word that needs another.
_OPEN_ENDED = re.compile(
    r"(?:,|[ ](?:của|và|về|cho|theo|số|ngày|tháng|năm|tại|do|với|là|các|những|trên|trong|từ|đến|bởi|hoặc|để|bằng|thuộc"
    r"|tỉnh|huyện|xã|phường|phố|quận|Chương|Quyết|Nghị|Kế|Chỉ|Thông|Bộ|Sở|Phòng|Ban|Hội|UBND))$"
)
_LETTER = re.compile(r"[^\W\d_]")


def in_capitals(words: str) -> bool:
    """Return whether at least two letters stand in ``words`` and none of them is small."""
    return words == words.upper() and len(_LETTER.findall(words[:40])) > 1


def measure_wrapping(lines: Sequence[LinePiece]) -> Wrapping:
    """Return how the lines of one document are broken."""
    lengths = sorted(len(line.words) for line in lines if line.kind == "line" and len(line.words) > 25)
    if len(lengths) < 8:
        return Wrapping(False, 0, 1)
    width = lengths[len(lengths) * 17 // 20]
    near = sum(1 for length in lengths if length >= width * 0.8)
    longest = lengths[-1 - len(lengths) // 50]
    gaps = Counter(line.gap for line in lines if line.kind == "line" and line.gap)
    usual = gaps.most_common(1)[0][0] if gaps else 1
    return Wrapping(near >= len(lengths) * 0.35 and longest <= width * 1.35 and width <= 180, width, usual)


def continues(before: LinePiece, line: LinePiece, wrapping: Wrapping) -> bool:
    """Return whether ``line`` goes on with the paragraph that ``before`` ends."""
    if before.kind != "line" or line.kind != "line" or line.level is not None:
        return False
    if line.goes_on:
        return True
    if LABEL.match(line.words):
        return _divides_a_name(before, line, wrapping)
    if _ENDS.search(before.words[-6:]):
        return _goes_on_after_stop(before, line, wrapping)
    first = line.words[0]
    capitals = in_capitals(before.words)
    if before.open and line.gap == 1 and not LABEL.match(before.words):
        return True
    if capitals or in_capitals(line.words):
        return _heading_goes_on(before, line, capitals)
    if first.islower():
        return not (before.level is not None and not line.bold)
    if before.bold != line.bold or before.level is not None:
        return False
    if not wrapping.wrapped or line.gap > wrapping.gap:
        return False
    open_ended = bool(_OPEN_ENDED.search(before.words))
    word = line.words.split(" ", 1)[0]
    return len(before.words) + 1 + len(word) > wrapping.width * (0.85 if open_ended else 1.0)


# yes: lãnh đạo Ban Văn hóa / - Xã hội HĐND tỉnh
# no:  các nhiệm vụ sau: / - Sở Y tế
_HALF_A_NAME = re.compile(r"(?<![^ ])[A-ZĐÀ-Ỹ][^\W\d_]{1,6}(?:[ ][^\W\d_]{1,6})?$")


def _divides_a_name(before: LinePiece, line: LinePiece, wrapping: Wrapping) -> bool:
    """A dash at the beginning of a line belongs to a name that a full line left unfinished, and is no bullet."""
    full = wrapping.wrapped and len(before.words) > wrapping.width * 0.85 and line.gap <= wrapping.gap
    return full and line.words.startswith("- ") and bool(_HALF_A_NAME.search(before.words[-16:]))


def _goes_on_after_stop(before: LinePiece, line: LinePiece, wrapping: Wrapping) -> bool:
    """A full line may end with a sentence whose paragraph goes on: the next word would not have fitted on it."""
    if not wrapping.wrapped or line.gap > wrapping.gap or before.bold != line.bold or before.words[-1] not in ";.":
        return False
    if in_capitals(line.words) or before.words.endswith("./."):
        return False
    word = line.words.split(" ", 1)[0]
    return len(before.words) + 1 + len(word) > wrapping.width * (0.9 if word[0].islower() else 1.0)


def _heading_goes_on(before: LinePiece, line: LinePiece, capitals: bool) -> bool:
    """A labelled heading in capitals goes on in the next line in capitals."""
    if not (capitals and in_capitals(line.words)) or line.gap > 2 or before.bold != line.bold:
        return False
    label = LABEL.match(before.words)
    return bool(label and label[0][0] in "IVXLC0123456789ABCDĐ" and len(before.words) > 25)
