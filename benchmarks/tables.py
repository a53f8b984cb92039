"""Counts how many rows of tables become the records that they are.

    python benchmarks/tables.py [--pages]

Printed are the rows of the real tables of tests/tables_key.json that are right (VNPLAN_SHARED, or ../shared, has the
documents); with --pages also how many of the tables of the tests, each written as a PDF with pages of many heights, its
header repeated or not, its rows divided by the page breaks or not, say the same as on one page.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from table_writers import write_pdf  # noqa: E402
from test_tables import SAMPLES, targets, tasks  # noqa: E402
from test_tables_real import KEY, TASKS, wrong_targets, wrong_tasks  # noqa: E402

from vnplan.document import parse_source  # noqa: E402
from vnplan.read import read_bytes  # noqa: E402

HEIGHTS = range(270, 460, 11)
MODES = [(repeat, split) for repeat in (False, True) for split in (False, True)]


def count_rows(shared: Path) -> None:
    """Print the rows of each real table that are right, and those that are not."""
    for name, rows in KEY.items():
        wrong = (wrong_tasks if name in TASKS else wrong_targets)(name, shared)
        print(f"{name}: {len(rows) - len(wrong)} of {len(rows)} rows")
        for row in wrong:
            print("   ", *row)


def count_pages() -> None:
    """Print how many divided tables say the same as undivided ones."""
    right = wrong = 0
    for sample in SAMPLES:
        for height in HEIGHTS:
            for repeat, split in MODES:
                data = write_pdf(sample, height=height, repeat=repeat, split_rows=split)
                document = parse_source(read_bytes("a.pdf", data))
                same = tasks(document) == sample.tasks and targets(document) == sample.targets
                right, wrong = right + same, wrong + (not same)
                if not same:
                    print(f"{sample.name}: height {height}, repeat {repeat}, split {split}")
    print(f"divided tables: {right} of {right + wrong}")


def main() -> int:
    """Print the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", action="store_true", help="also divide the tables of the tests by pages")
    options = parser.parse_args()
    shared = Path(os.environ.get("VNPLAN_SHARED", ROOT.parent / "shared"))
    if (shared / "real").is_dir():
        count_rows(shared)
    else:
        print(f"no real documents at {shared}")
    if options.pages:
        count_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
