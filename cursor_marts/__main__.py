"""Run the command line: `python -m cursor_marts`."""

from __future__ import annotations

import signal
import sys

from cursor_marts.errors import BY_SIGNAL


def main() -> None:
    """Run it; Ctrl-C or SIGTERM ends it in silence while it is still importing, too."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda number, _: sys.exit(BY_SIGNAL + number))
    from cursor_marts.cli import main as run

    run()


if __name__ == "__main__":
    main()
