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
from hashlib import sha1
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
#: Logins of the same people; one of them has "bot" in the name.
LOGINS = {"ann@example.com": "ann", "bo@example.com": "abbott", "cy@example.com": "cy"}
AGENTS = ("cursor", "cursor[bot]", "Copilot-SWE-Agent", "devin-ai-integration[bot]")
BOTS = ("dependabot[bot]", "CodeRabbitAI", "acme-deployer", "acme-deployer[bot]")
#: A review's or a pull request's id passed 2^31 in 2024.
FIRST_IDS = (0, 4_318_905_000)
ZERO_TIME = "0001-01-01T00:00:00Z"
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
TITLES = (
    *("fix: crash", "naïve, 数 🚀", "", 'quo"te; -- \\', "a\nb", "Fix(a)!: b", "HotFix: c (#7)"),
    *("fix typo", "prefix: fix: d", " bugfix(e): f", 'Revert "nothing"', "g (#12)"),
)
BRANCHES = ("feature/task-1", "fix/crash", "HotFix/x", "a/fix/b", "revert-99-feature", None)
LABELS: tuple[list[str] | None, ...] = (
    *(None, None, []),
    *(["bug"], ["Type: Bug"], ["debug"], ["later", "kind/bug"]),
)
BODIES = ("Looks good to me", "", " ", "\t\n \r\f\v", "  why?\n", "数 🚀")
COMMENTED = ("commented", "COMMENTED", "commented")
APPROVED = ("approved", "APPROVED", "Approved")
REQUESTED = ("changes_requested", "CHANGES_REQUESTED", "Changes_Requested")
REVIEW_STATES = (
    *(*APPROVED, *REQUESTED, *COMMENTED, "dismissed"),
    *("pending", "Pending", "PENDING", None),
)
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


def of_author_or_other(draw: DrawFn, pull: Record) -> Record:
    """Return the author in some spelling, somebody, a bot, or nobody: a name and a type."""
    kinds = ("own", "own", "other", "other", "other", "other", "nobody", "agent", "bot")
    kind = draw(st.sampled_from(kinds))
    if kind == "nobody":
        return {"author": None}
    if kind in ("agent", "bot"):
        return machine(draw, AGENTS if kind == "agent" else BOTS)
    names = [pull[name] for name in ("author_email", "author_id") if pull.get(name)]
    if kind == "own" and names:
        return {"author": spelled(draw, draw(st.sampled_from(names)).strip().lower())}
    return {"author": somebody(draw), "author_type": draw(st.sampled_from((None, "User")))}


def machine(draw: DrawFn, names: tuple[str, ...]) -> Record:
    """Return an account that is no person's; where none lists it, its type tells."""
    name = draw(st.sampled_from(names))
    types = ("Bot",) if name.startswith("acme") else ("Bot", "User", None)
    return {"author": name, "author_type": draw(st.sampled_from(types))}


def author_fields(draw: DrawFn) -> Record:
    """Return who opened a pull request: mostly a person with an address, a login, or both."""
    kind = draw(st.sampled_from(("person",) * 7 + ("agent", "bot", "nobody")))
    if kind == "nobody":
        return {"author_id": None, "author_email": None}
    if kind != "person":
        found = machine(draw, AGENTS if kind == "agent" else BOTS)
        return {"author_id": found["author"], "author_type": found["author_type"]}
    address = draw(st.sampled_from(PEOPLE))
    record: Record = {"author_id": spelled(draw, LOGINS[address])}
    record |= {"author_email": spelled(draw, address)}
    record |= {"author_type": draw(st.sampled_from((None, "User", "Mannequin")))}
    missing(draw, record, ("author_id", "author_email"))
    return record


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
        return sha1(str(self.new_id()).encode(), usedforsecurity=False).hexdigest()


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
    def number(self) -> int:
        return int(self.record["number"])

    @property
    def end(self) -> int:
        return self.opened + DAY if self.merged is None else self.merged


