"""Tables that no rules divide: their words stand in columns, and no parser tells the cells apart for certain.

They are read line by line, like running text. That a page holds one is told by the line that heads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vnplan.read.lists import load_list

if TYPE_CHECKING:
    from vnplan.read.pdf_layout import Piece

# yes: STT
# yes: Số TT
# no:  Số lượng
NUMBERS: Final = re.compile(r"(?:s ?t ?t|t ?t|số tt)[.]?", re.IGNORECASE)
_GAP: Final = 1.0  # heights of a letter between the headers of two columns
_FEWEST: Final = 3  # columns beside the numbers, of which two are known


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, load_list('table_heads')))})(?!\w)", re.IGNORECASE)


def heads_table(line: Sequence[Piece]) -> bool:
    """Tell whether a line heads a table: "STT", and behind it, far apart, the headers of columns."""
    if len(line) < _FEWEST or not NUMBERS.match(line[0].words.strip()):
        return False
    parts: list[str] = []
    last: Piece | None = None
    for piece in line:
        if last is None or piece.left - last.right > _GAP * (piece.top - piece.bottom):
            parts.append("")
        parts[-1] += f" {piece.words}"
        last = piece
    named = [part.strip() for part in parts]
    known = sum(_heads().match(part) is not None for part in named[1:])
    return NUMBERS.fullmatch(named[0]) is not None and len(named) > _FEWEST - 1 and known > 1
