"""Measures the reader of old Word files.

``python benchmarks/old_word.py FILE.doc...``   time, and agreement with antiword and LibreOffice where installed
``python benchmarks/old_word.py --spoil N FILE.doc...``   what N spoiled copies end in, and how many lose text silently
``python benchmarks/old_word.py --container``   what the library for the container does alone with hostile files
``python benchmarks/old_word.py --encodings FILE.txt...``   texts put into TCVN3 and VNI, and what comes back of them
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "corpus"), str(ROOT / "tests")]

from poison import doc as poison  # noqa: E402

from vnplan.errors import ReadError  # noqa: E402
from vnplan.read import read_bytes, read_source  # noqa: E402
from vnplan.read.doc_programs import find_program  # noqa: E402
from vnplan.read.legacy import TCVN3, VNI  # noqa: E402

WORD = re.compile(r"[^\W_]{1,50}")
LOST = 0.9  # share of its text that a spoiled file has to keep, or say what is missing
_ALONE = """
import olefile, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
with olefile.OleFileIO(sys.argv[1]) as ole:
    print(len(ole.openstream("WordDocument").read()), "bytes")
"""


def count(text: str) -> Counter[str]:
    """Return the words of a text with how often each stands in it."""
    return Counter(WORD.findall(unicodedata.normalize("NFC", text)))


def compare(ours: str, theirs: str) -> str:
    """Return how far two texts have the same words, and the words that only one has."""
    one, other = count(ours), count(theirs)
    share = 2 * (one & other).total() / max(1, one.total() + other.total())
    only = [
        f"only {name}: {dict((a - b).most_common(10))}" for name, a, b in (("here", one, other), ("there", other, one))
    ]
    return f"{share:.4f}  " + "  ".join(line for line in only if not line.endswith("{}"))


def measure(paths: list[Path]) -> None:
    """Print time and agreement of each file."""
    for path in paths:
        source = read_source(path)
        times = []
        for _ in range(15):
            start = time.perf_counter()
            read_source(path)
            times.append(time.perf_counter() - start)
        print(f"{path.name}: {statistics.median(times) * 1000:.0f} ms, {len(source.text)} characters")
        if (program := find_program("antiword")) is not None:
            start = time.perf_counter()
            done = subprocess.run([program, "-m", "UTF-8.txt", "-w", "0", str(path)], capture_output=True, check=False)
            spent = (time.perf_counter() - start) * 1000
            print(f"  antiword    {spent:.0f} ms  {compare(source.text, done.stdout.decode('utf-8', 'replace'))}")
        if (program := find_program("soffice")) is not None:
            with tempfile.TemporaryDirectory() as folder:
                profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
                command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)]
                subprocess.run(command, capture_output=True, check=False, timeout=120)
                theirs = read_source(Path(folder) / f"{path.stem}.docx")
            same = sum(
                (a.kind, a.cell, a.centred, a.level) == (b.kind, b.cell, b.centred, b.level)
                for a, b in zip(source.blocks, theirs.blocks, strict=False)
            )
            blocks = f"{same} of {len(source.blocks)} blocks alike"
            print(f"  LibreOffice {compare(source.text, theirs.text)}  {blocks}")


def spoil(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return the bytes with some flipped, overwritten, cut off, copied elsewhere, or taken from another file."""
    spoiled, kind = bytearray(data), chance.random()
    if kind < 0.55:
        for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
            at = chance.randrange(len(spoiled))
            if chance.random() < 0.7:
                spoiled[at] = chance.choice((0, 1, 127, 128, 255, spoiled[at] ^ 1 << chance.randrange(8)))
            else:
                spoiled[at : at + 4] = chance.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)).to_bytes(4, "little")
    elif kind < 0.7:
        del spoiled[chance.randrange(len(spoiled)) :]
    elif kind < 0.85:
        first, last = sorted(chance.randrange(len(spoiled)) for _ in range(2))
        at = chance.randrange(len(spoiled))
        spoiled[at : at + last - first] = spoiled[first:last]
    else:
        other = chance.choice(others)
        at = chance.randrange(min(len(spoiled), len(other))) // 512 * 512
        spoiled[at:] = other[at:]
    return bytes(spoiled)


def spoil_many(number: int, paths: list[Path]) -> None:
    """Print what spoiled copies of the files, and of two small ones, end in."""
    files = [path.read_bytes() for path in paths] + [poison.doc(*[poison.WORDS] * 80), poison.rich()]
    whole = [len(read_bytes("a.doc", data).text) for data in files]
    chance, ends, slowest, silent = random.Random(1), Counter[str](), 0.0, 0
    for _ in range(number):
        which = chance.randrange(len(files))
        data = spoil(files[which], files, chance)
        start = time.perf_counter()
        try:
            source = read_bytes("a.doc", data)
            ends["read"] += 1
            said = any(problem.code.startswith(("cut", "hidden", "struck")) for problem in source.problems)
            silent += len(source.text) < LOST * whole[which] and not said
        except ReadError as error:
            ends[error.code] += 1
        slowest = max(slowest, time.perf_counter() - start)
    print(f"{number} spoiled files: {dict(ends.most_common())}; the slowest took {slowest:.2f} s")
    print(f"{silent} were read with less than {LOST:.0%} of the text and without a word of it")


def measure_container() -> None:
    """Print what the library does alone, and what the reader does, with files made to harm."""
    for name in ("circular", "huge_stream", "many_tables", "huge_mini", "deep_directory"):
        data = getattr(poison, name)()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.doc"
            path.write_bytes(data)
            start = time.perf_counter()
            try:
                done = subprocess.run(
                    [sys.executable, "-c", _ALONE, str(path)], capture_output=True, text=True, timeout=60, check=False
                )
                alone = (done.stdout or done.stderr).strip().rpartition("\n")[2][:60]
            except subprocess.TimeoutExpired:
                alone = "did not end"
            spent = time.perf_counter() - start
        start = time.perf_counter()
        try:
            read_bytes("a.doc", data)
            code = "read"
        except ReadError as error:
            code = error.code
        print(f"{name}: alone {spent:.1f} s, {alone}; here {time.perf_counter() - start:.2f} s, {code}")


def measure_encodings(paths: list[Path]) -> None:
    """Print how much of each text comes back from an old encoding, whole, and with a first half in it."""
    tables = {
        "tcvn3": {letter: chr(code) for code, letter in reversed(TCVN3.items()) if letter.islower()},
        "vni": {letter: old for old, letter in reversed(VNI.items())},
    }
    for path in paths:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        half = text.rfind("\n", 0, len(text) // 2) + 1
        print(path.name, "Unicode:", [problem.code for problem in read_bytes("a.txt", text.encode()).problems])
        for name, table in tables.items():
            for what, end in (("whole", len(text)), ("half", half)):
                old = "".join(table.get(letter, letter) for letter in text[:end].lower()) + text[end:].lower()
                back = read_bytes("a.txt", old.encode()).text
                pairs = list(zip(back.split(), text.lower().split(), strict=False))
                print(
                    f"  {name} {what}: {sum(a == b for a, b in pairs) / max(1, len(pairs)):.4f} of the words come back"
                )


def main(arguments: list[str]) -> int:
    """Run what the first argument says."""
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if arguments[0] == "--spoil":
        spoil_many(int(arguments[1]), [Path(name) for name in arguments[2:]])
    elif arguments[0] == "--container":
        measure_container()
    elif arguments[0] == "--encodings":
        measure_encodings([Path(name) for name in arguments[1:]])
    else:
        measure([Path(name) for name in arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
