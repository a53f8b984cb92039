"""Makes the words of a document harmless where they are shown: on a terminal, in a page, in a graph file."""

from __future__ import annotations

import re
from typing import Any

# What a reader does not see, or what changes what a reader sees around it: C0 and C1 controls (ANSI sequences begin
# with one), lone surrogates, line and paragraph separators, overrides of direction, zero-width characters.
# yes: "\x1b", "\u202e"
# no:  "ề", "\u0323"
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# yes: "\ud83d" alone
# no:  "😀"
_SURROGATE = re.compile("[\ud800-\udfff]")
# yes: "\x0b"
# no:  "\n"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What only separates words when it is shown on one line.
_SPACE = re.compile("[ \t\n\r\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def printable(text: str) -> str:
    r"""Return ``text`` on one line, each character that cannot be seen shown by its escape.

    White space is folded; soft hyphens and zero-width characters, which say nothing, are left out.

    >>> print(printable("95\x1b[2J %\n hộ\u202e"))
    95\x1b[2J % hộ\u202e
    """
    return visible(text).strip(" ")


def visible(text: str) -> str:
    """Return what :func:`printable` returns, with the spaces at both ends: for a piece of a longer text."""
    folded = _SPACE.sub(" ", text.translate(_UNSEEN))
    return _HIDDEN.sub(_escaped, folded) if _HIDDEN.search(folded) else folded


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def shortened(text: str, length: int) -> str:
    """Return ``text`` printable and, where it is longer than ``length``, cut at a word with an ellipsis.

    >>> shortened("rà soát, thống kê trẻ em mồ côi", 20)
    'rà soát, thống kê …'
    """
    shown = printable(text)
    if len(shown) <= length:
        return shown
    cut = shown.rfind(" ", length // 2, length - 1)
    return shown[: cut if cut > 0 else length - 1].rstrip(" ") + " …"


def encodable(text: str) -> str:
    """Return ``text`` with U+FFFD for each lone surrogate, which UTF-8 cannot hold; positions stay."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def xml_text(text: str) -> str:
    """Return ``text`` for the content or a quoted attribute of XML, U+FFFD for what XML 1.0 forbids."""
    clean = _NOT_XML.sub("\ufffd", text)
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(plain, entity)
    return clean


def encodable_record(record: Any) -> Any:
    """Return a copy of a JSON-like value whose every string is encodable; goes down as deep as the value does."""
    root: list[Any] = [record]
    waiting: list[tuple[Any, Any]] = [(root, 0)]
    while waiting:
        holder, key = waiting.pop()
        value = holder[key]
        if isinstance(value, str):
            holder[key] = encodable(value)
        elif isinstance(value, dict):
            holder[key] = {encodable(name): inner for name, inner in value.items()}
            waiting += [(holder[key], name) for name in holder[key]]
        elif isinstance(value, list | tuple):
            holder[key] = list(value)
            waiting += [(holder[key], index) for index in range(len(holder[key]))]
    return root[0]
