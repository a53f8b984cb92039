"""The subcommand ``vnplan evaluate``: scores against annotations, as tables, JSON or pages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnplan.errors import VnplanError

if TYPE_CHECKING:
    from vnplan.evaluate_scores import Evaluation

VIEWS = ("documents", "constructions", "confusion")


def add_options(parser: Any) -> None:
    """Add the arguments of the subcommand to its parser."""
    parser.add_argument("gold", metavar="GOLD_DIR", help="folder of the annotations")
    parser.add_argument(
        "--documents",
        action="extend",
        nargs="+",
        default=[],
        metavar="DIR",
        help="folder of the documents, where they do not stand beside their annotations; may be given again",
    )
    parser.add_argument(
        "--without",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME",
        help="name of a folder below GOLD_DIR that is passed over; may be given again",
    )
    parser.add_argument(
        "--by",
        action="extend",
        nargs="+",
        default=[],
        choices=VIEWS,
        metavar="VIEW",
        help=f"also print a table by {', '.join(VIEWS)}; may be given again",
    )
    parser.add_argument(
        "--against", metavar="FILE", help="an earlier result (--format json): print what was gained and lost since"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="how to print (default: text)"
    )
    parser.add_argument(
        "--output", metavar="DIR", default="evaluation", help="folder of the pages of html (default: evaluation)"
    )


def measure(options: argparse.Namespace) -> Evaluation:
    """Return the scores that the arguments ask for; raises :class:`VnplanError` for annotations that cannot be used."""
    from vnplan.evaluate import evaluate
    from vnplan.evaluate_cascade import evaluate_cascades

    try:
        result = evaluate(
            Path(options.gold), [Path(folder) for folder in options.documents], without=options.without
        )  # fmt: skip
        return evaluate_cascades(Path(options.gold), result, without=options.without)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise VnplanError("bad-gold", f"{options.gold}: an annotation cannot be used ({what})") from error


def answer(options: argparse.Namespace, result: Evaluation) -> str:
    """Return what to print of the scores; writes the pages when they are asked for."""
    from vnplan.evaluate_tables import confusion_table, constructions_table, documents_table, gains, gains_table
    from vnplan.report.records import encode

    record = result.record()
    changed = None
    if options.against:
        earlier = _earlier(options.against)
        try:
            changed = gains(earlier, record)
            gains_table(changed)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            what = f"no result of vnplan evaluate --format json ({type(error).__name__}: {error})"
            raise VnplanError("bad-result", f"{options.against}: {what}") from error
    if options.format == "json":
        return encode(record | ({"against": changed} if changed else {})).decode()
    if options.format == "html":
        return _write_pages(options, result, changed)
    views = {"documents": documents_table, "constructions": constructions_table, "confusion": confusion_table}
    parts = [result.table(), *(views[view](result) for view in dict.fromkeys(options.by))]
    return "\n\n".join([*parts, *([gains_table(changed)] if changed else [])])


def _write_pages(options: argparse.Namespace, result: Evaluation, changed: dict[str, Any] | None) -> str:
    from vnplan.evaluate_pages import evaluation_pages
    from vnplan.report.files import write_whole

    folder = Path(options.output)
    for name, page in evaluation_pages(result, title=options.gold, changed=changed):
        write_whole(folder / name, page.encode())
    return str(folder / "index.html")


def _earlier(path: str) -> dict[str, Any]:
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise VnplanError("bad-result", f"{path}: no result of vnplan evaluate --format json ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("layers"), dict):
        raise VnplanError("bad-result", f"{path}: no result of vnplan evaluate --format json")
    return record
