"""What the worker processes of a run do: read one source, or write one part of the tables."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any, Final

from vnplan.limits import LIMITS
from vnplan.read.progress import page_done
from vnplan.store.sources import Item, load_line

READ: Final = "vnplan.store.work:read_item"
START: Final = 60.0  # seconds for a fresh worker to load what it needs
_SAMPLE: Final = "KẾ HOẠCH\nI. MỤC TIÊU\n- Phấn đấu 95% hộ dân được dùng nước.\nII. NHIỆM VỤ\n1. Sở Y tế chủ trì."


def read_request(item: Item) -> dict[str, Any]:
    """Return the request that :func:`read_item` answers."""
    return {
        "path": item.path, "member": item.member, "name": item.name, "at": item.at, "limits": asdict(LIMITS),
    }  # fmt: skip


@cache
def _begin() -> None:
    """Load what every document needs, and say then that the time of the first one begins."""
    from vnplan import document

    document.parse(_SAMPLE)
    page_done()


def read_item(request: dict[str, Any]) -> bytes:
    """Return the document of a source as JSON. Raises VnplanError."""
    from vnplan import batch, document
    from vnplan.codec import encode_document

    _begin()
    if request["at"] is None:
        return batch.read_request(request)
    start, size = request["at"]
    item = Item(request["path"], request["member"], request["name"], None, (start, size))
    return encode_document(document.read_member(item.name, load_line(item), charset="utf-8"))
