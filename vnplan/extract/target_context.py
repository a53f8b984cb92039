"""By when, how firmly, how often and against what: the words around a quantity that qualify the aim."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vnplan.extract.quantities import Quantity
from vnplan.extract.target_predicates import opens_phrase
from vnplan.extract.target_times import COMPARED, DONE, OWNED, PLAIN, STRICT, edtf
from vnplan.extract.target_words import Stretch
from vnplan.model import Commitment

# yes: Phấn đấu 80%; phấn đâu đạt
# yes: Phần đầu 90% (as scanners misread it)
# no: phần Đầu tư; phần đầu của tuyến
_STRIVE = re.compile(
    r"(?<!\w)(?:phấn[ ]đ[ấâầ]u(?!\w)"
    r"|phần[ ](?-i:đ)[ấâầ]u(?=[ ](?:$|[0-9]|đến|đạt|giảm|tăng|có|mỗi|trên|ít|tối|hằng|hàng|tỷ|hoàn)))",
    re.I,
)
_GUARANTEE = re.compile(r"(?<!\w)(?:bảo[ ]đảm|đảm[ ]bảo)(?!\w)", re.I)
_MUST = re.compile(r"(?<!\w)(?:phải|bắt[ ]buộc)(?!\w)", re.I)
_PER_WORD = r"(?:hằng|hàng|mỗi|mỗi[ ]một|một)[ ](?P<per>năm|quý|tháng|tuần|ngày)"
_PER_LEAD = re.compile(
    rf"(?:bình[ ]quân[ ]|trung[ ]bình[ ])?(?:{_PER_WORD})(?!\w)|bình[ ]quân[ ](?:hằng[ ])?(?P<per2>năm)(?!\w)", re.I
)
_PER_AFTER = re.compile(
    r"[ ]?/[ ]?(?P<per>năm|quý|tháng)(?!\w)|[ ](?:hằng|hàng|mỗi|một)[ ](?P<per2>năm|quý|tháng)(?!\w)"
    r"|[ ]bình[ ]quân[ ](?:mỗi[ ]|hằng[ ])?(?P<per3>năm)(?!\w)",
    re.I,
)
_PER_LAST = re.compile(r"(?:[ ](?:hằng|hàng|mỗi|một)|/)[ ]?(?P<per>năm|quý|tháng)[ .]{0,2}$", re.I)
# yes: "05 xã mỗi năm"
# yes: "80% số xã hằng năm"
# no:  "theo kế hoạch hằng năm"
_PER_CLOSES = re.compile(
    r"(?<!hoạch)(?<!cáo)(?<!kỳ)(?<!toán)(?<!trình)(?<!tác)[ ](?:hằng|hàng|mỗi|một)[ ](?:năm|quý|tháng|tuần)$", re.I
)
# yes: "100% xã | mỗi quý | có 04 tin"
# yes: "80% hộ hằng năm được vay vốn"
# no:  "kế hoạch hằng năm của xã"
_PER_INNER = re.compile(
    r"(?<!hoạch)(?<!cáo)(?<!kỳ)(?<!toán)(?<!trình)(?<!tác)[ ](?:hằng|hàng|mỗi)[ ](?:năm|quý|tháng|tuần)"
    r"(?=[ ](?:có|tổ chức|được|đạt|thực hiện)(?!\w))",
    re.I,
)
_PER_BEFORE = re.compile(
    r"(?:bình[ ]quân|phấn[ ]đấu)[ ](?:(?:hằng|hàng|mỗi|một)[ ])?(?P<per>năm|quý|tháng)(?![ ][0-9]|\w)", re.I
)
_PER_MIDDLE = re.compile(
    r"(?:hằng|hàng|mỗi)[ ](?P<per>năm|quý|tháng)[ ](?:cho|từ|khoảng|giảm|tăng|đạt|có|trên|ít nhất|tối thiểu"
    r"|bình quân|xây dựng)(?!\w)",
    re.I,
)
_PER_DIRECT = re.compile(
    r"(?:hằng|hàng|mỗi)[ ](?P<per>năm|quý|tháng)[ ](?:(?:tăng|giảm|đạt|có|từ|ít nhất|tối thiểu|trên|khoảng"
    r"|thêm)[ ]){0,3}$",
    re.I,
)
_PERIODS = {"năm": "year", "quý": "quarter", "tháng": "month", "tuần": "week", "ngày": "day"}
_CONNECTOR = re.compile(
    r"(?:[-+*•–,:;.·\"“' ]+|(?:và|trong đó|đồng thời|riêng đối với|riêng|cụ thể là|cụ thể|ngoài ra|bên cạnh đó"
    r"|mục tiêu|theo đó|mặt khác"
    r"|đối với|về|trên địa bàn|toàn tỉnh|toàn thành phố|toàn huyện|toàn xã|cả nước|chỉ tiêu)(?=[ ,:]))",
    re.I,
)
_BASELINE = re.compile(
    r"[ ](?:so[ ]với)[ ](?:mức[ ])?(?:trung[ ]bình[ ]|bình[ ]quân[ ])?(?:của[ ])?"
    r"(?P<base>(?:cuối[ ]|cùng[ ]kỳ[ ])?(?:năm|giai đoạn)[ ](?:trước"
    r"|20[0-9]{2}(?:[ ]?-[ ]?20[0-9]{2})?)(?:[ ]liền kề)?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the words before a clause leave in force for it: horizon, rate and commitment."""

    horizon: str | None = None
    per: str | None = None
    commitment: Commitment | None = None
    start: int = 0  # where the stretch begins for which it holds
    subject: Stretch | None = None  # what the words before a colon speak of
    opened: int | None = None  # where a time before a colon begins, with nothing else

    def entering(self, masked: str, start: int, end: int) -> Context:
        """Return the context for the stretch, with the horizon and the rate that open it."""
        opening = masked[start : min(end, start + 160)]
        horizon, per, _ = _opening(opening)
        return replace(self, horizon=horizon or self.horizon, per=per or (None if horizon else self.per), start=start)

    def leaving(self, masked: str, start: int, end: int, mark: str) -> Context:
        """Return the context behind ``mark``: a colon hands on rate and commitment, a semicolon the rate."""
        if mark == ":":
            commitment = read_commitment(masked, start, end)
            time, _, stop = _opening(masked[start:end])
            only = time is not None and start + stop >= end
            return replace(
                self,
                commitment=commitment[0] if commitment else self.commitment,
                subject=self.subject if only else (start, end),
                opened=start + len(masked[start:end]) - len(masked[start:end].lstrip(" -+*•.")) if only else None,
            )
        return self if mark == ";" else Context(self.horizon)

    def strip_lead(self, masked: str, start: int, end: int) -> tuple[int, int, int]:
        """Return the subject before a quantity without time, rate and commitment, and where the lead words end."""
        at = start
        for commit in (*_STRIVE.finditer(masked, start, end), *_GUARANTEE.finditer(masked, start, end)):
            if _counts(masked, commit, end, opens=not masked[start : commit.start()].strip(" -+*•.")):
                at = max(at, commit.end())
        at = _skip(masked, at, end)
        stop = end
        for _ in range(4):
            while stop > at and masked[stop - 1] in " ,:":
                stop -= 1
            tail = re.search(
                r"(?:^|[ ])(?:phải|cần|cần phải|phấn đấu|bảo đảm|đảm bảo|nguyên tắc|(?:bình quân )?(?:hằng|hàng"
                r"|mỗi) năm|ước|cũng|đều|sẽ)$",
                masked[at:stop],
                re.I,
            )
            late = _last_horizon(masked, at, stop)
            if tail:
                stop = at + tail.start()
            elif late is not None:
                stop = late
            else:
                break
        return at, max(at, stop), at


