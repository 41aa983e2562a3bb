"""Repositories, and what each claims to have."""

from __future__ import annotations

from dataclasses import dataclass, field

from cursor_marts.raw.records import Record
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.endpoints import REPOS
from cursor_marts.sources.http.pages import is_count, page_of
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.writer import ResourceWriter

#: The field that says how many pull requests a repository has.
CLAIM = "total_pull_requests_count"
PATH = REPOS.at()


@dataclass
class Repos:
    """The list of repositories, which comes whole in one answer."""

    resource = "repos"
    after = frozenset({"repos", "pull_requests"})

    client: Client
    writer: ResourceWriter
    progress: Progress
    #: What each repository claims to have of pull requests; None where it does not say.
    claims: dict[str, int | None] = field(default_factory=dict)
    known: int | None = (
        None  #: a number that grows with repositories and with pull requests in any of them
    )

    def read(self) -> None:
        """Read the list."""
        records = page_of(self.client.get(PATH), PATH).records
        self.writer.count(self.writer.identify(records))
        rows = self.writer.add(records)
        claims = map(claim_of, rows.of(records))
        self.claims = dict(zip(rows.table["full_name"].to_pylist(), claims, strict=True))
        self.known = _claimed_by(records)
        # The list comes whole or not at all: what has arrived is what there is.
        self.writer.tally.expected = self.writer.proof.distinct
        self.progress.step("repos", self.writer.proof.seen, self.writer.tally.expected)

    def claimed_pulls(self) -> int | None:
        """Return how many pull requests all repositories claim; None where one does not say."""
        claims = list(self.claims.values())
        return None if None in claims else sum(claim or 0 for claim in claims)

    @property
    def costs(self) -> Costs:
        """What reading them has cost."""
        return self.client.costs

    def has_settled(self) -> bool:
        """Return whether the source claims what it did when they were read."""
        claimed = _claimed_by(page_of(self.client.ask_anew(PATH), PATH).records)
        return None in (claimed, self.known) or claimed == self.known

    def is_as_before(self) -> bool:
        """Return whether the source still has the repositories that an earlier run was given."""
        earlier = self.client.past(PATH)
        if earlier is None:
            return False
        answers = (earlier, self.client.ask_anew(PATH))
        was, is_ = (set(self.writer.identify(page_of(answer, PATH).records)) for answer in answers)
        return was == is_


def _claimed_by(records: list[Record]) -> int:
    return sum(1 + (claim_of(record) or 0) for record in records)


def claim_of(record: Record) -> int | None:
    """Return how many pull requests a repository claims; None where it gives no count."""
    claim = record.get(CLAIM) if isinstance(record, dict) else None
    return claim if is_count(claim) else None
