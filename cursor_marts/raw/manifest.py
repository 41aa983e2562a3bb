"""The record of an extraction: the records that the source claimed, and those that arrived."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.files import Stored, parsed
from cursor_marts.raw.window import Window

MANIFEST = "manifest.json"
HOW_TO_FILL = "do what each line says; or publish without them: --skip-unreadable"
MOST_ANCESTORS = 100
#: 1: one file for each raw table, of one run. 2: files by month, of all runs.
FORMAT = 2


@dataclass
class Tally:
    """The counts of one resource. Times are UTC text."""

    expected: int | None = None  #: records that the source claims to have; None if it does not say
    received: int = 0  #: distinct records that arrived
    outside_window: int = 0  #: of these, what belongs to pull requests of other days, left out
    rejected: int = 0  #: of these, records that broke the contract
    duplicates: int = 0  #: records that came again and were dropped
    requests: int = 0  #: HTTP requests sent, retries included
    retries: int = 0  #: requests that were sent again after a fault
    waited_seconds: float = 0.0  #: for the source's rate limit, and between retries
    bytes: int = 0  #: of the answers
    started_at: str = ""
    finished_at: str = ""
    fields: list[str] = field(default_factory=list)  #: every field that any record had
    source: str = ""  #: where it came from
    invented: bool = False  #: whether a simulator made it up
    unreadable: list[str] = field(default_factory=list)  #: a line for each `Unreadable` of it
    proof: str = ""  #: the reason for which it counts as complete, where a source has its own
    new: int = 0  #: landed rows whose key was not stored before
    changed: int = 0  #: landed rows that differ from those stored with their key
    unchanged: int = 0  #: landed rows that were stored before, equal
    gone: int = 0  #: stored rows that the run has read again, and the source has no more
    #: Records expected and received of each repository, where a source claims them by repository.
    by_repository: dict[str, list[int]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The number of landed rows."""
        return self.received - self.outside_window - self.rejected


@dataclass(frozen=True)
class Unreadable:
    """A repository, or with a number one of its pull requests, that a run could not read."""

    resource: str  #: the raw table that lacks its records
    repo: str
    number: int | None
    status: str  #: what the source answered: an HTTP status such as 403, or a name of its own
    message: str  #: what the source said
    hint: str  #: what to do about it

    @property
    def name(self) -> str:
        """Its name: `acme/web`, or `acme/web#12`."""
        return self.repo if self.number is None else f"{self.repo}#{self.number}"

    def __str__(self) -> str:
        said = f" ({self.message})" if self.message else ""
        return f"{self.name}: {self.resource} cannot be read: {self.status}{said} → {self.hint}"


