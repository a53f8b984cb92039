"""The words between a subject and its quantity: what bounds the number, what reaches it, what changes to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnplan.extract.lexicon import word_list
from vnplan.extract.quantities import Quantity
from vnplan.extract.target_predicates import split_predicate
from vnplan.model import Comparator

_BOUNDS: tuple[tuple[str, str], ...] = (
    ("at_least", "ít nhất từ|tối thiểu từ|ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|≥|>="),
    ("at_most", "không quá|không vượt quá|không cao hơn|tối đa|nhiều nhất|≤|<="),
    ("above", "từ trên|trên|hơn|cao hơn|lớn hơn|vượt mức|vượt|>"),
    ("below", "dưới mức|dưới|thấp hơn|nhỏ hơn|ít hơn|<"),
    ("about", "trên dưới|khoảng từ|khoảng|xấp xỉ|gần|ước khoảng|tương đương"),
    ("from", "từ"),
    ("rank", "nhóm|tốp|top"),
    ("more", "thêm"),
    ("filler", "đối với|bình quân|trung bình|được|mức|bằng|cho|với|=|toàn bộ"),
)
_REACH = (
    ":|đạt mức|đạt|là|chiếm|xuống còn|còn|lên đến|lên tới|lên|xuống|hướng đến|hướng tới|đến|tới|ở mức|ở"
    "|duy trì ở|duy trì|giữ vững|giữ|có|gấp"
)


def _alternatives(entries: str) -> str:
    """Return the entries as a pattern, longest first; one that begins with a letter begins a word."""
    ordered = sorted(entries.split("|"), key=len, reverse=True)
    return "|".join(rf"(?<!\w){entry}" if entry[0].isalpha() else entry for entry in ordered)


_TAIL = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{_alternatives(entry)})" for name, entry in (*_BOUNDS, ("reach", _REACH))) + ")[ ]?$",
    re.I,
)
DIRECTION = re.compile(
    r"(?<!\w)(?P<up>tăng thêm|tăng|nâng cao|nâng|gia tăng)(?!\w)(?![ ](?:cường|trưởng|tốc|giá trị gia))"
    r"|(?<!\w)(?P<down>kéo giảm|giảm thiểu|giảm bớt|cắt giảm|tiết giảm|giảm|rút ngắn|hạ thấp|hạ(?=[ ](?:tỷ lệ|mức))"
    r")(?!\w)(?![ ]nghèo)",
    re.I,
)
_NOMINAL_CHANGE = re.compile(r"(?:tốc độ|mức|tỷ lệ|tỉ lệ|sự|việc|giá trị|gia|thuế giá trị)[ ]$", re.I)


def _heads(*, counted: bool) -> str:
    """Return the words that begin an indicator as a pattern; "số" is none in "số hóa"."""
    heads = [head for head in word_list("target_heads") if head.startswith("-") or not counted]
    return "|".join(re.escape(head.lstrip("-")) + r"(?![ ]h(?:óa|oá)(?!\w))" * (head == "-số") for head in heads)


HEAD_OFF = re.compile(rf"(?:{_heads(counted=True)})[ ](?:các[ ]|số[ ](?!hóa))?", re.I)
HEAD = re.compile(rf"(?:{_heads(counted=False)})(?!\w)", re.I)
# yes: "Tỷ lệ …", "Giữ vững tỷ lệ …"
# no: "Hỗ trợ 100% …"
KEPT = re.compile(
    rf"(?:(?:giữ vững|giữ ổn định|giữ|duy trì|ổn định|kiềm chế|khống chế"
    rf"|kiểm soát)[ ])?(?P<head>{HEAD.pattern})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a quantity in its clause: where the words that bound it begin, and what they say."""

    at: int
    bounds: frozenset[str]
    reach: tuple[str, ...]


def peel(masked: str, start: int, end: int) -> Left:
    """Take the words of comparison and of reaching off the end of ``masked[start:end]``."""
    bounds: set[str] = set()
    reach: list[str] = []
    for _ in range(7):
        tail = _TAIL.search(masked, max(start, end - 16), end)
        if tail is None or tail.start() < start:
            break
        kind = tail.lastgroup or ""
        if kind == "filler" and not bounds and not reach and tail[0].strip().lower() == "với":
            break
        if reach and tail[0].strip().lower() in ("bình quân", "trung bình"):
            break
        if kind == "reach":
            reach.append(tail[0].strip().lower())
        else:
            bounds.add(kind)
        end = tail.start()
        while end > start and masked[end - 1] == " ":
            end -= 1
    return Left(end, frozenset(bounds), tuple(reach))


