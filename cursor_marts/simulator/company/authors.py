"""Who opens pull requests: people, coding agents, and bots that update dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cursor_marts.simulator.company.people import CURSOR, Developer
from cursor_marts.simulator.company.profiles import PROFILES, Profile
from cursor_marts.simulator.company.pulls import put
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.company.words import BODY, a_title, an_update

#: One of so many drafts stays a draft.
GIVEN_UP = 8


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How people or agents go about pull requests; shares are 0–1."""

    size: float  #: median, as a multiple of the repository's
    drafts: float  #: share that begins as a draft
    refused: float  #: share that is closed without a merge


PEOPLE = Manner(size=1.0, drafts=0.06, refused=0.04)
AGENTS = Manner(size=0.7, drafts=0.5, refused=0.15)


def pick(story: Story, developer: Developer) -> Profile:
    """Return a repository that somebody works in: mostly one of the own team."""
    mine = [profile for profile in PROFILES if profile.team == developer.team]
    if story.chance.happens(0.1):
        mine = list(PROFILES)
    return story.chance.choices(mine, [profile.weight for profile in mine])[0]


def open_one(story: Story, developer: Developer, day: date) -> None:
    """Open a pull request of a person, or of the coding agent that the person asks for it."""
    profile = pick(story, developer)
    by_agent = story.chance.happens(profile.agents * (0.5 + story.progress(day)))
    manner = AGENTS if by_agent else PEOPLE
    size = story.chance.about(manner.size, 0.9)
    ratio = 1.0 if by_agent else _ratio(story, profile, developer, day, size)
    put(
        story,
        Work(
            author=profile.agent if by_agent else developer,
            developer=None if by_agent and profile.agent is not CURSOR else developer,
            refused=manner.refused,
            **_change(story, profile, day, size, ratio),
            **_opening(story, day, manner),
        ),
    )


def _ratio(story: Story, profile: Profile, author: Developer, day: date, size: float) -> float:
    """Return a person's share of AI lines: larger work has more, and later work."""
    if not author.has_the_tool:
        return 0.0
    lean = profile.ai_share + profile.ai_growth * story.progress(day) + author.fondness
    return min(0.98, max(0.0, lean + 0.12 * (size - 1) + story.chance.gauss(0, 0.12)))


def _opening(story: Story, day: date, manner: Manner) -> dict[str, Any]:
    """Return when a pull request is opened, and when it is ready if it is a draft."""
    opened = story.chance.moment(day)
    is_draft = story.chance.happens(manner.drafts)
    return {"opened": opened, "ready": _ready(story, opened) if is_draft else None}


def _ready(story: Story, opened: datetime) -> datetime:
    """Return when a draft is up for review; some never are."""
    if story.chance.every(GIVEN_UP, "draft"):
        return story.now + timedelta(days=1)
    return opened + story.chance.hours(3, 0.9)


def _change(story: Story, profile: Profile, day: date, size: float, ratio: float) -> dict[str, Any]:
    """Return what is changed, and what its review takes: large work and AI's take longer."""
    lines = max(1, round(profile.lines * size))
    is_fix = story.chance.happens(0.07 + 0.06 * ratio)
    slower = (1 - profile.speed_up * story.progress(day)) * (0.6 + 0.4 * min(size, 4))
    effort = slower * (1 + ratio / 3)
    return {
        "profile": profile,
        "body": BODY,
        "lines": lines,
        "deleted": round(lines * story.chance.uniform(0, 0.6)),
        "ratio": ratio,
        "is_fix": is_fix,
        "pickup": profile.pickup * effort,
        "review": profile.review * effort,
        "rigour": profile.rigour,
        "effort": effort,
        **_marks(story, profile, is_fix),
    }


def _marks(story: Story, profile: Profile, is_fix: bool) -> dict[str, Any]:
    """Return title, branch and labels, with the mark by which a team knows a bug fix."""
    title = a_title(story.chance, is_fix=is_fix, conventional=profile.marks == "title")
    topic = title.rpartition(": ")[2].lower().replace(" ", "-")
    kind = "fix" if is_fix and profile.marks == "branch" else "work"
    labelled = is_fix and profile.marks in ("label", "word")
    return {
        "title": title,
        "branch": f"{kind}/{topic}",
        "labels": ("bug",) if labelled else (),
    }


def update_dependencies(story: Story, profile: Profile, day: date) -> None:
    """Open a bot's pull request: small, sometimes left to lie or replaced by the next one."""
    lines = story.chance.randrange(2, 40)
    title = an_update(story.chance)
    topic = title.removeprefix("Bump ").replace(" ", "-")
    put(
        story,
        Work(
            profile=profile,
            author=profile.updater,
            opened=story.chance.moment(day),
            title=title,
            body=BODY,
            branch=f"{profile.updater.name.lower()}/{topic}",
            labels=("dependencies",),
            lines=lines,
            deleted=lines,
            pickup=14,
            review=3,
            rigour=0.5,
            refused=0.15,
            effort=0.1,
        ),
    )
