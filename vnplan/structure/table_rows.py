"""The rows of a table as nodes: section rows, numbered rows, rows that go on with the one above.

A merged cell applies to every row that it covers, and so does a mark that repeats what stands above ("nt"). Formats
that cannot merge cells repeat them or leave them empty: a row with the number and the words of the row above, or with
neither, goes on with that row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from vnplan.model import Paragraph, SectionKind, Text
from vnplan.structure.labels import Label, read_label, roman
from vnplan.structure.outline import ROOT, Draft
from vnplan.structure.tables import Slot, Table, is_number, is_numbering, slot_words

# yes: -nt-
# yes: Như trên.
# no:  Như trên địa bàn
_DITTO = re.compile(r"[-–. ]{0,3}(?:nt|n\.t|như trên|[\"“”″〃]{1,2}|''|//)[-–. ]{0,3}", re.I)
_SAID = ("task", "target")
_DONE_BY = ("lead", "coordinating")
_RANKS = {"A": 0, "I": 1, "1": 2, "1.1": 3, "a": 5, "-": 6, "": 7}
_LONG_LABEL = 12
_ALIKE = 3  # cells of a repeated header
_PARTS = 60  # rows that one row may go on over

Cell = tuple[str, int, int]  # role, start, end


@dataclass(slots=True)
class _Row:
    """One row: its own cells, and those of rows above that reach into it."""

    slots: tuple[Slot, ...]
    cells: list[Cell]
    covered: list[Cell]
    stt: str = ""
    words: str = ""  # of its task or indicator
    style: str = ""  # of its number
    own: frozenset[str] = frozenset()
    alike: bool = False  # all cells say the same: a merged cell repeated
    repeats: bool = False  # its number and its words are those of the row above

    def cell(self, *roles: str) -> Cell | None:
        """Return its first cell of one of the roles."""
        return next((cell for cell in self.cells if cell[0] in roles), None)

    def said(self) -> Cell | None:
        """Return the cell that says what the row is about."""
        return self.cell(*_SAID) or next((cell for cell in self.cells if cell[0] != "stt"), None)


@dataclass(slots=True)
class _Rows:
    """The rows of one table as they are read: what merged cells still cover, which section rows are open."""

    text: Text
    columns: dict[int, str]
    plain: bool  # nothing can be merged: a cell that is empty may have been
    reach: dict[int, tuple[int, str, int, int]] = field(default_factory=dict)  # column -> (last row, role, start, end)
    above: dict[str, Cell] = field(default_factory=dict)  # the cells of the row above, by role
    found: list[tuple[Draft, bool]] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)  # style and number of the section rows that are open
    before: _Row | None = None
    element: str = ""
    ordinal: int = 0
    shared: int = 1
    unnumbered: int = 0
    parts: int = 1  # of the last row: those that go on with it, and itself


def read_row_nodes(text: Text, table: Table) -> list[tuple[Draft, bool]]:
    """Return a node for each row below the header, and whether rows hang on it (a section row: I, II, merged cells).

    A row that goes on with the row above is of style ``row+``: it adds its cells to that row. ``level`` says in how
    many section rows of the table the node stands.
    """
    body = table.rows[table.header_rows :]
    rows = _Rows(text, dict(table.columns), _is_piped(text, body))
    read = [_read_row(rows, row) for row in body if not _is_header(text, table, row)]
    for number, row in enumerate(read):
        _add(rows, row, read[number + 1] if number + 1 < len(read) else None)
    return rows.found


def _is_header(text: Text, table: Table, row: Sequence[Slot]) -> bool:
    """Tell whether a row repeats the header, or the numbers of its columns, at the head of a page."""
    words = [slot_words(text, slot) for slot in row]
    if not table.columns:
        return False
    return tuple(words) in table.header or is_numbering(words) or _repeats(text, table, row)


def _repeats(text: Text, table: Table, row: Sequence[Slot]) -> bool:
    """Tell whether a row has the words of the header's columns but for one cell, which recognition lost there."""
    head = {slot.column: slot_words(text, slot) for cells in table.rows[: table.header_rows] for slot in cells}
    same = [slot for slot in row if head.get(slot.column) == slot_words(text, slot)]
    return len(same) >= _ALIKE and len(row) - len(same) < 2 and not any(is_number(slot_words(text, s)) for s in row)


def _is_piped(text: Text, rows: Sequence[Sequence[Slot]]) -> bool:
    """Tell whether a table is drawn with ``|`` in the text itself, where no cell can be merged."""
    if not rows:
        return False
    place = text.offsets[rows[0][0].start]
    return text.raw[max(0, place - 40) : place].rstrip(" \t*_").endswith("|")


