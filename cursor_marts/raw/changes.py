"""What a run has changed in the rows that were stored before."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.raw.columns import BOOKKEEPING
from cursor_marts.raw.deduplicate import as_one_text
from cursor_marts.raw.identity import Identity


@dataclass
class Changes:
    """Numbers of landed rows that are new, changed or equal, and of stored rows that are gone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    @property
    def any(self) -> bool:
        """Whether the raw table differs from the one before."""
        return bool(self.new or self.changed or self.gone)


def compared(
    arrived: pa.Table,
    stored: pa.Table,
    leaves: pa.ChunkedArray,
    identity: Identity,
    changes: Changes,
) -> pa.Table:
    """Return the arrived rows of a month; those that were stored, equal, keep their `extracted_at`.

    `leaves` are the stored rows that are replaced. The numbers are added to `changes`.
    """
    values = [name for name in stored.column_names if name not in BOOKKEEPING]
    places = _places(as_one_text(arrived, values), as_one_text(stored, values))
    keys, stored_keys = (as_one_text(rows, list(identity.key)) for rows in (arrived, stored))
    is_known = pc.is_in(keys, value_set=stored_keys.combine_chunks())
    equal, known = (_count(each) for each in (places.is_valid(), is_known))
    changes.unchanged += equal
    changes.changed += known - equal
    changes.new += arrived.num_rows - known
    left = stored_keys.filter(leaves)
    changes.gone += _count(pc.invert(pc.is_in(left, value_set=keys.combine_chunks())))
    place = arrived.column_names.index("extracted_at")
    earlier = pc.take(stored["extracted_at"].combine_chunks(), places)
    kept = pc.coalesce(earlier, arrived["extracted_at"])
    return arrived.set_column(place, arrived.schema.field(place), kept)


def _places(texts: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.index_in(texts, value_set=among.combine_chunks())


def _count(flags: pa.ChunkedArray) -> int:
    return int(pc.sum(flags).as_py() or 0)
