"""Holds the findings of audits of real documents against the judgements of docs/judged.tsv, one by one.

    python benchmarks/judged.py [--corpus]

Audited are four sets of documents that are not part of this repository (VNPLAN_SHARED, or ../shared, has them); without
them nothing is measured. Printed is, by set and kind, how many findings and questions (of high to low severity) are
true, false or arguable; then every finding that is not judged yet, as a line for that file, and every judgement that no
finding has any more. ``--corpus`` prints what is found in the families of the bundled corpus and not in their gold.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from calibration import against_gold

from vnplan.compare import Audit, audit, build_cascade
from vnplan.document import read
from vnplan.model import Finding

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "docs" / "judged.tsv"
HEADS = ("set", "finding", "by", "child file", "parent file", "path", "words", "judgement", "reason")
KEY = len(HEADS) - 2
VERDICTS = ("true", "false", "arguable")
LETTERS = 60  # of a quote that tell one finding from another
SETS = {
    "resolution": ("real/VNMP_NQ-57*", "real/VNMP_NQ-03*full*", "real/VNMP_KH-3260*"),
    "yearly plan": (
        "real/VBAI_KH-CCHC-2026_*", "real/VBAI_KH-kiem-tra-*", "real/VBAI_KH-thi-dua-*", "real/VBAI_KH-tuyen-truyen-*",
        "real/VBAI_BC-CCHC-Quy1-*", "real/VBAI_KH-CCHC-2026-2030_*_final.docx",
    ),
    "letter": ("real/SCT_QD-1074*", "real/SCT_CV-7432*"),
    "two programmes": ("seeds/*.txt",),
}  # fmt: skip
DECISIONS = ("child-mental-health/decision-1591.txt", "social-assistance/decision-1929.txt")
Key = tuple[str, ...]


def rows_of(name: str, paths: list[Path]) -> Iterator[Key]:
    """Yield the key of each finding and question of a set of files that is more than a note."""
    result = audit(build_cascade([read(path) for path in paths]))
    for finding in (*result.findings, *result.questions):
        if finding.severity != "info":
            yield (name, *key_of(finding, result))


def key_of(finding: Finding, result: Audit) -> Key:
    """Return what tells a finding from the others: kind, files, place, and a digest of the words that are accused.

    The words of documents that are not part of this repository are not repeated in it.
    """
    files = {one.id: one.source.name for one in result.documents if hasattr(one, "source")}
    sides = [finding.child_evidence, finding.parent_evidence]
    if finding.finding.startswith("missing_") or finding.finding == "narrowed_task":
        sides.reverse()
    side = next((one for one in sides if one), None)
    quote = " ".join(side.quote.split())[:LETTERS] if side else ""
    words = hashlib.sha256(quote.encode()).hexdigest()[:12] if quote else ""
    path = (side.path or "") if side else ""
    return finding.finding, finding.by or "", files[finding.child], files.get(finding.parent or "", ""), path, words


def judgements() -> dict[Key, tuple[str, str]]:
    """Return judgement and reason by the key of the finding."""
    lines = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:]]
    return {tuple(line[:KEY]): (line[KEY], line[KEY + 1]) for line in lines}


def compare(shared: Path) -> int:
    """Print precision by set and kind, and what is not judged; return how many are not."""
    known = judgements()
    counts: Counter[tuple[str, str, str]] = Counter()
    unjudged, seen = [], set()
    for name, patterns in SETS.items():
        paths = [path for pattern in patterns for path in sorted(shared.glob(pattern))]
        if name == "two programmes":
            paths += [ROOT / "corpus" / file for file in DECISIONS]
        number = 0
        for key in rows_of(name, paths):
            number += 1
            seen.add(key)
            if key in known:
                counts[name, key[1], known[key][0]] += 1
            else:
                unjudged.append(key)
        print(f"{name}: {len(paths)} documents, {number} findings and questions")
    print("| set | kind | true | arguable | false |\n|---|---|---|---|---|")
    for name, kind in sorted({key[:2] for key in counts}, key=lambda one: (list(SETS).index(one[0]), one[1])):
        true, false, arguable = (counts[name, kind, verdict] for verdict in VERDICTS)
        print(f"| {name} | `{kind}` | {true} | {arguable} | {false} |")
    totals = {verdict: sum(n for key, n in counts.items() if key[2] == verdict) for verdict in VERDICTS}
    print(f"all: {totals}; precision {totals['true'] / max(1, sum(totals.values())):.2f} (arguable counts as wrong)")
    for key in unjudged:
        print("not judged:", "\t".join(key))
    for key in known.keys() - seen:
        print("no longer found:", "\t".join(key))
    return len(unjudged)


def corpus() -> None:
    """Print what is found in the corpus' families and is not in their gold, and how many by kind are."""
    counts: Counter[tuple[str, bool]] = Counter()
    for family, finding, result, held in against_gold(kept=False):
        counts[finding.finding, held] += 1
        if not held:
            print(f"{finding.confidence:.2f}", family, *key_of(finding, result), sep="\t")
    for kind in sorted({kind for kind, _ in counts}):
        print(f"| `{kind}` | {counts[kind, True]} | {counts[kind, False]} |")


def main() -> int:
    """Print the figures; return 1 when a finding is not judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="what the corpus' gold has not")
    if parser.parse_args().corpus:
        corpus()
        return 0
    shared = Path(os.environ.get("VNPLAN_SHARED", ROOT.parent / "shared"))
    if not (shared / "seeds").is_dir():
        print(f"real documents not found at {shared}: nothing is measured; VNPLAN_SHARED names their folder")
        return 0
    return 1 if compare(shared) else 0


if __name__ == "__main__":
    sys.exit(main())
