"""The definitions once more, in plain Python: straight from what every column means.

It shares no code with the package. Slow and simple on purpose: each function is one definition.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cursor_marts.simulator import World

Row = dict[str, Any]

ORIGINS = ("tab", "composer", "non_ai")
BLANKS = " \t\n\r\f\v"
HOUR = timedelta(hours=1)


# ---------------------------------------------------------------------------- values


def moment(text: str | None) -> datetime | None:
    """RFC 3339, cut to microseconds, as naive UTC."""
    if text is None:
        return None
    cut = re.sub(r"\.(\d{1,6})\d*", lambda m: "." + m[1].ljust(6, "0"), text)
    return datetime.fromisoformat(cut).astimezone(UTC).replace(tzinfo=None)


def email(text: str | None) -> str | None:
    return None if text is None else text.strip(BLANKS).lower()


def hours(later: datetime, earlier: datetime) -> float:
    return (later - earlier) // timedelta(microseconds=1) / 3_600_000_000


def monday(when: datetime) -> date:
    return when.date() - timedelta(days=when.weekday())


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def quantile(values: Iterable[float | None], q: float) -> float | None:
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    place = q * (len(known) - 1)
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (place - below) * (known[above] - known[below])


def divide(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def plus(*parts: float | None) -> float | None:
    return None if None in parts else sum(parts)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------- staging


def stg_repos(world: World) -> list[Row]:
    return [
        {"repo_name": r["full_name"], "default_branch": r.get("default_branch")}
        for r in world.repos
    ]


def stg_commits(world: World) -> list[Row]:
    latest: dict[str, Row] = {}
    for commit in world.commits:
        other = latest.get(commit["commitHash"])
        if other is None or moment(commit["createdAt"]) > moment(other["createdAt"]):
            latest[commit["commitHash"]] = commit
    return [_commit(commit) for commit in latest.values()]


def _commit(c: Row) -> Row:
    row = {
        "commit_hash": c["commitHash"],
        "user_id": c.get("userId"),
        "user_email": email(c.get("userEmail")),
        "repo_name": c.get("repoName"),
        "branch_name": c.get("branchName"),
        "is_primary_branch": c.get("isPrimaryBranch"),
    }
    for origin, json_name in zip(ORIGINS, ("tab", "composer", "nonAi"), strict=True):
        row[f"{origin}_lines_added"] = c.get(f"{json_name}LinesAdded") or 0
        row[f"{origin}_lines_deleted"] = c.get(f"{json_name}LinesDeleted") or 0
    for what, json_name in (("added", "Added"), ("deleted", "Deleted")):
        by_ai = row[f"tab_lines_{what}"] + row[f"composer_lines_{what}"]
        said = c.get(f"totalLines{json_name}")
        row[f"ai_lines_{what}"] = by_ai
        row[f"total_lines_{what}"] = by_ai + row[f"non_ai_lines_{what}"] if said is None else said
    row["pull_request_number"] = c.get("pullRequestNumber")
    row["committed_at"] = moment(c.get("commitTs"))
    row["created_at"] = moment(c.get("createdAt"))
    return row


def stg_pull_requests(world: World) -> list[Row]:
    return [_pull_request(pull) for pull in world.pulls]


def _pull_request(p: Row) -> Row:
    times = {
        name: moment(p.get(name))
        for name in (
            "created_at",
            "merged_at",
            "closed_at",
            "first_commit_at",
            "first_review_at",
            "last_commit_at",
        )
    }
    return {
        "pr_number": p["number"],
        "repo_name": p["repo_name"],
        "title": p.get("title"),
        "author_email": email(p.get("author_email")),
        "state": _state(p),
        "additions": p.get("additions"),
        "deletions": p.get("deletions"),
        "total_loc": plus(p.get("additions"), p.get("deletions")),
        "changed_files": p.get("changed_files"),
        "commit_count": p.get("commit_count"),
        "tab_lines": p.get("tab_lines"),
        "composer_lines": p.get("composer_lines"),
        "ai_ratio": p.get("ai_ratio"),
        "is_reverted": bool(p.get("was_reverted")),
        "is_bug_fix": bool(p.get("is_bug_fix")),
        "reviewer_count": len(p.get("reviewers") or []),
        **times,
        **cycle_times(
            times["created_at"],
            times["first_commit_at"],
            times["first_review_at"],
            times["merged_at"],
        ),
    }


def _state(p: Row) -> str:
    if p.get("merged_at"):
        return "merged"
    said = (p.get("state") or "").strip(BLANKS).lower()
    if said in ("open", "closed", "merged"):
        return said
    return "closed" if p.get("closed_at") else "open"


def cycle_times(
    opened: datetime, first: datetime | None, review: datetime | None, merge: datetime | None
) -> Row:
    if review is not None and merge is not None and review > merge:
        review = None
    return {
        "coding_lead_time_hours": None if first is None else max(0.0, hours(opened, first)),
        "pickup_time_hours": None if review is None else max(0.0, hours(review, opened)),
        "review_lead_time_hours": None
        if review is None or merge is None
        else hours(merge, max(review, opened)),
        "total_cycle_time_hours": None
        if merge is None
        else hours(merge, opened if first is None else min(first, opened)),
    }


def stg_pull_request_commits(world: World) -> list[Row]:
    links = {
        (p["repo_name"], p["number"], hash_)
        for p in world.pulls
        for hash_ in p.get("commit_ids") or []
    }
    return [{"repo_name": r, "pr_number": n, "commit_hash": h} for r, n, h in links]


def _of_pull(world: World) -> dict[Any, Row]:
    return {p["id"]: {"repo_name": p["repo_name"], "pr_number": p["number"]} for p in world.pulls}


def stg_reviews(world: World) -> list[Row]:
    pulls = _of_pull(world)
    return [_review(r) | pulls[r["pr_id"]] for r in world.reviews]


def _review(r: Row) -> Row:
    state = None if r.get("state") is None else r["state"].strip(BLANKS).lower()
    return {
        "review_id": r["id"],
        "reviewer": email(r.get("reviewer")),
        "state": state,
        "is_submitted": state != "pending",
        "is_approval": state == "approved",
        "is_change_request": state == "changes_requested",
        "body": r.get("body"),
        "submitted_at": moment(r.get("submitted_at")),
    }


def stg_review_comments(world: World) -> list[Row]:
    pulls = _of_pull(world)
    return [
        {
            "comment_id": c["id"],
            "review_id": r["id"],
            **pulls[r["pr_id"]],
            "reviewer": email(c.get("author_id")),
            "body": c.get("body"),
            "commented_at": moment(c.get("created_at")),
        }
        for r in world.reviews
        for c in r.get("comments") or []
    ]


STAGING: dict[str, Callable[[World], list[Row]]] = {
    "stg_repos": stg_repos,
    "stg_commits": stg_commits,
    "stg_pull_requests": stg_pull_requests,
    "stg_pull_request_commits": stg_pull_request_commits,
    "stg_reviews": stg_reviews,
    "stg_review_comments": stg_review_comments,
}


def staging(world: World) -> dict[str, list[Row]]:
    """Return every staging view's rows, in no order."""
    return {name: rows(world) for name, rows in STAGING.items()}


