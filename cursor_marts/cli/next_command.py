"""What to type next: the commands in hints and reports, with what the user has given."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

from cursor_marts.cli.signals import stopped_by
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import BY_SIGNAL, CursorMartsError

if TYPE_CHECKING:
    from cursor_marts.building.results import BuildReport
    from cursor_marts.commands.pipeline import Outcome

COMMAND = re.compile(r"python -m cursor_marts(?: (?P<name>[a-z-]+))?")
#: Options that say where things are: a next command that has them needs the same.
CARRIED = ("source", "api_key", "start_date", "end_date", "data_dir", "target")
#: The call of the command that runs.
_call: ContextVar[Any] = ContextVar("call", default=None)


class Command(TyperCommand):
    """A command whose errors say what to type next so that it works as it stands.

    Interrupted by Ctrl-C it exits with 130, told to end (SIGTERM) with 143.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        _call.set(ctx)
        try:
            return super().invoke(ctx)
        except BaseException as error:
            if number := stopped_by():
                raise typer.Exit(BY_SIGNAL + number) from None
            if isinstance(error, CursorMartsError):
                error.hint = as_typed(error.hint)
            raise


def as_typed(text: str) -> str:
    """Return a text with its commands of ours as they are to be typed here.

    With the Python that is running, and with the options of this call that the next one has, too.
    """

    def complete(command: re.Match[str]) -> str:
        words = [command[0].replace("python", interpreter(), 1)]
        return " ".join([*words, *_carried(command["name"], text)])

    return COMMAND.sub(complete, text)


def _carried(name: str | None, text: str) -> list[str]:
    """Return the options that were given, and that the command has, unless the text has them."""
    call = _call.get()
    following = call.parent.command.commands.get(name) if call and call.parent else None
    has = {option.name: option.opts[0] for option in following.params} if following else {}
    return [
        f"{has[name]} {'…' if name == 'api_key' else shlex.quote(str(call.params[name]))}"
        for name in CARRIED
        if name in has and has[name] not in text and _was_given(call, name)
    ]


def _was_given(call: Any, name: str) -> bool:
    source = call.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def interpreter() -> str:
    """Return how to type the Python that is running: `python` only if a shell would find it."""
    if shutil.which("python") == sys.executable:
        return "python"
    below = Path(sys.executable).is_relative_to(Path.cwd())
    return shlex.quote(os.path.relpath(sys.executable) if below else sys.executable)


def following(outcome: Outcome, settings: Settings) -> str:
    """Return what to type after a run, nothing where nothing suggests itself."""
    if outcome.report is not None:
        return _look(outcome.report, snowflake=outcome.account is not None)
    step = "load" if outcome.manifest and not settings.database.exists() else "transform"
    if outcome.place and step == "load":
        step = f"load --input {shlex.quote(outcome.place)}"
    on = "transform" if outcome.account else step
    return as_typed(f"python -m cursor_marts {on}")


def _look(report: BuildReport, *, snowflake: bool) -> str:
    """Return how to look at what was built, or else at what was tested."""
    from cursor_marts.engines.dialect import SNOWFLAKE
    from cursor_marts.graph.definition import all_models

    kept = [result for result in report.models if result.layer != "intermediate"]
    done = [result for result in kept if result.built and result.layer != "raw"] or kept
    if report.failed or not done:
        return ""
    if snowflake:
        table = f"{SNOWFLAKE.schema(done[-1].layer)}.{done[-1].model}"
        return f"SELECT * FROM {SNOWFLAKE.spelled(table)} LIMIT 10"
    marts = {model.name for model in all_models() if model.layer == "marts"}
    if marts <= {result.model for result in done}:
        return as_typed("python -m cursor_marts report --out report.html")
    return as_typed(f"python -m cursor_marts show {done[-1].model}")
