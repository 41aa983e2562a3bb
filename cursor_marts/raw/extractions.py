"""The record of an extraction as rows of the raw table `extractions`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cursor_marts.raw.manifest import Manifest, Tally, unreadable_lines
from cursor_marts.raw.schemas import arrow_schema
from cursor_marts.raw.tables import RawExtractions

if TYPE_CHECKING:
    import ibis.expr.types as ir


def rows_of_run(manifest: Manifest) -> pa.Table:
    """Return one row per resource of a run, as the raw table has them once the run is loaded."""
    run = {
        "run_id": manifest.run_id,
        "is_current": True,
        "window_start": str(manifest.window.start),
        "window_end": str(manifest.window.end),
    }
    rows = [{"resource": name, **run, **_counts(t)} for name, t in manifest.resources.items()]
    return pa.Table.from_pylist(rows, arrow_schema(RawExtractions))


def loaded_first(runs: ir.Table) -> ir.Table:
    """Order the record of extractions: the run that is loaded first, then the newest ones.

    Where another tool has loaded the data, the newest run counts as the loaded one.
    """
    order = [runs.finished_at.desc()]
    if "is_current" in runs.columns:
        order.insert(0, runs.is_current.fill_null(False).desc())
    return runs.order_by(order)


def loaded_run(runs: ir.Table) -> ir.Table:
    """Return the rows of the run that the raw tables are of."""
    return runs.semi_join(loaded_first(runs).select("run_id").limit(1), "run_id")


def unreadable_in(runs: ir.Table) -> list[str]:
    """Return a line for each thing that the loaded run could not read; none where none is noted."""
    if not {"run_id", "finished_at", "unreadable"} <= set(runs.columns):
        return []
    return unreadable_lines(loaded_run(runs).to_pyarrow()["unreadable"].to_pylist())


def _counts(tally: Tally) -> dict[str, Any]:
    counts = asdict(tally)
    del counts["fields"]
    times = {name: datetime.fromisoformat(counts[name]) for name in ("started_at", "finished_at")}
    return counts | times | {"unreadable": "\n".join(tally.unreadable) or None}
