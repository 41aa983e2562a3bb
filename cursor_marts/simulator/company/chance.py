"""Random numbers of a seed, in the terms of the story."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random


class Chance(Random):
    """Random numbers that a seed determines."""

    def __init__(self, seed: int) -> None:
        """Start a sequence of random numbers."""
        super().__init__(seed)
        self._calls: Counter[object] = Counter()

    def happens(self, share: float) -> bool:
        """Return True in a share of the calls."""
        return self.random() < share

    def about(self, median: float, spread: float) -> float:
        """Return a positive number around a median, with a long tail as sizes and waits have."""
        return median * self.lognormvariate(0, spread)

    def hours(self, median: float, spread: float) -> timedelta:
        """Return a wait around a median number of hours."""
        return timedelta(hours=self.about(median, spread))

    def rounded(self, expected: float) -> int:
        """Return a whole number that is `expected` on average."""
        return int(expected) + self.happens(expected % 1)

    def turn(self, values: tuple[str, ...]) -> str:
        """Return the next of some values, so that a few calls show the rare ones as well."""
        self._calls[values] += 1
        return values[(self._calls[values] - 1) % len(values)]

    def every(self, number: int, what: str) -> bool:
        """Return True for one of so many things, from the third on: a few have one as well."""
        self._calls[what] += 1
        return self._calls[what] % number == 3 % number

    def moment(self, day: date) -> datetime:
        """Return a time within the working hours of a day."""
        hour = min(17.9, max(7.0, self.gauss(12.5, 2.5)))
        return datetime.combine(day, time(), UTC) + timedelta(hours=hour)

    def stamp(self, at: datetime) -> str:
        """Return a time in the source's format: up to nine digits of fraction, and Z."""
        fraction = f"{int(self.random() * 10**9):09d}".rstrip("0")
        return f"{at.isoformat()[:19]}.{fraction}Z" if fraction else to_the_second(at)

    def hash(self) -> str:
        """Return a commit's hash."""
        return f"{self.getrandbits(48):012x}"


def to_the_second(at: datetime) -> str:
    """Return a time as git writes it: without a fraction."""
    return f"{at.isoformat()[:19]}Z"
