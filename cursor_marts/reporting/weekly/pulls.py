"""The pull requests of the page: rows of mart_pull_requests, and choices among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A row of mart_pull_requests, with the columns that the page needs, and if it is a draft."""

    repo_name: str
    pr_number: int
    state: str
    author_kind: str = "human"
    author: str | None = None
    team: str | None = None
    title: str | None = None
    url: str | None = None
    week: date | None = None
    coding_lead_time_hours: float | None = None
    pickup_time_hours: float | None = None
    review_lead_time_hours: float | None = None
    total_cycle_time_hours: float | None = None
    waiting_hours: float | None = None
    total_loc: int | None = None
    review_count: int = 0
    bot_review_count: int = 0
    iterations: int = 0
    final_ai_ratio: float | None = None
    ai_usage_band: str = "unknown"
    is_reverted: bool = False
    reverted_by: int | None = None
    has_hotfix_followup: bool = False
    is_draft: bool = False

    @property
    def counts(self) -> bool:
        """Whether the marts count it: merged, and not a bot's."""
        return self.week is not None and self.author_kind != "bot"


#: The columns of the mart; whether one is a draft is in the raw table.
COLUMNS = tuple(field.name for field in fields(PullRequest) if field.name != "is_draft")
Pulls = Sequence[PullRequest]
Measure = Callable[[PullRequest], float | None]


def during(pulls: Iterable[PullRequest], weeks: Iterable[date | None]) -> list[PullRequest]:
    """Return the pull requests merged in some weeks."""
    wanted = {week for week in weeks if week is not None}
    return [pull for pull in pulls if pull.week in wanted]


def by_repository(pulls: Iterable[PullRequest]) -> dict[str, list[PullRequest]]:
    """Return the pull requests of each repository."""
    found: dict[str, list[PullRequest]] = {}
    for pull in pulls:
        found.setdefault(pull.repo_name, []).append(pull)
    return found


def known(pulls: Iterable[PullRequest], measure: Measure) -> list[float]:
    """Return the known values of a measure."""
    return [value for pull in pulls if (value := measure(pull)) is not None]


def middle(pulls: Iterable[PullRequest], measure: Measure) -> float | None:
    """Return the median of the known values of a measure; None without any."""
    values = known(pulls, measure)
    return median(values) if values else None


def share(pulls: Pulls, condition: Callable[[PullRequest], bool]) -> float | None:
    """Return the share of pull requests that meet a condition; None of none."""
    return sum(map(condition, pulls)) / len(pulls) if pulls else None


def cycle_time(pull: PullRequest) -> float | None:
    """Return the hours from first commit, or opening, to merge."""
    return pull.total_cycle_time_hours


def is_unreviewed(pull: PullRequest) -> bool:
    """Return whether no other person has reviewed it."""
    return pull.review_count == 0


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return name → name without the owner, if all repositories have the same owner."""
    names = set(names)
    owners = {name.rpartition("/")[0] for name in names}
    return {name: name.rpartition("/")[2] if len(owners) == 1 else name for name in names}
