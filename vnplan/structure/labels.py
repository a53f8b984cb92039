"""Labels of numbered paragraphs: what a paragraph begins with, in which style, and which place in its list it claims.

Styles differ from document to document (``1.``, ``1)``, ``(1)``, ``1/``); the outline infers their order from the
sequence. Letters follow the Vietnamese alphabet of lists: ``đ)`` after ``d)``, neither f nor j, w, z.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SIGNS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ORDINALS = {
    "nhất": 1, "một": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
BULLETS = "-+*•●▪■♦◦○–·¨§\u00d8\uf0b7\uf02d\uf0a7\uf0d8"

# yes: Phần thứ nhất / PHẦN I. MỤC TIÊU / Chương II / CHƯƠNG 3
# yes: Mục 1. Quy định / Điều 12. Phê duyệt
# no:  Chương trình hành động / Phần mềm / Mục tiêu
_GREAT = re.compile(
    r"(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Điều|ĐIỀU)[ ]"
    r"(?P<value>(?:thứ|THỨ)[ ][^\W\d_]{2,5}|[0-9]{1,3}[a-zđ]?|[IVXLC]{1,7}|[A-ZĐ])"
    r"(?P<stop>[ ]?[.:)]|(?=[ ]?[-]|[ ]|$))"
)
# yes: PHỤ LỤC / Phụ lục I / PHỤ LỤC SỐ 01 / PHỤ LỤC 2A: DANH MỤC
# no:  Phụ lục kèm theo Kế hoạch này
_APPENDIX = re.compile(
    r"(?P<word>Phụ lục|PHỤ LỤC)(?:[ ](?P<value>(?:số|SỐ|Số)[ ][0-9]{1,3}|[0-9]{1,3}[a-zA-Zđ]?(?:\.[0-9]{1,2})?"
    r"|[IVXLC]{1,7}|[A-ZĐ]))?"
    r"(?P<stop>[ ]?[.:]|(?=[ ]?[-(]|[ ]|$))"
)
# yes: I. MỤC TIÊU / IV/ / II) / A. / B) / III- NHIỆM VỤ
_UPPER = re.compile(r"(?P<value>[IVXLC]{1,7}|[IVX][ivx]{1,5}|[A-ZĐ])[ ]?(?P<mark>\.|\)|/|-(?=[ ]))(?=[ ]|[^\W\d_]|$)")
# yes: I.1. Mục tiêu / II.2.1. Nội dung / A.1.
_MIXED = re.compile(r"(?P<value>(?:[IVXLC]{1,7}|[A-ZĐ])(?:\.[0-9]{1,3}){1,4})(?:[.)](?=[ ]|[^\W\d_]|$)|(?=[ ]))")
# yes: 1.1. / 2.3.1 Nội dung / 1.1) / a.1)
# no:  1.250 người (three digits) / 3.5 triệu
_DECIMAL = re.compile(r"(?P<value>[0-9]{1,3}(?:\.[0-9]{1,2}){1,4})(?:[.)/](?![0-9])|-(?=[ ])|(?=[ ][^\W\d_]))")
# yes: 1. / 12) / (3) / 4/ Nội
# no:  1.250 / 23/KH-UBND / 1) without end is accepted; 30 gia đình
_NUMBER = re.compile(
    r"(?:\((?P<inside>[0-9]{1,3})\)|(?P<value>[0-9]{1,3})[ ]?(?P<mark>\.|\)|/|:|-)(?![0-9.]))(?=[ ]|[^\W\d_]|[“\"(]|$)"
)
# yes: a) / đ) / a. Nội dung / (b) / ii) / (iv) / c/ Sở
# no:  a giao
_SMALL = re.compile(
    r"(?:\((?P<inside>[a-zđ]|[ivx]{1,5})\)|(?P<value>[a-zđ]|[ivx]{1,5}|[a-zđ][0-9]{1,2}"
    r"|[a-zđ]\.[0-9]{1,2})[ ]?(?P<mark>\)|\.(?=[ ]|[^\W\d_]|$)|/(?=[ ]|[^\W\d_]|$)))"
)
_BULLET = re.compile(rf"(?:[{re.escape(BULLETS)}]|(?:o|v|Ø|§)(?=[ ][A-ZĐÀ-Ỹ]))[ ]?(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph begins with. ``style`` names its list, ``value`` its place there (0 where it has none).

    ``readings`` are the other lists that the same label could belong to (``i)`` is one and the ninth letter).
    """

    style: str
    value: int
    element: str  # what stands in a path
    printed: str
    size: int
    readings: tuple[tuple[str, int], ...] = ()
    prefix: str = ""  # of 2.1: 2


def roman(words: str) -> int:
    """Return the value of a roman number written as lists write it, or 0 (``IIII`` and ``VX`` are none).

    >>> roman("XIV"), roman("iii"), roman("IIX")
    (14, 3, 0)
    """
    values = [_ROMAN.get(letter, 0) for letter in words.lower()]
    if 0 in values:
        return 0
    total = sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return total if to_roman(total) == words.upper() else 0


def to_roman(number: int) -> str:
    """Return ``number`` (1 to 399) in roman capitals, or an empty string."""
    if not 0 < number < 400:
        return ""
    out = []
    for value, sign in _SIGNS:
        while number >= value:
            out.append(sign)
            number -= value
    return "".join(out)


