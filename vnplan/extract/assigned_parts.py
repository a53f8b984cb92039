"""The parts of an item that say nothing but who does it: a bracket behind it, or a sentence of its own.

"… (Sở Y tế chủ trì, Sở Tài chính phối hợp; quý II/2024)", "… (Thanh tra tỉnh)", "… Cơ quan chủ trì: Sở Y tế; cơ quan
phối hợp: Sở Tài chính." They are read like the cell of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from vnplan.extract.letters import CAPITAL
from vnplan.extract.lexicon import word_list
from vnplan.extract.task_cells import Named

_LONGEST = 800  # code points of a bracket
_SHARE = 0.5  # of a bracket's letters that names of bodies cover where no word gives a role
# yes: "(Sở Y tế"
# no:  "(qua Sở Y tế", "(sau đây gọi là"
_OTHER = re.compile(
    r"[ ]?(?:qua|thông qua|sau đây|gọi|trừ|gồm|bao gồm|ban hành|kèm|trong đó|nay là|trước đây|cũ|theo|tại|như|để|có"
    r"|do cấp|không|nếu|kể cả|viết tắt|được|là)(?!\w)",
    re.I,
)
_ROLE = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|đầu mối|thực hiện|tham mưu|chịu trách nhiệm|tham gia)(?!\w)", re.I)
# yes: "quý II/2024", "thường xuyên", "trước ngày 30/6"
_TIME = re.compile(
    r"(?:(?:hoàn thành|xong|trong|trước|đến|từ|chậm nhất|ngày|tháng|quý|năm|hằng|hàng|định kỳ|thường xuyên|thời gian"
    r"|thời hạn|đầu|cuối|giai đoạn|tuần|là)(?!\w)|[0-9IVX/.:-]{1,12}(?!\w))",
    re.I,
)
_GLUE = re.compile(r"(?:(?<!\w)(?:và|các|cùng|với|giám đốc|thủ trưởng|lãnh đạo|chủ tịch)(?!\w)|[\s,;.:/-])", re.I)
_ENDS = re.compile(r"[ ]?(?:[.;,/]|$)")
_SENTENCE = re.compile(rf"(?<![0-9{CAPITAL}])\.(?=[ ][{CAPITAL}]|[ ]?$)|(?<=[0-9])\.(?=[ ][{CAPITAL}])|\n")


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of a label within running words behind which stands who leads or coordinates."""
    entries = [*word_list("task_lead"), *word_list("task_coordinating")]
    labels = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
    # yes: ". Cơ quan chủ trì: " / "; đơn vị phối hợp: "
    # no:  "Sở Y tế chủ trì: "
    return re.compile(rf"(?:^|(?<=[.;(:\n]))[ ]?(?:[-+][ ]?)?(?:{labels})[ ]?(?::[ ]?|[ ]là:?[ ])", re.I)


@cache
def _fact() -> re.Pattern[str]:
    facts = "|".join(re.escape(entry) for entry in sorted(word_list("task_facts"), key=len, reverse=True))
    # yes: "Thời gian: " / "Thời hạn hoàn thành: "
    return re.compile(rf"(?<!\w)(?:{facts})(?:[ ][^\W\d_]{{1,12}}){{0,3}}[ ]?:", re.I)


def find_fact(words: str, start: int, end: int) -> int:
    """Return where words begin that state when, where or what comes of it ("Thời gian: …"), else ``end``."""
    found = _fact().search(words, start, end)
    return found.start() if found else end


def find_parts(words: str, named: Sequence[Named], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``words[start:end]`` that only name who does what the rest tells, in order.

    >>> text = "Rà soát hồ sơ (Sở Y tế chủ trì)."
    >>> [text[low:high] for low, high in find_parts(text, [Named(15, 22, "Sở Y tế")], 0, len(text))]
    ['Sở Y tế chủ trì']
    """
    if not named:
        return
    starts = [body.start for body in named]
    last = start
    for low, high in sorted([*_brackets(words, named, starts, start, end), *_sentences(words, start, end)]):
        if low >= last and bisect_left(starts, low) < bisect_left(starts, high):
            yield low, high
            last = high


def _brackets(
    words: str, named: Sequence[Named], starts: Sequence[int], start: int, end: int
) -> Iterator[tuple[int, int]]:
    at = start
    while (opening := words.find("(", at, end)) >= 0:
        closing = words.find(")", opening, min(end, opening + _LONGEST))
        at = (closing if closing >= 0 else opening) + 1
        if closing < 0 or opening <= start or not _ENDS.match(words, closing + 1, end):
            continue
        first = bisect_left(starts, opening)
        inside = named[first : bisect_left(starts, closing, first)]
        if not inside or inside[-1].end > closing:
            continue
        if first and 0 <= opening - named[first - 1].end <= 1:  # it may say which part of that body is meant
            rest = words[inside[-1].end : closing]
            if not (_ROLE.search(words, opening, closing) or _TIME.match(rest.lstrip(" ;,"))):
                continue
        if _only_names(words, inside, opening + 1, closing):
            yield opening + 1, closing


def _only_names(words: str, inside: Sequence[Named], low: int, high: int) -> bool:
    """Tell whether a bracket names bodies with a role, or bodies and times alone."""
    if _OTHER.match(words, low, high):
        return False
    pieces, at = [], low
    for body in inside:
        pieces.append(words[at : body.start])
        at = body.end
    rest = " ".join([*pieces, words[at:high]])
    if _ROLE.search(rest):
        return True
    covered = sum(body.end - body.start for body in inside)
    left = _GLUE.sub("", _TIME.sub("", rest))
    return len(left) <= 4 and covered >= _SHARE * (covered + len(left))


def _sentences(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what labels govern: up to the end of the sentence, and on where the next begins with a label too."""
    at = start
    while (label := _label().search(words, at, end)) is not None:
        stop = _SENTENCE.search(words, label.end(), end)
        at = find_fact(words, label.end(), stop.start() if stop else end)
        yield label.start(), at
        at = max(at, label.end())
