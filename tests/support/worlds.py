"""Whole invented sources that hold together, with what goes wrong in real ones.

A moment is a whole number of microseconds since START until it is written into a record; what
follows from another record (an amended commit, a bug fix after a merge, a review of one's own) is
drawn from that record, so nothing is thrown away.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cursor_marts.simulator import World

Record = dict[str, Any]

START = datetime(2026, 8, 31)  # a Monday
SECOND = 1_000_000
MINUTE, HOUR = 60 * SECOND, 3_600 * SECOND
DAY = 24 * HOUR
WEEK = 7 * DAY
FIRST_OPENING, LAST_OPENING = 7 * DAY, 55 * DAY

ODD_REPO = "odd org/naïve repo?#%"
REPOS = ("acme/web", "acme/api", ODD_REPO)
PEOPLE = ("ann@example.com", "bo@example.com", "cy@example.com")
SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str.upper,
    str.title,
    lambda text: f" {text}",
    lambda text: f"\t{text.upper()} \n",
)
RATIOS = (
    0,
    0.0,
    math.nextafter(0.3, 0),
    0.3,
    math.nextafter(0.3, 1),
    0.45,
    math.nextafter(0.6, 0),
    0.6,
    math.nextafter(0.6, 1),
    0.7474747474747475,
    1,
)
SIZES = ((0, 0), (500, 0), (250, 250), (501, 0), (300, 201), (0, 501), (1, 0), (120, 30), (900, 4))
TITLES = ("fix: crash", "naïve, 数 🚀", "", 'quo"te; -- \\', "a\nb")
BODIES = ("Looks good to me", "", " ", "\t\n \r\f\v", "  why?\n", "数 🚀")
APPROVED = ("approved", "APPROVED", "Approved")
REQUESTED = ("changes_requested", "CHANGES_REQUESTED", "Changes_Requested")
REVIEW_STATES = (*APPROVED, *REQUESTED, "pending", "Pending", "PENDING", None)
COMMIT_LINES = (0, 0, 1, 2, 3, 6, 7, 40, 300)
UNKNOWN_HASHES = ("ffffffffffff", "eeeeeeeeeeee")
OFFSETS = ("Z", "Z", "Z", "+00:00", "+02:00", "-05:30", "+05:45", "-08:00")


# --- single values --------------------------------------------------------------------------------


def written(draw: DrawFn, moment: int) -> str:
    """Return a moment as RFC 3339: some zone, up to nine digits of fraction."""
    zone = draw(st.sampled_from(OFFSETS))
    text = (START + timedelta(microseconds=moment) + shift(zone)).isoformat(timespec="microseconds")
    if draw(st.booleans()):
        return text + draw(st.sampled_from(("000", "486", "999"))) + zone
    return text.rstrip("0").rstrip(".") + zone if text.endswith("0") else text + zone


def shift(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta(0)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return size if zone[0] == "+" else -size


def one_in(draw: DrawFn, n: int) -> bool:
    return draw(st.integers(1, n)) == n


def missing(draw: DrawFn, record: Record, names: tuple[str, ...], n: int = 8) -> None:
    """Leave out, or set to null, about one in n of the named fields."""
    for name in names:
        if one_in(draw, n):
            record[name] = None
            if draw(st.booleans()):
                del record[name]


def spelled(draw: DrawFn, address: str) -> str:
    return draw(st.sampled_from(SPELLINGS))(address)


def somebody(draw: DrawFn) -> str:
    return spelled(draw, draw(st.sampled_from(PEOPLE)))


def of_author_or_other(draw: DrawFn, author: str | None) -> str | None:
    """Return the author in some spelling, somebody, or nobody."""
    kind = draw(st.sampled_from(("own", "own", "other", "other", "other", "nobody")))
    if kind == "nobody":
        return None
    if kind == "own" and author is not None:
        return spelled(draw, author.strip().lower())
    return somebody(draw)


# --- a world in the making ------------------------------------------------------------------------


@dataclass
class Draft:
    """What is drawn so far, and the numbers that make its keys unique."""

    draw: DrawFn
    repos: list[Record] = field(default_factory=list)
    commits: list[Record] = field(default_factory=list)
    pulls: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
    last_id: int = 0

    def new_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def new_hash(self) -> str:
        return f"{self.new_id():012x}"


@dataclass(frozen=True)
class Pull:
    """What the commits and reviews of a pull request are drawn from."""

    record: Record
    opened: int
    merged: int | None

    @property
    def repo_name(self) -> str:
        return str(self.record["repo_name"])

    @property
    def end(self) -> int:
        return self.opened + DAY if self.merged is None else self.merged


# --- pull requests --------------------------------------------------------------------------------


def add_pull(draft: Draft, repo_name: str, number: int, merges: list[int]) -> Pull:
    draw = draft.draw
    opened = opening(draw, merges)
    outcome = draw(st.sampled_from(("merged", "merged", "merged", "merged", "closed", "open")))
    merged = merge(draw, opened) if outcome == "merged" else None
    record = pull_fields(draw, draft.new_id(), repo_name, number)
    record |= pull_times(draw, opened, merged, outcome) | pull_size(draw) | pull_ai(draw)
    missing(draw, record, ("title", "author_email", "state", "changed_files", "commit_count"))
    draft.pulls.append(record)
    if merged is not None:
        merges.append(merged)
    return Pull(record, opened, merged)


def opening(draw: DrawFn, merges: list[int]) -> int:
    """Return any moment, or one around the 48 hours that follow an earlier merge."""
    early = [merged for merged in merges if merged <= LAST_OPENING]
    follows = draw(st.booleans())
    if early and follows:
        gap = draw(st.sampled_from((0, 1, 47 * HOUR, 48 * HOUR - 1, 48 * HOUR, 48 * HOUR + 1)))
        return early[-1] + gap
    moment = draw(st.integers(FIRST_OPENING // MINUTE, LAST_OPENING // MINUTE)) * MINUTE
    return moment + draw(st.sampled_from((0, 1, 123_456, 999_999)))


def merge(draw: DrawFn, opened: int) -> int:
    """Return a moment not before the opening: often where one week ends and the next begins."""
    next_monday = (opened // WEEK + 1) * WEEK
    kind = draw(st.sampled_from(("monday", "sunday", "soon", "soon", "soon", "soon")))
    if kind == "monday":
        return next_monday
    if kind == "sunday":
        return next_monday - 1
    return opened + draw(st.sampled_from((0, 1, 7 * MINUTE, 5 * HOUR + 1, DAY, 49 * HOUR, 8 * DAY)))


def pull_fields(draw: DrawFn, pull_id: int, repo_name: str, number: int) -> Record:
    record: Record = {
        "id": pull_id,
        "number": number,
        "title": draw(st.sampled_from(TITLES)),
        "author_id": "user_001",
        "author_email": somebody(draw),
        "repo_name": repo_name,
        "base_branch": "main",
        "head_branch": "feature/task-1",
        "reviewers": draw(reviewers()),
        "labels": draw(st.sampled_from((None, None, ["bug"]))),
        "changed_files": draw(st.integers(0, 9)),
        "commit_count": draw(st.integers(0, 5)),
        "was_reverted": one_in(draw, 3),
        "is_bug_fix": draw(st.booleans()),
    }
    missing(draw, record, ("reviewers", "labels", "was_reverted", "is_bug_fix"))
    return record


def reviewers() -> SearchStrategy[list[str] | None]:
    return st.sampled_from((None, None, [], ["bo@example.com"], ["bo@example.com", "x@y.org"]))


def pull_times(draw: DrawFn, opened: int, merged: int | None, outcome: str) -> Record:
    record: Record = {"created_at": written(draw, opened)}
    end = opened + DAY if merged is None else merged
    record["updated_at"] = written(draw, end)
    if outcome == "open":
        record["state"] = draw(st.sampled_from(("open", "OPEN", "Open", "draft")))
    elif merged is None:
        record["state"] = draw(st.sampled_from(("closed", "Closed", "CLOSED")))
        record["closed_at"] = written(draw, end)
    else:
        record["state"] = draw(st.sampled_from(("merged", "merged", "MERGED", "closed", "Closed")))
        record["merged_at"] = written(draw, merged)
        if record["state"] in ("closed", "Closed"):
            record["closed_at"] = record["merged_at"]
    return record | source_times(draw, opened, end)


def source_times(draw: DrawFn, opened: int, end: int) -> Record:
    """Return the times that a source may know itself: mostly none of them."""
    record: Record = {}
    for name in ("first_commit_at", "last_commit_at", "first_review_at"):
        if one_in(draw, 3):
            record[name] = written(draw, moment_around(draw, opened, end))
        elif one_in(draw, 6):
            record[name] = None
    return record


def moment_around(draw: DrawFn, opened: int, end: int) -> int:
    """Return a moment before the opening, between it and the end, or after the end."""
    return draw(
        st.sampled_from(
            (
                opened - 5 * DAY,
                opened - 3 * HOUR - 1,
                opened - 1,
                opened,
                opened + (end - opened) // 3,
                (opened + end) // 2,
                end - min(1, end - opened),
                end,
                end + 1,
                end + 50 * MINUTE,
                end + 2 * DAY,
            )
        )
    )


def pull_size(draw: DrawFn) -> Record:
    additions, deletions = draw(st.sampled_from(SIZES))
    record = {"additions": additions, "deletions": deletions}
    missing(draw, record, ("additions", "deletions"))
    return record


def pull_ai(draw: DrawFn) -> Record:
    """Return the ratio and lines that the source knows: the ratio is often missing."""
    record: Record = {
        "ai_ratio": draw(st.sampled_from(RATIOS)),
        "tab_lines": draw(st.sampled_from((0, 1, 30, 400))),
        "composer_lines": draw(st.sampled_from((0, 1, 20, 600))),
    }
    missing(draw, record, ("ai_ratio",), 3)
    missing(draw, record, ("tab_lines", "composer_lines"))
    return record


# --- commits --------------------------------------------------------------------------------------


def add_commits(draft: Draft, pull: Pull) -> None:
    """Add the commits of a pull request, and perhaps hashes that lead nowhere."""
    draw = draft.draw
    hashes: list[str] = []
    for _ in range(draw(st.sampled_from((0, 0, 1, 1, 1, 2, 3)))):
        link = draw(st.sampled_from(("hash", "hash", "number", "both", "neither")))
        repo_name = draw(st.sampled_from((pull.repo_name, pull.repo_name, pull.repo_name, None)))
        if one_in(draw, 8):
            repo_name = draw(st.sampled_from(REPOS))
        number = pull.record["number"] if link in ("number", "both") else None
        committed = moment_around(draw, pull.opened, pull.end)
        added = add_commit(draft, committed, repo_name, number)
        if link in ("hash", "both"):
            hashes.append(added)
    if one_in(draw, 5):
        hashes.append(draw(st.sampled_from(UNKNOWN_HASHES)))
    if one_in(draw, 8):
        hashes += hashes[:1]
    is_listed = draw(st.booleans())
    if hashes or is_listed:
        pull.record["commit_ids"] = hashes


def add_commit(draft: Draft, committed: int, repo_name: str | None, number: int | None) -> str:
    """Add a commit and what is sent again of it; return its hash."""
    draw = draft.draw
    first = commit(draft, draft.new_hash(), committed, committed, repo_name, number)
    versions = [first]
    if one_in(draw, 4):
        again = draw(st.sampled_from((repo_name, repo_name, None)))
        later = committed + draw(st.sampled_from((SECOND, HOUR, 2 * DAY)))
        moved = draw(st.sampled_from((committed, later)))
        amended = commit(draft, first["commitHash"], moved, later, again, number)
        versions = draw(st.sampled_from(([first, amended], [amended, first])))
    if one_in(draw, 6):
        versions.append(dict(versions[0]))
    draft.commits += versions
    return str(first["commitHash"])


def commit(
    draft: Draft,
    commit_hash: str,
    committed: int,
    created: int,
    repo_name: str | None,
    number: int | None,
) -> Record:
    draw = draft.draw
    record: Record = {
        "commitHash": commit_hash,
        "userId": "user_001",
        "userEmail": somebody(draw),
        "userName": "Ann",
        "repoName": repo_name,
        "branchName": "feature/task-1",
        "isPrimaryBranch": draw(st.booleans()),
        "message": draw(st.sampled_from(TITLES)),
        "commitTs": written(draw, committed),
        "createdAt": written(draw, created),
    }
    record |= commit_lines(draw, "Added") | commit_lines(draw, "Deleted")
    if number is not None:
        record["pullRequestNumber"] = number
    missing(draw, record, ("branchName", "isPrimaryBranch"), 5)
    missing(draw, record, ("userEmail", "userName", "message"), 10)
    return record


def commit_lines(draw: DrawFn, change: str) -> Record:
    """Return lines by origin, some not known, and a total that is never less than their sum."""
    record: Record = {}
    origins = tuple(f"{origin}Lines{change}" for origin in ("tab", "composer", "nonAi"))
    kind = draw(st.sampled_from(("any", "any", "any", "any", "any", "by hand", "empty", "private")))
    if kind == "private":
        return record
    for name in origins:
        counted = kind == "any" or (kind == "by hand" and name == origins[-1])
        record[name] = draw(st.sampled_from(COMMIT_LINES)) if counted else 0
    if kind != "any":
        return record
    missing(draw, record, origins)
    known = sum(record.get(name) or 0 for name in origins)
    record[f"totalLines{change}"] = known + draw(st.sampled_from((0, 0, 0, 4)))
    missing(draw, record, (f"totalLines{change}",), 5)
    return record


def add_stray_commits(draft: Draft) -> None:
    """Add commits that no pull request lists; one of another repository may share a number."""
    draw = draft.draw
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        repo_name = draw(st.sampled_from((None, *REPOS)))
        number = draw(st.sampled_from((None, 1, 2, 99)))
        add_commit(draft, draw(st.integers(3, 70)) * DAY + 1, repo_name, number)


# --- reviews --------------------------------------------------------------------------------------


def add_reviews(draft: Draft, pull: Pull) -> None:
    for _ in range(draft.draw(st.sampled_from((0, 0, 1, 1, 2, 3)))):
        add_review(draft, pull)


def add_review(draft: Draft, pull: Pull) -> None:
    draw = draft.draw
    author = pull.record.get("author_email")
    submitted = moment_around(draw, pull.opened, pull.end)
    record: Record = {
        "id": draft.new_id(),
        "pr_id": pull.record["id"],
        "reviewer": of_author_or_other(draw, author),
        "state": draw(st.sampled_from(REVIEW_STATES)),
        "submitted_at": written(draw, submitted),
        "body": draw(st.sampled_from(BODIES)),
    }
    missing(draw, record, ("body",))
    comments = [comment(draft, pull, submitted) for _ in range(draw(st.sampled_from((0, 0, 1, 2))))]
    says_none = one_in(draw, 6)
    if comments or says_none:
        record["comments"] = comments
    draft.reviews.append(record)


def comment(draft: Draft, pull: Pull, submitted: int) -> Record:
    draw = draft.draw
    record: Record = {
        "id": draft.new_id(),
        "pr_number": pull.record["number"],
        "repo_name": pull.repo_name,
        "author_id": of_author_or_other(draw, pull.record.get("author_email")),
        "body": draw(st.sampled_from(BODIES)),
        "path": "src/naïve file.py",
        "line": 7,
        "state": "approved",
        "created_at": written(draw, submitted + MINUTE),
    }
    missing(draw, record, ("pr_number", "repo_name", "body", "path", "line", "state"), 10)
    return record


# --- worlds ---------------------------------------------------------------------------------------


def add_repo(draft: Draft, repo_name: str) -> None:
    draw = draft.draw
    merges: list[int] = []
    numbers = range(1, 1 + draw(st.sampled_from((0, 1, 1, 2, 2, 3, 4, 6))))
    pulls = [add_pull(draft, repo_name, number, merges) for number in numbers]
    for pull in pulls:
        add_commits(draft, pull)
        add_reviews(draft, pull)
    record: Record = {
        "full_name": repo_name,
        "default_branch": "main",
        "open_pull_requests_count": sum(map(is_open, pulls)),
        "total_pull_requests_count": len(pulls),
    }
    missing(draw, record, ("default_branch",))
    draft.repos.append(record)


def is_open(pull: Pull) -> bool:
    return pull.merged is None and "closed_at" not in pull.record


@st.composite
def whole_world(draw: DrawFn) -> World:
    draft = Draft(draw)
    for repo_name in draw(st.sampled_from(REPO_CHOICES)):
        add_repo(draft, repo_name)
    strays = draw(st.booleans())
    if strays:
        add_stray_commits(draft)
    return World(draft.repos, draft.commits, draft.pulls, draft.reviews)


REPO_CHOICES = (
    (),
    REPOS[:1],
    REPOS[1:2],
    (ODD_REPO,),
    REPOS[:2],
    (ODD_REPO, "acme/web"),
    REPOS,
)


def worlds() -> SearchStrategy[World]:
    """Return whole consistent sources: up to three repositories, as the API would send them."""
    return whole_world()
