"""Writes the gold annotations of a sample document out of the decisions noted in its source."""

from __future__ import annotations

import re
from typing import Any

from builder.markup import Item, Plan, Row, expand, plain_text

WORDS = 12  # of a quote or a running heading that is cut short
UNDECIDED = "?"  # the value of a field that is left out


def fold(text: str) -> str:
    """Return ``text`` with white space folded."""
    return " ".join(text.split())


def _start(text: str) -> str:
    return " ".join(text.split()[:WORDS]).rstrip(";.")


def _value(text: str) -> str | None:
    return None if text in ("", "-") else text


def without(row: Row, *keys: str) -> Row:
    """Return ``row`` without the given keys: what an article reports has no place in a numbering."""
    return {key: value for key, value in row.items() if key not in keys}


def _marked(row: Row, flags: frozenset[str] | set[str]) -> Row:
    known = {key: value for key, value in row.items() if value not in (UNDECIDED, [UNDECIDED])}
    return {**known, "uncertain": True} if "uncertain" in flags else known


def header_row(plan: Plan) -> Row:
    """Return the header fields."""
    row: Row = {}
    for word, value in plan.annotations:
        if word == "header":
            for part in [value] if value.startswith("subject:") else value.split("|"):
                key, _, text = part.partition(":")
                row[key.strip()] = _value(text.strip())
        elif word == "signatory":
            name, position, capacity = (_value(part.strip()) for part in value.split("|"))
            row["signatory"] = {"name": name, "position": position, "capacity": capacity}
    recipients = [text.rstrip(";.,") for text in plan.documents()[0].of("recip")]
    return {**row, "recipients": recipients} if recipients else row


def _role(plan: Plan, path: str) -> str | None:
    best, role = -1, None
    for item in plan.items:
        inside = path == item.path or path.startswith(item.path + ".")
        if "role" in item.fields and item.path and inside and len(item.path) > best:
            best, role = len(item.path), item.fields["role"]
    return role


def section_rows(plan: Plan) -> list[Row]:
    """Return the section rows in reading order; a running text is a heading of its first words."""
    rows = []
    for item in plan.body():
        if "s" not in item.flags:
            continue
        words = item.words
        running = words.endswith((".", ";", ":")) and len(words.split()) > WORDS
        heading = item.fields.get("heading") or (" ".join(words.split()[:WORDS]) if running else words)
        row: Row = {"path": item.path, "label": item.label, "heading": heading, "role": _role(plan, item.path)}
        rows.append({key: value for key, value in row.items() if value is not None})
    return rows


def _inherited(plan: Plan, item: Item, key: str) -> list[str]:
    if key in item.fields:
        return expand(item.fields[key], plan)
    best, value = -1, ""
    for other in plan.items:
        if (
            key in other.fields
            and "s" in other.flags
            and item.path.startswith(other.path + ".")
            and len(other.path) > best
        ):
            best, value = len(other.path), other.fields[key]
    return expand(value, plan)


def deadline_row(value: str, path: str) -> Row:
    """Return a deadline from ``quote | type | value | bound [| rrule]``."""
    quote, kind, when, bound, *rest = (part.strip() for part in value.split("|"))
    rrule = None
    if day := re.fullmatch(r"XXXX-([0-9]{2})-([0-9]{2})", when):
        rrule = f"FREQ=YEARLY;BYMONTH={int(day[1])};BYMONTHDAY={int(day[2])}"
    elif when == "XXXX":
        rrule = "FREQ=YEARLY"
    rule = next((part for part in rest if part.startswith(("FREQ", UNDECIDED))), rrule)
    row: Row = {
        "quote": quote,
        "type": _value(kind),
        "value": _value(when),
        "bound": bound,
        "rrule": rule,
        "path": path,
    }
    return _marked({key: row[key] for key in row if key not in ("type", "path") or row[key]}, set(rest))


def reference_row(value: str, path: str) -> Row:
    """Return a reference from ``quote | kind | number | date | issuer | relation [| subject: … | provision: …]``."""
    quote, kind, number, date, issuer, relation, *rest = (part.strip() for part in value.split("|"))
    row: Row = {"quote": quote, "kind": kind, "number": _value(number), "date": _value(date), "issuer": _value(issuer)}
    row |= {"relation": relation, "provision": None}
    for part in rest:
        key, colon, text = part.partition(":")
        if colon:
            row[key.strip()] = text.strip()
    return _marked({**row, "path": path} if path else row, set(rest))


