"""Themes: tasks of many plans that do alike things, so that provinces can be laid beside each other.

The only module that imports scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from vnplan.compare.evidence import task_evidence
from vnplan.compare.words import contents, plain
from vnplan.model import Document, Evidence

ALIKE: Final = 0.35  # mean cosine of the tasks of a theme, at least
MOST_TASKS: Final = 6_000  # that are grouped at once: the distances of all pairs take 290 MB
_FEWEST: Final = 2  # terms of a task; one with fewer says too little to be laid beside others


@dataclass(frozen=True)
class Theme:
    """Tasks that do alike things: ``words`` are those of the task nearest to all, ``tasks`` all by document."""

    words: str
    tasks: tuple[tuple[str, Evidence], ...] = field(repr=False)  # identifier of the document, the task

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that have a task of the theme, in the order in which they were given."""
        return tuple(dict.fromkeys(document for document, _ in self.tasks))


def themes(documents: Iterable[Document], *, alike: float = ALIKE) -> tuple[Theme, ...]:
    """Return the tasks of all documents in themes, each task in one; the theme of most documents first.

    Tasks are weighed by their terms (TF-IDF) and joined by the mean cosine (average linkage) while that is at least
    ``alike`` (0 to 1). What is said in quite other words is another theme. Raises ValueError for more than 6,000 tasks
    and for an ``alike`` that lies outside.
    """
    if not 0 < alike <= 1:
        raise ValueError(f"alike is {alike}; it must lie between 0 and 1")
    found = [(document, task) for document in documents for task in document.tasks]
    terms = [contents(plain(document.quote(task.span))) for document, task in found]
    told = [n for n, row in enumerate(terms) if len(set(row)) >= _FEWEST]
    if len(told) > MOST_TASKS:
        raise ValueError(f"{len(told)} tasks are too many to be grouped at once; the most are {MOST_TASKS}")
    if not told:
        return ()
    made = []
    for group in _groups([terms[n] for n in told], alike):
        rows = [told[position] for position, _ in group]
        centre = told[max(group, key=lambda one: one[1])[0]]
        own = tuple((found[n][0].id, task_evidence(*found[n])) for n in rows)
        made.append(Theme(" ".join(found[centre][0].quote(found[centre][1].span).split()), own))
    return tuple(sorted(made, key=lambda theme: (-len(theme.documents), -len(theme.tasks))))


def _groups(terms: list[tuple[str, ...]], alike: float) -> list[list[tuple[int, float]]]:
    """Return the positions of alike rows of terms, each with its mean cosine to the others, in order."""
    if len(terms) == 1:
        return [[(0, 1.0)]]
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    weighed = TfidfVectorizer(analyzer=lambda row: row, sublinear_tf=True).fit_transform(terms)
    cosine = (weighed @ weighed.T).toarray()
    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - alike
    ).fit_predict(1 - cosine)
    groups: dict[int, list[int]] = {}
    for position, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(position)
    return [[(n, float(cosine[n, group].mean())) for n in group] for group in groups.values()]
