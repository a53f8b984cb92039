"""HTML pages: the document out of menus, counters and other news; lists and tables as a reader sees them.

Nothing is fetched and no script runs. The tree is walked with an explicit stack; a page that is nested deeper than the
limit fails, because parsers that cut it off would do so in silence.
"""

from __future__ import annotations

import re
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
    _check_depth(origin, text)
    tree = LexborHTMLParser(text)
    if _is_cut(text):
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
_OPAQUE: Final = {"<!--": "-->", "script": "</script", "style": "</style", "svg": "</svg", "xml": "</xml"}


def _check_depth(origin: Origin, text: str) -> None:
    """Fail on a page whose tags are nested deeper than the limit, before a parser takes quadratic time for it."""
    depth = at = 0
    while tag := _TAG.search(text, at):
        at = tag.end()
        name = tag[2].lower() if tag[2] else tag[0]
        if name in _OPAQUE and not tag[1]:
            at = text.find(_OPAQUE[name], at)
            if at < 0:
                return
        elif name not in _SHALLOW and ":" not in name:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > origin.limits.html_depth:
                raise _too_deep(origin)


def _is_cut(text: str) -> bool:
    """Tell whether a page ends inside a tag, or before what it began is closed."""
    tail = text[-2000:]
    if tail.rfind("<") > tail.rfind(">"):
        return _TAG.match(tail, tail.rfind("<")) is not None
    low = text[:20_000].lower(), tail.lower()
    return "<body" in low[0] and "</body" not in low[1] and "</html" not in low[1]


def _too_deep(origin: Origin) -> ReadError:
    what = f"the page is nested deeper than {origin.limits.html_depth:,} elements; save it as text or PDF"
    return origin.fail("too-deep", what)
