"""The letters of a PDF page become runs of text: with their boxes, in bold or not, raised or not.

Boxes and fonts are asked for where they can change: at the two ends of a word, and inside a word only where it was
drawn in more than one piece. numpy finds the few places where a run may end; only these are looked at one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnplan.read.pdf_layout import Piece
from vnplan.read.pdf_letters import Font, Letters, Look, View

_PIECE_GAP: Final = 0.7  # heights of a letter; a number may be filled in there
_RAISED: Final = 0.8  # of the height of its line; a smaller figure that stands higher marks a footnote
_LEVEL: Final = 0.1  # of the height of a letter: the feet of two letters on one line differ by less
_HIGHER: Final = 0.35  # of the height: so much higher is a letter with two marks
_OF_A_FONT: Final = 16  # letters that stand for those of one font


def find_pieces(letters: Letters, view: View, start: int = 0, *, overlay: bool = False) -> Iterator[Piece]:
    """Yield the runs of text with their boxes, from the letter ``start``.

    A run ends with its line, at a wide gap, where bold begins or ends, and where letters that nobody sees do. A small
    figure above the line is a run of its own.
    """
    atoms = _find_atoms(letters, view, start)
    for line in _divide(letters, atoms):
        if len(line) == 1:
            yield _make(line[0], overlay)
        else:
            yield from _join(letters, view, line, overlay)


@dataclass(slots=True)
class _Stretch:
    """Letters of one height on one line, without a gap: ``[start, end)`` of the text, their box, and their look."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    look: Look
    words: str
    spaced: bool  # a space stands before it


def _make(part: _Stretch, overlay: bool, raised: bool = False) -> Piece:
    return Piece(
        part.left, part.bottom, part.right, part.top, part.words, part.look.bold, overlay, part.look.unseen, raised
    )


@dataclass(slots=True)
class _Atoms:
    """Arrays with one place for each word, or for each letter of a word that was drawn in pieces."""

    first: Any
    last: Any
    line: Any
    item: Any
    box: tuple[Any, Any, Any, Any]  # left, bottom, right, top

    def __len__(self) -> int:
        return len(self.first)


def _find_atoms(letters: Letters, view: View, start: int) -> _Atoms:
    import numpy

    codes = numpy.frombuffer(letters.text[start:].encode("utf-32-le", "surrogatepass"), numpy.uint32)
    ends = (codes == 10) | (codes == 13)
    solid = ~(ends | (codes == 32))
    edges = numpy.flatnonzero(numpy.diff(solid, prepend=False, append=False))
    first, last = edges[::2] + start, edges[1::2] + start - 1
    line = numpy.cumsum(ends)[first - start] if len(first) else first
    item, mixed = _find_items(letters, first, last, line)
    if mixed.any():
        sizes = numpy.where(mixed, last - first + 1, 1)
        begins = numpy.cumsum(sizes) - sizes
        whole = numpy.repeat(~mixed, sizes)
        every = numpy.repeat(first, sizes) + numpy.arange(sizes.sum()) - numpy.repeat(begins, sizes)
        last = numpy.where(whole, numpy.repeat(last, sizes), every)
        line, item, first = numpy.repeat(line, sizes), numpy.repeat(item, sizes), every
        item[~whole] = letters.items(first[~whole].tolist())
    found = letters.boxes([*first.tolist(), *last.tolist()])
    count = len(first)
    left, bottom, right, top = view.turn(found[:, 0], found[:, 3], found[:, 2], found[:, 1])
    left, right = numpy.minimum(left[:count], left[count:]), numpy.maximum(right[:count], right[count:])
    return _Atoms(first, last, line, item, (left, bottom[:count], right, top[:count]))


def _find_items(letters: Letters, first: Any, last: Any, line: Any) -> tuple[Any, Any]:
    """Return the text object of each word, and which words more than one object drew.

    Objects are read one after another, so that a line with the same object at both its ends has no other.
    """
    import numpy

    changes = numpy.flatnonzero(numpy.diff(line, prepend=-1)) if len(line) else first
    closes = numpy.append(changes[1:], len(line)) - 1 if len(line) else first
    ends = letters.items([*first[changes].tolist(), *last[closes].tolist()])
    starts = numpy.array(ends[: len(changes)], numpy.uint64)
    stops = numpy.array(ends[len(changes) :], numpy.uint64)
    sizes = closes - changes + 1
    item = numpy.repeat(starts, sizes)
    other = item.copy()
    unequal = numpy.flatnonzero(numpy.repeat(starts != stops, sizes))
    if len(unequal):
        item[unequal] = letters.items(first[unequal].tolist())
        other[unequal] = letters.items(last[unequal].tolist())
    return item, item != other


