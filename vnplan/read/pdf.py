"""PDF files: lines in reading order, two columns apart, tables as cells, furniture left out.

Pages without a text layer that can be read go through OCR (vnplan.read.ocr) where Tesseract is installed.

pypdfium2 reads the text; pages with drawn tables go through pdfplumber (vnplan.read.pdf_tables). Each page is closed as
soon as it is read, and written as soon as the next few are read, so that memory holds no more than the text. pdfium is
not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vnplan.model import Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.hidden import Hidden
from vnplan.read.legacy import convert_legacy
from vnplan.read.pdf_drawn import Drawn, look_at
from vnplan.read.pdf_furniture import STAMP_NOTE
from vnplan.read.pdf_layout import Page, Piece, leave_tables, measure_margins, place_overlays
from vnplan.read.pdf_letters import Letters, View, find_quarters, is_unmapped, load_letters
from vnplan.read.pdf_overlays import OpenPage, open_page, split_letters
from vnplan.read.pdf_runs import find_pieces
from vnplan.read.pdf_seen import find_strikes, judge_seen, leave_struck
from vnplan.read.pdf_stamps import leave_stamps
from vnplan.read.pdf_tables import TableFinder
from vnplan.read.pdf_writer import PageWriter
from vnplan.read.scan_labels import RomanLabels
from vnplan.read.vietnamese import measure_letters

if TYPE_CHECKING:
    from vnplan.read.ocr import Recogniser

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_BROKEN_SHARE: Final = 0.05  # more letters of other scripts than this: the font tells no letters
_FEW: Final = 40  # letters; a page with fewer may be a picture with a stamp on it
_FEW_ON_SCAN: Final = 200  # the same of a page that is one image: the stamp of a signature has some 100
_TINY: Final = 2.0  # points: no letter that somebody can read
_SLIVER: Final = 40  # dots: a picture that no line of text fits on
_MIN_WORDS: Final = 30
_FILLED: Final = 0.5  # of the fields between the rules of a map that hold words: there is a table on it
_UNSEEN: Final = "were read: the OCR text of a scan, or text that nobody sees"
# yes: /JavaScript
# yes: /XFA
# no:  /JS
_ACTIVE: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|XFA)")
# yes: Ӣ
# yes: \uf0a7
# no:  ề
_FOREIGN: Final = re.compile(r"[\u0400-\u1dff\u2c00-\uabff\ue000-\uf8ff\ufffd]")


def read_pdf(origin: Origin) -> Source:
    """Return the text of a PDF: its text layer, and what OCR makes of pages that have none.

    Raises :class:`ReadError`: ``damaged``, ``encrypted``, ``too-many-pages``, ``no-text`` or ``unmapped-font`` where no
    page could be read.
    """
    builder = SourceBuilder(origin)
    if b"%%EOF" not in origin.data:
        builder.add_problem("repaired", "the file is cut off; what was left of it was read")
        builder.add_problem("cut:end", "the end of the file is missing")
    if _ACTIVE.search(origin.data):
        builder.add_problem("active-content", "scripts or attached files in the PDF were ignored")
    tally = _Tally(origin)
    with closing(_open(origin)) as document, closing(TableFinder(origin.data)) as finder:
        import pypdfium2.raw as raw

        if raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
            builder.add_problem("restricted", "the file forbids copying; it was read all the same")
        PageWriter(builder).write(_read_pages(origin, document, finder, tally))
        count = len(document)
    _report(builder, tally)
    if tally.sure:
        sureness = tuple(tally.sure.get(number) for number in range(1, count + 1))
        return builder.build("application/pdf", "ocr", pages=count, page_confidence=sureness)
    return builder.build("application/pdf", "pdf-text", pages=count)


@dataclass(slots=True)
class _Tally:
    """What is counted over the pages, none of which is kept."""

    origin: Origin
    pages: int = 0
    sure: dict[int, float] = field(default_factory=dict)  # by page, of those that were recognised
    reader: Recogniser | None = None
    read: bool = False  # some page has letters
    silent: list[int] = field(default_factory=list)  # pages whose text was not read
    unmapped: bool = False
    garbled: bool = False
    hidden: Hidden = field(default_factory=Hidden)
    unseen: Hidden = field(default_factory=Hidden)
    struck: int = 0
    stamped: bool = False
    relabelled: list[int] = field(default_factory=list)
    without_tables: list[int] = field(default_factory=list)
    maps: list[int] = field(default_factory=list)

    def recogniser(self) -> Recogniser:
        """Return what recognises pages; it is loaded for the first page that needs it."""
        if self.reader is None:
            from vnplan.read.ocr import Recogniser

            self.reader = Recogniser(self.origin.limits)
        return self.reader

    def add(self, page: Page) -> None:
        """Count one page."""
        if page.sure is not None:
            self.sure[page.number] = page.sure
        self.pages += 1
        if page.unmapped or (page.pictured and not page.tables):
            self.silent.append(page.number)
        else:
            self.read = self.read or page.letters > 0
        self.unmapped = self.unmapped or page.unmapped
        self.garbled = self.garbled or page.garbled
        for words in page.hidden:
            self.hidden.add(words)
        for words in page.unseen:
            self.unseen.add(words)
        self.struck += page.struck
        self.stamped = self.stamped or page.stamped
        if page.relabelled:
            self.relabelled.append(page.number)
        if page.drawing == "table":
            self.without_tables.append(page.number)
        elif page.drawing == "map":
            self.maps.append(page.number)


def _report(builder: SourceBuilder, tally: _Tally) -> None:
    """Record what was left out; fail when no page was read."""
    if not tally.read:
        raise builder.origin.fail(*_silence(tally))
    if tally.hidden.count or tally.unseen.count:
        builder.add_problem("hidden-text", "; ".join(_name_hidden(tally)))
    if tally.struck:
        builder.add_problem("struck-text", f"{tally.struck} characters that are struck through were left out")
    if tally.stamped:
        builder.add_problem("stamp", STAMP_NOTE)
    if tally.relabelled:
        what = f"the number of a heading or of a row was misread on {_name(tally.relabelled)}"
        builder.add_problem("doubtful:label", f"{what}, and put right by the order of the others: look there")
    if tally.without_tables:
        what = f"no tables could be looked for on {_name(tally.without_tables)}; the text was read line by line"
        builder.add_problem("unread:tables", what)
    if tally.maps:
        builder.add_problem("map", f"a map or a drawing was read line by line on {_name(tally.maps)}")
    if tally.silent:
        what = f"no text layer that can be read on {_name(tally.silent)}: {_advise(tally)}"
        builder.add_problem("no-text", what)
        builder.add_problem("cut:pages", f"{len(tally.silent)} of {tally.pages} pages were not read")


def _name_hidden(tally: _Tally) -> Iterator[str]:
    """Yield what to say of the words that nobody sees, with a number or a date that they hold."""
    said = (
        (tally.hidden, tally.hidden.message("outside the page or too small to see")),
        (tally.unseen, tally.unseen.message("that are white, covered or not drawn", _UNSEEN)),
    )
    for hidden, message in said:
        if hidden.count:
            yield f'{message} ("{hidden.example}")' if hidden.example else message


def _name(pages: list[int]) -> str:
    names = ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
    return f"the pages {names}" if len(pages) > 1 else f"page {names}"


def _silence(tally: _Tally) -> tuple[str, str]:
    """Return the code for a file without text, and what to do."""
    advice = _advise(tally)
    if tally.unmapped:
        return "unmapped-font", f"the fonts do not tell which letters they draw; {advice}"
    if tally.garbled:
        return "no-text", f"the text layer is no Vietnamese (OCR in another language?); {advice}"
    return "no-text", f"no page has a text layer (a scan); {advice}"


def _advise(tally: _Tally) -> str:
    """Return why OCR did not read the pages, and what to do."""
    reader = tally.reader
    if reader is None:
        return "there was nothing to recognise"
    if reader.missing is not None:
        from vnplan.read.tesseract import INSTALL

        return f"OCR is needed, but {reader.missing}: {INSTALL}"
    return f"OCR did not read it ({reader.failed or 'no words were found'}); look at the pages"


def _open(origin: Origin) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(origin.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise origin.fail("encrypted", "the PDF is protected by a password; save it without one") from error
        raise origin.fail("damaged", f"the PDF cannot be opened ({error}); download it again") from error
    count = len(document)
    if 0 < count <= origin.limits.pages:
        return document
    document.close()
    if count == 0:
        raise origin.fail("damaged", "the PDF has no page; download it again")
    raise origin.fail("too-many-pages", f"the PDF has {count:,} pages; raise Limits.pages to read it")


def _read_pages(origin: Origin, document: Any, finder: TableFinder, tally: _Tally) -> Iterator[Page]:
    """Yield the pages one by one; none is kept."""
    import pypdfium2
    import pypdfium2.raw as raw

    labels = RomanLabels()
    for number in range(len(document)):
        try:
            opened = open_page(document, number, raw)
            with closing(opened.page):
                found = _read_page(document, opened, number, finder, tally)
        except pypdfium2.PdfiumError as error:
            raise origin.fail("damaged", f"page {number + 1} cannot be read ({error}); download it again") from error
        if found.sure is not None:
            labels.mend(found)
        tally.add(found)
        yield found


def _read_page(document: Any, opened: OpenPage, number: int, finder: TableFinder, tally: _Tally) -> Page:
    import pypdfium2.raw as raw

    page, own, struck = opened.page, opened.own, 0
    with closing(page.get_textpage()) as textpage:
        everything = load_letters(textpage, raw)
        letters, start = split_letters(everything, page, raw, own)
        view, turned = _view(page, letters)
        overlays = list(find_pieces(everything, view, start, overlay=True)) if start < len(everything.text) else []
        drawn = look_at(page, raw, view, own)
        pieces = list(find_pieces(letters, view))
        unmapped = is_unmapped(letters)
        if strikes := find_strikes(pieces, drawn, opened.struck, view):
            struck = leave_struck(letters, view, strikes)
            pieces = list(find_pieces(letters, view)) if struck else pieces
        judge_seen(pieces, letters, drawn, page, raw, view, own)
    pieces, stamped = leave_stamps(pieces, view.height)
    pieces += overlays
    seen = view.turn(*page.get_bbox())
    shown = [piece for piece in pieces if piece.overlay or _is_on_page(piece, seen)]
    lines, overlaid = place_overlays(shown)
    found = Page(number + 1, view.width, view.height, lines, stamped=stamped or overlaid, struck=struck)
    if len(shown) < len(pieces):
        kept = set(map(id, shown))
        found.hidden = [piece.words for piece in pieces if id(piece) not in kept]
    found.unseen = [piece.words for piece in shown if piece.unseen and not piece.overlay]
    _judge(found, drawn, unmapped)
    if (found.unmapped or found.pictured) and tally.recogniser().is_ready:
        _recognise(found, document, number, view, [piece for piece in shown if piece.overlay], tally)
    if found.sure is not None:
        return found
    found.margins = measure_margins(found.lines, view.width)
    if found.letters:
        _add_tables(found, drawn, document, page, number, finder, turned)
    return found


def _judge(page: Page, drawn: Drawn, unmapped: bool) -> None:
    """Decide whether the letters of a page are its text; else leave them out."""
    text = " ".join(piece.words for line in page.lines for piece in line)
    page.letters = sum(map(str.isalpha, text[: 10 * _FEW]))
    foreign = len(_FOREIGN.findall(text)) + 8 * text.count("(cid:")
    page.unmapped = unmapped or (foreign > 0 and foreign > max(sum(map(str.isalpha, text)), _FEW) * _BROKEN_SHARE)
    page.garbled = not page.unmapped and drawn.is_pictured and _is_garbage(text)
    if page.unmapped or page.garbled:
        page.lines, page.letters = [], 0
    page.pictured = drawn.is_pictured and page.letters < (_FEW_ON_SCAN if drawn.whole else _FEW)


def _recognise(found: Page, document: Any, number: int, view: View, overlays: list[Piece], tally: _Tally) -> None:
    """Put what OCR sees on a page in place of its text layer."""
    import pypdfium2.raw as raw

    from vnplan.read.pdf_picture import draw_page

    with closing(document[number]) as page:  # anew: what annotations draw is part of it now
        picture = draw_page(page, raw, tally.origin.limits)
        box = view.turn(*page.get_bbox())
    reader = tally.recogniser()
    if picture is None or min(picture.shape[:2]) < _SLIVER:
        reader.failed = (
            "the images on the page have too many dots" if picture is None else "it is no larger than a line"
        )
        return
    reader.read(picture, found, box, overlays)
    kept, stamped = leave_stamps([piece for line in found.lines for piece in line], found.height)
    if stamped:
        own = set(map(id, kept))
        found.lines = [line for line in ([p for p in line if id(p) in own] for line in found.lines) if line]
        found.stamped = True


def _add_tables(
    found: Page, drawn: Drawn, document: Any, page: Any, number: int, finder: TableFinder, turned: bool
) -> None:
    """Read the tables of a page where rules cross as those of a table do."""
    if drawn.is_map:
        middles = [((p.left + p.right) / 2, (p.bottom + p.top) / 2) for line in found.lines for p in line]
        found.drawing = "table" if drawn.grid and drawn.is_filled(middles, _FILLED) else "map"
        return
    if not drawn.grid:
        return
    if turned:
        with closing(TableFinder(_save(document, page, number))) as alone:
            tables = alone.find(0)
    else:
        tables = finder.find(number)
    if tables is None:
        found.drawing = "table"
        return
    found.tables = tables
    found.lines = [line for line in (leave_tables(at, tables) for at in found.lines) if line]


def _save(document: Any, page: Any, number: int) -> bytes:
    """Return a file of one page, as it was turned."""
    import pypdfium2

    out = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as alone:
        alone.import_pages(document, [number])
        with closing(alone[0]) as copy:
            copy.set_rotation(page.get_rotation())
        alone.save(out)
    return out.getvalue()


def _view(page: Any, letters: Letters) -> tuple[View, bool]:
    """Return how a page is read, and whether it had to be turned for that.

    Most of its letters decide what is upright, and else the page itself.
    """
    rotation = page.get_rotation() // 90
    quarters = find_quarters(letters)
    turned = quarters is not None and quarters != rotation
    if turned and quarters is not None:
        page.set_rotation(90 * quarters)  # for the tables, which another parser finds
    left, bottom, right, top = page.get_mediabox()
    return View(left, bottom, right, top, rotation if quarters is None else quarters), turned


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
