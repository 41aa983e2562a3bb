"""What makes two records of a raw table the same one."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.raw.sorting import Key


@dataclass(frozen=True)
class Identity:
    """What a table is sorted by, and which of its rows count as one: those of the same key."""

    key: Key
    latest: str | None = None  #: of the rows of a key, the one with the latest of this stays
    in_versions: bool = False  #: whether all that differ stay


IDENTITIES = {
    "repos": Identity(("full_name",)),
    "commits": Identity(("commit_hash",), in_versions=True),
    "pull_requests": Identity(("repo_name", "number"), "updated_at"),
    "pull_request_commits": Identity(("repo_name", "pr_number", "commit_hash")),
    "reviews": Identity(("repo_name", "pr_number", "id"), "created_at"),
    "review_comments": Identity(("repo_name", "pr_number", "review_id", "id"), "created_at"),
    "rejects": Identity(("resource", "reason", "record")),
}
