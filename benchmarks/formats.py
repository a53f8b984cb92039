"""How well the formats of one document agree: what vnplan finds in each, against what it finds in the source itself.

    python benchmarks/formats.py                        # all formats but the hard scans, in a folder for the time
    python benchmarks/formats.py --only txt,docx --misses
    python benchmarks/formats.py --folder DIR           # keeps what it builds, and takes what is there
    python benchmarks/formats.py --write                # puts the table into README.md and docs/corpus.md
    python benchmarks/formats.py --kept                 # the families that are kept apart: figures alone

The source is read without any format: its paragraphs, cells and footnotes are handed over whole. A row agrees when all
of these are equal: of a section (numbered, bullet or row) its path; of a target path, value, unit, comparator and
horizon; of a reference number, date and relation; of a deadline path, value and bound; of a task path and lead; of the
header one field. Of the paragraphs (headings and cells too) all words: one that is broken in two does not count. Prints
F1 by format and layer, for ``all`` the first four layers together, and for ``gold`` these four against the annotations,
which says how good the extraction is and not the reading. A scan needs tesseract with its Vietnamese data.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from vnplan.document import parse_source, read
from vnplan.errors import VnplanError
from vnplan.evaluate import Evaluation, Score, score_document
from vnplan.limits import LIMITS
from vnplan.model import Cell, Document
from vnplan.read.build import Origin, SourceBuilder
from vnplan.text import fold

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

from builder.blocks import blocks, notes  # noqa: E402
from builder.every import FORMATS, gold_in, missing, path_of, render  # noqa: E402
from builder.markup import Plan, parse  # noqa: E402

AGREED = ("sections", "targets", "references", "deadlines")  # the layers that have floors
LAYERS = (*AGREED, "tasks", "header", "paragraphs")
COLUMNS = ("all", *LAYERS, "gold")
_FIELDS = {
    "sections": ("path",),
    "targets": ("path", "low", "high", "unit", "comparator", "horizon"),
    "references": ("number", "date", "relation"),
    "deadlines": ("path", "value", "bound"),
    "tasks": ("path", "lead"),
}
_HEADER = ("kind", "number", "date", "place", "issuer", "level", "subject", "period", "recipients")
PAGES = (ROOT / "README.md", ROOT / "docs" / "corpus.md")
BEGIN, END = "<!-- formats: begin -->", "<!-- formats: end -->"
Fact = tuple[object, ...]


@dataclass(slots=True)
class Agreement:
    """Counts by layer, and what one side has and the other has not."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in (*LAYERS, "gold")})
    misses: list[str] = field(default_factory=list)

    def pooled(self) -> Score:
        """Return the counts of the layers that have floors, together."""
        total = Score()
        for layer in AGREED:
            score = self.scores[layer]
            total.add(score.right, score.wrong, score.missed)
        return total

    def add(self, other: Agreement) -> None:
        """Add the counts of one more document."""
        for layer, score in other.scores.items():
            self.scores[layer].add(score.right, score.wrong, score.missed)
        self.misses += other.misses

    def count(self, layer: str, asked: Counter[Fact], got: Counter[Fact], name: str) -> None:
        """Count the facts of one layer, and note those that only one side has."""
        missed, wrong = asked - got, got - asked
        self.scores[layer].add(sum((asked & got).values()), sum(wrong.values()), sum(missed.values()))
        self.misses += [f"{name}: {layer}: missed {fact}" for fact in missed]
        self.misses += [f"{name}: {layer}: wrong {fact}" for fact in wrong]


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(sorted(fold(str(item)) for item in value))
    return fold(value) if isinstance(value, str) else value


def facts(layer: str, document: Document | None) -> Counter[Fact]:
    """Return what a document says in one layer; of one that could not be read, nothing."""
    if document is None:
        return Counter()
    if layer == "header":
        header = document.header
        values = [(name, getattr(header, name)) for name in _HEADER]
        values += [(name, getattr(header.signatory, name, None)) for name in ("name", "position", "capacity")]
        return Counter(
            (name, fold(item))
            for name, value in values
            for item in (value if isinstance(value, tuple) else [value] if value else [])
        )
    if layer == "paragraphs":
        return Counter((fold(document.text.clean[p.start : p.end]),) for p in document.text.paragraphs)
    items = [item for item in getattr(document, layer) if getattr(item, "kind", None) != "paragraph"]
    return Counter(tuple(_plain(getattr(item, name)) for name in _FIELDS[layer]) for item in items)


def paragraphs(plan: Plan) -> Counter[Fact]:
    """Return the headings, paragraphs, cells and footnotes of a source, without what stands in two columns."""
    texts = [block.text for block in blocks(plan) if block.kind in ("title", "heading", "paragraph")]
    texts += [cell for block in blocks(plan) if block.kind == "table" for row in block.rows for cell in row if cell]
    return Counter((fold(text),) for text in [*texts, *notes(plan).values()])


