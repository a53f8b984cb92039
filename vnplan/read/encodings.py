"""Which stretches of a document are in an old encoding (TCVN3, VNI): decided paragraph by paragraph and font by font.

A document may be pasted together from several: one page in TCVN3, the next in Unicode. Letters decide where they can;
the name of the font is a hint, since documents in Unicode keep the old names. A short paragraph that could be either is
taken as the ones around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vnplan.read.legacy import (
    ENCODINGS,
    Encoding,
    convert,
    encoding_of_font,
    has_lookalikes,
    is_unicode,
    shows_capitals,
)
from vnplan.read.vietnamese import is_syllable, measure_letters

# yes: Céng
# yes: (hoaïch),
# no:  2026
_TOKEN: Final = re.compile(r"[^\s()\[\]\"'.,;:!?/\-–“”0-9]{2,40}")
_MOST: Final = 400  # words of one paragraph that are looked at
_ENOUGH: Final = 0.7  # share of the words of a converted paragraph that have to be syllables


@dataclass(frozen=True, slots=True)
class FontStretch:
    """A stretch of a block that is set in one font; ``capitals`` where small letters are shown as such."""

    start: int
    end: int
    font: str
    capitals: bool = False

    def within(self, start: int, end: int) -> FontStretch:
        """Return the part that lies between two places, counted from the first."""
        return FontStretch(max(self.start, start) - start, min(self.end, end) - start, self.font, self.capitals)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a block that is to be rewritten: from an encoding, in capitals, or both."""

    start: int
    end: int
    encoding: Encoding | None
    capitals: bool = False

    def apply(self, words: str) -> str:
        """Return the words of the stretch, or of its beginning, rewritten."""
        if self.encoding is None:
            return words.upper() if self.capitals else words
        return convert(words, self.encoding, capitals=self.capitals)


@dataclass(slots=True)
class _Part:
    """What of one block is set in fonts of one kind: ``hint`` is the encoding that their names mean."""

    block: int
    hint: Encoding | None
    stretches: list[FontStretch]
    words: str
    scores: dict[Encoding, int] = field(default_factory=dict)  # words that a conversion makes syllables, less others
    verdict: Encoding | None = None
    sure: bool = False
    silent: bool = False  # there is no letter in it that could be from an old encoding


def find_changes(texts: Sequence[str], fonts: Mapping[int, Sequence[FontStretch]]) -> dict[int, list[Change]]:
    """Return what is to be rewritten in each block, by its number, in order; ``fonts`` are those of some blocks.

    >>> find_changes(["Céng hßa x· héi", "Cộng hòa xã hội"], {})
    {0: [Change(start=0, end=15, encoding='tcvn3', capitals=False)]}
    """
    if not fonts and not any(has_lookalikes(text) and not is_unicode(text) for text in texts):
        return {}
    parts = [part for block, text in enumerate(texts) for part in _divide(block, text, fonts.get(block, ()))]
    for part in parts:
        _judge(part)
    _settle(parts)
    found: dict[int, list[Change]] = {}
    for part in parts:
        for stretch in part.stretches:
            capitals = stretch.capitals or (part.verdict is not None and shows_capitals(stretch.font))
            encoding = None if part.silent else part.verdict
            if encoding is not None or capitals:
                change = Change(stretch.start, stretch.end, encoding, capitals)
                found.setdefault(part.block, []).append(change)
    for changes in found.values():
        changes.sort(key=lambda change: change.start)
    return found


def rewrite(text: str, changes: Sequence[Change]) -> str:
    """Return a block with all changes made."""
    pieces: list[str] = []
    end = 0
    for change in changes:
        pieces += [text[end : change.start], change.apply(text[change.start : change.end])]
        end = change.end
    return "".join([*pieces, text[end:]])


def move(text: str, changes: Sequence[Change], place: int) -> int:
    """Return where a place of a block is after all changes."""
    shift = 0
    for change in changes:
        if change.start >= place:
            break
        words = text[change.start : min(place, change.end)]
        shift += len(change.apply(words)) - len(words)
    return place + shift


def _divide(block: int, text: str, fonts: Sequence[FontStretch]) -> list[_Part]:
    """Return the parts of a block by the encodings that its fonts mean."""
    groups: dict[Encoding | None, list[FontStretch]] = {}
    end = 0
    for stretch in fonts:
        if stretch.start > end:
            groups.setdefault(None, []).append(FontStretch(end, stretch.start, ""))
        if stretch.end > max(end, stretch.start):
            own = FontStretch(max(end, stretch.start), stretch.end, stretch.font, stretch.capitals)
            groups.setdefault(encoding_of_font(stretch.font), []).append(own)
        end = max(end, stretch.end)
    if end < len(text):
        groups.setdefault(None, []).append(FontStretch(end, len(text), ""))
    return [
        _Part(block, hint, stretches, "".join(text[one.start : one.end] for one in stretches))
        for hint, stretches in groups.items()
    ]


def _judge(part: _Part) -> None:
    """Decide what letters alone decide."""
    part.silent = not has_lookalikes(part.words)
    part.sure = is_unicode(part.words)
    if part.silent or part.sure:
        return
    tokens = [token for token in _TOKEN.findall(part.words)[:_MOST] if has_lookalikes(token)]
    part.scores = {name: _weigh(tokens, name) for name in (ENCODINGS if part.hint is None else (part.hint,))}
    name, score = max(part.scores.items(), key=lambda item: item[1])
    part.verdict = name if score > 0 else None
    if part.hint is not None:
        part.sure = score != 0
    elif score < 0:
        part.sure = True
    elif score >= 2 and 2 * min(part.scores.values()) <= score:
        part.sure = measure_letters(convert(part.words, name)).syllables >= _ENOUGH
        part.verdict = name if part.sure else None


def _weigh(tokens: Sequence[str], name: Encoding) -> int:
    """Return how many more words are syllables after a conversion than before it."""
    return sum(is_syllable(convert(token, name)) - is_syllable(token) for token in tokens)


def _settle(parts: Sequence[_Part]) -> None:
    """Decide the rest as the nearest decided part of the same kind before it, else as the one behind it.

    Where there is none, the name of the font decides; a paragraph without one is left as it is.
    """
    last: dict[bool, _Part] = {}
    waiting: list[_Part] = []
    for part in parts:
        if part.silent and part.hint is None and not part.sure:
            continue
        hinted = part.hint is not None
        if part.sure:
            for other in [other for other in waiting if (other.hint is not None) is hinted]:
                _follow(other, part)
            waiting = [other for other in waiting if (other.hint is not None) is not hinted]
            last[hinted] = part
        elif hinted in last:
            _follow(part, last[hinted])
        else:
            waiting.append(part)
    for part in waiting:
        part.verdict = part.hint


def _follow(part: _Part, other: _Part) -> None:
    if part.hint is not None:
        part.verdict = part.hint if other.verdict is not None else None
    else:
        part.verdict = other.verdict if other.verdict is not None and part.scores.get(other.verdict, 0) >= 0 else None
