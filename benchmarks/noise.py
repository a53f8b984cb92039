"""How much noise extraction bears: the samples to develop on, disturbed, against their annotations.

    python benchmarks/noise.py               # F1 by layer for each kind and amount of noise
    python benchmarks/noise.py --only ocr    # one kind
    python benchmarks/noise.py --write       # also puts the table into docs/noise.md and draws docs/noise.svg

Seven kinds: letters read wrongly, drawn from ``confusions.tsv`` (``benchmarks/ocr.py SCAN TWIN --confusions`` measured
them on a real scan), in a text file and in a text that is known to be recognised, lines broken hard, words in
decomposed letters (NFD), words that lost their diacritics, doubled spaces, and numbered headings that are missing.
Every source is written as plain text, disturbed the same way every time, and read; the words of the annotation are
followed to where they stand in the disturbed text. What was taken out is not asked for. F1 counts rows by their words;
paths of sections and names of agencies must be equal.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formats import plans
from plots import Panel, svg

from vnplan.document import parse_source, read_member
from vnplan.errors import VnplanError
from vnplan.evaluate_rows import LAYERS, compare_rows, unread_rows
from vnplan.evaluate_scores import Evaluation
from vnplan.model import Document, Span
from vnplan.quotes import Places
from vnplan.read import read_bytes

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

from builder.every import gold_in, render  # noqa: E402

CONFUSIONS = Path(__file__).with_name("confusions.tsv")
PAGE, PICTURE = ROOT / "docs" / "noise.md", ROOT / "docs" / "noise.svg"
BEGIN, END = "<!-- noise: begin -->", "<!-- noise: end -->"
FALLEN = 0.05
HEADING = re.compile(r"(?:[IVXLC]{1,6}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.)] [^\n]{1,90}")


@dataclass(slots=True)
class Text:
    """A text that is being disturbed: its letters, each with the place of the letter of the true text it comes from."""

    letters: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def add(self, letters: str, origin: int) -> None:
        """Add letters that all come from one place."""
        self.letters += letters
        self.origins += [origin] * len(letters)


@dataclass(frozen=True, slots=True)
class Moved:
    """Finds the quotes of a gold in the true text, and says where those words stand in the disturbed one."""

    places: Places
    origins: list[int]

    def find(self, quotes: Iterable[str]) -> Iterator[Span | None]:
        """Yield the span of each quote; None where nothing of it is left."""
        for span in self.places.find(quotes):
            start = bisect_left(self.origins, span.start) if span else 0
            end = bisect_left(self.origins, span.end) if span else 0
            yield Span(start, end) if span and start < end else None


Noise = Callable[[str, float, random.Random], Text]


def words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words and what is between them, with their places."""
    for match in re.finditer(r"[^\W_]+|[\W_]+", text):
        yield match.start(), match[0]


