"""A number of the last week beside the mean of the weeks before: value, change and sparkline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from cursor_marts.reporting.weekly.charts import Spark
from cursor_marts.reporting.weekly.differences import Difference
from cursor_marts.reporting.weekly.pulls import PullRequest, Pulls, during
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import APART, change, signed

Value = float | None
#: A change below this is drawn as none.
LITTLE = 0.02
ARROWS = {-1: "▼", 0: "▶", 1: "▲"}


@dataclass(frozen=True)
class Trend:
    """The values of the shown weeks; `better` is -1 if lower is better, 1 if higher, else 0.

    `found` is the difference of the last week from the weeks before, each repository beside itself.
    """

    values: Sequence[Value]
    compared: int
    better: int = 0
    found: Difference | None = None

    @property
    def now(self) -> Value:
        """The value of the last week."""
        return self.values[-1] if self.values else None

    @property
    def before(self) -> Value:
        """The mean of the weeks before; None if none of them has a value."""
        weeks = self.values[:-1][-self.compared :] if self.compared else ()
        found = [value for value in weeks if value is not None]
        return fmean(found) if found else None

    @property
    def change(self) -> Value:
        """The relative change; None where it is unknown, or there was nothing before."""
        return change(self.now, self.before)

    @property
    def direction(self) -> int:
        """-1 down, 0 about the same, 1 up."""
        if self.change is None or abs(self.change) < LITTLE:
            return 0
        return 1 if self.change > 0 else -1

    @property
    def arrow(self) -> str:
        """The arrow and the change in percent; '' where it is unknown."""
        return (
            "" if self.change is None else f"{ARROWS[self.direction]}{APART}{signed(self.change)}"
        )

    @property
    def judgement(self) -> str:
        """'better' or 'worse', '' where neither can be said; 'may be chance' if that is all.

        Where each repository beside itself went the other way, the mix of repositories changed.
        """
        if not self.better or self.direction == 0:
            return ""
        if self.found is None:
            return "too few to judge"
        if not self.found.is_clear:
            return "may be chance"
        if self.found.estimate * self.direction < 0:
            return "mix changed"
        return "better" if self.direction == self.better else "worse"

    @property
    def spark(self) -> Spark:
        """The values as a line on a scale of their own."""
        return Spark(self.values)


def trend(
    counted: Pulls,
    weeks: Weeks,
    value: Callable[[Sequence[PullRequest]], Value],
    better: int = 0,
    found: Difference | None = None,
) -> Trend:
    """Return the trend of a number over the shown weeks."""
    values = [value(during(counted, [week])) for week in weeks.shown]
    return Trend(values, len(weeks.before), better, found)