def _read_row(rows: _Rows, slots: tuple[Slot, ...]) -> _Row:
    text = rows.text
    row = _Row(slots, [(_role(rows, slot, slots), slot.start, slot.end) for slot in slots], _covered(rows, slots))
    words = [slot_words(text, slot) for slot in slots]
    row.alike = len(set(words[-len(slots) + is_number(words[0]) :])) == 1 and len(slots) > 2
    if row.alike and not is_number(words[0]):
        row.cells[0] = ("other", *row.cells[0][1:])
    row.own = frozenset(role for role, _, _ in row.cells)
    if (number := row.cell("stt")) is not None:
        row.stt = text.clean[number[1] : number[2]].strip()
    if (said := row.cell(*_SAID)) is not None:
        row.words = text.clean[said[1] : said[2]]
    row.style = _style(row.stt)
    return row


def _role(rows: _Rows, slot: Slot, slots: Sequence[Slot]) -> str:
    """Return the role of a cell; one that reaches from the numbers into the words holds words."""
    role = rows.columns.get(slot.column, "other")
    if role != "stt":
        return role
    inside = [rows.columns.get(column) for column in range(slot.column + 1, slot.column + slot.columns)]
    named = next((role for role in inside if role in _SAID), None)
    if named is None and len(slots) == 1 and not is_number(slot_words(rows.text, slot)):
        named = next((role for role in rows.columns.values() if role in _SAID), "other")
    return named or ("other" if slot.columns > 1 else role)


def _covered(rows: _Rows, slots: Sequence[Slot]) -> list[Cell]:
    """Return the merged cells of rows above that reach into this row, and note those that begin in it."""
    present: set[int] = set()
    for slot in slots:
        present.update(range(slot.column, slot.column + slot.columns))
        if slot.rows > 1 and (role := rows.columns.get(slot.column)):
            rows.reach[slot.column] = (slot.row + slot.rows - 1, role, slot.start, slot.end)
    place = slots[0].row
    return [(r, s, e) for c, (reach, r, s, e) in rows.reach.items() if c not in present and place <= reach]


def _style(stt: str) -> str:
    """Return the style of a row's number: A, I, 1, 1.1, a, - or nothing."""
    number = stt.strip(" .():/")
    if not number.strip("-–+*•"):
        return "-" if stt.strip() else ""
    if number.replace(".", "").isdigit():
        return "1.1" if "." in number else "1"
    if number.isupper() and roman(number):
        return "I"
    if len(number) == 1 and number.isalpha():
        return "A" if number.isupper() else "a"
    return ""


# -- from rows to nodes ------------------------------------------------------------------------------------------


def _add(rows: _Rows, row: _Row, following: _Row | None) -> None:
    """Append the node of a row."""
    before, rows.before = rows.before, row
    row.cells = [_repeated(rows, cell) for cell in row.cells]
    goes_on = before is not None and bool(rows.found) and not rows.found[-1][1] and rows.parts < _PARTS
    if before is not None and goes_on and _continues(rows, row, before):
        rows.parts += 1
        rows.found.append((_more(rows, row), False))
        row.stt, row.words, row.style, row.own = before.stt, before.words, before.style, before.own
        return
    rows.parts = 1
    section = _is_section(rows, row, following) if rows.columns else _is_merged(row)
    if section:
        rows.above.clear()
    elif rows.plain:
        row.covered += _left_empty(rows, row)
    rows.found.append((_node(rows, row, section), section))
    rows.above.update((cell[0], cell) for cell in (*row.covered, *row.cells) if not section)


def _repeated(rows: _Rows, cell: Cell) -> Cell:
    """Return the cell that a mark for "the same" stands for."""
    role, start, end = cell
    above = rows.above.get(role)
    ditto = above is not None and role != "stt" and _DITTO.fullmatch(rows.text.clean, start, end)
    return above if above is not None and ditto else cell


def _left_empty(rows: _Rows, row: _Row) -> list[Cell]:
    """Return the cells that a row shares with the row above where nothing can be merged: who does it, and by when."""
    if "task" not in row.own or row.own & {*_DONE_BY, "deadline"}:
        return []
    return [cell for role in (*_DONE_BY, "deadline") if (cell := rows.above.get(role)) is not None]


def _continues(rows: _Rows, row: _Row, before: _Row) -> bool:
    """Tell whether a row has no task of its own: its number and words are merged with, or those of, the row above."""
    shared = {role for role, _, _ in row.covered}
    if "task" in shared and not row.own & {"task", "target", "stt"}:
        return True
    if _is_rest(rows, row, before):
        return True
    if not row.own & {*_DONE_BY, "deadline", "product"} or "task" not in before.own:
        return False
    if "task" not in row.own:
        return not row.stt and "target" not in row.own
    row.repeats = bool(row.words) and row.words == before.words and row.stt == before.stt
    return row.repeats


def _is_rest(rows: _Rows, row: _Row, before: _Row) -> bool:
    """Tell whether a row is the rest of a numbered row that a page break has cut: no number, nobody who does it."""
    if row.stt or not before.stt or row.covered or "task" not in row.own & before.own:
        return False
    if row.own & {"lead", "deadline"} or _is_bold(rows, row):
        return False
    others = [cell for cell in row.cells if cell[0] in ("coordinating", "product")]
    return "stt" in rows.columns.values() and all(rows.text.clean[start].islower() for _, start, _ in others)


