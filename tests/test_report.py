"""What the reports say and how they escape it."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import HOSTILE, SampleAudit, document, place, sample_audit, sample_decision, sample_plan, section

from vnplan.errors import ReadError
from vnplan.model import Coverage, Edge, Evidence, Finding, Header, Problem, Section, Span
from vnplan.report.escape import encodable, printable, shortened
from vnplan.report.graph import dot, graph_json, graphml
from vnplan.report.html import audit_html
from vnplan.report.lines import width, wrap
from vnplan.report.marks import mark_quote
from vnplan.report.nodes import Node, nodes_of, walk_tree
from vnplan.report.records import audit_record, document_record, encode, failure_record
from vnplan.report.terminal import audit_text, document_text
from vnplan.report.view import Failure, View, arrange

_TAGS = """a article b blockquote body code dd details div dl dt em h1 h2 h3 h4 head header html i input label li mark
meta nav p section small span strong style summary table tbody td th thead title tr ul"""
TAGS = frozenset(_TAGS.split())
_ATTRIBUTES = "checked charset class content for href http-equiv id lang name type"
ATTRIBUTES = frozenset(_ATTRIBUTES.split())


class Audit(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def hostile_view(evil: str) -> View:
    """Return a view in which every word that a document can bring in is ``evil``."""
    plan, decision = sample_plan(), sample_decision()
    header = Header("plan", evil, evil, evil, evil, "province", evil, evil, evil, None, (evil,))
    plan = replace(
        plan,
        source=replace(plan.source, name=evil, title=evil),
        structure=replace(plan.structure, header=header),
        problems=(Problem("bidi-control", evil), Problem(evil, evil)),
    )
    audit = sample_audit(plan, decision)
    words = Evidence(evil, Span(0, 1), evil, 1)
    findings = [
        Finding("weakened_target", "high", 0.9, plan.id, decision.id, "value", words, words, evil, evil, evil, evil),
        Finding(evil, "info", 0.9, plan.id, None, evil, words, None, None, None, evil, evil),
    ]
    ghost = Node("urn:lex:vn;ghost", evil, evil, evil, evil, None, None, evil, True)
    documents = (decision, plan, ghost)
    edges = (*audit.edges[:2], Edge(plan.id, evil, "basis", "programme", 0.5))
    return arrange(
        SampleAudit(documents, edges, tuple(findings), audit.coverage),
        [plan, decision],
        [Failure(evil, "parser", evil)],
    )


@pytest.fixture(scope="module")
def view() -> View:
    """The view of the sample audit."""
    failures = [Failure("scan.pdf", "no-text", "scan.pdf: the pages are pictures")]
    return arrange(sample_audit(), [sample_decision(), sample_plan()], failures)


# Records


def test_the_record_of_a_document_has_the_documented_keys_in_order():
    record = document_record(sample_plan())
    assert list(record) == [
        "schema", "id", "source", "status", "failure", "text", "header", "sections", "items", "parts",
        "references", "targets", "results",
        "tasks", "agencies", "deadlines", "footnotes",
    ]  # fmt: skip
    assert record["agencies"][0]["class"] is False


def test_the_record_of_a_footnote_tells_where_it_stands_and_what_it_belongs_to():
    from vnplan.document import parse_source
    from vnplan.read import read_bytes

    text = "Dân số[^1] có 2[^b] xã\n\n[^1]: Theo báo cáo.\n[^b]: Đang sắp xếp.\n[^c]: Khác.\n"
    record = document_record(parse_source(read_bytes("a.md", text.encode())))
    notes = [(record["text"][slice(*note["span"])], note["anchor"]) for note in record["footnotes"]]
    assert notes == [("Theo báo cáo.", len("Dân số")), ("Đang sắp xếp.", len("Dân số[^1] có 2")), ("Khác.", None)]


def test_every_span_of_a_record_quotes_its_words():
    record = document_record(sample_plan())
    for layer in ("references", "targets", "tasks", "agencies", "deadlines"):
        for row in record[layer]:
            start, end = row["span"]
            assert record["text"][start:end] == row["quote"]


def test_no_text_leaves_out_only_the_text():
    plan = sample_plan()
    whole = document_record(plan)
    del whole["text"]
    assert document_record(plan, text=False) == whole


def test_numbered_sections_are_children_and_bullets_are_items():
    record = document_record(sample_plan())
    assert [s["path"] for s in record["sections"]] == ["I", "II"]
    assert [s["path"] for s in record["sections"][0]["children"]] == ["I.1"]
    assert [item["path"] for item in record["sections"][0]["children"][0]["items"]] == ["I.1.-1"]
    assert [s["path"] for s in record["sections"][1]["children"]] == ["II.1", "II.2"]


def nested(*parts: tuple[str, str, int | None]) -> dict:
    text = "x" * (len(parts) + 1)
    sections = tuple(
        Section(path, path, "", None, kind, parent, i, i + 1, Span(i, i + 1))
        for i, (path, kind, parent) in enumerate(parts)
    )
    return document_record(document("a.txt", text, Header(), sections=sections))


def test_a_bullet_that_holds_bullets_is_a_child_and_one_that_holds_rows_an_item():
    record = nested(
        ("I", "heading", None), ("I.-1", "bullet", 0), ("I.-1.+1", "bullet", 1), ("I.-2", "bullet", 0),
        ("I.-2.1", "row", 3),
    )  # fmt: skip
    top = record["sections"][0]
    assert [child["path"] for child in top["children"]] == ["I.-1"]
    assert [item["path"] for item in top["children"][0]["items"]] == ["I.-1.+1"]
    assert [item["path"] for item in top["items"]] == ["I.-2"]
    assert [item["path"] for item in top["items"][0]["items"]] == ["I.-2.1"]


def test_items_above_all_sections_are_items_of_the_document():
    record = nested(("¶1", "paragraph", None), ("I", "heading", None))
    assert [item["path"] for item in record["items"]] == ["¶1"]
    assert [section["path"] for section in record["sections"]] == ["I"]


def test_a_record_of_any_text_is_json_in_utf_8():
    plan = document("\ud800.txt", "lẻ \udcff loi", Header(subject="\ud800"))
    read = json.loads(encode(document_record(plan)))
    assert len(read["text"]) == len(plan.source.text)
    assert read["source"]["name"] == "\ufffd.txt"


def test_a_failure_says_code_and_message():
    record = failure_record("a.pdf", "00", ReadError("encrypted", "a.pdf: it asks for a password"))
    assert record["status"] == "failed"
    assert record["failure"] == {"code": "encrypted", "message": "a.pdf: it asks for a password"}


def test_the_record_of_an_audit_lists_ghosts_findings_and_coverage():
    record = json.loads(encode(audit_record(sample_audit())))
    assert list(record) == ["schema", "documents", "edges", "findings", "questions", "coverage"]
    assert [d["ghost"] for d in record["documents"]] == [False, False, True, False]
    assert record["findings"][3]["child_evidence"]["path"] == "I.1.-1"
    assert record["coverage"][0]["satisfied"] == 3


# The tree


def link(child: str, parent: str) -> Edge:
    return Edge(child, parent, "implements", "cited", 1.0)


def test_the_tree_begins_at_the_root_and_indents_its_children():
    audit = SampleAudit((Node("c"), Node("b"), Node("a")), (link("c", "b"), link("b", "a")))
    assert [(b.node.id, b.depth) for b in walk_tree(nodes_of(audit), audit.edges)] == [("a", 0), ("b", 1), ("c", 2)]


def test_a_cycle_is_printed_once_and_ends():
    audit = SampleAudit((Node("a"), Node("b")), (link("a", "b"), link("b", "a"), link("a", "a")))
    branches = list(walk_tree(nodes_of(audit), audit.edges))
    assert [(b.node.id, b.repeated) for b in branches] == [("a", False), ("b", False), ("a", True)]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_the_tree_shows_every_node_and_every_link(pairs: list[tuple[int, int]]):
    audit = SampleAudit(tuple(Node(str(n)) for n in range(7)), tuple(link(str(a), str(b)) for a, b in pairs))
    branches = list(walk_tree(nodes_of(audit), audit.edges))
    assert {b.node.id for b in branches} == {str(n) for n in range(7)}
    shown = [b.edge for b in branches if b.edge]
    assert sorted(shown, key=repr) == sorted((e for e in audit.edges if e.child != e.parent), key=repr)


def test_an_end_of_a_link_that_is_not_listed_is_a_ghost():
    assert nodes_of(SampleAudit((Node("a"),), (link("a", "b"),)))["b"].ghost


# The terminal


def test_the_terminal_shows_both_quotes_values_and_places(view: View):
    text = audit_text(view)
    assert "Chỉ tiêu bị hạ thấp: 95 % → 90 %" in text
    assert "Quyết định 77/QĐ-TTg, mục I.-1, tr. 2: “Phấn đấu 95% hộ dân" in text
    assert "(không có trong tập)" in text
    assert "(cùng chương trình, 0,66)" in text


def test_a_document_of_one_page_is_quoted_without_a_page():
    plan = sample_plan()
    single = [replace(d, source=replace(d.source, pages=1)) for d in (sample_decision(), plan)]
    view = arrange(sample_audit(), single)
    assert ", tr. " not in audit_text(view)
    assert "trang 2" not in "".join(Audit(audit_html(view)).words)


def test_many_findings_for_information_are_counted_after_the_first_five():
    added = Finding("added_task", "info", 0.6, sample_plan().id, message_vi="Nhiệm vụ mới.", message_en="New.")
    grave = Finding("missing_task", "high", 0.8, sample_plan().id, message_vi="Thiếu.", message_en="Missing.")
    view = arrange(replace(sample_audit(), findings=(grave, *(added,) * 42)), [sample_plan(), sample_decision()])
    text = audit_text(view)
    assert text.count("Nhiệm vụ mới.") == 5
    assert "… và 37 mục “Nhiệm vụ bổ sung” khác" in text
    assert "… and 37 more of “Added task”" in audit_text(view, language="en")
    page = audit_html(view)
    assert page.count("Nhiệm vụ mới.") == 42
    assert "Nhiệm vụ bổ sung" in page and '<details class="kind">' in page


def test_a_document_without_findings_is_not_praised_for_what_could_not_be_assessed():
    plan, decision = sample_plan(), sample_decision()
    for left, praised in ((0, True), (70, False)):
        audit = replace(sample_audit(), findings=(), coverage=(Coverage(plan.id, decision.id, "tasks", 13, 0, left),))
        page = audit_html(arrange(audit, [plan, decision]))
        assert ('class="fine"' in page) is praised
        assert ("số nội dung không đánh giá được:" in "".join(Audit(page).words)) is not praised


def test_dates_and_figures_are_written_as_the_language_writes_them():
    finding = Finding(
        "citation_mismatch", "medium", 0.9, sample_plan().id, by="date", child_value="2020-11-26",
        parent_value="2020-11-25",
    )  # fmt: skip
    count = Finding("missing_target", "high", 0.9, sample_plan().id, parent_value="≥ 10.000 hộ")
    view = arrange(replace(sample_audit(), findings=(finding, count)), [sample_plan(), sample_decision()])
    vietnamese, english = audit_text(view), audit_text(view, language="en")
    assert "(ngày ban hành): 25/11/2020 → 26/11/2020" in vietnamese
    assert "2020-11-25 → 2020-11-26" in english
    assert "≥ 10.000 hộ → —" in vietnamese
    assert "≥ 10,000 hộ → —" in english


def test_the_gravest_finding_stands_first(view: View):
    text = audit_text(view, language="en")
    places = [text.index(word) for word in ("Weakened target", "Missing task", "Task without", "Added task")]
    assert places == sorted(places)
    assert "(not in the corpus)" in text


def test_what_was_not_compared_or_not_read_is_said_with_the_reason(view: View):
    text = audit_text(view, columns=200)
    assert "- 05/NQ-HĐND, HĐND tỉnh Hà Giang: văn bản cấp trên được dẫn nhưng không có trong tập" in text
    assert "scan.pdf: no-text: the pages are pictures" in text


def test_a_cut_document_is_reported_as_not_compared():
    plan = replace(sample_plan(), problems=(Problem("cut:pages", "only 10 pages were read"),))
    audit = SampleAudit((sample_decision(), plan), (link(plan.id, sample_decision().id),))
    assert "chỉ đọc được một phần" in audit_text(arrange(audit, [plan, sample_decision()]), columns=200)


@pytest.mark.parametrize("columns", [40, 60, 100, 200])
def test_no_line_is_wider_than_the_terminal(view: View, columns: int):
    lines = audit_text(view, columns=columns).split("\n")
    tables = [line for line in lines if "chỉ tiêu  " in line or "không đạt  " in line or "nhiệm vụ  " in line]
    assert max(width(line) for line in lines if line not in tables and not line.startswith("3 văn bản")) <= columns


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_in_a_document_controls_the_terminal(evil: str):
    text = audit_text(hostile_view(evil)) + document_text(document(evil, evil, Header("plan", evil, subject=evil)))
    assert not [char for char in text if (ord(char) < 32 and char != "\n") or "\u202a" <= char <= "\u202e"]
    encodable(text).encode()


@given(st.text())
def test_printable_is_one_line_without_hidden_characters(text: str):
    shown = printable(text)
    assert not [char for char in shown if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or "\ud800" <= char <= "\udfff"]
    assert printable(shown) == shown


@given(st.text(), st.integers(2, 40))
def test_a_shortened_text_is_not_much_longer_than_asked(text: str, length: int):
    assert len(shortened(text, length)) <= length + 2


@given(st.text(st.sampled_from("ab ệ\u0323字"), max_size=80), st.integers(12, 30))
def test_wrapping_loses_nothing_but_spaces_and_keeps_within_its_columns(text: str, columns: int):
    lines = list(wrap(text, columns, "- ", "  "))
    assert all(width(line) <= columns for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")


# The page


def test_the_page_is_well_formed_and_asks_for_nothing(view: View):
    page = audit_html(view)
    parsed = Audit(page)
    assert not parsed.open
    assert set(parsed.tags) <= TAGS
    assert {name for name, _ in parsed.attributes} <= ATTRIBUTES
    assert all(value.startswith("#") for name, value in parsed.attributes if name == "href")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "url(" not in page and "@import" not in page


def test_the_page_shows_values_quotes_hash_and_reasons(view: View):
    words = "".join(Audit(audit_html(view)).words)
    for expected in (
        "95 %", "90 %", "I.1.-1", sample_plan().source.sha256, "không có trong tập", "the pages are pictures",
        "Weakened target", "Chỉ tiêu bị hạ thấp", "0,97", "0.97", "Sở Y tế chủ trì",
    ):  # fmt: skip
        assert expected in words


def test_every_link_of_the_page_leads_somewhere(view: View):
    parsed = Audit(audit_html(view))
    ids = [value for name, value in parsed.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    wanted = {value[1:] for name, value in parsed.attributes if name == "href"}
    assert wanted <= set(ids)
    assert wanted


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_in_a_document_becomes_part_of_the_page(evil: str):
    parsed = Audit(audit_html(hostile_view(evil)))
    assert not parsed.open
    assert set(parsed.tags) <= TAGS
    assert parsed.tags.count("style") == 1
    assert {name for name, _ in parsed.attributes} <= ATTRIBUTES
    assert not [c for word in parsed.words for c in word if (ord(c) < 32 and c != "\n") or "\u202a" <= c <= "\u202e"]


def test_the_page_is_the_same_every_time(view: View):
    assert audit_html(view) == audit_html(view)


def test_an_empty_audit_has_a_page_and_a_text():
    empty = arrange(SampleAudit(), [])
    assert "Không có văn bản nào" in audit_html(empty)
    assert "Không có phát hiện nào" in audit_text(empty)


# Marks


@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_the_pieces_of_a_quote_make_up_the_quote(quote: str, other: str | None, value: str | None):
    assert "".join(piece.text for piece in mark_quote(quote, other, value)) == shortened(quote, 1500)


def test_the_figure_of_the_finding_is_marked_and_no_other():
    pieces = mark_quote("đến năm 2030 có 90% số hộ trong 95 xã", None, "90 %")
    assert [piece.text for piece in pieces if piece.mark == "value"] == ["90%"]


def test_quotes_that_have_little_in_common_are_not_marked():
    assert all(piece.mark == "" for piece in mark_quote("một hai ba bốn", "năm sáu bảy tám", None))


# Graph files


@pytest.mark.parametrize("evil", [*HOSTILE, "lành"])
def test_graphml_is_well_formed_whatever_the_documents_say(evil: str):
    node = Node(evil, evil, evil, evil, evil, evil, evil, evil)
    audit = SampleAudit((node,), (link(evil, "b"),))
    root = ElementTree.fromstring(graphml(audit).encode())
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{space}node")) == 2
    assert len(root.findall(f".//{space}edge")) == 1


def test_networkx_reads_the_graphml(tmp_path):
    networkx = pytest.importorskip("networkx")
    (tmp_path / "cascade.graphml").write_text(graphml(sample_audit()), encoding="utf-8")
    graph = networkx.read_graphml(tmp_path / "cascade.graphml")
    assert graph.nodes["urn:lex:vn;ghost"]["ghost"] is True
    assert graph.edges["urn:lex:vn;plan", "urn:lex:vn;decision"]["confidence"] == 0.99


def test_the_graph_in_json_names_documents_and_links():
    record = json.loads(graph_json(sample_audit()))
    assert len(record["documents"]) == 4
    assert record["edges"][2]["how"] == "programme"


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_word_of_a_document_ends_a_string_of_graphviz(evil: str):
    audit = SampleAudit((Node(evil, evil, evil, evil, evil),), ())
    line = dot(audit).split("\n")[3]
    inside = line.replace("\\\\", "").replace('\\"', "")
    assert inside.count('"') == 4


def test_places_of_the_samples_are_right():
    plan = sample_plan()
    assert section(plan.source.text, "II. NHIỆM VỤ", "II").span == place(plan.source.text, "II. NHIỆM VỤ")


def test_a_page_of_very_many_findings_says_how_many_it_leaves_out():
    audit = sample_audit()
    many = replace(audit, findings=audit.findings[3:] * 501)
    words = "".join(Audit(audit_html(arrange(many, [sample_plan()]))).words)
    assert "không in ở đây (xem --format json):" in words
    assert audit_html(arrange(audit, [sample_plan()])).count("không in ở đây") == 0


def test_a_finding_of_a_document_that_is_not_listed_is_printed_all_the_same():
    finding = Finding("two_versions", "medium", 0.9, "urn:lex:vn;elsewhere")
    lost = arrange(SampleAudit((), (), (finding,)), [])
    assert "Hai bản khác nhau" in audit_text(lost) and "Hai bản khác nhau" in audit_html(lost)


def test_questions_stand_apart_from_findings_in_every_report():
    audit, documents = sample_audit(), [sample_plan()]
    unsure = replace(audit.findings[0], severity="low", confidence=0.45)
    asked = replace(audit, questions=(unsure,))
    view = arrange(asked, documents)
    text = audit_text(view, language="vi")
    assert text.index("CÂU HỎI CHO NGƯỜI ĐỌC") > text.index("PHÁT HIỆN")
    assert "CÂU HỎI CHO NGƯỜI ĐỌC" not in audit_text(arrange(audit, documents), language="vi")
    assert audit_html(view).count("Câu hỏi cho người đọc") == 1
    assert [one["confidence"] for one in audit_record(asked)["questions"]] == [0.45]
