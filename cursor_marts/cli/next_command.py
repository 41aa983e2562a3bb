"""The commands to type next, in hints and reports, with the options of the current call."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

from cursor_marts.cli.signals import stopped_by
from cursor_marts.cli.text import laid_out
from cursor_marts.commands.options.definition import spelled
from cursor_marts.commands.project_file import KEYS
from cursor_marts.errors import BY_SIGNAL, CursorMartsError, NextCommand

if TYPE_CHECKING:
    from cursor_marts.building.results import BuildReport
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.engines.engine import Engine

#: Options that say where things are: the next command gets those that this one was given.
CARRIED = (
    *("source", "api_key", "start_date", "end_date", "data_dir", "input", "target"),
    *("reference", "project", "schema_prefix", "raw_schema"),
)
#: A value that the user has to fill in.
BLANK = "…"


@dataclass(frozen=True)
class Call:
    """A call of the command line: what was given to it, and the parser of each command.

    `given` says option → text, `commands` name → parser.
    """

    given: dict[str, str] = field(default_factory=dict)
    commands: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Any) -> Call:
        """Return the call that a context of the command line belongs to."""
        given = {name: str(context.params[name]) for name in CARRIED if _was_given(context, name)}
        if "api_key" in given:
            given["api_key"] = BLANK
        return cls(given, context.parent.command.commands if context.parent else {})

    def typed(self, following: NextCommand) -> str:
        """Return a next command as it is typed here.

        It has the Python that is running, and those options of this call that it accepts, too.
        """
        name = following.name.replace("_", "-")
        spellings = _spellings(self.commands.get(name))
        carried = {option: value for option, value in self.given.items() if option in spellings}
        options: dict[str, object] = {**carried, **following.options}
        words = [interpreter(), "-m", "cursor_marts", name, *map(_quoted, following.arguments)]
        for option, value in options.items():
            words.append(spellings.get(option, spelled(option)))
            if value is not True:  # a flag has no value
                words.append(_quoted(str(value)))
        return " ".join(words)


def _was_given(context: Any, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _spellings(parser: Any) -> dict[str, str]:
    """Return option → its spelling; without a parser, {}."""
    return {parameter.name: parameter.opts[0] for parameter in parser.params} if parser else {}


def _quoted(word: str) -> str:
    return word if word == BLANK else shlex.quote(word)


class Command(TyperCommand):
    """A command that prints an error with the next command as it can be typed.

    It exits with the error's code; interrupted by Ctrl-C with 130, told to end (SIGTERM) with 143.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command. An option that is not given has no value: a project may have one."""
        for name in ctx.params.keys() & KEYS:
            if not _was_given(ctx, name):
                ctx.params[name] = None
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BaseException as error:
            if number := stopped_by():
                raise typer.Exit(BY_SIGNAL + number) from None
            if not isinstance(error, CursorMartsError):
                raise
            told = laid_out(f"error: {error.text(Call.of(ctx).typed)}", sys.stderr)
            typer.echo(told, err=True)
            raise typer.Exit(error.exit_code) from error
        return result


def interpreter() -> str:
    """Return how to type the Python that is running: `python` only if a shell would find it."""
    if shutil.which("python") == sys.executable:
        return "python"
    below = Path(sys.executable).is_relative_to(Path.cwd())
    return shlex.quote(os.path.relpath(sys.executable) if below else sys.executable)


def following(outcome: Outcome) -> NextCommand | str:
    """Return the next step after a run: a command, a query, or '' without one."""
    if outcome.report is not None:
        return _look(outcome.report, outcome.engine)
    if outcome.unchanged:
        return NextCommand("report", options={"out": "report.html"})
    if outcome.nothing_failed:
        return ""
    if outcome.loaded:
        return NextCommand("transform")
    return NextCommand("load", options={"input": outcome.place} if outcome.place else {})


def _look(report: BuildReport, engine: Engine | None) -> NextCommand | str:
    """Return how to see what was built, or else what was tested."""
    visible = [result for result in report.models if result.layer != "intermediate"]
    built = [result for result in visible if result.built and result.layer != "raw"] or visible
    if report.failed or not built:
        return ""
    if engine and (query := engine.query_of(built[-1].layer, built[-1].model)):
        return query
    if report.whole:
        return NextCommand("report", options={"out": "report.html"})
    return NextCommand("show", (built[-1].model,))
