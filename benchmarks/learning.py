"""Where do rules reach their end? Lays learnt models beside the rules, on families that neither has seen.

    python benchmarks/learning.py [--kept]

Three questions: which role has a section; is this leaf a task; does this leaf set a target. The models are logistic
regressions of scikit-learn on groups of letters (1 to 4) of a section's own words and of the headings above it. Each
family is judged by a model that learnt from the others; ``--kept`` judges the families kept apart by one that learnt
from all others, and prints totals alone. Accuracy for roles, F1 for the others, on what the gold decides.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vnplan.document import read
from vnplan.evaluate import find_annotations
from vnplan.text import fold

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
LONGEST = 240  # letters of a section that a model looks at


@dataclass(frozen=True)
class Case:
    """One section: its words with the headings above it, what the gold says and what the rules say."""

    family: str
    words: str
    gold: str
    rule: str


def cases(*, kept: bool) -> dict[str, list[Case]]:
    """Return the cases of each question."""
    folder, without = (CORPUS / "kept", ()) if kept else (CORPUS, ("kept",))
    found: dict[str, list[Case]] = defaultdict(list)
    for file in find_annotations(folder, "*.gold.json", without):
        gold = json.loads(file.read_text(encoding="utf-8"))
        if "sections" not in gold:
            continue
        document = read(file.parent / gold["document"])
        roles = {section["path"]: section.get("role") for section in gold["sections"]}
        tasks, aims = ({one.get("path") for one in gold.get(layer, ())} for layer in ("tasks", "targets"))
        own_tasks, own_aims = {task.path for task in document.tasks}, {target.path for target in document.targets}
        parents = {section.parent for section in document.sections}
        for number, section in enumerate(document.sections):
            above, at = [], section.parent
            while at is not None:
                above.append(document.sections[at].heading or "")
                at = document.sections[at].parent
            words = fold(document.text.clean[section.start : section.end][:LONGEST])
            words = " | ".join([words, *(fold(heading) for heading in above)])
            family = file.parent.name
            if roles.get(section.path):
                found["role"].append(Case(family, words, roles[section.path], section.role or "-"))
            if number not in parents and section.path in roles:
                task, aim = (str(section.path in paths) for paths in (tasks, aims))
                found["task"].append(Case(family, words, task, str(section.path in own_tasks)))
                found["target"].append(Case(family, words, aim, str(section.path in own_aims)))
    return found


def model(rows: Sequence[Case]) -> Callable[[Sequence[Case]], list[str]]:
    """Return what a model says that learnt from the rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    made = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=20, max_iter=500, class_weight="balanced"),
    ).fit([row.words for row in rows], [row.gold for row in rows])
    return lambda some: list(made.predict([row.words for row in some]))


def score(question: str, rows: Sequence[Case], said: Sequence[str]) -> float:
    """Return the accuracy of roles, the F1 of the other questions."""
    if question == "role":
        return sum(row.gold == one for row, one in zip(rows, said, strict=True)) / len(rows)
    right = sum(row.gold == one == "True" for row, one in zip(rows, said, strict=True))
    wrong = sum(row.gold != one for row, one in zip(rows, said, strict=True))
    return 2 * right / max(1, 2 * right + wrong)


def left_out(rows: Sequence[Case]) -> Iterator[str]:
    """Yield what a model says of each row that learnt from the other families."""
    said: dict[int, str] = {}
    for family in sorted({row.family for row in rows}):
        mine = [n for n, row in enumerate(rows) if row.family == family]
        learnt = model([row for row in rows if row.family != family])
        said.update(zip(mine, learnt([rows[n] for n in mine]), strict=True))
    yield from (said[n] for n in range(len(rows)))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", action="store_true", help="also the families kept apart")
    options = parser.parse_args()
    seen, unseen = cases(kept=False), cases(kept=True) if options.kept else {}
    more = " kept apart: sections | rules | learnt |" if unseen else ""
    print(f"| question | sections | rules | learnt on the other families |{more}")
    for question, rows in seen.items():
        rule, learnt = (score(question, rows, said) for said in ([row.rule for row in rows], list(left_out(rows))))
        line = f"| {question} | {len(rows)} | {rule:.3f} | {learnt:.3f} |"
        if unseen:
            there = unseen[question]
            rule, learnt = (score(question, there, said) for said in ([r.rule for r in there], model(rows)(there)))
            line += f" {len(there)} | {rule:.3f} | {learnt:.3f} |"
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