# ---------------------------------------------------------------------------- intermediate


def enriched(world: World) -> list[Row]:
    """Return int_pr_with_commits, and staging's other columns with it."""
    tables = staging(world)
    return [_enriched(pr, tables) for pr in tables["stg_pull_requests"]]


def _enriched(pr: Row, tables: dict[str, list[Row]]) -> Row:
    commits = linked_commits(pr, tables["stg_commits"], tables["stg_pull_request_commits"])
    mine = [r for r in tables["stg_reviews"] if same_pull(r, pr)]
    reviews = [r for r in mine if r["is_submitted"] and not by_author(r, pr)]
    comments = [
        c for c in tables["stg_review_comments"] if same_pull(c, pr) and not by_author(c, pr)
    ]
    first_commit = pr["first_commit_at"] or min(
        (c["committed_at"] for c in commits if c["committed_at"]), default=None
    )
    first_review = pr["first_review_at"] or min(
        (r["submitted_at"] for r in reviews if r["submitted_at"]), default=None
    )
    row = pr | {
        "linked_commit_count": len(commits),
        "linked_ai_lines": sum(c["ai_lines_added"] for c in commits),
        "linked_total_lines": sum(c["total_lines_added"] for c in commits),
        "review_count": len(reviews),
        "approval_count": sum(r["is_approval"] for r in reviews),
        "change_request_count": sum(r["is_change_request"] for r in reviews),
        "distinct_reviewers": len({r["reviewer"] for r in reviews} - {None})
        if reviews
        else pr["reviewer_count"],
        "review_comment_count": len(comments)
        + sum(bool((r["body"] or "").strip(BLANKS)) for r in reviews),
        "first_commit_at": first_commit,
        "first_review_at": first_review,
        **cycle_times(pr["created_at"], first_commit, first_review, pr["merged_at"]),
    }
    ratio = row["ai_ratio"]
    if ratio is None:
        ratio = divide(row["linked_ai_lines"], row["linked_total_lines"])
    minutes = None if pr["total_loc"] is None else 15 + 5 * pr["total_loc"] / 100
    return row | {
        "final_ai_ratio": ratio,
        "ai_usage_band": band(ratio),
        "iterations": 1 + row["change_request_count"] if reviews else 0,
        "review_cycle_time_hours": plus(row["pickup_time_hours"], row["review_lead_time_hours"]),
        "review_density": divide(row["review_comment_count"], pr["total_loc"]),
        "has_hotfix_followup": any(is_hotfix(other, pr) for other in tables["stg_pull_requests"]),
        "review_hours_estimate": None if minutes is None else len(reviews) * minutes / 60,
    }


