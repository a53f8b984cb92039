"""Vietnamese words: which syllables belong together ("chăm sóc", "trẻ em"), by underthesea.

The only module that imports underthesea. The segmenter is given a copy of the text in which each letter with its marks
is one code point of a kind that it leaves alone, and it is asked only how long each word is; the spans are counted off
in the text itself, so that no offset can be wrong whatever it does to spaces, signs or spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# A stretch that is segmented at once; a longer one is cut at white space, since a word never reaches so far.
_STRETCH: Final = 2_000

# The end of a line behind which the sentence goes on, as in files that break lines at a width.
# yes: "chăm\nsóc và", "dân tộc \r\nthiểu số"
# no:  "Mục tiêu\n- Phấn đấu", "trẻ em.\ntập huấn", "trẻ em\nb) tập huấn"
_WRAP: Final = re.compile(r"(?<=[^\s0-9.;:!?])[^\S\n]{0,20}(\n)[^\S\n]{0,20}(?=[^\W\d_][^\s.)]{1,30}[\s,;:])")

# yes: "ă" as one code point or as "a" with its mark, ";", " "
# no:  "" (each code point of any text is in a match)
_LETTER: Final = re.compile(r"\S[\u0300-\u036f]{0,30}|\s")

# What stands between white space; what is longer than a word can be is a word by itself.
_CHUNK: Final = re.compile(r"[^ ]{1,2000}")
_LONGEST_CHUNK: Final = 100

# The address of a page is a word by itself; on some of them the segmenter's own pattern never ends.
# yes: "https://congbao.example/1591", "congbao.example/1591"
# no:  "UBND/TH", "v.v./"
_ADDRESS: Final = re.compile(r"(?:ftp|http)s?:|[.][a-z]{2,13}/")
_AROUND: Final = "()[]{}<>\"'“”‘’«».,;:!?…"


def split_words(text: str) -> list[tuple[int, int]]:
    """Return the words and signs of ``text`` as ``[start, end)``, in order; they cover all but its white space.

    A word that is broken at the end of a line is one word, with the line feed in it.

    >>> text = "Chăm sóc thay thế  trẻ em mồ côi."
    >>> [text[start:end] for start, end in split_words(text)]
    ['Chăm sóc', 'thay thế', 'trẻ em', 'mồ côi', '.']
    """
    found: list[tuple[int, int]] = []
    for start, end in _stretches(text):
        found.extend((start + first, start + last) for first, last in _segment(text[start:end]))
    return found


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of the text that are segmented each by itself: lines that belong together, if not too long."""
    wrapped = {wrap.start(1) for wrap in _WRAP.finditer(text) if text[wrap.end()].islower()}
    ends = (feed.end() for feed in re.finditer("\n", text) if feed.start() not in wrapped)
    start = 0
    for end in (*ends, len(text)):
        while end - start > _STRETCH:
            space = max(text.rfind(space, start, start + _STRETCH) for space in " \n")
            cut = space + 1 if space >= start else start + _STRETCH
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        start = end


@lru_cache(maxsize=4_096)
def _segment(stretch: str) -> tuple[tuple[int, int], ...]:
    """Return the words of one stretch."""
    letters = [letter.span() for letter in _LETTER.finditer(stretch)]
    tame = "".join(_tame(stretch[start:end]) for start, end in letters)
    return tuple((letters[first][0], letters[last - 1][1]) for first, last in _words(tame))


@lru_cache(maxsize=4_096)
def _tame(letter: str) -> str:
    """Return one code point for a letter with its marks: a letter or sign that the segmenter knows and leaves alone."""
    if letter.isspace():
        return " "
    one = unicodedata.normalize("NFC", letter)[0]
    if one < "\u0300" or "\u1e00" <= one < "\u1f00" or "\u2010" <= one <= "\u2044":
        return one
    return "x" if one.isalnum() else "*"


def _words(tame: str) -> Iterator[tuple[int, int]]:
    """Yield the words of a tame text: addresses and endless chunks, and between them what the segmenter finds."""
    begin = 0
    for chunk in _CHUNK.finditer(tame):
        if len(chunk[0]) <= _LONGEST_CHUNK and not _ADDRESS.search(chunk[0]):
            continue
        start = chunk.start() + len(chunk[0]) - len(chunk[0].lstrip(_AROUND))
        end = chunk.end() - len(chunk[0]) + len(chunk[0].rstrip(_AROUND))
        if start < end:
            yield from _ask(tame, begin, start)
            yield start, end
            begin = end
    yield from _ask(tame, begin, len(tame))


def _ask(tame: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words that the segmenter sees in a part of a tame text."""
    ink = [at for at in range(begin, end) if tame[at] != " "]
    if not ink:
        return
    from underthesea import word_tokenize

    found = word_tokenize(tame[begin:end], use_token_normalize=False)
    sizes = [size for word in found for size in _sizes(word)]
    if sum(sizes) != len(ink) or 0 in sizes:  # a segmenter that adds or drops letters: what stands between white space
        yield from (chunk.span() for chunk in _CHUNK.finditer(tame, begin, end))
        return
    at = 0
    for size in sizes:
        yield ink[at], ink[at + size - 1] + 1
        at += size


def _sizes(word: str) -> Iterator[int]:
    """Yield how many letters a word has; a figure or sign that was joined to a word ("0,7 |") stands by itself."""
    size = 0
    for part in word.split(" "):
        if any(letter.isalpha() for letter in part):
            size += len(part)
            continue
        if size:
            yield size
        yield len(part)
        size = 0
    if size:
        yield size
