"""GitHub as a source: repositories, and pull requests with all that belongs to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from cursor_marts.sources.github.addresses import Addresses
from cursor_marts.sources.github.client import GitHubClient
from cursor_marts.sources.github.readers import PullRequestReader, RepositoryReader
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.store import Store
from cursor_marts.sources.github.targets import Choice, Target
from cursor_marts.sources.github.tokens import App, InstallationToken, PersonalToken, Token
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.run import Run
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.source import Reader

KIND = "github"


@dataclass(frozen=True)
class GitHubSettings:
    """What to read from one GitHub, and as whom: a token, or an app with its key.

    `reserve` are the points of each hour that are left to others. `transport` and `wall_clock`
    replace the network and the time in tests.
    """

    targets: tuple[Target, ...]
    sign_in: Secret | App
    addresses: Addresses = field(default_factory=Addresses.of)
    choice: Choice = field(default_factory=Choice)
    reserve: int = 500
    patience: Patience = field(default_factory=Patience)
    pacer: Pacer = field(default_factory=Pacer)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    network: Network = field(default_factory=Network)
    wall_clock: Callable[[], float] = time.time


@dataclass
class GitHubSource:
    """One GitHub. An app signs in at each owner, so that each owner has a client of its own."""

    settings: GitHubSettings
    kind: str = KIND
    name: str = ""  #: the address of its REST interface, as in GitHub's own tools
    invented: bool = False
    _requests: dict[str, Requests] = field(default_factory=dict)
    _store: Store | None = None

    def __post_init__(self) -> None:
        self.name = self.name or self.settings.addresses.rest

    @property
    def identity(self) -> str:
        """What is read. Lists never come from an earlier run, so that the token does not matter."""
        choice = self.settings.choice
        return f"{' '.join(map(str, self.settings.targets))}; {choice}"

    def open(self, run: Run, journal: Journal) -> Sequence[Reader]:
        """Return the readers. What they have read is stored beside the journal, in its own form."""
        about = {"source": self.name, "start": str(run.window.start)}
        path = run.work.journal(f"{self.kind}-pull-requests")
        self._store = Store(path, about, self.settings.wall_clock)
        if self._store.restored:
            run.progress.say(
                f"resuming with {self._store.restored:,} pull requests of an interrupted run"
            )
        repositories = RepositoryReader(self, run)
        return (repositories, PullRequestReader(repositories, self._store, run))

    def requests_for(self, owner: str) -> Requests:
        """Return the requests to the repositories of an owner."""
        key = owner.casefold() if isinstance(self.settings.sign_in, App) else ""
        if key not in self._requests:
            self._requests[key] = Requests(self._client(owner))
        return self._requests[key]

    def all_requests(self) -> list[Requests]:
        """Return the requests to all owners."""
        return list(self._requests.values())

    def close(self) -> None:
        """Close the connections and the store, which stays for the next run."""
        for requests in self.all_requests():
            requests.client.close()
        if self._store is not None:
            self._store.close()

    def _client(self, owner: str) -> GitHubClient:
        settings = self.settings
        return GitHubClient(
            settings.addresses.graphql,
            self._token(owner),
            settings.reserve,
            settings.patience,
            settings.pacer,
            settings.transport,
            settings.wall_clock,
            settings.network,
        )

    def _token(self, owner: str) -> Token:
        settings = self.settings
        if isinstance(settings.sign_in, Secret):
            return PersonalToken(settings.sign_in)
        return InstallationToken(
            settings.sign_in,
            owner,
            settings.addresses,
            settings.transport,
            settings.wall_clock,
            settings.network,
        )
