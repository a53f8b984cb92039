"""Scores as tables, and what they gained and lost."""

from __future__ import annotations

from dataclasses import replace

from test_evaluate import gold, made, scored

from vnplan.evaluate_tables import (
    confusion_table,
    constructions_table,
    documents_table,
    gains,
    gains_table,
    sides,
    totals_table,
)


def half() -> dict:
    """Return the record of a result in which one target is missed."""
    return scored(gold(), replace(made(), targets=made().targets[:1])).record()


def test_the_totals_name_no_document():
    assert "plan.txt" not in totals_table(scored(gold()))


def test_strict_and_whole_stand_beside_f1():
    annotation = gold()
    annotation["targets"][0]["population"] = "hộ cận nghèo"
    line = next(line for line in totals_table(scored(annotation)).splitlines() if line.startswith("targets"))
    assert line.split()[1:6] == ["1.000", "1.000", "1.000", "1.000", "0.500"]


def test_documents_and_constructions_have_tables_of_their_own():
    result = scored(gold())
    assert "plan.txt" in documents_table(result)
    assert "targets: a share of a hundred" in constructions_table(result)


def test_confusion_counts_what_differs_what_is_missed_and_what_nobody_asked_for():
    annotation = gold()
    annotation["references"][0]["relation"] = "implements"
    annotation["deadlines"][0]["quote"] = "trước ngày nào đó"
    pairs = scored(annotation).confusion
    assert pairs["references.relation"] == {("implements", "basis"): 1}
    assert pairs["deadlines.bound"] == {("before", "(missed)"): 1, ("(not in gold)", "before"): 1}
    assert sides(pairs["deadlines.bound"]) == (["before", "(not in gold)"], ["before", "(missed)"])
    assert "implements" in confusion_table(scored(annotation))


def test_gains_tell_figures_and_rows():
    changed = gains(half(), scored(gold()).record())
    assert {"name": "targets", "before": 0.6667, "now": 1.0} in changed["layers"]
    assert [row[:3] for row in changed["gained"]] == [("plan.txt", "targets", "missed")]
    assert changed["lost"] == []
    assert "+ plan.txt targets: missed" in gains_table(changed)


def test_losses_are_the_other_way_round():
    changed = gains(scored(gold()).record(), half())
    assert changed["gained"] == [] and len(changed["lost"]) == 1
    assert "-0.333" in gains_table(changed)


def test_nothing_changed_is_said():
    record = scored(gold()).record()
    assert "no figure changed" in gains_table(gains(record, record))


def test_rows_of_documents_that_only_one_result_has_are_no_gain():
    old, new = half(), scored(gold()).record()
    old["misses"] = [miss | {"document": "gone.txt"} for miss in old["misses"]]
    old["documents"] = {"gone.txt": {}}
    changed = gains(old, new)
    assert (changed["only_before"], changed["only_now"], changed["gained"]) == (["gone.txt"], ["plan.txt"], [])


def test_an_older_result_without_rows_is_compared_by_its_figures():
    old = half()
    del old["misses"]
    assert "lists no rows" in gains_table(gains(old, scored(gold()).record()))
