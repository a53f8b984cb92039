"""Quantities in the words of a plan: numbers, ranges, shares and their units, with the words that bound them.

Vietnamese writes a decimal comma and thousands dots (``1.250,5``). A quantity here is a number with something that is
counted or measured; numbers of documents, dates and provisions are none. Whether it is an aim is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vnplan.extract.lexicon import word_list

UnitKind = Literal["percent", "count", "measure", "time", "money"]

_LARGEST = 10**15  # beyond it a number is not one that a plan sets

# yes: 1.250,5
# yes: 05
# no: 2.1.3 (a numbered heading), 32/KH-UBND
NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?![0-9])|[0-9]{1,12})(?:,[0-9]{1,6}|\.[0-9]{1,2}(?=[ ]?%))?"
_PERCENT = r"(?:[ ]?%|[ ]phần[ ]trăm)"
_TO = r"(?:[ ]?[-÷][ ]?(?:dưới[ ])?|[ ](?:đến|tới)[ ](?:dưới[ ]|trên[ ])?)"
# yes: 05-08
# yes: 5% đến 10%
# no: 15/11
_QUANTITY = re.compile(
    rf"(?<![\w/.,:%-])(?<![^<>]=)(?:(?P<part>0?[1-9]|[1-9][0-9])/(?P<whole>[2-9]|1[0-9]|[2-9][0-9]|[1-9][0-9]{{2}})(?![0-9/.,-])"
    rf"|(?P<low>{NUMBER})(?P<share>{_PERCENT})?(?:{_TO}(?P<high>{NUMBER}))?)(?![0-9])"
)
_WORDS = re.compile(
    r"(?<!\w)(?:(?P<hundred>một[ ]trăm[ ]phần[ ]trăm)"
    r"|(?P<half>(?:một[ ])?nửa(?=[ ](?:số|dân|diện|tổng))|một[ ]nửa|một[ ]phần[ ]hai)"
    r"|(?P<part>một|hai|ba)[ ]phần[ ](?P<whole>ba|tư|bốn|năm|mười)|(?P<double>gấp[ ](?:đôi|hai[ ]lần))"
    r"|(?P<triple>gấp[ ]ba(?:[ ]lần)?)|(?P<all>tất[ ]cả|toàn[ ]bộ"
    r"|toàn[ ]thể))(?!\w)",
    re.I,
)
_SPELLED = re.compile(r"[ ]\([^()0-9]{1,40}\)")
# yes: 9‰
# yes: 80 phần trăm
# no: 80 điểm phần trăm
_SHARE_UNIT = re.compile(r"[ ]?(?:%|‰)|[ ]phần[ ](?:trăm|nghìn)(?!\w)")
_MULTIPLE = re.compile(r"[ ](nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?=[ ])", re.I)
_TIMES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_UPWARDS = re.compile(r"[^.;()0-9]{0,60}?[ ]trở[ ](lên|xuống)(?!\w)", re.I)
_BEFORE = re.compile(
    r"(?:ngày|năm|tháng|quý|tuần|khoản|điều|điểm|mục|số|quyết|luận|thị|(?<!ổn )định|hoạch"
    r"|(?<!nâng )(?<!cung )(?<!trợ )cấp|loại|hạng|hệ|khóa|kỳ|đoạn"
    r"|thứ|lục"
    r"|chương|phần|bảng|biểu|lộ|phố|mức độ|bước|bậc|mẫu|trang|văn|trình|lúc|cả|quốc lộ|tỉnh lộ|đề án|dự án|lớp"
    r"|nghị|quy chuẩn"
    r"|tuổi|thông tư|từ số|đường|hẻm|ngõ|km|tần suất|phụ lục|số thứ tự|vùng|khu vực|tiểu dự án|nội dung"
    r"|nhiệm vụ|covid)[ ]?$",
    re.I,
)


_COPY = re.compile(r"[ ](?:gửi|lưu|sao|chính|chụp|điện tử|giấy|vẽ|đồ|tin|gốc|photo)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``[start, end)`` from the first figure to the end of the unit, which begins at ``of``.

    ``bound`` is what the words behind the number say ("trở lên"), empty if nothing. A word for all of something
    ("toàn bộ") is 100 percent.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    kind: UnitKind
    of: int
    bound: str = ""
    all: bool = False


@cache
def _units(name: str) -> re.Pattern[str]:
    entries = sorted(word_list(name), key=len, reverse=True)
    return re.compile(rf"[ ]?(?:{'|'.join(re.escape(entry) for entry in entries)})(?![\w²³])", re.I)


_TIME = frozenset(["tuổi", "ngày", "giờ", "phút", "tháng", "năm", "tiết"]) | {"ngày làm việc"}


def read_number(figures: str) -> float | None:
    """Return the value of Vietnamese figures, or None for what no plan means.

    >>> read_number("1.250,5"), read_number("05"), read_number("99.5")
    (1250.5, 5.0, 99.5)
    """
    whole, _, decimals = figures.partition(",")
    if not decimals and re.fullmatch(r"[0-9]{1,12}\.[0-9]{1,2}", whole):
        whole, _, decimals = whole.partition(".")
    whole = whole.replace(".", "")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 15 or (decimals and not decimals.isdigit()):
        return None
    value = float(f"{whole}.{decimals or '0'}")
    return value if value < _LARGEST else None


def find_quantities(words: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yield the quantities between ``start`` and ``end`` in order; a number without a known unit is none.

    >>> [(q.low, q.high, q.unit) for q in find_quantities("hỗ trợ 05-08 người dưới 60 tuổi, đạt 3,5% dân số")]
    [(5.0, 8.0, 'người'), (60.0, 60.0, 'tuổi'), (3.5, 3.5, '%')]
    """
    end = len(words) if end is None else end
    at = start
    named = iter(_WORDS.finditer(words, start, end))
    word = next(named, None)
    for found in _QUANTITY.finditer(words, start, end):
        while word is not None and word.start() < found.start():
            yield _worded(word)
            word = next(named, None)
        if found.start() >= at and (quantity := _measured(words, found, end)) is not None:
            yield quantity
            at = quantity.end
    while word is not None:
        yield _worded(word)
        word = next(named, None)


