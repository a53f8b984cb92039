"""Where the quote of an aim begins and ends in the words of its item."""

from __future__ import annotations

import re
from dataclasses import replace

from vnplan.extract.quantities import Quantity
from vnplan.extract.target_context import Context
from vnplan.extract.target_frames import Aim, Frame, clause_stop
from vnplan.extract.target_segments import LONGEST
from vnplan.extract.target_terms import Left
from vnplan.extract.target_times import PLAIN, STRICT
from vnplan.extract.target_words import Stretch, trim
from vnplan.model import Commitment

_STOP = re.compile(r";|\.(?=[ ]|$)")
_GOES_ON = re.compile(r"(?:đồng thời[ ])?(?:được|có thể được)[ ]", re.I)
_EXCEPT = re.compile(r"(?:trừ|ngoại trừ|không bao gồm|không kể|nếu có|trong trường hợp)(?!\w)", re.I)


def right_of(masked: str, quantity: Quantity, end: int) -> Stretch:
    """Return what follows the quantity in its clause, from the counted noun on."""
    at = quantity.of if quantity.kind == "count" else quantity.end
    if behind := _BEHIND.match(masked, at, end):
        at = behind.end()
    piece = trim(masked, at, end)
    return piece if piece and piece[0] < piece[1] else (end, end)


_BEHIND = re.compile(r"(?:[ ]?/[ ]?\w+(?:[ ](?:dân|người))?){1,2}|[ ]trở[ ](?:lên|xuống)", re.I)


def quote_end(words: str, masked: str, quantity: Quantity, end: int) -> tuple[int, Stretch | None]:
    """Return the end of the quote, and the words of a bracket that narrows the population."""
    stop = clause_stop(masked, quantity, end)
    closed = stop
    while closed > quantity.end and masked[closed - 1] in " .":
        closed -= 1
    opened = closed
    while opened > quantity.end and masked[opened - 1] == "·":
        opened -= 1
    if opened < closed and _EXCEPT.match(words, opened + 1):
        before = opened - 1 if masked[opened - 1] == " " else opened
        return before, (opened + 1, closed - 1)
    return stop, None


def quote_start(
    masked: str,
    start: int,
    left: Left,
    quantity: Quantity,
    commitment: tuple[Commitment, int] | None,
    frame: Frame,
    subject: Stretch,
    lead: int,
) -> int:
    """Return where the quote begins: at the word of commitment, else at the subject, else at the comparison."""
    if commitment is not None and commitment[1] < quantity.start:
        phrase = masked[commitment[1] : commitment[1] + 4].lower()
        if phrase != "phải" or frame == "having":
            return commitment[1]
    if subject[0] < subject[1]:
        return subject[0]
    begin = min(max(left.at, lead), quantity.start)
    while begin < quantity.start and masked[begin] in " ,:":
        begin += 1
    return begin


def timed_start(masked: str, start: int, begin: int, context: Context) -> int:
    """Return where the quote of a bare number begins: at the time before it ("đến năm 2030: 80%")."""
    if context.opened is not None and not masked[start:begin].strip(" ,"):
        return context.opened
    while start < begin and masked[start] in " ,;:-+*•":
        start += 1
    return start if STRICT.match(masked, start, begin) or PLAIN.match(masked, start, begin) else begin


def with_continuations(words: str, masked: str, aims: list[Aim]) -> list[Aim]:
    """Let an outcome go on behind a semicolon where the next stretch begins with "được" and sets no aim of its own."""
    result = []
    for index, aim in enumerate(aims):
        limit = aims[index + 1].start if index + 1 < len(aims) else len(words)
        outcome = aim.parts.outcome
        if outcome and masked.startswith("được", outcome[-1][0]) and masked.startswith(";", aim.end):
            end = _continued(masked, aim.end, min(limit, aim.end + LONGEST))
            parts = replace(aim.parts, outcome=(*outcome[:-1], (outcome[-1][0], max(end, outcome[-1][1]))))
            aim = replace(aim, end=end, parts=parts)
        result.append(aim)
    return result


def _continued(masked: str, end: int, limit: int) -> int:
    """Return where the stretches behind ``end`` that begin with "được" end."""
    at = end
    for _ in range(4):
        if not masked.startswith(";", at):
            break
        found = _STOP.search(masked, at + 1, limit)
        stop = found.start() if found else limit
        piece = masked[at + 1 : stop].strip()
        if _GOES_ON.match(piece):
            end = at + 1 + len(masked[at + 1 : stop].rstrip())
        elif len(piece) > 120 or any(figure.isdigit() for figure in piece):
            break
        at = stop
    return end
