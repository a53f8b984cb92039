"""How well the formats of one document agree: what vnplan finds in each, against the gold of the one source.

    python benchmarks/formats.py                        # all formats but the hard scans, in a folder for the time
    python benchmarks/formats.py --only txt,docx --misses
    python benchmarks/formats.py --folder DIR           # keeps what it builds, and takes what is there
    python benchmarks/formats.py --write                # puts the table into README.md and docs/corpus.md

A row agrees when all of these are equal: of a section its path; of a target path, value, unit, comparator and horizon;
of a reference number, date and relation; of a deadline path, value and bound; of a task path and lead; of the
header one field; of the paragraphs (headings and cells too) all words: one that is broken in two does not. Prints F1
by format and layer, and for ``all`` the first four layers together. A scan needs tesseract with its Vietnamese data.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vnplan.document import read
from vnplan.errors import VnplanError
from vnplan.evaluate import Score
from vnplan.model import Document
from vnplan.text import fold

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

from builder.blocks import blocks, notes  # noqa: E402
from builder.every import FORMATS, gold_in, missing, path_of, render  # noqa: E402
from builder.markup import Plan, parse  # noqa: E402

AGREED = ("sections", "targets", "references", "deadlines")  # the layers that have floors
LAYERS = (*AGREED, "tasks", "header", "paragraphs")
_FIELDS = {
    "targets": ("path", "low", "high", "unit", "comparator", "horizon"),
    "references": ("number", "date", "relation"),
    "deadlines": ("path", "value", "bound"),
    "tasks": ("path", "lead"),
}
PAGES = (ROOT / "README.md", ROOT / "docs" / "corpus.md")
BEGIN, END = "<!-- formats: begin -->", "<!-- formats: end -->"
_SMALL = ("bullet", "paragraph", "row")  # sections that gold need not list
Fact = tuple[object, ...]


@dataclass(slots=True)
class Agreement:
    """Counts by layer, and what one side has and the other has not."""

    scores: dict[str, Score] = field(default_factory=lambda: {layer: Score() for layer in LAYERS})
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


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(sorted(fold(str(item)) for item in value))
    return float(value) if isinstance(value, int) else fold(value) if isinstance(value, str) else value


def _header(fields: Mapping[str, Any]) -> Iterator[Fact]:
    for name, value in fields.items():
        if isinstance(value, list | tuple):
            yield from ((name, fold(item)) for item in value)
        elif isinstance(value, dict):
            yield from _header(value)
        elif value is not None:
            yield name, fold(value)


def asked(layer: str, gold: Mapping[str, Any], *, uncertain: bool = False) -> Counter[Fact]:
    """Return the facts of one layer that the gold holds, or those that it leaves open."""
    if layer == "header":
        return Counter() if uncertain else Counter(_header(gold["header"]))
    rows = [row for row in gold.get(layer, ()) if bool(row.get("uncertain")) == uncertain]
    if layer == "sections":
        return Counter((row["path"],) for row in rows)
    return Counter(tuple(_plain(row.get(name)) for name in _FIELDS[layer]) for row in rows)


def found(layer: str, document: Document, gold: Mapping[str, Any]) -> Counter[Fact]:
    """Return the facts of one layer that vnplan finds, as far as the gold speaks of their kind."""
    if layer == "header":
        names = gold["header"]
        values = {name: getattr(document.header, name) for name in names if name != "signatory"}
        if "signatory" in names and document.header.signatory is not None:
            signatory = document.header.signatory
            values["signatory"] = {name: getattr(signatory, name) for name in ("name", "position", "capacity")}
        return Counter(_header(values))
    if layer == "sections":
        listed = {row["path"] for row in gold.get("sections", ())}
        if "sections" not in gold:
            return Counter()
        return Counter((s.path,) for s in document.sections if s.kind not in _SMALL or s.path in listed)
    pathless = "sections" not in gold  # an article has no numbering of its own
    return Counter(
        tuple(None if name == "path" and pathless else _plain(getattr(item, name)) for name in _FIELDS[layer])
        for item in getattr(document, layer)
    )


def paragraphs(plan: Plan) -> Counter[Fact]:
    """Return the headings, paragraphs, cells and footnotes of a source, without what stands in two columns."""
    texts = [block.text for block in blocks(plan) if block.kind in ("title", "heading", "paragraph")]
    texts += [cell for block in blocks(plan) if block.kind == "table" for row in block.rows for cell in row]
    return Counter((fold(text),) for text in [*texts, *notes(plan).values()])


def _whole(plan: Plan, document: Document | None, name: str, result: Agreement) -> None:
    """Count which paragraphs of the source are whole; what else there is, such as a letterhead, is not counted."""
    asked = paragraphs(plan)
    text = document.text.clean if document else ""
    got = Counter((fold(text[p.start : p.end]),) for p in document.text.paragraphs) if document else Counter[Fact]()
    missed = asked - got
    result.scores["paragraphs"].add(sum((asked - missed).values()), 0, sum(missed.values()))
    result.misses += [f"{name}: paragraphs: missed {fact}" for fact in missed]


def compare(document: Document | None, plan: Plan, form: str) -> Agreement:
    """Return how well a document agrees with its source; one that was not read misses everything."""
    result, gold = Agreement(), gold_in(plan, form)
    name = f"{form}/{path_of(plan, form).name}"
    _whole(plan, document, name, result)
    for layer in LAYERS[:-1]:
        sure, maybe = asked(layer, gold), asked(layer, gold, uncertain=True)
        got = Counter[Fact]() if document is None else found(layer, document, gold)
        missed, wrong = sure - got, got - sure - maybe
        right = sum(sure.values()) - sum(missed.values())
        result.scores[layer].add(right, sum(wrong.values()), sum(missed.values()))
        result.misses += [f"{name}: {layer}: missed {fact}" for fact in missed]
        result.misses += [f"{name}: {layer}: wrong {fact}" for fact in wrong]
    return result


def plans() -> list[Plan]:
    """Return the sources of the bundled corpus."""
    return [parse(path) for path in sorted((ROOT / "corpus" / "sources").rglob("*.plan"))]


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
    names = ("all", *LAYERS)
    lines = [
        "| format | " + " | ".join(f"**{n}**" if n == "all" else n for n in names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for form, result in results.items():
        figures = [result.pooled(), *(result.scores[layer] for layer in LAYERS)]
        lines.append(f"| {form} | " + " | ".join(f"{score.f1:.3f}" for score in figures) + " |")
    return "\n".join(lines)


def measure(forms: Iterable[str], folder: Path) -> dict[str, Agreement]:
    """Return the agreement by format, over all documents."""
    results: dict[str, Agreement] = {}
    for form in forms:
        if why := missing(form):
            print(f"{form}: {why}", file=sys.stderr)
            continue
        results[form] = Agreement()
        for plan in plans():
            results[form].add(agreement(plan, form, folder))
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
    parser.add_argument("--write", action="store_true", help="put the table into the pages, too")
    parser.add_argument("--misses", action="store_true", help="print every disagreement too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        results = measure(options.only.split(","), options.folder or Path(scratch))
    print(table(results))
    for page in PAGES if options.write else ():
        page.write_text(put(table(results), page.read_text("utf-8")), "utf-8")
    if options.misses:
        print("\n".join(miss for result in results.values() for miss in result.misses))


if __name__ == "__main__":
    main()
