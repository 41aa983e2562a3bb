"""Writes one raw table: rows and rejects go to disk as they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import compress
from threading import Lock
from typing import Any, TypeVar

import pyarrow as pa

from cursor_marts.raw.identity import NOTHING, hashes_of
from cursor_marts.raw.manifest import Tally
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.records import Record, Row, Unfit, as_reject, shown
from cursor_marts.raw.scope import Scope
from cursor_marts.raw.shaping import Known, Shaper
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.store import Landed
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.proof import Proof

T = TypeVar("T")

#: Lines about fields of one resource: a source may send a map with names of its own.
MOST_NOTES = 20


class Rejects:
    """The records of all resources that break their contracts; safe between threads."""

    def __init__(self, spool: Spool, redaction: Redaction | None = None) -> None:
        """Write into a spool, without the texts if there is a redaction."""
        self.spool = spool
        self._redaction = redaction
        self._lock = Lock()

    def put(self, resource: str, record: Record, unfit: Unfit) -> None:
        """Add a record, whole, with the reason."""
        reject = {"resource": resource, "reason": str(unfit), "record": as_reject(record)}
        if self._redaction is not None:
            reject = self._redaction.reject(reject)
        with self._lock:
            self.spool.put(pa.Table.from_pylist([reject], self.spool.schema))


@dataclass(frozen=True)
class Rows:
    """Records as rows of a table, and the place of each of them among those that were given."""

    places: Sequence[int]
    table: pa.Table

    def where(self, wanted: list[bool]) -> Rows:
        """Return some of the rows."""
        if all(wanted):
            return self
        return Rows(list(compress(self.places, wanted)), self.table.filter(pa.array(wanted)))

    def of(self, given: Sequence[T]) -> list[T]:
        """Return those of the given records that are rows, or of other things in their order."""
        return [given[place] for place in self.places]

    def values(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Return the values of some columns, row by row."""
        return zip(*(self.table[name].to_pylist() for name in columns), strict=True)


@dataclass
class ResourceWriter:
    """Writes the rows of a resource, counts the records, and collects remarks about them."""

    spool: Spool
    rejects: Rejects
    inside: str = ""  #: the resource whose records hold these, if they have no list of their own
    elsewhere: frozenset[str] = frozenset()  #: fields that go to tables of their own
    in_window: bool = False  #: whether records outside of the window arrive, and are left out
    comes_whole: bool = False  #: whether what has arrived is all there is
    redaction: Redaction | None = None  #: what removes texts and names from the rows
    scope: Scope | None = None  #: stored rows that were read again, beside those that have arrived
    is_incremental: bool = False  #: whether it reads only what has changed since the run before
    tally: Tally = field(default_factory=Tally)
    proof: Proof = field(default_factory=Proof)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shaper = Shaper(RAW_TABLES[self.resource], self.elsewhere)

    @property
    def resource(self) -> str:
        """Its name."""
        return self.spool.resource

    def identify(self, records: Sequence[Record], known: Known = NOTHING) -> list[int]:
        """Return a hash of each record, the same of equal ones; `known` are fields of each."""
        return hashes_of(self.resource, records, known)

    def count(self, hashes: Sequence[int]) -> None:
        """Note that records came, by the hashes of `identify`."""
        self.proof.add(hashes)

    def add(self, records: Sequence[Record], known: Known = NOTHING) -> Rows:
        """Add records as rows, or as rejects; return the rows."""
        rows = self.rows(records, known)
        self.put(rows)
        return rows

    def put(self, rows: Rows) -> None:
        """Add rows that `rows` has returned, without texts if there is a redaction."""
        table = rows.table
        self.spool.put(self.redaction.table(self.resource, table) if self.redaction else table)

    def rows(self, records: Sequence[Record], known: Known = NOTHING) -> Rows:
        """Return records as rows that are not added yet; those that cannot be become rejects.

        `known` has values of columns that they may lack.
        """
        try:
            return Rows(range(len(records)), self.shaper.table(records, known))
        except Unfit:
            return self._one_by_one(records, known)

    def _one_by_one(self, records: Sequence[Record], known: Known) -> Rows:
        places, rows = list[int](), list[Row]()
        for place, record in enumerate(records):
            try:
                mine = {name: values[place] for name, values in known.items()}
                rows.append(self.shaper.row(record, mine))
                places.append(place)
            except Unfit as unfit:
                self.reject(record, unfit)
        return Rows(places, pa.Table.from_pylist(rows, self.spool.schema))

    def reject(self, record: Record, unfit: Unfit) -> None:
        """Add a record that breaks the contract to the rejects."""
        self.rejects.put(self.resource, record, unfit)

    def begin(self) -> None:
        """Note when the resource was first read."""
        self.tally.started_at = self.tally.started_at or now().isoformat()

    def end(self, costs: Costs) -> None:
        """Note what reading has cost until now."""
        tally = self.tally
        tally.requests, tally.retries, tally.bytes = costs.requests, costs.retries, costs.bytes
        tally.waited_seconds = round(costs.waited, 3)
        tally.finished_at = now().isoformat()

    def settle(self, landed: Landed, rejected: int) -> None:
        """Conclude the counts from what has been landed; rows that were left out do not count."""
        tally, distinct, there = self.tally, self.proof.distinct, landed.rows + rejected
        tally.rejected = rejected
        tally.received = max(distinct - landed.left_out, there) if self.in_window else there
        tally.outside_window = tally.received - there
        tally.duplicates = self.proof.seen - tally.received - landed.left_out
        tally.fields = sorted(self.shaper.fields)
        for name, count in asdict(landed.changes).items():
            setattr(tally, name, count)
        if self.inside or self.comes_whole:
            tally.expected = tally.received
        if tally.expected is not None and distinct > tally.expected:
            self.remarks.append(
                f"{self.resource}: {distinct - tally.expected:,} records have vanished at the "
                "source since they were read; they are kept"
            )

    def take_times_of(self, outer: ResourceWriter) -> None:
        """Note that the resource was read with another one, whose records hold it."""
        self.tally.started_at = outer.tally.started_at
        self.tally.finished_at = outer.tally.finished_at

    def drift(self, before: frozenset[str]) -> list[str]:
        """Return a line for each field that is new to the contract, or has disappeared.

        `before` are the fields that the extraction before this one has seen, and told of.
        """
        new = [
            f"{self.resource}.{name} is not in the contract: kept in `extra`, e.g. {shown(value)}"
            for name, value in sorted(self.shaper.unknown.items())
            if name not in before
        ]
        gone = [
            f"{self.resource}.{name} has disappeared: the extraction before had it"
            for name in sorted(before - self.shaper.fields)
            if self.tally.received
        ]
        return [*_first(new), *_first(gone)]


def _first(notes: list[str]) -> list[str]:
    more = len(notes) - MOST_NOTES
    return notes if more <= 0 else [*notes[:MOST_NOTES], f"… and {more:,} more fields like these"]


def now() -> datetime:
    """Return the time as naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def as_naive(seconds: float) -> datetime:
    """Return seconds since 1970 as naive UTC."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
