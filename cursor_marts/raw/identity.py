"""Which records of a raw table are the same."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from types import NoneType
from typing import Any

from cursor_marts.raw.records import Record, as_json
from cursor_marts.raw.shaping import Known
from cursor_marts.raw.sorting import Key

NOTHING: Known = {}

#: Types of which equal values have equal bytes, by the version of their spelling that has no
#: references to values before. It takes a quarter of the time of JSON.
SCALARS, MARSHALLED_BY_VALUE = {str, int, float, bool, NoneType}, 2


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
    if not key:
        return list(map(_hash_of_whole, records))
    columns = [known[name] if name in known else _field(name, records) for name in key]
    told = zip(*columns, strict=True)
    return [
        _hash_of_whole(record) if None in parts else _hash_of(parts)
        for parts, record in zip(told, records, strict=True)
    ]


def _field(name: str, records: Sequence[Record]) -> list[Any]:
    return [record.get(name) if isinstance(record, dict) else None for record in records]


def _hash_of(values: tuple[Any, ...]) -> int:
    """Return a hash by which 1, 1.0, "1" and true are different values."""
    if set(map(type, values)) <= SCALARS:
        return hash(marshal.dumps(values, MARSHALLED_BY_VALUE))
    return hash(as_json(values))


def _hash_of_whole(record: Any) -> int:
    """Return a hash of a record in which the order of fields does not matter."""
    if not isinstance(record, dict) or not record:
        return hash(as_json({"record": record}))
    return _hash_of(_in_order(tuple(record))(record))


@lru_cache
def _in_order(fields: tuple[str, ...]) -> Callable[[Record], tuple[Any, ...]]:
    """Return what takes the values of a record with such fields, by name, and what tells these."""
    names = sorted(fields)
    values = itemgetter(*names, names[0])
    said = json.dumps(names)
    return lambda record: (said, *values(record))
