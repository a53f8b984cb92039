"""Vietnamese encodings from before Unicode: TCVN3 (fonts named .VnTime) and VNI (fonts named VNI-Times).

Their bytes look like Western European letters, and so do documents whose look-alikes were saved as Unicode. The tables
are TCVN 5712:1993 and the VNI table for Windows; TCVN3 has no accented capitals of its own, so case is lost where a
capital font (.VnTimeH) carried it.
"""

from __future__ import annotations

import re
from typing import Final

from vnplan.read.vietnamese import Letters, measure_letters

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


def from_font(text: str, font: str) -> tuple[str, str]:
    """Return the words of a run in Unicode, and the name of the old encoding that its font means, if any.

    A font's name alone does not tell: documents in Unicode keep the old names. Letters that the old fonts have not
    (all of Vietnamese beyond Latin-1) show that it is Unicode.

    >>> from_font("kÕ ho¹ch", ".VnTimeH")
    ('KẾ HOẠCH', 'tcvn3')
    >>> from_font("kế hoạch", ".VnTime")
    ('kế hoạch', '')
    """
    old = font.startswith((".Vn", "VNI"))
    if not old or not _has_lookalikes(text) or any(letter > "\u00ff" for letter in text):
        return text, ""
    if font.startswith("VNI"):
        return from_vni(text), "vni"
    return from_tcvn3(text).upper() if font.endswith("H") else from_tcvn3(text), "tcvn3"


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
    if not _has_lookalikes(text) or is_good(measure_letters(text), _POOR):
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


def _has_lookalikes(text: str) -> bool:
    return _LOOKALIKE.search(text) is not None