def ideal(plan: Plan) -> Document:
    """Return what vnplan makes of the source itself, whose paragraphs, cells and notes need not be found."""
    builder, below, tables = SourceBuilder(Origin("source", b"", LIMITS)), notes(plan), 0
    for block in blocks(plan):
        rows = [("\n".join(column) for column in zip(*block.rows, strict=True))] if block.kind == "head" else block.rows
        rows = [["\n".join(column) for column in block.rows]] if block.kind == "closing" else rows
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                for line in cell.split("\n"):
                    builder.add(line, "cell", cell=Cell(tables, number, column))
        tables += bool(block.rows)
        bold = sum(len(run.text) for run in takewhile(lambda run: run.bold, block.runs))
        builder.add(block.text, "paragraph", bold=bold, centred=block.centred)
        for note in block.notes:
            builder.add(below[note], "footnote")
    return parse_source(builder.build("text/html", "html"))


def compare(document: Document | None, plan: Plan, form: str) -> Agreement:
    """Return how well a document agrees with its source; one that was not read misses everything."""
    result, name = Agreement(), f"{form}/{path_of(plan, form).name}"
    reference = ideal(plan)
    for layer in LAYERS[:-1]:
        result.count(layer, facts(layer, reference), facts(layer, document), name)
    asked = paragraphs(plan)
    result.count("paragraphs", asked, facts("paragraphs", document) & asked, name)  # a letterhead is not counted
    if document is not None:
        judged = Evaluation()
        score_document(judged, name, gold_in(plan, form), document)
        for score in (judged.layers[layer] for layer in AGREED if layer in judged.layers):
            result.scores["gold"].add(score.right, score.wrong, score.missed)
    return result


def plans(*, kept: bool = False) -> list[Plan]:
    """Return the sources of the samples to develop on, or of those that are kept apart."""
    folder = ROOT / "corpus" / "sources"
    paths = sorted(path for path in folder.rglob("*.plan") if ("kept" in path.relative_to(folder).parts) is kept)
    return [parse(path) for path in paths]


def agreement(plan: Plan, form: str, folder: Path) -> Agreement:
    """Return how well one document in one format agrees with its source; it is built where ``folder`` lacks it."""
    path = folder / path_of(plan, form)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(plan, form))
    try:
        return compare(read(path), plan, form)
    except VnplanError as error:
        result = compare(None, plan, form)
        result.misses = [f"{form}/{path.name}: not read ({error.code})"]
        return result


def table(results: Mapping[str, Agreement]) -> str:
    """Return F1 by format and layer as rows of Markdown."""
    head = " | ".join(f"**{name}**" if name == "all" else name for name in COLUMNS)
    lines = [f"| format | {head} |", "|---|" + "---|" * len(COLUMNS)]
    for form, result in results.items():
        figures = [result.pooled(), *(result.scores[name] for name in COLUMNS[1:])]
        lines.append(f"| {form} | " + " | ".join(f"{score.f1:.3f}" for score in figures) + " |")
    return "\n".join(lines)


def measure(forms: Iterable[str], folder: Path, *, kept: bool = False) -> dict[str, Agreement]:
    """Return the agreement by format, over all documents; of those that are kept apart, the figures alone."""
    results: dict[str, Agreement] = {}
    for form in forms:
        if why := missing(form):
            print(f"{form}: {why}", file=sys.stderr)
            continue
        results[form] = Agreement()
        for plan in plans(kept=kept):
            results[form].add(agreement(plan, form, folder))
        if kept:
            results[form].misses.clear()
    return results


def put(figures: str, page: str) -> str:
    """Return a page with the table between its marks, in place of what stood there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"a page for the table has no {BEGIN} … {END}; add the two lines")
    return f"{before}{begin}\n{figures}\n{end}{after}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(f for f in FORMATS if f != "hard-scan"), help="formats, by commas")
    parser.add_argument("--folder", type=Path, help="where the documents are built and kept")
    parser.add_argument("--kept", action="store_true", help="measure the families that are kept apart")
    parser.add_argument("--write", action="store_true", help="put the table into the pages, too")
    parser.add_argument("--misses", action="store_true", help="print every disagreement too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        results = measure(options.only.split(","), options.folder or Path(scratch), kept=options.kept)
    print(table(results))
    for page in PAGES if options.write and not options.kept else ():
        page.write_text(put(table(results), page.read_text("utf-8")), "utf-8")
    if options.misses:
        print("\n".join(miss for result in results.values() for miss in result.misses))


if __name__ == "__main__":
    main()
