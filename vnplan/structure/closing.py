"""The end of a document: recipients (Nơi nhận) and signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7 and 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.model import Signatory, Text

_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi|NƠI GỬI)[ ]?[:;.]?[ ]?")
# yes: TM. ỦY BAN NHÂN DÂN / KT.CHỦ TỊCH / TL. BỘ TRƯỞNG / Q. GIÁM ĐỐC
# no:  QUYẾT ĐỊNH
_CAPACITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|T/M|K/T)(?:[ ]?\.[ ]?|[ ])|Q\.[ ]?)(?=[A-ZĐÀ-Ỹ])")
_POSITION = re.compile(
    r"(?:PHÓ |Q\. ?|QUYỀN )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHỦ NHIỆM|TRƯỞNG PHÒNG"
    r"|TRƯỞNG BAN|BÍ THƯ|TỔNG BÍ THƯ|CHÁNH THANH TRA|CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG CỤC TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|THỐNG ĐỐC"
    r"|CHI CỤC TRƯỞNG|TRƯỞNG|PHÓ BÍ THƯ|PHÓ THỦ TƯỚNG|CHÁNH ÁN)\b"
)
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,7}[ ]){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,7}$")
_STRIP = " -+•*;.:,"


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients, who signed, and the paragraphs that are one or the other."""

    recipients: tuple[str, ...]
    signatory: Signatory | None
    paragraphs: frozenset[int]
    first: int  # index of the first of them, or the number of paragraphs


def read_closing(text: Text, start: int) -> Closing:
    """Return the end of the document whose body begins at paragraph ``start``."""
    paragraphs = text.paragraphs
    begin = _find_begin(text, start)
    if begin is None:
        return Closing((), None, frozenset(), len(paragraphs))
    taken: list[int] = []
    recipients: list[str] = []
    signature: list[str] = []
    in_list = False
    for at in range(begin, min(len(paragraphs), begin + 80)):
        paragraph = paragraphs[at]
        words = text.words(paragraph.start, paragraph.end)
        if paragraph.kind == "footnote":
            continue
        if at > begin and _leaves(words, bool(signature)):
            break
        taken.append(at)
        head = _RECIPIENTS.match(words)
        if head:
            in_list = True
            rest = words[head.end() :].strip(_STRIP)
            if rest:
                recipients.append(rest)
            continue
        capital = words.strip("* ")
        if _CAPACITY.match(capital) or (_POSITION.match(capital) and capital.isupper()):
            signature.append(capital)
            if paragraph.cell is None:
                in_list = False
        elif in_list and words[:1] in "-+•*–" or (in_list and not (signature and _NAME.match(capital))):
            if words[:1] in "-+•*–" or not recipients:
                recipients.append(words.strip(_STRIP))
            else:
                recipients[-1] = f"{recipients[-1]} {words.strip(_STRIP)}"
        else:
            signature.append(capital)
    return Closing(
        tuple(r for r in recipients if r), _signatory(signature), frozenset(taken), taken[0] if taken else len(paragraphs)
    )  # fmt: skip


def _find_begin(text: Text, start: int) -> int | None:
    for at in range(start, len(text.paragraphs)):
        paragraph = text.paragraphs[at]
        head = text.clean[paragraph.start : paragraph.start + 40]
        if _RECIPIENTS.match(head):
            return _with_signature_before(text, start, at)
        if _CAPACITY.match(head) and text.clean[paragraph.start : paragraph.end].isupper():
            return at
    return None


def _with_signature_before(text: Text, start: int, at: int) -> int:
    """A signature may stand before the recipients where columns were read from the right."""
    begin = at
    for before in range(at - 1, max(start, at - 8), -1):
        paragraph = text.paragraphs[before]
        words = text.clean[paragraph.start : paragraph.end]
        if _CAPACITY.match(words) or (words.isupper() and _POSITION.match(words)):
            begin = before
    return begin


def _leaves(words: str, signed: bool) -> bool:
    return bool(re.match(r"(?:PHỤ LỤC|Phụ lục|CHƯƠNG TRÌNH$|KẾ HOẠCH$|QUY CHẾ$|QUY ĐỊNH$|ĐỀ ÁN$|DANH MỤC|BIỂU|Mẫu )", words)) or (
        signed and len(words) > 200
    )


def _signatory(lines: list[str]) -> Signatory | None:
    if not lines:
        return None
    capacities = [line for line in lines if _CAPACITY.match(line)]
    positions = [line for line in lines if not _CAPACITY.match(line) and _POSITION.match(line) and line.isupper()]
    names = [line for line in lines if _NAME.match(line)]
    capacity = next((line for line in capacities if line.startswith(("KT", "TL", "TUQ"))), capacities[0] if capacities else None)
    return Signatory(names[0] if names else None, positions[0] if positions else None, capacity)
