"""HTML pages: the document out of menus, counters and other news; lists and tables as a reader sees them.

Nothing is fetched and no script runs. The tree is walked with an explicit stack; a page that is nested deeper than the
limit fails, because parsers that cut it off would do so in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vnplan.errors import ReadError
from vnplan.model import Problem, Source
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.html_page import LINKS, Page, has_letterhead
from vnplan.read.html_writer import Writer
from vnplan.read.lists import any_of
from vnplan.read.plaintext import decode
from vnplan.read.portal import find_attachments, name_attachments, title_of

# yes: Số: 12/KH-UBND
# no:  Lỗi số 404
_NUMBERED: Final = re.compile(r"số\s{0,3}:?\s{0,3}[0-9.]{0,9}\s{0,3}/[^\W\d]", re.IGNORECASE)
_SENTENCE: Final = 80  # characters; a shorter line may be a title
_SHORT: Final = 400  # letters; less may be an error page


def read_html(origin: Origin) -> Source:
    """Return the document on an HTML page.

    Raises :class:`ReadError`: ``too-deep``, ``not-a-plan`` for an error or log-in page, ``no-text``, ``encoding``.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, problems = _decode_page(origin)
    if text.count("<") > origin.limits.xml_elements * 4:
        raise origin.fail("too-big-inside", f"the page holds more than {origin.limits.xml_elements * 4:,} tags")
    is_open = _check_tags(origin, text)
    tree = LexborHTMLParser(text)
    if is_open or _ends_in_tag(text):
        problems = [*problems, Problem("cut:end", "the page ends in the middle: something is missing behind it")]
    builder = SourceBuilder(origin, list(problems))
    page: Page | None = None
    title = tree.css_first("title")
    name = title.text(deep=True) if title is not None else None
    attached: list[str] = []
    body = tree.body
    if body is not None:
        page = Page(body)
        if page.depth > origin.limits.html_depth:
            raise _too_deep(origin)
        writer = Writer(builder, page)
        main = page.find_main(body)
        writer.write(main)
        writer.report()
        attached = find_attachments(body.css(LINKS), page.is_around)
        name = title_of(line for table in page.attributes_of(body) for line in table) or writer.heading or name
    _refuse_empty(builder, text, page, title.text(deep=True) if title is not None else "", attached)
    if attached:
        builder.add_problem("attached", f"{name_attachments(attached)}: linked on the page, and no part of its text")
    return builder.build("text/html", "html", title=name)


def _refuse_empty(builder: SourceBuilder, text: str, page: Page | None, title: str, attached: list[str]) -> None:
    """Fail on a page without a document; say where it is, as far as the page tells."""
    letters = sum(map(str.isalpha, builder.text))
    said = f"{title}\n{builder.text}"
    is_error = any_of("error_pages").search(said) is not None and not _NUMBERED.search(said)
    describes = (bool(attached) or (page is not None and bool(page.tables))) and not has_letterhead(builder.text)
    describes = describes and not any(
        len(line) > _SENTENCE and line.rstrip().endswith((".", ";")) for line in builder.text.split("\n")
    )  # which is an article
    if letters >= _SHORT or (letters > 0 and not is_error and not describes):
        return
    if attached:
        what = f"the page only describes a document that it links; give the attachments: {name_attachments(attached)}"
    elif frames := _FRAME.findall(text):
        what = f"the page only shows other pages; give those: {name_attachments(list(dict.fromkeys(frames)))}"
    elif describes:
        what = "the page only describes a document; download the document itself"
    else:
        what = "the page holds no document (an error, log-in or empty page?); download the document itself"
    raise builder.origin.fail("not-a-plan" if letters or attached else "no-text", what)


