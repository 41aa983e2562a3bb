"""The raw tables that a world must lead to, written a second time without the package."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from support.github.world import Node, World

Rows = list[dict[str, Any]]


def expected_tables(world: World, since: str, *, forks: bool = False) -> dict[str, Rows]:
    """Return the rows of each table, in the order of their keys, without NULL values."""
    tables: dict[str, Rows] = {
        name: []
        for name in ("repos", "pull_requests", "pull_request_commits", "reviews", "review_comments")
    }
    for repo in world.repositories:
        if repo["isFork"] and not forks:
            continue
        name = repo["nameWithOwner"]
        branch = repo["defaultBranchRef"]
        tables["repos"].append(
            {"full_name": name, "default_branch": branch["name"] if branch else None}
        )
        for pull in repo["_pulls"]:
            if pull["updatedAt"] >= since:
                _add_pull(tables, name, pull)
    return {name: _typed(rows) for name, rows in tables.items()}


def _add_pull(tables: dict[str, Rows], repo: str, pull: Node) -> None:
    key = {"repo_name": repo, "pr_number": pull["number"]}
    tables["pull_requests"].append(_pull_row(repo, pull))
    for each in pull["_commits"]:
        commit, author = each["commit"], each["commit"]["author"] or {}
        tables["pull_request_commits"].append(
            key
            | {
                "commit_hash": commit["oid"],
                "authored_at": commit["authoredDate"],
                "committed_at": commit["committedDate"],
                "author_email": author.get("email"),
                "author_id": _login(author.get("user")),
                "message": _text(commit["message"]),
            }
        )
    comments: dict[str, Node] = {}
    for review in pull["_reviews"]:
        tables["reviews"].append(key | _review_row(pull, review))
        comments |= {comment["id"]: comment for comment in review["_comments"]}
    if pull["createdAt"] < "2016-10":
        for thread in pull["_threads"]:
            comments |= {comment["id"]: comment for comment in thread["_comments"]}
    tables["review_comments"] += [key | _comment_row(comment) for comment in comments.values()]


def _pull_row(repo: str, pull: Node) -> dict[str, Any]:
    drafts = [
        each
        for each in pull["_timeline"]
        if "Draft" in each["__typename"] or "Ready" in each["__typename"]
    ]
    drafts.sort(key=lambda event: event["createdAt"])
    born_as_draft = bool(drafts) and drafts[0]["__typename"] == "ReadyForReviewEvent"
    return {
        "id": int(pull["fullDatabaseId"]),
        "number": pull["number"],
        "repo_name": repo,
        "title": _text(pull["title"]),
        "body": _text(pull["body"]),
        "state": pull["state"],
        "author_id": _login(pull["author"]),
        "author_type": pull["author"] and pull["author"]["__typename"],
        "is_draft": pull["isDraft"],
        "ready_at": drafts[0]["createdAt"] if born_as_draft else None,
        "merge_commit_hash": pull["mergeCommit"] and pull["mergeCommit"]["oid"],
        "head_repo_name": pull["headRepository"] and pull["headRepository"]["nameWithOwner"],
        "url": pull["url"],
        "base_branch": pull["baseRefName"],
        "head_branch": pull["headRefName"],
        "additions": pull["additions"],
        "deletions": pull["deletions"],
        "changed_files": pull["changedFiles"],
        "commit_count": len(pull["_commits"]),
        "labels": [_text(label["name"]) for label in pull["_labels"]],
        "created_at": pull["createdAt"],
        "updated_at": pull["updatedAt"],
        "merged_at": pull["mergedAt"],
        "closed_at": pull["closedAt"],
    }


def _review_row(pull: Node, review: Node) -> dict[str, Any]:
    before = {
        event["review"]["id"]: event["previousReviewState"]
        for event in pull["_timeline"]
        if event["__typename"] == "ReviewDismissedEvent" and event["review"]
    }
    return {
        "id": int(review["fullDatabaseId"]),
        "author_id": _login(review["author"]),
        "author_type": review["author"] and review["author"]["__typename"],
        "state": review["state"],
        "previous_state": before.get(review["id"]),
        "body": _text(review["body"]),
        "created_at": review["submittedAt"],
    }


def _comment_row(comment: Node) -> dict[str, Any]:
    holder, parent = comment["pullRequestReview"], comment["replyTo"]
    return {
        "id": int(comment["fullDatabaseId"]),
        "review_id": int(holder["fullDatabaseId"]) if holder else None,
        "author_id": _login(comment["author"]),
        "author_type": comment["author"] and comment["author"]["__typename"],
        "in_reply_to_id": int(parent["fullDatabaseId"]) if parent else None,
        "body": _text(comment["body"]),
        "path": comment["path"],
        "line": comment["line"],
        "state": comment["state"],
        "created_at": comment["createdAt"],
    }


def _login(actor: Node | None) -> str | None:
    return actor["login"].removesuffix("[bot]") if actor else None


def _text(text: str) -> str:
    return text.replace("\0", "")


def _typed(rows: Rows) -> Rows:
    typed = [
        {name: _value(name, value) for name, value in row.items() if value is not None}
        for row in rows
    ]
    return sorted(typed, key=_key)


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value).replace(tzinfo=None) if name.endswith("_at") else value


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    names = ("full_name", "repo_name", "number", "pr_number", "review_id", "id", "commit_hash")
    return tuple((row.get(name) is None, row.get(name) or 0) for name in names)


def in_order(tables: dict[str, Rows]) -> dict[str, Rows]:
    """Return tables with their rows in the order of their keys."""
    return {name: sorted(rows, key=_key) for name, rows in tables.items()}
