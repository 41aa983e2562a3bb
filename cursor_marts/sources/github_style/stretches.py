"""A stretch of days that is read page by page, and what each page says of the days ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, groupby
from math import ceil, erfc, sqrt

from cursor_marts.raw.records import Record
from cursor_marts.raw.window import Window
from cursor_marts.sources.github_style.cells import Cell, day_of
from cursor_marts.sources.github_style.density import Expected, scaled

#: Requests that a page costs in addition where it turns out too short for its days.
TOO_SHORT = 1.5
#: The same of a page for a single day.
DAY_TOO_SHORT = 2.5
#: The least doubt about what is expected, as a share of it: no day is quite like those before.
DOUBT = 0.12
#: Pages of a stretch up to which each is planned to be as full as the others.
FEW = 4
#: Records that what is expected counts for beside those that a page shows.
EXPECTED_COUNTS = 8.0
#: Pages that a worker reads one after the other, about.
PAGES = 9


@dataclass(frozen=True)
class Stretch:
    """Days in a row that are still to be read, of a state and an author if it names them.

    `expected` is how many records each day has, about, `doubt` the error of that as a share of it,
    `seen` how many of each day are known, from a page that was too short for its days.
    """

    expected: Expected
    state: str = ""
    author: str = ""
    doubt: float = DOUBT
    seen: Counter[date] = field(default_factory=Counter)
    too_many_days: int = 0  #: so many days from the first are known not to fit a page

    @property
    def total(self) -> float:
        """How many records it has, about."""
        return sum(self.expected.values())

    def cell(self, days: list[date]) -> Cell:
        """Return what asks for some of the days."""
        return Cell(Window(days[0], days[-1]), self.state, self.author)

    def only(self, days: list[date]) -> Stretch:
        """Return the part of some days."""
        too_many = self.too_many_days
        still = days[0] == next(iter(self.expected)) and len(days) >= too_many
        expected = {day: self.expected[day] for day in days}
        return replace(self, expected=expected, too_many_days=too_many if still else 0)

    def holding(self, total: float) -> Stretch:
        """Return it with a total that the source has said."""
        return replace(self, expected=scaled(self.expected, total))

    def of(self, share: float, doubt: float, state: str = "", author: str = "") -> Stretch:
        """Return the part of a state or an author, which has a share of the records."""
        return Stretch(
            scaled(self.expected, share * self.total),
            state or self.state,
            author or self.author,
            max(doubt, self.doubt),
        )

    def pieces(self, room: int) -> Iterator[Stretch]:
        """Yield parts that several workers read at once."""
        size = self.total / ceil(self.total / (PAGES * room)) * (1 + 1e-9)
        filled = accumulate(self.expected.values())
        number = {day: int(n / size) for day, n in zip(self.expected, filled, strict=True)}
        for _, days in groupby(self.expected, number.__getitem__):
            yield self.only(list(days))

    def next_days(self, room: int) -> list[date]:
        """Return the days of the next page: those that bring the most, or an even part of a few."""
        days = list(self.expected)[: self.too_many_days - 1 if self.too_many_days else None]
        filled = list(accumulate(self.expected[day] for day in days))
        counts = range(len(days) - 1, -1, -1)
        least = max(1, ceil(self.total / room))
        pages = min(range(least, least + 3), key=lambda n: self._costs_in(n, room))
        if pages <= FEW and not self.too_many_days:
            even = self.total / pages
            return days[: 1 + min(counts, key=lambda n: abs(filled[n] - even))]
        known = accumulate(self.seen[day] for day in days)
        brings = [
            n * (1 - self.chance_of_too_short(n, room, sure)) if n < 2 * room else 0.0
            for n, sure in zip(filled, known, strict=True)
        ]
        return days[: 1 + max(counts, key=brings.__getitem__)] if any(brings) else days[:1]

    def _costs_in(self, pages: int, room: int) -> float:
        return pages * (1 + TOO_SHORT * self.chance_of_too_short(self.total / pages, room))

    def chance_of_too_short(self, records: float, room: int, sure: float = 0.0) -> float:
        """Return the chance that so many records, of which some are sure, do not fit a page."""
        guessed = max(records - sure, 1e-6)
        return erfc((room + 0.5 - records) / sqrt(2 * (guessed + (self.doubt * guessed) ** 2))) / 2

    def requests(self, room: int) -> float:
        """Return about how many requests it takes."""
        rest, requests = self, 0.0
        while True:
            days = rest.next_days(room)
            chance = rest.chance_of_too_short(sum(rest.expected[day] for day in days), room)
            requests += 1 + chance * (TOO_SHORT if len(days) > 1 else DAY_TOO_SHORT)
            if len(days) == len(rest.expected):
                return requests
            rest = rest.only(list(rest.expected)[len(days) :])

    def after(self, days: list[date], found: int) -> Stretch | None:
        """Return the rest after its first days, which had so many records; None at the end."""
        rest = list(self.expected)[len(days) :]
        if not rest:
            return None
        expected = sum(self.expected[day] for day in days)
        believed = self.doubt**-2
        factor = (believed + found) / (believed + expected)
        ahead = {
            day: self.seen[day] + max(0.0, self.expected[day] - self.seen[day]) * factor
            for day in rest
        }
        doubt = max(DOUBT, (believed + found) ** -0.5)
        return replace(self, expected=ahead, doubt=doubt, too_many_days=0)

    def narrowed(self, days: list[date], total: int, records: list[Record]) -> Stretch:
        """Return it with what a page shows of its first days that was too short for them."""
        rest = self.after(days, total) or replace(self, expected={})
        seen = Counter(day for record in records if (day := day_of(record)) in self.expected)
        usual = scaled({day: self.expected[day] for day in days}, EXPECTED_COUNTS)
        unseen = scaled({day: seen[day] + usual[day] for day in days}, total - seen.total())
        known = {day: seen[day] + unseen[day] for day in days}
        return replace(rest, expected=known | rest.expected, seen=seen, too_many_days=len(days))

    def like(self, found: Counter[date | None], doubt: float) -> Stretch:
        """Return it with its records on the days that those of others were found on."""
        usual = scaled(self.expected, 2 * EXPECTED_COUNTS)
        days = {day: found[day] + n for day, n in usual.items()}
        known = sum(found[day] for day in days) > 1 / DOUBT**2
        return replace(
            self,
            expected=scaled(days, self.total),
            doubt=max(DOUBT, doubt) if known else self.doubt,
        )
