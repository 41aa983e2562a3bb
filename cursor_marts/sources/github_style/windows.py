"""Pull requests in bulk: by windows of days that fit a page each.

The order is random on every request, so that a window is whole only if one page holds it. A page
that is shorter than it could be holds all there is; totals then confirm it from outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.identity import identity_of
from cursor_marts.raw.records import Record, Unfit, as_json, as_moment
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import BULK_PULLS
from cursor_marts.sources.http.pages import Page, page_of
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.proof import Proof, read_whole

#: How full a page is planned to be: more, and too many windows overflow; less, and pages go empty.
FULL = 0.85
#: How full a page may be expected to be by a single day before days are cut by state.
BUSY = 0.8
DAY = timedelta(days=1)
#: What the source's filter by state knows.
STATES = ("merged", "open", "closed")
PATH = BULK_PULLS.at()
SAME = partial(identity_of, "pull_requests")


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
        proof = Proof()
        sample = [*inside.records, *everything.records]
        for records in self._in(planned(self.window, self.claimed, sample, room), room):
            proof.add(map(SAME, records))
            yield records
        if proof.distinct < self.claimed:
            raise Unprovable(f"{proof.distinct} arrived of the {self.claimed} that it claims")

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

    def _in(self, cells: list[Cell], room: int) -> Iterator[list[Record]]:
        """Yield the records of each cell; one that may not fit a page is split while it can be."""
        while cells:
            too_large: list[Cell] = []
            together = 0
            for cell, page in in_parallel(self._ask, cells):
                together += total_of(page)
                if together > 2 * self.claimed:
                    raise Unprovable("it does not heed the days that it is asked for")
                if total_of(page) == distinct(page) < room:
                    yield page.records
                elif parts := cell.parts():
                    too_large += parts
                else:
                    yield self._in_passes(cell)
            cells = too_large

    def _ask(self, cell: Cell) -> tuple[Cell, Page]:
        return cell, self._page(**cell.query())

    def _in_passes(self, cell: Cell) -> list[Record]:
        """Return the records of a cell that no page holds."""
        read = partial(pages, self.client, BULK_PULLS, PATH, cell.query())
        found: dict[str, Record] = {}
        try:
            for page in read_whole(read, f"pull requests of {cell.window.start}", SAME):
                found |= {SAME(record): record for record in page.records}
        except IncompleteExtraction as error:
            raise Unprovable(str(error)) from None
        return list(found.values())


@dataclass(frozen=True)
class Cell:
    """What one request is to bring: the pull requests of some days, of one state or of any."""

    window: Window
    state: str = ""

    def query(self) -> dict[str, str]:
        """Return the query that asks for it."""
        return days_of(self.window) | ({"status": self.state} if self.state else {})

    def parts(self) -> list[Cell]:
        """Return smaller cells that make up this one; none where it is as small as they get."""
        days = (self.window.end - self.window.start).days
        if days:
            middle = self.window.start + days // 2 * DAY
            halves = (Window(self.window.start, middle), Window(middle + DAY, self.window.end))
            return [Cell(half, self.state) for half in halves]
        return [] if self.state else [Cell(self.window, state) for state in STATES]


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
    return len(set(map(SAME, page.records)))


def planned(window: Window, claimed: int, sample: list[Record], room: int) -> list[Cell]:
    """Cut a window of so many into cells that should fit a page each, going by a random sample.

    Where a single day is likely to overflow, it is cut by state, too.
    """
    days = [window.start + DAY * n for n in range((window.end - window.start).days + 1)]
    weights = weekday_weights(sample)
    per_weight = claimed / sum(weights[day.weekday()] for day in days)
    expected = {day: per_weight * weights[day.weekday()] for day in days}
    if max(expected.values()) <= BUSY * room:
        return [Cell(part) for part in filled(expected, FULL * room)]
    shares = state_shares(sample)
    return [
        Cell(part, state)
        for state in STATES
        for part in filled({day: n * shares[state] for day, n in expected.items()}, FULL * room)
    ]


def filled(expected: dict[date, float], room: float) -> list[Window]:
    """Cut days into windows, each of as many days in a row as there is room for."""
    days = list(expected)
    windows: list[Window] = []
    start, filling = days[0], 0.0
    for day in days:
        if day > start and filling + expected[day] > room:
            windows.append(Window(start, day - DAY))
            start, filling = day, 0.0
        filling += expected[day]
    return [*windows, Window(start, days[-1])]


def state_shares(records: list[Record]) -> dict[str, float]:
    """Return each state's share of a sample; none is without any."""
    counted = Counter(as_json(r.get("state")) for r in records if isinstance(r, dict))
    return {state: (counted[as_json(state)] + 1) / (len(records) + 1) for state in STATES}


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
