"""What a document says of itself at its head (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 1 to 5).

The head is read twice: as lines, which the type line and the subject need, and as one run of words, because columns
are read in many orders and some texts have lost their lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.model import Kind, Paragraph, Problem, Text
from vnplan.structure.dates import PlaceDate, find_place_date
from vnplan.structure.kinds import ISSUED_WITH, kind_of_number, kind_of_words, type_words
from vnplan.structure.labels import read_label
from vnplan.structure.numbers import Number, find_number

_HEAD_PARAGRAPHS = 80
_HEAD_LETTERS = 6_000
_TITLE_LETTERS = 400
_SHORT_LINE = 60  # letters: V/v stands in a narrow column
# Where a head is over at the latest: the words that open a basis, an address, or the body.
# yes: Căn cứ Luật / Kính gửi: / Thực hiện Quyết định số 1591/QĐ-TTg / Theo đề nghị của
# no:  Thực hiện Chương trình chăm sóc
_DOCUMENT = (
    r"(?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Công văn|Thông báo|Kết luận|Thông tư|Nghị định|Luật|Chương trình|Đề án"
    r"|Hướng dẫn|Văn bản|Công điện|Thông tri)"
)
_OPENING = re.compile(
    r"(?<![^\W_])(?:Căn cứ|Kính gửi|Xét (?:đề nghị|Tờ trình)|Theo đề nghị"
    rf"|(?:Thực hiện|Triển khai|Tiếp tục thực hiện|Triển khai thực hiện|Để thực hiện|Nhằm"
    rf"|Trên cơ sở)[ ](?:các[ ])?{_DOCUMENT}"
    r"[ ](?:hành động[ ])?(?:số[ ]|[0-9]|ngày[ ]|liên tịch[ ]))"
)
# yes: THỦ TƯỚNG CHÍNH PHỦ / CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / BỘ TRƯỞNG BỘ Y TẾ
_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|QUỐC HỘI"
    r"|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|BỘ CHÍNH TRỊ"
    r"|TỔNG GIÁM ĐỐC|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|TRƯỞNG BAN|CHỦ NHIỆM|TỔNG KIỂM TOÁN"
    r"|TỔNG THANH TRA|CHÁNH|LIÊN BỘ|HIỆU TRƯỞNG)(?![^\W_])"
)
_MOTTO = re.compile(
    r"C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I(?: CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM)?|CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM|CỘNG HOÀ XÃ HỘI"
    r"|[ĐD]ộc lập[ ]?[-.–]?[ ]?Tự do[ ]?[-.–]?[ ]?H[ạa]nh phúc"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập - Tự do|Tự do - Hạnh phúc|Độc Lập - Tự Do - Hạnh Phúc",
)
_ABOUT = re.compile(r"(?:V/v|v/v|Về việc|V/V|VV|Vv)[ ]?[:.]?[ ]?")
_CONNECTING = frozenset({"CỦA", "VÀ", "GIỮA", "DO", "TẠI", "BỞI", "VỚI", "CHO", "TRÌNH", "-", "BAN", "PHÓ"})
_LETTERS = re.compile(r"[^\W\d_]")
_ENDS = (".", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a head as they were found; ``body`` is the index of the paragraph after it, ``start`` its offset."""

    kind: Kind | None = None
    number: Number | None = None
    date: PlaceDate | None = None
    letterhead: str = ""
    subject: str | None = None
    body: int = 0
    start: int = 0
    typed: int | None = None  # where its type line begins
    problems: tuple[Problem, ...] = ()


def read_head(text: Text) -> Head:
    """Return what stands before the body of a document."""
    region = head_region(text)
    number = find_number(region)
    date = find_place_date(region)
    type_span = _find_type(text, region, number, date)
    if date is not None and date.place is None and (date.start > type_span[0] if type_span else number is None):
        date = None  # a date of another document, in the subject
    kind: Kind | None = kind_of_words(region[type_span[0] : type_span[1]]) if type_span else None
    problems: list[Problem] = []
    if number is not None and kind is None:
        kind = kind_of_number(number.value or f"/{number.codes}")
    if date is not None and date.impossible:
        problems.append(
            Problem("impossible-date", "the date of the document does not exist", text.span(date.start, date.end))
        )
    edge = min(
        [
            e
            for e in (
                type_span[0] if type_span else None,
                number.start if number else None,
                date.start if date else None,
            )
            if e is not None
        ],
        default=0,
    )
    letterhead = _letterhead(text, edge)
    if type_span:
        subject, body, start = _subject(text, type_span[1])
    else:
        subject, body, start = _letter_subject(text, number, date)
    return Head(
        kind, number, date, letterhead, subject, body, start, type_span[0] if type_span else None, tuple(problems)
    )


