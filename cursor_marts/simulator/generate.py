"""A quarter of an invented company; a seed determines it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from cursor_marts.simulator.profiles import FIRST_NAMES, PROFILES, TEAMS, Developer, Profile
from cursor_marts.simulator.world import Record, World

PULLS_PER_DEVELOPER_DAY = 0.75
WEEKEND = 0.12  # of a working day
VERBS = ("Add", "Rework", "Speed up", "Document", "Simplify", "Test", "Remove", "Extend")
FIXES = ("Fix", "Mend", "Guard against", "Correct")
THINGS = ("the search", "sign-in", "the export", "invoices", "caching", "the settings", "retries")
REMARKS = ("LGTM", "Nice", "", "Two small things", "What if this is empty?", "Please add a test")


def generate(
    seed: int = 7, *, end: date | None = None, days: int = 90, developers: int = 12
) -> World:
    """Return `days` days of work of `developers` people up to `end` (by default today, UTC).

    Larger pull requests use more AI and need more review; those mostly by AI are reverted more
    often. Teams differ, and change over the weeks. All of this is invented.
    """
    last = end or datetime.now(UTC).date()
    story = _Story(Random(seed), last, days, _developers(Random(seed), developers))
    for day in range(days):
        story.live(day)
    repos = [{"full_name": p.repo, "default_branch": "main"} for p in PROFILES]
    return World(repos, story.commits, story.pulls, story.reviews)


def _developers(random: Random, count: int) -> list[Developer]:
    return [
        Developer(
            id=f"user_{n + 1:03d}",
            name=(name := FIRST_NAMES[n % len(FIRST_NAMES)]) + (f" {n}" if n >= 20 else ""),
            email=f"{name.lower()}{n if n >= 20 else ''}@example.com",
            team=TEAMS[n % len(TEAMS)],
            pace=random.uniform(0.5, 1.5),
            fondness=random.uniform(-0.15, 0.15),
        )
        for n in range(count)
    ]


@dataclass
class _Story:
    """The events so far."""

    random: Random
    last: date
    days: int
    developers: list[Developer]
    commits: list[Record] = field(default_factory=list)
    pulls: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The latest time of any event."""
        return datetime.combine(self.last, time(18), UTC)

    def live(self, day: int) -> None:
        """Add one day of work of every developer."""
        date_ = self.last - timedelta(days=self.days - 1 - day)
        busy = WEEKEND if date_.weekday() >= 5 else 1.0
        progress = day / max(1, self.days - 1)
        for developer in self.developers:
            expected = PULLS_PER_DEVELOPER_DAY * developer.pace * busy
            for _ in range(self._rounded(expected)):
                self._open(developer, date_, progress)
            if self.random.random() < 0.03 * busy:
                self._push(developer, date_)

    def _open(self, author: Developer, day: date, progress: float) -> None:
        profile = self._pick(author)
        size = self.random.lognormvariate(0, 0.9)
        lines = max(1, round(profile.lines * size))
        lean = profile.ai_share + profile.ai_growth * progress + author.fondness
        ratio = min(0.98, max(0.0, lean + 0.12 * (size - 1) + self.random.gauss(0, 0.12)))
        opened = self._moment(day)
        pull = self._pull(profile, author, opened, lines, ratio)
        self._commit_to(pull, author, opened, lines, ratio)
        slower = (1 - profile.speed_up * progress) * (0.6 + 0.4 * min(size, 4)) * (1 + ratio / 3)
        self._review(pull, profile, author, opened, slower)
        self.pulls.append(pull)

    def _pull(
        self, profile: Profile, author: Developer, opened: datetime, lines: int, ratio: float
    ) -> Record:
        number = self.numbers[profile.repo] = self.numbers.get(profile.repo, 0) + 1
        is_fix = self.random.random() < 0.07 + 0.06 * ratio
        verb = self.random.choice(FIXES if is_fix else VERBS)
        tab = round(lines * ratio * self.random.uniform(0.3, 0.7))
        pull: Record = {
            "id": len(self.pulls) + 1,
            "number": number,
            "title": f"{verb} {self.random.choice(THINGS)}",
            "body": "Invented by a simulator.",
            "state": "open",
            "author_id": author.id,
            "author_email": author.email,
            "author_name": author.name,
            "repo_name": profile.repo,
            "base_branch": "main",
            "head_branch": f"work/{profile.team}-{number}",
            "reviewers": None,
            "labels": ["bug"] if is_fix else None,
            "additions": lines,
            "deletions": round(lines * self.random.uniform(0, 0.6)),
            "changed_files": 1 + round(lines / self.random.uniform(25, 60)),
            "tab_lines": tab,
            "composer_lines": round(lines * ratio) - tab,
            "created_at": stamp(opened, self.random),
            "was_reverted": False,
            "is_bug_fix": is_fix,
        }
        if self.random.random() < 0.92:
            pull["ai_ratio"] = round(lines * ratio) / lines
        return pull

    def _commit_to(
        self, pull: Record, author: Developer, opened: datetime, lines: int, ratio: float
    ) -> None:
        count = 1 + self._rounded(min(6.0, lines / 60))
        before = self.random.lognormvariate(1.2, 0.9)
        times = [opened - timedelta(hours=before * (1 - n / count)) for n in range(count)]
        if self.random.random() < 0.1:  # a last touch after the opening
            times[-1] = opened + timedelta(minutes=self.random.uniform(2, 60))
        pull["commit_count"] = count
        if "ai_ratio" not in pull and self.random.random() < 0.5:
            return  # nothing is known of its commits either
        hashes = [
            self._commit(author, pull["repo_name"], pull["head_branch"], at, lines // count, ratio)
            for at in times
        ]
        pull["commit_ids"] = hashes
        if self.random.random() < 0.4:
            pull["first_commit_at"] = stamp(min(times), self.random)
            pull["last_commit_at"] = stamp(max(times), self.random)

    def _commit(
        self, author: Developer, repo: str, branch: str, at: datetime, lines: int, ratio: float
    ) -> str:
        tab, composer = round(lines * ratio * 0.5), round(lines * ratio * 0.5)
        by_hand = max(0, lines - tab - composer)
        gone = round(lines * self.random.uniform(0, 0.5))
        hash_ = f"{self.random.getrandbits(48):012x}"
        commit: Record = {
            "commitHash": hash_,
            "userId": author.id,
            "userEmail": author.email,
            "userName": author.name,
            "repoName": repo,
            "branchName": branch,
            "isPrimaryBranch": branch == "main",
            "totalLinesAdded": tab + composer + by_hand,
            "totalLinesDeleted": gone,
            "tabLinesAdded": tab,
            "tabLinesDeleted": gone // 4,
            "composerLinesAdded": composer,
            "composerLinesDeleted": gone // 4,
            "nonAiLinesAdded": by_hand,
            "nonAiLinesDeleted": gone - 2 * (gone // 4),
            "message": f"{self.random.choice(VERBS)} {self.random.choice(THINGS)}",
            "commitTs": stamp(at, self.random),
            "createdAt": stamp(at, self.random),
        }
        if self.random.random() < 0.03:
            commit |= {"repoName": None, "branchName": None, "isPrimaryBranch": None}
        self.commits.append(commit)
        if self.random.random() < 0.02:  # amended: the source sends it again
            again = stamp(at + timedelta(minutes=20), self.random)
            self.commits.append(commit | {"createdAt": again})
        return hash_

    def _push(self, author: Developer, day: date) -> None:
        profile = self._pick(author)
        self._commit(author, profile.repo, "main", self._moment(day), 12, profile.ai_share)

    def _review(
        self, pull: Record, profile: Profile, author: Developer, opened: datetime, slower: float
    ) -> None:
        """Add the reviews, the merge and what follows."""
        at = opened + timedelta(hours=self.random.lognormvariate(0, 0.8) * profile.pickup * slower)
        merged = at + timedelta(hours=self.random.lognormvariate(0, 0.7) * profile.review * slower)
        if self.random.random() < profile.rigour:
            self._reviews_of(pull, author, at, merged, slower)
        fate = self.random.random()
        if merged > self.now or fate < 0.02:
            pull["updated_at"] = pull["created_at"]
        elif fate < 0.06:
            pull["state"] = "closed"
            pull["closed_at"] = pull["updated_at"] = stamp(merged, self.random)
        else:
            pull["state"] = "merged"
            pull["merged_at"] = pull["updated_at"] = stamp(merged, self.random)
            ratio = pull["composer_lines"] + pull["tab_lines"]
            risk = 0.02 + 0.09 * (ratio / pull["additions"]) ** 2 + pull["additions"] / 12000
            pull["was_reverted"] = self.random.random() < risk

    def _reviews_of(
        self, pull: Record, author: Developer, first: datetime, merged: datetime, effort: float
    ) -> None:
        others = [d for d in self.developers if d is not author] or [author]
        chosen = self.random.sample(others, min(len(others), 1 + self._rounded(0.5 * effort)))
        if self.random.random() < 0.5:
            pull["reviewers"] = [developer.email for developer in chosen]
        rounds = self._rounded(0.35 * effort)
        for n in range(rounds):
            at = first + (merged - first) * (n / (rounds + 1))
            self._say(pull, chosen[0], "changes_requested", at, effort)
        for n, reviewer in enumerate(chosen):
            late = self.random.random() < 0.03
            at = (
                merged + timedelta(hours=2)
                if late
                else first + (merged - first) * ((rounds + n / len(chosen)) / (rounds + 1))
            )
            self._say(pull, reviewer, "approved", at, effort / 2)
        if self.random.random() < 0.04:
            self._say(pull, self.random.choice(others), "pending", first, 0)
        if self.random.random() < 0.04:
            self._say(pull, author, "approved", first, 0)
        if self.random.random() < 0.4 and first <= self.now:
            pull["first_review_at"] = stamp(first, self.random)

    def _say(self, pull: Record, who: Developer, state: str, at: datetime, effort: float) -> None:
        if at > self.now:
            return
        review: Record = {
            "id": len(self.reviews) + 1,
            "pr_id": pull["id"],
            "reviewer": who.email,
            "state": state,
            "submitted_at": stamp(at, self.random),
            "body": self.random.choice(REMARKS),
        }
        comments = [
            {
                "id": len(self.reviews) * 20 + n + 1,
                "pr_number": pull["number"],
                "repo_name": pull["repo_name"],
                "author_id": who.email,
                "body": self.random.choice(REMARKS[3:]),
                "state": state,
                "created_at": stamp(at + timedelta(minutes=n), self.random),
            }
            for n in range(min(12, self._rounded(1.2 * effort)))
        ]
        self.reviews.append(review | ({"comments": comments} if comments else {}))

    def _pick(self, author: Developer) -> Profile:
        mine = [p for p in PROFILES if p.team == author.team]
        if self.random.random() < 0.1:
            mine = list(PROFILES)
        return self.random.choices(mine, [p.weight for p in mine])[0]

    def _moment(self, day: date) -> datetime:
        hour = min(17.9, max(7.0, self.random.gauss(12.5, 2.5)))
        return datetime.combine(day, time(), UTC) + timedelta(hours=hour)

    def _rounded(self, expected: float) -> int:
        """Return a whole number that is `expected` on average."""
        return int(expected) + (self.random.random() < expected % 1)


def stamp(at: datetime, random: Random) -> str:
    """Return a time in the source's format: up to nine digits of fraction, and Z."""
    fraction = f"{random.randrange(10**9):09d}".rstrip("0")
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (f".{fraction}" if fraction else "") + "Z"
