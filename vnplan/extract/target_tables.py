"""The targets of a table of indicators: one for each value of a row, with the horizon of its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vnplan.extract.lexicon import word_list
from vnplan.extract.quantities import NUMBER, counted_noun, read_number
from vnplan.extract.target_frames import indicator_parts
from vnplan.extract.target_headings import period_end
from vnplan.extract.target_terms import HEAD_OFF
from vnplan.extract.target_words import Parts, Stretch, take_conditions, trim
from vnplan.model import Comparator, HorizonSource, Paragraph, Section, Structure, Target, Text

_YEAR = re.compile(r"(?<![0-9/])(20[0-9]{2})(?![0-9/])")
# yes: Hiện trạng
# yes: Ước thực hiện năm 2025
# no:  Số cơ sở y tế
_PAST = re.compile(
    r"(?<!\w)(?:hiện trạng|thực trạng|thực hiện năm|th năm|th 20[0-9]{2}|thực hiện 20[0-9]{2}|kết quả năm"
    r"|kết quả thực hiện|đạt được|đã đạt|số liệu|ước|(?:năm|giá trị|mức) cơ sở|xuất phát|hiện có|hiện nay)(?!\w)",
    re.I,
)
# yes: "Kế hoạch " before "thực hiện năm 2026"
# yes: "Mục tiêu cần " before "đạt được"
# no:  "Kết quả "
_AIMED = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|nhiệm vụ|cần|phải|phấn đấu|dự kiến)[ ]$", re.I)
_VALUE_HEADER = re.compile(r"mục tiêu|chỉ tiêu|kế hoạch|giá trị|mức|phấn đấu|kết quả|năm|giai đoạn|đến|số lượng", re.I)
_NO_AIM = re.compile(r"(?<!\w)(?:so với|so sánh|tỷ lệ hoàn thành|mức độ hoàn thành|tăng/giảm|chênh lệch)(?!\w)", re.I)
# yes: (ĐVT: hộ)
# yes: Đơn vị tính: %
# no:  Năm 2026
_HEADER_UNIT = re.compile(
    r"\((?:đvt|đơn vị tính|đơn vị):?(?P<named>[^():]{1,32})\)"
    r"|(?:số lượng|khối lượng|sản lượng|diện tích|quy mô|tổng số)[ ]\((?P<counted>[^()0-9]{1,20})\)"
    r"|\((?P<short>[^()]{1,20})\)"
    r"|(?:đvt|đơn vị tính)[ ]?:[ ]?(?P<said>[^()\s:;,]{1,20})",
    re.I,
)
# yes: ≥ 80
# yes: từ 16 - 18%
# no:  Bộ Tài chính
_VALUE = re.compile(
    rf"(?P<change>(?:tăng|giảm)(?: thêm| bình quân)?[ ])?(?P<bound>≥|>=|≤|<=|>|<|(?:(?:phải |phấn đấu )?đạt[ ])?"
    rf"(?:trên|hơn|ít nhất|tối thiểu|khoảng|dưới|không quá|tối đa|từ|đạt))?[ ]?(?P<low>{NUMBER})(?P<share>[ ]?%)?"
    rf"(?:[ ]?(?:-|÷|đến)[ ]?(?P<high>{NUMBER})(?P<share2>[ ]?%)?)?(?P<up>[ ]trở lên)?(?P<rest>[^;\n]{{0,60}})",
    re.I,
)
_NO_VALUES = frozenset({"stt", "unit", "lead", "coordinating", "note", "deadline", "task", "money", "score", "start"})
_CHANGING = re.compile(
    r"(?<!\w)(tăng|giảm)(?:[ ](?:thêm|trung bình|bình quân)(?:[ ](?:hằng |hàng |mỗi )?năm)?)?(?:[ ]\(%[^()]{0,8}\))?$",
    re.I,
)
_BOUNDS: dict[str, Comparator] = {
    "≥": "at_least", ">=": "at_least", "ít nhất": "at_least", "tối thiểu": "at_least", "≤": "at_most", "<=": "at_most",
    "không quá": "at_most", "tối đa": "at_most", ">": "above", "trên": "above", "hơn": "above", "<": "below",
    "dưới": "below", "khoảng": "about",
}  # fmt: skip
# yes: Xã, phường
# yes: Tên đơn vị
# no:  Đơn vị tính
_PLACES = re.compile(
    r"(?:tên )?(?:các )?(?:xã|phường|huyện|tỉnh|thành phố|địa phương|đơn vị(?! tính)|cơ quan|sở)(?!\w)", re.I
)
# yes: Tỷ lệ hộ được khám (hằng năm)
# yes: Số lớp (mỗi năm)
# no:  Kế hoạch hằng năm
_YEARLY = re.compile(r"\((?:hằng|hàng|mỗi) năm\)", re.I)
_LONGEST_HEADER = 160
_RATE = {"năm": "year", "quý": "quarter", "tháng": "month"}


@dataclass(frozen=True, slots=True)
class _Column:
    """The header of a column: its words, the year in it, its unit, whether it tells what was or what shall be."""

    words: str
    year: str | None
    past: bool
    unit: str
    lowest: Stretch  # the words right above the column


class Indicators:
    """Reads the rows of tables of indicators, in reading order: what their columns are headed with, and their groups.

    The header of a table is what stands in it before its first row; a table without one goes on with the last.
    """

    def __init__(self, text: Text, structure: Structure) -> None:
        self.text, self.header = text, structure.header
        self._starts = [paragraph.start for paragraph in text.paragraphs]
        self._headers = self._find_headers(structure)
        self._group: Section | None = None  # the last row of an indicator without a value

    def read(self, section: Section, above: str | None) -> Iterator[Target]:
        """Yield a target for each value of a row; its year is that of the column, of its time, of a heading above."""
        indicator = next(((s, e) for role, s, e in section.cells if role == "target"), None)
        if indicator is None:
            return
        found = list(self._values(section, indicator, above))
        if not found and not any(role in ("lead", "coordinating") for role, _, _ in section.cells):
            self._group = section
        yield from found

    def _values(self, section: Section, indicator: Stretch, above: str | None) -> Iterator[Target]:
        text = self.text
        named = trim(text.clean, *indicator) or indicator
        unit = next((text.clean[s:e].strip() for role, s, e in section.cells if role == "unit"), "")
        parts, group = self._parts(section, named)
        crossed = _PLACES.match(self._column(indicator[0]).words) is not None
        due = self.due(section)
        baseline = None
        for role, start, end in section.cells:
            if (start, end) == indicator or role in _NO_VALUES:
                continue
            column = self._column(start)
            if _NO_AIM.search(column.words) or (role == "other" and not _VALUE_HEADER.search(column.words)):
                continue
            measured = column.unit or unit
            if crossed:  # the columns name what the rows are to reach
                parts, group = self._indicator(column.lowest), text.words(*named)
                measured = measured or _counted(text, column.lowest)
            if column.past or self._is_past(column.year):
                said = text.words(start, end)
                baseline = _past(said, measured, column.year) if any(map(str.isdigit, said)) else baseline
                continue
            when = self._when(column, due, above)
            for cut in _cut(text, start, end):
                target = _read_value(text, section, named, cut, measured, when, parts, group)
                if target is not None:
                    yield replace(target, baseline=baseline)

    def _when(self, column: _Column, due: str | None, above: str | None) -> tuple[str | None, HorizonSource]:
        if column.year or (above and not due):
            return column.year or above, "heading"
        return (due, "stated") if due else (period_end(self.header.period), "period")

    def due(self, section: Section) -> str | None:
        """Return the year that a row's column of times gives."""
        words = " ".join(self.text.clean[s:e] for role, s, e in section.cells if role == "deadline")
        return max(_YEAR.findall(words), default=None)

    def _is_past(self, year: str | None) -> bool:
        """Tell whether a year lies before the period of the document, or before the document itself."""
        first = self.header.period or self.header.date
        return year is not None and first is not None and year < first[:4]

    def _is_to_come(self, year: str | None) -> bool:
        """Tell whether a year lies behind that of the document."""
        return year is not None and self.header.date is not None and year > self.header.date[:4]

    def _parts(self, section: Section, named: Stretch) -> tuple[Parts, str]:
        """Return population and outcome of an indicator; one that only divides the group above it takes its words."""
        clean = self.text.clean
        own = self._indicator(named)
        group = self._group
        if group is None or group.parent != section.parent or not _divides(clean, group, section, named):
            return own, ""
        place = next((s, e) for role, s, e in group.cells if role == "target")
        return self._indicator(trim(clean, *place) or place), self.text.words(*named)

    def _indicator(self, place: Stretch) -> Parts:
        clean = self.text.clean
        return take_conditions(clean, indicator_parts(clean, place, (place[1], place[1])))

    def _column(self, start: int) -> _Column:
        """Return the header above the cell that begins at ``start``."""
        here = self.text.paragraphs[bisect_right(self._starts, start) - 1].cell
        words: list[str] = []
        lowest = (start, start)
        for place in self._headers.get(here.table, {}).get(here.column, ()) if here else ():
            said = self.text.clean[place[0] : place[1]]
            if said not in words:
                words.append(said)
                lowest = place
        joined = " ".join(words)
        year = next(reversed(_YEAR.findall(joined)), None)
        past = any(map(_tells_past, words)) and not self._is_to_come(year)
        return _Column(joined, year, past, _header_unit(joined), lowest)

    def _find_headers(self, structure: Structure) -> dict[int, dict[int, list[Stretch]]]:
        """Return the words above each column of each table."""
        found: dict[int, dict[int, list[Stretch]]] = {}
        last: dict[int, list[Stretch]] = {}
        for section in structure.sections:
            at = bisect_right(self._starts, section.start) - 1
            cell = self.text.paragraphs[at].cell if section.kind == "row" and at >= 0 else None
            if cell is None or cell.table in found:
                continue
            first = at
            while first and (before := self.text.paragraphs[first - 1].cell) and before.table == cell.table:
                first -= 1
            last = found[cell.table] = _by_column(self.text.paragraphs[first:at]) or last
        return found


