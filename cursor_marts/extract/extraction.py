"""One extraction: every resource of a window, proven complete, landed whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cursor_marts.config import Window
from cursor_marts.errors import IncompleteExtraction
from cursor_marts.extract import landing
from cursor_marts.extract.client import Client
from cursor_marts.extract.endpoints import COMMITS, PULLS, REPOS, REVIEWS
from cursor_marts.extract.pagination import Found, Record, count_of, every_record, pages
from cursor_marts.extract.records import Row, Shaper, Unfit, as_json, as_texts, identity
from cursor_marts.manifest import Manifest, Tally
from cursor_marts.raw import RAW_TABLES

#: The share of a resource's records that may be rejected before the API counts as changed.
REJECTS_ALLOWED = 0.01
#: Fields that go to a table of their own, and the one that says how many pull requests there are.
LINKS, COMMENTS, CLAIM = "commit_ids", "comments", "total_pull_requests_count"

Progress = Callable[[str], None]


def extract(
    client: Client,
    window: Window,
    folder: Path,
    *,
    source: str = "",
    invented: bool = False,
    rejects_allowed: float = REJECTS_ALLOWED,
    progress: Progress = lambda line: None,
) -> Manifest:
    """Extract all resources into the landing `folder`, which is replaced whole or not at all.

    Commits are those of the window; pull requests those opened in it, with all their reviews.
    `source` is its name in the records, else its address; `invented` marks data that is made up.
    Raises SourceError and its kin, IncompleteExtraction where the source keeps back records that
    it claims to have, and LandingError.
    """
    with landing.replacing(folder) as fresh:
        started = datetime.now(UTC).replace(tzinfo=None)
        run = _Extraction(client, window, progress)
        run.everything()
        for shelf in run.shelves:
            shelf.refuse_too_many_rejects(rejects_allowed)
        manifest = Manifest(
            source=source or client.source,
            window=window,
            started_at=started,
            finished_at=datetime.now(UTC).replace(tzinfo=None),
            resources={shelf.resource: shelf.tally for shelf in run.shelves},
            invented=invented,
            notes=[line for shelf in run.shelves for line in shelf.notes()],
        )
        landing.write(fresh, run.tables())
        manifest.write(fresh)
    return manifest


@dataclass
class _Shelf:
    """One raw table being filled: its rows, its rejects, and the counts of both."""

    resource: str
    elsewhere: frozenset[str] = frozenset()
    rows: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.shaper = Shaper(RAW_TABLES[self.resource], self.elsewhere)

    def expect(self, found: Found) -> Iterable[Record]:
        """Count what was claimed and what has arrived; return the records."""
        tally = self.tally
        tally.received += len(found.records)
        tally.duplicates += found.duplicates
        if found.expected is not None:
            tally.expected = (tally.expected or 0) + found.expected
        return found.records.values()

    def put(self, record: Record, **defaults: Any) -> Row | None:
        """Add a record as a row, or as a reject; return the row."""
        try:
            row = self.shaper.row(record, defaults)
        except Unfit as unfit:
            self.reject(record, unfit)
            return None
        self.rows.append(row)
        return row

    def reject(self, record: Record, unfit: Unfit) -> None:
        """Keep a record that breaks the contract, whole."""
        self.tally.rejected += 1
        self.rejects.append(
            {"resource": self.resource, "reason": str(unfit), "record": as_json(record)}
        )

    def refuse_too_many_rejects(self, allowed: float) -> None:
        """Raise IncompleteExtraction where more than the allowed share was rejected."""
        if self.tally.rejected > allowed * self.tally.received:
            raise IncompleteExtraction(
                f"{self.resource}: {self.tally.rejected:,} of {self.tally.received:,} records "
                f"break the contract, e.g. {self.rejects[0]['reason']} in "
                f"{self.rejects[0]['record']:.120}",
                hint="the API seems to have changed; the previous extraction stands",
            )

    def notes(self) -> list[str]:
        """Return a line for each field that the contract does not know, with an example."""
        return [
            f"{self.resource}.{name} is not in the contract: kept in `extra`, "
            f"e.g. {as_json(value):.60}"
            for name, value in sorted(self.shaper.unknown.items())
        ]


class _Extraction:
    """One run: resource by resource, since the later ones ask for what the earlier ones named."""

    def __init__(self, client: Client, window: Window, progress: Progress) -> None:
        self.client = client
        self.window = window
        self.progress = progress
        self.repos = _Shelf("repos")
        self.commits = _Shelf("commits")
        self.pull_requests = _Shelf("pull_requests", frozenset({LINKS}))
        self.links = _Shelf("pull_request_commits")
        self.reviews = _Shelf("reviews", frozenset({COMMENTS}))
        self.comments = _Shelf("review_comments")

    @property
    def shelves(self) -> tuple[_Shelf, ...]:
        return (
            self.repos,
            self.commits,
            self.pull_requests,
            self.links,
            self.reviews,
            self.comments,
        )

    def everything(self) -> None:
        with self._counted(self.repos):
            claims = self._take_repos()
        with self._counted(self.commits):
            self._take_commits()
        with self._counted(self.pull_requests):
            for repo, claimed in claims.items():
                self._take_pull_requests(repo, claimed)
        with self._counted(self.reviews):
            for pull_request in self.pull_requests.rows:
                self._take_reviews(pull_request["repo_name"], pull_request["number"])

    def tables(self) -> dict[str, list[Row]]:
        rejects = [reject for shelf in self.shelves for reject in shelf.rejects]
        return {shelf.resource: shelf.rows for shelf in self.shelves} | {"rejects": rejects}

    def _take_repos(self) -> dict[str, int | None]:
        """Take the repositories; return how many pull requests each is said to have."""
        self.progress("repositories")
        found = every_record(
            partial(pages, self.client, REPOS, REPOS.at()), "repos", ("full_name",)
        )
        # The list comes whole or not at all: what has arrived is what there is.
        found.expected = len(found.records)
        claims: dict[str, int | None] = {}
        for record in self.repos.expect(found):
            if row := self.repos.put(record):
                claims[row["full_name"]] = count_of(record.get(CLAIM), REPOS.path)
        return claims

    def _take_commits(self) -> None:
        self.progress("commits")
        days = {"startDate": str(self.window.start), "endDate": str(self.window.end)}
        read = partial(pages, self.client, COMMITS, COMMITS.at(), **days)
        for record in self.commits.expect(every_record(read, "commits")):
            self.commits.put(record)

    def _take_pull_requests(self, repo: str, claimed: int | None) -> None:
        self.progress(f"pull requests of {repo}")
        read = partial(pages, self.client, PULLS, PULLS.at(repo), state="all")
        what = f"pull requests of {repo}"
        found = every_record(read, what, ("number",), "updated_at", claimed)
        for record in self.pull_requests.expect(found):
            self._take_pull_request(record, repo)

    def _take_pull_request(self, record: Record, repo: str) -> None:
        shelf = self.pull_requests
        try:
            row = shelf.shaper.row(record, {"repo_name": repo})
            hashes = as_texts(record.get(LINKS) or [])
        except Unfit as unfit:
            shelf.reject(record, unfit)
            return
        if row["created_at"] not in self.window:
            shelf.tally.outside_window += 1
            return
        shelf.rows.append(row)
        pull_request = {"repo_name": row["repo_name"], "pr_number": row["number"]}
        links = Found({hash_: {"commit_hash": hash_} for hash_ in hashes})
        self._put_nested(self.links, links, len(hashes), pull_request)

    def _take_reviews(self, repo: str, number: int) -> None:
        path = REVIEWS.at(repo, number)
        found = every_record(partial(pages, self.client, REVIEWS, path), path, ("id",))
        pull_request = {"repo_name": repo, "pr_number": number}
        for record in self.reviews.expect(found):
            self._take_review(record, pull_request)

    def _take_review(self, record: Record, pull_request: Row) -> None:
        comments = record.get(COMMENTS) or [] if isinstance(record, dict) else []
        if not isinstance(comments, list):
            self.reviews.reject(record, Unfit(f"{COMMENTS}: not a list"))
            return
        row = self.reviews.put(record, **pull_request)
        if row:
            nested = Found({identity(each, ("id",)): each for each in comments})
            self._put_nested(
                self.comments, nested, len(comments), pull_request | {"review_id": row["id"]}
            )

    def _put_nested(self, shelf: _Shelf, found: Found, sent: int, parent: Row) -> None:
        """Add records that came inside another: what was sent is all there is."""
        found.expected, found.duplicates = len(found.records), sent - len(found.records)
        for record in shelf.expect(found):
            shelf.put(record, **parent)

    @contextmanager
    def _counted(self, shelf: _Shelf) -> Iterator[None]:
        """Count the requests meanwhile as the shelf's."""
        requests, retries = self.client.requests, self.client.retries
        yield
        shelf.tally.requests = self.client.requests - requests
        shelf.tally.retries = self.client.retries - retries
