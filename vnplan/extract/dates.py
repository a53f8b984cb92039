"""Days, months and years as plans write them, and their EDTF values (ISO 8601-2)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_BLANK = r"[ .…_]{0,20}"
_DAY = r"[0-3]?[0-9]"
_MONTH = r"[01]?[0-9]"
_YEAR = r"(?:19|20)[0-9]{2}"
_STROKE = r"[ ]?[/.-][ ]?"
# yes: ngày 08 tháng 12 năm 2023 / 08/12/2023 / ngày 23-3-2024
# yes: tháng 12 năm 2023 / tháng 6/2026 / ngày … tháng 01 năm 2024 / năm 2015
# no:  ngày thứ hai / 12/KH
_DATE = re.compile(
    rf"(?:(?i:ngày)[ ]?:?[ ]?)?(?:"
    rf"(?P<d1>{_DAY})[ ](?i:tháng)[ ](?P<m1>{_MONTH})(?:[ ,]{{1,2}}(?i:năm)[ ]|[ ]?/[ ]?)(?P<y1>{_YEAR})"
    rf"|(?P<d2>{_DAY}){_STROKE}(?P<m2>{_MONTH}){_STROKE}(?P<y2>{_YEAR}))(?![0-9]|/[0-9])"
    rf"|(?i:ngày){_BLANK}(?i:tháng)[ ](?P<m3>{_MONTH})[ ](?i:năm)[ ](?P<y3>{_YEAR})(?![0-9])"
    rf"|(?i:ngày){_BLANK}[/-][ ]?(?P<m4>{_MONTH})[ ]?[/-][ ]?(?P<y4>{_YEAR})(?![0-9])"
    rf"|(?i:ngày){_BLANK}(?:(?i:tháng){_BLANK}(?i:năm)[ ]|[/-]{_BLANK}[/-][ ]?)(?P<y5>{_YEAR})(?![0-9])"
    rf"|(?i:tháng)[ ](?P<m6>{_MONTH})(?:[ ](?i:năm)[ ]|[ ]?/[ ]?)(?P<y6>{_YEAR})(?![0-9])"
    rf"|(?i:năm)[ ](?P<y7>{_YEAR})(?![0-9]|[ ]?-[ ]?[0-9])"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in ``[start, end)`` of some words; ``edtf`` is None for a day that does not exist (31/02)."""

    start: int
    end: int
    edtf: str | None

    @property
    def exact(self) -> bool:
        """Tell whether the day is given, not only the month or the year."""
        return self.edtf is None or len(self.edtf) == 10


def edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the EDTF value of a day, month or year, or None when the calendar has no such day.

    >>> edtf(2024, 2, 29), edtf(2023, 2, 29), edtf(2024, 13), edtf(2024)
    ('2024-02-29', None, None, '2024')
    """
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def match_date(words: str, at: int, end: int | None = None) -> Date | None:
    """Return the date that begins at ``at``, with "ngày" before it or not; a year alone only after "năm".

    >>> match_date("ngày 08 tháng 12 năm 2023", 0).edtf, match_date("ngày 31/02/2024", 0).edtf
    ('2023-12-08', None)
    """
    found = _DATE.match(words, at, len(words) if end is None else end)
    return _date(found) if found else None


def _date(found: re.Match[str]) -> Date:
    groups = found.groupdict()
    parts = {name[0]: int(value) for name, value in groups.items() if value}
    return Date(found.start(), found.end(), edtf(parts["y"], parts.get("m"), parts.get("d")))


def days_in_month(month: int) -> int:
    """Return the most days that a month of this number can have; 0 for no month."""
    return calendar.monthrange(2024, month)[1] if 1 <= month <= 12 else 0
