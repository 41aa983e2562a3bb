"""The generated worlds hold what goes wrong in real ones: each situation can be found in them."""

from collections import Counter
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
import reference
from hypothesis import HealthCheck, Phase, find, settings
from worlds import worlds

from cursor_marts.simulator import World

Row = dict[str, Any]


def some_pull(holds: Callable[[Row], Any]) -> Callable[[World], bool]:
    """Return whether a world has a pull request, enriched, of which something holds."""
    return lambda world: any(holds(row) for row in reference.enriched(world))


def some_merge(holds: Callable[[Row], Any]) -> Callable[[World], bool]:
    return some_pull(lambda row: row["merged_at"] and holds(row))


def both_ways(world: World) -> bool:
    """Whether a commit reaches its pull request by hash and by number."""
    commits = {c["commit_hash"]: c for c in reference.stg_commits(world)}
    return any(
        (c := commits.get(link["commit_hash"]))
        and c["repo_name"] == link["repo_name"]
        and c["pull_request_number"] == link["pr_number"]
        for link in reference.stg_pull_request_commits(world)
    )


def hotfix_at(gap: timedelta) -> Callable[[World], bool]:
    """Whether a bug fix is opened exactly so long after a merge in its repository."""

    def found(world: World) -> bool:
        rows = reference.stg_pull_requests(world)
        return any(
            fix["is_bug_fix"]
            and pr["merged_at"]
            and pr["repo_name"] == fix["repo_name"]
            and pr["pr_number"] != fix["pr_number"]
            and fix["created_at"] - pr["merged_at"] == gap
            for fix in rows
            for pr in rows
        )

    return found


def self_review(world: World) -> bool:
    pulls = {p["id"]: reference.email(p.get("author_email")) for p in world.pulls}
    return any(
        r.get("reviewer")
        and reference.email(r["reviewer"]) == pulls[r["pr_id"]]
        and r["reviewer"] != pulls[r["pr_id"]]
        for r in world.reviews
    )


SITUATIONS: dict[str, Callable[[World], Any]] = {
    "first commit after opening": some_merge(
        lambda r: r["first_commit_at"] and r["first_commit_at"] > r["created_at"]
    ),
    "review before opening": some_merge(
        lambda r: r["first_review_at"] and r["first_review_at"] < r["created_at"]
    ),
    "review after merge": some_merge(
        lambda r: r["first_review_at"] and r["first_review_at"] > r["merged_at"]
    ),
    "all parts of a cycle time": some_merge(
        lambda r: r["coding_lead_time_hours"] and r["pickup_time_hours"]
    ),
    "a review of one's own in another spelling": self_review,
    "a pending review": lambda world: any(r.get("state") == "pending" for r in world.reviews),
    "no lines at all": some_merge(lambda r: r["total_loc"] == 0),
    "exactly 500 lines": some_merge(lambda r: r["total_loc"] == 500),
    "501 lines": some_merge(lambda r: r["total_loc"] == 501),
    "a ratio from commits": some_merge(lambda r: r["ai_ratio"] is None and r["final_ai_ratio"]),
    "no ratio at all": some_merge(lambda r: r["ai_usage_band"] == "unknown"),
    "a ratio of 0.3": some_merge(lambda r: r["final_ai_ratio"] == 0.3),
    "a ratio of 0.6": some_merge(lambda r: r["final_ai_ratio"] == 0.6),
    "a reverted one of the high band": some_merge(
        lambda r: r["is_reverted"] and r["ai_usage_band"] == "high"
    ),
    "an amended commit": lambda world: any(
        n > 1 for n in Counter(c["commitHash"] for c in world.commits).values()
    ),
    "equal numbers in different repositories": lambda world: any(
        n > 1 for n in Counter(p["number"] for p in world.pulls).values()
    ),
    "a merge on Monday at midnight": some_merge(
        lambda r: r["merged_at"].weekday() == 0 and r["merged_at"].time() == time(0)
    ),
    "a merge just before it": some_merge(
        lambda r: (r["merged_at"] + timedelta(microseconds=1)).time() == time(0)
    ),
    "nothing": lambda world: not (world.repos or world.commits),
    "a commit linked both ways": both_ways,
    "a commit of no repository, linked": lambda world: any(
        c["repo_name"] is None
        and any(
            link["commit_hash"] == c["commit_hash"]
            for link in reference.stg_pull_request_commits(world)
        )
        for c in reference.stg_commits(world)
    ),
    "a hotfix 48 hours after": hotfix_at(timedelta(hours=48)),
    "a hotfix a microsecond later": hotfix_at(timedelta(hours=48, microseconds=1)),
    "a bug fix opened with the merge": hotfix_at(timedelta(0)),
    "two rounds of review": some_merge(lambda r: r["iterations"] > 1),
    "comments by others": some_merge(lambda r: r["review_comment_count"] > r["review_count"]),
    "a size that is half known": some_merge(
        lambda r: r["total_loc"] is None and r["additions"] is not None
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_situation_occurs(situation: str) -> None:
    """A search finds it, so that the comparison with the reference meets it too."""
    find(
        worlds(),
        SITUATIONS[situation],
        settings=settings(
            max_examples=3000,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
        ),
    )
