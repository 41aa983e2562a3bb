"""The command that prints what an administrator runs once."""

from __future__ import annotations

from typing import Annotated

import typer

import cursor_marts


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
