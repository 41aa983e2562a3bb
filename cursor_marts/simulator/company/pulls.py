"""Pull requests as the source sends them."""

from __future__ import annotations

from typing import Any

from cursor_marts.simulator.company.commits import commit_to
from cursor_marts.simulator.company.outcome import decide
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.world import Record


def put(story: Story, work: Work) -> None:
    """Add a pull request with its commits, its reviews and its end."""
    pull = _record(story, work) | _outcomes(work) | _ai_lines(story, work)
    commit_to(story, pull, work)
    decide(story, pull, work)
    story.pulls.append(pull)


def _record(story: Story, work: Work) -> Record:
    number = story.next_number(work.profile.repo)
    pull: Record = {
        "id": len(story.pulls) + 1,
        "number": number,
        "url": f"https://git.example/{work.profile.repo}/pull/{number}",
        "title": work.title,
        "body": work.body,
        "state": "open",
        "author_id": work.author.login,
        "author_email": work.author.email,
        "author_name": work.author.name,
        "author_type": work.author.type,
        "repo_name": work.profile.repo,
        "base_branch": "main",
        "head_branch": work.branch,
        "reviewers": None,
        "labels": list(work.labels) or None,
        "additions": work.lines,
        "deletions": work.deleted,
        "changed_files": 1 + round(work.lines / story.chance.uniform(25, 60)),
        "created_at": story.chance.stamp(work.opened),
        "is_draft": work.up > story.now,
    }
    if work.ready and work.ready <= story.now:
        pull["ready_at"] = story.chance.stamp(work.ready)
    return pull


def _outcomes(work: Work) -> dict[str, Any]:
    """Return the source's own words, where it has any: elsewhere the team's marks say it."""
    if work.profile.marks != "word":
        return {}
    return {"was_reverted": False, "is_bug_fix": work.is_fix}


def _ai_lines(story: Story, work: Work) -> dict[str, Any]:
    """Return what the source says of AI: nothing of machines, nor of people without the tool."""
    known = work.developer is not None and work.developer.has_the_tool
    by_machine = work.author.type == "Bot"
    if by_machine or not known or not story.chance.happens(work.profile.ratio_known):
        return {}
    lines = round(work.lines * work.ratio)
    tab = round(lines * story.chance.uniform(0.3, 0.7))
    ratio = lines / work.lines if work.lines else 0.0
    return {"tab_lines": tab, "composer_lines": lines - tab, "ai_ratio": ratio}