def _decode_page(origin: Origin) -> tuple[str, list[Problem]]:
    """Return the characters of a page; what it says of its encoding counts only where the bytes do not tell."""
    declared = _CHARSET.search(origin.data, 0, 8192)
    said = declared[1].decode("ascii").lower() if declared else origin.charset or ""
    try:
        text, problems = decode(origin)
    except ReadError as error:
        if error.code != "encoding":
            raise
        codec = _ONE_BYTE.get(said, "windows-1258")
        text = origin.data.decode(codec, "replace")
        return text, [Problem(f"converted:{codec}", f"the page was read as {codec}")]
    if said in _ONE_BYTE and not problems and not text.isascii():
        problems = [Problem("charset", f"the page says that it is {said}, and is UTF-8; it was read as UTF-8")]
    return text, problems


# yes: <meta charset="windows-1258">
# yes: <meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">
# no:  <meta name="viewport">
_CHARSET: Final = re.compile(rb"<meta[^<>]{0,300}charset[ ]{0,3}=[ \"']{0,3}([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_ONE_BYTE: Final = {
    "windows-1258": "windows-1258",
    "windows-1252": "windows-1252",
    "iso-8859-1": "windows-1252",  # as browsers read it
    "us-ascii": "windows-1252",
}
# yes: <frame src="a.html">
# yes: <iframe width=9 src='a.html'>
# no:  <img src="a.png">
_FRAME: Final = re.compile(r"<i?frame\b[^<>]{0,300}?\bsrc\s{0,3}=\s{0,3}[\"']?([^\"'<>\s]{1,200})", re.IGNORECASE)
# yes: <div class="a">
# yes: </SPAN>
# no:  < 5 and > 3
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})|<!--")
# Tags that need no end or have none, and those of fonts, which parsers mend: they do not nest by themselves.
_SHALLOW: Final = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_OPAQUE: Final = {
    name: re.compile(end, re.IGNORECASE)
    for name, end in (("<!--", "--!?>"), ("script", "</script"), ("style", "</style"), ("svg", "</svg"))
}
# yes: <div>
# yes: </span>
# no:  <path d="M0 0"/>
_UNDRAWN: Final = re.compile(
    r"</?(?!/|(?:svg|g|defs|use|symbol|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|image|stop|style|title"
    r"|desc|mask|pattern|clippath|lineargradient|radialgradient)\b)[a-z]",
    re.IGNORECASE,
)


def _check_tags(origin: Origin, text: str) -> bool:
    """Return whether the body of a page is begun and never ended.

    Fails on a page whose tags are nested deeper than the limit, before a parser takes quadratic time for it.
    """
    depth = 0
    begun = ended = False
    for name, ends in _tags_of(text):
        begun = begun or (name == "body" and not ends)
        ended = ended or (name in ("body", "html") and ends)
        if name not in _SHALLOW and ":" not in name:
            depth = max(0, depth - 1) if ends else depth + 1
            if depth > origin.limits.html_depth:
                raise _too_deep(origin)
    return begun and not ended


def _tags_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the name of each tag, and whether it ends an element; not those in scripts, styles, comments and drawings.

    What looks like a drawing and holds other elements is none: parsers put those beside it.
    """
    at, undrawn = 0, -1
    next_ends: dict[str, int] = {}
    while tag := _TAG.search(text, at):
        at = tag.end() if tag[2] else tag.start() + 2  # of a comment; <!--> is one
        name = tag[2].lower() if tag[2] else tag[0]
        if name not in _OPAQUE or tag[1]:
            yield name, bool(tag[1])
            continue
        if next_ends.get(name, -1) < at:
            found = _OPAQUE[name].search(text, at)
            next_ends[name] = found.end() if found else len(text)
        end = next_ends[name]
        if name == "svg":
            if undrawn < at:
                found = _UNDRAWN.search(text, at)
                undrawn = found.start() if found else len(text)
            if undrawn < end:
                yield name, False
                continue
        at = end


def _ends_in_tag(text: str) -> bool:
    """Tell whether a page ends inside a tag."""
    tail = text[-2000:]
    return tail.rfind("<") > tail.rfind(">") and _TAG.match(tail, tail.rfind("<")) is not None


def _too_deep(origin: Origin) -> ReadError:
    what = f"the page is nested deeper than {origin.limits.html_depth:,} elements; save it as text or PDF"
    return origin.fail("too-deep", what)