# --- pull requests --------------------------------------------------------------------------------


def add_pull(draft: Draft, repo_name: str, number: int, before: list[Pull]) -> Pull:
    draw = draft.draw
    merges = [pull for pull in before if pull.merged is not None and pull.merged <= LAST_OPENING]
    undone = reverted(draw, merges)
    if undone is not None and undone.merged is not None:
        opened = undone.merged + draw(st.sampled_from((-1, 0, 1, HOUR, HOUR)))
        outcome = draw(st.sampled_from(("merged", "merged", "merged", "merged", "open")))
    else:
        opened = opening(draw, [pull.merged for pull in merges if pull.merged is not None])
        outcome = draw(st.sampled_from(("merged", "merged", "merged", "merged", "closed", "open")))
    merged = merge(draw, opened) if outcome == "merged" else None
    record = pull_fields(draft, repo_name, number)
    record |= pull_times(draw, opened, merged, outcome) | pull_size(draw) | pull_ai(draw)
    record |= readiness(draw, opened, merged)
    if undone is not None:
        record |= words_of_revert(draw, undone)
    missing(draw, record, ("title", "state", "changed_files", "commit_count", "body"))
    draft.pulls.append(record)
    return Pull(record, opened, merged)


def reverted(draw: DrawFn, merges: list[Pull]) -> Pull | None:
    """Return a merged pull request to revert: often the last, so that reverts form chains."""
    reverts = draw(st.booleans())
    if not merges or not reverts:
        return None
    return draw(st.sampled_from((merges[-1], merges[-1], merges[-1], *merges)))


def words_of_revert(draw: DrawFn, undone: Pull) -> Record:
    """Return what says that a pull request reverts another: one kind of evidence, or none."""
    number, record = undone.number, undone.record
    title = record.get("title") or "nothing"
    hash_ = record.get("merge_commit_hash") or "abcdef0123"
    fields: dict[str, Record] = {
        "line": {"body": f"Why not.\n\nReverts #{number}\r\n"},
        "line with repository": {"body": f"Reverts GitHub.com/{undone.repo_name}#{number}"},
        "line of another repository": {"body": f"Reverts else/where#{number}"},
        "no whole line": {"body": f"Reverts #{number} in part"},
        "two lines": {"body": f"Reverts #{number}\nReverts #{number + 1}"},
        "branch": {"head_branch": f"revert-{number}-feature"},
        "merge commit": {"body": f"This reverts commit {hash_}."},
        "short hash": {"body": f"So.\nThis reverts commit {hash_[:7].upper()}"},
        "too short": {"body": f"This reverts commit {hash_[:6]}."},
        "commits": {"body": "\n".join(f"This reverts commit {h}." for h in listed(record))},
        "a commit": {"body": "\n".join(f"This reverts commit {h}." for h in listed(record)[:1])},
        "message": {"revert_message": f"Undo\n\nThis reverts commit {hash_}."},
        "title": {"title": f'Revert "{title}"'},
        "title with number": {"title": f'Revert "{title}" (#88)'},
        "two kinds": {"title": f'Revert "{title}"', "body": f"Reverts #{number + 1}"},
    }
    return fields[draw(st.sampled_from(list(fields)))] | {"was_reverted": None}


def listed(record: Record) -> list[str]:
    """Return the hashes that a pull request lists."""
    links = record.get("commit_ids") or []
    return [link if isinstance(link, str) else link["commit_hash"] for link in links]