def _is_bold(rows: _Rows, row: _Row) -> bool:
    """Tell whether a row holds nothing but words in bold."""
    paragraph = _paragraph(rows, row.slots[0])
    return len(row.slots) == 1 and not row.stt and 0 < paragraph.end - paragraph.start <= paragraph.bold


def _more(rows: _Rows, row: _Row) -> Draft:
    first, last = row.slots[0], row.slots[-1]
    more = Draft("row+", 0, "", "", "row", ROOT, first.start, last.end, first.start, last.end, _page(rows, first))
    more.cells = tuple(cell for cell in row.cells if cell[0] != "stt" and not (cell[0] == "task" and row.repeats))
    return more


def _is_merged(row: _Row) -> bool:
    """Tell whether the only cell of a row, beside its number, reaches over the columns."""
    others = [slot for slot, cell in zip(row.slots, row.cells, strict=True) if cell[0] != "stt"]
    return len(others) == 1 and others[0].columns > (1 if row.stt else 2)


def _is_section(rows: _Rows, row: _Row, following: _Row | None) -> bool:
    """A row is a section when its cells are merged, or it has words alone and a high number, or rows below it."""
    if row.alike or _is_merged(row):
        return True
    said = row.said()
    if said is None or row.own & {*_DONE_BY, "product", "unit"}:
        return False
    high = row.style in ("A", "I")
    if rest := [cell for cell in row.cells if cell is not said and cell[0] != "stt"]:
        words = " ".join(rows.text.clean[start:end] for _, start, end in rest)
        return high and "lead" in rows.columns.values() and not any(map(str.isdigit, words))
    if high or (said[0] == "other" and not row.stt) or _is_bold(rows, row):
        return True
    if following is None or "task" not in row.own or "task" not in following.own or row.covered:
        return False
    return bool(row.style) and _RANKS[following.style] > _RANKS[row.style]


def _paragraph(rows: _Rows, slot: Slot) -> Paragraph:
    paragraphs = rows.text.paragraphs
    return paragraphs[bisect_right(paragraphs, slot.start, key=lambda paragraph: paragraph.start) - 1]


def _page(rows: _Rows, slot: Slot) -> int:
    return _paragraph(rows, slot).page


def _node(rows: _Rows, row: _Row, section: bool) -> Draft:
    first, last = row.slots[0], row.slots[-1]
    printed, body, end = row.stt, first.start, last.end
    if (said := row.said()) is not None:
        body, end = said[1:]
    label = read_label(printed + " ") if printed else None
    if not printed and said is not None and (label := _label_inside(rows, row, said, section)) is not None:
        printed, row.style = label.printed, _style(label.element)
        body = min(end, body + label.size)
    _open(rows, row, section, printed)
    element = _element(rows, row, printed, section)
    value = label.value if label else roman(element)
    kind: SectionKind = "heading" if section else "row"
    node = Draft("row", value or 1, element, printed, kind, ROOT, first.start, last.end, body, end, _page(rows, first))
    node.level = len(rows.open) - section
    node.cells = () if section else (*row.cells, *(cell for cell in row.covered if cell[0] != "stt"))
    return node


def _label_inside(rows: _Rows, row: _Row, said: Cell, section: bool) -> Label | None:
    """Return the number that the words begin with: in a merged cell, or where the table has no column for numbers."""
    if said[1] != row.slots[0].start or not (section or "stt" not in rows.columns.values()):
        return None
    label = read_label(rows.text.clean[said[1] : said[2]])
    return label if label is not None and label.value and label.size <= _LONG_LABEL else None


def _open(rows: _Rows, row: _Row, section: bool, printed: str) -> None:
    """Close the section rows that a row ends, and open it if it is one."""
    styles = [style for style, _ in rows.open]
    if row.style in styles and (section or row.style):
        del rows.open[styles.index(row.style) :]
    elif section:
        while rows.open and _RANKS[rows.open[-1][0]] > _RANKS[row.style]:
            rows.open.pop()
    if section:
        rows.open.append((row.style, printed.strip(" .()")))


def _element(rows: _Rows, row: _Row, printed: str, section: bool) -> str:
    """Return what stands in the path: the printed number, that of the row above and a count, or the ordinal."""
    rows.ordinal = 0 if section else rows.ordinal + 1
    rows.element = "" if section else rows.element
    if not printed and not section and rows.element and "stt" in rows.columns.values():
        rows.shared += 1
        return f"{rows.element}({rows.shared})"
    rows.shared = 1
    rows.element = str(rows.ordinal)
    if is_number(printed):
        rows.element = printed.strip(" .()")
        above = rows.open[-1 - section][1] if len(rows.open) > section else ""
        rows.element = rows.element.removeprefix(f"{above}.") if above.isdigit() else rows.element
    elif section:
        rows.unnumbered += 1
        rows.element = f"¶{rows.unnumbered}"
    return rows.element