def letter(words: str) -> int:
    """Return the place of a list letter: a is 1, d is 4, đ is 5, i is 9; 0 for what lists do not use."""
    return LETTERS.find(words.lower()) + 1 if len(words) == 1 else 0


def read_label(words: str) -> Label | None:
    """Return the label that ``words`` (a paragraph, or its first hundred letters) begins with, or None.

    >>> read_label("2.1. Chỉ tiêu").element, read_label("đ) Sở Y tế").value, read_label("- Chủ trì").style
    ('2.1', 5, '-')
    >>> read_label("100% trẻ em") is None, read_label("30 gia đình") is None
    (True, True)
    """
    head = words[:100]
    if not head:
        return None
    first = head[0]
    if first in "PCMTĐ" and (found := _GREAT.match(head)):
        return _great(found)
    if first == "P" and (found := _APPENDIX.match(head)):
        return _appendix(found, words)
    if first.isupper():
        return _upper(head)
    if first in "0123456789(":
        return _number(head) or (_small(head) if first == "(" else None)
    if found := _BULLET.match(head):
        sign = found[0].strip()
        style = "-" if sign in "–\uf02d" else sign
        return Label(style, 0, style, sign, found.end())
    return _small(head)


def _great(found: re.Match[str]) -> Label | None:
    word, value = found["word"].lower(), found["value"]
    key = value.split(" ")[-1]
    place = int(re.match(r"[0-9]+", key)[0]) if key[0].isdigit() else _ORDINALS.get(key.lower(), 0) or roman(key)  # type: ignore[index]
    if not place and len(key) == 1 and key.isupper():
        place = letter(key)
    if not place:
        return None
    style = {"phần": "part", "chương": "chapter", "mục": "division", "tiểu mục": "subdivision", "điều": "article"}[word]
    printed = found[0].rstrip()
    element = f"{found['word'].capitalize() if style == 'article' else found['word']} {value}"
    return Label(style, place, element, printed, found.end())


def _appendix(found: re.Match[str], words: str) -> Label | None:
    rest = words[found.end() :].lstrip(" .:-")
    value = found["value"] or ""
    if not value and found["word"] == "Phụ lục" and rest[:1].islower():
        return None
    number = value.split(" ")[-1]
    digits = re.match(r"[0-9]+", number)
    place = int(digits[0]) if digits else roman(number) or letter(number)
    element = f"{found['word']} {value}".strip()
    return Label("appendix", place, element, found[0].rstrip(), found.end())


def _upper(head: str) -> Label | None:
    if found := _MIXED.match(head):
        value = found["value"]
        if roman(value.split(".")[0]) or len(value.split(".")[0]) == 1:
            return _dotted(value, found)
    found = _UPPER.match(head)
    if not found:
        return None
    value, mark = found["value"], found["mark"]
    number, place = roman(value), letter(value)
    if not number and not (len(value) == 1 and place):
        return None
    both = bool(number and len(value) == 1 and place)
    style, worth = (f"I{mark}", number) if number else (f"A{mark}", place)
    readings = ((f"A{mark}", place),) if both else ()
    return Label(style, worth, value, found[0].rstrip(), found.end(), readings)


def _dotted(value: str, found: re.Match[str]) -> Label:
    parts = value.split(".")
    head = "I" if not parts[0].isdigit() else "1"
    style, prefix = f"{head}{'.1' * (len(parts) - 1)}", ".".join(parts[:-1])
    return Label(style, int(parts[-1]), value, found[0].rstrip(), found.end(), (), prefix)


def _number(head: str) -> Label | None:
    if found := _DECIMAL.match(head):
        if found["value"].split(".")[-1] == "0" or (len(found[0]) == len(found["value"]) and _is_amount(head, found)):
            return None
        return _dotted(found["value"], found)
    found = _NUMBER.match(head)
    if not found:
        return None
    value = found["inside"] or found["value"]
    style = "(1)" if found["inside"] else f"1{found['mark']}"
    if found["mark"] in (":", "-") and not head[found.end() :].lstrip()[:1].isupper():
        return None
    if found["mark"] == "/" and not re.match(r"[ ]|.[a-zà-ỹđ]", head[found.end() :]):
        return None
    return Label(style, int(value), str(int(value)) if value != "0" else value, found[0].rstrip(), found.end())


def _is_amount(head: str, found: re.Match[str]) -> bool:
    """``3.5 triệu`` and ``1.2 km`` are amounts; ``1.1 Mục tiêu`` is a label: what follows a label has a capital."""
    return not head[found.end() :].lstrip()[:1].isupper()


def _small(head: str) -> Label | None:
    found = _SMALL.match(head)
    if not found:
        return None
    value = found["inside"] or found["value"]
    form = "({})" if found["inside"] else "{}" + found["mark"]
    if len(value) > 1 and not roman(value):
        if value[0] not in LETTERS:
            return None
        return Label(form.format("a1"), int(value[1:].lstrip(".")), value, found[0].rstrip(), found.end(), (), value[0])
    number, place = roman(value), letter(value)
    if not number and not place:
        return None
    readings = ((form.format("i"), number),) if number and place else ()
    style, worth = (form.format("a"), place) if place else (form.format("i"), number)
    return Label(style, worth, value, found[0].rstrip(), found.end(), readings)
