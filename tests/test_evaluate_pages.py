"""The pages of an evaluation: text, gold and output side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from test_evaluate import at, gold, made, scored

from vnplan.evaluate_pages import evaluation_pages, passages
from vnplan.evaluate_rows import compare_rows
from vnplan.evaluate_tables import gains


def pages(annotation=None, document=None) -> dict[str, str]:
    return dict(evaluation_pages(scored(annotation or gold(), document), title="corpus"))


def test_the_index_links_every_document():
    found = pages()
    assert list(found) == ["index.html", "001-plan.html"]
    assert 'href="001-plan.html"' in found["index.html"] and 'href="index.html"' in found["001-plan.html"]


def test_errors_are_coloured_where_they_stand():
    annotation = gold()
    annotation["targets"][0]["population"] = "hộ cận nghèo"
    missing = replace(made(), targets=made().targets[:1])
    page = pages(annotation, missing)["001-plan.html"]
    assert '<mark class="differs">95% hộ nghèo được hỗ trợ</mark>' in page
    assert '<mark class="missed">80% trẻ em được khám</mark>' in page
    assert re.search(r'class="off">population <b>hộ cận nghèo</b>', page)
    assert re.search(r'class="off out">population <b>hộ nghèo</b>', page)


def test_what_is_not_in_the_gold_is_said():
    annotation = gold()
    del annotation["deadlines"][0]
    annotation["tasks"][0]["deadline"] = None
    page = pages(annotation)["001-plan.html"]
    assert "not in the gold" in page and 'class="pair wrong l-deadlines"' in page


def test_every_word_of_the_text_is_on_the_page():
    found = passages(made(), compare_rows(gold(), made()))
    words = " ".join(stretch.text for passage in found for stretch in passage.stretches)
    assert "".join(words.split()) == "".join(made().source.text.split())


def test_the_worst_state_colours_words_that_several_rows_cover():
    annotation = gold()
    annotation["deadlines"] = []
    annotation["tasks"][0]["deadline"] = None
    reference = replace(made().references[0], span=at("báo cáo trước ngày 30/11/2024"))
    annotation["references"] = [{"quote": "báo cáo trước ngày 30/11/2024", "number": "15/QĐ-TTg"}]
    document = replace(made(), references=(reference,))
    annotation["agencies"] = []
    document = replace(document, agencies=())
    stretches = [s for passage in passages(document, compare_rows(annotation, document)) for s in passage.stretches]
    assert [(s.text, s.state) for s in stretches if s.state in ("right", "wrong")][-2:] == [
        ("báo cáo ", "right"),
        ("trước ngày 30/11/2024", "wrong"),
    ]


def test_what_a_document_holds_is_shown_harmless():
    document = made()
    section = replace(document.sections[0], heading="<script>alert(1)</script>", path="IX")
    structure = replace(document.structure, sections=(*document.sections, section))
    page = pages(document=replace(document, structure=structure))["001-plan.html"]
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_rows_whose_words_stand_nowhere_are_told():
    annotation = gold()
    annotation["targets"][0]["quote"] = "những chữ không có trong văn bản"
    assert "stand nowhere" in pages(annotation)["001-plan.html"]


def test_gains_stand_on_the_index():
    half = scored(gold(), replace(made(), targets=made().targets[:1]))
    changed = gains(half.record(), scored(gold()).record())
    index = dict(evaluation_pages(scored(gold()), title="corpus", changed=changed))["index.html"]
    assert "Gains and losses" in index and "+0.333" in index
