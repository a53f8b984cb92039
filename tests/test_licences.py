"""What is depended on: none of it under the GPL or AGPL, each package imported, each version pinned."""

from __future__ import annotations

import ast
import re
import sys
from configparser import ConfigParser
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

_NAME = re.compile(r"[A-Za-z0-9._-]+")
# yes: GPL-3.0-only / AGPLv3 / GNU General Public License v3
# no:  LGPL-2.1 / MPL-2.0
_FORBIDDEN = re.compile(r"(?<![LA])\bGPL|\bAGPL|(?<!Lesser )(?<!Library )General Public License")


def required(name: str) -> dict[str, Distribution]:
    """Return the installed distributions that ``name`` needs, transitively, without its extras."""
    found: dict[str, Distribution] = {}
    queue = [name]
    while queue:
        key = queue.pop().lower().replace("_", "-")
        if key in found:
            continue
        try:
            found[key] = distribution(key)
        except PackageNotFoundError:
            continue  # only for another platform or Python
        for line in found[key].requires or ():
            if "extra ==" not in line and (match := _NAME.match(line)):
                queue.append(match[0])
    return found


def licence(package: Distribution) -> str:
    """Return what a distribution says of its licence: the expression, else the classifiers and the first line."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [c for c in about.get_all("Classifier") or () if c.startswith("License ::")]
    return " ".join(classifiers) or (about.get("License") or "").split("\n", 1)[0]


EXTRAS = ("duckdb", "pandas", "pyarrow", "ray")  # of those who use vnplan: "notebook", "store" and "ray"


def everything() -> dict[str, Distribution]:
    """Return what vnplan needs, with its extras where they are installed."""
    return {key: found for name in ("vnplan", *EXTRAS) for key, found in required(name).items()}


def test_no_dependency_is_under_the_gpl_or_agpl() -> None:
    packages = everything()
    assert len(packages) > 20
    assert {name: licence(package) for name, package in packages.items() if _FORBIDDEN.search(licence(package))} == {}


def test_every_dependency_states_its_licence() -> None:
    assert [name for name, package in everything().items() if not licence(package).strip()] == []


@pytest.mark.parametrize(
    "text", ["GPL-3.0-only", "AGPLv3", "License :: OSI Approved :: GNU Affero General Public License v3", "GNU GPL"]
)
def test_what_is_forbidden_is_recognised(text: str) -> None:
    assert _FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["LGPL-2.1", "GNU Lesser General Public License v3 (LGPLv3)", "MPL-2.0", "MIT"])
def test_what_is_allowed_is_not_refused(text: str) -> None:
    assert not _FORBIDDEN.search(text)


def test_what_the_package_imports_is_what_it_requires() -> None:
    modules = {
        (name or "").split(".")[0]
        for file in (ROOT / "vnplan").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    owners = packages_distributions()
    used = {owners[name][0].lower().replace("_", "-") for name in modules - sys.stdlib_module_names if name in owners}
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["options"]["install_requires"].split()
    stated = {match[0].lower() for line in lines if (match := _NAME.match(line))}
    assert used - {"vnplan", *EXTRAS} == stated


def test_every_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    assert {name for name in everything() if name not in pinned} - {"vnplan", "setuptools"} == set()
