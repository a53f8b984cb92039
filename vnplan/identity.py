"""Names by which documents are told apart: URN:LEX identifiers (RFC 9676) and keys of document numbers.

An identifier is the only place where Vietnamese loses its diacritics, because the RFC wants ASCII; it is computed here
and never read back. Two mentions of one document get one identifier when issuer, kind, date and number agree.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Final

from vnplan.model import Kind

KIND_WORDS: Final[dict[Kind, str]] = {
    "plan": "kế hoạch", "decision": "quyết định", "resolution": "nghị quyết", "directive": "chỉ thị", "law": "luật",
    "code": "bộ luật", "ordinance": "pháp lệnh", "decree": "nghị định", "circular": "thông tư",
    "joint circular": "thông tư liên tịch", "conclusion": "kết luận", "guideline": "hướng dẫn",
    "programme": "chương trình", "scheme": "đề án", "project": "dự án", "strategy": "chiến lược",
    "official letter": "công văn", "telegram": "công điện", "notice": "thông báo", "report": "báo cáo",
    "submission": "tờ trình", "regulation": "quy định", "appendix": "phụ lục", "other": "văn bản",
}  # fmt: skip
_UNKNOWN: Final = "*"  # a part of the name that a mention does not give
_LONGEST: Final = 200  # code points of any part; longer ones are cut

_WRITTEN_OUT: Final = (("HĐND", "hội đồng nhân dân"), ("UBND", "ủy ban nhân dân"))
_OFFICES: Final = (
    "Phó Chủ tịch ", "Chủ tịch ", "Bộ trưởng ", "Thứ trưởng ", "Tổng Giám đốc ", "Phó Giám đốc ", "Giám đốc ",
    "Tổng Cục trưởng ", "Cục trưởng ", "Trưởng ban ", "Trưởng phòng ", "Thống đốc ", "Viện trưởng ", "Chánh án ",
    "Tổng Thanh tra ",
)  # fmt: skip
_OWN_OFFICES: Final = ("Chủ tịch nước", "Chủ tịch Quốc hội")  # offices that issue documents of their own
_KINDS_OF_UNIT: Final = ("tỉnh ", "thành phố ")

# Cyrillic and Greek letters that look like Latin ones, as they occur in document numbers.
_ALIKE: Final = str.maketrans("АВЕЅІЈКМНОРСТУХаеоѕіјрсухΑΒΕΙΚΜΝΟΡΤΥΧÐƉðɖ", "ABESIJKMHOPCTYXaeosijpcyxABEIKMNOPTYXĐĐđđ")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘-", "-"))
_SEPARATORS = re.compile(r"[-/&_]{1,4}")
_ZEROS = re.compile(r"^0{1,6}(?=[0-9])")
# yes: 1o/kh/ubnd, l2/kh/ubnd: figures that were recognised as letters
# no:  12a/kh/ubnd, o/kh/ubnd
_COUNT = re.compile(r"^(?=[^/]{0,6}[0-9])[0-9olis]{2,6}(?=/)")
# yes: 163/2024/qhi5, qhl5
# no:  kh/ubnd
_ASSEMBLY = re.compile(r"/qh[il](?=[0-9]$)")
_FIGURES: Final = str.maketrans("olis", "0115")
_YEAR = re.compile(r"/((?:19|20)[0-9]{2})(?:/|$)")
_ODD = re.compile(r"[^a-z0-9]{1,40}")


def plain_letters(words: str) -> str:
    """Return the words with letters of other alphabets that look like Latin ones replaced by these; same length.

    >>> plain_letters("06/2026/TT-BT\\u0421") == "06/2026/TT-BTC"
    True
    """
    return words.translate(_ALIKE)


@lru_cache(maxsize=65536)
def number_key(number: str) -> str:
    """Return the key under which two spellings of a document number are equal; never to be shown.

    Case, spaces, kinds of dash and slash, double slashes, leading zeros, the letters Ð and Đ, TW and TƯ, and letters
    of other alphabets that look the same make no difference; nor does a figure that was recognised as a letter
    (1O, QHI5).

    >>> number_key("066/KH- UBND") == number_key("66//KH–UBND")
    True
    >>> number_key("23-CT/TW") == number_key("23-CT/TƯ"), number_key("23/CT-TTg") == number_key("28/CT-TTg")
    (True, False)
    """
    words = unicodedata.normalize("NFC", number[:_LONGEST]).translate(_ALIKE).translate(_DASHES)
    words = "".join(words.split()).casefold().strip(".,;:")
    words = _COUNT.sub(lambda found: found[0].translate(_FIGURES), _SEPARATORS.sub("/", words))
    words = _ASSEMBLY.sub("/qh1", _ZEROS.sub("", words))
    return words.removesuffix("/tư") + "/tw" if words.endswith("/tư") else words


def year_of_number(number: str | None) -> str | None:
    """Return the year that a legal act carries in its number ("30/2020/NĐ-CP"), or None.

    >>> year_of_number("66.18/2026/NQ-CP"), year_of_number("32/KH-UBND")
    ('2026', None)
    """
    found = _YEAR.search(number[:_LONGEST]) if number else None
    return found[1] if found else None


def plain_ascii(words: str) -> str:
    """Return the words in ASCII, small letters and figures only, with one blank between them; never to be shown.

    >>> plain_ascii("UBND tỉnh Lạng Sơn")
    'ubnd tinh lang son'
    """
    return _ascii(words, " ")


def _ascii(words: str, joint: str) -> str:
    """Return the words in ASCII, small letters and figures only, with ``joint`` between them."""
    letters = unicodedata.normalize("NFD", words[:_LONGEST].translate(_ALIKE).casefold().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _ODD.sub(joint, plain).strip(joint)


def _authority(issuer: str, units: list[str]) -> str:
    """Return the issuing body without its head's office and without its unit, which the jurisdiction names."""
    name = issuer
    if not any(name.startswith(own) for own in _OWN_OFFICES):
        office = next((office for office in _OFFICES if name.startswith(office)), "")
        name = name.removeprefix(office)
    if units:
        own = units[0]
        bare = own.split(" ", 2 if own.startswith(("thành phố ", "thị ", "đặc ")) else 1)[-1]
        for unit in (own, bare):
            if name.casefold().endswith(" " + unit.casefold()):
                name = name[: -len(unit)].rstrip()
                break
    for short, words in _WRITTEN_OUT:
        name = name.replace(short, words)
    return _ascii(name, ".") or _UNKNOWN


