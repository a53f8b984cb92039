"""PDF files with a text layer: lines in reading order, two columns apart, tables as cells, furniture left out.

pypdfium2 reads the text; pages with drawn tables go through pdfplumber (vnplan.read.pdf_tables). Each page is closed as
soon as it is read. pdfium is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

from vnplan.model import Source
from vnplan.read.build import Origin, SourceBuilder, too_long
from vnplan.read.legacy import convert_legacy
from vnplan.read.pdf_layout import (
    STAMP_NOTE,
    Page,
    PageWriter,
    Piece,
    find_running_heads,
    leave_tables,
    measure_margins,
    place_overlays,
)
from vnplan.read.pdf_letters import View, find_pieces, find_quarters, is_unmapped
from vnplan.read.pdf_tables import find_tables
from vnplan.read.vietnamese import measure_letters

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_BROKEN_SHARE: Final = 0.05  # more letters of other scripts than this: the font tells no letters
_FEW: Final = 40  # letters; a page with fewer may be a picture with a stamp on it
_LARGE: Final = 0.2  # of the page: an image that may hold text
_MANY_PATHS: Final = 150  # letters drawn as curves
_MIN_RULES: Final = 6
_DRAWING: Final = 20_000  # paths; a page with more is a map, and looking for tables on it takes minutes
_THIN: Final = 3.0  # points: a rule, not an area
_TINY: Final = 2.0  # points: no letter that somebody can read
_ACTIVE: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA")
_MIN_WORDS: Final = 30
_UNSEEN: Final = "letters that are white or not drawn were read: the OCR text of a scan, or text that nobody sees"
# yes: Ӣ
# yes: \uf0a7
# no:  ề
_FOREIGN: Final = re.compile(r"[\u0400-\u1dff\u2c00-\uabff\ue000-\uf8ff\ufffd]")


def read_pdf(origin: Origin) -> Source:
    """Return the text layer of a PDF.

    Raises :class:`ReadError`: ``damaged``, ``encrypted``, ``too-many-pages``, ``no-text`` (a scan), ``unmapped-font``.
    """
    pages, restricted = _read_pages(origin)
    builder = SourceBuilder(origin)
    if b"%%EOF" not in origin.data:
        builder.add_problem("repaired", "the file is cut off; what was left of it was read")
        builder.add_problem("cut:end", "the end of the file is missing")
    if any(mark in origin.data for mark in _ACTIVE):
        builder.add_problem("active-content", "scripts or attached files in the PDF were ignored")
    hidden = sum(page.hidden for page in pages)
    if hidden:
        builder.add_problem("hidden-text", f"{hidden} characters outside the page or too small to see were left out")
    if any(page.unseen for page in pages):
        builder.add_problem("hidden-text", _UNSEEN)
    if restricted:
        builder.add_problem("restricted", "the file forbids copying; it was read all the same")
    for page in pages:
        if page.stamped:
            builder.add_problem("stamp", STAMP_NOTE)
        if page.drawing:
            what = f"no tables could be looked for on page {page.number}; its text was read line by line"
            builder.add_problem("unread:tables", what)
    _report_silence(builder, pages)
    running = find_running_heads(pages)
    writer = PageWriter(builder, running)
    for page in pages:
        writer.page(page)
    writer.finish()
    return builder.build("application/pdf", "pdf-text", pages=len(pages))


def _report_silence(builder: SourceBuilder, pages: Sequence[Page]) -> None:
    """Record the pages whose text was not read; fail when there is no other."""
    silent = [page for page in pages if page.unmapped or _is_silent(page)]
    if any(page.letters for page in pages if not (page.unmapped or _is_silent(page))):
        if silent:
            names = ", ".join(str(page.number) for page in silent[:20]) + (" …" if len(silent) > 20 else "")
            builder.add_problem("no-text", f"no text layer that can be read on the pages {names}; they need OCR")
            builder.add_problem("cut:pages", f"{len(silent)} of {len(pages)} pages were not read")
    elif any(page.unmapped for page in silent):
        what = "the fonts do not tell which letters they draw; it needs OCR"
        raise builder.origin.fail("unmapped-font", what)
    elif any(page.garbled for page in silent):
        what = "the text layer is no Vietnamese (OCR in another language?); it needs OCR again"
        raise builder.origin.fail("no-text", what)
    else:
        what = "no page has a text layer (a scan); it needs OCR before it can be read"
        raise builder.origin.fail("no-text", what)


def _read_pages(origin: Origin) -> tuple[list[Page], bool]:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(origin.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise origin.fail("encrypted", "the PDF is protected by a password; save it without one") from error
        raise origin.fail("damaged", f"the PDF cannot be opened ({error}); download it again") from error
    with closing(document):
        count = len(document)
        if count == 0:
            raise origin.fail("damaged", "the PDF has no page; download it again")
        if count > origin.limits.pages:
            raise origin.fail("too-many-pages", f"the PDF has {count:,} pages; raise Limits.pages to read it")
        ruled: list[int] = []
        pages = []
        turned = False
        size = 0
        for number in range(count):
            try:
                with closing(document[number]) as page:
                    before = page.get_rotation()
                    pages.append(_read_page(document, page, number))
                    size += sum(len(piece.words) for line in pages[-1].lines for piece in line)
                    turned = turned or page.get_rotation() != before
                    has_rules = _has_rules(page, raw)
                    pages[-1].drawing = has_rules is None
                    if has_rules and pages[-1].letters:
                        ruled.append(number)
            except pypdfium2.PdfiumError as error:
                what = f"page {number + 1} cannot be read ({error}); download it again"
                raise origin.fail("damaged", what) from error
            if size > origin.limits.text:
                raise too_long(origin)
        restricted = raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1
        data = _save(document) if turned and ruled else origin.data
    if ruled:
        found, failed = find_tables(data, ruled)
        for number in failed:
            pages[number].drawing = True
        for number, tables in found.items():
            pages[number].tables = tables
            pages[number].lines = [line for line in (leave_tables(at, tables) for at in pages[number].lines) if line]
    return pages, restricted


def _save(document: Any) -> bytes:
    """Return the file with the pages that were turned upright."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _has_rules(page: Any, raw: Any) -> bool | None:
    """Tell whether a page may hold a drawn table: some thin paths and frames; None where it is a drawing itself."""
    import ctypes

    found = 0
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _DRAWING:
            return None
        if found < _MIN_RULES:
            left, bottom, right, top = item.get_bounds()
            raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
            found += min(right - left, top - bottom) < _THIN or bool(stroke.value)
        item.close()
    return found >= _MIN_RULES


