"""Pull requests in bulk: by days, states and authors, in pages that hold all of what was asked for.

The order is random on every request, so that days are whole only if one page holds them. Each page
says how many there are: one with as many different records is whole. One that is too short is a
random sample of its days: by it the next pages are planned. In the end all must be there that the
source claims for the window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, repeat

from cursor_marts.raw.identity import hashes_of
from cursor_marts.raw.records import Record
from cursor_marts.raw.window import Window
from cursor_marts.sources.github_style.cells import DAY, Cell, author_of, day_of, days_of
from cursor_marts.sources.github_style.density import expected_of
from cursor_marts.sources.github_style.plans import Names, cheapest, names_of, of_busy_days, passes
from cursor_marts.sources.github_style.stretches import Stretch
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import BULK_PULLS
from cursor_marts.sources.http.pages import Page, page_of
from cursor_marts.sources.http.parallel import WORKERS, in_parallel
from cursor_marts.sources.proof import FRUITLESS_PASSES, Proof

PATH = BULK_PULLS.at()
#: How far a day may be from what a random sample of a few pages shows, as a share.
DOUBT_OF_SAMPLE = 0.25
SAME = partial(hashes_of, "pull_requests")


class Unprovable(Exception):
    """The totals do not come out: what bulk reads gave cannot be shown to be all there is."""


@dataclass
class PullsByWindow:
    """All pull requests opened in a window, in about as few requests as pages would hold them."""

    client: Client
    window: Window
    claimed: int = 0  #: how many the source claims to have in the window
    _room: int = BULK_PULLS.largest  #: records on a full page
    _shuffles: bool = False  #: whether records came again on another page
    _found: Counter[date | None] = field(default_factory=Counter)  #: what was read, by day

    def read(self, claimed: int | None) -> Iterator[list[Record]]:
        """Yield the window's pull requests, each once or more, until they are all there.

        `claimed` is how many the source has of any day, by another of its endpoints. Raises
        Unprovable where the numbers do not come out, NotOffered where there are no bulk reads.
        """
        everything, inside = self._page({}), self._page(days_of(self.window))
        self._refuse_contradictions(claimed, total_of(everything), total_of(inside))
        self.claimed, self._found = total_of(inside), Counter()
        yield inside.records
        if total_of(everything) > len(everything.records):
            self._room = len(everything.records)
        if self.claimed == distinct(inside) < self._room:
            return
        sample = by_hash([*inside.records, *everything.records])
        yield from self._read(list(sample.values()))

    def _read(self, sample: list[Record]) -> Iterator[list[Record]]:
        """Yield the records of all stretches, until as many have arrived as the source claims."""
        names, proof = names_of(sample), Proof()
        known = set(names.authors)
        whole = Stretch(expected_of(self.window, self.claimed, sample), doubt=DOUBT_OF_SAMPLE)
        planned = cheapest(whole, names, self._room).stretches
        stretches = [piece for each in planned for piece in each.pieces(self._room)]
        while stretches:
            batch, stretches = _batches(stretches)
            found = Counter[date | None]()
            for records in in_parallel(partial(self._of, names=names), batch):
                proof.add(SAME(records))
                found.update(map(day_of, records))
                yield records
            self._found.update(found)
            stretches = [each.like(found, names.doubt) for each in stretches]
            missing = self.claimed - proof.distinct
            if not stretches and missing > 0 and known:
                stretches = self._of_further_authors(whole, known, missing)
        if proof.distinct < self.claimed:
            raise Unprovable(f"{proof.distinct} arrived of the {self.claimed} that it claims")

    def claimed_now(self) -> int:
        """Return how many the source claims at this moment. Raises Unprovable."""
        query = BULK_PULLS.page_params(1) | days_of(self.window)
        return total_of(page_of(self.client.ask_anew(PATH, **query), PATH))

    def _page(self, query: Mapping[str, str], number: int = 1) -> Page:
        return page_of(self.client.get(PATH, **BULK_PULLS.page_params(number), **query), PATH)

    def _refuse_contradictions(self, claimed: int | None, everything: int, inside: int) -> None:
        if claimed is not None and everything != claimed:
            raise Unprovable(f"it claims {everything} in bulk and {claimed} by repository")
        if inside != everything:
            before = total_of(self._page({"end_date": str(self.window.start - DAY)}))
            after = total_of(self._page({"start_date": str(self.window.end + DAY)}))
            if before + inside + after != everything:
                raise Unprovable(
                    f"it claims {everything} in all, and {before + inside + after} by day"
                )

    def _of(self, stretch: Stretch, names: Names) -> list[Record]:
        """Return the records of a stretch, read page by page from its first day on."""
        todo, records, together = [stretch], list[Record](), 0
        while todo:
            first, *todo = todo
            days = first.next_days(self._room)
            page = self._page(first.cell(days).query())
            rest = first.after(days, total_of(page))
            if total_of(page) != distinct(page) and len(days) > 1:
                ahead = first.narrowed(days, total_of(page), page.records)
                plan = cheapest(ahead, names, self._room)
                if rest or plan.requests <= passes(total_of(page), self._room) - 1:
                    todo = plan.stretches + todo
                    continue
            parts = self._parts_of_day(first.only(days), page, names) if len(days) == 1 else []
            todo = [*parts, *([rest] if rest else []), *todo]
            if parts:
                continue
            together += total_of(page)
            if together > 2 * self.claimed:
                raise Unprovable("it does not heed what it is asked for: days, state, author")
            records += self._repeated(first.cell(days), page)
        return records

    def _parts_of_day(self, day: Stretch, page: Page, names: Names) -> list[Stretch]:
        """Return by which states or authors to read a day; none if by passes, or if it is whole."""
        if total_of(page) == distinct(page):
            return []
        parts = of_busy_days(day.holding(total_of(page)), names, self._room).stretches
        return parts if len(parts) > 1 else []

    def _repeated(self, cell: Cell, page: Page) -> list[Record]:
        """Return the records of a cell, of which page after page is read until all are there."""
        total = total_of(page)
        found = by_hash(page.records)
        count = max(1, -(-total // self._room))
        # Where the order is random, the first page is the fullest.
        fruitless, numbers = 0, chain(() if self._shuffles else range(2, count + 1), repeat(1))
        while len(found) < total and fruitless <= FRUITLESS_PASSES * count:
            before = len(found)
            page = self._page(cell.query(), next(numbers))
            found |= by_hash(page.records)
            fruitless = 0 if len(found) > before else fruitless + 1
            self._shuffles |= len(found) - before < distinct(page)
        if len(found) < total:
            raise Unprovable(f"{len(found)} arrived of the {total} of {cell.window.start}")
        return list(found.values())

    def _of_further_authors(self, whole: Stretch, known: set[str], missing: int) -> list[Stretch]:
        """Return stretches of the authors that no record named so far; add them to the known."""
        further = self._further_authors(known)
        known.update(further)
        share = missing / self.claimed / max(1, len(further))
        return [whole.of(share, DOUBT_OF_SAMPLE, author=name) for name in further]

    def _further_authors(self, known: set[str]) -> list[str]:
        """Look for authors where the totals say that records are missing, in ever fewer days."""
        window = part = self.window
        for _ in range(3 * FRUITLESS_PASSES):
            page = self._page(days_of(part))
            authors = {name for record in page.records if (name := author_of(record))}
            if authors - known:
                return sorted(authors - known)
            if part != window:
                is_missing = total_of(page) > self._found_in(part)
                window = part if is_missing else Window(part.end + DAY, window.end)
            part = Window(window.start, window.start + (window.end - window.start) // 2)
        return []

    def _found_in(self, window: Window) -> int:
        return sum(
            n for day, n in self._found.items() if day is None or window.start <= day <= window.end
        )


def _batches(stretches: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Return what to read now, and what to plan by that: most of the states or authors."""
    named = [each for each in stretches if each.author or each.state]
    others = [each for each in stretches if not each.author and not each.state]
    return others + named[:WORKERS], named[WORKERS:]


def total_of(page: Page) -> int:
    """Return what a page says of the whole. Raises Unprovable where it says nothing."""
    if page.total is None:
        raise Unprovable("it does not say how many there are")
    return page.total


def distinct(page: Page) -> int:
    """Return how many different records a page holds."""
    return len(set(SAME(page.records)))


def by_hash(records: list[Record]) -> dict[int, Record]:
    """Return records, the last of those that are the same."""
    return dict(zip(SAME(records), records, strict=True))
