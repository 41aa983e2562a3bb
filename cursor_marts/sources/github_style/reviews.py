"""Reviews, and the comments in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cursor_marts.raw.manifest import Unreadable
from cursor_marts.raw.records import Record, Unfit, as_int
from cursor_marts.sources.github_style.pull_requests import Key, Pulls
from cursor_marts.sources.github_style.reviewers import ReviewsByReviewer
from cursor_marts.sources.github_style.unreadable import unreadable
from cursor_marts.sources.github_style.windows import Unprovable
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.endpoints import REVIEWS
from cursor_marts.sources.http.faults import NotOffered, Refusal
from cursor_marts.sources.http.pages import page_of
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.writer import ResourceWriter

#: The field that goes to a table of its own.
COMMENTS = "comments"


@dataclass
class Reviews:
    """All reviews of given pull requests, in bulk where that is offered, proven and cheaper."""

    resource = "reviews"
    after = frozenset({"repos", "pull_requests", "reviews"})

    client: Client
    writer: ResourceWriter
    comments: ResourceWriter
    progress: Progress
    pulls: Pulls
    skip: Callable[[Unreadable], None]  #: is told of each pull request that cannot be read
    known: int | None = None  #: how many the source claimed, where it can be asked for that

    def __post_init__(self) -> None:
        self._bulk = ReviewsByReviewer(self.client)

    def read(self) -> None:
        """Read them all."""
        try:
            if not self.pulls.ids or self._read_in_bulk():
                return
        except Unprovable as reason:
            self.writer.remarks.append(f"reviews were not read in bulk: {reason}")
        except NotOffered:
            pass
        self.writer.proof.clear()
        self.known = self.writer.tally.expected = None
        self._read_one_by_one(self.pulls.ids)

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

    def _read_in_bulk(self) -> bool:
        """Return False where another way takes fewer requests."""
        by_id = {id_: key for key, id_ in self.pulls.ids.items() if id_ is not None}
        if len(by_id) < len(self.pulls.ids):
            raise Unprovable("there are pull requests without an id of their own")
        for records in self._bulk.read(self.pulls.people):
            if self._bulk.requests_at_least() > len(self.pulls.ids):
                return False
            self.writer.count(records)
            for record in records:
                self._put_where_it_belongs(record, by_id)
            self.progress.step("reviews", self.writer.proof.seen, self._bulk.claimed)
        self.known = self.writer.tally.expected = self._bulk.claimed
        return True

    def _put_where_it_belongs(self, record: Record, by_id: Mapping[int, Key]) -> None:
        """Put a review of one of the pull requests; reviews of others are left out."""
        try:
            pull = as_int(record.get("pr_id") if isinstance(record, dict) else None)
        except Unfit as unfit:
            self.writer.reject(record, Unfit(f"pr_id: {unfit}"))
            return
        if pull in by_id:
            self._put(record, *by_id[pull])

    def _read_one_by_one(self, pulls: Mapping[Key, int | None]) -> None:
        for done, ((repo, number), records) in enumerate(in_parallel(self._of, list(pulls)), 1):
            self.writer.count(records, pr_id=f"{repo}#{number}")
            for record in records:
                self._put(record, repo, number)
            self.progress.step("reviews of pull requests", done, len(pulls))

    def _of(self, key: Key) -> tuple[Key, list[Record]]:
        """Return the reviews of a pull request; none of one that cannot be read."""
        path = REVIEWS.at(*key)
        try:
            return key, page_of(self.client.get(path), path).records
        except Refusal as refusal:
            self.skip(unreadable(refusal, self.resource, *key))
            return key, []

    def _put(self, record: Record, repo: str, number: int) -> None:
        comments = record.get(COMMENTS) or [] if isinstance(record, dict) else []
        if not isinstance(comments, list):
            self.writer.reject(record, Unfit(f"{COMMENTS}: not a list"))
            return
        row = self.writer.add(record, repo_name=repo, pr_number=number)
        if row is None:
            return
        mine = {"repo_name": repo, "pr_number": number, "review_id": row["id"]}
        self.comments.count(comments, **mine)
        for comment in comments:
            self.comments.add(comment, **mine | _said_to_be_missing(comment))


def _said_to_be_missing(comment: Any) -> dict[str, None]:
    """Return the review of a comment that says it has none: an old one, among those of another."""
    is_old = isinstance(comment, dict) and comment.get("review_id", 0) is None
    return {"review_id": None} if is_old else {}