# yes: Kế hoạch hỗ trợ hộ nghèo xây dựng nhà ở / Quyết định số 9/QĐ-UBND ngày 2/3/2024 về thư viện
# no:  Kế hoạch này thay thế Kế hoạch cũ.
_TITLE = re.compile(
    r"(?P<kind>Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Chương trình|Đề án|Thông báo|Hướng dẫn|Công văn|Báo cáo|Kết luận)"
    r"(?:[ ]số[ ]?:?[ ]?(?P<number>[^ ]{3,40}))?[ ](?P<rest>(?!này )[^ ])"
)


def read_title(words: str) -> tuple[Kind, str | None, str] | None:
    """Return kind, number and subject of a title that names the document without a head ("Kế hoạch hỗ trợ ...").

    >>> read_title("Kế hoạch số 15/KH-UBND về thư viện")
    ('plan', '15/KH-UBND', 'về thư viện')
    """
    found = _TITLE.match(words.replace("_", " ")) if len(words) < _TITLE_LETTERS else None
    if found is None or words.rstrip().endswith((".", ":", ";")):
        return None
    kind = kind_of_words(found["kind"])
    cited = find_number(f"Số: {found['number']}") if found["number"] else None
    return (kind, cited.value if cited else None, words[found.start("rest") :].strip()) if kind else None


def head_from_title(text: Text) -> Head | None:
    """Return a head made of a title among the first lines, for a text that has lost its own."""
    for at, paragraph in enumerate(text.paragraphs[:3]):
        if titled := read_title(text.words(paragraph.start, paragraph.end)):
            kind, value, subject = titled
            number = Number(value, "", paragraph.start, paragraph.end) if value else None
            start = text.paragraphs[at + 1].start if at + 1 < len(text.paragraphs) else len(text.clean)
            return Head(kind, number, None, "", subject, at + 1, start)
    return None


def head_region(text: Text) -> str:
    """Return the beginning of the cleaned text in which the head must stand."""
    stop = len(text.clean)
    if len(text.paragraphs) > _HEAD_PARAGRAPHS:
        stop = text.paragraphs[_HEAD_PARAGRAPHS].start
    region = text.clean[: min(stop, _HEAD_LETTERS)].replace("\n", " ")
    found = _OPENING.search(region)
    return region[: found.start()] if found else region


def _find_type(text: Text, region: str, number: Number | None, date: PlaceDate | None) -> tuple[int, int] | None:
    """Return where the type line stands: a line of its own, else capitals behind the number and the date."""
    for paragraph in text.paragraphs:
        if paragraph.start >= len(region):
            break
        words = text.clean[paragraph.start : paragraph.end].strip(" *:.-")
        if len(words) < 40 and (words.isupper() or paragraph.bold >= len(words)):
            found = type_words().match(words.upper())
            if found and found.end() == len(words):
                at = text.clean.find(words, paragraph.start, paragraph.end)
                return at, at + len(words)
        elif read_label(words) is not None and number is None:
            break
    after = max(number.end if number else 0, date.end if date and date.place else 0)
    if not after:
        for paragraph in text.paragraphs[:12]:
            if (found := type_words().match(text.clean, paragraph.start)) and paragraph.start < len(region):
                return found.start(), found.end()
        return None
    found = type_words().search(region, after)
    if found is None or _letters_between(region[after : found.start()]) > 200:
        return None
    return found.start(), found.end()


def _letters_between(words: str) -> int:
    return len(_LETTERS.findall(words))


def _letterhead(text: Text, edge: int) -> str:
    """Return the words above number, date and type, without the motto: the body that issues, and the one above it."""
    words = text.printed[:edge] if edge else ""
    words = _MOTTO.sub(" ", text.clean[: len(words)])
    kept = []
    for line in words.split("\n"):
        for part in re.split(r"[-_*=–]{2,}|[.…]{3,}", line):
            tokens = part.split()
            capital = [t for t in tokens if t.isupper() or not _LETTERS.search(t)]
            if tokens and len(capital) >= len(tokens) * 0.6 and _LETTERS.search(part):
                kept.append(part.strip(" -–*_."))
    return " ".join(" ".join(kept[-6:]).split())


def _subject(text: Text, end: int) -> tuple[str | None, int, int]:
    """Return the subject that follows the type line, the index of the first paragraph of the body and its offset."""
    paragraphs = text.paragraphs
    at = next((i for i, p in enumerate(paragraphs) if p.end >= end), len(paragraphs))
    if at == len(paragraphs):
        return None, at, end
    pieces: list[tuple[int, int]] = []
    rest = text.clean[end : paragraphs[at].end]
    if _LETTERS.search(rest):
        start = end + len(rest) - len(rest.lstrip(" :.-*"))
        stop = _inline_stop(text, start, paragraphs[at].end)
        if stop < paragraphs[at].end:
            return _words(text, [(start, stop)]), at, stop
        pieces.append((start, stop))
    at += 1
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        words = text.clean[paragraph.start : paragraph.end]
        if not any(letter.isalnum() for letter in words):
            at += 1
            continue
        if paragraph.kind == "footnote" or ISSUED_WITH.match(words):
            at += 1
            continue
        if not _goes_on(text, pieces, words, bool(paragraph.bold)):
            break
        stop = _inline_stop(text, paragraph.start, paragraph.end)
        pieces.append((paragraph.start, stop))
        if stop < paragraph.end:
            return _words(text, pieces), at, stop
        at += 1
    return _words(text, pieces), at, paragraphs[at].start if at < len(paragraphs) else len(text.clean)


