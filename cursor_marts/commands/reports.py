"""The weekly page and the report of identities as functions."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from cursor_marts.commands.database import connected
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import (
    PeopleOptions,
    ReportOptions,
)
from cursor_marts.commands.places import path_of
from cursor_marts.commands.reference import files_in
from cursor_marts.commands.settings import Settings
from cursor_marts.reporting.weekly import as_markdown, content, read, render, write

if TYPE_CHECKING:
    from cursor_marts.sources.github.directory import Directory


WRITERS = {"html": render, "markdown": as_markdown}
FILES = {"html": "report.html", "markdown": "report.md"}


@accepts(ReportOptions)
def report(options: ReportOptions) -> Path:
    """Write the weekly page as one HTML or Markdown file, whole or not at all; return its path.

    `repo` and `team` choose what it is about. The database of the target is opened for reading and
    closed at once. Raises DatabaseError where there is none or the marts are not built,
    DatabaseLocked where it stays held, and UsageError where `out` cannot be written, or no pull
    request is of such a repository or team.
    """
    settings = Settings.of(options)
    out = path_of(options.out or FILES[options.format], "--out")
    with files_in(settings.reference, settings.project):
        found = read(settings.engine, settings.run_results, options.weeks)
        page = content(found, options.repo, options.team)
        return write(WRITERS[options.format](page), out)


@accepts(PeopleOptions)
def people(options: PeopleOptions) -> pa.Table:
    """Return which Cursor email belongs to which GitHub account, and by which evidence.

    A row without a login is an email that nothing matches, one without an email an account. With
    `anonymous` emails are numbered. With `github` these organisations are asked for the emails of
    their members; the metadata `remarks` of the table says what the token may not read. The
    database is opened for reading and closed at once. Raises DatabaseError where there is none,
    DatabaseLocked where it stays locked, UsageError without a token, and SourceError.
    """
    from cursor_marts.reporting.identities import people as matched

    directory = _directory(options)
    with connected(options) as database:
        rows = matched(database, anonymous=options.anonymous, directory=directory.accounts)
    return rows.replace_schema_metadata({"remarks": "\n".join(directory.remarks)})


def _directory(options: PeopleOptions) -> Directory:
    from cursor_marts.commands.sources import github_source
    from cursor_marts.sources.github.directory import Directory
    from cursor_marts.sources.progress import Silent

    settings, directory = Settings.of(options), Directory()
    if settings.github is None:
        return directory
    with closing(github_source(settings, settings.github, Silent())) as source:
        for target in settings.github.targets:
            directory.read(source.requests_for(target.owner), target.owner)
    return directory
