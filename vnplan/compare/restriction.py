"""Words by which one target aims at fewer than another that is worded alike: "trẻ em" and "trẻ em thuộc hộ nghèo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from vnplan.compare.words import plain
from vnplan.model import Target

MOST_LOST: Final = 0.2  # of the other's words; with more the two are worded too differently to be laid side by side
_LONGEST: Final = 80  # words of a target that are compared
_AND: Final = ("và", "hoặc", "cùng", "hay")
_WORD: Final = re.compile(r"[^\W_]{1,30}")
# yes: thuộc hộ nghèo, hộ cận nghèo
# yes: từ 16 tuổi trở lên
# no:  và người cao tuổi; trên tổng kinh phí
_RESTRICTS: Final = re.compile(
    r"(?:(?:thuộc|ở|tại|có|đủ|đang|chưa|sống|cư trú|sinh sống|bị|khi|nếu|không)[ ][^\W_]"
    r"|(?:từ|dưới|trên)[ ][0-9]|trong[ ](?:độ tuổi|diện)(?![^\W_]))"
)
# A place of the child itself restricts nothing.
# yes: trên địa bàn tỉnh
# yes: tại các xã
# no:  ở xã đặc biệt khó khăn
_PLACE: Final = re.compile(
    r"(?:trên|thuộc|ở|tại|trong)[ ](?:toàn[ ])?(?:địa bàn|địa phương|phạm vi|các|tỉnh|huyện|quận|thị xã|thành phố|xã"
    r"|phường|thị trấn|đặc khu|thôn|bản|khu phố|tổ dân phố|cơ sở|cộng đồng|cả nước|toàn quốc|sở|phòng|bộ|ngành|đơn vị)"
    r"(?![^\W_])"
)
# yes: xã đặc biệt khó khăn
# no:  xã Bình Minh
_SELECTS: Final = re.compile(
    r"(?<![^\W_])(?:khó khăn|nghèo|dân tộc|miền núi|biên giới|hải đảo|đô thị|thành thị|nông thôn|trọng điểm|thuận lợi)"
    r"(?![^\W_])"
)


def restrictions(target: Target, other: Target) -> tuple[str, ...]:
    """Return the words that restrict who a target aims at and are not in the other one, which has all the rest.

    >>> from vnplan.model import Span
    >>> whole = Target(Span(0, 1), 80, 80, "equal", "%", "trẻ em khuyết tật", "được tiếp cận giáo dục")
    >>> poor = Target(Span(0, 1), 80, 80, "equal", "%", "trẻ em khuyết tật thuộc hộ nghèo", "được tiếp cận giáo dục")
    >>> restrictions(poor, whole), restrictions(whole, poor)
    (('thuộc hộ nghèo',), ())
    """
    return _restrictions(*(_words(one) for one in (target, other)), len(_aimed_at(other)))


def _aimed_at(target: Target) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(f"{target.population or ''} {target.condition or ''}"))[:_LONGEST])


def _words(target: Target) -> tuple[str, ...]:
    return (*_aimed_at(target), *_WORD.findall(plain(target.outcome or "")))[:_LONGEST]


@lru_cache(maxsize=4096)
def _restrictions(own: tuple[str, ...], other: tuple[str, ...], aimed: int) -> tuple[str, ...]:
    """Return the restrictions in a row of words; ``aimed`` is how many of the other's say who it aims at."""
    if not own or not other or not aimed:
        return ()
    added, lost = [], 0
    for what, start, end, first, last in SequenceMatcher(None, other, own, autojunk=False).get_opcodes():
        if what != "equal":
            lost += end - start
        if what == "insert":
            new = [words for words in _rotations(own, first, last, start, aimed) if _is_restriction(words)]
            added += [words for words in new if not _widens(words, other[:aimed])][:1]
    return tuple(added) if lost <= MOST_LOST * len(other) else ()


def _rotations(own: tuple[str, ...], first: int, last: int, start: int, aimed: int) -> Iterator[str]:
    """Yield what was inserted, also begun earlier: of "có thẻ có nhu cầu" either "có thẻ" or "thẻ có" is new."""
    while True:
        words = " ".join(own[first:last])
        if 0 < start <= aimed or words.startswith(("khi ", "nếu ")):
            yield words
        if not first or own[first - 1] != own[last - 1]:
            return
        first, last, start = first - 1, last - 1, start - 1


def _widens(words: str, aimed: Sequence[str]) -> bool:
    """Return whether words name a further group: after "and" comes again who is aimed at, not a condition."""
    row = words.split()
    return any(
        conjunction in _AND and word in aimed and not _RESTRICTS.match(" ".join(row[n + 1 :]))
        for n, (conjunction, word) in enumerate(pairwise(row))
    )


def _is_restriction(words: str) -> bool:
    return bool(_RESTRICTS.match(words)) and (not _PLACE.match(words) or bool(_SELECTS.search(words)))
