"""Signs of life of a reader that works long on one file: who watches it may be told after each page."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have ``listener`` called after each page that was recognised in this process."""
    _listeners.append(listener)


def page_done() -> None:
    """Tell all who listen that one more page was recognised, or was given up."""
    for listener in _listeners:
        listener()
