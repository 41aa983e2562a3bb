"""The command that writes the weekly page."""

from __future__ import annotations

from typing import Any

import typer

import cursor_marts
from cursor_marts.cli.options import Quiet, takes
from cursor_marts.commands.options import ReportOptions


@takes(ReportOptions)
def report(quiet: Quiet = False, **options: Any) -> None:
    """Write the weekly page: one HTML file of the marts, for a browser, a phone, or paper.

    Example: python -m cursor_marts report --out report.html
    """
    written = cursor_marts.report(**options)
    if not quiet:
        typer.echo(f"Weekly page: {written}")
