"""Documents as spaCy Docs: a tokenizer of our own, and the statements of vnplan as span groups.

>>> import spacy, vnplan.spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("vnplan")
>>> doc = nlp("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu 95% hộ dân được dùng nước sạch.")
>>> [span.label_ for span in doc.spans["targets"]]
['%']

``spacy.blank("vi")`` is not used: it needs a word segmenter that is no longer kept. The tokens here are syllables,
figures, document numbers and marks, so that every statement begins and ends between two tokens. With ``words=True``
they are Vietnamese words, of one or more syllables, and statements still begin and end between two of them:

>>> import vnplan
>>> plan = vnplan.parse("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu 95% trẻ em mồ côi được chăm sóc thay thế.")
>>> doc = to_doc(plan, words=True)
>>> [token.text for token in doc.spans["targets"][0]]
['Phấn đấu', '95', '%', 'trẻ em', 'mồ côi', 'được', 'chăm sóc', 'thay thế']

``nlp.add_pipe("vnplan", config={"words": True})`` joins the syllables of each word in any pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from vnplan.report.escape import encodable
from vnplan.segment import split_words

if TYPE_CHECKING:
    from vnplan.model import Document, Span

LAYERS: Final = ("targets", "tasks", "agencies", "deadlines", "references")

# yes: "1591/QĐ-TTg", "30/11", "1.250,5", "đấu", "TB&XH" gives "TB", "&", "XH"
# no:  " ", "a b"
_TOKEN: Final = re.compile(
    r"[0-9]{1,30}(?:[./,-][0-9]{1,30}){0,8}"  # figures, dates
    r"|(?:[^\W0-9_][\u0300-\u036f]{0,30}){1,60}"  # the letters of a syllable
    r"|[ ]{1,500}"
    r"|[^\S ]{1,500}"
    r"|.",
    re.DOTALL,
)


class SyllableTokenizer:
    """Cuts a text into syllables, figures and marks; ``doc.text`` is the text it was given, whatever that holds."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for token in _tokens(text):
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **options: Any) -> bytes:
        """Return nothing: the tokenizer has no settings."""
        return b""

    def from_bytes(self, data: bytes, **options: Any) -> SyllableTokenizer:
        """Return the tokenizer as it is."""
        return self

    def to_disk(self, path: Any, **options: Any) -> None:
        """Write nothing: the tokenizer has no settings."""

    def from_disk(self, path: Any, **options: Any) -> SyllableTokenizer:
        """Return the tokenizer as it is."""
        return self


class WordTokenizer(SyllableTokenizer):
    """Cuts a text into Vietnamese words of one or more syllables ("chăm sóc"), by :mod:`vnplan.segment`.

    >>> [token.text for token in WordTokenizer(Vocab())("Chăm sóc trẻ em mồ côi.")]
    ['Chăm sóc', 'trẻ em', 'mồ côi', '.']
    """

    def __call__(self, text: str, edges: Iterable[int] = ()) -> Doc:
        """Return the Doc of ``text``; no word reaches over one of the ``edges``."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in _cut(text, split_words(text), edges):
            gap = text[at:start]
            if gap.startswith(" ") and words:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def _cut(text: str, words: Iterable[tuple[int, int]], edges: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield ``words``, cut where an edge falls into one, without white space at their ends."""
    left = sorted(set(edges), reverse=True)
    for start, end in words:
        while left and left[-1] < end:
            edge = left.pop()
            if edge > start:
                yield start, start + len(text[start:edge].rstrip())
                start = end - len(text[edge:end].lstrip())
        yield start, end


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        if len(token) > 1 and token[0] == " ":
            yield " "  # the space that belongs to the token before it
            yield token[1:]
        else:
            yield token


