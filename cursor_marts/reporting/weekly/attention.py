"""The pull requests to look at: which ones, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cursor_marts.reporting.weekly.pulls import PullRequest, Pulls, during, is_unreviewed
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import duration, number

SHOWN = 3  # of each kind
A_DAY = 24.0


@dataclass(frozen=True)
class Item:
    """One pull request, and what is remarkable about it."""

    pull: PullRequest
    says: str


@dataclass(frozen=True)
class LookAt:
    """Pull requests for one reason, `count` in all; `empty` says why there are none."""

    heading: str
    items: tuple[Item, ...]
    count: int
    empty: str = ""


def to_look_at(pulls: Pulls, weeks: Weeks, unknown: Reasons) -> list[LookAt]:
    """Return the slowest, the longest waiting, the largest unreviewed and the reverted ones."""
    last = [pull for pull in during(pulls, [weeks.last]) if pull.counts]
    return [
        _slowest(last),
        _waiting(pulls, unknown),
        _unreviewed(last, unknown),
        _reverted(pulls, last, unknown),
    ]


def _look(heading: str, found: Iterable[tuple[PullRequest, str]], empty: str) -> LookAt:
    items = [Item(*each) for each in found]
    return LookAt(heading, tuple(items[:SHOWN]), len(items), "" if items else empty)


def _slowest(last: Pulls) -> LookAt:
    timed = [(pull, pull.total_cycle_time_hours or 0.0) for pull in last]
    timed.sort(key=lambda each: (-each[1], each[0].repo_name, each[0].pr_number))
    found = [(pull, duration(hours)) for pull, hours in timed[:SHOWN]]
    return _look("Slowest merged", found, "nothing was merged")


def waiting(pulls: Pulls) -> list[PullRequest]:
    """Return the open pull requests of people and agents that wait for more than a day."""
    found = [
        pull
        for pull in pulls
        if pull.state == "open" and pull.author_kind != "bot" and (pull.waiting_hours or 0) > A_DAY
    ]
    return sorted(found, key=lambda p: (-(p.waiting_hours or 0), p.repo_name, p.pr_number))


def _waiting(pulls: Pulls, unknown: Reasons) -> LookAt:
    found = [
        (pull, f"{duration(pull.waiting_hours)}{'' if pull.review_count else ', no review yet'}")
        for pull in waiting(pulls)
    ]
    if "reviews" in unknown:
        found = [(pull, duration(pull.waiting_hours)) for pull in waiting(pulls)]
    return _look("Longest waiting for a review", found, "none has waited for more than a day")


def _unreviewed(last: Pulls, unknown: Reasons) -> LookAt:
    heading = "Largest merged without a review"
    if "reviews" in unknown:
        return LookAt(heading, (), 0, f"– {unknown['reviews']}")
    found = sorted(filter(is_unreviewed, last), key=lambda p: (-(p.total_loc or 0), p.pr_number))
    says = [(pull, f"{number(pull.total_loc)} lines") for pull in found]
    return _look(heading, says, "none: all were reviewed" if last else "nothing was merged")


def _reverted(pulls: Pulls, last: Pulls, unknown: Reasons) -> LookAt:
    """Return those that were merged or reverted in the last week."""
    if "reverts" in unknown:
        return LookAt("Reverted", (), 0, f"– {unknown['reverts']}")
    merges = {(pull.repo_name, pull.pr_number) for pull in last}
    found = [
        (pull, f"by #{pull.reverted_by}" if pull.reverted_by else "says the source")
        for pull in pulls
        if pull.is_reverted
        and merges & {(pull.repo_name, pull.pr_number), (pull.repo_name, pull.reverted_by)}
    ]
    return _look("Reverted", found, "none so far")
