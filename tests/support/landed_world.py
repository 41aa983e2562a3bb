"""What was landed, as the records of a source again: for the reference that knows only these."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cursor_marts.raw.columns import BOOKKEEPING
from cursor_marts.raw.identity import IDENTITIES
from cursor_marts.simulator import World

Row = dict[str, Any]
#: What tells the records of a resource apart, and the time of each of its versions.
KEYS = {
    "repos": (("full_name",), ""),
    "commits": (("commit_hash",), "created_at"),
    "pull_requests": (("repo_name", "number"), "updated_at"),
    "reviews": (("repo_name", "pr_number", "id"), "created_at"),
    "review_comments": (("repo_name", "pr_number", "id"), "created_at"),
}


def rows_of(raw: Path, resource: str) -> list[Row]:
    """Return the landed rows of a resource, times as text."""
    rows = landed_rows(raw, resource)
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def landed_rows(raw: Path, resource: str) -> list[Row]:
    """Return the landed rows of a resource, without what the landing says of each."""
    return landed_table(raw, resource).to_pylist()


def landed_table(raw: Path, resource: str) -> pa.Table:
    """Return the same as a table, in the order of its key."""
    table = pq.read_table(raw / resource, partitioning=None).drop_columns(list(BOOKKEEPING))
    key = [(name, "ascending") for name in IDENTITIES[resource].key]
    return table.sort_by(key).combine_chunks()


def plain(value: Any) -> Any:
    return value.isoformat() + "Z" if isinstance(value, datetime) else value


def is_ambiguous(raw: Path) -> bool:
    """Return whether a record has two versions, and no time says which of them is the latest."""
    return any(
        n > 1
        for resource, (keys, stamp) in KEYS.items()
        for n in Counter(
            (*(row[key] for key in keys), row.get(stamp)) for row in rows_of(raw, resource)
        ).values()
    )


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


def world_of(raw: Path) -> World:
    """Return the records that are in a landing."""
    pulls = rows_of(raw, "pull_requests")
    ids: dict[tuple[str, int], int] = defaultdict(lambda: len(ids))
    links = defaultdict(list)
    for link in rows_of(raw, "pull_request_commits"):
        links[link["repo_name"], link["pr_number"]].append(link)
    for pull in pulls:
        key = (pull["repo_name"], pull["number"])
        pull |= {"id": ids[key], "commit_ids": links[key]}
    reviews = rows_of(raw, "reviews")
    for review in reviews:
        review["reviewer"], review["submitted_at"] = review["author_id"], review["created_at"]
        review["pr_id"] = ids[review["repo_name"], review["pr_number"]]
    # A comment names its pull request and its review, whichever review it is listed in.
    for review in reviews[:1]:
        review["comments"] = rows_of(raw, "review_comments")
    commits = [
        {camel(name): value for name, value in row.items()} for row in rows_of(raw, "commits")
    ]
    return World(rows_of(raw, "repos"), commits, pulls, reviews)
