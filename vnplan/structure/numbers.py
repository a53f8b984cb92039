"""The number of a document as its head prints it, with what typing puts into it taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONFUSED = str.maketrans("АВЕКМНОРСТХаеорсху", "ABEKMHOPCTXaeopcxy")
_CODE = r"[A-ZĐƯÔÂĂÊƠ][A-Za-zĐđƯưÔôÂâĂăÊêƠơÁ-Ỹ0-9]{0,14}"
_JOINT = r"[ ]?[-/.&][ ]?"
# yes: 32/KH-UBND / 30/2020/NĐ-CP / 66.18/2026/NQ-CP / 24/2026//NQ-CP / 57-NQ/TW / 147/2025/QH15
# yes: 2170 /QĐ - UBND / 7432/UBND-XD / 15a/BC-BNV
# no:  1591 / 08/12/2023
_BODY = re.compile(
    rf"(?P<serial>[0-9]{{1,6}}[a-zA-Z]?(?:\.[0-9]{{1,4}}){{0,2}})[ ._…]{{0,12}}"
    rf"(?:[ ]?/{{1,2}}[ ]?(?P<year>[12](?:[ ]?[0-9]){{3}}))?"
    rf"(?P<codes>[ ]?(?:/{{1,2}}|-)[ ]?{_CODE}(?:{_JOINT}{_CODE}){{0,5}})"
)
_BLANK = re.compile(
    rf"[ ._…*\[\]]{{0,40}}(?:/[ ]?(?P<year>[12][0-9]{{3}}))?(?P<codes>[ ]?[/-][ ]?{_CODE}(?:{_JOINT}{_CODE}){{0,5}})"
)
_LONE = re.compile(r"[ ]?(?P<serial>[0-9]{1,6})(?![0-9/-])")
# yes: Số: 12/KH-UBND / SỐ 3260-KH / Luật số: 147/2025/QH15 / Nghị quyết số: 198
# no:  Kế hoạch số 33/KH-UBND ngày
_OPENER = re.compile(r"(?:(?<![^\W_])S[ốỐ][ ]?[:;.]?|(?:Luật|Pháp lệnh|Nghị quyết|Bộ luật)[ ]số[ ]?:)[ ]?")

_TYPE_ENDS = frozenset(
    {"hoạch", "định", "quyết", "thị", "văn", "báo", "tư", "luật", "trình", "luận", "lệnh", "án", "dẫn"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start, end)`` of the text searched; where it is blank, ``value`` is None and ``codes`` stay."""

    value: str | None
    codes: str
    start: int
    end: int


def find_number(head: str) -> Number | None:
    """Return the number in the head of a document, blank or not; None where no line of that kind stands.

    >>> find_number("Số: 24/2026//NQ-CP").value, find_number("Số: …/KH-UBND").value, find_number("Số: …/KH-UBND").codes
    ('24/2026/NQ-CP', None, 'KH-UBND')
    >>> find_number("Thực hiện Kế hoạch số 33/KH-UBND") is None
    True
    """
    plain = head.translate(_CONFUSED)
    blank: Number | None = None
    for opener in _OPENER.finditer(plain):
        at = opener.end()
        if ":" not in opener[0] and _cites(plain[: opener.start()], opener[0]):
            continue
        if found := _BODY.match(plain, at):
            return Number(_value(found), _squeeze(found["codes"]).lstrip("/-"), opener.start(), found.end())
        if found := _BLANK.match(plain, at):
            return Number(None, _squeeze(found["codes"]).lstrip("/-"), opener.start(), found.end())
        if blank is None and ":" in opener[0]:
            lone = _LONE.match(plain, at)
            blank = Number(lone["serial"] if lone else None, "", opener.start(), lone.end() if lone else at)
    return blank


def _cites(before: str, opener: str) -> bool:
    """A type before it, or capitals all the way, make it the number of another document: ``CHỈ THỊ SỐ 31/CT-TTG``."""
    word = before[-40:].split()[-1:] or [""]
    return (opener.isupper() and word[0].isupper() and len(word[0]) > 1) or word[0].lower() in _TYPE_ENDS


def _value(found: re.Match[str]) -> str:
    year = f"/{found['year'].replace(' ', '')}" if found["year"] else ""
    codes = _squeeze(found["codes"])
    return f"{found['serial']}{year}{codes}"


def _squeeze(codes: str) -> str:
    return re.sub(r"/{2,}", "/", codes.replace(" ", ""))
