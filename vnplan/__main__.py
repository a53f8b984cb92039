"""Runs the command: ``python -m vnplan``."""

from __future__ import annotations

import sys

from vnplan.cli import main

if __name__ == "__main__":
    sys.exit(main())
