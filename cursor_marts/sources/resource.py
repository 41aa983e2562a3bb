"""One raw table being filled: rows and rejects go to disk as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cursor_marts.raw.manifest import Tally
from cursor_marts.raw.records import Record, Row, Shaper, Unfit, as_json, shown
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.proof import Proof


@dataclass
class Shelf:
    """A resource: its rows, the counts of what came, and what there is to say about it."""

    spool: Spool
    rejects: Spool
    elsewhere: frozenset[str] = frozenset()  #: fields that go to tables of their own
    in_window: bool = False  #: whether what came may lie outside the window, and is left out then
    tally: Tally = field(default_factory=Tally)
    proof: Proof = field(default_factory=Proof)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shaper = Shaper(RAW_TABLES[self.resource], self.elsewhere)

    @property
    def resource(self) -> str:
        """Its name."""
        return self.spool.resource

    def count(self, records: Iterable[Record], *key: str) -> None:
        """Note that records came; `key` tells them apart, all of a record where none is given."""
        self.proof.add(records, key)

    def put(self, record: Record, **defaults: Any) -> Row | None:
        """Add a record as a row, or as a reject; return the row."""
        row = self.row(record, **defaults)
        if row is not None:
            self.spool.put(row)
        return row

    def row(self, record: Record, **defaults: Any) -> Row | None:
        """Return a record as a row that is not added yet; one that cannot be becomes a reject."""
        try:
            return self.shaper.row(record, defaults)
        except Unfit as unfit:
            self.reject(record, unfit)
            return None

    def reject(self, record: Record, unfit: Unfit) -> None:
        """Keep a record that breaks the contract, whole, with the reason."""
        reject = {"resource": self.resource, "reason": str(unfit), "record": as_json(record)}
        self.rejects.put(reject)

    @contextmanager
    def costs(self, client: Client) -> Iterator[None]:
        """Count the requests meanwhile, and what they cost, as this resource's."""
        tally, before = self.tally, client.costs()
        tally.started_at = tally.started_at or now().isoformat()
        yield
        spent = client.costs() - before
        tally.requests += spent.requests
        tally.retries += spent.retries
        tally.bytes += spent.bytes
        tally.waited_seconds = round(tally.waited_seconds + spent.waited, 3)
        tally.finished_at = now().isoformat()

    def settle(self, rows: int, rejected: int) -> None:
        """Conclude the counts from what has been landed."""
        tally, distinct = self.tally, self.proof.distinct
        tally.rejected = rejected
        tally.received = max(distinct, rows + rejected) if self.in_window else rows + rejected
        tally.outside_window = tally.received - rows - rejected
        tally.duplicates = self.proof.seen - tally.received
        tally.fields = sorted(self.shaper.fields)
        if tally.expected is not None and distinct > tally.expected:
            self.remarks.append(
                f"{self.resource}: {distinct - tally.expected:,} records have vanished at the "
                "source since they were read; they are kept"
            )

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
        return [*new, *gone]


def now() -> datetime:
    """Return the time as naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)
