"""vnplan reads Vietnam's administrative plans and shows what a plan keeps, weakens or drops of the decision above it.

>>> import vnplan
>>> document = vnplan.parse("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu 95% hộ dân được dùng nước sạch.")
>>> [(target.low, target.unit) for target in document.targets]
[(95.0, '%')]
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vnplan.compare import Audit, Cascade, Matrix, Progress, audit, build_cascade, matrix, progress
    from vnplan.document import parse, read
    from vnplan.errors import VnplanError
    from vnplan.evaluate import evaluate
    from vnplan.model import Document, Finding
    from vnplan.store.reader import open_store

__version__ = "0.1.0"
__all__ = [
    "Audit", "Cascade", "Document", "Finding", "Matrix", "Progress", "VnplanError", "__version__",
    "audit", "build_cascade", "evaluate", "matrix", "open_store", "parse", "progress", "read",
]  # fmt: skip

# Each public name and the module that holds it; the module is imported when the name is first used.
_HOMES = {
    "Audit": "vnplan.compare",
    "Cascade": "vnplan.compare",
    "Document": "vnplan.model",
    "Finding": "vnplan.model",
    "Matrix": "vnplan.compare",
    "Progress": "vnplan.compare",
    "VnplanError": "vnplan.errors",
    "audit": "vnplan.compare",
    "build_cascade": "vnplan.compare",
    "evaluate": "vnplan.evaluate",
    "matrix": "vnplan.compare",
    "open_store": "vnplan.store.reader",
    "parse": "vnplan.document",
    "progress": "vnplan.compare",
    "read": "vnplan.document",
}


class _Package(ModuleType):
    """Loads public names when they are first used; a module of the same name does not hide ``vnplan.read``."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted(__all__)


sys.modules[__name__].__class__ = _Package
