"""The times by which something is to be reached: patterns, and what they say in EDTF."""

from __future__ import annotations

import re

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9/])"
_DAY = r"(?:ngày[ ])?(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])/(?P<date_year>20[0-9]{2})(?![0-9])"
_MONTH = r"tháng[ ](?P<only_month>[01]?[0-9])(?:/|[ ]năm[ ])(?P<month_year>20[0-9]{2})(?![0-9])"
_SPAN = (
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|trong các năm|từ năm)[ ]20[0-9]{2}[ ]?(?:-|đến)[ ]?(?:năm[ ])?"
    r"(?P<until>20[0-9]{2})(?![0-9])"
)
_WORDED_DAY = (
    r"ngày[ ](?P<day2>[0-3]?[0-9])[ ]tháng[ ](?P<month2>[01]?[0-9])[ ]năm[ ](?P<date_year2>20[0-9]{2})(?![0-9])"
)
_QUARTER = r"quý[ ](?P<quarter>IV|III|II|I|[1-4])(?:[ ]?/[ ]?|[ ]năm[ ]|[ ])(?P<quarter_year>20[0-9]{2})(?![0-9])"
_HALF = r"(?:6|06|sáu)[ ]tháng[ ](?P<half>đầu|cuối)[ ]năm[ ](?P<half_year>20[0-9]{2})(?![0-9])"
# yes: đến hết năm 2026
# yes: giai đoạn 2021 - 2025
# no: so với năm 2020, kế hoạch năm 2026
STRICT = re.compile(
    rf"(?:(?:tính|từ[ ]nay)[ ])?(?<!\w)(?:(?:đến|vào|trong|tới|trước|cho[ ]đến)[ ](?:hết[ ]|cuối[ ]|đầu[ ]"
    rf"|trước[ ])?(?:{_MONTH}|{_DAY}|{_WORDED_DAY}|(?:năm[ ])?{_YEAR})"
    rf"|(?:(?:từ|đến|vào|trong|trước|ngay trong)[ ])?(?:hết[ ]|cuối[ ]|đầu[ ])?(?:{_QUARTER}|{_HALF})"
    rf"|(?:trong[ ]|cả[ ]|trong[ ]cả[ ])?{_SPAN}|(?:hết|cuối)[ ]năm[ ](?P<end_year>20[0-9]{{2}})(?![0-9]))",
    re.I,
)
PLAIN = re.compile(r"(?:trong[ ]|riêng[ ])?năm[ ](?P<plain_year>20[0-9]{2})(?![0-9/])", re.I)
COMPARED = re.compile(
    r"(?:so với|bằng|kể từ|từ|của)[ ](?:mức[ ])?(?:(?:cuối|trung bình|bình quân)[ ])?(?:của[ ])?$", re.I
)
# What names a programme owns the years behind it.
OWNED = re.compile(
    r"(?:chương trình|kế hoạch|đề án|chiến lược|nghị quyết|quyết định|quy hoạch|dự án|chỉ thị|luật"
    r"|tầm nhìn)(?!\w)[^,;:]{0,160}$",
    re.I,
)
# yes: ", xong " before "trước ngày 30/9/2026"
# yes: ", hoàn thành " before "trong năm 2027"
# no:  "đã hoàn thành "
DONE = re.compile(r",[ ](?:xong|hoàn thành|hoàn thành xong|thực hiện xong)[ ]$", re.I)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def edtf(found: re.Match[str]) -> str | None:
    """Return the time that a match of STRICT or PLAIN says.

    >>> edtf(STRICT.search("đến hết quý II/2027"))
    '2027-Q2'
    """
    groups = found.groupdict()
    if groups.get("date_year"):
        return f"{groups['date_year']}-{int(groups['month']):02d}-{int(groups['day']):02d}"
    if groups.get("date_year2"):
        return f"{groups['date_year2']}-{int(groups['month2']):02d}-{int(groups['day2']):02d}"
    if groups.get("quarter_year"):
        return f"{groups['quarter_year']}-Q{_ROMAN.get(groups['quarter'].upper(), groups['quarter'])}"
    if groups.get("half_year"):
        return f"{groups['half_year']}-H{1 if groups['half'].lower() == 'đầu' else 2}"
    if groups.get("month_year"):
        return f"{groups['month_year']}-{int(groups['only_month']):02d}"
    return groups.get("year") or groups.get("until") or groups.get("end_year") or groups.get("plain_year")