def _by_column(header: Sequence[Paragraph]) -> dict[int, list[Stretch]]:
    columns: dict[int, list[Stretch]] = {}
    for paragraph in header:
        if (cell := paragraph.cell) is not None and paragraph.end - paragraph.start <= _LONGEST_HEADER:
            for column in range(cell.column, cell.column + cell.columns):
                columns.setdefault(column, []).append((paragraph.start, paragraph.end))
    return columns


def _tells_past(words: str) -> bool:
    """Tell whether a header tells what was: "Thực hiện năm 2025", and not "Kế hoạch thực hiện năm 2025"."""
    return any(not _AIMED.search(words, 0, found.start()) for found in _PAST.finditer(words))


def _counted(text: Text, place: Stretch) -> str:
    """Return what an indicator counts: "tủ sách" of "Số tủ sách"."""
    head = HEAD_OFF.match(text.clean, *place)
    if head is None or text.clean[place[0] : head.end()].casefold().startswith(("tỷ", "tỉ")):
        return "%" if head is not None else ""
    return text.clean[head.end() : counted_noun(text.clean, head.end(), place[1])]


def _divides(clean: str, group: Section, section: Section, named: Stretch) -> bool:
    """Tell whether a row is a part of the group above it: numbered below it, and no indicator by its own words."""
    over, own = group.label.strip(" .)"), section.label.strip(" .)")
    below = own.startswith(f"{over}.") or not own.strip("-–+*•") or (own.isalpha() and over.isdigit())
    return bool(over) and below and HEAD_OFF.match(clean, *named) is None


