"""Where a clause's predicate begins: which verb says what is reached, and which one belongs to the noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from vnplan.extract.lexicon import word_list


def _any_of(entries: Iterable[str]) -> str:
    """Return a pattern of the entries, the longest first, those that begin with one letter together."""
    groups: dict[str, list[str]] = {}
    for entry in sorted(entries, key=len, reverse=True):
        groups.setdefault(entry[:1], []).append(re.escape(entry[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


@cache
def listed(name: str, before: str = r"(?<![\w])", after: str = r"(?![\w])") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{_any_of(word_list(name))}){after}", re.I)


# yes: được tiếp cận; phải được tiếp nhận
# no: đạt được
_PASSIVE = re.compile(r"(?<!\w)(?:(?:phải|đều|sẽ|cũng|không|đều phải)[ ])?được(?!\w)", re.I)
_NO_PASSIVE = re.compile(
    r"(?:đã|chưa|vừa|(?<!xây dựng )(?<!tiếp nhận )(?<!phát sinh )(?<!thành lập )(?<!đầu tư )(?<!lắp đặt )mới"
    r"|đang|từng|đạt|nắm|tìm|biết|hiểu|có|làm|lấy|nhận|huy động|khi|các|do|để|tiếp cận|thu|theo)[ ]$",
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


_TRADES = frozenset(word_list("target_trades"))
_WEAK = frozenset(word_list("target_weak_verbs")) | _TRADES
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
    if passive is not None and (given := _GIVEN.match(words, passive, end)):
        verb = listed("target_verbs").match(words, given.end(), end)
        if verb is not None and verb[0] not in ("có", "theo"):
            return given.end()
    strong, weak = _active_verbs(words, start, end)
    if passive is not None:
        joined = is_relative(words, passive, end) or _GOES_ON.search(words, start, passive)
        return strong if strong is not None and strong < passive and joined else passive
    if strong is not None and weak is not None and weak < strong:
        between = words[weak:strong].strip().lower()
        return weak if between in _LIGHT or _holds(words, weak, strong) else strong
    return strong if strong is not None else weak


_LIGHT = frozenset(["có", "phải", "cần", "không", "chưa", "phải có", "đều", "ký"])
# What someone was given, before what is done with it: "nhiệm vụ được giao | hoàn thành đúng hạn".
_GIVEN = re.compile(
    r"được[ ](?:[\w,/ ]{1,40}[ ])?(?:giao|phê duyệt|phân công|cấp phép|cấp giấy phép|công bố|đầu tư)[ ]", re.I
)
# Verbs that tell of what one has rather than of oneself: "có trạm y tế | đạt chuẩn", "có đội | hoạt động thường xuyên".
_OF_HELD = re.compile(
    r"(?:đáp ứng|đạt|đạt chuẩn|bảo đảm|đảm bảo|hoạt động|phục vụ|vận hành|phù hợp|kết nối|đủ|cung cấp|tham gia)(?!\w)",
    re.I,
)
_SO_THAT = re.compile(r"[ ](?:để|nhằm|mà|cho|giúp|do|hướng dẫn)[ ]", re.I)


# yes: "có loa " before "phát thanh", "có phòng " before "tư vấn"
# yes: "có tổ " before "quản lý"
# no:  "có chiều dài từ 15 mét "
_ONE_NOUN = re.compile(r"có[ ]\w+[ ]", re.I)


def _holds(words: str, weak: int, strong: int) -> bool:
    """Tell whether the later verb belongs to what is had, "có tuyến xe để người khuyết tật | tiếp cận"."""
    if not words.startswith(("có ", "không có ", "chưa có "), weak):
        return False
    if _SO_THAT.search(words, weak, strong) or (
        _ONE_NOUN.fullmatch(words, weak, strong) and not _TRAIT.match(words, weak)
    ):
        return True
    return _OF_HELD.match(words, strong) is not None and _TRAIT.match(words, weak, strong) is None


def opens_predicate(words: str, start: int, end: int) -> bool:
    """Tell whether the stretch has no noun phrase before its predicate ("được tham gia hoạt động văn hóa")."""
    return _PASSIVE.match(words, start, end) is not None or _OPENING.match(words, start, end) is not None


_OPENING = re.compile(r"(?:đạt|có|là|hoàn thành|tham gia|sử dụng)[ ](?!thể)", re.I)


def opens_phrase(words: str) -> bool:
    """Tell whether ``words`` go on with a noun rather than with a verb of its own clause."""
    return listed("target_verbs").match(words) is None and _PASSIVE.match(words) is None


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


def _is_new(words: str, verb: re.Match[str], before: str) -> bool:
    """Tell whether a verb only says that something is new ("kho lạnh xây dựng mới được …", "mới thành lập")."""
    return verb[0] in _NEWLY and (before.endswith("mới ") or words.startswith((" mới được", " mới có"), verb.end()))


# yes: "cơ quan có thẩm quyền " (who acts, not the power to act), "dân số "
# yes: "xã trọng điểm "
# no:  "thẩm quyền ", "số "
_ACTING = re.compile(r"(?:có thẩm quyền|(?:dân|đa|thiểu) số|trọng điểm|nhà trường)[ ]$", re.I)
# Who does something by a name of one or two words, right before the verb: "trường | tổ chức …".
_BODY = re.compile(
    r"(?:các[ ])?(?:trường|trạm|trung tâm|cơ quan|cơ sở|đơn vị|tổ|đội|ban|phòng|lớp|bộ phận|mô hình|dự án|đề án"
    r"|hệ thống|chương trình|kế hoạch|nhiệm vụ|học sinh|học viên|người|khu|điểm|công trình|sản phẩm"
    r"|lao động)(?:[ ]học)?",
    re.I,
)


def _active_verbs(words: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Return where the first strong and the first weak verb begin that are no part of the noun phrase."""
    strong = weak = None
    late: int | None = None
    chained = trade = False
    nominal_until = -1  # the end of a verb that belongs to a noun: what is joined to it does too
    for match in listed("target_verbs").finditer(words, start, end):
        at = match.start()
        if at == start:
            continue
        before = words[max(start, at - 24) : at]
        joined = re.search(r"(?:,|[ ]và|[ ]hoặc|/|-)[ ]?$", before)
        edge = at - (len(joined[0]) if joined else 1)
        if _ADVERBIAL.match(words, at, end) or _is_new(words, match, before):
            continue
        having = match[0].lower() in _HAVING
        bound = _FUNCTION.search(before) if having else listed("target_nominal", after=r"[ ]$").search(before)
        if _ACTING.search(before):
            bound = None
        elif (
            bound and not having and late is None and match[0] not in _TRADES and _BODY.fullmatch(words, start, at - 1)
        ):
            late = at  # "nhà máy | xử lý nước thải": what it does, where nothing else is said of it
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
            light = weak is not None and words[weak:at].strip().lower() in _LIGHT
            modifies = trade and not joined and verb not in _TRADES
            if (
                weak is None
                or modifies
                or (verb == "có" and not joined and not light and _TRAIT.match(words, weak, at))
            ):
                weak, trade = at, verb in _TRADES
        else:
            strong = at
            break
    return (late, weak) if strong is None and weak is None else (strong, weak)
