"""What an extraction gives to the readers of its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from cursor_marts.raw.landing import Work
from cursor_marts.raw.manifest import Unreadable
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.window import Window
from cursor_marts.sources.progress import Progress, Silent
from cursor_marts.sources.writer import Rejects, ResourceWriter


@dataclass
class Run:
    """One extraction: its window, its writers, and the records that could not be read.

    Readers of several sources use it at once, from threads of their own.
    """

    window: Window
    work: Work
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
        go to other tables; with `in_window` the reader leaves out records of other days, and what
        `comes_whole` is complete by itself.
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

    def skip(self, unreadable: Unreadable) -> None:
        """Note a repository or a pull request that cannot be read, and go on with the others."""
        with self._lock:
            if unreadable not in self.unreadable:
                self.unreadable.append(unreadable)
