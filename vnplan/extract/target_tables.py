"""The targets of a table of indicators: one for each value of a row, with the horizon of its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from vnplan.extract.quantities import NUMBER, counted_noun, read_number
from vnplan.extract.target_frames import indicator_parts
from vnplan.extract.target_headings import period_end
from vnplan.extract.target_words import Stretch, take_conditions, trim
from vnplan.model import Comparator, HorizonSource, Paragraph, Section, Target, Text

_YEAR = re.compile(r"(?<![0-9/])(20[0-9]{2})(?![0-9/])")
_NUMBERED = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[IVX]{1,5}|[A-Za-z])[.)]?")
_PAST = re.compile(
    r"(?<!\w)(?:hiện trạng|thực trạng|thực hiện năm|kết quả năm|ước|cơ sở|xuất phát|hiện có)(?!\w)", re.I
)
_VALUE_HEADER = re.compile(r"mục tiêu|chỉ tiêu|kế hoạch|giá trị|mức|phấn đấu|kết quả|năm|giai đoạn|đến|số lượng", re.I)
# yes: ≥ 80
# yes: từ 16 - 18%
# no: Bộ Tài chính
_VALUE = re.compile(
    rf"(?P<bound>≥|>=|≤|<=|>|<|(?:đạt[ ])?(?:trên|ít nhất|tối thiểu|khoảng|dưới|không quá|tối đa|từ"
    rf"|đạt))?[ ]?(?P<low>{NUMBER})(?P<share>[ ]?%)?"
    rf"(?:[ ]?(?:-|÷|đến)[ ]?(?P<high>{NUMBER})(?P<share2>[ ]?%)?)?(?P<up>[ ]trở lên)?(?P<rest>[^;\n]{{0,60}})",
    re.I,
)
_HEADER_ROWS = 3
_NO_VALUES = frozenset({"stt", "unit", "lead", "coordinating", "note", "deadline"})
_CHANGING = re.compile(
    r"(?<!\w)(tăng|giảm)(?:[ ](?:thêm|trung bình|bình quân)(?:[ ](?:hằng |hàng |mỗi )?năm)?)?(?:[ ]\(%[^()]{0,8}\))?$",
    re.I,
)
_BOUNDS: dict[str, Comparator] = {
    "≥": "at_least", ">=": "at_least", "ít nhất": "at_least", "tối thiểu": "at_least", "≤": "at_most", "<=": "at_most",
    "không quá": "at_most", "tối đa": "at_most", ">": "above", "trên": "above", "<": "below", "dưới": "below",
    "khoảng": "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """The header of a column: its words, the year in it, whether it tells what was rather than what shall be."""

    words: str
    year: str | None
    past: bool


def table_headers(text: Text) -> dict[int, list[Paragraph]]:
    """Return the cells of the first rows of every table, where the headers of its columns stand."""
    found: dict[int, list[Paragraph]] = {}
    numbered: dict[int, int] = {}  # the first row of a table that has a number, and is no header
    for paragraph in text.paragraphs:
        cell = paragraph.cell
        if cell is None or cell.row >= min(_HEADER_ROWS, numbered.get(cell.table, _HEADER_ROWS)):
            continue
        if cell.row and not cell.column and _NUMBERED.fullmatch(text.clean, paragraph.start, paragraph.end):
            numbered[cell.table] = cell.row
        else:
            found.setdefault(cell.table, []).append(paragraph)
    return found


def read_row(
    text: Text, section: Section, headers: dict[int, list[Paragraph]], above: str | None, period: str | None
) -> Iterator[Target]:
    """Yield a target for each value of a row; its year is that of the column, of a heading above, or the period's."""
    indicator = next(((s, e) for role, s, e in section.cells if role == "target"), None)
    if indicator is None:
        return
    if _VALUE.fullmatch(text.clean, *indicator):  # "Nội dung | Mục tiêu đến năm 2030": the words stand beside it
        named_by = next(((s, e) for role, s, e in section.cells if role in ("task", "other")), None)
        indicator = named_by or indicator
    named = trim(text.clean, *indicator) or indicator
    unit = next((text.clean[s:e].strip() for role, s, e in section.cells if role == "unit"), "")
    baseline = None
    for role, start, end in section.cells:
        if (start, end) == indicator or role in _NO_VALUES or (role == "task" and start < indicator[0]):
            continue
        column = _column(text, headers, start)
        if role == "other" and not _VALUE_HEADER.search(column.words):
            continue
        if column.past:
            baseline = _past(text.words(start, end), unit, column.year)
            continue
        when: tuple[str | None, HorizonSource] = (column.year or above, "heading")
        if when[0] is None:
            when = (period_end(period), "period")
        for cut in _cut(text, start, end):
            target = _read_value(text, section, named, cut, unit, when, baseline)
            if target is not None:
                yield target


