"""The targets in the words of one item: sentences, clauses, and the frame in which each quantity stands.

A quantity stands in one of these frames: a share or count that opens its clause ("80% hộ nghèo được …"), an indicator that
reaches it ("Tỷ lệ … đạt 80%"), a change ("giảm 5% số vụ"), a subject that has it ("mỗi xã có ít nhất 01 …"), a thing done
("xây dựng 02 mô hình"), or none at all ("không có …", which is zero).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from vnplan.extract.lexicon import word_list
from vnplan.extract.quantities import Quantity, counted_noun, find_quantities
from vnplan.extract.target_context import Context, clause_horizon, rate_stretches, read_baseline, read_commitment, read_per
from vnplan.extract.target_words import (
    Parts,
    Stretch,
    is_relative,
    split_case,
    split_indicator,
    split_predicate,
    subtract,
    take_conditions,
    trim,
)
from vnplan.model import Commitment, Comparator

Frame = Literal["share", "indicator", "change", "having", "doing", "zero", "rank"]


@dataclass(frozen=True, slots=True)
class Aim:
    """One quantified statement of an item; positions are in the words given to :func:`parse_item`."""

    start: int
    end: int
    quantity: Quantity
    comparator: Comparator
    frame: Frame
    parts: Parts
    commitment: Commitment
    bounded: bool
    subject: bool = False
    verb: str = ""
    horizon: str | None = None
    per: str | None = None
    baseline: str | None = None


# What may make a target at all; looked for before anything else.
MAY_HOLD = re.compile(r"[0-9]|[Kk]hông (?:có|còn)|[Cc]hấm dứt|[Tt]ất cả|[Tt]oàn (?:bộ|thể)|một (?:nửa|trăm)")

_BRACKETS = re.compile(r"\([^()]{0,600}\)")
# yes: "…đúng hạn. 100% hồ sơ"
# yes: "…đạt 80%; tỷ lệ"
# no: "TP. Lạng Sơn"
_BREAK = re.compile(
    r";[ ]?|(?<![ .(](?:TP|Tp|TX|TT|Tx|Tt|tp))(?<!\b[A-ZĐ])[.!?…](?=[ ](?:[^\W\d_a-zđ]|[0-9“\"'*+-])|[ ]?$)|:(?=[ ]|$)|(?<=[ ])[-+*•](?=[ ][^\W\d_a-zà-ỹđ])"
)
_ZERO = re.compile(
    r"(?<!\w)(?:cơ bản[ ])?(?P<word>không[ ](?:có|còn)|chấm[ ]dứt)(?:[ ](?:tình trạng|hiện tượng|việc))?[ ](?=\w)", re.I
)
_NOT_ZERO = re.compile(
    r"(?:khả năng|nhu cầu|điều kiện|hiệu lực|phù hợp|nghĩa|thể|quyền|đủ|nữa|là|trong|được|giá trị|lý do|thẩm quyền|tên|sự|ai)(?!\w)",
    re.I,
)
_BEFORE_ZERO = re.compile(r"(?:^|[,;.:]|[ ]và|phấn đấu|bảo đảm|đảm bảo|[0-9]{4},?|phải|tiến tới|hướng tới)[ ]*$", re.I)

_BOUNDS: tuple[tuple[str, str], ...] = (
    ("at_least", "ít nhất từ|tối thiểu từ|ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|≥|>="),
    ("at_most", "không quá|không vượt quá|không cao hơn|tối đa|nhiều nhất|≤|<="),
    ("above", "từ trên|trên|hơn|cao hơn|lớn hơn|vượt mức|vượt|>"),
    ("below", "dưới mức|dưới|thấp hơn|nhỏ hơn|ít hơn|<"),
    ("about", "khoảng từ|khoảng|xấp xỉ|gần|ước khoảng|tương đương"),
    ("from", "từ"),
    ("rank", "nhóm|tốp|top"),
    ("filler", "bình quân|trung bình|thêm|được|mức|bằng|cho|với|:|=|toàn bộ|số"),
)
_REACH = (
    "đạt mức|đạt|là|chiếm|xuống còn|còn|lên đến|lên tới|lên|xuống|đến|tới|ở mức|ở|duy trì ở|duy trì|giữ vững|giữ|có|gấp"
)


def _alternatives(entries: str) -> str:
    """Return the entries as a pattern, longest first; one that begins with a letter begins a word."""
    ordered = sorted(entries.split("|"), key=len, reverse=True)
    return "|".join(rf"(?<!\w){entry}" if entry[0].isalpha() else entry for entry in ordered)


_TAIL = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{_alternatives(entry)})" for name, entry in (*_BOUNDS, ("reach", _REACH))) + ")[ ]?$",
    re.I,
)
_DIRECTION = re.compile(
    r"(?<!\w)(?P<up>tăng thêm|tăng|nâng cao|nâng|gia tăng)(?!\w)(?![ ](?:cường|trưởng|tốc|giá trị gia))"
    r"|(?<!\w)(?P<down>kéo giảm|giảm thiểu|giảm bớt|cắt giảm|tiết giảm|giảm|rút ngắn|hạ thấp|hạ|tiết kiệm)(?!\w)(?![ ]nghèo)",
    re.I,
)
_NOMINAL_CHANGE = re.compile(r"(?:tốc độ|mức|tỷ lệ|tỉ lệ|sự|việc|giá trị|gia|thuế giá trị)[ ]$", re.I)
_HEAD_OFF = re.compile(
    rf"(?:{'|'.join(re.escape(h[1:]) for h in word_list('target_heads') if h.startswith('-'))})[ ](?:các[ ]|số[ ](?!hóa))?",
    re.I,
)
_HEAD = re.compile(rf"(?:{'|'.join(re.escape(h.lstrip('-')) for h in word_list('target_heads'))})(?!\w)", re.I)
# yes: "Tỷ lệ …", "Giữ vững tỷ lệ …"
# no: "Hỗ trợ 100% …"
_KEPT = re.compile(
    rf"(?:(?:giữ vững|giữ ổn định|giữ|duy trì|ổn định|kiềm chế|khống chế|kiểm soát)[ ])?(?P<head>{_HEAD.pattern})", re.I
)
_STATISTICS = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in word_list('target_statistics'))})(?!\w)", re.I)
_STARTS = re.compile(
    rf"(?:và[ ])?(?:{_HEAD.pattern}|trong đó|riêng|đồng thời|phấn đấu|bảo đảm|đảm bảo|có[ ]|mỗi|cấp|khu vực|vùng|số|giảm|tăng"
    rf"|nâng|kéo giảm|đến năm|năm[ ][0-9]|không[ ](?:có|còn)|hoàn thành|xây dựng|tạo|đào tạo|thu hút|tổ chức|thành lập|phát triển"
    rf"|hình thành|ít nhất|tối thiểu|trên|khoảng)(?!\w)",
    re.I,
)
_WITHOUT_NOUN = re.compile(
    r"[ ]?(?:trong|trên|so với|vào|theo|của|tại|mỗi|hằng|hàng|một|/|đến|ở|cả|toàn|năm|và|,|với|·|GDP|GRDP)", re.I
)


def parse_item(words: str, context: Context | None = None) -> list[Aim]:
    """Return the quantified aims in ``words``, the own words of one item without its label, in order.

    >>> [(a.quantity.low, a.comparator) for a in parse_item("Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%; 100% xã có bác sĩ")]
    [(80.0, 'at_least'), (100.0, 'equal')]
    """
    if not MAY_HOLD.search(words):
        return []
    context = context or Context()
    masked = _BRACKETS.sub(lambda found: "·" * len(found[0]), words)
    found: list[Aim] = []
    for start, end, mark in _segments(masked):
        context = context.entering(masked, start, end)
        aims = _parse_segment(words, masked, start, end, context)
        found += aims
        context = context.leaving(masked, start, end, mark if mark != ":" or not aims else ".")
    return _with_continuations(words, masked, found)


def _segments(masked: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between semicolons, sentence ends and colons, and the mark that ends them."""
    start = 0
    for mark in _BREAK.finditer(masked):
        opening = len(masked) - len(masked[start:].lstrip(" -+*"))
        if mark[0] == ":" and _KEPT.match(masked, opening, mark.start()):
            continue
        if mark.start() > start:
            yield start, mark.start(), mark[0][0]
        start = mark.end()
    if start < len(masked):
        yield start, len(masked), "."


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a quantity in its clause: where the words that bound it begin, and what they say."""

    at: int
    bounds: frozenset[str]
    reach: tuple[str, ...]


def _peel(masked: str, start: int, end: int) -> _Left:
    """Take the words of comparison and of reaching off the end of ``masked[start:end]``."""
    bounds: set[str] = set()
    reach: list[str] = []
    for _ in range(7):
        tail = _TAIL.search(masked, max(start, end - 16), end)
        if tail is None or tail.start() < start:
            break
        kind = tail.lastgroup or ""
        if kind == "filler" and not bounds and not reach and tail[0].strip().lower() in ("số", "với"):
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
    return _Left(end, frozenset(bounds), tuple(reach))


def _zero_at(masked: str, start: int, end: int) -> Iterator[Quantity]:
    for found in _ZERO.finditer(masked, start, end):
        if _NOT_ZERO.match(masked, found.end()) or not _BEFORE_ZERO.search(masked[start : found.start()] or ""):
            continue
        yield Quantity(found.start(), found.end(), 0.0, 0.0, "", "count", found.end(), bound="zero")


def _parse_segment(words: str, masked: str, start: int, end: int, context: Context) -> list[Aim]:
    """Return the aims between ``start`` and ``end``: one for each clause with a quantity."""
    quantities = [
        quantity for quantity in find_quantities(masked, start, end) if _may_be_aimed(masked, start, quantity)
    ]
    quantities = sorted([*quantities, *_zero_at(masked, start, end)], key=lambda quantity: quantity.start)
    if not quantities:
        return []
    aims: list[Aim] = []
    clauses = _clauses(masked, start, end, quantities)
    waiting: list[int] = []  # shares whose predicate may stand behind a later one
    for clause_start, quantity, clause_end, base in clauses:
        statistic = _STATISTICS.search(masked, clause_start, clause_end)
        if statistic and read_commitment(masked, clause_start, quantity.start) is None:
            continue
        aim = _read_clause(words, masked, (clause_start, quantity, clause_end), base, aims[-1] if aims else None, context)
        if aim is None:
            continue
        if base:
            aim = replace(aim, baseline=aim.baseline or words[base[0] : base[1]])
        aims.append(aim)
        if "trong đó" in masked[clause_start : quantity.start] or "trong đó" in masked[max(0, clause_start - 10) : clause_start]:
            waiting.clear()
        if aim.frame == "share" and aim.parts.outcome and waiting:
            for index in waiting:
                aims[index] = _sharing(masked, aims[index], aim)
        if aim.frame == "share" and (not aim.parts.outcome or _WEAKLY.match(masked, aim.parts.outcome[0][0])):
            waiting.append(len(aims) - 1)
        else:
            waiting.clear()
    return aims


_WEAKLY = re.compile(r"(?:có|bị)[ ]", re.I)


def _sharing(masked: str, aim: Aim, later: Aim) -> Aim:
    """Return ``aim`` with the predicate of the later share that it is listed with ("80% A, 80% B được C")."""
    outcome = later.parts.outcome
    if not aim.parts.outcome:
        return replace(aim, end=later.end, parts=replace(aim.parts, outcome=outcome))
    passive = masked.startswith("được", outcome[0][0])
    if not passive or aim.quantity.low != later.quantity.low or not aim.parts.population:
        return aim
    whole = (aim.parts.population[0][0], aim.parts.outcome[-1][1])
    return replace(aim, end=later.end, parts=Parts((whole,), outcome, aim.parts.condition))


# What a duration or an age may be an aim of: "tuổi thọ trung bình đạt 75 tuổi", "rút ngắn thời gian … còn 05 ngày".
_TIMED = re.compile(r"tuổi thọ|tuổi bình quân|tuổi trung bình|thời gian|rút ngắn|thời hạn giải quyết", re.I)


def _may_be_aimed(masked: str, start: int, quantity: Quantity) -> bool:
    if quantity.kind != "time":
        return True
    before = masked[start : quantity.start]
    return (
        _TIMED.search(before) is not None
        and re.search(
            r"(?:đạt|xuống|còn|lên|giảm|trên|dưới|không quá|tối thiểu|ít nhất|tối đa)[^,]{0,24}$", before, re.I
        )
        is not None
    )


def _clauses(
    masked: str, start: int, end: int, quantities: list[Quantity]
) -> list[tuple[int, Quantity, int, Stretch | None]]:
    """Return clause start, quantity, clause end and baseline of each quantity that is not inside another's clause."""
    kept: list[tuple[int, Quantity, Stretch | None]] = []
    for quantity in quantities:
        if not kept:
            kept.append((start, quantity, None))
            continue
        last_start, last, last_base = kept[-1]
        left = _peel(masked, last.end, quantity.start)
        gap = masked[last.end : left.at]
        if "," not in gap and " và " not in gap and _reached_later(masked, last_start, last, left, gap):
            told = re.fullmatch(r"[ ]?(?:(?:vào |cuối )?năm [0-9]{4})?[ ]?", gap)
            is_base = told and "from" in _peel(masked, last_start, last.start).bounds
            kept[-1] = (last_start, quantity, (last.start, last.end + len(gap.rstrip())) if is_base else last_base)
            continue
        edge = _clause_edge(masked, last, left, quantity)
        if edge is not None:
            kept.append((edge, quantity, None))
    result = []
    for index, (clause_start, quantity, base) in enumerate(kept):
        stop = kept[index + 1][0] if index + 1 < len(kept) else end
        trimmed = trim(masked, quantity.end, stop)
        result.append((clause_start, quantity, trimmed[1] if trimmed else quantity.end, base))
    return result


