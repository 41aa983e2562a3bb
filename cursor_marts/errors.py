"""The errors that this library raises on purpose, as one tree.

    CursorMartsError          has a message, a hint, and the command to run next
    ├── Transient             may pass: the same call may succeed later
    └── Terminal              lasts until something is changed

    SourceError               the API did not give the expected data
    ├── SourceUnreachable     Transient: no answer, or faults only, until all attempts were used
    ├── SourceRefused         Terminal: the API understood the request and refused it
    ├── SourceNotUnderstood   Terminal: an answer that breaks the API's contract
    └── IncompleteExtraction  Terminal: fewer records than the source itself claims
    LandingError              the Parquet files cannot be read or written
    └── LandingLocked         Transient: another extraction is writing to the same folder
    DatabaseError             the database cannot be opened or written
    ├── DatabaseLocked        Transient: another process is using it
    └── DatabaseUnreachable   Transient: the service does not answer
    UsageError                Terminal: a setting or an argument is wrong
    └── NothingModified       what is selected is published as its models are
    ReferenceFilesError       Terminal: a reference file, or a line of it, cannot be used
    RawError                  Terminal: a raw table or a required column is missing or unsuitable
    ContractError             Terminal: a model breaks its contract
    DataTestsFailed           Terminal: tables broke an error test; a build published nothing

The command line prints an error and exits with its `exit_code`: 1 for a failure that lasts, 75 for
one that may pass, 2 for wrong usage. Without an error, `diff` exits with 1 if
anything differs. A process that is ended by a signal exits as shells report it: 130 for Ctrl-C,
143 for SIGTERM.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.building.results import BuildReport
    from cursor_marts.engines.engine import Engine

#: The exit code of a process that a signal ended is this plus the signal's number.
BY_SIGNAL = 128


@dataclass(frozen=True)
class NextCommand:
    """A command to run next: its function's name, arguments and options.

    As text it is a Python call; the command line shows it as it is typed in a shell.
    """

    name: str
    arguments: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        arguments = [repr(argument) for argument in self.arguments]
        options = [f"{name}={value!r}" for name, value in self.options.items()]
        return f"cursor_marts.{self.name}({', '.join([*arguments, *options])})"


class CursorMartsError(Exception):
    """The root of all errors that this library raises on purpose.

    `hint` says what to do next in words, `next_command` is the command to run for it.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, hint: str = "", next_command: NextCommand | None = None
    ) -> None:
        """Say what went wrong in `message`, and what to do next."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.next_command = next_command

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy the attributes, whatever parameters the class has: for pickle and copy."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    def text(self, shown: Callable[[NextCommand], str] = str) -> str:
        """Return the message and the next step, with the command as `shown` writes it."""
        command = shown(self.next_command) if self.next_command else ""
        step = ": ".join(part for part in (self.hint, command) if part)
        return f"{self.message}\n  → {step}" if step else self.message


class Transient(CursorMartsError):
    """An error that may pass: the same call may succeed later."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h


class Terminal(CursorMartsError):
    """An error that lasts until the call, the data or the system is changed."""


class UsageError(Terminal):
    """A setting or an argument is wrong."""

    exit_code = 2


class NothingModified(UsageError):
    """Every table is published as its model is, so that nothing is selected."""


class ReferenceFilesError(Terminal):
    """A team's reference file, or a line of it, cannot be used."""


class SourceError(CursorMartsError):
    """The API did not give the expected data."""


class SourceUnreachable(Transient, SourceError):
    """No answer, or faults only, until all attempts were used."""


class SourceRefused(Terminal, SourceError):
    """The API understood the request and refused it (400, 401, 403, 404)."""


class SourceNotUnderstood(Terminal, SourceError):
    """An answer that breaks the API's contract: not JSON, or of another shape."""


class IncompleteExtraction(Terminal, SourceError):
    """Fewer records than the source itself claims, or too many rejected ones."""


class LandingError(CursorMartsError):
    """The Parquet files cannot be read or written."""


class LandingLocked(Transient, LandingError):
    """Another extraction is writing to the same folder."""


class DatabaseError(CursorMartsError):
    """The database cannot be opened or written."""


class DatabaseLocked(Transient, DatabaseError):
    """Another process is using the database."""


class DatabaseUnreachable(Transient, DatabaseError):
    """The database service does not answer."""


class RawError(Terminal):
    """A raw table or a required column is missing, or has an unsuitable type."""


class ContractError(Terminal):
    """A model breaks its contract."""


class DataTestsFailed(Terminal):
    """Tables broke an error test. A build that raises this has published nothing.

    `report` lists every test. `engine` is the database of the tables, if a command ran them, and
    `warnings` are lines on what else that command could not do.
    """

    def __init__(self, report: BuildReport) -> None:
        """Name every failed test of `report` with its count of failing rows."""
        failed = ", ".join(f"{test.name} ({test.failing})" for test in report.failed)
        repair = "read the failing rows, correct the source or the contract, then build again"
        if report.was_build:
            said, hint = "nothing was published", f"the previous tables are unchanged; {repair}"
        else:
            said, hint = "on what is published", repair
        super().__init__(f"data tests failed, {said}: {failed}", hint=hint)
        self.report = report
        self.engine: Engine | None = None
        self.warnings: tuple[str, ...] = ()


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a question that names the known name most similar to `name`, '' without one."""
    nearest = get_close_matches(name, list(known), 1, cutoff=0.5)
    return f"did you mean {nearest[0]}?" if nearest else ""
