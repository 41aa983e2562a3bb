"""The generated worlds hold what goes wrong in real ones, often enough for a test to meet it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from cursor_marts.simulator import World
from support import oracle as reference
from support import oracle_reverts
from support.worlds import ODD_REPO, worlds

pytestmark = pytest.mark.slow

Record = dict[str, Any]
Seen = Callable[[World], Any]
SAMPLE = 400
EARLIEST, LATEST = datetime(2026, 8, 31), datetime(2026, 11, 20)


def any_pull(holds: Callable[[Record], Any]) -> Seen:
    return lambda world: any(holds(row) for row in reference.enriched(world))


def any_merged(holds: Callable[[Record], Any]) -> Seen:
    return any_pull(lambda row: row["merged_at"] is not None and holds(row))


def any_record(resource: str, holds: Callable[[Record], Any]) -> Seen:
    return lambda world: any(holds(record) for record in getattr(world, resource))


def any_commit(holds: Callable[[Record], Any]) -> Seen:
    return any_record("commits", holds)


def any_sent_pull(holds: Callable[[Record], Any]) -> Seen:
    return any_record("pulls", holds)


def any_review(holds: Callable[[Record], Any]) -> Seen:
    return any_record("reviews", holds)


def texts(value: Any) -> Iterator[str]:
    """Return every text in a record or list, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def any_time(holds: Callable[[str], bool]) -> Seen:
    return lambda world: any(holds(text) for text in times(world))


def times(world: World) -> Iterator[str]:
    records = [world.commits, world.pulls, world.reviews]
    return (text for text in texts(records) if reference.RFC_3339.fullmatch(text))


def authorship(world: World) -> Iterator[tuple[str, str, str]]:
    """Return the reviewer, the author and the record's kind, where both are known."""
    authors = {pull["id"]: pull.get("author_email") for pull in world.pulls}
    for record in world.reviews:
        author = authors[record["pr_id"]]
        people = [("review", record["reviewer"])]
        people += [("comment", c["author_id"]) for c in record.get("comments", [])]
        for kind, person in people:
            if author is not None and person is not None:
                yield person, author, kind


def own(kind: str, same_text: bool) -> Seen:
    return lambda world: any(
        reference.email(person) == reference.email(author)
        and (person == author) is same_text
        and found == kind
        for person, author, found in authorship(world)
    )


def by_others(kind: str) -> Seen:
    return lambda world: any(
        found == kind and reference.email(person) != reference.email(author)
        for person, author, found in authorship(world)
    )


def fix_after(gap: timedelta) -> Seen:
    """Return whether a bug fix is opened exactly so long after a merge of its repository."""

    def seen(world: World) -> bool:
        rows = reference.stg_pull_requests(world)
        merges = {(row["repo_name"], row["merged_at"]) for row in rows if row["merged_at"]}
        return any(
            row["is_bug_fix"] and (row["repo_name"], row["created_at"] - gap) in merges
            for row in rows
        )

    return seen


