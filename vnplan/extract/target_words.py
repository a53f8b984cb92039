"""Who a target is for and what is reached: the split of a clause into population, outcome and condition.

Everything is a stretch ``(start, end)`` of the words given, so that what is said can be shown where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vnplan.extract.target_predicates import listed, split_predicate

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parts:
    """Population, outcome and conditions of one target, each as stretches of the words."""

    population: tuple[Stretch, ...] = ()
    outcome: tuple[Stretch, ...] = ()
    condition: tuple[Stretch, ...] = ()


# yes: có khả năng học tập và có nhu cầu được ...
# yes: đủ điều kiện và có nhu cầu
# no: có nguy cơ cao
_WISH = (
    r"(?:(?:nếu|khi)[ ])?(?:có[ ]đủ[ ]|đủ[ ]|đáp[ ]ứng[ ]đủ[ ]|đáp[ ]ứng[ ]|có[ ]|gặp[ ](?=khó))"
    r"(?:điều[ ]kiện|khả[ ]năng|nhu[ ]cầu|nguyện[ ]vọng|khó[ ]khăn[ ]về[ ](?:tài[ ]chính|kinh[ ]tế)|yêu[ ]cầu)"
)
_CONDITION = re.compile(
    rf"(?<!\w){_WISH}(?:[ ](?!và|hoặc|được|đều|phải|theo|tại|trên|có|tham|thực|sẽ|bị)[\w]{{1,12}}){{0,3}}?"
    rf"(?:(?:,|[ ]và|[ ]hoặc|,[ ]và)[ ]{_WISH}(?:[ ](?!và|hoặc|được|đều|phải|theo|tại|trên|có|tham|thực|sẽ"
    rf"|bị)[\w]{{1,12}}){{0,3}}?)"
    rf"{{0,2}}(?=,|$|[ ](?:và|được|đều|phải|theo|tại|trên|có|tham|thực|sẽ)(?!\w)|[.;)])",
    re.I,
)
_CASE = re.compile(
    r"(?:,[ ]?)?(?<!\w)(?:trừ|ngoại[ ]trừ|không[ ]bao[ ]gồm|không[ ]kể|trong[ ]trường[ ]hợp|nếu[ ]có|nếu"
    r"|khi[ ]có[ ](?:nhu[ ]cầu|yêu[ ]cầu))"
    r"(?!\w)[^.;]{0,300}$",
    re.I,
)


def split_case(words: str, start: int, end: int) -> tuple[Stretch, Stretch | None]:
    """Return the stretch up to a closing exception or case ("trừ …", "trong trường hợp …"), and that case."""
    case = _CASE.search(words, start + 1, end) if start < end else None
    if case is None:
        return (start, end), None
    kept = trim(words, start, case.start()) or (start, start)
    return kept, trim(words, case.start(), case.end())


def take_conditions(words: str, parts: Parts) -> Parts:
    """Return ``parts`` with the words of eligibility and wish moved from population and outcome to the condition."""
    found: list[Stretch] = []
    for start, stop in (*parts.population, *parts.outcome):
        found += [match.span() for match in _CONDITION.finditer(words, start, stop) if match.start() > start]
    if not found:
        return parts
    found = sorted(set(found))
    population, outcome = subtract(words, parts.population, found), subtract(words, parts.outcome, found)
    if (parts.population and not population) or (parts.outcome and not outcome):
        return parts
    return Parts(population, outcome, (*parts.condition, *found))


def without_brackets(masked: str, parts: Parts) -> Parts:
    """Return ``parts`` without the stretches that are nothing but a (masked) bracket."""
    population = tuple(piece for piece in parts.population if masked[piece[0] : piece[1]].strip("· "))
    outcome = tuple(piece for piece in parts.outcome if masked[piece[0] : piece[1]].strip("· "))
    return Parts(population, outcome, parts.condition)


def subtract(words: str, stretches: Sequence[Stretch], cuts: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches without the cuts, their edges free of blanks and commas."""
    kept: list[Stretch] = []
    for start, end in stretches:
        for cut_start, cut_end in cuts:
            if cut_end <= start or cut_start >= end:
                continue
            if trimmed := trim(words, start, cut_start):
                kept.append(trimmed)
            start = max(start, cut_end)
        if start < end and (trimmed := trim(words, start, end)):
            kept.append(trimmed)
    return tuple(kept)


# yes: "trẻ em [12]"
# yes: "trẻ em[3]"
# no:  "[3] trẻ em"
_NOTE = re.compile(r"[ ]?\[[0-9]{1,3}\]$")
# yes: "trẻ em và"
# yes: "trẻ em trong đó"
# no:  "và trẻ em"
_CONNECTOR = re.compile(r"[ ](?:và|hoặc|trong đó|đồng thời|với|để|là|phải|đều|được|sẽ)$", re.I)


def trim(words: str, start: int, end: int) -> Stretch | None:
    """Return the stretch without blanks, commas and bare connectors at its edges, or None where nothing is left."""
    while start < end and words[start] in " ,:;.-+–":
        start += 1
    while end > start and words[end - 1] in " ,:;.-+–":
        end -= 1
    if "]" in words[max(start, end - 6) : end] and (note := _NOTE.search(words[max(start, end - 6) : end])):
        end -= len(note[0])
    while tail := _CONNECTOR.search(words[max(start, end - 12) : end]):
        end = end - len(tail[0])
        while end > start and words[end - 1] in " ,":
            end -= 1
    return (start, end) if start < end else None


