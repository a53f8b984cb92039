"""Who a target is for and what is reached: the split of a clause into population, outcome and condition.

Everything is a stretch ``(start, end)`` of the words given, so that what is said can be shown where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from vnplan.extract.lexicon import word_list

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parts:
    """Population, outcome and conditions of one target, each as stretches of the words."""

    population: tuple[Stretch, ...] = ()
    outcome: tuple[Stretch, ...] = ()
    condition: tuple[Stretch, ...] = ()


def _any_of(entries: Iterable[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))


@cache
def _pattern(name: str, before: str = r"(?<![\w])", after: str = r"(?![\w])") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{_any_of(word_list(name))}){after}", re.I)


# yes: được tiếp cận; phải được tiếp nhận
# no: đạt được
_PASSIVE = re.compile(r"(?<!\w)(?:(?:phải|đều|sẽ|cũng|không|đều phải)[ ])?được(?!\w)", re.I)
_NO_PASSIVE = re.compile(
    r"(?:đã|chưa|vừa|mới|đang|từng|đạt|nắm|biết|hiểu|có|làm|lấy|nhận|huy động|khi|các|do|để|tiếp cận|thu|theo)[ ]$",
    re.I,
)
_GOES_ON = re.compile(r"(?:,|[ ]và|[ ]hoặc|[ ]để|[ ]nhằm|[ ]đồng thời|/)[ ]?$", re.I)
# Verbs of a relative clause: "nhiệm vụ được Chính phủ giao được theo dõi".
_RELATIVE = re.compile(
    r"(?:giao|duyệt|ban hành|cấp|cấp phép|công nhận|thành lập|phát hiện|tiếp nhận|quy định|phân công|công bố"
    r"|đầu tư|kiến nghị"
    r"|số hóa|đào tạo|xây dựng|thẩm quyền|hỗ trợ|nghiện|thẩm định|bổ nhiệm|tuyển dụng|quản lý|phân cấp|ủy quyền"
    r"|sinh ra)[ ]$",
    re.I,
)
_SHORT_RELATIVE = re.compile(
    r"(?:được|bị)[ ](?:[\w,/ ]{1,60}[ ])?(?:phê duyệt|duyệt|giao|ban hành|công nhận|cấp|phân công|công bố"
    r"|quy định|thẩm định)"
    r"(?:[ ]theo quy định)?[ .]{0,2}$",
    re.I,
)


def is_relative(words: str, start: int, end: int) -> bool:
    """Tell whether a passive only says who set or gave the noun before it ("kế hoạch được cấp có thẩm quyền giao")."""
    found = _SHORT_RELATIVE.match(words, start, end)
    return found is not None and found.end() >= end - 1


_WEAK = frozenset(word_list("target_weak_verbs"))
# A noun that looks like a verb: "cơ quan, tổ chức hành chính", "tổ chức, cá nhân".
_NOUN_AFTER = re.compile(
    r"[ ]?(?:,|/|hành chính|chính trị|xã hội|tín dụng|đảng|đoàn thể|khoa học|kinh tế|cá nhân|và cá nhân|quốc tế"
    r"|nước ngoài|hội)",
    re.I,
)


def split_predicate(words: str, start: int, end: int) -> int | None:
    """Return where the predicate of the clause ``words[start:end]`` begins, which opens with a noun phrase.

    >>> words = "cơ quan có thẩm quyền bố trí công chức theo đúng quy định"
    >>> words[split_predicate(words, 0, len(words)):]
    'bố trí công chức theo đúng quy định'
    """
    passive = _main_passive(words, start, end)
    strong, weak = _active_verbs(words, start, end)
    if passive is not None:
        joined = is_relative(words, passive, end) or _GOES_ON.search(words, start, passive)
        return strong if strong is not None and strong < passive and joined else passive
    if strong is not None and weak is not None and weak < strong:
        between = words[weak:strong].strip().lower()
        return weak if between in ("có", "phải", "cần", "không", "chưa", "phải có", "đều") else strong
    return strong if strong is not None else weak


def opens_phrase(words: str) -> bool:
    """Tell whether ``words`` go on with a noun rather than with a verb of its own clause."""
    return _pattern("target_verbs").match(words) is None and _PASSIVE.match(words) is None


def _main_passive(words: str, start: int, end: int) -> int | None:
    found = [
        match
        for match in _PASSIVE.finditer(words, start, end)
        if match.start() > start and not _NO_PASSIVE.search(words, start, match.start())
    ]
    if not found:
        return None
    main = found[0]
    for later in found[1:4]:
        between = words[main.end() : later.start()]
        if len(between.split()) > 14 or _GOES_ON.search(between) or not _RELATIVE.search(between):
            break
        main = later
    return main.start()


# What a population has by nature, or does by trade, before what it shall have: "gia đình có người bệnh có …".
_TRAIT = re.compile(
    r"có[ ](?:vấn đề|nguy cơ|hoàn cảnh|người|trẻ|con|nhu cầu|công|tổ chức|đảng|từ|quy mô|phát sinh|thẩm quyền"
    r"|liên quan|uy tín)(?!\w)|(?!có[ ])\w+",
    re.I,
)


_CHAINED = frozenset(["triển khai", "thực hiện", "tham gia", "tổ chức", "đề xuất", "hoạt động", "sử dụng", "quản lý"])
_NEWLY = frozenset(["xây dựng", "thành lập", "thoát nghèo", "ban hành", "đào tạo"])
_ADVERBIAL = re.compile(r"có[ ](?:hiệu quả|chất lượng|hiệu lực|trọng tâm)(?!\w)|đi[ ](?:đôi|kèm)", re.I)
_HAVING = frozenset(
    ["có", "không có", "không còn", "đạt", "không", "chưa", "đủ điều kiện", "đủ năng lực", "phải", "cần"]
)
_FUNCTION = re.compile(
    r"(?<!\w)(?:do|để|của|đang|theo|tại|với|bởi|bằng|trên|nhằm|các|những|về|qua|trong|khi|mà|nơi)[ ]$", re.I
)


def _active_verbs(words: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Return where the first strong and the first weak verb begin that are no part of the noun phrase."""
    strong = weak = None
    chained = False
    nominal_until = -1  # the end of a verb that belongs to a noun: what is joined to it does too
    for match in _pattern("target_verbs").finditer(words, start, end):
        at = match.start()
        if at == start:
            continue
        before = words[max(start, at - 24) : at]
        joined = re.search(r"(?:,|[ ]và|[ ]hoặc|/|-)[ ]?$", before)
        edge = at - (len(joined[0]) if joined else 1)
        if _ADVERBIAL.match(words, at, end) or (before.endswith("mới ") and match[0] in _NEWLY):
            continue
        having = match[0].lower() in _HAVING
        bound = _FUNCTION.search(before) if having else _pattern("target_nominal", after=r"[ ]$").search(before)
        if before.endswith("có thẩm quyền "):
            bound = None  # an authority that acts, not the power to act
        if joined or (nominal_until >= edge and not having and chained) or bound:
            if not joined or nominal_until >= edge:
                nominal_until, chained = match.end(), match[0].lower() in _CHAINED
            continue
        verb = match[0]
        if not verb[0].islower():
            continue  # part of a name
        if verb == "tổ chức" and _NOUN_AFTER.match(words, match.end(), end):
            continue
        if verb in _WEAK:
            if weak is None or (verb == "có" and not joined and _TRAIT.match(words, weak, at)):
                weak = at
        else:
            strong = at
            break
    return strong, weak


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