def _reached_later(masked: str, start: int, last: Quantity, left: _Left, gap: str) -> bool:
    """Tell whether an earlier quantity of one clause only tells who or from where, and the later one is the aim."""
    if not ({*left.reach} - {"có", "là"} or _DIRECTION.search(gap)):
        return False
    before = _peel(masked, start, last.start)
    subject_start, subject_end, _ = Context().strip_lead(masked, start, before.at)
    return subject_end > subject_start


def _clause_edge(masked: str, last: Quantity, left: _Left, quantity: Quantity) -> int | None:
    """Return where the clause of ``quantity`` begins behind ``last``; None where both stand in one clause."""
    gap = masked[last.end : left.at]
    if re.search(r"(?:,|[ ]và|[ ]hoặc|,[ ]và)[ ]*$", gap):
        return left.at if left.at < quantity.start else quantity.start
    if re.fullmatch(r"[ ]*", gap) and not left.reach:
        return None
    commas = [mark for mark in re.finditer(r",[ ]?|[ ](?=và[ ])", gap)]
    for mark in reversed(commas):
        if _STARTS.match(masked, last.end + mark.end()):
            return last.end + mark.end()
    commas = [mark for mark in commas if mark[0].startswith(",")] or commas
    if commas and (left.reach or _DIRECTION.search(gap, commas[-1].end())):
        piece = gap[commas[-1].end() :]
        if quantity.kind == "percent" or ("đạt" in left.reach and len(piece.split()) <= 8):
            return last.end + commas[-1].end()
    return None