def _goes_on(text: Text, pieces: list[tuple[int, int]], words: str, bold: bool) -> bool:
    if _OPENING.match(words) or _AUTHORITY.match(words) or read_label(words) is not None or len(words) > 1_500:
        return False
    if not pieces:
        return not (len(words) > 600 or (words[-1] in ":;" and len(words) > 150))
    before = text.clean[pieces[-1][0] : pieces[-1][1]].rstrip()
    if before.endswith((".", ":", ";")) or len(pieces) > 5:
        return False
    if words[0].islower() or before.endswith((",", "-")):
        return True
    if words.isupper() and before.isupper():
        return True
    return words[-1] not in ".:;," and len(words) < 200 and before.isupper() == words.isupper()


def _inline_stop(text: Text, start: int, end: int) -> int:
    """Return where, inside a paragraph, the subject ends because lines were lost."""
    words = text.clean[start:end]
    found = _OPENING.search(words)
    stop = found.start() if found else len(words)
    head = words[:stop]
    tokens = head.split()
    if found is None and not (
        len(tokens) > 3 and all(t.isupper() for t in tokens[:3] if _LETTERS.search(t)) and not head.isupper()
    ):
        return end
    if sum(t.isupper() for t in tokens[:3]) >= 2 and not head.isupper():
        stop = _end_of_capitals(head)
        head = words[:stop]
    if found is not None:
        stop = _without_authority(head)
    return start + stop


def _without_authority(words: str) -> int:
    """Return where a subject in capitals ends before the authority that decides (``CHỦ TỊCH ỦY BAN NHÂN DÂN``)."""
    cut = len(words)
    for found in reversed(list(_AUTHORITY.finditer(words))):
        before = words[: found.start()].split()
        if not before or before[-1] in _CONNECTING or words[found.start() : cut].count(" ") > 14:
            break
        cut = found.start()
    return cut


def _end_of_capitals(words: str) -> int:
    """Return where a run of words in capitals ends: before the first of two neighbours that have small letters."""
    before: int | None = None
    for token in re.finditer(r"[^ \n]+", words):
        if not _LETTERS.search(token[0]):
            continue
        if token[0].upper() == token[0]:
            before = None
        elif before is not None:
            return before
        else:
            before = token.start()
    return len(words)


def _words(text: Text, pieces: list[tuple[int, int]]) -> str | None:
    words = " ".join(text.words(start, stop) for start, stop in pieces).strip(" *-–_:.")
    return " ".join(words.split()) or None


def _letter_subject(text: Text, number: Number | None, date: PlaceDate | None) -> tuple[str | None, int, int]:
    """Return the subject of an official letter (V/v ... under the number) and where its body begins."""
    paragraphs = text.paragraphs
    edge = max(number.end if number else 0, date.end if date else 0)
    at = next((i for i, p in enumerate(paragraphs) if p.end >= edge), 0) if edge else 0
    if not edge:
        return None, 0, paragraphs[0].start if paragraphs else 0
    last, pieces = at, []
    for i in range(min(len(paragraphs), at + 8) if number is not None else 0):
        paragraph = paragraphs[i]
        words = text.clean[paragraph.start : paragraph.end]
        found = _ABOUT.search(words)
        if _OPENING.match(words):
            break
        if found is None or (found.start() and not (number and number.start < paragraph.start + found.start())):
            continue
        pieces.append(_until_date(text, paragraph.start + found.end(), paragraph.end))
        while i + 1 < len(paragraphs) and _same_line(text, paragraphs[i], paragraphs[i + 1]):
            i += 1
            pieces.append(_until_date(text, paragraphs[i].start, paragraphs[i].end))
        last = max(last, i)
        break
    body = last + 1
    subject = _words(text, pieces) if pieces else None
    return subject, body, paragraphs[body].start if body < len(paragraphs) else len(text.clean)


def _same_line(text: Text, before: Paragraph, paragraph: Paragraph) -> bool:
    """The words of V/v are broken into short lines: the next one of the same cell, or one that begins small."""
    words = text.clean[paragraph.start : paragraph.end]
    dated = find_place_date(words)
    if _MOTTO.match(words) or (dated and dated.place) or words.startswith(("Kính gửi", "KÍNH GỬI", "Số:")):
        return False
    if before.cell is not None:
        return paragraph.cell == before.cell
    return words[0].islower() or (before.end - before.start < _SHORT_LINE and text.clean[before.end - 1] not in ".;:")


def _until_date(text: Text, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without a date line or an address behind it on the same line."""
    words = text.clean[start:end]
    place = find_place_date(words)
    stop = place.start if place and place.place else len(words)
    if found := _OPENING.search(words, 0, stop):
        stop = found.start()
    return start, start + stop
