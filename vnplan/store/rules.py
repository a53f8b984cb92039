"""The version of what reads and understands documents: a digest that changes when a document may come out otherwise."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_OTHERS: Final = frozenset(  # parts of the package that no document depends on
    {
        "compare",
        "report",
        "store",
        "__main__",
        "cli",
        "cli_agencies",
        "cli_batch",
        "display",
        "evaluate",
        "evaluate_cascade",
        "frames",
        "spacy",
    }
    | {"worker", "workers"}
)
_PARSERS: Final = (
    "lxml", "olefile", "pdfminer.six", "pdfplumber", "pypdfium2", "selectolax", "underthesea", "warcio"
)  # fmt: skip


@cache
def rules_version() -> str:
    """Return 16 hexadecimal digits for the readers, the rules, their word lists and the parsers that are installed.

    >>> len(rules_version())
    16
    """
    digest = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        inside = file.relative_to(_PACKAGE)
        if inside.parts[0].removesuffix(".py") in _OTHERS or file.suffix in (".pyc", ".so") or not file.is_file():
            continue
        digest.update(f"{inside.as_posix()}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    for name in _PARSERS:
        try:
            digest.update(f"{name}={version(name)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{name}\0".encode())
    return digest.hexdigest()[:16]
