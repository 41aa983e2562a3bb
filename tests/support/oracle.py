"""Every table by its definition, in plain Python: what the pipeline is compared with.

Written for reading, not for speed: one small function a definition, times as naive UTC datetimes,
durations counted in whole microseconds, sums as fractions, and floats only at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from cursor_marts.simulator import World
from support import oracle_words as words
from support.oracle_reverts import reverted_by

Row = dict[str, Any]
Rows = list[Row]

BLANKS = " \t\n\r\f\v"
MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_AN_HOUR = 3_600_000_000
DAY = timedelta(days=1)
HOTFIX_WINDOW = timedelta(hours=48)
LARGE_LOC = 500
STATES = ("open", "closed", "merged")
ORIGINS = ("tab", "composer", "nonAi")
AGENTS = ("cursor", "copilot-swe-agent", "devin-ai-integration")
BOTS = ("dependabot", "coderabbitai", "github-actions")
EARLIEST = datetime(1990, 1, 1)

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


def possible(text: str | None) -> datetime | None:
    """Return a moment unless no source can mean it: before 1990, or a day after the extraction."""
    moment = instant(text)
    if moment is None or not EARLIEST <= moment <= datetime.now(UTC).replace(tzinfo=None) + DAY:
        return None
    return moment


def hours(start: datetime, end: datetime) -> float:
    return float(Fraction((end - start) // MICROSECOND, MICROSECONDS_AN_HOUR))


def email(text: str | None) -> str | None:
    """Return an address as staging cleans it, so that it can be compared."""
    return None if text is None else text.strip(BLANKS).lower()


def person(text: str | None) -> str | None:
    """Return a login or an address as it is compared; a blank one is nobody's."""
    return None if text is None else text.strip(BLANKS).lower().removesuffix("[bot]") or None


def kind_of(account_type: str | None, *names: str | None) -> str:
    """Return human, agent or bot, by the accounts that are known, else by the type."""
    for name in names:
        if name in AGENTS:
            return "agent"
        if name in BOTS:
            return "bot"
    return "bot" if (account_type or "").strip(BLANKS).lower() == "bot" else "human"


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
    return possible(record.get(stamp)) or datetime.min


def spelled(name: str | None, world: World) -> str | None:
    return words.repository(name, (repo["full_name"] for repo in world.repos))


def first_line(text: str | None) -> str | None:
    return None if text is None else text.split("\n")[0].strip(BLANKS)


def stg_repos(world: World) -> Rows:
    return [
        {"repo_name": repo["full_name"], "default_branch": repo.get("default_branch")}
        for repo in latest(world.repos, ("full_name",), "updated_at")
    ]


def stg_commits(world: World) -> Rows:
    commits = latest(world.commits, ("commitHash",), "createdAt")
    return [stg_commit(c) | {"repo_name": spelled(c.get("repoName"), world)} for c in commits]


