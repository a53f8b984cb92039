"""Classes of Vietnamese letters for patterns.

In Unicode's order capitals and small letters alternate, so that no range of them will do: ``[À-Ỹ]`` holds ``à`` too.
"""

from __future__ import annotations

_VIETNAMESE = [*range(0x00C0, 0x0180), *range(0x01A0, 0x01B1), *range(0x1EA0, 0x1EFA)]

CAPITAL = "A-Z" + "".join(letter for letter in map(chr, _VIETNAMESE) if letter.isupper())
SMALL = "a-z" + "".join(letter for letter in map(chr, _VIETNAMESE) if letter.islower())
