"""One clause with a quantity: its subject, what bounds and changes it, and the aim that it states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vnplan.extract.quantities import Quantity, counted_noun
from vnplan.extract.target_context import (
    Context,
    clause_horizon,
    rate_stretches,
    read_baseline,
    read_commitment,
    read_per,
)
from vnplan.extract.target_frames import Aim, read_frame
from vnplan.extract.target_quotes import quote_end, quote_start, right_of, timed_start
from vnplan.extract.target_terms import Left, change_verb, comparator, last_action, peel
from vnplan.extract.target_words import Parts, Stretch, split_case, subtract, take_conditions, without_brackets

# yes: "rút ngắn thời gian giải quyết đối với | 20 thủ tục"
# yes: "giảm giá vé cho | 100% học sinh"
# no:  "giảm số vụ xuống | 20 vụ"
_OF_HOW_MANY = re.compile(r"[ ](?:đối với|cho|tại|ở)$", re.I)


# Whom each of it holds for is quoted but no part of what is done: "mỗi xã | ra mắt ít nhất 01 mô hình".
_EACH = re.compile(r"(?:mỗi|từng)(?!\w)", re.I)
# yes: ", mỗi năm" before "tối thiểu 300 lượt"
# yes: ", hằng quý"
# no:  "tổ chức mỗi năm"
_RATED = re.compile(r",[ ](?P<per>(?:mỗi|hằng|hàng)[ ](?:năm|quý|tháng|học kỳ)),?[ ]?$", re.I)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What stands before a quantity: where the subject begins and ends, and from where it is quoted.

    ``lead`` is where the words of time, rate and commitment before it end.
    """

    left: Left
    start: int
    end: int
    quoted: int
    lead: int
    change: re.Match[str] | None


def _read_subject(masked: str, start: int, quantity: Quantity, context: Context) -> _Subject:
    """Return the subject of a clause without what leads to it and what bounds the number."""
    left = peel(masked, start, quantity.start)
    begin, end, lead = context.strip_lead(masked, start, left.at)
    if end < left.at and (inner := peel(masked, begin, end)).reach:
        end = max(begin, inner.at)  # "tỷ lệ xã có bác sĩ | đạt: đến năm 2027 | đạt"
    quoted = None
    if masked[max(start, left.at - 2) : left.at].rstrip().endswith(","):
        begin = end = lead = left.at  # what stands before the comma is a clause of its own
    elif rated := _RATED.search(masked, end, left.at):
        begin = end = lead = rated.start("per")
    elif not left.reach:
        named, begin = begin, last_action(masked, begin, end)
        quoted = named if _EACH.match(masked, named, end) else None
    change = change_verb(masked, begin, end)
    if change is not None and change.end() == end and masked[change.start() - 2 : change.start()] == ", ":
        begin = change.start()  # "sắp xếp các phòng, | giảm 02 đầu mối"
    if change is not None and _counts_others(masked, change, end, left, quantity):
        change = None
    if "more" in left.bounds and masked.startswith(" thêm", end):
        end += len(" thêm")
    return _Subject(left, begin, end, begin if quoted is None else quoted, lead, change)


def _counts_others(masked: str, change: re.Match[str], end: int, left: Left, quantity: Quantity) -> bool:
    """Tell whether the number counts for whom or in what something changes ("tăng công suất | 03 trạm")."""
    if _OF_HOW_MANY.search(masked, change.end(), max(end, change.end())):
        return True
    measured = masked[change.end() : end].strip()
    return bool(measured) and not left.reach and quantity.kind == "count" and not measured.startswith(("số", "thêm"))


def read_clause(
    words: str,
    masked: str,
    clause: tuple[int, Quantity, int],
    base: Stretch | None,
    last: Aim | None,
    context: Context,
) -> Aim:
    """Return the aim that one clause states; whether it is one that the document sets is judged later."""
    start, quantity, end = clause
    subject = _read_subject(masked, start, quantity, context)
    left, change = subject.left, subject.change
    commitment = read_commitment(masked, start, quantity.start)
    stated, cut = clause_horizon(masked, start, quantity, end)
    baseline, base_cut = read_baseline(masked, quantity.end, end)
    stop, bracketed = quote_end(words, masked, quantity, end)
    right, case = split_case(masked, *right_of(masked, quantity, stop))
    left_over = subtract(masked, [right], cut) if right[0] < right[1] else ()
    right = (left_over[0][0], left_over[-1][1]) if left_over else (right[1], right[1])
    cuts = [*cut, *base_cut, *rate_stretches(masked, start, quantity.start, right)]
    if base:
        cuts.append((base[0] - len("từ "), base[1]))
    near = last is not None and last.end >= context.start
    stretch = (subject.start, subject.end)
    frame, parts = read_frame(masked, stretch, left, quantity, right, change, last, near=near)
    if frame == "zero":
        quantity = replace(quantity, unit=masked[right[0] : counted_noun(masked, *right)])
    parts = Parts(subtract(words, parts.population, cuts), subtract(words, parts.outcome, cuts))
    parts = take_conditions(words, without_brackets(masked, parts))
    if extra := case or bracketed:
        parts = replace(parts, condition=(*parts.condition, extra))
    if commitment is None and parts.outcome and masked.startswith(("phải ", "Phải "), parts.outcome[0][0]):
        commitment = ("guarantee", parts.outcome[0][0])
    begin = quote_start(masked, start, left, quantity, commitment, frame, (subject.quoted, subject.end), subject.lead)
    if subject.start >= subject.end and right[0] >= right[1]:
        begin = timed_start(masked, start, begin, context)
        if last is None and context.subject and not (parts.population or parts.outcome):
            frame, parts = "indicator", subject_parts(masked, context.subject)
    return Aim(
        begin,
        stop,
        quantity,
        last.comparator if last and change is None and frame == "change" else comparator(left, quantity, change),
        frame,
        parts,
        commitment[0] if commitment else (last.commitment if last and near else context.commitment) or "plain",
        bool(left.bounds & {"at_least", "at_most", "above", "below", "about"}) or bool(quantity.bound),
        reached=bool({*left.reach} - {"có", "là"}),
        follows=near,
        horizon=stated or context.horizon,
        per=read_per(masked, start, quantity, end) or context.per,
        baseline=words[baseline[0] : baseline[1]] if baseline else None,
    )


_NO_NUMBER = Quantity(0, 0, 0.0, 0.0, "%", "percent", 0)


def subject_parts(masked: str, subject: Stretch) -> Parts:
    """Return the parts of the indicator that a line before a colon names ("Tỷ lệ xã có bác sĩ đạt")."""
    start, end, _ = Context().strip_lead(masked, subject[0], peel(masked, *subject).at)
    change = change_verb(masked, start, end)
    left, end = Left(end, frozenset(), ("đạt",)), max(start, end)
    nothing = (end, end)
    frame = read_frame(masked, (start, end), left, _NO_NUMBER, nothing, change, None, near=False)
    return without_brackets(masked, frame[1])
