"""Measure what is found in scans of documents whose text is known: with keywords put right, and without.

    python benchmarks/ocr_corpus.py                     # the PDF files of the corpus
    python benchmarks/ocr_corpus.py FILE.pdf … --worn   # other PDF files with a text layer, as bad copies

Every page is drawn, worn (turned a little, blurred, specked, copied at 150 dots an inch), put into a PDF without text
and read again. Targets (figures and unit), tasks (words), references (number) and deadlines (value) of the file
itself are looked for among those of the scan.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from vnplan import document
from vnplan.document import parse_source
from vnplan.model import Document
from vnplan.read import read_bytes, read_source
from vnplan.text import fold

ROOT = Path(__file__).resolve().parent.parent
DENSITY = 200
LIKE = 85  # of 100: the words of two tasks that are the same


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Scan documents and look for what they say.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--worn", action="store_true", help="bad copies")
    options = parser.parse_args()
    totals: dict[tuple[str, str], list[int]] = {}
    samples = sorted(path for path in (ROOT / "corpus").rglob("*.pdf") if "kept" not in path.parts)
    for path in options.files or samples:
        true = parse_source(read_source(path))
        source = read_bytes(path.name, scan(path, worn=options.worn))
        sure = [sure for sure in source.page_confidence if sure is not None]
        print(f"{path.name}: sureness {sum(sure) / max(len(sure), 1):.3f}, {len(source.doubtful)} doubtful words")
        for name, found in (("with", parse_source(source)), ("without", without_repair(source))):
            for layer, (right, wanted, made) in count(true, found).items():
                total = totals.setdefault((layer, name), [0, 0, 0])
                for at, value in enumerate((right, wanted, made)):
                    total[at] += value
    print(f"{'layer':12}{'repair':10}{'right':>7}{'of':>7}{'found':>7}")
    for (layer, name), (right, wanted, made) in sorted(totals.items()):
        print(f"{layer:12}{name:10}{right:7}{wanted:7}{made:7}")


def without_repair(source: Any) -> Document:
    """Return the document of a scan without the step that puts keywords right."""
    step = document.restore
    document.restore = lambda text, _: text
    try:
        return parse_source(source)
    finally:
        document.restore = step


def scan(path: Path, *, worn: bool) -> bytes:
    """Return the pages of a PDF as pictures in another; the same every time."""
    import numpy
    import pypdfium2
    from PIL import Image, ImageFilter

    chance = random.Random(path.name)
    noise = numpy.random.default_rng(len(path.name))
    pictures = []
    pages = pypdfium2.PdfDocument(str(path))
    for page in pages:
        picture = page.render(scale=DENSITY / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(chance.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=255)
        if worn:
            small = (picture.width * 3 // 4, picture.height * 3 // 4)
            picture = picture.resize(small, Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(0.8))
        dots = numpy.asarray(picture).astype(numpy.float64) + noise.normal(0, 25 if worn else 12, picture.size[::-1])
        if worn:
            dots = numpy.clip((dots - 128) * 2.5 + 170, 0, 255)  # a copy with too much contrast: thin strokes go
        pictures.append(Image.fromarray(numpy.clip(dots, 0, 255).astype(numpy.uint8)))
    out = io.BytesIO()
    density = DENSITY * 3 / 4 if worn else DENSITY
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=density, quality=60)
    return out.getvalue()


def count(true: Document, found: Document) -> dict[str, tuple[int, int, int]]:
    """Return for each layer how many of the true statements were found, how many there are, how many were made."""
    layers = {
        "targets": ([(t.low, t.high, t.unit) for t in d.targets] for d in (true, found)),
        "references": ([r.number for r in d.references if r.number] for d in (true, found)),
        "deadlines": ([d.value for d in one.deadlines if d.value] for one in (true, found)),
        "sections": ([s.path for s in d.sections if s.kind != "paragraph"] for d in (true, found)),
    }
    result = {}
    for layer, pair in layers.items():
        wanted, made = (Counter(items) for items in pair)
        result[layer] = ((wanted & made).total(), wanted.total(), made.total())
    result["tasks"] = count_tasks(words_of(true), list(words_of(found)))
    return result


def words_of(one: Document) -> Iterator[str]:
    """Yield the words of the tasks."""
    yield from (fold(one.quote(task.span)) for task in one.tasks)


def count_tasks(wanted: Iterable[str], made: list[str]) -> tuple[int, int, int]:
    """Return the same for tasks, whose words need not be quite the same; each counts once."""
    right = total = 0
    left = dict(enumerate(made))
    for words in wanted:
        total += 1
        best = process.extractOne(words, left, scorer=fuzz.ratio, score_cutoff=LIKE)
        if best:
            right += 1
            del left[best[2]]
    return right, total, len(made)


if __name__ == "__main__":
    main()
