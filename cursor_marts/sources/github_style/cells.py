"""Cutting a list of pull requests into cells that fit a page each, by what a sample of it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from cursor_marts.raw.records import Record, Unfit, as_json, as_moment
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.endpoints import can_be_requested

#: How full a page is planned to be: more, and too many cells overflow; less, and pages go empty.
FULL = 0.85
#: The same where the days are not alike.
ROUGHLY_FULL = 0.78
#: How many requests a cell of an author takes, about.
GUESSED = 1.4
#: How full a page may be expected to be by a single day before days are cut by state or author.
BUSY = 0.85
DAY = timedelta(days=1)
#: What the source's filter by state knows.
STATES = ("merged", "open", "closed")
#: Expected records of a sample in a stretch of days without any, from which on it counts as empty.
EMPTY = 6.0
#: Records of a sample in each of the bins that show whether they are spread evenly.
IN_A_BIN = 12
#: Cells that an uneven list is cut into at first, to learn more of each.
COARSE = 6
#: Passes that a list in random order takes until it is whole, about.
PASSES = 3


@dataclass(frozen=True)
class Cell:
    """What one request is to bring: pull requests of some days, of a state, of an author."""

    window: Window
    state: str = ""
    author: str = ""

    def query(self) -> dict[str, str]:
        """Return the query that asks for it."""
        said = {"status": self.state, "author": self.author}
        return days_of(self.window) | {name: value for name, value in said.items() if value}


def days_of(window: Window) -> dict[str, str]:
    """Return the query for a window's days, both ends included."""
    return {"start_date": str(window.start), "end_date": str(window.end)}


@dataclass(frozen=True)
class Spread:
    """How the records of a list are spread over days, states and authors: shares of 1."""

    days: dict[date, float]
    is_even: bool  #: whether the sample says no more of the days than that all are alike
    states: dict[str, float]
    authors: dict[str, float]  #: none where records without an author are in the sample


def cut(cell: Cell, total: int, sample: list[Record], room: int) -> list[Cell]:
    """Return smaller cells that make up a cell of so many; none where passes over it cost less.

    Where the sample shows that the days are not alike, a large cell is first cut into a few.
    """
    spread = spread_of(cell.window, sample)
    expected = {day: share * total for day, share in spread.days.items()}
    best = _cheapest(cell, expected, spread, room).cells
    by_day_only = all((c.state, c.author) == (cell.state, cell.author) for c in best)
    if by_day_only and not spread.is_even and total > 2 * COARSE * room:
        best = _by_day(cell, expected, total / COARSE)
    return [part for part in best if part != cell] and best


@dataclass(frozen=True)
class _Cut:
    """Cells that make up another one, and about how many requests they take."""

    requests: float
    cells: list[Cell]


