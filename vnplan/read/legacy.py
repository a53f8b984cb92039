"""Vietnamese encodings from before Unicode: TCVN3 (fonts named .VnTime) and VNI (fonts named VNI-Times).

Their bytes look like Western European letters, and so do documents whose look-alikes were saved as Unicode. The tables
are TCVN 5712:1993 and the VNI table for Windows; TCVN3 has no accented capitals of its own, so case is lost where a
capital font (.VnTimeH) carried it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from vnplan.read.vietnamese import Letters, measure_letters

Encoding = Literal["tcvn3", "vni"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("tcvn3", "vni")

# From A1 to FE, one letter each; B0 to B4 are combining marks.
_TCVN3: Final = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậ"
    "èỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
TCVN3: Final = {0xA1 + i: letter for i, letter in enumerate(_TCVN3)}

# Two letters each: a base, and a mark that is written as a letter.
_VNI_PAIRS: Final = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "u": ("ùøûõï", "úùủũụ"),
    "y": ("ùøûõ", "ýỳỷỹ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "ö": ("ùøûõï", "ứừửữự"),
}
_VNI_SINGLE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    for base, (marks, letters) in _VNI_PAIRS.items():
        small.update((base + mark, letter) for mark, letter in zip(marks, letters, strict=True))
    table = dict(small)
    for key, letter in small.items():
        table[key.upper()] = letter.upper()
        table[key[0].upper() + key[1:]] = letter.upper()
    return table


VNI: Final = _vni_table()
# yes: aù
# yes: ñ
# no:  a
_VNI_LETTERS: Final = re.compile("|".join(sorted(VNI, key=len, reverse=True)))

_POOR: Final = 0.7  # share of syllables below which a text may be in an old encoding
_GOOD: Final = Letters(0, 0.85, 0.5)


def from_tcvn3(text: str) -> str:
    """Return ``text`` with TCVN3 look-alikes replaced.

    >>> from_tcvn3("KÕ ho¹ch")
    'Kế hoạch'
    """
    return text.translate(TCVN3)


def from_vni(text: str) -> str:
    """Return ``text`` with VNI look-alikes replaced, the longest first.

    >>> from_vni("Keá hoaïch")
    'Kế hoạch'
    """
    return _VNI_LETTERS.sub(lambda match: VNI[match.group()], text)


# yes: .VnTime
# yes: ABCDEF+.VnTimeH,Bold
# yes: VnArial
# no:  VNI-Times
# no:  VN Times New Roman
_TCVN3_FONT: Final = re.compile(r"(?:\.[Vv][Nn]|Vn(?=[A-Z]))[A-Za-z]")
# yes: VNI-Times
# yes: VNI Times
# no:  Vnitour
_VNI_FONT: Final = re.compile(r"[Vv][Nn][Ii][-_ ]")
# yes: ABCDEF+
# yes: QXYZAB+
# no:  ABC+
_SUBSET: Final = re.compile(r"[A-Z]{6}\+")
# yes: .VnTimeH
# yes: .VnTimeH,BoldItalic
# no:  .VnTime
_CAPITALS: Final = re.compile(r"[a-z]H(?:[-, ]?(?:Bold|Italic|Oblique|Regular|Normal|MT)){0,3}$")


@lru_cache(maxsize=1024)
def encoding_of_font(name: str) -> Encoding | None:
    """Return the old encoding that the name of a font of Word or PDF means, or None.

    The name alone does not tell how a text is written: documents in Unicode keep the old names.

    >>> encoding_of_font(".VnTimeH"), encoding_of_font("ABCDEF+VNI-Times,Bold"), encoding_of_font("Times New Roman")
    ('tcvn3', 'vni', None)
    """
    name = _SUBSET.sub("", name.strip(), count=1)
    if _TCVN3_FONT.match(name):
        return "tcvn3"
    return "vni" if _VNI_FONT.match(name) else None


def shows_capitals(name: str) -> bool:
    """Tell whether a font shows small letters as capitals: those of TCVN3 whose names end in H.

    >>> shows_capitals(".VnTimeH"), shows_capitals(".VnArialH,Bold"), shows_capitals(".VnTime"), shows_capitals("BOSCH")
    (True, True, False, False)
    """
    return encoding_of_font(name) == "tcvn3" and _CAPITALS.search(name.strip()) is not None


def convert(words: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Return ``words`` in Unicode; ``capitals`` for a font that shows small letters as capitals.

    >>> convert("kÕ ho¹ch", "tcvn3", capitals=True), convert("Keá hoaïch", "vni")
    ('KẾ HOẠCH', 'Kế hoạch')
    """
    words = from_tcvn3(words) if encoding == "tcvn3" else from_vni(words)
    return words.upper() if capitals else words


# yes: ế
# yes: đ
# no:  é
_BEYOND_LATIN: Final = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")


def is_unicode(text: str) -> bool:
    """Tell whether a text has a letter that shows that it is in Unicode: Vietnamese, and not in Latin-1.

    >>> is_unicode("Kế"), is_unicode("KÕ ho¹ch – “mét”"), is_unicode("Có")
    (True, False, False)
    """
    return _BEYOND_LATIN.search(text) is not None


def optional_hyphen(font: str) -> str:
    """Return what an optional hyphen is in a font: nothing, but the letter ư in those of TCVN3.

    >>> optional_hyphen("Arial"), convert(optional_hyphen(".VnTime"), "tcvn3")
    ('', 'ư')
    """
    return "\u00ad" if encoding_of_font(font) == "tcvn3" else ""


# What the font Symbol draws for its own codes, where plans use it; the rest of such fonts are bullets.
_SYMBOLS: Final = {
    0x2B: "+", 0x2D: "-", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xDE: "⇒",
}  # fmt: skip
# yes: \uf0b3
# no:  -
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


def from_symbols(text: str, font: str) -> str:
    """Return ``text`` with the private codes of symbol fonts replaced: signs of the font Symbol, else dashes.

    >>> from_symbols("\uf0b3 95%", "Symbol"), from_symbols("\uf0d8", "Wingdings")
    ('≥ 95%', '-')
    """
    signs = _SYMBOLS if font.lower().startswith("symbol") else {}
    return _PRIVATE.sub(lambda match: signs.get(ord(match.group()) - 0xF000, "-"), text)


def convert_legacy(text: str) -> tuple[str, str] | None:
    """Return the Unicode text and the name of the old encoding, or None for text that is none.

    Decided by letter statistics of the whole text: it must be poor Vietnamese before and good Vietnamese afterwards.
    """
    if not has_lookalikes(text) or is_good(measure_letters(text), _POOR):
        return None
    found = [(name, convert(text)) for name, convert in (("tcvn3", from_tcvn3), ("vni", from_vni))]
    shares = [measure_letters(converted) for _, converted in found]
    best = max(range(len(found)), key=lambda index: shares[index].syllables)
    return (found[best][1], found[best][0]) if is_good(shares[best]) else None


def is_good(letters: Letters, syllables: float = _GOOD.syllables) -> bool:
    """Tell whether the statistics are those of Vietnamese text with its diacritics."""
    return letters.syllables >= syllables and letters.marked >= _GOOD.marked


# yes: é
# yes: ·
# no:  a
_LOOKALIKE: Final = re.compile("[\u00a1-\u00ff]")


def has_lookalikes(text: str) -> bool:
    """Tell whether a text has a letter or sign that old encodings use for a letter of their own."""
    return _LOOKALIKE.search(text) is not None
