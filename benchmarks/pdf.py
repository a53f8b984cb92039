"""How fast PDF files are read, against bare pypdfium2 and against pdfplumber, and how much memory it takes.

    python benchmarks/pdf.py [--pages 200] [--runs 5] [--no-memory] [FILE ...]

Draws a text of that many pages with reportlab and reads it, the PDF files that are named, and those of ``real`` in the
folder that the environment variable VNPLAN_SHARED names. All times are of the processor and of one run of this
script, the best of several; what counts are the ratios. pdfplumber reads no more than a few pages of a file. The peak
of memory is that of a process of its own. Prints tables and asserts nothing.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vnplan.errors import ReadError
from vnplan.limits import LIMITS
from vnplan.read import read_source

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
ITEM = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện nhiệm vụ"
PLUMBED = 10  # pages of a file that pdfplumber reads
WITHOUT_OCR = replace(LIMITS, ocr_seconds=0.01, image_pixels=1)
MEMORY = (10, 100, 1000)


def draw(pages: int) -> bytes:
    """Return a file of text, 42 lines a page, with page numbers."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(ttfonts.TTFont("Serif", FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in range(pages):
        canvas.setFont("Serif", 12)
        canvas.drawCentredString(300, 810, str(page + 1))
        for line in range(42):
            canvas.drawString(90 if line % 5 else 70, 780 - 17 * line, f"{ITEM[line % 7 :]} {42 * page + line}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read_bare(path: Path) -> int:
    """Return how many characters pypdfium2 finds, page by page, and do nothing with them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    found = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        found += len(textpage.get_text_range())
        textpage.close()
        page.close()
    document.close()
    return found


def read_plumbed(path: Path) -> int:
    """Return how many pages pdfplumber has read."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        pages = document.pages[:PLUMBED]
        for page in pages:
            page.extract_text()
            page.close()
        return len(pages)


def read_whole(path: Path) -> Any:
    """Return the source, or None for a file of which some page has no text layer; nothing is recognised."""
    try:
        source = read_source(path, limits=WITHOUT_OCR)
    except ReadError:
        return None
    return source if all(problem.code != "no-text" for problem in source.problems) else None


def times_of(works: Sequence[Callable[[], Any]], runs: int) -> list[float]:
    """Return the best time of each, taken in turn, so that all meet the same machine."""
    best = [float("inf")] * len(works)
    for _ in range(runs):
        for number, work in enumerate(works):
            began = time.process_time()
            work()
            best[number] = min(best[number], time.process_time() - began)
    return best


def compare(paths: Sequence[Path], runs: int) -> None:
    """Print a row for each file."""
    print(f"{'file':42} {'pages':>5} {'pages/s':>8} {'bare/s':>7} {'to bare':>8} {'pdfplumber to it':>17}")
    for path in paths:
        source = read_whole(path)
        if source is None:
            print(f"{path.name[:42]:42} no text layer")
            continue
        own, bare = times_of([lambda p=path: read_whole(p), lambda p=path: read_bare(p)], runs)
        (plumbed,) = times_of([lambda p=path: read_plumbed(p)], 1)
        plumbed *= source.pages / min(source.pages, PLUMBED)
        cells = sum(block.kind == "cell" for block in source.blocks)
        speed, note = source.pages / own, f"  {cells} cells" if cells else ""
        print(f"{path.name[:42]:42} {source.pages:5} {speed:8.0f} {source.pages / bare:7.0f} {own / bare:7.1f}x "
              f"{plumbed / own:16.0f}x{note}")  # fmt: skip


def measure(folder: Path) -> None:
    """Print the peak of memory for files of rising length."""
    print(f"\n{'pages':>5} {'characters':>11} {'peak MB':>8} {'bare, MB':>9}")
    for pages in MEMORY:
        path = folder / f"{pages}.pdf"
        path.write_bytes(draw(pages))
        found = [
            subprocess.run(
                [sys.executable, __file__, "--peak", way, str(path)], capture_output=True, text=True, check=True
            ).stdout.split()
            for way in ("whole", "bare")
        ]
        print(f"{pages:5} {int(found[0][0]):11,} {int(found[0][1]) / 1024:8.0f} {int(found[1][1]) / 1024:9.0f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--peak", choices=("whole", "bare"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        size = len(read_whole(options.files[0]).text) if options.peak == "whole" else read_bare(options.files[0])
        status = Path("/proc/self/status").read_text(encoding="ascii")  # ru_maxrss would tell of the parent
        print(size, re.findall(r"VmHWM:\s{1,9}([0-9]{1,12})", status)[0])
        return
    shared = Path(os.environ.get("VNPLAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"text of {options.pages} pages.pdf"
        text.write_bytes(draw(options.pages))
        compare([text, *options.files, *sorted((shared / "real").glob("*.pdf"))], options.runs)
        if not options.no_memory:
            measure(Path(folder))


if __name__ == "__main__":
    main()
