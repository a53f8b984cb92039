"""How long it takes to link and audit thousands of documents, and how the time grows: CPU seconds of one process.

    python benchmarks/cascade.py [--documents 1000 3000 10000] [--workers 2] [--profile]

The documents are made from the families of the corpus that are developed on: below each copy of the decisions stand
plans for up to sixty places, told apart by number, place and year, in this copy and in what they cite. Measured are
the first of them, in the numbers given; ``growth`` is the power of their number by which the time grows since the line
before (1.0 is in proportion, n log n is some 1.1). The seconds of an audit are those of all its processes, ``wall`` is
how long linking and auditing took by the clock. ``pair`` is the time for two plans with 150 tasks each, after parsing.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import os
import pstats
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import vnplan
from vnplan.gazetteer import all_units
from vnplan.model import Document

ROOT = Path(__file__).resolve().parent.parent
PLACES = 60  # plans below one copy of the decisions
_NUMBER = re.compile(r"[0-9]{1,5}(?=/)")
_YEAR = re.compile(r"(?<![0-9/])20[0-3][0-9](?![0-9])|(?<=/)20[0-3][0-9](?![0-9/])")


@dataclass(frozen=True)
class Family:
    """The texts of one family: those of the centre, and those of one place each, with its name."""

    central: tuple[tuple[str, str], ...]  # text, number
    local: tuple[tuple[str, str, str], ...]  # text, number, province


def families() -> list[Family]:
    """Return the families that copies are made of."""
    found = []
    for folder in sorted(path.parent for path in (ROOT / "corpus").glob("*/family.cascade.json")):
        paths = [path for path in folder.iterdir() if path.suffix in {".txt", ".md", ".html", ".docx", ".pdf"}]
        documents = [vnplan.read(path) for path in sorted(paths)]
        central, local = [], []
        for document in documents:
            header, text = document.header, document.source.text
            if document.medium != "document" or not header.number:
                continue
            if header.level == "central":
                central.append((text, header.number))
            else:
                place = (header.jurisdiction or "").split(", ")[-1]
                local.append((text, header.number, place.removeprefix("tỉnh ").removeprefix("thành phố ")))
        if central and local:
            found.append(Family(tuple(central), tuple(local)))
    return found


def _renumbered(text: str, number: str, by: int) -> str:
    return text.replace(number, _NUMBER.sub(lambda found: str(int(found[0]) + by), number, count=1))


def _later(text: str, years: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + years), text)


def texts(count: int) -> Iterator[str]:
    """Yield so many texts, the same every time: copies of the families with other numbers, places and years."""
    kept = families()
    places = sorted({unit.name for unit in all_units() if unit.parent is None})[:PLACES]
    made = copy = 0
    while True:
        family = kept[copy % len(kept)]
        group = copy // len(kept)
        sources = [(text, None, "") for text, _ in family.central]
        sources += [
            (text.replace(place, name).replace(place.upper(), name.upper()), number, name)
            for at, name in enumerate(places)
            for text, number, place in [family.local[at % len(family.local)]]
        ]
        for at, (text, number, _) in enumerate(sources):
            for _, cited in family.central:
                text = _renumbered(text, cited, group * 7)
            if number:
                text = _renumbered(text, number, copy * 100 + at)
            yield _later(text, group % 9)
            made += 1
            if made == count:
                return
        copy += 1


def pair() -> float:
    """Return the seconds that linking and auditing two plans with 150 tasks each take."""
    fields = ("nước sạch", "trường học", "đường thôn", "y tế xã", "chợ dân sinh", "rừng trồng", "thư viện", "bến xe")
    acts = ("Rà soát, bổ sung", "Xây dựng mới", "Sửa chữa", "Kiểm tra", "Lập hồ sơ", "Tuyên truyền về")
    number = "17/KH-UBND"

    def plan(number: str, unit: str, opening: str, day: int) -> str:
        head = f"ỦY BAN NHÂN DÂN\n{unit.upper()}\nSố: {number}\nLạng Sơn, ngày {day} tháng 3 năm 2024\n\nKẾ HOẠCH\n"
        lines = [
            f"{n}. {acts[n % 6]} {fields[n % 8]} ở khu {n}, thu hút {n + 20} hộ gia đình; Sở Y tế chủ trì, phối hợp "
            f"với Sở Tài chính thực hiện trước ngày {n % 28 + 1}/{n % 12 + 1}/2025."
            for n in range(1, 151)
        ]
        return f"{head}Phát triển nông thôn năm 2024\n{opening}\nI. NHIỆM VỤ\n" + "\n".join(lines)

    cites = f"Thực hiện Kế hoạch số {number} ngày 05/3/2024 của UBND tỉnh Lạng Sơn về phát triển nông thôn năm 2024"
    documents = [
        vnplan.parse(plan(number, "tỉnh Lạng Sơn", "Nay ban hành kế hoạch như sau:", 5)),
        vnplan.parse(plan("9/KH-UBND", "thành phố Lạng Sơn", f"{cites}, UBND thành phố ban hành kế hoạch:", 20)),
    ]
    best = math.inf
    for _ in range(4):
        began = time.process_time()
        cascade = vnplan.build_cascade(documents)
        vnplan.audit(cascade)
        best = min(best, time.process_time() - began)
    print(f"pair: {[len(document.tasks) for document in documents]} tasks, {len(cascade.edges)} link, {best:.3f} s")
    return best


def seconds() -> float:
    """Return the seconds of processor time of this process and of those that it has ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(documents: list[Document], workers: int) -> tuple[float, float]:
    """Print what linking and auditing the documents take, and return both in seconds."""
    clock, began = time.perf_counter(), seconds()
    cascade = vnplan.build_cascade(documents)
    linked = seconds()
    found = vnplan.audit(cascade, workers=workers)
    audited = seconds()
    print(
        f"{len(documents):9} documents  {len(cascade.edges):8} links  {len(found.findings):8} findings"
        f"  link {linked - began:8.2f} s  audit {audited - linked:8.2f} s  wall {time.perf_counter() - clock:8.2f} s",
        end="",
        flush=True,
    )
    return linked - began, audited - linked


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 3_000, 10_000], help="how many documents")
    parser.add_argument("--workers", type=int, default=2, help="processes that audit")
    parser.add_argument("--profile", action="store_true", help="print where the time of the last number goes")
    options = parser.parse_args()
    pair()
    began = time.process_time()
    numbers = sorted(options.documents)
    documents = [vnplan.parse(text, name=f"{n}.txt") for n, text in enumerate(texts(numbers[-1]))]
    print(f"parsed {len(documents)} documents in {time.process_time() - began:.1f} s")
    profile = cProfile.Profile()
    before: tuple[float, float] | None = None
    for at, number in enumerate(numbers):
        if options.profile and number == numbers[-1]:
            profile.enable()
        took = measure(documents[:number], options.workers)
        profile.disable()
        if before:
            power = math.log(number / numbers[at - 1])
            growth = [math.log(now / max(then, 1e-9)) / power for now, then in zip(took, before, strict=True)]
            print(f"  growth {growth[0]:.2f}, {growth[1]:.2f}", end="")
        print()
        before = took
    if options.profile:
        pstats.Stats(profile).sort_stats("cumtime").print_stats(50)


if __name__ == "__main__":
    main()
