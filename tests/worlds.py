"""Whole worlds for property tests: repositories with commits, pull requests and reviews.

Small, and dense with what goes wrong in real ones: clamped times, self-reviews, missing fields,
amended commits, equal numbers in different repositories, weeks that begin at midnight.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from cursor_marts.simulator import World

Record = dict[str, Any]

REPOS = ["acme/web", "acme/core", "odd org/naïve repo?#%"]
PEOPLE = ["ann@example.com", "bob@example.com", "cleo@example.com"]
MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
HASHES = [f"c{n}" for n in range(8)]
RATIOS = [0.0, 0.1, math.nextafter(0.3, 0), 0.3, math.nextafter(0.3, 1), 0.45]
RATIOS += [math.nextafter(0.6, 0), 0.6, math.nextafter(0.6, 1), 0.9, 1.0]
#: Hours after an event at which another one happens: the bounds that definitions draw are here.
GAPS = [0.0, 0.5, 5.0, 24.0, 47.5, 48.0, 7 * 24.0]
MICROSECOND = timedelta(microseconds=1)

maybe = st.booleans()


def text_of(moment: datetime, style: int) -> str:
    """Return a time in one of the spellings that sources use."""
    if style == 1:  # an offset
        local = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
        return local.isoformat(timespec="microseconds")
    if style == 2:  # nine digits: the last three are cut off
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "999Z"
    return moment.isoformat(timespec="auto").replace("+00:00", "Z")


@st.composite
def stamps(draw: st.DrawFn, moment: datetime) -> str:
    return text_of(moment, draw(st.integers(0, 2)))


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A time in one of four weeks, often on or just before a Monday's midnight."""
    day = MONDAY + timedelta(days=draw(st.integers(0, 27)))
    return draw(
        st.sampled_from(
            [
                day + timedelta(hours=10),
                day + timedelta(hours=16, minutes=20, seconds=3, microseconds=123456),
                day,
                MONDAY + timedelta(days=7),
                MONDAY + timedelta(days=7) - MICROSECOND,
            ]
        )
    )


@st.composite
def later(draw: st.DrawFn, moment: datetime) -> datetime:
    """A time at or after another one."""
    gap = timedelta(hours=draw(st.sampled_from(GAPS)))
    return moment + gap + draw(st.sampled_from([timedelta(0), MICROSECOND]))


@st.composite
def around(draw: st.DrawFn, moment: datetime) -> datetime:
    """A time shortly before, at, or shortly after another one."""
    return moment + timedelta(
        hours=draw(st.sampled_from([-30.0, -2.0, -0.25, 0.0, 0.25, 2.0, 30.0]))
    )


@st.composite
def people(draw: st.DrawFn) -> str:
    """An email, now and then in another spelling."""
    email = draw(st.sampled_from(PEOPLE))
    return draw(st.sampled_from([email, email, f" {email.upper()}\t", email.title()]))


def some(draw: st.DrawFn, record: Record, **fields: st.SearchStrategy[Any]) -> Record:
    """Add fields that are sent, sent as null, or left out."""
    for name, values in fields.items():
        how = draw(st.integers(0, 9))
        if how < 8:
            record[name] = draw(values)
        elif how == 8:
            record[name] = None
    return record


@st.composite
def commits(draw: st.DrawFn) -> list[Record]:
    """Commits; some amended, some sent twice, some of no repository."""
    found = []
    for hash_ in draw(st.lists(st.sampled_from(HASHES), unique=True, max_size=6)):
        made = draw(moments())
        record: Record = {"commitHash": hash_, "createdAt": draw(stamps(made))}
        record["repoName"] = draw(st.sampled_from([*REPOS[:2], None]))
        record["userEmail"] = draw(people())
        added = st.integers(0, 60)
        some(
            draw,
            record,
            branchName=st.just("main"),
            isPrimaryBranch=maybe,
            tabLinesAdded=added,
            composerLinesAdded=added,
            nonAiLinesAdded=added,
            tabLinesDeleted=added,
            message=st.sampled_from(["fix: ünïcode 🎉", ""]),
            commitTs=st.just(draw(stamps(draw(around(made))))),
        )
        if draw(maybe):  # the source's own total, never less than its parts
            parts = ("tabLinesAdded", "composerLinesAdded", "nonAiLinesAdded")
            record["totalLinesAdded"] = sum(record.get(p) or 0 for p in parts) + draw(added)
        if draw(maybe):
            record["pullRequestNumber"] = draw(st.integers(1, 4))
        found.append(record)
        again = draw(st.integers(0, 5))
        if again == 0:
            amended = record | {"createdAt": text_of(made + timedelta(minutes=9), 0)}
            found.append(amended | {"tabLinesAdded": 0, "isPrimaryBranch": True})
        elif again == 1:
            found.append(dict(record))
    return draw(st.permutations(found))


