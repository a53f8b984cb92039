"""Text and markdown: the encoding, the lines, and the tables that markdown draws with pipes."""

from __future__ import annotations

import re

from vnplan.errors import ReadError
from vnplan.model import Block, Cell, Problem, Source, Span

_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòõúùýĩũ]")
_MOJIBAKE = re.compile(r"[\ufffd\x80-\x9f]")
_MARKS = re.compile(r"^#{1,6}[ ]|\*\*[^*\n]{1,200}\*\*|^\|.{1,400}\|[ ]*$|<sup>", re.MULTILINE)
_RULE_ROW = re.compile(r"[ ]{0,3}\|?(?:[ ]{0,40}:?-{1,200}:?[ ]{0,40}\|?){1,60}[ ]*$")
_NOTE = re.compile(r"[ ]{0,3}(?:<sup>[^<>\n]{1,12}</sup>|\[\^[^\]\n]{1,12}\]:)")


def decode(name: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text that the bytes spell, line feeds for line ends; raises ReadError ``encoding``.

    UTF-8 and UTF-16 with or without their mark; else windows-1258, if Vietnamese comes of it.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return _line_feeds(data[len(mark) :].decode(codec)), ()
            except UnicodeDecodeError as error:
                raise _unreadable(name, f"it begins as {codec} and is not") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(name, data)
    if "\x00" not in text[:4096]:
        return _line_feeds(text), ()
    return _decode_old(name, data)


def _decode_old(name: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    if data[:2000].count(b"\x00") > len(data[:2000]) // 10:
        codec = "utf-16-le" if data[1:2000:2].count(b"\x00") >= data[0:2000:2].count(b"\x00") else "utf-16-be"
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            raise _unreadable(name, "it looks like UTF-16 and is not") from error
        return _line_feeds(text), (Problem(f"converted:{codec}", f"read as {codec}, which carries no mark"),)
    text = data.decode("cp1258", errors="replace")
    letters = sum(1 for letter in text[:20_000] if letter.isalpha())
    if (
        letters
        and len(_VIETNAMESE.findall(text[:20_000])) > letters * 0.04
        and len(_MOJIBAKE.findall(text[:20_000])) < 5
    ):
        return _line_feeds(text), (Problem("converted:windows-1258", "read as windows-1258 (Vietnamese)"),)
    raise _unreadable(name, "it is neither UTF-8, UTF-16 nor windows-1258")


def _unreadable(name: str, why: str) -> ReadError:
    return ReadError("encoding", f"{name}: the text cannot be decoded: {why}; save it as UTF-8")


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plaintext(name: str, data: bytes, sha256: str, longest: int) -> Source:
    """Return the lines of a text or markdown file; raises ReadError: ``encoding``, ``empty``, ``too-big``."""
    text, problems = decode(name, data)
    if not text.strip():
        raise ReadError("empty", f"{name}: the file holds no text")
    if len(text) > longest:
        raise ReadError("too-big", f"{name}: more than {longest} characters; split the file")
    markdown = name.lower().endswith((".md", ".markdown")) or _is_markdown(text)
    blocks, pages = _blocks(text, markdown)
    media_type = "text/markdown" if markdown else "text/plain"
    return Source(name, sha256, media_type, text, blocks, "text", pages, None, problems)


def _is_markdown(text: str) -> bool:
    found = _MARKS.finditer(text[:200_000])
    return sum(1 for _ in zip(found, range(3), strict=False)) == 3


def _blocks(text: str, markdown: bool) -> tuple[tuple[Block, ...], int]:
    """Return a block for each line that is not blank, cells for the rows of pipe tables, and the number of pages."""
    blocks: list[Block] = []
    start, page, table, row, inside = 0, 1, -1, 0, False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        page += line.count("\f")
        if markdown and line.lstrip().startswith("|") and line.count("|") > 1:
            if not inside:
                table, row, inside = table + 1, 0, True
            if not _RULE_ROW.match(line):
                blocks.extend(_cells(line, start, page, table, row))
                row += 1
        elif line.strip():
            inside = False
            kind = "footnote" if markdown and _NOTE.match(line) else "line"
            blocks.append(Block(Span(start, start + len(line)), kind, page))
        elif inside and not (number + 1 < len(lines) and lines[number + 1].lstrip().startswith("|")):
            inside = False
        start += len(line) + 1
    return tuple(blocks), page


def _cells(line: str, start: int, page: int, table: int, row: int) -> list[Block]:
    """Return the cells between the pipes of one line; a pipe behind a backslash is part of the words."""
    found: list[Block] = []
    at = line.index("|") + 1
    column = 0
    while at <= len(line):
        stop = line.find("|", at)
        while stop > 0 and line[stop - 1] == "\\":
            stop = line.find("|", stop + 1)
        stop = len(line) if stop < 0 else stop
        words = line[at:stop]
        if words.strip():
            head = at + len(words) - len(words.lstrip())
            found.append(
                Block(Span(start + head, start + at + len(words.rstrip())), "cell", page, Cell(table, row, column))
            )
        column += 1
        at = stop + 1
    return found
