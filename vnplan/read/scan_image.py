"""The picture of a page before recognition: stamps out, paper white, strokes full, lines level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

Array = Any  # of numpy, which is loaded only when a page is recognised
DENSITY: Final = 200  # dots per inch: more takes longer and reads no better
DARK: Final = 140  # of 255: ink
_COLOURED: Final = 60  # between the strongest and the weakest of red, green and blue: coloured ink
_FRINGE: Final = 25  # the same at the edge of a stamp
_LIGHT: Final = 110  # of 255, of the strongest colour: no letter below the stamp is so light
_MOSTLY: Final = 0.4  # of the ink of a page: its text itself is coloured
_CELL: Final = 8  # dots: the grid on which coloured ink is joined into stamps
_STAMP: Final = ((10.0, 70.0), (10.0, 120.0))  # millimetres: how high and how wide a stamp or a signature is
_PAPER: Final = 215  # of 255: paper that is darker, or uneven, is made white
_TILE: Final = 32  # dots
_STEEPEST: Final = 5.0  # degrees
_LEVEL: Final = 0.12  # degrees: what is less needs no turning
_CLEARER: Final = 3.0  # than the rows: the columns of a table may be clear too
_SPECK: Final = 6  # dots of ink: a full stop has three times as many, but a piece of a worn mark may be as small
_AROUND: Final = (16, 8)  # dots, up and down, to the sides: so near to its letter a mark lies
_HALO: Final = 2  # dots around a speck that are grey
_LETTER: Final = (10, 70)  # dots: how high and how wide a letter is, joined to its neighbours or not
_BAR: Final = 0.7  # of the width of a sign
_POINTS: Final = 60_000  # of ink, by which the slope is measured


def without_colours(picture: Array) -> tuple[Array, Array, bool]:
    """Return a coloured picture in grey without stamps and signatures, where coloured ink is left, whether it had any.

    Text that is printed in colour stays. What is left in a page of black text is what somebody wrote by hand.
    """
    import numpy

    red, green, blue = (numpy.ascontiguousarray(picture[:, :, channel]) for channel in range(3))
    strongest = numpy.maximum(numpy.maximum(red, green), blue)
    grey = numpy.minimum(numpy.minimum(red, green), blue)  # ink of any colour is dark
    spread = strongest - grey
    coloured = spread > _COLOURED
    if not coloured.any():
        return grey, coloured, False
    stamps = _find_stamps(coloured)
    if stamps.any():
        grey = numpy.where(stamps & (spread > _FRINGE), strongest, grey)  # coloured ink is light in its own colour
        grey[stamps & (spread > _COLOURED) & (strongest > _LIGHT)] = 255
        coloured = coloured & ~stamps
    if coloured.sum() > _MOSTLY * (grey < DARK).sum():
        coloured[:] = False
    return grey, coloured, bool(stamps.any())


def _find_stamps(coloured: Array) -> Array:
    """Return the area of the coloured shapes that are as large as a stamp or a signature: no line of text is."""
    import numpy
    from scipy import ndimage

    height, width = coloured.shape
    cells = _pool(coloured, _CELL)
    shapes, _ = ndimage.label(cells, numpy.ones((3, 3)))
    area = numpy.zeros_like(cells)
    (low, tall), (narrow, broad) = ([edge / 25.4 * DENSITY / _CELL for edge in edges] for edges in _STAMP)
    for number, (rows, columns) in enumerate(ndimage.find_objects(shapes), start=1):
        high, wide = rows.stop - rows.start, columns.stop - columns.start
        if low <= high <= tall and narrow <= wide <= broad:
            area[rows, columns] |= shapes[rows, columns] == number
    area = ndimage.binary_dilation(area)
    return area.repeat(_CELL, axis=0).repeat(_CELL, axis=1)[:height, :width]


def _pool(mask: Array, size: int) -> Array:
    """Return a mask of squares of ``size`` dots: set where any dot is."""
    import numpy

    height, width = mask.shape
    padded = numpy.pad(mask, ((0, -height % size), (0, -width % size)))
    return padded.reshape(padded.shape[0] // size, size, -1, size).any(axis=(1, 3))


def with_white_paper(grey: Array) -> Array:
    """Return the picture with its paper made white where it is dark or unevenly lit."""
    import numpy
    from scipy import ndimage

    height, width = grey.shape
    padded = numpy.pad(grey, ((0, -height % _TILE), (0, -width % _TILE)), mode="edge")
    tiles = padded.reshape(padded.shape[0] // _TILE, _TILE, -1, _TILE)
    paper = numpy.percentile(tiles, 90, axis=(1, 3))
    paper = ndimage.grey_closing(paper, size=(5, 5))  # black areas that are no shadow
    if numpy.percentile(paper, 5) > _PAPER:
        return grey
    smooth = ndimage.zoom(ndimage.gaussian_filter(paper, 1.0), _TILE, order=1)[:height, :width]
    return numpy.clip(grey * (255.0 / numpy.maximum(smooth, 60)), 0, 255).astype(numpy.uint8)


def with_full_strokes(grey: Array) -> Array:
    """Return the picture with strokes that are half a dot thicker: marks over letters that copying wore off return."""
    import numpy

    darkest = grey.copy()
    for axis in (0, 1):
        ahead = numpy.roll(darkest, 1, axis)
        behind = numpy.roll(darkest, -1, axis)
        darkest = numpy.minimum(darkest, numpy.minimum(ahead, behind))
    return (grey >> 1) + (darkest >> 1)


def without_specks(grey: Array) -> Array:
    """Return the picture without dirt: shapes smaller than a full stop that lie apart from everything else."""
    import numpy
    from scipy import ndimage

    shapes, count = ndimage.label(grey < DARK, numpy.ones((3, 3)))
    large: Array = numpy.bincount(shapes.ravel(), minlength=count + 1) > _SPECK
    large[0] = False
    near = large[shapes]
    for axis, reach in enumerate(_AROUND):
        near = ndimage.maximum_filter1d(near, 2 * reach + 1, axis=axis)
    specks = (shapes > 0) & ~near
    clean = grey.copy()
    for top, left in zip(*map(numpy.ndarray.tolist, numpy.nonzero(specks)), strict=True):
        clean[max(0, top - _HALO) : top + _HALO + 1, max(0, left - _HALO) : left + _HALO + 1] = 255
    return clean


def measure_slope(grey: Array) -> float:
    """Return by how many degrees the lines of a page fall to the right: the angle at which rows are clearest."""
    import numpy

    ink = _pool(grey < DARK, 2)
    ys, xs = numpy.nonzero(ink)
    if len(ys) < 500:
        return 0.0
    step = max(1, len(ys) // _POINTS)
    ys, xs = ys[::step].astype(numpy.float64), xs[::step] - ink.shape[1] / 2

    def clearness(degrees: float) -> float:
        rows = numpy.bincount((ys - xs * numpy.tan(numpy.radians(degrees)) + ink.shape[1]).astype(numpy.int64))
        return float((numpy.diff(rows.astype(numpy.float64)) ** 2).sum())

    best, width = 0.0, _STEEPEST
    for _ in range(3):
        angles = numpy.linspace(best - width, best + width, 21)
        values = [clearness(angle) for angle in angles]
        best, width = float(angles[int(numpy.argmax(values))]), width / 10
    return best if clearness(best) > 1.02 * clearness(0.0) else 0.0


def levelled(grey: Array, degrees: float) -> Array:
    """Return the picture turned back by the slope of its lines, of the same size."""
    import numpy
    from scipy import ndimage

    if abs(degrees) < _LEVEL:
        return grey
    angle = numpy.radians(degrees)
    # from a place (row, column) of the result to the place in the picture
    matrix = numpy.array([[numpy.cos(angle), numpy.sin(angle)], [-numpy.sin(angle), numpy.cos(angle)]])
    middle = (numpy.array(grey.shape) - 1) / 2
    return ndimage.affine_transform(grey, matrix, middle - matrix @ middle, order=1, cval=255, output=numpy.uint8)


def is_sideways(grey: Array) -> bool:
    """Tell whether the lines of a page stand upright: its columns of dots are clearer than its rows."""
    import numpy

    ink = _pool(grey < DARK, 2)
    ink &= ink.mean(axis=1, keepdims=True) < 0.6  # rules and black edges
    ink &= ink.mean(axis=0, keepdims=True) < 0.6
    rows, columns = ink.sum(axis=1).astype(numpy.float64), ink.sum(axis=0).astype(numpy.float64)
    clear = (numpy.diff(rows) ** 2).sum() / max(len(columns), 1)
    upright = (numpy.diff(columns) ** 2).sum() / max(len(rows), 1)
    return bool(upright > _CLEARER * clear)


def shows_bar(ink: Array) -> bool:
    """Tell whether the first sign of a stretch of ink stands on a level bar, as that of "≥" does."""
    import numpy

    columns = numpy.append(ink.any(axis=0), False)
    start = int(columns.argmax())
    sign = ink[:, start : start + int((~columns[start:]).argmax())]
    rows = sign.any(axis=1).nonzero()[0]
    if not len(rows):
        return False
    lower = sign[(rows[0] + 2 * rows[-1]) // 3 : rows[-1] + 1]
    return bool((lower.mean(axis=1) > _BAR).any())


def take_out_words(grey: Array, boxes: Sequence[tuple[int, int, int, int]]) -> tuple[Array, int]:
    """Return the picture without what stands in the boxes, and how many shapes like letters are left in it."""
    from scipy import ndimage

    rest = grey.copy()
    for left, top, right, bottom in boxes:
        rest[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4] = 255
    shapes, _ = ndimage.label(rest < DARK)
    low, high = _LETTER
    found = 0
    for rows, columns in ndimage.find_objects(shapes):
        found += low <= rows.stop - rows.start <= high and low // 3 <= columns.stop - columns.start <= high
    return rest, found


def to_pnm(grey: Array) -> bytes:
    """Return the picture as a file (portable grey map)."""
    height, width = grey.shape
    return b"P5 %d %d 255\n" % (width, height) + bytes(grey.tobytes())
