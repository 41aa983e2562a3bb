"""How many pull requests each day has, about: what a random sample of them shows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import accumulate, combinations
from math import log

from cursor_marts.raw.records import Record
from cursor_marts.raw.window import Window
from cursor_marts.sources.github_style.cells import DAY, day_of

#: How much likelier than chance (its logarithm) a change of the work must be to count as one.
EVIDENT = 9.0
#: Records that even a stretch of days without one in the sample counts for.
UNSEEN = 0.3

#: The number of records by day, in the order of days.
Expected = dict[date, float]


def expected_of(window: Window, total: int, sample: list[Record]) -> Expected:
    """Return how many of a window's records each day has, by a random sample of them."""
    days = [window.start + DAY * n for n in range((window.end - window.start).days + 1)]
    found = Counter(day for record in sample if (day := day_of(record)) is not None)
    by_weekday = _weekday_weights(found)
    weights = {day: by_weekday[day.weekday()] for day in days}
    shares: Expected = {}
    for part in _alike(days, weights, found):
        seen = UNSEEN + sum(found[day] for day in part)
        work = sum(weights[day] for day in part)
        shares |= {day: weights[day] * seen / work for day in part}
    return scaled(shares, total)


def scaled(expected: Expected, total: float) -> Expected:
    """Return numbers in the same proportions that sum to a total."""
    factor = total / (sum(expected.values()) or 1.0)
    return {day: n * factor for day, n in expected.items()}


def _alike(days: list[date], weights: Expected, found: Counter[date]) -> list[list[date]]:
    """Cut out days in a row that have more or less work than the others, beyond chance."""
    work = [0.0, *accumulate(weights[day] for day in days)]
    seen = [0, *accumulate(found[day] for day in days)]
    usual = seen[-1] / work[-1]

    def evidence(part: tuple[int, int]) -> float:
        start, end = part
        n, weight = seen[end] - seen[start], work[end] - work[start]
        rest, weight_of_rest = seen[-1] - n, work[-1] - weight
        likelier = n * log(n / (weight * usual)) if n else 0.0
        return likelier + (rest * log(rest / (weight_of_rest * usual)) if rest else 0.0)

    # Work begins on a day on which some was seen, or after it; so it ends.
    busy = [n for n, day in enumerate(days) if found[day]]
    edges = sorted({0, len(days), *busy, *(n + 1 for n in busy)})
    start, end = max(combinations(edges, 2), key=evidence)
    if evidence((start, end)) < EVIDENT:
        return [days]
    parts = (days[:start], days[start:end], days[end:])
    return [alike for part in parts if part for alike in _alike(part, weights, found)]


def _weekday_weights(found: Counter[date]) -> list[float]:
    """Return how much of the work falls on each weekday, Monday first; no day is without any."""
    counted: Counter[int] = Counter()
    for day, n in found.items():
        counted[day.weekday()] += n
    working, resting = sum(counted[day] for day in range(5)) / 5, (counted[5] + counted[6]) / 2
    return [working + 0.5] * 5 + [resting + 0.5] * 2
