"""Tables of content: where they stand, their rows as one grid, and which columns say what.

A header is recognised by its wording, in any order of columns (lexicon/columns.txt), in one row or several: what
stands in the lowest row decides, and else what stands above it too. A table that another continues, with its header
repeated or without one, is one table. One without a header is read as plain paragraphs (letterhead, signatures, boxes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from vnplan.model import Text
from vnplan.structure.lexicons import read_groups

_HEADER_ROWS = 3
_LONG = 60  # code points of a header that says more than what the column holds: there the phrase has to come first
_LONGEST = 160
_SAMPLE = 60  # rows of a table that tell what its columns hold
_WIDEST = 64  # columns; a wider table is a sheet of figures
# yes: Năm 2030
# yes: Giai đoạn 2026-2030
# no:  12025
_YEAR = re.compile(r"(?<![0-9/])(?:19|20)[0-9]{2}(?![0-9/])")
# yes: (1)
# yes: (5)=(3)+(4)
# no:  1. Rà soát
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[A-ZĐ])\)?(?:[ ]?=[0-9A-Z()+*/:x -]{1,30})?")
# yes: 1.2.
# yes: a)
# no:  STT
_STT = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ])[.)]?")
# yes: ≥ 80
# yes: trên 90%
# no:  Tỷ lệ hộ nghèo
_VALUE = re.compile(
    r"(?:[<>≥≤]=?|(?:trên|dưới|từ|đạt|khoảng|ít nhất|tối thiểu|tối đa|không quá|tăng|giảm)(?=[ ]))?[ ]?[0-9]", re.I
)
_LONGEST_VALUE = 36
_ASSIGNS = frozenset({"lead", "coordinating", "deadline", "product", "unit", "target", "task", "stt", "note", "start"})
_CHIEF = "chủ trì"


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that holds words: its row in the whole table, its first column, how far it reaches, its place."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The paragraphs ``[start, stop)`` of one table; ``columns`` are the roles by column when it has a header."""

    start: int
    stop: int
    rows: tuple[tuple[Slot, ...], ...]
    columns: tuple[tuple[int, str], ...] = ()
    header_rows: int = 0
    header: tuple[tuple[str, ...], ...] = ()  # the words of the header's rows: a row of the same words repeats one
    grid: bool = False

    @property
    def content(self) -> bool:
        """Whether its rows are content: a header was understood, or several rows have several cells."""
        return bool(self.columns) or self.grid


@lru_cache(maxsize=1)
def _lexicon() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(read_groups("columns.txt"), key=lambda entry: "…" in entry[0]))  # what is said in full first


@lru_cache(maxsize=4096)
def column_role(words: str) -> str | None:
    """Return what a column holds by the words of its header, or None.

    >>> column_role("Cơ quan chủ trì"), column_role("Thời gian hoàn thành"), column_role("Năm 2030")
    ('lead', 'deadline', 'year')
    """
    key = " ".join(words.strip(" .:()*").casefold().split())
    if not key or len(key) > _LONGEST:
        return None
    for phrase, role in _lexicon():
        first, open_, last = phrase.partition("…")
        if open_:
            fits = key.startswith(first) and key.endswith(last) and len(key) <= _LONG
        else:
            whole = phrase[0] == "="  # a narrow column breaks the one word of its header ("ST T")
            fits = key.replace(" ", "") == phrase[1:].replace(" ", "") if whole else phrase in key
        if fits:
            if len(key) <= _LONG or key.startswith(phrase):
                return None if role == "other" else role
            break
    return "year" if _YEAR.search(key) and len(key) <= _LONG else None


