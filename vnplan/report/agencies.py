"""What the gazetteer knows of a name, as text and as a record for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from vnplan.gazetteer.lookup import Change, Entry, acts
from vnplan.report.lines import wrap
from vnplan.report.records import Record
from vnplan.report.view import shown_date
from vnplan.report.words import LEVELS, Language, Words, say

_MOST: Final = 20  # bodies or units of one name that are printed
_WORDS: Final = {
    "body": Words("cơ quan", "agency"),
    "class": Words("nhóm cơ quan", "class of agencies"),
    "unit": Words("đơn vị hành chính", "administrative unit"),
    "valid": Words("tồn tại", "valid"),
    "from": Words("từ", "from"),
    "until": Words("đến hết", "until"),
    "always": Words("không ghi ngày bắt đầu hay kết thúc", "no first or last day recorded"),
    "on": Words("vào", "on"),
    "there": Words("đang tồn tại", "in being"),
    "not-there": Words("không tồn tại", "not in being"),
    "predecessors": Words("tiếp nhận từ", "took over from"),
    "successors": Words("chuyển sang", "went to"),
    "instead": Words("phụ trách khi ấy", "then in charge"),
    "none": Words("không có đơn vị nào kế tục cả huyện", "no unit follows the district as a whole"),
    "communes": Words("các đơn vị cấp xã", "its communes"),
    "acts": Words("văn bản", "acts"),
    "unread": Words("chưa đối chiếu", "not checked"),
    "in-force": Words("hiệu lực", "in force"),
    "more": Words("… và {} tên khác; hãy nêu đơn vị cấp trên", "… and {} more; name the unit above"),
}


def lookup_record(query: str, on: str | None, issuer: str | None, entries: Sequence[Entry]) -> Record:
    """Return what was asked and what was found, with the acts that the entries rest on."""
    named = dict.fromkeys(act for entry in entries for act in _acts_of(entry))
    known = acts()
    return {
        "schema": 1,
        "query": query,
        "on": on,
        "issuer": issuer,
        "entries": [
            asdict(entry) | {"communes": [{"name": name, "now": list(now)} for name, now in entry.communes]}
            for entry in entries
        ],
        "acts": [asdict(known[act]) for act in named if act in known],
    }


def lookup_text(
    entries: Sequence[Entry], *, on: str | None = None, language: Language = "vi", columns: int = 100
) -> str:  # fmt: skip
    """Return the entries for people to read, the acts behind each of them."""
    blocks = ["\n".join(_entry(entry, on, language, columns)) for entry in entries[:_MOST]]
    if len(entries) > _MOST:
        blocks.append(_WORDS["more"].of(language).format(len(entries) - _MOST))
    return "\n\n".join(blocks) + "\n"


def _acts_of(entry: Entry) -> list[str]:
    return [*entry.acts, *(change.act for change in entry.instead if change.act)]


def _entry(entry: Entry, on: str | None, language: Language, columns: int) -> Iterator[str]:
    def say_word(key: str) -> str:
        return _WORDS[key].of(language)

    yield from wrap(entry.name, columns)
    about = [say_word(entry.kind), say(LEVELS, entry.level).of(language)]
    if entry.jurisdiction and entry.kind == "body":
        about.append(entry.jurisdiction)
    yield from wrap(" · ".join(word for word in about if word), columns, "  ")
    yield f"  {say_word('valid')}: {_validity(entry, language)}"
    if on:
        state = say_word("there" if entry.in_being else "not-there")
        yield f"  {say_word('on')} {shown_date(on, language)}: {state}"
    for key in ("predecessors", "successors", "instead"):
        changes: tuple[Change, ...] = getattr(entry, key)
        if changes:
            yield f"  {say_word(key)}:"
        for change in changes:
            yield from _change(change, key, language, columns)
    if entry.communes:
        if not entry.successors:
            yield f"  {say_word('successors')}: {say_word('none')}"
        yield f"  {say_word('communes')}:"
        for name, now in entry.communes:
            yield from wrap(f"{name} → {'; '.join(now) or '?'}", columns, "    ", "      ")
    yield from _act_lines(entry, language, columns)


def _validity(entry: Entry, language: Language) -> str:
    first, last = shown_date(entry.valid_from, language), shown_date(entry.valid_to, language)
    parts = [f"{_WORDS['from'].of(language)} {first}"] if first else []
    parts += [f"{_WORDS['until'].of(language)} {last}"] if last else []
    return " ".join(parts) or _WORDS["always"].of(language)


def _change(change: Change, key: str, language: Language, columns: int) -> Iterator[str]:
    line = change.name + (f" ({change.work})" if change.work else "")
    if change.on and key != "instead":
        line = f"{_WORDS['from'].of(language)} {shown_date(change.on, language)}: {line}"
    if change.act:
        line += f" [{change.act}]"
    yield from wrap(line, columns, "    ", "      ")


def _act_lines(entry: Entry, language: Language, columns: int) -> Iterator[str]:
    known, named = acts(), list(dict.fromkeys(_acts_of(entry)))
    if named:
        yield f"  {_WORDS['acts'].of(language)}:"
    for number in named:
        if act := known.get(number):
            since = f", {_WORDS['in-force'].of(language)} {shown_date(act.in_force, language)}" if act.in_force else ""
            doubt = "" if act.read else f" ({_WORDS['unread'].of(language)})"
            yield from wrap(f"{number}{since}: {act.effect}{doubt}", columns, "    ", "      ")
