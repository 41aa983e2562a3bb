"""What a change of the models does to the tables, and how two databases differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cursor_marts.building.diff import diff_all, diff_databases
from cursor_marts.building.differences import Diff
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import DiffOptions
from cursor_marts.commands.places import path_of
from cursor_marts.commands.reference import files_in
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.duckdb.attaching import attached
from cursor_marts.errors import UsageError


@accepts(DiffOptions)
def diff(options: DiffOptions) -> Diff:
    """Return how the tables that the models would build differ from those that are published.

    It builds only what has changed, from the raw tables as they are, where readers do not see it;
    nothing is published, and nothing stays. With `against`, no table is built: the published tables
    are compared with those of another DuckDB file. `differs` says whether anything does. Raises
    what `build_all` raises, but for data tests that would fail, which the result names.
    """
    settings = Settings.of(options)
    other = _other(options, settings)
    with (
        files_in(settings.reference, settings.project),
        settings.engine.reading() as session,
    ):
        chosen: dict[str, Any] = {"select": options.select, "exclude": options.exclude}
        if other is not None:
            with attached(session, other) as names:
                return diff_databases(session, names, str(other), **chosen)
        return diff_all(
            session, **chosen, strict=settings.strict, lock_timeout=settings.lock_timeout
        )


def _other(options: DiffOptions, settings: Settings) -> Path | None:
    """Return the file to compare with, None without one."""
    if options.against is None:
        return None
    if settings.target.type != "duckdb":
        raise UsageError(
            "--against compares two DuckDB files", hint="leave out --target, or --against"
        )
    return path_of(options.against, "--against")
