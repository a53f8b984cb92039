"""PDF files with a text layer: lines in reading order, two columns apart, tables as cells, furniture left out.

pypdfium2 reads the text; pages with drawn tables go through pdfplumber (vnplan.read.pdf_tables). Each page is closed as
soon as it is read. pdfium is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from vnplan.model import Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.pdf_tables import PdfTable, find_tables
from vnplan.read.vietnamese import measure_letters

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_BROKEN_SHARE: Final = 0.05  # more letters of other scripts than this: the font tells no letters
_FEW: Final = 40  # letters; a page with fewer may be a picture with a stamp on it
_LARGE: Final = 0.2  # of the page: an image that may hold text
_MANY_PATHS: Final = 150  # letters drawn as curves
_MIN_RULES: Final = 6
_THIN: Final = 3.0  # points: a rule, not an area
_MIN_WORDS: Final = 30
_PIECE_GAP: Final = 0.7  # heights of a letter; a number may be filled in there
_FILLED: Final = 30  # characters that a signing program fills in
_FILLED_IN: Final = re.compile(r"[0-9]")
_STAMP_NOTE: Final = "the words of a digital signature or of an annotation were left out"
# yes: Người ký: / Ký bởi: / Thời gian ký: / Cơ quan phát hành:
# no:  Người ký hợp đồng lao động
_STAMP: Final = re.compile(
    r"(?:người ký|ký bởi|được ký bởi|ký số bởi|digitally signed|signed by|thời gian ký|ngày ký|email"
    r"|cơ quan phát hành|cơ quan|chức danh|signature not verified)\s{0,3}:",
    re.I,
)
_PAGE_NUMBER: Final = re.compile(
    r"[-–\s]{0,4}(?:trang\s{0,2})?[0-9]{1,4}(?:\s{0,2}/\s{0,2}[0-9]{1,4})?[-–\s.]{0,4}$", re.I
)
_FOREIGN: Final = re.compile(r"[\u0400-\u1dff\u2c00-\uabff\ue000-\uf8ff\ufffd]")
_BOLD: Final = re.compile(r"bold|black|heavy|demi", re.I)
_SPACES: Final = re.compile(r"[ \t\u00a0]{2,1000}")
_MOTTO: Final = re.compile(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN")
_HEAD: Final = 0.3  # of the first page: where the letterhead stands
_GAP: Final = 1.6  # widths of a letter between two pieces that belong to different columns of the letterhead


@dataclass(slots=True)
class Piece:
    """A run of text on one line: its box in points from the lower left corner, and whether it is bold."""

    left: float
    bottom: float
    right: float
    top: float
    words: str
    bold: bool
    overlay: bool = False  # drawn by an annotation: what a signing program fills in, or its stamp


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    lines: list[list[Piece]]
    tables: list[PdfTable]
    letters: int
    pictured: bool = False  # an image, or letters drawn as curves, may hold text that was not read
    stamped: bool = False  # words of a signature's stamp were left out
    margins: tuple[float, float] = (0.0, 0.0)  # where the text of the page begins and ends


def read_pdf(origin: Origin) -> Source:
    """Return the text layer of a PDF.

    Raises :class:`ReadError`: ``damaged``, ``encrypted``, ``too-many-pages``, ``no-text`` (a scan), ``unmapped-font``.
    """
    pages, restricted = _read_pages(origin)
    builder = SourceBuilder(origin)
    if restricted:
        builder.add_problem("restricted", "the file forbids copying; it was read all the same")
    for page in pages:
        if page.stamped:
            builder.add_problem("stamp", _STAMP_NOTE)
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
    running = _running_heads(pages)
    writer = _Writer(builder, running)
    for page in pages:
        writer.page(page)
    return builder.build("application/pdf", "pdf-text", pages=len(pages))


def _read_pages(origin: Origin) -> tuple[list[_Page], bool]:
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
            page.lines = [line for line in (_outside(line, tables) for line in page.lines) if line]
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
    paths = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        paths += 1
        left, bottom, right, top = item.get_bounds()
        image = item.type == raw.FPDF_PAGEOBJ_IMAGE
        item.close()
        if paths > _MANY_PATHS or (image and (right - left) * (top - bottom) > _LARGE * width * height):
            return True
    return False


def _is_silent(page: _Page) -> bool:
    return page.pictured and not page.tables


def _read_page(document: Any, page: Any, number: int) -> _Page:
    import pypdfium2.raw as raw

    width, height = page.get_size()
    with closing(page.get_textpage()) as textpage:
        own = textpage.count_chars()
        pieces = list(_pieces(textpage, range(own)))
    if raw.FPDFPage_GetAnnotCount(page.raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        with closing(document[number]) as flat, closing(flat.get_textpage()) as textpage:
            pieces += _pieces(textpage, range(own, textpage.count_chars()), overlay=True)
    letters = sum(sum(map(str.isalpha, piece.words)) for piece in pieces if not piece.overlay)
    lines, stamped = _place_overlays(pieces)
    text = " ".join(piece.words for line in lines for piece in line)
    if _is_garbage(text):
        lines, letters = [], 0
    pictured = _is_pictured(page, raw, letters)
    return _Page(number + 1, width, height, lines, [], letters, pictured, stamped, _margins(lines, width))


def _margins(lines: Sequence[Sequence[Piece]], width: float) -> tuple[float, float]:
    """Return where the full lines begin and end: the middle between them is what centred lines keep to."""
    full = [line for line in lines if line[-1].right - line[0].left > width * 0.6]
    if len(full) < 3:
        return width * 0.12, width * 0.92  # Nghị định 30/2020/NĐ-CP, Phụ lục I: 30 to 35 mm left, 15 to 20 mm right
    starts, ends = sorted(line[0].left for line in full), sorted(line[-1].right for line in full)
    return starts[len(starts) // 8], ends[-1 - len(ends) // 8]


def _is_garbage(text: str) -> bool:
    """Tell whether the text layer of a page was made by OCR in another language."""
    measured = measure_letters(text)
    return measured.words >= _MIN_WORDS and measured.syllables < 0.6 and measured.marked < 0.15


def _place_overlays(pieces: list[Piece]) -> tuple[list[list[Piece]], bool]:
    """Return the lines of a page with the number and date that a signing program filled in, and whether it has stamps.

    What an annotation draws is text of the document where it fills a gap on a line; elsewhere it is a stamp.
    """
    lines = _lines([piece for piece in pieces if not piece.overlay])
    stamped = False
    for piece in pieces:
        if not piece.overlay:
            continue
        middle = (piece.top + piece.bottom) / 2
        line = next((line for line in lines if line[0].bottom <= middle <= line[0].top), None)
        if line is None or len(piece.words) > _FILLED or not _FILLED_IN.search(piece.words):
            stamped = stamped or not piece.words.isspace()
            continue
        line.append(piece)
        line.sort(key=lambda p: (p.left + p.right) / 2 if p.overlay else p.left)
    return lines, stamped


def _pieces(textpage: Any, indices: range, *, overlay: bool = False) -> Iterator[Piece]:
    """Yield the runs of text with their boxes: a run ends with its line, at a wide gap, or where bold begins or ends.

    pdfium puts in the spaces and line ends that the file only implies; a hyphen at a line end comes back as U+FFFE.
    """
    import pypdfium2.raw as raw

    page, box = textpage.raw, raw.FS_RECTF()
    words: list[str] = []
    left = bottom = right = top = 0.0
    bold, fonts = False, _Fonts(page, raw)
    for index in indices:
        code = raw.FPDFText_GetUnicode(page, index)
        letter = "-" if code in (0xFFFE, 2) else chr(code) if code < 0x110000 else "\ufffd"
        if letter in "\r\n\x00":
            if words:
                yield Piece(left, bottom, right, top, "".join(words), bold, overlay)
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
            yield Piece(left, bottom, right, top, "".join(words), bold, overlay)
            words = []
        if not words:
            left, bottom, right, top, bold = box.left, box.bottom, box.right, box.top, heavy
        words.append(letter)
        right = max(right, box.right)
    if words:
        yield Piece(left, bottom, right, top, "".join(words), bold, overlay)


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


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces by line, from the top of the page, each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        for line in reversed(lines[-3:]):
            if (
                line[0].bottom <= middle <= line[0].top
                or piece.bottom <= (line[0].top + line[0].bottom) / 2 <= piece.top
            ):
                line.append(piece)
                break
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda p: p.left)
    return lines


def _outside(line: list[Piece], tables: Sequence[PdfTable]) -> list[Piece]:
    return [p for p in line if not any(table.holds(p.left, p.right, (p.top + p.bottom) / 2) for table in tables)]


def _check_letters(origin: Origin, pages: Sequence[_Page]) -> None:
    """Fail on a text layer that is no Vietnamese: fonts without a map of letters, or OCR in another language."""
    text = " ".join(piece.words for page in pages for line in page.lines for piece in line)[:60_000]
    letters = sum(map(str.isalpha, text))
    if letters < _FEW:
        return
    foreign = len(_FOREIGN.findall(text)) + 8 * text.count("(cid:")
    if foreign > letters * _BROKEN_SHARE:
        raise origin.fail("unmapped-font", "the fonts do not tell which letters they draw; it needs OCR")


def _running_heads(pages: Sequence[_Page]) -> frozenset[str]:
    """Return the words that stand at the top or the bottom of most pages."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {_say(line) for line in (*page.lines[:1], *page.lines[-1:])}
        seen.update(words for words in edge if len(words) < 120)
    return frozenset(words for words, count in seen.items() if count > max(2, len(pages) // 2))


def _say(line: Sequence[Piece]) -> str:
    """Return the words of pieces on one line; a gap between two of them is a space."""
    words = ""
    last: Piece | None = None
    for piece in line:
        if last is not None and piece.left - last.right > 0.12 * (piece.top - piece.bottom):
            filled = last.overlay and piece.words.startswith("/")  # "Số: 12/KH-UBND", where 12 was filled in
            words = words.rstrip() if filled else words
            words += "" if filled or words.endswith(" ") or piece.words.startswith(" ") else " "
        words += piece.words
        last = piece
    return _SPACES.sub(" ", words).strip()


class _Writer:
    """Writes the lines and the tables of the pages one after another."""

    def __init__(self, builder: SourceBuilder, running: frozenset[str]) -> None:
        self.builder, self.running = builder, running
        self.tables = 0
        self.rows = 0
        self.open: PdfTable | None = None  # the table at the foot of the page before
        self.previous_bottom: float | None = None

    def page(self, page: _Page) -> None:
        """Write one page: what stands above a table, the table, and what stands below it."""
        lines = [line for at, line in enumerate(page.lines) if not self._is_furniture(page, at, line)]
        self.previous_bottom = None
        for table in page.tables:
            above = [line for line in lines if line[0].bottom >= table.top]
            lines = [line for line in lines if line[0].bottom < table.top]
            self._write_lines(page, above)
            self._table(page, table, bool(above))
        self._write_lines(page, lines)
        if lines or not page.tables:
            self.open = None

    def _is_furniture(self, page: _Page, at: int, line: list[Piece]) -> bool:
        words = _say(line)
        edge = at == 0 or at == len(page.lines) - 1
        if edge and (_PAGE_NUMBER.match(words) or words in self.running) and (page.number > 1 or at > 0):
            return True
        if edge and page.number == 1 and at == 0 and _PAGE_NUMBER.match(words) and len(page.lines) > 5:
            return True
        if _STAMP.match(words) and (line[0].top > page.height * 0.75 or line[0].bottom < page.height * 0.08):
            self.builder.add_problem("stamp", _STAMP_NOTE)
            return True
        return False

    def _write_lines(self, page: _Page, lines: Sequence[list[Piece]]) -> None:
        """Write lines; a stretch where two columns stand side by side is written column by column."""
        at = 0
        while at < len(lines):
            columns = self._columns(page, lines, at)
            if columns is None:
                self._write(page, lines[at])
                at += 1
                continue
            stop, middle = columns
            for side in (True, False):
                for line in lines[at:stop]:
                    part = [p for p in line if ((p.left + p.right) / 2 < middle) is side]
                    if part:
                        self._write(page, part)
                self.builder.add_gap()
            at = stop

    def _columns(self, page: _Page, lines: Sequence[list[Piece]], at: int) -> tuple[int, float] | None:
        """Return where a stretch of two columns that begins at a line ends, and the middle between the columns."""
        split = _split(lines[at], page)
        if split is None:
            return None
        left_edge, right_edge = split
        stop = at + 1
        while stop < len(lines):
            line = lines[stop]
            if line[0].words.lstrip().startswith("Kính gửi"):
                break  # the addressees of a letter stand below both columns
            further = _split(line, page)
            if line[0].left >= left_edge and line[-1].right > page.width * 0.55 and line[0].left > page.width * 0.35:
                right_edge = min(right_edge, line[0].left)
            elif line[-1].right <= right_edge and line[0].left < page.width * 0.45:
                left_edge = max(left_edge, line[-1].right)
            elif further is None or max(left_edge, further[0]) >= min(right_edge, further[1]):
                break
            else:
                left_edge, right_edge = max(left_edge, further[0]), min(right_edge, further[1])
            stop += 1
        return (stop, (left_edge + right_edge) / 2) if stop > at + 1 else None

    def _write(self, page: _Page, line: Sequence[Piece]) -> None:
        words = _say(line)
        bold, open_bold = 0, True
        for number in range(len(line)):
            if open_bold and (line[number].bold or not line[number].words.strip()):
                bold = len(_say(line[: number + 1]))
            else:
                open_bold = False
        bottom, height = line[0].bottom, line[0].top - line[0].bottom
        if self.previous_bottom is not None and self.previous_bottom - line[0].top > 1.2 * height:
            self.builder.add_gap()
        self.previous_bottom = bottom
        left, right = line[0].left - page.margins[0], page.margins[1] - line[-1].right
        centred = abs(left - right) < page.width * 0.03 and left > page.width * 0.06
        self.builder.add(words, "line", page=page.number, bold=min(bold, len(words)), centred=centred)

    def _table(self, page: _Page, table: PdfTable, something_above: bool) -> None:
        """Write a table; one that goes on from the page before keeps its number, without its repeated header."""
        goes_on = self.open is not None and not something_above and table.same_columns(self.open)
        first = going_on = 0
        if goes_on and self.open is not None:
            first = 1 if table.words(0) == self.open.words(0) else 0
            going_on = int(first < table.height and not (table.grid[first][0] or "").strip())
        else:
            self.tables += 1
            self.rows = 0
        for cell, paragraphs in table.cells(self.tables - 1, self.rows - first - going_on):
            for words in paragraphs if cell.row >= self.rows - going_on else ():
                self.builder.add(words, "cell", page=page.number, cell=cell)
        self.rows += table.height - first - going_on
        head = self.open if goes_on else table
        self.open = PdfTable(table.box, table.grid, head.first if head is not None else table.first, table.edges)


def _split(line: Sequence[Piece], page: _Page) -> tuple[float, float] | None:
    """Return the edges of the gap when a line holds two columns: a wide gap around the middle of the page."""
    best = None
    for before, after in pairwise(line):
        gap = after.left - before.right
        wide = _GAP * (after.top - after.bottom)
        if page.number == 1 and after.bottom > page.height * (1 - _HEAD):
            wide = 0.0 if _MOTTO.match(after.words.lstrip()) else wide / 2
        central = page.width * 0.2 < (before.right + after.left) / 2 < page.width * 0.75
        if gap > wide and central and (best is None or gap > best[1] - best[0]):
            best = (before.right, after.left)
    return best
