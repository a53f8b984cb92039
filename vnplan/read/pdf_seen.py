"""Which words of a PDF page somebody who looks at it sees: not covered, not white on white, not struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnplan.read.pdf_drawn import Drawn, Fill, find_fills
from vnplan.read.pdf_layout import Piece
from vnplan.read.pdf_letters import Letters, View

_COVERED: Final = 0.8  # of the box of a piece
_BAND: Final = (0.33, 0.6)  # of the height of a letter: where a rule strikes it through
_THICK: Final = 0.15  # of the height of a letter
_BEYOND: Final = 0.5  # heights: a rule that reaches farther than the letters strikes nothing through
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Strike:
    """A rule that may strike letters through, or the mark of an annotation that says so."""

    left: float
    bottom: float
    right: float
    top: float
    marked: bool = False


def judge_seen(
    pieces: Sequence[Piece], letters: Letters, drawn: Drawn, page: Any, raw: Any, view: View, own: int
) -> None:
    """Mark the pieces that an area drawn behind them covers; take the mark off white ones that stand on a dark one."""
    if not drawn.areas or drawn.is_map:
        return
    fills, orders = find_fills(page, raw, view, own)
    known = [piece for piece in pieces if piece.item in orders] if fills else []
    if not known:
        return
    places = [orders[piece.item] for piece in known]
    for piece, order, covered in zip(known, places, _find_covered(fills, known, places), strict=True):
        if piece.unseen:
            dark = any(not fill.white and fill.order < order and _holds(fill, piece) for fill in fills)
            piece.unseen = not (dark and letters.is_white(piece.item))
        elif covered:
            piece.unseen = True


def _holds(fill: Fill, piece: Piece) -> bool:
    x, y = (piece.left + piece.right) / 2, (piece.bottom + piece.top) / 2
    return fill.left <= x <= fill.right and fill.bottom <= y <= fill.top


def _find_covered(fills: Sequence[Fill], pieces: Sequence[Piece], orders: Sequence[int]) -> list[bool]:
    """Return which pieces an area covers that is drawn behind them; ``orders`` are their places in the order."""
    import numpy

    own = numpy.array(orders)
    left, bottom, right, top = numpy.array([(p.left, p.bottom, p.right, p.top) for p in pieces]).T
    most = _COVERED * ((right - left) * (top - bottom))
    covered = numpy.zeros(len(pieces), bool)
    for fill in fills:
        wide = numpy.minimum(fill.right, right) - numpy.maximum(fill.left, left)
        high = numpy.minimum(fill.top, top) - numpy.maximum(fill.bottom, bottom)
        covered |= (fill.order > own) & (wide > 0) & (high > 0) & (wide * high > most)
    return [bool(one) for one in covered.tolist()]


def find_strikes(pieces: Sequence[Piece], drawn: Drawn, marks: Sequence[Box], view: View) -> list[Strike]:
    """Return what may strike letters through: the ``marks`` of annotations, and rules across the middle of a piece."""
    found = [Strike(*view.turn(*mark), marked=True) for mark in marks]
    if drawn.level is None or not len(drawn.level) or drawn.is_map:
        return found
    import numpy

    box = numpy.array([(p.left, p.bottom, p.right, p.top) for p in pieces]).reshape(-1, 4)
    height = box[:, 3] - box[:, 1]
    rules = drawn.level
    middle = (rules[:, 1] + rules[:, 3]) / 2
    share = (middle[:, None] - box[None, :, 1]) / numpy.maximum(height, 0.1)[None, :]
    across = (
        (share > _BAND[0])
        & (share < _BAND[1])
        & (rules[:, 2, None] > box[None, :, 0])
        & (rules[:, 0, None] < box[None, :, 2])
        & (rules[:, 0, None] > box[None, :, 0] - _BEYOND * height[None, :])
        & (rules[:, 2, None] < box[None, :, 2] + _BEYOND * height[None, :])
        & ((rules[:, 3] - rules[:, 1])[:, None] < _THICK * height[None, :])
    )
    return found + [Strike(*rule) for rule in rules[across.any(axis=1)].tolist()]


def leave_struck(letters: Letters, view: View, strikes: Sequence[Strike]) -> int:
    """Take the letters that are struck through out of the text, and return how many they are."""
    places = [place for place, letter in enumerate(letters.text) if not letter.isspace()]
    boxes = letters.boxes(places)
    left, bottom, right, top = view.turn(boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1])
    x = (left + right) / 2
    gone: set[int] = set()
    for strike in strikes:
        inside = (x > strike.left) & (x < strike.right)
        if strike.marked:
            struck = inside & ((bottom + top) / 2 > strike.bottom) & ((bottom + top) / 2 < strike.top)
        else:
            struck = _strike(strike, inside, (left, bottom, right, top))
        gone.update(places[at] for at in struck.nonzero()[0].tolist())
    letters.text = "".join(" " if place in gone else letter for place, letter in enumerate(letters.text))
    return len(gone)


def _strike(strike: Strike, inside: Any, sides: tuple[Any, Any, Any, Any]) -> Any:
    """Return which of the letters along a rule it strikes through: all of one line, and it ends where they do."""
    left, bottom, right, top = sides
    height = (top - bottom).clip(0.1)
    share = ((strike.bottom + strike.top) / 2 - bottom) / height
    struck = inside & (share > _BAND[0]) & (share < _BAND[1])
    if not struck.any():
        return struck
    usual, floor = float(height[struck].min()), float(bottom[struck].min())
    struck = inside & (abs(bottom - floor) < 0.1 * usual)  # and those with marks, whose boxes are higher
    ends = left[struck].min() - strike.left, strike.right - right[struck].max()
    return struck if max(ends) < _BEYOND * usual else struck & False
