"""Kinds of documents: by the type line and by the code in a number (lexicon/kinds.txt)."""

from __future__ import annotations

import re
from functools import lru_cache

from vnplan.model import Kind
from vnplan.structure.lexicons import read_lines

# yes: (Ban hành kèm theo Quyết định số / (Kèm theo Nghị quyết số / Kèm theo Công văn
# no:  Ban hành kèm theo Quyết định này Quy chế
ISSUED_WITH = re.compile(
    r"[\[(]?[ ]?(?:(?:được )?[Bb]an hành )?(?:[Kk]èm theo|[Đđ]ính kèm)[ ](?:các[ ])?(?:Quyết định|Nghị quyết"
    r"|Kế hoạch|Công văn|Chương trình|Tờ trình|Thông tư|Nghị định|Chỉ thị|Văn bản|Báo cáo|Thông báo|Hướng dẫn)"
    r"(?![^.;)]{0,12}[ ]này[ ][A-ZĐ])"
)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Kind, str, tuple[str, ...]], ...]:
    rows: list[tuple[Kind, str, tuple[str, ...]]] = []
    for entry in read_lines("kinds.txt"):
        kind, words, codes = (part.strip() for part in entry.split("|"))
        rows.append((kind, words, tuple(code.strip() for code in codes.split(",") if code.strip())))  # type: ignore[arg-type]
    return tuple(rows)


@lru_cache(maxsize=1)
def _by_words() -> dict[str, Kind]:
    return {words.upper(): kind for kind, words, _ in _table()}


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Kind]:
    return {code: kind for kind, _, codes in _table() for code in codes}


@lru_cache(maxsize=1)
def type_words() -> re.Pattern[str]:
    """Return a pattern for a type line in capitals, the longest first."""
    names = sorted(_by_words(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])")


def kind_of_words(words: str) -> Kind | None:
    """Return the kind that a type line in capitals names.

    >>> kind_of_words("THÔNG TƯ LIÊN TỊCH"), kind_of_words("MỤC LỤC")
    ('joint circular', None)
    """
    return _by_words().get(" ".join(words.upper().split()))


def kind_of_number(number: str) -> Kind | None:
    """Return the kind by the type code in a number; ``7432/UBND-XD`` has none and is an official letter.

    >>> kind_of_number("57-NQ/TW"), kind_of_number("7432/UBND-XD"), kind_of_number("147/2025/QH15")
    ('resolution', 'official letter', None)
    """
    codes = [part for part in re.split(r"[/-]", number)[1:] if part and not part.isdigit()]
    for code in codes[:2]:
        kind = _by_code().get(code)
        if kind:
            return kind
    if not codes or re.match(r"(?:QH|UBTVQH)[0-9]", codes[0]):
        return None
    return "official letter"
