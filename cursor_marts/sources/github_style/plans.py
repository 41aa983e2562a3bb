"""Which stretches to read a list of pull requests in: by day, by state or by author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import exp, sqrt

from cursor_marts.raw.records import Record
from cursor_marts.sources.github_style.cells import author_shares, state_shares
from cursor_marts.sources.github_style.stretches import DOUBT, Stretch

#: How full a page is expected to be by a single day from which on other ways are looked for.
BUSY = 0.9
#: Requests beyond full pages, as a factor, from which on other ways are looked for.
GOOD = 1.2
#: How many times the even share an author has who is apart from the others.
APART = 4
#: By how much more requests a plan by state may take: its pages are close to overflowing.
LESS_SURE = 1.05
#: Records that a read may be expected to miss when it ends.
LEAST = 0.01


@dataclass(frozen=True)
class Plan:
    """Stretches that make up another one, and about how many requests they take."""

    requests: float
    stretches: list[Stretch]


@dataclass(frozen=True)
class Names:
    """The shares that states and authors have of the records, and the doubt about an author's."""

    states: dict[str, float]
    authors: dict[str, float]
    doubt: float


def names_of(sample: list[Record]) -> Names:
    """Return the shares by a sample; authors' are evened out as far as they differ by chance."""
    states, authors = state_shares(sample), author_shares(sample)
    if not authors:
        return Names(states, authors, DOUBT)
    even = 1 / len(authors)
    # One who is far busier says nothing of the others.
    apart = {name: share for name, share in authors.items() if share > APART * even}
    others = {name: share for name, share in authors.items() if name not in apart}
    even = sum(others.values()) / len(others)
    differ = sum((share - even) ** 2 for share in others.values()) / len(others)
    by_chance = even / len(sample)
    real = max(0.0, 1 - by_chance / differ) if differ else 0.0
    shares = {name: even + (share - even) * real for name, share in others.items()}
    return Names(states, shares | apart, max(DOUBT, sqrt(real * by_chance) / even))


def cheapest(stretch: Stretch, names: Names, room: int) -> Plan:
    """Return the plan that takes the fewest requests."""
    days = groupby(stretch.expected, lambda day: stretch.expected[day] > BUSY * room)
    runs = [(is_busy, stretch.only(list(run))) for is_busy, run in days]
    best = _together([_of_run(run, is_busy, names, room) for is_busy, run in runs])
    if best.requests < GOOD * stretch.total / room + 1:
        return best
    return _best([best, *_by_name(stretch, names, room, best.requests)])


def of_busy_days(stretch: Stretch, names: Names, room: int) -> Plan:
    """Return the plan for days of which each has more than a page: in passes, if nothing else."""
    requests = sum(passes(n, room) for n in stretch.expected.values())
    return _best([Plan(requests, [stretch]), *_by_name(stretch, names, room, requests)])


def _of_run(run: Stretch, is_busy: bool, names: Names, room: int) -> Plan:
    if is_busy:
        return of_busy_days(run, names, room)
    return Plan(run.requests(room), [run])


def _by_name(stretch: Stretch, names: Names, room: int, at_most: float) -> Iterator[Plan]:
    """Yield the plans by state and by author, unless they cannot take fewer requests."""
    if stretch.state:
        return
    states = (stretch.of(share, DOUBT, state=name) for name, share in names.states.items())
    by_state = _together([cheapest(part, names, room) for part in states])
    yield Plan(LESS_SURE * by_state.requests, by_state.stretches)
    if not stretch.author and 0 < len(names.authors) < at_most:
        shares = names.authors.items()
        authors = (stretch.of(share, names.doubt, author=name) for name, share in shares)
        yield _together([cheapest(part, names, room) for part in authors])


def passes(records: float, room: int) -> float:
    """Return about how many pages in random order it takes to see each of so many records."""
    if records <= room + 1:
        return 1.3
    missed, expected = float(records), 0.0
    while missed > LEAST:
        expected += 1 - exp(-missed)
        missed *= 1 - room / records
    return expected


def _together(plans: list[Plan]) -> Plan:
    return Plan(sum(p.requests for p in plans), [each for p in plans for each in p.stretches])


def _best(plans: list[Plan]) -> Plan:
    return min(plans, key=lambda plan: plan.requests)
