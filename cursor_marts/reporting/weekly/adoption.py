"""Who uses AI: people by band of use in each week, and the shares of agents and bots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cursor_marts.models.reference import UNKNOWN_BAND, current
from cursor_marts.reporting.weekly.pulls import PullRequest, Pulls, during
from cursor_marts.reporting.weekly.weeks import Weeks

NONE = "none"


@dataclass(frozen=True)
class Users:
    """The people who merged in a week, by band of AI use: `none` is a share of 0."""

    by_band: Counter[str]

    @property
    def active(self) -> int:
        """People with a merged pull request."""
        return self.by_band.total()

    @property
    def unknown(self) -> int:
        """The people whose AI share is unknown."""
        return self.by_band[UNKNOWN_BAND]

    @property
    def using(self) -> int:
        """Those with AI lines in a merged pull request."""
        return self.active - self.unknown - self.by_band[NONE]

    @property
    def share(self) -> float | None:
        """The share of people who used AI, among people whose AI share is known."""
        known = self.active - self.unknown
        return self.using / known if known else None


def bands_of_use() -> list[str]:
    """Return the bands of a person's AI use, most first."""
    return [*(band.name for band in reversed(current().bands)), NONE, UNKNOWN_BAND]


def users(pulls: Pulls) -> Users:
    """Return the people who merged some pull requests, by their AI share over all their lines."""
    by_person: dict[str, list[PullRequest]] = {}
    for pull in pulls:
        if pull.author_kind == "human" and pull.author:
            by_person.setdefault(pull.author, []).append(pull)
    return Users(Counter(_band(theirs) for theirs in by_person.values()))


def _band(pulls: Pulls) -> str:
    known = [
        (pull.final_ai_ratio, max(1, pull.total_loc or 0))
        for pull in pulls
        if pull.final_ai_ratio is not None
    ]
    if not known:
        return UNKNOWN_BAND
    share = sum(ratio * lines for ratio, lines in known) / sum(lines for _, lines in known)
    if share == 0:
        return NONE
    return next(band.name for band in current().bands if band.holds(share))


@dataclass(frozen=True)
class Machines:
    """The shares of agents and bots in a week; None of nothing."""

    agents: float | None
    bots: float | None
    reviews: float | None


def machines(pulls: Pulls, week: date) -> Machines:
    """Return the shares of a week's merged pull requests and of the reviews of all but bots'."""
    merged = during(pulls, [week])
    kinds = Counter(pull.author_kind for pull in merged)
    counted = [pull for pull in merged if pull.counts]
    by_machines = sum(pull.bot_review_count for pull in counted)
    reviews = by_machines + sum(pull.review_count for pull in counted)
    return Machines(
        kinds["agent"] / len(merged) if merged else None,
        kinds["bot"] / len(merged) if merged else None,
        by_machines / reviews if reviews else None,
    )


def users_by_week(pulls: Pulls, weeks: Weeks) -> Sequence[Users]:
    """Return the people of each shown week, by band."""
    return [users(during(pulls, [week])) for week in weeks.shown]
