"""Pull requests, and which commits belong to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cursor_marts.raw.manifest import Unreadable
from cursor_marts.raw.records import Record, Unfit, as_text, shown
from cursor_marts.raw.scope import Opened
from cursor_marts.raw.shaping import Known
from cursor_marts.raw.window import Window
from cursor_marts.sources.github_style.repositories import Repos
from cursor_marts.sources.github_style.unreadable import unreadable
from cursor_marts.sources.github_style.windows import PullsByWindow, Unprovable
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.endpoints import PULLS, can_be_requested
from cursor_marts.sources.http.faults import NotOffered, Refusal
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.proof import read_whole
from cursor_marts.sources.writer import ResourceWriter, Rows

#: The field that goes to a table of its own.
LINKS = "commit_ids"
#: What makes a pull request itself: its number is unique in its repository only.
Key = tuple[str, int]


@dataclass
class Pulls:
    """The pull requests opened in a window, in bulk where that is offered and can be proven."""

    resource = "pull_requests"
    after = frozenset({"repos", "pull_requests"})

    client: Client
    writer: ResourceWriter
    links: ResourceWriter
    progress: Progress
    window: Window
    repos: Repos
    skip: Callable[[Unreadable], None]  #: is told of each repository that cannot be read
    ids: dict[Key, int | None] = field(default_factory=dict)  #: those of the window, with their id
    people: set[str] = field(default_factory=set)  #: who may have reviewed one
    known: int | None = None  #: how many the source claimed, where it can be asked for that alone

    def __post_init__(self) -> None:
        self._bulk = PullsByWindow(self.client, self.window)

    def read(self) -> None:
        """Read them all. Raises IncompleteExtraction."""
        self.writer.scope = Opened(self.window, frozenset(self.repos.claims))
        try:
            for records in self._bulk.read(self.repos.claimed_pulls()):
                hashes = self.writer.identify(records)
                self._put(records, hashes, self.writer.rows(records), self._bulk.claimed)
            self.known = self.writer.tally.expected = self._bulk.claimed
            return
        except Unprovable as reason:
            self.writer.remarks.append(f"pull requests were not read in bulk: {reason}")
        except NotOffered:
            pass
        self.known, self.writer.tally.expected = None, self.repos.claimed_pulls()
        self._read_by_repository(self.repos.claims)

    @property
    def costs(self) -> Costs:
        """What reading them has cost."""
        return self.client.costs

    def has_settled(self) -> bool:
        """Return whether the source claims as many as it did, where it can be asked for that."""
        return self.known is None or self._bulk.claimed_now() == self.known

    def is_as_before(self) -> bool:
        """Return True: repositories and commits tell one source from another."""
        return True

    def _read_by_repository(self, claims: Mapping[str, int | None]) -> None:
        for repo, claim in claims.items():
            try:
                self._read_repository(repo, claim)
            except Refusal as refusal:
                self.skip(unreadable(refusal, self.resource, repo))

    def _read_repository(self, repo: str, claim: int | None) -> None:
        def known(records: list[Record]) -> Known:
            return {"repo_name": [repo] * len(records)}

        def identify(records: list[Record]) -> list[int]:
            return self.writer.identify(records, known(records))

        read = partial(pages, self.client, PULLS, PULLS.at(repo), {"state": "all"})
        for page, hashes in read_whole(read, f"pull requests of {repo}", identify, claim):
            rows = self.writer.rows(page.records, known(page.records))
            self._put(page.records, hashes, rows, self.writer.tally.expected)

    def _put(
        self, records: list[Record], hashes: list[int], rows: Rows, expected: int | None
    ) -> None:
        """Put the pull requests of the window whose links can be read, and these."""
        self.writer.count(hashes)
        rows = rows.where([opened in self.window for (opened,) in rows.values("created_at")])
        links = {place: self._links_of(records[place]) for place in rows.places}
        rows = rows.where([links[place] is not None for place in rows.places])
        self.writer.put(rows)
        keys = list(rows.values("repo_name", "number"))
        self.ids.update(zip(keys, rows.table["id"].to_pylist(), strict=True))
        self.people.update(*map(as_people, rows.of(records)))
        self._put_links(keys, [links[place] or [] for place in rows.places])
        self.progress.step("pull_requests", self.writer.proof.seen, expected)

    def _links_of(self, record: Record) -> list[Record] | None:
        """Return the links of a pull request; None if it becomes a reject since they are odd."""
        try:
            return as_links(record.get(LINKS) or [])
        except Unfit as unfit:
            self.writer.reject(record, Unfit(f"{LINKS}: {unfit}"))
            return None

    def _put_links(self, keys: list[Key], links: list[list[Record]]) -> None:
        found = [
            link | {"repo_name": repo, "pr_number": number}
            for (repo, number), mine in zip(keys, links, strict=True)
            for link in mine
        ]
        self.links.count(self.links.identify(found))
        self.links.add(found)


def as_links(value: Any) -> list[Record]:
    """Read a list of commits, each a hash or an object that says more of it. Raises Unfit."""
    if not isinstance(value, list):
        raise Unfit(f"{shown(value)} is not a list")
    return [each if isinstance(each, dict) else {"commit_hash": as_text(each)} for each in value]


def as_people(record: Record) -> set[str]:
    """Return who may have left reviews: the author of a pull request, and those asked for one."""
    asked = record.get("reviewers")
    named = [record.get("author_email"), *(asked if isinstance(asked, list) else [])]
    return {name for name in named if can_be_requested(name)}
