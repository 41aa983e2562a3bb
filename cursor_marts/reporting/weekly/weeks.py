"""The weeks of the page: the last ones that are over and that the data covers whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SHOWN = 13  # weeks on a time axis: a quarter
COMPARED = 4  # weeks before the last one that it is compared with
WEEK = timedelta(days=7)
NUMBERS = ("no", "one", "two", "three", "four")


@dataclass(frozen=True)
class Weeks:
    """The Mondays of the whole weeks, oldest first, and of the week that is not over."""

    shown: tuple[date, ...]
    running: date | None = None

    @property
    def last(self) -> date | None:
        """The newest whole week; None without one."""
        return self.shown[-1] if self.shown else None

    @property
    def before(self) -> tuple[date, ...]:
        """The weeks that the last one is compared with."""
        return self.shown[-1 - COMPARED : -1]

    @property
    def earlier(self) -> tuple[date, ...]:
        """All shown weeks before the last one."""
        return self.shown[:-1]

    @property
    def compared(self) -> str:
        """In words, the weeks before."""
        count = len(self.before)
        return "the week before" if count == 1 else f"the {NUMBERS[count]} weeks before"


def monday(of: date) -> date:
    """Return the Monday on or before a day."""
    return of - timedelta(days=of.weekday())


def whole_weeks(begin: date, end: date, count: int = SHOWN) -> Weeks:
    """Return the last `count` weeks from the day `begin` until before the day `end`."""
    running = monday(end)
    first = max(monday(begin + timedelta(days=6)), running - count * WEEK)
    number = max(0, (running - first).days // 7)
    return Weeks(tuple(first + WEEK * n for n in range(number)), running)
