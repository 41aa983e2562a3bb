"""Commits, with how much of each an AI has written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from cursor_marts.raw.scope import Committed, bounds
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.endpoints import COMMITS
from cursor_marts.sources.http.pages import page_of
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.proof import read_whole
from cursor_marts.sources.writer import ResourceWriter

PATH = COMMITS.at()


@dataclass
class Commits:
    """The commits of a window, every version of each."""

    resource = "commits"
    after = frozenset({"commits"})

    client: Client
    writer: ResourceWriter
    progress: Progress
    window: Window
    known: int | None = None  #: how many the source claimed when they were read

    def read(self) -> None:
        """Read them all. Raises IncompleteExtraction."""
        read = partial(pages, self.client, COMMITS, PATH, self._days())
        claimed = None
        for page, hashes in read_whole(read, "commits", self.writer.identify, in_order=True):
            self.writer.count(hashes)
            self.writer.add(page.records)
            claimed = page.total if page.total is None else max(page.total, claimed or 0)
            self.progress.step("commits", self.writer.proof.seen, claimed)
        self.known = self.writer.tally.expected = claimed
        self.writer.scope = Committed([bounds(self.window)])

    @property
    def costs(self) -> Costs:
        """What reading them has cost."""
        return self.client.costs

    def has_settled(self) -> bool:
        """Return whether the source claims as many as it did when they were read."""
        claimed = page_of(self.client.ask_anew(PATH, **self._first()), PATH).total
        return None in (claimed, self.known) or claimed == self.known

    def is_as_before(self) -> bool:
        """Return whether the list still begins with the commit that an earlier run was given."""
        earlier = self.client.past(PATH, **self._first())
        if earlier is None:
            return True
        was, is_ = (
            page_of(answer, PATH).records[:1]
            for answer in (earlier, self.client.ask_anew(PATH, **self._first()))
        )
        return was == is_

    def _days(self) -> dict[str, str]:
        return {"startDate": str(self.window.start), "endDate": str(self.window.end)}

    def _first(self) -> dict[str, Any]:
        return self._days() | COMMITS.page_params(1)
