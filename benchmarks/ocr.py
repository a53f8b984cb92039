"""Measure how well scans are recognised: errors of letters, figures with units, doubts, and time.

    python benchmarks/ocr.py SCAN.pdf TWIN.doc --pages 2-15      # a scan, and the text that was printed
    python benchmarks/ocr.py SCAN.pdf TWIN.doc --pages 2-15 --places   # with every place where they differ
    python benchmarks/ocr.py SCAN.pdf TWIN.doc --pages 2-15 --confusions benchmarks/confusions.tsv   # which letters

Run it with ``taskset -c 0`` to measure the time on one core. Of a draft and its scan not all is the same: stretches
that differ in six words or more and share less than 0.6 of their letters, and whole runs of four words or more that one
side lacks, are taken for edits; they are counted, listed, and left out. What remains is compared as it is cleaned for
matching (composed letters, one kind of dash and quote, white space folded, tones placed one way), letter by letter:
the error is the edit distance over the letters of the twin. The two sides are laid beside each other by their words
without marks and diacritics, so that the columns of a letterhead may stand in another order: what stands elsewhere
counts as an edit or as an error, never as right.

A figure that was filled in later is in the twin and not on the scan, such as the month in "ngày … tháng … năm 2026".
Such figures are *blank*: the words before and behind it are read side by side where the twin has the figure between
them, and in the picture that Tesseract was given the gap between the two is as wide as a line is high, and without
ink. They are counted and listed apart, and the share of right figures is of those that the scan shows.
"""

from __future__ import annotations

import argparse
import difflib
import re
import resource
import subprocess
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy
from rapidfuzz.distance import Levenshtein

from vnplan.errors import ReadError
from vnplan.model import Source
from vnplan.read import ocr, read_source, tesseract
from vnplan.read.scan_words import Word
from vnplan.restoring import restore
from vnplan.text import clean_text

EDIT_WORDS, EDIT_LIKENESS, RUN = 6, 0.6, 4
INK, SPECKS = 160, 0.005  # darker than this of 255; so much of a gap without writing may be
FIGURE = re.compile(r"[0-9]")
# yes: 40%
# yes: 03 xã
# no:  163/2024/QH15
WITH_FIGURE = re.compile(r"[^ ]{0,60}[0-9][^ ]{0,60}")
WITH_UNIT = re.compile(
    r"(?<![0-9/.,-])[0-9]{1,3}(?:[.,][0-9]{1,3}){0,3}[ ]?(?:%|(?:người|xã|phường|tỉnh|huyện|lớp|cuộc|lượt|buổi|tỷ|triệu"
    r"|đồng|tháng|năm|ngày|địa bàn|đơn vị|cơ sở|trường|học sinh|hộ|lần|giờ|km|ha)(?![^\W\d_]))"
)


Blanks = set[tuple[str, str]]


@dataclass(slots=True)
class Figures:
    """The figures of the twin: how many are right, and those that are blank on the scan or not right, with context."""

    right: int = 0
    blank: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = self.right + len(self.lost)
        text = f"{self.right} of {shown} right that the scan shows ({self.right / max(shown, 1):.3f})"
        return (
            f"{text}, {len(self.blank)} of {shown + len(self.blank)} blank on it: {self.blank}; not: {self.lost[:40]}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Compare a scan with the text that was printed.")
    parser.add_argument("scan", type=Path)
    parser.add_argument("twin", type=Path)
    parser.add_argument("--pages", default="1-9999", help="the pages of the scan that the twin has, such as 2-15")
    parser.add_argument("--places", action="store_true", help="list where they differ")
    parser.add_argument("--confusions", type=Path, help="write which letters were read as which, and how often")
    options = parser.parse_args()
    first, last = map(int, options.pages.split("-"))
    words: list[Word] = []
    blanks: Blanks = set()
    source, wall, cpu = read_timed(options.scan, words, blanks)
    recognised = sum(sure is not None for sure in source.page_confidence)
    text = "\n".join(source.text[b.span.start : b.span.end] for b in source.blocks if first <= b.page <= last)
    matched = restore(clean_text(source), source)
    repaired = "\n".join(matched.clean[p.start : p.end] for p in matched.paragraphs if first <= p.page <= last)
    twin = read_twin(options.twin)
    mine, theirs = tokens(text), tokens(twin)
    compared = list(lay_beside(mine, theirs))
    report(compared, options.places)
    if options.confusions:
        options.confusions.write_text(confusions(compared), encoding="utf-8")
    report_figures(list(lay_beside(tokens(repaired), theirs)), blanks)
    print(f"seconds a page: {wall / max(recognised, 1):.2f} on the clock, {cpu / max(recognised, 1):.2f} of processors")
    report_doubts(words, theirs)


