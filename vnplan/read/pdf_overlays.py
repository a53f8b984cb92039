"""What annotations draw over a PDF page: the number and the date that a signing program fills in, its stamp.

They are made part of the page before it is read, so that it is read once; their letters stand behind those of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vnplan.read.pdf_letters import Letters

_TEXT, _FORM = 1, 5  # FPDF_PAGEOBJ_*
_WORDLESS: Final = frozenset((2, 9, 10, 11, 12, 16))  # annotations: links, marks over the text, pop-up windows
_STRIKE: Final = 12  # FPDF_ANNOT_STRIKEOUT
_DEPTH: Final = 8  # forms inside forms
_OBJECTS: Final = 2_000  # of the annotations of one page
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page with the words of its annotations on it: how many of its objects are its own, what annotations mark.

    ``struck`` are the boxes of the words that annotations strike through.
    """

    page: Any
    own: int
    struck: tuple[Box, ...] = ()


def open_page(document: Any, number: int, raw: Any) -> OpenPage:
    """Return a page (from 0), opened."""
    page = document[number]
    own = raw.FPDFPage_CountObjects(page.raw)
    struck = tuple(_find_struck(page, raw))
    if _draws_words(page, raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return OpenPage(page, own, struck)


def _find_struck(page: Any, raw: Any) -> Iterator[Box]:
    """Yield the boxes of what annotations strike through."""
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if raw.FPDFAnnot_GetSubtype(annotation) == _STRIKE:
            quad = raw.FS_QUADPOINTSF()
            for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _OBJECTS)):
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, at, ctypes.byref(quad)):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    yield min(xs), min(ys), max(xs), max(ys)
        raw.FPDFPage_CloseAnnot(annotation)


def _draws_words(page: Any, raw: Any) -> bool:
    """Tell whether some annotation of a page draws letters."""
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) in _WORDLESS:
                continue
            drawn = [raw.FPDFAnnot_GetObject(annotation, at) for at in range(raw.FPDFAnnot_GetObjectCount(annotation))]
            if any(True for _ in _find_texts(drawn, raw)):
                return True
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return False


def _find_texts(items: list[Any], raw: Any) -> Iterator[Any]:
    """Yield the text objects among some objects and inside the forms among them."""
    waiting = [(item, 0) for item in items]
    seen = 0
    while waiting and seen < _OBJECTS:
        seen += 1
        item, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _TEXT:
            yield item
        elif kind == _FORM and depth < _DEPTH:
            count = min(max(0, raw.FPDFFormObj_CountObjects(item)), _OBJECTS)
            waiting += [(raw.FPDFFormObj_GetObject(item, at), depth + 1) for at in range(count)]


def split_letters(letters: Letters, page: Any, raw: Any, own: int) -> tuple[Letters, int]:
    """Return the letters of a page without those of its annotations, and where these begin."""
    drawn = [raw.FPDFPage_GetObject(page.raw, at) for at in range(own, raw.FPDFPage_CountObjects(page.raw))]
    theirs = {ctypes.cast(item, ctypes.c_void_p).value for item in _find_texts(drawn, raw)}
    low, high = 0, len(letters.text)
    while theirs and low < high:  # the letters of the page stand before theirs
        middle = (low + high) // 2
        at = middle
        item = 0
        while at < high and not item:  # a space that only the parser put in has no object
            (item,) = letters.items((at,))
            at += 1
        if not item or item in theirs:
            high = middle
        else:
            low = at
    start = low if theirs else len(letters.text)
    return Letters(letters.page, letters.calls, letters.text[:start]), start