def ocr(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text with the share ``amount`` of its letters read as they were on the scan."""
    table: dict[str, list[tuple[str, int]]] = {}
    for line in CONFUSIONS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            printed, read, count = line.split("\t")
            table.setdefault(printed, []).append((read, int(count)))
    present = {letter: text.count(letter) for letter in set(text)} | {"": len(text)}  # "" is read between two letters
    total = sum(count for printed, reads in table.items() if printed in present for _, count in reads) or 1
    # A letter is misread as often as on the scan, in proportion; the whole comes to the amount.
    share = {
        printed: min(0.5, amount * len(text) * sum(n for _, n in reads) / total / present[printed])
        for printed, reads in table.items()
        if printed in present
    }
    result = Text()
    for at, letter in enumerate(text):
        for printed in (letter, ""):
            if rng.random() < share.get(printed, 0.0):
                reads, weights = zip(*table[printed], strict=True)
                result.add(rng.choices(reads, weights)[0], at)
            else:
                result.add(printed, at)
    return result


def wraps(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text with its lines broken where the next word would reach over ``amount`` columns, but for tables."""
    result, at = Text(), 0
    for line in text.splitlines(keepends=True):
        laid_out, column = "\t" in line or "   " in line.strip(), 0
        for match in re.finditer(r"[^ ]+| +", line):
            following = re.match(r"[^ \n]*", line[match.end() :])
            breaks = match[0] == " " and column + 1 + len(following[0] if following else "") > amount
            column = 0 if breaks and not laid_out else column + len(match[0])
            for offset, letter in enumerate(match[0]):
                result.add("\n" if breaks and not laid_out else letter, at + match.start() + offset)
        at += len(line)
    return result


def nfd(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text with a share of its words in decomposed letters."""
    return _changed(text, amount, rng, lambda letter: unicodedata.normalize("NFD", letter))


def bare(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text with a share of its words without diacritics."""
    plain = str.maketrans("đĐ", "dD")
    return _changed(text, amount, rng, lambda letter: unicodedata.normalize("NFD", letter)[0].translate(plain))


def _changed(text: str, amount: float, rng: random.Random, change: Callable[[str], str]) -> Text:
    result = Text()
    for at, word in words(text):
        marked = any(change(letter) != letter for letter in word)
        disturbed = marked and rng.random() < amount
        for offset, letter in enumerate(word):
            result.add(change(letter) if disturbed else letter, at + offset)
    return result


def spaces(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text with a share of its spaces doubled."""
    result = Text()
    for at, letter in enumerate(text):
        result.add("  " if letter == " " and rng.random() < amount else letter, at)
    return result


def headings(text: str, amount: float, rng: random.Random) -> Text:
    """Return the text without a share of its short numbered lines."""
    result, at = Text(), 0
    for line in text.splitlines(keepends=True):
        if not (HEADING.fullmatch(line.strip()) and rng.random() < amount):
            for offset, letter in enumerate(line):
                result.add(letter, at + offset)
        at += len(line)
    return result


KINDS: Mapping[str, tuple[Noise, tuple[float, ...], str, str]] = {
    "ocr": (ocr, (0.0025, 0.005, 0.01, 0.02, 0.04), "letters misread", "{:.2%}"),
    "scan": (ocr, (0.0025, 0.005, 0.01, 0.02, 0.04), "letters misread, read as a scan", "{:.2%}"),
    "wraps": (wraps, (120, 100, 80, 60, 40), "lines broken at (columns)", "{:.0f}"),
    "nfd": (nfd, (0.1, 0.25, 0.5, 1.0), "words in NFD", "{:.0%}"),
    "diacritics": (bare, (0.01, 0.02, 0.05, 0.1, 0.2), "words without diacritics", "{:.0%}"),
    "spaces": (spaces, (0.05, 0.2, 0.5, 1.0), "spaces doubled", "{:.0%}"),
    "headings": (headings, (0.05, 0.1, 0.2, 0.4), "numbered headings missing", "{:.0%}"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of the corpus as plain text, with its gold."""

    name: str
    text: str
    gold: dict[str, Any]
    document: Document


def read_text(text: str, *, recognised: bool = False) -> Document:
    """Return the document of a text file; ``recognised``: of a text that came out of recognition."""
    data = text.encode("utf-8")
    if not recognised:
        return read_member("disturbed.txt", data)
    return parse_source(replace(read_bytes("disturbed.txt", data), page_confidence=(0.9,), text_from="ocr"))


def samples() -> list[Sample]:
    """Return the documents to develop on."""
    found = []
    for plan in plans():
        written = render(plan, "txt")
        text = (written.decode("utf-8") if isinstance(written, bytes) else written).replace("\r\n", "\n")
        found.append(Sample(plan.out, text, gold_in(plan, "txt"), read_text(text)))
    return found


def measure(kind: str, amount: float, documents: Iterable[Sample]) -> Evaluation:
    """Return the scores of the samples, each disturbed by one kind of noise."""
    noise, result = KINDS[kind][0], Evaluation()
    for sample in documents:
        disturbed = noise(sample.text, amount, random.Random(f"{noise.__name__} {amount} {sample.name}"))
        moved = Moved(Places(sample.document.text), disturbed.origins)
        gold = _left(sample.gold, moved) if kind == "headings" else sample.gold
        try:
            result.add(
                sample.name, compare_rows(gold, read_text("".join(disturbed.letters), recognised=kind == "scan"), moved)
            )
        except VnplanError as error:
            result.failures[sample.name] = error.code
            result.add(sample.name, unread_rows(gold))
    return result


def _left(gold: Mapping[str, Any], moved: Moved) -> dict[str, Any]:
    """Return the gold without the rows of which nothing is left, and without the sections whose headings are gone."""
    left = dict(gold)
    for layer in ("references", "targets", "agencies"):
        rows = [row for row in gold.get(layer, ()) if row.get("quote")]
        gone = {id(row) for row, span in zip(rows, moved.find(row["quote"] for row in rows), strict=True) if not span}
        if layer in gold:
            left[layer] = [row for row in gold[layer] if id(row) not in gone]
    if "sections" in gold:
        heads = [f"{row.get('label') or ''} {row.get('heading') or ''}".strip() for row in gold["sections"]]
        spans = list(moved.find(heads))
        true = list(moved.places.find(heads))
        left["sections"] = [
            row for row, span, was in zip(gold["sections"], spans, true, strict=True) if span or not was
        ]  # fmt: skip
    return left


def main() -> None:
    """Print the figures, and write page and picture when asked to."""
    parser = argparse.ArgumentParser(description="F1 of extraction on disturbed samples.")
    parser.add_argument("--only", choices=tuple(KINDS), help="one kind of noise")
    parser.add_argument("--write", action="store_true", help="put the table into docs/noise.md and draw docs/noise.svg")
    options = parser.parse_args()
    documents = samples()
    clean = Evaluation()
    for sample in documents:
        clean.add(sample.name, compare_rows(sample.gold, sample.document))
    results: dict[str, list[tuple[float, Evaluation]]] = {}
    for kind in [options.only] if options.only else KINDS:
        results[kind] = [(amount, measure(kind, amount, documents)) for amount in KINDS[kind][1]]
        print(f"{kind} done", file=sys.stderr)
    table = _table(clean, results)
    print(table + "\n\n" + "\n".join(_first(clean, results)))
    if options.write and not options.only:
        begin, end = PAGE.read_text(encoding="utf-8").split(BEGIN)[0], PAGE.read_text(encoding="utf-8").split(END)[1]
        fallen = "\n".join(f"* {line}" for line in _first(clean, results))
        PAGE.write_text(f"{begin}{BEGIN}\n{table}\n\n{fallen}\n{END}{end}", encoding="utf-8")
        PICTURE.write_text(svg(_panels(clean, results), LAYERS), encoding="utf-8")


def _table(clean: Evaluation, results: Mapping[str, list[tuple[float, Evaluation]]]) -> str:
    lines = ["| noise | amount | " + " | ".join(LAYERS) + " |", "|---|---|" + "---|" * len(LAYERS)]
    lines.append("| none | | " + " | ".join(f"{clean.layers[layer].f1:.3f}" for layer in LAYERS) + " |")
    for kind, rows in results.items():
        _, _, words_of_kind, form = KINDS[kind]
        for amount, result in rows:
            cells = " | ".join(f"{result.layers[layer].f1:.3f}" for layer in LAYERS)
            lines.append(f"| {words_of_kind} | {form.format(amount)} | {cells} |")
    return "\n".join(lines)


def _first(clean: Evaluation, results: Mapping[str, list[tuple[float, Evaluation]]]) -> Iterator[str]:
    """Yield for each kind of noise the layers that fall by more than 0.05, those that fall first in front."""
    for kind, rows in results.items():
        _, _, words_of_kind, form = KINDS[kind]
        fallen = []
        for layer in LAYERS:
            at = next((a for a, r in rows if r.layers[layer].f1 < clean.layers[layer].f1 - FALLEN), None)
            if at is not None:
                fallen.append((KINDS[kind][1].index(at), f"{layer} ({form.format(at)})"))
        first = next(((amount, len(result.failures)) for amount, result in rows if result.failures), None)
        if first:
            fallen.append((len(rows), f"not taken for a plan: {first[1]} of the documents ({form.format(first[0])})"))
        yield f"{words_of_kind}: " + (
            ", ".join(name for _, name in sorted(fallen)) or "nothing falls by more than 0.05"
        )


def _panels(clean: Evaluation, results: Mapping[str, list[tuple[float, Evaluation]]]) -> list[Panel]:
    panels = []
    for kind, rows in results.items():
        _, _, words_of_kind, form = KINDS[kind]
        ticks = ["none", *(form.format(amount) for amount, _ in rows)]
        lines = {
            layer: [clean.layers[layer].f1, *(result.layers[layer].f1 for _, result in rows)] for layer in LAYERS
        }  # fmt: skip
        panels.append(Panel(words_of_kind, ticks, lines))
    return panels


if __name__ == "__main__":
    main()
