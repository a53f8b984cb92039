"""Tells whether the confidence of findings means what it says: of those at 0.9, do nine in ten hold?

    python benchmarks/calibration.py [--kept] [--plot FILE.svg]

Findings of high to low severity on the corpus' cascades are held against their gold, questions among them. Printed are,
by tenths of confidence, how many there are and how many hold, the expected calibration error (the mean distance of the
two, weighed) and the Brier score; then the same for a logistic (Platt) and an isotonic map that were learnt on the
other families (leave one out), and on the families kept apart for the logistic map learnt on all others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy

from vnplan.compare import Audit, audit, build_cascade
from vnplan.document import read
from vnplan.evaluate import find_annotations
from vnplan.evaluate_cascade import fits
from vnplan.model import Finding

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
Judged = tuple[str, float, bool]  # family, confidence, whether it holds


def against_gold(*, kept: bool) -> Iterator[tuple[str, Finding, Audit, bool]]:
    """Yield family, finding or question, its audit, and whether the gold has it; notes are left out."""
    folder, without = (CORPUS / "kept", ()) if kept else (CORPUS, ("kept",))
    for file in find_annotations(folder, "*.cascade.json", without):
        gold = json.loads(file.read_text(encoding="utf-8"))["findings"]
        names = sorted(json.loads(p.read_text(encoding="utf-8"))["document"] for p in file.parent.glob("*.gold.json"))
        result = audit(build_cascade([read(file.parent / name) for name in names]))
        called = {one.id: one.source.name for one in result.documents if hasattr(one, "source")}
        used: set[int] = set()
        for finding in (*result.findings, *result.questions):
            match = next((n for n, row in enumerate(gold) if n not in used and fits(row, finding, called)), None)
            used |= set() if match is None else {match}
            if finding.severity != "info":
                yield file.parent.name, finding, result, match is not None


def judged(*, kept: bool) -> list[Judged]:
    """Return the findings and questions of the cascades."""
    return [(family, finding.confidence, held) for family, finding, _, held in against_gold(kept=kept)]


def reliability(said: Sequence[float], held: Sequence[bool]) -> tuple[list[tuple[float, float, int]], float, float]:
    """Return by tenths mean confidence, share that holds and number; the calibration error; the Brier score."""
    rows, error = [], 0.0
    for tenth in range(10):
        inside = [n for n, one in enumerate(said) if min(int(one * 10), 9) == tenth]
        if inside:
            mean, share = (float(numpy.mean([row[n] for n in inside])) for row in (said, held))
            rows.append((mean, share, len(inside)))
            error += len(inside) / len(said) * abs(mean - share)
    return rows, error, float(numpy.mean([(s - h) ** 2 for s, h in zip(said, held, strict=True)]))


def learn(kind: str, said: Sequence[float], held: Sequence[bool]) -> Any:
    """Return a map of confidences, learnt."""
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    if kind == "isotonic":
        return IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(said, held).predict
    model = LogisticRegression().fit(_odds(said), held)
    return lambda some: model.predict_proba(_odds(some))[:, 1]


def _odds(said: Sequence[float]) -> Any:
    clipped = numpy.clip(numpy.array(said), 0.02, 0.98)
    return numpy.log(clipped / (1 - clipped)).reshape(-1, 1)


def left_out(kind: str, rows: Sequence[Judged]) -> list[float]:
    """Return for every finding what a map says that was learnt on the other families."""
    found: dict[int, float] = {}
    for family in {row[0] for row in rows}:
        rest = [row for row in rows if row[0] != family]
        mine = [n for n, row in enumerate(rows) if row[0] == family]
        mapped = learn(kind, [row[1] for row in rest], [row[2] for row in rest])([rows[n][1] for n in mine])
        found.update(zip(mine, map(float, mapped), strict=True))
    return [found[n] for n in range(len(rows))]


def show(title: str, said: Sequence[float], held: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Print one set of figures and return its rows."""
    rows, error, brier = reliability(said, held)
    print(f"{title}: {len(said)} findings, {numpy.mean(held):.2f} hold; error {error:.3f}, Brier {brier:.3f}")
    for mean, share, number in rows:
        print(f"    said {mean:.2f}   holds {share:.2f}   of {number}")
    return rows


def draw(path: Path, curves: dict[str, list[tuple[float, float, int]]]) -> None:
    """Write the reliability plot."""
    side, edge, colours = 320, 40, ("#0b5cad", "#b3541e")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 200} {side + 60}" font-size="12">',
        f'<path d="M{edge} {edge - 20}V{side}H{side + 20}M{edge} {side}L{side} {edge}" fill="none" stroke="#888"/>',
        f'<text x="{edge}" y="{side + 36}">confidence that is said (dotted: what it should hold)</text>',
        f'<text x="12" y="{side}" transform="rotate(-90 12 {side})">share that holds</text>',
    ]  # fmt: skip
    for tenth in range(0, 11, 2):
        at = edge + (side - edge) * tenth / 10
        parts.append(f'<text x="{at - 8:.0f}" y="{side + 16}">{tenth / 10:.1f}</text>')
        parts.append(f'<text x="{edge - 26}" y="{side + edge - at + 4:.0f}">{tenth / 10:.1f}</text>')
    for number, ((title, rows), colour) in enumerate(zip(curves.items(), colours, strict=False)):
        spots = [(edge + (side - edge) * mean, side - (side - edge) * share, count) for mean, share, count in rows]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in spots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for x, y, count in spots:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + count**0.5:.1f}" fill="{colour}" opacity="0.6"/>')
        parts.append(f'<text x="{side + 30}" y="{edge + 18 * number}" fill="{colour}">{title}</text>')
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", action="store_true", help="also the families kept apart")
    parser.add_argument("--plot", type=Path, metavar="FILE")
    options = parser.parse_args()
    seen = judged(kept=False)
    held = [row[2] for row in seen]
    curves = {"developed on": show("developed on, as said", [row[1] for row in seen], held)}
    for kind in ("logistic", "isotonic"):
        show(f"developed on, {kind}, learnt on the other families", left_out(kind, seen), held)
    if options.kept:
        unseen = judged(kept=True)
        there, hold = [row[1] for row in unseen], [row[2] for row in unseen]
        curves["kept apart"] = show("kept apart, as said", there, hold)
        show("kept apart, logistic", list(learn("logistic", [row[1] for row in seen], held)(there)), hold)
    if options.plot:
        draw(options.plot, curves)
    return 0


if __name__ == "__main__":
    sys.exit(main())
