"""Tesseract as a program of its own: killed when it takes too long, and nothing it does can end this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from functools import lru_cache
from typing import IO, Any, Final

PROGRAM: Final = "tesseract"
LANGUAGE: Final = "vie"
INSTALL: Final = (
    "install Tesseract with its Vietnamese data (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie; "
    "Fedora: dnf install tesseract tesseract-langpack-vie; macOS: brew install tesseract tesseract-lang; "
    "Windows: the installer of the UB Mannheim, with Vietnamese chosen) and read the file again"
)
_ASK_SECONDS: Final = 15.0  # for the list of languages
_MOST: Final = 8_000_000  # bytes of an answer: a page has some 60,000
_POLL: Final = 0.01  # seconds


class OcrError(Exception):
    """What went wrong with one page; it stays inside the readers."""


def missing() -> str | None:
    """Return what keeps Tesseract from reading Vietnamese here, or None."""
    program = shutil.which(PROGRAM)
    if program is None:
        return "Tesseract is not installed"
    if LANGUAGE not in _languages(program):
        return "Tesseract has no Vietnamese data"
    return None


@lru_cache(maxsize=8)
def _languages(program: str) -> frozenset[str]:
    try:
        answer = _run([program, "--list-langs"], b"", _ASK_SECONDS)
    except OcrError:
        return frozenset()
    return frozenset(answer.decode("utf-8", "replace").split())


def recognise(picture: bytes, *, seconds: float, density: int, layout: int = 3) -> str:
    """Return what Tesseract sees in a picture (a PNM file), as a table of words (its TSV).

    ``density`` are the dots per inch, ``layout`` is the number of its page segmentation mode. Raises
    :class:`OcrError` when it takes more than ``seconds``, fails, or answers with something else.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise OcrError("Tesseract is not installed")
    answer = _run(
        [program, "-", "-", "-l", LANGUAGE, "--psm", str(layout), "--dpi", str(density),
         "-c", "tessedit_create_tsv=1"], picture, seconds,
    )  # fmt: skip
    table = answer.decode("utf-8", "replace")
    if not table.startswith("level\t"):
        raise OcrError("Tesseract answered with no table of words")
    return table


def _run(command: list[str], given: bytes, seconds: float) -> bytes:
    """Return what a program prints. It stays in the group of this process, so that it ends with it.

    Files stand between the two: neither waits for the other, and a child of the program that lives on holds nothing up.
    """
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}  # two threads are no faster, and take twice the time
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(given)
        question.seek(0)
        try:
            process = subprocess.Popen(
                command, stdin=question, stdout=answer, stderr=subprocess.DEVNULL, env=environment
            )
        except OSError as error:
            raise OcrError(f"Tesseract cannot be started ({error.strerror})") from error
        try:
            _wait(process, answer, seconds)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode:
            raise OcrError(f"Tesseract failed (exit code {process.returncode})")
        answer.seek(0)
        return answer.read(_MOST + 1)


def _wait(process: subprocess.Popen[Any], answer: IO[bytes], seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            process.wait(_POLL)
            late = False
        except subprocess.TimeoutExpired:
            late = True
        if os.fstat(answer.fileno()).st_size > _MOST:
            raise OcrError("Tesseract answered with too much")
        if not late:
            return
        if time.monotonic() > end:
            raise OcrError(f"Tesseract took more than {seconds:g} seconds")