@spacy.registry.tokenizers("vnplan.SyllableTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Any:
    """Return the function by which a spaCy config makes the tokenizer."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)


@spacy.registry.tokenizers("vnplan.WordTokenizer.v1")  # type: ignore[untyped-decorator]
def create_word_tokenizer() -> Any:
    """Return the function by which a spaCy config makes the tokenizer of words."""
    return lambda nlp: WordTokenizer(nlp.vocab)


def blank(*, words: bool = False) -> Language:
    """Return an empty pipeline with a tokenizer of this module: syllables, or ``words`` of several syllables."""
    tokenizer = "vnplan.WordTokenizer.v1" if words else "vnplan.SyllableTokenizer.v1"
    return spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": tokenizer}}})


def to_doc(document: Document, nlp: Language | None = None, *, words: bool = False) -> Doc:
    """Return ``document`` as a Doc of the text that was read, with a span group for each layer.

    The tokens are those of ``nlp``, else syllables, or with ``words`` Vietnamese words, cut where a statement ends. A
    span that does not end between two tokens of ``nlp`` is widened to whole tokens. The label of a target is its unit,
    of a task its path, of an agency its level, of a deadline its bound, of a reference its relation; ``span.id_`` is
    the position in the layer, as a string. A lone surrogate, which spaCy cannot store, becomes U+FFFD.
    """
    text = encodable(document.source.text)
    tokenizer = SyllableTokenizer(blank().vocab) if nlp is None else nlp.tokenizer
    if words:
        tokenizer = WordTokenizer(tokenizer.vocab)
    doc = tokenizer(text, _edges(document)) if isinstance(tokenizer, WordTokenizer) else tokenizer(text)
    return _with_spans(doc, document)


def _edges(document: Document) -> set[int]:
    """Return where a statement of any layer begins or ends."""
    spans = [item.span for layer in LAYERS for item in getattr(document, layer)]
    return {span.start for span in spans} | {span.end for span in spans}


def _with_spans(doc: Doc, document: Document) -> Doc:
    for layer in LAYERS:
        spans = []
        for number, item in enumerate(getattr(document, layer)):
            span: Span = item.span
            found = doc.char_span(
                span.start, span.end, label=_label(layer, item), span_id=str(number), alignment_mode="expand"
            )
            if found is not None:
                spans.append(found)
        doc.spans[layer] = spans
    return doc


def _label(layer: str, item: Any) -> str:
    key = {"targets": "unit", "tasks": "path", "agencies": "level", "deadlines": "bound", "references": "relation"}
    return encodable(getattr(item, key[layer]) or layer[:-1])


def _join_words(doc: Doc, edges: Iterable[int]) -> None:
    """Join the tokens of each word that has more than one; words that cut a token are left as they are."""
    text = doc.text
    with doc.retokenize() as retokenizer:
        for start, end in _cut(text, split_words(text), edges):
            span = doc.char_span(start, end)
            if span is not None and len(span) > 1:
                retokenizer.merge(span)


@Language.factory(  # type: ignore[untyped-decorator]
    "vnplan", assigns=["doc.spans"], default_config={"entities": None, "words": False}, retokenizes=True
)
def create_vnplan(nlp: Language, name: str, entities: str | None, words: bool) -> VnplanComponent:
    """Return the component; with ``entities``, the spans of that layer also become ``doc.ents``."""
    return VnplanComponent(entities, words=words)


class VnplanComponent:
    """Reads the text of a Doc as a plan and puts what it finds into ``doc.spans``; with ``words``, joins syllables."""

    def __init__(self, entities: str | None = None, *, words: bool = False) -> None:
        if entities is not None and entities not in LAYERS:
            raise ValueError(f"entities={entities!r}: not a layer; choose one of {', '.join(LAYERS)}")
        self.entities = entities
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        from vnplan.document import parse

        document = parse(doc.text)
        if self.words:
            _join_words(doc, _edges(document))
        _with_spans(doc, document)
        if self.entities:
            doc.set_ents(filter_spans([*doc.spans[self.entities], *doc.ents]))
        return doc
