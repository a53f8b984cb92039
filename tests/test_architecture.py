"""What may import what: the data flows one way, every parser has one door, and importing vnplan costs nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "vnplan"
BASE = {"model", "errors", "limits"}
EXTRACTORS = {f"extract.{name}" for name in ("agencies", "deadlines", "references", "targets", "tasks")}
# Module or package (the longest name that fits): what of vnplan it may import besides its own package.
ALLOWED: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "limits": set(),
    "wrapping": BASE,
    "text": BASE | {"wrapping"},
    "quotes": BASE | {"text"},
    "codec": BASE | {"text"},
    "workers": {"errors", "limits", "worker"},
    "identity": BASE | {"text"},
    "read": BASE | {"text"},
    "gazetteer": BASE | {"text"},
    "structure": BASE | {"text", "gazetteer"},
    "restoring": BASE | {"text", "gazetteer", "structure", "extract"},
    "parts": BASE | {"structure"},
    "extract": BASE | {"text", "gazetteer", "identity"},
    "compare": BASE | {"text", "gazetteer", "identity"},
    "report": BASE | {"text", "gazetteer", "identity", "compare"},
    "store": BASE | {"batch", "codec", "compare", "document", "frames", "read", "report", "workers"},
    "cli_batch": {"errors", "limits", "model", "report", "store"},
}
EVERYTHING = {
    "",
    "__main__",
    "batch",
    "cli",
    "cli_agencies",
    "cli_evaluate",
    "display",
    "document",
    "evaluate",
    "evaluate_cascade",
    "evaluate_forms",
    "evaluate_pages",
    "evaluate_rows",
    "evaluate_scores",
    "evaluate_tables",
    "frames",
    "spacy",
    "worker",
}
DOORS = {  # third-party package: in how many modules it may be imported
    **dict.fromkeys(("ahocorasick", "jinja2", "networkx", "pandas", "pdfminer", "pdfplumber", "pypdfium2"), 1),
    **dict.fromkeys(("duckdb", "matplotlib", "olefile", "pyarrow", "ray", "readability", "selectolax"), 1),
    **dict.fromkeys(("sklearn", "underthesea", "warcio"), 1),
    "lxml": 2,  # Word and HTML
    "spacy": 2,  # the component, and displaCy
}
HEAVY = {*DOORS, "msgspec", "numpy", "rapidfuzz", "scipy"}


def imports(tree: ast.AST, module: str) -> Iterator[tuple[str, bool]]:
    """Yield the name of each imported module, and whether the import runs when the module itself is imported."""
    late: set[ast.AST] = set()
    for node in ast.walk(tree):
        guarded = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if guarded or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            late.update(ast.walk(node))
        if isinstance(node, ast.Import):
            yield from ((alias.name, node not in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = ".".join(module.split(".")[: -node.level]) + "." if node.level else ""
            name = (parent + (node.module or "")).strip(".")
            children = [f"{name}.{alias.name}" for alias in node.names] if name.startswith("vnplan") else [name]
            yield from ((child, node not in late) for child in children)


def violations(package: Path) -> list[str]:
    """Return one line for each import or file that breaks the rules."""
    found, doors = [], dict[str, set[str]]()
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if file.stat().st_size >= 20 * 1024:
            found.append(f"{name}: {file.stat().st_size} bytes; cut it")
        for target, at_once in imports(ast.parse(file.read_text(encoding="utf-8")), f"vnplan.{name}"):
            outer, _, inner = target.partition(".")
            if outer == "vnplan" and not allows(name, inner):
                found.append(f"{name}: imports {target}")
            if outer in DOORS:
                doors.setdefault(outer, set()).add(name)
            if outer in HEAVY and at_once and name != "spacy":  # nobody imports vnplan.spacy without spaCy in mind
                found.append(f"{name}: imports {outer} at module level")
    found += [f"{outer}: imported in {sorted(by)}" for outer, by in doors.items() if len(by) > DOORS[outer]]
    return found


def allows(name: str, target: str) -> bool:
    """Return whether the module ``name`` may import ``target``, both without the leading ``vnplan.``."""
    if name in EVERYTHING or target == "__version__":
        return True
    if name.startswith("extract.") and any(f"{target}.".startswith(f"{other}.") for other in EXTRACTORS - {name}):
        return False
    own = name.split(".")[0]
    return own in ALLOWED and target.split(".")[0] in ALLOWED[own] | {own}


def test_the_package_keeps_the_rules():
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("model.py", "from vnplan.text import clean_text"),
        ("text.py", "import vnplan.structure"),
        ("structure/__init__.py", "from vnplan.extract.lexicon import word_list"),
        ("extract/targets.py", "from vnplan.extract.deadlines import find_deadlines"),
        ("extract/targets.py", "def find():\n    from vnplan.extract import agencies"),
        ("extract/targets.py", "from . import tasks"),
        ("compare/__init__.py", "from vnplan.extract.targets import find_targets"),
        ("compare/__init__.py", "from vnplan.report.words import FINDINGS"),
        ("report/html.py", "from vnplan.cli import main"),
        ("gazetteer/keys.py", "from vnplan.structure import read_structure"),
        ("unknown.py", "from vnplan.model import Span"),
        ("read/pdf.py", "import pypdfium2"),
        ("cli.py", "from lxml.etree import fromstring"),
        ("cli.py", "# " + "x" * 20 * 1024),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, module: str, line: str):
    (tmp_path / module).parent.mkdir(exist_ok=True)
    (tmp_path / module).write_text(line, encoding="utf-8")
    assert len(violations(tmp_path)) == 1


def test_a_second_door_to_a_parser_is_found(tmp_path: Path):
    for name in ("batch.py", "cli.py"):
        (tmp_path / name).write_text("def f():\n    import networkx\n", encoding="utf-8")
    assert violations(tmp_path) == ["networkx: imported in ['batch', 'cli']"]


def test_what_is_allowed_is_not_reported(tmp_path: Path):
    (tmp_path / "extract").mkdir()
    lines = "from vnplan.extract.lexicon import word_list\nfrom vnplan.model import Span\nimport re\n"
    (tmp_path / "extract" / "targets.py").write_text(lines, encoding="utf-8")
    (tmp_path / "spacy.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import spacy\n")
    assert violations(tmp_path) == []