def is_numbering(words: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns.

    >>> is_numbering(["(1)", "(2)", "(3)"]), is_numbering(["A", "B", "1", "2=1x3"]), is_numbering(["1", "Việc", "2"])
    (True, True, False)
    """
    if len(words) < 3 or not all(map(_NUMBERED.fullmatch, words)):
        return False
    signs = [word.partition("=")[0].strip(" ()") for word in words]
    figures = [int(sign) for sign in signs if sign.isdigit()]
    return not any(sign.isdigit() for sign in signs[: len(signs) - len(figures)]) and all(
        after == before + 1 for before, after in pairwise(figures)
    )


def is_number(words: str) -> bool:
    """Tell whether the words of a cell are the number of its row."""
    return _STT.fullmatch(words) is not None


def slot_words(text: Text, slot: Slot) -> str:
    """Return the words of a cell on one line."""
    return text.clean[slot.start : slot.end].replace("\n", " ").strip()


def split_tables(text: Text) -> dict[int, Table]:
    """Return the tables by the index of their first paragraph; footnotes may stand inside one."""
    found: dict[int, Table] = {}
    group: list[Table] = []
    for start, stop in _ranges(text):
        table = _read_table(text, start, stop)
        if group and not _goes_on(text, group[0], group[-1], table):
            found[group[0].start] = _join(group)
            group = []
        group.append(table)
    if group:
        found[group[0].start] = _join(group)
    return found


def _ranges(text: Text) -> Iterable[tuple[int, int]]:
    """Yield the first and the last paragraph, exclusive, of every table."""
    start = stop = -1
    number = None
    for at, paragraph in enumerate(text.paragraphs):
        cell = paragraph.cell
        if cell is not None and cell.table == number and all(
            text.paragraphs[i].kind == "footnote" for i in range(stop, at)
        ):  # fmt: skip
            stop = at + 1
        elif cell is not None:
            if number is not None:
                yield start, stop
            start, stop, number = at, at + 1, cell.table
    if number is not None:
        yield start, stop


def _read_rows(text: Text, start: int, stop: int) -> list[tuple[Slot, ...]]:
    """Return the cells by row; the paragraphs of one cell are one stretch."""
    rows: list[list[Slot]] = []
    for at in range(start, stop):
        paragraph = text.paragraphs[at]
        if (cell := paragraph.cell) is None:
            continue
        if not rows or rows[-1][-1].row != cell.row:
            rows.append([])
        elif rows[-1][-1].column == cell.column:
            rows[-1][-1] = replace(rows[-1][-1], end=paragraph.end)
            continue
        rows[-1].append(Slot(cell.row, cell.column, cell.rows, cell.columns, paragraph.start, paragraph.end))
    return [tuple(row) for row in rows]


def _read_table(text: Text, start: int, stop: int) -> Table:
    rows = tuple(_read_rows(text, start, stop))
    for top in range(min(_HEADER_ROWS, len(rows) - 1)):
        if not _may_be_header(text, rows[top]):
            continue
        below = top + _depth(text, rows, top)
        columns = _resolve(text, _column_words(text, rows[top:below]), rows[below:])
        known = set(columns.values()) & _ASSIGNS
        numbered = known == {"stt"} and any(is_number(slot_words(text, row[0])) for row in rows[below : below + 2])
        if len(known) > 1 or ("target" in known and "year" in columns.values()) or numbered:
            header = tuple(tuple(slot_words(text, slot) for slot in row) for row in rows[top:below])
            while below < len(rows) and is_numbering([slot_words(text, slot) for slot in rows[below]]):
                below += 1
            return Table(start, stop, rows, tuple(columns.items()), below, header)
    wide = sum(1 for row in rows if len({slot.column for slot in row}) > 1)
    return Table(start, stop, rows, grid=len(rows) > 1 and wide > len(rows) / 2)


def _goes_on(text: Text, first: Table, last: Table, table: Table) -> bool:
    """Tell whether a table is the rest of those before it: nothing between, the same columns, no other header."""
    if not first.columns or any(text.paragraphs[i].kind != "footnote" for i in range(last.stop, table.start)):
        return False
    if table.columns:
        return table.columns == first.columns and table.header == first.header
    width = _width(first)
    if width < 3 or not table.rows or _width(table) != width:
        return False
    numbers = next((column for column, role in first.columns if role == "stt"), None)
    return numbers is None or any(
        slot.column == numbers and is_number(slot_words(text, slot)) for row in table.rows[:2] for slot in row
    )


def _width(table: Table) -> int:
    """Return how many columns a table has, by its first rows."""
    return max(slot.column + slot.columns for row in table.rows[:_SAMPLE] for slot in row)


def _join(group: Sequence[Table]) -> Table:
    """Return tables that go on with each other as one, its rows numbered on."""
    first = group[0]
    if len(group) == 1:
        return first
    rows: list[tuple[Slot, ...]] = []
    below = 0
    for table in group:
        kept = table.rows[table.header_rows :] if rows else table.rows
        rows += (tuple(replace(slot, row=below + slot.row) for slot in row) for row in kept)
        below += 1 + max((slot.row + slot.rows - 1 for row in table.rows for slot in row), default=0)
    return replace(first, stop=group[-1].stop, rows=tuple(rows))


# -- the header --------------------------------------------------------------------------------------------------


def _may_be_header(text: Text, row: Sequence[Slot]) -> bool:
    """A row of several cells, the first of which is no number of a row."""
    return len(row) > 1 and row[-1].column < _WIDEST and not is_number(slot_words(text, row[0]))


def _depth(text: Text, rows: Sequence[tuple[Slot, ...]], top: int) -> int:
    """Return how many rows the header has that begins with row ``top``."""
    reach = max(slot.row + slot.rows for slot in rows[top])
    depth = 1
    while top + depth < len(rows) - 1 and depth <= _HEADER_ROWS:
        row = rows[top + depth]
        if row[0].row >= reach and not _is_lower_header(text, rows[top + depth - 1], row):
            break
        if is_number(slot_words(text, row[0])) and row[0].column == rows[top][0].column:
            break
        depth += 1
    return depth


def _is_lower_header(text: Text, above: Sequence[Slot], row: Sequence[Slot]) -> bool:
    """Tell whether a row divides columns of the header above it, where no cell says how far it reaches down."""
    covers = {column: slot for slot in above for column in range(slot.column, slot.column + slot.columns)}
    divides = 0
    for slot in row:
        words, over = slot_words(text, slot), covers.get(slot.column)
        if over is not None and words == slot_words(text, over):
            continue
        if slot.column == above[0].column or not (column_role(words) or _is_short(words)):
            return False
        before = covers.get(slot.column - 1)
        beside = over is not None and before is not None and slot_words(text, over) == slot_words(text, before)
        after = covers.get(slot.column + 1)
        beside = beside or (over is not None and (after is None or slot_words(text, over) == slot_words(text, after)))
        divides += over is None or over.columns > 1 or beside
    return divides > 1


def _is_short(words: str) -> bool:
    return len(words) <= 30 and not any(letter.isdigit() for letter in words.replace("m2", "").replace("m3", ""))


def _column_words(text: Text, header: Sequence[Sequence[Slot]]) -> dict[int, list[str]]:
    """Return the words above each column, from the top."""
    words: dict[int, list[str]] = {}
    for row in header:
        for slot in row:
            for column in range(slot.column, slot.column + slot.columns):
                said = words.setdefault(column, [])
                if not said or said[-1] != slot_words(text, slot):
                    said.append(slot_words(text, slot))
    return dict(sorted(words.items()))


def _role_of(words: Sequence[str]) -> str | None:
    """Return the role of a column by the words above it: the lowest decide, and else all of them."""
    roles = [column_role(part) for part in words]
    for role in ("money", "score"):
        if role in roles:
            return role
    return roles[-1] or column_role(" ".join(words)[:_LONG]) or next((role for role in roles if role), None)


def _resolve(
    text: Text, words: dict[int, list[str]], body: Sequence[Sequence[Slot]]
) -> dict[int, str]:  # fmt: skip
    """Return the roles of the columns, those settled that their words alone leave open."""
    roles = {column: role for column, said in words.items() if (role := _role_of(said))}
    said = {column: " ".join(parts).casefold() for column, parts in words.items()}
    first = min(slot.column for row in body for slot in row) if body else 0
    if first not in roles and "stt" not in roles.values() and _share(text, first, body, is_number):
        roles[first] = "stt"
    _settle_leads(roles, said)
    if "score" in roles.values() or ("criterion" in roles.values() and "year" not in roles.values()):
        return {column: role for column, role in roles.items() if role not in ("target", "criterion")}
    _settle_targets(text, roles, said, body)
    _settle_tasks(text, roles, body)
    unnamed = [column for column in words if column not in roles]
    if not {"task", "target"} & set(roles.values()) and any(
        r == "lead" and _CHIEF in said[c] for c, r in roles.items()
    ):
        roles.update(dict.fromkeys(unnamed[:1], "task"))  # "Tên văn bản | Cơ quan chủ trì soạn thảo"
    return roles


def _settle_leads(roles: dict[int, str], said: dict[int, str]) -> None:
    """Of several columns for those who do it, the one that says "chủ trì" leads; "Đơn vị" of a task is who does it."""
    leads = [column for column, role in roles.items() if role == "lead"]
    if any(_CHIEF in said[column] for column in leads):
        for column in leads:
            if _CHIEF not in said[column]:
                del roles[column]
    elif not leads and "task" in roles.values() and "target" not in roles.values():
        roles.update(
            (column, "lead") for column, role in list(roles.items()) if role == "unit" and "tính" not in said[column]
        )


def _settle_targets(
    text: Text, roles: dict[int, str], said: dict[int, str], body: Sequence[Sequence[Slot]]
) -> None:  # fmt: skip
    """Of several columns for targets, one holds the words and the others the values."""
    targets = [column for column, role in roles.items() if role == "target"]
    if not targets:
        return
    worded = [column for column in targets if not _YEAR.search(said[column]) and not _holds_values(text, column, body)]
    named_by = worded[0] if worded else None
    if named_by is None:
        left = [
            c for c in said if c < targets[-1] and roles.get(c) in (None, "task") and not _holds_values(text, c, body)
        ]
        named_by = next((c for c in left if roles.get(c) == "task"), left[0] if left else None)
    if named_by is None:
        return
    for column in targets:
        roles[column] = "year" if _YEAR.search(said[column]) else "value"
    roles[named_by] = "target"


def _settle_tasks(text: Text, roles: dict[int, str], body: Sequence[Sequence[Slot]]) -> None:
    """Of two columns of tasks, one whose cells hold for several rows only groups the tasks of the other."""
    tasks = [column for column, role in roles.items() if role == "task"]
    if len(tasks) < 2:
        return
    for column in tasks[:-1]:
        before = ""
        for row in body[:_SAMPLE]:
            slots = {slot.column: slot for slot in row}
            slot = slots.get(column)
            said = slot_words(text, slot) if slot else ""
            shared = slot.rows > 1 if slot else tasks[-1] in slots
            if shared or (said and said == before and tasks[-1] in slots):
                roles[column] = "group"
                break
            before = said


def _holds_values(text: Text, column: int, body: Sequence[Sequence[Slot]]) -> bool:
    """Tell whether most cells of a column are figures."""
    return _share(text, column, body, _is_value)


def _is_value(words: str) -> bool:
    return len(words) <= _LONGEST_VALUE and _VALUE.match(words) is not None


def _share(text: Text, column: int, body: Sequence[Sequence[Slot]], holds: Callable[[str], bool]) -> bool:
    """Tell whether something holds of most cells of a column."""
    words = [slot_words(text, slot) for row in body[:_SAMPLE] for slot in row if slot.column == column]
    return 2 * sum(map(holds, words)) > len(words)
