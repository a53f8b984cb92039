"""The end of a document: recipients (Nơi nhận) and signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7 and 9).

The two stand side by side. Some readers give them as cells, some one after the other, some as lines that hold a piece
of each; a wide gap in what was read tells the pieces apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Set
from dataclasses import dataclass, field

from vnplan.model import Signatory, Text
from vnplan.structure.kinds import kind_of_words
from vnplan.structure.lexicons import read_list
from vnplan.structure.tables import split_tables

# yes: Nơi nhận: / NƠI NHẬN / Nơi nhận
# no:  nơi nhận chăm sóc
_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi|NƠI GỬI)[ ]?[:;.]?\*{0,3}(?:[ ]|$)")
# yes: TM. ỦY BAN NHÂN DÂN / KT.CHỦ TỊCH / TL. BỘ TRƯỞNG / Q. GIÁM ĐỐC
# no:  QUYẾT ĐỊNH
_CAPACITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|T/M|K/T)(?:[ ]?\.[ ]?|[ ])|Q\.[ ]?)(?=[A-ZĐÀ-Ỹ])")
_POSITIONS = "|".join(map(re.escape, read_list("positions.txt")))
_POSITION = re.compile(rf"(?:(?:PHÓ|Q\.|QUYỀN)[ ]?)?(?:{_POSITIONS})(?![^\W_])")
# yes: PHÓ CHỦ TỊCH behind KT. CHỦ TỊCH on one line
_SECOND = re.compile(rf"(?<=[A-ZĐÀ-Ỹ])[ ](?=(?:PHÓ[ ])(?:{_POSITIONS})(?![^\W_])|(?:TM|KT|TL|TUQ)\.)")
_RANK = r"(?:(?:Thiếu|Trung|Thượng|Đại)[ ](?:tướng|tá|úy)|PGS\.TS\.|TS\.|ThS\.|Ths\.|GS\.|PGS\.|BS\.|Bs\.)[ ]?"
_GIVEN = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,7}"
_NAME = re.compile(rf"(?:{_RANK})?(?P<name>(?:{_GIVEN}[ ]){{1,4}}{_GIVEN})$")
_NAME_AT_END = re.compile(rf"[;.][ ](?P<name>(?:{_GIVEN}[ ]){{1,4}}{_GIVEN})$")
# yes: THỦ TƯỚNG Phạm Văn A
_NAME_BEHIND = re.compile(rf"(?<=[A-ZĐÀ-Ỹ])[ ](?:{_RANK})?(?:{_GIVEN}[ ]){{1,4}}{_GIVEN}$")
_CAPITAL_AT_END = re.compile(
    rf"(?:(?<=[;.:])|(?<=[a-zà-ỹđ\)]))(?<!TM\.)(?<!KT\.)(?<!TL\.)(?<!TUQ\.)(?<!Q\.)[ ](?=(?:(?:TM|KT|TL"
    rf"|TUQ)\.[ ]?[A-ZĐÀ-Ỹ]|(?:PHÓ[ ])?(?:{_POSITIONS})(?![^\W_])))"
)
_SIGNED = re.compile(r"\(?(?:Đã ký|ĐÃ KÝ|đã ký|Ký tên|Chữ ký|Ký bởi|Người ký:|Cơ quan:|Thời gian ký|Email:|Digitally)")
# Where the end is over: an appendix, an attachment, a form.
_AFTER = re.compile(r"(?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|Biểu|MẪU|Mẫu |PHẦN|CHƯƠNG|Chương )")
_STRIP = " -+•*;.:,–"
_MOST = 90


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients, who signed, the paragraphs that are one or the other, and the index of the first of them."""

    recipients: tuple[str, ...]
    signatory: Signatory | None
    paragraphs: frozenset[int]
    first: int


@dataclass(slots=True)
class _Reading:
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    listing: bool = False
    broken: bool = False  # the last recipient goes on


def read_closings(text: Text, start: int) -> Closing:
    """Return the end of the document whose body begins at paragraph ``start``; of attachments, the paragraphs only.

    A table of content is part of no end, whatever its cells say.
    """
    paragraphs = text.paragraphs
    content = {at for table in split_tables(text).values() if table.columns for at in range(table.start, table.stop)}
    found: Closing | None = None
    taken: set[int] = set()
    at = start
    while (begin := _find_begin(text, at, content)) is not None:
        closing = _read(text, begin, content)
        found = found or closing
        taken |= closing.paragraphs
        at = max(closing.paragraphs, default=begin) + 1
    if found is None:
        return Closing((), None, frozenset(), len(paragraphs))
    return Closing(found.recipients, found.signatory, frozenset(taken), found.first)


def signs(words: str) -> bool:
    """Tell whether a line in capitals says in what capacity or position somebody signs.

    >>> signs("TM. ỦY BAN NHÂN DÂN"), signs("DANH MỤC NHIỆM VỤ")
    (True, False)
    """
    return bool(_CAPACITY.match(words) or _POSITION.match(words))


def _find_begin(text: Text, start: int, content: Set[int]) -> int | None:
    paragraphs = text.paragraphs
    for at in range(start, len(paragraphs)):
        if at in content:
            continue
        paragraph = paragraphs[at]
        head = text.clean[paragraph.start : min(paragraph.end, paragraph.start + 60)]
        if _RECIPIENTS.match(head):
            return _with_signature_before(text, start, at)
        if _CAPACITY.match(head) and _is_capital(text.clean[paragraph.start : paragraph.end]):
            return at
        if at >= len(paragraphs) - 12 and _POSITION.match(head) and _name_follows(text, at):
            return at
    return None


