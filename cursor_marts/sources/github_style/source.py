"""The REST endpoints in the manner of GitHub as a source: repositories, pull requests, reviews."""

from __future__ import annotations

from collections.abc import Sequence

from cursor_marts.sources.github_style.pull_requests import LINKS, Pulls
from cursor_marts.sources.github_style.repositories import Repos
from cursor_marts.sources.github_style.reviews import COMMENTS, Reviews
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader

KIND = "github_style"


def github_style(client: Client, name: str = "", *, invented: bool = False) -> HttpSource:
    """Return the source behind a client, called by its address if it has no name."""
    return HttpSource(KIND, client, readers, name, invented)


def readers(client: Client, run: Run) -> Sequence[Reader]:
    """Create a reader for each list; the later ones request what the earlier ones have named."""
    progress = run.progress
    repos = Repos(client.for_reader(), run.writer("repos", comes_whole=True), progress)
    pulls = Pulls(
        client.for_reader(),
        run.writer("pull_requests", elsewhere=frozenset({LINKS}), in_window=True),
        run.writer("pull_request_commits", inside="pull_requests"),
        progress,
        run.window,
        repos,
        run.skip,
    )
    reviews = Reviews(
        client.for_reader(),
        run.writer("reviews", elsewhere=frozenset({COMMENTS}), in_window=True),
        run.writer("review_comments", inside="reviews"),
        progress,
        pulls,
        run.skip,
    )
    return (repos, pulls, reviews)
