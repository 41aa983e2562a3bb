"""The AI code tracking API as a source: commits, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from cursor_marts.sources.cursor.commits import Commits
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader

KIND = "cursor"


def cursor(client: Client, name: str = "", *, invented: bool = False) -> HttpSource:
    """Return the source behind a client, called by its address if it has no name."""
    return HttpSource(KIND, client, readers, name, invented)


def readers(client: Client, run: Run) -> Sequence[Reader]:
    """Create the reader of commits."""
    return (Commits(client.for_reader(), run.writer("commits"), run.progress, run.window),)
