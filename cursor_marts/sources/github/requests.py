"""Requests of a size that GitHub can answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cursor_marts.sources.github.answers import Answer
from cursor_marts.sources.github.client import GitHubClient
from cursor_marts.sources.github.responses import TooLarge
from cursor_marts.sources.github.sizes import PageSize

LARGEST_PAGE = 100


@dataclass
class Requests:
    """Sends operations; the pages of each have a size of their own, which shrinks and grows."""

    client: GitHubClient
    sizes: dict[str, PageSize] = field(
        default_factory=lambda: defaultdict(lambda: PageSize(LARGEST_PAGE))
    )

    def page(self, operation: str, **variables: Any) -> Answer:
        """Return a page of a list, as large as GitHub can answer. Raises as `once`."""
        size, attempts = self.sizes[operation], 0
        while True:
            try:
                answer = self.client.send(operation, size=size.value, **variables)
            except TooLarge as reason:
                attempts += not size.shrink()
                self._wait(reason, attempts)
            else:
                size.succeeded()
                return answer

    def once(self, operation: str, **variables: Any) -> Answer:
        """Return the answer to an operation that cannot be made smaller.

        Raises TooLarge after several failures, and the errors of `GitHubClient.send`.
        """
        attempts = 0
        while True:
            try:
                return self.client.send(operation, **variables)
            except TooLarge as reason:
                attempts += 1
                self._wait(reason, attempts)

    def check_alive(self) -> None:
        """Raise SourceUnreachable where GitHub does not answer the smallest request either."""
        try:
            self.once("Alive")
        except TooLarge as reason:
            raise reason.as_error("Alive") from None

    def retry_later(self, attempts: int = 1) -> None:
        """Wait before the next try, after so many that failed."""
        self.client.costs.add(retries=1)
        self.client.pause(attempts)

    def _wait(self, reason: TooLarge, attempts: int) -> None:
        if attempts >= self.client.patience.attempts:
            raise reason
        self.retry_later(max(1, attempts))
