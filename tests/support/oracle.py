"""Every table by its definition, in plain Python: what the pipeline is compared with.

Written for reading, not for speed: one small function a definition, times as naive UTC datetimes,
durations counted in whole microseconds, sums as fractions, and floats only at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from cursor_marts.simulator import World

Row = dict[str, Any]
Rows = list[Row]

BLANKS = " \t\n\r\f\v"
MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_AN_HOUR = 3_600_000_000
HOTFIX_WINDOW = timedelta(hours=48)
LARGE_LOC = 500
STATES = ("open", "closed", "merged")
ORIGINS = ("tab", "composer", "nonAi")

# --- values ---------------------------------------------------------------------------------------

RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


def instant(text: str | None) -> datetime | None:
    """Return a moment in UTC without zone, cut (not rounded) to microseconds."""
    if text is None:
        return None
    match = RFC_3339.fullmatch(text)
    if match is None:
        raise ValueError(f"not an RFC 3339 time: {text!r}")
    day, clock, fraction, sign, zone_hours, zone_minutes = match.groups()
    local = datetime.fromisoformat(f"{day}T{clock}")
    local += timedelta(microseconds=int((fraction or "")[:6].ljust(6, "0")))
    if sign is None:
        return local
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    return local - offset if sign == "+" else local + offset


def hours(start: datetime, end: datetime) -> float:
    return float(Fraction((end - start) // MICROSECOND, MICROSECONDS_AN_HOUR))


def email(text: str | None) -> str | None:
    """Return an address as staging cleans it, so that it can be compared."""
    return None if text is None else text.strip(BLANKS).lower()


def lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def total(*parts: int | None) -> int | None:
    """Return a sum that is known only where every part is."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def ratio(part: int, whole: int | None) -> float | None:
    return float(Fraction(part, whole)) if whole else None


def mean(values: Iterable[float | int | None]) -> float | None:
    """Return the average of the known values, None where there is none."""
    known = [Fraction(value) for value in values if value is not None]
    return float(sum(known) / len(known)) if known else None


def percentile(values: Iterable[float | None], share: Fraction) -> float | None:
    """Return the value below which a share lies, linearly between the two nearest."""
    ranked = sorted(Fraction(value) for value in values if value is not None)
    if not ranked:
        return None
    rank = share * (len(ranked) - 1)
    below = int(rank)
    above = min(below + 1, len(ranked) - 1)
    return float(ranked[below] + (rank - below) * (ranked[above] - ranked[below]))


def monday(moment: datetime) -> date:
    """Return the Monday on or before a moment."""
    return moment.date() - timedelta(days=moment.weekday())


# --- staging --------------------------------------------------------------------------------------


def latest(records: Rows, keys: tuple[str, ...], stamp: str) -> Rows:
    """Return one record a key: the one with the latest stamp; none for a key not all there."""
    kept: dict[tuple[Any, ...], Row] = {}
    for record in records:
        key = tuple(record.get(name) for name in keys)
        if None in key:
            continue
        if key not in kept or stamped(record, stamp) >= stamped(kept[key], stamp):
            kept[key] = record
    return [kept[key] for key in sorted(kept)]


def stamped(record: Row, stamp: str) -> datetime:
    return instant(record.get(stamp)) or datetime.min


def stg_repos(world: World) -> Rows:
    return [
        {"repo_name": repo["full_name"], "default_branch": repo.get("default_branch")}
        for repo in latest(world.repos, ("full_name",), "updated_at")
    ]


def stg_commits(world: World) -> Rows:
    return [stg_commit(c) for c in latest(world.commits, ("commitHash",), "createdAt")]


def stg_commit(commit: Row) -> Row:
    return {
        "commit_hash": commit["commitHash"],
        "user_id": commit.get("userId"),
        "user_email": email(commit.get("userEmail")),
        "repo_name": commit.get("repoName"),
        "branch_name": commit.get("branchName"),
        "is_primary_branch": commit.get("isPrimaryBranch"),
        "tab_lines_added": lines(commit, "tab", "Added"),
        "tab_lines_deleted": lines(commit, "tab", "Deleted"),
        "composer_lines_added": lines(commit, "composer", "Added"),
        "composer_lines_deleted": lines(commit, "composer", "Deleted"),
        "non_ai_lines_added": lines(commit, "nonAi", "Added"),
        "non_ai_lines_deleted": lines(commit, "nonAi", "Deleted"),
        "ai_lines_added": ai_lines(commit, "Added"),
        "ai_lines_deleted": ai_lines(commit, "Deleted"),
        "total_lines_added": total_lines(commit, "Added"),
        "total_lines_deleted": total_lines(commit, "Deleted"),
        "pull_request_number": commit.get("pullRequestNumber"),
        "committed_at": instant(commit.get("commitTs")),
        "created_at": instant(commit.get("createdAt")),
    }


