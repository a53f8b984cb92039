"""The letters of a PDF page become runs of text: with their boxes, in bold or not, raised or not.

Boxes and fonts are asked for where they can change: at the two ends of a word, and inside a word only where it was
drawn in more than one piece. numpy finds the few places where a run may end; only these are looked at one by one.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnplan.read.pdf_layout import Piece
from vnplan.read.pdf_letters import Font, Letters, View
from vnplan.read.pdf_spacing import NO_LETTERS, join_spaced, join_torn, mend_hyphens, plain

_PIECE_GAP: Final = 0.7  # heights of a letter; a number may be filled in there
_RAISED: Final = 0.8  # of the height of its line; a smaller figure that stands higher marks a footnote
_LEVEL: Final = 0.1  # of the height of a letter: the feet of two letters on one line differ by less
_HIGHER: Final = 0.35  # of the height: so much higher is a letter with two marks
# yes: xã1
# yes: *
# no:  xã
_MARK: Final = re.compile(r"[0-9*]")
_EVEN: Final = 0.4  # of the height of a letter; with a space it is less than the gap that ends a run
_SEVERAL: Final = 4  # lines
_CODES: Final = 0x2100  # letters beyond these count as one
_OF_A_FONT: Final = 16  # letters that stand for those of one font


def find_pieces(letters: Letters, view: View, start: int = 0, *, overlay: bool = False) -> Iterator[Piece]:
    """Yield the runs of text with their boxes, from the letter ``start``.

    A run ends with its line, at a wide gap, where bold begins or ends, and where letters that nobody sees do. A small
    figure above the line is a run of its own.
    """
    for line in _divide(letters, _find_atoms(letters, view, start), overlay):
        if isinstance(line, Piece):
            yield line
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
    bold: bool
    unseen: bool
    words: str
    spaced: bool  # a space stands before it
    item: int  # the text object that drew its first letter
    font: str  # its name, where it means an encoding from before Unicode


def _make(part: _Stretch, overlay: bool, raised: bool = False) -> Piece:
    box = part.left, part.bottom, part.right, part.top
    return Piece(*box, plain(part.words), part.bold, overlay, part.unseen, raised, part.font, part.item)


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

    codes, first, last, line = _find_words(letters, start)
    single = first == last
    spaced: list[int] = []
    if (single[:-3] & single[1:-2] & single[2:-1] & single[3:]).any():  # four letters that stand alone
        spaced = join_spaced(letters, view, start)
        codes, first, last, line = _find_words(letters, start)
    first, last, line, item, mixed = _find_items(letters, codes, first, last, line, start)
    if spaced:
        mixed &= ~numpy.isin(first, spaced)
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
    atoms = _Atoms(first, last, line, item, (left, bottom[:count], right, top[:count]))
    join_torn(letters, first, last, line, atoms.box)
    return atoms


def _find_words(letters: Letters, start: int) -> tuple[Any, Any, Any, Any]:
    """Return the codes of the letters, and where words begin, where they end, and on which line they stand."""
    import numpy

    codes = numpy.frombuffer(letters.text[start:].encode("utf-32-le", "surrogatepass"), numpy.uint32)
    ends = (codes == 10) | (codes == 13)
    solid = ~(ends | (codes == 32))
    edges = numpy.flatnonzero(numpy.append(solid, False) != numpy.append(False, solid))
    first, last = edges[::2] + start, edges[1::2] + start - 1
    return codes, first, last, numpy.cumsum(ends)[first - start] if len(first) else first


def _find_items(letters: Letters, codes: Any, first: Any, last: Any, line: Any, start: int) -> tuple[Any, ...]:
    """Return the atoms, without the division of words: first, last, line, text object, drawn by more than one object.

    Objects are read one after another, so that a line with the same object at both its ends has no other. Such a line
    is one atom when it has no gap; else its words are.
    """
    import numpy

    changes = numpy.flatnonzero(numpy.append(True, line[1:] != line[:-1])[: len(line)])
    closes = numpy.append(changes[1:], len(line))[: len(changes)] - 1
    count = len(changes)
    ends = numpy.array(letters.items([*first[changes].tolist(), *last[closes].tolist()]), numpy.uint64)
    same = (ends[:count] == ends[count:]) & (ends[:count] > 0)
    even = numpy.zeros(count, bool)
    even[same] = _are_even(letters, codes, first[changes[same]], last[closes[same]], ends[:count][same].tolist(), start)
    sizes = closes - changes + 1
    item, inside = numpy.repeat(ends[:count], sizes), numpy.repeat(even, sizes)
    last[changes[even]] = last[closes[even]]
    inside[changes] = False
    other = item.copy()
    unequal = numpy.flatnonzero(numpy.repeat(~same, sizes))
    if len(unequal):
        item[unequal] = letters.items(first[unequal].tolist())
        other[unequal] = letters.items(last[unequal].tolist())
    kept = ~inside
    return first[kept], last[kept], line[kept], item[kept], (item != other)[kept]


def _are_even(letters: Letters, codes: Any, first: Any, last: Any, items: list[int], start: int) -> Any:
    """Return which stretches, each drawn by one object, are as wide as their letters together: they have no gap.

    How wide a letter is tells one of its kind. What is set to the full width of the page is not even.
    """
    import numpy

    even = numpy.zeros(len(items), bool)
    kinds = letters.kinds_of(items)
    sizes = Counter(kinds)
    usual = {kind: number for number, kind in enumerate(kind for kind, size in sizes.items() if size >= _SEVERAL)}
    if not usual:
        return even  # the letters of a kind would cost as much as the words
    members = numpy.flatnonzero(numpy.array([kind in usual for kind in kinds]))
    own = numpy.array([usual[kind] for kind in kinds if kind in usual])
    begin, length = first[members] - start, last[members] - first[members] + 1
    offset = numpy.cumsum(length) - length
    places = numpy.repeat(begin - offset, length) + numpy.arange(int(length.sum()))
    keys = numpy.repeat(own * _CODES, length) + numpy.minimum(codes[places], _CODES - 1)
    example = numpy.zeros(len(usual) * _CODES, numpy.int32)
    example[keys] = places + 1
    seen = numpy.flatnonzero(example)
    ends = [*first[members].tolist(), *last[members].tolist()]
    boxes = letters.boxes([*(example[seen] + (start - 1)).tolist(), *ends])
    width = numpy.zeros(len(example))
    width[seen] = abs(boxes[: len(seen), 2] - boxes[: len(seen), 0])
    left, right = boxes[len(seen) : len(seen) + len(members)], boxes[len(seen) + len(members) :]
    reach = right[:, 2] - left[:, 0]
    even[members] = abs(reach - numpy.add.reduceat(width[keys], offset)) < _EVEN * abs(left[:, 1] - left[:, 3])
    return even


def _divide(letters: Letters, atoms: _Atoms, overlay: bool) -> Iterator[list[_Stretch] | Piece]:
    """Yield the stretches of each line, or the run that is all of it."""
    import numpy

    if not len(atoms):
        return
    left, bottom, right, top = atoms.box
    items, places = numpy.unique(atoms.item, return_inverse=True)
    items = items.tolist()
    fonts = letters.fonts_of(items)
    bold = numpy.array([font.bold for font in fonts])[places]
    unseen = letters.unseen(items)[places]
    _count_fonts(letters, fonts, places, atoms)
    names = list(dict.fromkeys(("", *(font.old for font in letters.fonts.values()))))
    old = numpy.array([names.index(font.old) for font in fonts])[places] if names[1:] else numpy.zeros(len(places), int)
    height = top - bottom
    closes = numpy.append(atoms.line[1:] != atoms.line[:-1], True)
    leader = numpy.flatnonzero(_behind(closes))[numpy.cumsum(_behind(closes)) - 1]
    uneven = (abs(bottom - bottom[leader]) > _LEVEL * height) | (abs(top - top[leader]) > _HIGHER * height)
    breaks = _behind(closes)
    breaks[1:] |= (
        (bold[1:] != bold[:-1])
        | (unseen[1:] != unseen[:-1])
        | (old[1:] != old[:-1])
        | uneven[1:]
        | uneven[:-1]
        | (left[1:] - right[:-1] > _PIECE_GAP * height[1:])
        | (right[1:] < right[:-1])
        | (left[1:] < left[:-1])
    )
    starts = numpy.flatnonzero(breaks)
    stops = numpy.append(starts[1:], len(atoms)) - 1
    text, line = letters.text, list[_Stretch]()
    columns = (
        *(atoms.first[starts], atoms.last[stops] + 1),
        *(left[starts], bottom[starts], right[stops], top[starts], bold[starts], unseen[starts]),
        *(atoms.item[starts], old[starts], _behind(closes)[starts], closes[stops]),
    )
    for begin, end, x1, y1, x2, y2, thick, hidden, item, name, opens, last in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        words, font = text[begin:end], names[name]
        if opens and last:
            piece = Piece(x1, y1, x2, y2, plain(words), thick, overlay, hidden, False, font, item)
            yield _mend(piece)
            continue
        spaced = text[begin - 1 : begin] == " "
        line.append(_Stretch(begin, end, x1, y1, x2, y2, thick, hidden, words, spaced, item, font))
        if last:
            yield line
            line = []


def _mend(piece: Piece) -> Piece:
    if piece.font:
        piece.words = mend_hyphens(piece.words, piece.font)
    return piece


def _behind(closes: Any) -> Any:
    """Return where lines begin, for an array that tells where they end."""
    import numpy

    return numpy.append(True, closes[:-1])


def _count_fonts(letters: Letters, fonts: Sequence[Font], places: Any, atoms: _Atoms) -> None:
    """Count the letters of each font, and choose some of them."""
    import numpy

    known = list(letters.fonts.values())
    number_of = {id(font): number for number, font in enumerate(known)}
    own = numpy.array([number_of[id(font)] for font in fonts])[places]
    sizes = numpy.bincount(own, atoms.last - atoms.first + 1, len(known)).tolist()
    for number, font in enumerate(known):
        if sizes[number]:
            font.letters += int(sizes[number])
            chosen = numpy.flatnonzero(own == number)
            chosen = chosen[:: max(1, len(chosen) // _OF_A_FONT)]
            font.sample += [*atoms.first[chosen].tolist(), *atoms.last[chosen].tolist()]


def _join(letters: Letters, view: View, line: Sequence[_Stretch], overlay: bool) -> Iterator[Piece]:
    """Yield the runs of a line of several stretches."""
    piece: Piece | None = None
    unseen = False
    end = 0
    waiting = deque(line)
    while waiting:
        part = waiting.popleft()
        if piece is None:
            piece, unseen, end = _make(part, overlay), part.unseen, part.end
            continue
        if len(part.words) > 1 and _must_be_spelt(piece, part):
            waiting.extendleft(reversed(_spell(letters, view, part)))
            continue
        if not piece.raised and _stands_above(piece, part):
            piece.raised = True
        raised, between = _is_raised(piece, part), plain(letters.text[end : part.start])
        if raised is not piece.raised or _stands_apart(piece, unseen, part):
            piece.words += between
            yield _mend(piece)
            bold = piece.bold if raised else part.bold
            piece, unseen = _make(part, overlay, raised), part.unseen
            piece.bold = bold
        else:
            piece.words += between + plain(part.words)
            piece.right = max(piece.right, part.right)
        end = part.end
    if piece is not None:
        yield _mend(piece)


def _stands_apart(piece: Piece, unseen: bool, part: _Stretch) -> bool:
    height = part.top - part.bottom
    return (
        not piece.bottom <= (part.top + part.bottom) / 2 <= piece.top
        or part.left - piece.right > _PIECE_GAP * height
        or part.left < piece.left - height
        or (part.bold is not piece.bold and part.spaced)
        or part.unseen is not unseen
        or part.font != piece.font
    )


def _spell(letters: Letters, view: View, part: _Stretch) -> list[_Stretch]:
    """Return one stretch for each letter."""
    indices = [index for index in range(part.start, part.end) if letters.text[index] not in NO_LETTERS]
    found = letters.boxes(indices)
    sides = view.turn(found[:, 0], found[:, 3], found[:, 2], found[:, 1])
    rows = zip(indices, *(side.tolist() for side in sides), strict=True)
    return [
        _Stretch(
            *(index, index + 1, left, bottom, right, top),
            *(part.bold, part.unseen, letters.text[index], plain(letters.text[index - 1 : index]) == " "),
            *(part.item, part.font),
        )
        for index, left, bottom, right, top in rows
    ]


def _must_be_spelt(piece: Piece, part: _Stretch) -> bool:
    """Tell whether a run may end inside a stretch: at a small figure, or behind the word that bold begins in."""
    if part.bold is not piece.bold and not part.spaced and " " in part.words:
        return True
    height = part.top - part.bottom
    level = abs(part.bottom - piece.bottom) <= _LEVEL * height and abs(part.top - piece.top) <= _HIGHER * height
    if level and not piece.raised:
        return False
    return piece.raised or _MARK.search(part.words) is not None or _MARK.search(piece.words) is not None


def _is_mark(words: str) -> bool:
    return words.isdigit() or (bool(words) and not words.strip("0123456789*()[]"))


def _is_raised(piece: Piece, part: _Stretch) -> bool:
    """Tell whether a letter is a small figure, star or bracket above the line of the letters before it."""
    if not _is_mark(part.words):
        return False
    if piece.raised:
        return abs(part.bottom - piece.bottom) < 1 and abs(part.top - piece.top) < 1
    height = piece.top - piece.bottom
    return part.top - part.bottom < _RAISED * height and part.bottom > piece.bottom + 0.15 * height


def _stands_above(piece: Piece, part: _Stretch) -> bool:
    """Tell whether the letters so far are a small figure above the line of the letter behind them: a note begins."""
    height = part.top - part.bottom
    small = piece.top - piece.bottom < _RAISED * height and piece.bottom > part.bottom + 0.15 * height
    return small and len(piece.words) < 6 and _is_mark(piece.words.strip())
