"""PDF files with a text layer: lines in reading order, two columns apart, tables as cells, furniture left out.

pypdfium2 reads the text; pages with drawn tables go through pdfplumber (vnplan.read.pdf_tables). Each page is closed as
soon as it is read. pdfium is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, Final

from vnplan.model import Source
from vnplan.read.build import Origin, SourceBuilder
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
from vnplan.read.pdf_tables import find_tables
from vnplan.read.vietnamese import measure_letters

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_BROKEN_SHARE: Final = 0.05  # more letters of other scripts than this: the font tells no letters
_FEW: Final = 40  # letters; a page with fewer may be a picture with a stamp on it
_LARGE: Final = 0.2  # of the page: an image that may hold text
_MANY_PATHS: Final = 150  # letters drawn as curves
_MIN_RULES: Final = 6
_THIN: Final = 3.0  # points: a rule, not an area
_TINY: Final = 2.0  # points: no letter that somebody can read
_ACTIVE: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA")
_MIN_WORDS: Final = 30
# yes: Ӣ
# yes: \uf0a7
# no:  ề
_FOREIGN: Final = re.compile(r"[\u0400-\u1dff\u2c00-\uabff\ue000-\uf8ff\ufffd]")
# yes: TimesNewRomanPS-BoldMT
# no:  TimesNewRomanPSMT
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PIECE_GAP: Final = 0.7  # heights of a letter; a number may be filled in there


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
    if any(page.white for page in pages):
        builder.add_problem("hidden-text", "white letters were read; on paper they may not be seen")
    if restricted:
        builder.add_problem("restricted", "the file forbids copying; it was read all the same")
    for page in pages:
        if page.stamped:
            builder.add_problem("stamp", STAMP_NOTE)
    if not any(page.letters for page in pages) or all(_is_silent(page) for page in pages):
        raise origin.fail("no-text", "no page has a text layer (a scan); it needs OCR before it can be read")
    _check_letters(origin, pages)
    silent = [page.number for page in pages if _is_silent(page)]
    if len(silent) == len(pages):
        raise origin.fail("no-text", "the text layer is no Vietnamese (OCR in another language?); it needs OCR again")
    if silent:
        names = ", ".join(map(str, silent[:20])) + (" …" if len(silent) > 20 else "")
        builder.add_problem("no-text", f"no text layer on the pages {names}; they need OCR")
        builder.add_problem("cut:pages", f"{len(silent)} of {len(pages)} pages were not read")
    running = find_running_heads(pages)
    writer = PageWriter(builder, running)
    for page in pages:
        writer.page(page)
    return builder.build("application/pdf", "pdf-text", pages=len(pages))


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
        for number in range(count):
            try:
                page = document[number]
            except pypdfium2.PdfiumError as error:
                raise origin.fail(
                    "damaged", f"page {number + 1} cannot be read ({error}); download it again"
                ) from error
            with closing(page):
                pages.append(_read_page(document, page, number))
                if _count_rules(page, raw) >= _MIN_RULES:
                    ruled.append(number)
        restricted = raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    if ruled:
        for number, tables in find_tables(origin.data, ruled).items():
            page = pages[number]
            page.tables = tables
            page.lines = [line for line in (leave_tables(line, tables) for line in page.lines) if line]
    return pages, restricted


def _count_rules(page: Any, raw: Any) -> int:
    """Return how many paths of a page may be rules of a table: thin ones, and frames; up to a few."""
    import ctypes

    found = 0
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        found += min(right - left, top - bottom) < _THIN or bool(stroke.value)
        item.close()
        if found >= _MIN_RULES:
            break
    return found


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

    width, height = page.get_size()
    with closing(page.get_textpage()) as textpage:
        own = textpage.count_chars()
        pieces = list(_pieces(textpage, range(own)))
    if raw.FPDFPage_GetAnnotCount(page.raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        with closing(document[number]) as flat, closing(flat.get_textpage()) as textpage:
            pieces += _pieces(textpage, range(own, textpage.count_chars()), overlay=True)
    shown = [piece for piece in pieces if piece.overlay or _is_on_page(piece, width, height)]
    hidden = sum(len(piece.words.strip()) for piece in pieces) - sum(len(piece.words.strip()) for piece in shown)
    white = any(piece.white for piece in shown if not piece.overlay)
    pieces = shown
    letters = sum(sum(map(str.isalpha, piece.words)) for piece in pieces if not piece.overlay)
    lines, stamped = place_overlays(pieces)
    text = " ".join(piece.words for line in lines for piece in line)
    if _is_garbage(text):
        lines, letters = [], 0
    pictured = _is_pictured(page, raw, letters)
    return Page(
        number + 1, width, height, lines, [], letters, pictured, stamped, measure_margins(lines, width), hidden, white
    )


def _is_on_page(piece: Piece, width: float, height: float) -> bool:
    if piece.top - piece.bottom < _TINY:
        return False
    return piece.right > 0 and piece.left < width and piece.top > 0 and piece.bottom < height


def _is_garbage(text: str) -> bool:
    """Tell whether the text layer of a page was made by OCR in another language."""
    measured = measure_letters(text)
    return (
        measured.words >= _MIN_WORDS
        and measured.syllables < 0.6
        and measured.marked < 0.15
        and not convert_legacy(text)
    )


def _pieces(textpage: Any, indices: range, *, overlay: bool = False) -> Iterator[Piece]:
    """Yield the runs of text with their boxes: a run ends with its line, at a wide gap, or where bold begins or ends.

    pdfium puts in the spaces and line ends that the file only implies; a hyphen at a line end comes back as U+FFFE.
    """
    import pypdfium2.raw as raw

    page, box = textpage.raw, raw.FS_RECTF()
    words: list[str] = []
    left = bottom = right = top = 0.0
    white = False
    bold, fonts = False, _Fonts(page, raw)
    for index in indices:
        code = raw.FPDFText_GetUnicode(page, index)
        letter = "-" if code in (0xFFFE, 2) else chr(code) if code < 0x110000 else "\ufffd"
        if letter in "\r\n\x00":
            if words:
                yield Piece(left, bottom, right, top, "".join(words), bold, overlay, white)
                words = []
            continue
        if letter.isspace() or not raw.FPDFText_GetLooseCharBox(page, index, box):
            if words:
                words.append(" ")
            continue
        height = box.top - box.bottom
        middle = (box.top + box.bottom) / 2
        heavy = fonts.is_bold(index) if not words or words[-1] == " " else bold
        if words and (
            not bottom <= middle <= top
            or box.left - right > _PIECE_GAP * height
            or box.left < left - height
            or (heavy is not bold and words[-1] == " ")
        ):
            yield Piece(left, bottom, right, top, "".join(words), bold, overlay, white)
            words = []
        if not words:
            white = _is_white(page, index, raw)
            left, bottom, right, top, bold = box.left, box.bottom, box.right, box.top, heavy
        words.append(letter)
        right = max(right, box.right)
    if words:
        yield Piece(left, bottom, right, top, "".join(words), bold, overlay, white)


def _is_white(page: Any, index: int, raw: Any) -> bool:
    import ctypes

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(page, index, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value == 0


class _Fonts:
    """Whether the letters of a page are bold, by the weight or the name of their font."""

    def __init__(self, page: Any, raw: Any) -> None:
        import ctypes

        self.page, self.raw, self.known = page, raw, dict[bytes, bool]()
        self.buffer, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def is_bold(self, index: int) -> bool:
        """Return whether one letter is bold."""
        size = self.raw.FPDFText_GetFontInfo(self.page, index, self.buffer, 128, self.flags)
        name = self.buffer.raw[: max(0, min(size, 128) - 1)]
        if name not in self.known:
            weight = self.raw.FPDFText_GetFontWeight(self.page, index)
            self.known[name] = bool(_BOLD.search(name.decode("utf-8", "replace"))) or (not name and weight >= 600)
        return self.known[name]


def _check_letters(origin: Origin, pages: Sequence[Page]) -> None:
    """Fail on a text layer that is no Vietnamese: fonts without a map of letters, or OCR in another language."""
    text = " ".join(piece.words for page in pages for line in page.lines for piece in line)[:60_000]
    letters = sum(map(str.isalpha, text))
    if letters < _FEW:
        return
    foreign = len(_FOREIGN.findall(text)) + 8 * text.count("(cid:")
    if foreign > letters * _BROKEN_SHARE:
        raise origin.fail("unmapped-font", "the fonts do not tell which letters they draw; it needs OCR")