def read_timed(path: Path, words: list[Word], blanks: Blanks) -> tuple[Source, float, float]:
    """Return what is read of a scan, the seconds on the clock and of processors; adds words and blanks."""
    inner, recognise = ocr.read_words, tesseract.recognise
    pictures: dict[str, bytes] = {}

    def look(picture: bytes, *, seconds: float, density: int, layout: int = 3) -> str:
        table = recognise(picture, seconds=seconds, density=density, layout=layout)
        pictures[table] = picture
        return table

    def listen(table: str) -> tuple[Word, ...]:
        found = inner(table)
        words.extend(found)
        blanks.update(find_blanks(found, pictures.pop(table)))
        return found

    ocr.read_words, tesseract.recognise = listen, look
    began, before = time.perf_counter(), processors()
    source = read_source(path)
    wall, cpu = time.perf_counter() - began, processors() - before
    ocr.read_words, tesseract.recognise = inner, recognise
    return source, wall, cpu


def find_blanks(words: Sequence[Word], picture: bytes) -> Iterator[tuple[str, str]]:
    """Yield the words, bare, that stand side by side on a line with a wide gap between them that holds no ink."""
    head, dots = picture.split(b"\n", 1)
    width, height = map(int, head.split()[1:3])
    grey = numpy.frombuffer(dots, numpy.uint8).reshape(height, width)
    for one, other in pairwise(words):
        left, right = one.box[2] + 2, other.box[0] - 2
        top, bottom = min(one.box[1], other.box[1]), max(one.box[3], other.box[3])
        wide = one.line == other.line and right - left >= bottom - top > 0
        if wide and (grey[top:bottom, left:right] < INK).mean() <= SPECKS:
            yield bare(one.words), bare(other.words)


