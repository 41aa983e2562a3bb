"""Run the command line: `python -m cursor_marts`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from cursor_marts.errors import BY_SIGNAL


def main() -> None:
    """Run the program. During imports, Ctrl-C and SIGTERM end it without a message."""
    occupy_descriptors()
    for stop in (signal.SIGINT, signal.SIGTERM):
        # Nothing has begun, and imported libraries may swallow an exception.
        signal.signal(stop, lambda number, _: os._exit(BY_SIGNAL + number))
    from cursor_marts.cli import main as run

    try:
        run()
    except SystemExit as end:
        leave(int(end.code or 0))
    leave(0)


def occupy_descriptors() -> None:
    """Open the standard descriptors that are closed, so that no other file gets their numbers."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def leave(code: int) -> NoReturn:
    """Exit at once: the regular shutdown of the libraries takes longer than some commands."""
    with suppress(OSError):  # the reader has closed the pipe
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