def versions(world: World) -> list[list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in world.commits:
        groups.setdefault(record["commitHash"], []).append(record)
    return list(groups.values())


def identical_twice(world: World) -> bool:
    return any(group.count(record) > 1 for group in versions(world) for record in group)


def amended(first_sent_first: bool) -> Seen:
    def seen(world: World) -> bool:
        return any(
            first["createdAt"] != last["createdAt"]
            and (stamp(first) < stamp(last)) is first_sent_first
            for first, *_, last in (group for group in versions(world) if len(group) > 1)
        )

    return seen


def stamp(commit: Record) -> datetime:
    return reference.stamped(commit, "createdAt")


def links(world: World) -> Iterator[tuple[Record, Record | None]]:
    """Return each listed hash with its commit, if there is one."""
    commits = {commit["commit_hash"]: commit for commit in reference.stg_commits(world)}
    for link in reference.stg_pull_request_commits(world):
        yield link, commits.get(link["commit_hash"])


def any_link(holds: Callable[[Record, Record], Any]) -> Seen:
    return lambda world: any(commit and holds(link, commit) for link, commit in links(world))


def reached_both_ways(link: Record, commit: Record) -> bool:
    place = (link["repo_name"], link["pr_number"])
    return (commit["repo_name"], commit["pull_request_number"]) == place


def only_by_number(world: World) -> bool:
    listed = {tuple(link.values())[:3] for link in reference.stg_pull_request_commits(world)}
    numbers = {(p["repo_name"], p["number"], h) for p in world.pulls for h in hashes(world)}
    return any(
        (c["repo_name"], c["pull_request_number"], c["commit_hash"]) in numbers - listed
        for c in reference.stg_commits(world)
    )


def hashes(world: World) -> set[str]:
    return {commit["commitHash"] for commit in world.commits}


def chained(world: World) -> bool:
    """Return whether a pull request stands because what reverted it was reverted."""
    rows = {(r["repo_name"], r["pr_number"]): r for r in reference.pull_requests(world)}
    links = reference.by_pull_request(reference.stg_pull_request_commits(world))
    claims = {
        (repo, number): by
        for (repo, by), row in rows.items()
        for number in oracle_reverts.claims(row, list(rows.values()), links)
    }
    return any((repo, by) in claims for (repo, _), by in claims.items())


def mere_reply(world: World) -> bool:
    comments = reference.stg_review_comments(world)
    return any(reference.is_mere_reply(review, comments) for review in reference.stg_reviews(world))


def at_week_boundary(microseconds_before: int) -> Seen:
    def holds(row: Record) -> bool:
        moment: datetime = row["merged_at"] + timedelta(microseconds=microseconds_before)
        return (moment.weekday(), moment.time()) == (0, time(0))

    return any_merged(holds)


def ratio_is(value: float) -> Seen:
    return any_merged(lambda row: row["final_ai_ratio"] == value)


def null_or_absent(resource: str, name: str) -> dict[str, Seen]:
    """Return the two ways in which an optional field can be missing."""
    return {
        f"{resource}: {name} null": any_record(resource, lambda r: r.get(name, 0) is None),
        f"{resource}: {name} absent": any_record(resource, lambda r: name not in r),
    }


SITUATIONS: dict[str, Seen] = {
    "a repository without pull requests": lambda w: (
        {r["full_name"] for r in w.repos} - {p["repo_name"] for p in w.pulls}
    ),
    "three repositories": lambda w: len(w.repos) == 3,
    "a name to be escaped": any_sent_pull(lambda p: p["repo_name"] == ODD_REPO),
    "equal numbers": lambda w: max(Counter(p["number"] for p in w.pulls).values(), default=0) > 1,
    "first commit after opening": any_merged(
        lambda r: r["first_commit_at"] and r["first_commit_at"] > r["created_at"]
    ),
    "review before opening": any_merged(
        lambda r: r["first_review_at"] and r["first_review_at"] < r["created_at"]
    ),
    "review after merge": any_merged(
        lambda r: r["first_review_at"] and r["first_review_at"] > r["merged_at"]
    ),
    "review at the merge": any_merged(lambda r: r["first_review_at"] == r["merged_at"]),
    "every part above zero": any_merged(
        lambda r: (
            r["coding_lead_time_hours"] and r["pickup_time_hours"] and r["review_lead_time_hours"]
        )
    ),
    "a review of an open one": any_pull(lambda r: r["state"] == "open" and r["review_count"]),
    "own review": own("review", True),
    "own review otherwise spelled": own("review", False),
    "review by another": by_others("review"),
    "review by nobody": any_review(lambda r: r["reviewer"] is None),
    "pending review": any_review(lambda r: r["state"] == "pending"),
    "pending in mixed case": any_review(lambda r: r["state"] == "Pending"),
    "approval in mixed case": any_review(lambda r: r["state"] == "APPROVED"),
    "change request in mixed case": any_review(lambda r: r["state"] == "Changes_Requested"),
    "review without a state": any_review(lambda r: r["state"] is None),
    "two rounds": any_merged(lambda r: r["iterations"] > 1),
    "comment by the author": own("comment", True),
    "comment by the author otherwise spelled": own("comment", False),
    "comment by another": by_others("comment"),
    "empty body": any_review(lambda r: r.get("body") == ""),
    "blank body": any_review(lambda r: r.get("body") == "\t\n \r\f\v"),
    "no line changed": any_merged(lambda r: r["total_loc"] == 0),
    "500 lines": any_merged(lambda r: r["total_loc"] == 500),
    "501 lines": any_merged(lambda r: r["total_loc"] == 501),
    "half of the size known": any_merged(
        lambda r: r["total_loc"] is None and r["additions"] is not None
    ),
    "ratio from commits": any_merged(lambda r: r["ai_ratio"] is None and r["final_ai_ratio"]),
    "ratio from commits of exactly zero": any_merged(
        lambda r: r["ai_ratio"] is None and r["final_ai_ratio"] == 0
    ),
    "linked commits without lines": any_merged(
        lambda r: r["ai_ratio"] is None and r["linked_commit_count"] and not r["linked_total_lines"]
    ),
    "no ratio, no commits": any_merged(
        lambda r: r["ai_ratio"] is None and not r["linked_commit_count"]
    ),
    "just under 0.3": ratio_is(math.nextafter(0.3, 0)),
    "exactly 0.3": ratio_is(0.3),
    "just over 0.3": ratio_is(math.nextafter(0.3, 1)),
    "just under 0.6": ratio_is(math.nextafter(0.6, 0)),
    "exactly 0.6": ratio_is(0.6),
    "just over 0.6": ratio_is(math.nextafter(0.6, 1)),
    "identical commit": identical_twice,
    "amended commit": amended(True),
    "amended commit sent first": amended(False),
    "commit with a number": any_commit(lambda c: c.get("pullRequestNumber")),
    "commit reached by number alone": only_by_number,
    "commit reached both ways": any_link(reached_both_ways),
    "listed commit of no repository": any_link(lambda _, c: c["repo_name"] is None),
    "listed commit of another repository": any_link(
        lambda link, c: c["repo_name"] not in (None, link["repo_name"])
    ),
    "unknown commit": lambda w: any(commit is None for _, commit in links(w)),
    "commit without a repository": any_commit(lambda c: c["repoName"] is None),
    "total above the sum by origin": any_commit(
        lambda c: (
            (c.get("totalLinesAdded") or 0)
            > reference.total_lines(c | {"totalLinesAdded": None}, "Added")
        )
    ),
    "merge as the week begins": at_week_boundary(0),
    "merge as the week ends": at_week_boundary(1),
    "merge as opened": any_merged(lambda r: r["merged_at"] == r["created_at"]),
    "offset": any_time(lambda text: text.endswith("+05:45")),
    "negative offset": any_time(lambda text: text.endswith("-05:30")),
    "nine digits": any_time(lambda text: ".123456999" in text or ".999999999" in text),
    "no digits": any_time(lambda text: "." not in text),
    "open": any_pull(lambda r: r["state"] == "open"),
    "draft": any_sent_pull(lambda p: p.get("state") == "draft"),
    "closed": any_pull(lambda r: r["state"] == "closed"),
    "merged that is called closed": any_sent_pull(
        lambda p: p.get("state") == "closed" and p.get("merged_at")
    ),
    "merged in mixed case": any_sent_pull(lambda p: p.get("state") == "MERGED"),
    "bug fix opened at the merge": fix_after(timedelta(0)),
    "bug fix just after": fix_after(timedelta(microseconds=1)),
    "bug fix after 48 hours": fix_after(timedelta(hours=48)),
    "bug fix too late": fix_after(timedelta(hours=48, microseconds=1)),
    "reverted, high": any_merged(lambda r: r["is_reverted"] and r["ai_usage_band"] == "high"),
    "reverted, low": any_merged(lambda r: r["is_reverted"] and r["ai_usage_band"] == "low"),
    "by an agent": any_merged(lambda r: r["author_kind"] == "agent"),
    "by a bot": any_merged(lambda r: r["author_kind"] == "bot"),
    "by nobody": any_pull(lambda r: r["author"] is None),
    "by a login without an address": any_pull(
        lambda r: r["author_id"] is not None and r["author_email"] is None
    ),
    "a person with bot in the name": any_pull(
        lambda r: r["author_id"] == "abbott" and r["author_kind"] == "human"
    ),
    "a bot that only its type tells": any_pull(lambda r: r["author_id"] == "acme-deployer"),
    "opened later than created": any_merged(lambda r: r["opened_at"] > r["created_at"]),
    "ready after the merge": any_sent_pull(
        lambda p: (
            p.get("ready_at")
            and p.get("merged_at")
            and reference.stamped(p, "ready_at") > reference.stamped(p, "merged_at")
        )
    ),
    "a fix by label": any_pull(lambda r: r["bug_fix_rule"] == "label"),
    "a fix by title": any_pull(lambda r: r["bug_fix_rule"] == "title"),
    "a fix by branch": any_pull(lambda r: r["bug_fix_rule"] == "branch"),
    "reverted by words": any_merged(lambda r: r["reverted_by"] is not None),
    "a revert of a revert": chained,
    "rewritten commits": any_merged(lambda r: r["rewritten_commit_count"] > 0),
    "a review by a bot": any_merged(lambda r: r["bot_review_count"] > 0),
    "a mere reply": mere_reply,
    "a dismissed request": any_review(
        lambda r: (r.get("previous_state") or "").lower() == "changes_requested"
    ),
    "a comment without a review": any_review(
        lambda r: any(c.get("review_id", 0) is None for c in r.get("comments", []))
    ),
    "an id beyond 32 bits": any_review(lambda r: r["id"] > 2**31),
    "a fork": any_pull(lambda r: r["head_repo_name"] == "ann/web"),
    "a time of year 1": any_sent_pull(lambda p: "0001-01-01T00:00:00Z" in p.values()),
    "a host before the repository": any_commit(
        lambda c: (c["repoName"] or "").startswith("github.com/")
    ),
    "no reviewers": any_sent_pull(lambda p: p.get("reviewers") == []),
    "asked reviewers stand in": any_merged(
        lambda r: r["review_count"] == 0 and r["reviewer_count"] > 0
    ),
    "author in capitals": any_sent_pull(lambda p: "ANN@" in (p.get("author_email") or "")),
    "author with blanks": any_sent_pull(lambda p: (p.get("author_email") or "").startswith(" ")),
    **null_or_absent("pulls", "author_email"),
    **null_or_absent("pulls", "reviewers"),
    **null_or_absent("pulls", "labels"),
    **null_or_absent("pulls", "ai_ratio"),
    **null_or_absent("pulls", "additions"),
    **null_or_absent("pulls", "deletions"),
    **null_or_absent("pulls", "tab_lines"),
    **null_or_absent("pulls", "changed_files"),
    **null_or_absent("pulls", "commit_count"),
    **null_or_absent("pulls", "was_reverted"),
    **null_or_absent("pulls", "is_bug_fix"),
    **null_or_absent("pulls", "state"),
    **null_or_absent("commits", "branchName"),
    **null_or_absent("commits", "isPrimaryBranch"),
    **null_or_absent("commits", "tabLinesAdded"),
    **null_or_absent("commits", "nonAiLinesDeleted"),
    **null_or_absent("commits", "totalLinesAdded"),
    **null_or_absent("reviews", "body"),
    "reviews: comments absent": any_review(lambda r: "comments" not in r),
}


@pytest.fixture(scope="module")
def sample() -> list[World]:
    """Worlds as a test would meet them: drawn once, the same in every run."""
    drawn: list[World] = []

    @settings(
        max_examples=SAMPLE,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
        derandomize=True,
    )
    @given(worlds())
    def draw(world: World) -> None:
        drawn.append(world)

    draw()
    return drawn


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_situation_is_common(sample: list[World], situation: str) -> None:
    """Each special situation is in one in a hundred worlds or more."""
    assert sum(bool(SITUATIONS[situation](world)) for world in sample) >= SAMPLE // 100


def test_one_world_is_empty(sample: list[World]) -> None:
    """A source that holds nothing at all is among them."""
    assert World() in sample


def test_the_worlds_are_small(sample: list[World]) -> None:
    """Most worlds have few pull requests, commits and reviews."""
    for records, usual in (("pulls", 6), ("commits", 12), ("reviews", 8)):
        assert sum(len(getattr(world, records)) <= usual for world in sample) > SAMPLE * 2 // 3


def test_the_worlds_are_possible(sample: list[World]) -> None:
    """Times lie in the autumn, nothing merges before it opens, and ratios stay in 0 to 1."""
    for world in sample:
        for text in times(world):
            assert EARLIEST <= (reference.possible(text) or EARLIEST) < LATEST
        for row in reference.enriched(world):
            assert row["merged_at"] is None or row["merged_at"] >= row["created_at"]
            assert 0 <= (row["final_ai_ratio"] or 0) <= 1


def test_the_worlds_have_no_doubtful_keys(sample: list[World]) -> None:
    """Ids are unique, a changed commit has its own createdAt, and every parent exists."""
    for world in sample:
        ids = [record["id"] for record in (*world.pulls, *world.reviews, *comments(world))]
        assert len(ids) == len(set(ids))
        for group in versions(world):
            different = [record for at, record in enumerate(group) if record not in group[:at]]
            assert len({stamp(record) for record in different}) == len(different)
        assert {p["repo_name"] for p in world.pulls} <= {r["full_name"] for r in world.repos}
        assert {r["pr_id"] for r in world.reviews} <= {p["id"] for p in world.pulls}


def comments(world: World) -> list[Record]:
    return [comment for review in world.reviews for comment in review.get("comments", [])]