def _divide(letters: Letters, atoms: _Atoms) -> Iterator[list[_Stretch]]:
    """Yield the stretches of each line."""
    import numpy

    if not len(atoms):
        return
    left, bottom, right, top = atoms.box
    kinds, places = numpy.unique(atoms.item, return_inverse=True)
    looks, fonts = zip(*(letters.look(item) for item in kinds.tolist()), strict=True)
    kind = numpy.array([2 * look.bold + look.unseen for look in looks])[places]
    _count_fonts(letters, fonts, places, atoms)
    height = top - bottom
    begins = numpy.flatnonzero(numpy.diff(atoms.line, prepend=-1))
    leader = numpy.repeat(begins, numpy.diff(begins, append=len(atoms)))
    uneven = (abs(bottom - bottom[leader]) > _LEVEL * height) | (abs(top - top[leader]) > _HIGHER * height)
    breaks = numpy.ones(len(atoms), bool)
    breaks[1:] = (
        (atoms.line[1:] != atoms.line[:-1])
        | (kind[1:] != kind[:-1])
        | uneven[1:]
        | uneven[:-1]
        | (left[1:] - right[:-1] > _PIECE_GAP * height[1:])
        | (right[1:] < right[:-1])
        | (left[1:] < left[:-1])
    )
    starts = numpy.flatnonzero(breaks)
    stops = numpy.append(starts[1:], len(atoms)) - 1
    text, line, number = letters.text, list[_Stretch](), -1
    rows = zip(
        atoms.line[starts].tolist(),
        atoms.first[starts].tolist(),
        (atoms.last[stops] + 1).tolist(),
        left[starts].tolist(),
        bottom[starts].tolist(),
        right[stops].tolist(),
        top[starts].tolist(),
        places[starts].tolist(),
        strict=True,
    )
    for at, begin, end, x1, y1, x2, y2, place in rows:
        if at != number and line:
            yield line
            line = []
        number = at
        spaced = text[begin - 1 : begin] == " "
        line.append(_Stretch(begin, end, x1, y1, x2, y2, looks[place], text[begin:end], spaced))
    yield line


def _count_fonts(letters: Letters, fonts: Sequence[Font], places: Any, atoms: _Atoms) -> None:
    """Count the letters of each font, and choose some of them."""
    import numpy

    known = list(letters.fonts.values())
    own = numpy.array([next(at for at, other in enumerate(known) if other is font) for font in fonts])[places]
    sizes = numpy.bincount(own, atoms.last - atoms.first + 1, len(known)).tolist()
    for number, font in enumerate(known):
        if sizes[number]:
            font.letters += int(sizes[number])
            chosen = numpy.flatnonzero(own == number)
            font.sample += atoms.last[chosen[:: max(1, len(chosen) // _OF_A_FONT)]].tolist()


def _join(letters: Letters, view: View, line: Sequence[_Stretch], overlay: bool) -> Iterator[Piece]:
    """Yield the runs of a line of several stretches."""
    piece: Piece | None = None
    look = Look()
    end = 0
    waiting = deque(line)
    while waiting:
        part = waiting.popleft()
        if piece is None:
            piece, look, end = _make(part, overlay), part.look, part.end
            continue
        if len(part.words) > 1 and _must_be_spelt(piece, part):
            waiting.extendleft(reversed(_spell(letters, view, part)))
            continue
        if not piece.raised and _stands_above(piece, part):
            piece.raised = True
        raised = _is_raised(piece, part)
        if raised is not piece.raised or _stands_apart(piece, look, part):
            yield _spaced(piece, end, part)
            bold = piece.bold if raised else part.look.bold
            piece, look = _make(part, overlay, raised), part.look
            piece.bold = bold
        else:
            piece.words = _spaced(piece, end, part).words + part.words
            piece.right = max(piece.right, part.right)
        end = part.end
    if piece is not None:
        yield piece


def _spaced(piece: Piece, end: int, part: _Stretch) -> Piece:
    """Add the spaces that stand between a run and what comes behind it."""
    piece.words += " " * (part.start - end)
    return piece


def _stands_apart(piece: Piece, look: Look, part: _Stretch) -> bool:
    height = part.top - part.bottom
    return (
        not piece.bottom <= (part.top + part.bottom) / 2 <= piece.top
        or part.left - piece.right > _PIECE_GAP * height
        or part.left < piece.left - height
        or (part.look.bold is not piece.bold and part.spaced)
        or (part.look.unseen is not look.unseen)
    )


def _spell(letters: Letters, view: View, part: _Stretch) -> list[_Stretch]:
    """Return one stretch for each letter."""
    indices = [index for index in range(part.start, part.end) if letters.text[index] != " "]
    found = letters.boxes(indices)
    sides = view.turn(found[:, 0], found[:, 3], found[:, 2], found[:, 1])
    rows = zip(indices, *(side.tolist() for side in sides), strict=True)
    return [
        _Stretch(
            *(index, index + 1, left, bottom, right, top),
            *(part.look, letters.text[index], letters.text[index - 1 : index] == " "),
        )
        for index, left, bottom, right, top in rows
    ]


def _must_be_spelt(piece: Piece, part: _Stretch) -> bool:
    """Tell whether a run may end inside a stretch: at a small figure, or behind the word that bold begins in."""
    if part.look.bold is not piece.bold and not part.spaced and " " in part.words:
        return True
    height = part.top - part.bottom
    level = abs(part.bottom - piece.bottom) <= _LEVEL * height and abs(part.top - piece.top) <= _HIGHER * height
    if level and not piece.raised:
        return False
    return piece.raised or any(map(str.isdigit, part.words)) or any(map(str.isdigit, piece.words))


def _is_raised(piece: Piece, part: _Stretch) -> bool:
    """Tell whether a letter is a small figure above the line of the letters before it."""
    if not part.words.isdigit():
        return False
    if piece.raised:
        return abs(part.bottom - piece.bottom) < 1 and abs(part.top - piece.top) < 1
    height = piece.top - piece.bottom
    return part.top - part.bottom < _RAISED * height and part.bottom > piece.bottom + 0.15 * height


def _stands_above(piece: Piece, part: _Stretch) -> bool:
    """Tell whether the letters so far are a small figure above the line of the letter behind them: a note begins."""
    height = part.top - part.bottom
    small = piece.top - piece.bottom < _RAISED * height and piece.bottom > part.bottom + 0.15 * height
    return small and len(piece.words) < 6 and piece.words.strip().isdigit()
