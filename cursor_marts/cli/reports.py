"""The commands that report: the weekly page, and who is who."""

from __future__ import annotations

from typing import Any

import typer

import cursor_marts
from cursor_marts.cli.options import Json, Quiet, takes
from cursor_marts.cli.output import printing_after
from cursor_marts.cli.running import print_json
from cursor_marts.commands.options.by_command import (
    PeopleOptions,
    ReportOptions,
)


@takes(ReportOptions)
def report(quiet: Quiet = False, **options: Any) -> None:
    """Write the weekly page: one HTML file of the marts, for a browser, a phone, or paper.

    Example: python -m cursor_marts report --out report.html
    """
    written = cursor_marts.report(**options)
    if not quiet:
        with printing_after(f"the page is in {written}"):
            typer.echo(f"Weekly page: {written}")


@takes(PeopleOptions)
def people(json: Json = False, **options: Any) -> None:
    """Show which Cursor email belongs to which GitHub account, and by which evidence.

    Example: python -m cursor_marts people --anonymous
    """
    from cursor_marts.cli import listing
    from cursor_marts.reporting.rows import Found

    rows = cursor_marts.people(**options)
    if json:
        print_json(rows.to_pylist())
        return
    listing.print_rows(Found.of(rows))
    for remark in (rows.schema.metadata or {}).get(b"remarks", b"").decode().splitlines():
        typer.echo(f"note: {remark}", err=True)
    emails = [row for row in rows.to_pylist() if row["email"] is not None]
    matched = sum(row["login"] is not None for row in emails)
    typer.echo(f"{matched:,} of {len(emails):,} Cursor emails belong to a GitHub account", err=True)
