"""The simulator as a source: everything from one address."""

from __future__ import annotations

from collections.abc import Sequence

from cursor_marts.sources.cursor.commits import Commits
from cursor_marts.sources.github_style.pull_requests import LINKS, Pulls
from cursor_marts.sources.github_style.repositories import Repos
from cursor_marts.sources.github_style.reviews import COMMENTS, Reviews
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader

KIND = "simulator"


def simulator(client: Client, name: str = "", *, invented: bool = False) -> HttpSource:
    """Return the source behind a client, called by its address if it has no name."""
    return HttpSource(KIND, client, _readers, name, invented)


def _readers(client: Client, run: Run) -> Sequence[Reader]:
    progress, window = run.progress, run.window
    repos = Repos(client.for_reader(), run.writer("repos", comes_whole=True), progress)
    commits = Commits(client.for_reader(), run.writer("commits"), progress, window)
    pulls = Pulls(
        client.for_reader(),
        run.writer("pull_requests", elsewhere=frozenset({LINKS}), in_window=True),
        run.writer("pull_request_commits", inside="pull_requests"),
        progress,
        window,
        repos,
    )
    reviews = Reviews(
        client.for_reader(),
        run.writer("reviews", elsewhere=frozenset({COMMENTS}), in_window=True),
        run.writer("review_comments", inside="reviews"),
        progress,
        pulls,
    )
    return (repos, commits, pulls, reviews)
