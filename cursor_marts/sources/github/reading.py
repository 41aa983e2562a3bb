"""All pull requests of some repositories, up to date and proven complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cursor_marts.errors import IncompleteExtraction, SourceUnreachable
from cursor_marts.raw.manifest import Unreadable
from cursor_marts.sources.github.connections import Node
from cursor_marts.sources.github.listing import CannotRead, Listing, Version, list_versions
from cursor_marts.sources.github.pull_requests import FAILS, PullRequests, Read
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.responses import RUN_AGAIN, TooLarge
from cursor_marts.sources.github.store import Store, Stored
from cursor_marts.sources.github.unreadable import unreadable

#: How often a repository is listed whose pull requests go on changing.
ROUNDS = 20
#: How many pull requests in a row may fail before the run ends.
MOST_FAILURES = 5
#: Stands for pull requests whose id GitHub does not tell.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Known:
    """The pull requests of a repository that earlier runs have read: the last update of each.

    An update since `until` may have come after its pull request was read, and tells nothing.
    """

    updates: Mapping[int, datetime] = field(default_factory=dict)
    until: datetime = datetime.min

    def has(self, version: Version) -> bool:
        """Return whether a version of a pull request was read, whole."""
        updated_at = naive(version.updated_at)
        return updated_at < self.until and self.updates.get(version.number) == updated_at


@dataclass
class Repository:
    """One repository while it is read."""

    id: str
    node: Node
    name: str
    since: str  #: down to which update the next listing goes
    requests: Requests
    newest: str | None = None  #: the latest update when it was last listed; None before that
    listed: dict[str, Version] = field(default_factory=dict)
    claimed: int | None = None  #: how many GitHub says there are, where the list was read whole
    known: Known = field(default_factory=Known)
    gone: set[str] = field(default_factory=set)  #: listed, and deleted before they were read
    refused: dict[str, Unreadable] = field(default_factory=dict)
    is_settled: bool = False

    @classmethod
    def of(
        cls, node: Node, since: str, requests: Requests, known: Known | None = None
    ) -> Repository:
        """Return a repository to read. One without an update since then needs no listing."""
        newest = [each["updatedAt"] for each in node["pullRequests"]["nodes"] or () if each]
        is_idle = not newest or newest[0] < since
        name, known = node["nameWithOwner"], known or Known()
        return cls(node["id"], node, name, since, requests, known=known, is_settled=is_idle)

    @property
    def expected(self) -> int:
        """How many of the pull requests that GitHub has listed are to be read."""
        return len(self.listed.keys() - self.gone - self.unchanged)

    @property
    def unchanged(self) -> set[str]:
        """The listed pull requests that an earlier run has read as they are."""
        return {id for id, version in self.listed.items() if self.known.has(version)}

    @property
    def kept(self) -> set[int]:
        """The numbers of listed pull requests whose stored rows stay."""
        ids = self.unchanged | self.refused.keys()
        return {version.number for id, version in self.listed.items() if id in ids}


@dataclass
class Reading:
    """Reads what the lists name and the store lacks, until the lists bring nothing new.

    Each listing begins with the last update and ends where the one before it began. A repository
    is settled when a listing begins where the one before it did and names nothing that is missing:
    then nothing has been updated in between.
    """

    store: Store
    since: str  #: the start of the window
    skip: Callable[[Unreadable], None]  #: is told of each pull request that cannot be read
    on_step: Callable[[int, int], None] = lambda done, expected: None
    remarks: list[str] = field(default_factory=list)
    _listed: int = 0
    _failures: int = 0  #: pull requests in a row that GitHub has failed to answer

    def read(self, repositories: Iterable[Repository]) -> list[Repository]:
        """Read all; return the repositories that could be read.

        Raises IncompleteExtraction where GitHub claims more pull requests than it lists.
        """
        readable = list(repositories)
        for _ in range(ROUNDS):
            waiting = [each for each in readable if not each.is_settled]
            if not waiting:
                break
            readable = [each for each in readable if each.is_settled or self._update(each)]
        else:
            self._remark_on_restless(readable)
        for repository in readable:
            self._conclude(repository)
        return readable

    def pull_requests(self, repository: Repository) -> Iterator[Node]:
        """Yield the whole pull requests of a repository, by number."""
        missing = repository.gone | repository.refused.keys() | repository.unchanged
        read = [each for id, each in repository.listed.items() if id not in missing]
        read.sort(key=lambda version: version.number)
        yield from self.store.nodes([version.id for version in read])

    def _update(self, repository: Repository) -> bool:
        """Read what is new in a repository; return False where it cannot be read at all."""
        try:
            listing = list_versions(repository.requests, repository.id, repository.since)
        except CannotRead as refused:
            self.skip(unreadable(repository.name, refused.problem))
            return False
        except TooLarge as reason:
            raise reason.as_error(f"the list of {repository.name}") from None
        missing = self._note(repository, listing)
        reads = PullRequests(repository.requests).read(missing)
        for left, read in zip(range(len(missing) - 1, -1, -1), reads, strict=True):
            self._take(repository, read)
            self.on_step(self._listed - left, self._listed)
        repository.is_settled = not missing and listing.newest in ("", repository.newest)
        repository.newest = listing.newest
        repository.since = listing.newest or repository.since
        return True

    def _note(self, repository: Repository, listing: Listing) -> list[Version]:
        """Take over what a listing says; return the pull requests that are to be read."""
        repository.name = listing.name or repository.name
        self._listed += len(listing.versions.keys() - repository.listed.keys())
        repository.listed |= listing.versions
        if listing.reached_end or repository.claimed is not None:
            repository.claimed = listing.total
        for problem in listing.problems:
            repository.refused[UNKNOWN] = unreadable(repository.name, problem)
        return [each for each in listing.versions.values() if self._is_stale(repository, each)]

    def _is_stale(self, repository: Repository, version: Version) -> bool:
        if version.id in repository.refused or repository.known.has(version):
            return False
        stored = self.store.get(version.id)
        return stored is None or stored.updated_at != version.updated_at or not is_settled(stored)

    def _take(self, repository: Repository, read: Read) -> None:
        id = read.version.id
        self._count_failures(read)
        if read.node is not None:
            self.store.put(repository.id, read.node, read.sent_at)
            repository.gone.discard(id)
        elif read.problem is not None and read.problem.type == "NOT_FOUND":
            repository.gone.add(id)
        else:
            number = read.version.number
            repository.refused[id] = unreadable(repository.name, read.problem, number=number)

    def _count_failures(self, read: Read) -> None:
        """Raise SourceUnreachable where so many fail that it is not about single ones."""
        fails = read.problem is not None and read.problem.type == FAILS
        self._failures = self._failures + 1 if fails else 0
        if fails and read.problem is not None and self._failures >= MOST_FAILURES:
            raise SourceUnreachable(
                f"{self._failures} pull requests in a row cannot be read: {read.problem.message}",
                hint=RUN_AGAIN,
            )

    def _conclude(self, repository: Repository) -> None:
        for refused in repository.refused.values():
            self.skip(refused)
        if repository.gone:
            self.remarks.append(
                f"{repository.name}: {len(repository.gone):,} pull requests were deleted while it "
                "was read"
            )
        if UNKNOWN in repository.refused:  # how many it is that GitHub hides is not known
            return
        if repository.claimed is not None and len(repository.listed) < repository.claimed:
            raise IncompleteExtraction(
                f"pull requests of {repository.name}: GitHub claims {repository.claimed:,} and "
                f"lists {len(repository.listed):,}",
                hint="the previous extraction is unchanged; run again",
            )

    def _remark_on_restless(self, repositories: list[Repository]) -> None:
        restless = [each.name for each in repositories if not each.is_settled]
        self.remarks.append(
            f"{', '.join(restless)}: pull requests were still changing after {ROUNDS} listings; "
            "the next run reads what has changed since"
        )


def is_settled(stored: Stored) -> bool:
    """Return whether a pull request was read after the second of its update had passed.

    Updates have whole seconds: a second update in the same second would have the same time.
    """
    return stored.sent_at >= datetime.fromisoformat(stored.updated_at).timestamp() + 1


def naive(text: str) -> datetime:
    """Return a time of GitHub's as naive UTC."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
