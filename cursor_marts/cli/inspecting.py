"""The commands that read: list, show and describe tables, print their SQL and lineage."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

import cursor_marts
from cursor_marts.building.cache import on_disk
from cursor_marts.cli.options import Json, takes
from cursor_marts.cli.running import INVENTED, print_json
from cursor_marts.cli.text import laid_out
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import (
    ArtifactsOptions,
    DescribeOptions,
    LineageOptions,
    LsOptions,
    ShowOptions,
    SqlOptions,
)
from cursor_marts.errors import NextCommand, UsageError

ROW_FORMATS = ("table", "csv", "json", "parquet")
LINEAGE_FORMATS = ("text", "mermaid", "json")


@takes(LsOptions)
def ls(json: Json = False, **options: Any) -> None:
    """List the tables in build order.

    Example: python -m cursor_marts ls --select +mart_quality
    """
    from cursor_marts.cli import listing

    with on_disk():
        found = cursor_marts.ls(**options)
    if json:
        print_json([entry.data() for entry in found])
    else:
        listing.print_tables(found)


@takes(ShowOptions)
def show(
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(ROW_FORMATS)}.")] = "table",
    json: Json = False,
    **options: Any,
) -> None:
    """Show rows of a table as it is published.

    Example: python -m cursor_marts show mart_velocity --order-by total_prs
    """
    wanted = one_of(ROW_FORMATS, "json" if json else format)
    if wanted == "parquet" and sys.stdout.isatty():
        raise UsageError(
            "a Parquet file is not for a terminal",
            hint=f"redirect it into a file, > {options['model']}.parquet",
            next_command=NextCommand("show", (options["model"],), {"format": "parquet"}),
        )
    with on_disk():
        shown, noted = _print_rows(wanted, options | {"limit": options["limit"] or None})
    if "of" in noted:
        left_out = f"{shown:,} of {int(noted['of']):,} rows; --limit 0 shows all"
        typer.echo(left_out, err=True)
    for line in noted.get("unreadable", "").splitlines():
        typer.echo(laid_out(f"Left out: {line}", sys.stderr), err=True)
    if "invented" in noted:
        typer.echo(laid_out(INVENTED, sys.stderr), err=True)


def _print_rows(format: str, options: dict[str, Any]) -> tuple[int, Mapping[str, str]]:
    """Print rows in a format; return how many, and what is noted of them."""
    if format == "table":
        from cursor_marts.cli import listing
        from cursor_marts.commands.rows import found_rows

        found = found_rows(**options)
        listing.print_rows(found)
        return len(found.values), found.noted
    from cursor_marts.reporting import formats
    from cursor_marts.reporting.rows import noted_in

    rows = cursor_marts.show(**options)
    formats.WRITERS[format](rows, sys.stdout.buffer)
    sys.stdout.flush()
    return rows.num_rows, noted_in(rows)


@takes(SqlOptions)
def sql(json: Json = False, **options: Any) -> None:
    """Print the SQL of a model; tables that do not exist after a build are written out in it.

    Example: python -m cursor_marts sql mart_quality --dialect snowflake
    """
    from cursor_marts.commands.queries import dialect_of

    text = cursor_marts.sql(**options)
    if json:
        print_json({"dialect": accepts(SqlOptions)(dialect_of)(**options), "sql": text})
    else:
        typer.echo(text, nl=False)


@takes(LineageOptions)
def lineage(
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(LINEAGE_FORMATS)}.")] = "text",
    json: Json = False,
    **options: Any,
) -> None:
    """Draw which table is built from which, or which columns one column comes from.

    Example: python -m cursor_marts lineage --select +marts --format mermaid

    Example: python -m cursor_marts lineage mart_quality.revert_rate
    """
    wanted = one_of(LINEAGE_FORMATS, "json" if json else format)
    with on_disk():
        drawn = cursor_marts.lineage(**options)
    if wanted == "json":
        print_json(drawn.data())
    else:
        typer.echo(drawn.mermaid() if wanted == "mermaid" else drawn.text(), nl=False)


@takes(DescribeOptions)
def describe(json: Json = False, **options: Any) -> None:
    """Describe a table: grain, columns, types, units, meaning, tests, up- and downstream.

    Example: python -m cursor_marts describe mart_velocity
    """
    from cursor_marts.cli import listing

    with on_disk():
        table = cursor_marts.describe(**options)
    if json:
        print_json(table.data())
    else:
        listing.print_description(table)


@takes(ArtifactsOptions)
def artifacts(json: Json = False, **options: Any) -> None:
    """Write manifest.json and catalog.json for tools that read dbt's artifacts.

    Example: python -m cursor_marts artifacts --dialect snowflake
    """
    files = [str(file) for file in cursor_marts.artifacts(**options)]
    if json:
        print_json({"files": files})
    else:
        typer.echo("\n".join(files))


def one_of(formats: tuple[str, ...], wanted: str) -> str:
    """Return the format. Raises UsageError for an unknown one."""
    if wanted not in formats:
        raise UsageError(f"there is no format {wanted!r}", hint=f"use one of: {', '.join(formats)}")
    return wanted
