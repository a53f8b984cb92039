"""The errors that vnplan raises, each with a stable code (docs/failure-codes.md lists them)."""

from __future__ import annotations

from typing import Final

FAILURE_CODES: Final = frozenset(
    {
        "empty",
        "too-big",
        "not-a-file",
        "unreadable",
        "wrong-type",
        "unsupported",
        "not-text",
        "encoding",
        "encrypted",
        "damaged",
        "no-text",
        "unmapped-font",
        "too-many-pages",
        "too-many-parts",
        "too-big-inside",
        "too-deep",
        "doctype",
        "not-a-plan",
        "container",
        "time",
        "memory",
        "crash",
        "reply-too-big",
        "parser",
    }
)


class VnplanError(Exception):
    """Something that vnplan cannot do, with a stable ``code`` and a message that says what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ReadError(VnplanError):
    """A file that cannot be read as a document; ``code`` is one of :data:`FAILURE_CODES`."""


class WorkError(VnplanError):
    """A failure of work on bytes that were read: ``sha256`` is their digest."""

    def __init__(self, code: str, message: str, sha256: str | None = None) -> None:
        super().__init__(code, message)
        self.sha256 = sha256
