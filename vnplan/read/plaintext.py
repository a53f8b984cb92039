"""Text files: which encoding, and one block a line. Markdown has its own module for what lines cannot say."""

from __future__ import annotations

import codecs
import re
from typing import Final

from vnplan.errors import ReadError
from vnplan.model import Block, Problem, Source, Span
from vnplan.read.build import Origin, make_source, too_long
from vnplan.read.encodings import find_changes, rewrite
from vnplan.read.legacy import has_lookalikes, is_good
from vnplan.read.markdown import looks_like_markdown, mark_blocks
from vnplan.read.text_furniture import leave_furniture
from vnplan.read.vietnamese import count_letters, measure_letters

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536
# Control characters that text files do hold: tab, line ends, page break, DOS end of file, escape.
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_MAX_CONTROL: Final = 0.002
_MIXED: Final = 0.7  # share of syllables in a text of which lines were converted
_ADVICE: Final = "save it as UTF-8 text and try again"


def read_text(origin: Origin, *, markdown: bool = False) -> Source:
    """Return a text or markdown file, one block a line, with the line ends of all systems as line feeds.

    A form feed is a page break; page numbers and running heads stay in the text and are no blocks. Nothing else is
    changed; a windows-1258 text keeps its combining marks.
    Raises :class:`ReadError` with ``empty``, ``not-text`` or ``encoding``.
    """
    text, problems = decode(origin)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > origin.limits.text:
        raise too_long(origin)
    if not any(map(str.isalnum, text)):
        raise origin.fail("empty", "the file holds no letters or figures; check that it is the right file")
    blocks, pages = line_blocks(text)
    markdown = markdown or looks_like_markdown(text)
    if markdown:
        blocks = mark_blocks(text, blocks)
    else:
        blocks = leave_furniture(text, blocks)
        pages = max(pages, blocks[-1].page if blocks else 1)
    media_type = "text/markdown" if markdown else "text/plain"
    return make_source(origin, text, tuple(blocks), media_type, "text", pages=pages, problems=tuple(problems))


def line_blocks(text: str) -> tuple[list[Block], int]:
    """Return a block for each line that is not blank, and the number of pages."""
    blocks: list[Block] = []
    page, start = 1, 0
    for line in text.split("\n"):
        if "\f" in line:
            at = start
            for piece in line.split("\f"):
                if at > start:
                    page += 1
                if piece and not piece.isspace():
                    blocks.append(Block(Span(at, at + len(piece)), "line", page))
                at += len(piece) + 1
        elif line and not line.isspace():
            blocks.append(Block(Span(start, start + len(line)), "line", page))
        start += len(line) + 1
    last = blocks[-1].page if blocks else 1  # a page break at the end of the file begins no page
    return blocks, last


def decode(origin: Origin) -> tuple[str, list[Problem]]:
    """Return the characters of a text file, and a problem for each thing that had to be guessed."""
    data = origin.data
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(origin, data[len(bom) :], encoding)
    if b"\0" in data:
        few = data.count(b"\0") <= 1 + len(data) // 500
        return (few and _decode_nearly(data.replace(b"\0", b"\xff"))) or _decode_wide(origin)
    control = len(data[:_SAMPLE]) - len(data[:_SAMPLE].translate(None, _CONTROL))
    if control > _MAX_CONTROL * len(data[:_SAMPLE]):
        raise origin.fail(
            "not-text", "the file is binary, not text; give the document itself (.docx, .pdf, .html or .txt)"
        )
    try:
        text, problems = _decode_as(origin, data, "utf-8")
    except ReadError:
        return _decode_nearly(data) or _decode_old(origin)
    text, converted = _convert_lines(text)
    return text, [*problems, *converted]


def _decode_as(origin: Origin, data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    problems = [] if encoding == "utf-8" else [_converted(encoding)]
    try:
        return data.decode(encoding), problems
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.start > 0 and error.end == len(data):
            cut = Problem("cut:end", "the file ends in the middle of a character: something is missing behind it")
            return data[: error.start].decode(encoding), [*problems, cut]
        raise origin.fail("encoding", f"the bytes are not valid {encoding}; {_ADVICE}") from error


def _decode_nearly(data: bytes) -> tuple[str, list[Problem]] | None:
    """UTF-8 with a few wrong bytes, each of which becomes U+FFFD."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong > 1 + len(text) // 500 or not is_good(measure_letters(text), 0.5):
        return None
    return text, [Problem("repaired", f"{wrong} places that are no UTF-8 were replaced by U+FFFD")]


def _decode_wide(origin: Origin) -> tuple[str, list[Problem]]:
    """UTF-16 without a byte order mark: half of the bytes of Vietnamese are 00, 01 or 1E, all on one side."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = origin.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = measure_letters(text)
        if "\0" not in text[:_SAMPLE] and (is_good(letters, 0.5) or _is_plain(text)):
            return text, [_converted(encoding)]
    raise origin.fail("not-text", "the file holds NUL bytes, so it is binary, not text; give the document itself")


def _decode_old(origin: Origin) -> tuple[str, list[Problem]]:
    """One byte a letter: windows-1258, TCVN3 or VNI, whichever makes Vietnamese of it."""
    try:
        text = origin.data.decode("windows-1258")
    except UnicodeDecodeError:
        text = ""
    if is_good(measure_letters(text)):
        return text, [_converted("windows-1258")]
    text, problems = _convert_lines(_decode_each(origin.data))
    if problems and is_good(measure_letters(text), _MIXED):
        return text, problems
    raise origin.fail("encoding", f"the encoding is none of UTF-8, UTF-16, windows-1258, TCVN3 and VNI; {_ADVICE}")


def _decode_each(data: bytes) -> str:
    """Return the text of a file whose lines are in UTF-8 or in an old encoding of one byte a letter."""
    lines: list[str] = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("latin-1"))
    return "\n".join(lines)


def _convert_lines(text: str) -> tuple[str, list[Problem]]:
    """Return a text with its lines in an old encoding in Unicode, and what was converted."""
    if not has_lookalikes(text):
        return text, []
    lines = text.split("\n")
    changes = find_changes(lines, {})
    for number, own in changes.items():
        lines[number] = rewrite(lines[number], own)
    found = {change.encoding for own in changes.values() for change in own if change.encoding is not None}
    return "\n".join(lines), [_converted(encoding) for encoding in sorted(found)]


# yes: Ke hoach 12
# no:  Kế
_PLAIN: Final = re.compile(r"[\t\n\r\x20-\x7e]{1,65536}")


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text[:_SAMPLE]) is not None and count_letters(text[:_SAMPLE]) > 0


def _converted(encoding: str) -> Problem:
    return Problem(f"converted:{encoding}", f"the text was converted from {encoding}")
