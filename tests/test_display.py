"""Notebook views: harmless, bounded, and showing what is there."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report_samples import HOSTILE, SampleAudit, document, sample_audit, sample_decision, sample_plan

from vnplan import display
from vnplan.model import Edge, Header, Section, Span, Target
from vnplan.report.nodes import Node

_TAGS = "div details summary b small span p i svg path g title rect text"
TAGS = frozenset(_TAGS.split())


class Tags(HTMLParser):
    """Collects the tags, the names of attributes and the text of a view."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def hostile_document(evil: str):
    text = f"{evil} {evil}\n{evil}"
    span = Span(0, len(evil))
    sections = (
        Section(evil, evil, evil, None, "heading", None, 0, 1, span),
        Section(evil, evil, "", None, "paragraph", 0, 0, 1, span),
    )
    targets = (Target(span, 1, 1, "equal", evil, evil, evil, path=evil),)
    return document(evil, text, Header("plan", evil, evil, subject=evil), sections=sections, targets=targets)


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_view_lets_a_document_speak_html(evil: str):
    doc = hostile_document(evil)
    cascade = SampleAudit((doc, Node(evil, evil, evil, evil, evil)), (Edge(doc.id, evil, "basis", "programme", 0.5),))
    for view in (display.outline(doc), display.highlights(doc), display.cascade_picture(cascade)):
        parsed = Tags(view._repr_html_())
        assert parsed.tags <= TAGS
        assert not [name for name in parsed.attributes if name.startswith("on") or name in ("href", "src")]
        assert parsed.depth == 0
        assert "\x1b" not in str(view) and "\u202e" not in str(view)


def test_the_outline_nests_and_names_the_roles():
    words = "".join(Tags(str(display.outline(sample_plan()))).words)
    assert "MỤC TIÊU" in words and "nhiệm vụ" in words and "Phấn đấu 90%" in words


def test_the_outline_of_a_long_document_is_cut_and_says_so():
    sections = tuple(Section(str(i), f"{i}.", "x", None, "heading", None, 0, 1, Span(0, 1)) for i in range(2_000))
    html = str(display.outline(document("a", "x", Header(), sections=sections)))
    assert "còn 500 mục không hiển thị" in html


def test_a_very_deep_outline_is_balanced():
    sections = tuple(
        Section(str(i), f"{i}.", "x", None, "heading", i - 1 if i else None, 0, 1, Span(0, 1)) for i in range(1_200)
    )
    assert Tags(str(display.outline(document("a", "x", Header(), sections=sections)))).depth == 0


def test_highlights_mark_the_words_of_each_layer():
    html = str(display.highlights(sample_plan()))
    for label in ("chỉ\u00a0tiêu", "cơ\u00a0quan", "thời\u00a0hạn", "dẫn\u00a0chiếu"):
        assert html.count(f"{label}\n") == 1
    assert "nhiệm\u00a0vụ\n" not in html


def test_highlights_of_one_layer_show_only_that():
    html = str(display.highlights(sample_plan(), "tasks"))
    assert "nhiệm\u00a0vụ\n" in html and "chỉ\u00a0tiêu\n" not in html


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="chapters: not a layer"):
        display.highlights(sample_plan(), "chapters")


def test_highlights_are_cut_where_asked_and_say_so():
    view = display.highlights(sample_plan(), characters=60)
    assert "ký tự không hiển thị" in str(view) and "Sở" not in str(view)


def test_the_picture_shows_ghosts_dashed_and_programme_links_dotted():
    html = str(display.cascade_picture(sample_audit()))
    assert html.count("<rect") == 4 and html.count("<path") == 3
    assert html.count('stroke-dasharray="5 4"') == 1 and html.count('stroke-dasharray="2 4"') == 1
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


def test_a_cascade_of_many_is_cut_and_says_so():
    nodes = tuple(Node(str(i)) for i in range(500))
    edges = tuple(Edge(str(i), "0", "basis", "cited", 1) for i in range(500))
    html = str(display.cascade_picture(SampleAudit(nodes, edges)))
    assert "còn 300 văn bản" in html


def test_a_cycle_and_nothing_have_a_picture():
    edges = (Edge("a", "b", "basis", "cited", 1), Edge("b", "a", "basis", "cited", 1))
    assert str(display.cascade_picture(SampleAudit((), edges))).count("<rect") == 2
    assert "<svg" in str(display.cascade_picture(SampleAudit()))


def test_summaries_are_the_texts_of_the_command():
    plan, decision = sample_plan(), sample_decision()
    assert display.summary(plan).startswith("Kế hoạch 12/KH-UBND")
    assert display.cascade_summary(sample_audit()).startswith("CHUỖI VĂN BẢN")
    audit = replace(sample_audit(plan, decision), documents=(plan, decision))
    assert "95 % → 90 %" in display.audit_summary(audit)
    assert repr(display.outline(plan)).startswith("View(")
