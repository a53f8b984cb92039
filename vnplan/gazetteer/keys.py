"""Keys under which names are compared: what case, tone placement, dashes and spaces do not change."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from vnplan.text import place_tones

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_ALIKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−─", "-"))
_SPACED_DASH = re.compile(r"\s?-\s?")


@lru_cache(maxsize=65_536)
def fold(words: str) -> str:
    """Return the comparison key of a name: NFC, case folded, old tone placement, one kind of Đ, dash and space.

    The same as :func:`vnplan.text.fold` for names, without its care for mark-up, and fast enough for whole lists.

    >>> fold("Sở  Hoà Bình – TP. HUẾ") == fold("sở hòa bình-tp. huế")
    True
    """
    text = unicodedata.normalize("NFC", words[:2_000]).translate(_INVISIBLE).translate(_ALIKE).translate(_DASHES)
    text = " ".join(text.casefold().split())
    return _SPACED_DASH.sub("-", place_tones(text))


def unit_key(name: str) -> str:
    """Return the key of the name of an administrative unit, in which a hyphen is a space ("Thừa Thiên - Huế")."""
    return " ".join(fold(name).replace("-", " ").split())
