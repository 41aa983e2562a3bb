"""The source's endpoints, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard
from urllib.parse import quote


@dataclass(frozen=True)
class Endpoint:
    """A path with placeholders, and how the endpoint spells a page and its size.

    One without `page` answers everything at once.
    """

    path: str
    page: str = ""
    size: str = ""
    largest: int = 0

    def at(self, repo: str = "", number: int = 0) -> str:
        """Return the path for a repository and a pull request, escaped."""
        names = "/".join(quote(part, safe="") for part in repo.split("/", 1))
        return self.path.format(repo=names, number=number)

    def page_params(self, number: int) -> dict[str, int]:
        """Return the query that asks for a page, counted from 1, of the largest size."""
        return {self.page: number, self.size: self.largest}


#: The longest name that a query may hold: servers refuse addresses of some thousand letters.
LONGEST_NAME = 500


def can_be_requested(name: object) -> TypeGuard[str]:
    """Return whether a value that a source has sent as a name can be part of a query."""
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        return False
    try:
        name.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True


COMMITS = Endpoint("/analytics/ai-code/commits", page="page", size="pageSize", largest=1000)
REPOS = Endpoint("/repos")
PULLS = Endpoint("/repos/{repo}/pulls", page="page", size="per_page", largest=100)
REVIEWS = Endpoint("/repos/{repo}/pulls/{number}/reviews")
BULK_PULLS = Endpoint("/analytics/github/prs", page="page", size="page_size", largest=100)
BULK_REVIEWS = Endpoint("/analytics/github/reviews", page="page", size="page_size", largest=100)
