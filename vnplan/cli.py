"""The command ``vnplan``: reads plans, audits them against the documents above them, and prints what it finds.

The only module that prints. Results go to standard output, everything else to standard error, one line each.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnplan.batch import Outcome, SourcePath, distinct, find_sources, read_many
from vnplan.errors import VnplanError
from vnplan.read.detect import CONTAINERS, SUFFIXES
from vnplan.report.escape import encodable, printable

if TYPE_CHECKING:
    from vnplan.compare import Matrix, Progress
    from vnplan.model import Document, Edge
    from vnplan.report.view import Failure, View

OK: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
SOME_FAILED: Final = 3
ALL_FAILED: Final = 4
OUTPUT: Final = 5
INTERRUPTED: Final = 130
_MOST_WORKERS: Final = 256

_SUFFIXES: Final = " ".join(sorted(SUFFIXES | CONTAINERS))
_GRAVE: Final = {"high": frozenset({"high"}), "medium": frozenset({"high", "medium"})}
_EXIT_CODES: Final = """\
exit codes:
  0    every file was read
  1    there are findings as grave as --fail-on asks for
  2    the arguments are wrong
  3    some files could not be read
  4    no file could be read
  5    the output could not be written
  130  interrupted; 143 terminated
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (without the name of the program) and return its exit code."""
    _speak_utf8()
    try:
        options = build_parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or has printed the help
        return stop.code if isinstance(stop.code, int) else USAGE
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has seen enough
        _drop_output()
        return OUTPUT
    except VnplanError as error:
        _complain(f"{error.code}: {error.message}")
        return USAGE
    except OSError as error:
        _drop_output()
        _complain(
            f"output: {error.filename or 'standard output'}: {error.strerror or error}; nothing was written there"
        )
        return OUTPUT
    return code


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, with its subcommands and their help."""
    from vnplan import __version__

    parser = argparse.ArgumentParser(
        prog="vnplan",
        description="Reads Vietnam's administrative plans and shows what a plan keeps, weakens or drops of the "
        f"decision above it. Folders are searched for {_SUFFIXES}; each document in a .zip, .warc or .mht is read.",
        epilog="example:\n  vnplan audit plans/ --format html --output report\n\n" + _EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"vnplan {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_parse, _add_audit, _add_graph, _add_batch, _add_evaluate, _add_agencies):
        add(commands)
    return parser


def _add_command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], **words: str) -> Any:
    parser = commands.add_parser(
        name,
        help=words["help"],
        description=words["description"],
        epilog=f"example:\n  {words['example']}\n\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=run)
    return parser


def _add_language(parser: Any) -> None:
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the report (default: vi)")


def _add_paths(parser: Any) -> None:
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument(
        "paths",
        nargs="*",
        default=[],
        metavar="PATH",
        help="a document, a container of documents (.zip, .warc, .mht), or a folder",
    )
    group.add_argument("--store", metavar="DIR", help="take the documents that vnplan batch read into this store")


def _add_workers(parser: Any) -> None:
    parser.add_argument(
        "--workers",
        type=_count,
        default=1,
        metavar="N",
        help="read in N worker processes, each killed when a file takes too long or too much memory (default: 1, "
        "this process itself, without limits)",
    )


def _share(words: str) -> float:
    try:
        share = float(words)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{words!r} is no number from 0 to 1")
    return share


def _count(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 0 < int(words) <= _MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"{words!r} is no number from 1 to {_MOST_WORKERS}")
    return int(words)


def _add_parse(commands: Any) -> None:
    parser = _add_command(
        commands,
        "parse",
        _parse,
        help="read documents and print what stands in them",
        description="Prints one JSON object a line, one line a file: header, sections, references, targets, tasks,\n"
        "agencies and deadlines, each with its words and where they stand.",
        example="vnplan parse plan.pdf --no-text | jq .targets",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a container of documents (.zip, .warc, .mht), or a folder"
    )
    parser.add_argument(
        "--format", choices=("json", "table"), default="json", help="json lines, or a table to look at (default: json)"
    )
    _add_workers(parser)
    parser.add_argument("--no-text", action="store_true", help="leave the text itself out of the JSON")
    _add_language(parser)


def _add_audit(commands: Any) -> None:
    parser = _add_command(
        commands,
        "audit",
        _audit,
        help="compare plans with the documents that they implement",
        description="Finds which document implements which, and what each drops, weakens or moves back.\n"
        "Files with the same bytes are read once. What was not read whole is never accused of missing anything.",
        example="vnplan audit decision.pdf plans/ --fail-on high",
    )
    _add_paths(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="how to report (default: text)"
    )
    parser.add_argument(
        "--output",
        metavar="DIR",
        help="folder to write the report to (default: report for html, standard output otherwise)",
    )
    _add_workers(parser)
    parser.add_argument(
        "--matrix",
        action="store_true",
        help="also show what became of each target and task of a root in every document below it",
    )
    parser.add_argument(
        "--since",
        metavar="FILE",
        help="the JSON of an earlier audit: a link is suspect when the parent's words that it rests on changed",
    )
    parser.add_argument(
        "--min-confidence",
        type=_share,
        metavar="X",
        help="how sure a finding must be, 0 to 1; what is less sure is listed as a question to a reader (default: 0.6)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("high", "medium"),
        help="exit with 1 when there is a finding of this severity or a graver one",
    )
    _add_language(parser)


def _add_graph(commands: Any) -> None:
    parser = _add_command(
        commands,
        "graph",
        _graph,
        help="print the cascade: which document implements which",
        description="Prints the documents and their links as GraphML, JSON or the language of Graphviz.",
        example="vnplan graph plans/ --format dot | dot -Tsvg > cascade.svg",
    )
    _add_paths(parser)
    parser.add_argument(
        "--format", choices=("graphml", "json", "dot"), default="graphml", help="how to write it (default: graphml)"
    )
    _add_workers(parser)
    _add_language(parser)


def _add_batch(commands: Any) -> None:
    from vnplan.cli_batch import add_batch, run_batch

    parser = _add_command(
        commands,
        "batch",
        lambda options: run_batch(options, _complain),
        help="read very many documents into tables, in a run that may be interrupted",
        description="Reads every source in a worker process and keeps what stands in it, or why it could not be read,\n"
        "in Parquet tables. What the store has already is not read again. Needs vnplan[store].",
        example="vnplan batch portal/ crawl.warc.gz --store plans.store --resume",
    )
    add_batch(parser, _count)


def _add_evaluate(commands: Any) -> None:
    from vnplan.cli_evaluate import add_options

    parser = _add_command(
        commands,
        "evaluate",
        _evaluate,
        help="score what is found against annotations made by hand",
        description="Prints precision, recall and F1 for each layer, by document and by construction, or writes pages\n"
        "that show gold and output side by side. The annotations are files named *.gold.json.",
        example="vnplan evaluate corpus/ --without kept --by constructions --against earlier.json",
    )
    add_options(parser)
    _add_language(parser)


def _add_agencies(commands: Any) -> None:
    from vnplan.cli_agencies import add_options

    parser = _add_command(
        commands,
        "agencies",
        _agencies,
        help="show what is known of an agency or a unit, and what became of it",
        description="Prints canonical name, level, unit, validity, what came before and after, and by which act.",
        example='vnplan agencies "Sở LĐTBXH" --on 2024-01-30 --issuer "UBND tỉnh Lạng Sơn"',
    )
    add_options(parser)
    _add_language(parser)


def _agencies(options: argparse.Namespace) -> int:
    from vnplan.cli_agencies import answer

    _print(answer(options, _columns()))
    return OK


def _parse(options: argparse.Namespace) -> int:
    from vnplan.report.records import document_record, encode, failure_record
    from vnplan.report.terminal import document_text

    files = _sources(options.files)
    read = 0
    for outcome in _outcomes(files, options.workers):
        if outcome.document is not None:
            read += 1
            if options.format == "json":
                _print(encode(document_record(outcome.document, text=not options.no_text)).decode())
            else:
                _print(document_text(outcome.document, language=options.lang, columns=_columns()))
        elif outcome.failure is not None:
            _complain_of(outcome)
            if options.format == "json":
                _print(encode(failure_record(outcome.name, outcome.sha256, outcome.failure)).decode())
    return _code(read, len(files))


def _audit(options: argparse.Namespace) -> int:
    from vnplan.compare import audit, build_cascade, matrix, progress
    from vnplan.report.view import arrange

    documents, failures, code = _read_all(options)
    cascade = build_cascade(documents)
    asked = {} if options.min_confidence is None else {"min_confidence": options.min_confidence}
    if options.workers > 1 and not options.store:  # documents of a store load their words as they are needed
        asked["workers"] = options.workers
    result = audit(cascade, **asked)
    if options.since:
        result = replace(result, edges=_since(result.edges, options.since))
    matrices = matrix(cascade) if options.matrix else ()
    reached = progress(cascade)
    if options.format == "json":
        from vnplan.report.records import audit_record, encode

        record = audit_record(result)
        if options.matrix:
            from vnplan.report.matrix import matrix_record

            record["matrices"] = [matrix_record(one) for one in matrices]
        if reached:
            from vnplan.report.progress import progress_record

            record["progress"] = [progress_record(one) for one in reached]
        record["failures"] = [{"name": f.name, "code": f.code, "message": f.message} for f in failures]
        _deliver(encode(record).decode() + "\n", options.output, "audit.json")
    else:
        _report(arrange(result, documents, failures), matrices, reached, options)
    if code == OK and options.fail_on and any(f.severity in _GRAVE[options.fail_on] for f in result.findings):
        return FINDINGS
    return code


def _since(edges: Sequence[Edge], earlier: str) -> tuple[Edge, ...]:
    from vnplan.compare.suspects import since, stamps_of

    try:
        return since(edges, stamps_of(json.loads(Path(earlier).read_text(encoding="utf-8"))))
    except (OSError, ValueError, RecursionError) as error:
        raise VnplanError("bad-result", f"{earlier}: it cannot be used ({error}); name what vnplan wrote") from error


def _report(view: View, matrices: Sequence[Matrix], reached: Sequence[Progress], options: argparse.Namespace) -> None:
    if options.format == "html":
        from vnplan.report.html import audit_html

        page = audit_html(view, language=options.lang, matrices=matrices, reached=reached)
        _deliver(page, options.output or "report", "index.html")
        return
    from vnplan.report.terminal import audit_text, coloured, plain

    paint = coloured if options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ else plain
    text = audit_text(view, language=options.lang, columns=_columns(), paint=paint)
    if reached:
        from vnplan.report.progress import progress_text

        text += "\n" + progress_text(reached, view.nodes, language=options.lang, columns=_columns())
    if matrices:
        from vnplan.report.matrix import matrix_text

        text += "\n" + matrix_text(matrices, view.nodes, language=options.lang, columns=_columns())
    _deliver(text, options.output, "audit.txt")


def _graph(options: argparse.Namespace) -> int:
    from vnplan.compare import build_cascade
    from vnplan.report.graph import WRITERS

    documents, _, code = _read_all(options)
    _print(WRITERS[options.format](build_cascade(documents), options.lang))
    return code


def _evaluate(options: argparse.Namespace) -> int:
    from vnplan.cli_evaluate import answer, measure

    result = measure(options)
    _print(answer(options, result))
    for name, failure in result.failures.items():
        _complain(f"{name}: {failure}")
    return SOME_FAILED if result.failures else OK


def _sources(paths: Iterable[str]) -> list[SourcePath]:
    sources = list(find_sources(paths, note=_complain))
    if not sources:
        raise VnplanError("no-files", f"{', '.join(paths)}: no {_SUFFIXES} in there; name another folder")
    return sources


def _read_all(options: argparse.Namespace) -> tuple[list[Document], list[Failure], int]:
    """Return the documents that the command names, the files that failed, and the exit code that follows."""
    from vnplan.report.view import Failure

    if options.store:
        from vnplan.cli_batch import read_store

        stored, failed = read_store(options.store, _complain)
        return stored, failed, _code(len(stored), len(stored) + len(failed))
    files = []
    for source, same in distinct(_sources(options.paths)):
        if same is None:
            files.append(source)
        else:
            _complain(f"{source}: same bytes as {same}; read once")
    documents, failures = [], []
    for outcome in _outcomes(files, options.workers):
        if outcome.document is not None:
            documents.append(outcome.document)
        elif outcome.failure is not None:
            _complain_of(outcome)
            failures.append(Failure(outcome.name, outcome.failure.code, outcome.failure.message))
    return documents, failures, _code(len(documents), len(files))


def _outcomes(files: Sequence[SourcePath], workers: int) -> Iterator[Outcome]:
    """Yield the outcome of each file; on a terminal, say how far it is."""
    seen = sys.stderr.isatty()
    for number, outcome in enumerate(read_many(files, processes=workers), start=1):
        if seen:
            sys.stderr.write(f"\r\x1b[K{number}/{len(files)} {printable(outcome.name)[:60]}")
            sys.stderr.flush()
            if number == len(files):
                sys.stderr.write("\r\x1b[K")
        yield outcome


def _code(read: int, files: int) -> int:
    if read == files:
        return OK
    return SOME_FAILED if read else ALL_FAILED


def _deliver(text: str, folder: str | None, name: str) -> None:
    """Print ``text``, or put it whole into ``folder`` and print where it is."""
    if folder is None:
        _print(text)
        return
    from vnplan.report.files import write_whole

    path = Path(folder) / name
    write_whole(path, encodable(text).encode())
    _print(str(path))


def _print(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _complain_of(outcome: Outcome) -> None:
    if outcome.failure is not None:
        reason = outcome.failure.message.removeprefix(f"{outcome.name}: ")
        _complain(f"{outcome.path}: {outcome.failure.code}: {reason}")


def _complain(words: str) -> None:
    with suppress(OSError):
        start = "\r\x1b[K" if sys.stderr.isatty() else ""
        sys.stderr.write(f"{start}vnplan: {printable(words)}\n")


def _columns() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _speak_utf8() -> None:
    """Make both streams write Vietnamese whatever the locale, and never fail over a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Send what is still in the buffer nowhere, so that the interpreter does not complain on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
