"""Parquet files: the only module that knows pyarrow. The same rows give the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from vnplan.errors import VnplanError
from vnplan.store.rows import Row
from vnplan.store.schema import METADATA, SCHEMA, TABLES

_ROWS: Final = {"documents": 25}  # in a row group: one document is found without unpacking many others
_MOST_ROWS: Final = 20_000
_MOST_BYTES: Final = 8_000_000  # of the records of documents, after which a row group ends
_LONG: Final = frozenset({"text", "record", "links", "quote", "message"})  # columns in which little repeats


def need_pyarrow() -> Any:
    """Return pyarrow; VnplanError that says what to install where it is missing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        what = "a store needs pyarrow; install it with: pip install 'vnplan[store]'"
        raise VnplanError("not-installed", what) from error
    return pyarrow


def arrow_schema(table: str) -> Any:
    """Return the columns of a table for Parquet, with the version of the schema as metadata."""
    arrow = need_pyarrow()
    types = {
        "text": arrow.string(), "int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }  # fmt: skip
    fields = [arrow.field(name, types[kind]) for name, kind in TABLES[table].items()]
    return arrow.schema(fields, metadata={METADATA: str(SCHEMA).encode()})


class PartWriter:
    """Writes the files of one part into a folder that nobody reads, and puts them in place when all are whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._writers = {table: _writer(table, folder / f"{table}-{name}") for table in TABLES}
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._bytes = 0

    def add(self, table: str, row: Row) -> None:
        """Add a row to a table."""
        self._rows[table].append(row)
        if len(self._rows[table]) >= _ROWS.get(table, _MOST_ROWS):
            self._flush(table)

    def count(self, size: int) -> None:
        """Count the bytes of a document whose rows were added; when there are many, all row groups end."""
        self._bytes += size
        if self._bytes >= _MOST_BYTES:
            self._bytes = 0
            for table in TABLES:
                self._flush(table)

    def _flush(self, table: str) -> None:
        rows, self._rows[table] = self._rows[table], []
        if rows:
            arrow, schema = need_pyarrow(), arrow_schema(table)
            columns = [
                arrow.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            self._writers[table].write_table(arrow.Table.from_arrays(columns, schema=schema))

    def close(self, store: Path) -> None:
        """Finish the files and move them into the folders of their tables."""
        for table in TABLES:
            self._flush(table)
            self._writers[table].close()
        moves = [(self._folder / f"{table}-{self._name}", store / table / self._name) for table in TABLES]
        put_in_place(moves[:-1])
        put_in_place(moves[-1:])  # the sources: where they are, all the others are

    def drop(self) -> None:
        """Close and remove the files."""
        for table, writer in self._writers.items():
            with suppress(Exception):
                writer.close()
            with suppress(OSError):
                os.unlink(self._folder / f"{table}-{self._name}")


def _writer(table: str, path: Path) -> Any:
    names = [name for name in TABLES[table] if name not in _LONG]
    repeated = [name for name in names if TABLES[table][name].startswith("text")]
    return need_pyarrow().parquet.ParquetWriter(
        path, arrow_schema(table), compression="zstd", use_dictionary=_leaves(table, repeated),
        write_statistics=_leaves(table, names),
    )  # fmt: skip


def _leaves(table: str, names: Sequence[str]) -> list[str]:
    """Return the names of columns as Parquet has them: a list has its items below it."""
    return [f"{name}.list.element" if TABLES[table][name] == "texts" else name for name in names]


def put_in_place(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move files that are whole to where they are read, in this order, so that they stay there after a power cut."""
    for made, _ in moves:
        sync(made)
    for made, target in moves:
        os.replace(made, target)
    for folder in sorted({target.parent for _, target in moves}):
        sync(folder)


def sync(path: Path) -> None:
    """Have a file or folder written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_columns(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a Parquet file, some columns of them."""
    for _, rows in row_groups(path, columns):
        yield from rows


def open_part(path: Path) -> Any:
    """Return an open Parquet file of a store; VnplanError where another version of vnplan wrote it."""
    with _whole(path):
        file = need_pyarrow().parquet.ParquetFile(path)
    version = (file.schema_arrow.metadata or {}).get(METADATA, b"?").decode("ascii", "replace")
    if version != str(SCHEMA):
        raise VnplanError("store-version", wrong_version(str(path), version))
    return file


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Raise VnplanError for a file that is damaged; one that is gone stays FileNotFoundError."""
    arrow = need_pyarrow()
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, arrow.ArrowException) as error:
        what = f"{path}: this is no whole Parquet file ({error}); get the store again, or make it anew"
        raise VnplanError("no-store", what) from error


def wrong_version(what: str, version: object) -> str:
    """Return the message for a store that another version of vnplan wrote."""
    return f"{what}: the store has schema {version}, this vnplan knows {SCHEMA}; make it anew, or use its own vnplan"


def without_rows(path: Path, made: Path, unwanted: Callable[[str], bool]) -> int | None:
    """Write a file without the rows of some sources to ``made``; return how many stay, None where all do."""
    arrow = need_pyarrow()
    file = open_part(path)
    sources = file.read(columns=["source"], use_threads=False).column("source").to_pylist()
    keep = [not unwanted(source) for source in sources]
    if all(keep):
        return None
    start = 0
    with _writer(path.parent.name, made) as writer:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, use_threads=False)
            writer.write_table(rows.filter(arrow.array(keep[start : start + rows.num_rows], arrow.bool_())))
            start += rows.num_rows
    return sum(keep)


def row_groups(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yield the number of each row group of a file and its rows, some columns of them."""
    file = open_part(path)
    for group in range(file.num_row_groups):
        with _whole(path):
            table = file.read_row_group(group, columns=list(columns), use_threads=False)
        yield group, list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def read_group(path: Path, group: int, column: str) -> Any:
    """Return one column of one row group, whose values become Python's when they are asked for (``[n].as_py()``)."""
    file = open_part(path)
    with _whole(path):
        return file.read_row_group(group, columns=[column], use_threads=False).column(0)


def whole_table(table: str, parts: Sequence[Path], keep: Callable[[Path, str], bool] | None) -> Any:
    """Return the parts of a table as one pyarrow Table; ``keep`` tells by part and source which rows count."""
    arrow = need_pyarrow()
    found = []
    for path in parts:
        file = open_part(path)
        with _whole(path):
            one = file.read(use_threads=False)
        if keep is not None:
            sources = one.column("source").to_pylist()
            one = one.filter(arrow.array([keep(path, source) for source in sources], arrow.bool_()))
        found.append(one)
    return arrow.concat_tables(found) if found else arrow_schema(table).empty_table()
