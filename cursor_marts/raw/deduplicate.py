"""From what was spooled to what is landed: each record once, in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cursor_marts.raw.identity import IDENTITIES, Identity
from cursor_marts.raw.sorting import LOWEST, parts_in_order
from cursor_marts.raw.spool import Spool


def finish(spool: Spool, folder: Path) -> int:
    """Write what a spool holds into the landing's folder; return the number of rows.

    Rows are sorted, so that the order in which a source happens to answer leaves no trace: not in
    the file, and not in the last digits of a sum of floats.
    """
    spool.close()
    identity, landed = IDENTITIES[spool.resource], 0
    with pq.ParquetWriter(folder / f"{spool.resource}.parquet", spool.schema) as target:
        for part in parts_in_order(spool.file, identity.key):
            rows = _once(part, identity)
            target.write_table(rows)
            landed += rows.num_rows
    return landed


def _once(rows: pa.Table, identity: Identity) -> pa.Table:
    """Return the rows that stay, by the key; what key and latest leave open, the rest decides."""
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