def lines(commit: Row, origin: str, change: str) -> int:
    return commit.get(f"{origin}Lines{change}") or 0


def ai_lines(commit: Row, change: str) -> int:
    return lines(commit, "tab", change) + lines(commit, "composer", change)


def total_lines(commit: Row, change: str) -> int:
    sent: int | None = commit.get(f"totalLines{change}")
    return sum(lines(commit, origin, change) for origin in ORIGINS) if sent is None else sent


def current_pulls(world: World) -> Rows:
    return latest(world.pulls, ("repo_name", "number"), "updated_at")


def stg_pull_requests(world: World) -> Rows:
    return [stg_pull_request(pull) for pull in current_pulls(world)]


def stg_pull_request(pull: Row) -> Row:
    row = {
        "pr_number": pull["number"],
        "repo_name": pull["repo_name"],
        "title": pull.get("title"),
        "author_email": email(pull.get("author_email")),
        "state": pull_state(pull),
        "additions": pull.get("additions"),
        "deletions": pull.get("deletions"),
        "total_loc": total(pull.get("additions"), pull.get("deletions")),
        "changed_files": pull.get("changed_files"),
        "commit_count": pull.get("commit_count"),
        "tab_lines": pull.get("tab_lines"),
        "composer_lines": pull.get("composer_lines"),
        "ai_ratio": None if pull.get("ai_ratio") is None else float(pull["ai_ratio"]),
        "is_reverted": pull.get("was_reverted") is True,
        "is_bug_fix": pull.get("is_bug_fix") is True,
        "reviewer_count": len(pull.get("reviewers") or []),
        "created_at": instant(pull["created_at"]),
        "merged_at": instant(pull.get("merged_at")),
        "closed_at": instant(pull.get("closed_at")),
        "first_commit_at": instant(pull.get("first_commit_at")),
        "first_review_at": instant(pull.get("first_review_at")),
        "last_commit_at": instant(pull.get("last_commit_at")),
    }
    return row | cycle_times(row)


def pull_state(pull: Row) -> str:
    if pull.get("merged_at") is not None:
        return "merged"
    state = lower(pull.get("state"))
    if state in STATES:
        return state
    return "open" if pull.get("closed_at") is None else "closed"


def stg_pull_request_commits(world: World) -> Rows:
    keys = {
        (pull["repo_name"], pull["number"], commit_hash)
        for pull in current_pulls(world)
        for commit_hash in pull.get("commit_ids") or []
        if commit_hash is not None
    }
    return [
        {"repo_name": repo_name, "pr_number": number, "commit_hash": commit_hash}
        for repo_name, number, commit_hash in sorted(keys)
    ]


def reviews_with_pulls(world: World) -> Rows:
    """Return the review records, each with the repository and number of its pull request."""
    pulls = {pull["id"]: pull for pull in world.pulls if pull.get("id") is not None}
    owned = []
    for review in world.reviews:
        pull = pulls[review["pr_id"]]
        owned.append(review | {"repo_name": pull["repo_name"], "pr_number": pull["number"]})
    return latest(owned, ("repo_name", "pr_number", "id"), "submitted_at")


def stg_reviews(world: World) -> Rows:
    return [stg_review(review) for review in reviews_with_pulls(world)]


def stg_review(review: Row) -> Row:
    state = lower(review.get("state"))
    return {
        "review_id": review["id"],
        "repo_name": review["repo_name"],
        "pr_number": review["pr_number"],
        "reviewer": email(review.get("reviewer")),
        "state": state,
        "is_submitted": state != "pending",
        "is_approval": state == "approved",
        "is_change_request": state == "changes_requested",
        "body": review.get("body"),
        "submitted_at": instant(review.get("submitted_at")),
    }


def stg_review_comments(world: World) -> Rows:
    nested = [
        located(comment, review)
        for review in reviews_with_pulls(world)
        for comment in review.get("comments") or []
    ]
    return [
        stg_review_comment(comment)
        for comment in latest(nested, ("repo_name", "pr_number", "review_id", "id"), "created_at")
    ]


def located(comment: Row, review: Row) -> Row:
    """Return a comment with its review, and the review's pull request where it names none."""
    own = {name: value for name, value in comment.items() if value is not None}
    place = {"repo_name": review["repo_name"], "pr_number": review["pr_number"]}
    return place | own | {"review_id": review["id"]}


