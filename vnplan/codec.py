"""Documents as JSON and back: what worker processes send and what a store keeps. Never pickle.

What can be made again is left out: the cleaned text is the printed one with its tones placed, and where it stands in
the text that was read is written as runs.
"""

from __future__ import annotations

from array import array
from typing import Any, Final

from vnplan.model import (
    Agency,
    Deadline,
    Document,
    Paragraph,
    Problem,
    Reference,
    Source,
    Structure,
    Target,
    Task,
    Text,
)
from vnplan.text import place_tones

VERSION: Final = 2
_LAYERS: Final = {
    "references": tuple[Reference, ...],
    "targets": tuple[Target, ...],
    "results": tuple[Target, ...],
    "tasks": tuple[Task, ...],
    "agencies": tuple[Agency, ...],
    "deadlines": tuple[Deadline, ...],
    "problems": tuple[Problem, ...],
}


def encode_document(document: Document) -> bytes:
    """Return the document as JSON in UTF-8, on one line.

    A lone surrogate, which no UTF-8 has, is written as U+FFFD: every position stays what it was.
    """
    import msgspec

    record = {"version": VERSION, "source": document.source, **_record(document)}
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(record)))


def decode_document(data: bytes) -> Document:
    """Return the document that :func:`encode_document` wrote.

    Raises ValueError for anything else; every value is checked against the types of the model.
    """
    import msgspec

    try:
        record = msgspec.json.decode(data)
        if not isinstance(record, dict) or record.get("version") != VERSION:
            raise ValueError(f"this is no document of version {VERSION}")
        source = msgspec.convert(record["source"], Source)
        return _document(record, source)
    except (msgspec.MsgspecError, KeyError, TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"this is no document that vnplan wrote ({type(error).__name__}: {error})") from error


def _record(document: Document) -> dict[str, Any]:
    text = document.text
    return {
        "id": document.id,
        "printed": text.printed,
        "runs": _runs(text.offsets),
        "paragraphs": text.paragraphs,
        "text_problems": text.problems,
        "structure": document.structure,
        **{layer: getattr(document, layer) for layer in _LAYERS},
        "split": [_record(one) for one in document.split],
    }


def _document(record: dict[str, Any], source: Source) -> Document:
    import msgspec

    printed = msgspec.convert(record["printed"], str)
    text = Text(
        source.text,
        place_tones(printed),
        printed,
        _offsets(msgspec.convert(record["runs"], list[int]), len(printed)),
        msgspec.convert(record["paragraphs"], tuple[Paragraph, ...]),
        msgspec.convert(record["text_problems"], tuple[Problem, ...]),
    )
    return Document(
        msgspec.convert(record["id"], str),
        source,
        text,
        msgspec.convert(record["structure"], Structure),
        **{layer: msgspec.convert(record[layer], kind) for layer, kind in _LAYERS.items()},
        split=tuple(_document(one, source) for one in record["split"]),
    )


def _runs(offsets: array[int]) -> list[int]:
    """Return the offsets as a flat list of starts and lengths of runs in which each is one more than the one before."""
    runs: list[int] = []
    start = before = -2
    for offset in offsets:
        if offset != before + 1:
            if start >= 0:
                runs += (start, before + 1 - start)
            start = offset
        before = offset
    if start >= 0:
        runs += (start, before + 1 - start)
    return runs


def _offsets(runs: list[int], size: int) -> array[int]:
    """Return the offsets that the runs tell; ValueError where these are not ``size``, before room is made for them."""
    if len(runs) % 2 or min(runs, default=0) < 0 or sum(runs[1::2]) != size:
        raise ValueError("the runs of this document do not fit its text")
    offsets = array("I")
    for start, length in zip(runs[::2], runs[1::2], strict=True):
        offsets.extend(range(start, start + length))
    return offsets


def _encodable(value: Any) -> Any:
    """Return builtins without lone surrogates; nested no deeper than the model is."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in value)
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
