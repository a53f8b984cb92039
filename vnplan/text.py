"""Cleaned text with the way back to what was read, and keys to compare Vietnamese words by.

Cleaning composes letters (NFC, with a bound on combining marks), folds white space and dashes, removes what cannot be
seen and the marks of markdown, puts the tone on the vowel where most documents put it (``hóa``, ``khỏe``, ``ủy``),
takes footnotes out of the sentence they interrupt, and joins the lines of a hard-wrapped paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vnplan.limits import LIMITS
from vnplan.model import Block, BlockKind, Paragraph, Problem, Source, Span, Text
from vnplan.wrapping import LinePiece, continues, measure_wrapping

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
_INVISIBLE = "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff"
_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c"
_SPACES = "\t\n\x0b\x0c\r\x1c-\x1f \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARKS = "\u0300-\u034e\u0350-\u036f"
_HYPHENS = ("-", "\u2010", "\u2011", "\u2013")
_STROKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}  # letters that look like Đ and are not

# What is not copied as it stands: one alternative per kind of treatment.
_ODD = re.compile(
    rf"(?P<space>[{_SPACES}]{{2,}}|[{_SPACES.replace(' ', '')}])"
    rf"|(?P<marked>[^{_SPACES}{_MARKS}{_INVISIBLE}{_BIDI}]?[{_MARKS}]+)"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<bidi>[{_BIDI}]+)"
    rf"|(?P<same>[{_DASHES}{''.join(_STROKES)}])"
    r"|(?P<mark>(?<=[^\s\[(])\[[1-9][0-9]?\](?![(\w\]]))"  # of a footnote, as word processors save it: thôn[1]
)
_SAME = {**dict.fromkeys(_DASHES, "-"), **_STROKES}

# yes: <sup>1</sup>
# yes: <sup>[12]</sup>
# yes: <sup>(*)</sup>
# no:  37<sup>o</sup>C
_SUP = r"<sup>[ ]{0,3}[\[(]?(?:[0-9]{1,3}|\*{1,3}|[a-np-z])[\])]?[ ]{0,3}</sup>"
# Markdown and the few HTML tags that converters leave in it; read with the kinds above in one pass.
_MARKDOWN = re.compile(
    rf"(?P<note>{_SUP}|\[\^[^\]\n]{{1,20}}\])"
    rf"|(?P<bold>\*\*|__)"
    rf"|(?P<tag></?(?:b|i|u|em|strong|sup|sub|span|br|p|div)[ ]?/?>)"
    rf"|(?P<escape>\\(?=[-\\`*_{{}}\[\]()#+.!>|~]))"
    rf"|(?P<star>(?<![*\s(])\*(?![*)])|\*(?=[^\s*)]))"
    rf"|(?P<entity>&(?:nbsp|amp|lt|gt|quot);)"
    rf"|{_ODD.pattern}"
)
# Where something odd may begin, or one letter further (of a letter with marks the first mark): found by far sooner.
_ODD_LETTER = re.compile(
    rf"[\[{_SPACES.replace(' ', '')}{_MARKS}{_INVISIBLE}{_BIDI}{_DASHES}{''.join(_STROKES)}]|[ ](?=[{_SPACES}])"
)
_ODD_SIGN = re.compile(rf"[*_<&\\{_ODD_LETTER.pattern[1:]}")
# yes: 100 m
# yes: (km
# yes: 5 x 10
# no:  dân số
# no:  năm 2010
_UNIT = re.compile(r"(?:(?<![^\W\d_])[kcdm]?m|(?<![0-9.,/])10)$")
_ENTITY = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_HEADING_MARK = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+")
_NOTE_LINE = re.compile(rf"[ \t]{{0,8}}(?:{_SUP}|\[\^[^\]\n]{{1,20}}\]:?)[ \t]{{0,4}}")
_MARKDOWN_SIGNS = re.compile(r"\*\*[^*\n]{1,200}\*\*|^#{1,6}[ \t]|<sup>|\\-", re.MULTILINE)

_TONE_OLD = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_TONE_NEW = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONE = {
    variant(old): variant(new)
    for old, new in zip(_TONE_OLD, _TONE_NEW, strict=True)
    for variant in (str, str.upper, str.capitalize)
} | {old[0] + old[1].upper(): new[0] + new[1].upper() for old, new in zip(_TONE_OLD, _TONE_NEW, strict=True)}
# yes: khoẻ, Uỷ ban, HOÁ
# yes: thuỷ lợi
# no: quý, hoàn, thuyết
_MISPLACED = re.compile(rf"[oOuU](?<![qQ].)[{''.join(sorted({word[1] for word in _TONE}))}](?![\w{_MARKS}])")


def place_tones(words: str) -> str:
    """Return ``words`` (composed) with the tone of oa, oe and uy on the first vowel; the length stays the same.

    >>> place_tones("Uỷ ban, sức khoẻ, quý, hoàn")
    'Ủy ban, sức khỏe, quý, hoàn'
    """
    return _MISPLACED.sub(lambda found: _TONE.get(found[0], found[0]), words)


def takes_power(words: str) -> bool:
    """Tell whether a small figure above the line behind ``words`` is a power (m²), not the mark of a footnote.

    >>> takes_power("rộng 5 km"), takes_power("diện tích (m"), takes_power("dân số"), takes_power("năm 2010")
    (True, True, False, False)
    """
    return _UNIT.search(words[-6:]) is not None


def hangs(before: str, after: str) -> bool:
    """Tell whether a line ends with a hyphen that joins its last word to the first of the next line.

    >>> hangs("Nghị định số 12/2025/NĐ-", "CP"), hangs("kinh tế -", "xã hội"), hangs("2021-", "2025")
    (True, False, True)
    """
    return before[-1:] in _HYPHENS and before[-2:-1].isalnum() and after[:1].isalnum()


@lru_cache(maxsize=65536)
def fold(words: str) -> str:
    """Return the key by which two spellings of the same words are equal; never to be shown or measured.

    >>> fold("Uỷ  ban – NHÂN\\u00a0dân") == fold("Ủy ban - nhân dân")
    True
    """
    text = _clean(words, _lines(words), markdown=False)
    if text.problems:  # a mark may have met its letter only now
        text = _clean(text.clean, _lines(text.clean), markdown=False)
    return place_tones(text.clean.replace("\n", " ").strip().casefold())


@dataclass(slots=True)
class _Piece:
    """One block after cleaning of its characters, before the joining of lines."""

    block: Block
    words: str
    offsets: array[int]
    bold: int
    level: int | None
    footnote: bool
    open_bold: bool


def clean_text(source: Source | str) -> Text:
    """Return the cleaned text of what was read; total on any string, in time proportional to its length."""
    if isinstance(source, str):
        raw, blocks, markdown = source, _lines(source), None
    else:
        raw, blocks = source.text, source.blocks
        markdown = source.media_type == "text/markdown" or (None if source.media_type == "text/plain" else False)
    if markdown is None:
        markdown = sum(1 for _ in zip(_MARKDOWN_SIGNS.finditer(raw[:200_000]), range(3), strict=False)) == 3
    return _clean(raw, blocks, markdown)


def cut_text(text: Text, first: int, stop: int) -> Text:
    """Return the paragraphs ``[first, stop)`` as a text of their own; its spans lead to the same words as before."""
    paragraphs = text.paragraphs[first:stop]
    if not paragraphs:
        return replace(text, clean="", printed="", offsets=array("I"), paragraphs=())
    start, end = paragraphs[0].start, paragraphs[-1].end + 1

    def moved(paragraph: Paragraph) -> Paragraph:
        anchor = paragraph.anchor
        anchor = anchor - start if anchor is not None and start <= anchor <= end else None
        return replace(paragraph, start=paragraph.start - start, end=paragraph.end - start, anchor=anchor)

    return replace(
        text,
        clean=text.clean[start:end],
        printed=text.printed[start:end],
        offsets=text.offsets[start:end],
        paragraphs=tuple(map(moved, paragraphs)),
    )


def _clean(raw: str, blocks: Sequence[Block], markdown: bool) -> Text:
    counts: dict[str, int] = {}
    pieces: list[_Piece] = []
    places = array("I", range(len(raw)))
    open_bold = False
    for block in blocks:
        piece = _clean_block(raw, places, block, markdown, open_bold, counts)
        open_bold = piece.open_bold and block.kind == "line"
        if piece.words:
            pieces.append(piece)
    return _assemble(raw, pieces, _problems(counts))


def _lines(raw: str) -> tuple[Block, ...]:
    """Return one block for each physical line; only a line feed ends one (CR before it is white space)."""
    found, start = [], 0
    while start <= len(raw):
        end = raw.find("\n", start)
        end = len(raw) if end < 0 else end
        if end > start:
            found.append(Block(Span(start, end), "line"))
        start = end + 1
    return tuple(found)


def _clean_block(
    raw: str, places: array[int], block: Block, markdown: bool, open_bold: bool, counts: dict[str, int]
) -> _Piece:
    """Return a block with its letters cleaned; ``places`` are those of ``raw`` in order. Adds to ``counts``."""
    start, end = block.span.start, block.span.end
    level, footnote = block.level, block.kind == "footnote"
    if markdown:
        if mark := _HEADING_MARK.match(raw, start, end):
            level, start = len(mark[1]), mark.end()
        if block.kind in ("line", "footnote") and (note := _NOTE_LINE.match(raw, start, end)):
            start, footnote = note.end(), True
    bold_spans: list[list[int]] = [[0, -1]] if open_bold else []
    if (_ODD_SIGN if markdown else _ODD_LETTER).search(raw, start, end):
        words, offsets = _replace_odd(raw, places, (start, end), markdown, bold_spans, counts)
    else:
        words, offsets = raw[start:end], places[start:end]
    still_open = bool(bold_spans) and bold_spans[-1][1] < 0
    bold = bisect_left(offsets, block.span.start + block.bold) if block.bold else _leading_bold(words, bold_spans)
    words, offsets, bold = _squeeze(words, offsets, bold)
    return _Piece(block, words, offsets, bold, level, footnote, still_open)


def _replace_odd(
    raw: str,
    places: array[int],
    block: tuple[int, int],
    markdown: bool,
    bold_spans: list[list[int]],
    counts: dict[str, int],
) -> tuple[str, array[int]]:
    """Return a block with everything odd treated, and where each letter stands; adds to the last two."""
    out: list[str] = []
    offsets = array("I")
    start, end = block
    size, at = 0, start
    for odd in _odd_ones(raw, start, end, markdown):
        if odd.start() > at:
            out.append(raw[at : odd.start()])
            offsets.extend(places[at : odd.start()])
            size += odd.start() - at
        at = odd.end()
        kind = odd.lastgroup or ""
        if kind == "bold":
            if bold_spans and bold_spans[-1][1] < 0:
                bold_spans[-1][1] = size
            else:
                bold_spans.append([size, -1])
            continue
        if kind == "note" and takes_power(raw[max(start, odd.start() - 6) : odd.start()]):
            words = odd[0].removeprefix("<sup>").removesuffix("</sup>").strip()  # m<sup>2</sup>
        else:
            words = _treat(kind, odd[0], counts)
            if "\n" in odd[0] and hangs(raw[max(odd.start() - 2, start) : odd.start()], raw[odd.end() : odd.end() + 1]):
                words = ""
        if words:
            out.append(words)
            offsets.extend([odd.start()] * len(words))
            size += len(words)
    if at < end:
        out.append(raw[at:end])
        offsets.extend(places[at:end])
    return "".join(out), offsets


def _odd_ones(raw: str, start: int, end: int, markdown: bool) -> Iterator[re.Match[str]]:
    """Yield what the patterns of odd things find, as ``finditer`` does, looking only where something may be."""
    signs, match = (_ODD_SIGN, _MARKDOWN.match) if markdown else (_ODD_LETTER, _ODD.match)
    at = start
    for sign in signs.finditer(raw, start, end):
        place = sign.start()
        if place < at:
            continue
        odd = match(raw, place - 1, end) if place > at and "\u0300" <= sign[0] <= "\u036f" else None
        odd = odd or match(raw, place, end)
        if odd:
            yield odd
            at = odd.end()


def _treat(kind: str, odd: str, counts: dict[str, int]) -> str:
    """Return what stands in the cleaned text in place of ``odd``."""
    if kind == "space" or (kind == "tag" and odd.startswith("<br")):
        return " "
    if kind == "same":
        return _SAME[odd]
    if kind == "entity":
        return _ENTITY[odd]
    if kind == "marked":
        if len(odd) > LIMITS.marks_per_letter:
            counts["marks"] = counts.get("marks", 0) + 1
            odd = odd[: LIMITS.marks_per_letter]
        return unicodedata.normalize("NFC", odd)
    if kind in ("invisible", "bidi"):
        counts[kind] = counts.get(kind, 0) + len(odd)
    return ""


def _leading_bold(words: str, spans: list[list[int]]) -> int:
    """Return how many code points at the beginning are bold, white space between two bold stretches included."""
    reach = 0
    for start, end in spans:
        if words[reach:start].strip(" -.)"):
            break
        reach = len(words) if end < 0 else end
    return reach


def _squeeze(words: str, offsets: array[int], bold: int) -> tuple[str, array[int], int]:
    """Strip the ends and fold double spaces that the removal of marks left behind."""
    head = len(words) - len(words.lstrip(" "))
    words = words.strip(" ")
    if len(words) < len(offsets):
        offsets = offsets[head : head + len(words)]
    bold = max(0, min(bold - head, len(words)))
    if "  " not in words:
        return words, offsets, bold
    keep = [i for i, letter in enumerate(words) if letter != " " or words[i - 1] != " "]
    bold = sum(1 for i in keep if i < bold)
    return "".join(words[i] for i in keep), array("I", (offsets[i] for i in keep)), bold


def _assemble(raw: str, pieces: list[_Piece], problems: tuple[Problem, ...]) -> Text:
    """Join the pieces into paragraphs and lay them one after another, a line feed between them."""
    lines = [_line_piece(raw, piece, pieces[number - 1] if number else None) for number, piece in enumerate(pieces)]
    wrapping = measure_wrapping(lines)
    groups: list[list[_Piece]] = []
    notes: list[list[_Piece]] = []
    last = -1
    for number, piece in enumerate(pieces):
        if piece.footnote:
            notes.append([piece])
            continue
        line = lines[number] if last == number - 1 else _line_piece(raw, piece, pieces[last] if last >= 0 else None)
        if last >= 0 and continues(lines[last], line, wrapping):
            groups[-1].append(piece)
        else:
            groups.extend(notes)
            notes.clear()
            groups.append([piece])
        last = number
    groups.extend(notes)
    clean: list[str] = []
    offsets = array("I")
    paragraphs: list[Paragraph] = []
    size = 0
    for group in groups:
        start, bold, all_bold = size, 0, True
        for number, piece in enumerate(group):
            if number and not hangs(clean[-1], piece.words):
                clean.append(" ")
                # the line feed between the two, where there is one
                offsets.append(min(group[number - 1].block.span.end, piece.offsets[0] - 1))
                size += 1
            clean.append(piece.words)
            offsets.extend(piece.offsets)
            if all_bold:
                bold = size - start + piece.bold
                all_bold = piece.bold == len(piece.words)
            size += len(piece.words)
        first = group[0]
        kind: BlockKind = "footnote" if first.footnote else "cell" if first.block.kind == "cell" else "paragraph"
        paragraphs.append(
            Paragraph(start, size, kind, first.block.page, first.block.cell, bold, first.block.centred, first.level)
        )
        clean.append("\n")
        offsets.append(group[-1].offsets[-1])
        size += 1
    printed = "".join(clean)
    _anchor_notes(paragraphs, [group[0].block.anchor for group in groups], offsets)
    return Text(raw, place_tones(printed), printed, offsets, tuple(paragraphs), problems)


def _anchor_notes(paragraphs: list[Paragraph], anchors: list[int | None], offsets: array[int]) -> None:
    """Put into each footnote the place of its mark in the cleaned text: between the letters that stood around it."""
    others = [paragraph for paragraph in paragraphs if paragraph.kind != "footnote"]
    begins = [offsets[paragraph.start] for paragraph in others]  # they stand in the order in which they were read
    for index, anchor in enumerate(anchors):
        if anchor is not None and others:
            holder = others[max(bisect_right(begins, anchor) - 1, 0)]
            place = bisect_left(offsets, anchor, holder.start, holder.end)
            paragraphs[index] = replace(paragraphs[index], anchor=place)


def _line_piece(raw: str, piece: _Piece, before: _Piece | None) -> LinePiece:
    gap = raw.count("\n", before.block.span.end, piece.block.span.start) if before else 0
    if before and before.block.page != piece.block.page:
        gap = min(gap, 1)  # the margins between two pages part no paragraphs
    bold = piece.bold == len(piece.words)
    goes_on = before is not None and raw[before.block.span.end : piece.block.span.start] == " "
    return LinePiece(piece.words, piece.block.kind, bold, piece.level, gap, piece.open_bold, goes_on)


def _problems(counts: dict[str, int]) -> tuple[Problem, ...]:
    found = []
    if n := counts.get("invisible"):
        found.append(Problem(f"invisible:{n}", f"{n} invisible characters were left out of the matched text"))
    if n := counts.get("bidi"):
        found.append(Problem("bidi-control", f"{n} characters that reverse the direction of reading were left out"))
    if n := counts.get("marks"):
        found.append(Problem("marks", f"{n} letters carry more than {LIMITS.marks_per_letter} combining marks"))
    return tuple(found)
