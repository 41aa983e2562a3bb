"""The record of an extraction as rows of the raw table `extractions`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import pyarrow as pa

from cursor_marts.contracts import schema_of
from cursor_marts.raw.manifest import Manifest, Tally
from cursor_marts.raw.tables import RawExtractions


def rows_of_run(manifest: Manifest) -> pa.Table:
    """Return one row per resource of a run, as the raw table has them once the run is loaded."""
    run = {
        "run_id": manifest.run_id,
        "is_current": True,
        "window_start": str(manifest.window.start),
        "window_end": str(manifest.window.end),
    }
    rows = [{"resource": name, **run, **_counts(t)} for name, t in manifest.resources.items()]
    return pa.Table.from_pylist(rows, schema_of(RawExtractions).to_pyarrow())


def _counts(tally: Tally) -> dict[str, Any]:
    counts = asdict(tally)
    del counts["fields"]
    times = {name: datetime.fromisoformat(counts[name]) for name in ("started_at", "finished_at")}
    return counts | times
