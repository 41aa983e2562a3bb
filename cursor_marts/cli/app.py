"""All commands as one program.

Results go to stdout, progress and errors to stderr. Libraries that take long to import are imported
where they are used.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import cursor_marts
from cursor_marts.cli.comparing import diff
from cursor_marts.cli.inspecting import artifacts, describe, lineage, ls, show, sql
from cursor_marts.cli.next_command import Command
from cursor_marts.cli.output import forget_impossible_size, prepare_streams, tell
from cursor_marts.cli.reports import people, report
from cursor_marts.cli.setup import init, setup_sql
from cursor_marts.cli.signals import cut_off_on_signals, on_stops, stop
from cursor_marts.cli.simulate import simulate
from cursor_marts.cli.steps import build, check, extract, load, prune, retry, test, transform

COMPLETION = {"--install-completion", "--show-completion"}


class Program(TyperGroup):
    """The program, whose messages do not depend on an impossible size of the terminal."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command line."""
        forget_impossible_size()
        return super().main(*args, **options)


app = typer.Typer(
    name="cursor_marts",
    cls=Program,
    epilog="Exit codes: 0 done, 1 failed (diff: or something differs), 2 wrong usage, 75 failed "
    "and may succeed later (no answer from the source, or the database is in use), 130 interrupted "
    "by Ctrl-C, 143 told to end (SIGTERM).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
#: Objects between two garbage collections: expressions are many and live to the end, so that more
#: frequent collections would find nothing.
OBJECTS = 100_000
COMMANDS: tuple[Callable[..., None], ...] = (
    build,
    extract,
    load,
    transform,
    test,
    retry,
    check,
    diff,
    prune,
    ls,
    show,
    sql,
    lineage,
    describe,
    artifacts,
    report,
    people,
    simulate,
    setup_sql,
    init,
)
for command in COMMANDS:
    app.command(cls=Command)(command)


def print_version(asked: bool) -> None:
    """Print the version and exit, if `--version` is given."""
    if asked:
        typer.echo(f"cursor_marts {cursor_marts.__version__}")
        raise typer.Exit


@app.callback()
def program_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """From the AI code tracking API and pull requests to four delivery marts."""


def main() -> None:
    """Run the command line. An expected error is one message without a traceback."""
    gc.set_threshold(OBJECTS)
    prepare_streams()
    on_stops(stop_once)
    cut_off_on_signals()
    try:
        app(prog_name=program())
    except OSError as error:
        tell(error)
        sys.exit(1)
    finally:  # the exit code is decided: a signal must not change it
        on_stops(signal.SIG_IGN)


def program() -> str:
    """Return the name of the program as it was called.

    For shell completion it is the script's, since shells complete only commands of one word.
    """
    as_module = Path(sys.argv[0]).name == "__main__.py" and not {*sys.argv} & COMPLETION
    return "python -m cursor_marts" if as_module else "cursor-marts"


def stop_once(number: int, _frame: object) -> None:
    """Interrupt the command; a second Ctrl-C does not interrupt the clean-up."""
    on_stops(signal.SIG_IGN)
    raise stop(number)