def same_pull(row: Row, pr: Row) -> bool:
    return (row["repo_name"], row["pr_number"]) == (pr["repo_name"], pr["pr_number"])


def by_author(row: Row, pr: Row) -> bool:
    return row["reviewer"] is not None and row["reviewer"] == pr["author_email"]


def linked_commits(pr: Row, commits: list[Row], links: list[Row]) -> list[Row]:
    hashes = {link["commit_hash"] for link in links if same_pull(link, pr)}
    return [
        c
        for c in commits
        if (c["commit_hash"] in hashes and c["repo_name"] in (None, pr["repo_name"]))
        or (c["repo_name"] == pr["repo_name"] and c["pull_request_number"] == pr["pr_number"])
    ]


def band(ratio: float | None) -> str:
    if ratio is None:
        return "unknown"
    if ratio < 0.3:
        return "low"
    return "medium" if ratio <= 0.6 else "high"


def is_hotfix(other: Row, pr: Row) -> bool:
    return (
        other["repo_name"] == pr["repo_name"]
        and other["pr_number"] != pr["pr_number"]
        and other["is_bug_fix"]
        and pr["merged_at"] is not None
        and pr["merged_at"] < other["created_at"] <= pr["merged_at"] + 48 * HOUR
    )


# ---------------------------------------------------------------------------- marts


def marts(world: World) -> dict[str, list[Row]]:
    """Return the four marts, rows in order of their keys."""
    merged = [pr for pr in enriched(world) if pr["merged_at"] is not None]
    return {
        "mart_velocity": grouped(merged, "repo_name", velocity),
        "mart_ai_impact": grouped(merged, "ai_usage_band", ai_impact),
        "mart_quality": grouped(merged, "repo_name", quality),
        "mart_review_costs": grouped(merged, "repo_name", review_costs),
    }


def grouped(merged: list[Row], by: str, make: Callable[[list[Row]], Row]) -> list[Row]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for pr in merged:
        groups[monday(pr["merged_at"]), pr[by]].append(pr)
    return [{"week": week, by: name} | make(groups[week, name]) for week, name in sorted(groups)]


def mean_of(prs: list[Row], column: str) -> float | None:
    return mean(pr[column] for pr in prs)


