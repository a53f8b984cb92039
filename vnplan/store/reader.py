"""A store as it is read: DataFrames, SQL, documents, and the cascade of all of them."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnplan.errors import VnplanError
from vnplan.store.plan import Plan, open_folder
from vnplan.store.schema import TABLES, run_of
from vnplan.store.tables import need_pyarrow, read_columns, read_group, row_groups, whole_table

if TYPE_CHECKING:
    from vnplan.compare import Cascade
    from vnplan.model import Document
    from vnplan.report.view import Failure

_DOCUMENTS: Final = 64  # that are in memory at a time
_GROUPS: Final = 8


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document stands."""

    part: Path
    group: int
    row: int
    id: str
    sha256: str


def open_store(folder: str | os.PathLike[str]) -> Store:
    """Return the store that ``vnplan batch`` wrote into a folder.

    Raises VnplanError: ``no-store``, ``store-version`` for another schema, ``not-installed`` without pyarrow.
    """
    return Store(Path(folder))


class Store:
    """The tables of a store and its documents. It is read as it is when it is opened."""

    def __init__(self, folder: Path) -> None:
        need_pyarrow()
        self.folder = folder
        self.runs: list[dict[str, Any]] = open_folder(folder)["runs"]
        self.unfinished = Plan(folder).current() is not None
        self._parts = {table: _parts(folder / table) for table in TABLES}
        self._whole: OrderedDict[str, Document] = OrderedDict()
        self._groups: OrderedDict[tuple[Path, int], Any] = OrderedDict()

    def __repr__(self) -> str:
        return f"<Store {self.folder}: {len(self._places)} documents>"

    def __len__(self) -> int:
        return len(self._places)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables (docs/store.md)."""
        return tuple(TABLES)

    def table(self, name: str) -> Any:
        """Return a table as a ``pyarrow.Table``."""
        if name not in TABLES:
            raise KeyError(f"{name!r} is no table; the tables are {', '.join(TABLES)}")
        return whole_table(name, self._parts[name], self._keeps)

    def frame(self, name: str) -> Any:
        """Return a table as a ``pandas.DataFrame``."""
        return self.table(name).to_pandas()

    def sql(self, query: str) -> Any:
        """Return what a query in DuckDB's SQL finds, as a ``pandas.DataFrame``; the tables are views of their names.

        ``references`` is a word of SQL and is written in double quotes.
        """
        try:
            import duckdb
        except ImportError as error:
            raise VnplanError(
                "not-installed", "sql needs DuckDB; install it with: pip install 'vnplan[store]'"
            ) from error  # fmt: skip
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            for name, parts in self._parts.items():
                if parts and self._keeps is None:
                    relation = connection.read_parquet([str(part) for part in parts])
                else:
                    relation = connection.from_arrow(self.table(name))
                relation.create_view(name)
            return connection.sql(query).df()

    def document(self, id: str) -> Document:
        """Return the document with this identifier (URN:LEX), of this source, or of a file with this SHA-256.

        Of several texts under one identifier it is the one that a cascade has. KeyError where there is none.
        """
        if id in self._places:
            return self._load(id)
        sources = [source for source, place in self._places.items() if id in (place.id, place.sha256)]
        if not sources:
            raise KeyError(f"{self.folder}: no document {id}")
        from vnplan.compare.merging import merge

        return merge(self._load(source) for source in sources).nodes[0]

    def documents(self) -> Iterator[Document]:
        """Yield every document, in the order of its source; only a few are in memory at a time."""
        for source in self._places:
            yield self._load(source)

    def light_documents(self) -> Iterator[Document]:
        """Yield every document without its text, which is loaded when it is asked for: for a cascade."""
        from vnplan.store.light import light_document

        for path in self._parts["documents"]:
            for source, links in read_columns(path, ["source", "links"]):
                if self._places[source].part == path:
                    yield light_document(links, self._loader(source))

    def cascade(self) -> Cascade:
        """Return the cascade of all documents, the text of which is loaded when a comparison needs it."""
        from vnplan.compare import build_cascade

        return build_cascade(self.light_documents())

    def failures(self) -> list[Failure]:
        """Return what could not be read."""
        from vnplan.report.view import Failure

        found = []
        for path in self._parts["failures"]:
            for source, name, code, message in read_columns(path, ["source", "document", "code", "message"]):
                if self._keeps is None or self._keeps(path, source):
                    found.append(Failure(name, code, message))
        return found

    @cached_property
    def _places(self) -> dict[str, _Place]:
        found: dict[str, _Place] = {}
        for path in self._parts["documents"]:
            for group, rows in row_groups(path, ["source", "id", "sha256"]):
                for row, (source, id, sha256) in enumerate(rows):
                    if self._keeps is None or self._keeps(path, source):
                        found[source] = _Place(path, group, row, id, sha256)
        return found

    @cached_property
    def _keeps(self) -> Callable[[Path, str], bool] | None:
        """What tells which rows count, while a run that replaces some is not finished: those of the last run."""
        if not self.unfinished:
            return None
        last: dict[str, str] = {}
        for path in self._parts["sources"]:
            last.update((source, path.name) for (source,) in read_columns(path, ["source"]))
        return lambda path, source: last.get(source) == path.name

    def _loader(self, source: str) -> Callable[[], Document]:
        return lambda: self._load(source)

    def _load(self, source: str) -> Document:
        """Return a whole document, from the few that are in memory or from its part."""
        from vnplan.codec import decode_document

        if source in self._whole:
            self._whole.move_to_end(source)
            return self._whole[source]
        place = self._places[source]
        key = place.part, place.group
        if key not in self._groups:
            self._groups[key] = read_group(place.part, place.group, "record")
            while len(self._groups) > _GROUPS:
                self._groups.popitem(last=False)
        self._groups.move_to_end(key)
        document = self._whole[source] = decode_document(self._groups[key][place.row].as_py().encode())
        while len(self._whole) > _DOCUMENTS:
            self._whole.popitem(last=False)
        return document


def _parts(folder: Path) -> list[Path]:
    names: list[str] = []
    with suppress(FileNotFoundError):
        names = [name for name in os.listdir(folder) if run_of(name)]
    return [folder / name for name in sorted(names, key=lambda name: (run_of(name), name))]
