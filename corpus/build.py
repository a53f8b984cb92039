"""Builds the sample documents and their gold annotations: ``python corpus/build.py [--check]``.

What it reads is ``sources/**/*.plan``. The result is the same bytes every time: no clock, no compression, no random
names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from builder.formats import to_html, to_md, to_txt
from builder.gold import gold_of
from builder.markup import Plan, parse

HERE = Path(__file__).resolve().parent


def render(plan: Plan) -> bytes:
    """Return the bytes of the document in the format that its name says."""
    suffix = Path(plan.out).suffix
    if suffix == ".docx":
        from builder.word import to_docx

        return to_docx(plan)
    if suffix == ".doc":
        from builder.doc import to_doc

        return to_doc(plan)
    if suffix == ".pdf":
        from builder.pdf import to_pdf

        return to_pdf(plan)
    return {".txt": to_txt, ".md": to_md, ".html": to_html}[suffix](plan).encode("utf-8")


def gold_bytes(plan: Plan) -> bytes:
    """Return the gold file of the document."""
    text = json.dumps(gold_of(plan, Path(plan.out).name), ensure_ascii=False, indent=1)
    return text.replace(".0,", ",").encode("utf-8") + b"\n"


def outputs(source: Path) -> dict[Path, bytes]:
    """Return what one source gives: the document and its gold file."""
    plan = parse(source)
    document = HERE / plan.out
    return {document: render(plan), document.with_suffix(".gold.json"): gold_bytes(plan)}


def main(arguments: list[str]) -> int:
    """Write all outputs, or with ``--check`` say which differ from the files."""
    stale = []
    for source in sorted((HERE / "sources").rglob("*.plan")):
        for path, data in outputs(source).items():
            if path.is_file() and path.read_bytes() == data:
                continue
            stale.append(path.relative_to(HERE).as_posix())
            if "--check" not in arguments:
                path.write_bytes(data)
    sys.stdout.write("\n".join(stale) + "\n" if stale else "up to date\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