def _column(text: Text, headers: dict[int, list[Paragraph]], start: int) -> _Column:
    """Return the header above the cell that begins at ``start``."""
    at = bisect_left(text.paragraphs, start, key=lambda paragraph: paragraph.start)
    here = text.paragraphs[at].cell if at < len(text.paragraphs) else None
    words: list[str] = []
    for paragraph in headers.get(here.table, ()) if here else ():
        cell = paragraph.cell
        if here is None or cell is None or cell.row >= here.row or paragraph.end - paragraph.start > 160:
            continue
        if cell.column <= here.column < cell.column + cell.columns:
            words.append(text.clean[paragraph.start : paragraph.end])
    joined = " ".join(words)
    years = _YEAR.findall(joined)
    return _Column(joined, years[-1] if years else None, bool(_PAST.search(joined)))


def _cut(text: Text, start: int, end: int) -> Iterator[Stretch]:
    for part in re.finditer(r"[^;\n]{1,300}", text.clean[start:end]):
        if piece := trim(text.clean, start + part.start(), start + part.end()):
            yield piece


def _read_value(
    text: Text,
    section: Section,
    named: Stretch,
    cell: Stretch,
    unit: str,
    when: tuple[str | None, HorizonSource],
    baseline: str | None,
) -> Target | None:
    """Return the target of one value, or None where the cell holds words."""
    found = _VALUE.match(text.clean, *cell)
    if found is None or (found.end() < cell[1] - 1):
        return None
    low = read_number(found["low"])
    high = read_number(found["high"]) if found["high"] else low
    if low is None or high is None:
        return None
    share = bool(found["share"] or found["share2"]) or "%" in unit or text.clean[named[0] : named[1]].endswith("(%)")
    rest = trim(text.clean, found.start("rest"), found.end("rest"))
    counted = unit or (text.clean[rest[0] : counted_noun(text.clean, *rest)] if rest else "")
    parts = take_conditions(text.clean, indicator_parts(text.clean, named, (named[1], named[1])))
    outcome = [*parts.outcome, *([rest] if rest and (share or unit) else [])]
    horizon, source = when
    return Target(
        text.span(named[0], cell[1]),
        min(low, high),
        max(low, high),
        _comparator(found, text.clean[named[0] : named[1]], low, high),
        "%" if share else _unit(counted),
        _words(text, parts.population),
        _words(text, outcome),
        _words(text, parts.condition, "; "),
        "plain",
        horizon,
        None if horizon is None else source,
        "year" if "/năm" in unit else None,
        baseline,
        section.path,
        section.role,
    )


def _comparator(found: re.Match[str], indicator: str, low: float, high: float) -> Comparator:
    if change := _CHANGING.search(indicator):
        return "increase_by" if change[1].lower() == "tăng" else "decrease_by"
    bound = (found["bound"] or "").lower().removeprefix("đạt ").strip()
    if found["up"]:
        return "at_least"
    if bound in _BOUNDS:
        return _BOUNDS[bound]
    return "range" if low != high else "at_least" if bound == "từ" else "equal"


def _past(value: str, unit: str, year: str | None) -> str:
    """Return a value of the past in the words of a sentence: "3,5% năm 2020"."""
    share = "%" if unit.startswith("%") and "%" not in value else ""
    return f"{value}{share} năm {year}" if year else f"{value}{share}"


def _unit(printed: str) -> str:
    """Return a unit as running text has it ("Doanh nghiệp" at the head of a cell is "doanh nghiệp")."""
    unit = re.sub(r"/(?:năm|quý|tháng)$", "", printed.strip())
    return unit[:1].lower() + unit[1:] if unit[1:] == unit[1:].lower() else unit


def _words(text: Text, stretches: list[Stretch] | tuple[Stretch, ...], link: str = " ") -> str | None:
    return link.join(text.printed[start:end] for start, end in stretches) or None
