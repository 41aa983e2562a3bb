"""What has happened so far, and what is about to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from cursor_marts.simulator.company.chance import Chance
from cursor_marts.simulator.company.people import Account, Developer
from cursor_marts.simulator.company.profiles import Profile
from cursor_marts.simulator.world import Record


@dataclass(frozen=True, kw_only=True)
class Work:
    """A change that somebody wants to merge; times are hours."""

    profile: Profile
    author: Account
    opened: datetime
    ready: datetime | None = None  #: when it is up for review, of a draft
    title: str
    body: str
    branch: str
    labels: tuple[str, ...] = ()
    lines: int  #: added
    deleted: int
    ratio: float = 0.0  #: the share of lines that are AI's
    developer: Developer | None = None  #: the person whose tool has seen the commits
    is_fix: bool = False
    pickup: float
    review: float
    rigour: float  #: chance of a review
    refused: float  #: chance that it is closed without a merge
    effort: float = 1.0  #: of reviewers, by the size
    #: The pull request that it reverts, the one that this had reverted, and so on.
    undoes: tuple[Record, ...] = ()

    @property
    def up(self) -> datetime:
        """When it is up for review."""
        return self.ready or self.opened


@dataclass
class Story:
    """The events so far."""

    chance: Chance
    last: date
    days: int
    developers: list[Developer]
    commits: list[Record] = field(default_factory=list)
    pulls: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
    to_revert: dict[date, list[tuple[datetime, Work, Record]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def now(self) -> datetime:
        """The latest time of any event."""
        return datetime.combine(self.last, time(18), UTC)

    def day(self, number: int) -> date:
        """Return a day of the story, counted from 0."""
        return self.last - timedelta(days=self.days - 1 - number)

    def progress(self, day: date) -> float:
        """Return which part of the story is over: 0 on the first day, 1 on the last."""
        return 1 - (self.last - day).days / max(1, self.days - 1)

    def next_number(self, repo: str) -> int:
        """Return the number of the next pull request of a repository."""
        self.numbers[repo] += 1
        return self.numbers[repo]

    def others_than(self, author: Account) -> list[Developer]:
        """Return who may review somebody's work; somebody alone does it themselves."""
        return [each for each in self.developers if each is not author] or self.developers
