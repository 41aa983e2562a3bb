"""What the source does not tell, each with the reason: it is shown as a dash, never as 0."""

from __future__ import annotations

from collections.abc import Mapping

from cursor_marts.reporting.weekly.pulls import Measure, Pulls, known
from cursor_marts.reporting.weekly.words import plural

#: Parts of the cycle time: the measure, what it begins with, and what that may come after.
PARTS: Mapping[str, tuple[Measure, str, str]] = {
    "coding": (lambda pull: pull.coding_lead_time_hours, "first commit", "after the opening"),
    "waiting": (lambda pull: pull.pickup_time_hours, "first review", "before the opening"),
    "reviewing": (lambda pull: pull.review_lead_time_hours, "first review", ""),
}

#: What is unknown → why.
Reasons = Mapping[str, str]


def reasons(merged: Pulls) -> Reasons:
    """Return what the merged pull requests of all shown weeks leave unknown."""
    if not merged:
        return {}
    found = {part: _of_part(part, merged) for part in PARTS}
    of = plural(len(merged), "merged pull request")
    if not any(pull.review_count for pull in merged):
        found["reviews"] = f"the data has no review by a person of any of {of}"
    if not any(pull.is_reverted for pull in merged):
        found["reverts"] = f"none is known among {of}, and the source may not tell"
    people = [pull for pull in merged if pull.author_kind == "human"]
    if not known(people, lambda pull: pull.final_ai_ratio):
        by = plural(len(people), "pull request")
        found["ai"] = f"the AI share is known of none of {by} by people"
    return {name: reason for name, reason in found.items() if reason}


def _of_part(part: str, merged: Pulls) -> str:
    """Return why a part of the cycle time is unknown; '' if it is known."""
    measure, event, misplaced = PARTS[part]
    values = known(merged, measure)
    if not values:
        return f"no {event} is known of any of {plural(len(merged), 'merged pull request')}"
    clamped = sum(value == 0 for value in values)
    if not misplaced or clamped * 2 <= len(values):
        return ""
    return f"the {event} is dated {misplaced} in {clamped:,} of {len(values):,} pull requests"
