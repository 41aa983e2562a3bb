"""The state of one extraction, which all readers of its sources share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from cursor_marts.raw.history import History
from cursor_marts.raw.landing import Work
from cursor_marts.raw.manifest import Unreadable
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.window import Window
from cursor_marts.sources.progress import Progress, Silent
from cursor_marts.sources.writer import Rejects, ResourceWriter, now

#: The next step after a run that has stored its responses.
HOW_TO_RESUME = "the responses so far are stored: run the same command again to resume"


@dataclass
class Run:
    """One extraction: its window, its writers, and the records that could not be read.

    `began_at` is naive UTC, `history` what earlier extractions have landed, and `full_refresh` that
    all of the window is to be read again. In `states` each kind of source notes what its next run
    needs to know. Readers of several sources use it at once, from threads of their own.
    """

    window: Window
    work: Work
    began_at: datetime = field(default_factory=now)
    history: History = field(default_factory=lambda: History(Path()))
    full_refresh: bool = False
    states: dict[str, Any] = field(default_factory=dict)
    progress: Progress = field(default_factory=Silent)
    redaction: Redaction | None = None  #: what removes texts and names from all rows
    writers: dict[str, ResourceWriter] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self.rejects = Rejects(Spool(self.work.spooled, "rejects"), self.redaction)

    def writer(
        self,
        resource: str,
        *,
        inside: str = "",
        elsewhere: frozenset[str] = frozenset(),
        in_window: bool = False,
        comes_whole: bool = False,
    ) -> ResourceWriter:
        """Create the writer of a raw table, which one reader of one source fills.

        `inside` is the resource whose records hold these; `elsewhere` are fields of a record that
        go to other tables; with `in_window` the reader leaves out records of other days; a resource
        that `comes_whole` needs no proof that all its records arrived.
        """
        with self._lock:
            if resource in self.writers:
                raise ValueError(f"two readers fill {resource}")
            spool = Spool(self.work.spooled, resource)
            writer = ResourceWriter(
                spool, self.rejects, inside, elsewhere, in_window, comes_whole, self.redaction
            )
            self.writers[resource] = writer
        return writer

    def noted(self, kind: str, name: str, resource: str) -> dict[str, Any]:
        """Return what a source has noted of a raw table that still holds its rows."""
        stored = self.history.of(resource)
        is_of_source = stored is not None and stored.source == name
        return self.history.state(kind, name) if is_of_source else {}

    def state(self, kind: str, name: str, resource: str) -> dict[str, Any]:
        """Return the same as a reason to read less: nothing if all is to be read again."""
        return {} if self.full_refresh else self.noted(kind, name, resource)

    def skip(self, unreadable: Unreadable) -> None:
        """Record a repository or a pull request that cannot be read; the run continues."""
        with self._lock:
            if unreadable not in self.unreadable:
                self.unreadable.append(unreadable)
