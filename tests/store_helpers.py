"""Small stores, and what stands in them, for the tests of vnplan.store."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from report_samples import PLAN

from vnplan.store.run import Summary, fill_store
from vnplan.store.schema import TABLES

CHUNK = 4


def write_plans(folder: Path, count: int, *, first: int = 0) -> None:
    """Write so many plans, of which no two have the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        words = f"- Phấn đấu {number % 90 + 10}% hộ dân của thôn {number} được dùng nước sạch.\nII. NHIỆM VỤ"
        (folder / f"kh-{number:03d}.txt").write_text(PLAN.replace("II. NHIỆM VỤ", words), encoding="utf-8")


def fill(store: Path, *given: Path | str, workers: int = 1, **options: Any) -> Summary:
    """Fill a store in small chunks."""
    return fill_store(store, [str(path) for path in given], workers=workers, **{"chunk": CHUNK, **options})


def digests(store: Path) -> dict[str, str]:
    """Return the digest of every Parquet file of a store."""
    return {
        path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(store.rglob("*.parquet"))
    }


def rows(store: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in the order of its files."""
    import pyarrow.parquet

    assert table in TABLES
    found: list[dict[str, Any]] = []
    for path in sorted((store / table).glob("*.parquet")):
        found += pyarrow.parquet.read_table(path, use_threads=False).to_pylist()
    return found


def column(store: Path, table: str, name: str) -> list[Any]:
    """Return one column of a table."""
    return [row[name] for row in rows(store, table)]