def _last_horizon(masked: str, start: int, stop: int) -> int | None:
    """Return where a time that closes ``masked[start:stop]`` begins ("tỷ lệ … đến năm 2030 | đạt")."""
    window = max(start, stop - 40)
    for found in (*STRICT.finditer(masked, window, stop), *PLAIN.finditer(masked, window, stop)):
        plain = found.re is PLAIN and masked[found.start() - 2 : found.start()] not in (": ", ", ")
        if found.end() == stop and not plain and not COMPARED.search(masked, start, found.start()):
            return found.start()
    return None


def _skip(masked: str, at: int, end: int) -> int:
    """Return where the subject begins behind connectors, times and rates."""
    for _ in range(12):
        mark = (
            _CONNECTOR.match(masked, at, end)
            or STRICT.match(masked, at, end)
            or PLAIN.match(masked, at, end)
            or _PER_LEAD.match(masked, at, end)
            or re.compile(r"(?:hướng đến|hướng tới|đạt|nguyên tắc)(?=[ ]|$)", re.I).match(masked, at, end)
        )
        if mark is None or mark.end() == at:
            break
        at = mark.end()
    return at


def _opening(words: str) -> tuple[str | None, str | None, int]:
    """Return horizon and rate in the words that open a stretch."""
    at, horizon, per = 0, None, None
    for _ in range(12):
        if time := STRICT.match(words, at) or PLAIN.match(words, at):
            horizon = edtf(time)
        elif rate := _PER_LEAD.match(words, at):
            per = _PERIODS[(rate["per"] or rate["per2"]).lower()]
            time = rate
        else:
            time = _CONNECTOR.match(words, at) or _STRIVE.match(words, at) or _GUARANTEE.match(words, at)
        if time is None or time.end() == at:
            break
        at = time.end()
    return horizon, per, at


