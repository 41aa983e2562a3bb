"""Reviews, and the comments in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cursor_marts.raw.records import Record, Unfit, as_int, identity
from cursor_marts.sources.github_style.pull_requests import Key, Pulls
from cursor_marts.sources.github_style.reviewers import ReviewsByReviewer
from cursor_marts.sources.github_style.windows import Unprovable
from cursor_marts.sources.http.client import Client, NotOffered
from cursor_marts.sources.http.endpoints import REVIEWS
from cursor_marts.sources.http.paginators import page_of
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.resource import Shelf

#: The field that goes to a table of its own.
COMMENTS = "comments"


@dataclass
class Reviews:
    """All reviews of given pull requests, in bulk where that is offered, proven and cheaper."""

    after = frozenset({"repos", "pull_requests", "reviews"})

    client: Client
    shelf: Shelf
    comments: Shelf
    progress: Progress
    pulls: Pulls
    known: int | None = None  #: how many the source claimed, where it can be asked for that

    def __post_init__(self) -> None:
        self._bulk = ReviewsByReviewer(self.client)

    def take(self) -> None:
        """Read them all."""
        try:
            if not self.pulls.ids or self._take_in_bulk():
                return
        except Unprovable as reason:
            self.shelf.remarks.append(f"reviews were not read in bulk: {reason}")
        except NotOffered:
            pass
        self.shelf.proof.clear()
        self.known = self.shelf.tally.expected = None
        self._take_one_by_one(self.pulls.ids)

    def claimed_now(self) -> int | None:
        """Return how many the source claims at this moment; None where it does not say."""
        return None if self.known is None else self._bulk.claimed_now()

    def _take_in_bulk(self) -> bool:
        """Return False where another way takes fewer requests."""
        by_id = {id_: key for key, id_ in self.pulls.ids.items() if id_ is not None}
        if len(by_id) < len(self.pulls.ids):
            raise Unprovable("there are pull requests without an id of their own")
        for records in self._bulk.read(self.pulls.people):
            if self._bulk.requests_at_least() > len(self.pulls.ids):
                return False
            self.shelf.count(records, "pr_id", "id")
            for record in records:
                self._put_where_it_belongs(record, by_id)
            self.progress.step("reviews", self.shelf.proof.seen, self._bulk.claimed)
        self.known = self.shelf.tally.expected = self._bulk.claimed
        return True

    def _put_where_it_belongs(self, record: Record, by_id: Mapping[int, Key]) -> None:
        """Put a review of one of the pull requests; reviews of others are left out."""
        try:
            pull = as_int(record.get("pr_id") if isinstance(record, dict) else None)
        except Unfit as unfit:
            self.shelf.reject(record, Unfit(f"pr_id: {unfit}"))
            return
        if pull in by_id:
            self._put(record, *by_id[pull])

    def _take_one_by_one(self, pulls: Mapping[Key, int | None]) -> None:
        def ask(key: Key) -> tuple[Key, list[Record]]:
            path = REVIEWS.at(*key)
            return key, page_of(self.client.get(path), path).records

        for done, ((repo, number), records) in enumerate(in_parallel(ask, list(pulls)), 1):
            ids = [identity(record, ("id",)) for record in records]
            self.shelf.count([{"repo": repo, "number": number, "id": id_} for id_ in ids])
            for record in records:
                self._put(record, repo, number)
            self.progress.step("reviews of pull requests", done, len(pulls))

    def _put(self, record: Record, repo: str, number: int) -> None:
        comments = record.get(COMMENTS) or [] if isinstance(record, dict) else []
        if not isinstance(comments, list):
            self.shelf.reject(record, Unfit(f"{COMMENTS}: not a list"))
            return
        row = self.shelf.put(record, repo_name=repo, pr_number=number)
        if row is None:
            return
        mine = {"repo_name": repo, "pr_number": number, "review_id": row["id"]}
        self.comments.count([mine | {"comment": comment} for comment in comments])
        for comment in comments:
            self.comments.put(comment, **mine)
