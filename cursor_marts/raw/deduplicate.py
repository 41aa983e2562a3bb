"""From spooled rows to landed rows: each record once, in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cursor_marts.raw.identity import IDENTITIES, Identity
from cursor_marts.raw.sorting import LOWEST, parts_in_order
from cursor_marts.raw.spool import Spool

#: A repository and the number of a pull request in it; None for all of them.
PullRequest = tuple[str, int | None]


class Landed(NamedTuple):
    """The numbers of rows of a table that were written and left out."""

    rows: int = 0
    left_out: int = 0


def finish(spool: Spool, folder: Path, without: Set[PullRequest] = frozenset()) -> Landed:
    """Write the rows of a spool into the folder of the landing; return the numbers of rows.

    Rows of the pull requests in `without`, which could not be read completely, are left out.

    Rows are sorted, so that the order of the source's answers has no effect on the file, or on the
    last digits of a sum of floats.
    """
    spool.close()
    identity, landed, left_out = IDENTITIES[spool.resource], 0, 0
    with pq.ParquetWriter(folder / f"{spool.resource}.parquet", spool.schema) as target:
        for part in parts_in_order(spool.file, identity.key):
            all_rows = _once(part, identity)
            rows = _without(all_rows, without)
            target.write_table(rows)
            landed += rows.num_rows
            left_out += all_rows.num_rows - rows.num_rows
    return Landed(landed, left_out)


def _without(rows: pa.Table, pull_requests: Set[PullRequest]) -> pa.Table:
    number = next((name for name in ("pr_number", "number") if name in rows.column_names), None)
    if number is None or not pull_requests:
        return rows
    name = pc.binary_join_element_wise(rows["repo_name"], rows[number].cast(pa.string()), "#")
    named = pa.array([f"{repo}#{number}" for repo, number in pull_requests], pa.string())
    whole = pa.array([repo for repo, number in pull_requests if number is None], pa.string())
    left_out = pc.or_(pc.is_in(name, named), pc.is_in(rows["repo_name"], whole))
    return rows.filter(pc.invert(left_out))


def _once(rows: pa.Table, identity: Identity) -> pa.Table:
    """Return one row for each key: the latest, and among equal ones the greatest by all columns."""
    rows = rows.combine_chunks()
    values = pa.table([_comparable(column) for column in rows.columns], rows.column_names)
    for name in identity.key:
        if values[name].null_count:
            at = values.column_names.index(name)
            values = values.set_column(at, name, values[name].fill_null(LOWEST))
    rest = [name for name in rows.column_names if name not in identity.key]
    rest.sort(key=lambda name: name != identity.latest)
    order = pc.sort_indices(
        values,
        [(name, "ascending") for name in identity.key] + [(name, "descending") for name in rest],
    )
    ranked = values.append_column("rank", pc.sort_indices(order))
    same = rows.column_names if identity.in_versions else list(identity.key)
    first = ranked.group_by(same, use_threads=False).aggregate([("rank", "min")])
    return rows.take(order.take(first["rank_min"].combine_chunks().sort()))


def _comparable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join(column, "\n") if pa.types.is_list(column.type) else column


def reasons(folder: Path) -> dict[str, Counter[str]]:
    """Return how many rejects of each resource have been landed for each reason."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with pq.ParquetFile(folder / "rejects.parquet") as rejects:
        for batch in rejects.iter_batches(columns=["resource", "reason"]):
            for resource, reason in zip(*(column.to_pylist() for column in batch), strict=True):
                counts[resource][reason] += 1
    return counts
