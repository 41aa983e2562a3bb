"""What a run of GitHub knows from the runs before it: up to when each repository was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cursor_marts.raw.scope import Updated
from cursor_marts.sources.github.connections import Node
from cursor_marts.sources.github.reading import Known, Repository, naive
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.run import Run
from cursor_marts.sources.writer import as_naive

#: The time before the end of the last run from which a repository is listed again: clocks differ.
OVERLAP = timedelta(hours=1)


@dataclass
class Watermarks:
    """Up to when each repository is known, by its id, which a renamed one keeps.

    A watermark is the beginning of the last run that read the repository whole, never the time of
    a pull request.
    """

    run: Run
    kind: str
    name: str
    began_at: datetime  #: naive UTC, by the earlier one of this machine's clock and GitHub's
    _since: dict[str, str] = field(default_factory=dict)  #: the text that each is read from

    def __post_init__(self) -> None:
        state = self.run.noted(self.kind, self.name, "pull_requests")
        self._noted = self._without_forgotten(state)
        self._before = {} if self.run.full_refresh else self._noted

    def note_time(self, seconds: float | None) -> None:
        """Note a time of GitHub's clock, before any pull request was listed."""
        if seconds is not None:
            self.began_at = min(self.began_at, as_naive(seconds))

    @property
    def is_empty(self) -> bool:
        """Whether everything is to be read."""
        return not self._before

    def repository(self, node: Node, requests: Requests) -> Repository:
        """Return a repository to read: what has changed since its watermark, else the window."""
        start = f"{self.run.window.start}T00:00:00Z"
        before = self._before.get(node["id"])
        known = Known()
        if before is not None:
            until = datetime.fromisoformat(before["until"]) - OVERLAP
            known = Known(self.run.history.versions_of(before["name"]), until)
            if start >= before["from"]:
                start = f"{until:%Y-%m-%dT%H:%M:%SZ}"
        self._since[node["id"]] = start
        return Repository.of(node, start, requests, known)

    def scope(self, repositories: Iterable[Repository]) -> Updated:
        """Return which stored pull requests the run has read again, by the names of now."""
        read = list(repositories)
        for each in read:
            earlier = self._noted.get(each.id)
            if earlier is not None and earlier["name"] != each.name:
                self.run.history.renamed[earlier["name"]] = each.name
        since = {each.name: naive(self._since[each.id]) for each in read}
        return Updated(since, {each.name: each.kept for each in read})

    def write(self, repositories: Iterable[Repository]) -> None:
        """Note up to when each repository is known; of one with gaps, as it was before."""
        noted = dict(self._noted)
        for each in repositories:
            if not each.refused and each.is_settled:
                noted[each.id] = self._note(each)
        self.run.states[self.kind] = {"name": self.name, "repositories": noted}

    def _note(self, repository: Repository) -> dict[str, str]:
        window_start = f"{self.run.window.start}T00:00:00Z"
        before = self._before.get(repository.id, {})
        covered = min(before.get("from", window_start), window_start)
        until = self.began_at.replace(microsecond=0).isoformat()
        return {"name": repository.name, "from": covered, "until": until}

    def _without_forgotten(self, state: dict[str, Any]) -> dict[str, Any]:
        forgotten = self.run.history.forgotten
        found = state.get("repositories", {}).items()
        return {id: each for id, each in found if each["name"].casefold() not in forgotten}
