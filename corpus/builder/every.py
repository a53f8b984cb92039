"""Every document in every format: which there are, who writes them, and a folder of each for vnplan to read.

    DIR/docx/child-mental-health/province-plan-1.docx
    DIR/docx/child-mental-health/province-plan-1.gold.json
    DIR/docx/child-mental-health/family.cascade.json

A folder of one format is a corpus of its own: ``vnplan audit DIR/docx`` and ``vnplan evaluate DIR/docx`` read it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from builder.gold import gold_of
from builder.markup import Plan

# By format: the suffix of its files, the module that writes it, and the function in it.
_WRITERS = {
    "txt": (".txt", "builder.formats", "to_txt"),
    "md": (".md", "builder.formats", "to_md"),
    "docx": (".docx", "builder.word", "to_docx"),
    "doc": (".doc", "builder.doc", "to_doc"),
    "html": (".html", "builder.portal", "to_html"),
    "pdf": (".pdf", "builder.pdf", "to_pdf"),
    "scan": (".pdf", "builder.scan", "to_scan"),
    "hard-scan": (".pdf", "builder.scan", "to_hard_scan"),
}
FORMATS = tuple(_WRITERS)
DRAWN = ("pdf", "scan", "hard-scan")  # those that need the fonts


def missing(form: str) -> str | None:
    """Return why a format cannot be written here, or None."""
    from builder.pages import FONTS

    module = _WRITERS[form][1]
    if importlib.util.find_spec(module) is None:
        return f"nothing writes .{form} yet: there is no {module.replace('.', '/')}.py"
    if form in DRAWN and not (FONTS / "DejaVuSerif.ttf").is_file():
        return f"the DejaVu fonts are not in {FONTS}; install them (Debian: apt-get install fonts-dejavu-core)"
    if form in DRAWN and importlib.util.find_spec("reportlab") is None:
        return "reportlab is not installed; install vnplan with the extra test"
    return None


def path_of(plan: Plan, form: str) -> Path:
    """Return where the document in a format stands in the folder that is written."""
    return Path(form) / Path(plan.out).with_suffix(_WRITERS[form][0])


def render(plan: Plan, form: str) -> bytes:
    """Return the bytes of the document in a format."""
    _, module, name = _WRITERS[form]
    writer: Callable[[Plan], str | bytes] = getattr(importlib.import_module(module), name)
    written = writer(plan)
    return written.encode("utf-8") if isinstance(written, str) else written


def format_of(suffix: str) -> str:
    """Return the format of files with a suffix; a ``.pdf`` is a digital one."""
    return next(form for form, (known, _, _) in _WRITERS.items() if known == suffix)


def gold_in(plan: Plan, form: str) -> dict[str, Any]:
    """Return the gold annotation of the document in a format; only Markdown quotes the marks of bold words."""
    gold = json.dumps(gold_of(plan, path_of(plan, form).name), ensure_ascii=False)
    found: dict[str, Any] = json.loads(gold if form == "md" else gold.replace("**", ""))
    return found


def _cascade_in(cascade: Path, plans: Iterable[Plan], form: str) -> bytes:
    text = cascade.read_text("utf-8")
    for plan in plans:
        text = text.replace(f'"{Path(plan.out).name}"', f'"{path_of(plan, form).name}"')
    return (text if form == "md" else text.replace("**", "")).encode("utf-8")


def write_all(plans: Iterable[Plan], forms: Iterable[str], folder: Path, corpus: Path) -> list[Path]:
    """Write every document in the named formats below ``folder``, with gold and cascades; return the documents."""
    plans, written = list(plans), []
    for form in forms:
        for plan in plans:
            path = folder / path_of(plan, form)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(render(plan, form))
            gold = json.dumps(gold_in(plan, form), ensure_ascii=False, indent=1)
            path.with_suffix(".gold.json").write_text(gold + "\n", "utf-8")
            written.append(path)
        for cascade in sorted(corpus.glob("*/*.cascade.json")):
            target = folder / form / cascade.relative_to(corpus)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_cascade_in(cascade, plans, form))
    return written
