"""The frame in which a quantity stands in its clause, and what the frame says of population and outcome.

A quantity is a share or count that opens its clause ("80% hộ nghèo được …"), what an indicator reaches ("Tỷ lệ … đạt
80%"), a change ("giảm 5% số vụ"), what each of a population has ("mỗi xã có ít nhất 01 …"), the object of something
done ("xây dựng 02 mô hình"), a rank ("thuộc nhóm 10 tỉnh dẫn đầu"), or zero ("không có …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vnplan.extract.quantities import Quantity, counted_noun
from vnplan.extract.target_predicates import is_relative, opens_predicate, split_predicate
from vnplan.extract.target_terms import HEAD_OFF, KEPT, Left
from vnplan.extract.target_words import Parts, Stretch, split_indicator, trim
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
    reached: bool = False
    follows: bool = False
    horizon: str | None = None
    per: str | None = None
    baseline: str | None = None


_WITHOUT_NOUN = re.compile(
    r"[ ]?(?:trong|trên|so với|vào|từ|theo|của|tại|mỗi|hằng|hàng|một|/|đến|ở|cả|toàn|năm|và|,|với|·|GDP|GRDP)", re.I
)


def read_frame(
    masked: str,
    subject: Stretch,
    left: Left,
    quantity: Quantity,
    right: Stretch,
    change: re.Match[str] | None,
    last: Aim | None,
    *,
    near: bool,
) -> tuple[Frame, Parts]:
    """Return the frame in which the quantity stands, population and outcome.

    ``last`` is the aim before it, whose subject it may share; ``near`` says that both stand in one segment.
    """
    if quantity.bound == "zero":
        return "zero", _zero_parts(masked, right, last)
    if change is not None:
        times = quantity.end if quantity.unit == "lần" else None
        parts = _change_parts(masked, subject, change, right, times)
        if not parts.population and last is not None and all(stretch[0] == change.start() for stretch in parts.outcome):
            return "change", last.parts
        unknown = not parts.population and len(parts.outcome) == 1 and parts.outcome[0][0] == change.start()
        return "change", replace(parts, population=_some(masked, *right)) if unknown else parts
    if "rank" in left.bounds:
        ranked = _some(masked, left.at, quantity.start - 1)
        who = trim(masked, subject[0], subject[1]) if subject[0] < subject[1] else None
        if who and (belongs := _BELONGS.search(masked, *who)):
            ranked = ((belongs.start(), ranked[-1][1]),) if ranked else (belongs.span(),)
            who = trim(masked, who[0], belongs.start())
        population = (
            (who,) if who else last.parts.population if last is not None and (near or last.frame == "rank") else ()
        )
        return "rank", Parts(population, (*ranked, *_some(masked, *right)))
    if subject[0] >= subject[1]:
        parts = _share_parts(masked, right)
        if last is not None and parts.outcome and not parts.population and quantity.kind == "percent":
            return last.frame, replace(parts, population=last.parts.population)
        if last is not None and near and not parts.outcome and _listed_with(last, quantity):
            return "doing", Parts(_whom(masked, *right), last.parts.outcome)
        bare = right[0] >= right[1] or _WITHOUT_NOUN.match(masked, right[0]) is not None
        if (
            last is not None
            and not parts.outcome
            and last.frame in ("indicator", "change")
            and last.parts.population
            and (bare or near)
        ):
            return last.frame, last.parts if bare else replace(last.parts, population=parts.population)
        if not parts.outcome and (before := _clause_before(masked, left.at)):
            if not parts.population:
                return "indicator", split_indicator(masked, before[0][0], before[-1][1])
            parts = replace(parts, outcome=before)
        return "share", parts
    reach = {*left.reach} - {"có"}
    if kept := KEPT.match(masked, *subject):
        subject = (kept.start("head"), subject[1])
    if kept or reach:
        parts = indicator_parts(masked, subject, right)
        if last is not None and last.frame == "indicator" and _SUBGROUP.match(masked, subject[0]):
            parts = Parts(_some(masked, *subject), last.parts.outcome)
        elif last is not None and last.frame == "indicator" and _PREDICATE.match(masked, subject[0]):
            parts = Parts(last.parts.population, _some(masked, *subject))
        return "indicator", parts
    if "có" in left.reach:
        if quantity.kind == "percent" or _PLACE.fullmatch(masked, *subject):
            return "share", _share_parts(masked, right)
        having = masked.rfind("có", subject[1], quantity.start)
        outcome = (having, having + 2) if having >= 0 else None
        pieces = tuple(piece for piece in (outcome, right if right[0] < right[1] else None) if piece)
        return "having", Parts(_some(masked, *subject), pieces)
    alone = right[0] >= right[1] or _WITHOUT_NOUN.match(masked, right[0]) is not None
    if alone and quantity.kind != "count" and left.bounds & {"at_least", "at_most", "above", "below", "about"}:
        return "indicator", indicator_parts(masked, subject, (right[1], right[1]))  # "thiệt hại … dưới 1% GDP"
    return "doing", _doing_parts(masked, subject, right)


def _listed_with(last: Aim, quantity: Quantity) -> bool:
    """Tell whether what is done to one share is done to the next, "số hóa 100% hồ sơ mới và 50% hồ sơ lưu trữ"."""
    return last.frame == "doing" and bool(last.parts.outcome) and last.quantity.kind == quantity.kind == "percent"


_PROMISING = re.compile(r",[ ](?:qua đó[ ]|nhằm[ ])?(?:bảo đảm|đảm bảo|phấn đấu)(?:[ ]nguyên tắc)?[ ]?$", re.I)


def _clause_before(masked: str, at: int) -> tuple[Stretch, ...]:
    """Return what is done before a promised share that names no outcome ("triển khai …, bảo đảm 100% thủ tục")."""
    promise = _PROMISING.search(masked, max(0, at - 40), at)
    if promise is None:
        return ()
    start = max(masked.rfind(mark, max(0, at - 400), promise.start()) for mark in (",", ";", ".", ":")) + 1
    predicate = split_predicate(masked, start, promise.start())
    return _some(masked, start if predicate is None else predicate, promise.start())


_BELONGS = re.compile(r"(?<!\w)(?:thuộc|nằm trong|trong|vào|đứng trong|xếp trong|đứng|xếp|nằm)$", re.I)
_PREDICATE = re.compile(r"(?:có|được|qua|đạt|không)(?!\w)", re.I)
_SUBGROUP = re.compile(
    r"(?:cấp|bậc|khu vực|vùng|miền|ở|tại|tiểu học|trung học|mầm non|nông thôn|thành thị|đô thị|nam|nữ|từ"
    r"|tuyến)(?!\w)",
    re.I,
)
_PLACE = re.compile(
    r"(?:toàn |cả |trên địa bàn )?(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|nước|quốc"
    r"|Việt Nam)(?:[ ][A-ZĐÀ-Ỹ]\w*){0,4}"
)


def _some(masked: str, start: int, end: int) -> tuple[Stretch, ...]:
    piece = trim(masked, start, end)
    return (piece,) if piece else ()


# yes: "số xã", "tổng số người"
# yes: "số lượng đơn vị"
# no:  "số hóa"
_NUMBER_OF = re.compile(r"(?:tổng[ ])?số[ ](?:lượng[ ])?(?!hóa|hoá|liệu|hiệu|điện)", re.I)
# yes: "theo hình thức trực tuyến", "ngay khi tiếp nhận"
# yes: "trong vòng 06 tháng"
# no:  "trong độ tuổi lao động"
_MANNER = re.compile(
    r",[ ](?:giảm|tăng|nâng|rút ngắn|hạn chế|tiết kiệm|xong|hoàn thành)(?!\w)"
    r"|,?[ ](?:theo[ ](?:hình thức|phương thức|hướng|đúng|quy định|tinh thần|từng|lộ trình|(?:hai|ba|[0-9]{1,2})[ ]đợt)"
    r"|năm sau"
    r"|bằng[ ](?:hình thức|phương thức)|ngay[ ](?:khi|sau|từ|trong)|thông qua|nhằm|kể từ|so với|đối với(?=[ ][0-9])"
    r"|trong[ ](?:thời gian|thời hạn|quá trình|vòng))(?!\w)",
    re.I,
)


def _counted(masked: str, start: int, end: int) -> tuple[Stretch, ...]:
    """Return who is counted: the words without "số" before them."""
    number = _NUMBER_OF.match(masked, start, end)
    return _some(masked, number.end() if number else start, end)


def _share_parts(masked: str, right: Stretch) -> Parts:
    start, end = right
    if start < end and opens_predicate(masked, start, end):
        return Parts((), _some(masked, start, end))
    predicate = split_predicate(masked, start, end) if start < end else None
    if predicate is None:
        return Parts(_counted(masked, start, end))
    return Parts(_counted(masked, start, predicate), _some(masked, predicate, _new_subject(masked, predicate, end)))


def _whom(masked: str, start: int, end: int) -> tuple[Stretch, ...]:
    """Return who is counted, up to the words that tell how or when it is done."""
    manner = _MANNER.search(masked, start + 1, end) if start < end else None
    return _counted(masked, start, manner.start() if manner else end)


# yes: ", hộ gia đình đủ điều kiện được vay vốn" behind "được …"
_OTHER_SUBJECT = re.compile(
    r",[ ](?:hộ|hộ gia đình|người|gia đình|trẻ em|học sinh|phụ nữ|lao động)[ ][^,;.]{3,160}?[ ]được[ ](?!phê"
    r"|giao|cấp|công)",
    re.I,
)


def _new_subject(masked: str, start: int, end: int) -> int:
    other = _OTHER_SUBJECT.search(masked, start, end)
    return other.start() if other and masked.startswith(("được", "bị"), start) else end


def indicator_parts(masked: str, subject: Stretch, right: Stretch) -> Parts:
    """Return population and outcome of an indicator (``subject``) and what its value is a share of (``right``)."""
    start, end = subject
    if satisfied := _SATISFIED.match(masked, start, end):
        return _satisfied(masked, satisfied, end)
    off = HEAD_OFF.match(masked, start, end)
    inner = _some(masked, off.end() if off else start, end)
    if not inner:
        return _share_parts(masked, right)
    parts = split_indicator(masked, *inner[0])
    if right[0] < right[1] and not _WITHOUT_NOUN.match(masked, right[0]):
        share = _share_parts(masked, right)
        if share.outcome and is_relative(masked, *share.outcome[0]):
            share = Parts(_some(masked, *right))
        if share.population and not _repeats(masked, share.population[0], inner[0]):
            return Parts(share.population, (*inner, *share.outcome))
        if share.outcome and not share.population:
            return Parts(parts.population, (*parts.outcome, *share.outcome))
    return parts


def _repeats(masked: str, noun: Stretch, inner: Stretch) -> bool:
    """Tell whether a counted noun only says again what the indicator counts ("Số trường đạt chuẩn: 45 trường")."""
    said = masked[noun[0] : noun[1]].casefold()
    return said in masked[inner[0] : inner[1]].casefold() and said.count(" ") < 4


def _change_parts(masked: str, subject: Stretch, change: re.Match[str], right: Stretch, times: int | None) -> Parts:
    """The indicator that changes stands behind the verb, before it, or behind the quantity.

    A rate of something keeps it as its outcome ("giảm tỷ lệ | tái nghiện"); else all that changes is the population
    and the outcome is that it changes ("giảm | số người nghiện có hồ sơ quản lý").
    """
    verb = (change.start(), times if times and subject[1] <= change.end() else change.end())
    for start, end in ((verb[1], subject[1]), (subject[0], verb[0]), right):
        inner = _some(masked, start, end)
        if inner and _MEANLY.fullmatch(masked, *inner[0]):
            continue
        if not inner or (start == right[0] and _WITHOUT_NOUN.match(masked, start)):
            continue
        start, end = inner[0]
        head = HEAD_OFF.match(masked, start, end)
        rate = head is not None and _NUMBER_OF.match(masked, start, end) is None
        if head is not None and rate:
            parts = split_indicator(masked, head.end(), end)
            return parts if parts.outcome else Parts(parts.population, (verb,))
        if satisfied := _SATISFIED.match(masked, start, end):
            return _satisfied(masked, satisfied, end)
        if head is not None and (passive := _PASSIVELY.search(masked, head.end(), end)):
            return Parts(
                _some(masked, head.end(), passive.start()),
                tuple(sorted((verb, *_some(masked, passive.start(), end)))),
            )
        return Parts(_whom(masked, start, end), (verb,))
    return Parts((), (verb,))


_MEANLY = re.compile(r"(?:bình quân|trung bình|thêm)(?:[ ](?:thêm|hằng năm|hàng năm|mỗi năm))?", re.I)
_PASSIVELY = re.compile(r"(?<!\w)(?<!không )(?:được|bị)(?!\w)", re.I)
# yes: Mức độ hài lòng của người dân về …
# yes: Chỉ số hài lòng của doanh nghiệp
# no:  Mức độ nguy hiểm
_SATISFIED = re.compile(r"(?:(?:mức độ|chỉ số|tỷ lệ|tỉ lệ)[ ])?(?P<what>hài lòng)(?!\w)", re.I)
_OF_WHOM = re.compile(r"[ ](?:chung[ ])?của[ ]")
_WITH_WHAT = re.compile(r"[ ](?:về|đối với|khi|trong|tại|với|đến|vào|khi)[ ]", re.I)


def _satisfied(masked: str, found: re.Match[str], end: int) -> Parts:
    """Return who is satisfied, and with what."""
    of = _OF_WHOM.match(masked, found.end(), end)
    about = _WITH_WHAT.search(masked, of.end() if of else found.end(), end)
    stop = about.start() if about else end
    who = _some(masked, of.end(), stop) if of else ()
    rest = _some(masked, about.start() if about else (stop if of else found.end()), end)
    return Parts(who, (found.span("what"), *rest))


def _zero_parts(masked: str, right: Stretch, last: Aim | None) -> Parts:
    start, end = right
    unit = counted_noun(masked, start, end)
    noun = masked[start:unit].lower()
    if last is not None and last.parts.population and noun in _CASES:
        return Parts(last.parts.population, _some(masked, start, end))
    if noun in _CASES:
        return Parts(_whom(masked, start, end))
    predicate = split_predicate(masked, start, end) if start < end else None
    bad = _PASSIVELY.search(masked, start + 1, end) if start < end else None
    at = min((place for place in (predicate, bad and bad.start()) if place), default=end)
    return Parts(_some(masked, start, at), _some(masked, at, end))


_CASES = frozenset(["vi phạm", "trường hợp", "đơn thư", "vụ", "sai phạm", "tình trạng", "hiện tượng"])
_LED = re.compile(
    r"(?:(?:đều|sẽ|phải)[ ])?(?:được(?![ ](?:cấp có|giao|phê duyệt|phân bổ))"
    r"|tham gia|ký|thực hiện|đăng ký|sử dụng|tiếp cận|đạt)(?!\w)",
    re.I,
)


def _doing_parts(masked: str, subject: Stretch, right: Stretch) -> Parts:
    """Return whom or what something is done to, and what is done, without the preposition before the number."""
    start, end = subject
    if tail := _TAIL.search(masked, max(start, end - 10), end):
        end = max(start, tail.start())
    share = _share_parts(masked, right)
    if _BRING.match(masked, start, end) and (into := _INTO.search(masked, *right)):
        done = (*_some(masked, start, end), *_some(masked, into.start(), right[1]))
        return Parts(_counted(masked, right[0], into.start()), done)
    if not share.outcome or not _LED.match(masked, share.outcome[0][0]):
        share = Parts(_whom(masked, *right))
    return Parts(share.population, (*_some(masked, start, end), *share.outcome))


# yes: "lắp đặt camera tại", "Số hóa hồ sơ của"
# yes: "lồng ghép giáo dục cho"
# no:  "có nhu cầu"
_TAIL = re.compile(r"[ ](?:cho|tại|ở|của|đối với|với|trên|trong|tới|đến|bằng|là)$", re.I)
_BRING = re.compile(r"(?:đưa|thu hút|huy động|vận động|tích hợp|kết nối|chuyển|đẩy|liên thông|hướng)(?!\w)", re.I)
_INTO = re.compile(r"[ ](?:vào|lên|ra|xuống|sang|với)[ ]")


def clause_stop(masked: str, quantity: Quantity, end: int) -> int:
    passive = re.compile(r"(?<!\w)được(?!\w)").search(masked, quantity.end, end)
    return _new_subject(masked, passive.start(), end) if passive else end
