"""The AI code tracking API as a source: commits, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import httpx

from cursor_marts.sources.cursor.commits import Commits
from cursor_marts.sources.cursor.tracked_commits import (
    LOOKBACK_DAYS,
    Covered,
    TrackedCommits,
)
from cursor_marts.sources.cursor.transport import CursorTransport
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.run import Run
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.source import Reader

KIND = "cursor"


def cursor(
    client: Client,
    name: str = "",
    *,
    invented: bool = False,
    lookback_days: int = LOOKBACK_DAYS,
) -> HttpSource:
    """Return the real API behind a client, called by its address if it has no name.

    Commits are read from `lookback_days` before the window on: a pull request's are older than it.
    """
    name = name or client.source
    create = partial(_tracked_commits, name=name, lookback_days=lookback_days)
    return HttpSource(KIND, client, create, name, invented)


def cursor_client(
    source: str,
    api_key: Secret,
    patience: Patience,
    pacer: Pacer,
    transport: httpx.BaseTransport | None = None,
    network: Network | None = None,
) -> Client:
    """Return a client that knows the real API's refusals, limits and unchanged answers."""
    return Client(source, api_key, patience, pacer, CursorTransport(transport, network))


def readers(client: Client, run: Run) -> Sequence[Reader]:
    """Create the reader of commits for a source that lists a window's commits at once."""
    return (Commits(client.for_reader(), run.writer("commits"), run.progress, run.window),)


def _tracked_commits(
    client: Client, run: Run, *, name: str, lookback_days: int
) -> Sequence[Reader]:
    covered = Covered.parse(run.state(KIND, name, "commits"))
    reader = TrackedCommits(
        client.for_reader(),
        run.writer("commits"),
        run.progress,
        run.window,
        lookback_days,
        covered,
    )
    run.states[KIND] = {"name": name} | reader.covers(run.began_at).text()
    return (reader,)
