"""Links that have to be looked at again: what stands above them was amended, replaced, repealed, or reads otherwise.

Each link carries a stamp of the parent's words that it rests on, so that two readings can be told apart.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from vnplan.compare.evidence import reference_evidence
from vnplan.model import Document, Edge, Reference, Section, Suspicion
from vnplan.text import fold

if TYPE_CHECKING:
    from vnplan.compare.resolving import Row

_CHANGES: Final[dict[str, Literal["amended", "replaced", "repealed"]]] = {
    "amends": "amended", "replaces": "replaced", "repeals": "repealed",
}  # fmt: skip
_DIGITS: Final = 16  # of the hash
# yes: Điều 5 / khoản 2 Điều 5 / điểm a khoản 2 Điều 5
# no:  Điều lệ
_ARTICLE = re.compile(r"[Đđ]iều[ ]([0-9]{1,3}[a-zđ]?)(?![\w])")
_CLAUSE = re.compile(r"[Kk]hoản[ ]([0-9]{1,2})(?![\w])")
_POINT = re.compile(r"[Đđ]iểm[ ]([a-zđ])(?![\w])")
# yes: Mục II / Phần I / Chương III
# no:  mục tiêu
_CHAPTER = re.compile(r"(?:[Mm]ục|[Pp]hần|[Cc]hương)[ ]([IVXLC]{1,7}|[0-9]{1,2})(?![\w])")


def stamp_of(document: Document, provision: str | None = None) -> str:
    """Return the stamp of a provision of a document, of all of it where there is no such provision.

    How the words are broken into lines, and the case of their letters, make no difference.
    """
    section = _section(document, provision) if provision else None
    raw = document.text.raw[section.span.start : section.span.end] if section else document.text.clean
    return hashlib.sha256(" ".join(fold(raw).split()).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _section(document: Document, provision: str) -> Section | None:
    """Return the innermost section that a provision names and the document has."""
    article, chapter = _ARTICLE.search(provision), _CHAPTER.search(provision)
    if article is None and chapter is None:
        return None
    path = f"Điều {article[1]}" if article else chapter[1]  # type: ignore[index]
    by_path = {section.path: section for section in reversed(document.sections)}
    found = by_path.get(path)
    for pattern in (_CLAUSE, _POINT) if article else ():
        step = pattern.search(provision)
        if found is None or step is None:
            break
        inner = by_path.get(f"{found.path}.{step[1]}")
        if inner is None:
            break
        found = inner
    return found


def with_stamps(edges: Iterable[Edge], documents: Sequence[Document]) -> list[Edge]:
    """Return the edges with the stamps of the parents that are there."""
    known = {document.id: document for document in documents}
    stamps: dict[tuple[str, str | None], str] = {}
    stamped = []
    for edge in edges:
        parent = known.get(edge.parent)
        if parent is not None:
            key = (edge.parent, edge.provision)
            if key not in stamps:
                stamps[key] = stamp_of(parent, edge.provision)
            edge = replace(edge, stamp=stamps[key])
        stamped.append(edge)
    return stamped


def with_suspicions(edges: Iterable[Edge], mentions: Iterable[Row], documents: Sequence[Document]) -> list[Edge]:
    """Return the edges, suspect where a third document changes the parent, or the provision that the link names."""
    known = {document.id: document for document in documents}
    changes: defaultdict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for child, reference, node, _, _ in mentions:
        if reference.relation in _CHANGES and child != node and child in known:
            changes[node].append((child, reference))
    marked = []
    for edge in edges:
        found: dict[tuple[str, str], Suspicion] = {}
        for by, reference in changes.get(edge.parent, ()):
            if by != edge.child and _touch(edge.provision, reference.provision):
                why = _CHANGES[reference.relation]
                found.setdefault((why, by), Suspicion(why, by, reference_evidence(known[by], reference)))
        marked.append(replace(edge, suspect=tuple(found.values())) if found else edge)
    return marked


def _touch(one: str | None, other: str | None) -> bool:
    """Return whether two provisions of one document may overlap: not those of two different articles."""
    left, right = set(_ARTICLE.findall(one or "")), set(_ARTICLE.findall(other or ""))
    return not left or not right or bool(left & right)


def stamps_of(record: Any) -> dict[tuple[str, str], str | None]:
    """Return the stamps in the JSON of an earlier audit by child and parent; raises ValueError for anything else."""
    try:
        return {(edge["child"], edge["parent"]): edge["stamp"] for edge in record["edges"]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is no audit with stamped links ({type(error).__name__}: {error})") from error


def since(edges: Iterable[Edge], before: Mapping[tuple[str, str], str | None]) -> tuple[Edge, ...]:
    """Return the edges, suspect where the words that they rest on are not those of an earlier reading.

    ``before`` has the stamps of that reading by child and parent.
    """
    return tuple(
        replace(edge, suspect=(*edge.suspect, Suspicion("changed")))
        if edge.stamp and (earlier := before.get((edge.child, edge.parent))) and earlier != edge.stamp
        else edge
        for edge in edges
    )
