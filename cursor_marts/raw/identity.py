"""Which records of a raw table are the same."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.raw.records import Record, as_json
from cursor_marts.raw.sorting import Key

#: The value of a field that tells records apart.
Told = str | int | None


@dataclass(frozen=True)
class Identity:
    """The sort order of a table, and its key: rows with the same key are one record."""

    key: Key
    latest: str | None = None  #: of the rows of a key, the one with the latest of this stays
    in_versions: bool = False  #: whether all that differ stay
    sent: Key | None = None  #: the fields of a record as sent that tell it apart, if not the key


IDENTITIES = {
    "repos": Identity(("full_name",)),
    "commits": Identity(("commit_hash",), in_versions=True, sent=()),
    "pull_requests": Identity(("repo_name", "number"), "updated_at"),
    "pull_request_commits": Identity(("repo_name", "pr_number", "commit_hash")),
    "reviews": Identity(("repo_name", "pr_number", "id"), "created_at", sent=("pr_id", "id")),
    "review_comments": Identity(("repo_name", "pr_number", "review_id", "id"), "created_at"),
    "rejects": Identity(("resource", "reason", "record")),
}


def identity_of(resource: str, record: Record, **known: Told) -> str:
    """Return the identity of a record among the others of its resource.

    `known` are fields that its list states for all its records. If a part of the key is missing,
    the whole record is its identity.
    """
    identity = IDENTITIES[resource]
    key = identity.key if identity.sent is None else identity.sent
    fields = (record if isinstance(record, dict) else {}) | known
    parts = [fields.get(name) for name in key]
    return as_json(parts if parts and None not in parts else {"record": record})
