"""The results that a report of progress (báo cáo) tells: figures that were reached, with the fields of a target.

They are no targets: a report tells what became of those of a plan. What it plans for the next time is no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnplan.extract.quantities import NUMBER, read_number
from vnplan.extract.target_frames import Aim, indicator_parts
from vnplan.extract.target_items import MAY_HOLD, parse_item
from vnplan.extract.target_words import Stretch, trim
from vnplan.model import Section, Structure, Target, Text

_AHEAD = frozenset({"objectives", "tasks", "organisation", "requirements", "purpose", "viewpoint", "reporting"})
_SKIPPED = frozenset({"stt", "target", "unit", "note", "lead", "coordinating", "deadline", "money", "task"})
# yes: Kết quả năm 2023 / Thực hiện 6 tháng / Lũy kế / Số đã đạt
# no:  Kế hoạch năm 2023
_REACHED = re.compile(
    r"(?<!\w)(?:kết quả|thực hiện|đạt được|đã đạt|ước đạt|ước|lũy kế|hiện nay|hiện trạng|số liệu)(?!\w)", re.I
)
# yes: Kế hoạch giao / So với cùng kỳ / Tỷ lệ hoàn thành
# no:  Kết quả thống kê
_OTHER = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu giao|mục tiêu|so với|so sánh|cùng kỳ|năm trước|(?:tỷ lệ|%) hoàn thành"
    r"|đánh giá)(?!\w)",
    re.I,
)
# yes: 88,2% / 22,45 / 1.865 / 95,53 %
# no:  Chưa đạt / 15/15 / ≥ 90%
_VALUE = re.compile(rf"[ ]?(?P<low>{NUMBER})(?P<share>[ ]?%)?[ ]?")
_LONGEST_HEADER = 160


def find_results(text: Text, structure: Structure) -> Iterator[Target]:
    """Yield what a report says was reached, in order of appearance; nothing of a document that is no report.

    >>> from vnplan.structure import read_structure
    >>> from vnplan.text import clean_text
    >>> text = clean_text("BÁO CÁO\\nI. KẾT QUẢ THỰC HIỆN\\n- Tỷ lệ hộ dân nông thôn được dùng nước sạch đạt 88,2%.")
    >>> [(result.low, result.unit, result.population) for result in find_results(text, read_structure(text))]
    [(88.2, '%', 'hộ dân nông thôn')]
    """
    if structure.header.kind != "report" or structure.medium != "document":
        return
    headers = _headers(text)
    columns = {p.start: (p.cell.table, p.cell.column) for p in text.paragraphs if p.cell}
    for section in structure.sections:
        if section.kind == "row":
            if result := _in_row(text, section, headers, columns):
                yield result
        elif section.role not in _AHEAD and section.role not in ("recipients", "signature", "basis"):
            yield from _in_words(text, section)


def _headers(text: Text) -> dict[tuple[int, int], str]:
    """Return the words above each column of a table: those of its first row."""
    headers: dict[tuple[int, int], str] = {}
    for paragraph in text.paragraphs:
        cell = paragraph.cell
        if cell is not None and cell.row == 0:
            for column in range(cell.column, cell.column + min(cell.columns, 40)):
                words = f"{headers.get((cell.table, column), '')} {text.clean[paragraph.start : paragraph.end]}"
                headers[cell.table, column] = words.strip()[:_LONGEST_HEADER]
    return headers


def _in_row(
    text: Text,
    section: Section,
    headers: dict[tuple[int, int], str],
    columns: dict[int, tuple[int, int]],
) -> Target | None:
    """Return the last figure that a row of indicators has in a column of results."""
    named = next(((start, end) for role, start, end in section.cells if role == "target"), None)
    if named is None:
        return None
    unit = next((text.clean[start:end].strip() for role, start, end in section.cells if role == "unit"), "")
    found = None
    for role, start, end in section.cells:
        if role in _SKIPPED:
            continue
        header = headers.get(columns.get(start, (-1, -1)), "")
        told = bool(_REACHED.search(header)) or role == "product"
        value = _VALUE.fullmatch(text.clean, start, end) if told and not _OTHER.search(header) else None
        if value is not None and (value["share"] or unit):
            found = value
    number = read_number(found["low"]) if found else None
    if found is None or number is None:
        return None
    population, outcome = _indicator(text, trim(text.clean, *named) or named)
    measured = "%" if found["share"] else unit
    span = text.span(section.start, section.end)
    return Target(span, number, number, "equal", measured, population, outcome, path=section.path, role=section.role)


def _indicator(text: Text, named: Stretch) -> tuple[str | None, str | None]:
    """Return of whom and what a row speaks; all its words as the population where they do not tell."""
    parts = indicator_parts(text.clean, named, (named[1], named[1]))
    population = " ".join(text.words(*stretch) for stretch in parts.population)
    outcome = " ".join(text.words(*stretch) for stretch in parts.outcome)
    return (population or None, outcome or None) if population or outcome else (text.words(*named), None)


def _in_words(text: Text, section: Section) -> Iterator[Target]:
    start = section.start
    if section.label and text.printed.startswith(section.label.strip(), start):
        start += len(section.label.strip())
    while start < section.end:
        stop = text.clean.find("\n", start, section.end)
        stop = section.end if stop < 0 else stop
        if MAY_HOLD.search(text.clean, start, stop) and not text.clean.startswith("|", start):
            begin = start
            while begin < stop and text.clean[begin] in " .)-+*•–:":
                begin += 1
            for aim in parse_item(text.clean[begin:stop]):
                if aim.commitment == "plain" and aim.quantity.unit and (aim.parts.population or aim.parts.outcome):
                    yield _result(text, section, aim, begin)
        start = stop + 1


def _result(text: Text, section: Section, aim: Aim, base: int) -> Target:
    def said(stretches: Sequence[Stretch]) -> str | None:
        return " ".join(text.printed[base + low : base + high] for low, high in stretches) or None

    return Target(
        text.span(base + aim.start, base + aim.end),
        aim.quantity.low,
        aim.quantity.high,
        aim.comparator,
        aim.quantity.unit,
        said(aim.parts.population),
        said(aim.parts.outcome),
        horizon=aim.horizon,
        horizon_source="stated" if aim.horizon else None,
        per=aim.per,
        path=section.path,
        role=section.role,
    )