def trim(words: str, start: int, end: int) -> Stretch | None:
    """Return the stretch without blanks, commas and bare connectors at its edges, or None where nothing is left."""
    while start < end and words[start] in " ,:;.-+–":
        start += 1
    while end > start and words[end - 1] in " ,:;.-+–":
        end -= 1
    if note := re.search(r"[ ]?\[[0-9]{1,3}\]$", words[max(start, end - 6) : end]):
        end -= len(note[0])
    while tail := re.search(
        r"[ ](?:và|hoặc|trong đó|đồng thời|với|để|là|phải|đều)$", words[max(start, end - 12) : end], re.I
    ):
        end = end - len(tail[0])
        while end > start and words[end - 1] in " ,":
            end -= 1
    return (start, end) if start < end else None


_OUT_OF = re.compile(r"[ ](?:trên|trong|so với)[ ](tổng[ ](?:số|dân|diện|giá|sản|doanh|thu|chi|mức|lượng)?)", re.I)
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
    verb = _pattern("target_verbs").match(words, start, end)
    noun = _pattern("target_populations").match(words, start, end)
    if verb and (not noun or verb.end() > noun.end()):
        stop = _verb_chain(words, verb.end(), end)
        later = _pattern("target_populations").search(words, stop, end)
        if later and len(words[stop : later.start()].split()) <= 3:
            stop = later.start()
        return Parts(_one(trim(words, stop, end)), _one(trim(words, start, stop)))
    if (predicate := split_predicate(words, start, end)) is not None:
        return Parts(_one(trim(words, start, predicate)), _one(trim(words, predicate, end)))
    if noun:
        if _NARROWS.match(words, noun.end(), end):
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


def _verb_chain(words: str, at: int, end: int) -> int:
    for _ in range(4):
        if adverb := _ADVERB.match(words, at, end):
            at = adverb.end()
        link = re.compile(r"(?:,|[ ]và|[ ]hoặc|/)[ ]?").match(words, at, end)
        verb = _pattern("target_verbs").match(words, link.end(), end) if link else None
        if verb is None:
            break
        at = verb.end()
    return at


def _one(stretch: Stretch | None) -> tuple[Stretch, ...]:
    return (stretch,) if stretch else ()
