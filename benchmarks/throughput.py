"""How fast each stage is: its share, megabytes of text a second, and how the time grows: all CPU time of one core.

    python benchmarks/throughput.py [--seconds 2] [FOLDER ...]

Measures the text and Markdown files of the bundled corpus, of the folders that are named, and of ``seeds`` in the
folder that the environment variable VNPLAN_SHARED names. Prints a table, and how much longer text to document takes
for texts of four and sixteen times the length (4 and 16 are in proportion). Asserts nothing: machines differ, ratios
less so. ``tasks`` is measured with the bodies of each document found anew, and their time taken off.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from vnplan.document import line_blocks, parse
from vnplan.extract.agencies import find_agencies, parse_agency_list
from vnplan.extract.deadlines import find_deadlines
from vnplan.extract.references import find_references
from vnplan.extract.targets import find_targets
from vnplan.extract.tasks import find_tasks
from vnplan.model import Agency, Deadline, Source
from vnplan.structure import read_structure
from vnplan.text import clean_text

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {".txt", ".md"}


def files_in(folders: Sequence[Path]) -> list[Path]:
    """Return the text files below the folders."""
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)


def time_of(work: Callable[[], Any], seconds: float) -> float:
    """Return how long ``work`` takes, the best of as many runs as fit into ``seconds`` (two at least)."""
    best, end, runs = float("inf"), time.process_time() + seconds, 0
    while runs < 2 or time.process_time() < end:
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
        runs += 1
    return best


def stages(files: Sequence[Path]) -> list[tuple[str, Callable[[], Any]]]:
    """Return the stages by name, each ready to run on all files with what the stages before it made of them."""
    raws = [path.read_text(encoding="utf-8") for path in files]
    sources = [
        Source(path.name, "", "text/plain", raw, line_blocks(raw), "text")
        for path, raw in zip(files, raws, strict=True)
    ]
    texts = [clean_text(source) for source in sources]
    pairs = [(text, read_structure(text)) for text in texts]
    given: list[dict[str, Any]] = [
        {
            "list_agencies": parse_agency_list,
            "agencies": [item for item in find_agencies(*pair) if isinstance(item, Agency)],
            "deadlines": [item for item in find_deadlines(*pair) if isinstance(item, Deadline)],
        }
        for pair in pairs
    ]
    return [
        ("read the files", lambda: [path.read_text(encoding="utf-8") for path in files]),
        ("clean", lambda: [clean_text(source) for source in sources]),
        ("structure", lambda: [read_structure(text) for text in texts]),
        ("references", lambda: [list(find_references(*pair)) for pair in pairs]),
        ("targets", lambda: [list(find_targets(*pair)) for pair in pairs]),
        ("agencies", lambda: [list(find_agencies(*pair)) for pair in pairs]),
        ("deadlines", lambda: [list(find_deadlines(*pair)) for pair in pairs]),
        (
            "tasks",
            lambda: [
                (list(find_agencies(*pair)), list(find_tasks(*pair, **more)))
                for pair, more in zip(pairs, given, strict=True)
            ],
        ),
        ("text to document", lambda: [parse(raw) for raw in raws]),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure text to document, stage by stage.")
    parser.add_argument("folders", nargs="*", type=Path, help="more folders with .txt and .md files")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to repeat each stage")
    options = parser.parse_args()
    folders = [ROOT / "corpus", *options.folders]
    if shared := os.environ.get("VNPLAN_SHARED"):
        folders.append(Path(shared) / "seeds")
    files = files_in(folders)
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size / 1e6:.2f} MB\n")
    took = {name: time_of(work, options.seconds) for name, work in stages(files)}
    took["tasks"] = max(0.0, took["tasks"] - took["agencies"])
    whole, base = took["text to document"], took["read the files"]
    print(f"{'stage':20}{'ms':>10}{'share':>9}{'MB/s':>10}{'x reading':>12}")
    for name, seconds in took.items():
        speed = size / 1e6 / seconds if seconds else float("inf")
        print(f"{name:20}{seconds * 1e3:10.2f}{seconds / whole:9.0%}{speed:10.2f}{seconds / max(base, 1e-9):12.0f}")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix == ".txt")[:60_000]
    once = time_of(lambda: parse(text), options.seconds)
    growth = [time_of(lambda times=times: parse("\n".join([text] * times)), options.seconds) for times in (4, 16)]
    print(f"\nlength x 1, 4, 16: time x 1, {', '.join(f'{later / once:.1f}' for later in growth)}")


if __name__ == "__main__":
    main()
