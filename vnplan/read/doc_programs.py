"""Old Word files of versions that are not read here (Word 2 to 95): by a program that is installed, if there is one.

The program gets a copy in a folder of its own, which is removed, and limits on time, memory and output.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vnplan.errors import ReadError
from vnplan.model import Problem, Source
from vnplan.read.build import Origin, SourceBuilder, too_long
from vnplan.read.vietnamese import count_letters

_SECONDS: Final = 30
_MEMORY: Final = 2_000_000_000
_NICE: Final = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Program:
    """A program that writes the text of an old Word file to its output."""

    name: str
    options: tuple[str, ...]


PROGRAMS: Final = (Program("antiword", ("-m", "UTF-8.txt", "-w", "0")), Program("catdoc", ("-d", "utf-8", "-w")))
OFFICE: Final = "soffice"


def read_by_program(origin: Origin) -> Source:
    """Return the text of an old Word file by the first program that is installed and reads it.

    Raises :class:`ReadError` with ``unsupported`` where there is none.
    """
    with tempfile.TemporaryDirectory(prefix="vnplan-") as name:
        folder = Path(name)
        (folder / "old.doc").write_bytes(origin.data)
        for program in PROGRAMS:
            if (path := find_program(program.name)) is not None:
                text = _run([path, *program.options, "old.doc"], folder, origin)
                if text is not None and count_letters(text):
                    return _from_text(origin, text, program.name)
        if (path := find_program(OFFICE)) is not None and (source := _by_office(path, folder, origin)) is not None:
            return source
    what = "it is a Word file from before Word 97; open it in Word or LibreOffice and save it as .docx"
    raise origin.fail("unsupported", f"{what}, or install antiword or catdoc")


def find_program(name: str) -> str | None:
    """Return the path of a program that is installed, or None."""
    return shutil.which(name)


def _run(command: Sequence[str], folder: Path, origin: Origin) -> str | None:
    """Return what a program writes to its output, None where it fails, takes too long or writes too much."""
    output = folder / "output"
    most = 4 * origin.limits.text
    with output.open("wb") as file:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL, cwd=folder,
                env={**_NICE, "HOME": str(folder), "TMPDIR": str(folder)}, start_new_session=True,
                preexec_fn=_limits(most),
            )  # fmt: skip
        except OSError:
            return None
        try:
            code = process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            code = -1
        finally:
            _kill(process)
    if code != 0:
        return None
    data = output.read_bytes()
    if len(data) >= most:
        raise too_long(origin)
    return data.decode("utf-8", "replace")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limits(most: int) -> Callable[[], None] | None:
    try:
        import resource
    except ImportError:  # not on Windows
        return None

    def limit() -> None:
        for kind, value in (
            (resource.RLIMIT_CPU, _SECONDS),
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_FSIZE, most),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (value, value))

    return limit


def _from_text(origin: Origin, text: str, program: str) -> Source:
    builder = SourceBuilder(origin)
    page = 1
    for line in text.replace("\r\n", "\n").split("\n"):
        page += line.count("\f")
        builder.add(line.replace("\f", ""), page=page)
    builder.add_problem(
        "repaired", f"an old version of Word wrote the file; {program} read its text, without its layout"
    )
    source = builder.build("application/msword", "doc", pages=page)
    if program == "catdoc" and any(problem.code == "converted:tcvn3" for problem in source.problems):
        what = "catdoc leaves out the letter ư of TCVN3; install antiword, or save the file as .docx"
        return replace(source, problems=(*source.problems, Problem("cut:letters", what)))
    return source


def _by_office(path: str, folder: Path, origin: Origin) -> Source | None:
    from vnplan.read.docx import read_docx

    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [path, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(folder), "old.doc"]
    _run(command, folder, origin)
    found = folder / "old.docx"
    if not found.is_file() or found.stat().st_size > origin.limits.file_bytes:
        return None
    try:
        source = read_docx(Origin(origin.name, found.read_bytes(), origin.limits))
    except ReadError:
        return None
    note = Problem("repaired", "an old version of Word wrote the file; LibreOffice converted it")
    return replace(
        source, sha256=_digest(origin), media_type="application/msword", text_from="doc",
        problems=(note, *source.problems),
    )  # fmt: skip


def _digest(origin: Origin) -> str:
    import hashlib

    return hashlib.sha256(origin.data).hexdigest()