def target_row(value: str, item: Item, role: str | None) -> Row:
    """Return a target from ``low[..high] unit comparator commitment horizon source | pop: … | out: …``."""
    first, *rest = value.split("|")
    number, unit, comparator, commitment, horizon, source = first.split()
    given = {key.strip(): text.strip() for key, _, text in (part.partition(":") for part in rest)}
    low, _, high = number.partition("..")
    return _marked(
        {
            "quote": given.get("q") or item.words.rstrip(".;"),
            "low": low if low == UNDECIDED else float(low),
            "high": low if low == UNDECIDED else float(high or low),
            "comparator": comparator,
            "unit": unit.replace("_", " "),
            "population": given.get("pop"),
            "outcome": given.get("out"),
            "condition": given.get("cond"),
            "commitment": commitment,
            "horizon": _value(horizon),
            "horizon_source": _value(source),
            "per": given.get("per"),
            "baseline": given.get("baseline"),
            "path": given.get("path") or item.path or UNDECIDED,
            "role": role or UNDECIDED,
        },
        {part.strip() for part in rest},
    )


def agency_rows(plan: Plan) -> list[Row]:
    """Return the distinct bodies in order of the first place where their quote stands."""
    kinds = ("heading", "paragraph", "row", "note")
    body = fold(" \n ".join(item.text.replace("|", " ") for item in plan.items if item.kind in kinds))
    rows = []
    for word, value in plan.annotations:
        if word != "agency":
            continue
        quote, name, level, *rest = (part.strip() for part in value.split("|"))
        at = re.search(rf"(?<!\w){re.escape(fold(quote))}(?!\w)", body)
        if not at:
            raise ValueError(f"{plan.out}: agency {quote!r} not in the text")
        row: Row = {"quote": quote, "name": expand(name, plan)[0], "level": _value(level)}
        jurisdiction = next((part[3:].strip() for part in rest if part.startswith("in:")), None)
        row |= {"jurisdiction": jurisdiction, "class": "class" in rest}
        rows.append((at.start(), _marked({key: row[key] for key in row if row[key] is not None}, set(rest))))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def gold_of(plan: Plan, name: str) -> Row:
    """Return the whole gold annotation of the document called ``name``."""
    references: list[Row] = []
    targets: list[Row] = []
    tasks: list[Row] = []
    deadlines: list[Row] = []
    article = plan.options.get("medium") == "article"
    for item in plan.items:
        role = _role(plan, item.path) if item.path else None
        if "t" in item.flags:
            fields = item.fields
            due: Any = fields.get("dl")  # which of the deadlines from here on
            due = len(deadlines) + int(due) - 1 if due and due != UNDECIDED else due
            words = item.cells[int(fields.get("cell", 1))] if item.kind == "row" else item.words
            row: Row = {"quote": fields.get("q") or _start(words), "path": item.path or UNDECIDED}
            row |= {"lead": _inherited(plan, item, "lead"), "coordinating": _inherited(plan, item, "coord")}
            row |= {"deadline": due, "product": fields.get("product")}
            if article:
                row = {**without(row, "path"), "reported": True}
            tasks.append(_marked(row, item.flags))
        for word, value in item.notes:
            if word == "ref":
                references.append(reference_row(value, "" if article else item.path))
            elif word == "target":
                aim = target_row(value, item, role)
                targets.append({**without(aim, "path", "role"), "reported": True} if article else aim)
            else:
                deadlines.append(deadline_row(value, "" if article else item.path))
    layers = {
        "references": references,
        "targets": targets,
        "tasks": tasks,
        "agencies": agency_rows(plan),
        "deadlines": deadlines,
    }
    _check_order(plan, layers)
    medium = "article" if article else "document"
    sections = {} if article else {"sections": section_rows(plan)}
    return {"document": name, "source": {"medium": medium}, "header": header_row(plan), **sections, **layers}


def _check_order(plan: Plan, layers: dict[str, list[Row]]) -> None:
    text = fold(plain_text(plan).replace("|", " "))
    for layer, rows in layers.items():
        at = 0
        for row in rows:
            found = text.find(fold(row["quote"]), at)
            if found < 0:
                raise ValueError(f"{plan.out}: {layer}: {row['quote']!r} is not in the text after the quote before it")
            at = found + (0 if layer in ("targets", "agencies") else 1)
