"""What hostile files cost a batch: a thousand good plans alone, then with every hostile file of the tests among them.

    python benchmarks/hostile.py [--files 1000] [--workers 2] [--limit-time 20]

Prints the wall time of both runs, how many files were read, and each hostile file whose code is another than expected.
The second run may take as long as the first and the limits that were reached. Needs the extras vnplan[store,test].
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("tests", "benchmarks", "corpus")]

from batch import plans  # noqa: E402
from test_read_poison import APART, FAILS  # noqa: E402

import vnplan  # noqa: E402


def run(folder: Path, store: Path, options: argparse.Namespace) -> float:
    """Read a folder into a store; return the seconds."""
    command = [sys.executable, "-m", "vnplan", "batch", str(folder), "--store", str(store)]
    command += ["--workers", str(options.workers), "--limit-time", str(options.limit_time)]
    begun = time.monotonic()
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr.decode()[-500:])
    return time.monotonic() - begun


def main() -> int:
    """Print the figures; return 1 where a file has another outcome than expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit-time", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "plans")
        folder.mkdir()
        for number, text in enumerate(plans(options.files, 2_000)):
            (folder / f"kh-{number:06d}.txt").write_text(text, encoding="utf-8")
        alone = run(folder, Path(place, "alone"), options)
        expected: dict[str, str] = {}
        for number, (_, code, build) in enumerate(FAILS):
            name = f"kh-{number * 17 % options.files:06d}-{number}.pdf"
            (folder / name).write_bytes(build())
            expected[name] = code
        for title, code, build in APART:
            name = f"kh-{len(expected) * 17 % options.files:06d}-{title}"
            (folder / name).write_bytes(build())
            expected[name] = "" if code.isdigit() else code
        mixed = run(folder, Path(place, "mixed"), options)
        store = vnplan.open_store(Path(place, "mixed"))
        failed = {Path(one.name).name: one.code for one in store.failures()}
        read = len(store)
    found = {name: failed.get(name, "") for name in expected}
    read_or_no_plan = ("", "not-a-plan")  # of what can be read a few letters come out, mostly no plan
    wrong = {n: code for n, code in found.items() if code not in ((expected[n],) if expected[n] else read_or_no_plan)}
    limits = sum(code == "time" for code in failed.values())
    print(f"{options.files} good files alone: {alone:.1f} s; with {len(expected)} hostile ones: {mixed:.1f} s")
    print(f"read {read}, failed {len(failed)}, of them at the limit of time {limits} (x {options.limit_time} s)")
    print(f"expected outcomes: {len(expected) - len(wrong)} of {len(expected)}")
    for name, code in sorted(wrong.items()):
        print(f"  {name}: {code or 'read'}, expected {expected[name] or 'read'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
