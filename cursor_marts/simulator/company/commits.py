"""Commits: what a pull request lists, and what the AI source knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cursor_marts.simulator.company.chance import to_the_second
from cursor_marts.simulator.company.people import Developer
from cursor_marts.simulator.company.profiles import Profile
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.company.words import a_title
from cursor_marts.simulator.world import Record

#: Shares of pull requests whose commits were rewritten: all by a rebase, the last by an amend.
REBASED, AMENDED = 0.07, 0.05
#: The share of those without a known AI share whose commits the source does not list.
UNLISTED = 0.25
CLOUD, EDITORS = "cloud", ("ide", "ide", "ide", "ide", "cli")


@dataclass(frozen=True)
class Made:
    """A commit that the tool has seen: by whom, where, and how much of it is AI's."""

    author: Developer
    where: str
    repo: str
    branch: str
    at: datetime
    lines: int
    ratio: float
    message: str


def commit_to(story: Story, pull: Record, work: Work) -> None:
    """Add the commits of a pull request to it, and those with the tool to the AI source's."""
    times = _times(story, work)
    pull["commit_count"] = len(times)
    if "ai_ratio" not in pull and work.developer and story.chance.happens(UNLISTED):
        return
    known = [_listed(story, work, at, work.lines // len(times)) for at in times]
    pull["commit_ids"] = _rewritten(story, known) if work.developer else known
    if story.chance.happens(0.4) and pull["author_type"] == "User":
        pull["first_commit_at"] = story.chance.stamp(min(times))
        pull["last_commit_at"] = story.chance.stamp(max(times))


def _times(story: Story, work: Work) -> list[datetime]:
    """Return when the commits are made: before the opening, and some between it and the review."""
    count = 1 + story.chance.rounded(min(6.0, work.lines / 60))
    before = story.chance.hours(3.3, 0.9)
    times = [work.opened - before * (1 - n / count) for n in range(count)]
    if work.ready:
        times[-1] = work.opened + (work.up - work.opened) * 0.9
    elif story.chance.happens(0.1):  # a last touch after the opening
        times[-1] = work.opened + timedelta(minutes=story.chance.uniform(2, 60))
    return [min(at, story.now) for at in times]


def _listed(story: Story, work: Work, at: datetime, lines: int) -> Record:
    """Return a commit as a pull request lists it; a machine repeats the pull request's words."""
    message = a_title(story.chance) if work.developer else f"{work.title}\n\n{work.body}"
    commit: Record = {
        "commit_hash": story.chance.hash(),
        "authored_at": to_the_second(at),
        "author_email": work.author.email,
        "author_id": work.author.login,
        "message": message,
    }
    if _is_tracked(story, work):
        commit["commit_hash"] = track(story, _made(story, work, at, lines, message))
    return commit


def _is_tracked(story: Story, work: Work) -> bool:
    """Return whether the AI source knows a commit: of its own tool, or of its own agent."""
    has_the_tool = work.developer is not None and work.developer.has_the_tool
    return has_the_tool and story.chance.happens(work.profile.tracked)


def _made(story: Story, work: Work, at: datetime, lines: int, message: str) -> Made:
    assert work.developer is not None
    where = CLOUD if work.author.type == "Bot" else story.chance.choice(EDITORS)
    repo = work.profile.repo
    return Made(work.developer, where, repo, work.branch, at, lines, work.ratio, message)


def _rewritten(story: Story, commits: list[Record]) -> list[Record]:
    """Return the commits as they are after a rebase or an amend, which change hashes."""
    chance = story.chance.random()
    changed = commits if chance < REBASED else commits[-1:] if chance < REBASED + AMENDED else []
    for commit in changed:
        commit["commit_hash"] = story.chance.hash()
    return commits


def track(story: Story, made: Made) -> str:
    """Add a commit to those that the AI source knows, and return its hash."""
    chance, author, lines = story.chance, made.author, made.lines
    tab = 0 if made.where == CLOUD else round(lines * made.ratio * 0.5)
    composer = round(lines * made.ratio) - tab
    by_hand = max(0, lines - tab - composer)
    gone = round(lines * chance.uniform(0, 0.5))
    commit: Record = {
        "commitHash": chance.hash(),
        "userId": author.id,
        "userEmail": author.email,
        "userName": author.name,
        "repoName": made.repo,
        "branchName": made.branch,
        "isPrimaryBranch": made.branch == "main",
        "totalLinesAdded": tab + composer + by_hand,
        "totalLinesDeleted": gone,
        "tabLinesAdded": tab,
        "tabLinesDeleted": gone // 4,
        "composerLinesAdded": composer,
        "composerLinesDeleted": gone // 4,
        "nonAiLinesAdded": by_hand,
        "nonAiLinesDeleted": gone - 2 * (gone // 4),
        "message": made.message,
        "commitSource": made.where,
        "commitTs": chance.stamp(made.at),
        "createdAt": chance.stamp(made.at),
    }
    if chance.happens(0.03):
        commit |= {"repoName": None, "branchName": None, "isPrimaryBranch": None}
    story.commits.append(commit)
    if chance.happens(0.02):  # amended: the source sends it again
        again = chance.stamp(made.at + timedelta(minutes=20))
        story.commits.append(commit | {"createdAt": again})
    return str(commit["commitHash"])


def commit_elsewhere(story: Story, author: Developer, profile: Profile, day: date) -> None:
    """Add a commit in no pull request: to the default branch, or an attempt that is given up."""
    if not author.has_the_tool:
        return
    branch, at = story.chance.turn(("main", "try/new-idea")), story.chance.moment(day)
    message, share = a_title(story.chance), profile.ai_share
    track(story, Made(author, EDITORS[0], profile.repo, branch, at, 12, share, message))
