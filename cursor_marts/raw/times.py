"""Which times a source can send: none before Git's, and none long after they were read."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.contracts import Rows

#: Services send a zero of their own for a time that is not set: year 1, or 1970.
EARLIEST = ibis.timestamp("1990-01-01 00:00:00")
#: Clocks differ, and zones are mistaken.
AHEAD = ibis.interval(days=1)


def latest_possible(extractions: Rows) -> Rows:
    """Return one row: the end of the extraction, and the latest time that a source can send.

    The extraction is the one that the raw tables are of, else the last. Both are NULL where
    nothing is recorded of an extraction: then no time is too late.
    """
    is_current = _.is_current.fill_null(False)
    of_current = _.finished_at.max(where=is_current)
    end = extractions.agg(extraction_ended_at=of_current.fill_null(_.finished_at.max()))
    return end.mutate(latest_possible=_.extraction_ended_at + AHEAD)


def loaded_run_began(extractions: Rows) -> Rows:
    """Return one row: when the loaded run began; NULL where nothing is recorded of a run."""
    is_current = _.is_current.fill_null(False)
    of_current = _.started_at.min(where=is_current)
    return extractions.agg(began_at=of_current.fill_null(_.started_at.max()))


def impossible(rows: Rows, name: str) -> ir.Column:
    """Return whether a time cannot be right; `rows` have the `latest_possible` one."""
    return ((rows[name] < EARLIEST) | (rows[name] > rows.latest_possible)).fill_null(False)


def times_in(rows: Rows) -> list[str]:
    """Return the names of the columns that are times."""
    return [name for name, type_ in rows.schema().items() if type_.is_timestamp()]


def with_impossible_times(rows: Rows, extractions: Rows) -> Rows:
    """Return the rows that have a time which cannot be right."""
    known = rows.cross_join(latest_possible(extractions))
    return known.filter(ibis.or_(*(impossible(known, name) for name in times_in(rows))))


def without_impossible_times(rows: Rows, extractions: Rows) -> Rows:
    """Return rows in which a time that cannot be right is NULL, with `extraction_ended_at`."""
    known = rows.cross_join(latest_possible(extractions))
    times = {
        name: ibis.ifelse(impossible(known, name), None, known[name]) for name in times_in(rows)
    }
    return known.mutate(times).drop("latest_possible")
