"""Pull requests in bulk: by cells of days, states and authors that fit a page each.

The order is random on every request, so that a cell is whole only if one page holds it. A page
that is shorter than it could be holds all there is; totals then confirm it from outside. One that
is too short for its cell is a random sample of it, and says how many there are: by these the cell
is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.identity import identity_of
from cursor_marts.raw.records import Record
from cursor_marts.raw.window import Window
from cursor_marts.sources.github_style.cells import DAY, Cell, author_of, cut, days_of
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import BULK_PULLS
from cursor_marts.sources.http.pages import Page, page_of
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.proof import FRUITLESS_PASSES, Proof, read_whole

PATH = BULK_PULLS.at()
#: Pages of records for each page of a random sample, where a cut by author needs to know more.
FOR_A_SAMPLE = 8
SAME = partial(identity_of, "pull_requests")


class Unprovable(Exception):
    """The totals do not come out: what bulk reads gave cannot be shown to be all there is."""


@dataclass
class PullsByWindow:
    """All pull requests opened in a window, in about as few requests as pages would hold them."""

    client: Client
    window: Window
    claimed: int = 0  #: how many the source claims to have in the window
    #: Cells that were cut by author, and the authors that were known then.
    _authors: dict[Cell, set[str]] = field(default_factory=dict)

    def read(self, claimed: int | None) -> Iterator[list[Record]]:
        """Yield the window's pull requests, each once or more, until they are all there.

        `claimed` is how many the source has of any day, by another of its endpoints. Raises
        Unprovable where the numbers do not come out, NotOffered where there are no bulk reads.
        """
        everything, inside = self._page(), self._page(**days_of(self.window))
        self._refuse_contradictions(claimed, total_of(everything), total_of(inside))
        self.claimed, self._authors = total_of(inside), {}
        yield inside.records
        overflows = total_of(everything) > len(everything.records)
        room = len(everything.records) if overflows else BULK_PULLS.largest
        if self.claimed == distinct(inside) < room:
            return
        proof, sample = Proof(), [*inside.records, *everything.records]
        cells = self._first_cells(sample, room)
        while cells:
            for records in self._in(cells, room):
                proof.add(map(SAME, records))
                yield records
            cells = [] if proof.distinct >= self.claimed else self._of_further_authors()
        if proof.distinct < self.claimed:
            raise Unprovable(f"{proof.distinct} arrived of the {self.claimed} that it claims")

    def claimed_now(self) -> int:
        """Return how many the source claims at this moment. Raises Unprovable."""
        query = BULK_PULLS.page_params(1) | days_of(self.window)
        return total_of(page_of(self.client.ask_anew(PATH, **query), PATH))

    def _page(self, **query: str) -> Page:
        return page_of(self.client.get(PATH, **BULK_PULLS.page_params(1), **query), PATH)

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

    def _first_cells(self, sample: list[Record], room: int) -> list[Cell]:
        """Return the cells of the whole window; where authors count, look at more records first."""
        whole = Cell(self.window)
        cells = self._cut(whole, self.claimed, sample, room)
        if any(cell.author for cell in cells):
            for _ in range(self.claimed // (FOR_A_SAMPLE * room)):
                sample += self._page(**whole.query()).records
            cells = self._cut(whole, self.claimed, sample, room)
        return cells or [whole]

    def _cut(self, cell: Cell, total: int, sample: list[Record], room: int) -> list[Cell]:
        """Cut a cell, and note of which cells the authors have been known so far."""
        different = {SAME(record): record for record in sample}
        cells = cut(cell, total, list(different.values()), room)
        for part in cells:
            if part.author and not cell.author:
                parent = replace(cell, state=part.state)
                self._authors.setdefault(parent, set()).add(part.author)
        return cells

    def _of_further_authors(self) -> list[Cell]:
        """Return cells of authors of whom no record was seen before; none if none are found."""
        for parent, known in self._authors.items():
            for _ in range(FRUITLESS_PASSES):
                found = {author_of(record) for record in self._page(**parent.query()).records}
                further = sorted(name for name in found if name and name not in known)
                if further:
                    known.update(further)
                    return [replace(parent, author=name) for name in further]
        return []

    def _in(self, cells: list[Cell], room: int) -> Iterator[list[Record]]:
        """Yield the records of each cell; one that may not fit a page is cut while it can be."""
        while cells:
            too_large: list[Cell] = []
            together = 0
            for cell, page in in_parallel(self._ask, cells):
                together += total_of(page)
                if together > 2 * self.claimed:
                    raise Unprovable("it does not heed what it is asked for: days, state, author")
                if total_of(page) == distinct(page) < room:
                    yield page.records
                elif parts := self._cut(cell, total_of(page), page.records, room):
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


def total_of(page: Page) -> int:
    """Return what a page says of the whole. Raises Unprovable where it says nothing."""
    if page.total is None:
        raise Unprovable("it does not say how many there are")
    return page.total


def distinct(page: Page) -> int:
    """Return how many different records a page holds."""
    return len(set(map(SAME, page.records)))