# yes: "tỷ lệ hộ nghèo giảm: năm 2026: " before "1%"
# yes: ", năm 2027 đạt " before "80%"
# no:  "so với năm 2025 " before "20%"
_SAID_BEFORE = re.compile(r"[:,][ ]năm[ ](?P<said>20[0-9]{2})[:,]?[ ](?:(?:đạt|còn|là|giảm|tăng|có)[ ]){0,2}$", re.I)


def clause_horizon(masked: str, start: int, quantity: Quantity, end: int) -> tuple[str | None, list[Stretch]]:
    """Return the time that the clause itself states, and the stretches that say so."""
    cuts: list[Stretch] = []
    lead_horizon, _, lead_end = _opening(masked[start : quantity.start])
    found = lead_horizon
    for match in STRICT.finditer(masked, start, end):
        if COMPARED.search(masked, max(start, match.start() - 30), match.start()):
            continue
        if match.start() - start > lead_end and OWNED.search(masked, max(start, match.start() - 180), match.start()):
            continue
        done = DONE.search(masked, max(start, match.start() - 20), match.start())
        cuts.append((done.start() if done else match.start(), match.end()))
        found = edtf(match)
        if match.start() > quantity.start:
            break
    if found is None and (said := _SAID_BEFORE.search(masked, max(start, quantity.start - 30), quantity.start)):
        found = said["said"]
    if found is None:
        committed = _STRIVE.search(masked, start, quantity.start) or _GUARANTEE.search(masked, start, quantity.start)
        plain = committed and PLAIN.match(masked, min(committed.end() + 1, end))
        plain = plain or re.compile(r"[ ]?(?:GDP[ ])?(?=năm)").match(masked, quantity.end, end)
        if plain and not plain[0].strip().lower().startswith(("năm", "trong", "riêng")):
            plain = PLAIN.match(masked, plain.end(), end)
        if plain:
            found = edtf(plain)
            cuts.append(plain.span())
    return found, cuts


def read_commitment(masked: str, start: int, end: int) -> tuple[Commitment, int] | None:
    """Return how firmly the words before a quantity commit to it, and where they say so.

    >>> read_commitment("Phấn đấu 80% ", 0, 9)
    ('strive', 0)
    """
    if strive := _STRIVE.search(masked, start, end):
        return "strive", strive.start()
    for found in reversed(list(_GUARANTEE.finditer(masked, start, end))):
        if _counts(masked, found, end, opens=not masked[start : found.start()].strip(" -+*•.")):
            return "guarantee", found.start()
    musts = list(_MUST.finditer(masked, max(start, end - 40), end))
    must = musts[-1] if musts else None
    if must and len(masked[must.end() : end].split()) <= 4:
        return "guarantee", must.start()
    return None


