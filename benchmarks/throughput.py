"""How fast each stage is: megabytes of text a second, and how many times longer than reading the same files takes.

    python benchmarks/throughput.py [--seconds 2] [FOLDER ...]

Measures the text and Markdown files of the bundled corpus, of the folders that are named, and of ``seeds`` in the
folder that the environment variable VNPLAN_SHARED names. Prints a table and asserts nothing: machines differ, ratios
less so.
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
    best, end, runs = float("inf"), time.perf_counter() + seconds, 0
    while runs < 2 or time.perf_counter() < end:
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
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
        ("tasks", lambda: [list(find_tasks(*pair, **more)) for pair, more in zip(pairs, given, strict=True)]),
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
    print(f"{'stage':20}{'ms':>10}{'MB/s':>10}{'x reading':>12}")
    base = 0.0
    for name, work in stages(files):
        took = time_of(work, options.seconds)
        base = base or took
        print(f"{name:20}{took * 1e3:10.2f}{size / 1e6 / took:10.2f}{took / base:12.0f}")


if __name__ == "__main__":
    main()
