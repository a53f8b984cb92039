"""Jobs for the tests of the pool: each does to its worker what a hostile document could."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import Any

from vnplan.errors import ReadError
from vnplan.read.progress import page_done


def play(request: dict[str, Any]) -> bytes:
    """Do what ``request["act"]`` says."""
    acts[request["act"]](request)
    return f"{request.get('word', '')} {os.getpid()}".encode()


def _hang(request: dict[str, Any]) -> None:
    while True:
        time.sleep(0.01)


def _scan(request: dict[str, Any]) -> None:
    for _ in range(request["pages"]):
        time.sleep(0.5)
        page_done()


def _regex(request: dict[str, Any]) -> None:
    re.search(r"(?:\s*\d+[.,]?)+%", "1" * 60)  # never comes back, and holds the interpreter's lock


def _spin(request: dict[str, Any]) -> None:
    while True:
        pass


def _hoard(request: dict[str, Any]) -> None:
    pieces = []
    while True:
        pieces.append(bytearray(20_000_000))


def _crash(request: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _vanish(request: dict[str, Any]) -> None:
    os._exit(3)


def _deep(request: dict[str, Any]) -> None:
    _deep(request)


def _raise(request: dict[str, Any]) -> None:
    raise RuntimeError("bad\x1b[31m news" * 100)


def _refuse(request: dict[str, Any]) -> None:
    raise ReadError("encrypted", "x.pdf: it needs a password")


def _shout(request: dict[str, Any]) -> None:
    for _ in range(100):
        sys.stdout.write("x" * 1_000_000)
        os.write(2, b"y" * 1_000_000)


def _garble(request: dict[str, Any]) -> None:
    os.write(int(sys.argv[2]), (5).to_bytes(8) + b"hello")
    _hang(request)


def _flood(request: dict[str, Any]) -> None:
    os.write(int(sys.argv[2]), (10**12).to_bytes(8))
    _hang(request)


def _close(request: dict[str, Any]) -> None:
    os.close(int(sys.argv[2]))
    _hang(request)


def _spawn(request: dict[str, Any]) -> None:
    import subprocess

    with subprocess.Popen(["sleep", "1000"]) as child:
        with open(request["note"], "w", encoding="ascii") as file:
            file.write(str(child.pid))
        child.wait()


acts = {
    "work": lambda request: None,
    "sleep": lambda request: time.sleep(request["for"]),
    "hang": _hang,
    "scan": _scan,
    "regex": _regex,
    "spin": _spin,
    "hoard": _hoard,
    "crash": _crash,
    "vanish": _vanish,
    "deep": _deep,
    "raise": _raise,
    "refuse": _refuse,
    "shout": _shout,
    "garble": _garble,
    "flood": _flood,
    "close": _close,
    "spawn": _spawn,
}
