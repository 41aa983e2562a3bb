"""Pull requests in bulk: by windows of days that fit a page each.

The order is random on every request, so that a window is whole only if one page holds it. A page
that is shorter than it could be holds all there is; totals then confirm it from outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from cursor_marts.config import Window
from cursor_marts.errors import IncompleteExtraction
from cursor_marts.extract.client import Client
from cursor_marts.extract.endpoints import BULK_PULLS
from cursor_marts.extract.pagination import Page, page_of, pages
from cursor_marts.extract.parallel import in_parallel
from cursor_marts.extract.proof import read_whole
from cursor_marts.extract.records import Record, Unfit, as_moment, identity

#: How full a page is planned to be: more, and too many windows overflow; less, and pages go empty.
FULL = 0.85
DAY = timedelta(days=1)
#: What the source's filter by state knows.
STATES = ("merged", "open", "closed")
PATH = BULK_PULLS.at()


class Unprovable(Exception):
    """The totals do not come out: what bulk reads gave cannot be shown to be all there is."""


@dataclass
class PullsByWindow:
    """All pull requests opened in a window, in about as few requests as pages would hold them."""

    client: Client
    window: Window
    claimed: int = 0  #: how many the source claims to have in the window

    def read(self, claimed: int | None) -> Iterator[list[Record]]:
        """Yield the window's pull requests, each once or more, until they are all there.

        `claimed` is how many the source has of any day, by another of its endpoints. Raises
        Unprovable where the numbers do not come out, NotOffered where there are no bulk reads.
        """
        everything, inside = self._page(), self._page(**days_of(self.window))
        self._refuse_contradictions(claimed, total_of(everything), total_of(inside))
        self.claimed = total_of(inside)
        yield inside.records
        overflows = total_of(everything) > len(everything.records)
        room = len(everything.records) if overflows else BULK_PULLS.largest
        if self.claimed == distinct(inside) < room:
            return
        received = 0
        for records in self._in(planned(self.window, inside), room):
            received += len(records)
            yield records
        if received < self.claimed:
            raise Unprovable(f"{received} arrived of the {self.claimed} that it claims")

    def claimed_now(self) -> int:
        """Return how many the source claims at this moment. Raises Unprovable."""
        query = BULK_PULLS.page_params(1) | days_of(self.window)
        return total_of(page_of(self.client.ask_anew(PATH, **query), PATH))

    def _page(self, **days: str) -> Page:
        return page_of(self.client.get(PATH, **BULK_PULLS.page_params(1), **days), PATH)

    def _refuse_contradictions(self, claimed: int | None, everything: int, inside: int) -> None:
        if claimed is not None and everything != claimed:
            raise Unprovable(f"it claims {everything} in bulk and {claimed} by repository")
        if inside != everything:
            before = total_of(self._page(end_date=str(self.window.start - DAY)))
            after = total_of(self._page(start_date=str(self.window.end + DAY)))
            if before + inside + after != everything:
                raise Unprovable(
                    f"it claims {everything} in all, and {before + inside + after} by day"
                )

    def _in(self, windows: list[Window], room: int) -> Iterator[list[Record]]:
        """Yield the records of each window; one that may not fit a page is split, down to a day."""
        while windows:
            too_large: list[Window] = []
            together = 0
            for window, page in in_parallel(self._ask, windows):
                together += total_of(page)
                if together > 2 * self.claimed:
                    raise Unprovable("it does not heed the days that it is asked for")
                if total_of(page) == distinct(page) < room:
                    yield page.records
                elif window.start == window.end:
                    yield from self._day(window, total_of(page), room)
                else:
                    too_large += halves(window)
            windows = too_large

    def _ask(self, window: Window) -> tuple[Window, Page]:
        return window, self._page(**days_of(window))

    def _day(self, day: Window, claimed: int, room: int) -> Iterator[list[Record]]:
        """Yield the records of a day that no page holds: by state, or else in passes."""
        by_state = [self._page(**days_of(day), status=state) for state in STATES]
        fit = all(total_of(page) == distinct(page) < room for page in by_state)
        if fit and sum(map(total_of, by_state)) == claimed:
            yield from (page.records for page in by_state)
        else:
            yield self._in_passes(day)

    def _in_passes(self, day: Window) -> list[Record]:
        read = partial(pages, self.client, BULK_PULLS, PATH, days_of(day))
        found: dict[str, Record] = {}
        try:
            for page in read_whole(read, f"pull requests of {day.start}", ("id",)):
                found |= {identity(record, ("id",)): record for record in page.records}
        except IncompleteExtraction as error:
            raise Unprovable(str(error)) from None
        return list(found.values())


def days_of(window: Window) -> dict[str, str]:
    """Return the query for a window's days, both ends included."""
    return {"start_date": str(window.start), "end_date": str(window.end)}


def total_of(page: Page) -> int:
    """Return what a page says of the whole. Raises Unprovable where it says nothing."""
    if page.total is None:
        raise Unprovable("it does not say how many there are")
    return page.total


def distinct(page: Page) -> int:
    """Return how many different records a page holds."""
    return len({identity(record, ("id",)) for record in page.records})


def halves(window: Window) -> tuple[Window, Window]:
    """Cut a window of several days in two."""
    middle = window.start + (window.end - window.start) // 2
    return Window(window.start, middle), Window(middle + DAY, window.end)


def planned(window: Window, sample: Page) -> list[Window]:
    """Cut a window so that each part should fit a page, by the weekdays of a random sample."""
    days = [window.start + DAY * n for n in range((window.end - window.start).days + 1)]
    weights = weekday_weights(sample.records)
    per_weight = total_of(sample) / sum(weights[day.weekday()] for day in days)
    room = FULL * max(1, len(sample.records))
    windows: list[Window] = []
    start, filled = days[0], 0.0
    for day in days:
        expected = per_weight * weights[day.weekday()]
        if day > start and filled + expected > room:
            windows.append(Window(start, day - DAY))
            start, filled = day, 0.0
        filled += expected
    return [*windows, Window(start, days[-1])]


def weekday_weights(records: list[Record]) -> list[float]:
    """Return how much of the work falls on each weekday, Monday first; no day is without any."""
    counted: Counter[int] = Counter()
    for record in records:
        try:
            counted[as_moment(record.get("created_at")).weekday()] += 1
        except (Unfit, AttributeError):
            continue
    working, resting = sum(counted[day] for day in range(5)) / 5, (counted[5] + counted[6]) / 2
    return [working + 0.5] * 5 + [resting + 0.5] * 2
