"""Lists that come in pages: which pages to request, and where a list ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import Endpoint
from cursor_marts.sources.http.pages import Page, page_of
from cursor_marts.sources.http.parallel import WORKERS, in_parallel

#: Pages that are requested at once: a total may claim more than there is by any factor.
AT_ONCE = 60

Query = Mapping[str, Any]


class Paginator(Protocol):
    """Knows which pages of a list to request next."""

    def next(self) -> Sequence[Query]:
        """Return the queries of further pages; none at the end of the list."""

    def note(self, page: Page) -> None:
        """Learn from a page that has arrived."""


@dataclass
class NumberedPages:
    """A list whose pages are counted from 1.

    Where the source says how many records there are, pages are requested several at once. The end
    is a page that is shorter than the first one, whatever the total says: totals may lag behind,
    and a source may silently cap the size that it was asked for.
    """

    endpoint: Endpoint
    requested: int = 0  #: the number of the last page that was requested
    _first: Page | None = None
    _more: bool | None = None
    _shortest: int = 0  #: the fewest records on a page of the last batch

    def next(self) -> Sequence[Query]:
        """Return the queries of further pages."""
        start, last = self.requested + 1, self._last()
        self.requested, self._shortest = max(self.requested, last), self.endpoint.largest + 1
        return [self.endpoint.page_params(number) for number in range(start, last + 1)]

    def note(self, page: Page) -> None:
        """Learn the size of a page, the total, and whether there is more."""
        self._first = self._first or page
        self._more = page.more
        self._shortest = min(self._shortest, len(page.records))

    def _last(self) -> int:
        """Return the number of the last page to request now; that of the last one at the end."""
        if self._first is None:
            return 1
        size, total = len(self._first.records), self._first.total
        if not size or not self._shortest:
            return self.requested
        if self._more is not None:
            return self.requested + self._more
        if total is not None and self.requested == 1 and total <= size < self.endpoint.largest:
            return 1
        by_total = -(-total // size) if total is not None else 0
        if by_total > self.requested:
            return min(by_total, self.requested + AT_ONCE)
        return self.requested + (self._shortest >= size)


def pages(
    client: Client,
    endpoint: Endpoint,
    path: str,
    params: Mapping[str, str],
    workers: int = WORKERS,
) -> Iterator[Page]:
    """Yield the pages of a list, a request each, to where they end.

    Whether they bring anything new is for `Novelty` to see. Raises SourceNotUnderstood for an
    answer of another shape.
    """

    def ask(query: Query) -> Page:
        return page_of(client.get(path, **params, **query), path)

    paginator: Paginator = NumberedPages(endpoint)
    while queries := paginator.next():
        for page in in_parallel(ask, queries, workers):
            paginator.note(page)
            yield page
