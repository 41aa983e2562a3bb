"""The command that compares: what a change of the models does to the tables."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

import cursor_marts
from cursor_marts.building.cache import on_disk
from cursor_marts.cli.inspecting import one_of
from cursor_marts.cli.options import Json, takes
from cursor_marts.cli.running import INVENTED, print_json, stoppable
from cursor_marts.commands.options.by_command import DiffOptions

FORMATS = ("text", "markdown", "json")


@takes(DiffOptions)
def diff(
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(FORMATS)}.")] = "text",
    json: Json = False,
    **options: Any,
) -> None:
    """Compare what the models would build now with what is published; publish nothing.

    The exit code is 0 if nothing differs, and 1 if anything does.

    Example: python -m cursor_marts diff --select mart_quality
    """
    from cursor_marts.cli.text import laid_out
    from cursor_marts.reporting.differences import as_markdown, as_text

    wanted = one_of(FORMATS, "json" if json else format)
    with stoppable(extracts=False), on_disk():
        found = cursor_marts.diff(**options)
    if wanted == "json":
        print_json(found.data())
    elif wanted == "markdown":
        typer.echo(as_markdown(found), nl=False)
    else:
        typer.echo(laid_out(as_text(found), sys.stdout), nl=False)
    if found.invented:
        typer.echo(laid_out(INVENTED, sys.stderr), err=True)
    if found.differs:
        raise typer.Exit(1)
