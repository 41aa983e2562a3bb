"""Which pull requests a repository has, and when each was last updated: the last one first."""

from __future__ import annotations

from dataclasses import dataclass, field

from cursor_marts.sources.github.answers import Answer, Problem
from cursor_marts.sources.github.connections import Node
from cursor_marts.sources.github.requests import Requests

OPERATION = "PullRequestVersions"


class CannotRead(Exception):
    """GitHub refuses a repository or a pull request for good; carries its problem, if any."""

    def __init__(self, problem: Problem | None) -> None:
        super().__init__(problem.message if problem else "null")
        self.problem = problem


@dataclass(frozen=True)
class Version:
    """A pull request as a list names it."""

    id: str
    number: int
    updated_at: str


@dataclass
class Listing:
    """The pull requests of a repository that were updated at or after a time."""

    versions: dict[str, Version] = field(default_factory=dict)
    newest: str = ""  #: the latest update when the first page was read
    name: str = ""  #: owner and name of the repository, as of now
    total: int = 0  #: how many pull requests the repository has at all, by the last page
    reached_end: bool = False  #: whether the list ended before an older pull request came
    problems: list[Problem] = field(default_factory=list)  #: of single pull requests


def list_versions(requests: Requests, repository: str, since: str) -> Listing:
    """List a repository's pull requests down to the first one that was updated before `since`.

    The order and the end go by the same field, so that none is missed but those that are updated
    meanwhile: they move to the front, where the next listing finds them. Raises CannotRead.
    """
    listing, cursor = Listing(), None
    while True:
        answer = requests.page(OPERATION, repository=repository, after=cursor)
        page = _page(answer, listing)
        nodes = page["nodes"] or []
        end = _end(nodes, since)
        _add(listing, nodes[:end], answer)
        info = page["pageInfo"]
        if end < len(nodes) or not info["hasNextPage"]:
            listing.reached_end = end == len(nodes)
            return listing
        if info["endCursor"] in (None, cursor):
            raise CannotRead(Problem("NOT_WHOLE", "the cursor of the list does not move"))
        cursor = info["endCursor"]


def _page(answer: Answer, listing: Listing) -> Node:
    node = answer.node()
    if node is None or not node.get("pullRequests"):
        raise CannotRead(answer.problem_at("node"))
    listing.name = node["nameWithOwner"]
    page: Node = node["pullRequests"]
    listing.total = page["totalCount"]
    return page


def _end(nodes: list[Node | None], since: str) -> int:
    """Return how many nodes there are before the first one that was updated before `since`."""
    updates = enumerate(node["updatedAt"] if node else since for node in nodes)
    return next((place for place, updated_at in updates if updated_at < since), len(nodes))


def _add(listing: Listing, nodes: list[Node | None], answer: Answer) -> None:
    """Add a page's pull requests; null in the middle of a list is one that cannot be read."""
    for place, node in enumerate(nodes):
        if node is None:
            problem = answer.problem_at("node", "pullRequests", "nodes", place)
            listing.problems.append(problem or Problem("NOT_FOUND", "GitHub answers null for it"))
        else:
            listing.newest = listing.newest or node["updatedAt"]
            version = Version(node["id"], node["number"], node["updatedAt"])
            listing.versions.setdefault(version.id, version)