def stg_commit(commit: Row) -> Row:
    return {
        "commit_hash": commit["commitHash"],
        "user_id": commit.get("userId"),
        "user_email": email(commit.get("userEmail")),
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
        "committed_at": possible(commit.get("commitTs")),
        "created_at": possible(commit.get("createdAt")),
        "commit_source": commit.get("commitSource"),
        "subject": first_line(commit.get("message")),
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
    return [without_words(row) for row in pull_requests(world)]


def without_words(row: Row) -> Row:
    """Leave out what is only for the search for reverts, and what the clock says."""
    return {name: value for name, value in row.items() if name != "body"}


def pull_requests(world: World) -> Rows:
    return [
        stg_pull_request(pull) | {"head_repo_name": spelled(pull.get("head_repo_name"), world)}
        for pull in current_pulls(world)
    ]


def stg_pull_request(pull: Row) -> Row:
    author_email, author_id = person(pull.get("author_email")), person(pull.get("author_id"))
    rule = None if words.says_that_it_reverts(pull) else bug_fix_rule(pull)
    sent = pull.get("is_bug_fix")
    row = {
        "pr_number": pull["number"],
        "repo_name": pull["repo_name"],
        "title": pull.get("title"),
        "body": pull.get("body"),
        "url": pull.get("url"),
        "author_email": author_email,
        "author_id": author_id,
        "author": author_email or author_id,
        "author_kind": kind_of(pull.get("author_type"), author_id, author_email),
        "head_branch": pull.get("head_branch"),
        "merge_commit_hash": lower(pull.get("merge_commit_hash")),
        "state": pull_state(pull),
        "is_draft": pull.get("is_draft"),
        "additions": pull.get("additions"),
        "deletions": pull.get("deletions"),
        "total_loc": total(pull.get("additions"), pull.get("deletions")),
        "changed_files": pull.get("changed_files"),
        "commit_count": pull.get("commit_count"),
        "tab_lines": pull.get("tab_lines"),
        "composer_lines": pull.get("composer_lines"),
        "ai_ratio": None if pull.get("ai_ratio") is None else float(pull["ai_ratio"]),
        "is_reverted": pull.get("was_reverted"),
        "is_bug_fix": rule is not None if sent is None else sent,
        "bug_fix_rule": rule if sent is None else None,
        "reviewer_count": len(pull.get("reviewers") or []),
        "created_at": possible(pull["created_at"]),
        "merged_at": possible(pull.get("merged_at")),
        "closed_at": possible(pull.get("closed_at")),
        "first_commit_at": possible(pull.get("first_commit_at")),
        "first_review_at": possible(pull.get("first_review_at")),
        "last_commit_at": possible(pull.get("last_commit_at")),
    }
    row["opened_at"] = opened_at(row, possible(pull.get("ready_at")))
    return row | cycle_times(row)


def bug_fix_rule(pull: Row) -> str | None:
    return words.bug_fix_rule(pull.get("title"), pull.get("head_branch"), pull.get("labels"))


def opened_at(row: Row, ready: datetime | None) -> datetime | None:
    """Return when a pull request was ready for review, if that is a time that can be meant."""
    created, merged = row["created_at"], row["merged_at"]
    if ready is None or created is None or ready <= created:
        return created
    return ready if merged is None or ready <= merged else created


def pull_state(pull: Row) -> str:
    if possible(pull.get("merged_at")) is not None:
        return "merged"
    state = lower(pull.get("state"))
    if state in STATES:
        return state
    return "open" if possible(pull.get("closed_at")) is None else "closed"


def stg_pull_request_commits(world: World) -> Rows:
    rows = [
        stg_pull_request_commit(pull, link)
        for pull in current_pulls(world)
        for link in {hash_of(each): each for each in pull.get("commit_ids") or []}.values()
    ]
    rows.sort(key=lambda row: (row["repo_name"], row["pr_number"], row["commit_hash"]))
    return rows


def hash_of(link: Row | str) -> str:
    return link if isinstance(link, str) else str(link["commit_hash"])


def stg_pull_request_commit(pull: Row, link: Row | str) -> Row:
    told: Row = {} if isinstance(link, str) else link
    return {
        "repo_name": pull["repo_name"],
        "pr_number": pull["number"],
        "commit_hash": hash_of(link),
        "authored_at": possible(told.get("authored_at")),
        "subject": first_line(told.get("message")),
        "message": told.get("message"),
    }


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
    state, before = lower(review.get("state")), lower(review.get("previous_state"))
    reviewer = person(review.get("reviewer"))
    return {
        "review_id": review["id"],
        "repo_name": review["repo_name"],
        "pr_number": review["pr_number"],
        "reviewer": reviewer,
        "reviewer_kind": kind_of(review.get("author_type"), reviewer),
        "state": state,
        "is_submitted": state != "pending",
        "is_approval": state == "approved",
        "is_change_request": "changes_requested" in (state, before),
        "body": review.get("body"),
        "submitted_at": possible(review.get("submitted_at")),
    }


def stg_review_comments(world: World) -> Rows:
    nested = [
        located(comment, review, world)
        for review in reviews_with_pulls(world)
        for comment in review.get("comments") or []
    ]
    return [
        stg_review_comment(comment)
        for comment in latest(nested, ("repo_name", "pr_number", "id"), "created_at")
    ]


def located(comment: Row, review: Row, world: World) -> Row:
    """Return a comment with its review, and the review's pull request where it names none."""
    own = {name: value for name, value in comment.items() if value is not None}
    place = {"repo_name": review["repo_name"], "pr_number": review["pr_number"]}
    located = place | own | {"review_id": comment.get("review_id", review["id"])}
    return located | {"repo_name": spelled(located["repo_name"], world)}


def stg_review_comment(comment: Row) -> Row:
    return {
        "comment_id": comment["id"],
        "review_id": comment["review_id"],
        "repo_name": comment["repo_name"],
        "pr_number": comment["pr_number"],
        "reviewer": person(comment.get("author_id")),
        "reviewer_kind": kind_of(comment.get("author_type"), person(comment.get("author_id"))),
        "is_reply": comment.get("in_reply_to_id") is not None,
        "body": comment.get("body"),
        "commented_at": possible(comment.get("created_at")),
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
    opened, merged = pull["opened_at"], pull["merged_at"]
    first, review = pull["first_commit_at"], pull["first_review_at"]
    return {
        "coding_lead_time_hours": coding_lead_time(opened, first),
        "pickup_time_hours": pickup_time(opened, review, merged),
        "review_lead_time_hours": review_lead_time(opened, review, merged),
        "total_cycle_time_hours": total_cycle_time(opened, first, merged),
    }


def coding_lead_time(opened: datetime | None, first: datetime | None) -> float | None:
    return None if first is None or opened is None else max(0.0, hours(first, opened))


def review_that_counts(review: datetime | None, merged: datetime | None) -> datetime | None:
    """Return the review unless it came after the merge."""
    if review is None or merged is None or review <= merged:
        return review
    return None


def pickup_time(
    opened: datetime | None, review: datetime | None, merged: datetime | None
) -> float | None:
    counted = review_that_counts(review, merged)
    return None if counted is None or opened is None else max(0.0, hours(opened, counted))


def review_lead_time(
    opened: datetime | None, review: datetime | None, merged: datetime | None
) -> float | None:
    counted = review_that_counts(review, merged)
    if counted is None or merged is None or opened is None:
        return None
    return hours(max(counted, opened), merged)


def total_cycle_time(
    opened: datetime | None, first: datetime | None, merged: datetime | None
) -> float | None:
    if merged is None or opened is None:
        return None
    return hours(opened if first is None else min(first, opened), merged)


# --- intermediate ---------------------------------------------------------------------------------


def enriched(world: World) -> Rows:
    """Return the rows of int_pr_with_commits, sorted by repository and number."""
    tables = staging(world)
    pulls, commits = pull_requests(world), tables["stg_commits"]
    links = by_pull_request(stg_pull_request_commits(world))
    reviews = by_pull_request(tables["stg_reviews"])
    comments = by_pull_request(tables["stg_review_comments"])
    reverts = reverted_by(pulls, links)
    rows = []
    for pull in pulls:
        key = (pull["repo_name"], pull["pr_number"])
        row = with_commits(pull, links.get(key, []), commits)
        row = with_reviews(row, reviews.get(key, []), comments.get(key, []))
        row = with_revert(row, reverts.get(key))
        row["has_hotfix_followup"] = any(is_hotfix_of(fix, pull) for fix in pulls)
        rows.append(derived(row))
    return rows


def by_pull_request(rows: Rows) -> dict[tuple[str, int], Rows]:
    groups: dict[tuple[str, int], Rows] = {}
    for row in rows:
        groups.setdefault((row["repo_name"], row["pr_number"]), []).append(row)
    return groups


def with_commits(pull: Row, links: Rows, commits: Rows) -> Row:
    linked, rewritten = linked_commits(pull, links, commits)
    first = (
        pull["first_commit_at"]
        or earliest(link["authored_at"] for link in links)
        or earliest(c["committed_at"] for c in linked)
    )
    return pull | {
        "first_commit_at": first,
        "listed_commit_count": len(links),
        "linked_hashes": [c["commit_hash"] for c in linked],
        "linked_commit_count": len(linked),
        "rewritten_commit_count": rewritten,
        "linked_ai_lines": sum(c["ai_lines_added"] for c in linked),
        "linked_total_lines": sum(c["total_lines_added"] for c in linked),
    }


def linked_commits(pull: Row, links: Rows, commits: Rows) -> tuple[Rows, int]:
    """Return the commits of a pull request, and how many of them have another hash in it."""
    hashes = {link["commit_hash"] for link in links}
    homes = (pull["repo_name"], pull["head_repo_name"])
    linked = [
        c
        for c in commits
        if (c["commit_hash"] in hashes and c["repo_name"] in (*homes, None))
        or (c["repo_name"], c["pull_request_number"]) == (pull["repo_name"], pull["pr_number"])
    ]
    known = {c["commit_hash"] for c in commits}
    found: dict[str, Row] = {}
    for link in links:
        if link["commit_hash"] not in known and has_text(link["subject"]):
            same = [c for c in commits if c not in linked and is_same_commit(c, link, homes)]
            same.sort(key=lambda c: c["commit_hash"], reverse=True)
            same.sort(key=lambda c: c["created_at"] or datetime.min)
            found |= {c["commit_hash"]: c for c in same[-1:]}
    return linked + list(found.values()), len(found)


def is_same_commit(commit: Row, link: Row, homes: tuple[str | None, ...]) -> bool:
    """Return whether a commit has the repository, the second and the subject of a listed one."""
    if commit["repo_name"] is None or commit["repo_name"] not in homes:
        return False
    if commit["committed_at"] is None or link["authored_at"] is None:
        return False
    times = (commit["committed_at"], link["authored_at"])
    first, second = (moment.replace(microsecond=0) for moment in times)
    return bool(first == second and commit["subject"] == link["subject"])


def with_revert(pull: Row, by: int | None) -> Row:
    """Return a pull request with what the source says of it, else with what reverted it."""
    if pull["is_reverted"] is not None:
        return pull | {"reverted_by": None}
    return pull | {"is_reverted": by is not None, "reverted_by": by}


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def is_by_author(someone: str | None, pull: Row) -> bool:
    """Return whether somebody is known to be the pull request's own author."""
    return someone is not None and someone in (pull["author"], pull["author_id"])


def is_mere_reply(review: Row, comments: Rows) -> bool:
    """Return whether a review says nothing, and its comments, one at least, are all replies."""
    own = [c for c in comments if c["review_id"] == review["review_id"]]
    silent = review["state"] == "commented" and not has_text(review["body"])
    return silent and bool(own) and all(c["is_reply"] for c in own)


def with_reviews(pull: Row, reviews: Rows, comments: Rows) -> Row:
    proper = [
        r
        for r in reviews
        if r["is_submitted"]
        and not is_by_author(r["reviewer"], pull)
        and not is_mere_reply(r, comments)
    ]
    qualifying = [r for r in proper if r["reviewer_kind"] == "human"]
    foreign = [
        c
        for c in comments
        if c["reviewer_kind"] == "human" and not is_by_author(c["reviewer"], pull)
    ]
    times = [r["submitted_at"] for r in qualifying if r["submitted_at"] is not None]
    return pull | {
        "first_review_at": pull["first_review_at"] or earliest(times),
        "last_review_at": max(times, default=None),
        "review_count": len(qualifying),
        "bot_review_count": len(proper) - len(qualifying),
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
    if pull["merged_at"] is None or not fix["is_bug_fix"] or fix["author_kind"] == "bot":
        return False
    if fix["repo_name"] != pull["repo_name"] or fix["pr_number"] == pull["pr_number"]:
        return False
    if fix["created_at"] is None:
        return False
    delay: timedelta = fix["created_at"] - pull["merged_at"]
    return timedelta(0) < delay <= HOTFIX_WINDOW


def derived(row: Row) -> Row:
    """Return a row with all that follows from its own columns."""
    row = row | cycle_times(row)
    ai = final_ai_ratio(row)
    return row | {
        "final_ai_ratio": ai,
        "ai_lines": ai_lines_of(row),
        "ai_usage_band": ai_usage_band(ai),
        "iterations": iterations(row),
        "review_cycle_time_hours": review_cycle_time(row),
        "review_density": ratio(row["review_comment_count"], row["total_loc"]),
        "review_hours_estimate": review_hours_estimate(row["review_count"], row["total_loc"]),
    }


def final_ai_ratio(row: Row) -> float | None:
    if row["ai_ratio"] is not None:
        return float(row["ai_ratio"])
    if row["author_kind"] == "agent":
        return 1.0
    if not row["linked_commit_count"]:
        return None
    whole = max(row["linked_total_lines"], row["additions"] or 0)
    share = ratio(row["linked_ai_lines"], whole)
    return None if share is None else min(1.0, share)


def ai_lines_of(row: Row) -> int | None:
    own = total(row["tab_lines"], row["composer_lines"])
    if own is not None:
        return own
    if row["author_kind"] == "agent":
        return None if row["additions"] is None else int(row["additions"])
    return int(row["linked_ai_lines"]) if row["linked_commit_count"] else None


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
    rows = enriched(world)
    merged = [r for r in rows if r["merged_at"] is not None and r["author_kind"] != "bot"]
    return {
        "mart_velocity": by_week(merged, ["repo_name"], velocity),
        "mart_ai_impact": by_week(merged, ["ai_usage_band"], ai_impact),
        "mart_ai_impact_by_repo": by_week(merged, ["repo_name", "ai_usage_band"], ai_impact),
        "mart_quality": by_week(merged, ["repo_name"], quality),
        "mart_review_costs": by_week(merged, ["repo_name"], review_costs),
        "mart_coverage": coverage(rows, stg_commits(world)),
        "mart_pull_requests": [pull_request(row) for row in rows],
    }


def by_week(merged: Rows, names: list[str], measures: Callable[[Rows], Row]) -> Rows:
    groups: dict[tuple[Any, ...], Rows] = {}
    for row in merged:
        key = (monday(row["merged_at"]), *(row[name] for name in names))
        groups.setdefault(key, []).append(row)
    return [
        dict(zip(["week", *names], key, strict=True)) | measures(groups[key])
        for key in sorted(groups)
    ]


def average(rows: Rows, column: str) -> float | None:
    return mean(row[column] for row in rows)


def rate(rows: Rows, column: str) -> float:
    """Return the share of the rows of which a column is true."""
    return float(Fraction(sum(row[column] for row in rows), len(rows)))


def velocity(prs: Rows) -> Row:
    ai, added = sum(row["ai_lines"] or 0 for row in prs), sum(row["additions"] or 0 for row in prs)
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
        "p50_coding_lead_time": median(prs, "coding_lead_time_hours"),
        "p50_pickup_time": median(prs, "pickup_time_hours"),
        "p50_review_lead_time": median(prs, "review_lead_time_hours"),
        "agent_prs": sum(row["author_kind"] == "agent" for row in prs),
    }


def median(rows: Rows, column: str) -> float | None:
    return percentile((row[column] for row in rows), Fraction(1, 2))


def active_developers(prs: Rows) -> int:
    people = {row["author"] for row in prs if row["author_kind"] == "human"}
    return len(people - {None})


def commits_of(row: Row) -> int:
    return int(row["linked_commit_count"] if row["commit_count"] is None else row["commit_count"])


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
        "total_bot_reviews": sum(row["bot_review_count"] for row in prs),
    }


def is_large(row: Row) -> bool:
    return row["total_loc"] is not None and row["total_loc"] > LARGE_LOC


def coverage(pulls: Rows, commits: Rows) -> Rows:
    """Return the rows of mart_coverage: weeks with a merge or a tracked commit."""
    linked = {hash_ for pull in pulls for hash_ in pull["linked_hashes"]}
    merges: dict[tuple[date, str], Rows] = {
        (monday(pull["merged_at"]), pull["repo_name"]): [] for pull in pulls if pull["merged_at"]
    }
    made: dict[tuple[date, str], Rows] = {}
    for pull in pulls:
        if pull["merged_at"]:
            merges[monday(pull["merged_at"]), pull["repo_name"]].append(pull)
    for commit in commits:
        if commit["committed_at"]:
            key = (monday(commit["committed_at"]), commit["repo_name"] or "(unknown)")
            made.setdefault(key, []).append(commit)
    return [
        {"week": key[0], "repo_name": key[1]}
        | of_merges(merges.get(key, []))
        | {
            "tracked_commits": len(made.get(key, [])),
            "tracked_commits_in_prs": sum(c["commit_hash"] in linked for c in made.get(key, [])),
        }
        for key in sorted({*merges, *made})
    ]


def of_merges(merged: Rows) -> Row:
    prs = [row for row in merged if row["author_kind"] != "bot"]
    commits = sum(
        row["listed_commit_count"] if row["commit_count"] is None else row["commit_count"]
        for row in prs
    )
    linked = sum(row["linked_commit_count"] for row in prs)
    return {
        "total_prs": len(prs),
        "bot_prs": len(merged) - len(prs),
        "ai_known_prs": sum(row["final_ai_ratio"] is not None for row in prs),
        "pr_commits": commits,
        "linked_commits": linked,
        "rewritten_commits": sum(row["rewritten_commit_count"] for row in prs),
        "linked_commit_share": ai_line_share(linked, commits),
    }


PULL_REQUEST = (
    *("repo_name", "pr_number", "url", "title", "author", "author_kind", "state", "opened_at"),
    *("merged_at", "coding_lead_time_hours", "pickup_time_hours", "review_lead_time_hours"),
    *("total_cycle_time_hours", "total_loc", "changed_files", "review_count", "bot_review_count"),
    *("iterations", "final_ai_ratio", "ai_usage_band", "ai_lines", "is_bug_fix", "bug_fix_rule"),
    *("is_reverted", "reverted_by", "has_hotfix_followup"),
)


def pull_request(row: Row) -> Row:
    """Return a row of mart_pull_requests, but for what depends on the extraction's end."""
    week = None if row["merged_at"] is None else monday(row["merged_at"])
    return {name: row[name] for name in PULL_REQUEST} | {"team": None, "week": week}