def velocity(prs: list[Row]) -> Row:
    parts = [
        mean_of(prs, f"{name}_hours")
        for name in ("coding_lead_time", "pickup_time", "review_lead_time")
    ]
    known = [part for part in parts if part is not None]
    totals = [pr["total_cycle_time_hours"] for pr in prs]
    ai_lines = 0
    for pr in prs:
        said = plus(pr["tab_lines"], pr["composer_lines"])
        ai_lines += pr["linked_ai_lines"] if said is None else said
    lines = sum(pr["additions"] or 0 for pr in prs)
    share = divide(ai_lines, lines)
    return {
        "active_developers": len({pr["author_email"] for pr in prs} - {None}),
        "total_prs": len(prs),
        "total_commits": sum(
            pr["linked_commit_count"] if pr["commit_count"] is None else pr["commit_count"]
            for pr in prs
        ),
        "avg_pr_size": mean_of(prs, "total_loc"),
        "avg_files_changed": mean_of(prs, "changed_files"),
        "coding_lead_time": parts[0],
        "pickup_time": parts[1],
        "review_lead_time": parts[2],
        "total_cycle_time": sum(known) if known else None,
        "avg_total_cycle_time": mean(totals),
        "p50_cycle_time": quantile(totals, 0.5),
        "p90_cycle_time": quantile(totals, 0.9),
        "avg_ai_ratio": mean_of(prs, "final_ai_ratio"),
        "ai_coverage": mean(pr["final_ai_ratio"] is not None for pr in prs),
        "total_ai_lines": ai_lines,
        "total_lines": lines,
        "ai_line_share": None if share is None else min(1.0, share),
    }


def ai_impact(prs: list[Row]) -> Row:
    return {
        "pr_count": len(prs),
        "avg_ai_ratio": mean_of(prs, "final_ai_ratio"),
        "avg_coding_lead_time": mean_of(prs, "coding_lead_time_hours"),
        "avg_review_cycle_time": mean_of(prs, "review_cycle_time_hours"),
        "avg_total_cycle_time": mean_of(prs, "total_cycle_time_hours"),
        "avg_review_density": mean_of(prs, "review_density"),
        "avg_iterations": mean_of(prs, "iterations"),
        "avg_reviewers": mean_of(prs, "distinct_reviewers"),
        "avg_pr_size": mean_of(prs, "total_loc"),
        "avg_files_changed": mean_of(prs, "changed_files"),
        "revert_rate": mean_of(prs, "is_reverted"),
        "bug_fix_rate": mean_of(prs, "is_bug_fix"),
        "hotfix_rate": mean_of(prs, "has_hotfix_followup"),
    }


def quality(prs: list[Row]) -> Row:
    reverted = [pr for pr in prs if pr["is_reverted"]]
    fine = [pr for pr in prs if not pr["is_reverted"]]
    return {
        "total_prs": len(prs),
        "reverted_prs": len(reverted),
        "revert_rate": len(reverted) / len(prs),
        "bug_fix_prs": sum(pr["is_bug_fix"] for pr in prs),
        "bug_fix_rate": mean_of(prs, "is_bug_fix"),
        "ai_ratio_high_reverts": sum(pr["ai_usage_band"] == "high" for pr in reverted),
        "ai_ratio_low_reverts": sum(pr["ai_usage_band"] == "low" for pr in reverted),
        "avg_reviews_per_pr": mean_of(prs, "review_count"),
        "avg_approvals_per_pr": mean_of(prs, "approval_count"),
        "unreviewed_prs": sum(pr["review_count"] == 0 for pr in prs),
        "avg_reverted_pr_size": mean_of(reverted, "total_loc"),
        "avg_successful_pr_size": mean_of(fine, "total_loc"),
    }


def review_costs(prs: list[Row]) -> Row:
    large = [pr for pr in prs if pr["total_loc"] is not None and pr["total_loc"] > 500]
    estimates = [e for pr in prs if (e := pr["review_hours_estimate"]) is not None]
    return {
        "total_prs": len(prs),
        "avg_review_cycle_time": mean_of(prs, "review_cycle_time_hours"),
        "avg_review_rounds": mean_of(prs, "iterations"),
        "avg_reviewers_per_pr": mean_of(prs, "distinct_reviewers"),
        "total_reviews": sum(pr["review_count"] for pr in prs),
        "total_review_comments": sum(pr["review_comment_count"] for pr in prs),
        "avg_review_density": mean_of(prs, "review_density"),
        "estimated_review_hours_per_pr": mean(estimates),
        "estimated_total_review_hours": math.fsum(estimates) if estimates else None,
        "avg_pr_size": mean_of(prs, "total_loc"),
        "large_prs": len(large),
        "avg_large_pr_size": mean_of(large, "total_loc"),
    }
