"""Writes a sample document as a PDF with a text layer: two-column header, broken lines, page numbers."""

from __future__ import annotations

import io
from pathlib import Path

from builder.formats import closing, columns
from builder.markup import Plan

MADE_WITH = "5.1.0"  # the version of reportlab that wrote the committed file; another may write other bytes
FONTS = Path("/usr/share/fonts/truetype/dejavu")
SIZE, LEADING = 12, 17.5
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 85.0, 57.0, 62.0, 62.0


class _Pages:
    """Lines on A4 pages; from the second page on, the page number stands at the top (Nghị định 30/2020/NĐ-CP)."""

    def __init__(self, buffer: io.BytesIO) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        for name, file in (("Serif", "DejaVuSerif.ttf"), ("SerifBold", "DejaVuSerif-Bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, FONTS / file))
        self._width = pdfmetrics.stringWidth
        self.canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
        self.page = 1
        self.y = HEIGHT - TOP

    def line(self, text: str, x: float, font: str, *, centred: bool = False) -> None:
        """Print one line, at ``x`` or centred on it."""
        self.canvas.setFont(font, SIZE if font == "Serif" else SIZE - 0.5)
        (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, self.y, text)

    def down(self, room: float = LEADING) -> None:
        """Go to the next line, on a new page where the old one is full."""
        self.y -= room
        if self.y < BOTTOM:
            self.canvas.showPage()
            self.page += 1
            self.y = HEIGHT - TOP + LEADING
            self.line(str(self.page), WIDTH / 2, "Serif", centred=True)
            self.y -= 2 * LEADING

    def broken(self, text: str, font: str, room: float) -> list[str]:
        """Return ``text`` in lines that fit."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._width(longer, font, SIZE) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def side_by_side(self, left: list[str], right: list[str], middle: float) -> None:
        """Print two columns, row by row."""
        for number in range(max(len(left), len(right))):
            for texts, x in ((left, LEFT + (middle - LEFT) / 2), (right, (middle + WIDTH - RIGHT) / 2)):
                if number < len(texts) and texts[number]:
                    self.line(texts[number], x, "SerifBold" if texts[number].isupper() else "Serif", centred=True)
            self.down()


def to_pdf(plan: Plan) -> bytes:
    """Return the document as a PDF file."""
    buffer = io.BytesIO()
    pages = _Pages(buffer)
    room = WIDTH - LEFT - RIGHT
    for text in plan.of("mark"):
        pages.line(text, WIDTH / 2, "Serif", centred=True)
        pages.down(2 * LEADING)
    left, right = zip(*columns(plan), strict=True)
    pages.side_by_side(list(left), list(right), LEFT + 0.36 * room)
    pages.down()
    for item in plan.items:
        if item.kind == "title":
            for line in pages.broken(item.text, "SerifBold", room - 60):
                pages.line(line, (LEFT + WIDTH - RIGHT) / 2, "SerifBold", centred=True)
                pages.down()
        elif item.kind in ("heading", "paragraph"):
            font = "SerifBold" if item.kind == "heading" else "Serif"
            for number, line in enumerate(pages.broken("\u2003\u2003" + item.text, font, room - 28)):
                pages.line(line, LEFT + (0 if number else 28), font)
                pages.down()
            pages.down(4)
    pages.down()
    pages.side_by_side(*closing(plan), LEFT + 0.55 * room)
    pages.canvas.save()
    return buffer.getvalue()