def stg_review_comment(comment: Row) -> Row:
    return {
        "comment_id": comment["id"],
        "review_id": comment["review_id"],
        "repo_name": comment["repo_name"],
        "pr_number": comment["pr_number"],
        "reviewer": email(comment.get("author_id")),
        "body": comment.get("body"),
        "commented_at": instant(comment.get("created_at")),
    }


def staging(world: World) -> dict[str, Rows]:
    """Return every staging view, rows sorted by key."""
    return {
        "stg_repos": stg_repos(world),
        "stg_commits": stg_commits(world),
        "stg_pull_requests": stg_pull_requests(world),
        "stg_pull_request_commits": stg_pull_request_commits(world),
        "stg_reviews": stg_reviews(world),
        "stg_review_comments": stg_review_comments(world),
    }


# --- cycle times of a pull request ----------------------------------------------------------------


def cycle_times(pull: Row) -> Row:
    opened, merged = pull["created_at"], pull["merged_at"]
    first, review = pull["first_commit_at"], pull["first_review_at"]
    return {
        "coding_lead_time_hours": coding_lead_time(opened, first),
        "pickup_time_hours": pickup_time(opened, review, merged),
        "review_lead_time_hours": review_lead_time(opened, review, merged),
        "total_cycle_time_hours": total_cycle_time(opened, first, merged),
    }


def coding_lead_time(opened: datetime, first: datetime | None) -> float | None:
    return None if first is None else max(0.0, hours(first, opened))


def review_that_counts(review: datetime | None, merged: datetime | None) -> datetime | None:
    """Return the review unless it came after the merge."""
    if review is None or merged is None or review <= merged:
        return review
    return None


def pickup_time(opened: datetime, review: datetime | None, merged: datetime | None) -> float | None:
    counted = review_that_counts(review, merged)
    return None if counted is None else max(0.0, hours(opened, counted))


def review_lead_time(
    opened: datetime, review: datetime | None, merged: datetime | None
) -> float | None:
    counted = review_that_counts(review, merged)
    return None if counted is None or merged is None else hours(max(counted, opened), merged)


def total_cycle_time(
    opened: datetime, first: datetime | None, merged: datetime | None
) -> float | None:
    if merged is None:
        return None
    return hours(opened if first is None else min(first, opened), merged)


# --- intermediate ---------------------------------------------------------------------------------


def enriched(world: World) -> Rows:
    """Return the rows of int_pr_with_commits, sorted by repository and number."""
    tables = staging(world)
    pulls = tables["stg_pull_requests"]
    links = {tuple(link.values()) for link in tables["stg_pull_request_commits"]}
    reviews = by_pull_request(tables["stg_reviews"])
    comments = by_pull_request(tables["stg_review_comments"])
    rows = []
    for pull in pulls:
        key = (pull["repo_name"], pull["pr_number"])
        commits = [c for c in tables["stg_commits"] if is_linked(c, pull, links)]
        row = with_commits(pull, commits)
        row = with_reviews(row, reviews.get(key, []), comments.get(key, []))
        row["has_hotfix_followup"] = any(is_hotfix_of(fix, pull) for fix in pulls)
        rows.append(derived(row))
    return rows


def by_pull_request(rows: Rows) -> dict[tuple[str, int], Rows]:
    groups: dict[tuple[str, int], Rows] = {}
    for row in rows:
        groups.setdefault((row["repo_name"], row["pr_number"]), []).append(row)
    return groups


def is_linked(commit: Row, pull: Row, links: set[tuple[Any, ...]]) -> bool:
    repo_name, number = pull["repo_name"], pull["pr_number"]
    listed = (repo_name, number, commit["commit_hash"]) in links
    by_hash = listed and commit["repo_name"] in (repo_name, None)
    by_number = commit["repo_name"] == repo_name and commit["pull_request_number"] == number
    return by_hash or by_number


def with_commits(pull: Row, commits: Rows) -> Row:
    first = pull["first_commit_at"] or earliest(c["committed_at"] for c in commits)
    return pull | {
        "first_commit_at": first,
        "linked_commit_count": len(commits),
        "linked_ai_lines": sum(c["ai_lines_added"] for c in commits),
        "linked_total_lines": sum(c["total_lines_added"] for c in commits),
    }


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def is_by_author(person: str | None, pull: Row) -> bool:
    """Return whether somebody is known to be the pull request's own author."""
    return person is not None and person == pull["author_email"]


