"""The command that writes the weekly page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cursor_marts
from cursor_marts.cli.options import DataDir, LockTimeout, Quiet


def report(
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("report.html"),
    data_dir: DataDir = None,
    lock_timeout: LockTimeout = 30.0,
    quiet: Quiet = False,
) -> None:
    """Write the weekly page: one HTML file of the marts, for a browser, a phone, or paper.

    Example: python -m cursor_marts report --out report.html
    """
    written = cursor_marts.report(out, data_dir, lock_timeout=lock_timeout)
    if not quiet:
        typer.echo(f"Weekly page: {written}")