def _header_unit(words: str) -> str:
    """Return the unit that a header gives, "" when it gives none."""
    unit = ""
    for found in _HEADER_UNIT.finditer(words):
        short = (found["short"] or "").strip()
        known = short.startswith("%") or _is_unit(short)
        unit = found["named"] or found["said"] or found["counted"] or (short if known else unit)
    return unit.strip()


def _is_unit(words: str) -> bool:
    return any(words.casefold() in word_list(name) for name in ("target_units", "target_measures"))


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
    parts: Parts,
    group: str,
) -> Target | None:
    """Return the target of one value, or None where the cell holds words."""
    found = _VALUE.match(text.clean, *cell)
    if found is None or (found.end() < cell[1] - 1) or re.match(r"[/.:][0-9]", found["rest"]):
        return None  # words, a date, or so many of so many
    low = read_number(found["low"])
    high = read_number(found["high"]) if found["high"] else low
    if low is None or high is None:
        return None
    per = re.match(r"[ ]?/[ ]?(năm|quý|tháng)|%/(năm|quý|tháng)$", found["rest"] or unit) or re.search(
        r"/(năm|quý|tháng)$", unit
    )
    rest = trim(
        text.clean, found.start("rest") + (per.end() if per and per.string == found["rest"] else 0), found.end("rest")
    )
    share = bool(found["share"] or found["share2"]) or "%" in unit or text.clean[named[0] : named[1]].endswith("(%)")
    counted = unit or (text.clean[rest[0] : counted_noun(text.clean, *rest)] if rest else "")
    outcome = [*parts.outcome, *([rest] if rest and (share or unit) else [])]
    population = " ".join(filter(None, (_words(text, parts.population), group)))
    own = named[0] >= section.start  # an indicator that is merged stands in a row above
    return Target(
        text.span(min(named[0], cell[0]) if own else cell[0], max(named[1], cell[1]) if own else cell[1]),
        min(low, high),
        max(low, high),
        _comparator(found, text.clean[named[0] : named[1]], low, high),
        "%" if share else _unit(counted),
        population or None,
        _words(text, outcome),
        _words(text, parts.condition, "; "),
        "plain",
        when[0],
        None if when[0] is None else when[1],
        _RATE[next(filter(None, per.groups()))] if per else "year" if _YEARLY.search(text.clean, *named) else None,
        None,
        section.path,
        section.role,
    )


def _comparator(found: re.Match[str], indicator: str, low: float, high: float) -> Comparator:
    change = found["change"] or ((said := _CHANGING.search(indicator)) and said[1])
    if change:
        return "increase_by" if change.strip().lower().startswith("tăng") else "decrease_by"
    bound = re.sub(r"^(?:(?:phải |phấn đấu )?đạt[ ])", "", (found["bound"] or "").lower()).strip()
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
