"""All commands as one program.

Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 the job failed, 2 wrong
usage. Libraries that take long to import are imported where they are used.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

import typer

from cursor_marts.cli.simulate import simulate
from cursor_marts.cli.steps import build, check, extract, load, run_tests, transform
from cursor_marts.errors import CursorMartsError

app = typer.Typer(
    name="cursor_marts",
    help="From the AI code tracking API and pull requests to four delivery marts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
COMMANDS: dict[str, Callable[..., None]] = {
    "build": build,
    "extract": extract,
    "load": load,
    "transform": transform,
    "test": run_tests,
    "check": check,
    "simulate": simulate,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


def main() -> None:
    """Run the command line; a user's mistake gets one clear message and no traceback."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, stop_once)
    try:
        app(prog_name="python -m cursor_marts")
    except CursorMartsError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


def stop_once(_signal: int, _frame: object) -> None:
    """Interrupt what runs; whoever presses Ctrl-C twice does not interrupt the tidying up."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt
