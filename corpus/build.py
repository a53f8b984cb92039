"""Builds the sample documents and their gold annotations out of ``sources/``.

    python corpus/build.py                      # writes what changed
    python corpus/build.py --check              # says what is stale
    python corpus/build.py --all-formats DIR    # writes every document in every format into DIR, scans too
    python corpus/build.py --all-formats DIR --only docx,scan

The result is the same bytes every time: no clock, no random names.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from builder.every import FORMATS, format_of, missing, render, write_all
from builder.gold import gold_of
from builder.markup import Plan, parse

HERE = Path(__file__).resolve().parent


def sources() -> list[Path]:
    """Return the sources of all documents."""
    return sorted((HERE / "sources").rglob("*.plan"))


def gold_bytes(plan: Plan) -> bytes:
    """Return the gold file of the document."""
    text = json.dumps(gold_of(plan, Path(plan.out).name), ensure_ascii=False, indent=1)
    return text.replace(".0,", ",").encode("utf-8") + b"\n"


def outputs(source: Path) -> dict[Path, bytes]:
    """Return what one source gives: the document and its gold file."""
    plan = parse(source)
    document = HERE / plan.out
    return {
        document: render(plan, format_of(document.suffix)),
        document.with_suffix(".gold.json"): gold_bytes(plan),
    }


def build(*, check: bool) -> int:
    """Write all outputs, or say which differ from the files; return the exit code."""
    stale = []
    for source in sources():
        for path, data in outputs(source).items():
            if path.is_file() and path.read_bytes() == data:
                continue
            stale.append(path.relative_to(HERE).as_posix())
            if not check:
                path.write_bytes(data)
    sys.stdout.write("\n".join(stale) + "\n" if stale else "up to date\n")
    return 1 if stale and check else 0


def build_all(folder: Path, forms: list[str]) -> int:
    """Write every document in the formats into a folder; return 1 where one of them cannot be written."""
    lacking = {form: why for form in forms if (why := missing(form))}
    written = write_all(map(parse, sources()), [form for form in forms if form not in lacking], folder, HERE)
    sys.stdout.write(f"{len(written)} documents in {folder}\n")
    sys.stdout.write("".join(f"{form}: {why}\n" for form, why in lacking.items()))
    return 1 if lacking else 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    parser.add_argument("--all-formats", metavar="DIR", type=Path, help="write every document in every format into DIR")
    parser.add_argument("--only", metavar="FORMATS", default=",".join(FORMATS), help="with --all-formats: some of them")
    options = parser.parse_args(arguments)
    if options.all_formats is None:
        return build(check=options.check)
    forms = options.only.split(",")
    if unknown := set(forms) - set(FORMATS):
        parser.error(f"unknown format {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    return build_all(options.all_formats, forms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
