"""The weeks of the page: shown, whole and last ones; sums and means over weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.words import day, plural

SHOWN = 13  # weeks on a time axis: a quarter
COMPARED = 4  # weeks before the last whole one that it is compared with
FEW = 5  # merged pull requests below which a mean says little
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weeks:
    """The Mondays on the page: `shown` in order, `last` the newest whole week, and those `before`.

    `older` are the weeks of the marts before the shown ones.
    """

    shown: tuple[date, ...]
    last: date | None
    before: tuple[date, ...]
    whole: frozenset[date]
    older: tuple[date, ...] = ()

    @property
    def counted(self) -> tuple[date, ...]:
        """The whole weeks among those shown."""
        return tuple(week for week in self.shown if week in self.whole)

    @property
    def in_part(self) -> tuple[date, ...]:
        """The shown weeks that the window covers in part."""
        return tuple(week for week in self.shown if week not in self.whole)

    @property
    def period(self) -> str:
        """In words, the whole weeks shown: how many, and from which day to which."""
        first, last = self.counted[0], self.counted[-1] + timedelta(days=6)
        number = len(self.counted)
        weeks = "the only whole week" if number == 1 else f"the {number} whole weeks"
        return f"{weeks} shown, {day(first)} to {day(last)}"

    @property
    def left_out(self) -> str:
        """In words, the weeks that some charts leave out; empty if there are none."""
        says = []
        if self.older:
            more = plural(len(self.older), "week")
            says.append(f"The marts go back {more} more than the charts.")
        if self.in_part:
            weeks = "the week" if len(self.in_part) == 1 else "the weeks"
            days = " and ".join(day(week) for week in self.in_part)
            says.append(f"Left out where whole weeks are counted: {weeks} of {days}, not whole.")
        return " ".join(says)

    @property
    def running(self) -> date | None:
        """The newest week, if it is not over."""
        newest = max(self.shown, default=None)
        return None if newest in self.whole else newest

    @property
    def compared(self) -> str:
        """In words, what the last whole week is compared with."""
        number = len(self.before)
        return "the week before" if number == 1 else f"the {number} weeks before"


def weeks_of(snapshot: Snapshot) -> Weeks:
    """Return the weeks of the marts without a gap; a week is whole if the window covers it."""
    known = [row["week"] for row in snapshot.marts["mart_velocity"]]
    if not known:
        return Weeks((), None, (), frozenset())
    first, newest = min(known), max(known)
    every = [first + WEEK * n for n in range((newest - first).days // 7 + 1)]
    begin = snapshot.first_day or first
    whole = [week for week in every if begin <= week and week + WEEK <= snapshot.end]
    return Weeks(
        shown=tuple(every[-SHOWN:]),
        last=whole[-1] if whole else None,
        before=tuple(whole[-1 - COMPARED : -1]),
        whole=frozenset(whole),
        older=tuple(every[:-SHOWN]),
    )


def during(rows: Iterable[Row], weeks: Iterable[date | None]) -> list[Row]:
    """Return the rows of some weeks."""
    wanted = set(weeks)
    return [row for row in rows if row["week"] in wanted]


def enough(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with enough merged pull requests for a statement in a title."""
    return [row for row in rows if row["total_prs"] >= FEW]


def total(rows: Iterable[Row], column: str) -> float:
    """Return the sum of a column; NULL adds 0."""
    return sum(row[column] or 0 for row in rows)


def mean(rows: Iterable[Row], column: str, weight: str) -> float | None:
    """Return the mean of a column of means, weighted by `weight`; None without rows."""
    known = [row for row in rows if row[column] is not None]
    return share(sum(row[column] * row[weight] for row in known), total(known, weight))


def share(part: float, whole: float) -> float | None:
    """Return part / whole; None if the whole is 0."""
    return part / whole if whole else None