@st.composite
def pulls_of(draw: st.DrawFn, repo: str) -> list[Record]:
    """A repository's pull requests, numbered from 1 as in every other repository."""
    found: list[Record] = []
    for number in range(1, 1 + draw(st.integers(0, 4))):
        merges = [p["merged_at"] for p in found if "merged_at" in p]
        if merges and draw(maybe):  # opened after a merge: perhaps to mend it
            merge = datetime.fromisoformat(draw(st.sampled_from(merges))).astimezone(UTC)
            found.append(draw(pull(repo, number, draw(later(merge)))))
        else:
            found.append(draw(pull(repo, number, draw(moments()))))
    return found


@st.composite
def pull(draw: st.DrawFn, repo: str, number: int, opened: datetime) -> Record:
    record: Record = {"number": number, "repo_name": repo, "created_at": draw(stamps(opened))}
    size = st.sampled_from([0, 1, 80, 250, 251, 500])
    some(
        draw,
        record,
        title=st.sampled_from(["feat: {{ x }}", 'it\'s "quoted"; -- ok']),
        author_email=people(),
        additions=size,
        deletions=st.sampled_from([0, 0, 250]),
        changed_files=st.integers(0, 9),
        commit_count=st.integers(0, 9),
        tab_lines=st.integers(0, 40),
        composer_lines=st.integers(0, 40),
        ai_ratio=st.sampled_from(RATIOS),
        was_reverted=maybe,
        is_bug_fix=maybe,
        reviewers=st.lists(st.sampled_from(PEOPLE), max_size=3),
        commit_ids=st.lists(st.sampled_from([*HASHES, "gone"]), max_size=4),
        state=st.sampled_from(["open", "CLOSED", "closed", "merged", "draft"]),
    )
    if draw(st.integers(0, 4)):
        merged = draw(later(opened))
        record["merged_at"] = draw(stamps(merged))
    elif draw(maybe):
        record["closed_at"] = draw(stamps(draw(later(opened))))
    if draw(st.integers(0, 2)) == 0:
        record["first_commit_at"] = draw(stamps(draw(around(opened))))
    if draw(st.integers(0, 2)) == 0:
        record["first_review_at"] = draw(stamps(draw(around(draw(later(opened))))))
    return record


@st.composite
def reviews_of(draw: st.DrawFn, pulls: list[Record]) -> list[Record]:
    """Reviews of some pull requests: self-reviews, pending ones, late ones, with comments."""
    if not pulls:
        return []
    found = []
    for id_ in range(1, 1 + draw(st.integers(0, 7))):
        of = draw(st.sampled_from(pulls))
        record: Record = {"id": id_, "pr_id": of["id"]}
        base = datetime.fromisoformat(of["created_at"]).astimezone(UTC)
        some(
            draw,
            record,
            reviewer=people(),
            state=st.sampled_from(["approved", "APPROVED", "changes_requested", "pending", "odd"]),
            submitted_at=st.just(draw(stamps(draw(around(base))))),
            body=st.sampled_from(["LGTM", "", " \n\t", "naïve 🎉"]),
        )
        if draw(maybe):
            record["comments"] = [
                some(
                    draw,
                    {"id": id_ * 10 + n},
                    author_id=people(),
                    body=st.just("why?"),
                    created_at=st.just(draw(stamps(base))),
                )
                for n in range(draw(st.integers(0, 2)))
            ]
        found.append(record)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A whole source: consistent, and valid by the contract in every record."""
    names = draw(st.lists(st.sampled_from(REPOS), unique=True, max_size=3))
    pulls = [record for name in names for record in draw(pulls_of(name))]
    pulls = [record | {"id": n} for n, record in enumerate(pulls, start=100)]
    repos = [{"full_name": name, "default_branch": "main"} for name in names]
    return World(repos, draw(commits()), pulls, draw(reviews_of(pulls)))
