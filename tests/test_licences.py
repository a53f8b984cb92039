"""No dependency, direct or not, is under the GPL or AGPL."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

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


def test_no_dependency_is_under_the_gpl_or_agpl() -> None:
    packages = required("vnplan")
    assert len(packages) > 20
    assert {name: licence(package) for name, package in packages.items() if _FORBIDDEN.search(licence(package))} == {}