def readiness(draw: DrawFn, opened: int, merged: int | None) -> Record:
    """Return whether it is a draft, and when it was ready: mostly nothing is said of that."""
    record: Record = {}
    if one_in(draw, 4):
        record["is_draft"] = merged is None and draw(st.booleans())
        end = opened + DAY if merged is None else merged
        moments = (opened - HOUR, opened, opened + 1, opened + (end - opened) // 2, end, end + 1)
        record["ready_at"] = written(draw, draw(st.sampled_from(moments)))
    return record


def opening(draw: DrawFn, merges: list[int]) -> int:
    """Return any moment, or one around the 48 hours that follow an earlier merge."""
    follows = draw(st.booleans())
    if merges and follows:
        limit = 48 * HOUR
        gap = draw(st.sampled_from((0, 1, limit - HOUR, limit - 1, limit, limit + 1, limit + 1)))
        return merges[-1] + gap
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


def pull_fields(draft: Draft, repo_name: str, number: int) -> Record:
    draw = draft.draw
    record: Record = {
        "id": draft.new_id(),
        "number": number,
        "title": draw(st.sampled_from(TITLES)),
        "body": draw(st.sampled_from(BODIES)),
        **author_fields(draw),
        "repo_name": repo_name,
        "base_branch": "main",
        "head_branch": draw(st.sampled_from(BRANCHES)),
        "head_repo_name": draw(st.sampled_from((None, None, repo_name, "Ann/Web"))),
        "url": f"https://git.example.com/pull/{number}",
        "merge_commit_hash": draw(st.sampled_from((draft.new_hash(), None))),
        "reviewers": draw(reviewers()),
        "labels": draw(st.sampled_from(LABELS)),
        "changed_files": draw(st.integers(0, 9)),
        "commit_count": draw(st.integers(0, 5)),
        "was_reverted": draw(st.sampled_from((True, False, None, None, None))),
        "is_bug_fix": draw(st.sampled_from((True, True, True, False, None, None))),
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
        if one_in(draw, 20):
            record[name] = ZERO_TIME
        elif one_in(draw, 3):
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
    links: list[Record | str] = []
    for _ in range(draw(st.sampled_from((0, 0, 1, 1, 1, 2, 3)))):
        kind = draw(st.sampled_from(("hash", "hash", "number", "both", "neither", "rewritten")))
        homes = (*(pull.repo_name,) * 3, f"github.com/{pull.repo_name.upper()}", None, "ann/web")
        repo_name = draw(st.sampled_from(homes))
        if one_in(draw, 8):
            repo_name = draw(st.sampled_from(REPOS))
        number = pull.number if kind in ("number", "both") else None
        committed = moment_around(draw, pull.opened, pull.end)
        added = add_commit(draft, committed, repo_name, number)
        if kind in ("hash", "both"):
            links.append(told(draw, added, committed))
        elif kind == "rewritten":
            links.append(told(draw, added, committed, draft.new_hash()))
            if one_in(draw, 4):
                links.append(told(draw, added, committed, draft.new_hash()))
    if one_in(draw, 5):
        links.append(draw(st.sampled_from(UNKNOWN_HASHES)))
    if one_in(draw, 8):
        links += links[:1]
    if message := pull.record.pop("revert_message", None):
        links.append({"commit_hash": draft.new_hash(), "message": message})
    is_listed = draw(st.booleans())
    if links or is_listed:
        pull.record["commit_ids"] = links


def told(
    draw: DrawFn, commit: Record, committed: int, other_hash: str | None = None
) -> Record | str:
    """Return a link to a commit, or to what a rebase has made of it: with date and message."""
    if other_hash is None and draw(st.booleans()):
        return str(commit["commitHash"])
    off = draw(st.sampled_from((0, 0, 0, 0, SECOND)))
    message = commit.get("message")
    link: Record = {
        "commit_hash": other_hash or commit["commitHash"],
        "authored_at": written(draw, committed - committed % SECOND + off),
        "message": draw(st.sampled_from((message, message, f"{message or 'x'} \nand more"))),
    }
    missing(draw, link, ("authored_at", "message"), 10)
    return link


def add_commit(draft: Draft, committed: int, repo_name: str | None, number: int | None) -> Record:
    """Add a commit and what is sent again of it; return its first version."""
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
    return first


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
        "commitSource": draw(st.sampled_from((None, "ide", "cli", "cloud"))),
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
    author = of_author_or_other(draw, pull.record)
    submitted = moment_around(draw, pull.opened, pull.end)
    record: Record = {
        "id": draft.new_id(),
        "pr_id": pull.record["id"],
        "reviewer": author["author"],
        "author_type": author.get("author_type"),
        "state": draw(st.sampled_from(REVIEW_STATES)),
        "submitted_at": written(draw, submitted),
        "body": draw(st.sampled_from(BODIES)),
    }
    if record["state"] == "dismissed":
        record["previous_state"] = draw(st.sampled_from((*APPROVED, *REQUESTED, None)))
    missing(draw, record, ("body",))
    comments = [comment(draft, pull, submitted) for _ in range(draw(st.sampled_from((0, 0, 1, 2))))]
    says_none = one_in(draw, 6)
    if comments or says_none:
        record["comments"] = comments
    draft.reviews.append(record)


def comment(draft: Draft, pull: Pull, submitted: int) -> Record:
    draw = draft.draw
    author = of_author_or_other(draw, pull.record)
    record: Record = {
        "id": draft.new_id(),
        "pr_number": pull.record["number"],
        "repo_name": draw(st.sampled_from((pull.repo_name, pull.repo_name.title()))),
        "author_id": author["author"],
        "author_type": author.get("author_type"),
        "in_reply_to_id": draw(st.sampled_from((None, 4_318_905_657))),
        "body": draw(st.sampled_from(BODIES)),
        "path": "src/naïve file.py",
        "line": 7,
        "state": "approved",
        "created_at": written(draw, submitted + MINUTE),
    }
    missing(draw, record, ("pr_number", "repo_name", "body", "path", "line", "state"), 10)
    if one_in(draw, 8):
        record["review_id"] = None
    return record


# --- worlds ---------------------------------------------------------------------------------------


def add_repo(draft: Draft, repo_name: str) -> None:
    draw = draft.draw
    pulls: list[Pull] = []
    for number in range(1, 1 + draw(st.sampled_from((0, 1, 1, 2, 2, 3, 4, 6)))):
        pull = add_pull(draft, repo_name, number, pulls)
        pulls.append(pull)
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
def whole_world(draw: DrawFn, first_ids: tuple[int, ...]) -> World:
    draft = Draft(draw, last_id=draw(st.sampled_from(first_ids)))
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


def worlds(first_ids: tuple[int, ...] = FIRST_IDS) -> SearchStrategy[World]:
    """Return whole consistent sources: up to three repositories, as the API would send them.

    Worlds that are put together need ids of their own: ids, and hashes, count from one of these.
    """
    return whole_world(first_ids)


#: What names a repository, in records and in their comments.
NAMES = ("full_name", "repo_name", "repoName", "head_repo_name")


def renamed(records: list[Record], prefix: str) -> list[Record]:
    """Return records in which every repository's name has a prefix, in bodies as well."""
    found = []
    for record in records:
        own: Record = {n: prefixed(record[n], prefix) for n in NAMES if record.get(n)}
        if record.get("body"):
            line = f"Reverts GitHub.com/{prefix}"
            own["body"] = record["body"].replace("Reverts GitHub.com/", line)
        if record.get("comments"):
            own["comments"] = renamed(record["comments"], prefix)
        found.append(record | own)
    return found


def prefixed(name: str, prefix: str) -> str:
    """Return a repository's name with a prefix, after its host where it has one."""
    host, slash, rest = name.partition("/")
    return f"{host}{slash}{prefix}{rest}" if "." in host and "/" in rest else f"{prefix}{name}"


def parts_of(world: World) -> tuple[list[Record], ...]:
    """Return repositories, commits, pull requests and reviews."""
    return world.repos, world.commits, world.pulls, world.reviews
