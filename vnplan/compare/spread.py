"""One piece of work for each of many items, in several processes, with the same answers as in one."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

MOST_TOGETHER: Final = 100  # items that one process is handed at once
FEWEST: Final = 8  # items for which a process is worth its start
_work: list[Callable[[Any], list[Any]]] = []


def spread(work: Callable[[Any], list[Any]], items: Sequence[Any], *, workers: int) -> Iterator[Any]:
    """Yield all that ``work`` answers for each item, in the order of the items, from so many processes.

    What a process that was killed does not answer is worked out in this one.
    """
    if workers <= 1 or len(items) < workers * FEWEST:
        for item in items:
            yield from work(item)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    size = min(MOST_TOGETHER, -(-len(items) // (4 * workers)))
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    ways = multiprocessing.get_all_start_methods()
    # a process that is copied has the documents already; where there is no copying they are sent to each
    context = multiprocessing.get_context("fork" if "fork" in ways else None)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(work,)) as pool:
        handed = [(chunk, pool.submit(_answers, chunk)) for chunk in chunks]
        for chunk, future in handed:
            try:
                yield from future.result()
            except BrokenProcessPool:
                for item in chunk:
                    yield from work(item)


def _begin(work: Callable[[Any], list[Any]]) -> None:
    _work[:] = [work]
    gc.freeze()  # what was copied is not looked through for garbage, which would copy it in earnest


def _answers(items: Sequence[Any]) -> list[Any]:
    return [answer for item in items for answer in _work[0](item)]
