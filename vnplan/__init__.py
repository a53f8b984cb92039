"""vnplan reads Vietnam's administrative plans and shows what a plan keeps, weakens or drops of the decision above it.

>>> import vnplan
>>> document = vnplan.parse("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu 95% hộ dân được dùng nước sạch.")
>>> [(target.low, target.unit) for target in document.targets]
[(95.0, '%')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vnplan.compare import Audit, Cascade, audit, build_cascade
    from vnplan.document import parse, read
    from vnplan.errors import VnplanError
    from vnplan.evaluate import evaluate
    from vnplan.model import Document, Finding

__version__ = "0.1.0"
__all__ = [
    "Audit", "Cascade", "Document", "Finding", "VnplanError", "__version__",
    "audit", "build_cascade", "evaluate", "parse", "read",
]  # fmt: skip

# Each public name and the module that holds it; the module is imported when the name is first used.
_HOMES = {
    "Audit": "vnplan.compare",
    "Cascade": "vnplan.compare",
    "Document": "vnplan.model",
    "Finding": "vnplan.model",
    "VnplanError": "vnplan.errors",
    "audit": "vnplan.compare",
    "build_cascade": "vnplan.compare",
    "evaluate": "vnplan.evaluate",
    "parse": "vnplan.document",
    "read": "vnplan.document",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
