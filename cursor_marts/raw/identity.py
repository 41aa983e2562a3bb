"""Which records of a raw table are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from cursor_marts.raw.records import Record, as_json
from cursor_marts.raw.shaping import Known
from cursor_marts.raw.sorting import Key

NOTHING: Known = {}


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


def hashes_of(resource: str, records: Sequence[Record], known: Known = NOTHING) -> list[int]:
    """Return 64 bits of hash of each record's identity among the others of its resource.

    `known` are fields that its list states. If a part of the key is missing, the whole record is
    its identity.
    """
    identity = IDENTITIES[resource]
    key = identity.key if identity.sent is None else identity.sent
    columns = [known[name] if name in known else _field(name, records) for name in key]
    parts = zip(*columns, strict=True) if columns else repeat(())
    return [
        hash(as_json(told if told and None not in told else {"record": record}))
        for told, record in zip(parts, records, strict=False)
    ]


def _field(name: str, records: Sequence[Record]) -> list[Any]:
    return [record.get(name) if isinstance(record, dict) else None for record in records]
