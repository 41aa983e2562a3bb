"""The commands that look: what tables there are, what is in them, what they are made of."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import cursor_marts
from cursor_marts.cli.options import (
    DataDir,
    Exclude,
    Json,
    Layer,
    LockTimeout,
    Model,
    Select,
    table_names,
)
from cursor_marts.cli.running import INVENTED, print_json
from cursor_marts.cli.text import laid_out
from cursor_marts.errors import UsageError

ROW_FORMATS = ("table", "csv", "json", "parquet")
LINEAGE_FORMATS = ("text", "mermaid", "json")


def ls(
    select: Select = None,
    exclude: Exclude = None,
    layer: Layer = None,
    json: Json = False,
) -> None:
    """List the tables in build order.

    Example: python -m cursor_marts ls --select +mart_quality
    """
    from cursor_marts.cli import listing

    found = cursor_marts.ls(select or (), exclude or (), layer=layer)
    if json:
        print_json([entry.data() for entry in found])
    else:
        listing.print_tables(found)


def show(
    model: Model,
    data_dir: DataDir = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Only these, in this order: week,total_prs.", show_default="all"),
    ] = None,
    where: Annotated[str | None, typer.Option(help="SQL over its columns: which rows.")] = None,
    order_by: Annotated[
        str | None, typer.Option(help="SQL: in which order.", show_default="the newest first")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many rows; 0 for all.", min=0)] = 5,
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(ROW_FORMATS)}.")] = "table",
    json: Json = False,
    lock_timeout: LockTimeout = 30.0,
) -> None:
    """Show rows of a table as it is published.

    Example: python -m cursor_marts show mart_velocity --order-by total_prs
    """
    from cursor_marts.cli import listing
    from cursor_marts.reporting import formats

    wanted = one_of(ROW_FORMATS, "json" if json else format)
    if wanted == "parquet" and sys.stdout.isatty():
        raise UsageError(
            "a Parquet file is not for a terminal",
            hint=f"send it to a file: python -m cursor_marts show {model} --format parquet "
            f"> {model}.parquet",
        )
    rows = cursor_marts.show(
        model,
        data_dir,
        columns=columns or (),
        where=where,
        order_by=order_by,
        limit=limit or None,
        lock_timeout=lock_timeout,
    )
    said = rows.schema.metadata or {}
    if wanted == "table":
        listing.print_rows(rows)
    else:
        formats.WRITERS[wanted](rows, sys.stdout.buffer)
        sys.stdout.flush()
    if b"of" in said:
        left_out = f"{rows.num_rows:,} of {int(said[b'of']):,} rows; --limit 0 shows all"
        typer.echo(left_out, err=True)
    if b"invented" in said:
        typer.echo(laid_out(INVENTED, sys.stderr), err=True)


def sql(
    model: Annotated[
        list[str] | None,
        typer.Argument(help="Models, as --select takes them.", autocompletion=table_names),
    ] = None,
    dialect: Annotated[str, typer.Option(help="Whose SQL: duckdb or snowflake.")] = "duckdb",
    select: Select = None,
    exclude: Exclude = None,
    json: Json = False,
) -> None:
    """Print the SQL behind a model; what is not kept after a build is written out within.

    Example: python -m cursor_marts sql mart_quality --dialect snowflake
    """
    text = cursor_marts.sql(
        model or (), dialect=dialect, select=select or (), exclude=exclude or ()
    )
    if json:
        print_json({"dialect": dialect, "sql": text})
    else:
        typer.echo(text, nl=False)


def lineage(
    select: Select = None,
    exclude: Exclude = None,
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(LINEAGE_FORMATS)}.")] = "text",
    json: Json = False,
) -> None:
    """Draw which table is made of which.

    Example: python -m cursor_marts lineage --select +marts --format mermaid
    """
    wanted = one_of(LINEAGE_FORMATS, "json" if json else format)
    drawn = cursor_marts.lineage(select or (), exclude or ())
    if wanted == "json":
        print_json(drawn.data())
    else:
        typer.echo(drawn.mermaid() if wanted == "mermaid" else drawn.text(), nl=False)


def describe(model: Model, json: Json = False) -> None:
    """Say what a table means: grain, columns, types, units, tests, up- and downstream.

    Example: python -m cursor_marts describe mart_velocity
    """
    from cursor_marts.cli import listing

    table = cursor_marts.describe(model)
    if json:
        print_json(table.data())
    else:
        listing.print_description(table)


def one_of(formats: tuple[str, ...], wanted: str) -> str:
    """Return the format. Raises UsageError where there is none of that name."""
    if wanted not in formats:
        raise UsageError(f"there is no format {wanted!r}", hint=f"use one of: {', '.join(formats)}")
    return wanted