_OUT_OF = re.compile(r"[ ](?:trên|trong|so với)[ ](tổng[ ](?:số|dân|diện|giá|sản|doanh|thu|chi|mức|lượng)?)", re.I)
# yes: "suy dinh dưỡng ở trẻ em"
# yes: "tiêm chủng đầy đủ cho trẻ em dưới 1 tuổi"
# no:  "giải ngân vốn"
_AMONG = re.compile(r"[ ](?:ở|của|đối với|trong|cho|trên)[ ](?:các[ ]|những[ ])?", re.I)
_OF = re.compile(r"[ ]của[ ]", re.I)
_ABOUT = re.compile(r"[ ](?:về|đối với|trong|trên|tại|khi|theo|vào)[ ]", re.I)
_ADVERB = re.compile(
    r"(?:[ ](?:lại|trực tuyến|toàn trình|đúng hạn|trước hạn|trước và đúng hạn|tự động|mới|thêm|đúng độ tuổi"
    r"|đầy đủ))+",
    re.I,
)


def split_indicator(words: str, start: int, end: int) -> Parts:
    """Return population and outcome of what an indicator measures, "Tỷ lệ" and the like already taken off.

    >>> words = "hồ sơ trực tuyến toàn trình"
    >>> parts = split_indicator(words, 0, len(words))
    >>> [words[start:end] for start, end in (*parts.population, *parts.outcome)]
    ['hồ sơ', 'trực tuyến toàn trình']
    """
    if whole := _OUT_OF.search(words, start, end):
        population, outcome = trim(words, whole.start(1), end), trim(words, start, whole.start())
        return Parts(_one(population), _one(outcome))
    verb = listed("target_verbs").match(words, start, end)
    noun = listed("target_populations").match(words, start, end)
    among = _AMONG.search(words, start, end) if noun is None else None
    if among and (whom := listed("target_persons").match(words, among.end(), end)):
        predicate = split_predicate(words, among.end(), end)
        stop = end if predicate is None else max(predicate, whom.end())
        pieces = (trim(words, start, among.start()), trim(words, stop, end))
        return Parts(_one(trim(words, among.end(), stop)), tuple(piece for piece in pieces if piece))
    if verb and (not noun or verb.end() > noun.end()):
        stop = _verb_chain(words, verb.end(), end)
        later = listed("target_populations").search(words, stop, end)
        if later and len(words[stop : later.start()].split()) <= 3:
            stop = later.start()
        elif _HOW.match(words, stop, end):
            return Parts((), _one(trim(words, start, end)))
        return Parts(_one(trim(words, stop, end)), _one(trim(words, start, stop)))
    if (predicate := split_predicate(words, start, end)) is not None:
        return Parts(_one(trim(words, start, predicate)), _one(trim(words, predicate, end)))
    if noun:
        if _NARROWS.match(words, noun.end(), end) or _KIND.match(words, noun.end(), end):
            return Parts(_one(trim(words, start, end)))
        return Parts(_one(noun.span()), _one(trim(words, noun.end(), end)))
    if of := _OF.search(words, start, end):
        about = _ABOUT.search(words, of.end(), end)
        stop = about.start() if about else end
        pieces = (trim(words, start, of.start()), trim(words, stop, end))
        return Parts(_one(trim(words, of.end(), stop)), tuple(piece for piece in pieces if piece))
    return Parts(_one(trim(words, start, end)), ())


_NARROWS = re.compile(
    r"[ ](?:là|tại|ở|trong|thuộc|trên|của|từ|dưới|chung|vùng|khu vực|đa chiều|cả|toàn|theo|cấp)(?!\w)", re.I
)


# What kind of people they are: "học sinh, sinh viên nữ", "lao động trẻ".
_KIND = re.compile(r"[ ](?:nữ|nam|trẻ|già|nghèo|giỏi|khá|mới|chung|cũ)(?:[ ,]|$)", re.I)


# How or when it is done, not to whom: "tiêm chủng | mở rộng", "có việc làm | sau khi học nghề".
_HOW = re.compile(
    r"[ ](?:sau|trước|trong|từ|theo|khi|tại|qua|ở|bằng|đúng|mở rộng|sớm|đầy đủ|hoàn toàn"
    r"|bền vững|trực tiếp|cơ bản)(?!\w)",
    re.I,
)


def _verb_chain(words: str, at: int, end: int) -> int:
    for _ in range(4):
        if adverb := _ADVERB.match(words, at, end):
            at = adverb.end()
        link = re.compile(r"(?:,|[ ]và|[ ]hoặc|/)[ ]?").match(words, at, end)
        verb = listed("target_verbs").match(words, link.end(), end) if link else None
        if verb is None:
            break
        at = verb.end()
    return at


def _one(stretch: Stretch | None) -> tuple[Stretch, ...]:
    return (stretch,) if stretch else ()