def processors() -> float:
    """Return the seconds of processors that this process and its children took."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def read_twin(path: Path) -> str:
    """Return the text of the twin; an old Word file that vnplan does not read goes through antiword."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    try:
        return read_source(path).text
    except ReadError as error:
        if error.code != "unsupported":
            raise
    command = ["antiword", "-m", "UTF-8", "-w", "0", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are matched; the bars of tables are none."""
    return [word for word in clean_text(unicodedata.normalize("NFC", text)).clean.split() if set(word) != {"|"}]


def bare(word: str) -> str:
    """Return a word without marks and diacritics."""
    return re.sub(r"[^a-z0-9%]", "", unicodedata.normalize("NFD", word.lower().replace("đ", "d")))


def lay_beside(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield the stretches of both sides, and whether they are one text (or else an edit)."""
    matcher = difflib.SequenceMatcher(None, [bare(word) for word in mine], [bare(word) for word in theirs], False)
    for kind, i, j, k, m in matcher.get_opcodes():
        here, there = " ".join(mine[i:j]), " ".join(theirs[k:m])
        longer = max(j - i, m - k)
        unlike = Levenshtein.normalized_similarity(here, there) < EDIT_LIKENESS
        edited = kind != "equal" and (
            (longer >= EDIT_WORDS and unlike) or (longer >= RUN and (i == j or k == m))
        )  # fmt: skip
        yield not edited, here, there


def report(compared: Sequence[tuple[bool, str, str]], places: bool) -> None:
    """Print the share of wrong letters, and of right figures."""
    same = [(here, there) for one, here, there in compared if one]
    edits = [(here, there) for one, here, there in compared if not one]
    letters = sum(len(there) + 1 for _, there in same)
    wrong = sum(Levenshtein.distance(here, there) for here, there in same)
    left_out = sum(len(there) for _, there in edits)
    print(f"letters: {letters}, wrong: {wrong}, character error {wrong / letters:.4f}")
    print(f"edits left out: {len(edits)} stretches, {left_out} letters of the twin")
    if places:
        for one, here, there in compared:
            if not one:
                print(f"  edit | {here[:160]} | {there[:160]}")
            elif here != there:
                pairs = zip(here.split(), there.split(), strict=False)
                print("  " + "; ".join(f"{a} | {b}" for a, b in pairs if a != b)[:400])


def confusions(compared: Sequence[tuple[bool, str, str]]) -> str:
    """Return a table of the letters that were read as others: printed, read (empty: left out), count, per million."""
    wrong: Counter[tuple[str, str]] = Counter()
    letters = 0
    for one, here, there in compared:
        letters += len(there) + 1 if one else 0
        for change in Levenshtein.opcodes(there, here) if one else ():
            printed, read = there[change.src_start : change.src_end], here[change.dest_start : change.dest_end]
            if change.tag == "replace":
                wrong.update(zip(printed, read, strict=True))
            elif change.tag == "delete":
                wrong.update((letter, "") for letter in printed)
            elif change.tag == "insert":
                wrong.update(("", letter) for letter in read)
    head = f"# printed letter (empty: none), what was read (empty: nothing), count; {letters} letters were compared\n"
    return head + "".join(f"{a}\t{b}\t{n}\n" for (a, b), n in sorted(wrong.items(), key=lambda row: (-row[1], row[0])))


def report_figures(compared: Sequence[tuple[bool, str, str]], blanks: Blanks) -> None:
    """Print the share of figures that are right in the text that is matched, of those that the scan shows."""
    same = [(here, there) for one, here, there in compared if one]
    for name, pattern in (("figures with units", WITH_UNIT), ("words with figures", WITH_FIGURE)):
        print(f"{name}: {count_figures(same, pattern, blanks)}")


def count_figures(same: Sequence[tuple[str, str]], pattern: re.Pattern[str], blanks: Blanks) -> Figures:
    """Return which figures of the twin stand at the same place of the scan, which are blank on it, and the others."""
    mine, theirs = " ".join(here for here, _ in same), " ".join(there for _, there in same)
    blocks = difflib.SequenceMatcher(None, mine, theirs, False).get_matching_blocks()
    counted = Figures()
    at = 0
    for figure in pattern.finditer(theirs):
        start, end = figure.span()
        digits = [place for place in range(start, end) if theirs[place].isdigit() or theirs[place] in "%,."]
        while at < len(blocks) - 1 and blocks[at].b + blocks[at].size <= start:
            at += 1
        covered = {place for block in blocks[at : at + 8] for place in digits
                   if block.b <= place < block.b + block.size}  # fmt: skip
        context = theirs[max(0, start - 10) : end + 6]
        if len(covered) == len(digits):
            counted.right += 1
        elif is_blank(mine, theirs, blocks, (digits[0], digits[-1] + 1), blanks):
            counted.blank.append(context)
        else:
            counted.lost.append(context)
    return counted


def is_blank(mine: str, theirs: str, blocks: Sequence[difflib.Match], figure: tuple[int, int], blanks: Blanks) -> bool:
    """Tell whether the words around a figure of the twin stand side by side on the scan, with no ink between them."""
    start, end = theirs.rfind(" ", 0, figure[0]), theirs.find(" ", figure[1])
    if start < 1 or end < 0:
        return False
    last, first = (
        next((block.a + place - block.b for block in blocks if block.b <= place < block.b + block.size), None)
        for place in (start - 1, end + 1)
    )
    if last is None or first is None or not last < first or mine[last + 1 : first].strip():
        return False
    around = theirs[:start].rsplit(None, 1)[-1], theirs[end:].split(None, 1)[0]
    return (bare(around[0]), bare(around[1])) in blanks


def report_doubts(words: Sequence[Word], theirs: Sequence[str]) -> None:
    """Print, for thresholds of sureness, how many of the wrong words lie below, and how many of the right ones."""
    mine = [clean_text(word.words).clean.strip() for word in words]
    matcher = difflib.SequenceMatcher(None, [bare(word) for word in mine], [bare(word) for word in theirs], False)
    judged: list[tuple[Word, bool]] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and j - i == m - k < RUN):
            judged += [(words[i + n], mine[i + n] == theirs[k + n]) for n in range(j - i)]
    for name, kept in (("words", [p for p in judged if not FIGURE.search(p[0].words)]),
                       ("figures", [p for p in judged if FIGURE.search(p[0].words)])):  # fmt: skip
        bad, good = [w.sure for w, right in kept if not right], [w.sure for w, right in kept if right]
        print(f"{name}: {len(good)} right, {len(bad)} wrong; below a sureness lie (of the wrong, of the right)")
        for limit in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95):
            caught, flagged = sum(sure < limit for sure in bad), sum(sure < limit for sure in good)
            print(f"  {limit:.2f}: {caught / max(len(bad), 1):.2f}, {flagged / max(len(good), 1):.3f}")


if __name__ == "__main__":
    main()
