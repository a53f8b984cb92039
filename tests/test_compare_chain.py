"""The chain: what became of each item of a root at every level, and where it was lost first."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from compare_builder import COMMON, LATRINE, TO_DECISION, WATER, Cited, decision, make, plan

import vnplan
from vnplan.compare.chain import LOSSES, Matrix
from vnplan.model import Document, Problem
from vnplan.report.html import audit_html
from vnplan.report.matrix import matrix_record, matrix_text
from vnplan.report.records import encode
from vnplan.report.view import arrange

TO_PLAN = Cited(
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 22/3/2024 của UBND tỉnh Quảng Ngãi",
    "12/KH-UBND",
    "2024-03-22",
    "UBND tỉnh Quảng Ngãi",
)


def aim(low: float):
    return replace(WATER, words=WATER.words.replace("95", f"{low:g}"), low=low)


def district(**fields) -> Document:
    given = {
        "number": "7/KH-UBND",
        "date": "2024-05-02",
        "cited": (TO_PLAN,),
        "aims": (WATER, LATRINE),
        "duties": COMMON,
    }
    return make("district.txt", "district", **{**given, **fields})


def only(*documents: Document) -> Matrix:
    (found,) = vnplan.matrix(documents)
    return found


def states(found: Matrix) -> list[list[str]]:
    return [[f"{cell.state}{'!' if cell.first else ''}" for cell in row.cells] for row in found.rows]


def test_a_row_shows_the_value_at_every_level_and_where_it_fell_first():
    found = only(decision(), plan(aims=(aim(85), LATRINE)), district(aims=(aim(80), LATRINE)))
    assert found.depths == (1, 2)
    first = found.rows[0]
    assert (first.kind, first.value, first.horizon) == ("target", "95 %", "2030")
    assert [(cell.state, cell.value, cell.first) for cell in first.cells] == [
        ("weaker", "85 %", True),
        ("weaker", "80 %", False),
    ]
    assert first.cells[1].evidence is not None and first.cells[1].evidence.quote.startswith("Phấn đấu 80%")


def test_a_loss_that_the_level_above_does_not_have_is_the_first_one():
    found = only(decision(), plan(), district(aims=(aim(80), LATRINE)))
    assert states(found)[0] == ["kept", "weaker!"]


def test_more_than_asked_is_stronger_and_a_dropped_task_is_missing():
    found = only(decision(), plan(aims=(aim(98), LATRINE), duties=COMMON[:-1]))
    assert states(found)[0] == ["stronger"]
    assert [row.cells[0].state for row in found.rows if row.kind == "task"] == ["kept"] * 4 + ["missing"]


def test_what_was_not_read_whole_is_not_compared_and_has_no_coverage():
    cut = replace(plan(), problems=(Problem("cut:pages", "2 of 9 pages were not read"),))
    found = only(decision(), cut, district(aims=(aim(80), LATRINE)))
    assert [cell.state for cell in found.rows[0].cells] == ["not compared", "weaker"]
    assert found.rows[0].cells[1].first
    assert found.coverage[0] is None


def test_coverage_is_the_share_of_what_could_be_assessed():
    found = only(decision(), plan(aims=(aim(85), LATRINE)))
    cells = [row.cells[0] for row in found.rows]
    lost = sum(cell.state in LOSSES for cell in cells)
    kept = sum(cell.state in ("kept", "stronger") for cell in cells)
    assert lost == 1 and found.coverage == (round(kept / (kept + 1), 4),)


def test_a_ghost_in_between_does_not_break_the_chain():
    low = district(cited=(replace(TO_PLAN, words=TO_PLAN.words), TO_DECISION), aims=(aim(80), LATRINE))
    assert states(only(decision(), low))[0] == ["weaker!"]


def test_documents_without_a_root_give_no_matrix():
    assert vnplan.matrix([plan()]) == ()
    assert vnplan.matrix([]) == ()


def test_the_order_of_the_documents_changes_nothing():
    documents = [decision(), plan(aims=(aim(85), LATRINE)), district()]
    assert vnplan.matrix(documents) == vnplan.matrix(documents[::-1])


def test_a_matrix_is_written_as_text_as_json_and_as_a_table_of_html():
    documents = [decision(), plan(aims=(aim(85), LATRINE)), district()]
    cascade = vnplan.build_cascade(documents)
    found = vnplan.matrix(cascade)
    view = arrange(vnplan.audit(cascade), documents)
    text = matrix_text(found, view.nodes, language="en", columns=100)
    assert "↓ 85 %!" in text and "[2]" in text and max(map(len, text.split("\n"))) <= 100
    record = msgspec.json.decode(encode(matrix_record(found[0])))
    assert record["rows"][0]["cells"][0]["state"] == "weaker" and record["columns"][1]["depth"] == 2
    page = audit_html(view, matrices=found)
    assert 'class="cell weaker first"' in page
    assert 'class="matrix"' not in audit_html(view)


def test_items_of_which_nothing_can_be_said_are_counted():
    assert only(decision(), plan()).left_out == 0
    ministry = replace(
        LATRINE, words="80% trạm cấp nước được kiểm định", role="organisation", population="trạm cấp nước"
    )
    one = only(decision(aims=(WATER, LATRINE, ministry)), plan())
    assert one.left_out == 1
    assert matrix_record(one)["left_out"] == 1
    documents = [decision(aims=(WATER, LATRINE, ministry)), plan()]
    nodes = arrange(vnplan.audit(documents), documents).nodes
    assert "không in: 1 mục" in matrix_text([one], nodes, language="vi", columns=120)
