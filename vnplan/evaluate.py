"""Scores of what vnplan extracts against gold annotations (the format is in docs/evaluation.md)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vnplan.document import read
from vnplan.errors import VnplanError
from vnplan.evaluate_rows import LAYERS, compare_rows, unread_rows
from vnplan.evaluate_scores import Evaluation, Miss, Score
from vnplan.model import Document

__all__ = ["LAYERS", "Evaluation", "Miss", "Score", "evaluate", "find_annotations", "read_annotation", "score_document"]


def evaluate(
    gold: str | Path, documents: Iterable[str | Path] = (), *, without: Collection[str] = ()
) -> Evaluation:  # fmt: skip
    """Return the scores of the documents that the gold files under ``gold`` annotate.

    A document is looked for beside its gold file, then in the folders ``documents``. Folders named in ``without`` are
    passed over. Raises :class:`~vnplan.errors.VnplanError` when ``gold`` holds no gold file or a document of one is
    nowhere.
    """
    folder = Path(gold)
    files = list(find_annotations(folder, "*.gold.json", without))
    if not files:
        raise VnplanError("no-gold", f"{folder}: no file named *.gold.json; give the folder that holds the annotations")
    result = Evaluation()
    for file in files:
        annotation = read_annotation(file)
        path = _locate(annotation["document"], [file.parent, *map(Path, documents)])
        if path is None:
            raise VnplanError(
                "no-document",
                f"{file}: its document {annotation['document']} is in no folder; name one with --documents",
            )
        name = (file.parent.relative_to(folder) / annotation["document"]).as_posix()
        try:
            document = read(path)
        except VnplanError as error:
            result.failures[name] = error.code
            result.add(name, unread_rows(annotation))
            continue
        score_document(result, name, annotation, document)
    return result


def find_annotations(folder: Path, pattern: str, without: Collection[str] = ()) -> Iterator[Path]:
    """Yield the files of a pattern below a folder, sorted, but those in folders of the names ``without``."""
    for file in sorted(folder.rglob(pattern)):
        if not set(file.relative_to(folder).parts[:-1]) & set(without):
            yield file


def read_annotation(file: Path) -> dict[str, Any]:
    """Return the annotation in a file; raises VnplanError when it is none."""
    try:
        annotation = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise VnplanError("bad-gold", f"{file}: it is not JSON ({error}); mend it") from error
    if not isinstance(annotation, dict) or not isinstance(annotation.get("document"), str):
        raise VnplanError("bad-gold", f'{file}: it does not say which file it annotates; add the key "document"')
    return annotation


def _locate(name: str, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
        for path in sorted(folder.rglob(name)):
            return path
    return None


def score_document(result: Evaluation, name: str, annotation: Mapping[str, Any], document: Document) -> None:
    """Add the scores of one document against its annotation to ``result``."""
    result.add(name, compare_rows(annotation, document), document)
