"""The tables of a store and their columns, which other programs rely on.

A change of a column's name, type or meaning is a new :data:`SCHEMA`; a column more is not.
"""

from __future__ import annotations

from typing import Final

SCHEMA: Final = 1
METADATA: Final = b"vnplan.schema"  # key in the metadata of each Parquet file

Columns = dict[str, str]  # name and type: text, int, float, bool, texts (a list of text)

_OWNER: Final[Columns] = {"source": "text", "document": "text", "id": "text"}
_ITEM: Final[Columns] = {**_OWNER, "position": "int", "path": "text"}
_WORDS: Final[Columns] = {"quote": "text", "start": "int", "end": "int"}
HEADER: Final = ("kind", "number", "date", "place", "issuer", "level", "jurisdiction", "subject", "period")
SIGNATORY: Final = ("name", "position", "capacity")

TABLES: Final[dict[str, Columns]] = {
    "sections": {
        **_ITEM, "label": "text", "heading": "text", "role": "text", "kind": "text", "parent": "int", "leaf": "bool",
        "page": "int", "text": "text", "start": "int", "end": "int",
    },
    "references": {
        **_ITEM, "kind": "text", "number": "text", "date": "text", "issuer": "text", "relation": "text",
        "subject": "text", "provision": "text", "cites": "text", **_WORDS,
    },
    "targets": {
        **_ITEM, "low": "float", "high": "float", "comparator": "text", "unit": "text", "population": "text",
        "outcome": "text", "condition": "text", "commitment": "text", "horizon": "text", "horizon_source": "text",
        "per": "text", "baseline": "text", "role": "text", **_WORDS,
    },
    "tasks": {
        **_ITEM, "lead": "texts", "coordinating": "texts", "deadline": "text", "bound": "text", "product": "text",
        "clauses": "texts", "reported": "bool", **_WORDS,
    },
    "agencies": {**_ITEM, "name": "text", "level": "text", "jurisdiction": "text", "is_class": "bool", **_WORDS},
    "deadlines": {**_ITEM, "type": "text", "value": "text", "bound": "text", "rrule": "text", **_WORDS},
    "problems": {**_OWNER, "position": "int", "code": "text", "message": "text", **_WORDS},
    "documents": {
        **_OWNER, "sha256": "text", "media_type": "text", "medium": "text", "text_from": "text", "pages": "int",
        **dict.fromkeys(HEADER, "text"), **{f"signatory_{name}": "text" for name in SIGNATORY}, "recipients": "texts",
        "text": "text", "links": "text", "record": "text",
    },
    "failures": {"source": "text", "document": "text", "sha256": "text", "code": "text", "message": "text"},
    "sources": {
        "source": "text", "document": "text", "sha256": "text", "status": "text", "same_as": "text", "rules": "text",
    },
}  # fmt: skip
"""Every table, in the order in which the files of a part are put in place: ``sources`` last."""


def part_name(run: int, chunk: int) -> str:
    """Return the name of the files of one part.

    >>> part_name(1, 12)
    'part-00001-00012.parquet'
    """
    return f"part-{run:05d}-{chunk:05d}.parquet"


def run_of(name: str) -> int:
    """Return the number of the run that a file belongs to, 0 for a file of another name.

    >>> run_of("part-00003-00012.parquet"), run_of("other.parquet")
    (3, 0)
    """
    words = name.removesuffix(".parquet").split("-")
    return int(words[1]) if len(words) == 3 and words[0] == "part" and words[1].isdecimal() else 0
