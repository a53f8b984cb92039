"""Shows whether a change changes any output: digests of the records of all documents, before and after.

    python benchmarks/unchanged.py --write BEFORE.json      # at the commit before
    python benchmarks/unchanged.py --against BEFORE.json    # at the commit after: exit code 1 where a digest differs

Digested are the whole documents (vnplan.codec) and what the audits of the bundled families say; besides the bundled
corpus the real files, the seeds and the portal's texts below the folder that VNPLAN_SHARED names (or ../shared), each
text also in capitals, without line feeds, decomposed, in small letters and with its words in another order. Of the
families that are kept apart one digest is made of all and no name is shown. What the readers make of files is kept in
``--sources FOLDER``, because reading takes longer than all the rest; leave it out where readers change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

import vnplan
from vnplan.codec import encode_document
from vnplan.document import parse_source
from vnplan.errors import VnplanError
from vnplan.model import Document, Source
from vnplan.read import read_source

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {".txt", ".md", ".html", ".docx", ".doc", ".pdf"}


def _shuffled(text: str) -> str:
    """Return the lines of a text with their words in another order, the same one every time."""
    words = [line.split(" ") for line in text.split("\n")]
    for number, line in enumerate(words):
        random.Random(number).shuffle(line)
    return "\n".join(" ".join(line) for line in words)


VARIANTS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "one line": lambda text: " ".join(text.split()),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "shuffled": _shuffled,
}


def _source(path: Path, folder: Path | None) -> Source | None:
    """Return what the reader makes of a file, from ``folder`` where it is kept there; None where it cannot be read."""
    kept = folder / hashlib.sha256(path.read_bytes()).hexdigest() if folder else None
    if kept and kept.is_file():
        return msgspec.json.decode(kept.read_bytes(), type=Source | None)
    try:
        source = read_source(path)
    except VnplanError:
        source = None
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(source))
    return source


def _digest(document: Document) -> str:
    return hashlib.sha256(encode_document(document)).hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.name != "README.md")


def digests(shared: Path, folder: Path | None, every: int = 1) -> Iterator[tuple[str, str]]:
    """Yield name and digest of everything that is digested; of the portal's texts of ``every`` so many one."""
    texts: dict[str, str] = {}
    corpus = ROOT / "corpus"
    families = sorted({path.parent for path in corpus.rglob("family.cascade.json")})
    for family in families:
        documents = [parse_source(source) for path in _files(family) if (source := _source(path, folder))]
        name = family.relative_to(corpus).as_posix()
        for document in documents:
            yield f"{name}/{document.source.name}", _digest(document)
            texts[f"{name}/{document.source.name}"] = document.source.text
        if every == 1:
            findings = vnplan.audit(vnplan.build_cascade(documents)).findings
            yield f"{name}: audit", hashlib.sha256(msgspec.json.encode(findings)).hexdigest()[:16]
    for path in [path for part in ("real", "seeds") if (shared / part).is_dir() for path in _files(shared / part)]:
        if source := _source(path, folder):
            yield path.name, _digest(parse_source(source))
            texts[path.name] = source.text
    portal = shared / "real" / "portal_half.jsonl"
    rows = portal.read_text(encoding="utf-8").splitlines() if portal.is_file() else []
    for number, row in enumerate(rows[::every]):
        text = json.loads(row)["content"]
        yield f"portal {number * every}", _digest(vnplan.parse(text))
        texts[f"portal {number * every}"] = text
    for number, (name, text) in enumerate(texts.items()):
        variant, make = list(VARIANTS.items())[number % len(VARIANTS)]
        yield f"{name}, {variant}", _digest(vnplan.parse(make(text)))


def fold_kept(found: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Return the digests by name, those of the families kept apart as one."""
    result: dict[str, str] = {}
    kept = hashlib.sha256()
    for name, digest in found:
        if name.startswith("kept/"):
            kept.update(digest.encode())
        else:
            result[name] = digest
    return {**result, "kept": kept.hexdigest()[:16]}


def main() -> int:
    """Write or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="where to write the digests")
    parser.add_argument("--against", type=Path, help="digests to compare with")
    parser.add_argument("--sources", type=Path, help="a folder for what the readers make of the files")
    parser.add_argument("--every", type=int, default=1, help="one of so many of the portal's texts, and no audits")
    options = parser.parse_args()
    shared = Path(os.environ.get("VNPLAN_SHARED", ROOT.parent / "shared"))
    found = fold_kept(digests(shared, options.sources, options.every))
    if options.write:
        options.write.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    before = json.loads(options.against.read_text(encoding="utf-8")) if options.against else found
    changed = [name for name in {**before, **found} if before.get(name) != found.get(name)]
    print(f"{len(found)} digests, {len(changed)} differ")
    for name in changed[:40]:
        print(f"  {name}")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
