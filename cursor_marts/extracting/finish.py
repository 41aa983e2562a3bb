"""From what was spooled to what is landed: each record once, in a fixed order, in little memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from cursor_marts.extracting.shelf import Spool

#: What a sort may hold in memory before it goes on on disk; more, only where that is too little.
MEMORY_LIMITS = ("128MB", "512MB", "2GB")
#: What makes two rows one, and which of them stays: the one with the latest of the last column.
KEYS: dict[str, tuple[tuple[str, ...], str]] = {
    "repos": (("full_name",), "full_name"),
    "pull_requests": (("repo_name", "number"), "updated_at"),
    "pull_request_commits": (("repo_name", "pr_number", "commit_hash"), "commit_hash"),
    "reviews": (("repo_name", "pr_number", "id"), "created_at"),
    "review_comments": (("repo_name", "pr_number", "review_id", "id"), "created_at"),
}


def finish(spool: Spool, folder: Path) -> int:
    """Write what a spool holds into the landing's folder; return the number of rows.

    Rows are sorted, so that the order in which a source happens to answer leaves no trace: not in
    the file, and not in the last digits of a sum of floats. Commits are kept in every version.
    """
    spool.close()
    pa.default_memory_pool().release_unused()
    target = folder / spool.file.name
    for limit in MEMORY_LIMITS:
        try:
            _sort(spool, target, limit)
            break
        except duckdb.OutOfMemoryException:
            if limit == MEMORY_LIMITS[-1]:
                raise
    return int(pq.read_metadata(target).num_rows)


def _sort(spool: Spool, target: Path, limit: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{limit}'")
        connection.execute(f"SET temp_directory = {_quoted(spool.file.parent / 'sorting')}")
        connection.execute("SET threads = 1")
        rows = _distinct(spool.resource, _quoted(spool.file))
        connection.execute(f"COPY ({rows}) TO {_quoted(target)} (FORMAT parquet)")


def _distinct(resource: str, source: str) -> str:
    if resource not in KEYS:
        return f"SELECT DISTINCT * FROM read_parquet({source}) ORDER BY ALL"
    key, latest = KEYS[resource]
    columns = ", ".join(key)
    return (
        f"SELECT * FROM read_parquet({source}) AS row QUALIFY row_number() OVER "
        f"(PARTITION BY {columns} ORDER BY {latest} DESC NULLS LAST, row DESC) = 1 "
        f"ORDER BY {columns}"
    )


def reasons(folder: Path) -> dict[str, Counter[str]]:
    """Return how many rejects of each resource have been landed for each reason."""
    rejects = pq.read_table(folder / "rejects.parquet", columns=["resource", "reason"])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reject in (
        rejects.group_by(["resource", "reason"]).aggregate([([], "count_all")]).to_pylist()
    ):
        counts[reject["resource"]][reject["reason"]] = reject["count_all"]
    return counts


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