def with_reviews(pull: Row, reviews: Rows, comments: Rows) -> Row:
    qualifying = [r for r in reviews if r["is_submitted"] and not is_by_author(r["reviewer"], pull)]
    foreign = [c for c in comments if not is_by_author(c["reviewer"], pull)]
    first = pull["first_review_at"] or earliest(r["submitted_at"] for r in qualifying)
    return pull | {
        "first_review_at": first,
        "review_count": len(qualifying),
        "approval_count": sum(r["is_approval"] for r in qualifying),
        "change_request_count": sum(r["is_change_request"] for r in qualifying),
        "distinct_reviewers": distinct_reviewers(qualifying, pull),
        "review_comment_count": len(foreign) + sum(has_text(r["body"]) for r in qualifying),
    }


def distinct_reviewers(qualifying: Rows, pull: Row) -> int:
    if not qualifying:
        return int(pull["reviewer_count"])
    return len({r["reviewer"] for r in qualifying if r["reviewer"] is not None})


def has_text(body: str | None) -> bool:
    return body is not None and body.strip(BLANKS) != ""


def is_hotfix_of(fix: Row, pull: Row) -> bool:
    """Return whether one pull request is a bug fix opened within 48 hours of another's merge."""
    if pull["merged_at"] is None or not fix["is_bug_fix"]:
        return False
    if fix["repo_name"] != pull["repo_name"] or fix["pr_number"] == pull["pr_number"]:
        return False
    delay: timedelta = fix["created_at"] - pull["merged_at"]
    return timedelta(0) < delay <= HOTFIX_WINDOW


def derived(row: Row) -> Row:
    """Return a row with all that follows from its own columns."""
    row = row | cycle_times(row)
    ai = final_ai_ratio(row)
    return row | {
        "final_ai_ratio": ai,
        "ai_usage_band": ai_usage_band(ai),
        "iterations": iterations(row),
        "review_cycle_time_hours": review_cycle_time(row),
        "review_density": ratio(row["review_comment_count"], row["total_loc"]),
        "review_hours_estimate": review_hours_estimate(row["review_count"], row["total_loc"]),
    }


def final_ai_ratio(row: Row) -> float | None:
    if row["ai_ratio"] is not None:
        return float(row["ai_ratio"])
    return ratio(row["linked_ai_lines"], row["linked_total_lines"])


def ai_usage_band(ai: float | None) -> str:
    if ai is None:
        return "unknown"
    if ai < 0.3:
        return "low"
    return "medium" if ai <= 0.6 else "high"


def iterations(row: Row) -> int:
    return 0 if row["review_count"] == 0 else 1 + int(row["change_request_count"])


def review_cycle_time(row: Row) -> float | None:
    pickup, review = row["pickup_time_hours"], row["review_lead_time_hours"]
    return None if pickup is None or review is None else float(Fraction(pickup) + Fraction(review))


def review_hours_estimate(reviews: int, total_loc: int | None) -> float | None:
    """Return 15 minutes a review, and 5 more for each hundred lines, in hours."""
    if total_loc is None:
        return None
    return float(reviews * (15 + 5 * Fraction(total_loc, 100)) / 60)


# --- marts ----------------------------------------------------------------------------------------


def marts(world: World) -> dict[str, Rows]:
    """Return every mart, rows sorted by key."""
    merged = [row for row in enriched(world) if row["merged_at"] is not None]
    return {
        "mart_velocity": by_week(merged, "repo_name", velocity),
        "mart_ai_impact": by_week(merged, "ai_usage_band", ai_impact),
        "mart_quality": by_week(merged, "repo_name", quality),
        "mart_review_costs": by_week(merged, "repo_name", review_costs),
    }


def by_week(merged: Rows, name: str, measures: Callable[[Rows], Row]) -> Rows:
    groups: dict[tuple[date, str], Rows] = {}
    for row in merged:
        groups.setdefault((monday(row["merged_at"]), row[name]), []).append(row)
    return [
        {"week": week, name: value} | measures(groups[week, value])
        for week, value in sorted(groups)
    ]


def average(rows: Rows, column: str) -> float | None:
    return mean(row[column] for row in rows)


def rate(rows: Rows, column: str) -> float:
    """Return the share of the rows of which a column is true."""
    return float(Fraction(sum(row[column] for row in rows), len(rows)))


