"""What an extraction needs from a source and from its readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.run import Run


class Reader(Protocol):
    """Reads one resource of a source, and tells whether all of it has arrived.

    It creates its writers by `Run.writer` when it is created, and requests nothing before `read`.
    """

    #: The raw table that it fills; records inside of its records may fill further tables.
    resource: str
    #: Resources of the same source that make it read again after they have changed.
    after: frozenset[str]

    @property
    def costs(self) -> Costs:
        """What its requests have cost so far."""

    def is_as_before(self) -> bool:
        """Return whether the source still is the one that answered an unfinished run.

        It is called before the first `read`, and only if the journal holds answers.
        """

    def read(self) -> None:
        """Read the whole resource, or add what is new since it was read before.

        Raises IncompleteExtraction where the source does not send all that it claims to have.
        """

    def has_settled(self) -> bool:
        """Return whether the source still claims what it claimed when the resource was read."""


class Source(Protocol):
    """One service with its own client, sign-in, pace and journal."""

    #: Its name in the registry of sources; no two sources of one extraction share it.
    kind: str
    #: Its name in the record of extractions.
    name: str

    @property
    def identity(self) -> str:
        """Who is answered: another one is not given the answers of an unfinished run.

        It reveals no key.
        """

    @property
    def invented(self) -> bool:
        """Whether a simulator made the data up."""

    def open(self, run: Run, journal: Journal) -> Sequence[Reader]:
        """Return the readers in the order in which they read; keep each answer in the journal."""

    def close(self) -> None:
        """Close the connections. Requests that other threads still send may fail."""
