"""The cards on top: one number each, with its change and what would be better."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cursor_marts.reporting.weekly.adoption import users
from cursor_marts.reporting.weekly.differences import logarithms, since
from cursor_marts.reporting.weekly.pulls import (
    Measure,
    PullRequest,
    Pulls,
    cycle_time,
    during,
    is_unreviewed,
    middle,
    share,
)
from cursor_marts.reporting.weekly.trends import Trend, Value, trend
from cursor_marts.reporting.weekly.unknown import PARTS, Reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import UNKNOWN, duration, mean_count, percent

MEDIAN = "median"
BETTER = {-1: "lower is better", 0: "", 1: "higher is better"}


@dataclass(frozen=True)
class Card:
    """A number: `term` is its entry in the glossary, `of` its count, `reason` why it is unknown."""

    term: str
    label: str
    trend: Trend
    write: Callable[[float], str]
    of: str = ""
    reason: str = ""

    @property
    def value(self) -> str:
        """The number of the last week; a dash if it is unknown."""
        now = None if self.reason else self.trend.now
        return UNKNOWN if now is None else self.write(now)

    @property
    def before(self) -> str:
        """The mean of the weeks before."""
        return UNKNOWN if self.trend.before is None else self.write(self.trend.before)

    @property
    def meaning(self) -> str:
        """Which direction is better, if one is."""
        return BETTER[self.trend.better]


@dataclass(frozen=True)
class _Facts:
    counted: Pulls
    weeks: Weeks
    unknown: Reasons

    def trend(self, value: Callable[[Pulls], Value]) -> Trend:
        return trend(self.counted, self.weeks, value)

    def median(self, measure: Measure) -> Trend:
        """Return the trend of a median duration, of which less is better."""
        found = since(*self.compared, measure, logarithms)
        return trend(self.counted, self.weeks, lambda of: middle(of, measure), -1, found)

    def share(self, condition: Callable[[PullRequest], bool]) -> Trend:
        """Return the trend of a share, of which less is better."""
        found = since(*self.compared, lambda pull: float(condition(pull)))
        return trend(self.counted, self.weeks, lambda of: share(of, condition), -1, found)

    @property
    def compared(self) -> tuple[Pulls, Pulls]:
        """The pull requests of the last week, and those of the weeks before."""
        last, before = [self.weeks.last], self.weeks.before
        return during(self.counted, last), during(self.counted, before)

    def of(self, condition: Callable[[PullRequest], bool]) -> str:
        last = during(self.counted, [self.weeks.last])
        return f"{sum(map(condition, last)):,} of {len(last):,}"


def cards(counted: Pulls, weeks: Weeks, unknown: Reasons) -> list[Card]:
    """Return the cards of the last week."""
    facts = _Facts(counted, weeks, unknown)
    return [
        Card("merged", "Merged", facts.trend(len), mean_count),
        Card("time-to-merge", "Time to merge", facts.median(cycle_time), duration, MEDIAN),
        _waiting(facts),
        _people(facts),
        _unreviewed(facts),
        _reverted(facts),
    ]


def _waiting(facts: _Facts) -> Card:
    reason = facts.unknown.get("waiting", "")
    found = facts.median(PARTS["waiting"][0])
    return Card("waiting", "Wait for a review", found, duration, MEDIAN, reason)


def _people(facts: _Facts) -> Card:
    now = users(during(facts.counted, [facts.weeks.last]))
    of = f"{now.using:,} of {now.active - now.unknown:,}" if now.share is not None else ""
    found = facts.trend(lambda pulls: users(pulls).share)
    return Card(
        "people", "People who used AI", found, percent, of, reason=facts.unknown.get("ai", "")
    )


def _unreviewed(facts: _Facts) -> Card:
    reason = facts.unknown.get("reviews", "")
    found = facts.share(is_unreviewed)
    of = facts.of(is_unreviewed)
    return Card("unreviewed", "Without a review", found, percent, of, reason)


def _reverted(facts: _Facts) -> Card:
    found = facts.share(lambda pull: pull.is_reverted)
    of = f"{facts.of(lambda pull: pull.is_reverted)} so far"
    return Card("reverted", "Reverted", found, percent, of, facts.unknown.get("reverts", ""))


@dataclass(frozen=True)
class Part:
    """A part of the time to merge: its card, and how many pull requests have it."""

    card: Card
    counted: str


def parts(counted: Pulls, weeks: Weeks, unknown: Reasons) -> list[Part]:
    """Return the parts of the time to merge, each a median of the pull requests that have it."""
    return list(_parts(_Facts(counted, weeks, unknown)))


def _parts(facts: _Facts) -> Iterator[Part]:
    names = {"coding": "Coding", "waiting": "Wait for a review", "reviewing": "Review to merge"}
    last = during(facts.counted, [facts.weeks.last])
    for part, name in names.items():
        measure, *_ = PARTS[part]
        found = facts.median(measure)
        card = Card(part, name, found, duration, reason=facts.unknown.get(part, ""))
        having = sum(measure(pull) is not None for pull in last)
        yield Part(card, f"{having:,} of {len(last):,}")