_DIGITS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "mười": 10}


def _worded(found: re.Match[str]) -> Quantity:
    if found["double"] or found["triple"]:
        times = 2.0 if found["double"] else 3.0
        return Quantity(found.start(), found.end(), times, times, "lần", "measure", found.end())
    value = 50.0 if found["half"] else 100.0
    if found["part"]:
        value = round(100 * _DIGITS[found["part"].lower()] / _DIGITS[found["whole"].lower()], 2)
    return Quantity(found.start(), found.end(), value, value, "%", "percent", found.end(), all=found["all"] is not None)


def _measured(words: str, found: re.Match[str], limit: int) -> Quantity | None:
    """Return the quantity at a number, or None where nothing is counted or the number is a name or a date."""
    if found["part"]:
        return _fraction(words, found, limit)
    low = read_number(found["low"])
    high = read_number(found["high"]) if found["high"] else low
    if low is None or high is None:
        return None
    at = found.end()
    if found["share"] and not found["high"]:
        return Quantity(found.start(), at, low, high, "%", "percent", at, _bound(words, at, limit))
    if share := _SHARE_UNIT.match(words, at, limit):
        at = share.end()
        unit = "‰" if "‰" in share[0] or "nghìn" in share[0] else "%"
        return Quantity(found.start(), at, *_ordered(low, high), unit, "percent", at, _bound(words, at, limit))
    if _BEFORE.search(words, max(0, found.start() - 20), found.start()):
        return None
    return _counted(words, found.start(), at, _ordered(low, high), limit)


def _ordered(low: float, high: float) -> tuple[float, float]:
    return (low, high) if low <= high else (high, low)


def _counted(words: str, start: int, at: int, values: tuple[float, float], limit: int) -> Quantity | None:
    """Return a count or a measure whose unit begins behind ``at``; figures repeated in words are skipped."""
    if spelled := _SPELLED.match(words, at, limit):
        at = spelled.end()
    if measure := _units("target_measures").match(words, at, limit):
        unit = measure[0].strip()
        low = unit.lower()
        kind: UnitKind = "time" if low in _TIME else "money" if low.endswith(("đồng", "usd")) else "measure"
        counted = _units("target_units").match(words, at, limit)
        if counted is None or counted.end() <= measure.end():
            return Quantity(start, measure.end(), *values, unit, kind, at, _bound(words, measure.end(), limit))
    if times := _MULTIPLE.match(words, at, limit):
        factor = _TIMES[times[1].lower()]
        values = (values[0] * factor, values[1] * factor)
        at = times.end() - 0
    if counted := _units("target_units").match(words, at, limit):
        unit = counted[0].strip()
        if unit.isupper() or (unit == "bản" and _COPY.match(words, counted.end(), limit)):
            return None  # a heading or a cell of a table; a copy, no village
        end = _listed(words, counted, limit)
        return Quantity(start, end, *values, words[at:end].strip(), "count", at, _bound(words, end, limit))
    if (noun := _NOUN.match(words, at, limit)) and _COUNTING.search(words, max(0, start - 40), start):
        end = noun.end()
        return Quantity(start, end, *values, noun[0].strip(), "count", at, _bound(words, end, limit))
    return None


