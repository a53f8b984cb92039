"""Vietnamese words: which syllables belong together ("chăm sóc", "trẻ em"), by underthesea.

The only module that imports underthesea. Its tokens say how many letters each word has; the spans are counted off in
the text itself, so that no offset can be wrong whatever the segmenter does to spaces, signs or tones.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A stretch that is segmented at once; longer ones are cut at white space, since a word never reaches so far.
_STRETCH = 2_000
_INK = re.compile(r"\S+")


def split_words(text: str) -> list[tuple[int, int]]:
    """Return the words and signs of ``text`` as ``[start, end)``, in order; they cover all but its white space.

    >>> text = "Chăm sóc thay thế  trẻ em mồ côi."
    >>> [text[start:end] for start, end in split_words(text)]
    ['Chăm sóc', 'thay thế', 'trẻ em', 'mồ côi', '.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _stretch_end(text, start)
        found.extend((start + first, start + last) for first, last in _segment(text[start:end]))
        start = end
    return found


def _stretch_end(text: str, start: int) -> int:
    """Return where a stretch ends: at a line feed, or at white space before it grows too long."""
    line = text.find("\n", start)
    end = len(text) if line < 0 else line + 1
    if end - start <= _STRETCH:
        return end
    space = text.rfind(" ", start, start + _STRETCH)
    return space + 1 if space > start else start + _STRETCH


@lru_cache(maxsize=4_096)
def _segment(stretch: str) -> tuple[tuple[int, int], ...]:
    """Return the words of one stretch; where the segmenter drops or adds letters, what stands between white space."""
    ink = [at for at, letter in enumerate(stretch) if not letter.isspace()]
    if not ink:
        return ()
    from underthesea import word_tokenize

    try:
        sizes = [len("".join(token.split())) for token in word_tokenize(stretch)]
    except (ValueError, IndexError, KeyError, UnicodeError):
        sizes = []
    if sum(sizes) != len(ink) or 0 in sizes:
        return tuple(found.span() for found in _INK.finditer(stretch))
    words, at = [], 0
    for size in sizes:
        words.append((ink[at], ink[at + size - 1] + 1))
        at += size
    return tuple(words)
