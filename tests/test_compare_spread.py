"""Work in several processes."""

from __future__ import annotations

import os
from functools import partial

import pytest

from vnplan.compare.spread import spread

ITEMS = list(range(40))


def doubled(item: int) -> list[int]:
    return [2 * item]


def dying(item: int, *, here: int) -> list[int]:
    if item == 7 and os.getpid() != here:
        os._exit(1)
    return [2 * item]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_answers_come_in_the_order_of_the_items(workers: int):
    assert list(spread(doubled, ITEMS, workers=workers)) == [2 * item for item in ITEMS]


def test_what_a_process_that_dies_leaves_open_is_worked_out_here():
    assert list(spread(partial(dying, here=os.getpid()), ITEMS, workers=2)) == [2 * item for item in ITEMS]


def test_few_items_are_not_worth_a_process():
    assert list(spread(lambda item: [item + os.getpid()], [1, 2], workers=2)) == [1 + os.getpid(), 2 + os.getpid()]
