"""Documents as spaCy Docs: a tokenizer of our own, and the statements of vnplan as span groups.

>>> import spacy, vnplan.spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("vnplan")
>>> doc = nlp("KẾ HOẠCH\\nI. MỤC TIÊU\\n- Phấn đấu 95% hộ dân được dùng nước sạch.")
>>> [span.label_ for span in doc.spans["targets"]]
['%']

``spacy.blank("vi")`` is not used: it needs a word segmenter that is no longer kept. The tokens here are syllables,
figures, document numbers and marks, so that every statement begins and ends between two tokens; ``blank(words=True)``
gives words of several syllables instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in split_words(text):
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


def to_doc(document: Document, nlp: Language | None = None) -> Doc:
    """Return ``document`` as a Doc of the text that was read, with a span group for each layer.

    A span that does not end between two tokens of ``nlp`` is widened to whole tokens. The label of a target is its
    unit, of a task its path, of an agency its level, of a deadline its bound, of a reference its relation; ``span.id_``
    is the position in the layer, as a string. A lone surrogate, which spaCy cannot store, becomes U+FFFD.
    """
    tokenize = SyllableTokenizer(Vocab()) if nlp is None else nlp.tokenizer
    return _with_spans(tokenize(encodable(document.source.text)), document)


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


@Language.factory("vnplan", assigns=["doc.spans"], default_config={"entities": None})  # type: ignore[untyped-decorator]
def create_vnplan(nlp: Language, name: str, entities: str | None) -> VnplanComponent:
    """Return the component; with ``entities``, the spans of that layer also become ``doc.ents``."""
    return VnplanComponent(entities)


class VnplanComponent:
    """Reads the text of a Doc as a plan and puts what it finds into ``doc.spans``."""

    def __init__(self, entities: str | None = None) -> None:
        if entities is not None and entities not in LAYERS:
            raise ValueError(f"entities={entities!r}: not a layer; choose one of {', '.join(LAYERS)}")
        self.entities = entities

    def __call__(self, doc: Doc) -> Doc:
        from vnplan.document import parse

        doc = _with_spans(doc, parse(doc.text))
        if self.entities:
            doc.set_ents(filter_spans([*doc.spans[self.entities], *doc.ents]))
        return doc
