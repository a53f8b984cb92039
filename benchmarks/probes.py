"""How much of texts that nobody had seen is read rightly: sentences and heads written before they were run.

    python benchmarks/probes.py [--list]

Each file of tests/probes is one round of one layer: a text on each line and what it means, decided by docs/domain.md
before vnplan ran on it. A line with "!" in front was read wrongly then, one with "?" still is. Prints, by file, how
many were right at first, which is what a new text has to expect of such constructions, and how many are right now.
``--list`` prints those that are not.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import vnplan
from vnplan.model import Deadline, Document, Reference

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "probes"
HEAD = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI

Số: 12/KH-UBND
Quảng Ngãi, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
{subject}

{opening}

II. NHIỆM VỤ
1. {task}"""
_SUBJECT, _OPENING, _TASK = "Phát triển dịch vụ cộng đồng năm 2024", "UBND tỉnh ban hành Kế hoạch như sau:", "Mở lớp."


@dataclass(frozen=True, slots=True)
class Probe:
    """One line of a file: the text, what it means, and whether that was found when it was first run."""

    text: str
    expected: tuple[str, ...]
    first: bool
    open: bool = False


def probes(path: Path) -> Iterator[Probe]:
    """Yield the probes of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, expected = line.lstrip("!? ").partition(" => ")
            means = tuple(map(str.strip, expected.split(" ; ")))
            yield Probe(text.replace(" / ", "\n"), means, line[0] not in "!?", line[0] == "?")


def _headers(probe: Probe) -> tuple[str, ...]:
    header = vnplan.parse(probe.text).header
    names = [part.partition("=")[0] for part in probe.expected]
    return tuple(f"{name}={' '.join(str(getattr(header, name) or '-').split())}" for name in names)


def _sections(probe: Probe) -> tuple[str, ...]:
    document = vnplan.parse(probe.text)
    asked = {part.rpartition(" ")[0] for part in probe.expected}
    labelled = [s for s in document.sections if s.kind == "heading" and s.label and s.heading is not None]
    found = [f"{s.path} {s.role or '-'}" for s in labelled if s.path in asked or len(asked) == len(labelled)]
    return tuple(found)


def _plan(**parts: str) -> Document:
    filled = {"subject": _SUBJECT, "opening": _OPENING, "task": _TASK} | parts
    return vnplan.parse(HEAD.format(**filled))


def _reference(found: Reference) -> str:
    return f"{found.number or f'({found.kind})'} {found.date or '-'} {found.relation}"


def _references(probe: Probe) -> tuple[str, ...]:
    place, _, words = probe.text.partition(": ")
    document = _plan(**{{"O": "opening", "S": "task", "T": "subject"}[place]: words})
    return tuple(map(_reference, document.references))


def _deadline(found: Deadline) -> str:
    return " ".join(filter(None, (found.value or "-", found.bound, found.rrule)))


def _deadlines(probe: Probe) -> tuple[str, ...]:
    return tuple(map(_deadline, _plan(task=probe.text).deadlines)) or ("none",)


READERS: dict[str, Callable[[Probe], tuple[str, ...]]] = {
    "headers": _headers, "sections": _sections, "references": _references, "deadlines": _deadlines,
}  # fmt: skip


def found_in(path: Path, probe: Probe) -> tuple[str, ...]:
    """Return what vnplan reads of a probe, in the form in which the file says what is right."""
    return READERS[path.stem.partition("-")[0]](probe)


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print what is not read rightly")
    options = parser.parse_args()
    for path in sorted(FOLDER.glob("*.txt")):
        rows = list(probes(path))
        wrong = [(row, found) for row in rows if (found := found_in(path, row)) != row.expected]
        first = sum(row.first for row in rows)
        print(f"{path.stem:16} at first {first:3} of {len(rows):3}   now {len(rows) - len(wrong):3}")
        for row, found in wrong if options.list else ():
            print(f"    {row.text[:300]!r}\n      right: {'; '.join(p for p in row.expected if p not in found)}")
            print(f"      found: {'; '.join(p for p in found if p not in row.expected)}")


if __name__ == "__main__":
    main()