def _read_clause(
    words: str,
    masked: str,
    clause: tuple[int, Quantity, int],
    base: Stretch | None,
    last: Aim | None,
    context: Context,
) -> Aim | None:
    """Return the aim that one clause sets, or None where its quantity stands in no known frame."""
    start, quantity, end = clause
    left = _peel(masked, start, quantity.start)
    subject_start, subject_end, lead = context.strip_lead(masked, start, left.at)
    commitment = read_commitment(masked, start, quantity.start)
    stated, cut = clause_horizon(masked, start, quantity, end)
    per = read_per(masked, start, quantity, end)
    baseline, base_cut = read_baseline(masked, quantity.end, end)
    change = _change_verb(masked, subject_start, subject_end)
    stop, bracketed = _quote_end(words, masked, quantity, end)
    right, case = split_case(masked, *_right(masked, quantity, stop))
    cuts = [*cut, *base_cut, *rate_stretches(masked, start, quantity.start)]
    if base:
        cuts.append((base[0] - len("từ "), base[1]))
    frame, parts, verb = _read_frame(masked, (subject_start, subject_end), left, quantity, right, change, last)
    if frame == "zero":
        quantity = replace(quantity, unit=masked[right[0] : counted_noun(masked, *right)])
    parts = Parts(subtract(words, parts.population, cuts), subtract(words, parts.outcome, cuts))
    parts = take_conditions(words, parts)
    if extra := case or bracketed:
        parts = replace(parts, condition=(*parts.condition, extra))
    if commitment is None and parts.outcome and masked[parts.outcome[0][0] :][:5].lower() == "phải ":
        commitment = ("guarantee", parts.outcome[0][0])
    begin = _quote_start(masked, start, left, quantity, commitment, frame, (subject_start, subject_end), lead)
    return Aim(
        begin,
        stop,
        quantity,
        _comparator(left, quantity, change, last if frame == "change" else None),
        frame,
        parts,
        commitment[0]
        if commitment
        else (last.commitment if last and start > last.start else context.commitment) or "plain",
        bool(left.bounds & {"at_least", "at_most", "above", "below", "about"}) or bool(quantity.bound),
        subject=subject_end > subject_start,
        verb=verb,
        horizon=stated or context.horizon,
        per=per or context.per,
        baseline=words[baseline[0] : baseline[1]] if baseline else None,
    )