# Places and bodies that are counted together: "20 xã, phường", "15 cơ quan, đơn vị".
_TOGETHER = (
    frozenset(["xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh"])
    | frozenset(["thôn", "bản", "buôn", "làng", "ấp", "xóm", "khối", "khóm", "tổ dân phố", "khu phố", "khu dân cư"]),
    frozenset(["cơ quan", "đơn vị", "địa phương", "tổ chức"]),
    frozenset(["hộ kinh doanh", "hợp tác xã", "doanh nghiệp", "tổ hợp tác"]),
)
_NEXT = re.compile(r",[ ](?P<unit>[^\W\d_]{1,7}(?:[ ][^\W\d_]{1,7}){0,2})(?![^\W\d_])")


def _listed(words: str, counted: re.Match[str], limit: int) -> int:
    """Return where the last of the units that are counted together ends ("20 xã, phường")."""
    end = counted.end()
    group = next((group for group in _TOGETHER if counted[0].strip().lower() in group), None)
    for _ in range(4):
        found = _NEXT.match(words, end, limit) if group else None
        if found is None or group is None:
            break
        parts = found["unit"].lower().split(" ")
        known = next((n for n in range(len(parts), 0, -1) if " ".join(parts[:n]) in group), 0)
        if not known:
            break
        end = found.start("unit") + len(" ".join(parts[:known]))
    return end


# A noun of which nothing is known, where words before the number say that it counts something.
# yes: " phiếu" behind "không ít hơn 200"
# yes: " bộ dữ liệu" behind "tối thiểu 40"
# no:  " nêu trên"
_NO_NOUN = (
    r"(?:nêu|trên|dưới|của|và|hoặc|là|các|những|này|đó|trong|ngoài|theo|từ|đến|được|do|tại|cho|với|về|để|khi|nếu|thì"
    r"|mà|so|như|có|không|đã|sẽ|đang|phải|bị|đạt|tăng|giảm|nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|đồng|năm|tháng|ngày|giờ|kỳ"
    r"|đợt|lần|điểm|đầu tiên|đầu năm|cuối|giữa|thuộc|ở|vào|ra|lên|xuống|qua|bằng)(?!\w)"
)
_NOUN = re.compile(rf"[ ](?!{_NO_NOUN})[^\W\d_A-ZĐ]{{2,7}}(?:[ ](?!{_NO_NOUN})[^\W\d_A-ZĐ]{{2,7}})?(?![^\W\d_])")
_COUNTING = re.compile(
    r"(?:ít nhất|tối thiểu|không (?:dưới|ít hơn)|mở|xây dựng|thành lập|xóa|phủ sóng|hoàn thành|cấp|hỗ trợ|đóng cửa"
    r"|lắp đặt|trồng|đào tạo|bồi dưỡng|thu|giảm|tăng|thêm|tổ chức|phát triển|hình thành|duy trì|nâng cấp|sửa chữa"
    r"|trang bị|số hóa|nhân rộng|ra mắt|phát hành|biên soạn|thu hồi|chuyển đổi|xử lý|có)[ ]$",
    re.I,
)


_CHANGED = re.compile(r"(?:giảm|tăng|bằng|chiếm|còn)[ ](?:thêm[ ])?$", re.I)


def _fraction(words: str, found: re.Match[str], limit: int) -> Quantity | None:
    """Return "2/3 số xã" as a share, "8/10 xã" as a count of eight."""
    part, whole = int(found["part"]), int(found["whole"])
    if part >= whole and whole < 10:
        return None
    counted = _units("target_units").match(words, found.end(), limit)
    if whole >= 5 and counted:
        return Quantity(found.start(), counted.end(), part, part, counted[0].strip(), "count", found.end())
    of_all = words.startswith((" số", " tổng", " các", " diện tích", " dân số"), found.end())
    of_all = of_all or _CHANGED.search(words, max(0, found.start() - 12), found.start()) is not None
    if (whole < 5 and counted) or (whole <= 10 and part < whole and of_all):
        value = round(100 * part / whole, 2)
        return Quantity(found.start(), found.end(), value, value, "%", "percent", found.end())
    return None


# yes: "bệnh viện tuyến huyện trở lên", "lãnh đạo từ cấp phòng trở lên"
# yes: "người từ 15 tuổi trở lên"
# no:  "số xã trở lên"
_OF_RANK = re.compile(r"(?<!\w)(?:từ|tuyến|cấp|hạng|loại|mức|bậc|trình độ|lớp|nhiệm vụ)(?!\w)", re.I)


def _bound(words: str, at: int, limit: int) -> str:
    upwards = _UPWARDS.match(words, at, min(limit, at + 80))
    if upwards is None or _OF_RANK.search(upwards[0]):
        return ""
    return f"trở {upwards[1].lower()}"


def counted_noun(words: str, start: int, end: int) -> int:
    """Return where the noun that ``words[start:end]`` opens with ends: a known unit, else its first two syllables."""
    if counted := _units("target_units").match(words, start, end):
        return counted.end()
    noun = re.compile(r"\w+(?:[ ]\w+)?").match(words, start, end)
    return noun.end() if noun else end
