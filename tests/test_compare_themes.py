"""Themes: alike tasks of many plans."""

from __future__ import annotations

import pytest
from compare_builder import COMMON, CREDIT, QUALITY, Duty, make, plan

from vnplan.compare.themes import Theme, themes

OTHER = Duty("Trồng rừng phòng hộ ven biển, khoán bảo vệ rừng cho hộ gia đình")
REWORDED = Duty("Tổ chức xét nghiệm nước sinh hoạt tại giếng khoan và vòi nước công cộng")


def of(words: str, found: tuple[Theme, ...]) -> Theme:
    """Return the theme that holds a task with these words."""
    (theme,) = [one for one in found if any(evidence.quote == words for _, evidence in one.tasks)]
    return theme


def test_alike_tasks_of_two_plans_are_one_theme_and_the_commonest_comes_first():
    one = plan(duties=(QUALITY, CREDIT))
    other = make("other.txt", "district", number="3/KH-UBND", duties=(REWORDED, OTHER))
    found = themes([one, other])
    assert of(QUALITY.words, found) == of(REWORDED.words, found) == found[0]
    assert found[0].documents == (one.id, other.id)
    assert of(OTHER.words, found).documents == (other.id,)
    assert of(CREDIT.words, found).documents == (one.id,)


def test_every_task_is_in_one_theme_with_its_words():
    documents = [plan(), make("other.txt", "district", number="3/KH-UBND", duties=(*COMMON, OTHER))]
    found = themes(documents)
    held = [(id, evidence.span) for theme in found for id, evidence in theme.tasks]
    assert sorted(held) == sorted((d.id, task.span) for d in documents for task in d.tasks)
    assert len(found) == len(COMMON) + 1
    assert all(theme.words in {" ".join(evidence.quote.split()) for _, evidence in theme.tasks} for theme in found)


def test_without_tasks_there_are_no_themes_and_one_task_is_one():
    assert themes([]) == () == themes([plan(duties=())])
    (theme,) = themes([plan(duties=(OTHER,))])
    assert theme.words == OTHER.words


def test_the_stricter_the_more_themes():
    documents = [plan(duties=(QUALITY,)), make("other.txt", "district", number="3/KH-UBND", duties=(REWORDED,))]
    assert len(themes(documents)) == 1
    assert len(themes(documents, alike=1.0)) == 2


@pytest.mark.parametrize("alike", [0, -1, 1.5, float("nan")])
def test_a_likeness_that_is_none_is_refused(alike):
    with pytest.raises(ValueError, match="between 0 and 1"):
        themes([plan()], alike=alike)


def test_more_tasks_than_can_be_grouped_are_refused(monkeypatch):
    monkeypatch.setattr("vnplan.compare.themes.MOST_TASKS", 3)
    with pytest.raises(ValueError, match="too many"):
        themes([plan()])
