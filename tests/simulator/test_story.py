"""The invented company has every kind of work that the marts tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import mean
from typing import Any

import pytest
from support.merges import kind_of_author

from cursor_marts.simulator import World, generate
from cursor_marts.simulator.world import Record

END = date(2026, 11, 20)
#: The demo of today is generated up to today: any day has the whole story.
DAYS = [END + timedelta(days=n) for n in range(4)]


def share(rows: list[Any], condition: Callable[[Any], bool]) -> float:
    return mean(condition(row) for row in rows)


def by_kind(world: World, kind: str) -> list[Record]:
    return [pull for pull in world.pulls if kind_of_author(pull) == kind]


def listed(world: World) -> Iterator[tuple[Record, Record]]:
    """Yield each pull request with each commit that it lists."""
    for pull in world.pulls:
        for commit in pull.get("commit_ids", []):
            yield pull, commit


def in_threads(world: World) -> list[tuple[Record, Record]]:
    """Return each comment with its review."""
    return [(review, c) for review in world.reviews for c in review.get("comments", [])]


every_world = pytest.mark.parametrize(
    "world", [generate(end=day) for day in DAYS], ids=[str(day) for day in DAYS]
)


@every_world
def test_agents_and_bots_open_a_plausible_share_of_pull_requests(world: World) -> None:
    """About a tenth by agents, a little more by bots; the source sends no AI share of either."""
    assert 0.07 < len(by_kind(world, "agent")) / len(world.pulls) < 0.14
    assert 0.09 < len(by_kind(world, "bot")) / len(world.pulls) < 0.16
    for pull in by_kind(world, "agent") + by_kind(world, "bot"):
        assert pull["author_type"] == "Bot"
        assert pull["author_email"] is None
        assert not {"ai_ratio", "tab_lines", "composer_lines"} & set(pull)


@every_world
def test_a_tenth_of_pull_requests_begin_as_drafts(world: World) -> None:
    """Most are ready later; some never are, which nobody reviews or merges."""
    ready = [p for p in world.pulls if "ready_at" in p]
    drafts = [p for p in world.pulls if p["is_draft"]]
    assert 0.07 < (len(ready) + len(drafts)) / len(world.pulls) < 0.14
    assert all(p["ready_at"] > p["created_at"] for p in ready)
    assert drafts
    assert {p["state"] for p in drafts} == {"open"}
    assert not {p["id"] for p in drafts} & {r["pr_id"] for r in world.reviews}


@every_world
def test_machines_review_and_people_reply_in_threads(world: World) -> None:
    """A reply names the comment that it answers, of another review of the pull request."""
    assert any(r.get("author_type") == "Bot" and r["state"] == "commented" for r in world.reviews)
    comments = {c["id"]: (review, c) for review, c in in_threads(world)}
    replies = [(r, c) for r, c in in_threads(world) if "in_reply_to_id" in c]
    assert len(replies) > 20
    for review, reply in replies:
        asked, comment = comments[reply["in_reply_to_id"]]
        assert (review["state"], review["body"], len(review["comments"])) == ("commented", "", 1)
        assert (asked["pr_id"], asked["id"] < review["id"]) == (review["pr_id"], True)
        assert comment["created_at"] < reply["created_at"]


@every_world
def test_the_only_machine_that_reviews_does_so_often(world: World) -> None:
    """A reviewer of one review in a thousand would keep a client from reading them in bulk."""
    reviewers = Counter(r["reviewer"] for r in world.reviews)
    machines = {name for name in reviewers if not name.endswith("@example.com")}
    assert machines == {"coderabbitai[bot]"}
    assert min(reviewers.values()) > 0.01 * len(world.reviews)


@every_world
def test_verdicts_are_dismissed_or_pending(world: World) -> None:
    """A dismissed one says what it was."""
    states = {r["state"] for r in world.reviews}
    assert states == {"approved", "changes_requested", "commented", "pending", "dismissed"}
    was = {r["previous_state"] for r in world.reviews if r["state"] == "dismissed"}
    assert was == {"approved", "changes_requested"}


@every_world
def test_reverts_say_so_in_every_way(world: World) -> None:
    """By a line, a branch, a commit or a title; one revert is reverted as well."""
    merged = [p for p in world.pulls if "merged_at" in p]
    hashes = {p["merge_commit_hash"] for p in merged}
    ways = {
        "line": [p for p in merged if p["body"].startswith("Reverts acme-demo/")],
        "branch": [p for p in merged if p["head_branch"].startswith("revert-")],
        "commit": [p for p in merged if p["body"][20:-1] in hashes],
        "title": [p for p in merged if p["title"].startswith('Revert "')],
        "again": [p for p in merged if p["title"].startswith('Revert "Revert "')],
    }
    assert all(ways.values())
    reverts = {p["id"] for way in ways.values() for p in way}
    assert 0.02 < len(reverts) / len(merged) < 0.07


@every_world
def test_bug_fixes_are_known_by_the_source_or_by_a_mark(world: World) -> None:
    """Teams differ in how they mark one; where the source has a word, it is sent of all."""
    silent = [p for p in world.pulls if "is_bug_fix" not in p and kind_of_author(p) != "bot"]
    assert any("bug" in (p["labels"] or []) for p in silent)
    assert any(p["title"].startswith("fix: ") for p in silent)
    assert any(p["head_branch"].startswith("fix/") for p in silent)
    sent = [p for p in world.pulls if "is_bug_fix" in p]
    assert 0 < share(sent, lambda p: p["is_bug_fix"]) < 0.3
    assert all("was_reverted" in p for p in sent)


@every_world
def test_commits_are_rewritten_or_unknown_to_the_ai_source(world: World) -> None:
    """A rewritten one has another hash, and the same second and message."""
    known = {c["commitHash"] for c in world.commits}
    same = {(c["commitTs"][:19], c["message"]) for c in world.commits}
    lost = [c for _, c in listed(world) if c["commit_hash"] not in known]
    rewritten = [c for c in lost if (c["authored_at"][:19], c["message"]) in same]
    assert 0.02 < len(rewritten) / len(list(listed(world))) < 0.12
    assert len(lost) > len(rewritten)
    in_pulls = {c["commit_hash"] for _, c in listed(world)} | {c["message"] for c in rewritten}
    assert any(not {c["commitHash"], c["message"]} & in_pulls for c in world.commits)
