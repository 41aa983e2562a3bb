"""Reverts: pull requests that undo another one, and say so in one way or another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cursor_marts.simulator.company.people import Developer
from cursor_marts.simulator.company.pulls import put
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.company.words import BODY
from cursor_marts.simulator.world import Record

#: How reverts say what they undo: mostly as the button of the code host does.
EVIDENCE = ("button", "commit", "button", "title", "button", "branch")


def revert_what_is_due(story: Story, day: date) -> None:
    """Open the reverts of a day, until none of them is reverted within the day."""
    while due := story.to_revert.pop(day, []):
        for at, work, pull in due:
            if at <= story.now:
                put(story, _revert(story, at, work, pull))


def _revert(story: Story, at: datetime, work: Work, pull: Record) -> Work:
    """Return the work of a revert, which no tool has seen: the code host makes its commit."""
    return Work(
        profile=work.profile,
        author=_somebody_of(story, work.profile.team),
        opened=at,
        lines=pull["deletions"],
        deleted=pull["additions"],
        pickup=0.4,
        review=0.5,
        rigour=0.7,
        refused=0.0,
        undoes=(pull, *work.undoes),
        **_words(story, pull),
    )


def _somebody_of(story: Story, team: str) -> Developer:
    members = [each for each in story.developers if each.team == team]
    return story.chance.choice(members or story.developers)


def _words(story: Story, pull: Record) -> dict[str, Any]:
    """Return title, body and branch of a revert."""
    number, title, kind = pull["number"], pull["title"], story.chance.turn(EVIDENCE)
    if kind == "title" and _titles(story, pull["repo_name"]).count(title) > 1:
        kind = "commit"  # a title that others have as well does not say which one
    says = {"title": f'Revert "{title}"', "body": BODY, "branch": f"work/undo-{number}"}
    if kind == "button":
        says |= {"body": f"Reverts {pull['repo_name']}#{number}"}
    if kind in ("button", "branch"):
        says |= {"branch": f"revert-{number}-{pull['head_branch']}"}
    if kind in ("commit", "branch"):
        says |= {"title": f"Take back the change of {pull['merged_at'][:10]}"}
    if kind == "commit":
        says |= {"body": f"This reverts commit {pull['merge_commit_hash']}."}
    return says


def _titles(story: Story, repo: str) -> list[str]:
    return [pull["title"] for pull in story.pulls if pull["repo_name"] == repo]
