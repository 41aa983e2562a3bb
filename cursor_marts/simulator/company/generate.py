"""A quarter of an invented company; a seed determines it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cursor_marts.simulator.company.authors import open_one, pick, update_dependencies
from cursor_marts.simulator.company.chance import Chance
from cursor_marts.simulator.company.commits import commit_elsewhere
from cursor_marts.simulator.company.people import developers as people
from cursor_marts.simulator.company.profiles import PROFILES
from cursor_marts.simulator.company.reverts import revert_what_is_due
from cursor_marts.simulator.company.story import Story
from cursor_marts.simulator.world import World

PULLS_PER_DEVELOPER_DAY = 0.7
WEEKEND = 0.12  # of a working day
#: Updates of dependencies for each pull request of a person or an agent.
UPDATES = 0.15
#: Commits in no pull request, of each person on a working day.
ELSEWHERE = 0.08


def generate(
    seed: int = 7, *, end: date | None = None, days: int = 90, developers: int = 12
) -> World:
    """Return `days` days of work of `developers` people up to `end` (by default today, UTC).

    Larger pull requests use more AI and need more review; those mostly by AI are reverted more
    often. Teams differ, and change over the weeks. All of this is invented.
    """
    last = end or datetime.now(UTC).date()
    story = Story(Chance(seed), last, days, people(seed, developers))
    for number in range(days):
        _live(story, story.day(number))
    repos = [{"full_name": p.repo, "default_branch": "main"} for p in PROFILES]
    return World(repos, story.commits, story.pulls, story.reviews)


def _live(story: Story, day: date) -> None:
    """Add one day of work of everybody."""
    busy = WEEKEND if day.weekday() >= 5 else 1.0
    for developer in story.developers:
        for _ in range(story.chance.rounded(PULLS_PER_DEVELOPER_DAY * developer.pace * busy)):
            open_one(story, developer, day)
        if story.chance.happens(ELSEWHERE * busy):
            commit_elsewhere(story, developer, pick(story, developer), day)
    if day.weekday() == 0:
        _update(story, day)
    revert_what_is_due(story, day)


def _update(story: Story, day: date) -> None:
    """Let the bots update dependencies, once a week: more in busy repositories."""
    a_week = 5 * PULLS_PER_DEVELOPER_DAY * len(story.developers)
    for profile in PROFILES:
        for _ in range(story.chance.rounded(UPDATES * a_week * profile.weight)):
            update_dependencies(story, profile, day)
