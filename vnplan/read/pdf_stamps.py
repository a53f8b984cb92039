"""The words of stamps on PDF pages: of digital signatures, and of the office that received the document.

They stand before, between and over the lines of the document, so they are taken out run by run before lines are made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vnplan.read.lists import load_list
from vnplan.read.pdf_layout import Piece, usual_height

_TOP: Final = 0.75  # of the page: above, one line is enough for a stamp
_FOOT: Final = 0.08
_SMALL: Final = 0.9  # of the usual height of letters
_NEAR: Final = 3.0  # points between the left edges of two lines of one stamp
_BESIDE: Final = 2.0  # heights between a label and what is filled in
_BELOW: Final = 0.9  # heights between two lines of one stamp
_MOST: Final = 8  # lines
# yes: 10:12:00 +07:00
# yes: 05.02.2026 10:12:00
# no:  10 giờ
_TIME: Final = re.compile(r"[0-9]{1,4}[:./-][0-9]{2}[:./-][0-9]{2,4}[ 0-9:+./-]{0,24}$")
# yes: Số: 1234
# yes: Số:........
# no:  Số: 12/KH-UBND
_NUMBER: Final = re.compile(r"[^:]{1,16}:[ ]{0,3}[0-9.…]{0,40}$")


def leave_stamps(pieces: list[Piece], height: float) -> tuple[list[Piece], bool]:
    """Return the pieces of a page of this height without the words of stamps, and whether there were any.

    One label in the margin makes a stamp, elsewhere two in small print do.
    """
    labelled = [piece for piece in pieces if _is_label(piece.words)]
    arrivals = [piece for piece in pieces if len(piece.words) < 16 and piece.words.strip().lower() in _arrivals()]
    if not labelled and not arrivals:
        return pieces, False
    small = _SMALL * usual_height([[piece] for piece in pieces])
    found: list[Piece] = []
    for piece in labelled:
        in_margin = piece.top > height * _TOP or piece.bottom < height * _FOOT
        tiny = piece.top - piece.bottom < small
        if in_margin or (tiny and any(_is_beside(piece, other) for other in labelled)):
            found += [piece, *_filled_in(piece, pieces), *(_lines_below(piece, pieces) if tiny else ())]
    for piece in arrivals:
        found += _arrival(piece, pieces)
    gone = set(map(id, found))
    return [piece for piece in pieces if id(piece) not in gone], bool(found)


def _arrivals() -> tuple[str, ...]:
    return load_list("arrivals")


def _is_label(words: str) -> bool:
    if ":" not in words:
        return False
    begins, colon, _ = words[:40].partition(":")
    return bool(colon) and begins.strip().lower() in load_list("stamps")


def _is_beside(piece: Piece, other: Piece) -> bool:
    """Tell whether two labels stand above one another, as those of a stamp do."""
    apart = abs(piece.bottom - other.bottom)
    return other is not piece and abs(piece.left - other.left) < _NEAR and apart < _MOST * (piece.top - piece.bottom)


def _same_size(piece: Piece, other: Piece) -> bool:
    height = piece.top - piece.bottom
    return abs(height - (other.top - other.bottom)) < 0.15 * height


def _filled_in(label: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Return what stands behind a label on its line."""
    found = [label]
    for piece in sorted(pieces, key=lambda p: p.left):
        level = abs(piece.bottom - label.bottom) < 0.3 * (label.top - label.bottom)
        gap = piece.left - found[-1].right
        if piece is not label and level and _same_size(label, piece) and piece.left > label.left:
            if gap > _BESIDE * (label.top - label.bottom):
                break
            found.append(piece)
    return found[1:]


def _lines_below(label: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the lines in which the words behind a label go on."""
    found: list[Piece] = []
    last = label
    for piece in sorted(pieces, key=lambda p: -p.top):
        gap = last.bottom - piece.top
        if not (piece.top < last.top and _same_size(label, piece) and gap < _BELOW * (label.top - label.bottom)):
            continue
        if abs(piece.left - label.left) < _NEAR or _TIME.match(piece.words.strip()):
            if _is_label(piece.words) or len(found) == _MOST or piece.bottom >= last.bottom:
                break
            found.append(piece)
            last = piece
    return found


def _arrival(name: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the words of the stamp of an office that received the document; nothing when it has no fields."""
    height = name.top - name.bottom
    fields, above = [], []
    for piece in pieces:
        down, level = (name.bottom - piece.bottom) / height, abs((piece.left + piece.right) - (name.left + name.right))
        if piece is name or not _same_size(name, piece):
            continue
        near = piece.left < name.right + 2 * height and piece.right > name.left - 2 * height
        label = piece.words.partition(":")[0].strip().lower()
        if near and -0.5 < down < _MOST and label in load_list("arrival_fields"):
            if label[:2] != "số" or _NUMBER.match(piece.words.strip()):
                fields += [piece, *_filled_in(piece, pieces)]
        elif (
            (level < height or abs(piece.left - name.left) < _NEAR)
            and 0 < -down < 3
            and piece.words == piece.words.upper()
        ):
            above.append(piece)
    return [name, *fields, *above] if fields else []