def _counts(masked: str, found: re.Match[str], end: int, *, opens: bool) -> bool:
    """Tell whether a word of commitment governs what stands at ``end``, not another noun before it."""
    if found.re is _STRIVE:
        return True
    between = masked[found.end() : end]
    comma = between.rfind(",")
    if comma >= 0 and (not opens_phrase(between[comma + 1 :].strip())):
        return False
    return between.count(",") <= 2 and len(between.split()) <= (25 if opens else 14)


def read_per(masked: str, start: int, quantity: Quantity, end: int) -> str | None:
    """Return year, quarter or month where the quantity is a rate."""
    found = _PER_AFTER.match(masked, quantity.end, end) or _PER_LAST.search(masked, max(quantity.end, end - 14), end)
    if found is None:
        _, per, _ = _opening(masked[start : quantity.start])
        if per is not None:
            return per
        lead = masked[max(start, quantity.start - 60) : quantity.start]
        found = _PER_BEFORE.search(lead) or _PER_DIRECT.search(lead) or _PER_MIDDLE.search(lead)
    if found is None:
        return None
    groups = found.groupdict()
    word = groups.get("per") or groups.get("per2") or groups.get("per3") or "năm"
    per = _PERIODS[word.lower()]
    return per if per in ("year", "quarter", "month") else None


def rate_stretches(masked: str, start: int, end: int, right: Stretch) -> list[Stretch]:
    """Return where the words before a quantity, or the last ones behind it, say that it recurs ("mỗi năm")."""
    last = _PER_CLOSES.search(masked, max(right[0], right[1] - 24), right[1])
    inner = _PER_INNER.finditer(masked, *right)
    return [found.span() for found in (*_PER_LEAD.finditer(masked, start, end), *inner, last) if found]


def read_baseline(masked: str, start: int, end: int) -> tuple[Stretch | None, list[Stretch]]:
    """Return what the value is compared with ("so với năm 2020"), and the stretch that says so."""
    found = _BASELINE.search(masked, start, end)
    if found is None:
        return None, []
    return found.span("base"), [(found.start() + 1, found.end())]


_AIMED = re.compile(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|kết quả|phấn đấu|lộ trình|tầm nhìn|định hướng|đến)(?!\w)", re.I)


# yes: "Ngoài các chỉ tiêu nêu trên, " before "đến năm 2027:"
# yes: "…, phấn đấu " before "đến năm 2027:"
# no:  "kế hoạch phát triển y tế " before "đến năm 2027"
_LED_UP = re.compile(r",[ ](?:phấn đấu[ ]|bảo đảm[ ])?$", re.I)


def heading_horizon(words: str) -> tuple[str | None, bool, bool]:
    """Return the time that a heading sets for what stands under it, if it says nothing else, if it is of aims.

    >>> heading_horizon("Mục tiêu cụ thể đến năm 2025, tầm nhìn đến năm 2030")
    ('2025', False, True)
    >>> heading_horizon("Giai đoạn 2026 - 2030:")
    ('2030', True, True)
    """
    opens = words.rstrip().endswith(":")
    words = words.strip(" .:;-+*•)")
    if "20" not in words:
        return None, False, False
    start = _skip_labels(words)
    aimed = _AIMED.match(words, start) is not None
    for found in sorted([*STRICT.finditer(words), *PLAIN.finditer(words)], key=lambda match: match.start()):
        if COMPARED.search(words, max(0, found.start() - 30), found.start()):
            continue
        closes = found.end() >= len(words) - 1
        alone = closes and (found.start() <= start or (opens and _LED_UP.search(words, 0, found.start()) is not None))
        if found.start() > start and not aimed and OWNED.search(words[: found.start()]):
            continue
        if not words.isupper() or alone or _AIMED.search(words):
            return edtf(found), alone, alone or aimed
    return None, False, False


def _skip_labels(words: str) -> int:
    lead = re.match(
        r"(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]?|[a-zđ]\)|[IVX]{1,5}\.|[-+*•])?[ ]?(?:(?:đối với|trong|về"
        r"|phấn đấu)[ ])?",
        words,
        re.I,
    )
    return lead.end() if lead else 0
