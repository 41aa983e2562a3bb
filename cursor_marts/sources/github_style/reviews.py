"""Reviews, and the comments in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
#: The columns that say which pull request a review is of, and which review a comment is in.
PULL_REQUEST, REVIEW = ("repo_name", "pr_number"), "review_id"


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
        by_id: dict[int | None, Key] = {
            id_: key for key, id_ in self.pulls.ids.items() if id_ is not None
        }
        if len(by_id) < len(self.pulls.ids):
            raise Unprovable("there are pull requests without an id of their own")
        for records in self._bulk.read(self.pulls.people):
            if self._bulk.requests_at_least() > len(self.pulls.ids):
                return False
            self.writer.count(self.writer.identify(records))
            self._put_where_they_belong(records, by_id)
            self.progress.step("reviews", self.writer.proof.seen, self._bulk.claimed)
        self.known = self.writer.tally.expected = self._bulk.claimed
        return True

    def _put_where_they_belong(
        self, records: list[Record], by_id: Mapping[int | None, Key]
    ) -> None:
        """Put the reviews of the pull requests; reviews of others are left out."""
        pulls = zip(records, map(self._pull_of, records), strict=True)
        self._put((record, by_id[pull]) for record, pull in pulls if pull in by_id)

    def _pull_of(self, record: Record) -> int | None:
        """Return the pull request of a review; None if it becomes a reject since it says none."""
        try:
            return as_int(record.get("pr_id") if isinstance(record, dict) else None)
        except Unfit as unfit:
            self.writer.reject(record, Unfit(f"pr_id: {unfit}"))
            return None

    def _read_one_by_one(self, pulls: Mapping[Key, int | None]) -> None:
        for done, (key, records) in enumerate(in_parallel(self._of, list(pulls)), 1):
            name = "{}#{}".format(*key)
            self.writer.count(self.writer.identify(records, {"pr_id": [name] * len(records)}))
            self._put((record, key) for record in records)
            self.progress.step("reviews of pull requests", done, len(pulls))

    def _of(self, key: Key) -> tuple[Key, list[Record]]:
        """Return the reviews of a pull request; none of one that cannot be read."""
        path = REVIEWS.at(*key)
        try:
            return key, page_of(self.client.get(path), path).records
        except Refusal as refusal:
            self.skip(unreadable(refusal, self.resource, *key))
            return key, []

    def _put(self, reviews: Iterable[tuple[Record, Key]]) -> None:
        """Put reviews of some pull requests whose comments can be read, and these."""
        whole = [
            (record, key, comments)
            for record, key in reviews
            if (comments := self._comments_of(record)) is not None
        ]
        if not whole:
            return
        records, keys, inside = zip(*whole, strict=True)
        rows = self.writer.add(records, by_column(keys, PULL_REQUEST))
        found = zip(rows.of(inside), rows.of(keys), rows.values("id"), strict=True)
        self._put_comments([(each, (*key, *id_)) for mine, key, id_ in found for each in mine])

    def _comments_of(self, record: Record) -> list[Record] | None:
        """Return the comments of a review; None if it becomes a reject since they are no list."""
        comments = record.get(COMMENTS) or [] if isinstance(record, dict) else []
        if isinstance(comments, list):
            return comments
        self.writer.reject(record, Unfit(f"{COMMENTS}: not a list"))
        return None

    def _put_comments(self, comments: Sequence[tuple[Record, tuple[str, int, int]]]) -> None:
        """Put comments, each with its pull request and the review that it is listed in."""
        if not comments:
            return
        records, places = zip(*comments, strict=True)
        known = by_column(places, (*PULL_REQUEST, REVIEW))
        self.comments.count(self.comments.identify(records, known))
        listed_in = zip(records, known[REVIEW], strict=True)
        reviews = [None if has_no_review(record) else review for record, review in listed_in]
        self.comments.add(records, known | {REVIEW: reviews})


def by_column(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Return the values of rows, of which there is at least one, by column."""
    return dict(zip(columns, zip(*rows, strict=True), strict=True))


def has_no_review(comment: Any) -> bool:
    """Return whether a comment says that it has none: an old one, among those of another."""
    return isinstance(comment, dict) and comment.get(REVIEW, 0) is None
