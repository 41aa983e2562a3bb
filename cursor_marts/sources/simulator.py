"""The simulator as a source: the AI code API and the GitHub-style lists at one address."""

from __future__ import annotations

from collections.abc import Sequence

from cursor_marts.sources.cursor import source as cursor
from cursor_marts.sources.github_style import source as github_style
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader

KIND = "simulator"


def simulator(client: Client, name: str = "", *, invented: bool = False) -> HttpSource:
    """Return the source behind a client, called by its address if it has no name."""
    return HttpSource(KIND, client, _readers, name, invented)


def _readers(client: Client, run: Run) -> Sequence[Reader]:
    repos, *others = github_style.readers(client, run)
    return (repos, *cursor.readers(client, run), *others)