def _is_capital(words: str) -> bool:
    head = words[:80]
    return head.isupper() or (len(words) < 80 and bool(_SECOND.search(head) or _POSITION.search(head)))


def _name_follows(text: Text, at: int) -> bool:
    paragraph = text.paragraphs[at]
    if not text.clean[paragraph.start : paragraph.end].isupper():
        return False
    return any(_NAME.match(text.clean[p.start : p.end]) for p in text.paragraphs[at + 1 : at + 5])


def _with_signature_before(text: Text, start: int, at: int) -> int:
    """A signature may stand before the recipients where columns were read from the right, and nothing between them."""
    begin = at
    for before in range(at - 1, max(start, at - 8) - 1, -1):
        paragraph = text.paragraphs[before]
        words = text.clean[paragraph.start : paragraph.end]
        if _CAPACITY.match(words) or (words.isupper() and _POSITION.match(words)):
            begin = before
        elif not (words.isupper() or _NAME.match(words) or _SIGNED.match(words) or _NAME_BEHIND.search(words)):
            break
    return begin


def _read(text: Text, begin: int, content: Set[int]) -> Closing:
    reading = _Reading()
    taken: list[int] = []
    paragraphs = text.paragraphs
    for at in range(begin, min(len(paragraphs), begin + _MOST)):
        paragraph = paragraphs[at]
        if paragraph.kind == "footnote":
            continue
        words = text.clean[paragraph.start : paragraph.end]
        if at > begin and (_ends(words) or (reading.signature and len(words) > 160 and paragraph.cell is None)):
            break
        if at > begin and (len(words) > 400 or at in content):
            break
        taken.append(at)
        for start, end in _fragments(text, paragraph.start, paragraph.end):
            _take(reading, text.words(start, end), paragraph.cell.column if paragraph.cell else None)
    recipients = tuple(r for r in (" ".join(words.split()).strip(_STRIP) for words in reading.recipients) if r)
    return Closing(recipients, _signatory(reading.signature), frozenset(taken), taken[0])


def _ends(words: str) -> bool:
    bare = words.strip(" :*.")
    return (
        bool(_AFTER.match(words))
        or (bare.isupper() and kind_of_words(bare) is not None)
        or bool(re.match(r"[IVX]{1,4}\. ", words))
    )


def _fragments(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Return the pieces of one line: a gap of three spaces, or a signature behind a recipient, parts them."""
    edges = [start]
    offsets = text.offsets
    for at in range(start, end):
        if (
            text.clean[at] == " "
            and at + 1 < end
            and offsets[at + 1] - offsets[at] >= 3
            and "\n" not in text.raw[offsets[at] : offsets[at + 1]]
        ):
            edges.append(at)
    edges.extend(found.start() for found in _CAPITAL_AT_END.finditer(text.clean, start, end))
    if not _SIGNED.match(text.clean, start, end):
        edges.extend(found.start() for found in _SIGNED.finditer(text.clean, start, end))
    if (name := _NAME_BEHIND.search(text.clean, start, end)) and text.clean[start : name.start()].isupper():
        edges.append(name.start())
    edges.extend(found.start() for found in _SECOND.finditer(text.clean, start, end))
    if (name := _NAME_AT_END.search(text.clean, start, end)) and text.clean[start] in "-–+":
        edges.append(name.start() + 1)
    edges = [*sorted(set(edges)), end]
    return [(a, b) for a, b in itertools.pairwise(edges) if text.clean[a:b].strip()]


def _take(reading: _Reading, words: str, column: int | None) -> None:
    head = _RECIPIENTS.match(words)
    if head:
        reading.listing, reading.broken = True, False
        words = words[head.end() :]
        if words.strip(_STRIP):
            reading.recipients.extend(re.split(r";[ ]?-[ ]?", words))
        return
    bare = words.strip("* ")
    bullet = bare[:1] in "-–+•*" and len(bare) > 1
    if _SIGNED.match(bare):
        return
    signs = _CAPACITY.match(bare) or (bare.isupper() and _POSITION.match(bare))
    if signs or (column and not bullet and reading.signature) or (not reading.listing and not bullet):
        reading.signature.append(bare)
        return
    if not bullet and reading.signature and _NAME.match(bare) and not reading.broken:
        reading.signature.append(bare)
        return
    if reading.recipients and not bullet and (reading.broken or bare[:1].islower()):
        reading.recipients[-1] += " " + bare
    else:
        reading.recipients.extend(re.split(r";[ ]?-[ ]", bare))
    reading.broken = bare[-1:] not in ";."


def _signatory(lines: list[str]) -> Signatory | None:
    if not lines:
        return None
    capacities = [line for line in lines if _CAPACITY.match(line)]
    positions = [line for line in lines if not _CAPACITY.match(line) and line.isupper() and _POSITION.match(line)]
    names = [found["name"] for line in lines if (found := _NAME.match(line))]
    capacity = next(
        (line for line in capacities if not line.startswith(("TM", "T/M"))), capacities[0] if capacities else None
    )
    if not (capacities or positions or names):
        return None
    return Signatory(names[0] if names else None, positions[0] if positions else None, capacity)