def _change_verb(masked: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in _DIRECTION.finditer(masked, start, end):
        if not _NOMINAL_CHANGE.search(masked, max(start, match.start() - 12), match.start()):
            found = match
            if match.start() == start:
                break
    return found


def _right(masked: str, quantity: Quantity, end: int) -> Stretch:
    """Return what follows the quantity in its clause, from the counted noun on."""
    at = quantity.of if quantity.kind == "count" else quantity.end
    if behind := _BEHIND.match(masked, at, end):
        at = behind.end()
    piece = trim(masked, at, end)
    return piece if piece and piece[0] < piece[1] else (end, end)


_BEHIND = re.compile(r"(?:[ ]?/[ ]?\w+(?:[ ](?:dân|người))?){1,2}|[ ]trở[ ](?:lên|xuống)", re.I)


def _comparator(left: _Left, quantity: Quantity, change: re.Match[str] | None, last: Aim | None) -> Comparator:
    to = {"lên", "xuống", "còn", "xuống còn", "lên đến", "lên tới", "đạt", "đạt mức", "đến", "tới", "ở mức"} & {
        *left.reach
    }
    if change is not None:
        by = "increase" if change["up"] else "decrease"
        return f"{by}_{'to' if to else 'by'}"  # type: ignore[return-value]
    if last is not None:
        return last.comparator
    if quantity.bound == "zero":
        return "equal"
    if "rank" in left.bounds or quantity.bound == "trở xuống":
        return "at_most"
    for name in ("at_least", "at_most", "above", "below", "about"):
        if name in left.bounds:
            return name  # type: ignore[return-value]
    if quantity.bound == "trở lên":
        return "at_least"
    if quantity.low != quantity.high:
        return "range"
    return "at_least" if "from" in left.bounds else "equal"


def _read_frame(
    masked: str,
    subject: Stretch,
    left: _Left,
    quantity: Quantity,
    right: Stretch,
    change: re.Match[str] | None,
    last: Aim | None,
) -> tuple[Frame, Parts, str]:
    """Return the frame in which the quantity stands, population and outcome, and the verb that governs it."""
    if quantity.bound == "zero":
        return "zero", _zero_parts(masked, right, last), ""
    if change is not None:
        parts = _change_parts(masked, subject, change, right)
        return "change", parts if parts.population or last is None else last.parts, change[0]
    if "rank" in left.bounds:
        ranked = _some(masked, left.at, quantity.start - 1)
        who = trim(masked, subject[0], subject[1]) if subject[0] < subject[1] else None
        if who and (belongs := _BELONGS.search(masked, *who)):
            ranked = ((belongs.start(), ranked[-1][1]),) if ranked else (belongs.span(),)
            who = trim(masked, who[0], belongs.start())
        population = (who,) if who else last.parts.population if last is not None and last.frame == "rank" else ()
        return "rank", Parts(population, (*ranked, *_some(masked, *right))), ""
    if subject[0] >= subject[1]:
        parts = _share_parts(masked, right)
        if last is not None and not parts.outcome and last.frame in ("indicator", "change") and last.parts.population:
            bare = right[0] >= right[1] or _WITHOUT_NOUN.match(masked, right[0]) is not None
            return last.frame, last.parts if bare else replace(last.parts, population=parts.population), last.verb
        if not parts.outcome and (before := _clause_before(masked, left.at)):
            parts = replace(parts, outcome=before)
        return "share", parts, ""
    reach = {*left.reach} - {"có"}
    if kept := _KEPT.match(masked, *subject):
        subject = (kept.start("head"), subject[1])
    if kept or reach:
        parts = indicator_parts(masked, subject, right)
        if last is not None and last.frame == "indicator" and _SUBGROUP.match(masked, subject[0]):
            parts = Parts(_some(masked, *subject), last.parts.outcome)
        elif last is not None and last.frame == "indicator" and _PREDICATE.match(masked, subject[0]):
            parts = Parts(last.parts.population, _some(masked, *subject))
        return "indicator", parts, ""
    if "có" in left.reach:
        if quantity.kind == "percent" or _PLACE.fullmatch(masked, *subject):
            return "share", _share_parts(masked, right), ""
        having = masked.rfind("có", subject[1], quantity.start)
        outcome = (having, having + 2) if having >= 0 else None
        pieces = tuple(piece for piece in (outcome, right if right[0] < right[1] else None) if piece)
        return "having", Parts(_some(masked, *subject), pieces), ""
    return "doing", _doing_parts(masked, subject, right), masked[subject[0] : subject[1]]


_PROMISING = re.compile(r",[ ](?:qua đó[ ]|nhằm[ ])?(?:bảo đảm|đảm bảo|phấn đấu)(?:[ ]nguyên tắc)?[ ]?$", re.I)


def _clause_before(masked: str, at: int) -> tuple[Stretch, ...]:
    """Return what is done before a promised share that names no outcome ("triển khai …, bảo đảm 100% thủ tục")."""
    promise = _PROMISING.search(masked, max(0, at - 40), at)
    if promise is None:
        return ()
    start = max(masked.rfind(mark, 0, promise.start()) for mark in (",", ";", ".", ":")) + 1
    predicate = split_predicate(masked, start, promise.start())
    return _some(masked, start if predicate is None else predicate, promise.start())


_BELONGS = re.compile(r"(?<!\w)(?:thuộc|nằm trong|trong|vào|đứng trong|xếp trong|đứng|xếp|nằm)$", re.I)
_PREDICATE = re.compile(r"(?:có|được|qua|đạt|không)(?!\w)", re.I)
_SUBGROUP = re.compile(
    r"(?:cấp|bậc|khu vực|vùng|miền|ở|tại|tiểu học|trung học|mầm non|nông thôn|thành thị|đô thị|nam|nữ|từ|tuyến)(?!\w)",
    re.I,
)
_PLACE = re.compile(
    r"(?:toàn |cả |trên địa bàn )?(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|nước|quốc|Việt Nam)(?:[ ][A-ZĐÀ-Ỹ]\w*){0,4}"
)


def _some(masked: str, start: int, end: int) -> tuple[Stretch, ...]:
    piece = trim(masked, start, end)
    return (piece,) if piece else ()


def _share_parts(masked: str, right: Stretch) -> Parts:
    start, end = right
    predicate = split_predicate(masked, start, end) if start < end else None
    if predicate is None:
        return Parts(_some(masked, start, end))
    return Parts(_some(masked, start, predicate), _some(masked, predicate, _new_subject(masked, predicate, end)))


# yes: ", hộ gia đình đủ điều kiện được vay vốn" behind "được …"
_OTHER_SUBJECT = re.compile(
    r",[ ](?:hộ|hộ gia đình|người|gia đình|trẻ em|học sinh|phụ nữ|lao động)[ ][^,;.]{3,160}?[ ]được[ ](?!phê|giao|cấp|công)",
    re.I,
)


def _new_subject(masked: str, start: int, end: int) -> int:
    other = _OTHER_SUBJECT.search(masked, start, end)
    return other.start() if other and masked.startswith(("được", "bị"), start) else end


def indicator_parts(masked: str, subject: Stretch, right: Stretch) -> Parts:
    """Return population and outcome of an indicator (``subject``) and what its value is a share of (``right``)."""
    start, end = subject
    off = _HEAD_OFF.match(masked, start, end)
    inner = _some(masked, off.end() if off else start, end)
    if not inner:
        return _share_parts(masked, right)
    parts = split_indicator(masked, *inner[0])
    if right[0] < right[1] and not _WITHOUT_NOUN.match(masked, right[0]):
        share = _share_parts(masked, right)
        if share.outcome and is_relative(masked, *share.outcome[0]):
            share = Parts(_some(masked, *right))
        if share.population:
            return Parts(share.population, (*inner, *share.outcome))
    return parts


def _change_parts(masked: str, subject: Stretch, change: re.Match[str], right: Stretch) -> Parts:
    """The indicator that changes stands behind the verb, before it, or behind the quantity."""
    verb = change.span()
    for start, end in ((verb[1], subject[1]), (subject[0], verb[0]), right):
        inner = _some(masked, start, end)
        if not inner or (start == right[0] and _WITHOUT_NOUN.match(masked, start)):
            continue
        if start == right[0] and start >= subject[1]:
            share = _share_parts(masked, right)
            return Parts(share.population, (verb, *share.outcome))
        head = _HEAD_OFF.match(masked, *inner[0])
        measured = _some(masked, head.end() if head else inner[0][0], inner[0][1]) or inner
        parts = split_indicator(masked, *measured[0])
        lead = (verb, (inner[0][0], measured[0][0])) if head else (verb,)
        cleaned = tuple(piece for low, high in sorted(lead) for piece in _some(masked, low, high))
        return Parts(parts.population, tuple(sorted((*cleaned, *parts.outcome))))
    return Parts((), (verb,))


def _zero_parts(masked: str, right: Stretch, last: Aim | None) -> Parts:
    start, end = right
    unit = counted_noun(masked, start, end)
    if (
        last is not None
        and last.parts.population
        and masked[start:unit].lower() in ("vi phạm", "trường hợp", "đơn thư", "vụ", "sai phạm")
    ):
        return Parts(last.parts.population, _some(masked, start, end))
    return Parts(_some(masked, start, unit), _some(masked, unit, end))


def _doing_parts(masked: str, subject: Stretch, right: Stretch) -> Parts:
    share = _share_parts(masked, right)
    return Parts(share.population, (*_some(masked, *subject), *share.outcome))


def _quote_end(words: str, masked: str, quantity: Quantity, end: int) -> tuple[int, Stretch | None]:
    """Return the end of the quote, and the words of a bracket that narrows the population."""
    stop = _new_subject_after(masked, quantity, end)
    tail = re.search(r"[ ]?·+[ .]{0,2}$", masked[:stop])
    if tail and tail.start() > quantity.end - 1:
        inner = (masked.index("·", tail.start()) + 1, masked.rindex("·", 0, stop))
        if re.match(r"(?:trừ|ngoại trừ|không bao gồm|không kể|nếu có|trong trường hợp)", words[inner[0] :], re.I):
            return tail.start(), inner
    return stop, None


def _new_subject_after(masked: str, quantity: Quantity, end: int) -> int:
    passive = re.compile(r"(?<!\w)được(?!\w)").search(masked, quantity.end, end)
    return _new_subject(masked, passive.start(), end) if passive else end


def _quote_start(
    masked: str,
    start: int,
    left: _Left,
    quantity: Quantity,
    commitment: tuple[Commitment, int] | None,
    frame: Frame,
    subject: Stretch,
    lead: int,
) -> int:
    """Return where the quote begins: at the word of commitment, else at the subject, else at the comparison."""
    if commitment is not None and commitment[1] < quantity.start:
        phrase = masked[commitment[1] : commitment[1] + 4].lower()
        if phrase != "phải" or frame == "having":
            return commitment[1]
    if subject[0] < subject[1]:
        return subject[0]
    begin = min(max(left.at, lead), quantity.start)
    while begin < quantity.start and masked[begin] in " ,:":
        begin += 1
    return begin


def _with_continuations(words: str, masked: str, aims: list[Aim]) -> list[Aim]:
    """Let an outcome go on behind a semicolon where the next stretch begins with "được" and sets no aim of its own."""
    result = []
    for index, aim in enumerate(aims):
        limit = aims[index + 1].start if index + 1 < len(aims) else len(words)
        end, at = aim.end, aim.end
        if aim.parts.outcome and masked.startswith(("được", "bị"), aim.parts.outcome[-1][0]):
            for _ in range(4):
                if not masked.startswith(";", at):
                    break
                stop = min(
                    (
                        p
                        for p in (masked.find(";", at + 1), masked.find(". ", at + 1), masked.rfind(".", at + 1))
                        if p > at
                    ),
                    default=limit,
                )
                stop = min(stop, limit)
                piece = masked[at + 1 : stop].strip()
                if re.match(r"(?:đồng thời[ ])?(?:được|có thể được)[ ]", piece, re.I):
                    end = at + 1 + len(masked[at + 1 : stop].rstrip())
                elif re.search(r"[0-9]", piece) or len(piece) > 120:
                    break
                at = stop
        if end > aim.end:
            first = aim.parts.outcome[-1][0]
            parts = replace(aim.parts, outcome=(*aim.parts.outcome[:-1], (first, end)))
            aim = replace(aim, end=end, parts=parts)
        result.append(aim)
    return result
