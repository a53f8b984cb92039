"""The quality gate: no layer may fall below its floor in tests/floors.toml.

    python tests/gate.py                 # compares, and fails below a floor
    python tests/gate.py --write         # raises floors that are passed by more than a hundredth
    python tests/gate.py --write --lower # also lowers floors; say so in CHANGELOG.md

Floors are set half a hundredth below what was measured. They hold for one corpus, whose hash stands beside them: a
changed corpus asks for floors written anew. ``kept`` are the families of samples that nobody looks at who writes
extractors; only figures are printed of them. Beside what is scored against gold stands what is found of changes that
are planted (benchmarks/planted.py). Real documents are measured where VNPLAN_SHARED (or ../shared) has them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import planted

from vnplan.evaluate import Evaluation, evaluate
from vnplan.evaluate_cascade import evaluate_cascades

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.toml")
FIELDS = (
    "sections.role", "references.relation", "targets.comparator", "targets.horizon", "targets.population",
    "targets.outcome", "tasks.lead", "tasks.coordinating", "tasks.deadline", "deadlines.value", "deadlines.bound",
    "deadlines.type", "deadlines.rrule",
)  # fmt: skip
SLACK = 0.005
ROUNDS = 4  # children of each parent and level in which changes are planted


def corpus_hash(folder: Path, *, without: str | None = None) -> str:
    """Return a hash over the names and bytes of everything that the scores depend on."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if without in path.relative_to(folder).parts:
            continue
        if path.is_file() and path.suffix in (".json", ".txt", ".md", ".html", ".docx", ".pdf"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def measure() -> dict[str, tuple[str, dict[str, float]]]:
    """Return the figures by name, each set with the hash of its documents."""
    corpus, kept = ROOT / "corpus", ROOT / "corpus" / "kept"
    seen = evaluate_cascades(corpus, evaluate(corpus, [corpus], without=["kept"]), without=["kept"])
    found = {"corpus": (corpus_hash(corpus, without="kept"), figures(seen) | plant(kept=False))}
    if kept.is_dir():
        unseen = evaluate_cascades(kept, evaluate(kept, [kept]))
        found["kept"] = (corpus_hash(kept), figures(unseen) | plant(kept=True))
    shared = Path(os.environ.get("VNPLAN_SHARED", ROOT.parent / "shared"))
    if (shared / "gold").is_dir():
        real = evaluate(shared / "gold", [shared / "seeds", shared / "real"])
        found["real"] = (corpus_hash(shared / "gold"), figures(real))
    else:
        print(f"gate: no real documents at {shared}; only the corpus is measured")
    return found


def figures(result: Evaluation) -> dict[str, float]:
    """Return what has a floor: F1 of every layer and of the fields that matter most, the share of traps kept clear."""
    values = {name: score.f1 for name, score in result.layers.items() if name != "accusations"}
    values |= {name: score.f1 for name, score in result.fields.items() if name in FIELDS}
    if "accusations" in result.layers:
        traps = result.layers["accusations"]
        values["accusations"] = round(traps.right / max(1, traps.right + traps.wrong), 4)
    return values


def plant(*, kept: bool) -> dict[str, float]:
    """Return the recall of planted changes by kind, and the share of children about which nothing false is said."""
    scores = planted.run(rounds=ROUNDS, kept=kept).values()
    clean = planted.run(changes=0, rounds=ROUNDS, kept=kept).values()
    values = {}
    for kind in planted.KINDS:
        number = sum(score.planted[kind] for score in scores)
        if number:
            values[f"planted {kind}"] = round(sum(score.found[kind] for score in scores) / number, 4)
    for name, one in (("nothing false", scores), ("nothing false, unchanged", clean)):
        children, wrong = sum(score.children for score in one), sum(len(score.false) for score in one)
        values[f"planted, {name}"] = round(1 - min(1, wrong / max(1, children)), 4)
    return values


def _key(name: str) -> str:
    return f'"{name}"'


def _value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def main() -> int:
    """Compare or write the floors; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the floors that were measured")
    parser.add_argument("--lower", action="store_true", help="with --write: lower floors too")
    options = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failures, lines = [], []
    measured = measure()
    for name, known in floors.items():
        if name not in measured:
            lines += [f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in known.items()), ""]
    for name, (digest, values) in measured.items():
        known = floors.get(name, {})
        if known.get("documents") != digest and not options.write:
            failures.append(f"{name}: the documents changed; measure again with --write")
        lines += [f"[{name}]", f"{_key('documents')} = {_value(digest)}"]
        for key, value in values.items():
            floor = known.get(key, 0.0)
            written = max(0.0, int((value - SLACK) * 1000) / 1000) if key != "accusations" else value
            if value < floor:
                failures.append(f"{name}: {key} is {value:.3f}, below its floor {floor:.3f}")
            keep = floor if (written < floor and not options.lower) or abs(written - floor) < SLACK else written
            lines.append(f"{_key(key)} = {_value(keep)}")
            print(f"gate: {name:7}{key:38}{value:.3f}  floor {floor:.3f}")
        lines.append("")
    if options.write:
        FLOORS.write_text("\n".join(lines), encoding="utf-8")
        return 0
    print("\n".join(f"gate: FAILED {line}" for line in failures) or "gate: every floor holds")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
