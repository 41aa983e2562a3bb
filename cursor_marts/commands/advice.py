"""What would make the next run cheaper, in one line."""

from __future__ import annotations

from cursor_marts.building.results import BuildReport
from cursor_marts.commands.settings import Settings

#: From so many commits on, to copy them takes longer than to read the landed files again.
MANY_COMMITS = 1_000_000


def advice_on_raw(settings: Settings, report: BuildReport, many_commits: int = MANY_COMMITS) -> str:
    """Return a line that recommends views in place of raw tables with many commits, else ''."""
    if settings.target.type != "duckdb" or settings.raw == "view":
        return ""
    commits = report.rows("commits")
    if commits <= many_commits:
        return ""
    return (
        f"{commits:,} commits were copied into the database: with --raw view they need not be "
        "(docs/operations.md says what speaks against it)"
    )