def document_urn(
    *,
    issuer: str | None,
    kind: Kind | None,
    date: str | None,
    number: str | None,
    jurisdiction: str | None = None,
    name: str | None = None,
    fallback: str = "",
) -> str:
    """Return the URN:LEX of a document (RFC 9676, section 5): jurisdiction, authority, measure, date and number.

    ``jurisdiction`` names the issuer's unit and those above it ("thành phố Lai Châu, tỉnh Lai Châu"), None for a
    central body. The head of a body issues for the body. A document without number is told apart by ``name`` (a law),
    else by ``fallback`` (what is certain to differ, such as the hash of its file). A part that is not known is ``*``.

    >>> document_urn(issuer="UBND tỉnh Lạng Sơn", kind="plan", date="2024-01-30", number="32/KH-UBND",
    ...              jurisdiction="tỉnh Lạng Sơn")
    'urn:lex:vn;lang.son:uy.ban.nhan.dan:ke.hoach:2024-01-30;32-kh-ubnd'
    >>> document_urn(issuer="Thủ tướng Chính phủ", kind="decision", date="2023-12-08", number="1591/QĐ-TTg")
    'urn:lex:vn:thu.tuong.chinh.phu:quyet.dinh:2023-12-08;1591-qd-ttg'
    """
    units = [part.strip() for part in (jurisdiction or "").split(",") if part.strip()]
    where = ["vn"]
    for unit in reversed(units):
        bare = next((unit.removeprefix(k) for k in _KINDS_OF_UNIT if unit.startswith(k)), unit)
        where.append(_ascii(bare if len(where) == 1 else unit, ".") or _UNKNOWN)
    authority = _authority(issuer, units) if issuer else _UNKNOWN
    measure = _ascii(KIND_WORDS[kind], ".") if kind else _UNKNOWN
    when = _ascii(date or year_of_number(number) or "", "-") or _UNKNOWN
    if number and (key := _ascii(number_key(number), "-")):
        last = key
    elif name:
        last = _ascii(name, ".") or _UNKNOWN
    else:
        last = f"lex-{int(hashlib.sha256(fallback.encode('utf-8', 'surrogatepass')).hexdigest()[:12], 16)}"
    return f"urn:lex:{';'.join(where)}:{authority}:{measure}:{when};{last}"
