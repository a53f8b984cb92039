"""Writers that put one table into every format that vnplan reads."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from poison.word import paragraph, word

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif{}.ttf"
LETTERHEAD = (
    "UBND TỈNH LẠNG SƠN",
    "Số: 12/KH-UBND",
    "Lạng Sơn, ngày 05 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Phát triển thư viện số trên địa bàn tỉnh năm {year}",
    "UBND tỉnh ban hành Kế hoạch phát triển thư viện số với những nội dung như sau:",
    "I. NHIỆM VỤ",
)


@dataclass(frozen=True)
class Cell:
    """A cell that reaches over several rows or columns; what it covers is left out of the rows."""

    words: str
    rows: int = 1
    columns: int = 1


Row = tuple["str | Cell", ...]
Placed = tuple[int, int, Cell]  # row, column


@dataclass(frozen=True)
class Sample:
    """A table, and what it says. A task is (words, lead, coordinating, deadline, product)."""

    name: str
    rows: tuple[Row, ...]
    tasks: tuple[tuple[Any, ...], ...] = ()
    targets: tuple[tuple[Any, ...], ...] = ()
    header: int = 1  # how many of the rows are its header
    year: str = "2026"
    before: tuple[str, ...] = ()
    widths: tuple[int, ...] = field(default=())

    def place(self) -> list[Placed]:
        """Return every cell with its row and column."""
        taken: set[tuple[int, int]] = set()
        placed: list[Placed] = []
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                full = cell if isinstance(cell, Cell) else Cell(cell)
                placed.append((r, c, full))
                taken.update((r + i, c + j) for i in range(full.rows) for j in range(full.columns))
                c += full.columns
        return placed

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max(column + cell.columns for _, column, cell in self.place())

    def lines(self) -> tuple[str, ...]:
        """Return the lines that stand before the table."""
        return tuple(line.format(year=self.year) for line in (*LETTERHEAD, *self.before))


def by_row(sample: Sample) -> Iterator[list[tuple[int, Cell]]]:
    """Yield the cells of each row with their columns."""
    for number in range(len(sample.rows)):
        yield [(column, cell) for row, column, cell in sample.place() if row == number]


def write_docx(sample: Sample) -> bytes:
    """Return a Word file: gridSpan, vMerge, and a header that is marked to be repeated."""
    placed = sample.place()
    rows = []
    for number in range(len(sample.rows)):
        cells = []
        for row, column, cell in sorted(placed, key=lambda item: item[1]):
            if not row <= number < row + cell.rows:
                continue
            properties = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            if cell.rows > 1:
                properties += '<w:vMerge w:val="restart"/>' if row == number else "<w:vMerge/>"
            said = cell.words.split("\n") if row == number else [""]
            inner = "".join(paragraph(html.escape(words)) for words in said)
            cells.append((column, f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"))
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if number < sample.header else ""
        rows.append(f"<w:tr>{mark}{''.join(cell for _, cell in cells)}</w:tr>")
    before = "".join(paragraph(html.escape(line)) for line in sample.lines())
    return word(f"{before}<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>{paragraph('')}")


def write_html(sample: Sample) -> bytes:
    """Return a page with colspan and rowspan."""
    rows = []
    for row in by_row(sample):
        cells = []
        for _, cell in row:
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            said = "".join(f"<p>{html.escape(words)}</p>" for words in cell.words.split("\n"))
            cells.append(f"<td{spans}>{said}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    before = "".join(f"<p>{html.escape(line)}</p>" for line in sample.lines())
    page = f"<html><body>{before}<table border=1>{''.join(rows)}</table></body></html>"
    return page.encode()


def write_markdown(sample: Sample, *, repeat: bool) -> bytes:
    """Return pipe tables, in which a merged cell is repeated, or stands once and leaves the rest empty."""
    grid = [[""] * sample.width for _ in sample.rows]
    for row, column, cell in sample.place():
        for i in range(cell.rows):
            for j in range(cell.columns):
                if repeat or (i, j) == (0, 0):
                    grid[row + i][column + j] = cell.words.replace("\n", "<br>")
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    lines.insert(1, "|" + " --- |" * sample.width)
    head = [f"**{line}**" if line.isupper() else line for line in sample.lines()]
    return ("\n\n".join(head) + "\n\n" + "\n".join(lines) + "\n").encode()


def write_pdf(sample: Sample, *, height: float = 842, repeat: bool = False, split_rows: bool = False) -> bytes:
    """Return a file whose table is drawn with rules; low pages divide it, between rows or inside them."""
    platypus = pytest.importorskip("reportlab.platypus")
    from reportlab.lib.styles import ParagraphStyle

    register_font()
    style = ParagraphStyle("cell", fontName="Serif", fontSize=9, leading=11)
    line = ParagraphStyle("line", fontName="Serif", fontSize=12, leading=16, firstLineIndent=28)
    width = sample.width
    data: list[list[Any]] = [[""] * width for _ in sample.rows]
    spans: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for row, column, cell in sample.place():
        data[row][column] = [platypus.Paragraph(html.escape(words), style) for words in cell.words.split("\n")]
        if cell.rows > 1 or cell.columns > 1:
            spans.append(("SPAN", (column, row), (column + cell.columns - 1, row + cell.rows - 1)))
    shares = sample.widths or (1, *([4] * (width - 1)))
    widths = [700 * share / sum(shares) for share in shares]
    table = platypus.Table(
        data, widths, repeatRows=sample.header if repeat else 0, splitByRow=1, splitInRow=int(split_rows)
    )
    table.setStyle(platypus.TableStyle(spans))
    out = io.BytesIO()
    document = platypus.SimpleDocTemplate(
        out, pagesize=(842, height), leftMargin=60, rightMargin=60, topMargin=40, bottomMargin=40
    )
    document.build([*(platypus.Paragraph(html.escape(words), line) for words in sample.lines()), table])
    return out.getvalue()


def register_font() -> None:
    """Register a font that has the Vietnamese letters, or skip the test."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    try:
        pdfmetrics.registerFont(ttfonts.TTFont("Serif", SERIF.format("")))
    except ttfonts.TTFError:
        pytest.skip("the font DejaVu Serif is not installed")


FORMATS: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "docx": ("a.docx", write_docx),
    "html": ("a.html", write_html),
    "markdown-repeated": ("a.md", lambda sample: write_markdown(sample, repeat=True)),
    "markdown-empty": ("a.md", lambda sample: write_markdown(sample, repeat=False)),
    "pdf": ("a.pdf", write_pdf),
    "pdf-pages": ("a.pdf", lambda sample: write_pdf(sample, height=330)),
    "pdf-header-repeated": ("a.pdf", lambda sample: write_pdf(sample, height=330, repeat=True)),
    "pdf-rows-split": ("a.pdf", lambda sample: write_pdf(sample, height=305, split_rows=True)),
}
