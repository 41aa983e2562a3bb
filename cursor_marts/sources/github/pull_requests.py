"""Whole pull requests by id: with all labels, reviews, comments, commits and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cursor_marts.sources.github.answers import Answer, Problem
from cursor_marts.sources.github.connections import Node, NotWhole, read_list
from cursor_marts.sources.github.listing import CannotRead, Version
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.responses import TooLarge
from cursor_marts.sources.github.sizes import PageSize

#: Pull requests in a request, and the records of each nested list in it. Real pull requests fit
#: these in 98 of 100 cases; the price of a request goes by these numbers, not by what it finds.
OPERATION = "PullRequestsById"
PULL_REQUESTS = 25
NESTED = {"reviews": 30, "comments": 10, "commits": 50, "timeline": 30}
COMMENTS = {"comments": NESTED["comments"]}
#: Reviews exist since 2016: comments of older pull requests may have none.
REVIEWS_EXIST_SINCE = "2016-10-01"
#: The status of a pull request that GitHub has failed to answer again and again.
FAILS = "FAILS"
#: How often a pull request is read whose lists do not come out whole.
TRIES = 3

#: The lists of a pull request: field, operation for further pages, sizes of lists inside.
LISTS: tuple[tuple[str, str, dict[str, int]], ...] = (
    ("labels", "MoreLabels", {}),
    ("reviews", "MoreReviews", COMMENTS),
    ("commits", "MoreCommits", {}),
    ("timelineItems", "MoreEvents", {}),
)
THREADS = ("reviewThreads", "MoreThreads", COMMENTS)


@dataclass(frozen=True)
class Read:
    """What became of one pull request: its whole node and when it was sent, or the problem."""

    version: Version
    node: Node | None = None
    sent_at: float = 0.0
    problem: Problem | None = None


class PullRequests:
    """Reads pull requests some at a time, and the rest of their lists one list at a time."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._size = requests.sizes.setdefault(OPERATION, PageSize(PULL_REQUESTS))

    def read(self, versions: Sequence[Version]) -> Iterator[Read]:
        """Yield each pull request whole, or the problem that keeps it from being read."""
        waiting = list(versions)
        while waiting:
            some = waiting[: self._size.value]
            try:
                answer = self._requests.client.send(
                    OPERATION, ids=[version.id for version in some], **NESTED
                )
            except TooLarge:
                self._requests.retry_later()
                if self._size.shrink():
                    continue
                yield self._read_alone(some[0])
            else:
                self._size.succeeded()
                for place, version in enumerate(some):
                    yield self._read_found(version, answer, place)
            waiting = waiting[len(some) :]

    def _read_found(self, version: Version, answer: Answer, place: int) -> Read:
        node = (answer.data.get("nodes") or {place: None})[place]
        problem = self._problem_of(answer, place)
        if node is None and problem is not None:
            return Read(version, problem=problem)
        if node is None or problem is not None:
            return self._read_alone(version)
        try:
            return Read(version, self._complete(node, alone=False), answer.sent_at or 0.0)
        except (NotWhole, TooLarge, CannotRead):
            return self._read_alone(version)

    @staticmethod
    def _problem_of(answer: Answer, place: int) -> Problem | None:
        problems = (p for p in answer.problems if p.path[:2] in ((), ("nodes", place)))
        return next((problem for problem in problems if not problem.is_harmless), None)

    def _read_alone(self, version: Version) -> Read:
        """Read one pull request without its lists, then its lists one by one.

        It is read a few times if its lists do not come out whole.
        """
        problem: Problem | None = None
        for _ in range(TRIES):
            try:
                return self._read_in_parts(version)
            except CannotRead as refused:
                return Read(version, problem=refused.problem or Problem("NOT_FOUND", "null"))
            except NotWhole as why:
                problem = Problem("NOT_WHOLE", str(why))
            except TooLarge as why:
                self._requests.check_alive()
                return Read(version, problem=Problem(FAILS, str(why)))
        return Read(version, problem=problem)

    def _read_in_parts(self, version: Version) -> Read:
        answer = self._requests.once("PullRequestAlone", id=version.id)
        node = answer.node()
        if node is None:
            raise CannotRead(answer.problem_at("node"))
        return Read(version, self._complete(node, alone=True), answer.sent_at or 0.0)

    def _complete(self, node: Node, *, alone: bool) -> Node:
        """Return the node with all pages of its lists. Raises NotWhole, TooLarge, CannotRead."""
        lists = [*LISTS, THREADS] if node["createdAt"] < REVIEWS_EXIST_SINCE else LISTS
        for field, operation, sizes in lists:
            first = None if alone or field == THREADS[0] else node.get(field)
            nodes = self._rest(node["id"], field, operation, first, **sizes)
            node[field] = {"nodes": nodes}
            if sizes:
                self._complete_comments(nodes, field)
        return node

    def _complete_comments(self, holders: list[Node], field: str) -> None:
        operation = "MoreComments" if field == "reviews" else "MoreThreadComments"
        for holder in holders:
            comments = self._rest(holder["id"], "comments", operation, holder["comments"])
            holder["comments"] = {"nodes": comments}

    def _rest(
        self, id: str, field: str, operation: str, first: Node | None, **sizes: int
    ) -> list[Node]:
        def next_page(cursor: str | None) -> Node | None:
            answer = self._requests.page(operation, id=id, after=cursor, **sizes)
            refused = [p for p in answer.problems if not p.is_harmless]
            if refused:
                raise CannotRead(refused[0])
            found: Any = (answer.node() or {}).get(field)
            return found if isinstance(found, dict) else None

        return read_list(field, first, next_page)
