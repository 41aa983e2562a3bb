"""All commands as one program.

Results go to stdout, progress and errors to stderr. Libraries that take long to import are imported
where they are used.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

import cursor_marts
from cursor_marts.cli.output import forget_impossible_size, prepare_streams, tell
from cursor_marts.cli.signals import cut_off_on_signals, on_stops, stop

#: Each command, and the module beside this one that has its function.
COMMANDS = {
    "build": "steps",
    "extract": "steps",
    "load": "steps",
    "transform": "steps",
    "test": "steps",
    "retry": "steps",
    "check": "steps",
    "diff": "comparing",
    "prune": "steps",
    "ls": "inspecting",
    "show": "inspecting",
    "sql": "inspecting",
    "lineage": "inspecting",
    "describe": "inspecting",
    "artifacts": "inspecting",
    "report": "reports",
    "people": "reports",
    "simulate": "simulate",
    "setup_sql": "setup",
    "init": "setup",
}
COMPLETION = {"--install-completion", "--show-completion"}


def function_of(command: str) -> Callable[..., None]:
    """Return the function of a command."""
    found: Callable[..., None] = getattr(
        import_module(f"cursor_marts.cli.{COMMANDS[command]}"), command
    )
    return found


class Parsers(Mapping[str, Any]):
    """The parser of each command by its name as it is typed, made when it is first used.

    To make all of them would take longer than to run some of the commands.
    """

    def __init__(self) -> None:
        """Know the names."""
        self._commands = {command.replace("_", "-"): command for command in COMMANDS}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the parser of a command. Raises KeyError if there is no such command."""
        if name not in self._made:
            self._made[name] = _parser(name, function_of(self._commands[name]))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def _parser(name: str, function: Callable[..., None]) -> Any:
    from cursor_marts.cli.next_command import Command

    return get_command_from_info(
        CommandInfo(name=name, cls=Command, callback=function),
        pretty_exceptions_short=app.pretty_exceptions_short,
        rich_markup_mode=app.rich_markup_mode,
    )


class Program(TyperGroup):
    """The program, whose messages do not depend on an impossible size of the terminal."""

    def __init__(self, **attributes: Any) -> None:
        """Have the commands of the package."""
        super().__init__(**attributes)
        self.commands = Parsers()  # type: ignore[assignment]

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
