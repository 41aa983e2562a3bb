"""The readers of GitHub: repositories first, then their pull requests with all lists."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING

from cursor_marts.errors import SourceError
from cursor_marts.raw.records import Record
from cursor_marts.sources.github import records
from cursor_marts.sources.github.connections import Node
from cursor_marts.sources.github.reading import Reading, Repository
from cursor_marts.sources.github.repositories import Repositories
from cursor_marts.sources.github.store import Store
from cursor_marts.sources.github.watermarks import Watermarks
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.run import HOW_TO_RESUME, Run
from cursor_marts.sources.writer import ResourceWriter, Rows, as_naive

if TYPE_CHECKING:
    from cursor_marts.sources.github.source import GitHubSource

#: By resource, what returns its records in a pull request.
IN_A_PULL_REQUEST = {
    "pull_request_commits": records.commits,
    "reviews": records.reviews,
    "review_comments": records.review_comments,
}
#: Pull requests that are in memory, and written, at once.
AT_ONCE = 50
PROOF = (
    "each repository was listed down to the first pull request that is older than the window, and "
    "again until a list brought nothing new; each list in a pull request has as many records as "
    "GitHub claims"
)


class RepositoryReader:
    """Finds the repositories; their records are written when all else is read.

    A repository can be renamed meanwhile, and all its records are to have one name.
    """

    resource = "repos"
    after = frozenset({"repos"})

    def __init__(self, source: GitHubSource, run: Run) -> None:
        self.source = source
        self.costs = Costs(source.settings.pacer.clock)
        self.writer = run.writer("repos", comes_whole=True)
        self.found: list[Repository] = []
        began_at = as_naive(source.settings.wall_clock())
        self.watermarks = Watermarks(run, source.kind, source.name, began_at)
        self._run = run

    def read(self) -> None:
        """Find them, each once by id. Raises SourceRefused, IncompleteExtraction."""
        settings = self.source.settings
        choice = Repositories(settings.choice, self._run.skip)
        found: dict[str, Repository] = {}
        for target in settings.targets:
            requests = self.source.requests_for(target.owner)
            requests.client.costs = self.costs
            nodes = choice.find(requests, target)
            self.watermarks.note_time(requests.client.sent_at)
            for node in nodes:
                found[node["id"]] = self.watermarks.repository(node, requests)
            self._run.progress.step("repos", len(found), None)
        self.found = list(found.values())

    def is_as_before(self) -> bool:
        """Return True: no list is ever taken from an earlier run."""
        return True

    def has_settled(self) -> bool:
        """Return True: the list of repositories was read whole."""
        return True


class PullRequestReader:
    """Reads the pull requests that were updated since the window's start, whole."""

    resource = "pull_requests"
    after = frozenset({"pull_requests"})

    def __init__(self, repositories: RepositoryReader, store: Store, run: Run) -> None:
        self.costs = Costs(repositories.source.settings.pacer.clock)
        self._repositories = repositories
        self._store = store
        self._progress = run.progress
        self._writers = {name: run.writer(name, inside=self.resource) for name in IN_A_PULL_REQUEST}
        self._writer = run.writer(self.resource)
        self._reading = Reading(store, f"{run.window.start}T00:00:00Z", run.skip, self._step)

    def read(self) -> None:
        """Read them all, then write them. Raises SourceError."""
        for requests in self._repositories.source.all_requests():
            requests.client.costs = self.costs
        try:
            readable = self._reading.read(self._repositories.found)
        except SourceError as error:
            if len(self._store):
                error.hint = f"{error.hint}; {HOW_TO_RESUME}"
            raise
        tally = self._writer.tally
        for repository in readable:
            tally.by_repository[repository.name] = [repository.expected, self._write(repository)]
        tally.expected = sum(repository.expected for repository in readable)
        tally.proof = PROOF
        watermarks = self._repositories.watermarks
        self._writer.scope = watermarks.scope(readable)
        for writer in (self._writer, *self._writers.values()):
            writer.is_incremental = not watermarks.is_empty
        watermarks.write(readable)
        self._writer.remarks += self._reading.remarks

    def is_as_before(self) -> bool:
        """Return True: what is stored is used only where GitHub names the same update."""
        return True

    def has_settled(self) -> bool:
        """Return True: lists are read until they bring nothing new."""
        return True

    def _step(self, done: int, expected: int) -> None:
        self._progress.step(self.resource, done, expected)

    def _write(self, repository: Repository) -> int:
        """Write a repository and its pull requests; return how many these are."""
        repository.node["nameWithOwner"] = repository.name
        _add(self._repositories.writer, [records.repository(repository.node)])
        nodes, written = self._reading.pull_requests(repository), 0
        while some := list(islice(nodes, AT_ONCE)):
            self._write_some(some, repository.name)
            written += len(some)
        return written

    def _write_some(self, nodes: list[Node], repo: str) -> None:
        """Write pull requests, and all that is in those that fit the contract."""
        rows = _add(self._writer, (records.pull_request(node, repo) for node in nodes))
        for resource, records_in in IN_A_PULL_REQUEST.items():
            found = (records_in(node, repo) for node in rows.of(nodes))
            _add(self._writers[resource], chain.from_iterable(found))


def _add(writer: ResourceWriter, found: Iterable[Record]) -> Rows:
    """Count and write records; return the rows of those that fit the contract."""
    found = list(found)
    writer.count(writer.identify(found))
    return writer.add(found)
