"""How fast many plans go into a store, what the store adds to reading them, and how much memory that takes.

    python benchmarks/batch.py [--files 1000 ...] [--workers 1 2 ...] [--size 15000] [--kills 3] [--engine ray]

Makes text plans from the sample documents (those that are kept apart left out), of some 15 kB each and no two with the
same bytes (with ``--size`` below 3000 from one short plan, to see what the number of files does). Prints for each
number of files and workers: files and megabytes a second of wall time; processor time of all processes, until the first
file is read and then for each; how much of that is not reading; the most memory that the process which hands out the
work and the largest of the others had, and the size of the tables. With ``--kills`` another run is killed so often, at
random, taken up each time, and its tables are compared with those of the
first. Needs the extra vnplan[store].
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import vnplan

ROOT = Path(__file__).resolve().parent.parent
_SHORT = 3_000  # bytes
PLAN = """KẾ HOẠCH
Thực hiện Chương trình nước sạch giai đoạn 2024-2030
I. MỤC TIÊU
- Phấn đấu 90% hộ dân nông thôn được dùng nước sạch.
II. NHIỆM VỤ
1. Sở Y tế chủ trì kiểm tra chất lượng nước trước ngày 30/11 hằng năm.
2. Ủy ban nhân dân các xã rà soát công trình cấp nước.
"""
_ONE_PROCESS = 300  # files that are read in this process, to know what reading alone takes


def texts() -> list[str]:
    """Return the sample documents that are text, without those that are kept apart."""
    files = sorted(ROOT.glob("corpus/*/*.txt")) + sorted(ROOT.glob("corpus/*/*.md"))
    files = [file for file in files if file.parent.name not in ("kept", "sources")]
    return [file.read_text(encoding="utf-8") for file in files]


def plans(count: int, size: int) -> Iterator[str]:
    """Yield so many plans: a sample document whose middle is said again until it is long enough, with its own mark."""
    samples = texts() if size >= _SHORT else [PLAN]
    for number in range(count):
        sample = samples[number % len(samples)]
        lines = sample.splitlines()
        first, last = len(lines) // 4, len(lines) * 3 // 4
        while sum(len(line.encode()) + 1 for line in lines) < size:
            lines[last:last] = lines[first:last]
        lines.insert(
            last, f"- Phấn đấu {number % 89 + 10}% hộ dân của tổ {number} được thông tin đầy đủ trong năm 2026."
        )
        yield "\n".join(lines) + "\n"


def make(folder: Path, count: int, size: int) -> int:
    """Write the plans, a thousand in each folder; return how many bytes."""
    written = 0
    for number, text in enumerate(plans(count, size)):
        path = folder / f"{number // 1000:04d}" / f"plan-{number:06d}.txt"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(data)
        written += len(data)
    return written


_RUN = """
import json, resource, sys, time
from vnplan.cli import main
began = time.monotonic()
code = main(sys.argv[1:])
own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
print(json.dumps({"code": code, "wall": time.monotonic() - began, "cpu": cpu, "own": own.ru_utime + own.ru_stime,
                  "memory": own.ru_maxrss / 1024, "child": children.ru_maxrss / 1024}))
"""


def command_of(folder: Path, store: Path, workers: int, engine: str = "local") -> list[str]:
    """Return the command in a process of its own."""
    arguments = ["batch", str(folder), "--store", str(store), "--workers", str(workers), "--resume", "--engine", engine]
    return [sys.executable, "-c", _RUN, *arguments]


def run(folder: Path, store: Path, workers: int, engine: str = "local") -> dict[str, float]:
    """Run the command and return what it took; of a cluster only what its own processes took."""
    command = command_of(folder, store, workers, engine)
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def digest(store: Path) -> str:
    """Return a digest of all tables."""
    found = hashlib.sha256()
    for file in sorted(store.rglob("*.parquet")):
        found.update(str(file.relative_to(store)).encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def run_killed(folder: Path, store: Path, workers: int, kills: int, wall: float) -> str:
    """Run the command, kill it so often, and finish it; return the digest of its tables."""
    chance = random.Random(kills)
    for _ in range(kills):
        with subprocess.Popen(command_of(folder, store, workers), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.1, 1.0) * wall / (kills + 1))
            process.kill()
    run(folder, store, workers)
    return digest(store)


def reading(folder: Path, count: int) -> float:
    """Return the processor time for one file of a loop that reads each once, as a worker does."""
    files = sorted(folder.rglob("*.txt"))[:count]
    vnplan.read(files[0])
    began = time.process_time()
    for file in files:
        vnplan.read(file)
    return (time.process_time() - began) / len(files)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure vnplan batch.")
    parser.add_argument("--files", type=int, nargs="+", default=[1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--size", type=int, default=15_000, help="bytes of a plan")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--kills", type=int, default=0, help="how often a further run is killed")
    parser.add_argument("--folder", type=Path, help="where to make plans and stores (default: a temporary folder)")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
    heads = (
        "files",
        "workers",
        "files/s",
        "MB/s",
        "start CPU s",
        "CPU ms/file",
        "reading ms",
        "added",
        "parent MB",
        "a child MB",
        "store MB",
    )
    print("".join(f"{head:>12}" for head in heads))
    for count in options.files:
        with tempfile.TemporaryDirectory(dir=options.folder) as place:
            size = make(Path(place) / "plans", count, options.size)
            make(Path(place) / "one", 1, options.size)
            start = run(Path(place) / "one", Path(place) / "first", 1)["cpu"]
            alone = reading(Path(place) / "plans", min(count, _ONE_PROCESS))
            for workers in options.workers:
                store = Path(place) / f"store-{workers}"
                took = run(Path(place) / "plans", store, workers, options.engine)
                each = (took["cpu"] - start) / count
                kept = sum(file.stat().st_size for file in store.rglob("*.parquet"))
                cells = (
                    f"{count:,}", f"{workers}", f"{count / took['wall']:.1f}", f"{size / took['wall'] / 1e6:.2f}",
                    f"{start:.1f}", f"{each * 1e3:.1f}", f"{alone * 1e3:.1f}", f"{(each / alone - 1):.0%}",
                    f"{took['memory']:.0f}", f"{took['child']:.0f}", f"{kept / 1e6:.1f}",
                )  # fmt: skip
                print("".join(f"{cell:>12}" for cell in cells), flush=True)
                if options.kills:
                    other = Path(place) / f"killed-{workers}"
                    same = run_killed(Path(place) / "plans", other, workers, options.kills, took["wall"]) == digest(
                        store
                    )
                    print(f"killed {options.kills} times: {'the same tables' if same else 'OTHER TABLES'}", flush=True)


if __name__ == "__main__":
    main()