def velocity(prs: Rows) -> Row:
    ai, added = sum(map(ai_lines_of, prs)), sum(row["additions"] or 0 for row in prs)
    parts = {
        "coding_lead_time": average(prs, "coding_lead_time_hours"),
        "pickup_time": average(prs, "pickup_time_hours"),
        "review_lead_time": average(prs, "review_lead_time_hours"),
    }
    cycle_hours = [row["total_cycle_time_hours"] for row in prs]
    return {
        "active_developers": active_developers(prs),
        "total_prs": len(prs),
        "total_commits": sum(map(commits_of, prs)),
        "avg_pr_size": average(prs, "total_loc"),
        "avg_files_changed": average(prs, "changed_files"),
        **parts,
        "total_cycle_time": sum_of_known(parts.values()),
        "avg_total_cycle_time": mean(cycle_hours),
        "p50_cycle_time": percentile(cycle_hours, Fraction(1, 2)),
        "p90_cycle_time": percentile(cycle_hours, Fraction(9, 10)),
        "avg_ai_ratio": average(prs, "final_ai_ratio"),
        "ai_coverage": ai_coverage(prs),
        "total_ai_lines": ai,
        "total_lines": added,
        "ai_line_share": ai_line_share(ai, added),
    }


def active_developers(prs: Rows) -> int:
    return len({row["author_email"] for row in prs if row["author_email"] is not None})


def commits_of(row: Row) -> int:
    return int(row["linked_commit_count"] if row["commit_count"] is None else row["commit_count"])


def ai_lines_of(row: Row) -> int:
    own = total(row["tab_lines"], row["composer_lines"])
    return int(row["linked_ai_lines"]) if own is None else own


def sum_of_known(values: Iterable[float | None]) -> float | None:
    """Return the sum without the unknown ones, None where all are unknown."""
    known = [Fraction(value) for value in values if value is not None]
    return float(sum(known)) if known else None


def ai_coverage(prs: Rows) -> float:
    return float(Fraction(sum(row["final_ai_ratio"] is not None for row in prs), len(prs)))


def ai_line_share(ai: int, added: int) -> float | None:
    share = ratio(ai, added)
    return None if share is None else min(1.0, share)


def ai_impact(prs: Rows) -> Row:
    return {
        "pr_count": len(prs),
        "avg_ai_ratio": average(prs, "final_ai_ratio"),
        "avg_coding_lead_time": average(prs, "coding_lead_time_hours"),
        "avg_review_cycle_time": average(prs, "review_cycle_time_hours"),
        "avg_total_cycle_time": average(prs, "total_cycle_time_hours"),
        "avg_review_density": average(prs, "review_density"),
        "avg_iterations": average(prs, "iterations"),
        "avg_reviewers": average(prs, "distinct_reviewers"),
        "avg_pr_size": average(prs, "total_loc"),
        "avg_files_changed": average(prs, "changed_files"),
        "revert_rate": rate(prs, "is_reverted"),
        "bug_fix_rate": rate(prs, "is_bug_fix"),
        "hotfix_rate": rate(prs, "has_hotfix_followup"),
    }


def quality(prs: Rows) -> Row:
    reverted = [row for row in prs if row["is_reverted"]]
    kept = [row for row in prs if not row["is_reverted"]]
    return {
        "total_prs": len(prs),
        "reverted_prs": len(reverted),
        "revert_rate": rate(prs, "is_reverted"),
        "bug_fix_prs": sum(row["is_bug_fix"] for row in prs),
        "bug_fix_rate": rate(prs, "is_bug_fix"),
        "ai_ratio_high_reverts": sum(row["ai_usage_band"] == "high" for row in reverted),
        "ai_ratio_low_reverts": sum(row["ai_usage_band"] == "low" for row in reverted),
        "avg_reviews_per_pr": average(prs, "review_count"),
        "avg_approvals_per_pr": average(prs, "approval_count"),
        "unreviewed_prs": sum(row["review_count"] == 0 for row in prs),
        "avg_reverted_pr_size": average(reverted, "total_loc"),
        "avg_successful_pr_size": average(kept, "total_loc"),
    }


def review_costs(prs: Rows) -> Row:
    large = [row for row in prs if is_large(row)]
    return {
        "total_prs": len(prs),
        "avg_review_cycle_time": average(prs, "review_cycle_time_hours"),
        "avg_review_rounds": average(prs, "iterations"),
        "avg_reviewers_per_pr": average(prs, "distinct_reviewers"),
        "total_reviews": sum(row["review_count"] for row in prs),
        "total_review_comments": sum(row["review_comment_count"] for row in prs),
        "avg_review_density": average(prs, "review_density"),
        "estimated_review_hours_per_pr": average(prs, "review_hours_estimate"),
        "estimated_total_review_hours": sum_of_known(r["review_hours_estimate"] for r in prs),
        "avg_pr_size": average(prs, "total_loc"),
        "large_prs": len(large),
        "avg_large_pr_size": average(large, "total_loc"),
    }


def is_large(row: Row) -> bool:
    return row["total_loc"] is not None and row["total_loc"] > LARGE_LOC
