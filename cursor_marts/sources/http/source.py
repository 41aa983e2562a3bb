"""A source whose readers all use one HTTP client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader


@dataclass
class HttpSource:
    """One address, and the readers of what it serves.

    `made_up` marks its data as invented, as do its answers where they say so.
    """

    kind: str
    client: Client
    create_readers: Callable[[Client, Run], Sequence[Reader]]
    name: str = ""
    made_up: bool = False

    def __post_init__(self) -> None:
        self.name = self.name or self.client.source

    @property
    def identity(self) -> str:
        """A digest of the key: with another one the source may send other records."""
        return sha256(self.client.api_key.reveal.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def invented(self) -> bool:
        """Whether a simulator made the data up."""
        return self.made_up or self.client.invented

    def open(self, run: Run, journal: Journal) -> Sequence[Reader]:
        """Return the readers; what they are answered goes to the journal."""
        self.client.journal = journal
        return self.create_readers(self.client, run)

    def close(self) -> None:
        """Close the client."""
        self.client.close()
