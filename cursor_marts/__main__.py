"""Run the command line: `python -m cursor_marts`."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130  # what shells give a command that Ctrl-C has ended


def main() -> None:
    """Run it; Ctrl-C ends it in silence while it is still importing, too."""
    signal.signal(signal.SIGINT, lambda *_: sys.exit(INTERRUPTED))
    from cursor_marts.cli import main as run

    run()


if __name__ == "__main__":
    main()
