"""From GitHub's nodes to raw records: pure functions, with the names of the raw tables.

A node is a pull request with complete lists. Times stay RFC 3339 text, as GitHub sends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Record = dict[str, Any]

READY, DRAFTED, DISMISSED = "ReadyForReviewEvent", "ConvertToDraftEvent", "ReviewDismissedEvent"


def repository(node: Node) -> Record:
    """Return a repository's record."""
    branch = node.get("defaultBranchRef") or {}
    return _clean({"full_name": node["nameWithOwner"], "default_branch": branch.get("name")})


def pull_request(node: Node, repo: str) -> Record:
    """Return a pull request's record. Who was requested to review is no reviewer: NULL."""
    return _clean(
        {
            "id": as_number(node.get("fullDatabaseId")),
            "number": node["number"],
            "repo_name": repo,
            "title": node["title"],
            "body": node["body"],
            "state": node["state"],
            **account(node["author"]),
            "is_draft": node["isDraft"],
            "ready_at": ready_at(node),
            "merge_commit_hash": (node["mergeCommit"] or {}).get("oid"),
            "head_repo_name": (node["headRepository"] or {}).get("nameWithOwner"),
            "url": node["url"],
            "base_branch": node["baseRefName"],
            "head_branch": node["headRefName"],
            "additions": node["additions"],
            "deletions": node["deletions"],
            "changed_files": node["changedFiles"],
            "commit_count": len(_nodes(node, "commits")),
            "labels": [label["name"] for label in _nodes(node, "labels")],
            "created_at": node["createdAt"],
            "updated_at": node["updatedAt"],
            "merged_at": node["mergedAt"],
            "closed_at": node["closedAt"],
        }
    )


def commits(node: Node, repo: str) -> Iterator[Record]:
    """Yield a record for each commit of a pull request."""
    for each in _nodes(node, "commits"):
        commit = each["commit"]
        author = commit["author"] or {}
        yield _clean(
            {
                "repo_name": repo,
                "pr_number": node["number"],
                "commit_hash": commit["oid"],
                "authored_at": commit["authoredDate"],
                "committed_at": commit["committedDate"],
                "author_email": author.get("email"),
                "author_id": account(author.get("user"))["author_id"],
                "message": commit["message"],
            }
        )


def reviews(node: Node, repo: str) -> Iterator[Record]:
    """Yield a record for each review: created_at is when it was submitted, NULL while pending."""
    dismissed = previous_states(node)
    for review in _nodes(node, "reviews"):
        yield _clean(
            {
                "id": as_number(review["fullDatabaseId"]),
                "repo_name": repo,
                "pr_number": node["number"],
                **account(review["author"]),
                "state": review["state"],
                "previous_state": dismissed.get(review["id"]),
                "body": review["body"],
                "created_at": review["submittedAt"],
            }
        )


def review_comments(node: Node, repo: str) -> Iterator[Record]:
    """Yield a record for each comment, once: those in reviews, then those that have no review."""
    seen = set()
    for holder in (*_nodes(node, "reviews"), *_nodes(node, "reviewThreads")):
        for comment in _nodes(holder, "comments"):
            if comment["id"] not in seen:
                seen.add(comment["id"])
                yield _review_comment(comment, node["number"], repo)


def _review_comment(comment: Node, number: int, repo: str) -> Record:
    return _clean(
        {
            "id": as_number(comment["fullDatabaseId"]),
            "review_id": _number_of(comment["pullRequestReview"]),
            "repo_name": repo,
            "pr_number": number,
            **account(comment["author"]),
            "in_reply_to_id": _number_of(comment["replyTo"]),
            "body": comment["body"],
            "path": comment["path"],
            "line": comment["line"],
            "state": comment["state"],
            "created_at": comment["createdAt"],
        }
    )


def account(actor: Node | None) -> Record:
    """Return login and type of an account: one spelling of a bot's login, NULL where it is gone.

    REST calls an app `dependabot[bot]`, GraphQL calls it `dependabot`.
    """
    if actor is None:
        return {"author_id": None, "author_type": None}
    login = actor["login"].strip().removesuffix("[bot]")
    return {"author_id": login or None, "author_type": actor.get("__typename")}


def ready_at(node: Node) -> str | None:
    """Return when a pull request that was born as a draft first became ready for review.

    It was born as a draft where the first of its events about drafts says that it is ready.
    """
    about_drafts = [event for event in _events(node) if event["__typename"] in (READY, DRAFTED)]
    if about_drafts and about_drafts[0]["__typename"] == READY:
        ready: str = about_drafts[0]["createdAt"]
        return ready
    return None


def previous_states(node: Node) -> dict[str, str]:
    """Return what each dismissed review was before, by the review's node id."""
    return {
        event["review"]["id"]: event["previousReviewState"]
        for event in _events(node)
        if event["__typename"] == DISMISSED and event["review"]
    }


def as_number(text: Any) -> Any:
    """Return a BigInt, which comes as text, as a number; what is none stays as it is."""
    return int(text) if isinstance(text, str) and text.isdigit() else text


def _events(node: Node) -> list[Node]:
    return sorted(_nodes(node, "timelineItems"), key=lambda event: str(event["createdAt"]))


def _number_of(node: Node | None) -> Any:
    return as_number(node["fullDatabaseId"]) if node else None


def _nodes(node: Node, name: str) -> list[Node]:
    found: Iterable[Node | None] = (node.get(name) or {}).get("nodes") or ()
    return [each for each in found if each is not None]


def _clean(record: Mapping[str, Any]) -> Record:
    """Return a record without NUL characters, which databases refuse."""
    return {name: _without_nul(value) for name, value in record.items()}


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    return value