def change_verb(masked: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in DIRECTION.finditer(masked, start, end):
        if not _NOMINAL_CHANGE.search(masked, max(start, match.start() - 12), match.start()):
            found = match
            if match.start() == start:
                break
    return found


_VERBS = sorted({*word_list("target_verbs"), *word_list("target_promises")}, key=lambda verb: (-len(verb), verb))
_ACTIONS = re.compile(rf"(?:{'|'.join(map(re.escape, _VERBS))})(?!\w)")
_ACTED = re.compile(rf"(?:{_ACTIONS.pattern})(?:[ ](?:lại|mới|thêm|tiếp|ngay|tốt|đầy đủ|kịp thời))?", re.I)
_ASKING = re.compile(r"[ ]và[ ](?=(?:yêu cầu|vận động|hướng dẫn|bảo đảm)[ ]*$)")


def last_action(masked: str, start: int, end: int) -> int:
    """Return where the action that has the quantity for its object begins ("sửa chữa đường, | xử lý 100% điểm đen")."""
    if HEAD.match(masked, start, end):
        return start
    if asking := _ASKING.search(masked, start, end):
        return asking.end()
    at = start = _acting(masked, start, end)
    stop = end
    while (comma := masked.rfind(", ", start, stop)) >= 0:
        if not _ACTIONS.match(masked, comma + 2, end) or DIRECTION.search(masked, comma + 2, end):
            break
        if at > start and len(masked[comma + 2 : at].split()) > 4:
            break
        before = masked.rfind(", ", start, comma)
        if _ACTED.fullmatch(masked, start if before < 0 else before + 2, comma):
            break  # "niêm yết, | công khai": both are done
        at, stop = comma + 2, comma
    return at


# Who is to do it, and with whom: "Công an xã chủ trì, phối hợp với Trạm Y tế | kiểm tra 100% …".
_WHO = re.compile(
    r"(?:chủ trì|phối hợp(?:[ ](?:chặt chẽ|cùng))?(?:[ ]với)?|chỉ đạo|giao(?:[ ]cho)?|đề nghị|yêu cầu"
    r"|tham mưu(?:[ ]cho)?"
    r"|trình|chịu trách nhiệm|vận động|hướng dẫn)(?!\w)",
    re.I,
)
_EACH = re.compile(r"(?:mỗi|từng|các|hằng|hàng)(?!\w)", re.I)


def _acting(masked: str, start: int, end: int) -> int:
    """Return where what is done begins behind who is to do it; ``start`` where nobody is named."""
    at = start
    for cue in _WHO.finditer(masked, start, end):
        at = cue.end()
    named = (
        at > start
        or _EACH.match(masked, start, end)
        or (masked[start:end][:1].isupper() and not _begins(masked, start, end))
    )
    if not named:
        return start
    verb = split_predicate(masked, at, end)
    return start if verb is None else verb


def _begins(masked: str, start: int, end: int) -> bool:
    """Tell whether the stretch begins with an action, its first letter small or not."""
    return _OPENING_ACTION.match(masked, start, end) is not None


_OPENING_ACTION = re.compile(rf"(?:{'|'.join(map(re.escape, _VERBS))})(?!\w)", re.I)
_TO = frozenset(["lên", "xuống", "còn", "xuống còn", "lên đến", "lên tới", "đạt", "đạt mức", "đến", "tới", "ở mức"])


def comparator(left: Left, quantity: Quantity, change: re.Match[str] | None) -> Comparator:
    """Return the relation of the aim to its number."""
    to = _TO & {*left.reach}
    if change is not None:
        by = "increase" if change["up"] else "decrease"
        return f"{by}_{'to' if to else 'by'}"  # type: ignore[return-value]
    if quantity.bound == "zero":
        return "equal"
    if "more" in left.bounds:
        return "increase_by"
    if "rank" in left.bounds or quantity.bound == "trở xuống":
        return "at_most"
    for name in ("at_least", "at_most", "above", "below", "about"):
        if name in left.bounds:
            return name
    if quantity.bound == "trở lên":
        return "at_least"
    if quantity.low != quantity.high:
        return "range"
    return "at_least" if "from" in left.bounds else "equal"