def _is_pictured(page: Any, raw: Any, letters: int) -> bool:
    """Tell whether a page with few letters shows more than them: a large image, or many paths."""
    if letters >= _FEW:
        return False
    width, height = page.get_size()
    drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    for count, item in enumerate(drawn):
        left, bottom, right, top = item.get_bounds()
        image = item.type == raw.FPDF_PAGEOBJ_IMAGE
        item.close()
        if count > _MANY_PATHS or (image and (right - left) * (top - bottom) > _LARGE * width * height):
            return True
    return False


def _is_silent(page: Page) -> bool:
    return page.pictured and not page.tables


def _read_page(document: Any, page: Any, number: int) -> Page:
    import pypdfium2.raw as raw

    with closing(page.get_textpage()) as textpage:
        view = _view(page, textpage, raw)
        own = textpage.count_chars()
        unmapped = is_unmapped(textpage, raw)
        pieces = list(find_pieces(textpage, raw, view, range(own)))
    if raw.FPDFPage_GetAnnotCount(page.raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        with closing(document[number]) as flat, closing(flat.get_textpage()) as textpage:
            pieces += find_pieces(textpage, raw, view, range(own, textpage.count_chars()), overlay=True)
    seen = view.turn(*page.get_bbox())
    shown = [piece for piece in pieces if piece.overlay or _is_on_page(piece, seen)]
    hidden = sum(len(piece.words.strip()) for piece in pieces) - sum(len(piece.words.strip()) for piece in shown)
    unseen = any(piece.unseen for piece in shown if not piece.overlay)
    letters = sum(sum(map(str.isalpha, piece.words)) for piece in shown if not piece.overlay)
    lines, stamped = place_overlays(shown)
    text = " ".join(piece.words for line in lines for piece in line)
    unmapped = unmapped or len(_FOREIGN.findall(text)) + 8 * text.count("(cid:") > max(letters, _FEW) * _BROKEN_SHARE
    garbled = not unmapped and _is_garbage(text) and _is_pictured(page, raw, 0)
    if unmapped or garbled:
        lines, letters = [], 0
    return Page(
        number + 1,
        view.width,
        view.height,
        lines,
        [],
        letters,
        _is_pictured(page, raw, letters),
        stamped,
        measure_margins(lines, view.width),
        hidden,
        unseen,
        garbled,
        unmapped,
    )


def _view(page: Any, textpage: Any, raw: Any) -> View:
    """Return how a page is read: most of its letters decide what is upright, and else the page itself."""
    rotation = page.get_rotation() // 90
    quarters = find_quarters(textpage, raw)
    if quarters is not None and quarters != rotation:
        page.set_rotation(90 * quarters)  # for the tables, which another parser finds
    left, bottom, right, top = page.get_mediabox()
    return View(left, bottom, right, top, rotation if quarters is None else quarters)


def _is_on_page(piece: Piece, seen: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = seen
    if piece.top - piece.bottom < _TINY:
        return False
    return piece.right > left and piece.left < right and piece.top > bottom and piece.bottom < top


def _is_garbage(text: str) -> bool:
    """Tell whether the text layer of a page was made by OCR in another language."""
    measured = measure_letters(text)
    return (
        measured.words >= _MIN_WORDS
        and measured.syllables < 0.6
        and measured.marked < 0.15
        and not convert_legacy(text)
    )
