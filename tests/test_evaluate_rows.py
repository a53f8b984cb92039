"""Rows of gold beside rows of output: strict words, whole rows, and where they stand."""

from __future__ import annotations

from dataclasses import replace

from test_evaluate import at, gold, made

from vnplan.evaluate_rows import Row, compare_rows
from vnplan.model import Block, Span


def rows(layer: str, annotation=None, document=None) -> list[Row]:
    return [row for row in compare_rows(annotation or gold(), document or made()) if row.layer == layer]


def test_rows_that_agree_are_right_strict_and_whole():
    for row in compare_rows(gold(), made()):
        assert (row.state, row.strict, row.whole) == ("right", True, True), row


def test_other_words_are_found_and_not_strict():
    first = replace(made().targets[0], span=at("95% hộ nghèo"))
    found = rows("targets", document=replace(made(), targets=(first, made().targets[1])))
    assert [(row.state, row.strict) for row in found] == [("right", False), ("right", True)]


def test_punctuation_at_the_ends_is_no_other_word():
    first = replace(made().targets[0], span=at("- 95% hộ nghèo được hỗ trợ;"))
    assert rows("targets", document=replace(made(), targets=(first, made().targets[1])))[0].strict


def test_a_task_is_strict_when_it_begins_where_the_gold_begins_at_its_path():
    assert all(row.strict for row in rows("tasks"))
    moved = replace(made().tasks[0], path="II.9")
    assert not rows("tasks", document=replace(made(), tasks=(moved, made().tasks[1])))[0].strict


def test_a_value_that_differs_makes_a_row_differ():
    annotation = gold()
    annotation["targets"][0]["population"] = "hộ cận nghèo"
    row = rows("targets", annotation)[0]
    assert (row.state, row.whole) == ("differs", False)
    assert [(field.name, field.found) for field in row.fields if not field.agrees] == [("population", "hộ nghèo")]


def test_uncertain_rows_count_nothing_and_have_no_fields():
    annotation = gold()
    annotation["targets"][0]["uncertain"] = True
    row = rows("targets", annotation)[0]
    assert (row.state, row.counts, row.fields) == ("uncertain", (0, 0, 0), ())


def test_rows_of_one_paragraph_are_several_and_of_two_are_not():
    assert [row.several for row in rows("targets")] == [True, True]
    assert [row.several for row in rows("tasks")] == [False, False]


def test_a_row_stands_in_the_preamble_a_sentence_a_list_or_a_table():
    assert [row.place for row in rows("references")] == ["preamble"]
    assert [row.place for row in rows("tasks")] == ["sentence", "sentence"]
    bullet = replace(made().sections[0], path="I.-1", kind="bullet", span=at("- 95% hộ nghèo"))
    sections = (made().sections[0], bullet, *made().sections[1:])
    listed = replace(made(), structure=replace(made().structure, sections=sections))
    assert {row.place for row in rows("targets", document=listed)} == {"list"}
    cells = tuple(Block(block.span, "cell") for block in made().source.blocks)
    table = replace(made(), source=replace(made().source, blocks=cells))
    assert {row.place for row in rows("targets", document=table)} == {"table"}


def test_a_row_of_the_output_alone_is_wrong_and_tells_its_values():
    extra = replace(made().deadlines[0], span=Span(0, 8))
    row = rows("deadlines", document=replace(made(), deadlines=(*made().deadlines, extra)))[-1]
    assert (row.state, row.gold, (row.found or {})["value"]) == ("wrong", None, "2024-11-30")
