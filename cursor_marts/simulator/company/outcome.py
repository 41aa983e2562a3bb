"""How a pull request ends: merged, closed or still open, and sometimes reverted."""

from __future__ import annotations

from datetime import datetime

from cursor_marts.simulator.company.reviews import review
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.world import Record

#: The share of pull requests that nobody looks at again.
FORGOTTEN = 0.02
#: One of so many reverts is reverted itself.
UNDONE_AGAIN = 8


def decide(story: Story, pull: Record, work: Work) -> None:
    """Add the reviews and the end of a pull request, and plan its revert."""
    first = work.up + story.chance.hours(work.pickup, 0.8)
    merged = first + story.chance.hours(work.review, 0.7)
    pull["updated_at"] = pull.get("ready_at", pull["created_at"])
    if work.up > story.now:
        return
    review(story, pull, work, first, merged)
    fate = 1.0 if work.undoes else story.chance.random()
    if merged > story.now or fate < FORGOTTEN:
        return
    if fate < FORGOTTEN + work.refused:
        pull["state"] = "closed"
        pull["closed_at"] = pull["updated_at"] = story.chance.stamp(merged)
    else:
        _merge(story, pull, work, merged)


def _merge(story: Story, pull: Record, work: Work, at: datetime) -> None:
    pull["state"] = "merged"
    pull["merged_at"] = pull["updated_at"] = story.chance.stamp(at)
    pull["merge_commit_hash"] = story.chance.hash()
    for n, undone in enumerate(work.undoes):
        if "was_reverted" in undone:
            undone["was_reverted"] = n % 2 == 0  # a reverted revert makes the first one stand
    if _is_reverted(story, work):
        later = at + story.chance.hours(9, 0.9)
        story.to_revert[later.date()].append((later, work, pull))


def _is_reverted(story: Story, work: Work) -> bool:
    """Return whether it is reverted later: large ones and those mostly by AI more often."""
    if work.undoes:
        return len(work.undoes) == 1 and story.chance.every(UNDONE_AGAIN, "revert")
    return story.chance.happens(0.015 + 0.075 * work.ratio**2 + work.lines / 18000)
