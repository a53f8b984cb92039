"""The aims in the words of one item: its sentences and clauses, and the quantity of each clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vnplan.extract.lexicon import word_list
from vnplan.extract.quantities import Quantity, find_quantities
from vnplan.extract.target_clauses import read_clause
from vnplan.extract.target_context import (
    Context,
    read_commitment,
)
from vnplan.extract.target_frames import Aim
from vnplan.extract.target_predicates import split_predicate
from vnplan.extract.target_quotes import with_continuations
from vnplan.extract.target_segments import segments
from vnplan.extract.target_terms import DIRECTION, HEAD, Left, peel
from vnplan.extract.target_words import Parts, Stretch, trim

# What may make a target at all; looked for before anything else.
MAY_HOLD = re.compile(
    r"[0-9]|[Kk]hông (?:có|còn)|[Cc]hấm dứt|[Tt]ất cả|[Tt]oàn (?:bộ|thể)|[Mm]ột (?:nửa|trăm)|nửa|[ ]phần[ ]"
    r"|gấp (?:đôi|ba|hai)"
)
_BRACKETS = re.compile(r"\([^()]{0,600}\)")
_ZERO = re.compile(
    r"(?<!\w)(?:cơ bản[ ])?(?P<word>không[ ](?:có|còn)|chấm[ ]dứt)(?:[ ](?:tình trạng|hiện tượng"
    r"|việc))?[ ](?=\w)",
    re.I,
)
_NOT_ZERO = re.compile(
    r"(?:khả năng|nhu cầu|điều kiện|hiệu lực|phù hợp|nghĩa|thể|quyền|đủ|nữa|là|trong|được|giá trị|lý do"
    r"|thẩm quyền|tên|sự|ai|và|ngay|hoàn toàn|dấu hiệu)(?!\w)",
    re.I,
)
_BEFORE_ZERO = re.compile(r"(?:^|[,;.:]|[ ]và|phấn đấu|bảo đảm|đảm bảo|[0-9]{4},?|phải|tiến tới|hướng tới)[ ]*$", re.I)
_STATISTICS = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in word_list('target_statistics'))})(?!\w)", re.I)
_STARTS = re.compile(
    rf"(?:và[ ])?(?:{HEAD.pattern}|trong đó|riêng|đồng thời|phấn đấu|bảo đảm|đảm bảo|có[ ]|mỗi|cấp|khu vực|vùng"
    rf"|số|giảm|tăng"
    rf"|nâng|kéo giảm|đến năm|năm[ ][0-9]{{4}}|không[ ](?:có|còn)|hoàn thành|xây dựng|tạo|đào tạo|thu hút|tổ chức"
    rf"|thành lập|phát triển"
    rf"|hình thành|ít nhất|tối thiểu|trên|khoảng)(?!\w)",
    re.I,
)


_MOST_FIGURES = 40  # in a segment; a table that lost its cells has more


def parse_item(words: str, unread: list[Stretch] | None = None) -> list[Aim]:
    """Return the quantified aims in ``words``, the own words of one item without its label, in order.

    A stretch with more figures than a sentence has (a table without cells) is not read but added to ``unread``.

    >>> aims = parse_item("Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%; 100% xã có bác sĩ")
    >>> [(aim.quantity.low, aim.comparator) for aim in aims]
    [(80.0, 'at_least'), (100.0, 'equal')]
    """
    if not MAY_HOLD.search(words):
        return []
    context = Context()
    masked = _BRACKETS.sub(lambda found: "·" * len(found[0]), words)
    found: list[Aim] = []
    for start, end, mark in segments(masked):
        context = context.entering(masked, start, end)
        quantities = _quantities(masked, start, end)
        aims: list[Aim] = []
        if len(quantities) > _MOST_FIGURES:
            if unread is not None:
                unread.append((start, end))
        elif quantities:
            last = found[-1] if found else None
            aims = _parse_segment(words, masked, (start, end), quantities, last, context)
        found += aims
        context = context.leaving(masked, start, end, mark if mark != ":" or not aims else ".")
    return with_continuations(words, masked, found)


def _quantities(masked: str, start: int, end: int) -> list[Quantity]:
    """Return the quantities between ``start`` and ``end`` that may be aimed at, zero among them, in order."""
    counted = [quantity for quantity in find_quantities(masked, start, end) if _may_be_aimed(masked, start, quantity)]
    return sorted([*counted, *_zero_at(masked, start, end)], key=lambda quantity: quantity.start)


def _zero_at(masked: str, start: int, end: int) -> Iterator[Quantity]:
    for found in _ZERO.finditer(masked, start, end):
        if _NOT_ZERO.match(masked, found.end()) or not _BEFORE_ZERO.search(masked[start : found.start()] or ""):
            continue
        yield Quantity(found.start(), found.end(), 0.0, 0.0, "", "count", found.end(), bound="zero")


def _parse_segment(
    words: str,
    masked: str,
    segment: Stretch,
    quantities: list[Quantity],
    previous: Aim | None,
    context: Context,
) -> list[Aim]:
    """Return the aims of a segment, one for each clause with a quantity; ``previous`` stands before the segment."""
    start, end = segment
    aims: list[Aim] = []
    clauses = _clauses(masked, start, end, quantities)
    waiting: list[int] = []  # shares whose predicate may stand behind a later one
    told = False
    for clause_start, quantity, clause_end, base in clauses:
        told = told or _STATISTICS.search(masked, clause_start, clause_end) is not None
        if told and read_commitment(masked, clause_start, quantity.start) is None:
            continue  # what already is, and the figures that go with it
        told = False
        last = aims[-1] if aims else previous
        aim = read_clause(words, masked, (clause_start, quantity, clause_end), base, last, context)
        if base:
            aim = replace(aim, baseline=aim.baseline or words[base[0] : base[1]])
        aims.append(aim)
        if "trong đó" in masked[max(start, clause_start - 10) : quantity.start]:
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
    if not aim.parts.population:
        return replace(aim, end=later.end, parts=later.parts)
    if not aim.parts.outcome:
        return replace(aim, end=later.end, parts=replace(aim.parts, outcome=outcome))
    passive = masked.startswith("được", outcome[0][0])
    if not passive or aim.quantity.low != later.quantity.low or not aim.parts.population:
        return aim
    whole = (aim.parts.population[0][0], aim.parts.outcome[-1][1])
    return replace(aim, end=later.end, parts=Parts((whole,), outcome, aim.parts.condition))


# What follows an aim without being part of it: "…, góp phần …", "80% và tiếp tục …".
_FURTHER = re.compile(
    r"(?:,|[ ]và)[ ](?:qua đó|từ đó|phấn đấu|(?P<body>UBND|Ủy ban)|góp phần|tiến tới|tuyệt đối|khắc phục"
    r"|ngăn chặn|không để|tiếp tục"
    r"|hạn chế|tạo điều kiện)(?!\w)"
    r"|[ ]và[ ](?:tăng dần|đẩy mạnh|tăng cường)(?!\w)",
    re.I,
)
# What a duration or an age may be an aim of: "tuổi thọ trung bình đạt 75 tuổi", "rút ngắn thời gian … còn 05 ngày".
_TIMED = re.compile(r"tuổi thọ|tuổi bình quân|tuổi trung bình|thời gian|rút ngắn|thời hạn giải quyết", re.I)


def _may_be_aimed(masked: str, start: int, quantity: Quantity) -> bool:
    if quantity.kind != "time":
        return True
    before = masked[max(start, quantity.start - 200) : quantity.start]
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
        left = peel(masked, last.end, quantity.start)
        gap = masked[last.end : left.at]
        if "," not in gap and " và " not in gap and _reached_later(masked, last_start, last, left, gap):
            told = re.fullmatch(r"[ ]?(?:(?:vào |cuối )?năm [0-9]{4})?[ ]?", gap)
            is_base = "from" in peel(masked, last_start, last.start).bounds
            until = last.end + len(gap.rstrip()) if told else last.of
            kept[-1] = (last_start, quantity, (last.start, until) if is_base else last_base)
            continue
        edge = _clause_edge(masked, last, left, quantity)
        if edge is not None:
            kept.append((edge, quantity, None))
    result = []
    for index, (clause_start, quantity, base) in enumerate(kept):
        stop = kept[index + 1][0] if index + 1 < len(kept) else end
        trimmed = trim(masked, quantity.end, _further(masked, quantity.end, stop))
        result.append((clause_start, quantity, trimmed[1] if trimmed else quantity.end, base))
    return result


def _further(masked: str, start: int, stop: int) -> int:
    """Return where something else than the aim begins behind a quantity."""
    for found in _FURTHER.finditer(masked, start, stop):
        if not found["body"] or split_predicate(masked, start, found.start()) is not None:
            return found.start()
    return stop


def _reached_later(masked: str, start: int, last: Quantity, left: Left, gap: str) -> bool:
    """Tell whether an earlier quantity of one clause only tells who or from where, and the later one is the aim."""
    if not ({*left.reach} - {"có", "là"} or DIRECTION.search(gap)):
        return False
    before = peel(masked, start, last.start)
    subject_start, subject_end, _ = Context().strip_lead(masked, start, before.at)
    return subject_end > subject_start


def _clause_edge(masked: str, last: Quantity, left: Left, quantity: Quantity) -> int | None:
    """Return where the clause of ``quantity`` begins behind ``last``; None where both stand in one clause."""
    gap = masked[last.end : left.at]
    if re.search(r"(?:,|[ ]và|[ ]hoặc|,[ ]và)[ ]*$", gap):
        return left.at if left.at < quantity.start else quantity.start
    if re.fullmatch(r"[ ]*", gap) and not left.reach:
        return None
    commas = list(re.finditer(r",[ ]?|[ ](?=và[ ])", gap))
    for mark in reversed(commas):
        if _STARTS.match(masked, last.end + mark.end()):
            return last.end + mark.end()
    commas = [mark for mark in commas if mark[0].startswith(",")] or commas
    if commas and (left.reach or DIRECTION.search(gap, commas[-1].end())):
        piece = gap[commas[-1].end() :]
        if quantity.kind == "percent" or ("đạt" in left.reach and len(piece.split()) <= 8):
            return last.end + commas[-1].end()
    return None