def _cheapest(cell: Cell, expected: dict[date, float], spread: Spread, room: int) -> _Cut:
    """Return the cut that takes the fewest requests, of those by day, by state and by author."""
    by_day = _by_day(cell, expected, (FULL if spread.is_even else ROUGHLY_FULL) * room)
    busy = [n for n in expected.values() if n > BUSY * room]
    passes = sum(PASSES * -(-n // room) for n in busy)
    guessed = GUESSED if cell.author else 1.0  # shares of authors are the least certain
    best = _Cut(guessed * len(by_day) + passes, by_day)
    if not busy:
        return best
    return min([best, *_by_name(cell, expected, spread, room)], key=lambda cut: cut.requests)


def _by_name(cell: Cell, expected: dict[date, float], spread: Spread, room: int) -> Iterator[_Cut]:
    """Return the cuts by state and by author, where the cell is not of one already."""
    by_state = {replace(cell, state=state): share for state, share in spread.states.items()}
    by_author = {replace(cell, author=name): share for name, share in spread.authors.items()}
    for shares, is_one in ((by_state, cell.state), (by_author, cell.author)):
        if shares and not is_one:
            cuts = [
                _cheapest(part, {day: n * share for day, n in expected.items()}, spread, room)
                for part, share in shares.items()
            ]
            yield _Cut(sum(c.requests for c in cuts), [c for cut in cuts for c in cut.cells])


def _by_day(cell: Cell, expected: dict[date, float], room: float) -> list[Cell]:
    """Cut a cell into windows, each of as many days in a row as there is room for."""
    days = list(expected)
    cells: list[Cell] = []
    start, filling = days[0], 0.0
    for day in days:
        if day > start and filling + expected[day] > room:
            cells.append(replace(cell, window=Window(start, day - DAY)))
            start, filling = day, 0.0
        filling += expected[day]
    return [*cells, replace(cell, window=Window(start, days[-1]))]


def spread_of(window: Window, sample: list[Record]) -> Spread:
    """Return how the records of a window are spread, by a random sample of them."""
    days, is_even = _spread_over_days(window, sample)
    return Spread(days, is_even, state_shares(sample), author_shares(sample))


def _spread_over_days(window: Window, sample: list[Record]) -> tuple[dict[date, float], bool]:
    days = [window.start + DAY * n for n in range((window.end - window.start).days + 1)]
    found = Counter(day for day in map(day_of, sample) if day is not None and day in days)
    by_weekday = weekday_weights(found)
    weights = {day: by_weekday[day.weekday()] for day in days}
    stretches = _without_empty(_Stretch(days, weights, found))
    shares = dict.fromkeys(days, 0.001 / len(days))  # no day is without any
    is_even = len(stretches) == 1
    for stretch in stretches:
        bins = stretch.bins()
        is_even = is_even and len(bins) == 1
        for each in bins:
            for day in each.days:
                shares[day] += (
                    each.found_in_all / max(1, found.total()) * weights[day] / each.weight
                )
    whole = sum(shares.values())
    return {day: share / whole for day, share in shares.items()}, is_even


@dataclass(frozen=True)
class _Stretch:
    """Some days in a row, how much work falls on each, and how many of a sample were found."""

    days: list[date]
    weights: dict[date, float]
    found: Counter[date]

    @property
    def weight(self) -> float:
        return sum(self.weights[day] for day in self.days)

    @property
    def found_in_all(self) -> int:
        return sum(self.found[day] for day in self.days)

    def part(self, days: list[date]) -> _Stretch:
        return replace(self, days=days)

    def bins(self) -> list[_Stretch]:
        """Return parts of the same weight: only the whole where the sample is spread evenly."""
        many = min(len(self.days), self.found_in_all // IN_A_BIN)
        if many < 2:
            return [self]
        bins = [self.part(days) for days in self._divided(many)]
        expected = [self.found_in_all * each.weight / self.weight for each in bins]
        off = sum((each.found_in_all - n) ** 2 / n for each, n in zip(bins, expected, strict=True))
        freedom = len(bins) - 1
        return bins if off > freedom + 2.5 * (2 * freedom) ** 0.5 else [self]

    def _divided(self, many: int) -> list[list[date]]:
        parts: list[list[date]] = [[]]
        weight, so_far = self.weight, 0.0
        for day in self.days:
            if so_far >= weight * len(parts) / many and parts[-1]:
                parts.append([])
            parts[-1].append(day)
            so_far += self.weights[day]
        return parts


def _without_empty(whole: _Stretch) -> list[_Stretch]:
    """Return the stretches of days in which something was found, without the long gaps."""
    stretches = [whole]
    for _ in range(3):  # a gap less makes the others stand out
        weight = sum(each.weight for each in stretches)
        per_record = weight / max(1, whole.found_in_all)
        stretches = [
            part for each in stretches for part in _split_at_gaps(each, EMPTY * per_record)
        ]
    return stretches or [whole]


def _split_at_gaps(stretch: _Stretch, longest: float) -> list[_Stretch]:
    """Cut at gaps of a larger weight, which belong to no stretch then."""
    busy = [n for n, day in enumerate(stretch.days) if stretch.found[day]]
    if not busy:
        return []
    edges = [-1, *busy, len(stretch.days)]
    gaps = [
        (a, b) for a, b in pairwise(edges) if stretch.part(stretch.days[a + 1 : b]).weight > longest
    ]
    starts = [0 if not gaps or gaps[0][0] >= 0 else gaps[0][1]]
    ends = []
    for a, b in gaps:
        if a >= 0:
            ends.append(a + 1)
            starts.append(b)
    ends.append(len(stretch.days))
    return [
        stretch.part(stretch.days[start:end])
        for start, end in zip(starts, ends, strict=True)
        if start < end
    ]


def day_of(record: Record) -> date | None:
    """Return the day that a pull request was opened; None where it does not say."""
    try:
        return as_moment(record.get("created_at")).date()
    except (Unfit, AttributeError):
        return None


def state_shares(records: list[Record]) -> dict[str, float]:
    """Return each state's share of a sample; none is without any."""
    counted = Counter(as_json(r.get("state")) for r in records if isinstance(r, dict))
    return {state: (counted[as_json(state)] + 1) / (len(records) + 3) for state in STATES}


def author_shares(records: list[Record]) -> dict[str, float]:
    """Return each author's share of a sample; none where a record names no author."""
    authors = [author_of(record) for record in records]
    if None in authors:
        return {}
    return {str(name): n / len(authors) for name, n in sorted(Counter(authors).items())}


def author_of(record: Record) -> str | None:
    """Return the author by which the source's filter finds a record."""
    named = (
        [record.get("author_email"), record.get("author_id")] if isinstance(record, dict) else []
    )
    return next((name for name in named if can_be_requested(name)), None)


def weekday_weights(found: Counter[date]) -> list[float]:
    """Return how much of the work falls on each weekday, Monday first; no day is without any."""
    counted: Counter[int] = Counter()
    for day, n in found.items():
        counted[day.weekday()] += n
    working, resting = sum(counted[day] for day in range(5)) / 5, (counted[5] + counted[6]) / 2
    return [working + 0.5] * 5 + [resting + 0.5] * 2