@dataclass(frozen=True)
class Manifest:
    """One extraction. Times are naive UTC; `notes` are lines for a person to read.

    `source` names all its sources, and `invented` is whether any of them made its data up; each
    resource has its own. `unreadable` are repositories and pull requests that it lacks, and
    `skips_unreadable` says whether its tables are to be published without them.
    `files` are all files of the set by raw table, with the rows of earlier runs; there are none in
    the landing of a version that had one file for each raw table. `states` are the notes of each
    kind of source for the next run: up to when it has read what.
    """

    run_id: str
    source: str
    window: Window
    started_at: datetime
    finished_at: datetime
    resources: dict[str, Tally]
    invented: bool = False
    notes: list[str] = field(default_factory=list)
    files: dict[str, Stored] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    skips_unreadable: bool = False
    ancestors: list[str] = field(default_factory=list)  #: the runs that it adds to, latest first

    @property
    def lineage(self) -> list[str]:
        """This run and those that it adds to, as far as they are remembered."""
        return [self.run_id, *self.ancestors][:MOST_ANCESTORS]

    @property
    def is_by_month(self) -> bool:
        """Whether its files are by month: those of an earlier version hold all rows of a run."""
        found = [file for stored in self.files.values() for file in stored.files]
        return bool(found) and all(file.rows is not None for file in found)

    @property
    def files_by_month(self) -> dict[str, Stored]:
        """The files of each raw table; none where they are not by month."""
        return self.files if self.is_by_month else {}

    @property
    def row_counts(self) -> dict[str, int]:
        """The rows of each raw table: those of all runs, where the files are by month."""
        if not self.is_by_month:
            return {name: tally.rows for name, tally in self.resources.items()}
        return {name: stored.rows for name, stored in self.files.items() if name != "rejects"}

    @property
    def adds_to_history(self) -> bool:
        """Whether rows of earlier runs were there."""
        if not self.is_by_month:
            return False
        new = {name: tally.new for name, tally in self.resources.items()}
        return any(rows > new.get(name, 0) for name, rows in self.row_counts.items())

    def text(self) -> str:
        """Return the content of `manifest.json`."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2, default=str) + "\n"

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into a landing folder."""
        (folder / MANIFEST).write_text(self.text(), "utf-8")

    def refuse_gaps(self, *, skip_unreadable: bool = False) -> None:
        """Raise LandingError if it lacks repositories or pull requests that nobody agreed to skip.

        It is agreed to by the extraction, or by the caller.
        """
        if self.unreadable and not (self.skips_unreadable or skip_unreadable):
            raise LandingError(
                f"the extraction lacks {unreadable_in_words(self.unreadable)}",
                hint=HOW_TO_FILL,
                next_command=NextCommand("load", options={"skip_unreadable": True}),
            )

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a landing. Raises LandingError if there is no valid one."""
        path = folder / MANIFEST
        try:
            return cls.parse(path.read_bytes(), str(path))
        except FileNotFoundError:
            raise LandingError(
                f"there is no complete extraction in {folder}",
                hint="extract first",
                next_command=NextCommand("extract"),
            ) from None
        except OSError as error:
            raise _unreadable(str(path), error) from None

    @classmethod
    def parse(cls, content: bytes, where: str) -> Manifest:
        """Read the result of `text`. Raises LandingError, which names `where` it is."""
        try:
            found: dict[str, Any] = json.loads(content)
            if found.get("format", 1) > FORMAT:
                raise _too_new(where)
            return cls(
                run_id=found["run_id"],
                source=found["source"],
                window=Window.parse(**found["window"]),
                started_at=datetime.fromisoformat(found["started_at"]),
                finished_at=datetime.fromisoformat(found["finished_at"]),
                resources=_tallies(found),
                invented=found["invented"],
                notes=found["notes"],
                files=parsed(found.get("files", {}), _sources(found)),
                states=found.get("states", {}),
                unreadable=[Unreadable(**each) for each in found.get("unreadable", [])],
                skips_unreadable=found.get("skips_unreadable", False),
                ancestors=found.get("ancestors", []),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unreadable(where, error) from None


def _tallies(found: dict[str, Any]) -> dict[str, Tally]:
    """Read the counts; an older manifest names one source for all resources."""
    about = {"source": found["source"], "invented": found["invented"]}
    return {name: Tally(**(about | tally)) for name, tally in found["resources"].items()}


def unreadable_lines(noted: Iterable[str | None]) -> list[str]:
    """Return each line of the column `unreadable` of the record of extractions once, in order."""
    return sorted({line for lines in noted for line in (lines or "").splitlines()})


def unreadable_in_words(unreadable: Sequence[Unreadable], shown: int = 5) -> str:
    """Return what an extraction lacks: a line for each, with its status and the next step."""
    lines = [str(each) for each in unreadable[:shown]]
    if len(unreadable) > shown:
        lines.append(f"and {len(unreadable) - shown:,} more, in the notes of {MANIFEST}")
    return "what could not be read:" + "".join(f"\n    {line}" for line in lines)


def _sources(found: dict[str, Any]) -> dict[str, str]:
    return {name: tally.source for name, tally in _tallies(found).items()}


def _too_new(where: str) -> LandingError:
    return LandingError(
        f"{where} was written by a later version of cursor_marts",
        hint="upgrade this one: pip install --upgrade cursor_marts",
    )


def _unreadable(where: str, error: Exception) -> LandingError:
    return LandingError(
        f"cannot read {where}: {type(error).__name__}: {error}",
        hint="extract again",
        next_command=NextCommand("extract"),
    )
