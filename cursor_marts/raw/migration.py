"""The landing of an earlier version, which had one file for each raw table, as files by month."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from cursor_marts.raw.history import History, conformed
from cursor_marts.raw.landing import files_in
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.store import Store
from cursor_marts.raw.tables import RAW_TABLES


def migrated(history: History, folder: Path, scratch: Path) -> History:
    """Write all rows of a landing by month into another folder; return them as the history.

    Nothing tells when each row was read: all count as read when that extraction began.
    """
    manifest = history.manifest
    assert manifest is not None
    for needed in (folder, scratch / "migration"):
        needed.mkdir()
    store = Store(folder, scratch / "migration", History(folder), manifest.started_at)
    for resource in (name for name in RAW_TABLES if name != "extractions"):
        spool = Spool(store.scratch, resource)
        for file in files_in(history.folder, manifest).get(resource, []):
            with pq.ParquetFile(file) as parquet:
                for number in range(parquet.num_row_groups):
                    spool.put(conformed(parquet.read_row_group(number), spool.schema))
        tally = manifest.resources.get(resource)
        store.land(spool, tally.source if tally else "")
    return History(folder, replace(manifest, files=store.files))
