"""The subcommand ``vnplan agencies``: what the gazetteer knows of a name."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import Any

from vnplan.errors import VnplanError

# yes: 2024-01-30
# yes: 2025
# no:  30/01/2024
_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def add_options(parser: Any) -> None:
    """Add the arguments of the subcommand to its parser."""
    parser.add_argument("name", metavar="NAME", help='an agency, a class of agencies or a unit: "Sở LĐTBXH"')
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day, month or year that matters: 2024-01-30")
    parser.add_argument("--issuer", metavar="WORDS", help='who issued the document that names it: "UBND tỉnh Lạng Sơn"')
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")


def _day(words: str) -> str:
    try:
        real = bool(_DAY.fullmatch(words) and date.fromisoformat(words + "0000-01-01"[len(words) :]))
    except ValueError:  # such as 31 February
        real = False
    if not real:
        raise argparse.ArgumentTypeError(f"{words!r} is no date like 2024-01-30, 2024-01 or 2024")
    return words


def answer(options: argparse.Namespace, columns: int) -> str:
    """Return what to print; raises :class:`VnplanError` when the lists hold no such name."""
    from vnplan.gazetteer.lookup import look_up
    from vnplan.report.agencies import lookup_record, lookup_text
    from vnplan.report.records import encode

    if options.issuer and not look_up(options.issuer, on=options.on):
        raise _unknown(options.issuer)
    entries = look_up(options.name, on=options.on, issuer=options.issuer)
    if not entries:
        raise _unknown(options.name)
    if options.format == "json":
        return encode(lookup_record(options.name, options.on, options.issuer, entries)).decode()
    return lookup_text(entries, on=options.on, language=options.lang, columns=columns)


def _unknown(words: str) -> VnplanError:
    from vnplan.gazetteer.lookup import nearest_names
    from vnplan.report.escape import shortened

    near = "; ".join(nearest_names(words)) or "none is near"
    return VnplanError(
        "unknown-name", f"{shortened(words, 200)}: no agency, class or unit of this name; nearest: {near}"
    )
