"""The pull requests to look at: which ones, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cursor_marts.reporting.weekly.pulls import PullRequest, Pulls, during, is_unreviewed
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import UNKNOWN, duration, listed, number

SHOWN = 3  # of each kind
A_DAY = 24.0
#: Without a review for so long, an open pull request is given up rather than waiting.
GIVEN_UP = 28 * A_DAY


@dataclass(frozen=True)
class Item:
    """One pull request, and what is remarkable about it."""

    pull: PullRequest
    says: str


@dataclass(frozen=True)
class LookAt:
    """Pull requests for one reason, `count` in all; `empty` says why there are none.

    `note` says which ones are left out.
    """

    heading: str
    items: tuple[Item, ...]
    count: int
    empty: str = ""
    note: str = ""


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


@dataclass(frozen=True)
class Open:
    """Open pull requests of people and agents without an event for a day, the longest first.

    `waiting` ones have had no review, `reviewed` ones may wait for their authors, and nobody has
    reviewed those `given_up` for four weeks. `drafts` are not up for review.
    """

    waiting: list[PullRequest]
    reviewed: list[PullRequest]
    given_up: list[PullRequest]
    drafts: list[PullRequest]


def unmerged(pulls: Pulls) -> Open:
    """Return the open pull requests that somebody has to act on."""
    found = [
        pull
        for pull in pulls
        if pull.state == "open" and pull.author_kind != "bot" and (pull.waiting_hours or 0) > A_DAY
    ]
    found.sort(key=lambda p: (-(p.waiting_hours or 0), p.repo_name, p.pr_number))
    asked = [pull for pull in found if not pull.is_draft]
    recent = [pull for pull in asked if (pull.waiting_hours or 0) <= GIVEN_UP]
    return Open(
        waiting=[pull for pull in recent if is_unreviewed(pull)],
        reviewed=[pull for pull in recent if not is_unreviewed(pull)],
        given_up=[pull for pull in asked if (pull.waiting_hours or 0) > GIVEN_UP],
        drafts=[pull for pull in found if pull.is_draft],
    )


def _waiting(pulls: Pulls, unknown: Reasons) -> LookAt:
    heading = "Longest waiting for a first review"
    if "reviews" in unknown:
        return LookAt(heading, (), 0, f"{UNKNOWN} {unknown['reviews']}")
    found = unmerged(pulls)
    says = [(pull, duration(pull.waiting_hours)) for pull in found.waiting]
    look = _look(heading, says, "none has waited for more than a day")
    return replace(look, note=_elsewhere(found))


def _elsewhere(found: Open) -> str:
    """Say which open ones are not in the list."""
    said = []
    if reviewed := len(found.reviewed):
        said.append(f"{reviewed:,} reviewed, which may wait for {_their(reviewed)}")
    if given_up := len(found.given_up):
        said.append(f"{given_up:,} without a review for four weeks")
    if drafts := len(found.drafts):
        said.append(f"{drafts:,} draft{'s' * (drafts > 1)}")
    return f"Also open: {listed(said)}." if said else ""


def _their(count: int) -> str:
    return "its author" if count == 1 else "their authors"


def _unreviewed(last: Pulls, unknown: Reasons) -> LookAt:
    heading = "Largest merged without a review"
    if "reviews" in unknown:
        return LookAt(heading, (), 0, f"{UNKNOWN} {unknown['reviews']}")
    found = sorted(filter(is_unreviewed, last), key=lambda p: (-(p.total_loc or 0), p.pr_number))
    says = [(pull, f"{number(pull.total_loc)} lines") for pull in found]
    return _look(heading, says, "none: all were reviewed" if last else "nothing was merged")


def _reverted(pulls: Pulls, last: Pulls, unknown: Reasons) -> LookAt:
    """Return those that were merged or reverted in the last week."""
    if "reverts" in unknown:
        return LookAt("Reverted", (), 0, f"{UNKNOWN} {unknown['reverts']}")
    merges = {(pull.repo_name, pull.pr_number) for pull in last}
    found = [
        (pull, f"by #{pull.reverted_by}" if pull.reverted_by else "the source says so")
        for pull in pulls
        if pull.is_reverted
        and merges & {(pull.repo_name, pull.pr_number), (pull.repo_name, pull.reverted_by)}
    ]
    return _look("Reverted", found, "none so far")
