"""Pages of PDF files that tests draw and read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from vnplan.model import Source
from vnplan.read import read_bytes

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif{}.ttf"
ITEM = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện"


def draw(*pages: Callable[..., None]) -> bytes:
    """Return a file whose pages the functions draw (reportlab, with a font that has the Vietnamese letters)."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics, ttfonts

    try:
        pdfmetrics.registerFont(ttfonts.TTFont("Serif", FONT.format("")))
        pdfmetrics.registerFont(ttfonts.TTFont("SerifBold", FONT.format("-Bold")))
    except ttfonts.TTFError:
        pytest.skip("the font DejaVu Serif is not installed")
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("Serif", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(*pages: Callable[..., None]) -> Source:
    return read_bytes("a.pdf", draw(*pages))


def words(source: Source, kind: str | None = None) -> list[str]:
    return [source.text[b.span.start : b.span.end] for b in source.blocks if kind in (None, b.kind)]


def body(canvas, top: float = 600, lines: int = 20) -> None:
    for number in range(lines):
        canvas.drawString(70, top - 18 * number, f"{ITEM} {number}")


def letterhead(canvas) -> None:
    canvas.setFont("SerifBold", 10)
    canvas.drawCentredString(160, 790, "ỦY BAN NHÂN DÂN")
    canvas.drawCentredString(420, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawCentredString(160, 775, "TỈNH LAI CHÂU")
    canvas.drawCentredString(420, 775, "Độc lập - Tự do - Hạnh phúc")
    canvas.setFont("Serif", 10)
    canvas.drawCentredString(160, 750, "Số: 12/KH-UBND")
    canvas.drawCentredString(420, 750, "Lai Châu, ngày 30 tháng 01 năm 2026")
    canvas.setFont("SerifBold", 12)
    canvas.drawCentredString(308, 710, "KẾ HOẠCH")
    canvas.setFont("Serif", 12)
    body(canvas)


def rules(canvas, edges: list[float], rows: list[list[str]], top: float) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(edges[column] + 4, top - 20 * number - 14, text)
    for number in range(len(rows) + 1):
        canvas.line(edges[0], top - 20 * number, edges[-1], top - 20 * number)
    for edge in edges:
        canvas.line(edge, top, edge, top - 20 * len(rows))


HEAD = ["TT", "Nhiệm vụ", "Thời gian"]


def picture(canvas) -> None:
    from reportlab.lib.utils import ImageReader

    image = pytest.importorskip("PIL.Image").new("L", (40, 40), 200)
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)


def turned(quarters: int, rotation: int) -> Callable[..., None]:
    def page(canvas) -> None:
        canvas.setPageRotation(rotation)
        if quarters == 1:
            canvas.translate(595, 0)
        elif quarters == 2:
            canvas.translate(595, 842)
        elif quarters == 3:
            canvas.translate(0, 842)
        canvas.rotate(90 * quarters)
        canvas.setFont("Serif", 12)
        body(canvas, 520, 8)
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"]], 200)

    return page


def note(canvas, x: float, y: float, number: str, size: float) -> None:
    canvas.setFont("Serif", size * 0.6)
    canvas.drawString(x, y + size * 0.35, number)
    canvas.setFont("Serif", size)


def with_notes(canvas) -> None:
    first = "Toàn tỉnh có 100 xã, giai đoạn 2021-2025"
    canvas.drawString(90, 700, first)
    width = canvas.stringWidth(first, "Serif", 12)
    note(canvas, 90 + width, 700, "3", 12)
    canvas.drawString(96 + width, 700, "đạt 95%, rộng 5 km")
    note(canvas, 96 + width + canvas.stringWidth("đạt 95%, rộng 5 km", "Serif", 12), 700, "2", 12)
    for number in range(10):
        canvas.drawString(70, 680 - 18 * number, f"{ITEM} {number}")
    note(canvas, 70, 100, "3", 9)
    canvas.drawString(75, 100, "Theo báo cáo của Sở Y tế")
    canvas.drawString(70, 88, "ngày 15 tháng 01 năm 2026.")
    note(canvas, 70, 76, "4", 9)
    canvas.drawString(75, 76, "Số liệu năm 2025.")
