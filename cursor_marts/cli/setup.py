"""The commands that come before all others: a project, and what an administrator runs once."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

import cursor_marts
from cursor_marts.cli.next_command import interpreter


def setup_sql(
    target: Annotated[str, typer.Option(help="Only prod needs setting up.")] = "prod",
    database: Annotated[str, typer.Option(help="The database.")] = "CURSOR_ANALYTICS",
    role: Annotated[str, typer.Option(help="The role that loads and builds.")] = "CURSOR_MARTS",
    warehouse: Annotated[str, typer.Option(help="The warehouse.")] = "CURSOR_MARTS",
    user: Annotated[
        str | None, typer.Option(help="A user to give the role to.", show_default="no user")
    ] = None,
    bucket: Annotated[
        str | None,
        typer.Option(help="gs://bucket/prefix to load from.", show_default="no bucket"),
    ] = None,
) -> None:
    """Print the SQL that an administrator runs once on Snowflake; to repeat it changes nothing.

    Example: python -m cursor_marts setup-sql --target prod --user LOADER
    """
    typer.echo(cursor_marts.setup_sql(target, database, role, warehouse, user, bucket), nl=False)


def init(
    folder: Annotated[str, typer.Argument(help="The folder to create; . for the current one.")],
) -> None:
    """Create a folder for marts, seeds and teams of your own: a project. Overwrites nothing.

    Example: python -m cursor_marts init marts
    """
    for file in cursor_marts.init(folder):
        typer.echo(file)
    typer.echo(f"\nNext: cd {shlex.quote(folder)}, and {interpreter()} -m cursor_marts check")
