"""Plants changes in plans that are made from documents of the corpus, and counts which of them an audit finds.

    python benchmarks/planted.py [FAMILY...] [--changes N] [--rounds N] [--level LEVEL] [--list]
    python benchmarks/planted.py --kept        # the families kept apart: only totals are printed

A child is made of the targets and tasks of a decision, or of a province's plan (benchmarks/planting.py). Then N changes
(5 if not said; 0 gives clean children) are planted, each of another kind. Printed are recall by kind, and the findings
of high or medium severity that nothing planted accounts for, by child. The same arguments give the same figures.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import vnplan

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "corpus"), str(ROOT / "benchmarks")]

from builder.markup import Plan, parse  # noqa: E402
from planting import KINDS, Child, header, make_child, plant, text_of  # noqa: E402

LEVELS = {"central": ("province", "commune"), "province": ("commune",)}  # of a parent: the levels of its children
FEWEST = 8  # targets and tasks of a parent


def parents(families: Iterable[str], *, kept: bool = False) -> Iterator[tuple[str, str, Plan]]:
    """Yield family, level and source of the documents of which children are made: with a number, targets and tasks."""
    folder = ROOT / "corpus" / "sources"
    for family in sorted((folder / "kept" if kept else folder).iterdir()):
        if not family.is_dir() or family.name == "kept" or (families and family.name not in families):
            continue
        for path in sorted(family.glob("*.plan")):
            plan = parse(path)
            given = header(plan)
            told = (
                given.get("kind") in ("decision", "resolution", "plan")
                and given.get("number", "-") != "-"
                and "subject" in given
            )
            items = sum("t" in item.flags or any(word == "target" for word, _ in item.notes) for item in plan.items)
            told = told and not re.match(r"$|Bộ |Sở |Ban ", given.get("issuer", ""))  # they have a field of their own
            if told and given.get("level") in LEVELS and len(given.get("date", "")) == 10 and items >= FEWEST:
                yield family.name, given["level"], plan


@dataclass
class Score:
    """What was planted and found, by kind, and what was found and not planted."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    children: int = 0


def judge(root: vnplan.Document, text: str, child: Child, name: str, score: Score) -> None:
    """Compare the findings about a child with what was planted in it."""
    document = vnplan.parse(text, name=name)
    findings = [f for f in vnplan.audit([root, document]).findings if f.child == document.id]
    score.children += 1
    explained = set()
    for kind, path in child.planted:
        score.planted[kind] += 1
        wanted, _, by = kind.partition(":")
        hits = [
            number for number, f in enumerate(findings)
            if f.finding in (wanted, "narrowed_task" if path in child.halved else wanted) and (not by or f.by == by)
            and (not path or (f.parent_evidence is not None and near(f.parent_evidence.path, path)))
        ]  # fmt: skip
        explained.update(
            number for number, f in enumerate(findings)
            if path and f.parent_evidence is not None and near(f.parent_evidence.path, path)
        )  # fmt: skip
        explained.update(hits)
        score.found[kind] += bool(hits)
        if not hits:
            score.missed.append(f"{name} {kind} {path}")
    for number, f in enumerate(findings):
        path = f.parent_evidence.path if f.parent_evidence else None
        if any(near(path, other) for other in child.left_out):
            continue
        if number not in explained and f.severity in ("high", "medium"):
            words = f.parent_evidence or f.child_evidence
            quote = f"{words.path or ''}: {words.quote[:90]}" if words else ""
            score.false.append(f"{name} {f.finding} {f.by or ''} {f.confidence} {quote}")


def near(path: str | None, planted: str) -> bool:
    """Tell whether a finding is about the item in which something was planted."""
    return path is not None and any(
        path == one or path.startswith(one + ".") or one.startswith(path + ".") for one in planted.split("|")
    )


def children(
    families: Iterable[str], *, changes: int, rounds: int, levels: Iterable[str], kept: bool = False
) -> Iterator[tuple[str, str, vnplan.Document, Child, str]]:
    """Yield family, name, parent, child and the child's text."""
    for family, above, plan in parents(tuple(families), kept=kept):
        path = ROOT / "corpus" / plan.out
        parent = vnplan.read(path)
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        leads = {task["path"]: task.get("lead") or [] for task in gold["tasks"]}
        for level in LEVELS[above]:
            for turn in range(rounds if level in levels else 0):
                dice = random.Random(f"{plan.out} {level} {turn} {changes}")
                child = make_child(plan, leads, level, dice)
                kinds = list(KINDS)
                dice.shuffle(kinds)
                while kinds and len(child.planted) < changes:
                    plant(child, kinds.pop(), dice)
                yield family, f"{Path(plan.out).stem}-{level}-{turn}", parent, child, text_of(child, plan, turn, dice)


def run(
    families: Iterable[str] = (),
    *,
    changes: int = 5,
    rounds: int = 8,
    levels: Iterable[str] = ("province", "commune"),
    kept: bool = False,
) -> dict[str, Score]:
    """Return the scores by family."""
    scores: dict[str, Score] = defaultdict(Score)
    for family, name, parent, child, text in children(
        families, changes=changes, rounds=rounds, levels=levels, kept=kept
    ):
        judge(parent, text, child, name, scores[family])
    return scores


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--changes", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--level", choices=("province", "commune"))
    parser.add_argument("--kept", action="store_true", help="the families kept apart; prints totals alone")
    parser.add_argument("--list", action="store_true", help="print what was missed and what was found wrongly")
    options = parser.parse_args()
    levels = (options.level,) if options.level else ("province", "commune")
    scores = run(options.families, changes=options.changes, rounds=options.rounds, levels=levels, kept=options.kept)
    planted, found = Counter[str](), Counter[str]()
    for score in scores.values():
        planted += score.planted
        found += score.found
    for kind in KINDS:
        if planted[kind]:
            print(f"{kind:<28} {found[kind]:>4} of {planted[kind]:<4} {found[kind] / planted[kind]:.3f}")
    false, whole = sum(len(score.false) for score in scores.values()), sum(score.children for score in scores.values())
    print(f"{false} false findings of high or medium severity in {whole} children = {false / max(1, whole):.2f} each")
    for family, score in scores.items() if not options.kept else ():
        print(
            f"{family}: {len(score.false)} in {score.children} = {len(score.false) / max(1, score.children):.2f} each"
        )
        if options.list:
            print("\n".join(f"  missed {line}" for line in score.missed))
            print("\n".join(f"  false  {line}" for line in score.false))
    return 0


if __name__ == "__main__":
    sys.exit(main())
