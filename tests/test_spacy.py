"""The spaCy side: the text is kept, the spans quote their words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import PLAN, document, sample_plan

spacy = pytest.importorskip("spacy")
from spacy.tokens import DocBin  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

from vnplan.document import parse  # noqa: E402
from vnplan.model import Header  # noqa: E402
from vnplan.report.escape import encodable  # noqa: E402
from vnplan.spacy import LAYERS, SyllableTokenizer, WordTokenizer, blank, to_doc  # noqa: E402


@given(st.text())
def test_the_tokenizer_keeps_every_character(text: str):
    assert SyllableTokenizer(Vocab())(text).text == text


@settings(deadline=None)  # each Doc has a vocabulary of its own
@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_a_doc_of_the_same_length(text: str):
    doc = to_doc(document("a", text, Header()))
    assert doc.text == encodable(text)
    assert len(doc.text) == len(text)


def test_syllables_figures_and_dates_are_tokens():
    words = [token.text for token in SyllableTokenizer(Vocab())("Đến ngày 30/11/2025 đạt 12,5%.")]
    assert words == ["Đến", "ngày", "30/11/2025", "đạt", "12,5", "%", "."]


def test_a_decomposed_syllable_is_one_token():
    assert [token.text for token in SyllableTokenizer(Vocab())("tre\u0309 em")] == ["tre\u0309", "em"]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_spans_of_a_layer_quote_the_words_of_the_document(layer: str):
    plan = sample_plan()
    doc = to_doc(plan)
    assert [span.text for span in doc.spans[layer]] == [plan.quote(item.span) for item in getattr(plan, layer)]


def test_spans_survive_a_docbin():
    doc = to_doc(sample_plan(), blank())
    stored = DocBin(docs=[doc]).to_bytes()
    [read] = DocBin().from_bytes(stored).get_docs(doc.vocab)
    assert [(s.text, s.label_) for s in read.spans["tasks"]] == [(s.text, s.label_) for s in doc.spans["tasks"]]


def test_the_component_fills_the_spans_of_any_pipeline():
    nlp = spacy.blank("xx")
    nlp.add_pipe("vnplan", config={"entities": "targets"})
    doc = nlp(PLAN)
    assert set(LAYERS) <= set(doc.spans)
    assert doc.text == PLAN


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="not a layer"):
        spacy.blank("xx").add_pipe("vnplan", config={"entities": "chapters"})


def test_a_pipeline_with_the_tokenizer_is_saved_and_loaded(tmp_path):
    nlp = blank()
    nlp.add_pipe("vnplan")
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert [token.text for token in loaded.tokenizer("Số 12/KH")] == [token.text for token in nlp.tokenizer("Số 12/KH")]


WORDS = "KẾ HOẠCH\nI. MỤC TIÊU\n- Phấn đấu 95% trẻ em mồ côi  được chăm\nsóc thay thế.\n"


@settings(deadline=None)  # the first text loads the segmenter
@given(st.text(), st.sets(st.integers(0, 40)))
def test_words_keep_every_character_and_end_at_every_edge(text: str, edges: set[int]):
    doc = WordTokenizer(Vocab())(text, edges)
    assert doc.text == text
    assert all(not token.idx < edge < token.idx + len(token.text.rstrip()) for token in doc for edge in edges)


def test_words_of_several_syllables_are_tokens():
    doc = to_doc(parse(WORDS), words=True)
    assert doc.text == WORDS
    assert {"trẻ em", "mồ côi", "chăm\nsóc", "thay thế"} <= {token.text for token in doc}


@pytest.mark.parametrize("text", [PLAN, WORDS])
def test_statements_of_words_quote_the_document(text: str):
    plan = parse(text)
    doc = to_doc(plan, words=True)
    for layer in LAYERS:
        assert [span.text for span in doc.spans[layer]] == [plan.quote(item.span) for item in getattr(plan, layer)]


def test_tokens_know_what_they_are():
    doc = to_doc(parse(WORDS), words=True)
    assert [token.text for token in doc if token.like_num] == ["95"]
    assert {token.text for token in doc if token.is_punct} >= {"-", "%", "."}


def test_a_word_is_cut_where_a_statement_ends():
    assert [token.text for token in WordTokenizer(Vocab())("trẻ  em", {3})] == ["trẻ", " ", "em"]


def test_words_and_spans_survive_a_docbin():
    doc = to_doc(parse(WORDS), blank(words=True), words=True)
    [read] = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(doc.vocab)
    assert read.text == WORDS
    assert [token.text for token in read] == [token.text for token in doc]
    for layer in LAYERS:
        assert [(s.text, s.label_, s.id_) for s in read.spans[layer]] == [
            (s.text, s.label_, s.id_) for s in doc.spans[layer]
        ]


def test_the_component_joins_the_syllables_of_words():
    nlp = blank()
    nlp.add_pipe("vnplan", config={"words": True})
    doc = nlp(WORDS)
    assert [token.text for token in doc if not token.is_space] == [
        token.text for token in to_doc(parse(WORDS), words=True) if not token.is_space
    ]
    assert doc.spans["targets"][0].text.split() == WORDS.split("- ")[1].rstrip(".\n").split()


def test_a_pipeline_of_words_is_saved_and_loaded(tmp_path):
    nlp = blank(words=True)
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert [token.text for token in loaded("Chăm sóc trẻ em")] == ["Chăm sóc", "trẻ em"]
