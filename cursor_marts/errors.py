"""What can go wrong, as one tree.

    CursorMartsError          carries a message and the next thing to do
    ├── UsageError            a setting or an argument makes no sense
    ├── SourceError           the API did not give what it should
    │   ├── SourceUnreachable     nobody answers, or only with faults, until patience ran out
    │   ├── SourceRefused         the API understood the request and said no
    │   ├── SourceNotUnderstood   an answer that is not of the contract
    │   └── IncompleteExtraction  fewer records than the source itself claims
    ├── LandingError          the Parquet files cannot be read or written
    ├── DatabaseError         the database cannot be opened or written
    │   └── DatabaseLocked        another process holds it
    ├── RawError              a raw table or a required column is missing or of another type
    ├── ContractError         a model does not produce what its contract says
    └── DataTestsFailed       tables broke an error test: of a build nothing was published

The command line prints `str(error)` and exits with `error.exit_code`: 1 where the job failed, 2 for
wrong usage. Ended by a signal it exits as shells report that: 130 for Ctrl-C, 143 for SIGTERM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cursor_marts.building.results import BuildReport

#: Shells report a command that a signal has ended by the signal's number and this.
BY_SIGNAL = 128


class CursorMartsError(Exception):
    """The root of all errors that this library raises on purpose."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Say what went wrong in `message` and what to do next in `hint`."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.hint}" if self.hint else self.message


class UsageError(CursorMartsError):
    """A setting or an argument makes no sense."""

    exit_code = 2


class SourceError(CursorMartsError):
    """The API did not give what it should."""


class SourceUnreachable(SourceError):
    """Nobody answers, or only with faults, until patience ran out."""


class SourceRefused(SourceError):
    """The API understood the request and said no (400, 401, 403, 404)."""


class SourceNotUnderstood(SourceError):
    """An answer that is not of the contract: not JSON, or of another shape."""


class IncompleteExtraction(SourceError):
    """Fewer records than the source itself claims, or too many rejected ones."""


class LandingError(CursorMartsError):
    """The Parquet files cannot be read or written."""


class DatabaseError(CursorMartsError):
    """The database cannot be opened or written."""


class DatabaseLocked(DatabaseError):
    """Another process holds the database file."""


class RawError(CursorMartsError):
    """A raw table or a required column is missing, or of a type that does not fit."""


class ContractError(CursorMartsError):
    """A model does not produce what its contract says."""


class DataTestsFailed(CursorMartsError):
    """Tables broke an error test. Of a build nothing was published.

    `account` is where that was, if not in the DuckDB file.
    """

    def __init__(self, report: BuildReport) -> None:
        """Name every failed test of `report` with its count of failing rows."""
        failed = ", ".join(f"{test.name} ({test.failing})" for test in report.failed)
        mend = "look at the named rows, mend the source or the contract, build again"
        if report.was_build:
            said, hint = "nothing was published", f"the tables of the previous build stand; {mend}"
        else:
            said, hint = "on what is published", mend
        super().__init__(f"data tests failed, {said}: {failed}", hint=hint)
        self.report = report
        self.account: str | None = None
