"""Tables of PDF files: between rules, over page breaks, merged cells, and what is none."""

from __future__ import annotations

from pdf_pages import HEAD, body, read, rules, words

from vnplan.model import Source


def test_a_drawn_table_is_read_as_cells_between_the_lines():
    def page(canvas) -> None:
        canvas.drawString(70, 790, "Phụ lục kèm theo kế hoạch của Ủy ban nhân dân tỉnh")
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"], ["2", "Báo cáo", "Quý IV"]], 760)
        canvas.drawString(70, 600, "Tổng số có 02 nhiệm vụ.")

    source = read(page)
    assert [(b.cell.table, b.cell.row, b.cell.column) if b.cell else None for b in source.blocks] == [
        None, (0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 1, 1), (0, 1, 2), (0, 2, 0), (0, 2, 1), (0, 2, 2), None,
    ]  # fmt: skip
    assert words(source, "cell")[3:6] == ["1", "Rà soát", "Quý I"]


def test_a_table_goes_on_over_the_page_and_so_does_its_row():
    edges = [70, 110, 400, 520]

    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, edges, [HEAD, ["1", "Rà soát, cập nhật", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, edges, [HEAD, ["", "danh sách", ""], ["2", "Báo cáo", "Quý IV"]], 790)
        body(canvas, 600, 3)

    source = read(first, second)
    cells = [(b.cell.table, b.cell.row, b.cell.column, w)
             for b, w in zip(source.blocks, words(source), strict=True) if b.cell]  # fmt: skip
    assert cells[3:] == [
        (0, 1, 0, "1"), (0, 1, 1, "Rà soát, cập nhật danh sách"), (0, 1, 2, "Quý I"), (0, 2, 0, "2"),
        (0, 2, 1, "Báo cáo"), (0, 2, 2, "Quý IV"),
    ]  # fmt: skip


def cells_of(source: Source) -> list[tuple[int, int, int, int, str]]:
    """Return row, column, and reach down and across of every cell, with its words."""
    return [
        (b.cell.row, b.cell.column, b.cell.rows, b.cell.columns, w)
        for b, w in zip(source.blocks, words(source), strict=True) if b.cell
    ]  # fmt: skip


EDGES = [70, 110, 400, 520]


def test_a_row_alone_at_the_head_of_a_page_belongs_to_the_table_before_it():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, EDGES, [["2", "Báo cáo", "Quý IV"]], 790)
        body(canvas, 600, 3)

    assert cells_of(read(first, second))[6:] == [(2, 0, 1, 1, "2"), (2, 1, 1, 1, "Báo cáo"), (2, 2, 1, 1, "Quý IV")]


def test_a_complete_row_without_a_number_is_no_rest_of_the_row_before():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát.", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, EDGES, [["", "Báo cáo", "Quý II"], ["2", "Sơ kết", "Quý IV"]], 790)

    assert [(row, said) for row, _, _, _, said in cells_of(read(first, second))[6:]] == [
        (2, "Báo cáo"), (2, "Quý II"), (3, "2"), (3, "Sơ kết"), (3, "Quý IV"),
    ]  # fmt: skip


def test_a_table_with_other_columns_is_another_table():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát", "Quý I"]], 120)

    def second(canvas) -> None:
        rules(canvas, [70, 200, 300, 520], [["a", "b", "c"], ["d", "e", "f"]], 790)

    assert {block.cell.table for block in read(first, second).blocks if block.cell} == {0, 1}


def test_the_rest_of_a_row_that_is_open_at_a_page_break_is_read_as_cells():
    def first(canvas) -> None:
        body(canvas, 800, 5)
        rules(canvas, EDGES, [HEAD, ["1", "Rà soát và", "Quý I"]], 120)

    def second(canvas) -> None:
        canvas.drawString(EDGES[1] + 4, 776, "cập nhật danh sách")
        canvas.line(EDGES[0], 770, EDGES[-1], 770)
        for edge in EDGES:
            canvas.line(edge, 790, edge, 770)
        rules(canvas, EDGES, [["2", "Báo cáo", "Quý IV"]], 770)

    assert [said for *_, said in cells_of(read(first, second))[3:]] == [
        "1", "Rà soát và cập nhật danh sách", "Quý I", "2", "Báo cáo", "Quý IV",
    ]  # fmt: skip


def columns(canvas, rows: list[list[str]], top: float = 700) -> None:
    for number, row in enumerate(rows):
        for edge, said in zip((70, 110, 300, 450), row, strict=False):
            canvas.drawString(edge, top - 18 * number, said)


def test_a_table_without_rules_is_reported():
    def page(canvas) -> None:
        columns(canvas, [["STT", "Nhiệm vụ", "Chủ trì", "Thời gian"], ["1", "Rà soát", "Sở Y tế", "Quý I"]])

    assert [problem.code for problem in read(page).problems] == ["unread:tables"]


def test_words_in_columns_without_a_header_are_no_table():
    def page(canvas) -> None:
        columns(canvas, [["1", "Rà soát", "Sở Y tế", "Quý I"], ["TT. Nhiệm vụ, thời gian và chủ trì"]])
        body(canvas)

    assert read(page).problems == ()


def test_coloured_backgrounds_are_no_table():
    def page(canvas) -> None:
        for number in range(20):
            canvas.setFillColorRGB(1, 1, 0.9)
            canvas.rect(68, 596 - 18 * number, 200, 16, stroke=0, fill=1)
            canvas.rect(270, 596 - 18 * number, 200, 16, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        body(canvas)

    assert {block.kind for block in read(page).blocks} == {"line"}


def test_merged_cells_say_how_far_they_reach():
    def page(canvas) -> None:
        body(canvas, 800, 5)
        for x, y, text in (
            (74, 640, "TT"), (124, 656, "Chỉ tiêu"), (124, 636, "2026"), (324, 636, "2027"),
            (74, 616, "1"), (124, 616, "90%"), (324, 616, "95%"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)
        for x1, y1, x2, y2 in (
            (70, 670, 520, 670), (120, 650, 520, 650), (70, 630, 520, 630), (70, 610, 520, 610),
            (70, 670, 70, 610), (120, 670, 120, 610), (320, 650, 320, 610), (520, 670, 520, 610),
        ):  # fmt: skip
            canvas.line(x1, y1, x2, y2)

    source = read(page)
    assert [(w, b.cell.row, b.cell.column, b.cell.rows, b.cell.columns)
            for b, w in zip(source.blocks, words(source), strict=True) if b.cell] == [
        ("TT", 0, 0, 2, 1), ("Chỉ tiêu", 0, 1, 1, 2), ("2026", 1, 1, 1, 1), ("2027", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1), ("90%", 2, 1, 1, 1), ("95%", 2, 2, 1, 1),
    ]  # fmt: skip


def test_a_page_on_which_the_search_for_tables_fails_is_read_line_by_line_and_the_next_one_is_not(monkeypatch):
    import pdfplumber.page

    def page(canvas) -> None:
        rules(canvas, [70, 110, 400, 520], [HEAD, ["1", "Rà soát", "Quý I"]], 790)

    search = pdfplumber.page.Page.find_tables

    def fail_once(self, *arguments):
        if self.page_number == 1:
            raise KeyError("Length")
        return search(self, *arguments)

    monkeypatch.setattr(pdfplumber.page.Page, "find_tables", fail_once)
    source = read(page, page)
    assert [block.kind for block in source.blocks[:2]] == ["line", "line"]
    assert source.blocks[-1].kind == "cell"
    assert [problem.code for problem in source.problems] == ["unread:tables"]
